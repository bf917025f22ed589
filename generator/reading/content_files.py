"""What files content/ holds: articles, pictures, and our own scripts and styles in assets/.

Content comes through pull requests, so nothing in it may run in a reader's browser, and no link
may lead out of its folder. Scripts and styles are code, and are reviewed as code.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from generator.diagnostics import Diagnostic, Place
from generator.reading import file_findings as findings
from generator.reading.files import read_file

ARTICLE: Final = ".md"
PICTURES: Final = frozenset({".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp"})
CODE: Final = frozenset({".css", ".js", ".json", ".woff2"})
ASSETS: Final = "assets/"
OUR_CODE: Final = frozenset({"embed.js"})
MAX_ARTICLE_BYTES: Final = 500_000
MAX_FILE_BYTES: Final = 4_000_000

_NAME: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*")
_SVG_TRICKS: Final = re.compile(
    r"<(?:[\w.-]+:)?(?:script|foreignObject|iframe|embed|object|handler|listener)\b"
    r"|[\s\"'/]on[a-z]+\s*="
    r"|(?:javascript|vbscript)\s*:|data:(?!image/(?:png|jpeg|gif|webp)\b)"
    r"|<!(?:ENTITY|DOCTYPE)[^>]*|<\?xml-stylesheet|1999/xhtml|@import"
    r"|\bhref\s*=\s*[\"'](?![#\"'])(?!data:image/)[^\"']*|attributeName\s*=\s*[\"'](?:\w+:)?href"
    r"|url\(\s*[\"']?(?!#)(?!data:image/)[^)\s]{1,40}",
    re.IGNORECASE,
)
"""What makes a drawing run something, or load something from elsewhere."""


def content_files(folder: Path, shown_dir: str) -> tuple[list[Path], list[Diagnostic]]:
    """The articles of the folder in order of their path, and a finding for what may not be there.

    A file with its own finding is no article.
    """
    articles: list[Path] = []
    found: list[Diagnostic] = []
    for path in _walk(folder):
        uri = path.relative_to(folder).as_posix()
        shown = f"{shown_dir}/{_printable(uri)}"
        reported = list(_trouble(path, uri, shown, folder))
        found += reported
        if path.suffix == ARTICLE and not reported and not _is_hidden(uri):
            articles.append(path)
    return articles, found


def links_out(folder: Path, shown_dir: str) -> Iterator[Diagnostic]:
    """A finding for each symbolic link of a folder that leads out of it, or to a folder."""
    for path in _walk(folder):
        if path.is_symlink() and path.exists() and leaves(path, folder):
            uri = _printable(path.relative_to(folder).as_posix())
            yield findings.link_leaves(f"{shown_dir}/{uri}")


def leaves(link: Path, folder: Path) -> bool:
    """Whether a symbolic link leads to a folder, or to a file outside of this folder."""
    try:
        return link.is_dir() or not link.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):
        return True


def _printable(uri: str) -> str:
    """A path whose bytes may be no text, as a report can print it."""
    return uri.encode("utf-8", "replace").decode()


def _walk(folder: Path) -> Iterator[Path]:
    """Every file of a folder, and every link to a folder; no link is followed."""
    for top, folders, files in os.walk(folder):
        folders.sort()
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        for name in sorted((*files, *links)):
            yield Path(top) / name


def _is_hidden(uri: str) -> bool:
    """Whether MkDocs leaves it out."""
    return any(part.startswith(".") for part in uri.split("/"))


def _trouble(path: Path, uri: str, shown: str, folder: Path) -> Iterator[Diagnostic]:
    """What is wrong with a file, apart from the text of an article."""
    if path.is_symlink() and (not path.exists() or leaves(path, folder)):
        yield findings.link_leaves(shown)
        return
    if _is_hidden(uri):
        return
    if not path.is_file():
        yield findings.not_a_file(shown)
        return
    if not all(_NAME.fullmatch(part) for part in uri.split("/")):
        yield findings.odd_name(shown)
    ending = path.suffix.lower()
    is_ours = uri.startswith(ASSETS) or uri in OUR_CODE
    may_be = {ARTICLE, ".txt"} | PICTURES | (CODE if is_ours else frozenset())
    if ending not in may_be or (ending == ARTICLE != path.suffix):
        yield findings.unexpected_file(shown, path.name)
        return
    limit = MAX_ARTICLE_BYTES if ending == ARTICLE else MAX_FILE_BYTES
    if path.stat().st_size > limit:
        yield findings.file_too_large(shown, limit)
    elif ending == ".svg":
        yield from _tricks(path, shown)


def _tricks(path: Path, shown: str) -> Iterator[Diagnostic]:
    """The first thing on each line of a drawing that runs or loads something."""
    text, unreadable = read_file(path, shown)
    yield from unreadable
    lines: set[int] = set()
    for match in _SVG_TRICKS.finditer(text or ""):
        assert text is not None
        line = text.count("\n", 0, match.start()) + 1
        if line not in lines:
            column = match.start() - text.rfind("\n", 0, match.start())
            yield findings.active_drawing(Place(shown, line, column), match[0].strip())
        lines.add(line)
