"""The import page: a file in, what was recognised, a preview, the import, what came of it."""
