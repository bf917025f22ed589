"""Library -> the Markdown of every generated page. One function for each kind of page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from generator import routes
from generator.library.library import Library
from generator.library.red_flags import care_cards, most_dangerous_first
from generator.library.site import Site
from generator.library.worklist import newest_year, worklist
from generator.model.context import Region
from generator.model.exercise import Exercise
from generator.model.record import Record, Reviewed
from generator.model.sign import RedFlag
from generator.outputs import Output
from generator.pages import views
from generator.pages.body_map import body_map
from generator.pages.numbers import numbers_of
from generator.pages.render import render_page
from generator.pages.template_functions import description_of

EXERCISES_ON_HOME: Final = 4
FLAGS_ON_HOME: Final = 3

Options = list[tuple[str, str]]
Context = dict[str, Any]


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
    uri = routes.source_uri(routes.page_url(kind, record.id))
    where = site.library.place_of(record)
    return Output(uri, partial(_record_text, site, kind, record.id), where)


def _record_text(site: Site, kind: str, id_: str) -> str:
    template, view_of, text = _RECORD_PAGES[kind]
    record = site.library.of_kind(kind)[id_]
    return render_page(
        site,
        template,
        routes.page_url(kind, id_),
        description=description_of(site, text(record)),
        view=view_of(site.library, record),
        articles=site.library.articles_about(record),
    )


def text_of_record(kind: str, record: Record) -> str:
    """The text that describes a record's page."""
    return _RECORD_PAGES[kind][2](record)


