"""What the words around an expression add: tense, a year, the date named before it, a time that follows it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from scraper.normalise.dates.compose import Expression
from scraper.normalise.dates.grammar import scan
from scraper.normalise.dates.reading import settle_and_write
from scraper.normalise.dates.scene import Scene
from scraper.normalise.dates.shapes import (
    Clock,
    Day,
    Duration,
    Feast,
    Item,
    Link,
    Month,
    Shape,
    Shift,
    Stretch,
    Weekday,
    Year,
)
from scraper.normalise.dates.tense import lean
from scraper.normalise.dates.tokens import tokenise

LONGEST_CONTEXT: Final = 1000
_NEAR: Final = 90
_YEAR: Final = re.compile(r"(?<![\d.,£$€/])(?:19|20)\d\d(?![\d%]|[.,/]\d)")
_ISSUE: Final = re.compile(r"\s{0,3}(?:e-?)?(?:newsletter|issue|edition|bulletin|update)\b", re.IGNORECASE)
_TIME_CUE: Final = re.compile(
    r"\b(?:starting|starts|start|begins|beginning|kicks off|from|at)\s{1,3}(?=\d|noon|midday)", re.IGNORECASE
)

_LASTING: Final = frozenset(("week", "month", "year", "decade"))
_LASTING_CUE: Final = re.compile(r"\b(?:over|for|within|during|throughout)\s{1,3}the\s{0,3}$", re.IGNORECASE)
_LONGER: Final[Mapping[str, tuple[type, ...]]] = {"month": (Month,), "year": (Month, Year)}
_AS_FINE: Final = {"month": ("day", "month"), "year": ("day", "month", "year")}
_TAKING: Final = re.compile(r"\b(?:takes?|taken|taking)\s{1,3}until\s{0,3}$", re.IGNORECASE)


def bound(printed: str, before: str) -> str:
    """The bound of an expression: what "takes until spring" is done in spring, not open till then."""
    return "" if printed == "until" and _TAKING.search(before[-_NEAR:]) else printed


def sides(text: str, context: str) -> tuple[str, str]:
    """The context before and after the expression; all of it is before where the expression is not found in it."""
    flat = _flat(context)
    at = flat.find(_flat(text).strip())
    if at < 0 or not text.strip():
        return context, ""
    return context[:at], context[at + len(text.strip()) :]


def _flat(text: str) -> str:
    return text.replace("’", "'").lower() if len(text.lower()) == len(text) else text


def look(scene: Scene, before: str, after: str, languages: tuple[str, ...], *, term: bool = False) -> Scene:
    """The scene with what its surroundings say; what the caller asked for stands above them.

    `term`: the expression says until when something lasts.
    """
    if not before and not after:
        return scene
    known = scene if scene.strict else replace(scene, lean=lean(before, after, term=term))
    if known.anchor is None:
        known = replace(known, year=year_in(before, after))
    return replace(known, before=_date_before(before, known, languages))


def year_in(before: str, after: str) -> int | None:
    """The last year printed before the expression, else the first after it."""
    earlier = _YEAR.findall(before)
    later = _YEAR.findall(after)
    return int(earlier[-1]) if earlier else int(later[0]) if later else None


def _date_before(before: str, scene: Scene, languages: tuple[str, ...]) -> Callable[[str], date | None] | None:
    if not before:
        return None

    def last_day(unit: str) -> date | None:
        tokens = tokenise(before, languages, everything=False)
        for place in reversed(scan(tokens)):
            on = _first_day(place.item, scene, unit)
            if on is not None:
                return on
        return None

    return last_day


def _first_day(item: Item, scene: Scene, unit: str) -> date | None:
    """The day that an item names; where a month or a year is sought, also the first day of one."""
    if isinstance(item, Link | Clock | Duration) or not (_may_be_day(item) or isinstance(item, _LONGER.get(unit, ()))):
        return None
    alone = Expression(shapes=(item,), clocks=(), bound="")
    reading = settle_and_write(alone, replace(scene, before=None), "")
    return reading.earliest_on if reading is not None and reading.precision in _AS_FINE.get(unit, ("day",)) else None


def _may_be_day(shape: Shape) -> bool:
    return isinstance(shape, Day | Weekday | Feast) or (isinstance(shape, Shift) and not shape.from_last)


def clock_after(after: str, languages: tuple[str, ...]) -> tuple[Clock, ...]:
    """The time given after the date ("on 5 March, at the Hall from 7pm"), before any other date."""
    near = after[:_NEAR]
    cue = _TIME_CUE.search(near)
    if cue is None:
        return ()
    placed = [
        place
        for place in scan(tokenise(near[: cue.end() + 24], languages, everything=False))
        if not isinstance(place.item, Link)
    ]
    first = placed[0].item if placed else None
    return (first,) if isinstance(first, Clock) and first.sure else ()


def as_lasting(shapes: Sequence[Shape], before: str) -> tuple[Shape, ...]:
    """ "Next week" after "for the": the days from now on, and no week of the calendar."""
    shape = shapes[0] if len(shapes) == 1 else None
    if not isinstance(shape, Shift) or shape.unit not in _LASTING or abs(shape.count) != 1 or shape.from_last:
        return tuple(shapes)
    return (Stretch(unit=shape.unit, count=shape.count),) if _LASTING_CUE.search(before[-_NEAR:]) else (shape,)


def as_issue(shapes: Sequence[Shape], after: str) -> tuple[Shape, ...]:
    """ "March 22 newsletter": a month and two figures of a year where an issue is named."""
    if (
        len(shapes) == 1
        and isinstance(shapes[0], Day)
        and shapes[0].year is None
        and shapes[0].month
        and shapes[0].weekday is None
        and shapes[0].day >= 10
        and _ISSUE.match(after)
    ):
        return (Month(month=shapes[0].month, year=2000 + shapes[0].day),)
    return tuple(shapes)
