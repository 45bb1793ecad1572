"""Events out of ordinary prose, each with the sentence that says so."""

from .reading import read_prose, timed

__all__ = ["read_prose", "timed"]
