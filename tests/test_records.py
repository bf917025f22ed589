"""Data files are read record by record, and a sound record only once."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from synthetic_project import edited, made

from generator.checking import load_and_check
from generator.host.records import KeptRead, kept_beside
from generator.host.store import Store
from generator.library import Library
from generator.model.record import Located
from generator.reading import composing
from generator.reading.chunks import chunks
from generator.reading.load import LastRead, load
from generator.shape import fields_of
from generator.site import Site

ROOT = Path(__file__).parent.parent


def test_records_read_one_by_one_read_as_their_file_reads(site: Site) -> None:
    for path in sorted((ROOT / "data").glob("*.yaml")):
        assert chunks(path.read_text()) is not None, path


@pytest.mark.parametrize(
    "text",
    [
        "a:\n  x: 1\n---\nb:\n  x: 1\n",
        "a:\n  x: 1\na:\n  x: 2\n",
        "a: 1\n",
        "- a\n",
        "a:\n\tx: 1\n",
    ],
)
def test_other_files_are_read_as_a_whole(text: str) -> None:
    assert chunks(text) is None


def test_what_is_read_again_moves_and_what_others_read_stays(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def line(last: LastRead | None = None) -> tuple[Library, int]:
        library = load_and_check(Path("data"), last=last).library
        return library, library.conditions["condition-0002"].signs[1].where("sign").line

    other = tmp_path / "other"
    shutil.copytree("data", other / "data")
    last = LastRead()
    first, before = line(last)
    file = Path("data/conditions.yaml")
    file.write_text(f"# one\n# two\n{file.read_text()}")
    again, after = line(last)
    assert after == before + 2
    assert again.conditions["condition-0002"] is first.conditions["condition-0002"]
    monkeypatch.chdir(other)
    elsewhere, there = line()
    assert there == before
    assert line()[0].conditions["condition-0002"] is not elsewhere.conditions["condition-0002"]
    assert again.conditions["condition-0002"].signs[1].where("sign").line == after


def test_the_size_limit_is_of_a_record(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.reading.files.MAX_BYTES", 20_000)
    assert Path("data/conditions.yaml").stat().st_size > 20_000
    assert not load_and_check(Path("data")).stops_build(strict=False)
    monkeypatch.setattr("generator.reading.files.MAX_BYTES", 2_000)
    found = load_and_check(Path("data")).diagnostics
    assert ("data/conditions.yaml", "file-too-large") in [(d.place.path, d.code) for d in found]


def _everything(value: Any) -> Any:
    """A record with all its places, for comparison."""
    match value:
        case Located():
            inner = [_everything(getattr(value, field.name)) for field in fields_of(type(value))]
            return type(value), dict(value.places), inner
        case tuple():
            return [_everything(item) for item in value]
    return value


def test_kept_records_are_those_that_were_read(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")

    def read() -> tuple[dict[str, Any], dict[str, Any]]:
        store = Store(tmp_path / "records.sqlite")
        loaded = load(tmp_path / "data", "data", KeptRead(store))
        store.close()
        records = {
            f"{kind} {id_}": _everything(record)
            for kind, by_id in loaded.records.items()
            for id_, record in by_id.items()
        }
        return records, {
            kind: {id_: entry.digest for id_, entry in entries.items()}
            for kind, entries in loaded.entries.items()
        }

    first = read()
    assert read() == first
    path = tmp_path / "data/conditions.yaml"
    path.write_text("# A line more\n" + path.read_text().replace("name: ", "name: New ", 1))
    moved = read()
    assert moved != first
    (tmp_path / "records.sqlite").unlink()
    assert moved == read()


def test_an_edit_reads_one_record(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    compose = composing.compose

    def composed(text: str, path: str, *rest: Any, **more: Any) -> Any:
        read.append(f"{path} {text.partition(':')[0]}")
        return compose(text, path, *rest, **more)

    monkeypatch.setattr("generator.reading.load.compose", composed)
    load_and_check(Path("data"), last=kept_beside(Path("mkdocs.yml")))
    assert "data/signs.yaml sign-0001" in read
    read.clear()
    edited("conditions.yaml", "onset: Little by little", "onset: All at once")
    load_and_check(Path("data"), last=kept_beside(Path("mkdocs.yml")))
    assert [one for one in read if "vocabulary" not in one] == [
        "data/conditions.yaml condition-0001"
    ]


@pytest.mark.parametrize("row", [b"", b"[]", b'["d", 1, [], []]', b'["d", 1, [[]], [0, [1], 2]]'])
def test_a_kept_record_that_makes_no_sense_is_read_again(project: Path, row: bytes) -> None:
    class Senseless(Store):
        def get(self, name: str, key: str) -> bytes | None:
            return row

    texts, _ = made(last=KeptRead(Senseless(None)))
    assert texts == made()[0]
