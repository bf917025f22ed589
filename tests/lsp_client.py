"""A small client of the YAML language server: what an editor asks it, and nothing more."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Final

import pytest

SETTINGS: Final = {
    "validate": True, "hover": True, "completion": True,
    "schemaStore": {"enable": False}, "schemas": {}, "yamlVersion": "1.2",
}  # fmt: skip
_ANSWERS: Final = {"workspace/configuration": lambda p: [_setting(i) for i in p["items"]]}


class Editor:
    """An editor in the project's folder. Use it as a context."""

    def __init__(self, server: Path, root: Path) -> None:
        self.root = root
        self._process = subprocess.Popen(
            ["node", str(server), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._number = 0
        self._version = 0
        self._diagnostics: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Editor:
        folder = {"uri": self.root.as_uri(), "name": "project"}
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"snippetSupport": True}},
            },
        }
        self._ask(
            "initialize",
            {
                "processId": None, "rootUri": self.root.as_uri(),
                "workspaceFolders": [folder], "capabilities": capabilities,
            },
        )  # fmt: skip
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": {"yaml": SETTINGS}})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()

    def open(self, path: Path, text: str) -> list[dict[str, Any]]:
        """Open a file with this text, saved or not, and give the findings underlined in it."""
        uri = path.as_uri()
        self._diagnostics.pop(uri, None)
        self._version += 1
        document = {"uri": uri, "languageId": "yaml", "version": self._version, "text": text}
        self._tell("textDocument/didOpen", {"textDocument": document})
        while uri not in self._diagnostics:
            self._take()
        return self._diagnostics[uri]

    def hover(self, path: Path, line: int, column: int) -> str:
        """What shows over a word."""
        found = self._ask("textDocument/hover", _position(path, line, column))
        return str(found["contents"]["value"]) if found else ""

    def complete(self, path: Path, line: int, column: int) -> list[str]:
        """What is offered at a place."""
        found = self._ask("textDocument/completion", _position(path, line, column))
        return [item["label"] for item in found["items"]] if found else []

    def _ask(self, method: str, params: object) -> Any:
        self._number += 1
        number = self._number
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == number and "method" not in message:
                assert "error" not in message, message["error"]
                return message.get("result")

    def _tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def _send(self, body: dict[str, Any]) -> None:
        raw = json.dumps({"jsonrpc": "2.0", **body}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(raw), raw))
        self._process.stdin.flush()

    def _take(self) -> dict[str, Any]:
        """The server's next message; its own questions are answered on the way."""
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            pytest.fail("the language server ended")
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        if "id" in message and "method" in message:
            answer = _ANSWERS.get(message["method"], lambda _: None)
            self._send({"id": message["id"], "result": answer(message.get("params"))})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message


def _setting(item: dict[str, str]) -> object:
    return SETTINGS if item.get("section") == "yaml" else {}


def _position(path: Path, line: int, column: int) -> dict[str, Any]:
    position = {"line": line - 1, "character": column - 1}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}
