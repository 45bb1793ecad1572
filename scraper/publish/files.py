"""Posts or their events as a file, piece by piece; a format is named by what its files end with."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from . import atom, cite, csv, ics, jsonl
from .about import About
from .records import Record, all_events, all_posts

WRITERS: dict[str, Callable[[Iterable[Record], About], Iterator[str]]] = {
    "atom": atom.write,
    "bib": cite.bibtex,
    "csl.json": cite.csl,
    "csv": csv.write,
    "jsonl": jsonl.write,
    "ris": cite.ris,
}
CONTENT_TYPES = {
    "atom": "application/atom+xml; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "jsonl": "application/x-ndjson; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "ris": "application/x-research-info-systems; charset=utf-8",
    "csl.json": "application/vnd.citationstyles.csl+json; charset=utf-8",
}


def write(
    form: str, connection: sqlite3.Connection, chunks: Iterable[Sequence[int]], about: About, base: str
) -> Iterator[str]:
    """Yield the pieces of a file of the posts of `chunks` of ids; "ics" holds the events that these posts tell of."""
    if form == "ics":
        return ics.write(all_events(connection, chunks, base), about)
    return WRITERS[form](all_posts(connection, chunks, base), about)


def put(pieces: Iterable[str], path: Path) -> None:
    """Write a file whole or not at all: what stood at `path` stays until the last piece is written.

    What is no plain file, such as a pipe, is written as it comes.
    """
    target = path.resolve()
    if target.exists() and not target.is_file():
        with target.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        return
    draft = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with draft.open("w", encoding="utf-8") as file:
            file.writelines(pieces)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
