"""Changes of the data: compared, put into words, planned, tried, mended, signed and reported."""
