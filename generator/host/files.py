"""The files of MkDocs for what we generate: those that stand already, and those to be made."""

from __future__ import annotations

import os
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import is_markdown_file

from generator.host.document import document
from generator.machines.twins import TWIN_SUFFIX
from generator.outputs import Output
from generator.site import FENCE

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


class GeneratedFile(File):
    """A file of ours, with its text or what it is drawn from as its content."""

    stands = False
    """Whether it is in the site's folder already, as it would be made again."""

    @property
    def is_page(self) -> bool:
        """Whether it is Markdown, for a page, even if that stands."""
        return super().is_documentation_page()

    def is_documentation_page(self) -> bool:
        """Whether MkDocs has to make a page of it."""
        return self.is_page and not self.stands

    def copy_file(self, dirty: bool = False) -> None:
        """Write it, unless it stands."""
        if not self.stands:
            super().copy_file(dirty)


class StandingPage(Page):
    """A page that stands: what else is made of it is there, without its being read again.

    `entries` are those of the search index.
    """

    def __init__(
        self,
        file: GeneratedFile,
        config: MkDocsConfig,
        meta: dict[str, Any],
        entries: list[dict[str, Any]],
    ) -> None:
        super().__init__(None, file, config)
        self.meta = meta
        self.entries = entries

    @cached_property
    def present_anchor_ids(self) -> Any:  # type: ignore[override]
        """Where links may lead within it, or None where that is not known.

        Told when MkDocs asks, which it does for pages that articles link into.
        """
        made = document(self.file.content_string.partition(FENCE)[2])
        return made and made.anchors


def with_standing(files: Files) -> list[File]:
    """All files with a page, those that stand among them, in their order; none if none stand."""
    if not any(isinstance(file, GeneratedFile) and file.stands for file in files):
        return []
    is_included: Any = InclusionLevel.is_included
    return [f for f in files if is_markdown_file(f.src_uri) and is_included(f.inclusion)]


def generated_file(output: Output, text: bytes, config: MkDocsConfig) -> GeneratedFile:
    """The file of an output; those that are Markdown have no page yet."""
    file = GeneratedFile.generated(config, output.uri, content=text)
    assert isinstance(file, GeneratedFile)
    file.edit_uri = edit_uri(output, config)
    if output.uri.endswith(TWIN_SUFFIX):
        file.dest_uri = output.uri.removesuffix(".txt")
    return file


def edit_uri(output: Output, config: MkDocsConfig) -> str | None:
    """The edit link's address, from the docs folder: the line of the output's facts."""
    if output.source is None:
        return None
    path = _from_docs(output.source.path, config.docs_dir, os.getcwd())
    return f"{path}#L{output.source.line}" if path else output.uri


@lru_cache(maxsize=64)
def _from_docs(path: str, docs_dir: str, here: str) -> str:
    """The way from the docs folder to a file beside it, or ""."""
    root = Path(docs_dir).resolve().parent
    file = (Path(here) / path).resolve()
    return f"../{file.relative_to(root).as_posix()}" if file.is_relative_to(root) else ""
