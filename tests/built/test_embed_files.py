"""Cards for other people's sites as files: found, light, whole, and asking for nothing."""

from __future__ import annotations

import gzip
import html
import json
import re
from pathlib import Path
from typing import Any

from cards import (
    CARD,
    SITE,
)
from hosts import (
    discovered,
    kept_by_wordpress,
)
from reading import assert_none, read_page

from generator.embeds.cards import MOST_KB, VIEWS, script
from generator.embeds.heights import UNMEASURED, WIDTHS, heights_of
from generator.pages.template_functions import CARD_WEIGHT_KB
from generator.routes import embed_url


def card_files(site_dir: Path) -> list[Path]:
    return sorted((site_dir / "embed").rglob("index.html"))


def test_every_page_is_discovered_once(site_dir: Path) -> None:
    found = []
    for path in sorted(site_dir.rglob("index.html")):
        url = path.parent.relative_to(site_dir).as_posix()
        if url.split("/")[0] == "cards" or url == "for/ottawa-health":
            continue
        links = discovered(path.read_text(encoding="utf-8"))
        if len(links) != 1 or not links[0].startswith(SITE):
            found.append(f"{url}: {links}")
        elif not (site_dir / links[0].removeprefix(SITE)).is_file():
            found.append(f"{url}: {links[0]} is not there")
    assert_none(found)


def test_oembed_is_what_wordpress_accepts(site_dir: Path) -> None:
    found = []
    for path in sorted((site_dir / "oembed").rglob("*.json")):
        body = json.loads(path.read_text(encoding="utf-8"))
        name = path.relative_to(site_dir).as_posix()
        if body["version"] != "1.0" or body["type"] not in ("rich", "link") or not body["title"]:
            found.append(f"{name}: form")
        if body["type"] != "rich":
            continue
        kept = kept_by_wordpress(body["html"])
        given = body["html"].replace(' class="wp-embedded-content"', "")
        if html.unescape(kept) != html.unescape(given):
            found.append(f"{name}: WordPress strips some of it")
        if not re.fullmatch(r"<blockquote><a href=\"https://[^\"]+\">[^<]+</a></blockquote>"
                            r"<iframe [^>]+></iframe>", kept):  # fmt: skip
            found.append(f"{name}: not one quote and one frame")
        src = re.search(r'<iframe src="([^"]+)"', kept)
        if not src or "#" in src[1] or not (
            site_dir / src[1].removeprefix(SITE) / "index.html"
        ).is_file():  # fmt: skip
            found.append(f"{name}: the card is not there")
        if not (isinstance(body["width"], int) and isinstance(body["height"], int)):
            found.append(f"{name}: size")
    assert_none(found)


def test_cards_ask_for_nothing(site_dir: Path) -> None:
    wrong = re.compile(
        r"localStorage|sessionStorage|document\.cookie|indexedDB|fetch\(|XMLHttpRequest|"
        r"type=[\"']module|<script[^>]+src|<link rel=\"stylesheet|@import|url\((?!#)|<use|<form"
    )
    found = []
    for path in card_files(site_dir):
        text = path.read_text(encoding="utf-8")
        name = path.parent.relative_to(site_dir).as_posix()
        found += [f"{name}: {hit}" for hit in wrong.findall(text)]
        most = MOST_KB if name.endswith(("/stages", "/exercises")) else CARD_WEIGHT_KB
        if len(gzip.compress(path.read_bytes(), mtime=0)) > most * 1000:
            found.append(f"{name}: too heavy")
        for needed in ("noindex,follow", '<link rel="canonical" href="https://', 'class="foot"',
                       "not a diagnosis", "CC BY 4.0", "Content-Security-Policy"):  # fmt: skip
            if needed not in text and (name, needed) != ("embed/self-test", "not a diagnosis"):
                found.append(f"{name}: lacks {needed}")
        if not re.search(r"<title>[^<]+</title>", text):
            found.append(f"{name}: no title")
        if "/conditions/" in f"/{name}" and 'class="flags' not in text:
            found.append(f"{name}: no red flags")
    assert_none(found)


def test_exercises_are_drawn(site_dir: Path, library: Any) -> None:
    """Each exercise's card shows its figure, named; parts show a small one beside each name."""
    for id_ in library.motions:
        text = (site_dir / embed_url("exercises", id_) / "index.html").read_text(encoding="utf-8")
        words = html.escape(library.figure_words[id_])
        assert text.count('class="sg-fig" role="img"') == 1, id_
        assert f'aria-label="{words}"' in text, id_
    for part in ("stages", "exercises"):
        text = (site_dir / CARD / part / "index.html").read_text(encoding="utf-8")
        rows = re.findall(r"<li>(.*?)</li>", text, re.DOTALL)
        drawn = [row for row in rows if '<svg xmlns="http://www.w3.org/2000/svg"' in row]
        assert len(drawn) == len([row for row in rows if "/exercises/" in row]) > 3
        assert text.count('class="sg-fig" aria-hidden="true"') == len(drawn)
    assert "sg-fig" not in (site_dir / CARD / "index.html").read_text(encoding="utf-8")


def test_cards_fit_where_wordpress_cuts_them_off(site_dir: Path) -> None:
    """WordPress shows 1000 px at most, and columns on phones are 320 px wide or more."""
    found = []
    for path in card_files(site_dir):
        url = path.parent.relative_to(site_dir).as_posix() + "/"
        heights = heights_of(url)
        if heights is UNMEASURED:
            found.append(f"{url}: not measured, run `make heights`")
        found += [f"{url}: {heights[w]} at {w}" for w in WIDTHS if w >= 320 and heights[w] > 1000]
    assert_none(found)


def test_weights(site_dir: Path) -> None:
    assert len(gzip.compress((site_dir / "embed.js").read_bytes(), mtime=0)) < 3000
    assert len(gzip.compress(script().encode(), mtime=0)) < 2600


def test_cards_are_in_no_index(site_dir: Path) -> None:
    assert "/embed/" not in (site_dir / "sitemap.xml").read_text(encoding="utf-8")
    assert '"embed/' not in (site_dir / "assets/search.json").read_text(encoding="utf-8")


def test_small_pages_are_sound(site_dir: Path) -> None:
    """Cards, cards to print and doors: tags pair, ids are unique, links arrive on the site."""
    found = []
    for path in sorted(site_dir.rglob("index.html")):
        url = path.parent.relative_to(site_dir).as_posix() + "/"
        if not url.startswith(("embed/", "cards/", "for/", "for-clinics/self-test/")):
            continue
        page = read_page(site_dir, path)
        found += [f"{url}: {trouble}" for trouble in page.unbalanced]
        if len(page.ids) != len(set(page.ids)):
            found.append(f"{url}: an id twice")
        for link in page.root.iter("a"):
            target = page.resolve(link.get("href") or "./").partition("#")[0]
            if target.startswith("tel:"):
                continue
            if "://" not in target and not (site_dir / target / "index.html").is_file():
                found.append(f"{url}: {target} is not there")
    assert_none(found)


def test_every_record_has_its_card(site_dir: Path, library: Any) -> None:
    assert_none(
        url
        for kind in VIEWS
        for id_ in library.of_kind(kind)
        if not (site_dir / (url := embed_url(kind, id_)) / "index.html").is_file()
    )
