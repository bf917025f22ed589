"""My plan from day to day: what is due, a plan made from a stage, the race, saving and clearing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from page_pool import PHONE
from playwright.sync_api import Browser, Page, expect

TUESDAY = "2027-03-02T09:00:00"
PLAN = (
    "programme/#1;plantar-fascia-stretch:plantar-fasciitis:1:1:10:10::3"
    ";calf-raise:achilles-tendinopathy:1:3:15::135;clamshell:::2:12::2"
)
KEPT = "async () => (await import(new URL('../assets/state.js', location.href))).readState()"


@pytest.fixture
def tuesday(browser: Browser, base_url: str) -> Iterator[Page]:
    """A phone on which it is a Tuesday, in a context of its own: its clock stays in it."""
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    page = context.new_page()
    page.clock.set_fixed_time(TUESDAY)
    yield page
    context.close()


def due(page: Page) -> list[str]:
    expect(page.locator(".sg-today")).to_be_visible()
    return page.locator(".sg-today .sg-move__name").all_inner_texts()


def test_today_shows_what_is_due_with_a_tick_for_each_time(tuesday: Page) -> None:
    tuesday.goto(PLAN)
    assert due(tuesday) == ["Plantar fascia stretch", "Clamshell"]
    expect(tuesday.locator(".sg-today")).to_contain_text("2 to do.")
    ticks = tuesday.get_by_label("Plantar fascia stretch: done")
    expect(ticks).to_have_count(3)
    for tick in ticks.all():
        tick.check()
    expect(tuesday.locator(".sg-today")).to_contain_text("1 to do.")
    tuesday.get_by_label("Clamshell: done").check()
    expect(tuesday.locator(".sg-today")).to_contain_text("All done for today.")
    tuesday.reload()
    expect(tuesday.get_by_label("Plantar fascia stretch: done").nth(2)).to_be_checked()
    tuesday.get_by_label("Clamshell: done").uncheck()
    expect(tuesday.locator(".sg-today")).to_contain_text("1 to do.")


def test_days_in_a_row_are_counted_and_a_day_without_exercises_breaks_nothing(
    tuesday: Page,
) -> None:
    tuesday.goto("programme/#1;clamshell:::2:12::12")
    for day, said in (("2027-03-02", ""), ("2027-03-08", "2 days in a row."), ("2027-03-09", "3")):
        tuesday.clock.set_fixed_time(f"{day}T09:00:00")
        tuesday.reload()
        tuesday.get_by_label("Clamshell: done").check()
        expect(tuesday.locator(".sg-today")).to_contain_text(said)
    tuesday.clock.set_fixed_time("2027-03-16T09:00:00")  # Monday 15 was missed.
    tuesday.reload()
    expect(tuesday.locator(".sg-today")).not_to_contain_text("in a row")


def test_a_busy_day_is_done_tomorrow(tuesday: Page) -> None:
    tuesday.goto(PLAN)
    tuesday.get_by_role("button", name="Busy today").click()
    expect(tuesday.locator(".sg-today")).to_contain_text("Put off to tomorrow.")
    assert due(tuesday) == []
    tuesday.get_by_role("button", name="Do it today after all").click()
    assert len(due(tuesday)) == 2
    tuesday.get_by_role("button", name="Busy today").click()
    tuesday.clock.set_fixed_time("2027-03-03T09:00:00")
    tuesday.reload()
    assert due(tuesday) == ["Plantar fascia stretch", "Calf raise", "Clamshell"]
    tuesday.get_by_role("button", name="Busy today").click()
    tuesday.clock.set_fixed_time("2027-03-04T09:00:00")
    tuesday.reload()
    assert "Clamshell" in due(tuesday)


def test_the_run_of_the_day_stands_beside_it(tuesday: Page) -> None:
    tuesday.goto("programmes/walk-run-return/#days=246&start=2027-03-02")
    tuesday.get_by_role("button", name="Put it into my plan").click()
    tuesday.goto(PLAN)
    run = tuesday.locator(".sg-today__run")
    expect(run).to_contain_text("Step 1: walk 2 minutes, run 3 minutes")
    tuesday.clock.set_fixed_time("2027-03-03T09:00:00")
    tuesday.reload()
    assert due(tuesday)
    expect(run).to_have_count(0)


def test_a_stage_becomes_a_plan_and_says_why(tuesday: Page) -> None:
    tuesday.goto("regions/foot-and-ankle/")
    tuesday.get_by_role("link", name="Make a plan").click()
    make = tuesday.locator("#make")
    expect(make.get_by_label("Which problem?")).to_be_focused()
    offered = make.get_by_label("Which problem?").locator("option").all_inner_texts()
    assert "Plantar fasciitis" in offered and "Sciatica" not in offered
    make.get_by_label("Which problem?").select_option(label="Achilles tendinopathy")
    expect(make.locator(".sg-made")).to_have_count(2)
    expect(make).to_contain_text("You can start on day one if there was no snap")
    expect(make.locator(".sg-made").first).to_contain_text("In: Settle the tendon asks for it.")
    make.get_by_label("Dumbbells").uncheck()
    expect(make.locator(".sg-made--out")).to_contain_text("Left out: it needs Dumbbells.")
    make.get_by_label("Dumbbells").check()
    make.get_by_label("Which stage?").select_option("2")
    make.get_by_label("Up to which level?").select_option("0")
    expect(make.locator(".sg-made--out").first).to_contain_text("Left out: its level is")
    make.get_by_label("Up to which level?").select_option("2")
    make.get_by_label("Which stage?").select_option("1")
    make.get_by_label("Dumbbells").uncheck()
    make.get_by_label("Days a week").select_option("3")
    expect(make.locator(".sg-made").first).to_contain_text("more days a week than you chose")
    make.get_by_role("button", name="Put 1 in my plan").click()
    expect(tuesday.locator(".sg-item")).to_have_count(1)
    expect(tuesday.locator(".sg-item")).to_contain_text("Mo, We, Fr")


def test_too_few_minutes_leave_exercises_out(tuesday: Page) -> None:
    tuesday.goto("programme/#make=foot-and-ankle")
    make = tuesday.locator("#make")
    make.get_by_label("Which problem?").select_option(label="Achilles tendinopathy")
    make.get_by_label("Which stage?").select_option("2")
    make.get_by_label("Minutes at a time").select_option("10")
    expect(make.locator(".sg-made--out").first).to_contain_text("more than 10 minutes")


def test_a_race_says_whether_the_runs_end_in_time(tuesday: Page) -> None:
    tuesday.goto("programmes/walk-run-return/#days=135&start=2027-03-02")
    tuesday.get_by_role("button", name="Put it into my plan").click()
    tuesday.goto(PLAN)
    race = tuesday.locator("#race")
    race.locator("summary").first.click()
    race.get_by_label("Day of the race").fill("2027-05-04")
    expect(race).to_contain_text("9 weeks to go.")
    expect(race).to_contain_text("before the race.")
    race.get_by_label("Day of the race").fill("2027-03-11")
    expect(race).to_contain_text("1 week, 2 days to go.")
    expect(race).to_contain_text("it can’t be done in time")
    expect(race).to_contain_text("this is not your race")
    for box in race.get_by_role("checkbox").all():
        box.check()
    expect(race).to_contain_text("All of it is true.")


def test_what_is_saved_comes_back_the_same(tuesday: Page, tmp_path: Path) -> None:
    tuesday.goto(PLAN)
    tuesday.get_by_label("Clamshell: done").check()
    before = tuesday.evaluate(KEPT)
    tuesday.locator("#share > summary").click()
    with tuesday.expect_download() as download:
        tuesday.get_by_role("button", name="Save everything as a file").click()
    assert download.value.suggested_filename == "my-plan-2027-03-02.json"
    saved = tmp_path / "saved.json"
    download.value.save_as(saved)
    assert json.loads(saved.read_text(encoding="utf-8")) == before
    tuesday.once("dialog", lambda dialog: dialog.dismiss())
    tuesday.get_by_role("button", name="Clear everything").click()
    expect(tuesday.locator(".sg-item")).to_have_count(3)
    tuesday.once("dialog", lambda dialog: dialog.accept())
    tuesday.get_by_role("button", name="Clear everything").click()
    expect(tuesday.get_by_text("Everything is cleared.")).to_be_visible()
    expect(tuesday.locator(".sg-item")).to_have_count(0)
    tuesday.get_by_label("Open a saved file").set_input_files(saved)
    expect(tuesday.locator(".sg-item")).to_have_count(3)
    assert tuesday.evaluate(KEPT) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 99}', "{", '"version"'])
def test_a_file_that_is_no_plan_changes_nothing(tuesday: Page, tmp_path: Path, text: str) -> None:
    tuesday.goto(PLAN)
    assert due(tuesday)
    before = tuesday.evaluate(KEPT)
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text, encoding="utf-8")
    tuesday.locator("#share > summary").click()
    tuesday.get_by_label("Open a saved file").set_input_files(wrong)
    expect(tuesday.get_by_text("That file is no saved plan.")).to_be_visible()
    assert tuesday.evaluate(KEPT) == before


def test_the_old_kept_plan_and_notes_are_taken_over(tuesday: Page) -> None:
    tuesday.goto("about/")
    tuesday.evaluate(
        """() => {
          localStorage.setItem("sg-programme", "#1;plank:::3::30:;calf-raise:::3:15::135");
          const notes = [{ on: "2027-02-01", pain: 3, note: "", exercises: [] }];
          localStorage.setItem("sg-notes", JSON.stringify(notes));
        }"""
    )
    tuesday.goto("programme/")
    expect(tuesday.locator(".sg-item")).to_have_count(2)
    kept = tuesday.evaluate(KEPT)
    assert [entry["pain"]["during"] for entry in kept["diary"]] == [3]
    assert tuesday.evaluate("localStorage.getItem('sg-programme')") is None


def test_the_summary_for_a_physiotherapist_is_one_page(tuesday: Page) -> None:
    tuesday.goto(PLAN)
    tuesday.get_by_label("Clamshell: done").check()
    tuesday.evaluate("window.print = () => {}")
    tuesday.locator("#share > summary").click()
    tuesday.get_by_role("button", name="Summary for a physiotherapist").click()
    sheet = tuesday.locator(".sg-sheet")
    expect(sheet).to_contain_text("About: Plantar fasciitis, Achilles tendinopathy.")
    expect(sheet.locator("tr", has_text="Clamshell")).to_contain_text("1 of 1")
    expect(sheet).to_contain_text("My questions")


def test_the_sheet_has_a_box_for_each_time_of_day(tuesday: Page) -> None:
    tuesday.goto(PLAN)
    assert due(tuesday)
    tuesday.evaluate("dispatchEvent(new Event('beforeprint'))")
    row = tuesday.locator(".sg-sheet tr", has_text="Plantar fascia stretch")
    expect(row.locator(".sg-box")).to_have_count(3 * 7)
    tuesday.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(tuesday.locator(".sg-sheet tr")).to_have_count(0)


FIVE = (
    "programme/#1;plantar-fascia-stretch:plantar-fasciitis:1:1:10:10::3"
    ";calf-stretch:plantar-fasciitis:1:3::30::2;short-foot:plantar-fasciitis:1:3:10:5:"
    ";calf-raise:achilles-tendinopathy:1:3:15::135;soleus-raise:achilles-tendinopathy:1:3:12::135"
)


@pytest.mark.parametrize("sheet", ["A4", "Letter"])
def test_five_exercises_for_two_conditions_print_on_one_sheet(phone: Page, sheet: str) -> None:
    phone.goto(FIVE)
    expect(phone.locator(".sg-item")).to_have_count(5)
    assert len(re.findall(rb"/Type /Page\b", phone.pdf(format=sheet))) == 1
