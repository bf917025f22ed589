"""The diary of "My plan": pain at three moments, the rule's advice, the chart and the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from jsonschema import Draft202012Validator
from page_pool import PHONE
from playwright.sync_api import Browser, Locator, Page, expect
from small import ROOT
from test_accessibility import troubles
from test_journeys import tab_to

PLAN: Final = "programme/#1;calf-raise:achilles-tendinopathy:1:3:15::"
BOTH: Final = f"{PLAN};isometric-wall-sit:patellofemoral-pain:1:5::30:"
TENDON: Final = {
    moment: {colour: f"{moment} {colour}" for colour in ("go", "care", "stop")}
    for moment in ("during", "later", "morning")
}
ADVICE: Final = """async (given) => {
    const { adviceOf } = await import(new URL("../assets/pain-advice.js", location.href));
    return adviceOf(...given);
}"""
KEPT: Final = "JSON.parse(localStorage.getItem(`${__md_scope.pathname}.plan`))"
KEEP: Final = "(kept) => localStorage.setItem(`${__md_scope.pathname}.plan`, JSON.stringify(kept))"
FORM: Final = """async (items) => {
    const at = (name) => new URL(`../assets/${name}.js`, location.href);
    const { painForm } = await import(at("pain-form"));
    const { readState } = await import(at("state"));
    const { change } = await import(at("store"));
    const { parseItem } = await import(at("plan"));
    const root = document.getElementById("sg-programme");
    const data = await (await fetch(root.dataset.source)).json();
    const saved = (entries) => change({ diary: [...readState().diary, ...entries] });
    const about = { root, words: JSON.parse(root.dataset.words), data };
    const form = painForm(about, {
        kind: "session", items: items.map(parseItem), moments: ["during"], saved,
    });
    form.id = "session-form";
    document.querySelector("h1").after(form);
}"""


def entry(on: str, during: int | None = None, **more: Any) -> dict[str, Any]:
    """One of the diary, of a session for the tendon."""
    made: dict[str, Any] = {
        "id": f"{on}-{more.get('at', '')}{more.get('kind', '')}",
        "on": on,
        "at": "18:00",
        "kind": "session",
        "exercises": ["calf-raise"],
        "conditions": ["achilles-tendinopathy"],
        "stage": 1,
        "pain": {} if during is None else {"during": during},
        "fits": {},
        "note": "",
    }
    return made | more


def document(*diary: dict[str, Any], **more: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "version": 1, "items": [], "done": {}, "moved": {}, "checks": [], "runs": None,
        "race": None, "settings": {},
    }  # fmt: skip
    return empty | {"diary": list(diary)} | more


@pytest.fixture
def clocked(browser: Browser, base_url: str) -> Iterator[Page]:
    """A phone on which it is the evening of Monday, 1 March 2027."""
    context = browser.new_context(base_url=base_url, viewport=PHONE)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.clock.set_fixed_time("2027-03-01T18:00:00")
    yield page
    context.close()
    assert errors == []


def opened(page: Page, plan: str = PLAN, kept: dict[str, Any] | None = None) -> Page:
    """The plan's page, with this document where it is given."""
    if kept:
        page.goto("about/")
        page.evaluate(KEEP, kept)
    page.goto(plan)
    expect(page.get_by_role("heading", name="Diary")).to_be_visible()
    return page


def later(page: Page, time: str) -> None:
    """The same page, seen again at this time."""
    page.clock.set_fixed_time(time)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def answer(form: Locator, number: int, sentence: str) -> None:
    form.get_by_role("radio", name=str(number), exact=True).check(force=True)
    form.get_by_role("radio", name=sentence).check()


def log_run(page: Page, number: int, sentence: str) -> None:
    form = page.locator("#sg-ran")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.get_by_label("Minutes").fill("20")
    answer(form, number, sentence)
    form.get_by_role("button", name="Save").click()


def ask(page: Page, question: str) -> Locator:
    found = page.locator(".sg-open details").filter(has_text=question)
    expect(found).to_be_visible()
    return found


def reply(page: Page, question: str, number: int, sentence: str) -> None:
    form = ask(page, question)
    answer(form, number, sentence)
    form.get_by_role("button", name="Save").click()


