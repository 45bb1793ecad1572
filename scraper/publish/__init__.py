"""Rows of the archive as files that other programs read."""
