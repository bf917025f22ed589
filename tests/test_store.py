"""What a build leaves to the next is never wrong, and may vanish at any time."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from synthetic_project import made

from generator.host.store import Store

ROOT = Path(__file__).parent.parent


def test_a_row_counts_only_under_its_own_key(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.sqlite")
    store.put("a", "made from this", b"text")
    store.close()
    store = Store(tmp_path / "s.sqlite")
    assert store.get("a", "made from this") == b"text"
    assert store.get("a", "made from that") is None


def test_a_broken_row_or_file_is_as_none(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    store = Store(path)
    store.put("a", "k", b"some text that can be found in the file")
    store.close()
    path.write_bytes(path.read_bytes().replace(b"some text", b"sane text"))
    assert Store(path).get("a", "k") is None
    path.write_bytes(b"no database at all" * 100)
    store = Store(path)
    store.put("a", "k", b"again")
    store.close()
    assert Store(path).get("a", "k") == b"again"


def test_a_full_disk_costs_no_more_than_the_cache(project: Path) -> None:
    store = Store(project / "s.sqlite")
    assert store._database
    store._database.execute("PRAGMA max_page_count = 4")
    texts, _ = made(store)
    assert texts == made()[0]
    assert store._database is None


def test_two_builds_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    one, two = Store(tmp_path / "s.sqlite"), Store(tmp_path / "s.sqlite")
    for number in range(500):
        one.put(f"name {number % 50}", "one", b"1" * number)
        two.put(f"name {number % 50}", "two", b"2" * number)
    one.close()
    two.close()
    left = Store(tmp_path / "s.sqlite")
    for number in range(50):
        of_one, of_two = left.get(f"name {number}", "one"), left.get(f"name {number}", "two")
        assert (of_one is None) != (of_two is None)
        assert set(of_one or of_two or b"") <= set(b"1" if of_one else b"2")


def test_a_killed_build_leaves_a_store_that_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    script = (
        "import sys; from pathlib import Path; from generator.host.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(10**9): store.put(f'n {n % 300}', 'k', str(n).encode() * 999)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=ROOT) as writer:
        waited = _until(lambda: path.exists() and path.stat().st_size > 1_000_000)
        writer.send_signal(signal.SIGKILL)
    assert waited
    store = Store(path)
    rows = [store.get(f"n {n}", "k") for n in range(300)]
    assert any(rows)
    assert all(len(set(_parts(row))) == 1 for row in rows if row)


def _parts(row: bytes) -> Iterator[bytes]:
    size = len(row) // 999
    return (row[at : at + size] for at in range(0, len(row), size))


def _until(holds: Callable[[], bool]) -> bool:
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.05)
    return False
