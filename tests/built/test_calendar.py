"""Calendar files of plans and walk-run programmes, read by a package that others use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from icalendar import Calendar
from playwright.sync_api import Browser, Page

PLAN: Final = (
    "programme/#1;calf-raise:achilles-tendinopathy:1:3:15::135"
    ";single-leg-balance:ankle-sprain:1:3::30:24;plank:::3::30:"
)
NOW: Final = "2027-03-03T05:30:00Z"
"""A Tuesday evening in Vancouver."""
WALK_RUN: Final = "programmes/walk-run-return/#start=2027-03-01&days="


@dataclass(frozen=True)
class Event:
    uid: str
    sequence: int
    start: date
    length: timedelta
    status: str
    raw: Any

    @property
    def lines(self) -> list[str]:
        return str(self.raw.get("description", "")).split("\n")


def exported(page: Page, address: str = "") -> list[Event]:
    """What the calendar file of this address holds, or of the open page."""
    if address:
        page.goto("about:blank")
        page.goto(address)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Calendar file").click()
    raw = waiting.value.path().read_bytes()
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in lines) <= 75
    events = Calendar.from_ical(raw).walk("VEVENT")
    assert all(not event.errors for event in events)
    found = [
        Event(
            str(event["uid"]),
            int(event["sequence"]),
            event.decoded("dtstart"),
            event.decoded("dtend") - event.decoded("dtstart"),
            str(event["status"]),
            event,
        )
        for event in events
    ]
    assert len({event.uid for event in found}) == len(found)
    return found


def change(page: Page, name: str) -> None:
    """Open what changes an exercise of the plan."""
    page.get_by_label(f"Change: {name}").click()


def times(events: list[Event], status: str = "CONFIRMED") -> list[str]:
    return [f"{event.start:%a %H:%M}" for event in events if event.status == status]


def by_uid(events: list[Event]) -> dict[str, Event]:
    return {event.uid: event for event in events}


@pytest.fixture
def vancouver(browser: Browser, base_url: str) -> Iterator[Page]:
    """A page whose clock stands still, seven or eight hours behind Greenwich."""
    context = browser.new_context(base_url=base_url, timezone_id="America/Vancouver")
    page = context.new_page()
    page.clock.set_fixed_time(NOW)
    yield page
    context.close()


def test_each_day_of_a_plan_is_a_timed_event_with_an_alarm(vancouver: Page) -> None:
    events = exported(vancouver, PLAN)
    # An exercise without days is one of every day, as in print and in the session.
    assert sorted(times(events)) == sorted(
        f"{day} 18:00" for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    )
    for event in events:
        assert isinstance(event.start, datetime) and event.start.tzinfo is None
        assert datetime(2027, 3, 2) <= event.start < datetime(2027, 3, 9)
        assert event.raw["rrule"] == {"FREQ": ["WEEKLY"], "COUNT": [12]}
        for stamp in ("dtstamp", "last-modified"):
            assert event.raw.decoded(stamp) == datetime(2027, 3, 3, 5, 30, tzinfo=UTC)
        (alarm,) = event.raw.walk("VALARM")
        assert (alarm["action"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(0))
        assert "Plank: 3 × 30 seconds" in event.lines
        # Each tier of its red flags is a line with its own action.
        emergency, today, days = event.lines[-3:]
        assert "Call 911" in emergency and "811" in today and "Book a" in days
        assert "911" not in today + days and "does not settle" in days
    monday = next(event for event in events if f"{event.start:%a}" == "Mon")
    assert any(line.startswith("Calf raise: ") for line in monday.lines)
    assert not any(line.startswith("Single-leg balance: ") for line in monday.lines)


def test_a_length_follows_the_doses(vancouver: Page) -> None:
    def minutes(items: str) -> float:
        (event,) = exported(vancouver, f"programme/#1;{items}")
        return event.length.total_seconds() / 60

    assert minutes("plank:::1::30:1") == 10
    assert minutes("plank:::6::120:1") == 20  # 6 × (2 minutes and 1 of rest)
    assert minutes("plank:::6::120:1;plank:::3::60:1") == 25
    assert minutes("clamshell:::3:20::1") % 5 == 0


def test_three_times_a_day_are_three_events(vancouver: Page) -> None:
    events = exported(vancouver, "programme/#1;plank:::3::30:2:3")
    assert times(events) == ["Tue 08:00", "Tue 13:00", "Tue 18:00"]
    events = exported(vancouver, "programme/#1;plank:::3::30:2:2;clamshell:::2:12::2")
    assert times(events) == ["Tue 08:00", "Tue 18:00"]
    morning, evening = events
    assert not any("Clamshell" in line for line in morning.lines)
    assert any("Clamshell" in line for line in evening.lines)
    events = exported(vancouver, "programme/#1;plank:::3::30:2:5")
    assert times(events) == [f"Tue {hour}:00" for hour in ("08", "11", "14", "17", "20")]


def test_an_update_replaces_and_what_is_gone_is_cancelled(phone: Page) -> None:
    first = exported(phone, "programme/#1;calf-raise:::3:15::135:2;plank:::3::30:24")
    assert {event.sequence for event in first} == {1}
    assert len(times(first)) == 3 * 2 + 2
    change(phone, "Calf raise")
    phone.get_by_role("button", name="Remove: Calf raise").click()
    change(phone, "Plank")
    phone.get_by_label("Wednesday").check()
    second = exported(phone)
    assert {event.sequence for event in second} == {2}
    assert sorted(times(second)) == ["Thu 18:00", "Tue 18:00", "Wed 18:00"]
    assert sorted(times(second, "CANCELLED")) == sorted(
        ("Mon 08:00", "Mon 18:00", "Wed 08:00", "Fri 08:00", "Fri 18:00")
    )
    assert by_uid(second).keys() == by_uid(first).keys()
    before, after = (by_uid(events) for events in (first, second))
    for uid, event in after.items():
        assert event.start.time() == before[uid].start.time()
        assert bool(event.raw.walk("VALARM")) == (event.status == "CONFIRMED")
    third = exported(phone)
    assert {event.sequence for event in third} == {3} and times(third, "CANCELLED") == []
    phone.reload()
    assert {event.sequence for event in exported(phone)} == {4}


def test_another_dose_is_the_same_event(phone: Page) -> None:
    first = exported(phone, "programme/#1;calf-raise:::3:15::135")
    change(phone, "Calf raise")
    phone.get_by_label(re.compile(r"^Sets \(")).fill("2")
    phone.get_by_label(re.compile(r"^Sets \(")).press("Tab")
    second = exported(phone)
    assert by_uid(second).keys() == by_uid(first).keys()
    assert all("2 sets" in event.lines[0] for event in second)


def test_a_plan_that_came_with_a_link_stays_beside_the_readers_own(phone: Page) -> None:
    mine = exported(phone, "programme/#1;calf-raise:::3:15::135")
    theirs = exported(phone, "programme/#1;plank:::3::30:135")
    assert not by_uid(mine).keys() & by_uid(theirs).keys()
    assert times(theirs, "CANCELLED") == []
    phone.get_by_role("button", name="Keep it in place of mine").click()
    assert by_uid(exported(phone)).keys() == by_uid(mine).keys()


def test_what_is_kept_is_a_plain_setting_that_an_import_can_not_misuse(phone: Page) -> None:
    exported(phone, "programme/#1;calf-raise:::3:15::1")
    phone.evaluate("""() => {
        const key = Object.keys(localStorage).find((name) => name.endsWith(".plan"));
        const state = JSON.parse(localStorage.getItem(key));
        state.settings.tone = "low";
        state.settings.calendar.id += "\\r\\nX-EVIL:1";
        state.settings.calendar.slots = { [state.settings.calendar.id]: 7 };
        localStorage.setItem(key, JSON.stringify(state));
    }""")
    phone.reload()
    (event,) = exported(phone)
    assert re.fullmatch(r"[\w-]+@strideguide", event.uid)
    kept = phone.evaluate("""() => JSON.parse(
        localStorage[Object.keys(localStorage).find((name) => name.endsWith(".plan"))]
    ).settings""")
    assert kept["tone"] == "low" and kept["calendar"]["sequence"] == 2


def test_a_walk_run_plan_is_renewed_and_others_stay_beside_it(phone: Page) -> None:
    first = exported(phone, f"{WALK_RUN}135")
    others = exported(phone, f"{WALK_RUN}136")
    assert len(first) == len(others) == 12
    assert not by_uid(first).keys() & by_uid(others).keys()
    assert [event.start for event in first[:2]] == [date(2027, 3, 1), date(2027, 3, 3)]
    assert all(event.length == timedelta(days=1) for event in first)
    assert all(not event.raw.walk("VALARM") for event in first)
    down = exported(phone, f"{WALK_RUN}135&down=4")
    assert len(down) == 16 and {event.uid for event in down[:12]} == by_uid(first).keys()
    assert {event.sequence for event in down} == {3}
    again = exported(phone, f"{WALK_RUN}135")
    assert by_uid(again).keys() == by_uid(down).keys()
    assert [event.status for event in again] == ["CONFIRMED"] * 12 + ["CANCELLED"] * 4
