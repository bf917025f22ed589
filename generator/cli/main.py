"""The `strideguide` command: one subcommand for each task.

Exit codes: 0 fine, 1 the data is wrong, 2 the command was called wrongly, 3 our own bug.
"""

from __future__ import annotations

import contextlib
import errno
import inspect
import re
import sys
import traceback
from datetime import date
from pathlib import Path
from typing import Final

import click

from generator import __version__
from generator.check import load_and_check
from generator.checks.report_formats import FORMATS, full_text, summary_text
from generator.cli import edit as cli_change
from generator.cli import site as cli_site
from generator.cli.exit_codes import DATA_WRONG, OUR_BUG
from generator.cli.options import EXISTING_FOLDER, FOLDER, data_dir_option
from generator.cli.pull_request import report
from generator.diagnostics import RULES, did_you_mean
from generator.exports.editor_schema import FOLDER as SCHEMA_FOLDER
from generator.exports.editor_schema import editor_schemas
from generator.model.kinds import KIND_OF, KINDS
from generator.model.record import Reviewed

# What only one command needs is imported by it: `check` starts sooner.

_OF_THE_PLACE: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG}
)
"""What a disk or folder refuses is no bug of ours."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="strideguide")
def cli() -> None:
    """StrideGuide turns facts about running injuries (YAML) into a web site.

    Edit a file in data/, then run `strideguide check` to see whether it is valid,
    and `strideguide serve` to see the page in your browser.
    """


@cli.command()
@click.argument("data_dir", type=EXISTING_FOLDER, default="data")
@click.option("--content-dir", type=FOLDER, default="content", help="Folder of the articles.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="full", show_default=True,
    help="full is for people, concise has one line for each finding.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--fix", is_flag=True, help="Fix what has one right answer; ask about near misses.")
@click.option("--yes", is_flag=True, help="With --fix: say yes to each question.")
@click.option("--changed-since", metavar="REV", help="Show only what is new since REV of git.")
def check(
    data_dir: Path, content_dir: Path, form: str, strict: bool, fix: bool, yes: bool,
    changed_since: str | None,
) -> None:  # fmt: skip
    """Report everything that is wrong in DATA_DIR (data/, unless you say otherwise).

    Each finding names the file, line and column, what must hold, and how to fix it.
    Nothing is changed, unless you say --fix.
    """
    articles_dir = content_dir if content_dir.is_dir() else None
    if fix:
        cli_change.autofix_and_report(data_dir, articles_dir, yes=yes)
    checked = load_and_check(data_dir, articles_dir)
    if changed_since:
        checked = cli_change.only_new(checked, changed_since, data_dir, content_dir)
    click.echo(FORMATS[form](checked.diagnostics, checked.texts), nl=False)
    if form == "full":
        click.echo(summary_text(checked.diagnostics))
    if checked.stops_build(strict=strict):
        sys.exit(DATA_WRONG)


@cli.command()
@click.argument("kind", type=click.Choice([k.name for k in KINDS if issubclass(k.type, Reviewed)]))
@click.argument("id_", metavar="ID")
@click.option("--by", required=True, help="The clinician's name, as it shows on the page.")
@click.option("--registration", required=True, help="Register and number, as it shows.")
@click.option("--data-dir", type=FOLDER, default="data", show_default=True)
def sign(kind: str, id_: str, by: str, registration: str, data_dir: Path) -> None:
    """Sign the record ID of KIND off, as a clinician who has read all of it.

    The signature covers all that can mislead as it is now: the record, and the pain rules, care
    texts and red flags that its page shows. When one of them changes later, the page says so
    until the record is signed again.
    """
    from generator.edits.sign import open_findings, signed_text
    from generator.edits.text_edits import read_text
    from generator.library.review import signature

    for name, value in (("--by", by), ("--registration", registration)):
        if not re.fullmatch(r"[\w .,'’()/-]{2,70}", value):
            raise click.BadParameter(f"{name} must be a plain name of 2 to 70 characters.")
    checked = load_and_check(data_dir)
    record = checked.library.of_kind(kind).get(id_)
    if not isinstance(record, Reviewed):
        help_text = did_you_mean(id_, checked.library.of_kind(kind))
        raise click.BadParameter(f"there is no `{id_}` in {kind}.yaml. {help_text}".strip())
    if found := open_findings(checked, record):
        click.echo(full_text(found, checked.texts), err=True)
        click.echo(f"`{id_}` has open findings, or its file has errors: fix them first.", err=True)
        sys.exit(DATA_WRONG)
    path = data_dir / KIND_OF[kind].file
    text = read_text(path)
    review = signature(record, checked.library, by=by, registration=registration, on=date.today())
    signed = signed_text(text, record, review)
    if signed is None:
        click.echo(f"`{id_}` is written in braces: give each field its own line.", err=True)
        sys.exit(DATA_WRONG)
    path.write_bytes(signed.encode("utf-8"))
    click.echo(f"Signed {kind}/{id_}. Open a pull request with this change.")


@cli.command()
@data_dir_option
@click.option("--target", type=FOLDER, default=SCHEMA_FOLDER, show_default=True)
def schema(data_dir: Path, target: Path) -> None:
    """Write the schemas by which editors complete, explain and check the data files."""
    library = load_and_check(data_dir).library
    target.mkdir(parents=True, exist_ok=True)
    for name, text in editor_schemas(library):
        (target / name).write_text(text, encoding="utf-8")
    click.echo(f"Wrote the schemas to {target}.")


@cli.command()
@click.argument("exercise")
@click.option("--data-dir", type=FOLDER, default="data", show_default=True)
@click.option("--port", default=8001, show_default=True, help="Where to show it.")
def pose(exercise: str, data_dir: Path, port: int) -> None:
    """Draw EXERCISE in your browser, again whenever you save its YAML, with its findings.

    Open the address that it prints and leave this running. Stop it with Ctrl+C.
    """
    from generator.pages.pose_preview import bench_server

    exercises = load_and_check(data_dir).library.exercises
    if exercise not in exercises:
        help_text = did_you_mean(exercise, exercises)
        raise click.BadParameter(f"there is no exercise `{exercise}`. {help_text}".strip())
    server = bench_server(data_dir, exercise, port)
    click.echo(f"The pose preview is at http://127.0.0.1:{server.server_port}/")
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a finding's CODE means and how to fix it; without CODE, list all."""
    if code is None:
        for known, text in RULES.items():
            click.echo(f"{known:22} {inspect.cleandoc(text).splitlines()[0]}")
    elif code in RULES:
        click.echo(f"{code}\n\n{inspect.cleandoc(RULES[code])}")
    else:
        help_text = did_you_mean(code, RULES) or "Run `strideguide explain` to list all codes."
        raise click.BadParameter(f"there is no code `{code}`. {help_text}")


for command in (*cli_site.COMMANDS, *cli_change.COMMANDS, report):
    cli.add_command(command)


def main() -> None:
    """Run the command; a bug of ours ends in a traceback and exit code 3."""
    try:
        cli()
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_PLACE:
            click.echo(f"Error: `{error.filename}` can't be used: {error.strerror}.", err=True)
            sys.exit(DATA_WRONG)
        traceback.print_exc()
        click.echo("This is a bug in StrideGuide, not in your data. Please report it.", err=True)
        sys.exit(OUR_BUG)
