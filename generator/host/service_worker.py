"""What a reader's device keeps of the site, and the service worker that keeps it; pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from generator import routes
from generator.library.site import Site
from generator.model.digests import digest_of
from generator.pages.environment import environment

MOST_UNASKED: Final = 3_000_000
"""What is kept of a site whose reader did not ask for more, in bytes."""
MOST_CORE: Final = 2_850_000
"""The part of it that is kept at once; the rest is for the pages that are visited."""
_NO_PAGES: Final = re.compile(r"(?:api|cards|embed|feeds|for|oembed)/|404\.html$")
_ASSETS: Final = re.compile(r"assets/(?!javascripts/|pictures/).+\.(?:css|js|json|svg|png)$")
_OTHERS: Final = ("manifest.webmanifest",)
_SHELL: Final = re.compile(
    r"assets/(?:joined/|stylesheets/|vendor/|pages/(?!propos)|(?!propos|embed)[^/]+\.(?:js|json|svg)$)"
    r"|offline\.html$"
)
_SAYS: Final = re.compile(rb'<meta name="sg-version" content="([0-9a-f]+)">')


def is_kept(uri: str) -> bool:
    """Whether a file of the site is for readers; cards, feeds and the API are for other sites.

    >>> is_kept("signs/calf-pop/index.html"), is_kept("embed/signs/calf-pop/index.html")
    (True, False)
    """
    if uri.endswith(".html"):
        return not _NO_PAGES.match(uri)
    return bool(_ASSETS.match(uri)) or uri in _OTHERS


class Kept(NamedTuple):
    """A file on the reader's device: what tells it from other versions of it, and its bytes."""

    version: str
    size: int


def kept(content: bytes) -> Kept:
    """What the worker says of a file. Its version is what it says, and what its bytes are.

    Pages change around what they say.
    """
    exact = hashlib.blake2b(content, digest_size=4).hexdigest()
    says = _SAYS.search(content)
    return Kept(f"{says[1].decode()}.{exact}" if says else exact, len(content))


def worker_text(site: Site, kept_files: Mapping[str, Kept]) -> str:
    """The worker that may keep these files, by their addresses within the site."""
    files = {_address(uri): file for uri, file in sorted(kept_files.items())}
    core = _core(site, files)
    return (
        environment()
        .get_template("worker.js.jinja")
        .render(
            files={address: (file.version, file.size) for address, file in files.items()},
            core=core,
            room=MOST_UNASKED - sum(files[address].size for address in core),
            megabytes=-(-sum(file.size for file in files.values()) // 1_000_000),
        )
    )


def _core(site: Site, files: Mapping[str, Kept]) -> list[str]:
    """What is kept at once: of this order, as much as there is room for."""
    signs = site.library.signs.values()
    wanted = [
        routes.GET_HELP,
        *(address for address in files if _SHELL.match(address)),
        *(routes.page_url("signs", sign.id) for sign in signs if sign.red_flag),
        *(routes.HOME, routes.FIND, routes.BUILDER),
    ]
    core, room = [], MOST_CORE
    for address in wanted:
        if address in files and files[address].size <= room:
            core.append(address)
            room -= files[address].size
    return core


def said_digest(content: str) -> str:
    """Tells whether two pages say the same, whatever surrounds it."""
    return digest_of(content)[:8]


def no_worker_text() -> str:
    """The worker that takes away the one of earlier builds, and all that it kept."""
    return environment().get_template("worker-gone.js").render()


def _address(uri: str) -> str:
    """A file's address, escaped as in links.

    >>> _address("signs/shin pain/index.html"), _address("a/#1 (é).html")
    ('signs/shin%20pain/', 'a/%231%20%28%C3%A9%29.html')
    """
    return quote(re.sub(r"(^|/)index\.html$", r"\1", uri))
