"""Changes that touch many files at once: rename, retire, new. Pure: texts in, a plan out.

Each rewrites every mention in data and prose and leaves all else byte for byte: comments, empty
lines, line ends. What was published leaves a line in retired.yaml, from which redirect, card and
API tombstone are made.
"""

from __future__ import annotations

from datetime import date
from typing import Final

from generator.edits.new_record import Template
from generator.edits.plan import Plan, Refused, State, uses
from generator.edits.rewrite import (
    point,
    remove_record,
    rewrite_mentions,
    swap,
    take_out,
    unlink_mentions,
)
from generator.edits.text_edits import FileText, yaml_text
from generator.exports.editor_schema import first_line
from generator.model.kinds import KIND_OF, KINDS, Kind
from generator.model.published_state import Fate
from generator.model.record import ID, MAX_ID_LENGTH, RESERVED_ID
from generator.reading.published_state import RETIRED_FILE

RETIRED_ABOUT: Final = "# Addresses whose records are gone, and what replaces them. They stay.\n"
"""What a new retired.yaml begins with, below the line for editors."""


def rename(state: State, kind: Kind, old: str, new: str, on: date) -> Plan:
    """Give a record another id. Its names stay; its old address leads to the new one."""
    record = state.record(kind, old)
    _free(state, kind, new)
    plan = Plan(state)
    file = FileText(state.texts[record.where().path])
    start = file.at(record.where())
    swap(plan, record.where().path, start, old, new)
    plan.say(record.where(), f"`{old}` becomes `{new}`")
    for use in uses(state, kind, old):
        point(plan, use, old, new)
    rewrite_mentions(plan, kind, old, new)
    _follow(plan, kind, old, new)
    _leave_tombstone(plan, kind, old, new, "renamed", on)
    return plan


def retire(state: State, kind: Kind, old: str, successor: str, on: date) -> Plan:
    """Take a record out of the library. Lists lose it, text keeps its words without the link.

    Where a record can't do without it, `successor` takes its place; readers of the old address
    are led there.
    """
    gone = state.record(kind, old)
    if kind.has_pages and not successor:
        raise Refused(f"Say with --for which of the {kind.name} readers should see instead.")
    if successor:
        state.record(kind, successor)
    if old == successor:
        raise Refused("A record can't replace itself.")
    plan = Plan(state)
    in_the_way = []
    for use in uses(state, kind, old):
        if use.owners[0] is not gone:
            try:
                take_out(plan, use, old, successor)
            except Refused as refusal:
                in_the_way.append(str(refusal))
    if in_the_way:
        raise Refused("\n".join(in_the_way))
    unlink_mentions(plan, kind, gone)
    _follow(plan, kind, old, successor)
    comments = remove_record(plan, gone)
    _leave_tombstone(plan, kind, old, successor, "retired", on, comments)
    return plan


def new(state: State, kind: Kind, id_: str, name: str, sources: tuple[str, ...]) -> Plan:
    """Begin a record at the end of its kind's file."""
    _free(state, kind, id_)
    for source in sources:
        state.record(KIND_OF["references"], source)
    if kind.name == "conditions" and not sources:
        raise Refused("A condition rests on a source. Name with --source one that you have read.")
    plan = Plan(state)
    path = state.path_of(kind)
    text = state.texts[path]
    gap = "\n" if text.endswith(("\n", "\r")) else "\n\n"
    plan.appended[path] = gap + Template(sources).text(kind, id_, name)
    plan.say(path, f"`{id_}` begins at the end, to be filled in")
    return plan


# Addresses


def _free(state: State, kind: Kind, new: str) -> None:
    if RESERVED_ID.fullmatch(new):
        raise Refused(f"`{new}` is kept for the list of a kind, or for Windows: choose another id.")
    if not ID.fullmatch(new) or len(new) > MAX_ID_LENGTH:
        raise Refused(f"`{new}` is no id: write small letters, digits and single hyphens.")
    for other in KINDS:
        if new in state.library.of_kind(other.name) and (
            other is kind or (other.has_pages and kind.has_pages)
        ):
            raise Refused(f"`{new}` is in {other.file} already.")
    if new in state.published_state.retired:
        raise Refused(f"`{new}` is an old address, in {RETIRED_FILE}: it can't be used again.")


def _follow(plan: Plan, kind: Kind, old: str, new: str) -> None:
    """Let older tombstones lead to where the record is now."""
    for gone in plan.state.published_state.retired.values():
        if gone.kind == kind.name and gone.now == old and new:
            place = gone.where("now")
            file = FileText(plan.state.texts[place.path])
            swap(plan, place.path, file.at(place), old, new)
            plan.say(place, f"the older address `{gone.id}` leads to `{new}`")


def _leave_tombstone(
    plan: Plan, kind: Kind, old: str, new: str, fate: Fate, on: date,
    comments: list[str] | None = None,
) -> None:  # fmt: skip
    from generator.pages.environment import why_gone

    if not kind.has_pages:
        return
    path = f"{plan.state.data}/{RETIRED_FILE}"
    successor = plan.state.library.of_kind(kind.name).get(new)
    why = why_gone(fate, successor.name if successor else "")
    entry = "".join(
        [
            "\n",
            *(comments or []),
            f"{old}:\n",
            f"  kind: {kind.name}\n",
            f"  fate: {fate}\n",
            f"  on: {on.isoformat()}\n",
            f"  now: {new}\n",
            f"  why: {yaml_text(why)}\n",
        ]
    )
    begins = "" if path in plan.state.texts else f"{first_line(RETIRED_FILE)}\n{RETIRED_ABOUT}"
    plan.appended[path] = begins + entry
    plan.say(path, f"the old address `{kind.name}/{old}` leads to `{new}`, and the API says so")
