"""The only MkDocs: outputs become generated files, findings stop the build, data/ is watched."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import click
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from generator.check import Checked, load_and_check
from generator.checks.report_formats import full_text, summary_text
from generator.embeds.branding import skin_of
from generator.host.files import (
    BUILT,
    BuiltSite,
    GeneratedFile,
    article_file,
    cache_folder,
    generated_file,
    nav_items,
    surroundings,
)
from generator.host.incremental import OutputCache
from generator.host.noting import MadeOutput
from generator.host.page import GeneratedPage
from generator.host.serve import show_trouble, watch_closely
from generator.host.service_worker import said_digest
from generator.host.shell import corrected, join_assets, leave_worker, policy_of
from generator.library.site import Site
from generator.model.digests import digest_of
from generator.model.published_state import Clinic
from generator.pages.environment import TEMPLATES_DIR
from generator.pages.numbers import linked_numbers
from generator.pages.render import trouble_html
from generator.reading import articles
from generator.reading.load import Entries
from generator.reading.published_state import load_published_state

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("strideguide")

CLINIC_VARIABLE = "STRIDEGUIDE_CLINIC"
SITE_URL_VARIABLE = "STRIDEGUIDE_SITE_URL"
PREVIEW_VARIABLE = "STRIDEGUIDE_PREVIEW"


class Options(Config):  # type: ignore[no-untyped-call]
    """What mkdocs.yml can set under `strideguide:`."""

    data_dir = c.Dir(exists=True, default="data")
    country = c.Type(str, default="ca")
    offline = c.Type(bool, default=True)


class StrideGuidePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Adds every generated page and API document to the site."""

    def __init__(self) -> None:
        self._command: str = "build"
        self._is_dirty = False
        self._site: Site | None = None
        """The site as it was made from the last valid data."""
        self._outputs: list[MadeOutput] = []
        self._cache: OutputCache | None = None
        self._built: BuiltSite | None = None
        self._files: list[GeneratedFile] = []
        self._templates: Environment | None = None
        self._theme_dirs: list[str] = []
        self._trouble = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this plugin alive between the builds of `serve`."""
        self._command, self._is_dirty = command, dirty
        if dirty:  # Ours is exact: MkDocs skips only files that we know to be unchanged.
            logging.getLogger("mkdocs.commands.build").addFilter(_is_no_warning_of_dirt)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Take the address of this build, and where a clinic asks for it, its name and colours.

        `strideguide build` says both in the environment, because MkDocs has no option for them.
        """
        if self._command == "serve":
            config.extra["pictures"] = False
        if site_url := os.environ.get(SITE_URL_VARIABLE):
            config.site_url = site_url.rstrip("/") + "/"
        if preview := os.environ.get(PREVIEW_VARIABLE, ""):
            config.extra["preview"] = preview
        if wanted := os.environ.get(CLINIC_VARIABLE):
            published_state, _, _ = load_published_state(
                Path(self.config.data_dir), self.config.data_dir
            )
            clinic = published_state.clinics.get(wanted)
            if clinic is None:
                known = ", ".join(published_state.clinics) or "none yet"
                raise PluginError(f"The clinic must be one of: {known}.")
            config.site_name = clinic.name
            config.extra["clinic"] = clinic
            config.extra["skin"] = skin_of(clinic)
        if self._command == "serve":  # MkDocs adds its own inline script, and pages change.
            config.extra["policy"] = ""
        else:
            config.extra.setdefault("policy", policy_of(config))
            config.extra["offline"] = self.config.offline and not preview
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Check the data and make the outputs, before MkDocs empties the folder of the site."""
        started = time.perf_counter()
        site, entries = self._valid_site(config)
        calls = linked_numbers(site.country)
        config.extra["calls"] = {name: str(html) for name, html in calls.items()}
        cache = cache_folder(config)
        self._cache = self._cache or OutputCache(cache / self._command)
        if entries is not None:
            self._outputs = self._cache.make(site, entries)
        self._built = self._built or BuiltSite(cache / BUILT, Path(config.site_dir))
        if self._command != "serve":
            self._built.forget()
        log.info(
            f"Made {len(self._cache.made)} of {len(self._outputs)} files from the data "
            f"in {time.perf_counter() - started:.1f} s"
        )

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add what was made."""
        assert self._built is not None
        for file in list(files):
            if file.is_documentation_page():
                files.remove(file)
                files.append(article_file(file))
            elif file.src_uri.startswith("assets/javascripts/"):
                files.remove(file)  # The theme's own scripts, which no page of ours loads.
        self._files = [generated_file(made, config) for made in self._outputs]
        for file in self._files:
            files.append(file)
        join_assets(files, config)
        around = surroundings(config)
        titles = {uri: title for title, uri in nav_items(config.nav)}
        for file in self._files:
            if file.is_documentation_page():
                GeneratedPage(titles.get(file.src_uri) or None, file, config)
                sees_others = not around or file.src_uri in titles
                file.key = "" if sees_others else digest_of(around, file.key, str(file.edit_uri))
        self._built.take(self._files)
        for file in self._files:
            if file.is_unchanged and isinstance(file.page, GeneratedPage):
                file.page.note_unchanged()
        return files

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keep the theme's templates, once read, for the next save."""
        if self._templates is None or self._theme_dirs != config.theme.dirs:
            env.filters["said_digest"] = said_digest
            self._templates, self._theme_dirs = env, config.theme.dirs
        return self._templates

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Turn the mentions of articles into links."""
        if page.file.generated_by or self._site is None:
            return markdown
        return articles.with_links(markdown, page.file.src_uri, self._site.library.pages)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Correct what the theme gets wrong."""
        return corrected(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Correct it in the page for addresses that lead nowhere, too."""
        return corrected(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write the service worker, which lists what is in the folder; after all other plugins."""
        assert self._built is not None
        site = self._site if config.extra.get("offline") else None
        leave_worker(Path(config.site_dir), site)
        self._built.keys = {file.dest_uri: file.key for file in self._files}
        if self._command != "serve":
            self._built.note(Path(config.docs_dir))

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """See soon that the facts or the templates have changed."""
        watched = [path for path in (config.docs_dir, config.config_file_path) if path]
        watch_closely(server, watched, [str(TEMPLATES_DIR), self.config.data_dir])
        show_trouble(server, lambda: self._trouble)
        return server

    def _valid_site(self, config: MkDocsConfig) -> tuple[Site, Entries | None]:
        """The site of valid data, with how its records were read.

        While serving, wrong data leave the last good site up, for which there are no entries.
        """
        checked = load_and_check(Path(self.config.data_dir), Path(config.docs_dir))
        self._report(checked)
        clinic: Clinic | None = config.extra.get("clinic")
        numbers = clinic.country if clinic else self.config.country
        country = checked.library.countries.get(numbers)
        if checked.stops_build(strict=False):
            if self._site:
                self._trouble = trouble_html(checked.diagnostics, checked.texts)
                log.error("The data has errors: the last good site stays up until they are fixed.")
                return self._site, None
            raise PluginError("The data has errors: see above. Nothing was built.")
        if country is None:
            known = ", ".join(checked.library.countries)
            raise PluginError(f"The option `country` must be one of: {known}.")
        self._trouble = ""
        self._site = Site(
            checked.library,
            country,
            checked.diagnostics,
            _edit_base(config),
            address=(config.site_url or "").rstrip("/") + "/" if config.site_url else "",
            published_state=checked.published_state,
            pictures=bool(config.extra.get("pictures")),
            policy=config.extra.get("policy", ""),
            clinic=clinic,
            name=config.site_name,
        )
        return self._site, checked.entries

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


def _is_no_warning_of_dirt(record: logging.LogRecord) -> bool:
    return "'dirty' build" not in record.getMessage()
