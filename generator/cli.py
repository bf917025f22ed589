"""The `strideguide` command: one subcommand for each wish.

Exit codes: 0 fine, 1 the data is wrong, 2 the command was called wrongly, 3 our own bug.
"""

from __future__ import annotations

import contextlib
import errno
import inspect
import os
import re
import shutil
import subprocess
import sys
import time
import traceback
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

import click

from generator import __version__
from generator.changes.sign import signed_text
from generator.checking import Checked, load_and_check, shown_path
from generator.cli_change import COMMANDS, mend_and_say, only_new
from generator.cli_report import report
from generator.diagnostics import RULES, Severity, did_you_mean
from generator.host.records import kept_beside
from generator.machines.editor_schema import FOLDER, editor_schemas
from generator.model.kinds import KIND_OF, KINDS
from generator.model.record import Reviewed
from generator.reading import articles
from generator.reading.outward import PUBLISHED_FILE
from generator.report import FORMATS, full_text, summary_text

# What makes pages is imported by the commands that need it: `check` starts sooner.

T = TypeVar("T")

SETTINGS: Final = Path("mkdocs.yml")

DATA_WRONG: Final = 1
OUR_BUG: Final = 3
QUIET_SECONDS: Final = 2.0
_OF_THE_PLACE: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.ENAMETOOLONG}
)
"""What a disk or folder refuses is no bug of ours."""

_folder = click.Path(path_type=Path)
_existing_folder = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="strideguide")
def cli() -> None:
    """StrideGuide turns facts about running injuries (YAML) into a web site.

    Edit a file in data/, then run `strideguide check` to see whether it is sound,
    and `strideguide serve` to see the page in your browser.
    """


@cli.command()
@click.argument("data_dir", type=_existing_folder, default="data")
@click.option("--content-dir", type=_folder, default="content", help="Folder of the articles.")
@click.option(
    "--format", "form", type=click.Choice(list(FORMATS)), default="full", show_default=True,
    help="full is for people, concise has one line for each finding.",
)  # fmt: skip
@click.option("--strict", is_flag=True, help="Let warnings count as errors.")
@click.option("--fix", is_flag=True, help="Mend what has one right answer; ask about near misses.")
@click.option("--yes", is_flag=True, help="With --fix: say yes to each question.")
@click.option("--changed-since", metavar="REV", help="Show only what is new since REV of git.")
def check(
    data_dir: Path, content_dir: Path, form: str, strict: bool, fix: bool, yes: bool,
    changed_since: str | None,
) -> None:  # fmt: skip
    """Tell everything that is wrong in DATA_DIR (data/, unless you say otherwise).

    Each finding names the file, line and column, what must hold, and how to mend it.
    Nothing is changed, unless you say --fix.
    """
    articles_dir = content_dir if content_dir.is_dir() else None
    if fix:
        mend_and_say(data_dir, articles_dir, yes=yes)
    checked = load_and_check(
        data_dir, articles_dir, kept_beside(SETTINGS, both_cores=True), both_cores=True
    )
    if changed_since:
        checked = only_new(checked, changed_since, data_dir, content_dir)
    click.echo(FORMATS[form](checked.diagnostics, checked.texts), nl=False)
    if form == "full":
        click.echo(summary_text(checked.diagnostics))
    if checked.stops_build(strict=strict):
        sys.exit(DATA_WRONG)


@cli.command()
@click.option("--strict", is_flag=True, help="Stop at warnings too.")
@click.option("--clinic", default="", help="Build it in the look of data/clinics/ID.yaml.")
@click.option("--site-url", default="", help="Where this build will be published.")
@click.option("--preview", default="", help="Say on each page that it is a draft: of what.")
def build(strict: bool, clinic: str, site_url: str, preview: str) -> None:
    """Build the whole site into the folder site/."""
    wishes = {
        "STRIDEGUIDE_CLINIC": clinic,
        "STRIDEGUIDE_SITE_URL": site_url,
        "STRIDEGUIDE_PREVIEW": preview,
    }
    os.environ.update({name: value for name, value in wishes.items() if value})
    sys.exit(_mkdocs("build", *(["--strict"] if strict else [])))


