"""The script of the baseline: what a project without a plugin of its own does with gen-files."""

import sys
from pathlib import Path

import mkdocs_gen_files

sys.path.insert(0, (Path.cwd() / "repository").read_text(encoding="utf-8"))

from generator import routes
from generator.library.library import Library
from generator.library.site import Site
from generator.pages.figures import page_style
from generator.pages.pages import pages
from generator.reading.load import load

loaded = load(Path("data"), "data")
library = Library(loaded.records, loaded.vocabulary)
for output in pages(Site(library, library.countries["ca"])):
    with mkdocs_gen_files.open(output.uri, "w") as file:
        file.write(output.content)
with mkdocs_gen_files.open(routes.FIGURE_STYLE, "w") as file:
    file.write(page_style())
