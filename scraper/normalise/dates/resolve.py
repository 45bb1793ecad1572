"""Shapes put on the calendar: what one of them means, seen from the day the text was written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from scraper.normalise.dates import almanac, edtf, feasts, portions
from scraper.normalise.dates.scene import Scene, Span, distance, of_one_day, spanning
from scraper.normalise.dates.shapes import (
    REST,
    Around,
    Day,
    Decade,
    Feast,
    Month,
    Nth,
    Part,
    Season,
    Shape,
    Shift,
    Slice,
    Stretch,
    Weekday,
    Year,
)
from scraper.normalise.dates.tense import Lean

_SEASON_MONTH: Final = {21: 3, 22: 6, 23: 9, 24: 12}
_SOON: Final = 2
"""Months to one of next year that is still called this one: "this January", said in December."""
_FIRST_MONTH: Final = {"year": 1, "fiscal-year": 4, "academic year": 9}


def resolve(shape: Shape, scene: Scene) -> Span | None:
    """What a shape means; None where it cannot be: a year is missing, or the calendar has no such day."""
    reader = _READERS[type(shape)]
    return reader(shape, scene)


def day_of(shape: Day, scene: Scene) -> date | None:
    """The calendar day of a dated shape; a weekday that fits only one order of figures decides the order."""
    if shape.year is None or shape.month is None:
        return None
    printed = almanac.make(shape.year, shape.month, shape.day)
    if not shape.either:
        return printed
    swapped = almanac.make(shape.year, shape.day, shape.month)
    first, second = (printed, swapped) if scene.day_first else (swapped, printed)
    if shape.weekday is not None and first is not None and second is not None:
        return second if first.weekday() != shape.weekday == second.weekday() else first
    return first or second


def _day(shape: Day, scene: Scene) -> Span | None:
    on = _monthless(shape, scene) if shape.month is None else day_of(shape, scene)
    if on is None:
        return None
    conflict = None
    if shape.weekday is not None and on.weekday() != shape.weekday:
        conflict = f"{almanac.WEEKDAYS[shape.weekday]}, but {on.isoformat()} was a {almanac.WEEKDAYS[on.weekday()]}"
    return Span(first=on, last=on, precision="day", edtf=on.isoformat(), conflict=conflict)


def _monthless(shape: Day, scene: Scene) -> date | None:
    """ "Thursday 14th": the nearest such day around the anchor, the coming one unless the words speak of the past."""
    if scene.anchor is None:
        return None
    ranked: list[tuple[int, int, date]] = []
    for shift in range(-6, 7) if shape.weekday is not None else range(-1, 2):
        month = almanac.add_months(scene.anchor.replace(day=1), shift)
        on = almanac.make(month.year, month.month, shape.day) if month else None
        if on is not None:
            misfit = shape.weekday is not None and on.weekday() != shape.weekday
            ranked.append((int(misfit), distance(on, on, scene), on))
    return min(ranked)[2] if ranked else None


def _month(shape: Month, scene: Scene) -> Span | None:
    year = shape.year
    anchor = scene.anchor
    if year is None and anchor is not None and shape.shift is not None:
        year = anchor.year + shape.shift
    if year is None and anchor is not None and shape.side is not None:
        year = _sided_year(shape.side, shape.month, anchor)
    return None if year is None else spanning(almanac.months(year, shape.month, 1), "month")


def _sided_year(side: str, month: int, anchor: date) -> int:
    if side == "next":
        return anchor.year + (month <= anchor.month)
    if side == "last":
        return anchor.year - (month >= anchor.month)
    return anchor.year + (month + 12 - anchor.month <= _SOON)


def season_days(season: int, year: int) -> tuple[date, date] | None:
    """Three whole months; winter is of the year in which it begins."""
    return almanac.months(year, _SEASON_MONTH[season], 3)


def _season(shape: Season, scene: Scene) -> Span | None:
    year, anchor = shape.year, scene.anchor
    if year is None and anchor is not None:
        if shape.shift is not None:
            year = anchor.year + shape.shift
        elif shape.side is not None:
            year = _season_year(shape.season, shape.side, anchor)
    if year is None:
        return None
    return spanning(season_days(shape.season, year), "season", edtf.season(year, shape.season))


def _season_year(season: int, side: str, anchor: date) -> int | None:
    for year in range(anchor.year - 1, anchor.year + 3):
        days = season_days(season, year)
        if days is None:
            return None
        if side == "next" and days[0] > anchor:
            return year
        if side == "this" and days[1] >= anchor:
            return year if year <= anchor.year else anchor.year
        if side == "last" and days[1] >= anchor:
            return year - 1
    return None


def _year(shape: Year, _scene: Scene) -> Span | None:
    return spanning(almanac.months(shape.year, shape.first_month, 12), shape.precision)


def _decade(shape: Decade, _scene: Scene) -> Span | None:
    return spanning(almanac.months(shape.year, 1, 120), "decade", edtf.decade(shape.year))


def _slice(shape: Slice, scene: Scene) -> Span | None:
    year = shape.year
    if year is None and scene.anchor is not None:
        year = scene.anchor.year + (shape.shift or 0)
    if year is None:
        return None
    length = 12 // shape.of
    code = (32 if shape.of == 4 else 39) + shape.number
    turned, month = divmod(shape.first_month - 1 + (shape.number - 1) * length, 12)
    days = almanac.months(year + turned, month + 1, length)
    return spanning(
        days, "quarter" if shape.of == 4 else "half", edtf.season(year, code) if shape.first_month == 1 else None
    )


def _weekday(shape: Weekday, scene: Scene) -> Span | None:
    named = scene.before("day") if shape.from_last and scene.before is not None else None
    anchor = named or scene.anchor
    if anchor is None or (named is None and scene.grade != "day"):
        return None
    if shape.week is not None:
        shifted = almanac.add_days(almanac.week(anchor)[0], 7 * shape.week + shape.weekday)
        return of_one_day(shifted)
    back = shape.side == "last" or (shape.side != "next" and not shape.weeks and scene.lean == "past")
    strictly = shape.side in ("next", "last")
    if back:
        return of_one_day(almanac.weekday_before(anchor, shape.weekday, strictly=strictly))
    on = almanac.weekday_after(anchor, shape.weekday, strictly=strictly)
    return of_one_day(almanac.add_days(on, 7 * shape.weeks))


def _shift(shape: Shift, scene: Scene) -> Span | None:
    base, grade = scene.anchor, scene.grade
    if shape.from_last and scene.before is not None:
        named = scene.before(shape.unit)
        base, grade = (named, "day") if named else (base, grade)
    if base is None or not _is_known(shape.unit, grade):
        return None
    if shape.unit == "the weekend":
        return spanning(_the_weekend(base, scene.lean), "weekend")
    moved = almanac.add(base, "weekend" if shape.unit == "weekend" else shape.unit, shape.count)
    return (
        None
        if moved is None
        else spanning(_unit_around(moved, shape), portions.PRECISION_OF.get(_grain(shape), _grain(shape)))
    )


def _is_known(unit: str, grade: str) -> bool:
    if grade == "year":
        return unit in ("year", "decade")
    return grade == "day" or unit in ("month", "quarter", "decade") or unit in _FIRST_MONTH


def _grain(shape: Shift) -> str:
    """Counted weeks end on a day ("two weeks ago"); a week named by itself is a week."""
    if shape.unit.endswith(almanac.TO_THE_DAY):
        return "day"
    if shape.unit in ("week", "fortnight") and (abs(shape.count) > 1 or shape.unit == "fortnight"):
        return "day"
    return shape.unit


def _unit_around(on: date, shape: Shift) -> tuple[date, date] | None:
    unit = _grain(shape)
    if unit in ("week", "whole week"):
        return almanac.week(on)
    if unit == "weekend":
        return almanac.weekend(on)
    if unit == "month":
        return almanac.months(on.year, on.month, 1)
    if unit == "quarter":
        return almanac.months(on.year, on.month - (on.month - 1) % 3, 3)
    if unit in _FIRST_MONTH:
        first = _FIRST_MONTH[unit]
        return almanac.months(on.year - (on.month < first), first, 12)
    if unit == "decade":
        return almanac.months(on.year - on.year % 10, 1, 120)
    return on, on


def _the_weekend(base: date, lean: Lean) -> tuple[date, date] | None:
    """ "Over the weekend": the last one early in a week, the coming one from Thursday, or as the tense says."""
    back = lean == "past" or (lean == "near" and base.weekday() < 3)
    on = almanac.add_days(base, -7) if back and base.weekday() < 5 else base
    return None if on is None else almanac.weekend(on)


def _stretch(shape: Stretch, scene: Scene) -> Span | None:
    if scene.anchor is None or scene.grade != "day":
        return None
    other = almanac.add(scene.anchor, shape.unit, shape.count)
    if other is None:
        return None
    days = (scene.anchor, other) if other > scene.anchor else (other, scene.anchor)
    return spanning(days, portions.PRECISION_OF.get(shape.unit, shape.unit))


def _part(shape: Part, scene: Scene) -> Span | None:
    whole = resolve(shape.whole, scene)
    if whole is None:
        return None
    if shape.part != REST:
        return portions.part_of(shape, whole)
    return portions.rest_of(whole, scene.anchor) if scene.anchor is not None and scene.grade == "day" else None


def _nth(shape: Nth, scene: Scene) -> Span | None:
    whole = resolve(shape.whole, scene)
    return None if whole is None else portions.nth_of(shape, whole)


def _around(shape: Around, scene: Scene) -> Span | None:
    named = resolve(shape.day, scene)
    return None if named is None else portions.around_of(shape, named)


def _feast(shape: Feast, _scene: Scene) -> Span | None:
    days = None if shape.year is None else feasts.days(shape.name, shape.year)
    if days is None or days[0] == days[1]:
        return of_one_day(days[0] if days else None)
    return spanning(days, "weekend")


_READERS: Final[dict[type, Callable[..., Span | None]]] = {
    Day: _day,
    Month: _month,
    Season: _season,
    Year: _year,
    Decade: _decade,
    Slice: _slice,
    Weekday: _weekday,
    Shift: _shift,
    Stretch: _stretch,
    Part: _part,
    Nth: _nth,
    Around: _around,
    Feast: _feast,
}
