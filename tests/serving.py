"""A server for tests on this machine that says nothing, not even when a browser hangs up."""

from __future__ import annotations

import functools
import http.server
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Handler = Callable[..., http.server.BaseHTTPRequestHandler]


class Quiet(http.server.BaseHTTPRequestHandler):
    """To inherit from before a handler that would log."""

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Files(Quiet, http.server.SimpleHTTPRequestHandler):
    """Answers with files."""


class _Server(http.server.ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Serving:
    """A server at `url`, which ends in a slash, until it is stopped."""

    def __init__(self, handler: Handler) -> None:
        self._server = _Server(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        if self._thread.is_alive():
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()


@contextmanager
def served(handler: Handler) -> Iterator[str]:
    """The address of a server that is there for as long as the context is."""
    serving = Serving(handler)
    try:
        yield serving.url
    finally:
        serving.stop()


def from_folder(folder: Path, kind: type[Files] = Files) -> Handler:
    """Answers with the files of a folder."""
    return functools.partial(kind, directory=str(folder))
