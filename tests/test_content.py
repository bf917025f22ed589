"""What content/ may hold: nothing that runs in a reader's browser, no link out of the project.

Each file is put into the content folder of the small library, and is told where it is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from small import ROOT, small_project, within

from generator.check import load_and_check
from generator.cli.main import cli
from generator.diagnostics import Diagnostic

HEAD: Final = "# A page\n\n"

ARTICLES: Final[dict[str, tuple[str, int, str]]] = {
    # Scripts
    "script": (f"{HEAD}<script>alert(1)</script>\n", 3, "raw-html"),
    "script in capitals": (f"{HEAD}So <SCRIPT src=x></SCRIPT>\n", 3, "raw-html"),
    "tag over two lines": (f"{HEAD}<img src=x\nonerror=alert(1)>\n", 3, "raw-html"),
    "event handler": (f'{HEAD}Text\n\n<p onclick="a()">b</p>\n', 5, "raw-html"),
    "frame": (f"{HEAD}<iframe src='https://a.example'></iframe>\n", 3, "raw-html"),
    "style": (f"{HEAD}<style>body{{display:none}}</style>\n", 3, "raw-html"),
    "tag in code": (f"{HEAD}    <b>\n", 3, "raw-html"),
    "processing instruction": (f"{HEAD}<?php x ?>\n", 3, "raw-html"),
    "comment that ends in a tag": (f"{HEAD}<!-- a --><b>\n", 3, "raw-html"),
    "handler as an attribute": (f"{HEAD}Text {{: onclick=alert(1) }}\n", 3, "active-text"),
    "style as an attribute": (f'{HEAD}# T {{ style="x" }}\n', 3, "active-text"),
    "script as an address": (f"{HEAD}[a](javascript:alert(1))\n", 3, "active-text"),
    "script in brackets": (f"{HEAD}[a](< JavaScript:alert(1)>)\n", 3, "active-text"),
    "script by entities": (f"{HEAD}[a](&#106;ava&Tab;script&colon;alert(1))\n", 3, "active-text"),
    "script by reference": (f"{HEAD}[a][b]\n\n[b]: vbscript:x\n", 5, "active-text"),
    "data as an address": (f"{HEAD}[a](data:text/html;base64,xx)\n", 3, "active-text"),
    "file as an address": (f"{HEAD}[a](file:///etc/passwd)\n", 3, "active-text"),
    "script as an automatic link": (f"{HEAD}<javascript:alert(1)>\n", 3, "raw-html"),
    "picture from elsewhere": (f"{HEAD}![a](https://a.example/x.png)\n", 3, "far-picture"),
    "picture from elsewhere, without https": (f"{HEAD}![a](//a.example/x)\n", 3, "far-picture"),
    # Text
    "braces of a template": (f"{HEAD}It is {{{{ 7*7 }}}}.\n", 3, "unknown-placeholder"),
    "a placeholder": (f"{HEAD}Call {{emergency}}.\n", 3, "unknown-placeholder"),
    "a number of one country": (f"{HEAD}Call 911 now.\n", 3, "number-of-one-country"),
    "a Cyrillic letter": (f"{HEAD}The p\u0430in.\n", 3, "odd-letters"),
    "a letter without width": (f"{HEAD}The p\u200bain.\n", 3, "bad-character"),
    # Front matter
    "template": ("---\ntemplate: ../../../x\n---\n# A\n", 2, "unknown-template"),
    "template by its whole path": ("---\ntemplate: /etc/passwd\n---\n# A\n", 2, "unknown-template"),
    "template that is none": ("---\ntitle: A\ntemplate: x.html\n---\n", 3, "unknown-template"),
    "field of the theme": ("---\nlinked_data: </script>\n---\n# A\n", 2, "unknown-field"),
    "field that is misspelt": ("---\ntitel: A\n---\n# A\n", 2, "unknown-field"),
    "title with a script": ("---\ntitle: <script>\n---\n# A\n", 2, "raw-html"),
    "title that is a list": ("---\ntitle: [a]\n---\n# A\n", 2, "wrong-type"),
    "hidden by a word": ("---\nhide: navigation\n---\n# A\n", 2, "wrong-type"),
    "hidden what is not there": ("---\nhide: [all]\n---\n# A\n", 2, "unknown-value"),
    "search that is a word": ("---\nsearch: no\n---\n# A\n", 2, "wrong-type"),
    "list": ("---\n- a\n---\n# A\n", 2, "wrong-type"),
    "a word": ("---\nhello\n---\n# A\n", 2, "wrong-type"),
    "broken": ("---\ntitle: [\n---\n# A\n", 2, "yaml-syntax"),
    "object": ("---\ntitle: !!python/name:os.x a\n---\n# A\n", 2, "yaml-trick"),
    "twice": ("---\ntitle: A\ntitle: B\n---\n# A\n", 3, "duplicate-key"),
    "a script in a comment that MkDocs prints": (
        "---\ntitle: 2027-13-45\n# <script>\n---\n# A\n",
        3,
        "raw-html",
    ),
    "without an end": ("---\ntitle: A\n\n# A\n", 1, "open-front-matter"),
    "without its lines": ("template: ../../../x\n\n# A\n", 1, "open-front-matter"),
}
"""Text of an article -> the line and the code of its only finding."""

SOUND_ARTICLES: Final = (
    "---\ntitle: A\ndescription: 'B: c'\nhide: [toc]\nsearch:\n  exclude: true\n---\n# A\n",
    f"{HEAD}<https://a.example/b> and [a](about.md), [b](https://a.example), [c](#d), 3 < 4.\n",
    f"{HEAD}<!-- A note. -->\n\n| a | b |\n|---|---|\n| `{{x}}` | c & d |\n",
    f'{HEAD}```json\n{{"a": 1}}\n```\n\n![A foot](foot.png)\n',
)

SVG: Final = '<svg xmlns="http://www.w3.org/2000/svg">\n{}\n</svg>\n'
DRAWINGS: Final = (
    "<script>alert(1)</script>",
    '<s:script xmlns:s="http://www.w3.org/2000/svg">a</s:script>',
    '<rect onload="alert(1)"/>',
    '<rect\tONCLICK = "a()"/>',
    "<foreignObject><p/></foreignObject>",
    '<a href="javascript:alert(1)"><rect/></a>',
    '<a xlink:href="https://a.example"><rect/></a>',
    '<image href="http://a.example/x.png"/>',
    '<use href="data:image/svg+xml;base64,xx"/>',
    '<set attributeName="href" to="x"/>',
    "<style>@import 'x'</style>",
    '<rect style="fill: url(https://a.example)"/>',
    '<!ENTITY a "b">',
)

FILES: Final[dict[str, tuple[str, str]]] = {
    "page.html": ("unexpected-file", "call it `page.md`"),
    "topics/page.HTM": ("unexpected-file", "call it `page.md`"),
    "page.markdown": ("unexpected-file", "call it `page.md`"),
    "page.MD": ("unexpected-file", "call it `page.md`"),
    "script.js": ("unexpected-file", "into content/assets/"),
    "topics/style.css": ("unexpected-file", "into content/assets/"),
    "assets/page.html": ("unexpected-file", "call it `page.md`"),
    "_headers": ("unexpected-file", "Take it out"),
    "feed.xml": ("unexpected-file", "Take it out"),
    "drawing.svgz": ("unexpected-file", "Take it out"),
    "<img onerror=a>.md": ("odd-name", "Rename it"),
    "a\nb.md": ("odd-name", "Rename it"),
    "two words.png": ("odd-name", "Rename it"),
}
"""File that may not be in content/ -> the finding about it, and its help."""

PLACES: Final[dict[str, tuple[Callable[[Path], object], str]]] = {
    "link out of the project": (lambda path: path.symlink_to("/etc/passwd"), "link-leaves"),
    "link out of the folder": (lambda path: path.symlink_to("../data/signs.yaml"), "link-leaves"),
    "link to a folder": (lambda path: path.symlink_to("/etc"), "link-leaves"),
    "link to its own folder": (lambda path: path.symlink_to("."), "link-leaves"),
    "link that leads nowhere": (lambda path: path.symlink_to("nowhere"), "link-leaves"),
    "link that leads to itself": (lambda path: path.symlink_to(path), "link-leaves"),
    "pipe": (os.mkfifo, "not-a-file"),
    "bytes": (lambda path: path.write_bytes(b"# A\n\n\xff\n"), "not-utf8"),
    "huge": (lambda path: path.write_bytes(b"word " * 200_000), "file-too-large"),
}

CONTENT_CODES: Final = frozenset(
    [
        *(code for _, _, code in ARTICLES.values()),
        *(code for code, _ in FILES.values()),
        *(code for _, code in PLACES.values()),
        "active-drawing",
    ]
)
"""Every code that a test here expects."""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The content folder of a sound project, its theme beside it."""
    return small_project(tmp_path / "project") / "content"


