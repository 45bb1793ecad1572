"""The plainest stamps, "3 March 2026" and "March 3, 2026": half of all, read in a tenth of what the grammar takes."""

from __future__ import annotations

import re
from typing import Final

from scraper.normalise.dates import almanac
from scraper.normalise.dates.lexicon import NOTHING, fold, lexicon
from scraper.normalise.dates.values import Reading, of_day

_NAME: Final = r"[^\W\d_]{3,12}"
_DAY: Final = re.compile(
    rf"(?:([0-9]{{1,2}})(?:st|nd|rd|th|\.)?\s({_NAME})|({_NAME})\s([0-9]{{1,2}})(?:st|nd|rd|th)?,?)\s([0-9]{{4}})"
)
_MONTH: Final = frozenset(("month", "native"))
_WEEKDAY: Final = frozenset(("weekday", "short"))  # "mar" is March or martes, which the grammar decides
_EARLIEST: Final = 1900
_LATEST: Final = 2100


def read_day(text: str, languages: tuple[str, ...]) -> Reading | None:
    """Read a stamp that is one day and nothing else; None for all others, which the grammar then reads."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    early, name, name_first, late, year = found.groups()
    meanings = lexicon(languages, True).get(fold(name or name_first), NOTHING)
    if not _MONTH.issubset(meanings) or not _WEEKDAY.isdisjoint(meanings) or not _EARLIEST <= int(year) <= _LATEST:
        return None
    on = almanac.make(int(year), int(meanings["month"]), int(early or late))
    return None if on is None else of_day(on, text)
