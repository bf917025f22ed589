"""Files that no sound editor would write: a clean finding for each, at once, and no traceback.

Each case replaces `glossary.yaml` of a small sound library, which nothing else leans on.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner
from small import SOUND, change, findings_of, sound_copy, within

from generator.check import load_and_check
from generator.checks.report_formats import FORMATS
from generator.cli.main import cli
from generator.model.kinds import KINDS, VOCABULARY_FILE
from generator.reading.composing import MOST_BROKEN_RECORDS

FILE: Final = "glossary.yaml"
LONGEST_SECONDS: Final = 1.0
"""Of the processor: a busy machine makes nothing slower. A guard against hanging waits longer."""
GOOD: Final = b"tendon:\n  name: tendon\n  meaning: A strong cord.\n"

Finding = tuple[int, str]


def _record(meaning: str) -> bytes:
    return f"tendon:\n  name: tendon\n  meaning: {meaning}\nbroken_id: x\n".encode()


BOMB: Final = "\n".join(
    ["a: &a0 [x, x, x, x, x, x, x, x, x]"]
    + [f"b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(12)]
)
LINE_ENDS: Final = GOOD + b"fascia:\n  name: fascia\n  meaning: A band.\n  meening: A band.\n"

CASES: Final[dict[str, tuple[bytes, list[Finding]]]] = {
    # Nothing in it
    "empty": (b"", [(1, "empty-file")]),
    "white space": (b"\n \n\n", [(1, "empty-file")]),
    "comments only": (b"# One.\n# Two.\n", [(1, "empty-file")]),
    # Not text
    "picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 9, [(1, "not-utf8")]),
    "zip archive": (b"PK\x03\x04\x14\x00\x06\x00\xff\xfe" * 9, [(1, "not-utf8")]),
    "Latin-1": (GOOD + "fascia:\n  name: fäscia\n".encode("latin-1"), [(5, "not-utf8")]),
    "UTF-16": (GOOD.decode().encode("utf-16"), [(1, "not-utf8")]),
    "UTF-16 without its mark": (GOOD.decode().encode("utf-16-be"), [(1, "not-utf8")]),
    "cut in a character": (GOOD + "é".encode()[:1], [(4, "not-utf8")]),
    "NUL": (GOOD.replace(b"strong", b"str\0ng"), [(3, "bad-character")]),
    "bell": (GOOD + b"\x07", [(4, "bad-character")]),
    "bell after a foreign script": (
        GOOD + "  aliases: [сухожилие, 腱, 🦶]\n".encode() + b"# \x07\n\n\n\n\n\n",
        [(5, "bad-character")],
    ),
    "100 KB of bells": (GOOD + b"# " + b"\x07" * 100_000, [(4, "bad-character")]),
    "escape": (GOOD.replace(b"strong", b"\x1b[31m"), [(3, "bad-character")]),
    "delete": (GOOD.replace(b"strong", b"\x7f"), [(3, "bad-character")]),
    "turned letters by an escape": (
        _record(r'"A\u202Ecord"'),
        [(3, "bad-character"), (4, "bad-id")],
    ),
    "a joiner by an escape": (_record(r'"A\u200Dcord"'), [(3, "bad-character"), (4, "bad-id")]),
    "a filler": (_record("A\u3164cord"), [(3, "bad-character"), (4, "bad-id")]),
    "NUL by an escape": (_record(r'"A\0cord"'), [(3, "bad-character"), (4, "bad-id")]),
    "terminal colour by an escape": (
        _record(r'"A \e[31m cord"'),
        [(3, "bad-character"), (4, "bad-id")],
    ),
    # Big
    "10 MB on a line": (b"tendon: " + b"x" * 10_000_000, [(1, "file-too-large")]),
    "1 MB of text": (_record("x" * 1_000_000), [(3, "text-too-long"), (4, "bad-id")]),
    "100 KB of blanks in brackets": (
        _record(f'"[[{" " * 100_000}]]"'),
        [(3, "text-too-long"), (3, "unknown-reference"), (4, "bad-id")],
    ),
    "blanks in brackets that never close": (
        _record(f'"[[{" " * 1_150}x"'),
        [(3, "text-too-long"), (3, "half-mention"), (4, "bad-id")],
    ),
    "20,000 other names": (
        GOOD + f"  aliases: [{', '.join(f'cord {n}' for n in range(20_000))}]\n".encode(),
        [(4, "long-list")],
    ),
    "huge id": (GOOD + b"x" * 100_000 + b":\n  name: x\n", [(4, "yaml-syntax")]),
    "long id": (GOOD + b"x" * 1_000 + b":\n  name: x\n", [(4, "bad-id")]),
    "huge number": (
        GOOD + b"  syllables: 99999999999999999999999999999999999999999999\n",
        [(4, "wrong-type")],
    ),
    "many broken records": (
        b"".join(b"r%d:\n  name: [\n" % n for n in range(2_000)),
        [
            *((2 * n + 2, "yaml-syntax") for n in range(2_000)),
            # In the first of them slips are looked for, and what remains is told.
            *((2 * n + 1, "missing-field") for n in range(MOST_BROKEN_RECORDS)),
        ],
    ),
    # Nested
    "YAML bomb": (
        BOMB.encode(),
        [(n, "wrong-type") for n in range(1, 14)],
    ),
    "100,000 open brackets": (GOOD + b"x: " + b"[" * 100_000, [(4, "nested-too-deep")]),
    "100,000 pairs of brackets": (
        GOOD + b"x: " + b"[" * 100_000 + b"]" * 100_000 + b"\n",
        [(4, "nested-too-deep")],
    ),
    "100,000 open braces": (GOOD + b"x: " + b"{a: " * 100_000, [(4, "nested-too-deep")]),
    "100,000 dashes": (GOOD + b"x:\n  " + b"- " * 100_000 + b"a\n", [(5, "nested-too-deep")]),
    "1,000 indents": (
        GOOD + b"".join(b" " * n + b"x:\n" for n in range(1_000)),
        [(28, "nested-too-deep")],
    ),
    # YAML that is none, or more than we take
    "tab as indent": (
        GOOD + b"fascia:\n\tname: fascia\n",
        [(4, "missing-field"), (5, "yaml-syntax")],
    ),
    "quote that never ends": (
        GOOD + b'fascia:\n  name: "fascia\n',
        [(4, "missing-field"), (5, "yaml-syntax")],
    ),
    "merge conflict": (
        GOOD.replace(
            b"  name: tendon\n",
            b"<<<<<<< HEAD\n  name: tendon\n=======\n  name: cord\n>>>>>>> other\n",
        ),
        [(2, "merge-conflict")],
    ),
    "no space after the colon": (GOOD + b"  syllables:2\n", [(4, "yaml-syntax")]),
    "first record indented": (b" fascia:\n   name: x\n" + GOOD, [(1, "yaml-syntax")]),
    "words before the first record": (b"hello\n" + GOOD, [(2, "yaml-syntax")]),
    "list before the first record": (b"- hello\n" + GOOD, [(2, "yaml-syntax")]),
    "merge key": (
        GOOD.replace(b"tendon:\n", b"tendon: &t\n", 1) + b"fascia:\n  <<: *t\n  name: fascia\n",
        [(1, "yaml-trick")],
    ),
    "tag that makes objects": (
        GOOD + b"fascia: !!python/object/apply:os.system ['true']\n",
        [(4, "yaml-trick")],
    ),
    "two documents": (
        GOOD + b"---\n" + GOOD,
        [(4, "second-document"), (5, "duplicate-key")],
    ),
    "file of another kind": (
        b"doe-2020:\n  name: Doe 2020\n  title: Heels\n  authors: Doe J\n  published_in: J Heels\n"
        b"  kind: trial\n  year: 2020\n",
        [(1, "wrong-file")],
    ),
    "list at the top": (b"- name: tendon\n", [(1, "not-records")]),
    "text at the top": (b"tendon\n", [(1, "not-records")]),
    "list as a key": (GOOD + b"[a, b]:\n  name: x\n", [(4, "key-is-not-a-word")]),
    "null as a key": (GOOD + b"~:\n  name: x\n", [(4, "bad-id")]),
    "address of the page above as a key": (
        GOOD + b"index:\n  name: index\n  meaning: x\n",
        [(4, "bad-id")],
    ),
    "name that Windows keeps for itself": (GOOD + b"com1:\n  name: x\n", [(4, "bad-id")]),
    "nothing as a key": (GOOD + b":\n  name: x\n", [(4, "yaml-syntax")]),
    "null record": (GOOD + b"fascia:\n", [(4, "empty-text")]),
    "null record, spelt out": (GOOD + b"fascia: null\n", [(4, "wrong-type")]),
    "record that is a list": (GOOD + b"fascia:\n  - name: fascia\n", [(5, "wrong-type")]),
    "record that is text": (GOOD + b"fascia: A band.\n", [(4, "wrong-type")]),
    # Sound in all but their coding: the lines must be right
    "Windows line ends": (LINE_ENDS.replace(b"\n", b"\r\n"), [(7, "unknown-field")]),
    "old Mac line ends": (LINE_ENDS.replace(b"\n", b"\r"), [(7, "unknown-field")]),
    "byte order mark": (b"\xef\xbb\xbf" + LINE_ENDS, [(7, "unknown-field")]),
    "no line end at the end": (LINE_ENDS.rstrip(b"\n"), [(7, "unknown-field")]),
    "document mark first": (b"---\n" + LINE_ENDS, [(8, "unknown-field")]),
    "foreign script": (GOOD + "  aliases: [сухожилие, 腱, 🦶]\n".encode(), []),
}

PLACES: Final[dict[str, tuple[Callable[[Path], object], Finding]]] = {
    "nothing": (lambda path: None, (1, "missing-file")),
    "link that leads nowhere": (lambda path: path.symlink_to("nowhere"), (1, "missing-file")),
    "link that leads to itself": (lambda path: path.symlink_to(path), (1, "unreadable-file")),
    "link out of the folder": (
        lambda path: path.symlink_to(SOUND / "content/about.md"),
        (1, "link-leaves"),
    ),
    "folder": (Path.mkdir, (1, "not-a-file")),
    "pipe": (os.mkfifo, (1, "not-a-file")),
}
"""What may stand in the place of the file."""

STRAYS: Final[dict[str, tuple[str, str]]] = {
    "conditions-new.yaml": ("unread-file", "at the end of conditions.yaml"),
    "conditions (1).yaml": ("unread-file", "at the end of conditions.yaml"),
    "new.yml": ("unread-file", "at the end of the file of its kind"),
    "extra/conditions.yaml": ("unread-file", "at the end of conditions.yaml"),
    "clinics/hill.yml": ("unread-file", "Rename it to `hill.yaml`."),
    "clinics/Hill Clinic.yaml": ("bad-id", "Write `hill-clinic`."),
    "clinics/con.yaml": ("bad-id", "Say more"),
}
"""File that nobody reads -> the finding about it, and its help."""

HOSTILE_CODES: Final = frozenset(
    [
        *(code for _, findings in CASES.values() for _, code in findings),
        *(code for _, (_, code) in PLACES.values()),
        *(code for code, _ in STRAYS.values()),
    ]
)
"""Every code that a test here expects."""


@pytest.mark.parametrize("content, expected", CASES.values(), ids=CASES)
def test_content(content: bytes, expected: list[Finding], tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / FILE).write_bytes(content)
    _assert_clean(data, expected)


@pytest.mark.parametrize("put, expected", PLACES.values(), ids=PLACES)
def test_place(put: Callable[[Path], object], expected: Finding, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / FILE).unlink()
    put(data / FILE)
    _assert_clean(data, [expected])


@pytest.mark.parametrize("name, code, help_text", [(name, *told) for name, told in STRAYS.items()])
def test_a_file_that_nobody_reads(name: str, code: str, help_text: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / name).parent.mkdir(exist_ok=True)
    (data / name).write_bytes(GOOD)
    [finding] = load_and_check(data).diagnostics
    assert finding.place.path == (data / name).as_posix()
    assert finding.code == code
    assert help_text in finding.help


@pytest.mark.parametrize("name", ["notes.txt", ".glossary.yaml.swp", "glossary.yaml~", ".x.yaml"])
def test_what_editors_leave_is_no_stray(name: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / name).write_bytes(GOOD)
    assert findings_of(data) == []


@pytest.mark.parametrize(
    "name", ["glossary.yml", "Glossary.yaml", "glossary.yaml.txt", "clinics/glossary.yaml"]
)
def test_a_file_under_another_name_is_reported_once(name: str, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / name).parent.mkdir(exist_ok=True)
    (data / FILE).rename(data / name)
    [finding] = (d for d in load_and_check(data).diagnostics if "clinics" not in d.place.path)
    assert finding.code == "missing-file"
    assert f"Give `{name}` this name and place" in finding.help


def test_an_empty_file_of_a_clinic(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data / "clinics").mkdir()
    (data / "clinics/hill.yaml").write_bytes(b"")
    assert findings_of(data) == [("hill.yaml", 1, "empty-file")]


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\u2029"], ids=ascii)
def test_unicode_line_ends_do_not_shift_the_lines(separator: str, tmp_path: Path) -> None:
    """Editors and GitHub count them as characters; the YAML library counts them as lines."""
    data = sound_copy(tmp_path)
    meaning = f'"A strong{separator}cord."'
    (data / FILE).write_bytes(LINE_ENDS.replace(b"A strong cord.", meaning.encode()))
    assert (FILE, 7, "unknown-field") in findings_of(data)


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"- x\n", b"x: [\n", b"\xff", b"x:\n  name: x\n"])
@pytest.mark.parametrize("file", [*(kind.file for kind in KINDS), VOCABULARY_FILE])
def test_each_file_may_be_broken(file: str, content: bytes, tmp_path: Path) -> None:
    """What leans on the file gives findings too, and never a traceback."""
    data = sound_copy(tmp_path)
    (data / file).write_bytes(content)
    assert any(name == file for name, _, _ in findings_of(data))


@pytest.mark.parametrize("content", [b"\xff", b"# A\n\n[[" + b" " * 1_000, b"\0"])
def test_articles_may_be_broken(content: bytes, tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data.parent / "content/about.md").write_bytes(content)
    with within(60 * LONGEST_SECONDS):
        load_and_check(data, data.parent / "content")


def test_folder_that_looks_like_an_article(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    (data.parent / "content/folder.md").mkdir()
    (data.parent / "content/folder.md/more.md").write_text("# More\n", encoding="utf-8")
    assert load_and_check(data, data.parent / "content").diagnostics == ()


def test_no_data_folder(tmp_path: Path) -> None:
    assert {code for _, _, code in findings_of(tmp_path / "nowhere")} == {"missing-file"}


def test_exercise_that_is_its_own_easier_version(tmp_path: Path) -> None:
    data = sound_copy(tmp_path)
    change(data / "exercises.yaml", "easier: [calf-raise]", "easier: [heel-drop]")
    with within(60 * LONGEST_SECONDS):
        assert findings_of(data) == [("exercises.yaml", 45, "refers-to-itself")]


def _assert_clean(data: Path, expected: list[Finding]) -> None:
    """The findings are these, in time, each format can say them, and the command ends well."""
    started = time.process_time()
    with within(60 * LONGEST_SECONDS):
        checked = load_and_check(data)
    seconds = time.process_time() - started
    found = {(d.place.path, d.place.line, d.code) for d in checked.diagnostics}
    assert found == {((data / FILE).as_posix(), line, code) for line, code in expected}
    assert seconds < LONGEST_SECONDS
    for as_format in FORMATS.values():
        as_format(checked.diagnostics, checked.texts)
    result = CliRunner().invoke(cli, ["check", str(data), "--content-dir", str(SOUND / "content")])
    assert result.exit_code == (1 if expected else 0), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
