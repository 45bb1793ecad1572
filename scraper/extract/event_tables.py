"""Events in the rows of a table whose head names them: Date, Time, Venue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice

from lxml.etree import _Element as Element

from scraper.models import Event
from scraper.normalise import text

from .document import Document, words
from .event_labels import TIME, WHEN, WHERE, read_span
from .events import build, held_at

MAX_TABLES = 20
MAX_ROWS = 60
MAX_CELL = 300  # characters


def read_tables(
    page: Document, *, zone: str, title: str, language: str, anchor: date, order: Callable[[], bool]
) -> tuple[Event, ...]:
    """Return the events of the first table with a column of dates and one of times, each once.

    `order` is asked whether the page's figures are day first.
    """
    for table in islice(page.tree.iter("table"), MAX_TABLES):
        rows = [list(cells(row)) for row in islice(table.iter("tr"), MAX_ROWS)]
        columns = [column(rows[0], label) for label in (WHEN, TIME, WHERE)] if rows else []
        if columns and columns[0] is not None and columns[1] is not None:
            read = partial(read_row, zone=zone, title=title, language=language, anchor=anchor, day_first=order())
            found = (read(row, columns) for row in rows[1:])
            return tuple(dict.fromkeys(event for event in found if event is not None))
    return ()


def cells(row: Element) -> Iterator[str]:
    """Yield the words of a row's cells."""
    for cell in row.iterchildren("th", "td"):
        yield words(cell)[:MAX_CELL]


def column(head: Sequence[str], label: re.Pattern[str]) -> int | None:
    """Return the number of the column with this label, None where there is none."""
    return next((number for number, name in enumerate(head) if label.match(name)), None)


def read_row(
    row: Sequence[str],
    columns: Sequence[int | None],
    *,
    zone: str,
    title: str,
    language: str,
    anchor: date,
    day_first: bool,
) -> Event | None:
    """Return the event of a row, None for one without a date."""
    when, hours, where = (row[number] if number is not None and number < len(row) else "" for number in columns)
    span = read_span(when, hours, zone, language, anchor, day_first=day_first) if when else None
    if span is None:
        return None
    event = held_at(build(span, title=title, found_in="visible", zone=zone), where)
    return replace(event, evidence=text.line(" ".join(row), limit=500))
