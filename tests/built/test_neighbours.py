"""Links between records on the built pages go both ways."""

from __future__ import annotations

from typing import Final

from reading import Document, Pages, assert_none

from generator import routes
from generator.library.library import Library

LEAST_NEIGHBOURS: Final = 3


def neighbours(page: Document, section: str, kind: str, css_class: str = "") -> set[str]:
    """The records of a kind that a section links to."""
    within = page.section(section)
    parts = within.find_class(css_class) if css_class else [within]
    links = {link for part in parts for link in page.links(part)}
    return {link for link in links if link.startswith(f"{kind}/") and link != f"{kind}/"}


def test_conditions_and_signs_link_both_ways(pages: Pages, library: Library) -> None:
    troubles = []
    for id_ in library.conditions:
        url = routes.page_url("conditions", id_)
        signs = neighbours(pages[url], "signs", "signs")
        if len(signs) < LEAST_NEIGHBOURS:
            troubles.append(f"{url} links to {len(signs)} signs")
        troubles += [
            f"{url} -> {sign}, and not back"
            for sign in sorted(signs)
            if url not in neighbours(pages[sign], "behind-it", "conditions")
        ]
    for id_ in library.signs:
        url = routes.page_url("signs", id_)
        troubles += [
            f"{url} -> {condition}, and not back"
            for condition in sorted(neighbours(pages[url], "behind-it", "conditions"))
            if url not in neighbours(pages[condition], "signs", "signs")
        ]
    assert_none(troubles)


def test_conditions_and_exercises_link_both_ways(pages: Pages, library: Library) -> None:
    name = "sg-exercise__name"
    troubles = []
    for id_ in library.conditions:
        url = routes.page_url("conditions", id_)
        exercises = neighbours(pages[url], "plan", "exercises", name)
        if len(exercises) < LEAST_NEIGHBOURS:
            troubles.append(f"{url} links to {len(exercises)} exercises")
        troubles += [
            f"{url} -> {exercise}, and not back"
            for exercise in sorted(exercises)
            if url not in neighbours(pages[exercise], "used-for", "conditions")
        ]
    for id_ in library.exercises:
        url = routes.page_url("exercises", id_)
        troubles += [
            f"{url} -> {condition}, and not back"
            for condition in sorted(neighbours(pages[url], "used-for", "conditions"))
            if url not in neighbours(pages[condition], "plan", "exercises", name)
        ]
    assert_none(troubles)


def test_lookalikes_link_both_ways(pages: Pages, library: Library) -> None:
    def lookalikes(url: str) -> set[str]:
        parts = pages[url].article.find_class("sg-lookalikes")
        return {link for part in parts for link in pages[url].links(part)} & conditions

    conditions = {routes.page_url("conditions", id_) for id_ in library.conditions}
    troubles = [
        f"{url} -> {other}, and not back"
        for url in sorted(conditions)
        for other in sorted(lookalikes(url))
        if url not in lookalikes(other)
    ]
    assert_none(troubles)


def test_red_flags_lead_back_to_the_condition(pages: Pages, library: Library) -> None:
    """To its page, or to a region of it, which lists it."""
    troubles = []
    for id_, condition in library.conditions.items():
        url = routes.page_url("conditions", id_)
        ways_back = {url, *(routes.page_url("regions", region) for region in condition.regions)}
        for flag in sorted(neighbours(pages[url], "red-flags", "signs")):
            if not ways_back & set(pages[flag].links(pages[flag].article)):
                troubles.append(f"{url} -> {flag}, and not back")
    assert_none(troubles)


def test_exercises_say_which_conditions_leave_them_out(pages: Pages, library: Library) -> None:
    """A plan that says "leave out for now" is known on the exercise's own page too."""
    troubles = []
    for id_, condition in library.conditions.items():
        url = routes.page_url("conditions", id_)
        for avoided in (item for stage in condition.stages for item in stage.avoid):
            exercise = routes.page_url("exercises", avoided.exercise)
            if url not in pages[exercise].links(pages[exercise].article):
                troubles.append(f"{url} -> {exercise}, and not back")
    assert_none(troubles)
