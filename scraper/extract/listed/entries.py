"""The entries of lists, cards and programmes: a date, and the lines that stand with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lxml.etree import _Element as Element

from scraper.normalise.dates import Reading

from .days import Day
from .lines import Line, Section

MAX_ITEM = 25  # lines
MAX_TAIL = 6
MAX_TAIL_WORDS = 120  # characters of a line that belongs to the date over it
MAX_ENTRY = 260  # characters of a line with a date; a longer one is prose
FEW_WORDS = 3
MOST_IN_PROSE = 2  # days of a sentence; more are a list
MAX_PLAIN = 60
STOP = re.compile(r"\w\w[.!?]\s+[A-Z]")
MAX_BEFORE = 12  # words before the date of a line that is none
OTHER_DAY = re.compile(  # what stands beside a date that is none of what is held
    r"\b(?:closing dates?|deadlines?|clos(?:es|ed|ing) (?:on|at)|no later than|due by|expires?|valid (?:until|from)"
    r"|posted|uploaded|published|last (?:updated|modified|revised|reviewed|checked)|updated|modified|reviewed|revised"
    r"|appointed|adopted|elected|founded|established|opened by|interviews|applications?|submi(?:t|ssions?|tted)"
    r"|nominations?|copyright|©|received|since|effective|version|launched|extended|born|died|hired|expire at"
    r"|(?:register|book(?:ing)?|apply|reply|rsvp|respond|return(?:ed)?)\W(?:\w+\s)?(?:by|before))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One date of a list: the words before and after it in its line, and the other lines that belong to it.

    `name`, `place` and `hours` are what a column of their own says, '' for none.
    """

    reading: Reading
    section: Section
    before: str = ""
    after: str = ""
    others: tuple[Line, ...] = ()
    name: str = ""
    place: str = ""
    hours: str = ""

    @property
    def words(self) -> str:
        """All words of the entry."""
        beside = (line.words for line in self.others)
        said = (self.name, self.before, self.reading.quote, self.after, self.hours, *beside, self.place)
        return " ".join(" ".join(said).split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Spread:
    """Which lines an element holds, and on which days."""

    lines: Mapping[Element, tuple[int, int]]
    days: Mapping[Element, frozenset[date | None]]


def spread_of(lines: Sequence[Line], dated: Mapping[int, Sequence[Day]]) -> Spread:
    """Return for each block of a page the lines in it, the first and the last, and the days in these."""
    held: dict[Element, tuple[int, int]] = {}
    days: dict[Element, frozenset[date | None]] = {}
    for line in lines:
        on = frozenset(day.reading.earliest_on or day.reading.latest_on for day in dated.get(line.number, ()))
        for up in (line.element, *line.element.iterancestors()):
            held[up] = (held.get(up, (line.number, 0))[0], line.number)
            if on:
                days[up] = days.get(up, frozenset()) | on
    return Spread(lines=held, days=days)


def entries_in(
    section: Section, lines: Sequence[Line], dated: Mapping[int, Sequence[Day]], spread: Spread
) -> Iterator[Entry]:
    """Yield the entries of a section's lines; lines in tables that are read by rows are not in `dated`."""
    done = -1
    for line in section.lines:
        days = dated.get(line.number, ())
        if not days or line.number <= done:
            continue
        if is_series(line, days):
            yield from series(line, days, section)
            continue
        first, last = item_of(line, spread)
        if any(is_series(lines[number], dated.get(number, ())) for number in range(first, last + 1)):
            first = last = line.number
        head = best(lines[first : last + 1], dated)
        done = last
        yield entry_of(head, days_of(head, dated), lines, (first, last), dated, section)


def is_series(line: Line, days: Sequence[Day]) -> bool:
    """Say whether a line names one day after the other: three, or two and nothing else."""
    if len(days) != MOST_IN_PROSE:
        return len(days) > MOST_IN_PROSE
    around = line.words[: days[0].start] + line.words[days[0].end : days[1].start] + line.words[days[1].end :]
    return not around.replace("and", "").strip(" ,;/|&•")


def is_prose(words: str, days: Sequence[Day]) -> bool:
    """Say whether a line tells its date in a sentence; such are read elsewhere."""
    if len(days) > MOST_IN_PROSE:
        return False
    before = words[: days[0].start]
    told = len(before.split()) > FEW_WORDS and words.endswith((".", ";")) and len(words) > MAX_PLAIN
    return told or len(before.split()) > MAX_BEFORE or bool(STOP.search(before))


def best(item: Sequence[Line], dated: Mapping[int, Sequence[Day]]) -> Line:
    """Return the line of an item that says its date best: to the minute, else the first."""
    with_days = [line for line in item if line.number in dated]
    timed = (line for line in with_days if dated[line.number][0].reading.precision in ("minute", "second"))
    return next(timed, with_days[0])


def days_of(line: Line, dated: Mapping[int, Sequence[Day]]) -> Sequence[Day]:
    """Return the days of a line."""
    return dated[line.number]


def item_of(line: Line, spread: Spread) -> tuple[int, int]:
    """Return the first and last line of the widest block around a date that names no other day."""
    found = (line.number, line.number)
    for up in (line.element, *line.element.iterancestors()):
        first, last = spread.lines[up]
        if len(spread.days[up]) > 1 or last - first >= MAX_ITEM or up.tag == "body":
            break
        found = (first, last)
    return found


def entry_of(
    line: Line,
    days: Sequence[Day],
    lines: Sequence[Line],
    item: tuple[int, int],
    dated: Mapping[int, Sequence[Day]],
    section: Section,
) -> Entry:
    """Return the entry of one date; a date that stands alone takes the lines under it."""
    first, last = item
    day, before, after = beside(line.words, days)
    others = [other for other in lines[first : last + 1] if other.number not in dated]
    if not others and (line.rank or not any(map(str.isalpha, before + after))):
        others = list(tail_of(lines, line, last + 1, dated))
    return Entry(reading=day.reading, section=section, before=before, after=after, others=tuple(others))


def beside(words: str, days: Sequence[Day]) -> tuple[Day, str, str]:
    """Return the first date of a line that is no stamp or deadline, and the words before and after it."""
    bounds = [0, *(day.end for day in days)]
    number = next((at for at, day in enumerate(days) if not OTHER_DAY.search(words[bounds[at] : day.start])), 0)
    day, later = days[number], days[number + 1 :]
    after = OTHER_DAY.sub("", words[day.end : later[0].start]) if later else words[day.end :]
    return day, words[bounds[number] : day.start], after


def tail_of(lines: Sequence[Line], head: Line, start: int, dated: Mapping[int, Sequence[Day]]) -> Iterator[Line]:
    """Yield the short lines after a date that stands alone, up to the next date or heading.

    Of dates that stand in one block, a line each, the last takes no more than the others do.
    """
    before = lines[head.number - 1] if head.number else head
    listed = before.number in dated and before.element is head.element
    for line in lines[start : start + MAX_TAIL]:
        if listed and line.element is not head.element:
            return
        if line.number in dated or line.rank or len(line.words) > MAX_TAIL_WORDS or line.cell is not None:
            return
        yield line


def series(line: Line, days: Sequence[Day], section: Section) -> Iterator[Entry]:
    """Yield the entries of a line that names one day after the other; what else it says is said of each."""
    around = line.words[: days[0].start], line.words[days[-1].end :]
    close = all(later.start - day.end <= len(", and ") for day, later in pairwise(days))
    for number, day in enumerate(days):
        if close:
            yield Entry(reading=day.reading, section=section, hours=" ".join(around))
        else:
            end = days[number + 1].start if number + 1 < len(days) else None
            before = around[0] if number == 0 else ""
            yield Entry(reading=day.reading, section=section, before=before, after=line.words[day.end : end])
