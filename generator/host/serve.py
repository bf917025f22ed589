"""`mkdocs serve` sees a save soon, and its pages say what is wrong with the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final
from wsgiref.headers import Headers

from watchdog.observers.polling import PollingObserver

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

    from mkdocs.livereload import LiveReloadServer

LOOK_SECONDS: Final = 0.1
"""MkDocs looks twice a second, which is most of what a save would wait for."""


def watch_closely(server: LiveReloadServer, watched: Sequence[str], more: Sequence[str]) -> None:
    """Look more often at what MkDocs has `watched` so far, and at `more`."""
    for path in watched:
        server.unwatch(path)
    server.observer = PollingObserver(timeout=LOOK_SECONDS)
    server.build_delay = LOOK_SECONDS / 2
    for path in (*watched, *more):
        server.watch(path)


def show_trouble(server: LiveReloadServer, trouble: Callable[[], str]) -> None:
    """Put what `trouble` gives at the top of each page as it is served."""
    application = server.get_app()
    assert application is not None

    def with_banner(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        banner = trouble().encode("utf-8")
        if not banner:
            return application(environ, start_response)
        status, headers = "", Headers()

        def keep(said: str, pairs: list[tuple[str, str]], _: Any = None) -> Any:
            nonlocal status, headers
            status, headers = said, Headers(pairs)

        content = b"".join(application(environ, keep))
        if (body := content.find(b"<body")) >= 0:
            end = content.find(b">", body) + 1
            content = content[:end] + banner + content[end:]
            headers["Content-Length"] = str(len(content))
        start_response(status, headers.items())
        return [content]

    server.set_app(with_banner)
