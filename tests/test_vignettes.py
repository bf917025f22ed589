"""The invented cases, run through the pages that a runner would walk."""

from __future__ import annotations

from collections import Counter

from generator.checks.vignettes import first_red_flag
from generator.library.library import Library
from generator.model.sign import TIERS
from generator.pages import views


def test_signs_lead_where_they_should(library: Library) -> None:
    lost = []
    for vignette in library.vignettes.values():
        reached = {
            condition.id
            for id_ in vignette.signs
            for condition in views.sign_view(library, library.signs[id_]).conditions
        }
        lost += [(vignette.id, id_) for id_ in vignette.leads_to if id_ not in reached]
    assert lost == []


def test_the_most_urgent_red_flag_shows_first(library: Library) -> None:
    wrong = [
        vignette.id
        for vignette in library.vignettes.values()
        if first_red_flag(library, vignette.signs) != vignette.red_flag
    ]
    assert wrong == []


def test_red_flags_of_a_case_stand_on_the_pages_of_their_tier_first(library: Library) -> None:
    for condition in library.conditions.values():
        cards = views.condition_view(library, condition).cards
        tiers = [TIERS.index(card.care.id) for card in cards]
        assert tiers == sorted(set(tiers)), condition.id


def test_every_condition_and_every_red_flag_stands_in_a_case(library: Library) -> None:
    led_to = {id_ for vignette in library.vignettes.values() for id_ in vignette.leads_to}
    flags = {vignette.red_flag for vignette in library.vignettes.values()}
    assert set(library.conditions) <= led_to
    assert {sign.id for sign in library.signs.values() if sign.red_flag} <= flags


def test_there_are_enough_of_everything(library: Library) -> None:
    assert len(library.vignettes) >= 40
    assert len(library.conditions) >= 36
    assert len(library.signs) >= 60
    assert len(library.exercises) >= 55
    assert len(library.references) >= 70
    filed = Counter(condition.regions[0] for condition in library.conditions.values())
    assert set(filed) == set(library.regions)
