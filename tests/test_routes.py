"""Addresses, and the links between them."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
import small  # noqa: F401  (settles how hypothesis runs)
from hypothesis import given
from hypothesis import strategies as st

from generator import routes


@pytest.mark.parametrize(
    "url, here, link",
    [
        ("exercises/plank/", "conditions/sciatica/", "../../exercises/plank/"),
        ("conditions/sciatica/", "conditions/plantar-fasciitis/", "../sciatica/"),
        ("conditions/sciatica/", "conditions/sciatica/", "./"),
        ("conditions/", "conditions/sciatica/", "../"),
        ("conditions/sciatica/", "conditions/", "sciatica/"),
        ("signs/", "conditions/", "../signs/"),
        ("", "signs/calf-pop/", "../../"),
        ("", "signs/", "../"),
        ("", "", "./"),
        ("signs/", "", "signs/"),
        ("get-help/", "", "get-help/"),
        ("api/v1/index.json", "signs/", "../api/v1/index.json"),
        ("api/v1/index.json", "", "api/v1/index.json"),
        ("api/v1/signs.json", "api/v1/index.json", "signs.json"),
        ("conditions/sciatica/#plan", "signs/calf-pop/", "../../conditions/sciatica/#plan"),
        ("conditions/sciatica/#plan", "conditions/sciatica/", "#plan"),
        ("conditions/#knee", "conditions/sciatica/", "../#knee"),
        ("#top", "signs/", "../#top"),
        ("#top", "", "#top"),
        ("signs/#a#b", "", "signs/#a#b"),
    ],
)
def test_relative(url: str, here: str, link: str) -> None:
    assert routes.relative(url, here=here) == link


NAME = st.sampled_from(["signs", "calf-pop", "a", "b2", "x-y-z", "index"])
PAGE = st.lists(NAME, max_size=4).map(lambda names: "".join(f"{name}/" for name in names))
FILE = st.tuples(PAGE, NAME).map(lambda parts: f"{parts[0]}{parts[1]}.json")
FRAGMENT = st.one_of(st.just(""), NAME.map("#{}".format))


@given(url=st.one_of(PAGE, FILE), fragment=FRAGMENT, here=st.one_of(PAGE, FILE))
@pytest.mark.parametrize(
    "root", ["https://example.org/", "https://example.org/deep/er/", "http://127.0.0.1:8000/"]
)
def test_a_relative_link_leads_to_its_target(root: str, url: str, fragment: str, here: str) -> None:
    """A browser resolves the link to the target, wherever the site is mounted."""
    link = routes.relative(url + fragment, here=here)
    assert urljoin(root + here, link) == root + url + fragment


@given(url=PAGE, fragment=FRAGMENT, here=PAGE)
def test_a_relative_link_is_neither_absolute_nor_empty(url: str, fragment: str, here: str) -> None:
    """An empty link would lead to the page that it stands on, without its fragment."""
    link = routes.relative(url + fragment, here=here)
    assert link and not link.startswith("/") and "//" not in link and ":" not in link


@pytest.mark.parametrize(
    "url, is_index, uri",
    [
        ("", False, "index.md"),
        ("signs/", True, "signs/index.md"),
        ("signs/calf-pop/", False, "signs/calf-pop.md"),
        ("get-help/", False, "get-help.md"),
    ],
)
def test_source_uri(url: str, is_index: bool, uri: str) -> None:
    assert routes.source_uri(url, is_index=is_index) == uri


def test_published_addresses() -> None:
    """These never change."""
    assert [
        routes.HOME,
        routes.GET_HELP,
        routes.index_url("signs"),
        routes.page_url("signs", "calf-pop"),
        routes.api_index_uri(),
        routes.api_kind_uri("signs"),
        routes.api_record_uri("signs", "calf-pop"),
    ] == [
        "",
        "get-help/",
        "signs/",
        "signs/calf-pop/",
        "api/v1/index.json",
        "api/v1/signs.json",
        "api/v1/signs/calf-pop.json",
    ]
