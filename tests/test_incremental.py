"""A build makes only what an edit touches, and gives the bytes of a build from nothing."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands.build import build
from mkdocs.config import load_config
from synthetic import write
from synthetic_project import built, edited, made, site_bytes

from generator.check import load_and_check
from generator.host.incremental import OutputCache
from generator.library.site import Site

CONDITION = "conditions/condition-0001/index.html"


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Preview pictures as they are before they are drawn, which takes long."""
    monkeypatch.setattr("generator.host.incremental.png_of", str.encode)


# The outputs


def test_an_edit_makes_only_what_it_touches(project: Path) -> None:
    cache = OutputCache(project / "outputs")
    before = made(cache)
    everything = len(cache.made)
    assert made(cache) == before
    assert cache.made == []
    edited("conditions.yaml", "onset: Little by little", "onset: All at once")
    after = made(OutputCache(project / "outputs"))
    again = OutputCache(project / "outputs")
    assert made(again) == after == made(OutputCache(project / "other"))
    assert again.made == []
    differ = {uri for uri in after if after[uri] != before[uri]}
    assert "conditions/condition-0001.md" in differ
    assert made(cache) == after
    assert differ <= set(cache.made)
    assert len(cache.made) < everything / 3


def _without_one(rng: random.Random, text: str) -> str:
    """Without one record at the end of a file."""
    starts = [match.start() for match in re.finditer(r"^[a-z]", text, re.MULTILINE)]
    return text[: starts[-1]] if len(starts) > 1 else text


def _with_two_swapped(rng: random.Random, text: str) -> str:
    """With a record before the one that it came after."""
    starts = [match.start() for match in re.finditer(r"^[a-z]", text, re.MULTILINE)]
    if len(starts) < 3:
        return text
    at = rng.randrange(len(starts) - 2)
    one, two, end = starts[at : at + 3]
    return text[:one] + text[two:end] + text[one:two] + text[end:]


EDITS: tuple[tuple[str, Callable[[random.Random, str], str]], ...] = (
    ("conditions.yaml", lambda r, t: _replaced(r, t, r"place: .*", f"place: Spot {r.random()}")),
    ("conditions.yaml", lambda r, t: _replaced(r, t, r"name: Cond.*", f"name: Cond {r.random()}")),
    ("conditions.yaml", lambda r, t: _replaced(r, t, r"sign: sign-00\d\d", "sign: sign-0010")),
    ("signs.yaml", lambda r, t: _replaced(r, t, r"  kind: pain", "  kind: swelling")),
    ("signs.yaml", lambda r, t: _replaced(r, t, r"\nsign-00", "\n# a line more\nsign-00")),
    ("conditions.yaml", lambda r, t: f"# a line more\n{t}"),
    ("exercises.yaml", lambda r, t: f"{t}# a line more\n"),
    ("exercises.yaml", lambda r, t: _replaced(r, t, r"level: start", "level: build")),
    ("conditions.yaml", _without_one),
    ("signs.yaml", _with_two_swapped),
    ("glossary.yaml", _with_two_swapped),
    ("glossary.yaml", _without_one),
    (
        "glossary.yaml",
        lambda r, t: f"{t}a-{r.randrange(10**6)}:\n  name: Word\n  meaning: A word.\n",
    ),
    ("references.yaml", lambda r, t: _replaced(r, t, r"title: .*", f"title: T {r.random()}")),
    ("regions.yaml", lambda r, t: _replaced(r, t, r"name: Reg.*", f"name: Reg {r.random()}")),
    ("care.yaml", lambda r, t: _replaced(r, t, r"  name: .*", f"  name: Soon {r.random()}")),
    ("glossary.yaml", lambda r, t: _replaced(r, t, r"meaning: .*", f"meaning: M {r.random()}.")),
    (
        "pain-rules.yaml",
        lambda r, t: _replaced(r, t, r"    stop: .*", f"    stop: S {r.random()}."),
    ),
)


def _replaced(rng: random.Random, text: str, pattern: str, new: str) -> str:
    found = list(re.finditer(pattern, text))
    at = rng.choice(found) if found else None
    return text[: at.start()] + new + text[at.end() :] if at else text


