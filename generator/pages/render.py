"""A template and a page's view become the page's text."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import click

from generator import routes
from generator.checks.report_formats import Texts, full_text, summary_text
from generator.diagnostics import Diagnostic, Severity
from generator.exports.json_text import compact_json
from generator.exports.linked_data import linked_data
from generator.library.review import review_status
from generator.library.site import Site
from generator.model.record import Record, Reviewed
from generator.pages.breadcrumbs import trail
from generator.pages.environment import environment, index_title
from generator.pages.template_functions import PageTools
from generator.reading.published_state import last_change

MOST_SHOWN: Final = 3


def render_page(site: Site, template: str, here: str, **context: Any) -> str:
    """The Markdown of the page at `here`: front matter, headings and HTML, as its template says."""
    tools = PageTools(site, here)
    text = _squeezed(environment().get_template(template).render(**tools.names(), **context))
    record = getattr(context.get("view"), "record", None)
    return text if record is None else _with_meta(text, _meta_of(site, record, context))


def trouble_html(diagnostics: Sequence[Diagnostic], texts: Texts) -> str:
    """The banner of a page that is served while the data has errors."""
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    return (
        environment()
        .get_template("serve-banner.html.jinja")
        .render(
            summary=summary_text(errors),
            count=len(errors),
            report=click.unstyle(full_text(errors[:MOST_SHOWN], texts)).strip(),
            more=len(errors[MOST_SHOWN:]),
        )
    )


def _meta_of(site: Site, record: Record, context: dict[str, Any]) -> dict[str, str]:
    """What the theme says of a record's page to machines; nothing where the address is unknown."""
    if not site.address:
        return {}
    kind = site.library.pages[record.id][0].name
    way = trail(site.library, kind, record, index_title(kind))
    graph = linked_data(site.library, site.address, kind, record, context["description"], way)
    meta = {"linked_data": compact_json(graph)}
    signed_on = review_status(record, site.library).on if isinstance(record, Reviewed) else ""
    if day := last_change(site.published_state, record.id, signed_on):
        meta["changed"] = day
    if site.pictures:
        meta["picture"] = site.address + routes.picture_uri(kind, record.id)
    if kind == "conditions":
        meta["feed"] = site.address + routes.feed_uri(record.id)
    return meta


def _with_meta(text: str, meta: dict[str, str]) -> str:
    """The page with more lines in its front matter."""
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in meta.items()]
    return text.replace("---\n", "\n".join(["---", *lines, ""]), 1)


def _squeezed(text: str) -> str:
    """Without indents and runs of empty lines, which mean nothing in HTML and much in Markdown."""
    text = "\n".join([line.lstrip(" \t") for line in text.split("\n")])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.strip() + "\n"
