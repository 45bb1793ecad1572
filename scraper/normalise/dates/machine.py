"""Dates as machines write them in metadata: ISO 8601, RFC 822, and the ways in which real pages miss both."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

_LONGEST: Final = 80
_ISO: Final = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))"
    r"(?:(?:[T_]|\s{0,3})(\d{2}|\d(?=:)):?(\d{2})(?::?(\d{1,2})(?:[.,:]\d{1,12})?)?"
    r"\s{0,2}(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?"
    r"(?:\[[\w/]{1,40}\])?"
)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK: Final = r"(\d{1,2}):(\d{2})(?::(\d{2}))?"
_MAIL: Final = re.compile(
    r"(?:[A-Za-z]{3,9},?\s{1,3})?(\d{1,2})[ -]([A-Za-z]{3})[a-z]{0,6}[ -](\d{4}|\d{2})(?:,?\s{1,3}"
    + _CLOCK
    + r"(?:\s{0,2}([A-Za-z]{1,5}|[+-]\d{2}:?\d{2}))?)?"
    r"(?:\s\([A-Za-z ]{1,40}\))?"
)
_UNIX: Final = re.compile(
    r"[A-Za-z]{3}\s{1,2}([A-Za-z]{3})\s{1,3}(\d{1,2})\s(?:(\d{4})\s)?"
    + _CLOCK
    + r"(?:\s([A-Z]{2,5}(?:[+-]\d{4})?))?(?:\s(\d{4}))?"
    r"(?:\s\([A-Za-z ]{1,60}\))?"
)
_ZONES: Final = {
    "z": 0,
    "ut": 0,
    "utc": 0,
    "gmt": 0,
    "wet": 0,
    "bst": 60,
    "cet": 60,
    "cest": 120,
    "eet": 120,
    "eest": 180,
    "est": -300,
    "edt": -240,
    "cst": -360,
    "cdt": -300,
    "mst": -420,
    "mdt": -360,
    "pst": -480,
    "pdt": -420,
}
_FIRST_YEAR: Final = 1000
_UNIX_FIGURES: Final = (10, 13, 16, 19)


def parse_iso(text: str) -> datetime | date | None:
    """Read one whole machine stamp: a date if it has no time, an aware time if it has a zone, None for the rest."""
    stamp = text.strip()
    if not 8 <= len(stamp) <= _LONGEST or not stamp.isascii():
        return None
    found = _ISO.fullmatch(stamp)
    if found is not None:
        year, _, month, day, compact_month, compact_day, hour, minute, second, offset = found.groups()
        return _build((year, month or compact_month, day or compact_day), (hour, minute, second), offset)
    found = _MAIL.fullmatch(stamp)
    if found is not None:
        day, name, year, hour, minute, second, offset = found.groups()
        return _build((_full_year(year), _month(name), day), (hour, minute, second), offset)
    found = _UNIX.fullmatch(stamp)
    if found is not None:
        name, day, early, hour, minute, second, offset, late = found.groups()
        return _build((early or late or "0", _month(name), day), (hour, minute, second), offset)
    return None


def parse_unix(text: str) -> datetime | None:
    """Read a count since 1970 in seconds, milli-, micro- or nanoseconds: 10, 13, 16 or 19 figures and nothing else.

    So many figures mean a moment between 2001 and 2286 whatever the unit; other numbers are days, ids or nothing.
    """
    figures, _, fraction = text.strip().partition(".")
    if not (figures + fraction).isdecimal() or len(figures) not in _UNIX_FIGURES or len(fraction) > 9:
        return None
    return datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(seconds=int(figures[:10]))


def _month(name: str) -> str:
    return str(_MONTHS.index(name.lower()) + 1) if name.lower() in _MONTHS else "0"


def _full_year(year: str) -> str:
    """RFC 2822 section 4.3: two figures under 50 are of this century."""
    return year if len(year) == 4 else str(int(year) + (2000 if int(year) < 50 else 1900))


def _build(
    day: tuple[str, str, str], clock: tuple[str | None, str | None, str | None], offset: str | None
) -> datetime | date | None:
    try:
        on = date(int(day[0]), int(day[1]), int(day[2]))
        if on.year < _FIRST_YEAR or clock[0] is None:
            return on if on.year >= _FIRST_YEAR else None
        hour, minute, second = (int(part or 0) for part in clock)
        if (hour, minute, second) == (24, 0, 0):
            on, hour = on + timedelta(days=1), 0
        zone = _zone(offset)
        return datetime(
            on.year, on.month, on.day, hour, minute, min(second, 59) if second <= 60 else second, tzinfo=zone
        )
    except (ValueError, OverflowError):
        return None


def _zone(offset: str | None) -> timezone | None:
    if not offset:
        return None
    if offset[0] in "+-":
        figures = offset[1:].replace(":", "").ljust(4, "0")
        minutes = int(figures[:2]) * 60 + int(figures[2:])
        return timezone(timedelta(minutes=minutes if offset[0] == "+" else -minutes))
    name = re.match(r"([A-Za-z]{1,5})([+-]\d{4})?", offset)
    if name is not None and name[2]:
        return _zone(name[2])
    known = _ZONES.get(offset.lower())
    return None if known is None else timezone(timedelta(minutes=known))