@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_any_edits_give_what_a_start_from_nothing_gives(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    rng = random.Random(seed)
    folder = tmp_path_factory.mktemp("edits")
    write(folder / "data", conditions=6, seed=seed % 7)
    (folder / "content").mkdir()
    serving = OutputCache(folder / "serving")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for number in range(3):
            file, edit = rng.choice(EDITS)
            path = Path("data", file)
            path.write_text(edit(rng, path.read_text()))
            if not load_and_check(Path("data")).stops_build(strict=False):
                cold = made(OutputCache(folder / f"cold-{number}"))
                assert made(OutputCache(folder / "building")) == cold
                assert made(serving) == cold


def test_an_edit_whose_build_failed_is_not_forgotten(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = OutputCache(project / "outputs")
    made(cache)
    edited("conditions.yaml", "place: The", "place: Right at the")
    with monkeypatch.context() as patch:
        patch.setattr("generator.pages.finder_data.compact_json", lambda body: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            made(cache)
    assert made(cache) == made(OutputCache(project / "cold"))


def test_a_file_that_somebody_changed_or_deleted_is_made_again(project: Path) -> None:
    folder = project / "outputs"
    before = made(OutputCache(folder))
    (folder / "get-help.md").write_text("changed")
    (folder / "index.md").unlink()
    cache = OutputCache(folder)
    assert made(cache) == before
    assert set(cache.made) == {"get-help.md", "index.md"}
    (folder / "index.json").write_text("[1")
    assert made(OutputCache(folder)) == before


def test_the_options_are_part_of_every_key(project: Path) -> None:
    checked = load_and_check(Path("data"), Path("content"))
    countries = list(checked.library.countries.values())
    site = Site(checked.library, countries[0], checked.diagnostics)
    cache = OutputCache(project / "outputs")
    cache.make(site, checked.entries)
    before = (project / "outputs/get-help.md").read_text()
    cache.make(replace(site, country=countries[1]), checked.entries)
    assert (project / "outputs/get-help.md").read_text() != before


# The site


def strideguide_build() -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build"]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def built_again() -> dict[str, bytes]:
    """The folder `site`, after a build that may go on with what is there."""
    result = strideguide_build()
    assert result.returncode == 0, result.stdout + result.stderr
    return site_bytes(Path("site"))


def times() -> dict[str, int]:
    """When each page of the folder `site` was written."""
    return {
        p.relative_to("site").as_posix(): p.stat().st_mtime_ns for p in Path("site").rglob("*.html")
    }


def test_a_build_again_is_the_same_and_writes_only_the_pages_that_differ(project: Path) -> None:
    before = built_again()
    assert before == built(project / "cold", cold=True)
    assert built_again() == before
    written = times()
    edited("conditions.yaml", "onset: Little by little", "onset: All at once")
    after, now = built_again(), times()
    again = {uri for uri in now if now[uri] != written[uri]}
    differ = {uri for uri in now if after[uri] != before[uri]}
    always = {
        "index.html",
        "404.html",
        "offline.html",
        "article/index.html",
        "conditions/index.html",
    }
    assert CONDITION in differ
    assert differ <= again <= differ | always
    assert after == built(project / "cold", cold=True)


def test_what_somebody_did_in_the_folder_is_undone(project: Path) -> None:
    before = built_again()
    page = Path("site", CONDITION)
    page.write_text(page.read_text().replace("Condition", "condition"))
    Path("site/signs/sign-0001/index.html").unlink()
    Path("site/signs/stray.html").write_text("stray")
    assert built_again() == before


def test_what_went_and_what_came_is_seen(project: Path) -> None:
    built_again()
    glossary = Path("data/glossary.yaml")
    glossary.write_text(f"{glossary.read_text()}a-word:\n  name: Word\n  meaning: A word.\n")
    Path("content/article.md").rename("content/other.md")
    warm = built_again()
    assert "article/index.html" not in warm
    assert warm == built(project / "cold", cold=True)


def test_a_record_that_went_leaves_no_page(project: Path) -> None:
    glossary = Path("data/references.yaml")
    text = glossary.read_text()
    glossary.write_text(
        f"{text}a-paper:\n  name: A paper\n" + re.split(r"\n(?=[a-z])", text)[-1].split("\n", 2)[2]
    )
    if load_and_check(Path("data")).stops_build(strict=False):
        pytest.fail("the added reference must be valid")
    assert "references/a-paper/index.html" in built_again()
    glossary.write_text(text)
    assert "references/a-paper/index.html" not in built_again()


def test_data_with_errors_leave_the_last_site(project: Path) -> None:
    before = built_again()
    edited("conditions.yaml", "name: Condition 0001", "nmae: Condition 0001")
    assert strideguide_build().returncode
    assert site_bytes(Path("site")) == before
    assert subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q"], check=False).returncode
    assert site_bytes(Path("site")) == before


def test_the_theme_the_settings_and_the_assets_are_seen_too(project: Path) -> None:
    before = built_again()
    logo = Path("theme/partials/logo.html")
    logo.write_text(logo.read_text() + "<!-- another logo -->")
    after = built_again()
    assert after[CONDITION].count(b"another logo") > 0
    config = Path("mkdocs.yml")
    config.write_text(config.read_text().replace("site_name: StrideGuide", "site_name: Other"))
    renamed = built_again()
    Path("content/assets/new.txt").write_text("new")
    assert built_again() == built(project / "cold", cold=True)
    assert len({before["index.html"], after["index.html"], renamed["index.html"]}) == 3


HOOK = """\
from pathlib import Path

def on_post_page(output, page, config):
    return output + Path("word").read_text()
"""


def test_somebody_elses_hook_is_asked_in_every_build(project: Path) -> None:
    Path("hook.py").write_text(HOOK)
    config = Path("mkdocs.yml")
    config.write_text(f"{config.read_text()}\nhooks: [hook.py]\n")
    for word in ("one", "two"):
        Path("word").write_text(f"<!-- {word} -->")
        assert word.encode() in built_again()[CONDITION]


def test_a_save_is_served_as_a_build_would_show_it(project: Path) -> None:
    site = project / "served"

    def save() -> None:
        config = load_config("mkdocs.yml", site_dir=str(site))
        if not started:
            config.plugins.on_startup(command="serve", dirty=True)
            started.append(True)
        build(config, dirty=True)

    started: list[bool] = []
    save()
    edited("conditions.yaml", "place: The", "place: Right at the")
    before = (site / "conditions/condition-0002/index.html").stat().st_mtime_ns
    save()
    assert b"Right at the" in (site / CONDITION).read_bytes()
    assert (site / "conditions/condition-0002/index.html").stat().st_mtime_ns == before
    edited("conditions.yaml", "name: Condition 0001", "name: Renamed")
    save()
    assert b"Renamed" in (site / "article/index.html").read_bytes()
    edited("conditions.yaml", "name: Renamed", "nmae: Renamed")
    served = site_bytes(site)
    save()
    assert site_bytes(site) == served
