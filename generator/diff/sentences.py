"""A difference in sentences, for every format, and their order. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from generator.diff.compare import Difference
from generator.diff.field_changes import Change
from generator.diff.flag_changes import FlagChange
from generator.diff.link_changes import LinkChange
from generator.diff.record_changes import RecordChange
from generator.diff.touched_pages import Touched
from generator.model.kinds import KIND_OF

MOST_PAGES: Final = 12
"""Names that are listed one by one."""

NOTHING: Final = "No facts changed."
UNREAD: Final = "The two states can't be compared until these files load:"
LINKS: Final = "Links"
CASES: Final = "Invented cases that end elsewhere"
TOUCHED: Final = "Where it shows"
TEXTS: Final = "Articles and other texts"
FILES: Final = "Other files"
FILES_NOTE: Final = (
    "Settings, looks, code or lists. Nothing here says what they do to the site: read them."
)
SIGNED: Final = "Signed in this pull request"
SIGNED_NOTE: Final = (
    "Ask each of these people, by another way, whether they signed this very content."
)
TIER_WORDS: Final = {
    "emergency": "emergency",
    "same-day": "same day",
    "within-days": "within days",
}
WEIGHT_WORDS: Final = {
    "clinical": "Clinical changes",
    "statement": "Statements reworded",
    "wording": "Wording only",
}
WEIGHT_NOTES: Final = {
    "clinical": "Doses, links, sources, numbers, and words such as “not” or “stop”.",
    "statement": "A signature covers these texts; numbers and words such as “not” are the same.",
    "wording": "No signature is undone.",
}
SAFETY_KINDS: Final = ("pain-rules", "care", "countries")
"""Kinds whose every change is shown with the red flags."""


@dataclass(frozen=True, slots=True)
class Row:
    """A record with its changes of one weight, and what is to be said before and after them."""

    record: RecordChange
    first: tuple[str, ...]
    changes: tuple[Change, ...]
    last: tuple[str, ...]


def _is_about_safety(record: RecordChange, change: Change) -> bool:
    """Whether a change is shown with the red flags, as those of a sign's `red_flag:` are."""
    return record.kind in SAFETY_KINDS or change.where.split(",")[0] == "red flag"


def unread_lines(found: Difference) -> Iterator[str]:
    """What keeps the states from being compared, file by file."""
    for finding in found.unread:
        yield f"{finding.place.path}, line {finding.place.line}: {finding.message}"


def flag_lines(found: Difference) -> Iterator[str]:
    """Which red flags show on more pages than before, or on fewer."""

    def same(flag: FlagChange) -> tuple[bool, str, str, str]:
        return (flag.gained, flag.tier, flag.flag, flag.flag_name)

    for (gained, tier, _, name), group in groupby(found.flags, key=same):
        pages = listed([flag.name for flag in group])
        verb = "now shows on" if gained else "NO LONGER SHOWS on"
        yield f"{name} ({TIER_WORDS.get(tier, tier)}) {verb}: {pages}"


def flag_edits(found: Difference) -> Iterator[tuple[RecordChange, Change | None]]:
    """What became of red flags, care texts, numbers to call and pain rules; None for all of it."""
    for record in found.records:
        if record.kind in SAFETY_KINDS and record.state != "changed":
            yield record, None
        for change in record.changes:
            if _is_about_safety(record, change):
                yield record, change


def signed_rows(found: Difference) -> Iterator[Row]:
    """Each signature that came, went or is another one, with what changed under it."""
    for record in found.records:
        before, after = record.signed_before, record.signed_after
        if not record.signature_changed:
            continue
        relevant = record.changes if record.since is None else record.since
        changes = tuple(change for change in relevant if change.weight != "wording")
        since: tuple[str, ...] = ()
        if not after:
            line = f"the signature of {before} is gone"
        elif not before:
            line = f"signed by {after}, for the first time"
        else:
            line = f"signed by {after}, in place of {before}"
            if not before.holds and record.since is None:
                since = ("had changed already since that signature: see its history",)
            elif not (changes or record.shared):
                since = ("nothing that it covers changed: only the signature did",)
        if after and not after.holds:
            line += ". IT DOES NOT COVER THE RECORD AS IT IS NOW"
        yield Row(record, (line,), changes, (*_shared(record), *since))


def committer_line(found: Difference) -> str:
    """Who made the change, as far as git can tell."""
    names = listed(found.committers)
    return f"Git names {names}. Anybody can write any name there." if names else ""


