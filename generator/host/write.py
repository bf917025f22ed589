"""Outputs as files on disk, for an engine that runs no plugin of ours.

Such an engine takes every relative link of a Markdown file, in raw HTML too, to start at that
file; pages are made with links that start at their address. And it knows no line of facts to
edit, so that address goes into the front matter, where our theme looks first.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from pathlib import Path
from typing import Final

from generator.library.library import Library
from generator.outputs import Output
from generator.pages.raster import is_picture, png_of
from generator.reading.articles import with_links

_LINK: Final = re.compile(r'(?<=[ \n])(href|src|srcset)="(?![a-z][a-z0-9+.-]*:|[/#?"])([^"]*)"')


def write_articles(library: Library, content_dir: Path, target: Path) -> None:
    """Copy the folder of the articles, with their mentions as links."""
    shutil.copytree(content_dir, target, dirs_exist_ok=True)
    for article in library.articles:
        path = target / article.uri
        text = path.read_text(encoding="utf-8")
        path.write_text(with_links(text, article.uri, library.pages), encoding="utf-8")


def write_output(output: Output, target: Path, edit_base: str) -> None:
    """Write an output at its address within the folder `target`; pictures become PNG."""
    path = target / output.uri
    path.parent.mkdir(parents=True, exist_ok=True)
    if is_picture(output.uri):
        path.write_bytes(png_of(output.content))
    else:
        path.write_text(file_text(output, edit_base), encoding="utf-8")


def file_text(output: Output, edit_base: str) -> str:
    """The output as it is written; `edit_base` is where sources can be edited, or ""."""
    if not output.uri.endswith(".md"):
        return output.content
    return with_edit_url(from_file(output.content, output.uri), output, edit_base)


def from_file(markdown: str, uri: str) -> str:
    """The page's links, made relative to its file instead of its address.

    >>> from_file('<a href="../../signs/a/">', "conditions/b.md")
    '<a href="../signs/a/">'
    >>> from_file('<a href="../">', "conditions/b.md"), from_file('<a href="../">', "c/index.md")
    ('<a href="./">', '<a href="../">')
    """
    stem = posixpath.basename(uri).removesuffix(".md")
    if stem in ("index", "README"):
        return markdown

    def moved(match: re.Match[str]) -> str:
        target = match[2]
        target = target[3:] if target.startswith("../") else f"{stem}/{target}"
        if not target or target[0] in "#?":
            target = f"./{target}"
        return f'{match[1]}="{target}"'

    return _LINK.sub(moved, markdown)


def with_edit_url(markdown: str, output: Output, edit_base: str) -> str:
    """The page with the address of its facts in its front matter; "" where it has none."""
    place = output.source
    url = f"{edit_base}{place.path}#L{place.line}" if place and edit_base else ""
    line = f"edit_url: {json.dumps(url)}\n"
    if markdown.startswith("---\n"):
        return f"---\n{line}{markdown[4:]}"
    return f"---\n{line}---\n\n{markdown}"
