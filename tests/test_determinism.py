"""The same facts make the same bytes, whatever the order of Python's sets."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Final

from reading import assert_none

ROOT: Final = Path(__file__).parent.parent


def test_two_builds_are_byte_identical(site_dir: Path, tmp_path: Path) -> None:
    """MkDocs writes the day of the build into the sitemap, so the second one gets the first's."""
    again = tmp_path / "site"
    environment = os.environ | {
        "PYTHONHASHSEED": "4711",
        "SOURCE_DATE_EPOCH": str(day_of_build(site_dir)),
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(again)]
    result = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr

    first, second = digests(site_dir), digests(again)
    assert_none(set(first) ^ set(second))
    assert_none(name for name, digest in first.items() if second[name] != digest)


def day_of_build(site_dir: Path) -> int:
    """The day that the packed sitemap carries in its head, in seconds since 1970."""
    (seconds,) = struct.unpack("<I", (site_dir / "sitemap.xml.gz").read_bytes()[4:8])
    return int(seconds)


def digests(folder: Path) -> dict[str, str]:
    """Each file with a digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
