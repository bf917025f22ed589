"""Exit codes. Click itself ends with 2 what was called wrongly."""

from typing import Final

DATA_WRONG: Final = 1
OUR_BUG: Final = 3
