"""A difference in words: for a terminal, for a pull request (Markdown), for programs (JSON)."""

from __future__ import annotations

import dataclasses
import difflib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

import click

from generator import routes
from generator.changes.difference import Difference, FlagChange, LinkChange, RecordChange
from generator.changes.field_changes import ALIKE, Change
from generator.changes.touched import Touched
from generator.changes.unread import Unread
from generator.diagnostics import Diagnostic, Place
from generator.model.kinds import KIND_OF

MOST_PAGES: Final = 12
MOST_LISTED: Final = 60
MOST_MARKDOWN: Final = 60_000
"""GitHub refuses a comment of more than 65,536 characters."""

Row = tuple[RecordChange, list[str], list[Change]]
"""A record, what is to be said of it, and its changes of one weight."""

NOTHING: Final = "No facts changed."
NOTHING_ELSE: Final = "Nothing else changed."
UNREAD: Final = "Not compared."
UNREAD_NOTE: Final = (
    "What follows says nothing about these, neither of their doses nor of their red flags."
)
LINKS: Final = "Links"
CASES: Final = "Invented cases that end elsewhere"
TOUCHED: Final = "Where it shows"
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
    "statement": "A signature covers these texts; the numbers in them are the same.",
    "wording": "No signature is undone.",
}


def is_about_red_flag(change: Change) -> bool:
    """A change inside a sign's `red_flag:`, which is shown with the red flags."""
    return change.where.split(",")[0] == "red flag"


def terminal_text(found: Difference, touched: Touched | None) -> str:
    """For people at a terminal: what nobody can tell, red flags, then record by record."""
    lines: list[str] = []
    if found.unread:
        lines += [click.style(UNREAD, fg="yellow", bold=True), f"  {UNREAD_NOTE}"]
        lines += [*(f"  {line}" for line in _unread_lines(found)), ""]
    if found.is_empty:
        return "\n".join([*lines, _nothing(found), ""])
    flags = [*_flag_lines(found), *_flag_edit_lines(found)]
    if flags:
        lines.append(click.style(" RED FLAGS ", bg="red", fg="white", bold=True))
        lines += [f"  {click.style(line, fg='red', bold=True)}" for line in flags]
        lines.append("")
    for weight, rows in _sections(found):
        lines.append(click.style(WEIGHT_WORDS[weight], bold=True, underline=True))
        for record, notes, changes in rows:
            lines += [_title(record), *(f"  {note}" for note in notes)]
            lines += [f"  {line}" for change in changes for line in _change_lines(change)]
        lines.append("")
    for title, rest in _other_sections(found):
        lines += [click.style(title, bold=True, underline=True), *(f"  {r}" for r in rest), ""]
    if touched:
        lines.append(click.style(TOUCHED, bold=True, underline=True))
        lines += [f"  {line}" for line in _touched_lines(touched)]
    return "\n".join(lines).rstrip() + "\n"


def markdown_text(found: Difference, touched: Touched | None, preview: str = "") -> str:
    """For a pull request. `preview` is the address under which the changed site can be seen."""
    parts = [markdown_alerts(found), markdown_changes(found, touched, preview)]
    return cut("\n".join(part for part in parts if part))


def markdown_alerts(found: Difference) -> str:
    """What nobody may overlook: what can't be read, red flags, signatures undone; or ""."""
    lines: list[str] = []
    if found.unread:
        lines += ["> [!WARNING]", f"> **{UNREAD}** {UNREAD_NOTE}", ">"]
        lines += [f"> - {line}" for line in _unread_markdown(found)] + [""]
    flags = [*_flag_markdown(found), *map(escaped, _flag_edit_lines(found))]
    if flags:
        lines += ["> [!CAUTION]", "> **Red flags changed. Check these first.**", ">"]
        lines += [f"> - {line}" for line in flags] + [""]
    undone = [r for r in found.records if r.undone]
    if undone:
        lines += ["> [!WARNING]", "> **Signatures undone.**", ">"]
        lines += [f"> - {escaped(f'{_title(r)}: signed by {r.undone}')}" for r in undone] + [""]
    return "\n".join(lines)


