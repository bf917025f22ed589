"""A difference as Markdown: what nobody may overlook, what changed, and where it shows. Pure."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Final

from generator import routes
from generator.diff.compare import Difference
from generator.diff.field_changes import Change
from generator.diff.markdown import escaped
from generator.diff.pairing import is_reworded
from generator.diff.record_changes import RecordChange
from generator.diff.sentences import (
    CASES,
    FILES,
    FILES_NOTE,
    LINKS,
    NOTHING,
    SIGNED,
    SIGNED_NOTE,
    TEXTS,
    TOUCHED,
    UNREAD,
    WEIGHT_NOTES,
    WEIGHT_WORDS,
    case_lines,
    committer_line,
    flag_edits,
    flag_lines,
    link_lines,
    sections,
    signed_rows,
    title_of,
    touched_groups,
    unread_lines,
)
from generator.diff.touched_pages import Touched
from generator.model.kinds import KIND_OF

MOST_LISTED: Final = 60
"""Addresses of one sort that are named."""
MOST_OPEN: Final = 40
"""Lines of a list that are open; the rest is folded."""
MOST_SINCE: Final = 8
"""Changes that are listed under a signature."""
PUSHED: Final = "<!-- strideguide: pushed -->"
"""Where `tools/forge.py` writes who pushed: only GitHub knows."""
MOST_MARKDOWN: Final = 60_000
"""Characters of a comment: GitHub refuses one of more than 65,536."""


def markdown_text(found: Difference, touched: Touched | None, preview: str = "") -> str:
    """For a pull request. `preview` is the address under which the changed site can be seen."""
    parts = [markdown_alerts(found), markdown_changes(found, touched, preview)]
    return cut("\n".join(part for part in parts if part))


def markdown_alerts(found: Difference) -> str:
    """What nobody may overlook: what can't be read, red flags, signatures; or ""."""
    undone = [r for r in found.records if r.undone]
    lines = [
        *_alert("WARNING", f"{UNREAD}**", [escaped(line) for line in unread_lines(found)]),
        *_alert(
            "CAUTION",
            "Red flags changed. Check these first.**",
            [*_flag_markdown(found), *_flag_edits_markdown(found)],
        ),
        *_alert(
            "WARNING",
            "Signatures undone.**",
            [escaped(f"{title_of(r)}: signed by {r.undone}") for r in undone],
        ),
        *_section(SIGNED, list(_signed_markdown(found))),
    ]
    return "\n".join(lines)


def markdown_changes(found: Difference, touched: Touched | None, preview: str = "") -> str:
    """What changed, the weightiest first, each record with its preview; then what it touches."""
    seen = preview if touched else ""
    lines = [NOTHING, ""] if found.is_empty and not found.unread else []
    cases = [f"- {escaped(row)}" for row in case_lines(found)]
    for weight, rows in sections(found):
        if weight == "wording":
            lines += _section(CASES, cases)
            cases = []
        body: list[str] = []
        for row in rows:
            body.append(_title_markdown(row.record, seen))
            body += [f"- {escaped(note)}" for note in row.first]
            body += [f"- {_change_markdown(change)}" for change in row.changes]
            body += [*(f"- {escaped(note)}" for note in row.last), ""]
        lines += _section(WEIGHT_WORDS[weight], [f"_{WEIGHT_NOTES[weight]}_", "", *body])
    lines += _section(CASES, cases)
    lines += _section(TEXTS, list(_texts_markdown(found)))
    lines += _section(LINKS, [f"- {escaped(line)}" for line in link_lines(found)])
    files = [f"- {escaped(path)}" for path in found.files]
    lines += _section(FILES, [f"_{FILES_NOTE}_", "", *files] if files else [])
    if touched:
        lines += _section(TOUCHED, list(_touched_markdown(touched, preview)), folded=False)
    return "\n".join(lines).rstrip() + "\n"


def _alert(sort: str, title: str, lines: list[str]) -> list[str]:
    """A box that GitHub colours. `title` ends its bold words itself."""
    if not lines:
        return []
    items = _folded([f"- {line}" for line in lines])
    return [f"> [!{sort}]", f"> **{title}", ">", *(f"> {line}".rstrip() for line in items), ""]


def _section(title: str, body: list[str], *, folded: bool = True) -> list[str]:
    return [f"### {title}", "", *(_folded(body) if folded else body), ""] if body else []


def _folded(lines: list[str]) -> list[str]:
    """The first lines, and the rest behind a click, cut where a record begins if one is near."""
    if len(lines) <= MOST_OPEN + MOST_OPEN // 4:
        return lines
    near = lines[MOST_OPEN : MOST_OPEN + MOST_OPEN // 4]
    at = MOST_OPEN + (near.index("") + 1 if "" in near else 0)
    rest = lines[at:]
    count = sum(bool(line) for line in rest)
    return [*lines[:at], "", f"<details><summary>{count} more lines</summary>", "", *rest, "",
            "</details>"]  # fmt: skip


def _flag_markdown(found: Difference) -> Iterator[str]:
    for line in flag_lines(found):
        name, bracket, rest = line.partition(" (")
        tail = re.sub(r"(NO LONGER SHOWS on|now shows on)", r"**\1**", escaped(bracket + rest))
        yield f"**{escaped(name)}**{tail}"


def _flag_edits_markdown(found: Difference) -> Iterator[str]:
    for record, change in flag_edits(found):
        what = f": {_change_markdown(change)}" if change else ""
        yield f"**{escaped(title_of(record))}**{what}"


def _signed_markdown(found: Difference) -> Iterator[str]:
    """`PUSHED` is replaced by the name of the person who pushed, where GitHub says it."""
    rows = list(signed_rows(found))
    if rows:
        yield f"{SIGNED_NOTE} {escaped(committer_line(found))}".rstrip()
        yield PUSHED
        yield ""
    for row in rows:
        yield f"- **{escaped(title_of(row.record))}**: {escaped('; '.join(row.first))}"
        yield from (f"  - {_change_markdown(change)}" for change in row.changes[:MOST_SINCE])
        if len(row.changes) > MOST_SINCE:
            yield f"  - and {len(row.changes) - MOST_SINCE} more changes, listed below"
        yield from (f"  - {escaped(note)}" for note in row.last)


def _texts_markdown(found: Difference) -> Iterator[str]:
    for text in found.texts:
        yield f"**{escaped(text.path)}**"
        yield from (f"- {_change_markdown(change)}" for change in text.changes)
        yield ""


def _title_markdown(record: RecordChange, preview: str) -> str:
    """The record's title, in bold, leading to its page in the preview."""
    title = f"**{escaped(title_of(record))}**"
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
    several_words = min(change.before.count(" "), change.after.count(" ")) > 1
    if several_words and is_reworded(change.before, change.after):
        return f"{where}: {_word_diff(change.before, change.after)}"
    return f"{where}: ~~{escaped(change.before)}~~ → **{escaped(change.after)}**"


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


def _touched_markdown(touched: Touched, preview: str) -> Iterator[str]:
    """Folded, because it is long: each address by its page's name, leading to the preview."""
    names = dict(touched.pages)
    for title, urls in touched_groups(touched):
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


def cut(text: str) -> str:
    """As much of a comment as GitHub takes."""
    if len(text) <= MOST_MARKDOWN:
        return text
    kept = text[:MOST_MARKDOWN].rsplit("\n", 1)[0]
    return f"{kept}\n\n_The rest is too long for a comment: run `strideguide diff` to see all._\n"
