"""Other people's sites: a server for host pages, and what WordPress makes of a pasted address."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Final

from serving import Quiet, served

SECRET: Final = "aB3dE6gH9k"
_ALLOWED: Final = {
    "a": {"href"},
    "blockquote": set[str](),
    "iframe": {"src", "width", "height", "frameborder", "marginwidth", "marginheight",
               "scrolling", "title"},
}  # fmt: skip


class Host:
    """A site of its own origin whose pages a test sets."""

    def __init__(self, url: str, pages: dict[str, tuple[str, dict[str, str]]]) -> None:
        self.url = url
        self._pages = pages

    def page(self, path: str, body: str, **headers: str) -> str:
        """Put a page there and say its address."""
        return self.document(
            path,
            f"<!doctype html><html lang=en><title>Host</title><body>{body}</body></html>",
            **headers,
        )

    def document(self, path: str, text: str, **headers: str) -> str:
        """The same, of a whole document."""
        self._pages["/" + path] = (text, {n.replace("_", "-"): v for n, v in headers.items()})
        return self.url + path


@contextmanager
def host_site() -> Iterator[Host]:
    pages: dict[str, tuple[str, dict[str, str]]] = {}

    class Pages(Quiet):
        def do_GET(self) -> None:
            text, headers = pages.get(self.path.partition("?")[0], ("", {}))
            self.send_response(200 if text else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

    with served(Pages) as url:
        yield Host(url, pages)


def discovered(page: str) -> list[str]:
    """The JSON addresses that WordPress finds in a page: its first 150 kB, before `</head>`."""
    head = page[:153_600].split("</head>")[0]
    found = []
    for link in re.findall(r"<link([^<>]+)/?>", head, re.IGNORECASE):
        found_here = re.findall(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|([^\s"'>]+))""", link)
        attributes = {name: quoted or bare for name, quoted, bare in found_here}
        if attributes.get("type") == "application/json+oembed" and attributes.get("href"):
            found.append(html.unescape(attributes["href"]))
    return found


class _Kses(HTMLParser):
    """Keeps the tags and attributes that WordPress lets an unknown provider use."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ALLOWED:
            kept = "".join(
                f' {name}="{html.escape(value or "")}"'
                for name, value in attrs
                if name in _ALLOWED[tag]
            )
            self.out.append(f"<{tag}{kept}>")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag in _ALLOWED:
            self.out[-1] = self.out[-1].removesuffix(">") + " />"

    def handle_endtag(self, tag: str) -> None:
        if tag in _ALLOWED:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")


def kept_by_wordpress(markup: str) -> str:
    """What WordPress' filter leaves of oEmbed `html`."""
    kses = _Kses()
    kses.feed(markup)
    kses.close()
    return "".join(kses.out)


def wordpress_markup(markup: str, secret: str = SECRET) -> str:
    """What WordPress puts into the post: hidden, sandboxed, with a secret; "" where it refuses."""
    kept = kept_by_wordpress(markup)
    found = re.search(r"(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)", kept, re.DOTALL)
    if not found or not found[1]:
        return ""
    quote = found[1].replace(
        "<blockquote>", f'<blockquote class="wp-embedded-content" data-secret="{secret}">'
    )
    frame = found[2].replace(
        "<iframe",
        '<iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted"'
        f' style="position: absolute; visibility: hidden;" data-secret="{secret}"',
    )
    return quote + re.sub(r'src="([^"]*)"', rf'src="\1#?secret={secret}"', frame)


WORDPRESS_SCRIPT: Final = """
// WordPress' side of its protocol, as wp-embed.js of 6.8 keeps to it.
addEventListener("message", (event) => {
  const data = event.data;
  if (!data || !(data.secret || data.message || data.value)) return;
  if (/[^a-zA-Z0-9]/.test(data.secret)) return;
  const frames = document.querySelectorAll(`iframe[data-secret="${data.secret}"]`);
  const quotes = document.querySelectorAll(`blockquote[data-secret="${data.secret}"]`);
  for (const quote of quotes) quote.style.display = "none";
  for (const frame of frames) {
    if (event.source !== frame.contentWindow) continue;
    frame.removeAttribute("style");
    if (data.message === "height") {
      let height = parseInt(data.value, 10);
      height = height > 1000 ? 1000 : ~~height < 200 ? 200 : height;
      frame.height = height;
    } else if (data.message === "link") {
      const source = new URL(frame.getAttribute("src")), target = new URL(data.value);
      if (!/^https?:$/.test(target.protocol)) continue;
      if (target.host === source.host && document.activeElement === frame) {
        window.top.location.href = data.value;
      }
    }
  }
});
document.addEventListener("DOMContentLoaded", () => {
  for (const frame of document.querySelectorAll("iframe.wp-embedded-content")) {
    frame.contentWindow.postMessage({ message: "ready", secret: frame.dataset.secret }, "*");
  }
});
"""
