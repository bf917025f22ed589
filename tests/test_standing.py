"""What stands in the site's folder is not written again, and nothing stands that would differ."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from synthetic_project import built, edited, site_bytes

from generator.host.last_site import LastSite
from generator.host.store import Store

CONDITION = "conditions/condition-0001/index.html"


def times(site: Path) -> dict[str, int]:
    """When each page of a site was written."""
    return {p.relative_to(site).as_posix(): p.stat().st_mtime_ns for p in site.rglob("*.html")}


def test_an_edit_writes_only_the_pages_that_differ(project: Path) -> None:
    site = project / "site"
    before, written = built(site, cold=True), times(site)
    edited("conditions.yaml", "onset: Little by little", "onset: All at once")
    after, now = built(site), times(site)
    again = {uri for uri in now if now[uri] != written[uri]}
    differ = {uri for uri in now if after[uri] != before[uri]}
    always = {"index.html", "404.html", "offline.html", "article/index.html",
              "conditions/index.html", "propose/index.html"}  # fmt: skip
    assert CONDITION in differ
    assert differ <= again <= differ | always
    assert after == built(site, cold=True)


def test_what_somebody_did_in_the_folder_is_undone(project: Path) -> None:
    site = project / "site"
    cold = built(site, cold=True)
    page = site / CONDITION
    page.write_text(page.read_text().replace("Condition", "condition"))
    (site / "signs/sign-0001/index.html").unlink()
    (site / "signs/stray.html").write_text("stray")
    (site / "stray").mkdir()
    assert built(site) == cold
    assert not (site / "stray").exists()


def test_a_page_that_went_and_one_that_came_are_seen(project: Path) -> None:
    site = project / "site"
    built(site, cold=True)
    glossary = project / "data/glossary.yaml"
    words = glossary.read_text()
    glossary.write_text(f"{words}a-word:\n  name: Word\n  meaning: A word.\n")
    article = project / "content/article.md"
    article.rename(article.with_name("other.md"))
    warm = built(site)
    assert "article/index.html" not in warm
    assert warm == built(site, cold=True)


def test_a_build_that_was_killed_midway_does_no_harm(project: Path) -> None:
    site = project / "site"
    cold = built(site, cold=True)
    with last_site(project) as last:
        last.put_aside()
    assert not site.exists()
    assert built(site) == cold
    with last_site(project) as last:
        last.put_aside()
        last.put_back({})
    assert site_bytes(site) == {}
    assert built(site) == cold


def test_data_with_errors_leave_the_last_site(project: Path) -> None:
    site = project / "site"
    before = built(site, cold=True)
    edited("conditions.yaml", "name: Condition 0001", "nmae: Condition 0001")
    assert subprocess.run(_build(site), capture_output=True, check=False).returncode
    assert site_bytes(site) == before
    assert not [*(project / ".cache/strideguide").glob("site-*/*")]


def test_hidden_files_stay_as_mkdocs_lets_them(project: Path) -> None:
    site = project / "site"
    cold = built(site, cold=True)
    (site / ".git").mkdir()
    (site / ".git/HEAD").write_text("ref")
    assert built(site) == cold | {".git/HEAD": b"ref"}


def test_two_builds_of_one_folder_wait_for_each_other(project: Path) -> None:
    site = project / "site"
    built(site, cold=True)
    edited("conditions.yaml", "name: Condition 0003", "name: Another name")
    builds = [subprocess.Popen(_build(site), stderr=subprocess.PIPE, text=True) for _ in range(3)]
    told = [build.communicate()[1] for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0], told
    warm = site_bytes(site)
    assert warm == built(site) == built(site, cold=True)


def test_a_link_into_a_page_that_stands_is_checked(project: Path) -> None:
    site = project / "site"
    built(site, cold=True)
    article = project / "content/article.md"

    def told(anchor: str) -> str:
        article.write_text(f"# An article\n\n[See](conditions/condition-0001.md#{anchor})\n")
        result = subprocess.run(_build(site), capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stderr
        return result.stderr

    assert "does not contain an anchor '#nowhere'" in told("nowhere")
    assert "does not contain an anchor" not in told("red-flags")


def test_addresses_of_pages_that_stand_are_in_the_sitemap(project: Path) -> None:
    built(project / "site", cold=True)
    again = built(project / "site")
    assert b"conditions/condition-0001/" in again["sitemap.xml"]


def _build(site: Path) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(site)]


@contextmanager
def last_site(project: Path) -> Iterator[LastSite]:
    """The last site of a project; its lock goes at the end, as that of a killed process."""
    cache = project / ".cache/strideguide"
    store = Store(cache / "build.sqlite")
    last = LastSite(project / "site", cache, store)
    yield last
    store.close()
    assert last._lock
    last._lock.close()
