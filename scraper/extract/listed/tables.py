"""The entries of tables: rows with a date, grids of committees and months, calendars with a cell for each day."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from lxml.etree import _Element as Element

from scraper.normalise.dates import Reading

from ..event_labels import TIME, WHEN, WHERE
from .days import LED, NAMED_DAY, Day, Scene, day_of, is_dated, month_in, reading_of, settled, years_in
from .entries import Entry, beside
from .hours import BEGINS_TIMED
from .lines import Line, Section

MAX_ROWS = 400
MAX_CELL_LINES = 14
NAME = re.compile(
    r"\A(?:(?:name of )?(?:meeting|event|committee|group|body|board|council)(?: (?:name|title|type|body))?|title|name"
    r"|subject|topic|talk|description|activity|details|opposition|opponents?|service|walk|show|film|programme|exhibition"
    r"|type(?: of meeting)?|meeting/event)s?\W{0,2}\Z",
    re.IGNORECASE,
)
HOURS_TOO = re.compile(
    r"\A(?:ko|kick[- ]?off|start(?:s| time)?|begins|doors|meeting time|times?|hours?)\W{0,2}\Z", re.IGNORECASE
)
DAY_TOO = re.compile(r"\b(?:date|dates|day|when)\b", re.IGNORECASE)
OTHER_DAY = re.compile(
    r"\b(?:publi(?:shed|cation)|upload|updated?|posted|clos(?:es|ing)|deadline|recei(?:ved|pt)|review|adopted|due|expir"
    r"|approved|submi|by\b|elected|appointed|opens|start date of|issued|modified|created|added|amount|notice)",
    re.IGNORECASE,
)
END_DAY = re.compile(r"\A(?:ends?|end date|finish(?:es)?|to|until)\W{0,2}\Z", re.IGNORECASE)
NUMBERED = re.compile(r"\A\d{1,2}\Z")
ORDINAL = re.compile(r"(?:[A-Za-z]{3,9}\s)?(\d{1,2})(?:st|nd|rd|th)?(?=\s|\Z)")
MAX_MONTH = 20  # characters of a cell that is a month
NUMBERS = re.compile(r"(?<![\d:.])\d{1,2}(?![\d:.]|\s?[ap]m)")
LEAST_CELLS = 4  # of a calendar


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """A cell of a table and its lines."""

    lines: tuple[Line, ...]

    @property
    def words(self) -> str:
        """The cell on one line."""
        return " ".join(line.words for line in self.lines)


Row = Sequence[Cell]
Dated = tuple[int, Line, tuple[Day, str, str]]  # a cell's number, its line, and its day with the words beside it
Finder = Callable[[str, Scene, date | None], Sequence[Day]]


def tables_in(lines: Sequence[Line]) -> dict[Element, list[Row]]:
    """Return the tables of a page that hold data and no layout, each with its rows."""
    by_cell: dict[Element, list[Line]] = {}
    for line in lines:
        if line.cell is not None:
            by_cell.setdefault(line.cell, []).append(line)
    found: dict[Element, list[Row]] = {}
    for cell in by_cell:
        table = next(cell.iterancestors("table"), None)
        if table is not None and table not in found and is_data(table, by_cell):
            rows = (tuple(cells_of(row, by_cell)) for row in islice(table.iter("tr"), MAX_ROWS))
            found[table] = [row for row in rows if row]
    return found


def cells_of(row: Element, by_cell: Mapping[Element, Sequence[Line]]) -> Iterator[Cell]:
    """Yield the cells of a row."""
    for cell in row.iterchildren("td", "th"):
        yield Cell(lines=tuple(by_cell.get(cell, ())))


def is_data(table: Element, by_cell: Mapping[Element, Sequence[Line]]) -> bool:
    """Tell a table of data from one that lays out a page."""
    if table.find(".//table") is not None or table.find(".//h1") is not None:
        return False
    rows = sum(1 for _ in islice(table.iter("tr"), 3))
    return rows > 1 and all(len(by_cell.get(cell, ())) <= MAX_CELL_LINES for cell in islice(table.iter("td"), 60))


def entries_in(rows: Sequence[Row], scene: Scene, section: Section, find: Finder) -> list[Entry]:
    """Return the entries of a table by what it is; none for one that is no list of dates."""
    months = [month_in(cell.words) if len(cell.words) < MAX_MONTH else None for cell in rows[0]]
    if sum(month is not None for month in months) > 1:
        return list(grid(rows, months, scene, section))
    if sum(month_in(row[0].words) is not None and len(row[0].words) < MAX_MONTH for row in rows) > 1:
        turned = list(by_months(rows, scene, section))
        if turned:
            return turned
    if is_calendar(rows):
        return list(calendar(rows, scene, section))
    return list(by_rows(rows, scene, section, find))


def grid(
    rows: Sequence[Row], months: Sequence[tuple[int, int | None] | None], scene: Scene, section: Section
) -> Iterator[Entry]:
    """Yield the entries of a table with a row for each body and a column for each month."""
    for row in rows[1:]:
        last: date | None = None
        for cell, month in zip(row[1:], months[1:], strict=False):
            for number in NUMBERS.findall(cell.words) if month else ():
                years = (month[1],) if month and month[1] else scene.years
                on = month and settled(month[0], int(number), None, replace(scene, years=years), last)
                if on:
                    last = on
                    yield Entry(reading=reading_of(on, number), section=section, name=row[0].words)


def by_months(rows: Sequence[Row], scene: Scene, section: Section) -> Iterator[Entry]:
    """Yield the entries of a table with a row for each month and a column for each body: 'January | 11th | 18th'."""
    head = [cell.words for cell in rows[0]]
    last: date | None = None
    for row in rows[1:]:
        month = month_in(row[0].words)
        for at, cell in enumerate(row[1:], 1):
            found = ORDINAL.match(cell.words) if month else None
            years = (month[1],) if month and month[1] else scene.years
            on = settled(month[0], int(found[1]), None, replace(scene, years=years), last) if month and found else None
            if on and found:
                last = on.replace(day=1)
                yield Entry(
                    reading=reading_of(on, cell.words),
                    section=section,
                    name=label_of(head, at),
                    after=cell.words[found.end() :],
                )


def is_calendar(rows: Sequence[Row]) -> bool:
    """Tell a calendar: cells that begin with the number of a day."""
    numbered = [cell for row in rows for cell in row if cell.lines and NUMBERED.match(cell.lines[0].words)]
    days = sum(1 for cell in rows[0] if NAMED_DAY.match(cell.words))
    return len(numbered) >= LEAST_CELLS and (days >= len("weekdays") - 3 or any(len(one.lines) > 1 for one in numbered))


def calendar(rows: Sequence[Row], scene: Scene, section: Section) -> Iterator[Entry]:
    """Yield the entries of a calendar's days; a smaller number than the last is of the next month, and left out."""
    if scene.month is None:
        return
    month, year = scene.month
    last = 0
    for cell in (cell for row in rows for cell in row if cell.lines):
        if not NUMBERED.match(cell.lines[0].words):
            continue
        number = int(cell.lines[0].words)
        on = day_of(year or (scene.years or (scene.anchor.year,))[0], month, number)
        if on is None or number <= last:
            continue
        last = number
        for line in cell.lines[1:]:
            yield Entry(reading=reading_of(on, str(number)), section=section, after=f" {line.words}")


