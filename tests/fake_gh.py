"""Stands in for `gh` in tests: answers from a JSON file, and writes what it is told there.

The file holds `pulls`, `files`, `comments`, `reviews` (ours), `approvals` and `permissions` (of
others), `issues` and `artifacts` (name -> folder).
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

BOT = {"login": "github-actions[bot]"}


def main(arguments: list[str]) -> int:
    path = Path(os.environ["FAKE_GITHUB"])
    state = json.loads(path.read_text(encoding="utf-8"))
    if arguments[:2] == ["run", "download"]:
        name = arguments[arguments.index("--name") + 1]
        if name not in state["artifacts"]:
            print(f"no artifact {name}", file=sys.stderr)
            return 1
        target = arguments[arguments.index("--dir") + 1]
        shutil.copytree(state["artifacts"][name], target, symlinks=True)
        return 0
    assert arguments[0] == "api"
    method = arguments[arguments.index("--method") + 1]
    route = arguments[1].removeprefix(f"repos/{os.environ['GITHUB_REPOSITORY']}/").split("/")
    fields = [b for a, b in pairwise(arguments) if a == "--raw-field"]
    query = dict(text.split("=", 1) for text in fields)
    body = json.loads(sys.stdin.read()) if "--input" in arguments else None
    answer = _answer(state, method, route, query, body)
    path.write_text(json.dumps(state, indent=2), encoding="utf-8")
    print(json.dumps([answer] if method == "GET" else answer))
    return 0


def _answer(
    state: dict[str, Any], method: str, route: list[str], query: dict[str, str], body: Any
) -> Any:
    match [method, *route]:
        case ["GET", "pulls"]:
            return [p for p in state["pulls"] if p["head"]["label"] == query["head"]]
        case ["POST", "pulls"]:
            label = f"{os.environ['GITHUB_REPOSITORY'].split('/')[0]}:{body['head']}"
            state["pulls"].append({**body, "head": {"label": label, "sha": ""}})
        case ["GET", "pulls", number]:
            [pull] = [p for p in state["pulls"] if str(p["number"]) == number]
            return {"changed_files": len(state["files"]), **pull}
        case ["GET", "pulls", _, "files"]:
            return state["files"]
        case ["GET", "pulls", _, "reviews"]:
            return state["approvals"]
        case ["GET", "collaborators", login, "permission"]:
            return {"permission": state["permissions"].get(login, "read")}
        case ["GET", "pulls", _, "comments"]:
            made = [c for review in state["reviews"] for c in review["comments"]]
            return [{**c, "user": BOT} for c in made]
        case ["POST", "pulls", _, "reviews"]:
            state["reviews"].append(body)
        case ["GET", "issues", _, "comments"]:
            return state["comments"]
        case ["POST", "issues", _, "comments"]:
            state["comments"].append({"id": len(state["comments"]) + 1, "user": BOT, **body})
        case ["PATCH", "issues", "comments", id_]:
            [old] = [c for c in state["comments"] if str(c["id"]) == id_]
            old.update(body)
        case ["GET", "issues"]:
            return [i for i in state["issues"] if i["state"] == "open"]
        case ["POST", "issues"]:
            number = len(state["issues"]) + 1
            state["issues"].append({"number": number, "state": "open", "user": BOT, **body})
        case ["PATCH", "issues", number]:
            [old] = [i for i in state["issues"] if str(i["number"]) == number]
            old.update(body)
        case other:
            raise AssertionError(other)
    return {}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