CASES: Final = [
    # limit, kind, numbers, picks, numbers of the entry before -> verdict, moments, jump
    (5, "session", {}, {}, None, "", [], False),
    (5, "session", {"during": 2}, {"during": "go"}, None, "", [], False),
    (5, "session", {}, {"during": "go", "morning": "go"}, None, "go", ["during", "morning"], False),
    (5, "run", {}, {"morning": "go"}, None, "go", ["morning"], False),
    (5, "run", {}, {"during": "care"}, None, "same", ["during"], False),
    (5, "run", {}, {"during": "go", "later": "care", "morning": "go"}, None, "same", ["later"], 0),
    (5, "run", {}, {"during": "care", "morning": "stop"}, None, "back", ["morning"], True),
    (5, "run", {}, {"during": "", "morning": ""}, None, "", [], False),
    (5, "session", {"during": 5}, {"during": "care"}, None, "same", ["during"], False),
    (5, "session", {"during": 6}, {"during": "go"}, None, "back", ["during"], True),
    (0, "session", {"during": 1}, {}, None, "back", ["during"], True),
    (0, "session", {"during": 0}, {}, None, "", [], False),
    (None, "session", {"during": 9}, {}, None, "", [], False),
    (5, "run", {"during": 6}, {"during": "go", "morning": "go"}, None, "go", None, False),
    (5, "run", {"during": 4}, {"during": "go"}, {"during": 1}, "", [], True),
    (5, "run", {"during": 3}, {"during": "go"}, {"during": 1}, "", [], False),
    (5, "run", {"morning": 4}, {"morning": "go"}, {"during": 1}, "go", ["morning"], False),
    (5, "run", {"morning": 4}, {"morning": "go"}, {"morning": 0}, "go", ["morning"], True),
]


def test_the_advice_is_the_strictest_of_what_fits(phone: Page) -> None:
    phone.goto("programme/")
    for limit, kind, pain, fits, before, verdict, moments, jump in CASES:
        earlier = [entry("2027-02-27", kind=kind, pain=before)] if before else []
        given = entry("2027-03-01", kind=kind, pain=pain, fits=fits)
        advice = phone.evaluate(ADVICE, [TENDON, limit, given, earlier])
        case = (limit, kind, pain, fits, before)
        assert (advice["verdict"], advice["jump"]) == (verdict, bool(jump)), case
        if moments is not None:
            assert [one["moment"] for one in advice["because"]] == moments, case
        for one in advice["because"]:
            quoted = TENDON[one["moment"]][one["colour"]]
            assert one["sentence"] == quoted or one["limit"] == limit, case
    other = [entry("2027-02-27", kind="session", pain={"during": 0})]
    run = entry("2027-03-01", kind="run", pain={"during": 9})
    assert not phone.evaluate(ADVICE, [TENDON, 5, run, other])["jump"]


def test_three_days_flip_the_advice_with_the_rules_own_words(clocked: Page) -> None:
    opened(clocked)
    verdict = clocked.locator(".sg-verdict")
    # Monday: all is well, and the next morning decides.
    log_run(clocked, 1, "Pain stays at 2 out of 10 or less.")
    expect(verdict.get_by_role("heading")).to_have_text("The next morning decides")
    expect(verdict.get_by_role("heading")).to_be_focused()
    expect(clocked.get_by_text("How is it now?")).to_have_count(0)
    later(clocked, "2027-03-01T19:01:00")
    reply(clocked, "How is it now?", 1, "It feels as it does on any other day.")
    expect(clocked.locator(".sg-open details")).to_have_count(0)
    later(clocked, "2027-03-02T07:00:00")
    reply(clocked, "How was this morning?", 0, "It is no worse than on other mornings.")
    expect(verdict.get_by_role("heading")).to_have_text("Go on")
    expect(verdict).to_contain_text("Next morning: It is no worse than on other mornings.")
    verdict.locator("summary").click()
    source = verdict.get_by_role("link", name="Silbernagel 2007")
    expect(source).to_have_attribute("href", "../references/silbernagel-2007/")
    expect(verdict).to_contain_text("The trial followed 38 people")
    # Wednesday: a reason to repeat it.
    later(clocked, "2027-03-03T18:00:00")
    clocked.reload()
    log_run(clocked, 3, "Pain is 3 to 5 out of 10, does not rise")
    expect(verdict.get_by_role("heading")).to_have_text("Stay at this level")
    expect(verdict).to_contain_text("Do no more than this.")
    expect(clocked.get_by_text("Does one of these fit?")).to_have_count(0)
    # Friday: a reason to stop, and the red flags are asked, the most dangerous first.
    later(clocked, "2027-03-05T18:00:00")
    clocked.reload()
    log_run(clocked, 5, "Pain goes over 5 out of 10, or you limp.")
    expect(verdict.get_by_role("heading", name="Step back")).to_be_visible()
    expect(verdict).to_contain_text(
        "During: Pain goes over 5 out of 10, or you limp. Stop or walk."
    )
    expect(verdict.locator(".sg-care--emergency")).to_contain_text("severe, growing limb pain")
    expect(verdict.get_by_role("link", name="911")).to_have_attribute("href", "tel:911")
    verdict.get_by_role("button", name="None of these").click()
    expect(verdict.locator(".sg-care--same-day")).to_contain_text("811")
    expect(verdict.get_by_role("heading", name="Does one of these fit?")).to_be_focused()
    verdict.get_by_role("button", name="None of these").click()
    verdict.get_by_role("button", name="None of these").click()
    expect(verdict.get_by_role("heading", name="None of the red flags fits")).to_be_focused()
    clocked.reload()
    expect(verdict.get_by_role("heading", name="Step back")).to_be_visible()
    expect(clocked.get_by_text("Does one of these fit?")).to_have_count(0)
    assert [one["kind"] for one in clocked.evaluate(KEPT)["diary"]] == ["run"] * 3