@cli.command()
@click.option("--data-dir", type=_folder, default="data", show_default=True)
def publish(data_dir: Path) -> None:
    """Add every id that has a page to published.txt: from then on its address stays for ever."""
    checked = load_and_check(data_dir)
    if checked.stops_build(strict=False):
        _fail(checked)
    known = checked.outward.published
    new = sorted(
        f"{kind.name}/{id_}"
        for id_, (kind, _) in checked.library.pages.items()
        if f"{kind.name}/{id_}" not in known
    )
    path = data_dir / PUBLISHED_FILE
    old = path.read_bytes() if path.exists() else b""
    if old and not old.endswith(b"\n"):
        old += b"\n"
    path.write_bytes(old + "".join(f"{line}\n" for line in new).encode())
    click.echo(f"Added {len(new)} to {path}; {len(known) + len(new)} addresses are for ever.")


@cli.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
def serve(address: str) -> None:
    """Show the site in your browser, and again whenever you save a file.

    Open http://127.0.0.1:8000 and leave this running. Stop it with Ctrl+C.
    """
    sys.exit(_mkdocs("serve", "--dev-addr", address))


@cli.command()
@click.argument("target", type=_folder, metavar="DIR")
@click.option("--data-dir", type=_existing_folder, default="data", show_default=True)
@click.option("--content-dir", type=_existing_folder, default="content", show_default=True)
@click.option("--country", default="ca", show_default=True, help="Whose numbers to print.")
@click.option("--site-url", default="", help="Where the site will be published.")
@click.option("--edit-base", default="", help="Address of the sources, for edit links.")
def write(
    target: Path, data_dir: Path, content_dir: Path, country: str, site_url: str, edit_base: str
) -> None:
    """Write the site's sources (Markdown and JSON) into the folder DIR.

    DIR must be empty or new. It is then the docs folder of an engine that reads mkdocs.yml but
    runs no plugin, such as Zensical: see "Another engine" in CONTRIBUTING.md. The site has the
    name that mkdocs.yml gives it, where the command runs beside one.
    """
    from generator.build import outputs
    from generator.raster import is_picture, png_of
    from generator.site import OUR_NAME, Site
    from generator.written import file_text

    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise click.BadParameter("it must be empty or new, so that nothing of yours is lost.")
    if target.resolve().is_relative_to(content_dir.resolve()):
        raise click.BadParameter("it must not lie within the folder of the articles.")
    checked = load_and_check(data_dir, content_dir)
    if checked.stops_build(strict=False):
        _fail(checked)
    library = checked.library
    if country not in library.countries:
        raise click.BadParameter(f"--country must be one of: {', '.join(library.countries)}.")
    name = _site_name() or OUR_NAME

    shutil.copytree(content_dir, target, dirs_exist_ok=True)
    for article in library.articles:
        path = target / article.uri
        text = path.read_text(encoding="utf-8")
        path.write_text(articles.with_links(text, article.uri, library.pages), encoding="utf-8")
    site = Site(
        library,
        library.countries[country],
        checked.diagnostics,
        edit_base,
        address=f"{site_url.rstrip('/')}/" if site_url else "",
        outward=checked.outward,
        name=name,
    )
    count = 0
    for output in _with_progress(outputs(site)):
        path = target / output.uri
        path.parent.mkdir(parents=True, exist_ok=True)
        if is_picture(output.uri):
            path.write_bytes(png_of(output.content))
        else:
            path.write_text(file_text(output, edit_base), encoding="utf-8")
        count += 1
    click.echo(f"Wrote {count} files to {target}.")


@cli.command()
@click.argument("kind", type=click.Choice([k.name for k in KINDS if issubclass(k.type, Reviewed)]))
@click.argument("id_", metavar="ID")
@click.option("--by", required=True, help="The clinician's name, as it shows on the page.")
@click.option("--registration", required=True, help="Register and number, as it shows.")
@click.option("--data-dir", type=_folder, default="data", show_default=True)
def sign(kind: str, id_: str, by: str, registration: str, data_dir: Path) -> None:
    """Sign the record ID of KIND off, as a clinician who has read all of it.

    The signature covers the record's clinical fields as they are now. When one of them changes
    later, the page says so until the record is signed again.
    """
    from generator.worklist import is_within

    for name, value in (("--by", by), ("--registration", registration)):
        if not re.fullmatch(r"[\w .,'’()/-]{2,70}", value):
            raise click.BadParameter(f"{name} must be a plain name of 2 to 70 characters.")
    checked = load_and_check(data_dir)
    record = checked.library.of_kind(kind).get(id_)
    if not isinstance(record, Reviewed):
        cure = did_you_mean(id_, checked.library.of_kind(kind))
        raise click.BadParameter(f"there is no `{id_}` in {kind}.yaml. {cure}".strip())
    path = data_dir / KIND_OF[kind].file
    shown = shown_path(path)
    open_findings = [
        d
        for d in checked.diagnostics
        if is_within(checked.library, record, d)
        or (d.place.path == shown and d.severity is Severity.ERROR)
    ]
    if open_findings:
        click.echo(full_text(open_findings, checked.texts), err=True)
        click.echo(f"`{id_}` has open findings, or its file has errors: mend them first.", err=True)
        sys.exit(DATA_WRONG)
    text = path.read_bytes().decode("utf-8")
    mark, text = (text[:1], text[1:]) if text.startswith("\ufeff") else ("", text)
    signed = signed_text(text, record, by=by, registration=registration, on=date.today())
    if signed is None:
        click.echo(f"`{id_}` is written in braces: give each field a line of its own.", err=True)
        sys.exit(DATA_WRONG)
    path.write_bytes((mark + signed).encode("utf-8"))
    click.echo(f"Signed {kind}/{id_}. Open a pull request with this change.")


