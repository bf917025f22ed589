"""Which invented cases end elsewhere than before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.checks.vignettes import first_red_flag
from generator.library.library import Library


@dataclass(frozen=True, slots=True)
class CaseChange:
    """An invented case that leads elsewhere than before."""

    id: str
    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    flag_before: str
    flag_after: str


def case_changes(
    before: Library, after: Library, renamed: Mapping[str, str]
) -> Iterator[CaseChange]:
    """Those of the cases of both states, in file order."""
    for id_, case in after.vignettes.items():
        old = before.vignettes.get(id_)
        if old is None:
            continue
        was, now = _led_to(before, old.signs), _led_to(after, case.signs)
        was = {renamed.get(i, i): name for i, name in was.items()}
        flag_before = first_red_flag(before, old.signs)
        flag_before = renamed.get(flag_before, flag_before)
        flag_after = first_red_flag(after, case.signs)
        gained = tuple(name for i, name in now.items() if i not in was)
        lost = tuple(name for i, name in was.items() if i not in now)
        if gained or lost or flag_before != flag_after:
            yield CaseChange(
                id_, case.name, gained, lost,
                _flag_name(before, after, flag_before), _flag_name(before, after, flag_after),
            )  # fmt: skip


def _led_to(library: Library, signs: Iterable[str]) -> dict[str, str]:
    wanted = set(signs)
    return {
        c.id: c.name
        for c in library.conditions.values()
        if any(edge.sign in wanted for edge in c.signs)
    }


def _flag_name(before: Library, after: Library, id_: str) -> str:
    sign = after.signs.get(id_) or before.signs.get(id_)
    return sign.name if sign else id_
