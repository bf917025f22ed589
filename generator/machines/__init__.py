"""What machines read: the API, its schemas, tables, feeds, linked data, Markdown twins. Pure."""
