"""Browser pages that tests use one after the other: opening one takes longer than most tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, ViewportSize

ROOM: Final = ViewportSize(width=1280, height=720)
PHONE: Final = ViewportSize(width=390, height=844)
Scheme = Literal["light", "dark"]
Motion = Literal["reduce", "no-preference"]


@dataclass(slots=True)
class PooledPage:
    """A page, and since it was handed out: console errors, exceptions, requests."""

    page: Page
    options: dict[str, Any]
    errors: list[str] = field(default_factory=list)
    exceptions: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        def note_error(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.errors.append(message.text)

        self.page.on("console", note_error)
        self.page.on("pageerror", lambda error: self.exceptions.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def forget(self) -> None:
        """The next test must see nothing of the one before."""
        for noted in (self.errors, self.exceptions, self.requests):
            noted.clear()

    def requests_outside(self, *origins: str) -> list[str]:
        """The addresses of none of these origins."""
        return [url for url in self.requests if not url.startswith((*origins, "data:", "about:"))]

    def clean(self) -> None:
        """Leave it as a page that was never used."""
        context = self.page.context
        for other in context.pages:
            if other != self.page:
                other.close()
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.page.emulate_media(media="null", forced_colors="none")
        self.page.mouse.move(0, 0)
        context.clear_cookies()
        devtools = context.new_cdp_session(self.page)
        for origin in {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in self.requests}:
            what = {"origin": origin, "storageTypes": "all"}
            devtools.send("Storage.clearDataForOrigin", what)
        devtools.detach()


class PagePool:
    """Hands out clean pages, and takes them back to use again.

    What can not be undone needs a context of its own: `add_init_script`, `expose_function`, a
    clock, a listener for dialogs, and service workers.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[PooledPage] = []

    @contextmanager
    def page(
        self,
        *,
        viewport: ViewportSize = ROOM,
        color_scheme: Scheme = "light",
        reduced_motion: Motion = "no-preference",
        **options: Any,
    ) -> Iterator[PooledPage]:
        """An empty page that looks like this, in a context of these options."""
        pooled = next((one for one in self._free if one.options == options), None)
        if pooled:
            self._free.remove(pooled)
            pooled.forget()
        else:
            pooled = PooledPage(self._browser.new_context(**options).new_page(), options)
        pooled.page.set_viewport_size(viewport)
        pooled.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        yield pooled
        try:
            pooled.clean()
            self._free.append(pooled)
        except Error:  # It is broken: the next test gets a new one.
            pooled.page.context.close()
