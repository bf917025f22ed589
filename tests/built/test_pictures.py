"""Preview pictures: each page names one, hosts find it, and no letter runs over its edge."""

from __future__ import annotations

import json
import re
import struct
from dataclasses import replace
from pathlib import Path
from typing import Final

from playwright.sync_api import Page
from reading import assert_none

from generator import routes
from generator.build import outputs
from generator.check import Checked
from generator.library.library import Library
from generator.library.site import Site
from generator.model.kinds import KINDS
from generator.pages import social_images as pictures
from generator.pages.raster import png_of

SITE_URL: Final = "https://strideguide.example/"


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_each_page_names_a_picture_that_is_there(site_dir: Path, library: Library) -> None:
    found = []
    for id_, (kind, _) in library.pages.items():
        page = site_dir / routes.page_url(kind.name, id_) / "index.html"
        named = re.findall(
            r'<meta property="og:image" content="([^"]+)">', page.read_text(encoding="utf-8")
        )
        if named != [SITE_URL + routes.picture_uri(kind.name, id_)]:
            found.append(f"{id_}: {named}")
    assert_none(found)
    about = (site_dir / "about/index.html").read_text(encoding="utf-8")
    assert f'content="{SITE_URL}{routes.picture_uri()}"' in about
    assert '<meta name="twitter:card" content="summary_large_image">' in about
    for path in (site_dir / routes.PICTURES).rglob("*.png"):
        assert size_of(path.read_bytes()) == (pictures.WIDTH, pictures.HEIGHT)


def test_oembed_names_it_with_its_size(site_dir: Path) -> None:
    found = []
    for path in (site_dir / "oembed").rglob("*.json"):
        body = json.loads(path.read_text(encoding="utf-8"))
        uri = str(body.get("thumbnail_url")).removeprefix(SITE_URL)
        size = (body.get("thumbnail_width"), body.get("thumbnail_height"))
        if size != (pictures.WIDTH, pictures.HEIGHT) or not (site_dir / uri).is_file():
            found.append(path.name)
    assert_none(found)


def test_a_picture_is_what_its_facts_draw(site_dir: Path, site: Site) -> None:
    for kind, id_ in (("conditions", "sciatica"), ("exercises", "heel-drop"), ("", "")):
        drawn = png_of(pictures.picture_svg(site, kind, id_))
        assert drawn == (site_dir / routes.picture_uri(kind, id_)).read_bytes()


def test_no_name_becomes_markup(site: Site) -> None:
    records = {kind.name: dict(site.library.of_kind(kind.name)) for kind in KINDS}
    sign = records["signs"]["calf-pop"]
    records["signs"]["calf-pop"] = replace(sign, name='</text><image href="x"/>"&')
    hostile = replace(site, library=Library(records, site.library.vocabulary))
    svg = pictures.picture_svg(hostile, "signs", "calf-pop")
    assert "<image" not in svg
    assert size_of(png_of(svg)) == (pictures.WIDTH, pictures.HEIGHT)


def test_a_clinics_picture_carries_its_name_and_colour(site: Site, checked: Checked) -> None:
    clinic = checked.published_state.clinics["ottawa-health"]
    svg = pictures.picture_svg(replace(site, clinic=clinic), "conditions", "sciatica")
    assert "StrideGuide<" not in svg and clinic.accent in svg
    foot = re.sub(r"<[^>]+>", " ", svg.split('font-weight="700" fill="#fff"')[1])
    assert " ".join(foot.split("Health information")[0].split("> ")[-1].split()) == clinic.name
    pale = replace(clinic, accent="#ffe08a", name='</text><image href="x"/>')
    svg = pictures.picture_svg(replace(site, clinic=pale), "conditions", "sciatica")
    assert "#ffe08a" not in svg and "<image" not in svg
    assert size_of(png_of(svg)) == (pictures.WIDTH, pictures.HEIGHT)


def test_they_can_be_left_out(site: Site) -> None:
    bare = {o.uri: o for o in outputs(replace(site, pictures=False, address=SITE_URL))}
    assert not any(uri.startswith(routes.PICTURES) for uri in bare)
    assert "picture:" not in bare["conditions/sciatica.md"].content
    assert "thumbnail" not in bare["oembed/conditions/sciatica.json"].content


MARGINS: Final = """async (uris) => {
  const found = [], canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  for (const uri of uris) {
    const image = new Image();
    image.src = uri;
    await image.decode();
    canvas.width = image.width;
    canvas.height = image.height;
    context.drawImage(image, 0, 0);
    const height = Math.floor(image.height * 0.85);
    const blank = (x, y, w, h) => {
      const pixels = context.getImageData(x, y, w, h).data;
      return pixels.every((value, at) => value === pixels[at % 4]);
    };
    if (!blank(image.width - 36, 0, 36, height)) found.push(uri + ": right");
    if (!blank(0, 0, image.width, 16)) found.push(uri + ": top");
    if (!blank(0, height - 16, image.width, 16)) found.push(uri + ": foot");
  }
  return found;
}"""


def test_no_letter_runs_over_the_edge(phone: Page, site_dir: Path) -> None:
    uris = sorted(
        "/" + path.relative_to(site_dir).as_posix()
        for path in (site_dir / routes.PICTURES).rglob("*.png")
    )
    assert len(uris) > 250
    phone.goto("/404.html")
    assert_none(phone.evaluate(MARGINS, uris))
