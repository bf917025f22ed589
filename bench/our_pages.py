"""Our build with its pages alone (no API, no embeds): the same work as the baseline's."""

from mkdocs.__main__ import cli

import generator.host.press as press
from generator.pages import pages

if __name__ == "__main__":
    press.outputs = pages
    cli()
