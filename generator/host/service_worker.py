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

_NO_PAGES: Final = re.compile(r"(?:api|cards|embed|feeds|for|oembed)/")
_ASSETS: Final = re.compile(r"assets/(?!javascripts/|pictures/).+\.(?:css|js|json|svg|png)$")
_OTHERS: Final = ("manifest.webmanifest", "offline.html")
_SHELL: Final = re.compile(r"assets/(?:joined/|stylesheets/|vendor/|[^/]+$)|offline\.html$")
_SAYS: Final = re.compile(rb'<meta name="sg-version" content="([0-9a-f]+)">')


def is_kept(uri: str) -> bool:
    """Whether a file of the site is for readers; cards, feeds and the API are for other sites.

    >>> is_kept("signs/calf-pop/index.html"), is_kept("embed/signs/calf-pop/index.html")
    (True, False)
    """
    if uri.endswith("index.html"):
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
    """The worker that keeps these files, by their addresses within the site."""
    versions = {_address(uri): file.version for uri, file in kept_files.items()}
    core = {routes.HOME, routes.GET_HELP, routes.FIND, routes.BUILDER}
    core |= {
        routes.page_url("signs", sign.id) for sign in site.library.signs.values() if sign.red_flag
    }
    core |= {address for address in versions if _SHELL.match(address)}
    files = dict(sorted(versions.items()))
    weight = sum(file.size for file in kept_files.values())
    return (
        environment()
        .get_template("worker.js.jinja")
        .render(
            files=files,
            core=sorted(core & files.keys()),
            megabytes=-(-weight // 1_000_000),
            build=digest_of(*(f"{address} {version}" for address, version in files.items()))[:16],
        )
    )


def said_digest(content: str) -> str:
    """Tells whether two pages say the same, whatever surrounds it."""
    return digest_of(content)[:8]


def no_worker_text() -> str:
    """The worker that takes away the one of earlier builds, and all that it kept."""
    return environment().get_template("worker-gone.js").render()


def _address(uri: str) -> str:
    """A file's address as browsers write it.

    >>> _address("a b/index.html"), _address("it's.png")
    ('a%20b/', "it's.png")
    """
    return quote(uri.removesuffix("index.html"), safe="/!$&'()*+,;=:@~%|[]-._")
