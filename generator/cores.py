"""Two tasks at once, where a second core is free for it: people wait half as long."""

from __future__ import annotations

import os
import pickle
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

PAYS: Final = 1_000_000
"""From how many characters of data on a copy of this process is worth its while."""

A = TypeVar("A")
B = TypeVar("B")


def both(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """What the two pure functions give; `second` is run by a copy of this process meanwhile.

    The copy hands back its answer and nothing else. Where there can be no copy, or it fails,
    `second` is run here, so that the answer is the same, and an error is told as always.
    """
    if not _may_fork():
        return first(), second()
    reader, writer = os.pipe()
    try:
        copy = os.fork()
    except OSError:
        os.close(reader)
        os.close(writer)
        return first(), second()
    if copy == 0:
        with suppress(BaseException), os.fdopen(writer, "wb") as answer:
            pickle.dump(second(), answer, pickle.HIGHEST_PROTOCOL)
        os._exit(0)
    os.close(writer)
    try:
        with os.fdopen(reader, "rb") as answer:
            ours = first()
            theirs: B = pickle.load(answer)
    except (EOFError, pickle.UnpicklingError):
        theirs = second()
    finally:
        os.waitpid(copy, 0)
    return ours, theirs


def _may_fork() -> bool:
    """A copy of a process with threads may hang, and on one core it only costs time."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1
