"""Walk-run steps on a watch: FIT files and the text of intervals.icu, as a browser makes them."""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, Final

import fitdecode
import pytest
from page_pool import PHONE, PagePool
from playwright.sync_api import Locator, Page, expect
from small import ROOT

from generator.library.library import Library
from generator.model.programme import ProgrammeStep

MOST_BYTES: Final = 1000
MOST_DOWNLOADS: Final = 8
"""Chromium stops a page that downloads ten files at once."""
CLIPBOARD: Final = ["clipboard-read", "clipboard-write"]


def is_watched(step: ProgrammeStep) -> bool:
    return bool(step.intervals or step.total_minutes or step.total_metres)


def watched(library: Library) -> dict[str, list[ProgrammeStep]]:
    """The steps by time or distance of each programme that has some."""
    steps = {
        id_: [step for step in programme.steps if is_watched(step)]
        for id_, programme in library.programmes.items()
    }
    return {id_: found for id_, found in steps.items() if found}


def opened(page: Page, programme: str) -> Locator:
    page.goto(f"programmes/{programme}/")
    page.locator("summary", has_text="On your watch").click()
    fold = page.locator("details", has=page.locator("#sg-watch"))
    expect(fold.get_by_role("button", name="Download for Garmin")).to_be_visible()
    return fold


def downloaded(page: Page, fold: Locator) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        fold.get_by_role("button", name="Download for Garmin").click()
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def text_of(fold: Locator) -> str:
    return fold.locator("pre").text_content() or ""


def decoded(raw: bytes) -> list[dict[str, Any]]:
    """Every message with its fields; the decoder checks both checksums."""
    reader = fitdecode.FitReader(
        io.BytesIO(raw),
        check_crc=fitdecode.CrcCheck.RAISE,
        error_handling=fitdecode.ErrorHandling.RAISE,
    )
    with reader:
        return [
            {"message": frame.name, **{field.name: field.value for field in frame.fields}}
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage)
        ]


def performed(steps: list[dict[str, Any]]) -> Iterator[tuple[str, str, float]]:
    """What a runner does: repeats played out, as name, kind of length and length."""
    for step in steps:
        if step["duration_type"] == "repeat_until_steps_cmplt":
            block = steps[step["duration_step"] : step["message_index"]]
            yield from list(performed(block)) * (step["repeat_steps"] - 1)
        else:
            kind = step["duration_type"]
            yield step["wkt_step_name"], kind, step[f"duration_{kind}"]


def read_text(text: str) -> list[tuple[str, str, float]]:
    """The same, of intervals.icu's text."""
    done: list[tuple[str, str, float]] = []
    for block in text.strip().split("\n\n")[1:]:
        lines = block.split("\n")
        times = int(lines.pop(0)[:-1]) if re.fullmatch(r"\d+x", lines[0]) else 1
        parts: list[tuple[str, str, float]] = []
        for line in lines:
            found = re.fullmatch(r"- (Run|Walk) (?:([\d.]+)km|(?:(\d+)m)?(?:(\d+)s)?)", line)
            assert found, line
            name, km, minutes, seconds = found.groups()
            length = int(minutes or 0) * 60 + int(seconds or 0)
            parts.append((name, "distance", float(km) * 1000) if km else (name, "time", length))
        done += parts * times
    return done


def planned(step: ProgrammeStep) -> list[tuple[str, str, float]]:
    """What the data says, played out until the total time is over."""
    round_ = [
        (name, "time", float(seconds))
        for interval in step.intervals
        for name, seconds in (("Run", interval.run_seconds), ("Walk", interval.walk_seconds))
        if seconds
    ]
    if step.total_minutes and round_:
        done, left = [], step.total_minutes.low * 60.0
        while left > 0:
            for name, kind, seconds in round_:
                if left > 0:
                    done.append((name, kind, min(seconds, left)))
                    left -= seconds
        return done
    if step.total_minutes:
        return [("Run", "time", step.total_minutes.low * 60.0)]
    if step.total_metres and not round_:
        return [("Run", "distance", float(step.total_metres.low))]
    return round_


@pytest.fixture
def clipboard(page_pool: PagePool, base_url: str) -> Iterator[Page]:
    """A phone whose pages may use the clipboard."""
    with page_pool.page(viewport=PHONE, base_url=base_url, permissions=CLIPBOARD) as pooled:
        yield pooled.page
    assert pooled.errors + pooled.exceptions + pooled.requests_outside(base_url) == []