def found_in(content: Path) -> tuple[Diagnostic, ...]:
    return load_and_check(content.parent / "data", content).diagnostics


@pytest.mark.parametrize("text, line, code", ARTICLES.values(), ids=ARTICLES)
def test_an_article_that_is_no_plain_markdown(
    text: str, line: int, code: str, content: Path
) -> None:
    (content / "page.md").write_text(text, encoding="utf-8")
    [finding] = found_in(content)
    assert (finding.place.path, finding.place.line) == (f"{content.as_posix()}/page.md", line)
    assert finding.code == code
    assert finding.help


@pytest.mark.parametrize("text", SOUND_ARTICLES)
def test_an_article_that_is(text: str, content: Path) -> None:
    (content / "page.md").write_text(text, encoding="utf-8")
    assert found_in(content) == ()


@pytest.mark.parametrize("inner", DRAWINGS)
def test_a_drawing_that_is_more(inner: str, content: Path) -> None:
    (content / "foot.svg").write_text(SVG.format(inner), encoding="utf-8")
    [finding] = found_in(content)
    assert (finding.code, finding.place.line) == ("active-drawing", 2)


def test_a_drawing_that_is_one(content: Path) -> None:
    inner = '<defs><g id="a"/></defs><use href="#a"/><rect style="fill: url(#a)"/>'
    (content / "foot.svg").write_text(SVG.format(inner), encoding="utf-8")
    assert found_in(content) == ()


