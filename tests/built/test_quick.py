"""What `make quick` runs needs neither a browser nor a build."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from typing import Final

from small import ROOT

COLLECT: Final = """
import inspect, sys
import pytest

class Collected:
    def pytest_collection_finish(self, session):
        self.items = session.items

collected = Collected()
pytest.main([*sys.argv[1:], "--numprocesses", "0", "--collect-only", "-qq"], plugins=[collected])
print("\\nTESTS", len(collected.items))
print("LOADED", *sorted({"playwright", "mkdocs.commands.build"} & set(sys.modules)))
for function in {item.function for item in collected.items}:
    print(inspect.getsource(function))
"""
BUILDS: Final = re.compile(r'"(?:mkdocs|generator)", "build"|\bbuild\(|Browser|site_dir|base_url')


def test_it_loads_no_browser_and_builds_no_site() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    quick = re.search(r"^quick:.*\n\t\$\(BIN\)/pytest (.*)", makefile, re.MULTILINE)
    assert quick
    command = [sys.executable, "-c", COLLECT, *shlex.split(quick[1])]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    _, _, rest = found.stdout.partition("\nTESTS ")
    count, loaded, *sources = rest.split("\n")
    assert int(count) > 1000
    assert loaded == "LOADED"
    assert BUILDS.findall("\n".join(sources)) == []
