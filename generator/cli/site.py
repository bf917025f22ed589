"""The commands that make the site, show it, write its sources and publish its addresses."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, TypeVar

import click

from generator.check import Checked, load_and_check
from generator.checks.report_formats import full_text, summary_text
from generator.cli.exit_codes import DATA_WRONG
from generator.cli.options import (
    EXISTING_FOLDER,
    FOLDER,
    SETTINGS,
    country_option,
    data_dir_option,
)
from generator.reading.published_state import PUBLISHED_FILE

# What makes pages is imported by the command that needs it: `check` starts sooner.

T = TypeVar("T")

QUIET_SECONDS: Final = 2.0
"""After which files are counted on a terminal, so that nobody takes the command for hung."""


@click.command()
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
    from generator.host.command import build_site

    sys.exit(build_site(strict=strict))


@click.command()
@click.option("--data-dir", type=FOLDER, default="data", show_default=True)
def publish(data_dir: Path) -> None:
    """Add every id that has a page to published.txt: from then on its address stays for ever."""
    checked = load_and_check(data_dir)
    if checked.stops_build(strict=False):
        _fail(checked)
    known = checked.published_state.published
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


@click.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, help="Host and port.")
def serve(address: str) -> None:
    """Show the site in your browser, and again whenever you save a file.

    Open http://127.0.0.1:8000 and leave this running. Stop it with Ctrl+C.
    """
    from generator.host.command import serve_site

    sys.exit(serve_site(address))


@click.command()
@click.argument("target", type=FOLDER, metavar="DIR")
@data_dir_option
@click.option("--content-dir", type=EXISTING_FOLDER, default="content", show_default=True)
@country_option
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
    from generator.host.write import write_articles, write_output
    from generator.library.site import OUR_NAME, Site

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

    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.BadParameter(f"it can't be made: {error.strerror}.") from None
    write_articles(library, content_dir, target)
    site = Site(
        library,
        library.countries[country],
        checked.diagnostics,
        edit_base,
        address=f"{site_url.rstrip('/')}/" if site_url else "",
        published_state=checked.published_state,
        name=name,
    )
    count = 0
    for output in _with_progress(outputs(site)):
        write_output(output, target, edit_base)
        count += 1
    click.echo(f"Wrote {count} files to {target}.")


COMMANDS: Final[tuple[click.Command, ...]] = (build, publish, serve, write)


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
    """The items, counted on a terminal once they have taken long."""
    started = time.monotonic()
    shown = False
    for count, item in enumerate(items, start=1):
        if sys.stderr.isatty() and time.monotonic() - started > QUIET_SECONDS:
            shown = True
            click.echo(f"\rMade {count} files …", nl=False, err=True)
        yield item
    if shown:
        click.echo(err=True)
