"""“Ready to move on?”: a stage's own sentences one by one, counted where they count something."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from page_pool import PHONE
from playwright.sync_api import Browser, Locator, Page, expect
from test_accessibility import troubles
from test_journeys import tab_to

STAGE_1: Final = "programme/#1;calf-raise:achilles-tendinopathy:1:3:15::;plank:::3::30:"
STAGE_2: Final = "programme/#1;heel-drop:achilles-tendinopathy:2:3:15:::2"
CHECKS: Final = "JSON.parse(localStorage.getItem(`${__md_scope.pathname}.plan`)).checks ?? []"


@pytest.fixture
def clocked(browser: Browser, base_url: str) -> Iterator[Page]:
    """A phone whose clock stands still until it is told."""
    context = browser.new_context(base_url=base_url, viewport=PHONE, reduced_motion="reduce")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.install(time="2027-03-01T18:00:00")
    yield page
    context.close()
    assert errors == []


def begin(page: Page, plan: str) -> Locator:
    page.goto(plan)
    page.get_by_role("button", name="Ready to move on?").click()
    return page.get_by_role("dialog", name="Ready to move on?")


def press(test: Locator, *names: str) -> None:
    for name in names:
        test.get_by_role("button", name=name, exact=True).click()


def test_all_true_opens_the_next_stage(clocked: Page) -> None:
    test = begin(clocked, STAGE_1)
    question = test.get_by_role("heading", level=2)
    expect(question).to_have_text("Morning stiffness is no worse the day after these raises.")
    expect(question).to_be_focused()
    expect(test).to_contain_text("1 of 2")
    expect(test.locator(".sg-tap")).to_have_count(0)
    press(test, "Yes")
    expect(question).to_have_text("Pain in the raises is 5 out of 10 or less.")
    press(test, "Yes")
    expect(question).to_have_text("You’re ready for the next stage")
    expect(test).to_contain_text("Two-leg heel raises stay within the pain limit.")
    press(test, "Put stage 2 into my plan")
    expect(clocked.locator(".sg-item")).to_have_count(4)
    names = clocked.locator(".sg-item h3").all_inner_texts()
    assert names == ["Plank", "Heavy slow calf raise", "Heel drop", "Soleus raise"]
    expect(clocked.locator(".sg-item").nth(2)).to_contain_text("Build the calf and tendon")
    expect(clocked.get_by_text("Stage 2 is now in your plan.")).to_be_visible()
    expect(clocked.get_by_role("heading", name="Heavy slow calf raise")).to_be_focused()
    clocked.reload()
    expect(clocked.locator(".sg-item")).to_have_count(4)
    assert clocked.evaluate(CHECKS) == [
        {
            "on": "2027-03-01",
            "condition": "achilles-tendinopathy",
            "stage": 1,
            "answers": [True, True],
            "counts": [None, None],
        }
    ]


def test_not_yet_says_what_and_when_to_step_back(clocked: Page) -> None:
    test = begin(clocked, STAGE_2)
    for _ in range(3):
        press(test, "Count: Left")
    press(test, "Other side")
    for _ in range(5):
        press(test, "Count: Right")
    press(test, "Start this side again", "Count: Right", "Not yet")
    expect(test).to_contain_text("nothing to answer")
    press(test, "Next")
    expect(test.get_by_role("heading", level=2)).to_contain_text("You can hop 20 times")
    expect(test.locator(".sg-tap")).to_have_text("Count: Left")
    press(test, "Yes", "Yes")
    expect(test.get_by_role("heading", level=2)).to_have_text("Stay at this stage for now")
    assert test.locator("li").all_inner_texts() == [
        "You can do 20 or more single-leg heel raises, close to your other side.",
        "The tendon is stiffer the next morning. Go back to the last weight that was fine.",
    ]
    press(test, "Done")
    expect(test).to_have_count(0)
    expect(clocked.get_by_role("button", name="Ready to move on?")).to_be_focused()
    entry = clocked.locator(".sg-entries > li")
    expect(entry).to_contain_text("not yet past stage 2")
    expect(entry).to_contain_text("close to your other side. Left 3, right 1.")
    (kept,) = clocked.evaluate(CHECKS)
    assert kept["answers"] == [False, None, True, True]
    assert kept["counts"] == [{"left": 3, "right": 1}, None, None, None]


def test_holds_are_timed_on_both_sides(clocked: Page) -> None:
    test = begin(clocked, "programme/#1;single-leg-balance:ankle-sprain:2:3::30:")
    press(test, "Yes")
    expect(test.get_by_role("heading", level=2)).to_contain_text("You can balance")
    press(test, "Start the timer: Left")
    clocked.clock.run_for(12_300)
    press(test, "Stop: Left", "Other side", "Start the timer: Right")
    clocked.clock.run_for(9_300)
    press(test, "Stop: Right")
    clocked.clock.run_for(5_000)
    assert test.locator("output").all_inner_texts() == ["12", "9"]
    press(test, "Start the timer: Right", "Yes")
    clocked.clock.run_for(5_000)
    assert clocked.evaluate(CHECKS)[0]["counts"][1]["left"] == 12


def test_the_last_stage_has_no_next(clocked: Page) -> None:
    test = begin(clocked, "programme/#1;pogo-hops:achilles-tendinopathy:3:3:20::")
    press(test, "Yes")
    expect(test.get_by_role("heading", level=2)).to_have_text("You have met the last stage’s marks")
    expect(test.get_by_role("button", name=re.compile("^Put stage"))).to_have_count(0)


def test_closing_early_keeps_nothing(clocked: Page) -> None:
    test = begin(clocked, STAGE_1)
    press(test, "Yes", "Close")
    expect(test).to_have_count(0)
    assert clocked.evaluate(CHECKS) == []


def test_it_goes_by_keyboard_alone(clocked: Page) -> None:
    clocked.goto(STAGE_2)
    tab_to(clocked, clocked.get_by_role("button", name="Ready to move on?"))
    clocked.keyboard.press("Enter")
    test = clocked.get_by_role("dialog", name="Ready to move on?")
    tab_to(clocked, test.locator(".sg-tap"))
    for _ in range(4):
        clocked.keyboard.press("Space")
    assert test.locator("output").all_inner_texts() == ["4", "0"]
    for name in ("Yes", "Next", "Yes", "Yes", "Done"):
        tab_to(clocked, test.get_by_role("button", name=name, exact=True))
        clocked.keyboard.press("Enter")
    expect(clocked.get_by_role("button", name="Ready to move on?")).to_be_focused()


def test_axe_finds_nothing_and_it_fits_a_small_phone(clocked: Page) -> None:
    clocked.set_viewport_size({"width": 320, "height": 640})
    test = begin(clocked, STAGE_2)
    press(test, "Count: Left")
    assert test.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    expect(test.get_by_role("button", name="Yes", exact=True)).to_be_in_viewport(ratio=1)
    assert troubles(clocked, "ready", dark=True) == []


@pytest.fixture(scope="module")
def ready(browser: Browser, base_url: str) -> dict[str, Any]:
    page = browser.new_page(base_url=base_url)
    page.goto("programme/")
    words = json.loads(page.locator("#sg-programme").get_attribute("data-words") or "")
    page.close()
    return words["ready"]


def sentences(site_dir: Path) -> list[str]:
    text = (site_dir / "assets" / "programme.json").read_text(encoding="utf-8")
    stages = [stage for one in json.loads(text)["conditions"].values() for stage in one["stages"]]
    return sorted({sentence for stage in stages for sentence in stage["on"]})


def test_what_counts_something_can_be_counted(ready: dict[str, Any], site_dir: Path) -> None:
    found: dict[str, list[str]] = {"guides": [], "timed": [], "counted": []}
    for sentence in sentences(site_dir):
        for name, those in found.items():
            if re.search(ready[name], sentence, re.IGNORECASE):
                those.append(sentence)
                break
    assert all(re.match("You (can|do|manage)|Single-leg", one) for one in found["counted"])
    assert all(re.search("balance|hold|stand", one) for one in found["timed"])
    assert not any(re.search(r"\b(You can|You do|pain-free)\b", one) for one in found["guides"])
    assert [len(those) for those in found.values()] == [8, 3, 9]
