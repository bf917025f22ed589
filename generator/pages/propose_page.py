"""The page on which people without git write a record, from the same schemas as editors."""

from __future__ import annotations

from generator import routes
from generator.library.site import Site
from generator.model.kinds import FIXED_KINDS, KINDS
from generator.model.record import SOURCE_HELP
from generator.outputs import Output
from generator.pages.render import render_page


def propose_page(site: Site) -> Output:
    """The frame of the page; `assets/propose.js` makes the forms.

    Every kind is offered: of those that are fixed, the records that there are can be changed.
    """

    def text() -> str:
        repository, known, _ = site.edit_base.partition("/edit/")
        return render_page(
            site,
            "propose.md.jinja",
            routes.PROPOSE,
            kinds=KINDS,
            source_help=SOURCE_HELP,
            fixed=FIXED_KINDS,
            api=routes.API_ROOT,
            repository=repository if known else "",
            edit_base=site.edit_base,
            schemas=routes.editor_schema_uri(""),
        )

    return Output(routes.source_uri(routes.PROPOSE), text)
