"""MkDocs' own commands, which skip what did not change."""

from __future__ import annotations

from pathlib import Path

from mkdocs.__main__ import cli
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from generator.host.files import BUILT, BuiltSite, cache_folder


def build_site(*, strict: bool) -> int:
    """`mkdocs build`; `--dirty` while the folder of the site is as the last build left it.

    Gives the exit code.
    """
    return _run("build", *(["--strict"] if strict else []), *(["--dirty"] if _can_go_on() else []))


def serve_site(address: str) -> int:
    """`mkdocs serve --dirty`, which after a save makes only what differs. Gives the exit code."""
    return _run("serve", "--dirty", "--dev-addr", address)


def _can_go_on() -> bool:
    try:
        config = load_config()
    except MkDocsException:  # MkDocs says what is wrong with the settings.
        return False
    built = BuiltSite(cache_folder(config) / BUILT, Path(config.site_dir))
    return built.can_go_on(Path(config.docs_dir))


def _run(*arguments: str) -> int:
    code = cli.main(arguments, standalone_mode=False)
    return code if isinstance(code, int) else 0
