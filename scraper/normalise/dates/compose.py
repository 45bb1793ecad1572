"""Items in a row made into one expression: what belongs together, what bounds it, which clock time goes where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from scraper.normalise.dates.merging import is_bare_weekday, is_vague, merged, restates
from scraper.normalise.dates.shapes import (
    Around,
    Clock,
    Day,
    Duration,
    Link,
    Month,
    Placed,
    Season,
    Shape,
    Shift,
    Slice,
    Weekday,
    Year,
)

_RECURRING: Final = -3
_NOWHERE: Final = -9
_BOUND_OF: Final = {"to": "until"}
_LONGEST_LEAD: Final = {"to": 1, "": 6}
"""How many other words may stand between a bound and its date: "until the close of play on Friday"."""
_LONGEST_LABEL: Final = 3
_LONGEST_PAUSE: Final = 1
_BOUNDS: Final = frozenset(("from", "since", "until", "by", "before", "after"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """Dates in the order printed (their hull is meant), and clock times.

    `bound` is from, since, until, by, before, after or "". `within` is a longer time named first ("last summer, from 3
    July to 4 August"); `closing` says that the clock bounds the end, `ranged` that the dates are the ends of a range
    and no list.
    """

    shapes: tuple[Shape, ...]
    clocks: tuple[Clock, ...]
    bound: str
    within: tuple[Shape, ...] = ()
    closing: bool = False
    ranged: bool = False


@dataclass(slots=True)
class _Draft:
    """The state of reading one expression from left to right.

    `listing`: the last link was a list's; `between`: a time stands before the second date and is its own; `until`: the
    second time closes the first; `ended`: "until" stands before the last date, whose time comes after it; `closed`:
    "closed" stands before the first date, so that "opened" may follow; `patterned`: weekdays of a range were named.
    """

    groups: list[Shape] = field(default_factory=list)
    within: list[Shape] = field(default_factory=list)
    clocks: list[Clock] = field(default_factory=list)
    bound: str = ""
    joining: bool = False
    comma: int = _NOWHERE
    bracket: bool = False
    waiting: str = ""
    led: int = 0
    every: int = _NOWHERE
    recurring: bool = False
    listing: bool = False
    between: bool = False
    until: bool = False
    closed: bool = False
    patterned: bool = False
    ended: bool = False
    ranged: bool = False
    closing: bool = False
    ended_at: int = 0


def compose(placed: Sequence[Placed]) -> Expression | None:
    """One expression from all the items of a text; None if they name no date and no time."""
    draft = _Draft()
    for item, first, after in placed:
        if isinstance(item, Link):
            if _ends(draft, item.kind):
                break
            _take_link(draft, item.kind, after)
            continue
        if not draft.groups and first - draft.led > _LONGEST_LEAD.get(draft.waiting, _LONGEST_LEAD[""]):
            draft.waiting = ""
        if isinstance(item, Duration):
            _take_duration(draft, item, first)
        elif isinstance(item, Clock):
            _take_clock(draft, item)
        elif _is_pattern(draft, item):
            draft.patterned = True
        elif _is_gloss(draft, item):
            break
        elif _recurs(draft, item, first):
            draft.every = _RECURRING
        else:
            _take_shape(draft, item, first)
            draft.ended_at = after
    if _are_opening_hours(draft):
        return None
    if not draft.groups and (draft.recurring or draft.every != _NOWHERE):
        return None
    clocks = [clock for clock in _with_own_end(draft) if clock.sure or draft.groups]
    if not draft.groups and not clocks:
        return None
    return Expression(
        shapes=tuple(_with_own_weekdays(_with_own_year(draft.groups))),
        clocks=tuple(clocks),
        bound=draft.bound,
        within=tuple(draft.within),
        closing=draft.closing,
        ranged=draft.ranged,
    )


def _ends(draft: _Draft, kind: str) -> bool:
    """Tell what begins another statement: when it was updated, which days are excepted ("(closed 24-26 December)")."""
    return bool(draft.groups) and (kind in ("again", "except") or (kind == "closing" and draft.bracket))


def _is_pattern(draft: _Draft, shape: Shape) -> bool:
    """Tell the weekdays on which something recurs within a range already printed: "3-28 June, Tuesday to Saturday"."""
    if not isinstance(shape, Weekday) or not is_bare_weekday(shape) or len(draft.groups) < 2 or not draft.ranged:
        return False
    return isinstance(draft.groups[0], Day) and isinstance(draft.groups[-1], Day) and draft.groups[-1].month is not None


def _is_gloss(draft: _Draft, shape: Shape) -> bool:
    """Tell the months in brackets that explain a quarter or season which has its year: "Q4 2025/26 (January-March)"."""
    if not draft.bracket or len(draft.groups) != 1 or not isinstance(shape, Month):
        return False
    named = draft.groups[0]
    return isinstance(named, Slice | Season) and named.year is not None


def _are_opening_hours(draft: _Draft) -> bool:
    """Tell "Monday to Friday, 9am to 5pm" from "11pm on Friday until 5am on Saturday"."""
    once = len(draft.clocks) == 2 and all(clock.end is None for clock in draft.clocks)
    return len(draft.groups) == 2 and draft.ranged and not once and all(map(is_bare_weekday, draft.groups))


def _recurs(draft: _Draft, shape: Shape, at: int) -> bool:
    """Tell "every Tuesday", "every spring and autumn" from the October of "every Tuesday in October"."""
    if draft.every == _RECURRING and (draft.listing or isinstance(shape, Weekday)):
        return isinstance(shape, Weekday | Season | Month)
    return draft.every in (at, at - 1) and isinstance(shape, Weekday | Season | Month)


def _with_own_end(draft: _Draft) -> list[Clock]:
    """The times; of one day, "starts 10am, ends 4pm" is one stretch."""
    if not draft.until or len(draft.groups) > 1 or len(draft.clocks) != 2:
        return draft.clocks
    first, last = draft.clocks
    return [replace(first, end=last.start, offset=last.offset if first.offset is None else first.offset)]


def _take_link(draft: _Draft, kind: str, after: int) -> None:
    draft.listing = kind in ("list", "comma")
    if kind == "closing":
        draft.closed = not draft.groups
        kind = "until" if draft.groups else ""
    elif kind == "opening":
        kind = "range" if draft.groups and draft.closed else ""
    elif kind == "dash":
        kind = "range" if draft.groups else ""
    if kind == "every":
        draft.every = after
    elif kind == "recurring":
        draft.recurring = True
    elif kind == "onwards":
        draft.bound = draft.bound or ("from" if draft.groups else "")
    elif kind == "open":
        draft.bracket = bool(draft.groups)
    elif kind == "comma":
        draft.comma = after if draft.groups else _NOWHERE
    elif kind in ("range", "list") or (kind == "until" and draft.groups):
        draft.joining = draft.joining or bool(draft.groups)
        draft.ranged = draft.ranged or (kind != "list" and bool(draft.groups))
        draft.waiting = {"range": "to", "until": "until"}.get(kind, draft.waiting)
        draft.between = False
    elif kind in _BOUNDS:
        draft.waiting = kind
    if kind in _BOUNDS or kind == "range":
        draft.led = after


def _take_clock(draft: _Draft, clock: Clock) -> None:
    if draft.patterned and draft.clocks:
        return
    waiting = _BOUND_OF.get(draft.waiting, draft.waiting)
    if waiting in ("until", "by", "before") and not draft.joining and not draft.groups:
        draft.bound = draft.bound or waiting
    elif waiting in ("until", "by", "before") and draft.groups and not draft.clocks and clock.end is None:
        draft.closing = draft.waiting != "to" or not draft.joining
        draft.between = draft.joining
    elif draft.ended and not draft.clocks and clock.end is None:
        draft.closing = True
    draft.until = waiting == "until" and len(draft.clocks) == 1 and draft.clocks[0].end is None
    draft.waiting = ""
    draft.clocks.append(clock)


def _take_duration(draft: _Draft, duration: Duration, at: int) -> None:
    """A duration counts where it follows the one day named: "from 20 March for six weeks", "2 May, for a month"."""
    if len(draft.groups) != 1 or draft.joining or draft.clocks or draft.bound not in ("", "from"):
        return
    day = draft.groups[0]
    named = isinstance(day, Weekday) or (isinstance(day, Shift) and day.unit == "day")
    named = named or (isinstance(day, Day) and day.month is not None)
    if named and at - draft.ended_at <= _LONGEST_PAUSE:
        draft.groups = [Around(how="lasting", day=day, unit=duration.unit, count=duration.count)]
        draft.bound = ""


def _take_shape(draft: _Draft, shape: Shape, at: int) -> None:
    _take_bound(draft, shape)
    if len(draft.groups) == 1 and _is_other_year(draft.groups[0], shape):
        draft.within = [shape]
        return
    restated = draft.bracket or (len(draft.groups) > 1 and not draft.joining)
    if draft.bracket and isinstance(shape, Month) and len(draft.groups) == 1 and isinstance(draft.groups[0], Slice):
        draft.groups = []  # "Q2 (July-September) 2025"
    if restated and isinstance(shape, Day) and shape.month is not None and all(map(is_vague, draft.groups)):
        if len(draft.groups) == 1:
            shape = merged(draft.groups[0], shape)
        draft.groups = [shape]
    elif draft.groups and (
        draft.joining or (_follows_comma(draft, shape, at) and not restates(draft.groups[-1], shape))
    ):
        draft.groups.append(shape)
        draft.closing = draft.closing or draft.between
        draft.ended = draft.waiting == "until"
    elif draft.groups:
        draft.groups[-1] = merged(draft.groups[-1], shape)
    else:
        draft.groups.append(shape)
    draft.joining = draft.bracket = False
    draft.comma = _NOWHERE
    draft.waiting = ""


def _follows_comma(draft: _Draft, shape: Shape, at: int) -> bool:
    """Tell what a comma adds; before a day with its year a label may stand ("Day 1: 8 May 2025, Day 2: 9 May 2025")."""
    whole = isinstance(shape, Day) and shape.month is not None and shape.year is not None
    return draft.comma >= 0 and 0 <= at - draft.comma <= (_LONGEST_LABEL if whole else 0)


def _is_other_year(day: Shape, shape: Shape) -> bool:
    """Tell "last year" after a day that has none: "12 May last year"."""
    return isinstance(day, Day) and day.year is None and isinstance(shape, Shift) and shape.unit == "year"


def _take_bound(draft: _Draft, shape: Shape) -> None:
    """A bound counts when it stands before the first date; "from" after a longer time opens the dates within it."""
    if not draft.waiting:
        return
    if not draft.groups:
        is_loose = draft.waiting == "to" and not isinstance(shape, Day)
        draft.bound = draft.bound or ("" if is_loose else _BOUND_OF.get(draft.waiting, draft.waiting))
    elif draft.waiting == "from" and isinstance(shape, Day | Month) and not isinstance(draft.groups[0], Day):
        draft.within, draft.groups, draft.bound = draft.groups, [], "from"


def _with_own_weekdays(groups: list[Shape]) -> list[Shape]:
    """ "Thursday to Saturday 16-18 May": weekdays named before the days of a range go with its first and last.

    Others say on which days of the range something is: "Tue–Sun, 6 April – 3 November".
    """
    if len(groups) < 3 or not isinstance(groups[0], Weekday):
        return groups
    first, last = groups[1], groups[-1]
    if not isinstance(first, Day) or not isinstance(last, Day) or first.weekday is None or last.weekday is not None:
        return groups
    if first.month != last.month:
        return [replace(first, weekday=None), *groups[2:]] if first.month is not None else groups
    if (last.day - first.day - first.weekday + groups[0].weekday) % 7:
        return [replace(first, weekday=None), *groups[2:]]
    return [replace(first, weekday=groups[0].weekday), *groups[2:-1], replace(last, weekday=first.weekday)]


def _with_own_year(groups: list[Shape]) -> list[Shape]:
    """A year alone between the days of a range is the first one's: "from 23 July until 2022 until 3 January 2023"."""
    if len(groups) != 3:
        return groups
    first, year, last = groups
    if isinstance(first, Day) and isinstance(year, Year) and isinstance(last, Day) and first.year is None:
        return [replace(first, year=year.year), last]
    return groups
