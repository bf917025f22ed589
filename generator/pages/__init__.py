"""One function for each kind of page, with its views, template functions and data files."""