@pytest.mark.parametrize("name, code, help_text", [(name, *told) for name, told in FILES.items()])
def test_a_file_that_may_not_be_there(name: str, code: str, help_text: str, content: Path) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("x\n", encoding="utf-8")
    [finding] = found_in(content)
    assert finding.place.path == (content / name).as_posix()
    assert finding.code == code
    assert help_text in finding.help


@pytest.mark.parametrize("name", ["notes.txt", "foot.png", "assets/more.js", ".gitkeep"])
def test_a_file_that_may(name: str, content: Path) -> None:
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("x\n", encoding="utf-8")
    assert found_in(content) == ()


@pytest.mark.parametrize("put, code", PLACES.values(), ids=PLACES)
def test_what_is_in_the_place_of_an_article(
    put: Callable[[Path], object], code: str, content: Path
) -> None:
    put(content / "page.md")
    [finding] = found_in(content)
    assert (finding.place.path, finding.code) == (f"{content.as_posix()}/page.md", code)


@pytest.mark.parametrize("folder", ["data", "theme", "content/.git"])
def test_links_leave_no_folder_of_the_project(folder: str, content: Path) -> None:
    (content.parent / folder).mkdir(exist_ok=True)
    (content.parent / folder / "link.txt").symlink_to("/etc/passwd")
    [finding] = found_in(content)
    assert finding.code == "link-leaves"
    assert finding.place.path.endswith(f"{folder}/link.txt")


def test_a_name_that_is_no_text(content: Path) -> None:
    """The report can be printed all the same."""
    Path(os.fsdecode(os.fsencode(content / "page") + b"\xff.md")).write_text("# A\n")
    arguments = ["check", str(content.parent / "data"), "--content-dir", str(content)]
    result = CliRunner().invoke(cli, arguments)
    assert isinstance(result.exception, SystemExit)
    assert "error[odd-name]" in result.output


@pytest.mark.parametrize("unit", ["![", "[a](", "{a", "{", "<", "`", "&#106;", "j ", "call ", "[["])
def test_a_long_article_hangs_nothing(unit: str, content: Path) -> None:
    text = unit * (400_000 // len(unit))
    (content / "page.md").write_text(f"# A\n\n{text}\n", encoding="utf-8")
    with within(20):
        found_in(content)


def test_a_link_that_stays_is_fine(content: Path) -> None:
    (content / "again.md").symlink_to("about.md")
    assert found_in(content) == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["template", "link out of the project", "script"])
def test_a_build_stops_with_the_same_finding(name: str, content: Path) -> None:
    """And without a traceback."""
    if name in ARTICLES:
        text, _, code = ARTICLES[name]
        (content / "page.md").write_text(text, encoding="utf-8")
    else:
        put, code = PLACES[name]
        put(content / "page.md")
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build"], cwd=content.parent, capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert f"error[{code}]" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (content.parent / "site/page").exists()
