"""Posts as CSV (RFC 4180) that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from .about import About, plain
from .records import POST_COLUMNS, Record

ABOUT_COLUMNS = ("search", "search_count", "data_as_of")
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


def write(records: Iterable[Record], about: About, columns: Sequence[str] = POST_COLUMNS) -> Iterator[str]:
    """Yield the file line by line; the search, its count and the data's date stand in the last three columns."""
    yield row([*columns, *ABOUT_COLUMNS])
    count = str(about.count) if about.exact else f"about {about.count}"
    for record in records:
        yield row([*(cell(record[name]) for name in columns), cell(about.query), count, about.as_of])


def cell(value: object) -> str:
    """Return a value as a cell: lists joined by '; ', a quote before what a spreadsheet would run."""
    if isinstance(value, list):
        value = "; ".join(plain(item) for item in value)
    text = plain(value)
    return f"'{text}" if isinstance(value, str) and is_formula(text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run a text, or take it for a formula."""
    return text.lstrip(" ").startswith(FORMULA_STARTS)


def row(cells: Sequence[str]) -> str:
    """Return one line."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
