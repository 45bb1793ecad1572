"""The times of an event that recurs, out of its schedule (schema.org/Schedule): one pair for each day that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from scraper.normalise import dates

from . import json_ld

MAX_TIMES = 100  # of one schedule
MAX_SCHEDULES = 50
MAX_DAYS = 2_000  # looked at
EVERY = re.compile(r"P(\d{1,2})([DW])", re.IGNORECASE)
NAMED = {"daily": 1, "weekly": 7, "biweekly": 14, "fortnightly": 14}
DAYS = ("mo", "tu", "we", "th", "fr", "sa", "su")
WEEK = 7
LENGTH_OF_DAY = 10  # of "2026-07-01"

Times = tuple[str, str | None]


def times_of(value: Any) -> Iterator[Times]:
    """Yield the starts and ends that schedules name, in order, as printed stamps.

    A schedule is followed only where it says all: its first and last day, or how often, and every how many days or
    weeks. Of any other only the first time is certain, and only that is given.
    """
    plans = value if isinstance(value, list) else [value]
    for plan in plans[:MAX_SCHEDULES]:
        if isinstance(plan, dict):
            yield from islice(times_in(plan), MAX_TIMES)


def times_in(plan: Mapping[str, Any]) -> Iterator[Times]:
    """Yield the times of one schedule."""
    first = json_ld.text(plan.get("startDate"))
    if not first:
        return
    days = [on.isoformat() + first[LENGTH_OF_DAY:] for on in days_of(plan, first)]
    for on in days or [first]:
        yield stamps(on, plan)


def stamps(first: str, plan: Mapping[str, Any]) -> Times:
    """Return a day with the hours of its schedule, where it says them."""
    begins, ends = json_ld.text(plan.get("startTime")), json_ld.text(plan.get("endTime"))
    if "T" in first or not begins:
        return first, None
    return f"{first}T{begins}", f"{first}T{ends}" if ends else None


def step_of(plan: Mapping[str, Any]) -> int | None:
    """Return every how many days it recurs; None where it does not say, or counts months or years."""
    said = json_ld.text(plan.get("repeatFrequency")) or ""
    found = EVERY.fullmatch(said)
    if found is None:
        return NAMED.get(said.rstrip("/").rpartition("/")[2].lower())
    return int(found[1]) * (WEEK if found[2] in "wW" else 1) or None


def days_of(plan: Mapping[str, Any], first: str) -> Iterator[date]:
    """Yield the days of a schedule with an end, the excepted ones left out."""
    start, last = day(first), day(json_ld.text(plan.get("endDate")))
    step, number = step_of(plan), count_of(plan)
    if start is None or step is None or (last is None and number is None):
        return
    weekdays = weekdays_of(plan) or {start.weekday()} if step % WEEK == 0 else weekdays_of(plan)
    excepted = {day(said) for said in json_ld.texts(plan.get("exceptDate"))}
    monday = start - timedelta(days=start.weekday())
    for shift in range(MAX_DAYS):
        on = start + timedelta(days=shift)
        if number == 0 or (last is not None and on > last):
            return
        recurs = (on - monday).days // WEEK % (step // WEEK) == 0 if step % WEEK == 0 else shift % step == 0
        if recurs and (not weekdays or on.weekday() in weekdays):
            number = None if number is None else number - 1
            if on not in excepted:
                yield on


def count_of(plan: Mapping[str, Any]) -> int | None:
    """Return how often it takes place, None where it does not say."""
    said = plan.get("repeatCount")
    said = int(said) if isinstance(said, str) and said.isdecimal() and len(said) <= len("1000") else said
    return said if isinstance(said, int) and said > 0 else None


def weekdays_of(plan: Mapping[str, Any]) -> set[int]:
    """Return the weekdays that it names, "https://schema.org/Monday" or "MO"; empty for none."""
    named = (said.rstrip("/").rpartition("/")[2].lower()[:2] for said in json_ld.texts(plan.get("byDay")))
    return {DAYS.index(name) for name in named if name in DAYS}


def day(said: str | None) -> date | None:
    """Return the day of a stamp, None for none."""
    found = dates.parse_iso(said) if said else None
    return found.date() if isinstance(found, datetime) else found
