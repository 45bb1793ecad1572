"""The database: its schema, the one way to write to it, and what is read back from it."""
