"""The exercise library: filters that work together, kept in the address; cards with pictures."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from generator.library.library import Library
from generator.model.exercise import Exercise
from generator.pages.views import stages_of


def cards(page: Page) -> Locator:
    return page.locator("#exercises .sg-card:visible")


def names(page: Page) -> list[str]:
    return sorted(cards(page).locator(".sg-card__name").all_inner_texts())


def test_stages_say_where_plans_use_an_exercise(library: Library) -> None:
    for exercise in library.exercises.values():
        places = {
            (number, len(condition.stages))
            for condition in library.conditions.values()
            for number, stage in enumerate(condition.stages, start=1)
            if exercise.id in {planned.exercise for planned in stage.exercises}
        }
        found = stages_of(library, exercise)
        assert ("first" in found) == any(number == 1 for number, _ in places)
        assert ("last" in found) == any(number == count > 1 for number, count in places)
        assert ("middle" in found) == any(1 < number < count for number, count in places)


def test_filters_from_the_address_work_together(phone: Page, library: Library) -> None:
    def fits(exercise: Exercise) -> bool:
        return (
            "soleus" in exercise.muscles
            and "lower-leg" in exercise.regions
            and "first" in stages_of(library, exercise)
        )

    wanted = sorted(e.name for e in library.exercises.values() if fits(e))
    assert wanted
    phone.goto("exercises/?muscle=soleus&region=lower-leg&stage=first")
    expect(cards(phone)).to_have_count(len(wanted))
    assert names(phone) == wanted
    expect(phone.get_by_label("Muscle")).to_have_value("soleus")
    assert "exercises/#" in phone.url  # No server sees it from now on.


def test_a_choice_of_stage_and_muscle_goes_into_the_address(phone: Page) -> None:
    phone.goto("exercises/")
    phone.get_by_label("Muscle").select_option("Deep calf")
    phone.get_by_label("Stage of a plan").select_option("First stage")
    assert phone.url.endswith("exercises/#muscle=soleus&stage=first")


def test_one_button_shows_all_again(phone: Page, library: Library) -> None:
    phone.goto("exercises/")
    show_all = phone.get_by_role("button", name="Show all")
    expect(phone.get_by_label("Muscle")).to_be_visible()
    expect(show_all).to_be_hidden()
    phone.get_by_label("Muscle").select_option("soleus")
    show_all.press("Enter")
    expect(cards(phone)).to_have_count(len(library.exercises))
    expect(show_all).to_be_hidden()
    expect(phone.get_by_label("Body part")).to_be_focused()
    assert phone.url.endswith("/exercises/")


def test_each_choice_leads_to_an_exercise(phone: Page) -> None:
    phone.goto("exercises/")
    values = """(selects) => selects.flatMap((select) =>
        [...select.options].filter((o) => o.value).map((o) => [select.dataset.key, o.value]))"""
    choices = phone.locator(".sg-filter select").evaluate_all(values)
    assert len(choices) > 40
    found = (
        "([key, value]) => document.querySelectorAll(`.sg-card[data-${key}~='${value}']`).length"
    )
    assert [choice for choice in choices if not phone.evaluate(found, choice)] == []


def test_cards_show_their_pictures(phone: Page, library: Library) -> None:
    phone.goto("exercises/")
    pictures = phone.locator("#exercises .sg-card img")
    expect(pictures).to_have_count(len(library.motions))
    pictures.first.scroll_into_view_if_needed()
    phone.wait_for_function(
        "(image) => image.naturalWidth > 0", arg=pictures.first.element_handle()
    )


def test_without_scripts_all_exercises_are_there(plain: Page, library: Library) -> None:
    plain.goto("exercises/")
    assert names(plain) == sorted(exercise.name for exercise in library.exercises.values())
    expect(plain.locator(".sg-filter")).to_be_hidden()


def test_it_opens_with_the_part_of_the_body_that_the_reader_came_from(
    phone: Page, library: Library
) -> None:
    phone.goto("regions/foot-and-ankle/")
    phone.get_by_role("link", name="Narrow them down").click()
    expect(phone.get_by_label("Body part")).to_have_value("foot-and-ankle")
    wanted = sorted(e.name for e in library.exercises.values() if "foot-and-ankle" in e.regions)
    assert names(phone) == wanted
    expect(phone.locator("#exercises h2:visible").first).to_have_text("Foot strength")
