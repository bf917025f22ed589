"""Our style sheets as one text, and our scripts as one: fewer requests, nothing twice.

Scripts may be plain, or modules that import from each other by `import { a, b } from "./x.js";`.
Each becomes a function of its own that gives back what it exports. That is all of the language of
modules that our widgets use; anything else is refused.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Final

_COMMENT: Final = re.compile(r"/\*.*?\*/\s*", re.DOTALL)
_LINE_COMMENT: Final = re.compile(r"^ *//.*\n", re.MULTILINE)
_INDENT: Final = re.compile(r"^ +", re.MULTILINE)
_IMPORT: Final = re.compile(r'^import \{([^}]*)\} from "(\.{1,2}/[^"]+)";\n', re.MULTILINE)
_EXPORT: Final = re.compile(r"^export (?=(?:async )?(?:function|const|let|class) (\w+))", re.M)
_MODULE_WORD: Final = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class JoinError(Exception):
    """A script that can't be joined; the message says why."""


def joined_styles(texts: Iterable[str]) -> str:
    """Style sheets in their order, without their comments and indents."""
    return "\n".join(_INDENT.sub("", _COMMENT.sub("", text)).strip() for text in texts) + "\n"


def joined_scripts(uris: Iterable[str], read: Callable[[str], str]) -> str:
    """Scripts in their order, each after the modules that it imports; `read` gives their texts.

    Lines that are comments are left out, and so are indents: no text may span lines.
    """
    made: dict[str, str] = {}

    def add(uri: str) -> None:
        if uri in made:
            return
        made[uri] = ""  # Two modules that import each other would never end.
        text = _LINE_COMMENT.sub("", read(uri))
        folder = posixpath.dirname(uri)
        for _, target in _IMPORT.findall(text):
            add(posixpath.normpath(posixpath.join(folder, target)))
        del made[uri]
        made[uri] = _wrapped(uri, text)

    for uri in uris:
        add(uri)
    return "".join(made.values())


def _wrapped(uri: str, text: str) -> str:
    folder = posixpath.dirname(uri)

    def imported(match: re.Match[str]) -> str:
        source = posixpath.normpath(posixpath.join(folder, match[2]))
        return f"const {{{match[1].replace(' as ', ': ')}}} = {_name(source)};\n"

    exports = _EXPORT.findall(text)
    body = _EXPORT.sub("", _IMPORT.sub(imported, text))
    if unknown := _MODULE_WORD.search(body):
        raise JoinError(f"{uri} can't be joined with the other scripts: `{unknown[0]}`.")
    body = _INDENT.sub("", body)
    given = f"return {{ {', '.join(exports)} }};\n" if exports else ""
    return f"const {_name(uri)} = (() => {{\n{body}{given}}})();\n"


def _name(uri: str) -> str:
    return "$" + re.sub(r"\W", "_", uri)
