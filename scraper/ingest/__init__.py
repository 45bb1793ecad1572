"""The one door: a capture comes in, is read, normalised and stored, in one transaction; twice is as good as once."""

from .changes import is_another, said_in_store
from .foreseeing import Foreseen, foresee
from .identity import find_post
from .reading import GONE, claims_for, read_page, reread
from .revisions import rewrite
from .storing import Outcome, ingest_page

__all__ = [
    "GONE",
    "Foreseen",
    "Outcome",
    "claims_for",
    "find_post",
    "foresee",
    "ingest_page",
    "is_another",
    "read_page",
    "reread",
    "rewrite",
    "said_in_store",
]
