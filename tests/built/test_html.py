"""The HTML of every page is right, by the Nu HTML checker."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Final

import pytest
from judges import npm_packages
from small import ROOT

OLD_CSS: Final = ("container-type", "@container", "paint-order")
"""What the checker's own CSS parser is too old for."""
TAG: Final = re.compile(r"<(/?[a-z][a-z0-9-]*)([^<>]*)>")
ADDRESS: Final = re.compile(r'(?<=\shref=")[^"]*|(?<=\ssrc=")[^"]*')
FREE: Final = re.compile(
    r'(?<!\stype)(?<!\srel)(?<!\srole)(?<!\sscope)(?<!\sloading)=(?:"[^"]*"|[^\s>"]+)'
)
"""The value of an attribute that may be any text."""
Pair = tuple[tuple[str, str], tuple[str, str]]


def neighbours(html: str) -> set[Pair]:
    """Each two tags that follow each other, with their attributes."""
    tags = [(tag, FREE.sub("", rest)) for tag, rest in TAG.findall(html)]
    return set(pairwise(tags))


def with_something_new(pages: Iterable[Path]) -> list[Path]:
    """Each page in which two tags meet that met in none before: others repeat what these say."""
    seen: set[Pair] = set()
    found = []
    for path in pages:
        new = neighbours(path.read_text(encoding="utf-8")) - seen
        if new:
            found.append(path)
            seen |= new
    return found


def written(path: Path, body: str) -> Path:
    path.write_text(f'<!doctype html><html lang="en"><title>Test</title><p>{body}</p></html>')
    return path


def test_the_html_is_right(site_dir: Path, tmp_path: Path) -> None:
    """Every way in which tags meet on the site, cards and doors too, and every address in it."""
    if not shutil.which("java"):
        pytest.skip("the Nu HTML checker needs Java")
    jar = npm_packages("nu") / "vnu-jar/build/dist/vnu.jar"
    java = ["java", "-Xss4m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]  # It runs once.
    checker = [*java, "-jar", str(jar), "--errors-only", "--exit-zero-always"]
    every = sorted(site_dir.rglob("*.html"))
    pages = with_something_new(every)
    assert 30 < len(pages) < len(every) / 4
    found = {one for path in every for one in ADDRESS.findall(path.read_text(encoding="utf-8"))}
    links = "".join(f'<a href="{address}">x</a>' for address in sorted(found))
    addresses = written(tmp_path / "addresses.html", links)
    wrong = written(tmp_path / "wrong.html", '<b autocomplete="off">It shows that he looked.</b>')
    result = subprocess.run(
        [*checker, *map(str, (*pages, addresses, wrong))],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    errors = [line for line in result.stderr.splitlines() if not any(w in line for w in OLD_CSS)]
    assert len(errors) == 1, "\n".join(errors[:20])
    assert wrong.name in errors[0]
