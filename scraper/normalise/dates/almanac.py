"""Arithmetic on days: adding units, the edges of units, weekdays within them. None wherever the calendar ends."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import Final

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FIRST_YEAR: Final = 100
LAST_YEAR: Final = 9000
_MONTHS_OF: Final = {"month": 1, "quarter": 3, "year": 12, "fiscal-year": 12, "academic year": 12, "decade": 120}
_DAYS_OF: Final = {"day": 1, "week": 7, "whole week": 7, "fortnight": 14, "weekend": 7}
TO_THE_DAY: Final = " to the day"


def make(year: int, month: int, day: int) -> date | None:
    """The day, or None if there is none such."""
    if not FIRST_YEAR <= year <= LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)


def add_days(on: date, days: int) -> date | None:
    """The day so many days later."""
    try:
        moved = on + timedelta(days=days)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def add_months(on: date, months: int) -> date | None:
    """The same day so many months later, or the last of that month where it is shorter."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(on.day, monthrange(year, month + 1)[1]))


def add(on: date, unit: str, count: int) -> date | None:
    """The day so many units later; "year to the day" and the like are counted as their units are."""
    unit = unit.removesuffix(TO_THE_DAY)
    if unit in _MONTHS_OF:
        return add_months(on, count * _MONTHS_OF[unit])
    return add_days(on, count * _DAYS_OF.get(unit, 0))


def months(year: int, month: int, count: int) -> tuple[date, date] | None:
    """The first and last day of `count` months from this one."""
    first = make(year, month, 1)
    last = add_months(first, count) if first else None
    return (first, last - timedelta(days=1)) if first and last else None


def week(on: date) -> tuple[date, date]:
    """Monday to Sunday around a day."""
    monday = on - timedelta(days=on.weekday())
    return monday, monday + timedelta(days=6)


def weekend(on: date) -> tuple[date, date]:
    """The Saturday and Sunday of the week of a day."""
    saturday = on + timedelta(days=5 - on.weekday())
    return saturday, saturday + timedelta(days=1)


def weekday_after(on: date, weekday: int, *, strictly: bool) -> date:
    """The first such weekday on or after a day (`strictly`: after it)."""
    ahead = (weekday - on.weekday()) % 7
    return on + timedelta(days=ahead or (7 if strictly else 0))


def weekday_before(on: date, weekday: int, *, strictly: bool) -> date:
    """The last such weekday on or before a day (`strictly`: before it)."""
    back = (on.weekday() - weekday) % 7
    return on - timedelta(days=back or (7 if strictly else 0))


def nth_weekday(first: date, last: date, weekday: int, number: int) -> date | None:
    """The nth such weekday between two days; -1 is the last."""
    if number < 0:
        return weekday_before(last, weekday, strictly=False)
    found = weekday_after(first, weekday, strictly=False) + timedelta(days=7 * (number - 1))
    return found if found <= last else None


def thirds(first: date, last: date) -> tuple[tuple[date, date], tuple[date, date], tuple[date, date]]:
    """The early, middle and late part: a month is cut at 10 and 20, ten years at 4 and 7."""
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if first.day == 1 and length >= 3 and add_days(last, 1) == add_months(first, length):
        a, b = (48, 84) if length == 120 else (length // 3, 2 * length // 3)
        cut_a, cut_b = add_months(first, a) or last, add_months(first, b) or last
    else:
        third = (
            10
            if length == 1 and first.day == 1 and (last - first).days > 26
            else max(1, ((last - first).days + 1) // 3)
        )
        cut_a, cut_b = first + timedelta(days=third), first + timedelta(days=2 * third)
    one = timedelta(days=1)
    return (first, cut_a - one), (cut_a, cut_b - one), (cut_b, last)
