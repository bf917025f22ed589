"""Frozen, typed records: what the data files may say. Nothing here reads, joins or renders."""
