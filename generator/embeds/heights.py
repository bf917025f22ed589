"""How tall each card is at common widths, so that a host can keep its place free.

A browser measures them: `make heights` writes heights.json beside this file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

WIDTHS: Final = (280, 320, 360, 390, 480, 600, 720, 960)
"""In pixels, as heights are."""
USUAL_WIDTH: Final = 600
"""Of the column that a host gives a card, where only one height can be said."""
MEASURED: Final = Path(__file__).parent / "heights.json"
UNMEASURED: Final[Mapping[int, int]] = dict.fromkeys(WIDTHS, 640)


def heights_of(embed: str) -> Mapping[int, int]:
    """Width -> height of the card at this address; a fair guess where nobody has measured it."""
    row = _measured().get(embed)
    return dict(zip(WIDTHS, row, strict=True)) if row else UNMEASURED


@cache
def _measured() -> dict[str, list[int]]:
    if not MEASURED.exists():
        return {}
    rows: dict[str, list[int]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return rows
