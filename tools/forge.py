"""What the workflows do on GitHub with a token. Standard library, git and gh alone.

It runs from the main branch and takes what a pull request's own run left behind as plain data:
nothing of it is executed, and what does not look as it must is refused.

    forge.py find OWNER:BRANCH SHA            the number of the open pull request, or nothing
    forge.py comment NUMBER SHA FOLDER        comment.md in place of the last; suggestions.json
    forge.py may-show NUMBER SHA              whether a preview is safe to publish
    forge.py pages publish FOLDER             the site, beside the previews
    forge.py pages show NUMBER FOLDER         a preview at pr/NUMBER/
    forge.py pages drop NUMBER                takes it away
    forge.py issue MARK TITLE FILE            one open issue with this text; none for an empty file
    forge.py renew FILE                       one open pull request with this requirements.lock
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

BOT: Final = "github-actions[bot]"
MARK: Final = "<!-- strideguide: report -->"
PUSHED: Final = "<!-- strideguide: pushed -->"
LOGIN: Final = re.compile(r"[A-Za-z0-9-]{1,39}(?:\[bot\])?")
MOST_CHARACTERS: Final = 65_000
MOST_SUGGESTIONS: Final = 20
MOST_FILES: Final = 20_000
MOST_BYTES: Final = 500_000_000
MOST_LOCK_BYTES: Final = 1_000_000
PAGES: Final = "gh-pages"
BASE: Final = "main"
LOCK: Final = "requirements.lock"
LOCK_LINE: Final = re.compile(
    r"| {4}--hash=sha256:[0-9a-f]{64}(?: \\)?|[a-z0-9._-]+==[0-9][\w.+!-]*(?: ; [\w .<>=!'\"()]+)?"
    r" \\|(?: {4})?# [ -~]*"
)
"""A name with its version, a digest, or who needs it: nothing that pip would fetch elsewhere."""
RENEW_BRANCH: Final = "renew-lock"
RENEW_TITLE: Final = "Newer versions of the Python packages"
RENEW_BODY: Final = (
    "`make lock` found newer versions that `pyproject.toml` allows. GitHub starts no checks on "
    "a pull request that a workflow opened: close it and open it again, and they run.\n"
)
PREVIEWS: Final = "pr"
FACTS: Final = "data/"
MAY_WRITE: Final = {"admin", "maintain", "write"}
OWN_CODE: Final = (
    "_This changes more than the facts in `data/`, so this report was made by the pull "
    "request’s own code. Read it as such, and look for signatures (`review:`) yourself._\n\n"
)
NO_PREVIEW: Final = (
    "_There is no preview, because this changes more than the facts in `data/`. A maintainer "
    "who has read it can approve this commit, then run “Pull request” again under Actions._\n"
)


class Refused(Exception):
    """What a pull request's run left does not look as it must."""


def api(path: str, method: str = "GET", body: Any = None, **query: str) -> Any:
    """GitHub's answer."""
    repository = os.environ["GITHUB_REPOSITORY"]
    command = ["gh", "api", f"repos/{repository}/{path}", "--method", method]
    for name, value in query.items():
        command += ["--raw-field", f"{name}={value}"]
    if method == "GET":
        command += ["--paginate", "--slurp"]
    if body is not None:
        command += ["--input", "-"]
    text = json.dumps(body) if body is not None else None
    said = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
    if said.returncode:
        raise RuntimeError(f"gh api {method} {path}: {said.stderr.strip()}")
    answer = json.loads(said.stdout) if said.stdout.strip() else None
    if method == "GET":
        assert answer is not None, path
        return [row for page in answer for row in (page if isinstance(page, list) else [page])]
    return answer


def find(head: str, sha: str) -> str:
    """The open pull request whose newest commit this is; "" where it has moved on or closed."""
    for row in api("pulls", state="open", head=head):
        if row["head"]["sha"] == sha:
            return str(row["number"])
    return ""


def is_of_facts(number: int) -> bool:
    """Whether it changes the data alone, so that main's own code made what its run left.

    GitHub names 3,000 files at most: a list that is not whole says nothing.
    """
    files = api(f"pulls/{number}/files")
    [pull] = api(f"pulls/{number}")
    return len(files) == pull["changed_files"] and all(
        name.startswith(FACTS)
        for file in files
        for name in (file["filename"], file.get("previous_filename", file["filename"]))
    )


def may_show(number: int, sha: str) -> bool:
    """Whether the preview of this commit can do no harm on our address.

    Main's own code made it, or somebody who may write here has approved this very commit: what
    is pushed afterwards was read by nobody.
    """
    if is_of_facts(number):
        [pull] = api(f"pulls/{number}")
        return bool(pull["head"]["sha"] == sha)
    return any(_may_write(login) for login in _approved_by(number, sha))


