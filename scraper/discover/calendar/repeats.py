"""Which repetition rules of a calendar (RFC 5545, 3.3.10) may be unrolled: those that meet a day before long."""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

MOST_STEPS = 1_000  # of INTERVAL; 0 would never end
MOST_IN_RULE = 60  # numbers and names in one rule
EARLIEST = {"DAILY": 1970, "WEEKLY": 1970, "MONTHLY": 1900, "YEARLY": 1900}
"""The first year of a rule: one from the year 1 is 700,000 days long before it reaches the present."""

TRIES = {"DAILY": 2_000, "WEEKLY": 260, "MONTHLY": 60, "YEARLY": 8}
"""Periods within which a rule must meet a day: one that never does is searched to the year 9999, a daily one 3 s."""

UNKNOWN = ("BYEASTER", "BYHOUR", "BYMINUTE", "BYSECOND")
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
COUNTED = ("BYMONTH", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS")  # from 1, or from -1 backwards
DATED = ("BYWEEKNO", "BYYEARDAY", "BYMONTHDAY", "BYDAY")


def is_calm(rule: Any, start: date) -> bool:
    """Say whether a rule is cheap to unroll; raises ValueError and TypeError for one that is none."""
    if not isinstance(rule, Mapping) or sum(len(values) for values in rule.values()) > MOST_IN_RULE:
        return False
    frequency = str(rule.get("FREQ", [""])[0]).upper()
    if start.year < EARLIEST.get(frequency, 10_000) or any(key in rule for key in UNKNOWN):
        return False
    if any(int(value) == 0 for key in COUNTED for value in rule.get(key, ())) or (
        "BYWEEKNO" in rule and frequency != "YEARLY"
    ):
        return False  # no such day, month or week; dateutil looks for it to the end of the calendar
    step = int(rule.get("INTERVAL", [1])[0])
    return 1 <= step <= MOST_STEPS and meets(with_defaults(rule, frequency, start), frequency, step, start)


def with_defaults(rule: Mapping[str, Sequence[Any]], frequency: str, start: date) -> dict[str, Sequence[Any]]:
    """Return a rule that names days: where it names none, the start does."""
    full = {key.upper(): values for key, values in rule.items()}
    if frequency == "DAILY" or any(key in full for key in DATED):
        return full
    if frequency == "WEEKLY":
        return {**full, "BYDAY": [NAMES[start.weekday()]]}
    if frequency == "YEARLY" and "BYMONTH" not in full:
        full["BYMONTH"] = [start.month]
    return {**full, "BYMONTHDAY": [start.day]}


def meets(rule: Mapping[str, Sequence[Any]], frequency: str, step: int, start: date) -> bool:
    """Say whether one of the first periods of a rule holds a day that it names."""
    places = [abs(int(place)) for place in rule.get("BYSETPOS", [1])]
    months = {int(month) for month in rule.get("BYMONTH", range(1, 13))}
    within_year = frequency == "YEARLY" and "BYMONTH" not in rule
    ordinals = frequency in ("MONTHLY", "YEARLY")
    for days in periods(frequency, step, start):
        found = [
            day
            for day in days
            if day.month in months and is_named(rule, day) and is_weekday(rule, day, ordinals, within_year)
        ]
        if any(1 <= place <= len(found) for place in places):
            return True
    return False


def periods(frequency: str, step: int, start: date) -> Iterator[list[date]]:
    """Yield the days of each of a rule's first periods, to the end of the calendar."""
    for number in range(TRIES[frequency]):
        try:
            yield days_of(frequency, number * step, start)
        except (OverflowError, ValueError):
            return


def days_of(frequency: str, ahead: int, start: date) -> list[date]:
    """Return the days of the period so many periods after the first; raises OverflowError past the year 9999."""
    if frequency == "DAILY":
        return [start + timedelta(days=ahead)]
    if frequency == "WEEKLY":
        monday = start + timedelta(days=7 * ahead - start.weekday())
        return [monday + timedelta(days=day) for day in range(7)]
    if frequency == "MONTHLY":
        year, month = divmod(start.year * 12 + start.month - 1 + ahead, 12)
        return [date(year, month + 1, day + 1) for day in range(monthrange(year, month + 1)[1])]
    first = date(start.year + ahead, 1, 1)
    return [first + timedelta(days=day) for day in range(365 + isleap(first.year))]


def is_named(rule: Mapping[str, Sequence[Any]], day: date) -> bool:
    """Say whether a day is one of the month's, the year's and the weeks that a rule names, counted from either end."""
    of_month, of_year = monthrange(day.year, day.month)[1], 365 + isleap(day.year)
    number, week = day.timetuple().tm_yday, day.isocalendar()[1]
    weeks = date(day.year, 12, 28).isocalendar()[1]
    counted = (
        ("BYMONTHDAY", (day.day, day.day - of_month - 1)),
        ("BYYEARDAY", (number, number - of_year - 1)),
        ("BYWEEKNO", (week, week - weeks - 1)),
    )
    return all(key not in rule or any(int(value) in either for value in rule[key]) for key, either in counted)


def is_weekday(rule: Mapping[str, Sequence[Any]], day: date, ordinals: bool, within_year: bool) -> bool:
    """Say whether a day is one of the weekdays that a rule names: "MO", or "-1FR" where `ordinals` count."""
    if "BYDAY" not in rule:
        return True
    number, last = day.day, monthrange(day.year, day.month)[1]
    if within_year:
        number, last = day.timetuple().tm_yday, 365 + isleap(day.year)
    nth = ((number - 1) // 7 + 1, -((last - number) // 7 + 1))
    for value in rule["BYDAY"]:
        name, ordinal = str(value)[-2:].upper(), str(value)[:-2]
        if name == NAMES[day.weekday()] and (not ordinal or not ordinals or int(ordinal) in nth):
            return True
    return False
