"""`strideguide build --clinic`: the same facts as a clinic's own site, in a browser."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from once import made_once
from page_pool import PHONE, PagePool
from playwright.sync_api import Page
from serving import from_folder, served
from small import ROOT, small_project

from generator.check import Checked, load_and_check
from generator.library.site import Site
from generator.pages.raster import png_of
from generator.pages.social_images import picture_svg
from generator.routes import picture_uri

CLINIC: Final = "ottawa-health"
CONDITION: Final = "achilles-tendinopathy"
ADDRESS: Final = "https://clinic.example/runners/"


def build(folder: Path, clinic: str) -> subprocess.CompletedProcess[str]:
    """The site of the small project in this folder, as the clinic's."""
    command = [sys.executable, "-m", "generator", "build", "--clinic", clinic]
    return subprocess.run(
        [*command, "--site-url", ADDRESS],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def project(folder: Path) -> Path:
    """The small library with the example of a clinic."""
    small_project(folder)
    (folder / "data/clinics").mkdir()
    text = (ROOT / f"data/clinics/{CLINIC}.yaml").read_text(encoding="utf-8")
    only = re.sub(r"conditions: .*", f"conditions: [{CONDITION}]", text)
    only = only.replace("country: ca\n", "country: gb\nphone: 0000 000\n")
    (folder / f"data/clinics/{CLINIC}.yaml").write_text(only, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def clinic_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, built."""

    def make(folder: Path) -> None:
        result = build(project(folder / "project"), CLINIC)
        assert result.returncode == 0, result.stdout + result.stderr

    return made_once(tmp_path_factory, "clinic", make) / "project"


@pytest.fixture(scope="module")
def clinic_site(clinic_project: Path) -> Path:
    return clinic_project / "site"


@pytest.fixture(scope="module")
def clinic_url(clinic_site: Path) -> Iterator[str]:
    with served(from_folder(clinic_site)) as url:
        yield url


@pytest.fixture
def pages(page_pool: PagePool, clinic_url: str) -> Iterator[dict[str, Page]]:
    """A condition's page of the clinic's site on a light and on a dark phone."""
    with ExitStack() as stack:
        opened = {
            scheme: stack.enter_context(page_pool.page(viewport=PHONE, color_scheme=scheme))
            for scheme in ("light", "dark")
        }
        for pooled in opened.values():
            pooled.page.goto(f"{clinic_url}conditions/achilles-tendinopathy/")
        yield {scheme: pooled.page for scheme, pooled in opened.items()}
    for pooled in opened.values():
        assert pooled.errors + pooled.exceptions + pooled.requests_outside(clinic_url) == []


def rgb(colour: str) -> str:
    return "rgb({}, {}, {})".format(*(int(colour[at : at + 2], 16) for at in (1, 3, 5)))


def test_it_carries_the_clinics_name_door_and_colours(
    pages: dict[str, Page], checked: Checked
) -> None:
    clinic = checked.published_state.clinics[CLINIC]
    for scheme, colour in (("light", clinic.accent), ("dark", clinic.accent_dark)):
        page = pages[scheme]
        assert clinic.name in page.title()
        door = page.get_by_role("link", name=clinic.cta)
        assert door.get_attribute("href") == clinic.url
        link = page.locator("article .sg-care a, article p a").last
        shown = page.get_by_role("link", name="Conditions", exact=True).last
        for one in (door, shown, link):
            assert one.evaluate("node => getComputedStyle(node).color") == rgb(colour)


def test_what_is_never_the_clinics_to_change(pages: dict[str, Page]) -> None:
    page = pages["light"]
    page.locator(".sg-urgent__all > summary").click()
    for text in ("All warning signs", "Be seen today for:", "Not yet clinically reviewed."):
        assert page.get_by_role("article").get_by_text(text).first.is_visible()
    assert "CC BY 4.0" in page.locator("footer").last.inner_text()


def test_its_country_is_its_own(clinic_site: Path, checked: Checked) -> None:
    """Whoever reads a clinic's page calls the number of that country, in the settings or not."""
    (call,) = checked.library.countries["gb"].emergency
    assert call.number == "999"
    for path in ("get-help", f"conditions/{CONDITION}"):
        text = (clinic_site / path / "index.html").read_text(encoding="utf-8")
        assert 'Call <a href="tel:999">999</a>' in text, path
        assert "tel:911" not in text and "Call 911" not in text, path


def test_its_take_away_card_is_its_own(clinic_site: Path, checked: Checked) -> None:
    card = (clinic_site / f"cards/{CONDITION}/index.html").read_text(encoding="utf-8")
    clinic = checked.published_state.clinics[CLINIC]
    assert f"--accent-light:{clinic.accent}" in card
    assert f'{clinic.name}: <a href="tel:0000000">0000 000</a>' in card


def test_its_addresses_are_its_own(clinic_site: Path) -> None:
    page = (clinic_site / "conditions/achilles-tendinopathy/index.html").read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{ADDRESS}conditions/achilles-tendinopathy/">' in page
    assert f'href="{ADDRESS}oembed/conditions/achilles-tendinopathy.json"' in page
    assert "https://strideguide.example" not in page
    oembed = (clinic_site / "oembed/conditions/achilles-tendinopathy.json").read_text(
        encoding="utf-8"
    )
    assert f"{ADDRESS}embed/conditions/achilles-tendinopathy/" in oembed


def test_its_name_stands_where_others_read_whose_site_it_is(
    clinic_site: Path, checked: Checked
) -> None:
    name = checked.published_state.clinics[CLINIC].name
    oembed = json.loads((clinic_site / f"oembed/conditions/{CONDITION}.json").read_text("utf-8"))
    assert (oembed["provider_name"], oembed["author_name"]) == (name, "StrideGuide")
    assert (clinic_site / "llms.txt").read_text(encoding="utf-8").startswith(f"# {name}\n")
    assert f"<title>{name}, changes of" in (clinic_site / "feed.xml").read_text(encoding="utf-8")


def test_its_preview_pictures_are_its_own(clinic_project: Path) -> None:
    """What a messenger shows of a link says the clinic's name."""
    clinic_site = clinic_project / "site"
    checked = load_and_check(clinic_project / "data", clinic_project / "content")
    clinic = checked.published_state.clinics[CLINIC]
    site = Site(checked.library, checked.library.countries[clinic.country], clinic=clinic)
    drawn = png_of(picture_svg(site, "conditions", CONDITION))
    assert (clinic_site / picture_uri("conditions", CONDITION)).read_bytes() == drawn
    page = (clinic_site / "conditions/achilles-tendinopathy/index.html").read_text(encoding="utf-8")
    assert f'<meta property="og:site_name" content="{clinic.name}">' in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(pages: dict[str, Page], scheme: str) -> None:
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    results = Axe().run(pages[scheme], options=rules)
    assert results.violations_count == 0, results.generate_report()


def test_an_unknown_clinic_is_reported(tmp_path: Path) -> None:
    result = build(project(tmp_path / "project"), "nobody")
    assert result.returncode == 1
    assert f"The clinic must be one of: {CLINIC}." in result.stdout + result.stderr
    assert not (tmp_path / "project/site").exists()
