"""The page on which people without git write a record, from the same schemas as editors."""

from __future__ import annotations

from typing import Final

from generator import routes
from generator.model.kinds import KINDS
from generator.outputs import Output
from generator.render import Site, render_page
from generator.template import FIXED_KINDS

HARD_KINDS: Final = frozenset({"poses", "countries"})
"""Written in numbers or by those who run the site: no form helps."""

OFFERED: Final = tuple(k for k in KINDS if k.name not in FIXED_KINDS | HARD_KINDS)


def propose_page(site: Site) -> Output:
    """The frame of the page; `assets/propose.js` makes the forms."""

    def text() -> str:
        repository, known, _ = site.edit_base.partition("/edit/")
        return render_page(
            site,
            "propose.md.jinja",
            routes.PROPOSE,
            kinds=OFFERED,
            repository=repository if known else "",
            edit_base=site.edit_base,
            schemas=routes.editor_schema_uri(""),
        )

    return Output(routes.source_uri(routes.PROPOSE), text)