def sections(found: Difference) -> Iterator[tuple[str, list[Row]]]:
    """(Weight, rows), the weightiest first; what is said of a record is at its first row."""
    noted: set[tuple[str, str]] = set()
    for weight in WEIGHT_WORDS:
        rows: list[Row] = []
        for record in found.records:
            changes = tuple(
                c for c in record.changes if c.weight == weight and not _is_about_safety(record, c)
            )
            as_whole = weight == "clinical" and (
                (record.state != "changed" and record.kind not in SAFETY_KINDS)
                or bool(record.undone)
            )
            if changes or as_whole:
                key = (record.kind, record.id)
                is_first = key not in noted
                first, last = (_notes(record), _grade(record)) if is_first else ((), ())
                rows.append(Row(record, tuple(first), changes, tuple(last)))
                noted.add(key)
        if rows:
            yield weight, rows


def _notes(record: RecordChange) -> Iterator[str]:
    if record.undone:
        yield f"SIGNATURE UNDONE: {record.undone} must read it again"
        yield from _shared(record)


def _shared(record: RecordChange) -> Iterator[str]:
    if record.shared:
        yield f"its page shows what changed elsewhere: {listed(record.shared)}"


def _grade(record: RecordChange) -> Iterator[str]:
    if record.grades:
        before, after = record.grades
        yield f"Reading grade {before:.1f} → {after:.1f}"


def title_of(record: RecordChange) -> str:
    """Its name, and whether it came, went or got another id."""
    kind = KIND_OF[record.kind].singular
    match record.state:
        case "added":
            return f"New {kind}: {record.name}"
        case "removed":
            successor = f", now {record.was}" if record.was else ", WITH NO SUCCESSOR"
            return f"Gone {kind}: {record.name} ({record.id}{successor})"
        case "renamed":
            return f"{record.name} ({kind}, {record.was} is now {record.id})"
    return f"{record.name} ({kind})"


def arrow(change: Change) -> str:
    """What was there, and what is there now."""
    match change.sort:
        case "gained":
            return f"+ {change.after}"
        case "lost":
            return f"− {change.before}"
        case "reordered":
            return "in another order"
    return f"{change.before} → {change.after}" if change.after else "changed"


def case_lines(found: Difference) -> Iterator[str]:
    """Which invented cases end elsewhere than before; like ones are listed together."""
    alike: dict[str, list[str]] = {}
    for case in found.cases:
        row = [f"no longer leads to {name}" for name in case.lost]
        row += [f"now leads to {name}" for name in case.gained]
        if case.flag_before != case.flag_after:
            none = "none"
            row.append(f"first red flag {case.flag_before or none} → {case.flag_after or none}")
        alike.setdefault("; ".join(row), []).append(case.name)
    for said, names in alike.items():
        several = f"{len(names)} cases: {said} ({listed(names)})"
        yield several if len(names) > 1 else f"{names[0]}: {said}"


def link_lines(found: Difference) -> Iterator[str]:
    """The links that came or went, except those that are part of their own record's changes.

    A record's links of one field are listed together.
    """
    relevant = {
        (record.kind, record.id, change.sort, change.after if change.after else change.before)
        for record in found.records
        for change in record.changes
    }
    alike: dict[tuple[str, str, str, str, str], list[LinkChange]] = {}
    for link in found.links:
        sort = "gained" if link.gained else "lost"
        if (link.kind, link.id, sort, link.to_name) not in relevant:
            key = (link.kind, link.id, sort, link.to_kind, link.field)
            alike.setdefault(key, []).append(link)
    for (_, _, sort, to_kind, field), links in alike.items():
        kind = KIND_OF[to_kind]
        names = [link.to_name for link in links]
        what = f"the {kind.singular} {names[0]}"
        if len(names) > 1:
            what = f"{len(names)} {kind.name.replace('-', ' ')}, {listed(names)}"
        yield f"{links[0].name} {sort} {what} ({field.replace('_', ' ')})"


def touched_groups(touched: Touched) -> Iterator[tuple[str, Sequence[str]]]:
    """How many addresses of each sort show something else, and which."""
    pages = [url for url, _ in touched.pages]
    programmes = [url for url in pages if url.startswith("programmes/")]
    groups = (
        ("page", [url for url in pages if url not in programmes]),
        ("programme", programmes),
        ("card on other sites", list(touched.cards)),
        ("document of the API", list(touched.documents)),
    )
    for name, urls in groups:
        if urls:
            first, space, rest = name.partition(" ")
            yield f"{len(urls)} {first}{'s' if len(urls) > 1 else ''}{space}{rest}", urls


def listed(names: Sequence[str]) -> str:
    """The first of them, and how many more there are."""
    more = f" and {len(names) - MOST_PAGES} more" if len(names) > MOST_PAGES else ""
    return ", ".join(names[:MOST_PAGES]) + more
