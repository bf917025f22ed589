"""A project of synthetic data, all the texts that it makes, and edits of it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import yaml
from mkdocs.utils.yaml import yaml_load
from synthetic import write

from generator.check import load_and_check
from generator.host.incremental import OutputCache
from generator.library.site import Site

ROOT = Path(__file__).parent.parent


def synthetic_project(folder: Path) -> Path:
    """A small project of synthetic data in this folder."""
    write(folder / "data", conditions=12, seed=1)
    shutil.copytree(ROOT / "content/assets", folder / "content/assets")
    shutil.copytree(ROOT / "theme", folder / "theme")
    (folder / "content/article.md").write_text("# An article\n\nSee [[condition-0001]].\n")
    config = yaml_load((ROOT / "mkdocs.yml").read_text())
    config["nav"] = [{"Home": "index.md"}, {"Conditions": "conditions/index.md"}]
    config["not_in_nav"] = "*"
    config["extra"] |= {"pictures": False, "policy": ""}  # As in a preview.
    config["plugins"][0]["strideguide"]["offline"] = False
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, sort_keys=False))
    return folder


def made(cache: OutputCache) -> dict[str, bytes]:
    """Every output of the project, by address."""
    checked = load_and_check(Path("data"), Path("content"))
    assert not checked.stops_build(strict=False)
    site = Site(checked.library, checked.library.countries["ca"], checked.diagnostics, "https://e/")
    return {output.uri: output.path.read_bytes() for output in cache.make(site, checked.entries)}


def edited(file: str, old: str, new: str) -> None:
    path = Path("data", file)
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def site_bytes(target: Path) -> dict[str, bytes]:
    """Every file of a site; the packed sitemap carries the second of the build."""
    return {
        path.relative_to(target).as_posix(): path.read_bytes()
        for path in sorted(target.rglob("*"))
        if path.is_file() and path.name != "sitemap.xml.gz"
    }


def built(target: Path, *, cold: bool = False) -> dict[str, bytes]:
    """The site as a process of its own builds it; `cold` starts from nothing."""
    if cold:
        shutil.rmtree(".cache", ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", str(target)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return site_bytes(target)
