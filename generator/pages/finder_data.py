"""The sign finder's data: which conditions list which signs, and what stops the search.

The page filters and compares what pages say. It never weighs, scores or ranks what somebody
has: results stand in alphabetical order, or by how much of the choice a page covers.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from generator import routes
from generator.exports.json_text import compact_json
from generator.library.red_flags import EVERYWHERE, flags_felt_in, most_dangerous_first
from generator.library.site import Site
from generator.model.sign import Sign
from generator.outputs import Output
from generator.pages import views
from generator.pages.numbers import plain_numbers


def finder_data(site: Site) -> Output:
    """One small file that the finder loads once. Lists refer to each other by position."""
    return Output(routes.FINDER_DATA, partial(_text, site))


def _text(site: Site) -> str:
    library = site.library
    signs = views.by_name(library.signs.values())
    position = {sign.id: i for i, sign in enumerate(signs)}
    body = {
        "regions": [
            {
                "id": region.id,
                "flags": [
                    position[flag.id]
                    for flag in most_dangerous_first(
                        library, flags_felt_in(library, (region.id, EVERYWHERE))
                    )
                ],
            }
            for region in views.head_to_foot(library)
        ],
        "signs": [_sign_json(site, sign) for sign in signs],
        "conditions": [
            {
                "name": condition.name,
                "url": routes.page_url("conditions", condition.id),
                "regions": list(condition.regions),
                "place": condition.pattern.place,
                "signs": [position[edge.sign] for edge in condition.signs],
            }
            for condition in views.by_name(library.conditions.values())
        ],
    }
    return compact_json(body)


def _sign_json(site: Site, sign: Sign) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": sign.id,
        "name": sign.name,
        "regions": list(sign.regions),
        "when": list(sign.when),
        "onset": list(sign.onset),
    }
    if sign.red_flag:
        row["tier"] = sign.red_flag.tier
        row["short"] = sign.red_flag.short
        row["action"] = plain_numbers(sign.red_flag.action, site.country)
    return row