def test_pain_that_jumps_asks_the_red_flags(clocked: Page) -> None:
    before = entry("2027-02-27", kind="run", pain={"during": 1})
    opened(clocked, kept=document(before))
    log_run(clocked, 4, "None of these")
    expect(clocked.locator(".sg-verdict").get_by_text("Does one of these fit?")).to_be_visible()


def test_the_morning_is_asked_the_next_day_and_never_later(clocked: Page) -> None:
    opened(clocked, kept=document(entry("2027-03-01", 2, fits={"during": "go"}, at="16:00")))
    ask(clocked, "How is it now?")
    later(clocked, "2027-03-02T06:00:00")
    ask(clocked, "How was this morning?")
    expect(clocked.locator(".sg-open details")).to_have_count(1)
    later(clocked, "2027-03-03T06:00:00")
    expect(clocked.locator(".sg-open details")).to_have_count(0)


def test_one_morning_is_asked_once_for_each_condition(clocked: Page) -> None:
    run = entry("2027-02-28", kind="run", at="08:00")
    knee = entry("2027-02-28", conditions=["patellofemoral-pain"], id="knee")
    opened(clocked, kept=document(run, entry("2027-02-28"), knee))
    expect(clocked.locator(".sg-open details")).to_have_count(2)
    reply(clocked, "Run on Sun, Feb 28, Achilles", 1, "It is no worse than on other mornings.")
    expect(clocked.locator(".sg-open details")).to_have_count(1)
    kept = {one["id"]: one["pain"] for one in clocked.evaluate(KEPT)["diary"]}
    assert kept == {run["id"]: {"morning": 1}, "2027-02-28-": {"morning": 1}, "knee": {}}


def test_an_entry_is_edited_removed_and_brought_back(clocked: Page) -> None:
    opened(clocked, kept=document(entry("2027-02-27", 2), entry("2027-02-28", 3)))
    rows = clocked.locator(".sg-entries > li")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Session on Sun, Feb 28")
    clocked.get_by_role("button", name="Edit: Session on Sun").click()
    rows.first.get_by_role("radio", name="It throbs, swells").check()
    rows.first.get_by_label("A note").fill("On grass")
    rows.first.get_by_role("button", name="Save").click()
    expect(rows.first).to_contain_text("Step back")
    expect(rows.first).to_contain_text("On grass")
    clocked.get_by_role("button", name="Remove: Session on Sun").click()
    expect(rows).to_have_count(1)
    undo = clocked.get_by_role("button", name="Undo")
    expect(undo).to_be_focused()
    undo.press("Enter")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("On grass")


def test_erasing_asks_first_and_can_be_undone(clocked: Page) -> None:
    kept = document(entry("2027-02-27", 2), entry("2027-02-28", 3))
    opened(clocked, kept=kept)
    asked: list[str] = []
    clocked.once("dialog", lambda ask: (asked.append(ask.message), ask.dismiss()))
    clocked.get_by_role("button", name="Erase the diary").press("Enter")
    expect(clocked.locator(".sg-entries > li")).to_have_count(2)
    assert asked and asked[0].startswith("Erase all entries of the diary")
    clocked.once("dialog", lambda ask: ask.accept())
    clocked.get_by_role("button", name="Erase the diary").press("Enter")
    expect(clocked.locator(".sg-entries > li")).to_have_count(0)
    assert clocked.evaluate(KEPT)["diary"] == []
    clocked.get_by_role("button", name="Undo").press("Enter")
    assert clocked.evaluate(KEPT)["diary"] == kept["diary"]
    assert len(clocked.evaluate(KEPT)["items"]) == 1