def markdown_changes(found: Difference, touched: Touched | None, preview: str = "") -> str:
    """What changed, the weightiest first, each record with its preview; then what it touches."""
    if found.is_empty:
        return f"{_nothing(found)}\n"
    seen = preview if touched else ""
    lines: list[str] = []
    cases = [f"- {escaped(row)}" for row in _case_lines(found)]
    for weight, rows in _sections(found):
        if weight == "wording":
            lines += _section(CASES, cases)
            cases = []
        body: list[str] = []
        for record, notes, changes in rows:
            body.append(_title_markdown(record, seen))
            body += [f"- {escaped(note)}" for note in notes]
            body += [f"- {_change_markdown(change)}" for change in changes] + [""]
        lines += _section(WEIGHT_WORDS[weight], [f"_{WEIGHT_NOTES[weight]}_", "", *body])
    lines += _section(CASES, cases)
    lines += _section(LINKS, [f"- {escaped(_link_line(link))}" for link in found.links])
    if touched:
        lines += _section(TOUCHED, list(_touched_markdown(touched, preview)))
    return "\n".join(lines).rstrip() + "\n"


def _section(title: str, body: list[str]) -> list[str]:
    return [f"### {title}", "", *body, ""] if body else []


def json_text(found: Difference, touched: Touched | None) -> str:
    """For programs."""
    body = {
        "red_flags": [dataclasses.asdict(flag) for flag in found.flags],
        "records": [
            dataclasses.asdict(record)
            | {"place": str(record.place) if record.place else ""}
            | {"grades": list(record.grades) if record.grades else None}
            for record in found.records
        ],
        "links": [dataclasses.asdict(link) for link in found.links],
        "cases": [dataclasses.asdict(case) for case in found.cases],
        "unread": [_unread_json(one) for one in found.unread],
        "touched": dataclasses.asdict(touched) if touched else None,
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _nothing(found: Difference) -> str:
    return NOTHING_ELSE if found.unread else NOTHING


# Sections


def _unread_groups(found: Difference) -> Iterator[tuple[str, Diagnostic]]:
    """The records that one finding keeps from being read, and that finding."""

    def reason(one: Unread) -> tuple[bool, Place, str]:
        return (one.before, one.finding.place, one.finding.message)

    for (before, _, _), group in groupby(sorted(found.unread, key=reason), key=reason):
        ones = list(group)
        names = _listed([f"{one.name} ({KIND_OF[one.kind].singular})" for one in ones])
        verb = "could not be read before this change" if before else "can't be read yet"
        yield f"{names} {verb}", ones[0].finding


def _unread_lines(found: Difference) -> Iterator[str]:
    for what, finding in _unread_groups(found):
        yield f"{what}: {finding.place.path}, line {finding.place.line}: {finding.message}"


def _unread_markdown(found: Difference) -> Iterator[str]:
    for what, finding in _unread_groups(found):
        place = f"{finding.place.path}, line {finding.place.line}"
        yield f"**{escaped(what)}.** {escaped(place)}: {with_code(finding.message)}"


def _unread_json(one: Unread) -> dict[str, object]:
    place = one.finding.place
    return {
        "kind": one.kind,
        "id": one.id,
        "name": one.name,
        "before": one.before,
        "place": str(place),
        "code": one.finding.code,
        "message": one.finding.message,
    }


def _flag_lines(found: Difference) -> Iterator[str]:
    def same(flag: FlagChange) -> tuple[bool, str, str, str]:
        return (flag.gained, flag.tier, flag.flag, flag.flag_name)

    for (gained, tier, _, name), group in groupby(found.flags, key=same):
        pages = _listed([flag.name for flag in group])
        verb = "now shows on" if gained else "NO LONGER SHOWS on"
        yield f"{name} ({TIER_WORDS.get(tier, tier)}) {verb}: {pages}"


def _flag_markdown(found: Difference) -> Iterator[str]:
    for line in _flag_lines(found):
        name, bracket, rest = line.partition(" (")
        tail = re.sub(r"(NO LONGER SHOWS on|now shows on)", r"**\1**", escaped(bracket + rest))
        yield f"**{escaped(name)}**{tail}"


def _flag_edit_lines(found: Difference) -> Iterator[str]:
    for record in found.records:
        for change in filter(is_about_red_flag, record.changes):
            verb = "is GONE" if change.sort == "lost" else "changed"
            before_after = _arrow(change)
            yield f"{record.name}: {change.where} {verb}: {before_after}"


def _sections(found: Difference) -> Iterator[tuple[str, list[Row]]]:
    """(Weight, rows), the weightiest first; what is said of a record stands at its first row."""
    noted: set[tuple[str, str]] = set()
    for weight in WEIGHT_WORDS:
        rows: list[Row] = []
        for record in found.records:
            changes = [c for c in record.changes if c.weight == weight and not is_about_red_flag(c)]
            as_whole = weight == "clinical" and (record.state != "changed" or bool(record.undone))
            if changes or as_whole or (weight == "wording" and record.signed):
                key = (record.kind, record.id)
                rows.append((record, [] if key in noted else list(_notes(record)), changes))
                noted.add(key)
        if rows:
            yield weight, rows


def _notes(record: RecordChange) -> Iterator[str]:
    if record.undone:
        yield f"SIGNATURE UNDONE: {record.undone} must read it again"
    if record.signed:
        yield f"signed by {record.signed}"
    if record.grades:
        before, after = record.grades
        yield f"Reading grade {before:.1f} → {after:.1f}"


def _title(record: RecordChange) -> str:
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


def _title_markdown(record: RecordChange, preview: str) -> str:
    """The record's title, in bold, leading to its page in the preview."""
    title = f"**{escaped(_title(record))}**"
    if not preview or record.state == "removed" or not KIND_OF[record.kind].has_pages:
        return title
    return f"{title} · [see it]({preview.rstrip('/')}/{routes.page_url(record.kind, record.id)})"


def _where_markdown(where: str) -> str:
    """A way through a record as people say it.

    >>> _where_markdown("can i run, advice, text")
    'Can I run › advice'
    """
    steps = where.replace("can i run", "can I run").split(", ")
    if len(steps) > 1 and steps[-1] == "text":
        steps.pop()
    way = " › ".join(steps)
    return escaped(way[:1].upper() + way[1:])


def _change_lines(change: Change) -> Iterator[str]:
    if change.weight == "clinical" or len(change.before) + len(change.after) < 80:
        yield f"{change.where}: {_arrow(change)}"
    else:
        yield f"{change.where}:"
        yield click.style(f"  - {change.before}", fg="red")
        yield click.style(f"  + {change.after}", fg="green")


def _arrow(change: Change) -> str:
    match change.sort:
        case "gained":
            return f"+ {change.after}"
        case "lost":
            return f"− {change.before}"
        case "reordered":
            return "in another order"
    return f"{change.before} → {change.after}" if change.after else "changed"


def _change_markdown(change: Change) -> str:
    where = _where_markdown(change.where)
    match change.sort:
        case "gained":
            return f"{where}: added **{escaped(change.after)}**"
        case "lost":
            return f"{where}: removed ~~{escaped(change.before)}~~"
        case "reordered":
            return f"{where}: in another order"
    if not change.after:
        return where
    if min(change.before.count(" "), change.after.count(" ")) > 1 and _is_alike(change):
        return f"{where}: {_word_diff(change.before, change.after)}"
    return f"{where}: ~~{escaped(change.before)}~~ → **{escaped(change.after)}**"


def _is_alike(change: Change) -> bool:
    before, after = change.before.split(), change.after.split()
    return difflib.SequenceMatcher(None, before, after, autojunk=False).ratio() >= ALIKE


def _word_diff(before: str, after: str) -> str:
    old, new = before.split(), after.split()
    parts: list[str] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        was, now = escaped(" ".join(old[i:j])), escaped(" ".join(new[k:m]))
        if tag == "equal":
            parts.append(was)
        else:
            parts += [f"~~{was}~~"] if was else []
            parts += [f"**{now}**"] if now else []
    return " ".join(parts)


def _other_sections(found: Difference) -> Iterator[tuple[str, list[str]]]:
    if found.cases:
        yield CASES, list(_case_lines(found))
    if found.links:
        yield LINKS, [_link_line(link) for link in found.links]


def _case_lines(found: Difference) -> Iterator[str]:
    for case in found.cases:
        row = [f"no longer leads to {name}" for name in case.lost]
        row += [f"now leads to {name}" for name in case.gained]
        if case.flag_before != case.flag_after:
            none = "none"
            row.append(f"first red flag {case.flag_before or none} → {case.flag_after or none}")
        yield f"{case.name}: {'; '.join(row)}"


def _link_line(link: LinkChange) -> str:
    kind = KIND_OF[link.to_kind].singular
    sort = "gained" if link.gained else "lost"
    return f"{link.name} {sort} the {kind} {link.to_name} ({link.field.replace('_', ' ')})"


def _touched_lines(touched: Touched) -> Iterator[str]:
    for title, urls in _touched_groups(touched):
        shown = ", ".join(f"/{url}" for url in urls[:MOST_PAGES])
        yield f"{title}: {shown}{_more(urls)}"


def _touched_markdown(touched: Touched, preview: str) -> Iterator[str]:
    """Folded, because it is long: each address by its page's name, leading to the preview."""
    names = dict(touched.pages)
    for title, urls in _touched_groups(touched):
        yield f"<details><summary>{title}</summary>\n"
        for url in urls[:MOST_LISTED]:
            name = escaped(_address_name(url, names))
            yield f"- [{name}]({preview.rstrip('/')}/{url})" if preview else f"- {name}: `/{url}`"
        if len(urls) > MOST_LISTED:
            yield f"- and {len(urls) - MOST_LISTED} more"
        yield "\n</details>\n"


def _address_name(url: str, names: Mapping[str, str]) -> str:
    """The name of a page, card or document of the API, by the page that it belongs to.

    >>> _address_name("embed/signs/arch-pain/can-i-run/", {"signs/arch-pain/": "Pain in the arch"})
    'Pain in the arch: can i run'
    """
    if url in names:
        return names[url]
    plain = url.removeprefix(routes.EMBED_ROOT).removeprefix(routes.API_ROOT)
    kind, id_, *part = plain.removesuffix(".json").strip("/").split("/")
    name = names.get(routes.page_url(kind, id_), f"{kind.replace('-', ' ')}, {id_}")
    return f"{name}: {part[0].replace('-', ' ')}" if part else name


def _touched_groups(touched: Touched) -> Iterator[tuple[str, Sequence[str]]]:
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


def _more(urls: Sequence[str]) -> str:
    return f" and {len(urls) - MOST_PAGES} more" if len(urls) > MOST_PAGES else ""


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(names[:MOST_PAGES])
    return f"{shown}{_more(names)}"


def escaped(text: str) -> str:
    """Text of a contributor as plain text within Markdown: no markup, links or mentions."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_{}\[\]()#+!|~:])", r"\\\1", text)
    return text.replace("@", "@\u200b").replace("://", ":\u200b//").replace("www.", "www\u200b.")


def with_code(text: str) -> str:
    """A message of ours as Markdown: what stands in backticks is code, all else is plain.

    >>> with_code("Write `a_b` (once).")
    'Write `a_b` \\\\(once\\\\).'
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return escaped(text)
    return "".join(
        f"`{part}`" if number % 2 and part.strip() else escaped(part)
        for number, part in enumerate(parts)
    )


def cut(text: str) -> str:
    """As much of a comment as GitHub takes."""
    if len(text) <= MOST_MARKDOWN:
        return text
    kept = text[:MOST_MARKDOWN].rsplit("\n", 1)[0]
    return f"{kept}\n\n_The rest is too long for a comment: run `strideguide diff` to see all._\n"


FORMATS: Final[dict[str, Callable[[Difference, Touched | None], str]]] = {
    "terminal": terminal_text,
    "markdown": markdown_text,
    "json": json_text,
}
