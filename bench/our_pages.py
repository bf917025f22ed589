"""Our build with its pages alone (no API, no embeds): the same work as the baseline's."""

from collections.abc import Iterator

import generator.host.incremental as incremental
from generator import routes
from generator.cli.main import main
from generator.library.site import Site
from generator.outputs import Output
from generator.pages.figures import page_style
from generator.pages.pages import pages


def pages_and_style(site: Site) -> Iterator[Output]:
    """The pages, and the one style sheet of mkdocs.yml that is generated."""
    yield from pages(site)
    yield Output(routes.FIGURE_STYLE, page_style())


if __name__ == "__main__":
    incremental.outputs = pages_and_style
    main()
