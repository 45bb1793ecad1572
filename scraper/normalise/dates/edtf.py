"""Calendar spans written as ISO 8601-2 (EDTF)."""

from __future__ import annotations

from datetime import date, datetime, timedelta


def span(first: date, last: date) -> str:
    """The shortest EDTF for the days from first to last: a day, a month, a year, else an interval."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + timedelta(days=1)).day == 1:
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.year:04d}-{first.month:02d}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return f"{first.year:04d}"
        return f"{first.year:04d}-{first.month:02d}/{last.year:04d}-{last.month:02d}"
    return f"{first.isoformat()}/{last.isoformat()}"


def season(year: int, number: int) -> str:
    """A season (21-24), quarter (33-36) or half (40-41) of a year."""
    return f"{year:04d}-{number}"


def decade(year: int) -> str:
    """The ten years from `year`."""
    return f"{year // 10:03d}X"


def interval(start: str | None, end: str | None) -> str:
    """Two EDTF values as an interval; None is an open end."""
    return f"{start or '..'}/{end or '..'}"


def of_event(start: date | datetime, end: date | datetime | None, last: date) -> str:
    """An event's time, wall time of its zone; `last` is its last day, which also ends one without an end of its own."""
    if not isinstance(start, datetime):
        return start.isoformat() if last == start else f"{start.isoformat()}/{last.isoformat()}"
    first = start.strftime("%Y-%m-%dT%H:%M")
    if isinstance(end, datetime) and end > start:
        return f"{first}/{end.strftime('%Y-%m-%dT%H:%M')}"
    return first if last == start.date() else f"{first}/{last.isoformat()}"
