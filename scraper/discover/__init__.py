"""Read what lists posts, feeds, sitemaps, APIs, calendars and listings: bytes in, candidates with their reasons out."""

from .reading import entry_url, read_source

__all__ = ["entry_url", "read_source"]
