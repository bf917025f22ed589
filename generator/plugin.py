"""The only MkDocs: outputs become generated files, findings stop the build, data/ is watched."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import click
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File

from generator import articles
from generator.build import Checked, load_and_check, outputs
from generator.outputs import Output
from generator.outward import load_outward
from generator.render import TEMPLATES_DIR, Site
from generator.report import full_text, summary_text
from generator.skin import clinic_skin
from generator.twins import TWIN_SUFFIX

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("strideguide")

CLINIC_VARIABLE = "STRIDEGUIDE_CLINIC"
SITE_URL_VARIABLE = "STRIDEGUIDE_SITE_URL"


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml can set under `strideguide:`."""

    data_dir = c.Dir(exists=True, default="data")
    country = c.Type(str, default="ca")


class StrideGuidePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds every generated page and API document to the site."""

    def __init__(self) -> None:
        self._serving = False
        self._site: Site | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this plugin alive between the builds of `serve`."""
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take the address of this build, and where a clinic asks for it, its name and colours.

        `strideguide build` says both in the environment, because MkDocs has no option for them.
        """
        if site_url := os.environ.get(SITE_URL_VARIABLE):
            config.site_url = site_url.rstrip("/") + "/"
        if wanted := os.environ.get(CLINIC_VARIABLE):
            outward, _, _ = load_outward(Path(self.config.data_dir), self.config.data_dir)
            clinic = outward.clinics.get(wanted)
            if clinic is None:
                known = ", ".join(outward.clinics) or "none yet"
                raise PluginError(f"The clinic must be one of: {known}.")
            config.site_name = clinic.name
            config.extra["clinic"] = clinic
            config.extra["skin"] = clinic_skin(clinic)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Check the data; then add what it makes."""
        started = time.perf_counter()
        self._site = self._sound_site(config)
        made = list(outputs(self._site))
        for output in made:
            files.append(_file(output, config))
        log.info(f"Made {len(made)} files from the data in {time.perf_counter() - started:.1f} s")
        return files

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Turn the mentions of articles into links."""
        if page.file.generated_by or self._site is None:
            return markdown
        pages = self._site.library.pages

        def target_of(id_: str) -> tuple[str, str] | None:
            return (pages[id_][0].name, pages[id_][1].name) if id_ in pages else None

        return articles.with_links(markdown, page.file.src_uri, target_of)

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when the facts or the templates change."""
        server.watch(self.config.data_dir)
        server.watch(str(TEMPLATES_DIR))
        return server

    def _sound_site(self, config: MkDocsConfig) -> Site:
        """The site of sound data. While serving, unsound data leave the last good site up."""
        checked = load_and_check(Path(self.config.data_dir), Path(config.docs_dir))
        self._report(checked)
        country = checked.library.countries.get(self.config.country)
        if checked.stops_build(strict=False):
            if self._serving and self._site:
                log.error("The data has errors: the last good site stays up until they are mended.")
                return self._site
            raise PluginError("The data has errors: see above. Nothing was built.")
        if country is None:
            known = ", ".join(checked.library.countries)
            raise PluginError(f"The option `country` must be one of: {known}.")
        return Site(
            checked.library,
            country,
            checked.diagnostics,
            _edit_base(config),
            address=(config.site_url or "").rstrip("/") + "/" if config.site_url else "",
            outward=checked.outward,
        )

    def _report(self, checked: Checked) -> None:
        if checked.diagnostics:
            report = full_text(checked.diagnostics, checked.texts)
            if not sys.stderr.isatty():
                report = click.unstyle(report)
            level = log.error if checked.stops_build(strict=False) else log.warning
            level(f"{summary_text(checked.diagnostics)}\n\n{report}")


def _edit_base(config: MkDocsConfig) -> str:
    """Where the repository's files can be edited: `edit_uri` without the docs folder at its end."""
    if not (config.repo_url and config.edit_uri):
        return ""
    return urljoin(config.repo_url.rstrip("/") + "/", urljoin(config.edit_uri, ".."))


def _file(output: Output, config: MkDocsConfig) -> File:
    """A generated file whose edit link leads to the line of its facts."""
    file = File.generated(config, output.uri, content=output.content)
    if output.uri.endswith(TWIN_SUFFIX):
        file.dest_uri = output.uri.removesuffix(".txt")
    if output.source:
        docs = Path(config.docs_dir).resolve().parent
        path = (Path.cwd() / output.source.path).resolve()
        if path.is_relative_to(docs):
            file.edit_uri = f"../{path.relative_to(docs).as_posix()}#L{output.source.line}"
    else:
        file.edit_uri = None
    return file