def by_rows(rows: Sequence[Row], scene: Scene, section: Section, find: Finder) -> Iterator[Entry]:
    """Yield the entries of rows with a date; a row of one cell without one is a heading of those below it."""
    head: Sequence[str] = ()
    last: date | None = None
    for row in rows:
        filled = [cell for cell in row if cell.lines]
        if not any(is_dated(cell.words) or (scene.month and LED.match(cell.words)) for cell in row):
            if scene.on is not None and len(filled) > 1 and BEGINS_TIMED.fullmatch(row[0].words):
                others = tuple(line for cell in row[1:] for line in cell.lines)
                yield Entry(reading=scene.on, section=section, hours=clock(row[0].words), others=others)
                continue
            if len(filled) == 1 or (filled and not head and len({cell.words for cell in filled}) == 1):
                scene, section = under(scene, section, filled[0].words)
            elif filled and not head:
                head = [cell.words for cell in row]
            continue
        for entry in row_entries(row, head, replace(scene, month=scene.month), section, find, last):
            last = entry.reading.earliest_on or last
            yield entry


def clock(words: str) -> str:
    """Return an hour with a colon: "10.00" stands alone in its cell."""
    return re.sub(r"\A(\d{1,2})\.(\d\d)\b", r"\1:\2", words)


def under(scene: Scene, section: Section, words: str) -> tuple[Scene, Section]:
    """Return the scene and section below a heading within a table."""
    years, month = years_in(words), month_in(words)
    scene = replace(scene, years=years or scene.years, month=month or scene.month)
    kept = section.headings[:-1] if section.ranks and section.ranks[-1] > 100 else section.headings
    ranks = section.ranks[: len(kept)]
    return scene, Section(headings=(*kept, words), ranks=(*ranks, 101), lines=section.lines)