def _approved_by(number: int, sha: str) -> set[str]:
    return {
        row["user"]["login"]
        for row in api(f"pulls/{number}/reviews")
        if row["state"] == "APPROVED" and row["commit_id"] == sha
    }


def _may_write(login: str) -> bool:
    [row] = api(f"collaborators/{login}/permission")
    return row["permission"] in MAY_WRITE


def comment(number: int, sha: str, folder: Path) -> None:
    """The report, in place of the last one; suggestions that are not there yet."""
    text = (folder / "comment.md").read_text(encoding="utf-8")
    if not text.startswith(MARK):
        raise Refused("comment.md is not a report.")
    if not is_of_facts(number):
        text = text.replace(f"{MARK}\n", f"{MARK}\n{OWN_CODE}", 1)
        if not may_show(number, sha):
            text = f"{text}\n{NO_PREVIEW}"
    if LOGIN.fullmatch(actor := os.environ.get("ACTOR", "")):
        text = text.replace(PUSHED, f"Pushed by `{actor}`, GitHub says.", 1)
    body = {"body": text[:MOST_CHARACTERS]}
    old = [
        row["id"]
        for row in api(f"issues/{number}/comments")
        if row["user"]["login"] == BOT and row["body"].startswith(MARK)
    ]
    if old:
        api(f"issues/comments/{old[0]}", "PATCH", body)
    else:
        api(f"issues/{number}/comments", "POST", body)
    there = {
        (row["path"], row["line"], row["body"])
        for row in api(f"pulls/{number}/comments")
        if row["user"]["login"] == BOT
    }
    rows = json.loads((folder / "suggestions.json").read_text(encoding="utf-8"))
    new = [
        row for row in _suggestions(rows) if (row["path"], row["line"], row["body"]) not in there
    ]
    if new:
        review = {"commit_id": sha, "event": "COMMENT", "comments": new}
        api(f"pulls/{number}/reviews", "POST", review)


def _suggestions(rows: Any) -> Iterator[dict[str, Any]]:
    """Those of known form; a run can leave anything."""
    numbers = ("line", "start_line")
    words = {"path", "body", "side", "start_side"}
    for row in rows[:MOST_SUGGESTIONS]:
        if not set(row) <= {*numbers, *words}:
            raise Refused(f"a suggestion has other fields: {sorted(row)}.")
        is_sound = (
            all(type(row[name]) is int for name in numbers if name in row)
            and all(isinstance(row[name], str) for name in words & set(row))
            and row["path"].startswith(FACTS)
            and re.fullmatch(r"(`{3,})suggestion\n(?:(?!\1)[\s\S])*\n\1", row["body"])
        )
        if not is_sound:
            raise Refused("a suggestion is not one.")
        yield row


def git(*arguments: str, folder: Path | None = None, index: Path | None = None) -> str:
    """What git says."""
    environment = dict(os.environ)
    if folder:
        environment["GIT_WORK_TREE"] = str(folder.resolve())
    if index:
        environment["GIT_INDEX_FILE"] = str(index)
    top = subprocess.run(
        ["git", "rev-parse", "--absolute-git-dir"], capture_output=True, text=True, check=True
    )
    environment["GIT_DIR"] = top.stdout.strip()
    said = subprocess.run(
        ["git", *arguments],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if said.returncode:
        raise RuntimeError(f"git {' '.join(arguments)}: {said.stderr.strip()}")
    return said.stdout.strip()


def pages(act: str, number: int, folder: Path | None) -> None:
    """Change the branch that GitHub serves; again, when somebody else was faster."""
    if folder:
        _look_at(folder)
    for _ in range(5):
        if _try_pages(act, number, folder):
            return
    raise RuntimeError(f"{PAGES} changed five times while we wrote it.")


def _try_pages(act: str, number: int, folder: Path | None) -> bool:
    """The branch holds one commit, so that it never grows; a lease guards what others wrote."""
    told = git("ls-remote", "origin", f"refs/heads/{PAGES}")
    old = told.split()[0] if told else ""
    if old:
        git("fetch", "--quiet", "--depth=1", "origin", old)
    here = f"{PREVIEWS}/{number}"
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary) / "index"
        tree = ""
        if folder:
            git("add", "--all", "--force", ".", folder=folder, index=Path(temporary) / "folder")
            tree = git("write-tree", index=Path(temporary) / "folder")
        if act == "publish":
            git("read-tree", tree, index=index)
            git("rm", "-r", "-f", "-q", "--cached", "--ignore-unmatch", PREVIEWS, index=index)
            if old and git("ls-tree", old, PREVIEWS):
                git("read-tree", f"--prefix={PREVIEWS}/", f"{old}:{PREVIEWS}", index=index)
            if old and (name := git("ls-tree", old, "CNAME")) and not git("ls-tree", tree, "CNAME"):
                mode, _, rest = name.split(maxsplit=2)
                cache = f"{mode},{rest.split()[0]},CNAME"
                git("update-index", "--add", "--cacheinfo", cache, index=index)
        else:
            git("read-tree", *([old] if old else ["--empty"]), index=index)
            git("rm", "-r", "-f", "-q", "--cached", "--ignore-unmatch", here, index=index)
            if tree:
                git("read-tree", f"--prefix={here}/", tree, index=index)
        blank = git("hash-object", "-w", "--stdin")
        git("update-index", "--add", "--cacheinfo", f"100644,{blank},.nojekyll", index=index)
        new_tree = git("write-tree", index=index)
    if old and new_tree == git("rev-parse", f"{old}^{{tree}}"):
        return True
    words = {"publish": "The site", "show": "Preview {}", "drop": "Without preview {}"}
    commit = git("commit-tree", new_tree, "-m", words[act].format(number))
    try:
        git(
            "push", "--quiet", f"--force-with-lease={PAGES}:{old}", "origin",
            f"{commit}:refs/heads/{PAGES}",
        )  # fmt: skip
    except RuntimeError:
        return False
    return True


