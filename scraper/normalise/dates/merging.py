"""Two dates side by side: whether the second says the first again, and what both say together."""

from __future__ import annotations

from dataclasses import replace

from scraper.normalise.dates.shapes import Day, Feast, Month, Season, Shape, Shift, Weekday, Year


def restates(first: Shape, second: Shape) -> bool:
    """Tell whether a comma stands before the same day in other words ("this Saturday, 18 May"), not a further one."""
    if isinstance(first, Feast) != isinstance(second, Feast):
        return True
    if isinstance(first, Year) and isinstance(second, Year):
        return False
    if isinstance(second, Day) and second.month is not None:
        return is_vague(first) or isinstance(first, Month | Season | Year)
    if isinstance(first, Day):
        return is_vague(second) or isinstance(second, Year)
    return isinstance(second, Year) or (is_vague(first) and type(first) is not type(second))


def is_vague(shape: Shape) -> bool:
    """Tell whether it names a day only beside another or the anchor: "Saturday", "tomorrow", "the 13th"."""
    return isinstance(shape, Weekday | Shift) or (isinstance(shape, Day) and shape.month is None)


def is_bare_weekday(shape: Shape) -> bool:
    """Tell whether it may be opening hours ("Monday to Friday")."""
    return isinstance(shape, Weekday) and shape.side is None and shape.week is None and not shape.weeks


def merged(first: Shape, second: Shape) -> Shape:
    """Two shapes side by side that speak of one day: the better one, with what only the other says."""
    if isinstance(second, Day):
        return _merged_with_day(first, second)
    if isinstance(first, Day):
        return _completed(first, second)
    if isinstance(first, Month | Season) and isinstance(second, Year) and first.year is None:
        return replace(first, year=second.year)
    if isinstance(first, Year) and isinstance(second, Month | Season) and second.year is None:
        return replace(second, year=first.year)
    if isinstance(first, Shift) and isinstance(second, Weekday) and first.unit == "week" and second.side is None:
        return replace(second, week=first.count)
    return first


def _merged_with_day(first: Shape, day: Day) -> Shape:
    if isinstance(first, Weekday):
        return day if day.weekday is not None or first.weeks else replace(day, weekday=first.weekday)
    if isinstance(first, Year) and day.year is None:
        return replace(day, year=first.year)
    if isinstance(first, Month) and day.month is None:
        return replace(day, month=first.month, year=day.year or first.year)
    if isinstance(first, Day) and first.month is not None:
        same = (first.day, first.month) == (day.day, day.month)
        printed = first if first.year is not None and not first.either else replace(day, year=day.year or first.year)
        weekday = first.weekday if first.weekday is not None else day.weekday
        return replace(printed, weekday=weekday) if same else first
    return day


def _completed(day: Day, second: Shape) -> Day:
    if isinstance(second, Year) and day.year is None and second.precision == "year":
        return replace(day, year=second.year)
    if isinstance(second, Month) and day.month is None:
        return replace(day, month=second.month, year=second.year)
    if isinstance(second, Weekday) and day.weekday is None and second.side is None:
        return replace(day, weekday=second.weekday)
    return day
