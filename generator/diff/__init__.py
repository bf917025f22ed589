"""Two states of the library compared, in words, and the report on a pull request."""