def test_every_step_by_time_or_distance_becomes_a_workout(phone: Page, library: Library) -> None:
    serials = []
    for programme, steps in watched(library).items():
        for at, step in enumerate(steps):
            if at % MOST_DOWNLOADS == 0:
                fold = opened(phone, programme)
                select = fold.get_by_label("Which step?")
                assert select.locator("option").all_inner_texts() == [one.name for one in steps]
            select.select_option(index=at)
            name, raw = downloaded(phone, fold)
            assert (name, len(raw) < MOST_BYTES) == (f"{programme}-{at + 1}.fit", True)
            about, workout, *made = decoded(raw)
            assert (about["message"], about["type"]) == ("file_id", "workout")
            assert about["manufacturer"] == "development" and about["time_created"].year == 2026
            serials.append(about["serial_number"])
            assert (workout["message"], workout["sport"]) == ("workout", "running")
            assert workout["num_valid_steps"] == len(made)
            assert workout["wkt_name"] == f"{step.name}: {library.programmes[programme].name}"
            assert [one["message_index"] for one in made] == list(range(len(made)))
            done = list(performed(made))
            assert read_text(text_of(fold)) == done
            if step.total_metres and step.intervals:  # A whole number of rounds.
                assert done == planned(step) * (len(done) // len(planned(step)))
            else:
                assert done == planned(step)
            rule = library.pain_rules[library.programmes[programme].rule].during.stop
            for told in (workout["wkt_description"], made[0]["notes"], text_of(fold)):
                assert f"Stop: {rule}" in told
                assert ("Stop there" in told) == bool(step.total_metres and step.intervals)
    assert len(set(serials)) == len(serials) > 20


def test_the_same_step_is_the_same_file(phone: Page, new_page: Callable[..., Page]) -> None:
    files = [
        downloaded(page, opened(page, "walk-run-return"))
        for page in (phone, phone, new_page(timezone_id="Asia/Tokyo", locale="ja-JP"))
    ]
    assert files[0] == files[1] == files[2]


def test_rounds_of_a_step_by_distance_come_close_to_it(phone: Page, library: Library) -> None:
    """At an easy pace, which is 8 km an hour and 5.5 when walking."""
    for programme, steps in watched(library).items():
        fold = opened(phone, programme)
        for at, step in enumerate(steps):
            if step.total_metres and step.intervals:
                fold.get_by_label("Which step?").select_option(index=at)
                done = read_text(text_of(fold))
                metres = sum(s * (8 if name == "Run" else 5.5) / 3.6 for name, _, s in done)
                assert abs(metres / step.total_metres.low - 1) < 0.2, (step.name, metres)


def test_a_text_is_as_intervals_icu_reads_it(clipboard: Page) -> None:
    fold = opened(clipboard, "couch-to-5k")
    fold.get_by_label("Which step?").select_option(label="Week 2")
    fold.get_by_role("button", name="Copy for intervals.icu").click()
    expect(fold.get_by_role("status")).to_contain_text("Copied.")
    rule, *blocks = clipboard.evaluate("navigator.clipboard.readText()").split("\n\n")
    assert rule.startswith("Stop: ")
    assert blocks == ["5x\n- Run 1m30s\n- Walk 2m", "- Run 1m30s\n- Walk 1m\n"]


def test_where_nothing_can_be_copied_the_text_is_selected(phone: Page) -> None:
    phone.goto("programmes/walk-run-return/")
    phone.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()); }")
    phone.locator("summary", has_text="On your watch").press("Enter")
    phone.get_by_role("button", name="Copy for intervals.icu").press("Enter")
    expect(phone.get_by_text("The text is selected.")).to_be_visible()
    assert "3x\n- Walk 2m\n- Run 3m" in phone.evaluate("String(getSelection())")


def test_the_scripts_come_when_the_fold_is_opened(phone: Page) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    phone.goto("programmes/walk-run-return/")
    expect(phone.locator("#sg-planner")).to_be_visible()
    assert not {"watch.js", "fit.js", "workout.js"} & set(asked)
    phone.locator("summary", has_text="On your watch").click()
    expect(phone.get_by_label("Which step?")).to_be_visible()
    assert {"watch.js", "fit.js", "workout.js"} <= set(asked)


def test_its_scripts_are_small() -> None:
    names = ("watch.js", "workout.js", "fit.js")
    scripts = [(ROOT / "content" / "assets" / name).read_bytes() for name in names]
    assert sum(len(gzip.compress(script, mtime=0)) for script in scripts) < 4200


def test_programmes_without_runs_have_no_watch(phone: Page) -> None:
    phone.goto("programmes/hip-and-core-routine/")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert phone.locator("#sg-watch").count() == 0


CUT_FREE: Final = """async ([source, blocks, notes]) => {
    const { fitWorkout } = await import(source);
    const words = { run: "Läufst", walk: "Walk" };
    const made = fitWorkout({ name: "x", notes, blocks, words, created: 1767225600000, serial: 7 });
    return [...made];
}"""


def test_long_notes_end_after_a_whole_sign(phone: Page) -> None:
    phone.goto("programmes/walk-run-return/")
    source = json.loads(phone.evaluate("JSON.stringify(new URL('../../assets/fit.js', location))"))
    blocks = [{"times": 1, "parts": [{"run": True, "seconds": 60}]}]
    raw = bytes(phone.evaluate(CUT_FREE, [source, blocks, "é" * 400]))
    _, workout, step = decoded(raw)
    assert workout["wkt_description"] == step["notes"] == "é" * 125
    assert step["wkt_step_name"] == "Läufst"
