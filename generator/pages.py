"""Library -> the Markdown of every generated page. One function for each kind of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from generator import routes, views
from generator.library import Library
from generator.model.context import Region
from generator.model.record import Record
from generator.outputs import Output
from generator.render import Site, description_of, render_page
from generator.worklist import newest_year, worklist

SIGNS_ON_HOME: Final = 10

Options = list[tuple[str, str]]


def pages(site: Site) -> Iterator[Output]:
    """Every generated page, kinds in their declared order."""
    for kind, record in site.library.all_records():
        if kind.has_pages:
            yield record_page(site, kind.name, record)
    yield from index_pages(site)
    yield home_page(site)
    yield get_help_page(site)
    yield worklist_page(site)
    if site.library.motions:
        yield figures_page(site)
    yield find_page(site)
    yield builder_page(site)


def record_page(site: Site, kind: str, record: Record) -> Output:
    """The page of one record: a pure function of it, its neighbours and its template."""
    template, view_of, text = _RECORD_PAGES[kind]
    url = routes.page_url(kind, record.id)
    content = render_page(
        site,
        template,
        url,
        description=description_of(site, text(record)),
        view=view_of(site.library, record),
        articles=site.library.articles_about(record),
    )
    return Output(routes.source_uri(url), content, record.where())


_RECORD_PAGES: Final[Mapping[str, tuple[str, Callable[..., Any], Callable[..., str]]]] = {
    "conditions": ("condition.md.jinja", views.condition_view, lambda r: r.answer.text),
    "signs": ("sign.md.jinja", views.sign_view, lambda r: r.summary),
    "exercises": ("exercise.md.jinja", views.exercise_view, lambda r: r.purpose),
    "programmes": ("programme.md.jinja", views.programme_view, lambda r: r.purpose.text),
    "regions": ("region.md.jinja", views.region_view, lambda r: r.summary),
    "causes": ("cause.md.jinja", views.cause_view, lambda r: r.summary.text),
    "treatments": ("treatment.md.jinja", views.treatment_view, lambda r: r.summary.text),
    "references": (
        "reference.md.jinja",
        views.reference_view,
        lambda r: f"{r.title}. {r.published_in}",
    ),
}
"""Kind -> template, view, and the text that describes the page."""


def index_pages(site: Site) -> Iterator[Output]:
    """The list of each kind, with what its filters offer."""
    library = site.library
    regions = sorted(library.regions.values(), key=lambda region: region.order)
    used_tissues = {condition.tissue for condition in library.conditions.values()}
    by_region = [(region, _in_region(library.conditions.values(), region)) for region in regions]
    by_group = [
        (group, views.by_name(e for e in library.exercises.values() if e.group == group.id))
        for group in library.groups.values()
    ]
    causes = views.by_name(library.causes.values())
    contexts: dict[str, dict[str, Any]] = {
        "conditions": {
            "records": views.by_name(library.conditions.values()),
            "by_region": by_region,
            "regions": _named(regions),
            "tissues": _named(t for t in library.tissues.values() if t.id in used_tissues),
            "levels": _words(library, "runner-levels"),
        },
        "signs": {
            "records": views.by_name(library.signs.values()),
            "regions": _named(regions),
            "kinds": _words(library, "sign-kinds"),
            "moments": _words(library, "moments"),
        },
        "exercises": {
            "by_group": by_group,
            "groups": _named(library.groups.values()),
            "regions": _named(regions),
            "levels": _words(library, "exercise-levels"),
            "equipment": _words(library, "equipment"),
        },
        "programmes": {"records": views.by_name(library.programmes.values())},
        "regions": {"by_region": by_region},
        "causes": {
            "changeable": [cause for cause in causes if cause.changeable],
            "fixed": [cause for cause in causes if not cause.changeable],
        },
        "treatments": {"records": views.by_name(library.treatments.values())},
        "references": {"records": views.by_name(library.references.values())},
    }
    for kind, context in contexts.items():
        url = routes.index_url(kind)
        yield _page(site, f"index-{kind}.md.jinja", url, is_index=True, **context)


def home_page(site: Site) -> Output:
    """The front door: by region, by sign, by name, red flags first."""
    library = site.library
    listed = Counter(
        link.id for link in library.links if link.kind == "signs" and link.field == "sign"
    )
    plain = [sign for sign in library.signs.values() if not sign.red_flag]
    often = sorted(plain, key=lambda sign: (-listed[sign.id], sign.name))[:SIGNS_ON_HOME]
    return _page(
        site,
        "home.md.jinja",
        routes.HOME,
        regions=sorted(library.regions.values(), key=lambda region: region.order),
        signs=views.by_name(often),
        conditions=views.by_name(library.conditions.values()),
    )


def find_page(site: Site) -> Output:
    """The sign finder; without scripts, a table of signs and the pages that list them."""
    library = site.library
    by_region = []
    for region in sorted(library.regions.values(), key=lambda region: region.order):
        signs = [s for s in library.signs.values() if s.regions[0] == region.id and not s.red_flag]
        rows = [(sign, views.sign_view(library, sign).conditions) for sign in views.by_name(signs)]
        by_region.append((region, [row for row in rows if row[1]]))
    return _page(
        site,
        "find.md.jinja",
        routes.FIND,
        data=routes.FINDER_DATA,
        by_region=by_region,
        care=list(library.care.values()),
        moments=_words(library, "moments"),
        onsets=_words(library, "onsets"),
    )


def builder_page(site: Site) -> Output:
    """The reader's own programme, put together in the browser."""
    care = list(site.library.care.values())
    template = "programme-builder.md.jinja"
    return _page(site, template, routes.BUILDER, data=routes.BUILDER_DATA, care=care)


def worklist_page(site: Site) -> Output:
    """The state of every record, in public."""
    library = site.library
    groups = worklist(library, site.diagnostics, newest_year(library))
    return _page(
        site,
        "worklist.md.jinja",
        routes.WORKLIST,
        groups=groups,
        house=library.house,
        has_figures=bool(library.motions),
    )


def figures_page(site: Site) -> Output:
    """Every figure on one sheet, for whoever draws them."""
    library = site.library
    drawn = [library.exercises[id_] for id_ in library.motions]
    by_group = [
        (group, views.by_name(e for e in drawn if e.group == group.id))
        for group in library.groups.values()
    ]
    return _page(site, "figures.md.jinja", routes.FIGURES, by_group=by_group)


def get_help_page(site: Site) -> Output:
    """Every red flag, by urgency."""
    flags = [sign for sign in site.library.signs.values() if sign.red_flag]
    cards = views.care_cards(site.library, flags)
    return _page(site, "get-help.md.jinja", routes.GET_HELP, cards=cards, country=site.country)


def _page(site: Site, template: str, url: str, *, is_index: bool = False, **context: Any) -> Output:
    content = render_page(site, template, url, **context)
    return Output(routes.source_uri(url, is_index=is_index), content)


def _in_region(records: Iterable[Any], region: Region) -> tuple[Any, ...]:
    return views.by_name(record for record in records if region.id in record.regions)


def _named(records: Iterable[Record]) -> Options:
    return [(record.id, record.name) for record in records]


def _words(library: Library, vocabulary: str) -> Options:
    return [(word, label.name) for word, label in library.vocabulary[vocabulary].items()]
