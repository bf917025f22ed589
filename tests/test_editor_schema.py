"""The schemas of the data files: they accept what the loader accepts, and editors use them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
from jsonschema import Draft7Validator
from judges import npm_packages
from lsp_client import Editor
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT7
from small import ROOT

from generator.build import outputs
from generator.check import Checked, load_and_check
from generator.diagnostics import RULES
from generator.exports.editor_schema import BEYOND_SCHEMAS, FOLDER, IDS, editor_schemas, first_line
from generator.library.library import Library
from generator.library.site import Site
from generator.model.kinds import KINDS, Kind
from generator.reading import nodes
from generator.reading.composing import compose
from generator.reading.reader import Reader

FILES: Final = sorted((ROOT / "data").rglob("*.yaml"))
SAYABLE: Final = frozenset(
    {
        "unknown-field", "missing-field", "wrong-type", "unknown-value", "empty-text", "empty-list",
        "text-too-long", "raw-html", "link-in-text", "bad-id", "bad-address",
    }
)  # fmt: skip
"""Findings about one field, which a schema can make too (but for `BEYOND_SCHEMAS`)."""


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "data").as_posix()


# One truth


def test_the_committed_schemas_are_the_generated_ones(library: Library) -> None:
    """Run `make schema` and commit it. Ids may lag behind: an editor only offers fewer."""
    made = dict(editor_schemas(library))
    written = {p.name: p.read_text(encoding="utf-8") for p in (ROOT / FOLDER).iterdir()}
    assert _without_ids(made.pop(f"{IDS}.json")) == _without_ids(written.pop(f"{IDS}.json"))
    assert written == made


def test_the_published_schemas_are_the_generated_ones(library: Library, site: Site) -> None:
    published = {
        output.uri: output.content
        for output in outputs(site)
        if output.uri.startswith("api/v1/schema/")
    }
    made = {f"api/v1/schema/{name}": text for name, text in editor_schemas(library)}
    assert published == made


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_each_file_names_its_schema_in_its_first_line(path: Path) -> None:
    line = path.read_text(encoding="utf-8").split("\n", 1)[0]
    assert line == first_line(_name(path))
    assert (path.parent / line.partition("=")[2]).is_file()


def test_what_no_schema_can_say_is_a_rule() -> None:
    assert set(BEYOND_SCHEMAS) <= set(RULES)


# The same verdict as the loader's


def test_real_files_hold_to_their_schemas(library: Library) -> None:
    validator_of = _validators(library)
    wrong = []
    for path in FILES:
        name = first_line(_name(path)).rpartition("/")[2]
        top, found = compose(path.read_text(encoding="utf-8"), path.name)
        assert top and not found
        wrong += [f"{path.name}: {e.message}" for e in validator_of[name].iter_errors(_plain(top))]
    assert wrong == []


@pytest.mark.parametrize("folder", [".", "tests/sound", "tests/mistakes", "tests/golden"])
def test_schema_and_loader_agree_on_each_record(folder: str) -> None:
    checked = load_and_check(ROOT / folder / "data")
    validator_of = _validators(checked.library)
    disagreements = []
    for kind in KINDS:
        for id_, record, codes in _records(checked, ROOT / folder / "data", kind):
            said = list(validator_of[f"{kind.name}.json"].iter_errors({id_: record}))
            if bool(said) != bool(codes & SAYABLE):
                disagreements.append((kind.name, id_, sorted(codes), [e.message for e in said]))
    assert disagreements == []


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("sets", "3 sets", "wrong-type"),
        ("sets", "13", "wrong-type"),
        ("reps", "10-15 reps", "wrong-type"),
        ("rep", "10", "unknown-field"),
        ("per_side", "yes", "wrong-type"),
        ("load", '""', "empty-text"),
        ("load", "x" * 121, "text-too-long"),
        ("load", "<b>heavy</b>", "raw-html"),
        ("load", "see www.example.org", "link-in-text"),
        ("load", "[heavy]", "wrong-type"),
        ("sets", "3", ""),
        ("reps", "10-15", ""),
        ("load", "a full rucksack", ""),
        ("per_side", "true", ""),
    ],
)
def test_schema_and_loader_agree_on_a_dose(
    library: Library, field: str, value: str, code: str
) -> None:
    text = (ROOT / "data/exercises.yaml").read_text(encoding="utf-8")
    start = text.index("dynamic-hip-opener:")
    record = text[start : text.index("\n\n", start)]
    dose = f"  dose: {{rounds: 2, {field}: {value}}}"
    top, _ = compose(re.sub(r"  dose: .*", lambda _: dose, record), "exercises.yaml")
    assert top
    reader = Reader()
    reader.records(next(k for k in KINDS if k.name == "exercises"), top)
    assert {d.code for d in reader.found} == ({code} if code else set())
    assert _validators(library)["exercises.json"].is_valid(_plain(top)) == (not code)


# In an editor


@pytest.fixture(scope="module")
def editor() -> Iterator[Editor]:
    """The language server of VS Code's YAML extension, in the project's folder."""
    server = npm_packages("lsp") / "yaml-language-server/bin/yaml-language-server"
    with Editor(server, ROOT) as running:
        yield running


def first_records(path: Path) -> str:
    """The start of a file: an editor takes seconds over all of it."""
    text = path.read_text(encoding="utf-8")
    starts = [match.start() for match in re.finditer(r"^[a-z]", text, re.MULTILINE)]
    return text if _name(path).startswith("clinics/") else text[: [*starts, None][:4][-1]]


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_an_editor_helps_with_each_file(editor: Editor, path: Path) -> None:
    lines = first_records(path).split("\n")
    assert editor.open(path, "\n".join(lines)) == []
    is_one_record = _name(path).startswith("clinics/")
    indent = "" if is_one_record else "  "
    at = next(i for i, line in enumerate(lines) if re.match(rf"{indent}[a-z_-]+:", line))

    assert len(editor.hover(path, at + 1, len(indent) + 1)) > len("Source: [x.json](file:///x)")

    wrong = editor.open(path, "\n".join([*lines[:at], f"{indent}nmae: 1", *lines[at:]]))
    assert at in [d["range"]["start"]["line"] for d in wrong]

    head = [*lines[:at], indent] if is_one_record else [lines[0], "some-id:", "  "]
    if path.name == "vocabulary.yaml":
        head = [lines[0], "words:", "  some-word:", "    "]
    editor.open(path, "\n".join(head))
    assert {"name", "on", "kind"} & set(editor.complete(path, len(head), len(head[-1]) + 1))


def test_an_editor_offers_words_and_ids_and_underlines_the_rest(editor: Editor) -> None:
    path = ROOT / "data/conditions.yaml"
    start = f"{first_line('conditions.yaml')}\nsore-knee:\n"
    editor.open(path, f"{start}  tissue: ")
    assert {"tendon", "bone"} <= set(editor.complete(path, 3, 11))
    editor.open(path, f"{start}  signs:\n    - typicality: ")
    assert set(editor.complete(path, 4, 19)) == {"hallmark", "common", "sometimes"}
    editor.open(path, f"{start}  levels:\n    - ")
    assert {"new", "experienced"} <= set(editor.complete(path, 4, 7))
    underlined = editor.open(path, f"{start}  signs:\n    - typicality: halmark\n")
    messages = [d["message"] for d in underlined if d["range"]["start"]["line"] == 3]
    assert any('"hallmark", "common", "sometimes"' in message for message in messages)
    assert "Hallmark, common or sometimes." in editor.hover(path, 4, 8)


# Helpers


def _without_ids(text: str) -> Any:
    body = json.loads(text)
    for definition in body["definitions"].values():
        del definition["anyOf"][0]["enum"]
    return body


def _validators(library: Library) -> dict[str, Draft7Validator]:
    schemas = {name: json.loads(text) for name, text in editor_schemas(library)}
    resources = [(n, Resource.from_contents(s, DRAFT7)) for n, s in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    for schema in schemas.values():
        Draft7Validator.check_schema(schema)
    return {name: Draft7Validator(schema, registry=registry) for name, schema in schemas.items()}


def _records(checked: Checked, data: Path, kind: Kind) -> Iterator[tuple[str, Any, set[str]]]:
    """(id, record as an editor sees it, codes of the findings within it)."""
    shown = next(p for p in checked.texts if p.endswith(f"/{kind.file}"))
    top, found = compose(checked.texts[shown], shown)
    if not top or any(d.code == "yaml-syntax" for d in found):
        return
    starts = [key.place.line for key, _ in top.entries]
    for (key, node), start, end in zip(top.entries, starts, [*starts[1:], 10**9], strict=True):
        codes = {
            d.code
            for d in checked.diagnostics
            if d.place.path == shown and start <= d.place.line < end
        }
        yield key.text, _plain(node), codes


def _plain(node: nodes.Node) -> Any:
    """What an editor takes a node for, by the core schema of YAML 1.2."""
    match node:
        case nodes.Mapping():
            return {key.text: _plain(value) for key, value in node.entries}
        case nodes.Sequence():
            return [_plain(item) for item in node.items]
    if node.quoted:
        return node.text
    if node.text in ("", "~", "null"):
        return None
    if node.text in ("true", "false"):
        return node.text == "true"
    if re.fullmatch(r"[-+]?\d+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?", node.text):
        return float(node.text)
    return node.text
