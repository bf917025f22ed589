"""One mistake is one finding, however much of the data it breaks."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from small import sound_copy

from generator.check import load_and_check
from generator.diagnostics import Diagnostic

NOTE: Final = "note: It eases after a few steps."


def found_in(data: Path) -> tuple[Diagnostic, ...]:
    return load_and_check(data, data.parent / "content").diagnostics


def replaced(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


def every(pattern: str, new: str) -> Callable[[str], str]:
    return lambda text: re.sub(pattern, new, text, flags=re.MULTILINE)


def without(first: float, last: float) -> Callable[[str], str]:
    """A record of which these parts of its lines are deleted."""

    def cut(text: str) -> str:
        [record, *_] = re.findall(r"^plantar-fasciitis:\n(?:(?: .*)?\n)+", text, re.MULTILINE)
        lines = record.rstrip("\n").split("\n")
        a, b = max(1, int(first * len(lines))), int(last * len(lines))
        return text.replace(record, "\n".join([*lines[:a], *lines[b:]]) + "\n\n")

    return cut


CASCADES: Final[dict[str, tuple[str, Callable[[str], str], str]]] = {
    "the second half of a record": ("conditions.yaml", without(0.5, 1), "missing-field"),
    "the middle of a record": ("conditions.yaml", without(0.25, 0.75), "missing-field"),
    "all but the ends of a record": ("conditions.yaml", without(0.1, 0.95), "missing-field"),
    "anchors": ("conditions.yaml", every(r"^(\S+):\n", r"\1: &x\n"), "yaml-trick"),
    "an anchor and what names it": (
        "conditions.yaml",
        lambda text: text.replace("source: general", "source: *g").replace("*g", "&g general", 1),
        "yaml-trick",
    ),
    "a list for a mapping": (
        "conditions.yaml", replaced("  pattern:\n    ", "  pattern:\n    - "), "yaml-syntax",
    ),
    "a list for an answer": (
        "conditions.yaml", replaced("  answer:\n    ", "  answer:\n    - "), "wrong-type",
    ),
    "a mapping for a list": (
        "conditions.yaml",
        lambda text: re.sub(
            r"(?<=\n  signs:\n)(?:    .*\n)+",
            lambda block: block[0].replace("    - ", "      "), text, count=1,
        ),
        "wrong-type",
    ),
    "a huge limit": (
        "policy.yaml", every(r"sentence_words: \d+", "sentence_words: 1000000000000"), "wrong-type",
    ),
    "a limit in words": (
        "policy.yaml", every(r"sentence_words: \d+", "sentence_words: many"), "wrong-type",
    ),
    "an object of Python": (
        "conditions.yaml", replaced(NOTE, "note: !!python/object/apply:os.system [ls]"),
        "yaml-trick",
    ),
    "a Markdown link": (
        "conditions.yaml", replaced(NOTE, "note: Like [this](https://example.org/x) at first."),
        "half-mention",
    ),
    "text in backticks": ("conditions.yaml", replaced(NOTE, "note: `It eases`."), "yaml-syntax"),
    "a hyphen before a text": ("conditions.yaml", replaced(NOTE, "note: - x"), "yaml-syntax"),
    "JSON": (
        "conditions.yaml", replaced("  tissue: fascia", '  "tissue": "fascia",'), "yaml-syntax",
    ),
    "a word of a list renamed": (
        "vocabulary.yaml", every("^  experienced:", "  experiencedq:"), "unknown-value",
    ),
}  # fmt: skip
"""Name -> (file, what is done to it, the code of the one finding)."""


@pytest.mark.parametrize("cascade", CASCADES.values(), ids=CASCADES)
def test_a_mistake_is_one_finding(
    cascade: tuple[str, Callable[[str], str], str], tmp_path: Path
) -> None:
    file, broken, code = cascade
    data = sound_copy(tmp_path)
    path = data / file
    text = path.read_text(encoding="utf-8")
    assert broken(text) != text
    path.write_text(broken(text), encoding="utf-8")
    before = {d.message for d in found_in(sound_copy(tmp_path / "before"))}
    new = [d for d in found_in(data) if d.message not in before]
    assert [(d.code, d.place.path.rsplit("/")[-1]) for d in new] == [(code, file)]
