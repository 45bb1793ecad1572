"""A post's byline and authors: people and desks that the page names, never a guess."""

from .choosing import By, choose
from .judging import Page
from .places import ORDER

__all__ = ["ORDER", "By", "Page", "choose"]
