"""The sign finder: the journeys of a runner with and without a red flag."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from generator.library.library import Library
from generator.library.red_flags import EVERYWHERE, flags_felt_in


def test_a_red_flag_stops_the_search(phone: Page) -> None:
    phone.goto("find/")
    phone.get_by_role("listitem").get_by_role("link", name="Knee", exact=True).click()
    expect(phone.get_by_role("heading", name="First: do any of these fit you?")).to_be_visible()
    assert phone.get_by_role("checkbox").count() == 0
    phone.get_by_role("heading", name="Be seen today for:").click()
    phone.get_by_role("button", name="A hot, red, very swollen joint").click()
    expect(phone.get_by_role("heading", name="Stop here and act on this")).to_be_visible()
    expect(phone.get_by_role("status")).to_contain_text("Same day")
    expect(phone.get_by_role("link", name="811")).to_have_attribute("href", "tel:811")
    assert phone.get_by_role("checkbox").count() == 0
    phone.go_back()
    expect(phone.get_by_role("heading", name="First: do any of these fit you?")).to_be_visible()


def test_every_red_flag_of_a_region_is_on_one_phone_screen(phone: Page, library: Library) -> None:
    """By its short name, above the button that says that none fits, which never covers any."""
    for region in library.regions:
        phone.goto("about:blank")
        phone.goto(f"find/#where={region}")
        none = phone.get_by_role("button", name="None of these")
        expect(none).to_be_visible()
        assert none.evaluate("one => one.getBoundingClientRect().bottom + scrollY") <= 844, region
        shown = phone.locator(".sg-flags__all").all_inner_texts()
        names = " ".join(shown).replace(".", ";").split(";")
        flags = flags_felt_in(library, (region, EVERYWHERE))
        shorts = {flag.short for id_ in flags if (flag := library.signs[id_].red_flag)}
        assert {name.strip() for name in names} - {""} == shorts


def test_none_fits_only_below_all_that_might(phone: Page) -> None:
    """Groups that are opened push the button down; it never hovers over what is not yet read."""
    phone.set_viewport_size({"width": 390, "height": 664})
    phone.goto("find/#where=foot-and-ankle")
    none = phone.get_by_role("button", name="None of these")
    for group in phone.locator(".sg-flags > summary").all():
        group.press("Enter")
        last = phone.locator(".sg-flags[open] .sg-choice").last
        expect(last).to_be_visible()
        below = (
            "([one, last]) => one.getBoundingClientRect().top - last.getBoundingClientRect().bottom"
        )
        pair = [none.element_handle(), last.element_handle()]
        assert phone.evaluate(below, pair) >= 0
    expect(none).not_to_be_in_viewport()


def test_cola_urine_is_found_from_a_foot_by_keys(phone: Page) -> None:
    phone.goto("find/#where=foot-and-ankle")
    expect(phone.get_by_role("heading", name="First: do any of these fit you?")).to_be_visible()
    phone.locator("#flags-emergency > summary").press("Enter")
    flag = phone.get_by_role("button", name=re.compile("^Cola-brown urine"))
    flag.press("Enter")
    stop = phone.get_by_role("heading", name="Stop here and act on this")
    expect(stop).to_be_focused()
    expect(phone.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")


def test_the_body_map_asks_where(phone: Page) -> None:
    phone.goto("find/")
    knee = phone.locator(".sg-body__part[data-region=knee]")
    knee.press("Enter")
    expect(phone.get_by_role("heading", name="First: do any of these fit you?")).to_be_focused()
    assert phone.url.endswith("find/#where=knee")
    phone.go_back()
    expect(knee).to_be_visible()


def test_a_part_picked_before_the_script_came_is_an_answer(phone: Page) -> None:
    phone.goto("find/#knee")
    expect(phone.get_by_role("heading", name="First: do any of these fit you?")).to_be_focused()
    assert phone.url.endswith("find/#where=knee")
    phone.go_back()
    expect(phone.get_by_role("heading", name="Where does it hurt?")).to_be_visible()


def test_signs_narrow_the_pages_and_the_address_keeps_them(phone: Page) -> None:
    phone.goto("find/#where=knee&flags=none")
    results = phone.locator(".sg-finder__results > li")
    expect(results.first).to_be_visible()
    everything = results.count()
    phone.get_by_label("Knee pain on stairs").check()
    phone.get_by_label("Knee pain after sitting for a long time").check()
    status = phone.get_by_role("status")
    expect(status).to_contain_text(
        re.compile(r"^Signs you picked: 2\. Pages that list at least one: \d+\.")
    )
    assert 0 < results.count() < everything
    shown = results.locator("> a").all_inner_texts()
    assert shown == sorted(shown, key=str.casefold)
    phone.reload()
    expect(phone.get_by_label("Knee pain on stairs")).to_be_checked()
    expect(results.first).to_be_visible()
    assert results.locator("> a").all_inner_texts() == shown
    phone.go_back()
    expect(phone.get_by_label("Knee pain after sitting for a long time")).not_to_be_checked()
    results.locator("> a", has_text="Patellofemoral pain").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Patellofemoral pain")


def test_what_was_picked_is_never_sent_anywhere(phone: Page) -> None:
    """An address of earlier days has it behind `?`; from then on it stays behind `#`."""
    asked: list[str] = []
    phone.goto("find/?where=knee&flags=none&signs=knee-pain-on-stairs")
    expect(phone.get_by_label("Knee pain on stairs")).to_be_checked()
    assert phone.url.endswith("find/#where=knee&flags=none&signs=knee-pain-on-stairs")
    phone.on("request", lambda request: asked.append(str(request.all_headers()) + request.url))
    phone.get_by_label("Knee pain after sitting for a long time").check()
    phone.reload()
    phone.locator(".sg-finder__results > li > a").first.click()
    phone.wait_for_url("**/conditions/*/")
    assert asked
    assert not [line for line in asked if "knee-pain" in line or "where=" in line]


def test_a_link_within_the_page_takes_nothing_back(phone: Page) -> None:
    phone.goto("find/#where=knee&flags=none&signs=knee-pain-on-stairs")
    chosen = phone.get_by_label("Knee pain on stairs")
    expect(chosen).to_be_checked()
    phone.evaluate("location.hash = 'top'")
    phone.wait_for_url("**/find/#where=knee&flags=none&signs=knee-pain-on-stairs")
    expect(chosen).to_be_checked()


def test_the_pages_are_one_press_away_from_the_signs(phone: Page) -> None:
    phone.goto("find/#where=foot-and-ankle&flags=none")
    pages = phone.get_by_role("heading", name="Possible matches")
    expect(pages).not_to_be_in_viewport()
    see = phone.get_by_role("button", name="See the pages")
    expect(see).to_be_in_viewport()
    see.click()
    expect(pages).to_be_in_viewport()
    expect(pages).to_be_focused()


def test_it_never_ranks_or_names_what_somebody_has(phone: Page) -> None:
    phone.goto("find/#where=knee&flags=none&signs=knee-pain-on-stairs,pain-around-kneecap")
    expect(phone.locator("#sg-finder")).to_contain_text("Patellofemoral pain")
    text = phone.locator("#sg-finder").inner_text().casefold()
    for of_signs in ("possible matches", "best match"):  # They speak of signs, not of an illness.
        text = text.replace(of_signs, "")
    assert not re.search(r"\d ?%|likely|probab|score|match(es)?\b|you have", text)


def test_nonsense_in_the_address_does_no_harm(phone: Page) -> None:
    phone.goto("find/#where=<b>&flags=%22%3E&signs=nope,__proto__,constructor&order=x")
    expect(phone.get_by_role("heading", name="Where does it hurt?")).to_be_visible()
    phone.goto("find/#where=knee&flags=constructor&signs=nope")
    expect(phone.get_by_role("heading", name="First: do any of these fit you?")).to_be_visible()


def test_without_scripts_it_is_a_linked_table(plain: Page, library: Library) -> None:
    plain.goto("find/")
    linked = set(plain.locator(".sg-finder-table th a").all_inner_texts())
    listed = {edge.sign for c in library.conditions.values() for edge in c.signs}
    unflagged = {library.signs[id_].name for id_ in listed if not library.signs[id_].red_flag}
    assert linked == unflagged
    plain.locator(".sg-map__list").get_by_role("link", name="Knee", exact=True).click()
    expect(plain.get_by_role("heading", name="Knee", exact=True)).to_be_in_viewport()
