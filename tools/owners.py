"""Writes .github/CODEOWNERS from .github/owners.yaml."""

from pathlib import Path

from generator.diff.owners import OWNERS_FILE, codeowners_text, read_owners

text = codeowners_text(read_owners(Path(OWNERS_FILE).read_text(encoding="utf-8")))
Path(".github/CODEOWNERS").write_text(text, encoding="utf-8")