def test_a_session_asks_once_for_each_condition_and_knows_its_limit(clocked: Page) -> None:
    opened(clocked, BOTH)
    clocked.evaluate(FORM, BOTH.partition(";")[2].split(";"))
    form = clocked.locator("#session-form")
    tendon, knee = form.locator(".sg-felts").all()
    expect(tendon).to_contain_text("The limit for these exercises is 5.")
    answer(tendon, 6, "Pain is 3 to 5 out of 10")
    answer(knee, 0, "No pain, or no more")
    form.get_by_role("button", name="Save").click()
    expect(form).to_contain_text("Saved on this device only.")
    expect(form.locator(".sg-verdict--back")).to_contain_text(
        "During: it was 6 out of 10. The limit of this stage is 5."
    )
    expect(form.locator(".sg-verdict--back")).to_contain_text("Does one of these fit?")
    kept = clocked.evaluate(KEPT)["diary"]
    assert [one["exercises"] for one in kept] == [["calf-raise"], ["isometric-wall-sit"]]
    assert [one["pain"]["during"] for one in kept] == [6, 0]


def weeks() -> dict[str, Any]:
    """Some weeks of sessions and runs, with a stage that was left behind."""
    days = ("2027-02-01", "2027-02-04", "2027-02-08", "2027-02-11", "2027-02-18", "2027-02-28")
    felt = ({"during": 4, "later": 3, "morning": 3}, {"during": 2, "later": 2, "morning": 1})
    diary = [
        entry(
            day,
            kind="run" if at % 3 == 2 else "session",
            stage=1 if at < 3 else 2,
            pain=felt[at % 2],
            fits={"during": "go", "morning": "care" if at % 2 else "stop"},
        )
        for at, day in enumerate(days)
    ]
    check = {"on": "2027-02-10", "condition": "achilles-tendinopathy", "stage": 1}
    yes = {"answers": [True, True], "counts": [{"left": 20, "right": 22}, None]}
    no = {"answers": [True, False], "counts": [None, None]}
    checks = [check | yes, check | no | {"on": "2027-02-02"}]
    return document(*diary, checks=checks)


def test_the_chart_reads_as_a_table(clocked: Page) -> None:
    opened(clocked, kept=weeks())
    chart = clocked.get_by_role("img", name="Pain over time, Achilles tendinopathy: 6 entries.")
    expect(chart).to_be_visible()
    expect(chart.locator(".sg-mark")).to_have_count(18)
    expect(chart.locator(".sg-limit")).to_have_count(1)
    expect(chart.locator(".sg-step")).to_have_count(1)
    clocked.get_by_text("The numbers as a table").click()
    rows = clocked.locator(".sg-chart tr:has(td)")
    expect(rows).to_have_count(6)
    assert rows.first.inner_text().split("\t") == ["Mon, Feb 1 Session", "4", "3", "3", "5"]
    expect(clocked.locator(".sg-chart details")).to_contain_text("Wed, Feb 10: Stage 2")
    entries = clocked.locator(".sg-entries > li")
    expect(entries.filter(has_text="stage 1 done")).to_contain_text("Left 20, right 22.")
    expect(entries.filter(has_text="not yet past stage 1")).to_contain_text("5 out of 10 or less")


def test_axe_finds_nothing_in_the_diary(clocked: Page) -> None:
    opened(clocked, BOTH, weeks())
    clocked.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    assert troubles(clocked, "diary", dark=True) == []


@pytest.mark.parametrize("width", [195, 320, 1280])
def test_the_diary_fits_the_screen(clocked: Page, width: int) -> None:
    clocked.set_viewport_size({"width": width, "height": 800})
    opened(clocked, BOTH, weeks())
    clocked.evaluate("document.querySelectorAll('details').forEach((one) => one.open = true)")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert clocked.evaluate(wide) == 0
    box = clocked.locator(".sg-scale label").first.bounding_box()
    assert box and (width < 320 or box["width"] >= 24) and box["height"] >= 24


def test_a_run_is_logged_by_keyboard_alone(clocked: Page) -> None:
    opened(clocked)
    tab_to(clocked, clocked.locator("#sg-ran > summary"))
    clocked.keyboard.press("Enter")
    form = clocked.locator("#sg-ran")
    tab_to(clocked, form.get_by_label("Minutes"))
    clocked.keyboard.type("25")
    tab_to(clocked, form.get_by_role("radio", name="0", exact=True))
    for _ in range(3):
        clocked.keyboard.press("ArrowRight")
    tab_to(clocked, form.get_by_role("radio", name="Pain stays at 2"))
    clocked.keyboard.press("ArrowDown")
    tab_to(clocked, form.get_by_role("button", name="Save"))
    clocked.keyboard.press("Enter")
    expect(clocked.get_by_role("heading", name="Stay at this level")).to_be_focused()
    (kept,) = clocked.evaluate(KEPT)["diary"]
    assert (kept["minutes"], kept["pain"], kept["fits"]) == (25, {"during": 3}, {"during": "care"})


