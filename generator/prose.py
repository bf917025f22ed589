"""Text from data/ -> HTML: paragraphs, `**bold**`, `*emphasis*`, lists and `[[mentions]]`.

Everything else is shown as it was written: the text is untrusted, so HTML stays text and
Markdown links do not exist.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from generator.mentions import mentions

LinkMention = Callable[[str, str], Markup]
"""(id, words to show, or "" for its name) -> the link's HTML."""

Explain = Callable[[str], Markup]
"""Plain text -> its HTML, with glossary words explained."""


class _Renderer(RendererHTML):
    def text(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A run of text, with its mentions as links."""
        text, link, explain, at = tokens[idx].content, env["link"], env["explain"], 0
        parts: list[str] = []
        for mention in mentions(text):
            parts += [explain(text[at : mention.start]), link(mention.id, mention.words)]
            at = mention.end
        return "".join([*parts, explain(text[at:])])


_MARKDOWN: Final = MarkdownIt("zero", renderer_cls=_Renderer).enable(
    ["emphasis", "list", "newline"]
)


def prose_html(text: str, link: LinkMention, explain: Explain = escape) -> Markup:
    """Paragraphs and lists.

    YAML's folded text keeps an empty line as one line end, so each line end starts a paragraph.
    """
    return Markup(_MARKDOWN.render(text.replace("\n", "\n\n"), {"link": link, "explain": explain}))


def inline_html(text: str, link: LinkMention, explain: Explain = escape) -> Markup:
    """One run of text, without a paragraph around it."""
    return Markup(_MARKDOWN.renderInline(text, {"link": link, "explain": explain}))


def plain_text(text: str, name_of: Callable[[str], str]) -> str:
    """The words alone, for descriptions: mentions by their words, no emphasis marks."""
    at = 0
    parts: list[str] = []
    for mention in mentions(text):
        parts += [text[at : mention.start], mention.words or name_of(mention.id)]
        at = mention.end
    joined = "".join([*parts, text[at:]]).replace("**", "")
    return " ".join(joined.split())
