"""A post's byline and authors: people and desks that the page names, never a guess."""

from .choosing import By, choose
from .places import ORDER
from .seeing import look_at
from .splitting import split

__all__ = ["ORDER", "By", "choose", "look_at", "split"]
