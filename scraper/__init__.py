"""A regional archive of news and event posts."""

__version__ = "0.1.0"
