"""Byte-exact changes of the YAML: rename, retire, sign, autofix, a new record."""
