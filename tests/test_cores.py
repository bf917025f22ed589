"""Two tasks at once: answers, findings and errors are those of one after the other."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from small import ROOT

from generator import cores
from generator.checking import Checked, load_and_check
from generator.cores import both
from generator.host.records import KeptRead, packed
from generator.host.store import Store

HERE = os.getpid()


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a machine with a second core, in a process without threads."""
    monkeypatch.setattr(cores, "_may_fork", lambda: True)


def test_the_second_task_is_done_by_a_copy(two_cores: None) -> None:
    first, second = both(os.getpid, os.getpid)
    assert first == HERE != second


def test_a_process_with_threads_makes_no_copy() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    assert both(os.getpid, os.getpid) == (HERE, HERE)
    done.set()
    thread.join()


def test_what_a_copy_does_stays_there(two_cores: None) -> None:
    seen: list[int] = []
    assert both(lambda: 1, lambda: seen.append(2)) == (1, None)
    assert seen == []


def _dies() -> str:
    if os.getpid() != HERE:
        os._exit(1)
    return "here"


def _cannot_be_sent() -> Callable[[], None]:
    return lambda: None


def test_the_task_of_a_copy_that_fails_is_done_here(two_cores: None) -> None:
    assert both(lambda: 1, _dies) == (1, "here")
    assert callable(both(lambda: 1, _cannot_be_sent)[1])


def test_where_there_can_be_no_copy_both_are_done_here(
    two_cores: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused)
    assert both(os.getpid, os.getpid) == (HERE, HERE)


def _fails() -> None:
    raise ZeroDivisionError


@pytest.mark.parametrize("tasks", [(_fails, _dies), (_dies, _fails)])
def test_an_error_is_told_as_always(
    tasks: tuple[Callable[[], object], Callable[[], object]], two_cores: None
) -> None:
    with pytest.raises(ZeroDivisionError):
        both(*tasks)


@pytest.mark.parametrize("folder", [".", "tests/sound", "tests/mistakes"])
def test_a_check_on_both_cores_finds_the_same(
    folder: str, tmp_path: Path, two_cores: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("generator.host.records.PAYS", 0)
    monkeypatch.setattr("generator.checking.PAYS", 0)

    def check(*, both_cores: bool) -> Checked:
        store = Store(tmp_path / f"{both_cores}.sqlite")
        last = KeptRead(store, both_cores=both_cores)
        data = Path(folder)
        checked = load_and_check(data / "data", data / "content", last, both_cores=both_cores)
        store.close()
        return checked

    expected = check(both_cores=False)
    for _ in ("from nothing", "again"):
        checked = check(both_cores=True)
        assert checked.diagnostics == expected.diagnostics
        assert _read(checked) == _read(expected)


def _read(checked: Checked) -> list[object]:
    """Every record in the order of its file, those that were read alone with all their places."""
    return [
        (kind, id_, entry.digest, entry.text, entry.record, entry.text and packed(entry.record))
        for kind, entries in checked.entries.items()
        for id_, entry in entries.items()
    ]
