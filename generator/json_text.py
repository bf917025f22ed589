"""JSON that people can read, several times as fast as `json.dumps` lays it out."""

from __future__ import annotations

import json
from typing import Any, Final

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


def json_text(value: Any) -> str:
    """The text of a JSON file, one item a line, as `json.dumps` with an indent of one writes it.

    >>> print(json_text({"a": [1, "é"], "b": {}}), end="")
    {
     "a": [
      1,
      "é"
     ],
     "b": {}
    }
    """
    return f"{_laid_out(value, chr(10))}\n"


def _laid_out(value: Any, margin: str) -> str:
    inner = f"{margin} "
    if isinstance(value, dict) and value:
        rows = [f"{_ENCODE(key)}: {_laid_out(item, inner)}" for key, item in value.items()]
        return f"{{{inner}{f',{inner}'.join(rows)}{margin}}}"
    if isinstance(value, list | tuple) and value:
        rows = [_laid_out(item, inner) for item in value]
        return f"[{inner}{f',{inner}'.join(rows)}{margin}]"
    return _ENCODE(value)
