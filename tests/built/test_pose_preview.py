"""The pose preview: one figure, drawn again whenever its data are saved."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from small import change, sound_copy

from generator.check import load_and_check
from generator.pages.pose_preview import bench_figure, bench_server


def test_the_bench_follows_the_data_and_shows_their_findings(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    id_ = next(iter(load_and_check(data).library.motions))
    before = bench_figure(data, id_)
    assert "this figure is sound" in before
    change(data / "exercises.yaml", "knee_flexion: 95", "knee_flexion: 60")
    after = bench_figure(data, id_)
    assert after != before
    change(data / "exercises.yaml", "knee_flexion: 60", "knee_flexion: 600")
    assert "`knee_flexion` must be between" in bench_figure(data, id_)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a pose preview, and the exercises that it shows."""
    data = sound_copy(tmp_path)
    id_ = next(iter(load_and_check(data).library.motions))
    server = bench_server(data, id_, 0)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", data / "exercises.yaml"
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_bench_page_redraws_on_save_and_shows_what_is_wrong(
    bench: tuple[str, Path], browser: Browser
) -> None:
    address, exercises = bench
    page = browser.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(address)
    expect(page.locator("main")).to_contain_text("this figure is sound")
    drawn = page.locator("main ol svg").last.inner_html()
    change(exercises, "knee_flexion: 95", "knee_flexion: 60")
    page.wait_for_function(
        "before => document.querySelector('main ol li:last-child svg')?.innerHTML !== before",
        arg=drawn,
    )
    change(exercises, "knee_flexion: 60", "knee_flexion: 600")
    expect(page.locator("main pre")).to_contain_text("`knee_flexion` must be between")
    change(exercises, "knee_flexion: 600", "knee_flexion: {")
    expect(page.locator("main pre")).to_contain_text("`knee_flexion` must be a whole number")
    page.reload()
    expect(page.locator("main pre")).to_contain_text("`knee_flexion` must be a whole number")
    change(exercises, "knee_flexion: {", "knee_flexion: 95")
    expect(page.locator("main")).to_contain_text("this figure is sound")
    assert troubles == []
    page.close()


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "\0", "calf: [", "? {}\n", "calf-stretch: {figure: {frames: 3}}\n"]
)
def test_the_bench_shows_a_message_for_any_file(bench: tuple[str, Path], text: str) -> None:
    address, exercises = bench
    exercises.write_text(text, encoding="utf-8")
    for path in ("", "figure"):
        with urllib.request.urlopen(address + path) as answer:
            shown = answer.read().decode()
        assert "error[" in shown
        assert "Traceback" not in shown
