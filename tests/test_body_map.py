"""The shapes of the body map, and what the home page says of the rest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from small import change, findings_of, sound_copy

from generator.check import load_and_check
from generator.library.library import Library
from generator.library.site import Site
from generator.model.context import MapPoint
from generator.model.kinds import KINDS
from generator.pages.body_map import HEIGHT, body_map, path_data
from generator.pages.pages import home_page

# Shapes


def corner(across: int, up: int) -> MapPoint:
    return MapPoint(across=across, up=up)


def test_a_shape_that_begins_and_ends_in_the_middle_is_one_outline() -> None:
    square = [corner(0, HEIGHT), corner(5, HEIGHT), corner(5, 100), corner(0, 100)]
    assert path_data(square) == "M0 0L5 0L5 28L0 28L-5 28L-5 0Z"


def test_another_shape_has_a_mirror_image_on_the_other_side() -> None:
    triangle = [corner(4, 128), corner(9, 128), corner(9, 118)]
    assert path_data(triangle) == "M4 0L9 0L9 10Z" + "M-9 10L-9 0L-4 0Z"


def test_the_map_goes_from_head_to_foot_and_leaves_nothing_out(library: Library) -> None:
    parts = body_map(library.regions.values())
    assert {part.region.id for part in parts} == set(library.regions)
    assert [part.middle for part in parts] == sorted(part.middle for part in parts)


def test_a_region_without_a_shape_is_a_finding(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    assert findings_of(data) == []
    path = data / "regions.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index("  shape:")] + text[text.index("\nwhole-body") :], "utf-8")
    assert findings_of(data) == [("regions.yaml", 1, "region-without-shape")]


def test_two_corners_make_no_shape(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "regions.yaml", "      - {across: 20, up: 0}\n", "")
    assert findings_of(data) == [("regions.yaml", 7, "region-without-shape")]


# What it says of the rest


def test_it_shows_the_articles_for_runners_and_no_others(site: Site) -> None:
    text = home_page(site).content
    topics = [a for a in site.library.articles if a.uri.startswith("topics/")]
    assert topics and all(f">{a.title}</a>" in text and a.description in text for a in topics)
    assert "About this site" not in text
    without = replace(
        site, library=Library({kind.name: {} for kind in KINDS}, site.library.vocabulary)
    )
    assert "Stay well" not in home_page(without).content


def test_it_names_the_most_dangerous_red_flags(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)

    def strip() -> str:
        library = load_and_check(data).library
        text = home_page(Site(library, library.countries["ca"])).content
        return text[text.index('<p class="sg-strip">') :].partition("</a>")[0]

    named = "<strong>A bent or cold foot, a snap at the heel, a numb foot</strong>"
    assert strip().endswith(f"{named} <span>Get help now</span>")
    change(data / "signs.yaml", "tier: same-day", "tier: within-days")
    change(data / "signs.yaml", "short: a numb foot", "short: no feeling in a foot")
    assert findings_of(data) == []
    assert "<strong>A bent or cold foot, a snap at the heel, no feeling in a foot<" in strip()


def test_it_tells_that_nothing_was_reviewed_only_as_long_as_that_is_so(site: Site) -> None:
    unsigned = "No page here has been clinically reviewed yet"
    assert unsigned in home_page(site).content
    library = site.library
    signs = dict(library.signs)
    id_, sign = signs.popitem()
    signed = replace(sign, places={}, review=replace(sign.review, state="signed"))
    records = {kind.name: dict(library.of_kind(kind.name)) for kind in KINDS}
    records["signs"] = {**signs, id_: signed}
    after = replace(site, library=Library(records, library.vocabulary))
    assert unsigned not in home_page(after).content
