"""Events that a page lists: meetings of a year in a table, cards of what is on, a society's programme."""

from .reading import has_sign, read_listed

__all__ = ["has_sign", "read_listed"]
