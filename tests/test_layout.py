"""Imports go one way, as ARCHITECTURE.md says."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from generator.routes import EMBED_SCRIPT

ROOT: Final = Path(__file__).parent.parent
MODULES: Final = sorted((ROOT / "generator").rglob("*.py"))
LOOSE: Final = {
    "__init__.py", "__main__.py", "build.py", "check.py", "diagnostics.py", "outputs.py",
    "routes.py",
}  # fmt: skip
ABOVE: Final = {"pages", "embeds", "exports", "host", "cli", "diff", "edits"}
NOT_ALLOWED: Final = {
    "model": ABOVE | {"reading", "library", "checks", "figure"},
    "figure": ABOVE | {"reading", "library", "checks"},
    "reading": ABOVE | {"library", "checks"},
    "library": ABOVE | {"checks"},
    "checks": ABOVE - {"embeds"},  # A rule asks whether a clinic's colours can be read.
    "pages": {"host", "cli", "diff", "edits"},
}
"""What a package must not import."""
MOST_LINES: Final = 350
MOST_COLUMNS: Final = 100
SCRIPTS: Final = [
    path
    for folder in ("content", "generator/templates")
    for path in sorted((ROOT / folder).rglob("*.js*"))
    if "vendor" not in path.parts and path.name.removesuffix(".jinja").endswith(".js")
]


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, within functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def package_of(path: Path) -> str:
    parts = path.relative_to(ROOT / "generator").parts
    return parts[0] if len(parts) > 1 else ""


@pytest.mark.parametrize("package", NOT_ALLOWED)
def test_packages_import_only_what_is_below_them(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        if package_of(path) == package
        for name in imports(path)
        if name.startswith("generator.") and name.split(".")[1] in NOT_ALLOWED[package]
    ]
    assert wrong == []


def test_only_host_and_cli_know_mkdocs_and_only_reading_and_edits_parse_yaml() -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in MODULES
        for name in imports(path)
        if (name.startswith(("mkdocs", "material")) and package_of(path) not in ("host", "cli"))
        or (name == "yaml" and package_of(path) not in ("reading", "edits"))
    ]
    assert wrong == []


def test_no_private_name_of_mkdocs_is_used() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}: {alias.name}"
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("mkdocs")
        for alias in node.names
        if alias.name.startswith("_")
    ]
    assert wrong == []


def test_little_is_loose_and_nothing_is_long() -> None:
    assert {path.name for path in MODULES if not package_of(path)} == LOOSE
    long = [path for path in MODULES if len(path.read_text().splitlines()) > MOST_LINES]
    assert long == []


def test_no_two_scripts_share_a_name_and_their_lines_are_short() -> None:
    """The formatter leaves comments and long words alone."""
    published = ROOT / "content" / EMBED_SCRIPT
    assert published in SCRIPTS
    names = [path.name for path in SCRIPTS]
    assert sorted(names) == sorted(set(names))
    long = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SCRIPTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > MOST_COLUMNS
    ]
    assert long == []
