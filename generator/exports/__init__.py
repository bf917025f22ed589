"""What machines read: the API, schemas, tables, feeds, linked data, Markdown twins."""