def _look_at(folder: Path) -> None:
    """Plain files alone, and not too many."""
    size = count = 0
    for path in folder.rglob("*"):
        if path.is_symlink() or not (path.is_file() or path.is_dir()):
            raise Refused(f"{path} is neither a file nor a folder.")
        if path.is_file():
            count += 1
            size += path.stat().st_size
    if not count or count > MOST_FILES or size > MOST_BYTES:
        raise Refused(f"{folder} holds {count} files of {size} bytes.")


def issue(mark: str, title: str, file: Path) -> None:
    """One open issue of ours with the file's text; closed when the file is empty."""
    text = file.read_text(encoding="utf-8").strip()
    body = f"<!-- strideguide: {mark} -->\n{text}\n"[:MOST_CHARACTERS]
    old = [
        row["number"]
        for row in api("issues", state="open", creator=BOT)
        if (row["body"] or "").startswith(f"<!-- strideguide: {mark} -->")
    ]
    if old and text:
        api(f"issues/{old[0]}", "PATCH", {"title": title, "body": body})
    elif old:
        api(f"issues/{old[0]}", "PATCH", {"state": "closed"})
    elif text:
        api("issues", "POST", {"title": title, "body": body})


def renew(file: Path) -> None:
    """One pull request of ours with the newest versions; none when nothing is newer."""
    if file.is_symlink() or not file.is_file() or file.stat().st_size > MOST_LOCK_BYTES:
        raise Refused(f"{file} is no file of that size.")
    text = file.read_text(encoding="utf-8")
    if wrong := next((line for line in text.splitlines() if not LOCK_LINE.fullmatch(line)), ""):
        raise Refused(f"{file} holds `{wrong[:80]}`.")
    main = git("rev-parse", "HEAD")
    if text == git("show", f"{main}:{LOCK}") + "\n":
        return
    with tempfile.TemporaryDirectory() as temporary:
        index = Path(temporary) / "index"
        git("read-tree", main, index=index)
        blob = git("hash-object", "-w", "--", str(file.resolve()))
        git("update-index", "--cacheinfo", f"100644,{blob},{LOCK}", index=index)
        tree = git("write-tree", index=index)
    commit = git("commit-tree", tree, "-p", main, "-m", RENEW_TITLE)
    git("push", "--quiet", "--force", "origin", f"{commit}:refs/heads/{RENEW_BRANCH}")
    owner = os.environ["GITHUB_REPOSITORY"].split("/")[0]
    if not api("pulls", state="open", head=f"{owner}:{RENEW_BRANCH}"):
        body = {"title": RENEW_TITLE, "body": RENEW_BODY, "head": RENEW_BRANCH, "base": BASE}
        api("pulls", "POST", body)


def main(arguments: list[str]) -> int:
    """One wish; 1 where it is refused."""
    try:
        match arguments:
            case ["find", head, sha]:
                print(find(head, sha))
            case ["comment", number, sha, folder]:
                comment(int(number), sha, Path(folder))
            case ["may-show", number, sha]:
                print("yes" if may_show(int(number), sha) else "no")
            case ["pages", "publish", folder]:
                pages("publish", 0, Path(folder))
            case ["pages", "show", number, folder]:
                pages("show", int(number), Path(folder))
            case ["pages", "drop", number]:
                pages("drop", int(number), None)
            case ["renew", file]:
                renew(Path(file))
            case ["issue", mark, title, file]:
                issue(mark, title, Path(file))
            case _:
                print(__doc__, file=sys.stderr)
                return 2
    except Refused as refusal:
        print(f"Refused: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
