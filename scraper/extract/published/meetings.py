"""Days that a page's title gives as those of a meeting: 'Agenda for Cabinet on Wednesday, 14th January, 2026, 5 pm'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from scraper.normalise import dates

from ..document import Document, title

MEETING: Final = re.compile(
    r"\b(?:agenda|minutes|meeting|committee|cabinet|council|board|panel|forum)\b", re.IGNORECASE
)
HOUR: Final = re.compile(r"\d[:.]\d\d|\d ?[ap]m\b")
LONGEST: Final = 250


def days(document: Document, languages: Sequence[str]) -> frozenset[date]:
    """Return the day of the meeting that the title names with its hour; such a day is no publication."""
    words = title(document)[:LONGEST]
    if not HOUR.search(words) or not MEETING.search(words):
        return frozenset()
    found = dates.read(words, languages=languages)
    if found is None or found.precision != "minute" or found.earliest_on is None:
        return frozenset()
    return frozenset((found.earliest_on,))
