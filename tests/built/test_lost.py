"""An address that leads nowhere offers the nearest pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from page_pool import PHONE, PagePool
from playwright.sync_api import Page, expect
from serving import Files, from_folder, served

# An address that leads nowhere


@pytest.fixture(scope="module")
def lost_url(site_dir: Path) -> Iterator[str]:
    """The built site as hosts serve it: what is missing is answered by 404.html."""

    class WithPageForMissing(Files):
        def send_error(self, code: int, *rest: object) -> None:
            page = (site_dir / "404.html").read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

    with served(from_folder(site_dir, WithPageForMissing)) as url:
        yield url


@pytest.fixture
def lost(page_pool: PagePool, lost_url: str) -> Iterator[Page]:
    with page_pool.page(viewport=PHONE, base_url=lost_url) as pooled:
        yield pooled.page
    assert pooled.exceptions == []


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("conditions/achiles-tendonitis/", "Achilles tendinopathy"),
        ("exercises/calf-rase/", "Calf raise"),
        ("plantar-fasciitis.html", "Plantar fasciitis"),
        ("a/b/IT%20band", "Iliotibial band syndrome"),
    ],
)
def test_a_lost_address_offers_the_nearest_pages(lost: Page, address: str, page: str) -> None:
    lost.goto(address)
    expect(lost.get_by_role("heading", level=1)).to_have_text("This page is not here")
    near = lost.locator(".sg-lost .sg-nearest")
    expect(near.get_by_role("link").first).to_have_text(page)
    near.get_by_role("link").first.click()
    expect(lost.get_by_role("heading", level=1)).to_have_text(page)


@pytest.mark.parametrize(
    "address", ["qqqq/", "%E0%A4%A/", "hasOwnProperty/", "constructor/", "%3Cxqz%3E/"]
)
def test_an_address_like_nothing_offers_no_page(lost: Page, address: str) -> None:
    lost.goto(address)
    expect(lost.locator("[data-nearest][data-ready]")).to_be_attached()
    expect(lost.locator(".sg-lost .sg-nearest")).to_be_hidden()


def test_without_scripts_a_lost_address_leads_on(plain: Page, lost_url: str) -> None:
    plain.goto(f"{lost_url}no/such/page/")
    article = plain.get_by_role("article")
    expect(article.get_by_role("link", name="When to get help now")).to_be_visible()
    expect(article.get_by_role("button")).to_be_hidden()
    article.get_by_role("link", name="Where does it hurt?").click()
    expect(plain.get_by_role("heading", name="Where does it hurt?")).to_be_in_viewport()
