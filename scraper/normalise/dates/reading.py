"""An expression put on the calendar and written down: start, end, precision, EDTF, and what contradicts it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from scraper.normalise.dates import almanac, edtf
from scraper.normalise.dates.compose import Expression
from scraper.normalise.dates.resolve import resolve
from scraper.normalise.dates.scene import Scene, Span, of_one_day
from scraper.normalise.dates.shapes import Clock, Day, Month, Part, Shape, Time, Weekday, Year
from scraper.normalise.dates.values import Reading
from scraper.normalise.dates.years import settle

_TERMS: Final = frozenset(("until", "by", "before"))
_GRADES: Final = (
    "day",
    "weekend",
    "part-week",
    "week",
    "part-month",
    "month",
    "part-season",
    "part-quarter",
    "season",
    "quarter",
    "part-half",
    "half",
    "part-year",
    "fiscal-year",
    "year",
    "part-decade",
    "decade",
)


def settle_and_write(expression: Expression, scene: Scene, quote: str) -> Reading | None:
    """The reading of an expression, or None if the scene cannot say when it is."""
    if expression.bound in _TERMS and scene.lean == "near" and not scene.strict:
        scene = replace(scene, lean="future")  # a term is to come, unless the words around it say otherwise
    if expression.bound == "since":
        expression = replace(expression, bound="from")
        scene = scene if scene.strict else replace(scene, lean="past")
    shapes = _within(expression, scene)
    if not shapes:
        return _write_clock_alone(expression, scene, quote)
    spans = _spans(settle(shapes, scene), scene, ends=expression.bound in _TERMS)
    if not spans:
        return _undated(shapes, quote)
    whole = _hull(spans)
    if expression.clocks:
        return _write_times(expression, spans, whole, quote)
    return _write_days(expression.bound if len(shapes) == 1 else "", whole, quote)


def _within(expression: Expression, scene: Scene) -> tuple[Shape, ...]:
    """The shapes, their years taken from the longer time that the expression names first."""
    for longer in settle(expression.within, scene):
        span = resolve(longer, scene)
        if span is not None:
            year = span.first.year
            return tuple(
                replace(shape, year=year) if isinstance(shape, Day | Month) and shape.year is None else shape
                for shape in expression.shapes
            )
    return expression.shapes


def _spans(shapes: Sequence[Shape], scene: Scene, *, ends: bool) -> list[Span]:
    """One span per shape; a weekday in a list is counted from the day beside it. Empty if any is unknown."""
    spans: list[Span] = []
    for n, shape in enumerate(shapes):
        nearer = scene
        if isinstance(shape, Weekday) and shape.side is None and n + 1 < len(shapes) and isinstance(shapes[n + 1], Day):
            ahead = resolve(shapes[n + 1], scene)
            nearer = replace(scene, anchor=ahead.first, grade="day", lean="past") if ahead else scene
        elif spans and isinstance(shape, Weekday) and shape.side is None and shape.week is None:
            nearer = replace(scene, anchor=spans[-1].last, grade="day", lean="future")
            shape = replace(shape, side="next")
        elif isinstance(shape, Day) and shape.month is None and spans:
            nearer = replace(scene, anchor=spans[-1].last, grade="day", lean="future")
        span = resolve(shape, nearer)
        if span is None:
            return []
        spans.append(_to_the_middle(shape, span) if n or ends else span)
    return spans


def _to_the_middle(shape: Shape, span: Span) -> Span:
    """ "1999 to mid-2000" ends in the middle of 2000: as the end of something, "mid" is a point and no third."""
    if not isinstance(shape, Part) or shape.part != "mid" or not isinstance(shape.whole, Year):
        return span
    middle = date(span.first.year, 6, 30)
    return replace(span, last=middle, edtf=edtf.span(span.first, middle))


def _hull(spans: Sequence[Span]) -> Span:
    if len(spans) == 1:
        return spans[0]
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    grades = [span.precision for span in spans]
    conflicts = [span.conflict for span in spans if span.conflict]
    if spans[-1].last < spans[0].first:
        conflicts.append(f"the end {spans[-1].last.isoformat()} is before the start {spans[0].first.isoformat()}")
    return Span(
        first=first,
        last=last,
        precision=max(grades, key=_grade),
        edtf=_hull_edtf(spans, first, last),
        conflict="; ".join(conflicts) or None,
    )


def _grade(precision: str) -> int:
    return _GRADES.index(precision) if precision in _GRADES else len(_GRADES)


def _hull_edtf(spans: Sequence[Span], first: date, last: date) -> str:
    """The two ends as printed where both are days, months or years; else the days between."""
    ends = (spans[0], spans[-1])
    if (ends[0].first, ends[1].last) == (first, last) and all(
        end.precision in ("day", "month", "year") for end in ends
    ):
        return edtf.interval(ends[0].edtf, ends[1].edtf) if first != last else first.isoformat()
    return edtf.span(first, last)


def _write_days(bound: str, span: Span, quote: str) -> Reading:
    start: str | None = span.first.isoformat()
    end: str | None = span.last.isoformat()
    earliest: date | None = span.first
    latest: date | None = span.last
    printed = span.edtf
    if bound in ("until", "by") or (bound == "before" and span.precision.startswith("part-")):
        start, earliest, printed = None, None, edtf.interval(None, _end_of(span))
    elif bound == "before":
        latest = almanac.add_days(span.first, -1)
        end = latest.isoformat() if latest else None
        start, earliest, printed = None, None, edtf.interval(None, end)
    elif bound == "from":
        end, latest, printed = None, None, edtf.interval(_start_of(span), None)
    elif bound == "after":
        earliest = almanac.add_days(span.last, 1)
        start = earliest.isoformat() if earliest else None
        end, latest, printed = None, None, edtf.interval(start, None)
    return Reading(
        start=start,
        end=end,
        precision=span.precision,
        edtf=printed,
        earliest_on=earliest,
        latest_on=latest,
        conflict=span.conflict,
        quote=quote,
    )


def _end_of(span: Span) -> str:
    return span.edtf if span.precision in ("day", "month", "year") else span.last.isoformat()


def _start_of(span: Span) -> str:
    return span.edtf if span.precision in ("day", "month", "year") else span.first.isoformat()


def _stamp(on: date, time: Time, offset: int | None) -> str:
    """ISO 8601; 24:00 is written as the midnight that begins the next day, which is the same instant."""
    seconds = "" if time.second is None else f":{time.second:02d}"
    on = _day_of(on, time)
    return f"{on.isoformat()}T{time.hour % 24:02d}:{time.minute:02d}{seconds}{_offset(offset)}"


def _day_of(on: date, time: Time) -> date:
    return almanac.add_days(on, 1) or on if time.hour == 24 else on


def _offset(minutes: int | None) -> str:
    if minutes is None:
        return ""
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def _write_times(expression: Expression, spans: Sequence[Span], whole: Span, quote: str) -> Reading:
    """Times go with the first and the last day; what is longer than a day keeps its days."""
    if whole.precision not in ("day", "weekend") or any(span.first != span.last for span in spans):
        return _write_days(expression.bound if len(spans) == 1 else "", whole, quote)
    clocks = expression.clocks
    opening, closing = clocks[0], clocks[-1]
    bound = expression.bound if len(spans) == 1 else ""
    if bound in _TERMS or expression.closing:
        start = None if bound or not expression.closing else whole.first.isoformat()
        return _timed(
            start, _stamp(whole.last, _closing(opening.end or opening.start), opening.offset), whole, opening, quote
        )
    end: str | None = None
    last = whole.last
    if len(clocks) > 1 and len(spans) > 1:
        end = _stamp(last, _closing(closing.end or closing.start), closing.offset)
    elif opening.end is not None:
        latest = closing if closing.end is not None and len(spans) == 1 else opening
        last = _next_day_if_over_midnight(latest, whole)
        end = _stamp(last, latest.end or opening.end, latest.offset)
    elif len(spans) > 1:
        end = whole.last.isoformat() if expression.ranged else _stamp(last, opening.start, opening.offset)
    start = _stamp(whole.first, opening.start, _first_offset(opening, closing))
    first = _day_of(whole.first, opening.start)
    return _timed(start, end, replace(whole, first=first, last=max(first, last)), opening, quote)


def write_times_of(expression: Expression, first: date, last: date, quote: str) -> Reading:
    """Return the reading of times alone that are those of a stretch of days named before."""
    spans = [of_one_day(on) for on in (first, last)]
    days = [span for span in spans if span is not None]
    return _write_times(replace(expression, ranged=True), days, _hull(days), quote)


def _closing(time: Time) -> Time:
    """The last minute before midnight, where midnight ends a day: "by midnight on Friday" is not Thursday night."""
    return Time(hour=23, minute=59) if (time.hour, time.minute) == (0, 0) else time


def _first_offset(opening: Clock, closing: Clock) -> int | None:
    return opening.offset if opening.offset is not None else closing.offset


def _next_day_if_over_midnight(clock: Clock, span: Span) -> date:
    over = clock.end is not None and (clock.end.hour, clock.end.minute) < (clock.start.hour, clock.start.minute)
    if over and span.first == span.last:
        return almanac.add_days(span.last, 1) or span.last
    return span.last


def _timed(start: str | None, end: str | None, span: Span, clock: Clock, quote: str) -> Reading:
    latest = date.fromisoformat(end[:10]) if end is not None else span.last  # the day after, where it ends at 24:00
    printed = start if start is not None and end is None else edtf.interval(start, end)
    return Reading(
        start=start,
        end=end,
        precision="minute" if clock.start.second is None else "second",
        edtf=printed or "",
        earliest_on=span.first if start is not None else None,
        latest_on=latest,
        conflict=span.conflict,
        quote=quote,
    )


def _write_clock_alone(expression: Expression, scene: Scene, quote: str) -> Reading | None:
    """A time without a date is of the day named before it, else of the anchor."""
    on = scene.before("day") if scene.before is not None else None
    if on is None and scene.grade == "day":
        on = scene.anchor
    if on is None:
        return None
    span = Span(first=on, last=on, precision="day", edtf=on.isoformat())
    return _write_times(expression, [span], span, quote)


def _undated(shapes: Sequence[Shape], quote: str) -> Reading | None:
    """Days or months whose year nothing decides: known as such, with no place on the calendar."""
    ends = [_yearless(shape) for shape in (shapes[0], shapes[-1])]
    if None in ends:
        return None
    printed = ends[0] if len(shapes) == 1 else edtf.interval(*ends)
    return Reading(
        start=None,
        end=None,
        precision="day" if any(isinstance(shape, Day) for shape in shapes) else "month",
        edtf=printed or "",
        earliest_on=None,
        latest_on=None,
        conflict=None,
        quote=quote,
    )


def _yearless(shape: Shape) -> str | None:
    if isinstance(shape, Month) and shape.year is None:
        return f"XXXX-{shape.month:02d}"
    if isinstance(shape, Day) and shape.year is None and shape.month and almanac.make(2000, shape.month, shape.day):
        return f"XXXX-{shape.month:02d}-{shape.day:02d}"
    return None
