"""Two states of the library compared, in words, and what a pull request is told."""
