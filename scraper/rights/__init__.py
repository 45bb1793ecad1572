"""What others have a right to: a post hidden at once and put back, a post or a partner erased, and what proves it."""

from .erasing import Erasure, erase, readmit, remove_partner, together
from .finding import Target, find
from .redact import Marks, clean
from .takedown import lift, takedown

__all__ = [
    "Erasure",
    "Marks",
    "Target",
    "clean",
    "erase",
    "find",
    "lift",
    "readmit",
    "remove_partner",
    "takedown",
    "together",
]
