"""What the headings above a list call its entries, or where these are held."""

from __future__ import annotations

import re
from collections.abc import Iterable

from . import days
from .hours import HOURS
from .labels import tidy
from .places import MAX_PLACE, PLACE_NOUN
from .signs import HELD, sign_of

GENERIC = re.compile(
    r"\b(?:(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?|dates? (?:of|for)|calendar of|schedule of|list of|upcoming"
    r"|forthcoming|future|next|previous|past|current|coming soon|scheduled|our|all|annual schedule|dates?|january"
    r"|february|march|april|may|june|july|august|september|october|november|december|autumn|spring|summer|winter|term|in"
    r"|of|for|to|the)\b",
    re.IGNORECASE,
)
HOURS_NOTE = re.compile(r"\s*\([^()]{0,20}\d\s?[ap]m\)")  # "Cabinet (5pm)"
YEARS = re.compile(r"\s*[–-]?\s*\(?(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\)?")
KINDS = re.compile(
    r"\b(?:meetings?|schedule|calendar|events?|programme|diary|minutes|agendas?|and|what[’']?s on|exhibitions?|talks?"
    r"|season|listings|papers|upcoming|archive|this committee|when|venue|time|where|location|cost|price|speaker"
    r"|agm|contact|description|summary|overview|details|introduction|downloads?|documents?|about|key|information"
    r"|membership|members|chair|more)\b",
    re.IGNORECASE,
)


def section_title(headings: Iterable[str], title: str) -> str:
    """Return what the events of a list are called by its headings, the nearest first; by the title when none says."""
    for words in headings:
        if names_something(words) and sign_of(words) >= 0:
            return tidy(HOURS_NOTE.sub("", YEARS.sub("", words))) or words
    return title


def names_something(heading: str) -> bool:
    """Say whether a heading says more than that a list of a year or month follows: not '2026 meetings', 'December'."""
    bare = KINDS.sub("", HOURS.sub("", GENERIC.sub(" ", heading)))
    return any(map(str.isalpha, bare)) and not days.is_dated(heading)


def place_above(heading: str) -> str:
    """Return a heading that is the name of a place, '' for another: 'Ashton Library'."""
    named = len(heading) < MAX_PLACE and PLACE_NOUN.search(heading) and not HELD.search(heading)
    return tidy(heading) if named and names_something(heading) else ""
