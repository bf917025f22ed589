"""Builds synthetic knowledge bases with us and with MkDocs + Material + gen-files, in turn.

    make bench                      small and medium
    make bench BENCH="large -n 1"   another size, another number of runs
    make bench BENCH=thousand       `strideguide check` alone, with 1,000 conditions

Prints medians and ratios and adds a dated table to bench/RESULTS.md.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

import yaml
from mkdocs.utils.yaml import yaml_load
from synthetic import write

ROOT = Path(__file__).parent.parent
WORK = ROOT / ".cache" / "bench"
RESULTS = Path(__file__).parent / "RESULTS.md"
SIZES = {"small": 30, "medium": 300, "thousand": 1000, "large": 3000}
CHECK_ALONE = "thousand"
PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "pyyaml", "markdown-it-py", "syllapy")
GEN_FILES = "mkdocs-gen-files==0.5.0"
STRIDEGUIDE = [sys.executable, "-m", "generator"]
OUR_PAGES = [sys.executable, str(ROOT / "bench/our_pages.py"), "build"]
START_UP = "from mkdocs.config import load_config; load_config('mkdocs.yml')"


GOALS = {
    "small": {},
    "medium": {"ratio": 0.4, "warm": 1.0, "seen": 0.4, "check": 1.0, "index": 150},
    "thousand": {"check": 3.0},
    "large": {"ratio": 0.3, "warm": 3.0, "seen": 1.0, "check": 6.0, "index": 300, "memory": 300},
}
"""At most: the ratio of CPU and wall time, seconds (warm: beyond start-up), kB, MB."""


@dataclass(frozen=True)
class Run:
    """One run of a command: CPU and wall seconds, peak memory in MB."""

    cpu: float
    wall: float
    memory: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="*", choices=[*SIZES, []], default=[])
    parser.add_argument("-n", "--runs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sizes = asked.sizes or ["small", "medium"]
    rows: list[str] = []
    for size in sizes:
        if size == CHECK_ALONE:
            ours = _project(size, asked.seed, "ours")
            rows += _check_rows("1,000 conditions", ours, asked.runs, GOALS[size])
        else:
            rows += _measure(size, asked.runs, asked.seed, _baseline())
    _report(rows, asked.runs)


def _measure(size: str, runs: int, seed: int, baseline: Path) -> list[str]:
    ours, theirs = _project(size, seed, "ours"), _project(size, seed, "gen-files")
    cold: list[Run] = []
    base: list[Run] = []
    for _ in range(runs):
        _forget(ours)
        cold.append(_run(OUR_PAGES, ours))
        base.append(_run([str(baseline), "-m", "mkdocs", "build", "-q"], theirs))
    pages = len(list((ours / "site").rglob("index.html")))
    assert pages == len(list((theirs / "site").rglob("index.html")))
    name, goals = f"{size}, {pages} pages", GOALS[size]
    start_up = _run([sys.executable, "-c", START_UP], ours)
    warm = _warm(ours, runs)
    _forget(ours)
    everything = [_run([*STRIDEGUIDE, "build"], ours)]
    index = ours / "site/assets/search.json"
    index_kb = len(gzip.compress(index.read_bytes(), 6)) / 1000
    seen = _save_to_seen(ours)
    ratio = median(r.cpu for r in cold) / median(r.cpu for r in base)
    peak = max(r.memory for r in cold)
    beyond = median(r.cpu for r in warm) - start_up.cpu
    return [
        _row(f"{name}: MkDocs + Material + gen-files, cold", base),
        _row(f"{name}: ours, the same pages, cold", cold, base)
        + _verdict(ratio, goals.get("ratio"), "of its CPU")
        + _verdict(peak, goals.get("memory"), "MB"),
        _row(f"{name}: start-up alone, up to the settings", [start_up]),
        _row(f"{name}: ours, the same pages, one record edited", warm)
        + _verdict(beyond, goals.get("warm"), "CPU s beyond start-up"),
        _row(f"{name}: ours with everything, cold", everything),
        *_check_rows(name, ours, runs, goals),
        f"| {name}: save to seen, with everything | | {seen:.2f} | | |"
        + _verdict(seen, goals.get("seen"), "s"),
        f"| {name}: search index, gzip | | | | {index_kb:.0f} kB |"
        + _verdict(index_kb, goals.get("index"), "kB"),
    ]


def _forget(project: Path) -> None:
    """Delete what builds leave, so that the next one starts from nothing."""
    for name in (".cache", "site"):
        shutil.rmtree(project / name, ignore_errors=True)


def _verdict(found: float, goal: float | None, unit: str) -> str:
    """Whether a goal is met, as words at the end of a row."""
    if goal is None:
        return ""
    return f" {'met' if found <= goal else '**not met**'}: {found:.3g} of at most {goal:g} {unit} "


def _warm(project: Path, runs: int) -> list[Run]:
    found = []
    for number in range(runs):
        _edit(project, number)
        found.append(_run(OUR_PAGES, project))
    return found


def _check_rows(name: str, project: Path, runs: int, goals: dict[str, float]) -> list[str]:
    """Checks from nothing, and after an edit of one record each.

    Two cores work on large data, so what a person waits for is less than what it costs.
    """
    goal = goals.get("check")
    return [
        _row(f"{name}: check alone, {since}", found)
        + _verdict(median(r.wall for r in found), goal, "s of waiting")
        + _verdict(median(r.cpu for r in found), goal, "CPU s")
        for since, found in zip(
            ("nothing kept", "one record edited since"), _checks(project, runs), strict=True
        )
    ]


def _checks(project: Path, runs: int) -> tuple[list[Run], list[Run]]:
    command = [sys.executable, "-m", "generator", "check"]
    cold: list[Run] = []
    warm: list[Run] = []
    for number in range(runs):
        shutil.rmtree(project / ".cache", ignore_errors=True)
        cold.append(_run(command, project))
        _edit(project, 200 + number)
        warm.append(_run(command, project))
    return cold, warm


def _edit(project: Path, number: int) -> str:
    """Change the words of one condition; gives back what the page then says."""
    path = project / "data/conditions.yaml"
    words = f"Edited for the {number}th time"
    lines = path.read_text(encoding="utf-8").split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("    brought_on_by:"))
    lines[at] = f"    brought_on_by: {words}"
    path.write_text("\n".join(lines), encoding="utf-8")
    return words


def _free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _save_to_seen(project: Path) -> float:
    """Median seconds from the write of a file until the served page has the new words."""
    address = f"127.0.0.1:{_free_port()}"
    url = f"http://{address}/conditions/condition-0001/"
    log = project / "serve.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [*STRIDEGUIDE, "serve", "--address", address],
            cwd=project, stdout=output, stderr=output,
        ) as server,
    ):  # fmt: skip
        try:

            def page() -> str:
                if server.poll() is not None:
                    said = log.read_text(encoding="utf-8")[-4000:]
                    raise SystemExit(f"The server ended with {server.returncode}.\n{said}")
                try:
                    with urllib.request.urlopen(url, timeout=5) as answer:
                        return str(answer.read(), "utf-8")
                except OSError:
                    return ""

            _wait(lambda: bool(page()))
            time.sleep(2)
            found = []
            for number in range(100, 105):
                words = _edit(project, number)
                found.append(_wait(lambda words=words: words in page()))  # type: ignore[misc]
                time.sleep(1)
            return median(found)
        finally:
            server.terminate()


def _wait(holds: Callable[[], bool]) -> float:
    started = time.perf_counter()
    while not holds():
        if time.perf_counter() - started > 900:
            raise SystemExit("The page did not change within 15 minutes.")
        time.sleep(0.01)
    return time.perf_counter() - started


def _run(command: list[str], folder: Path) -> Run:
    """Run a command to its end; it must succeed."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT)}
    environment["PYTHONDONTWRITEBYTECODE"] = ""  # As everywhere, modules are compiled once.
    started = time.perf_counter()
    with open(folder / "log.txt", "wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit((folder / "log.txt").read_text()[-4000:])
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1000)


