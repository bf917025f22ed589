"""What people without git meet on GitHub: issue forms, the pull request's template, owners."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

import pytest
import yaml
from small import ROOT

from generator.diff.owners import codeowners_text, read_owners
from generator.diff.sentences import SAFETY_KINDS
from generator.library.library import Library
from generator.model.kinds import KINDS

GITHUB: Final = ROOT / ".github"
FORMS: Final = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))
OWNERS: Final = read_owners((GITHUB / "owners.yaml").read_text(encoding="utf-8"))


def read(path: Path) -> dict[str, Any]:
    body: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return body


def test_codeowners_is_what_the_owners_say() -> None:
    """Run `make owners` and commit it."""
    assert (GITHUB / "CODEOWNERS").read_text(encoding="utf-8") == codeowners_text(OWNERS)


def test_each_kind_and_region_has_an_owner(library: Library) -> None:
    assert list(OWNERS.kinds) == [kind.name for kind in KINDS]
    assert set(OWNERS.regions) == set(library.regions)
    assert all((ROOT / path.strip("/")).is_dir() for path in OWNERS.paths if path != "*")


def test_what_could_send_a_reader_astray_has_a_reader() -> None:
    """Numbers to call, care and pain rules, of which GitHub's own list knows only the file."""
    assert {OWNERS.kinds[kind].role for kind in SAFETY_KINDS} == {"Triage lead"}


def test_owners_are_roles_and_teams_of_the_example() -> None:
    owners = [*OWNERS.paths.values(), *OWNERS.kinds.values(), *OWNERS.regions.values()]
    assert all(re.fullmatch(r"@strideguide/[a-z-]+", owner.handle) for owner in owners)


def test_harm_comes_first() -> None:
    assert FORMS[0].name == "1-harm.yml"
    assert read(FORMS[0])["labels"][0] == "harm"
    assert "call your emergency number first" in read(FORMS[0])["body"][0]["attributes"]["value"]
    assert read(GITHUB / "ISSUE_TEMPLATE/config.yml")["blank_issues_enabled"] is False


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.name)
def test_a_form_is_one_that_github_takes(path: Path) -> None:
    form = read(path)
    assert {"name", "description", "title", "labels", "body"} == set(form)
    fields = [part for part in form["body"] if part["type"] != "markdown"]
    assert len({part["id"] for part in fields}) == len(fields)
    for part in fields:
        assert part["type"] in {"input", "textarea", "dropdown"}
        assert part["attributes"]["label"]
        assert (part["type"] == "dropdown") == ("options" in part["attributes"])


def test_regions_of_the_form_are_those_of_the_data(library: Library) -> None:
    [form] = [read(path) for path in FORMS if path.name == "3-condition.yml"]
    [field] = [part for part in form["body"] if part.get("id") == "region"]
    regions = sorted(library.regions.values(), key=lambda region: region.order)
    assert field["attributes"]["options"] == [region.name for region in regions]


def test_the_template_asks_for_what_matters() -> None:
    text = (GITHUB / "pull_request_template.md").read_text(encoding="utf-8")
    boxes = re.findall(r"^- \[ \] (.+)", text, re.MULTILINE)
    assert boxes[0].startswith("Red flags")
    assert len(boxes) == 8
