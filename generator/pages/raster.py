"""SVG -> PNG, with our own letters and no others, so that every machine draws the same."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Final

import resvg_py

from generator import routes
from generator.model.digests import digest_of

_FONTS: Final = Path(__file__).parent / "fonts"
_RESVG: Final = version("resvg-py")


def png_of(svg: str) -> bytes:
    """The picture at its own size."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg,
            skip_system_fonts=True,
            font_files=[str(_FONTS / "regular.otf"), str(_FONTS / "bold.otf")],
        )
    )


def is_picture(uri: str) -> bool:
    """Whether the text of this output is SVG to make a PNG of."""
    return uri.startswith(routes.PICTURES)


def picture_digest(svg: str) -> str:
    """A digest of all that the PNG is made of, but for the letters' shapes."""
    return digest_of(_RESVG, svg)
