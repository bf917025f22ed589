"""Rules that walk the invented cases: the signs must lead where they should."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.diagnostics import Diagnostic, Severity, rule
from generator.library.library import Library
from generator.library.red_flags import most_dangerous_first


@rule("vignette-fails")
def signs_lead_there(library: Library) -> Iterator[Diagnostic]:
    """The signs of an invented case no longer lead to a page that they should lead to.

    Or its red flag is not the most dangerous of its signs. Either the case is wrong, or a change
    took a sign off a condition that needs it.
    """
    by_sign: defaultdict[str, set[str]] = defaultdict(set)
    for condition in library.conditions.values():
        for edge in condition.signs:
            by_sign[edge.sign].add(condition.id)
    for vignette in library.vignettes.values():
        led_to = {id_ for sign in vignette.signs for id_ in by_sign.get(sign, ())}
        for i, condition_id in enumerate(vignette.leads_to):
            if condition_id in library.conditions and condition_id not in led_to:
                yield Diagnostic(
                    code="vignette-fails",
                    place=vignette.where("leads_to", i),
                    message=f"The signs of `{vignette.id}` must lead to `{condition_id}`.",
                    help=f"Give `{condition_id}` one of these signs, or fix the case.",
                )
        first = first_red_flag(library, vignette.signs)
        if vignette.red_flag != first:
            yield Diagnostic(
                code="vignette-fails",
                place=vignette.where("red_flag"),
                message=f"The red flag that shows first for `{vignette.id}` must be "
                f"`{vignette.red_flag or 'none'}`, and it is `{first or 'none'}`.",
                help="Check the tiers of its signs and their order in signs.yaml, or fix the case.",
            )


@rule("no-vignette")
def cases_cover_everything(library: Library) -> Iterator[Diagnostic]:
    """A condition or a red flag is in no invented case, so nothing tests its way in."""
    led_to = {id_ for vignette in library.vignettes.values() for id_ in vignette.leads_to}
    flags = {vignette.red_flag for vignette in library.vignettes.values()}
    covered = led_to | flags
    missing = [c for c in library.conditions.values() if c.id not in led_to]
    for record in [*missing, *(s for s in library.signs.values() if s.red_flag)]:
        if record.id not in covered:
            yield Diagnostic(
                code="no-vignette",
                place=record.where(),
                message=f"`{record.id}` must be in at least one case of vignettes.yaml.",
                help="Add a short invented case.",
                severity=Severity.WARNING,
            )


def first_red_flag(library: Library, sign_ids: tuple[str, ...]) -> str:
    """The most dangerous red flag among these signs, or ""."""
    known = [id_ for id_ in sign_ids if id_ in library.signs and library.signs[id_].red_flag]
    return next((sign.id for sign in most_dangerous_first(library, known)), "")
