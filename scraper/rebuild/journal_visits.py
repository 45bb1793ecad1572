"""What the journal tells of the visits to a partner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from scraper.store.archive import parse_instant
from scraper.store.journal import Entry


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalVisit:
    """One visit to a partner as the journal tells it; `end` None: it was cut short."""

    crawl: int | None
    at: datetime | None
    full: bool
    failures: tuple[Entry, ...]
    recipes: tuple[Entry, ...]
    end: datetime | None


def read_visits(entries: Iterable[Entry]) -> Iterator[JournalVisit]:
    """Yield the visits of a partner in order."""
    lines: list[Entry] = []
    for entry in entries:
        if entry["what"] == "visit" and lines:
            yield read_visit(lines)
            lines = []
        if entry["what"] == "visit" or lines:
            lines.append(entry)
    if lines:
        yield read_visit(lines)


def read_visit(lines: list[Entry]) -> JournalVisit:
    """Return the lines of one visit as a value."""
    ends = [entry["at"] for entry in lines if entry["what"] == "visit-end"]
    return JournalVisit(
        crawl=lines[0]["crawl"],
        at=parse_instant(lines[0]["at"]),
        full=lines[0]["full"],
        failures=tuple(entry for entry in lines if entry["what"] in ("failure", "robots-failure")),
        recipes=tuple(entry for entry in lines if entry["what"] == "recipe"),
        end=parse_instant(ends[-1]) if ends else None,
    )
