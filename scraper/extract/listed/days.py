"""The days that a line names, with the year and month that stand above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scraper.normalise import dates
from scraper.normalise.dates import Found, Reading

MONTHS = (
    "jan(?:uary)?|feb(?:r?uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
WELSH = "ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr"
WEEKDAYS = "mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
NUMBER = r"\d{1,2}(?:st|nd|rd|th)?"
FEASTS = "christmas (?:eve|day)|boxing day|new year[’']s (?:eve|day)|good friday|easter (?:sunday|day|monday)"
FIGURE = re.compile(r"\d")
FEAST = ("hristmas", "oxing", "ew Year", "aster", "Good ")  # parts of the names of days that need no figure
DATED = re.compile(
    rf"\b{NUMBER}(?:\s+of)?[\s.-]{{0,2}}(?:{MONTHS}|{WELSH})\b|\b(?:{MONTHS})\.?,?\s{{0,2}}{NUMBER}\b(?![:.]\d\d)"
    rf"|\b\d{{1,2}}[./-]\d{{1,2}}[./-](?:\d{{4}}|\d\d)\b|\b(?:19|20)\d\d[-/]\d\d[-/]\d\d\b"
    rf"|\b{NUMBER}\s?(?:-|–|to|and|&)\s?{NUMBER}\s(?:{MONTHS})\b|\b(?:{FEASTS})\b",
    re.IGNORECASE,
)
ONE_DAY = rf"(?:(?:{WEEKDAYS})\.?,?\s)?(?:{NUMBER}\s(?:{MONTHS})|(?:{MONTHS})\.?\s{NUMBER})\b(?:,?\s20\d\d)?"
SERIES = re.compile(rf"{ONE_DAY}(?:(?:,|;|\s?/|\sand|,\sand|\s&)\s{{1,3}}{ONE_DAY}){{2,30}}", re.IGNORECASE)
ONE = re.compile(ONE_DAY, re.IGNORECASE)
LED = re.compile(  # "2nd - Christmas Fair", "Thu 26 Open Mic", "14"
    rf"\A(?:(?:{WEEKDAYS})\.?,?\s(?:the\s)?({NUMBER})\b|(\d{{1,2}}(?:st|nd|rd|th))\b|(\d{{1,2}})(?=\s*(?:\Z|[-–—:]\s)))",
    re.IGNORECASE,
)
YEAR = re.compile(
    r"(?<![\d/.£-])((?:19|20)\d\d)(?:\s?[/–—-]\s?((?:20)?\d\d)(?!\d|[/–-]\d)|\s(?:to|and)\s((?:20)\d\d))?(?!\d|[/.]\d)"
)
SAYS_YEAR = re.compile(r"\b(?:19|20)\d\d\b|\d[./-]\d{1,2}[./-]\d\d\b")
MONTH_ALONE = re.compile(rf"\b({MONTHS})\b\.?(?!\s?\d{{1,2}}\b(?!\d))(?:,?\s+((?:19|20)\d\d))?", re.IGNORECASE)
NAMED_DAY = re.compile(rf"\b({WEEKDAYS})\b", re.IGNORECASE)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NUMBERS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
FINE = frozenset(("day", "minute", "second", "weekend"))
OLDEST = 6  # years before the page was seen, for a weekday that fits none nearer
BEHIND = timedelta(days=90)
AHEAD = timedelta(days=275)


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What dates are read with; `years` are those that a heading, the title or the address prints."""

    languages: tuple[str, ...]
    day_first: bool
    anchor: date
    years: tuple[int, ...] = ()
    month: tuple[int, int | None] | None = None  # and its year, where the heading says it
    on: Reading | None = None  # the day over a table of hours


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A date in a line: what it means, and the characters that it stands in."""

    reading: Reading
    start: int
    end: int


def is_dated(words: str) -> bool:
    """Say whether a line can name a day."""
    if FIGURE.search(words) is None and not any(map(words.__contains__, FEAST)):
        return False
    return DATED.search(words) is not None


def years_in(words: str) -> tuple[int, ...]:
    """Return the years that a heading prints: '2026', '2026/27', '2026 to 2027'."""
    for found in YEAR.finditer(words):
        first = int(found[1])
        second = found[2] or found[3]
        last = first // 100 * 100 + int(second) if second and len(second) == len("27") else int(second or first)
        return (first, last) if last == first + 1 else (first,)
    return ()


def month_in(words: str) -> tuple[int, int | None] | None:
    """Return the month that a heading is about, and its year if it says so; None for several or none."""
    found = list(MONTH_ALONE.finditer(words))
    if len(found) != 1 or is_dated(words):
        return None
    return NUMBERS[found[0][1][:3].lower()], int(found[0][2]) if found[0][2] else None


def find_days(words: str, scene: Scene, last: date | None) -> list[Day]:
    """Return the days that a line names, in order; `last` is the day before it in the list."""
    if not is_dated(words):
        led = lead(words, scene, last)
        return [] if led is None else [led]
    series = SERIES.search(words)
    if series is None:
        return [day for day in found_in(words, scene, last) if day.start >= 0]
    days: list[Day] = []
    for one in ONE.finditer(words, series.start(), series.end()):
        for day in found_in(one.group(), scene, days[-1].reading.earliest_on if days else last):
            days.append(replace(day, start=one.start(), end=one.end()))
    return days


def lead(words: str, scene: Scene, last: date | None) -> Day | None:
    """Return the day of a line that begins with its number, under the heading of its month."""
    found = LED.match(words) if scene.month is not None else None
    if found is None or scene.month is None:
        return None
    number = int(re.sub(r"\D", "", found[1] or found[2] or found[3]))
    month, year = scene.month
    years = (year,) if year else scene.years
    on = settled(month, number, weekday_in(found.group()), replace(scene, years=years), last)
    return None if on is None else Day(reading=reading_of(on, found.group()), start=0, end=found.end())


def reading_of(on: date, quote: str) -> Reading:
    """Return the reading of a whole day."""
    said = on.isoformat()
    return Reading(
        start=said, end=said, precision="day", edtf=said, earliest_on=on, latest_on=on, conflict=None, quote=quote
    )


def found_in(words: str, scene: Scene, last: date | None) -> Iterator[Day]:
    """Yield the dates of day grade in a line, those without a year put into the year that fits."""
    for one in found_by(words, scene, scene.anchor):
        quote = one.reading.quote
        if not is_dated(quote):
            continue
        if one.reading.precision not in FINE:  # "April 1 - Spring flowers": the day is one, the season is none
            bare = DATED.search(words, one.start)
            if bare is not None and bare.end() < one.end:
                cut = found_in(words[: bare.end()], scene, last)
                yield from (day for day in cut if day.start == one.start)
            continue
        if SAYS_YEAR.search(quote):
            yield Day(reading=one.reading, start=one.start, end=one.end)
            continue
        first = one.reading.earliest_on or one.reading.latest_on
        on = first and settled(first.month, first.day, weekday_in(quote), scene, last)
        if on is None:
            continue
        again = next((other for other in found_by(words, scene, on) if other.start == one.start), None)
        if again is not None:
            yield Day(reading=again.reading, start=one.start, end=one.end)


def found_by(words: str, scene: Scene, anchor: date) -> Sequence[Found]:
    """Return the dates of a line read against an anchor."""
    return dates.find(words, anchor=anchor, languages=scene.languages, day_first=scene.day_first)


def weekday_in(words: str) -> int | None:
    """Return the weekday that a date names, Monday 0; None for none."""
    found = NAMED_DAY.search(words)
    return NAMES.index(found[1][:3].lower()) if found else None


def settled(month: int, number: int, weekday: int | None, scene: Scene, last: date | None) -> date | None:
    """Return the day that a date without a year means.

    The years above it first; of two, that in which the list goes on. With none the nearest that fits the weekday.
    """
    anchor = scene.anchor.year
    known = bool(scene.years)
    days = [on for year in scene.years or range(anchor - OLDEST, anchor + 3) if (on := day_of(year, month, number))]
    fitting = [on for on in days if weekday is None or on.weekday() == weekday]
    if not fitting:
        return nearest(days, last) if known else None
    if known:
        return nearest(fitting, last)
    near = [on for on in fitting if scene.anchor - BEHIND <= on <= scene.anchor + AHEAD]
    return min(near or fitting, key=lambda on: abs(on - scene.anchor))


def nearest(days: Sequence[date], last: date | None) -> date | None:
    """Return the first day that is not before the last of the list, else the first."""
    return next((on for on in days if last is not None and on >= last), days[0] if days else None)


def day_of(year: int, month: int, number: int) -> date | None:
    """Return a day, None where the calendar has none."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def year_of_most(words: Iterable[str]) -> int | None:
    """Return the year of most dates on a page that print one; None where none does or two are as frequent."""
    counted = Counter(
        int(year) for line in words if is_dated(line) for year in re.findall(r"\b((?:19|20)\d\d)\b", line)[:3]
    )
    ranked = counted.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]
