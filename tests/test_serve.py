"""`mkdocs serve` while somebody edits: new facts show, broken ones leave the last good page."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from small import ROOT, small_project

PATIENCE_SECONDS: Final = 240

PAGE: Final = "conditions/achilles-tendinopathy/"
NAME_LINE: Final = "  name: Achilles tendinopathy\n"


@dataclass(frozen=True, slots=True)
class Server:
    """A running `mkdocs serve` with the copy of the project that it watches."""

    process: subprocess.Popen[bytes]
    folder: Path
    url: str
    log: Path

    def edit(self, old: str, new: str) -> None:
        """Change the conditions' file as an editor does."""
        path = self.folder / "data" / "conditions.yaml"
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")

    def page(self) -> str:
        """The page as it is served now; "" while nothing answers."""
        try:
            with urllib.request.urlopen(self.url + PAGE, timeout=PATIENCE_SECONDS) as response:
                return str(response.read().decode("utf-8"))
        except urllib.error.URLError:
            return ""

    def said(self) -> str:
        """What the server has printed so far."""
        return self.log.read_text(encoding="utf-8")

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Fail if it doesn't hold within PATIENCE_SECONDS, or the server ends."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            ended = self.process.poll() is not None
            if ended or time.monotonic() > deadline:
                how = "the server ended" if ended else f"not within {PATIENCE_SECONDS} s"
                pytest.fail(f"{what}: {how}\n{self.said()[-4000:]}")
            time.sleep(0.2)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    folder = small_project(tmp_path / "project")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = tmp_path / "serve.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", address],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(process, folder, f"http://{address}/", log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def test_edits_show_and_mistakes_keep_the_last_good_page(server: Server) -> None:
    server.wait_until(lambda: ">Achilles tendinopathy</h1>" in server.page(), "first build")

    changed = "  name: Achilles trouble\n"
    server.edit(NAME_LINE, changed)
    server.wait_until(lambda: ">Achilles trouble</h1>" in server.page(), "a changed name")

    broken = "  nmae: Achilles trouble\n"
    server.edit(changed, broken)
    text = (server.folder / "data" / "conditions.yaml").read_text(encoding="utf-8")
    line = text[: text.index(broken)].count("\n") + 1
    finding = f"data/conditions.yaml:{line}:3"
    server.wait_until(lambda: finding in server.said(), f"a finding at {finding}")
    server.wait_until(lambda: "the last good site stays up" in server.said(), "word of it")
    server.wait_until(lambda: 'role="alert"' in server.page(), "a banner")
    page = server.page()
    assert ">Achilles trouble</h1>" in page
    banner = page[page.index('class="sg-trouble"') : page.index(">Achilles trouble</h1>")]
    assert page.index("<body") < page.index('class="sg-trouble"')
    assert "You see the last good site." in banner
    assert finding in banner
    assert "Did you mean `name`?" in banner

    server.edit(broken, "  name: Achilles mended\n")
    server.wait_until(lambda: ">Achilles mended</h1>" in server.page(), "the mended name")
    assert "sg-trouble" not in server.page()

    # What stands in the data is text, in the banner too.
    server.edit("  name: Achilles mended\n", "  name: <script>alert(1)</script>\n")
    server.wait_until(lambda: "sg-trouble" in server.page(), "a banner again")
    assert "<script>alert" not in server.page()
    assert "&lt;script&gt;alert" in server.page()
