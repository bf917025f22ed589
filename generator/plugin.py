"""The only MkDocs: outputs become generated files, findings stop the build, data/ is watched."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

import click
from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from generator import once
from generator.checking import Checked, load_and_check, no_collection
from generator.clinics.skin import skin_of
from generator.environment import TEMPLATES_DIR
from generator.host.press import Press, Texts, compile_once, kept_records, store_beside
from generator.host.serve import (
    Builder,
    Built,
    rebuild,
    show_trouble,
    stamp_of,
    watch_closely,
)
from generator.host.shell import join_assets, leave_worker, mended, policy_of
from generator.model.outward import Clinic
from generator.numbers import linked_numbers
from generator.offline import said_digest
from generator.reading import articles
from generator.reading.load import Entries, LastRead
from generator.reading.outward import load_outward
from generator.render import trouble_html
from generator.report import full_text, summary_text
from generator.site import Site

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
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
        self._last_good: Site | None = None
        self._entries: Entries = {}
        self._last_read: LastRead | None = None
        self._press: Press | None = None
        self._texts: Texts = []
        self._nav: Navigation | None = None
        self._stamp: object = None
        self._building: Built | None = None
        self._built: Built | None = None
        self._trouble = ""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Keep this plugin alive between the builds of `serve`."""
        self._command, self._is_dirty = command, dirty

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
            outward, _, _ = load_outward(Path(self.config.data_dir), self.config.data_dir)
            clinic = outward.clinics.get(wanted)
            if clinic is None:
                known = ", ".join(outward.clinics) or "none yet"
                raise PluginError(f"The clinic must be one of: {known}.")
            config.site_name = clinic.name
            config.extra["clinic"] = clinic
            config.extra["skin"] = skin_of(clinic)
        config.extra["search_comes_late"] = True
        if self._command == "serve":  # Its own script stands in the page, and pages change.
            config.extra["policy"] = ""
        else:
            config.extra.setdefault("policy", policy_of(config))
            config.extra["offline"] = self.config.offline and not preview
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Open what the last build left; its site is not to be emptied."""
        compile_once(config)
        self._press = self._press or Press(
            store_beside(config, self._command), lasting=self._command == "serve"
        )
        if self._command != "serve" and not self._is_dirty:
            self._press.put_aside(config)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Check the data; then add what it makes."""
        assert self._press is not None
        started = time.perf_counter()
        self._stamp = self._stamp_of(config)
        texts = self._press.texts(*self._sound_site(config))
        made = self._press.files(texts, config)
        for file in made:
            files.append(file)
        join_assets(files, config)
        self._press.settle(files, config)
        if self._command != "serve":
            once.forget_all()
            gc.freeze()  # All of it stays until the end.
        else:
            self._texts = texts
        log.info(f"Made {len(made)} files from the data in {time.perf_counter() - started:.1f} s")
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Remember the navigation: pages show it."""
        self._nav = nav
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let the templates remember what they made."""
        assert self._press is not None and self._nav is not None
        env.filters["said_digest"] = said_digest
        templates: Environment = self._press.templates(env, config, self._nav, files)
        if self._command == "serve":
            names = self._names()
            self._building = Built(
                config, files, self._nav, templates, self._texts, names, self._stamp
            )
        return templates

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Mend what the theme gets wrong."""
        return mended(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Mend it in the page for addresses that lead nowhere, too."""
        return mended(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Leave what was made to the next build; after a save, that can wait for the end.

        It comes after those of all other plugins, because another build may begin at its end.
        """
        site = self._last_good if config.extra.get("offline") else None
        assert self._press is not None
        kept = leave_worker(Path(config.site_dir), site, self._press.kept())
        if self._building or self._command != "serve":
            self._press.finish(kept)
        if self._building:
            self._built, self._building = self._building, None
            gc.freeze()  # The next builds need not go through all of this for garbage.

    def on_build_error(self, *, error: Exception) -> None:
        """Let another build of this site begin."""
        if self._press:
            self._press.let_go()

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let the text go of which this page was made: nobody reads it again in a build."""
        if self._command != "serve" and page.file.generated_by == "strideguide":
            page.file.content_bytes = b""
        return html

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Turn the mentions of articles into links."""
        if page.file.generated_by or self._last_good is None:
            return markdown
        return articles.with_links(markdown, page.file.src_uri, self._last_good.library.pages)

    def on_shutdown(self) -> None:
        """Let everything go: MkDocs may use this plugin for another build."""
        if self._press:
            self._press.close()
        self._press = self._last_good = self._built = self._building = self._nav = None
        self._last_read = None
        self._entries = {}
        self._texts = []

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[[], None]
    ) -> LiveReloadServer:
        """Build again when the facts or the templates change, and no more than they touch."""
        server.watch(str(TEMPLATES_DIR))
        watch_closely(server, self.config.data_dir)
        show_trouble(server, lambda: self._trouble)
        server.builder = Builder(self._rebuild, builder)
        return server

    def _rebuild(self) -> bool:
        """Build what the data's last change touches, if that is enough."""
        with no_collection():
            return self._rebuild_touched()

    def _rebuild_touched(self) -> bool:
        built, self._built = self._built, None
        if built is None or self._press is None or built.stamp != self._stamp_of(built.config):
            return False
        started = time.perf_counter()
        outward = self._last_good and self._last_good.outward
        site, entries = self._sound_site(built.config)
        if site.outward != outward:
            return False
        texts = self._press.texts(site, entries)
        names = self._names()
        changed = rebuild(built, texts, names)
        if changed is None:
            return False
        self._built = replace(built, texts=texts, names=names)
        log.info(f"Built {len(changed)} files again in {time.perf_counter() - started:.1f} s")
        return True

    def _stamp_of(self, config: MkDocsConfig) -> object:
        paths = [config.docs_dir, config.config_file_path, config.theme.custom_dir, *config.watch]
        return stamp_of([str(TEMPLATES_DIR), *filter(None, paths)])

    def _names(self) -> dict[str, tuple[str, str]]:
        assert self._last_good is not None
        pages = self._last_good.library.pages
        return {id_: (kind.name, record.name) for id_, (kind, record) in pages.items()}

    def _sound_site(self, config: MkDocsConfig) -> tuple[Site, Entries]:
        """The site of sound data, with how its records were read.

        While serving, unsound data leave the last good site up.
        """
        self._last_read = self._last_read or kept_records(config)
        checked = load_and_check(Path(self.config.data_dir), Path(config.docs_dir), self._last_read)
        if self._command != "serve":
            self._last_read = None
        self._report(checked)
        clinic: Clinic | None = config.extra.get("clinic")
        numbers = clinic.country if clinic else self.config.country
        country = checked.library.countries.get(numbers)
        if checked.stops_build(strict=False):
            if self._command == "serve" and self._last_good:
                self._trouble = trouble_html(checked.diagnostics, checked.texts)
                log.error("The data has errors: the last good site stays up until they are mended.")
                return self._last_good, self._entries
            raise PluginError("The data has errors: see above. Nothing was built.")
        if country is None:
            known = ", ".join(checked.library.countries)
            raise PluginError(f"The option `country` must be one of: {known}.")
        config.extra["calls"] = {name: str(html) for name, html in linked_numbers(country).items()}
        site = Site(
            checked.library,
            country,
            checked.diagnostics,
            _edit_base(config),
            address=(config.site_url or "").rstrip("/") + "/" if config.site_url else "",
            outward=checked.outward,
            pictures=bool(config.extra.get("pictures")),
            policy=config.extra.get("policy", ""),
            clinic=clinic,
            name=config.site_name,
        )
        self._trouble = ""
        self._last_good = site
        if self._command == "serve":
            self._entries = checked.entries
        return site, checked.entries

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
