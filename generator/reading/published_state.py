"""Data files that concern others: clinics, retired addresses, changes, published ids.

None of them has to exist. They are not kinds of the library: no page is theirs alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeVar

from generator.diagnostics import Diagnostic, Place
from generator.model.kinds import KINDS, VOCABULARY_FILE
from generator.model.published_state import Change, Clinic, Retired
from generator.model.record import Located
from generator.reading.composing import compose
from generator.reading.files import read_file, unread_files
from generator.reading.nodes import Scalar
from generator.reading.places import spot
from generator.reading.reader import Reader

T = TypeVar("T", bound=Located)

CLINICS_DIR: Final = "clinics"
RETIRED_FILE: Final = "retired.yaml"
CHANGES_FILE: Final = "changes.yaml"
PUBLISHED_FILE: Final = "published.txt"


@dataclass(frozen=True, slots=True)
class PublishedState:
    """What the files say. `published` maps `kind/id` to where it is."""

    clinics: Mapping[str, Clinic] = field(default_factory=dict)
    retired: Mapping[str, Retired] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    published: Mapping[str, Place] = field(default_factory=dict)


def last_change(published_state: PublishedState, id_: str, signed_on: str = "") -> str:
    """The newest day on which the advice of a record changed or was signed; "" if none is known.

    A change that names no condition concerns every page.
    """
    days = (c.on for c in published_state.changes if not c.conditions or id_ in c.conditions)
    return max((signed_on, *days))


def renamed_ids(before: PublishedState, after: PublishedState) -> Mapping[str, str]:
    """Old id -> new id of the records that were renamed from one state to the other."""
    new = (gone for id_, gone in after.retired.items() if id_ not in before.retired)
    return {gone.id: gone.now for gone in new if gone.fate == "renamed"}


def load_published_state(
    data_dir: Path, shown_dir: str
) -> tuple[PublishedState, list[Diagnostic], dict[str, str]]:
    """The files that there are, every finding about their form, and their texts for reports."""
    reader = Reader()
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}

    def text_of(file: str) -> str | None:
        path = data_dir / file
        if not path.exists():
            return None
        text, unreadable = read_file(path, f"{shown_dir}/{file}")
        found.extend(unreadable)
        texts[f"{shown_dir}/{file}"] = text or ""
        return text

    def parts(type_: type[T], file: str, what: str) -> dict[str, T]:
        text = text_of(file)
        top, unsound = compose(text, f"{shown_dir}/{file}") if text else (None, [])
        found.extend(unsound)
        return {
            key.text: reader.part(type_, node, f"The {what} `{key.text}`", key, id=key.text)
            for key, node in (top.entries if top else ())
            if reader.good_id(key)
        }

    clinics: dict[str, Clinic] = {}
    for path in _clinic_files(data_dir):
        file = f"{CLINICS_DIR}/{path.name}"
        shown = f"{shown_dir}/{file}"
        text = text_of(file)
        if text is None or not reader.good_id(Scalar(path.stem, shown, spot(1, 1, 1))):
            continue
        top, unsound = compose(text, shown)
        found += unsound
        if top:
            start = top._replace(at=spot(1, 1, 1))
            owner = f"The clinic `{path.stem}`"
            clinics[path.stem] = reader.part(Clinic, top, owner, start, id=path.stem)
    retired = parts(Retired, RETIRED_FILE, "retired id")
    changes = parts(Change, CHANGES_FILE, "change")
    lines = (text_of(PUBLISHED_FILE) or "").splitlines()
    published = {
        line.strip(): Place(f"{shown_dir}/{PUBLISHED_FILE}", number, 1, len(line))
        for number, line in enumerate(lines, start=1)
        if line.strip() and not line.startswith("#")
    }
    clinic_files = (f"{CLINICS_DIR}/{path.name}" for path in _clinic_files(data_dir))
    known = [*(kind.file for kind in KINDS), VOCABULARY_FILE, RETIRED_FILE, CHANGES_FILE]
    found += unread_files(data_dir, shown_dir, [*known, *clinic_files])
    newest_first = sorted(changes.values(), key=lambda c: (c.on, c.id), reverse=True)
    return (
        PublishedState(clinics, retired, tuple(newest_first), published),
        [*found, *reader.found],
        texts,
    )


def _clinic_files(data_dir: Path) -> list[Path]:
    return sorted((data_dir / CLINICS_DIR).glob("*.yaml"))
