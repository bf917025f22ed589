"""`strideguide report`: the report on a pull request, for a workflow to post."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from generator.check import Checked, load_and_check
from generator.checks.report_formats import github_text
from generator.cli.exit_codes import DATA_WRONG
from generator.cli.options import content_dir_option, country_option, data_dir_option
from generator.edits.text_edits import read_text


@click.command()
@click.argument("revision", metavar="REV")
@click.option(
    "--into", type=click.Path(path_type=Path, file_okay=False), default="report",
    show_default=True, help="Where comment.md and suggestions.json go.",
)  # fmt: skip
@click.option("--preview", default="", help="Where the changed site can be seen.")
@country_option
@data_dir_option
@content_dir_option
def report(
    revision: str, into: Path, preview: str, country: str, data_dir: Path, content_dir: Path
) -> None:
    """Say on a pull request what changed since the revision REV of git, and what is wrong.

    Prints each new finding as GitHub shows it beside its line, wherever it is. Writes the
    comment (comment.md), and one-click fixes (suggestions.json).
    """
    from generator.diff.compare import difference
    from generator.diff.git_state import GitTrouble, compared_with, git
    from generator.diff.owners import OWNERS_FILE, read_owners
    from generator.diff.pull_request import (
        comment_text,
        reader_lines,
        shown_lines,
        suggestion_json,
        suggestions,
    )
    from generator.diff.touched_pages import touched
    from generator.edits.autofix import new_since

    checked = load_and_check(data_dir, content_dir if content_dir.is_dir() else None)
    try:
        new = new_since(revision, checked, data_dir, content_dir)
        states = compared_with(revision, data_dir, content_dir, country)
        patch = git(
            "-c", "core.quotePath=false", "diff", "--no-ext-diff", "--relative", revision, "--",
            str(data_dir), str(content_dir),
        )  # fmt: skip
    except GitTrouble as trouble:
        raise click.BadParameter(f"{trouble}", param_hint="REV") from None
    found = difference(states)
    reached = touched(states.before.site, states.after.site, found)
    owners = Path(OWNERS_FILE)
    declared = read_owners(owners.read_text(encoding="utf-8") if owners.is_file() else "")
    readers = list(reader_lines(found, states.after.site.library, declared))
    text = comment_text(new, found, reached, preview, readers)
    shown = shown_lines(patch.decode("utf-8", "replace"))
    fixes = suggestions(_texts(checked), _fixed(data_dir), shown)
    into.mkdir(parents=True, exist_ok=True)
    (into / "comment.md").write_text(text, encoding="utf-8")
    body = json.dumps([suggestion_json(fix) for fix in fixes], ensure_ascii=False, indent=2)
    (into / "suggestions.json").write_text(f"{body}\n", encoding="utf-8")
    click.echo(github_text(new, checked.texts), nl=False)
    if checked.stops_build(strict=False):
        sys.exit(DATA_WRONG)


def _texts(checked: Checked) -> Mapping[str, str]:
    """The files as they are on disk, by shown path."""
    return {path: read_text(Path(path)) for path in checked.texts if Path(path).is_file()}


def _fixed(data_dir: Path) -> dict[str, str]:
    """The data files as `check --fix` would leave them if every question was answered yes."""
    from generator.edits.autofix import autofix

    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / data_dir.name
        shutil.copytree(data_dir, copy, symlinks=True)
        fixed = autofix(copy, None, lambda question: True)
        return {
            (data_dir / path.relative_to(copy)).as_posix(): read_text(path) for path in fixed.files
        }
