"""What surrounds every page: our style sheet, our script, and the policy for scripts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mkdocs.config.config_options import ExtraScriptValue
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from generator.embeds.cards import script_hash
from generator.host.assets import JoinError, joined_scripts, joined_styles
from generator.host.content_security_policy import inline_scripts, policy_text, source_of
from generator.host.service_worker import is_kept, kept, no_worker_text, worker_text
from generator.model.digests import digest_of

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from generator.library.site import Site

WORKER: Final = "sw.js"
FOLDER: Final = "assets/joined"
_CORRECTED: Final = {
    ' id="__drawer" autocomplete="off"': ' id="__drawer"',
    ' id="__search" autocomplete="off"': ' id="__search"',
}
"""Wrong HTML of the theme that lies in none of its blocks or partials (mkdocs-material 9.8.1)."""
_INDENT: Final = re.compile(
    r"(<(?:pre|textarea|script)\b.*?</(?:pre|textarea|script)>)|\n\s+", re.DOTALL
)
"""Whitespace that nobody sees; what stands in the elements named here is left as it is."""
_PARTIALS: Final = ("base", "palette", "content")


def join_assets(files: Files, config: MkDocsConfig) -> None:
    """Put one style sheet and one script in the place of those that mkdocs.yml lists.

    Their names hold a digest of what is in them, so that a browser may keep them for ever.
    """

    def read(uri: str) -> str:
        file = files.get_file_from_path(uri)
        if file is None:
            raise PluginError(f"mkdocs.yml or a script of it names a file that is not there: {uri}")
        return file.content_string

    def add(text: str, ending: str) -> str:
        uri = f"{FOLDER}/{digest_of(text)[:8]}.{ending}"
        file = File.generated(config, uri, content=text)
        file.generated_by = None  # No output of the data: a rebuild of those leaves it be.
        files.append(file)
        return uri

    try:
        if config.extra_css:
            config.extra_css = [add(joined_styles(map(read, config.extra_css)), "css")]
        if config.extra_javascript:
            text = joined_scripts(map(str, config.extra_javascript), read)
            script = ExtraScriptValue(add(text, "js"))
            script.type = "module"
            config.extra_javascript = [script]
    except JoinError as error:
        raise PluginError(str(error)) from error


def leave_worker(site_dir: Path, site: Site | None) -> None:
    """Write the service worker of this finished site; without a site, the one that undoes it."""
    uris = sorted(uri for uri in _uris_below(site_dir) if is_kept(uri)) if site else []
    files = {uri: kept((site_dir / uri).read_bytes()) for uri in uris}
    text = worker_text(site, files) if site else no_worker_text()
    (site_dir / WORKER).write_text(text, encoding="utf-8")


def _uris_below(folder: Path) -> Iterator[str]:
    """Every file, by its way from the folder."""
    start = len(f"{folder}{os.sep}")
    for root, _, names in os.walk(folder):
        way = f"{root}{os.sep}"[start:].replace(os.sep, "/")
        yield from (f"{way}{name}" for name in names)


def corrected(html: str) -> str:
    """A page without the theme's errors of HTML, and without its indents: a sixth of its weight."""
    for wrong, right in _CORRECTED.items():
        html = html.replace(wrong, right, 1)
    if ' id="__toc"' not in html:  # Only pages of the navigation have that switch.
        html = html.replace(' for="__toc"', "")
    return _INDENT.sub(lambda found: found[1] or "\n", html)


def policy_of(config: MkDocsConfig) -> str:
    """The policy that lets the theme's own scripts run, and those of the cards for other sites."""
    environment = config.theme.get_env()
    sources = [
        source_of(script)
        for name in _PARTIALS
        for script in inline_scripts(
            environment.get_template(f"partials/javascripts/{name}.html").render(
                config=config, base_url="", features=[]
            )
        )
    ]
    return policy_text([*sources, script_hash()])
