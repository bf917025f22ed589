"""Writes what needs somebody's hand this week: reviews that are due, and addresses that fail.

    weekly.py FILE [--no-links]    an empty file where there is nothing to do

Addresses of other sites are tried here, once a week, and never in a pull request: they fail for
reasons that its author can't fix.
"""

from __future__ import annotations

import http.client
import re
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import quote, urlsplit

from generator.check import load_and_check
from generator.library.library import Library
from generator.library.review import review_status
from generator.model.record import Reviewed
from generator.model.schema import walk

SOON: Final = timedelta(days=30)
PAUSE_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 30
GONE: Final = frozenset({404, 410})
ADDRESS: Final = re.compile(r"https://[^\s()<>\"'\]]+[^\s()<>\"'\].,;:]")
AGENT: Final = "StrideGuide link check (one request a week)"

Verdict = str
""""" for fine, or what is wrong in a few words."""


def reviews(library: Library, today: date) -> Iterator[str]:
    """A line for each signature that is undone, over, or soon will be."""
    for kind, record in library.all_records():
        if not isinstance(record, Reviewed):
            continue
        status = review_status(record, library)
        name = f"{record.name} (`{kind.name}/{record.id}`)"
        if status.state == "changed":
            yield f"{name}: changed since {status.by} signed it on {status.on}"
        elif status.state == "signed" and date.fromisoformat(status.due) <= today + SOON:
            yield f"{name}: due on {status.due}, signed by {status.by}"


def addresses(library: Library, articles: Mapping[str, str]) -> dict[str, str]:
    """Address -> where it stands first."""
    found: dict[str, str] = {}
    for reference in library.references.values():
        where = f"references/{reference.id}"
        if reference.doi:
            found.setdefault(f"https://doi.org/{quote(reference.doi, safe='/')}", where)
        elif reference.pmid:
            found.setdefault(f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/", where)
    for kind, record in library.all_records():
        for _, field, value in walk(record):
            if field.shape.is_address and isinstance(value, str) and value:
                found.setdefault(value, f"{kind.name}/{record.id}")
    for path, text in articles.items():
        for match in ADDRESS.findall(text):
            found.setdefault(match, path)
    return found


def verdict_of(address: str) -> Verdict:
    """Whether an address answers. What only a person's browser may see counts as fine."""
    for method in ("HEAD", "GET"):
        request = urllib.request.Request(address, method=method, headers={"User-Agent": AGENT})
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS):
                return ""
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in GONE and method == "GET":
                return f"answers {error.code}"
        except (OSError, http.client.HTTPException) as error:
            if method == "GET":
                return f"does not answer ({getattr(error, 'reason', error)})"
    return ""


def failing(
    found: Mapping[str, str], verdict: Callable[[str], Verdict], pause: float
) -> Iterator[str]:
    """A line for each address that fails. One host is not asked twice without a pause."""
    last = ""
    for address, where in sorted(found.items()):
        host = urlsplit(address).netloc
        if host == last:
            time.sleep(pause)
        last = host
        if said := verdict(address):
            yield f"<{address}> {said}: `{where}`"


def text(due: Iterable[str], broken: Iterable[str]) -> str:
    """The issue's text; "" where nothing is to be done."""
    parts = []
    sections = (
        ("Reviews that are due", "A clinician reads the page and signs it again.", list(due)),
        ("Addresses that fail", "Check by hand, then fix the record.", list(broken)),
    )
    for title, fix, lines in sections:
        if lines:
            parts.append("\n".join([f"## {title}", "", fix, "", *(f"- {line}" for line in lines)]))
    return "\n\n".join(parts) + "\n" if parts else ""


def main(arguments: list[str]) -> None:
    """Write the file."""
    path = Path(arguments[0])
    library = load_and_check(Path("data")).library
    articles = {
        p.as_posix(): p.read_text(encoding="utf-8") for p in sorted(Path("content").rglob("*.md"))
    }
    broken: Iterable[str] = ()
    if "--no-links" not in arguments:
        broken = failing(addresses(library, articles), verdict_of, PAUSE_SECONDS)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text(reviews(library, date.today()), broken), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
