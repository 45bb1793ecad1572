"""The year of dates that print none: from a neighbour, from the anchor and the tense, or from a weekday."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Final

from scraper.normalise.dates import feasts
from scraper.normalise.dates.resolve import resolve
from scraper.normalise.dates.scene import Scene, distance
from scraper.normalise.dates.shapes import Around, Day, Feast, Month, Nth, Part, Season, Shape, Slice, Weekday, Year

_YEARS_BACK: Final = 28
_SOME_YEAR: Final = 2024


def settle(shapes: Sequence[Shape], scene: Scene) -> list[Shape]:
    """The same shapes, their years filled in wherever something decides them."""
    settled = _lend_months([_counted(shape, scene, several=len(shapes) > 1) for shape in shapes])
    if not any(_is_yearless(shape) for shape in settled):
        return settled
    if any(_year(shape) is not None for shape in settled):
        return _forward(_backward(settled))
    if scene.year is not None and scene.anchor is None:
        dated = _forward(_dated_from(settled, scene.year))
        return dated if _misfit(dated, scene)[0] == 0 else _by_weekday(settled, scene) or dated
    if scene.anchor is not None:
        years: Sequence[int] = range(scene.anchor.year - 1, scene.anchor.year + 2)
        return min((_forward(_dated_from(settled, year)) for year in years), key=lambda dated: _misfit(dated, scene))
    return _by_weekday(settled, scene) or settled


def _counted(shape: Shape, scene: Scene, *, several: bool) -> Shape:
    """The year of "March this year", so that the January before it may take it, and of "next autumn and winter"."""
    if isinstance(shape, Month | Season) and shape.shift is not None and scene.anchor is not None:
        return replace(shape, year=scene.anchor.year + shape.shift, shift=None)
    if several and isinstance(shape, Season) and shape.side is not None:
        span = resolve(shape, scene)
        return shape if span is None else replace(shape, year=span.first.year, side=None)
    return shape


def _by_weekday(shapes: list[Shape], scene: Scene) -> list[Shape]:
    """Without an anchor: the last year, not after `latest`, in which every weekday fits; empty if there is none."""
    if scene.latest is None or not any(_weekday(shape) is not None for shape in shapes):
        return []
    for year in range(scene.latest.year, scene.latest.year - _YEARS_BACK, -1):
        dated = _forward(_dated_from(shapes, year))
        spans = [resolve(shape, scene) for shape in dated]
        if all(span is not None and span.conflict is None and span.first <= scene.latest for span in spans):
            return dated
    return []


def _inner(shape: Shape) -> Shape:
    if isinstance(shape, Around):
        return _inner(shape.day)
    if isinstance(shape, Part | Nth):
        return _inner(shape.whole)
    return shape


def _year(shape: Shape) -> int | None:
    inner = _inner(shape)
    return inner.year if isinstance(inner, Day | Feast | Month | Season | Slice | Year) else None


def _weekday(shape: Shape) -> int | None:
    inner = _inner(shape)
    return inner.weekday if isinstance(inner, Day) else None


def _is_yearless(shape: Shape) -> bool:
    inner = _inner(shape)
    if isinstance(inner, Day):
        return inner.year is None and inner.month is not None
    if isinstance(inner, Month | Season):
        return inner.year is None and inner.shift is None and inner.side is None
    if isinstance(inner, Slice):
        return inner.year is None and inner.shift is None
    return isinstance(inner, Feast) and inner.year is None


def _with_year(shape: Shape, year: int) -> Shape:
    if isinstance(shape, Around):
        return replace(shape, day=_with_year(shape.day, year))
    if isinstance(shape, Part | Nth):
        return replace(shape, whole=_with_year(shape.whole, year))
    if isinstance(shape, Day | Feast | Month | Season | Slice):
        return replace(shape, year=year)
    return shape


def _lend_months(shapes: list[Shape]) -> list[Shape]:
    """ "Tuesday 14 or Thursday 23 March": a day without a month takes that of the next one that has it."""
    month: int | None = None
    for n in range(len(shapes) - 1, -1, -1):
        shape = shapes[n]
        if isinstance(shape, Day):
            if shape.month is None and month is not None:
                shapes[n] = replace(shape, month=month)
            month = shape.month or month
        elif isinstance(shape, Weekday):
            continue
        else:
            month = None
    return shapes


def _backward(shapes: list[Shape]) -> list[Shape]:
    """A year printed once, after the last date, holds for those before it; December lies before January."""
    later: Shape | None = None
    for n in range(len(shapes) - 1, -1, -1):
        year = _year(later) if later is not None else None
        if _is_yearless(shapes[n]) and year is not None and later is not None:
            turned = _turned(shapes[n], later)
            shapes[n] = _with_year(shapes[n], year - turned)
        if _year(shapes[n]) is not None:
            later = shapes[n]
    return shapes


def _forward(shapes: list[Shape]) -> list[Shape]:
    """A later date without a year is the first one after the date before it."""
    earlier: Shape | None = None
    for n, shape in enumerate(shapes):
        year = _year(earlier) if earlier is not None else None
        if _is_yearless(shape) and year is not None and earlier is not None:
            shapes[n] = _with_year(shape, year + _turned(earlier, shape))
        if _year(shapes[n]) is not None:
            earlier = shapes[n]
    return shapes


def _turned(earlier: Shape, later: Shape) -> bool:
    """Tell whether a new year lies between two dates in the order in which they are printed."""
    if isinstance(_inner(earlier), Year) or isinstance(_inner(later), Year):
        return False
    year = _year(earlier) or _year(later) or _SOME_YEAR
    return _order(earlier, year) > _order(later, year)


def _order(shape: Shape, year: int) -> tuple[int, int]:
    inner = _inner(shape)
    if isinstance(inner, Day):
        return inner.month or 0, inner.day
    if isinstance(inner, Feast):
        days = feasts.days(inner.name, year)
        return (days[0].month, days[0].day) if days else (0, 0)
    if isinstance(inner, Month):
        return inner.month, 0 if not isinstance(shape, Part) else 1
    if isinstance(inner, Season):
        return {21: 3, 22: 6, 23: 9, 24: 12}[inner.season], 0
    return 0, 0


def _dated_from(shapes: list[Shape], year: int) -> list[Shape]:
    """The first yearless shape gets this year; the rest follow it."""
    dated = list(shapes)
    for n, shape in enumerate(dated):
        if _is_yearless(shape):
            dated[n] = _with_year(shape, year)
            break
    return dated


def _misfit(shapes: list[Shape], scene: Scene) -> tuple[int, int]:
    """Impossible days and contradicted weekdays first, then the distance from the anchor."""
    spans = [resolve(shape, scene) for shape in shapes]
    faults = sum(span is None or span.conflict is not None for span in spans)
    faults += any(one is not None and two is not None and two.last < one.first for one, two in pairwise(spans))
    known: list[date] = [day for span in spans if span is not None for day in (span.first, span.last)]
    return faults, distance(known[0], known[-1] if known[-1] >= known[0] else known[0], scene) if known else 10**9