SCHEMA: Final = json.loads((ROOT / "docs" / "my-plan.schema.json").read_text(encoding="utf-8"))


def test_what_is_kept_is_as_documented(clocked: Page) -> None:
    Draft202012Validator.check_schema(SCHEMA)
    validator = Draft202012Validator(SCHEMA)
    opened(clocked, BOTH, weeks())
    log_run(clocked, 3, "Pain is 3 to 5")
    clocked.evaluate(FORM, BOTH.partition(";")[2].split(";"))
    clocked.locator("#session-form").get_by_role("button", name="Save").click()
    kept = clocked.evaluate(KEPT)
    assert len(kept["diary"]) == 9 and len(kept["items"]) == 2
    assert [error.message for error in validator.iter_errors(kept)] == []
    described = (ROOT / "docs" / "my-plan.md").read_text(encoding="utf-8")
    fields = [
        SCHEMA["properties"],
        *(one.get("properties", {}) for one in SCHEMA["$defs"].values()),
    ]
    assert [name for of in fields for name in of if f"`{name}`" not in described] == []


def test_wrong_shapes_are_left_out(phone: Page) -> None:
    phone.goto("programme/")
    good = entry("2027-03-01", 3, fits={"during": "care"})
    bad = good | {
        "id": 7, "kind": "swim", "exercises": "plank", "conditions": [1, "calf-strain"],
        "pain": {"during": "much", "later": 11, "morning": 4}, "fits": {"later": "red"},
        "note": None,
    }  # fmt: skip
    check = {"on": "2027-03-01", "condition": "calf-strain", "stage": 1, "answers": [True]}
    given = document(
        good, bad, None, 3, {"on": "today"}, checks=[check, {}, check | {"on": 1}],
        done=[], moved="no", settings=None, items=[{"exercise": "<b>"}, 4],
    )  # fmt: skip
    script = """async (given) => {
        const { asState } = await import(new URL("../assets/state.js", location.href));
        return [asState(given), asState("no"), asState([]), asState({ diary: {} })];
    }"""
    state, *empty = phone.evaluate(script, given)
    assert state["diary"][0] == good
    assert state["diary"][1] == good | {
        "id": "7", "kind": "session", "exercises": [], "conditions": ["calf-strain"],
        "pain": {"morning": 4}, "fits": {}, "note": "",
    }  # fmt: skip
    assert len(state["diary"]) == 2 and state["checks"] == [check]
    assert (state["done"], state["moved"], state["settings"], state["items"]) == ({}, {}, {}, [])
    assert all(one == document() for one in empty)
    assert [error.message for error in Draft202012Validator(SCHEMA).iter_errors(state)] == []


def test_nonsense_that_was_imported_does_no_harm(clocked: Page) -> None:
    odd = entry("2027-03-01", 3, conditions=["constructor"], exercises=["<b>"], note="<img src=x>")
    check = {"on": "2027-03-01", "condition": "constructor", "stage": 1, "answers": [False]}
    opened(clocked, kept=document(odd, checks=[check]))
    expect(clocked.locator(".sg-entries > li")).to_have_count(2)
    expect(clocked.locator(".sg-entries")).to_contain_text("<img src=x>")
    expect(clocked.locator(".sg-entries")).to_contain_text("no condition")


def test_other_answers_ask_the_red_flags_again(clocked: Page) -> None:
    asked = entry("2027-02-28", 2, fits={"during": "stop"}, asked=True)
    opened(clocked, kept=document(asked))
    question = clocked.get_by_text("Does one of these fit?")
    expect(clocked.locator(".sg-verdict--back")).to_be_visible()
    expect(question).to_have_count(0)
    reply(clocked, "How was this morning?", 6, "It is clearly worse")
    expect(question).to_be_visible()


def test_the_newest_entries_come_first_and_older_ones_are_folded(clocked: Page) -> None:
    diary = [entry(f"2027-02-{day:02}", day % 5) for day in range(1, 21)]
    opened(clocked, kept=document(*reversed(diary)))
    expect(clocked.locator(".sg-entries > li:visible")).to_have_count(8)
    expect(clocked.locator(".sg-entries > li").first).to_contain_text("Sat, Feb 20")
    clocked.get_by_text("Older entries (12)").click()
    expect(clocked.locator(".sg-entries > li:visible")).to_have_count(20)
    expect(clocked.locator(".sg-entries > li").last).to_contain_text("Mon, Feb 1")
