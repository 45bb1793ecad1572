"""Pieces of days already on the calendar, and what lies around them: early June, its second week, six weeks from it."""

from __future__ import annotations

from datetime import date
from typing import Final

from scraper.normalise.dates import almanac
from scraper.normalise.dates.scene import Span, of_one_day, spanning
from scraper.normalise.dates.shapes import Around, Nth, Part

PRECISION_OF: Final = {
    "fortnight": "week",
    "hour": "day",
    "minute": "day",
    "the weekend": "weekend",
    "academic year": "year",
    "whole week": "week",
}
"""The precision of units that have another name than it."""

_MANY_YEARS: Final = 9
_SATURDAY: Final = 5


def rest_of(whole: Span, anchor: date) -> Span | None:
    """What is left of these days from the anchor on; all where it lies before them, none where it is past them."""
    if anchor > whole.last:
        return None
    return spanning((max(anchor, whole.first), whole.last), f"part-{whole.precision}")


def part_of(shape: Part, whole: Span) -> Span | None:
    """The early, mid or late part of these days."""
    cut = almanac.thirds(whole.first, whole.last)[("early", "mid", "late").index(shape.part)]
    return spanning(cut, f"part-{whole.precision}")


def nth_of(shape: Nth, whole: Span) -> Span | None:
    """The nth day, weekday, week, weekend or half of these days; None where they have none or are too many."""
    if (whole.last - whole.first).days > 366 * _MANY_YEARS:
        return None
    if shape.count:
        return _several(shape, whole)
    if shape.unit == "day":
        on = almanac.add_days(whole.first, shape.number - 1)
        return of_one_day(on) if on is not None and on <= whole.last else None
    if shape.unit == "half":
        first_half = whole.first, whole.first.replace(day=15)
        second_half = whole.first.replace(day=16), whole.last
        return spanning(first_half if shape.number == 1 else second_half, "part-month")
    if shape.unit == "weekend":
        saturday = almanac.nth_weekday(whole.first, whole.last, _SATURDAY, shape.number)
        return spanning(almanac.weekend(saturday) if saturday else None, "weekend")
    if shape.weekday is not None:
        return of_one_day(almanac.nth_weekday(whole.first, whole.last, shape.weekday, shape.number))
    return _nth_week(shape, whole)


def _nth_week(shape: Nth, whole: Span) -> Span | None:
    """Weeks counted from the first day, or back from the last."""
    if shape.number < 0:
        first = almanac.add_days(whole.last, -6)
        return spanning((first, whole.last), "week") if first else None
    first = almanac.add_days(whole.first, 7 * (shape.number - 1))
    last = almanac.add_days(whole.first, 7 * shape.number - 1)
    if first is None or last is None or first > whole.last:
        return None
    return spanning((first, min(last, whole.last)), "week")


def _several(shape: Nth, whole: Span) -> Span | None:
    """The first or last so many units of something longer, where it holds so many."""
    first: date | None
    last: date | None
    if shape.number > 0:
        after = almanac.add(whole.first, shape.unit, shape.count)
        first, last = whole.first, almanac.add_days(after, -1) if after else None
    else:
        after = almanac.add_days(whole.last, 1)
        first, last = almanac.add(after, shape.unit, -shape.count) if after else None, whole.last
    if first is None or last is None or first < whole.first or last > whole.last:
        return None
    return spanning((first, last), f"part-{whole.precision}")


def around_of(shape: Around, named: Span) -> Span | None:
    """The week or weekend around these days, or what lasts from or up to them."""
    if shape.how in ("lasting", "leading"):
        return _measured(shape, named)
    if shape.how == "weekend":
        days: tuple[date, date] | None = almanac.weekend(named.first)
    elif shape.how == "week":
        days = almanac.week(named.first)
    else:
        other = almanac.add_days(named.first, 6 if shape.how == "commencing" else -6)
        days = None if other is None else (min(named.first, other), max(named.first, other))
    span = spanning(days, "weekend" if shape.how == "weekend" else "week")
    if span is None or named.conflict is None:
        return span
    return Span(first=span.first, last=span.last, precision=span.precision, edtf=span.edtf, conflict=named.conflict)


def _measured(shape: Around, named: Span) -> Span | None:
    """ "Six weeks from 3 June" ends before the seventh begins, "the year to 31 March" begins after the one before."""
    grade = PRECISION_OF.get(shape.unit, shape.unit)
    if shape.how == "lasting":
        after = almanac.add(named.first, shape.unit, shape.count)
        last = almanac.add_days(after, -1) if after else None
        return spanning((named.first, last) if last else None, grade)
    after = almanac.add_days(named.last, 1)
    first = almanac.add(after, shape.unit, -shape.count) if after else None
    return spanning((first, named.last) if first else None, grade)