_RECORD_PAGES: Final[Mapping[str, tuple[str, Callable[..., Any], Callable[..., str]]]] = {
    "conditions": ("condition.md.jinja", views.condition_view, lambda r: r.answer.text),
    "signs": (
        "sign.md.jinja",
        views.sign_view,
        lambda r: f"{r.red_flag.action} {r.summary}" if r.red_flag else r.summary,
    ),
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
    for kind, context in _INDEXES.items():
        url = routes.index_url(kind)
        here = partial(context, site.library)
        yield _page(site, f"index-{kind}.md.jinja", url, here, is_index=True)


def _conditions_index(library: Library) -> Context:
    used_tissues = {condition.tissue for condition in library.conditions.values()}
    return {
        "by_region": _by_first_region(library, library.conditions.values()),
        "regions": _named(views.head_to_foot(library)),
        "tissues": _named(t for t in library.tissues.values() if t.id in used_tissues),
        "levels": _words(library, "runner-levels"),
    }


def _signs_index(library: Library) -> Context:
    return {
        "by_region": _by_first_region(library, library.signs.values()),
        "care_of": lambda sign: library.care[sign.red_flag.tier].name,
        "regions": _named(views.head_to_foot(library)),
        "kinds": _words(library, "sign-kinds"),
        "moments": _words(library, "moments"),
    }


def _exercises_index(library: Library) -> Context:
    return {
        "by_group": [
            (group, views.by_name(e for e in library.exercises.values() if e.group == group.id))
            for group in library.groups.values()
        ],
        "groups": _named(library.groups.values()),
        "regions": _named(views.head_to_foot(library)),
        "muscles": _used(library, "muscles", lambda exercise: exercise.muscles),
        "levels": _words(library, "exercise-levels"),
        "equipment": _used(library, "equipment", lambda exercise: exercise.equipment),
        "stages_of": partial(views.stages_of, library),
    }


def _causes_index(library: Library) -> Context:
    causes = views.by_name(library.causes.values())
    return {
        "changeable": [cause for cause in causes if cause.changeable],
        "fixed": [cause for cause in causes if not cause.changeable],
    }


def _references_index(library: Library) -> Context:
    references = views.by_name(library.references.values())
    return {
        "by_kind": [
            (label, [reference for reference in references if reference.kind == kind])
            for kind, label in _words(library, "reference-kinds")
        ]
    }


_INDEXES: Final[Mapping[str, Callable[[Library], Context]]] = {
    "conditions": _conditions_index,
    "signs": _signs_index,
    "exercises": _exercises_index,
    "programmes": lambda library: {
        "records": views.by_name(library.programmes.values()),
        "exercises_of": lambda programme: [
            row.exercise
            for step in views.programme_view(library, programme).steps
            for row in step.rows
        ],
    },
    "regions": lambda library: {
        "by_region": _by_region(library),
        "parts": body_map(library.regions.values()),
    },
    "causes": _causes_index,
    "treatments": lambda library: {"records": views.by_name(library.treatments.values())},
    "references": _references_index,
}
"""Kind -> what its list shows."""


def home_page(site: Site) -> Output:
    """The front door: by region, by sign, by name, red flags first."""
    library = site.library

    def context() -> Context:
        used = Counter(link.id for link in library.links if link.field == "exercise")
        drawn = [library.exercises[id_] for id_ in library.motions]
        return {
            "parts": body_map(library.regions.values()),
            "by_region": _by_first_region(library, library.conditions.values()),
            "flags": [flag.short for flag in _red_flags(library)[:FLAGS_ON_HOME]],
            "signs": [
                (library.signs[id_], views.behind(library, library.signs[id_]))
                for region in views.head_to_foot(library)
                for id_ in region.on_home
            ],
            "exercises": sorted(drawn, key=lambda e: (-used[e.id], e.name))[:EXERCISES_ON_HOME],
            "topics": [article for article in library.articles if article.is_topic],
            "signed": any(
                record.review.state == "signed"
                for kind, record in library.pages.values()
                if isinstance(record, Reviewed)
            ),
        }

    return _page(site, "home.md.jinja", routes.HOME, context)


def find_page(site: Site) -> Output:
    """The sign finder; without scripts, a table of signs and the pages that list them."""
    library = site.library

    def rows_of(region: Region) -> list[tuple[Record, tuple[Record, ...]]]:
        signs = [s for s in library.signs.values() if s.regions[0] == region.id and not s.red_flag]
        rows = [(sign, views.sign_view(library, sign).conditions) for sign in views.by_name(signs)]
        return [row for row in rows if row[1]]

    def context() -> Context:
        return {
            "data": routes.FINDER_DATA,
            "parts": body_map(library.regions.values()),
            "by_region": [(region, rows_of(region)) for region in views.head_to_foot(library)],
            "care": list(library.care.values()),
            "numbers": numbers_of(site.country),
            "moments": _words(library, "moments"),
            "onsets": _words(library, "onsets"),
        }

    return _page(site, "find.md.jinja", routes.FIND, context)


def builder_page(site: Site) -> Output:
    """The reader's own programme, put together in the browser."""

    def context() -> Context:
        return {
            "data": routes.BUILDER_DATA,
            "care": list(site.library.care.values()),
            "numbers": numbers_of(site.country),
        }

    return _page(site, "programme-builder.md.jinja", routes.BUILDER, context)


def worklist_page(site: Site) -> Output:
    """The state of every record, in public."""
    library = site.library

    def context() -> Context:
        groups = worklist(library, site.diagnostics, newest_year(library))
        return {"groups": groups, "house": library.house, "has_figures": bool(library.motions)}

    return _page(site, "worklist.md.jinja", routes.WORKLIST, context)


def figures_page(site: Site) -> Output:
    """Every figure on one sheet, for people who draw them."""
    library = site.library

    def context() -> Context:
        drawn = [library.exercises[id_] for id_ in library.motions]
        by_group = [
            (group, views.by_name(e for e in drawn if e.group == group.id))
            for group in library.groups.values()
        ]
        return {"by_group": by_group}

    return _page(site, "figures.md.jinja", routes.FIGURES, context)


def get_help_page(site: Site) -> Output:
    """Every red flag, the most dangerous first; then what can wait."""

    def context() -> Context:
        flags = [sign for sign in site.library.signs.values() if sign.red_flag]
        return {
            "cards": care_cards(site.library, flags),
            "self_care": site.library.care.get("self-care"),
        }

    return _page(site, "get-help.md.jinja", routes.GET_HELP, context)


def _page(
    site: Site, template: str, url: str, context: Callable[[], Context], *, is_index: bool = False
) -> Output:
    uri = routes.source_uri(url, is_index=is_index)
    return Output(uri, lambda: render_page(site, template, url, **context()))


def _by_region(library: Library) -> list[tuple[Region, tuple[Any, ...]]]:
    conditions = library.conditions.values()
    return [(region, _in_region(conditions, region)) for region in views.head_to_foot(library)]


def _by_first_region(
    library: Library, records: Iterable[Any]
) -> list[tuple[Region, tuple[Any, ...]]]:
    """Each record once, under the region that it names first."""
    listed = list(records)
    return [
        (region, views.by_name(record for record in listed if record.regions[0] == region.id))
        for region in views.head_to_foot(library)
    ]


def _red_flags(library: Library) -> list[RedFlag]:
    """Those of all signs, the most dangerous first."""
    signs = most_dangerous_first(library, library.signs)
    return [sign.red_flag for sign in signs if sign.red_flag]


def _in_region(records: Iterable[Any], region: Region) -> tuple[Any, ...]:
    return views.by_name(record for record in records if region.id in record.regions)


def _named(records: Iterable[Record]) -> Options:
    return [(record.id, record.name) for record in records]


def _used(
    library: Library, vocabulary: str, words_of: Callable[[Exercise], Iterable[str]]
) -> Options:
    """The words of a list that some exercise has."""
    used = {word for exercise in library.exercises.values() for word in words_of(exercise)}
    return [option for option in _words(library, vocabulary) if option[0] in used]


def _words(library: Library, vocabulary: str) -> Options:
    return [(word, label.name) for word, label in library.vocabulary[vocabulary].items()]
