"""What a clinic copies: HTML for other people's pages, as plain text that templates escape."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from generator.embeds.heights import USUAL_WIDTH


def frame_snippet(
    card: str, page: str, script: str, title: str, words: str, heights: Mapping[int, int]
) -> str:
    """A frame, a link for hosts that strip frames, and the script that fits the height."""
    return str(
        Markup(
            '<iframe src="{card}" title="{title}" width="100%" height="{height}" frameborder="0"'
            ' data-heights="{rows}" loading="lazy" referrerpolicy="no-referrer"></iframe>\n'
            '<p><a href="{page}">{words}</a></p>\n'
            '<script src="{script}" async></script>'
        ).format(
            card=card,
            title=title,
            height=heights[USUAL_WIDTH],
            rows=_rows(heights),
            page=page,
            words=words,
            script=script,
        )
    )


def element_snippet(
    kind: str, id_: str, page: str, script: str, words: str, heights: Mapping[int, int]
) -> str:
    """The element, with the link that shows where scripts do not run."""
    return str(
        Markup(
            '<strideguide-card kind="{kind}" card="{id}" height="{height}" heights="{rows}">\n'
            '<a href="{page}">{words}</a>\n'
            "</strideguide-card>\n"
            '<script src="{script}" async></script>'
        ).format(
            kind=kind,
            id=id_,
            height=heights[USUAL_WIDTH],
            rows=_rows(heights),
            page=page,
            words=words,
            script=script,
        )
    )


def _rows(heights: Mapping[int, int]) -> str:
    return " ".join(f"{width}:{height}" for width, height in heights.items())