@cli.command()
@click.option("--data-dir", type=_existing_folder, default="data", show_default=True)
@click.option("--target", type=_folder, default=FOLDER, show_default=True)
def schema(data_dir: Path, target: Path) -> None:
    """Write the schemas by which editors complete, explain and check the data files."""
    library = load_and_check(data_dir).library
    target.mkdir(parents=True, exist_ok=True)
    for name, text in editor_schemas(library):
        (target / name).write_text(text, encoding="utf-8")
    click.echo(f"Wrote the schemas to {target}.")


@cli.command()
@click.argument("exercise")
@click.option("--data-dir", type=_folder, default="data", show_default=True)
@click.option("--port", default=8001, show_default=True, help="Where to show it.")
def pose(exercise: str, data_dir: Path, port: int) -> None:
    """Draw EXERCISE in your browser, again whenever you save its YAML, with its findings.

    Open the address that it prints and leave this running. Stop it with Ctrl+C.
    """
    from generator.bench import bench_server

    exercises = load_and_check(data_dir).library.exercises
    if exercise not in exercises:
        cure = did_you_mean(exercise, exercises)
        raise click.BadParameter(f"there is no exercise `{exercise}`. {cure}".strip())
    server = bench_server(data_dir, exercise, port)
    click.echo(f"The pose bench is at http://127.0.0.1:{server.server_port}/")
    with contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()
    server.server_close()


@cli.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what a finding's CODE means and how to mend it; without CODE, list all."""
    if code is None:
        for known, text in RULES.items():
            click.echo(f"{known:22} {inspect.cleandoc(text).splitlines()[0]}")
    elif code in RULES:
        click.echo(f"{code}\n\n{inspect.cleandoc(RULES[code])}")
    else:
        cure = did_you_mean(code, RULES) or "Run `strideguide explain` to list all codes."
        raise click.BadParameter(f"there is no code `{code}`. {cure}")


for command in (*COMMANDS, report):
    cli.add_command(command)


def main() -> None:
    """Run the command; a bug of ours ends in a traceback and exit code 3."""
    try:
        cli()
    except OSError as error:
        if error.errno not in _OF_THE_PLACE:
            raise
        click.echo(f"Error: `{error.filename}` can't be used: {error.strerror}.", err=True)
        sys.exit(DATA_WRONG)
    except Exception:
        traceback.print_exc()
        click.echo("This is a bug in StrideGuide, not in your data. Please report it.", err=True)
        sys.exit(OUR_BUG)


def _mkdocs(*arguments: str) -> int:
    return subprocess.call([sys.executable, "-m", "mkdocs", *arguments])


def _site_name() -> str:
    """What mkdocs.yml calls the site; "" where it or its name is missing."""
    from mkdocs.config.defaults import MkDocsConfig

    settings = MkDocsConfig()
    if SETTINGS.is_file():
        with SETTINGS.open("rb") as file:
            settings.load_file(file)
    return settings.site_name or ""


def _fail(checked: Checked) -> None:
    click.echo(full_text(checked.diagnostics, checked.texts), err=True)
    click.echo(f"{summary_text(checked.diagnostics)} Nothing was written.", err=True)
    sys.exit(DATA_WRONG)


def _with_progress(items: Iterable[T]) -> Iterator[T]:
    """On a terminal, count the items once they have taken longer than two seconds."""
    started = time.monotonic()
    shown = False
    for count, item in enumerate(items, start=1):
        if sys.stderr.isatty() and time.monotonic() - started > QUIET_SECONDS:
            shown = True
            click.echo(f"\rMade {count} files …", nl=False, err=True)
        yield item
    if shown:
        click.echo(err=True)
