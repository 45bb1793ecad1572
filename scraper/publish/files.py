"""Posts or their events as a file of a named format, piece by piece."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence

from . import atom, cite, csv, ics, jsonl
from .about import About
from .records import Record, all_events, all_posts

WRITERS: dict[str, Callable[[Iterable[Record], About], Iterator[str]]] = {
    "atom": atom.write,
    "bibtex": cite.bibtex,
    "csl": cite.csl,
    "csv": csv.write,
    "jsonl": jsonl.write,
    "ris": cite.ris,
}


def write(
    form: str, connection: sqlite3.Connection, chunks: Iterable[Sequence[int]], about: About, base: str
) -> Iterator[str]:
    """Yield the pieces of a file of the posts of `chunks` of ids; "ics" holds the events that these posts tell of."""
    if form == "ics":
        return ics.write(all_events(connection, chunks, base), about)
    return WRITERS[form](all_posts(connection, chunks, base), about)
