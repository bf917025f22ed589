"""Where everything lives on the site. Nothing else knows an address.

Pages: `/<kind>/<id>/`. API: `/api/v1/<kind>/<id>.json`. Published addresses never change.
"""

from __future__ import annotations

import posixpath
from typing import Final

HOME: Final = ""
GET_HELP: Final = "get-help/"
WORKLIST: Final = "worklist/"
FIND: Final = "find/"
FINDER_DATA: Final = "assets/finder.json"
BUILDER: Final = "programme/"
BUILDER_DATA: Final = "assets/programme.json"
API_ROOT: Final = "api/v1/"
FIGURES: Final = "figures/"
FIGURE_STYLE: Final = "assets/figures/figure.css"


def page_url(kind: str, id_: str) -> str:
    """Site-relative address of a record's page.

    >>> page_url("signs", "calf-pop")
    'signs/calf-pop/'
    """
    return f"{kind}/{id_}/"


def index_url(kind: str) -> str:
    """Site-relative address of the list of a kind."""
    return f"{kind}/"


def source_uri(url: str, *, is_index: bool = False) -> str:
    """The Markdown file, within the docs folder, that MkDocs renders at this address.

    >>> source_uri("signs/calf-pop/"), source_uri("signs/", is_index=True), source_uri("")
    ('signs/calf-pop.md', 'signs/index.md', 'index.md')
    """
    return f"{url}index.md" if is_index or not url else f"{url.removesuffix('/')}.md"


def api_index_uri() -> str:
    """The API's index document."""
    return f"{API_ROOT}index.json"


def api_kind_uri(kind: str) -> str:
    """The list of a kind in the API."""
    return f"{API_ROOT}{kind}.json"


def api_record_uri(kind: str, id_: str) -> str:
    """A record in the API."""
    return f"{API_ROOT}{kind}/{id_}.json"


def figure_uri(id_: str) -> str:
    """An exercise's moving figure."""
    return f"assets/figures/{id_}.svg"


def figure_card_uri(id_: str) -> str:
    """An exercise's still figure, in a square."""
    return f"assets/figures/{id_}-card.svg"


def relative(url: str, *, here: str) -> str:
    """The link from the page at `here` to `url`, both site-relative; a fragment is kept.

    >>> relative("exercises/plank/", here="conditions/sciatica/")
    '../../exercises/plank/'
    >>> relative("", here="signs/")
    '../'
    """
    path, hash_, fragment = url.partition("#")
    if path == here and hash_:
        return hash_ + fragment
    directory = posixpath.dirname(here) or "."
    target = posixpath.relpath(path or ".", directory)
    slash = "/" if path.endswith("/") or not path else ""
    return f"{target}{slash}{hash_}{fragment}"
