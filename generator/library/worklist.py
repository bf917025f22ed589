"""What is left to do for each record: review, age of the evidence, reading grade, findings."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from generator.diagnostics import Diagnostic
from generator.library import readability as plain
from generator.library.library import Library
from generator.library.memoize import once_for_each
from generator.library.review import ReviewStatus, review_status
from generator.model.kinds import Kind
from generator.model.record import Record, Reviewed, Source
from generator.model.schema import holds, walk


@dataclass(frozen=True, slots=True)
class WorklistRow:
    """The state of a record. Years are 0 where it cites nothing that has one."""

    record: Reviewed
    status: ReviewStatus
    grade: float
    sources: int
    newest_year: int
    oldest_year: int
    old_claims: int
    single_source_claims: int
    general_claims: int
    claims: int
    findings: int


def worklist(
    library: Library, diagnostics: Iterable[Diagnostic], this_year: int
) -> tuple[tuple[Kind, tuple[WorklistRow, ...]], ...]:
    """Every record that a clinician signs, by kind and then by name.

    A claim is old when its newest source is older than the house policy allows in `this_year`.
    """
    count = _findings_by_record(library, diagnostics)
    years = {id_: reference.year for id_, reference in library.references.items()}
    rows: dict[str, list[WorklistRow]] = {}
    kinds: dict[str, Kind] = {}
    for kind, record in library.all_records():
        if isinstance(record, Reviewed):
            kinds[kind.name] = kind
            row = _row(library, record, count.get(record.id, 0), years, this_year)
            rows.setdefault(kind.name, []).append(row)
    return tuple(
        (kinds[name], tuple(sorted(group, key=lambda row: row.record.name.casefold())))
        for name, group in rows.items()
    )


def newest_year(library: Library) -> int:
    """The latest year of any reference: the clock of a build that must not depend on the day."""
    return max((r.year for r in library.references.values() if r.year), default=0)


def is_within(library: Library, record: Record, diagnostic: Diagnostic) -> bool:
    """Whether the finding lies within the record's lines."""
    return _findings_by_record(library, [diagnostic]).get(record.id, 0) > 0


def _row(
    library: Library,
    record: Reviewed,
    findings: int,
    year_of: Mapping[str, int | None],
    this_year: int,
) -> WorklistRow:
    claims = _claims_of(record)
    cited = {id_ for references in claims for id_ in references}
    years = sorted(y for id_ in cited if (y := year_of[id_]))
    limit = this_year - library.house.evidence_age_years
    return WorklistRow(
        record=record,
        status=review_status(record, library),
        grade=round(plain.record_grade(record, library), 1),
        sources=len(cited),
        newest_year=years[-1] if years else 0,
        oldest_year=years[0] if years else 0,
        old_claims=sum(n for on, n in claims.items() if _is_old(on, year_of, limit)),
        single_source_claims=sum(n for on, n in claims.items() if len(on) == 1),
        general_claims=claims[()],
        claims=claims.total(),
        findings=findings,
    )


_HOLDS_SOURCE: Final = holds(Source)


@once_for_each
def _claims_of(record: Reviewed) -> Counter[tuple[str, ...]]:
    """How many claims rest on the same references; general ones rest on none."""
    values = (value for _, _, value in walk(record, _HOLDS_SOURCE))
    return Counter(value.references for value in values if isinstance(value, Source))


def _is_old(references: tuple[str, ...], year_of: Mapping[str, int | None], limit: int) -> bool:
    years = [year_of[id_] for id_ in references]
    return bool(years) and all(year is not None and year < limit for year in years)


def _findings_by_record(library: Library, diagnostics: Iterable[Diagnostic]) -> Mapping[str, int]:
    """How many findings lie within the lines of each record."""
    starts: dict[str, list[tuple[int, Record]]] = {}
    for _, record in library.all_records():
        place = record.where()
        starts.setdefault(place.path, []).append((place.line, record))
    for in_file in starts.values():
        in_file.sort(key=lambda start: start[0])
    count: dict[str, int] = {}
    for diagnostic in diagnostics:
        in_file = starts.get(diagnostic.place.path, [])
        after = bisect_right(in_file, diagnostic.place.line, key=lambda start: start[0])
        if after:
            id_ = in_file[after - 1][1].id
            count[id_] = count.get(id_, 0) + 1
    return count
