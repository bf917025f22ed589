"""Who reads which field of a record is known, and nothing is kept from one reading to the next."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path
from textwrap import dedent

import pytest

from generator.checking import load_and_check
from generator.digests import digest_of
from generator.host.field_digests import field_digests
from generator.host.watched import WatchedLibrary
from generator.host.witness import witness
from generator.library import links_of
from generator.model.kinds import KIND_OF, kind_of
from generator.model.record import Record
from generator.once import WHOLE, once_for_each
from generator.reading.load import Entry, LastRead, load

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def watched() -> WatchedLibrary:
    """The real library, watched."""
    checked = load_and_check(DATA)
    return WatchedLibrary(checked.library, checked.entries, checked.diagnostics)


def entry_of(tmp_path: Path, text: str) -> Entry:
    """The one sign of a data folder that holds nothing else."""
    (tmp_path / "signs.yaml").write_text(dedent(text))
    last = LastRead()
    load(tmp_path, "data", last)
    (entry,) = last.entries["data/signs.yaml"].values()
    return entry


SIGN = """\
    calf-pop:
      name: A pop in the calf
      kind: pain
      # Of no field yet.
      regions:
      - lower-leg
      when: [during-run]
      onset: [sudden]
      summary: >
        It went
        pop.
      what_to_do:
        - {text: Stop., source: general}
      review: {state: draft}
    """


def test_a_record_is_cut_at_its_fields(tmp_path: Path) -> None:
    digests = field_digests(entry_of(tmp_path, SIGN))
    assert digests is not None
    assert digests["regions"] == digest_of("  regions:\n  - lower-leg\n")
    assert digests["kind"] == digest_of("  kind: pain\n  # Of no field yet.\n")


def test_a_text_that_looks_like_a_field_is_left_to_yaml(tmp_path: Path) -> None:
    running_on = SIGN.replace("A pop in the calf", '"A pop\n      detail: in the calf"')
    assert field_digests(entry_of(tmp_path, running_on)) is None


def test_each_link_lies_in_the_field_that_holds_it(watched: WatchedLibrary) -> None:
    for kind, record in watched._plain.all_records():
        for link in links_of(record):
            *which, field = watched._field_of(link)
            assert which == ["field", kind.name, record.id]
            held = getattr(record, field)
            parts = held if isinstance(held, tuple) else (held,)
            alone = len(link.owners) == 1
            assert field == link.key[0] if alone else any(link.owners[1] is part for part in parts)


def test_a_witness_is_its_record_and_tells_what_is_read(watched: WatchedLibrary) -> None:
    plain = watched._plain.conditions["achilles-tendinopathy"]
    read: list[str] = []
    record = witness(plain, read.append)
    assert isinstance(record, type(plain)) and kind_of(record) is KIND_OF["conditions"]
    assert record.id == plain.id and record == plain and plain == record
    assert read == []
    assert (record.name, record.stages) == (plain.name, plain.stages)
    assert read == ["name", "stages"]
    hash(record)
    assert read[-1] == WHOLE


def test_what_is_remembered_of_a_record_counts_as_reading_all_of_it(
    watched: WatchedLibrary,
) -> None:
    @once_for_each
    def shout(record: Record) -> str:
        return record.name.upper()

    plain = next(iter(watched._plain.signs.values()))
    for _ in range(2):
        read: list[str] = []
        assert shout(witness(plain, read.append)) == plain.name.upper()
        assert read == [WHOLE]


def test_questions_name_the_field_of_one_record_or_of_each(watched: WatchedLibrary) -> None:
    def make() -> str:
        one = watched.signs["calf-pop"].name
        return one + "".join(region.name for region in watched.regions.values())

    _, asked = watched.questions_of(make)
    assert asked == (
        ("has", "signs", "calf-pop"),
        ("field", "signs", "calf-pop", "name"),
        ("ids", "regions"),
        ("fields", "regions", "name"),
    )


def test_a_library_goes_when_its_texts_are_made() -> None:
    checked = load_and_check(DATA)
    gc.disable()
    try:
        library = WatchedLibrary(checked.library, checked.entries, checked.diagnostics)
        _read_something(library)
        gone = weakref.ref(library)
        del library
        assert gone() is None
    finally:
        gc.enable()


def _read_something(library: WatchedLibrary) -> None:
    def make() -> str:
        names = [condition.name for condition in library.conditions.values()]
        names += [link.record.name for link in library.links_to("signs", "calf-pop")]
        return "".join([*names, library.pages["calf-pop"][1].name])

    assert len(library.questions_of(make)[1]) > 4
