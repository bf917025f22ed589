"""The commands about changes: what a change means, and changes that touch many files at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import click

from generator import difference_text
from generator.before import GitTrouble, read_site, site_at
from generator.build import Checked
from generator.difference import difference
from generator.mend import mend, new_since
from generator.tidy import Question
from generator.touched import touched

_data_dir = click.option(
    "--data-dir", type=click.Path(path_type=Path, exists=True, file_okay=False),
    default="data", show_default=True,
)  # fmt: skip
_content_dir = click.option(
    "--content-dir", type=click.Path(path_type=Path), default="content", show_default=True
)


@click.command()
@click.argument("revision", metavar="REV")
@_data_dir
@_content_dir
@click.option("--country", default="ca", show_default=True, help="Whose numbers pages print.")
@click.option(
    "--format", "form", type=click.Choice(list(difference_text.FORMATS)), default="terminal",
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
    wording; links; signatures undone; invented cases that end elsewhere; and the addresses
    that show something else.
    """
    try:
        before = site_at(revision, data_dir, content_dir, country)
    except GitTrouble as trouble:
        raise click.BadParameter(f"{trouble}", param_hint="REV") from None
    after = read_site(data_dir, content_dir, country, (data_dir.name, content_dir.name))
    found = difference(before, after)
    reached = touched(before, after, found) if pages else None
    if form == "markdown":
        click.echo(difference_text.markdown_text(found, reached, preview), nl=False)
    else:
        click.echo(difference_text.FORMATS[form](found, reached), nl=False)


def mend_and_say(data_dir: Path, content_dir: Path | None, *, yes: bool) -> None:
    """Mend the files of `check --fix`, asking on the terminal, and say what was done.

    All of it goes to the error stream: what `check` prints may be read by a program.
    """
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

    mended = mend(data_dir, content_dir, agrees)
    for line in mended.lines:
        click.echo(f"Mended {line}", err=True)
    files = len(mended.files)
    click.echo(f"Changed {files} file{'' if files == 1 else 's'}.", err=True)


def only_new(checked: Checked, revision: str, data_dir: Path, content_dir: Path) -> Checked:
    """The same with only those findings that were not there at the revision."""
    try:
        found = new_since(revision, checked, data_dir, content_dir)
    except GitTrouble as trouble:
        raise click.BadParameter(f"{trouble}", param_hint="--changed-since") from None
    return replace(checked, diagnostics=found)


COMMANDS: Final[tuple[click.Command, ...]] = (diff,)
