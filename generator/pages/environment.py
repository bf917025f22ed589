"""The Jinja environment with its filters, and words of templates that are said elsewhere too.

Everything is escaped unless it is Markup, and undefined names are errors.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from generator.model.dose import Dose

TEMPLATES_DIR: Final = Path(__file__).parent.parent / "templates"
DESCRIPTION_LENGTH: Final = 155


@cache
def environment() -> Environment:
    """The Jinja environment; what a page may call is added for each page by `render_page`."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters["front"] = front
    made.filters["heading"] = heading
    return made


def front(value: str | Sequence[str]) -> Markup:
    """A text or a list of texts for the front matter.

    Theme templates print titles and descriptions unescaped, so all is escaped here, for text
    and for double-quoted attributes; JSON's quoting is also YAML's.
    """
    escaped = _attribute(value) if isinstance(value, str) else [_attribute(text) for text in value]
    return Markup(json.dumps(escaped, ensure_ascii=False))


def heading(text: str) -> Markup:
    """A text for a Markdown heading: signs that mean something to Markdown become references."""
    plain = " ".join(str(text).split())
    return Markup("".join(c if c.isalnum() or c in " ,.?:’'" else f"&#{ord(c)};" for c in plain))


@lru_cache(maxsize=4096)
def dose_text(dose: Dose) -> str:
    """A dose in one line of words, as pages say it."""
    return _macro("parts/dose.html.jinja", "dose_line")(dose).striptags()


@lru_cache(maxsize=4096)
def cite_html(numbers: tuple[int, ...]) -> Markup:
    """Small numbers that lead to the page's sources."""
    return _macro("parts/page.html.jinja", "cite")(numbers)


def kind_title(kind: str) -> str:
    """What pages call the records of a kind."""
    return _macro("parts/page.html.jinja", "kind_title")(kind).striptags()


def kind_name(kind: str) -> str:
    """What pages call one record of a kind."""
    return _macro("parts/page.html.jinja", "kind_name")(kind).striptags()


def index_title(kind: str) -> str:
    """What the list of a kind is called."""
    return _macro("parts/page.html.jinja", "index_title")(kind).striptags()


def why_gone(fate: str, successor: str) -> str:
    """What readers see at an address whose record is gone; `successor` is a name."""
    return _macro("parts/page.html.jinja", "why_gone")(fate, successor).striptags()


def _macro(template: str, name: str) -> Callable[..., Markup]:
    """Words that stand in a template, for what is said outside of pages too."""
    found: Callable[..., Markup] = getattr(environment().get_template(template).module, name)
    return found


def _attribute(text: str) -> str:
    return str(escape(_shortened(text))).replace("&#39;", "'")


def _shortened(text: str) -> str:
    if len(text) <= DESCRIPTION_LENGTH:
        return text
    return text[: DESCRIPTION_LENGTH - 1].rsplit(" ", 1)[0].rstrip(" ,.;:") + "…"
