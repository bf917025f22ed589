"""Figures as parts of pages and as files of their own. Pure functions; nothing is written here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from generator import routes
from generator.figure.draw import Drawn, card_svg, draw, moment_svg, moving_svg, muscle_map_svg
from generator.figure.pose import Motion
from generator.library.library import Library
from generator.model.exercise import Exercise
from generator.outputs import Output

_STYLES: Final = Path(__file__).parent.parent / "templates"


def figures(library: Library) -> Iterator[Output]:
    """Each exercise's movement and its card at their permanent addresses, and the style sheet."""
    yield Output(routes.FIGURE_STYLE, page_style())
    for id_ in library.motions:
        where = library.place_of(library.exercises[id_])
        for uri, svg in (
            (routes.figure_uri(id_), moving_svg),
            (routes.figure_card_uri(id_), card_svg),
        ):
            yield Output(uri, partial(_file, library, id_, svg), where)


def _file(library: Library, id_: str, svg: Callable[[Drawn, str, str], str]) -> str:
    drawn = _drawn(library.motions[id_], library.exercises[id_].muscles)
    return svg(drawn, ' class="sg-fig" role="img"', own_head(library.figure_words[id_]))


@dataclass(frozen=True, slots=True)
class FigureTools:
    """A figure as the templates of one page may show it."""

    library: Library
    exercise: Exercise
    url: Callable[[str], str]

    @property
    def moving(self) -> str:
        """The address of the movement."""
        return self.url(routes.figure_uri(self.exercise.id))

    @property
    def moves(self) -> bool:
        """Whether there is a movement to show."""
        return self.library.motions[self.exercise.id].moves

    @property
    def card(self) -> str:
        """The address of the still figure."""
        return self.url(routes.figure_card_uri(self.exercise.id))

    def inline(self, words: str = "") -> Markup:
        """The still figure within the page, named by `words`; without any it is decoration."""
        return _still(self.library.motions[self.exercise.id], self.exercise.muscles, words)

    @property
    def view_box(self) -> str:
        """The still figure's frame, for pictures that draw it within their own."""
        return self._still_parts[0]

    @property
    def shapes(self) -> Markup:
        """What is in that frame."""
        return Markup(self._still_parts[1])

    @property
    def _still_parts(self) -> tuple[str, str]:
        svg = str(self.inline())
        box = svg.split('viewBox="')[1].split('"')[0]
        return box, svg.split(">", 1)[1].removesuffix("</svg>")

    @property
    def words(self) -> str:
        """What it shows, in words."""
        return self.library.figure_words[self.exercise.id]

    @property
    def captions(self) -> tuple[str, ...]:
        """A caption for each moment."""
        return self.library.figure_captions[self.exercise.id]

    @property
    def moments(self) -> list[tuple[int, Markup]]:
        """The moments as pictures within the page, each with its width at one scale."""
        return _moments(self.library.motions[self.exercise.id], self.exercise.muscles)

    def muscle_map(self, side: str) -> Markup:
        """A small body from the front or the back with the exercise's muscles."""
        return _muscle_map(self.exercise.muscles, side)


@lru_cache(maxsize=256)
def _still(solved: Motion, working: tuple[str, ...], words: str) -> Markup:
    name = f'role="img" aria-label="{escape(words)}"' if words else 'aria-hidden="true"'
    return Markup(card_svg(_drawn(solved, working), f' class="sg-fig" {name}'))


@lru_cache(maxsize=256)
def _muscle_map(working: tuple[str, ...], side: str) -> Markup:
    return Markup(muscle_map_svg(working, ' class="sg-fig" aria-hidden="true"', side))


@lru_cache(maxsize=128)
def _drawn(solved: Motion, working: tuple[str, ...]) -> Drawn:
    return draw(solved, working)


@lru_cache(maxsize=128)
def _moments(solved: Motion, working: tuple[str, ...]) -> list[tuple[int, Markup]]:
    drawn = _drawn(solved, working)
    root = ' class="sg-fig" aria-hidden="true"'
    made = [moment_svg(drawn, moment, root) for moment in range(len(solved.moments))]
    return [(width, Markup(svg)) for width, svg in made]


def page_style() -> str:
    """The style sheet for figures within pages, in the page's own light or dark."""
    light, dark = _part("figure-light"), _part("figure-dark")
    schemes = f':root {{\n{light}}}\n[data-md-color-scheme="slate"] {{\n{dark}}}\n'
    return f"{schemes}@layer pieces {{\n{_part('figure')}{_part('figure-layout')}}}\n"


@cache
def plain_style() -> Markup:
    """The light colours for painters that know no variables, no `:is` and no media."""
    colours = dict(re.findall(r"(--[a-z-]+): (#[0-9a-f]+);", _part("figure-light")))
    text = re.sub(r"var\((--[a-z-]+)\)", lambda found: colours[found[1]], _part("figure"))
    rules = re.findall(r"^\.sg-fig (.+?) (\{.*?\})$", text.split("@media")[0], re.MULTILINE)
    flat = ((names.removeprefix(":is(").removesuffix(")"), body) for names, body in rules)
    return Markup("".join(f"{names}{body}" for names, body in flat))


@cache
def card_style() -> Markup:
    """The style sheet for figures within cards, in the card's own light or dark."""
    light, dark = _part("figure-light"), _part("figure-dark")
    text = (
        f":root{{{light}}}@media (prefers-color-scheme:dark)"
        f"{{:root[data-scheme=auto]{{{dark}}}}}:root[data-scheme=dark]{{{dark}}}"
        f"{_part('figure')}"
    )
    return Markup(" ".join(text.split()))


def own_head(words: str) -> str:
    """What makes a figure stand alone: its words, and its colours in light and dark."""
    return f"<title>{escape(words)}</title><style>{_own_style()}</style>"


@cache
def _own_style() -> str:
    style = (
        f".sg-fig{{{_part('figure-light')}}}"
        f"@media (prefers-color-scheme:dark){{.sg-fig{{{_part('figure-dark')}}}}}"
        f"{_part('figure')}"
    )
    return " ".join(style.split())


@cache
def _part(name: str) -> str:
    return (_STYLES / f"{name}.css").read_text(encoding="utf-8")