def row_entries(
    row: Row, head: Sequence[str], scene: Scene, section: Section, find: Finder, last: date | None
) -> Iterator[Entry]:
    """Yield the entries of a row: of its first cell with a date, or of each where their columns name what is held."""
    found = list(dated_cells(row, head, scene, find, last))
    if not found:
        return
    several = len(found) > 1 and are_apart(found, row, head)
    labels = [label_of(head, number) for number in range(len(row))]
    place = next((row[at].words for at, name in enumerate(labels) if WHERE.match(name)), "")
    hours = next((row[at].words for at, name in enumerate(labels) if TIME.match(name) or HOURS_TOO.match(name)), "")
    name = next((row[at].words for at, said in enumerate(labels) if NAME.match(said) and at != found[0][0]), "")
    ended = next((day.reading for at, _, (day, *_) in found[1:] if END_DAY.match(labels[at])), None)
    for number, line, (day, before, after) in found if several else found[:1]:
        beside = [cell for at, cell in enumerate(row) if at not in {one for one, *_ in found} or at == number]
        others = tuple(one for cell in beside for one in cell.lines if one is not line) if not several else ()
        yield Entry(
            reading=until(day.reading, ended) if ended else day.reading,
            section=section,
            before=before,
            after=after,
            others=tuple(one for one in others if one.words not in (place, hours, name)),
            name=label_of(head, number) if several else name,
            place=place if len(place) > 2 else "",
            hours=hours,
        )


def are_apart(found: Sequence[Dated], row: Row, head: Sequence[str]) -> bool:
    """Say whether each date of a row is one of its own: under a column that names what is held, or all the row is."""
    if head:
        named = [label_of(head, number) for number, *_ in found]
        return all(name and not WHEN.match(name) and not DAY_TOO.search(name) for name in named)
    return len(found) == sum(bool(cell.lines) for cell in row)


def dated_cells(row: Row, head: Sequence[str], scene: Scene, find: Finder, last: date | None) -> Iterator[Dated]:
    """Yield the cells of a row with a date that its column allows: number, line, day and the words beside it."""
    for number, cell in enumerate(row):
        if OTHER_DAY.search(label_of(head, number)):
            continue
        days = ((line, find(line.words, scene, last)) for line in cell.lines)
        first = next(((line, beside(line.words, found)) for line, found in days if found), None)
        if first is not None:
            yield number, *first


def label_of(head: Sequence[str], number: int) -> str:
    """Return the words over a column, '' for none."""
    return head[number] if number < len(head) else ""


def until(first: Reading, last: Reading) -> Reading:
    """Return the stretch from one day to another."""
    if last.start is None or first.start is None or last.start <= first.start:
        return first
    return replace(first, end=last.end, edtf=f"{first.edtf}/{last.edtf}", latest_on=last.latest_on)
