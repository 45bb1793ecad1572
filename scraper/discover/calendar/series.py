"""Repeated events: which rules are unrolled, and their occurrences inside the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from .components import BROKEN, day_of
from .repeats import is_calm

MAX_OCCURRENCES = 400  # of one repeated event
BACK = timedelta(days=366 * 3)
AHEAD = timedelta(days=366 * 2)
MAX_RULES = 300
MAX_WILD = 20  # rules that may be found to be too costly
NOT_PUBLIC = ("PRIVATE", "CONFIDENTIAL")  # RFC 5545, 3.8.1.3


def tame(calendar: Any) -> int:
    """Take off the rules that would be unrolled for seconds or for ever; their events stay. Say how many there were.

    A calendar with many of them loses the rest unjudged: to judge one costs up to 30 ms.
    """
    dropped = kept = 0
    for event in calendar.walk():
        for name in ("RRULE", "EXRULE"):
            if name not in event:
                continue
            try:
                end_with_the_day(event.get(name), event.get("DTSTART").dt)
                calm = (
                    kept < MAX_RULES
                    and dropped < MAX_WILD
                    and is_calm(event.get(name), day_of(event.get("DTSTART").dt))
                )
            except BROKEN:
                calm = False
            if calm:
                kept += 1
            else:
                dropped += 1
                del event[name]
    return dropped


def end_with_the_day(rule: Any, start: date | datetime) -> None:
    """Let a rule whose end is a day hold until that day is over, where its event has a time of day.

    RFC 5545, 3.3.10, wants an instant there; as a day, midnight would leave the last occurrence out.
    """
    days = rule.get("UNTIL", [])
    if days and isinstance(start, datetime) and not any(isinstance(day, datetime) for day in days):
        ends = [datetime.combine(day, time.max, start.tzinfo) for day in days]
        rule["UNTIL"] = [end.astimezone(timezone.utc) if end.tzinfo else end for end in ends]


def occurrences(calendar: Any, fetched_at: datetime, faults: list[str]) -> Iterator[Any]:
    """Yield single events as they are and repeated ones once per occurrence inside the window."""
    series: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        if str(event.get("CLASS", "")).upper() not in NOT_PUBLIC:
            series.setdefault(str(event.get("UID")), []).append(event)
    for uid, events in sorted(series.items(), key=lambda pair: max(map(start_of, pair[1])), reverse=True):
        if not any("RRULE" in event or "RDATE" in event for event in events):
            yield from events
            continue
        try:
            yield from nearest(unroll(calendar, events, fetched_at), fetched_at)
        except BROKEN as error:
            faults.append(f"repeated event {uid[:80]}: {error}"[:200])


def nearest(found: Sequence[Any], fetched_at: datetime) -> Iterator[Any]:
    """Yield the next of a series' occurrences, and as many of the last as there is room for."""
    today = fetched_at.date().isoformat()
    ahead = [event for event in found if start_of(event) >= today][:MAX_OCCURRENCES]
    past = [event for event in found if start_of(event) < today]
    yield from past[max(0, len(past) + len(ahead) - MAX_OCCURRENCES) :]
    yield from ahead


def start_of(event: Any) -> str:
    """Return the day on which an event begins, for sorting; '' for one that does not say it readably."""
    try:
        return day_of(event["DTSTART"].dt).isoformat()
    except BROKEN:
        return ""


def unroll(calendar: Any, events: list[Any], fetched_at: datetime) -> list[Any]:
    """Return the occurrences of one series inside the window; a broken series raises what BROKEN names."""
    import icalendar
    import recurring_ical_events

    alone = icalendar.Calendar()
    alone.subcomponents = [*calendar.walk("VTIMEZONE"), *events]
    found = recurring_ical_events.of(alone).between(fetched_at - BACK, fetched_at + AHEAD)
    return sorted(found, key=lambda event: str(event["DTSTART"].dt))
