"""The data of the sign finder: each red flag is offered wherever it may be felt."""

from __future__ import annotations

import json

from generator.library.red_flags import EVERYWHERE
from generator.library.site import Site
from generator.model.sign import TIERS
from generator.pages.finder_data import finder_data


def test_data_says_what_the_records_say(site: Site) -> None:
    library = site.library
    data = json.loads(finder_data(site).content)
    names = [sign["name"] for sign in data["signs"]]
    by_name = {condition["name"]: condition for condition in data["conditions"]}
    for condition in library.conditions.values():
        row = by_name[condition.name]
        assert {names[i] for i in row["signs"]} == {
            library.signs[edge.sign].name for edge in condition.signs
        }
        assert row["regions"] == list(condition.regions)
    assert [c["name"] for c in data["conditions"]] == sorted(by_name, key=str.casefold)


def offered(site: Site) -> dict[str, list[str]]:
    """Region -> ids of the red flags that the finder offers for it, in order."""
    data = json.loads(finder_data(site).content)
    return {
        region["id"]: [data["signs"][i]["id"] for i in region["flags"]]
        for region in data["regions"]
    }


def test_each_red_flag_is_offered_wherever_it_may_be_felt(site: Site) -> None:
    """In each region that it names, or everywhere; the most dangerous first."""
    flags = [sign for sign in site.library.signs.values() if sign.red_flag]
    by_danger = sorted(flags, key=lambda sign: TIERS.index(sign.red_flag.tier))  # type: ignore[union-attr]
    assert set(offered(site)) >= set(site.library.regions)
    for region, ids in offered(site).items():
        wanted = [s.id for s in by_danger if {region, EVERYWHERE} & set(s.regions)]
        assert ids == wanted, region


def test_no_case_passes_its_red_flag(site: Site) -> None:
    """Wherever all the ordinary signs of an invented case are felt, its red flag is offered.

    That is anywhere for a case without ordinary signs.
    """
    signs, regions = site.library.signs, offered(site)
    missed = []
    for case in site.library.vignettes.values():
        felt = [signs[id_].regions for id_ in case.signs if not signs[id_].red_flag]
        start = set(signs[case.red_flag].regions if case.red_flag and not felt else regions)
        for region in start.intersection(*felt):
            if case.red_flag and case.red_flag not in regions[region]:
                missed.append((case.id, case.red_flag, region))
    assert missed == []
