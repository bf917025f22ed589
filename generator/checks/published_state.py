"""Rules about what others rely on: clinics' files, and addresses that were published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.checks.to_call import loose_braces
from generator.diagnostics import Diagnostic, Note, Place, Severity, did_you_mean, rule
from generator.embeds.branding import LEAST_CONTRAST, PAPER, PAPER_DARK, is_web_address, readable
from generator.library.library import Library
from generator.model.kinds import KIND_OF
from generator.model.record import ID, Record
from generator.reading.id_findings import id_help
from generator.reading.published_state import PublishedState


def check_published_state(
    library: Library, published_state: PublishedState
) -> Iterator[Diagnostic]:
    """Every finding about these files."""
    for part in (
        *published_state.clinics.values(),
        *published_state.changes,
        *published_state.retired.values(),
    ):
        yield from loose_braces(part)
    yield from clinics_are_sound(library, published_state)
    yield from clinics_can_be_read(published_state)
    yield from published_stays(library, published_state)
    yield from successors_exist(library, published_state)


@rule("unsound-clinic")
def clinics_are_sound(library: Library, published_state: PublishedState) -> Iterator[Diagnostic]:
    """A clinic's file names a country and conditions that exist, and an https address."""
    for clinic in published_state.clinics.values():
        named: tuple[tuple[str, str, tuple[str, ...], Mapping[str, Record]], ...] = (
            ("country", "countries.yaml", (clinic.country,), library.countries),
            ("conditions", "conditions.yaml", clinic.conditions, library.conditions),
        )
        for field, file, ids, known in named:
            for id_ in ids:
                if id_ not in known:
                    yield Diagnostic(
                        code="unsound-clinic",
                        place=clinic.where(field),
                        message=f"`{id_}` must be the id of a record in {file}.",
                        help=id_help(id_, known, published_state.retired.get(id_))
                        or f"Look it up in {file}.",
                    )
        if not is_web_address(clinic.url):
            yield Diagnostic(
                code="unsound-clinic",
                place=clinic.where("url"),
                message="`url` must be an https address.",
                help="Write it in full, as in https://clinic.example/.",
            )


@rule("unreadable-colour")
def clinics_can_be_read(published_state: PublishedState) -> Iterator[Diagnostic]:
    """A clinic's colour has a contrast of 4.5 to its ground at least; otherwise ours is used."""
    for clinic in published_state.clinics.values():
        for field, colour, ground in (
            ("accent", clinic.accent, PAPER),
            ("accent_dark", clinic.accent_dark, PAPER_DARK),
        ):
            if colour and not readable(colour, ground):
                yield Diagnostic(
                    code="unreadable-colour",
                    place=clinic.where(field),
                    message=f"`{field}` must be a colour such as #0b5a63 with a contrast of"
                    f" {LEAST_CONTRAST} to {ground}.",
                    help="Choose a darker or lighter one; until then cards keep our own.",
                    severity=Severity.WARNING,
                )


@rule("published-id-gone")
def published_stays(library: Library, published_state: PublishedState) -> Iterator[Diagnostic]:
    """An id that was published stays, or retired.yaml says what replaces it.

    Others hold its address. The list is data/published.txt; `strideguide publish` adds to it,
    and nothing takes away.
    """
    gone = [
        (place, *address.partition("/")[::2])
        for address, place in published_state.published.items()
        if not _stands(library, published_state, address)
    ]
    uses = _loose_places(library) if gone else {}
    for place, kind, id_ in gone:
        if kind not in KIND_OF or not ID.fullmatch(id_):
            yield Diagnostic(
                code="published-id-gone",
                place=place,
                message="A line must be the kind and the id of a record, as in `signs/hop-pain`.",
                help="Delete this line; `strideguide publish` writes the others.",
            )
            continue
        new = [
            new for new in library.of_kind(kind) if f"{kind}/{new}" not in published_state.published
        ]
        is_renamed = len(new) == 1 and [kind for _, kind, _ in gone].count(kind) == 1
        yield Diagnostic(
            code="published-id-gone",
            place=place,
            message=f"`{kind}/{id_}` was published, so it must exist or be retired.",
            help=f"Put the old id back in the place of `{new[0]}`: only a name may change. With a "
            f"terminal, `strideguide rename {kind} {id_} {new[0]}` then changes it everywhere."
            if is_renamed
            else f"Bring the record back, or add `{id_}:` to retired.yaml with its successor.",
            notes=(
                *([Note(library.of_kind(kind)[new[0]].where(), "new here")] if is_renamed else ()),
                *_named_at(uses.get(id_, [])),
            ),
        )


def _stands(library: Library, published_state: PublishedState, address: str) -> bool:
    kind, _, id_ = address.partition("/")
    is_there = id_ in library.pages and library.pages[id_][0].name == kind
    return is_there or id_ in published_state.retired


def _loose_places(library: Library) -> dict[str, list[Place]]:
    """Where each id that no record has is named."""
    places: dict[str, list[Place]] = {}
    for link in library.links:
        if link.id not in library.pages:
            places.setdefault(link.id, []).append(link.place)
    return places


def _named_at(places: list[Place]) -> Iterator[Note]:
    """The first place where a record is named that is gone, and how many more there are."""
    if places:
        more = f", and in {len(places) - 1} more places" if len(places) > 2 else ""
        yield Note(places[0], f"named here{more}")


@rule("bad-successor")
def successors_exist(library: Library, published_state: PublishedState) -> Iterator[Diagnostic]:
    """A retired id names the record of its kind that replaces it."""
    for gone in published_state.retired.values():
        known = library.pages.get(gone.now)
        peers = [id_ for id_, (kind, _) in library.pages.items() if kind.name == gone.kind]
        if known is None or known[0].name != gone.kind:
            yield Diagnostic(
                code="bad-successor",
                place=gone.where("now"),
                message=f"`{gone.now}` must be the id of a record in {gone.kind}.yaml.",
                help=did_you_mean(gone.now, peers)
                or "Name the record that readers of the old page should see now.",
            )
        if gone.id in library.pages:
            yield Diagnostic(
                code="bad-successor",
                place=gone.where(),
                message=f"`{gone.id}` is retired, so no record may have this id.",
                help="Give the new record another id, or remove this entry.",
            )
