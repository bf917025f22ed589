"""The commands about changes: what a change means, and changes that touch many files at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from generator.check import Checked
from generator.checks.report_formats import full_text
from generator.cli.options import content_dir_option, country_option, data_dir_option
from generator.edits import refactor
from generator.edits.plan import Plan, Refused, State
from generator.model.kinds import FIXED_KINDS, KIND_OF, KINDS

if TYPE_CHECKING:
    from generator.edits.formatting import Question

# What makes pages is imported by the commands that need it: others start sooner.

DIFF_FORMATS: Final = ("terminal", "markdown", "json")


@click.command()
@click.argument("revision", metavar="REV")
@data_dir_option
@content_dir_option
@country_option
@click.option(
    "--format", "form", type=click.Choice(DIFF_FORMATS), default="terminal",
    show_default=True, help="markdown is for a pull request, json for programs.",
)  # fmt: skip
@click.option("--pages/--no-pages", default=True, help="Render what may have changed and name it.")
@click.option("--preview", default="", help="Where the changed site can be seen, for links.")
def diff(
    revision: str, data_dir: Path, content_dir: Path, country: str, form: str, pages: bool,
    preview: str,
) -> None:  # fmt: skip
    """Say in clinical words what changed since the revision REV of git.

    Red flags that pages gained or lost come first. Then what a signature covers, apart from
    wording; links; signatures undone; invented cases that end elsewhere; and the addresses that
    show something else. While a file does not load, only that is said.
    """
    from generator.diff import as_markdown as difference_markdown
    from generator.diff import as_text as difference_text
    from generator.diff.compare import difference
    from generator.diff.git_state import GitTrouble, compared_with
    from generator.diff.touched_pages import touched

    try:
        states = compared_with(revision, data_dir, content_dir, country)
    except GitTrouble as trouble:
        raise click.BadParameter(f"{trouble}", param_hint="REV") from None
    found = difference(states)
    reached = touched(states.before.site, states.after.site, found) if pages else None
    if form == "markdown":
        click.echo(difference_markdown.markdown_text(found, reached, preview), nl=False)
    else:
        click.echo(difference_text.FORMATS[form](found, reached), nl=False)


def autofix_and_report(data_dir: Path, content_dir: Path | None, *, yes: bool) -> None:
    """Fix the files of `check --fix`, asking on the terminal, and say what was done.

    All of it goes to the error stream: what `check` prints may be read by a program.
    """
    from generator.edits.autofix import autofix

    silent = False

    def agrees(question: Question) -> bool:
        nonlocal silent
        place = question.diagnostic.place
        asked = f"{place}: write `{question.meant}` in place of `{question.found}`?"
        if yes or silent:
            return yes
        try:
            return click.confirm(asked, default=True, err=True)
        except click.Abort:
            silent = True
            return False

    fixed = autofix(data_dir, content_dir, agrees)
    for line in fixed.lines:
        click.echo(f"Fixed {line}", err=True)
    files = len(fixed.files)
    click.echo(f"Changed {files} file{'' if files == 1 else 's'}.", err=True)


def only_new(checked: Checked, revision: str, data_dir: Path, content_dir: Path) -> Checked:
    """The same with only those findings that were not there at the revision."""
    from generator.diff.git_state import GitTrouble
    from generator.edits.autofix import new_since

    try:
        found = new_since(revision, checked, data_dir, content_dir)
    except GitTrouble as trouble:
        raise click.BadParameter(f"{trouble}", param_hint="--changed-since") from None
    return replace(checked, diagnostics=found)


_kind = click.argument("kind", type=click.Choice([kind.name for kind in KINDS]))
_yes = click.option("--yes", is_flag=True, help="Do it without asking.")


@click.command()
@_kind
@click.argument("old", metavar="ID")
@click.argument("new", metavar="NEW_ID")
@data_dir_option
@content_dir_option
@_yes
def rename(kind: str, old: str, new: str, data_dir: Path, content_dir: Path, yes: bool) -> None:
    """Give the record ID another id, everywhere it is named.

    Its old address then leads to the new one, and signatures stay valid.
    """
    _carry_out(
        lambda state: refactor.rename(state, KIND_OF[kind], old, new, date.today()),
        data_dir, content_dir, yes=yes, keeps_meaning=True,
    )  # fmt: skip


@click.command()
@_kind
@click.argument("id_", metavar="ID")
@click.option("--for", "successor", default="", help="The record that readers should see now.")
@data_dir_option
@content_dir_option
@_yes
def retire(
    kind: str, id_: str, successor: str, data_dir: Path, content_dir: Path, yes: bool
) -> None:
    """Take the record ID out of the library.

    Lists lose it and texts keep its words. Its address leads to the record of --for.
    """
    _carry_out(
        lambda state: refactor.retire(state, KIND_OF[kind], id_, successor, date.today()),
        data_dir, content_dir, yes=yes,
    )  # fmt: skip


@click.command()
@click.argument("kind", type=click.Choice([k.name for k in KINDS if k.name not in FIXED_KINDS]))
@click.argument("id_", metavar="ID")
@click.option("--name", required=True, help="The name that readers see.")
@click.option("--source", multiple=True, metavar="ID", help="A reference that you have read.")
@data_dir_option
@content_dir_option
@_yes
def new(
    kind: str, id_: str, name: str, source: tuple[str, ...], data_dir: Path, content_dir: Path,
    yes: bool,
) -> None:  # fmt: skip
    """Begin a record of KIND: every field with what it is for, to be filled in.

    Nothing is chosen for you: `check` reports each `to-be-chosen` until you have. A condition
    rests on at least one source, so name one with --source.
    """
    _carry_out(
        lambda state: refactor.new(state, KIND_OF[kind], id_, name, source),
        data_dir, content_dir, yes=yes, warnings_shown=3, only_adds=True,
    )  # fmt: skip


def _carry_out(
    wish: Callable[[State], Plan], data_dir: Path, content_dir: Path, *, yes: bool,
    keeps_meaning: bool = False, warnings_shown: int = 20, only_adds: bool = False,
) -> None:  # fmt: skip
    """Show the plan, try it on a copy, ask, write."""
    from generator.edits.apply import state_of, tried, write

    try:
        state, before = state_of(data_dir, content_dir, only_adds=only_adds)
        plan = wish(state)
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    for line in plan.lines:
        click.echo(f"  {line}")
    trial = tried(plan, before, data_dir, content_dir, keeps_meaning=keeps_meaning)
    if trial.errors:
        click.echo(full_text(trial.errors, trial.report_texts), err=True)
        raise click.ClickException("This would break the data as shown above. Nothing was changed.")
    for name in trial.undone:
        click.secho(f"  signature undone: {name}", fg="red")
    for finding in trial.findings[:warnings_shown]:
        click.echo(f"  left to you: {finding.message} {finding.help}".rstrip())
    if len(trial.findings) > warnings_shown:
        click.echo(f"  left to you: {len(trial.findings) - warnings_shown} more, see `check`")
    question = f"Change {len(trial.texts)} file{'' if len(trial.texts) == 1 else 's'}?"
    if not yes and not click.confirm(question):
        click.echo("Nothing was changed.")
        return
    for path in write(trial, data_dir, content_dir):
        click.echo(f"Changed {path}")


COMMANDS: Final[tuple[click.Command, ...]] = (diff, new, rename, retire)
