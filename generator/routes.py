"""Where everything lives on the site. Nothing else knows an address.

Pages: `/<kind>/<id>/`. API: `/api/v1/<kind>/<id>.json`. Published addresses never change.
"""

from __future__ import annotations

from typing import Final

HOME: Final = ""
GET_HELP: Final = "get-help/"
WORKLIST: Final = "worklist/"
FIND: Final = "find/"
FIELDS: Final = "fields/"
CODES: Final = "findings/"
PROPOSE: Final = "propose/"
FINDER_DATA: Final = "assets/finder.json"
SEARCH_DATA: Final = "assets/search.json"
BUILDER: Final = "programme/"
BUILDER_DATA: Final = "assets/programme.json"
API_VERSION: Final = 1
API_ROOT: Final = f"api/v{API_VERSION}/"
EMBED_ROOT: Final = "embed/"
OEMBED_ROOT: Final = "oembed/"
EMBED_SCRIPT: Final = "embed.js"
FOR_CLINICS: Final = "for-clinics/"
SELF_TEST: Final = "for-clinics/self-test/"
FEED: Final = "feed.xml"
LLMS: Final = "llms.txt"
HEADERS: Final = "_headers"
ROBOTS: Final = "robots.txt"
OPENAPI: Final = "api/openapi.json"
FIGURES: Final = "figures/"
PICTURES: Final = "assets/pictures/"
PICTURED: Final = (
    "conditions", "signs", "exercises", "programmes", "regions", "causes", "treatments",
)  # fmt: skip
"""The kinds whose records have a preview picture of their own; all else shows the site's."""
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


def schema_uri(name: str) -> str:
    """The JSON Schema of a kind's documents."""
    return f"api/schemas/{name}.json"


def editor_schema_uri(file: str) -> str:
    """The JSON Schema by which editors check a data file."""
    return f"{API_ROOT}schema/{file}"


def table_uri(kind: str) -> str:
    """A kind as a table."""
    return f"{API_ROOT}{kind}.csv"


def embed_url(kind: str, id_: str, part: str = "", clinic: str = "") -> str:
    """A record's card for other sites, a part of it, and a clinic's own look of either.

    >>> embed_url("conditions", "sciatica", "stages")
    'embed/conditions/sciatica/stages/'
    >>> embed_url("signs", "calf-pop", clinic="hill-clinic")
    'embed/for/hill-clinic/signs/calf-pop/'
    """
    folder = f"for/{clinic}/" if clinic else ""
    return f"{EMBED_ROOT}{folder}{kind}/{id_}/" + (f"{part}/" if part else "")


def oembed_uri(url: str) -> str:
    """What oEmbed says of a page or of an embed, by its address.

    >>> oembed_uri("signs/calf-pop/"), oembed_uri("")
    ('oembed/signs/calf-pop.json', 'oembed/index.json')
    """
    return f"{OEMBED_ROOT}{url.removesuffix('/') or 'index'}.json"


def clinic_url(clinic: str, kind: str = "", id_: str = "") -> str:
    """The address that a clinic pastes to get a card in its own look; without a record, its door.

    >>> clinic_url("hill-clinic", "signs", "calf-pop"), clinic_url("hill-clinic")
    ('for/hill-clinic/signs/calf-pop/', 'for/hill-clinic/')
    """
    return f"for/{clinic}/" + (page_url(kind, id_) if kind else "")


def card_url(id_: str) -> str:
    """A condition's take-away card, for print."""
    return f"cards/{id_}/"


def feed_uri(id_: str) -> str:
    """The feed of one condition's changes."""
    return f"feeds/conditions/{id_}.xml"


def twin_url(url: str) -> str:
    """The Markdown twin of a page.

    >>> twin_url("signs/calf-pop/"), twin_url("")
    ('signs/calf-pop.md', 'index.md')
    """
    return f"{url.removesuffix('/') or 'index'}.md"


def file_uri(url: str) -> str:
    """The file that a folder's address stands for.

    >>> file_uri("cards/sciatica/")
    'cards/sciatica/index.html'
    """
    return f"{url}index.html"


def figure_uri(id_: str) -> str:
    """An exercise's moving figure."""
    return f"assets/figures/{id_}.svg"


def spot_uri(kind: str, id_: str) -> str:
    """A condition's or sign's sore place in close-up, in a square."""
    return f"assets/spots/{kind}/{id_}.svg"


def figure_card_uri(id_: str) -> str:
    """An exercise's still figure, in a square."""
    return f"assets/figures/{id_}-card.svg"


def picture_uri(kind: str = "", id_: str = "") -> str:
    """The preview picture of a record's page, or of another page.

    >>> picture_uri("signs", "calf-pop"), picture_uri()
    ('assets/pictures/signs/calf-pop.png', 'assets/pictures/site.png')
    """
    return f"{PICTURES}{kind}/{id_}.png" if kind in PICTURED else f"{PICTURES}site.png"


def relative(url: str, *, here: str) -> str:
    """The link from the page at `here` to `url`, both site-relative; a fragment is kept.

    >>> relative("exercises/plank/", here="conditions/sciatica/")
    '../../exercises/plank/'
    >>> relative("", here="signs/")
    '../'
    """
    top, slash, _ = url.partition("/")
    if slash and top and "#" not in top and not here.startswith(top + slash):
        return "../" * here.count("/") + url  # Most links lead to another kind.
    path, hash_, fragment = url.partition("#")
    if path == here and hash_:
        return hash_ + fragment
    to, start = path.split("/"), here.split("/")[:-1]
    to = [part for part in to if part]
    shared = 0
    while shared < min(len(to), len(start)) and to[shared] == start[shared]:
        shared += 1
    target = "/".join([".."] * (len(start) - shared) + to[shared:]) or "."
    slash = "/" if path.endswith("/") or not path else ""
    return f"{target}{slash}{hash_}{fragment}"
