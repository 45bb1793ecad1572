"""Where an expression is read from, and the days it comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from scraper.normalise.dates import edtf
from scraper.normalise.dates.tense import Lean


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """Where an expression stands.

    `grade` says how well the anchor is known (day, month, year), `strict` that the caller chose the lean, `latest` is a
    day on which the text existed, `year` the year its surroundings print. `before` finds the day named before it; asked
    for a month or a year, also the first day of one.
    """

    anchor: date | None = None
    grade: str = "day"
    lean: Lean = "near"
    strict: bool = False
    day_first: bool = True
    latest: date | None = None
    year: int | None = None
    before: Callable[[str], date | None] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """Whole days from first to last, with the precision and EDTF of what was printed."""

    first: date
    last: date
    precision: str
    edtf: str
    conflict: str | None = None


def distance(first: date, last: date, scene: Scene) -> int:
    """How far a span is from the anchor: fourfold against the tense, a thousandfold against the caller's wish."""
    anchor = scene.anchor or first
    gap = (first - anchor).days if first > anchor else (anchor - last).days if last < anchor else 0
    slack = 1 if scene.grade == "day" else 16
    wrong = (scene.lean == "past" and first > anchor) or (scene.lean == "future" and last < anchor)
    if wrong and gap > slack:
        return gap * (1000 if scene.strict else 4) * 10
    return gap * (11 if last < anchor else 10)


def spanning(days: tuple[date, date] | None, precision: str, printed: str | None = None) -> Span | None:
    """The span of these days; its EDTF is theirs unless something else was printed."""
    if days is None:
        return None
    return Span(first=days[0], last=days[1], precision=precision, edtf=printed or edtf.span(*days))


def of_one_day(on: date | None) -> Span | None:
    """The span of one day."""
    return None if on is None else Span(first=on, last=on, precision="day", edtf=on.isoformat())
