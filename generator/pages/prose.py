"""Text from data/ -> HTML: paragraphs, `**bold**`, `*emphasis*`, lists and `[[mentions]]`.

Everything else is shown as it was written: the text is untrusted, so HTML stays text and
Markdown links do not exist.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping, Sequence
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from generator.reading.mentions import MENTION, replaced, without_emphasis

LinkMention = Callable[[str, str], Markup]
"""(id, words to show, or "" for its name) -> the link's HTML."""

Explain = Callable[[str], Markup]
"""Plain text -> its HTML, with glossary words explained."""


_SIGNS: Final = re.compile(r"[^\w ,.;:!?'’\"“”()%/–-]|_")
"""What may mean something to Markdown. Texts without any are most of them, and need no parser."""


class _Renderer(RendererHTML):
    def text(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A run of text, with glossary words explained."""
        return str(env["explain"](tokens[idx].content))

    def mention(
        self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: MutableMapping[str, Any]
    ) -> str:
        """A mention as a link."""
        return str(env["link"](tokens[idx].meta["id"], tokens[idx].meta["words"]))


def _mention_rule(state: StateInline, silent: bool) -> bool:
    """Reads `[[id|words]]` before anything else can take it apart."""
    match = MENTION.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.meta = {"id": match[1].strip(), "words": (match[2] or "").strip()}
    state.pos = match.end()
    return True


_MARKDOWN: Final = MarkdownIt("zero", renderer_cls=_Renderer).enable(
    ["emphasis", "list", "newline"]
)
_MARKDOWN.inline.ruler.before("emphasis", "mention", _mention_rule)


def prose_html(text: str, link: LinkMention, explain: Explain = escape) -> Markup:
    """Paragraphs and lists.

    YAML's folded text keeps an empty line as one line end, so each line end starts a paragraph.
    """
    if text[:1].isalpha() and not _SIGNS.search(text):
        return Markup("<p>{}</p>\n").format(explain(text.rstrip()))
    return Markup(_MARKDOWN.render(paragraphs(text), {"link": link, "explain": explain}))


def paragraphs(text: str) -> str:
    """Each line end starts a paragraph, but for those within a mention."""
    joined = MENTION.sub(lambda match: " ".join(match[0].split()), text)
    return joined.replace("\n", "\n\n")


def inline_html(text: str, link: LinkMention, explain: Explain = escape) -> Markup:
    """One run of text, without a paragraph around it."""
    if not _SIGNS.search(text):
        return explain(text) if text else Markup()
    return Markup(_MARKDOWN.renderInline(text, {"link": link, "explain": explain}))


def plain_text(text: str, name_of: Callable[[str], str]) -> str:
    """The words alone, for descriptions: mentions by their words, no emphasis marks."""
    joined = replaced(text, lambda mention: mention.words or name_of(mention.id))
    return " ".join(without_emphasis(joined).split())
