"""Charts as SVG, drawn on the server without scripts or styles in attributes.

A chart is hidden from screen readers, and its bars from the tab key: the table beside each says the same in words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup, escape

from . import times, words
from .filters import end_of

MOST_BARS = 60
LEAST_COLUMNS = 18  # so that a few bars are not as wide as the page
SERIES = 7  # classes s0 to s6 of the style sheet


class Bar(NamedTuple):
    """A stretch of months and how many posts lie in it."""

    label: str
    first: date
    last: date
    posts: int

    @property
    def size(self) -> str:
        """Its length: 'month', 'quarter' or 'year'."""
        months = self.last.month - self.first.month
        return "month" if months == 0 else "quarter" if months == 2 else "year"


class Mark(NamedTuple):
    """One state on one day of a strip."""

    day: str
    state: str


def bars_of(months: Mapping[str, int]) -> list[Bar]:
    """Return months as at most 60 bars without holes: months, else quarters, else years, else the last 60 years."""
    numbers = sorted(int(month[:4]) * 12 + int(month[5:7]) - 1 for month in months if valid(month))
    if not numbers:
        return []
    span = numbers[-1] - numbers[0] + 1
    size = 1 if span <= MOST_BARS else 3 if span <= 3 * MOST_BARS else 12
    begin = max(numbers[0] // size, numbers[-1] // size - MOST_BARS + 1)
    counts: dict[int, int] = {}
    for month, posts in months.items():
        if valid(month):
            place = (int(month[:4]) * 12 + int(month[5:7]) - 1) // size
            counts[place] = counts.get(place, 0) + posts
    return [bar_at(place, size, counts.get(place, 0)) for place in range(begin, numbers[-1] // size + 1)]


def valid(month: str) -> bool:
    """Whether a month is one of the calendar."""
    return "0001" <= month[:4] <= "9998" and "01" <= month[5:7] <= "12"


def bar_at(place: int, size: int, posts: int) -> Bar:
    """Return the bar of `size` months at a place."""
    year, month = divmod(place * size, 12)
    last_year, last_month = divmod(place * size + size - 1, 12)
    first, last = date(year, month + 1, 1), end_of(date(last_year, last_month + 1, 1), whole_year=False)
    label = times.say_month(f"{year:04d}-{month + 1:02d}")
    if size == 3:
        label = words.say("span", first=words.MONTHS[month], last=f"{words.MONTHS[last_month]} {year}")
    return Bar(str(year) if size == 12 else label, first, last, posts)


def histogram(bars: Sequence[Bar], address: Callable[[Bar], str] | None, *, height: int = 110) -> Markup:
    """Return bars, each a link where there is an address for it."""
    if not bars:
        return Markup("")
    most = max(bar.posts for bar in bars) or 1
    parts = []
    for place, bar in enumerate(bars):
        if bar.posts:
            tall = max(round(bar.posts / most * height), 2)
            title = f"{bar.label}: {bar.posts:,}"
            shapes = (
                f'<title>{escape(title)}</title><path class="hit" d="M{place * 10} 0h10v{height}h-10z"/>'
                f'<path class="bar" d="M{place * 10 + 1} {height - tall}h8v{tall}h-8z"/>'
            )
            parts.append(
                f'<a href="{escape(address(bar))}" tabindex="-1">{shapes}</a>' if address else f"<g>{shapes}</g>"
            )
    columns = max(len(bars), LEAST_COLUMNS)
    return stretched(columns * 10, height, "".join(parts), axis([bar.first for bar in bars], height, columns))


def axis(firsts: Sequence[date], height: int, columns: int) -> str:
    """Return the line under a chart and up to seven years along it, placed in per cent to keep their size."""
    starts = [(place, day.year) for place, day in enumerate(firsts) if day.month == 1 or place == 0]
    every = max(1, -(-len(starts) // 7))
    marks, free = [], 104.0  # per cent; a year takes 12 of them on a phone
    for place, year in starts[-1::-every]:
        share = place / columns * 100
        if share > 92:  # the last year has no room to its right
            marks.append(f'<text x="100%" y="{height + 17}" text-anchor="end">{year}</text>')
            free = 91
        elif share + 12 <= free:  # a first year of a month or two gives way to the year after it
            marks.append(f'<text x="{share:.1f}%" y="{height + 17}">{year}</text>')
            free = share
    return f'<line class="axis" x1="0" x2="100%" y1="{height + 0.5}" y2="{height + 0.5}"/>' + "".join(marks)


def stretched(width: int, height: int, inside: str, below: str) -> Markup:
    """Return a drawing as wide as the page and of a fixed height, with an axis whose words are not stretched."""
    return Markup(  # noqa: S704 -- numbers, and text escaped where it was put in
        f'<svg class="chart fixed" height="{height + 24}" aria-hidden="true" focusable="false">'
        f'<svg viewBox="0 0 {width} {height}" preserveAspectRatio="none" width="100%" height="{height}">{inside}</svg>'
        f"{below}</svg>"
    )


def stacked(months: Sequence[str], series: Sequence[tuple[str, Mapping[str, int]]], *, height: int = 180) -> Markup:
    """Return columns of months, one class per series from the bottom up."""
    if not months:
        return Markup("")
    most = max(sum(counts.get(month, 0) for _, counts in series) for month in months) or 1
    base = dict.fromkeys(months, 0)
    parts = []
    for place, (_, counts) in enumerate(series[:SERIES]):
        shape = []
        for column, month in enumerate(months):
            below = round(base[month] / most * height)
            base[month] += counts.get(month, 0)
            tall = round(base[month] / most * height) - below
            if tall:
                shape.append(f"M{column * 10} {height - below}h9v-{tall}h-9z")
        parts.append(f'<path class="s{place}" d="{"".join(shape)}"/>')
    firsts = [date(int(month[:4]), int(month[5:7]), 1) for month in months]
    return stretched(len(months) * 10, height, "".join(parts), axis(firsts, height, len(months)))


def lines(months: Sequence[str], counts: Mapping[str, int], *, height: int = 40) -> Markup:
    """Return one small area chart."""
    if not months:
        return Markup("")
    most = max(counts.values(), default=0) or 1
    step = 240 / max(len(months) - 1, 1)
    points = "".join(
        f"L{place * step:.1f} {height - counts.get(month, 0) / most * height:.1f}" for place, month in enumerate(months)
    )
    return svg(240, height, f'<path class="area" d="M0 {height}{points}V{height}z"/>')


def heat(year: int, counts: Mapping[str, int], address: Callable[[str], str]) -> Markup:
    """Return a year as weeks across and weekdays down; each month is a link, the darker a day the more events."""
    offset = date(year, 1, 1).weekday()
    most = max(counts.values(), default=0) or 1
    parts = []
    for month in range(1, 13):
        first = date(year, month, 1)
        shapes: dict[int, list[str]] = {}
        for number in range(1, end_of(first, whole_year=False).day + 1):
            day = first.replace(day=number)
            place = day.timetuple().tm_yday - 1 + offset
            shapes.setdefault(grade(counts.get(str(day), 0), most), []).append(
                f"M{place // 7 * 13} {place % 7 * 13 + 14}h11v11h-11z"
            )
        name, x = words.MONTHS[month - 1], (first.timetuple().tm_yday - 1 + offset) // 7 * 13
        inside = "".join(f'<path class="h{level}" d="{"".join(shape)}"/>' for level, shape in sorted(shapes.items()))
        parts.append(
            f'<a href="{escape(address(f"{year:04d}-{month:02d}"))}" tabindex="-1"><title>{name}</title>'
            f'<text x="{x}" y="9">{name[:3]}</text>{inside}</a>'
        )
    return svg(692, 106, "".join(parts), "heat")


def grade(posts: int, most: int) -> int:
    """Return 0 for none, else 1 to 4 by the share of the busiest day."""
    return 0 if not posts else min(4, 1 + posts * 4 // (most + 1))


def strip(days: Sequence[str], states: Iterable[Mark]) -> Markup:
    """Return a row of days, each in the class of its state; runs of one state are one shape."""
    place = {day: number for number, day in enumerate(days)}
    filled = {place[mark.day]: mark.state for mark in states if mark.day in place}
    shapes: dict[str, list[str]] = {}
    start = 0
    for number in range(1, len(days) + 1):
        if number == len(days) or filled.get(number, "none") != filled.get(start, "none"):
            state = filled.get(start, "none")
            top = 4 if state == "quiet" else 0
            shapes.setdefault(state, []).append(f"M{start} {top}h{number - start}V9h-{number - start}z")
            start = number
    inside = "".join(f'<path class="day-{state}" d="{"".join(shape)}"/>' for state, shape in shapes.items())
    return Markup(  # noqa: S704 -- numbers, and states of the schema
        f'<svg class="chart strip" viewBox="0 0 {len(days)} 9" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false">{inside}</svg>'
    )


def svg(width: int, height: int, inside: str, look: str = "") -> Markup:
    """Return a drawing that scales with the page; `look` is a class of the style sheet."""
    return Markup(  # noqa: S704 -- numbers, and text escaped where it was put in
        f'<svg class="chart {look}" viewBox="0 0 {width} {height}" aria-hidden="true" focusable="false">{inside}</svg>'
    )