def _project(size: str, seed: int, engine: str) -> Path:
    """A project with the synthetic data, our theme and settings, and no articles."""
    folder = WORK / f"{size}-{engine}"
    shutil.rmtree(folder, ignore_errors=True)
    write(folder / "data", SIZES[size], seed)
    shutil.copytree(ROOT / "content/assets", folder / "content/assets")
    shutil.copytree(ROOT / "theme", folder / "theme")
    settings: Any = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    settings["extra"]["pictures"] = False
    settings["nav"] = _generated_only(settings["nav"])
    if engine == "gen-files":
        settings["plugins"] = ["search", {"gen-files": {"scripts": ["gen_pages.py"]}}]
        shutil.copy(ROOT / "bench/gen_pages.py", folder)
        (folder / "repository").write_text(str(ROOT), encoding="utf-8")
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    return folder


def _generated_only(nav: list[Any]) -> list[Any]:
    kept: list[Any] = []
    for item in nav:
        for title, inner in item.items():
            if isinstance(inner, list):
                kept.append({title: _generated_only(inner)})
            elif not (ROOT / "content" / inner).exists():
                kept.append({title: inner})
    return kept


def _baseline() -> Path:
    """The baseline's Python, in an environment of its own with the versions of ours."""
    python = WORK / "venv/bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", WORK / "venv"], check=True)
        wanted = [GEN_FILES, *(f"{name}=={version(name)}" for name in PACKAGES)]
        subprocess.run([python, "-m", "pip", "install", "-q", *wanted], check=True)
    return python


def _row(name: str, runs: list[Run], base: list[Run] | None = None) -> str:
    cpu, wall = median(r.cpu for r in runs), median(r.wall for r in runs)
    memory = max(r.memory for r in runs)
    ratio = ""
    if base:
        of_cpu = cpu / median(r.cpu for r in base)
        ratio = f"CPU {of_cpu:.2f}, wall {wall / median(r.wall for r in base):.2f}"
    return f"| {name} | {cpu:.2f} | {wall:.2f} | {memory:.0f} | {ratio} |"


def _report(rows: list[str], runs: int) -> None:
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    text = "\n".join(
        [
            f"## {date.today().isoformat()}",
            "",
            f"{machine}; load {os.getloadavg()[0]:.1f} at the end; medians of {runs} runs; "
            f"{versions}, {GEN_FILES}.",
            "",
            "| what | CPU s | wall s | peak MB | ratio, or size | goal |",
            "|---|---|---|---|---|---|",
            *(f"{row} |" for row in rows),
            "",
        ]
    )
    print(text)
    with open(RESULTS, "a", encoding="utf-8") as results:
        results.write(f"\n{text}")


if __name__ == "__main__":
    main()
