"""Browser pages that tests use one after the other: a new one costs more than most tests do."""

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
class Lent:
    """A page, and since it was lent: errors on its console, those that scripts threw, requests."""

    page: Page
    options: dict[str, Any]
    said: list[str] = field(default_factory=list)
    thrown: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        def said(message: ConsoleMessage) -> None:
            if message.type == "error":
                self.said.append(message.text)

        self.page.on("console", said)
        self.page.on("pageerror", lambda error: self.thrown.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def forget(self) -> None:
        """Whoever has it next wants to hear of nothing before."""
        for heard in (self.said, self.thrown, self.asked):
            heard.clear()

    def asked_outside(self, *origins: str) -> list[str]:
        """The addresses of none of these origins."""
        return [url for url in self.asked if not url.startswith((*origins, "data:", "about:"))]

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
        for origin in {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in self.asked}:
            what = {"origin": origin, "storageTypes": "all"}
            devtools.send("Storage.clearDataForOrigin", what)
        devtools.detach()


class Lender:
    """Lends clean pages for as long as a browser is there.

    What nothing takes back wants a context of its own: `add_init_script`, `expose_function`, a
    clock, a listener for dialogs, and service workers.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: list[Lent] = []

    @contextmanager
    def lent(
        self,
        *,
        viewport: ViewportSize = ROOM,
        color_scheme: Scheme = "light",
        reduced_motion: Motion = "no-preference",
        **options: Any,
    ) -> Iterator[Lent]:
        """An empty page that looks like this, in a context of these options."""
        lent = next((one for one in self._free if one.options == options), None)
        if lent:
            self._free.remove(lent)
            lent.forget()
        else:
            lent = Lent(self._browser.new_context(**options).new_page(), options)
        lent.page.set_viewport_size(viewport)
        lent.page.emulate_media(color_scheme=color_scheme, reduced_motion=reduced_motion)
        yield lent
        try:
            lent.clean()
            self._free.append(lent)
        except Error:  # Whatever happened to it, the next one gets another.
            lent.page.context.close()
