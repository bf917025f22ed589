"""Options that several commands take alike."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

SETTINGS: Final = Path("mkdocs.yml")
FOLDER: Final = click.Path(path_type=Path)
EXISTING_FOLDER: Final = click.Path(path_type=Path, exists=True, file_okay=False)

data_dir_option = click.option(
    "--data-dir", type=EXISTING_FOLDER, default="data", show_default=True
)
content_dir_option = click.option(
    "--content-dir", type=FOLDER, default="content", show_default=True
)
country_option = click.option(
    "--country", default="ca", show_default=True, help="Whose numbers pages print."
)
