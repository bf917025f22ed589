"""What a page says to search engines, in schema.org's words (JSON-LD)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from generator import routes
from generator.exports.json_text import Json
from generator.library.library import Library
from generator.library.review import review_status
from generator.model.condition import Condition
from generator.model.context import Cause, Region, Treatment
from generator.model.exercise import Exercise
from generator.model.programme import Programme
from generator.model.record import Record, Reviewed
from generator.model.reference import Reference
from generator.model.sign import Sign
from generator.pages.breadcrumbs import Trail
from generator.pages.prose import plain_text

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
LANGUAGE: Final = "en"
EXERCISE: Final = ["ExercisePlan", "PhysicalTherapy"]


def linked_data(
    library: Library,
    address: str,
    kind: str,
    record: Record,
    description: str,
    trail: Trail,
) -> Json:
    """The page, the way to it, and what it is about, as one graph.

    The breadcrumbs match those on the page: site-relative addresses and names.
    """
    page = address + routes.page_url(kind, record.id)
    about = {"@id": f"{page}#about", **_ABOUT[kind](library, address, record)}
    medical = kind != "references"
    body: Json = {
        "@type": "MedicalWebPage" if medical else "WebPage",
        "@id": page,
        "url": page,
        "name": record.name,
        "description": description,
        "inLanguage": LANGUAGE,
        "license": LICENCE,
        "isAccessibleForFree": True,
        "isPartOf": {"@type": "WebSite", "@id": address, "url": address},
        "about": {"@id": about["@id"]},
        "breadcrumb": {"@id": f"{page}#breadcrumb"},
    }
    if medical:
        body["audience"] = {"@type": "PeopleAudience", "audienceType": "Runners"}
    if isinstance(record, Reviewed):
        status = review_status(record, library)
        if status.state == "signed":
            body["lastReviewed"] = status.on
            body["reviewedBy"] = {
                "@type": "Person",
                "name": status.by,
                "identifier": status.registration,
            }
    crumbs = [*((address + path, name) for path, name in trail), (page, record.name)]
    way = {
        "@type": "BreadcrumbList",
        "@id": f"{page}#breadcrumb",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "item": item, "name": name}
            for at, (item, name) in enumerate(crumbs, start=1)
        ],
    }
    return {"@context": "https://schema.org", "@graph": [body, way, about]}


def _named(address: str, kind: str, record: Record, type_: str | list[str]) -> Json:
    url = address + routes.page_url(kind, record.id)
    return {"@type": type_, "@id": f"{url}#about", "name": record.name, "url": url}


def _names(record: Record) -> Json:
    body: Json = {"name": record.name}
    if record.aliases:
        body["alternateName"] = list(record.aliases)
    return body


def _plain(library: Library, text: str) -> str:
    return plain_text(text, lambda id_: library.pages[id_][1].name)


def _places(library: Library, ids: tuple[str, ...]) -> list[Json]:
    return [{"@type": "AnatomicalStructure", "name": library.regions[id_].name} for id_ in ids]


def _condition(library: Library, address: str, c: Condition) -> Json:
    exercises = dict.fromkeys(p.exercise for stage in c.stages for p in stage.exercises)
    therapies = [library.treatments[t.treatment] for t in c.treatments if t.verdict != "avoid"]
    return {
        "@type": "MedicalCondition",
        **_names(c),
        "description": _plain(library, c.answer.text),
        "associatedAnatomy": _places(library, c.regions),
        "signOrSymptom": [
            _named(address, "signs", library.signs[edge.sign], "MedicalSignOrSymptom")
            for edge in c.signs
        ],
        "riskFactor": [
            _named(address, "causes", library.causes[edge.cause], "MedicalRiskFactor")
            for edge in c.causes
        ],
        "possibleTreatment": [
            *(_named(address, "exercises", library.exercises[id_], EXERCISE) for id_ in exercises),
            *(_named(address, "treatments", t, "MedicalTherapy") for t in therapies),
        ],
        "expectedPrognosis": c.recovery.short,
    }


def _sign(library: Library, address: str, s: Sign) -> Json:
    return {
        "@type": "MedicalSignOrSymptom",
        **_names(s),
        "description": _plain(library, s.summary),
        "associatedAnatomy": _places(library, s.regions),
    }


def _exercise(library: Library, address: str, e: Exercise) -> Json:
    body: Json = {
        "@type": EXERCISE,
        **_names(e),
        "description": _plain(library, e.purpose),
        "exerciseType": library.groups[e.group].name,
        "contraindication": [_plain(library, claim.text) for claim in e.cautions],
    }
    if e.dose.reps:
        body["repetitions"] = {
            "@type": "QuantitativeValue",
            "minValue": e.dose.reps.low,
            "maxValue": e.dose.reps.high,
        }
    if e.dose.rest_seconds:
        body["restPeriods"] = {
            "@type": "QuantitativeValue",
            "minValue": e.dose.rest_seconds.low,
            "maxValue": e.dose.rest_seconds.high,
            "unitCode": "SEC",
        }
    return body


def _programme(library: Library, address: str, p: Programme) -> Json:
    return {
        "@type": "ExercisePlan",
        **_names(p),
        "description": _plain(library, p.purpose.text),
        "activityFrequency": _plain(library, p.sessions.text),
    }


def _region(library: Library, address: str, r: Region) -> Json:
    return {
        "@type": "AnatomicalStructure",
        **_names(r),
        "relatedCondition": [
            _named(address, "conditions", c, "MedicalCondition")
            for c in library.conditions.values()
            if r.id in c.regions
        ],
    }


def _cause(library: Library, address: str, cause: Cause) -> Json:
    return {
        "@type": "MedicalRiskFactor",
        **_names(cause),
        "description": _plain(library, cause.summary.text),
    }


def _treatment(library: Library, address: str, treatment: Treatment) -> Json:
    return {
        "@type": "MedicalTherapy",
        **_names(treatment),
        "description": _plain(library, treatment.summary.text),
    }


def _reference(library: Library, address: str, r: Reference) -> Json:
    body: Json = {
        "@type": "ScholarlyArticle",
        "name": r.title,
        "creditText": f"{r.authors}. {r.published_in}",
    }
    if r.year:
        body["datePublished"] = str(r.year)
    if r.doi:
        body["sameAs"] = f"https://doi.org/{r.doi}"
    elif r.url:
        body["sameAs"] = r.url
    return body


_ABOUT: Final[Mapping[str, Callable[[Library, str, Any], Json]]] = {
    "conditions": _condition,
    "signs": _sign,
    "exercises": _exercise,
    "programmes": _programme,
    "regions": _region,
    "causes": _cause,
    "treatments": _treatment,
    "references": _reference,
}
