"""A pull request from a fork, from its first push to its end, with a bare repository as GitHub.

Ten edits, two of them mistakes. What its author is told, and what is published, is kept in
`pull-request/`: `UPDATE_GOLDENS=1 .venv/bin/pytest tests/test_pull_request.py`, then read what
`git diff` says.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from once import made_once
from small import ROOT, change, sign, small_project

from generator.diff.as_markdown import PUSHED
from generator.diff.pull_request import (
    MARK,
    Suggestion,
    shown_lines,
    suggestion_json,
    suggestions,
)

pytestmark = pytest.mark.slow

GOLDEN: Final = ROOT / "tests/pull-request"
NUMBER: Final = 7
SITE: Final = "https://guide.example/"
PREVIEW: Final = f"{SITE}pr/{NUMBER}/"
EDITS: Final = [
    ("conditions.yaml", "dose: {sets: 3, reps: 12, every_days: 2}",
     "dose: {sets: 4, reps: 12, every_days: 2}"),
    ("conditions.yaml", "pain_source: [alfredson-1998]", "pain_source: general"),
    ("conditions.yaml", "goal: Calm the tendon.", "goal: Let the tendon calm down."),
    ("conditions.yaml", "- text: Wear soft shoes.", "- text: Wear soft, warm shoes."),
    ("conditions.yaml", "- text: Run on flat ground.", "- text: Never run on flat ground."),
    ("signs.yaml", "numb foot\n  regions: [foot, whole-body]",
     "numb foot\n  regions: [whole-body]"),
    ("signs.yaml", "tier: same-day", "tier: within-days"),
]  # fmt: skip
MISTAKES: Final = [
    ("conditions.yaml", "dose: {reps: 10, hold_seconds: 10, times_per_day: 3}",
     "dose: {reps: 10 reps, hold_seconds: 10, times_per_day: 3}"),
    ("conditions.yaml", "    - sign: arch-pain\n", "    - sign: arch-pian\n"),
]  # fmt: skip
"""With the rename that comes before them, ten edits."""


@dataclass
class World:
    """An upstream repository with a fork of it, and GitHub's answers."""

    folder: Path
    state: dict[str, Any] = field(default_factory=dict)
    actor: str = "stranger-1"

    @property
    def fork(self) -> Path:
        return self.folder / "fork"

    @property
    def runner(self) -> Path:
        """Where the run of the pull request has checked its head out."""
        return self.folder / "runner"

    @property
    def main(self) -> Path:
        """Where the run with a token has checked the main branch out."""
        return self.folder / "main"

    def git(self, where: str, *arguments: str) -> str:
        command = ["git", "-c", "user.name=A. Example", "-c", "user.email=a@example.org"]
        return subprocess.run(
            [*command, *arguments], cwd=self.folder / where, capture_output=True, text=True,
            check=True,
        ).stdout.strip()  # fmt: skip

    def strideguide(self, where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "generator", *arguments]
        return subprocess.run(
            command, cwd=where, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True,
            text=True, check=False,
        )  # fmt: skip

    def push(self, words: str) -> str:
        """Commit and push the fork; GitHub then shows it as the pull request's head."""
        self.git("fork", "commit", "-qam", words)
        self.git("fork", "push", "-q", "origin", "HEAD:better-heels")
        sha = self.git("fork", "rev-parse", "HEAD")
        self.git("main", "fetch", "-q", "../fork.git", "better-heels")
        self.git("main", "push", "-q", "-f", "origin", f"{sha}:refs/pull/{NUMBER}/head")
        names = self.git("fork", "diff", "--name-only", "origin/main...HEAD").splitlines()
        self.state["pulls"] = [
            {"number": NUMBER, "head": {"sha": sha, "label": "fork:better-heels"}}
        ]
        self.state["files"] = [{"filename": name} for name in names]
        return sha

    def run(self, sha: str) -> tuple[int, str]:
        """The workflow of the pull request, which has no token: report, and preview if it can."""
        self.git("runner", "fetch", "-q", "origin", "main", f"refs/pull/{NUMBER}/head")
        self.git("runner", "checkout", "-q", "-f", sha)
        shutil.rmtree(self.runner / "report", ignore_errors=True)
        base = self.git("runner", "merge-base", "origin/main", "HEAD")
        told = self.strideguide(self.runner, "report", base, "--preview", PREVIEW)
        assert told.returncode in (0, 1), told.stderr
        self.state["artifacts"] = {"report": str(self.runner / "report")}
        built = self.strideguide(
            self.runner, "build", "--site-url", PREVIEW, "--preview", f"pull request {NUMBER}"
        )
        assert built.returncode == told.returncode, built.stderr
        if built.returncode == 0:
            self.state["artifacts"]["preview"] = str(self.runner / "site")
        return told.returncode, told.stdout

    def forge(self, wish: str, sha: str = "") -> subprocess.CompletedProcess[str]:
        """The workflow with a token, in the main branch."""
        path = self.folder / "github.json"
        path.write_text(json.dumps(self.state), encoding="utf-8")
        environment = os.environ | {
            "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "FAKE_GITHUB": str(path),
            "GITHUB_REPOSITORY": "guide/guide",
            "RUN": "1",
            "SHA": sha,
            "HEAD": "fork:better-heels",
            "NUMBER": str(NUMBER),
            "ACTOR": self.actor,
            "GIT_CONFIG_GLOBAL": "/dev/null",  # GitHub's machines have no name of their own.
        }
        said = subprocess.run(
            ["make", "--silent", "--file", "tools/forge.mk", wish], cwd=self.main,
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.state = json.loads(path.read_text(encoding="utf-8"))
        return said

    def published(self) -> list[str]:
        """Every file of the branch that GitHub serves."""
        if not self.git("main", "ls-remote", "origin", "gh-pages"):
            return []
        self.git("main", "fetch", "-q", "origin", "gh-pages")
        return self.git("main", "ls-tree", "-r", "--name-only", "FETCH_HEAD").splitlines()


@pytest.fixture(scope="session")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a world in which nothing has happened yet."""
    return made_once(tmp_path_factory, "world", begin)


@pytest.fixture
def world(start: Path, tmp_path: Path) -> World:
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)
    lists: dict[str, Any] = {key: [] for key in ("comments", "reviews", "approvals", "issues")}
    return World(tmp_path, {**lists, "permissions": {}, "artifacts": {}})


def begin(folder: Path) -> None:
    """Repositories that name each other by relative paths, so that a copy stands alone."""
    made = World(folder)
    small_project(made.main)
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools", made.main / "tools", ignore=ignored)
    (made.main / ".github").mkdir()
    (made.main / ".github/owners.yaml").write_text(
        'regions:\n  foot: {role: Reader for feet, handle: "@guide/feet"}\n'
        '  knee: {role: Reader for knees, handle: "@guide/knees"}\n'
        'kinds:\n  countries: {role: Triage, handle: "@guide/triage"}\n'
        'paths:\n  "*": {role: Maintainers, handle: "@guide/maintainers"}\n'
        '  /content/: {role: Editors, handle: "@guide/editors"}\n'
    )
    (made.main / ".gitignore").write_text("site/\nreport/\nartifact/\n.cache/\n__pycache__/\n")
    assert made.strideguide(made.main, "check", "--fix").returncode == 0
    made.git("main", "init", "-q", "-b", "main")
    made.git("main", "add", "--all")
    made.git("main", "commit", "-qm", "Sound")
    for name in ("upstream", "fork"):
        made.git(".", "clone", "-q", "--bare", "main", f"{name}.git")
    made.git("main", "remote", "add", "origin", "../upstream.git")
    for bare, name in (("fork", "fork"), ("upstream", "runner")):
        made.git(".", "clone", "-q", f"{bare}.git", name)
        made.git(name, "remote", "set-url", "origin", f"../{bare}.git")
    (folder / "bin").mkdir()
    gh = folder / "bin/gh"
    gh.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{ROOT}/tests/fake_gh.py" "$@"\n')
    gh.chmod(0o755)


def golden(name: str, text: str) -> None:
    kept = GOLDEN / name
    if os.environ.get("UPDATE_GOLDENS"):
        kept.write_text(text, encoding="utf-8")
    assert text == kept.read_text(encoding="utf-8")


def test_from_the_first_push_to_the_end(world: World) -> None:
    # A preview of another pull request, and the site, are published already.
    site = world.folder / "old-site"
    site.mkdir()
    (site / "index.html").write_text("The site")
    world.state["artifacts"] = {"site": str(site)}
    assert world.forge("publish").returncode == 0
    assert world.published() == [".nojekyll", "index.html"]

    renamed = world.strideguide(
        world.fork, "rename", "exercises", "heel-drop", "heel-lower", "--yes"
    )
    assert renamed.returncode == 0, renamed.stderr
    for file, old, new in [*EDITS, *MISTAKES]:
        change(world.fork / "data" / file, old, new)
    world.git("fork", "add", "--all")
    sha = world.push("Ten edits")

    code, annotations = world.run(sha)
    assert code == 1
    golden("annotations.txt", annotations)
    golden("comment-with-mistakes.md", (world.runner / "report/comment.md").read_text("utf-8"))
    golden("suggestions.json", (world.runner / "report/suggestions.json").read_text("utf-8"))
    for wish in ("comment", "comment", "show"):
        said = world.forge(wish, sha)
        assert said.returncode == 0, said.stderr
    assert [c["body"] for c in world.state["comments"]] == [
        (GOLDEN / "comment-with-mistakes.md").read_text("utf-8")
    ]
    [review] = world.state["reviews"]
    assert (review["commit_id"], review["event"]) == (sha, "COMMENT")
    assert review["comments"] == json.loads((GOLDEN / "suggestions.json").read_text("utf-8"))
    assert world.published() == [".nojekyll", "index.html"]

    # The author presses "Commit suggestion" on each.
    for suggestion in review["comments"]:
        path = world.fork / suggestion["path"]
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        first = suggestion.get("start_line", suggestion["line"])
        new = re.fullmatch(r"```suggestion\n(.*\n)```", suggestion["body"], re.DOTALL)
        assert new
        lines[first - 1 : suggestion["line"]] = [new[1]]
        path.write_text("".join(lines), encoding="utf-8")
    old_sha, sha = sha, world.push("Apply suggestions")
    assert world.run(sha) == (0, "")
    golden("comment.md", (world.runner / "report/comment.md").read_text("utf-8"))
    for late in ("comment", "show"):
        assert world.forge(late, old_sha).returncode == 0
    assert world.published() == [".nojekyll", "index.html"]
    for wish in ("comment", "show"):
        said = world.forge(wish, sha)
        assert said.returncode == 0, said.stderr
    assert [c["body"] for c in world.state["comments"]] == [
        (GOLDEN / "comment.md").read_text("utf-8")
    ]
    assert len(world.state["reviews"]) == 1
    site_files = [p for p in (world.runner / "site").rglob("*") if p.is_file()]
    shown = [f"pr/{NUMBER}/{p.relative_to(world.runner / 'site').as_posix()}" for p in site_files]
    assert sorted(world.published()) == sorted([".nojekyll", "index.html", *shown])
    page = world.git(
        "main", "show", f"FETCH_HEAD:pr/{NUMBER}/conditions/plantar-fasciitis/index.html"
    )
    assert "4 sets of 12" in page
    assert "Preview of a proposed change (pull request 7)" in page
    assert '<meta name="robots" content="noindex">' in page
    worker = world.git("main", "show", f"FETCH_HEAD:pr/{NUMBER}/sw.js")
    assert "const FILES" not in worker, "a draft of advice is not kept on a device"

    # Publishing again keeps the preview; closing takes it away.
    (site / "about.html").write_text("More")
    world.state["artifacts"] = {"site": str(site)}
    assert world.forge("publish").returncode == 0
    assert f"pr/{NUMBER}/index.html" in world.published()
    assert "about.html" in world.published()
    assert world.forge("drop").returncode == 0
    assert world.published() == [".nojekyll", "about.html", "index.html"]
    assert world.git("main", "rev-list", "--count", "FETCH_HEAD") == "1"


# A signature


def test_a_fact_that_is_changed_and_signed_again_is_reported(world: World) -> None:
    """With the name that it bears, and with those that git and GitHub give to who brought it."""
    sign(world.main / "data", "conditions", "achilles-tendinopathy")
    world.git("main", "commit", "-qam", "Signed")
    world.git("main", "push", "-q", "origin", "main")
    world.git("fork", "pull", "-q", "../main", "main")
    change(world.fork / "data/conditions.yaml", *EDITS[1][1:])
    change(world.fork / "data/countries.yaml", 'number: "911"', 'number: "119"')
    sign(world.fork / "data", "conditions", "achilles-tendinopathy", date(2026, 3, 4))
    sha = world.push("A better source")
    assert world.run(sha) == (0, "")
    assert world.forge("comment", sha).returncode == 0
    [comment] = world.state["comments"]
    _, _, section = comment["body"].partition("### Signed in this pull request\n")
    section = section.partition("\n### ")[0].replace("\\", "")
    assert "Git names A. Example &lt;a@\u200bexample.org&gt;." in section
    assert "Pushed by `stranger-1`, GitHub says." in section
    assert "signed by A. Example (None 1) on 2026-03-04, in place of A. Example" in section
    assert "pain source: ~~Alfredson 1998~~ → **general**" in section
    readers = comment["body"].partition("### Who reads it\n")[2]
    assert "- Reader for feet (`@guide/feet`): Achilles tendinopathy\n" in readers
    assert "- Triage (`@guide/triage`): Canada\n" in readers


@pytest.mark.parametrize("actor", ["", "a`b", "@everybody", "x" * 40, "a\nb"])
def test_a_name_that_no_account_can_have_is_left_out(
    world: World, left: Path, actor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (left / "report/comment.md").write_text(f"{MARK}\n{PUSHED}\n")
    monkeypatch.setattr(world, "actor", actor)
    assert world.forge("comment", sha_of(world)).returncode == 0
    [comment] = world.state["comments"]
    assert comment["body"] == f"{MARK}\n{PUSHED}\n"


def test_a_change_beside_the_facts_is_named(world: World) -> None:
    change(world.fork / "mkdocs.yml", "generator: false", "generator: true")
    (world.fork / "theme/new.html").write_text("New\n")
    about = world.fork / "content/about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\nRace from day 2.\n")
    world.git("fork", "add", "--all")
    assert world.run(world.push("Another look")) == (0, "")
    comment = (world.runner / "report/comment.md").read_text("utf-8")
    assert "added **Race from day 2.**" in comment
    _, _, files = comment.partition("### Other files\n")
    assert files.splitlines()[3:5] == ["- mkdocs.yml", "- theme/new.html"]
    assert "- Editors (`@guide/editors`): content/about.md" in comment


# What a hostile run leaves behind


@pytest.fixture
def left(world: World) -> Path:
    """What a run left: a report and a preview."""
    folder = world.folder / "left"
    (folder / "site").mkdir(parents=True)
    (folder / "report").mkdir()
    (folder / "site/index.html").write_text("Hello")
    (folder / "report/comment.md").write_text(f"{MARK}\nAll is well.\n")
    (folder / "report/suggestions.json").write_text("[]\n")
    sha = world.git("main", "rev-parse", "HEAD")
    world.state |= {
        "artifacts": {"report": str(folder / "report"), "preview": str(folder / "site")},
        "pulls": [{"number": NUMBER, "head": {"sha": sha, "label": "fork:better-heels"}}],
        "files": [{"filename": "data/signs.yaml"}],
    }
    return folder


def sha_of(world: World) -> str:
    return str(world.state["pulls"][0]["head"]["sha"])


@pytest.mark.parametrize(
    "file",
    [
        {"filename": "generator/cli.py"},
        {"filename": ".github/workflows/site.yml"},
        {"filename": "data/signs.yaml", "previous_filename": "theme/main.html"},
        {"filename": "content/assets/find.js"},
    ],
    ids=lambda file: file["filename"],
)
def test_what_changed_code_made_is_called_so_and_not_shown(
    world: World, left: Path, file: dict[str, str]
) -> None:
    world.state["files"].append(file)
    for wish in ("comment", "show"):
        assert world.forge(wish, sha_of(world)).returncode == 0
    [comment] = world.state["comments"]
    assert "made by the pull request’s own code" in comment["body"]
    assert "There is no preview" in comment["body"]
    assert world.published() == []
    world.state["permissions"] = {"maintainer": "write"}
    for login, state, sha in (
        ("maintainer", "APPROVED", "an older commit"),
        ("maintainer", "COMMENTED", sha_of(world)),
        ("passer-by", "APPROVED", sha_of(world)),
    ):
        world.state["approvals"].append(
            {"user": {"login": login}, "state": state, "commit_id": sha}
        )
    assert world.forge("show", sha_of(world)).returncode == 0
    assert world.published() == []
    world.state["approvals"].append(
        {"user": {"login": "maintainer"}, "state": "APPROVED", "commit_id": sha_of(world)}
    )
    for wish in ("comment", "show"):
        assert world.forge(wish, sha_of(world)).returncode == 0
    assert world.published() == [".nojekyll", f"pr/{NUMBER}/index.html"]
    [comment] = world.state["comments"]
    assert "There is no preview" not in comment["body"]


def test_a_list_of_files_that_is_cut_short_says_nothing(world: World, left: Path) -> None:
    """GitHub names 3,000 files of a pull request at most."""
    world.state["pulls"][0]["changed_files"] = 3001
    assert world.forge("show", sha_of(world)).returncode == 0
    assert world.published() == []


def test_a_link_out_of_the_preview_is_refused(world: World, left: Path) -> None:
    (left / "site/secret").symlink_to("/etc/hostname")
    said = world.forge("show", sha_of(world))
    assert said.returncode != 0
    assert "secret is neither a file nor a folder" in said.stderr
    assert world.published() == []


@pytest.mark.parametrize(
    "rows",
    [
        [{"path": "theme/main.html", "line": 1, "body": "```suggestion\nx\n```"}],
        [{"path": "data/a.yaml", "line": "1", "body": "```suggestion\nx\n```"}],
        [{"path": "data/a.yaml", "line": 1, "body": "@everybody come"}],
        [{"path": "data/a.yaml", "line": 1, "body": "```suggestion\nx\n```\n@you\n```\ny\n```"}],
        [{"path": "data/a.yaml", "line": 1, "event": "APPROVE", "body": "```suggestion\nx\n```"}],
    ],
)
def test_a_suggestion_that_is_none_is_refused(
    world: World, left: Path, rows: list[dict[str, Any]]
) -> None:
    (left / "report/suggestions.json").write_text(json.dumps(rows))
    said = world.forge("comment", sha_of(world))
    assert "Refused: a suggestion" in said.stderr
    assert world.state["reviews"] == []


def test_a_report_that_is_none_is_refused(world: World, left: Path) -> None:
    (left / "report/comment.md").write_text("Approved by a clinician.")
    assert "Refused: comment.md" in world.forge("comment", sha_of(world)).stderr
    assert world.state["comments"] == []


def test_one_issue_is_kept_up_to_date(world: World, left: Path) -> None:
    (left / "weekly").mkdir()
    world.state["artifacts"]["weekly"] = str(left / "weekly")
    for text in ("Two things.", "One thing.", ""):
        (left / "weekly/weekly.md").write_text(text)
        assert world.forge("weekly").returncode == 0
        [issue] = world.state["issues"]
        assert text in issue["body"]
    assert issue["state"] == "closed"


def test_one_pull_request_has_the_newer_packages(world: World, left: Path) -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    (world.main / "requirements.lock").write_text(lock)
    world.git("main", "add", "--all")
    world.git("main", "commit", "-qm", "Pinned")
    (left / "lock").mkdir()
    world.state |= {"artifacts": {"lock": str(left / "lock")}, "pulls": []}
    newer = left / "lock/requirements.lock"
    newer.write_text(lock)
    assert world.forge("renew").returncode == 0
    assert world.state["pulls"] == []
    for version in ("98.0", "99.0"):
        newer.write_text(re.sub(r"^jinja2==\S+", f"jinja2=={version}", lock, flags=re.MULTILINE))
        said = world.forge("renew")
        assert said.returncode == 0, said.stderr
        [pull] = world.state["pulls"]
        assert (pull["base"], pull["head"]["label"]) == ("main", "guide:renew-lock")
        world.git("main", "fetch", "-q", "origin", "renew-lock")
        changed = world.git("main", "diff", "--unified=0", "main", "FETCH_HEAD")
        assert re.findall(r"^[-+]\w.*", changed, re.MULTILINE)[1:] == [f"+jinja2=={version} \\"]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://example.org/simple",
        "jinja2 @ https://example.org/jinja2.tar.gz",
        "-e git+https://example.org/x",
        "jinja2==3.1.6 --config-settings=x",
    ],
)
def test_a_lock_that_fetches_elsewhere_is_refused(world: World, left: Path, line: str) -> None:
    (left / "lock").mkdir()
    (left / "lock/requirements.lock").write_text(f"{line}\n")
    world.state |= {"artifacts": {"lock": str(left / "lock")}, "pulls": []}
    assert "Refused: artifact/requirements.lock holds" in world.forge("renew").stderr
    assert world.state["pulls"] == []


# Suggestions


def test_a_suggestion_stays_within_the_lines_that_are_shown() -> None:
    now = {"data/a.yaml": "a\nb \nc\nd \n"}
    mended = {"data/a.yaml": "a\nb\nc\nd\n"}
    shown = {"data/a.yaml": frozenset({1, 2, 3})}
    assert list(suggestions(now, mended, shown)) == [Suggestion("data/a.yaml", 2, 2, ("b",))]
    assert list(suggestions(now, mended, {"data/b.yaml": frozenset({2})})) == []


def test_a_suggestion_of_other_length_takes_all_its_lines() -> None:
    now, mended = {"a": "x\ny: 1\nz: 2\nw\n"}, {"a": "x\nQ\nw\n"}
    found = list(suggestions(now, mended, {"a": frozenset({1, 2, 3})}))
    assert found == [Suggestion("a", 2, 3, ("Q",))]


def test_a_fence_in_the_text_does_not_end_a_suggestion() -> None:
    body = suggestion_json(Suggestion("data/a.yaml", 1, 1, ("x: ``` y",)))["body"]
    assert body == "````suggestion\nx: ``` y\n````"


def test_shown_lines_of_a_real_diff() -> None:
    patch = (
        "diff --git a/data/a.yaml b/data/a.yaml\n--- a/data/a.yaml\n+++ b/data/a.yaml\n"
        "@@ -3,3 +3,4 @@ top\n c\n-++ d\n++++ e\n+f\n g\n@@ -20 +21,0 @@\n-z\n"
        "diff --git a/data/gone.yaml b/data/gone.yaml\n--- a/data/gone.yaml\n+++ /dev/null\n"
        "@@ -1,2 +0,0 @@\n-a\n-b\n"
    )
    assert shown_lines(patch) == {"data/a.yaml": frozenset({3, 4, 5, 6})}
