"""What the records say to each other must hold: one rule, one small function.

A rule takes the library and yields diagnostics. It never prints, raises or fixes, and its
docstring is its documentation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from generator.checks import (
    body_map,
    claims,
    contradictions,
    doses,
    figures,
    graph,
    names,
    reviews,
    safety,
    to_call,
    unfinished,
    vignettes,
    words,
)
from generator.diagnostics import Diagnostic
from generator.library.library import Library

Check = Callable[[Library], Iterable[Diagnostic]]

CHECKS: Final[tuple[Check, ...]] = (
    graph.references_exist,
    graph.words_are_known,
    graph.nothing_twice_in_a_list,
    graph.not_itself,
    graph.declared_once,
    graph.no_circles,
    graph.everything_is_used,
    names.ids_are_unique,
    names.names_are_unique,
    names.names_differ,
    doses.doses_make_sense,
    figures.joints_within_range,
    figures.contacts_hold,
    figures.props_are_held,
    figures.bodies_balance,
    figures.limbs_stay_outside,
    figures.movements_have_words,
    safety.conditions_have_references,
    safety.enough_exercises,
    safety.red_flags_are_urgent,
    safety.tiers_have_care,
    safety.red_flags_are_no_feelings,
    safety.red_flags_everywhere,
    safety.numbers_have_sources,
    claims.odds_are_named,
    claims.shares_name_their_population,
    claims.borrowed_results_are_named,
    claims.tells_name_their_condition,
    contradictions.not_used_and_avoided,
    contradictions.doses_stay_in_range,
    contradictions.hallmarks_tell_apart,
    contradictions.criteria_can_be_met,
    body_map.regions_have_shapes,
    body_map.spots_lie_in_their_regions,
    reviews.signatures_are_complete,
    reviews.signatures_are_valid,
    reviews.signatures_still_hold,
    words.sentences_are_short,
    words.paragraphs_are_short,
    words.pages_are_readable,
    words.medical_words_are_explained,
    unfinished.nothing_is_left_to_write,
    to_call.braces_are_filled,
    to_call.care_has_its_number,
    to_call.numbers_are_of_any_country,
    vignettes.signs_lead_there,
    vignettes.cases_cover_everything,
)


def check(library: Library) -> Iterator[Diagnostic]:
    """Every finding of every rule."""
    for rule in CHECKS:
        yield from rule(library)
