"""What an edition holds: the database without the crawler's own memory, and its posts, events and ledger as files."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from scraper.store import deletion
from scraper.store.archive import Archive, connect_reader, open_archive

from . import cite, csv, export, records
from .about import PUBLISHER, counted

DATABASE = "archive.db"
# What the crawler remembers for itself; what its sources say may be more than a partner lets readers see.
EMPTIED = ("source_claims", "candidates", "hosts", "alarms", "removed_addresses", "fingerprints", "shingles", "notes")
COUNTS = "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM events)"
EVENTS = "SELECT id FROM events WHERE id > ? ORDER BY id LIMIT 500"
PARTNERS = """
SELECT r.title, r.home_url, (SELECT count(*) FROM posts p WHERE p.partner = r.slug) AS posts,
    (SELECT count(*) FROM events e WHERE e.partner = r.slug) AS events,
    (SELECT count(*) FROM posts p WHERE p.partner = r.slug AND p.earliest_on IS NULL) AS undated,
    (SELECT min(day) FROM coverage c WHERE c.partner = r.slug) AS since,
    (SELECT count(*) FROM coverage c WHERE c.partner = r.slug AND c.state IN ('checked', 'quiet')) AS seen,
    (SELECT count(*) FROM coverage c WHERE c.partner = r.slug AND c.state IN ('blind', 'blocked')) AS unseen
FROM partners r ORDER BY r.title, r.slug
"""
README = """# {title}

Made on {made_on}, data as of {as_of}: {counts}.

| file | what |
|---|---|
| `archive.db` | all of it as an SQLite database: `archive serve --db archive.db` shows it as the site does |
| `posts.jsonl` | every post with its text, one a line |
| `events.jsonl` | every event with the words that tell of it, one a line |
| `coverage.csv` | the ledger: what was checked on which day, and what could not be seen |
| `CITATION.cff`, `citation.bib` | how to cite it |

The captures it was read from (WARC) are not part of it; `captures` in the database has their digests.
What ends with `_at` is UTC, with `_on` a day in the partner's zone, with `_edtf` a date as fine as it is known
(ISO 8601-2); NULL is unknown.

## Partners

"Days unseen" are days on which the archive looked and could see nothing: they are no quiet days.

| partner | home | posts | undated | events | seen since | days seen | days unseen |
|---|---|---|---|---|---|---|---|
{partners}

## Is it whole?

The folder is a BagIt bag (RFC 8493): `sha256sum -c manifest-sha256.txt` in the folder above this one checks every file.

## Rights

Facts and the ledger may be reused with attribution. The texts belong to the partners who published them.
"""

Watch = Callable[[int, int | None], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """What an edition says about itself; `as_of` is the end of its last crawl, UTC, '' before the first."""

    name: str
    made_on: date
    as_of: str
    posts: int
    events: int

    @property
    def title(self) -> str:
        """The edition's title."""
        return f"{PUBLISHER}, edition {self.name}"

    @property
    def counts(self) -> str:
        """How much it holds."""
        return f"{counted(self.posts, 'post')}, {counted(self.events, 'event')}"

    @property
    def sentence(self) -> str:
        """All of it in a line."""
        return f"{self.title}: {self.counts}, data as of {self.as_of or 'unknown'}"


def write(db: Path, folder: Path, name: str, partners: Sequence[str], *, today: date, watch: Watch) -> Said:
    """Write everything into an empty folder, all from one state of the archive at `db`; `partners` none: all.

    Raises ConfigError for a partner that the archive does not hold.
    """
    copy = folder / DATABASE
    with closing(connect_reader(db)) as reader, closing(sqlite3.connect(copy)) as writer:
        records.require_partners(reader, partners)
        reader.backup(writer)
    with open_archive(copy, create=False) as archive:
        keep_partners(archive, partners)
        said = describe(archive.connection, name, today)
        write_files(archive.connection, folder, said, watch)
        empty(archive.connection)
    return said


def keep_partners(archive: Archive, partners: Sequence[str]) -> None:
    """Delete all partners but those named; none named: keep all."""
    leave = [slug for slug in records.partners(archive.connection) if partners and slug not in partners]
    for slug in leave:
        with archive.transaction() as connection:
            deletion.delete(connection, slug)
    if leave:
        archive.connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")


def describe(connection: sqlite3.Connection, name: str, today: date) -> Said:
    """Return what an edition of this database says about itself."""
    posts, events = connection.execute(COUNTS).fetchone()
    return Said(name=name, made_on=today, as_of=records.data_as_of(connection), posts=posts, events=events)


def write_files(connection: sqlite3.Connection, folder: Path, said: Said, watch: Watch) -> None:
    """Write everything but the database."""
    posts = export.records(connection, records.ids(connection))
    write_lines(folder / "posts.jsonl", followed(export.json_lines(posts), said.posts, watch))
    write_lines(folder / "events.jsonl", export.json_lines(every_event(connection)))
    write_lines(folder / "coverage.csv", ledger(connection))
    write_lines(folder / "README.md", [readme(connection, said)])
    write_lines(folder / "CITATION.cff", [yaml.safe_dump(citation(said), sort_keys=False, allow_unicode=True)])
    write_lines(folder / "citation.bib", [bibtex(said)])


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Write a text file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


def followed(lines: Iterator[str], total: int, watch: Watch) -> Iterator[str]:
    """Yield the lines and tell, after every hundred, how far they are."""
    for number, line in enumerate(lines, start=1):
        yield line
        if number % 100 == 0 or number == total:
            watch(number, total)


def every_event(connection: sqlite3.Connection) -> Iterator[records.Record]:
    """Yield every event, also those that only a calendar knows."""
    last = -1
    while found := [row[0] for row in connection.execute(EVENTS, [last])]:
        yield from records.read_events(connection, "e.id BETWEEN ? AND ? ORDER BY e.id", (found[0], found[-1]))
        last = found[-1]


def ledger(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the coverage ledger as CSV."""
    found = connection.execute("SELECT * FROM coverage ORDER BY partner, day")
    yield csv.row([column[0] for column in found.description])
    for row in found:
        yield csv.row([csv.cell(value) for value in row])


def readme(connection: sqlite3.Connection, said: Said) -> str:
    """Return the page that explains the edition."""
    lines = []
    for row in records.rows(connection, PARTNERS):
        names = ("title", "home_url", "posts", "undated", "events", "since", "seen", "unseen")
        lines.append(f"| {' | '.join(cell(row[name]) for name in names)} |")
    values: dict[str, Any] = {"title": said.title, "made_on": said.made_on, "as_of": said.as_of or "unknown"}
    return README.format(**values, counts=said.counts, partners="\n".join(lines))


def cell(value: object) -> str:
    """Return a value as a cell of a Markdown table; a bar or a bracket in a name changes nothing."""
    text = "" if value is None else f"{value:,}" if isinstance(value, int) else " ".join(str(value).split())
    return "".join(f"\\{c}" if c in "|[]<>`*_" else c for c in text) if not text.startswith("http") else text


def citation(said: Said) -> dict[str, Any]:
    """Return the edition in the Citation File Format (1.2.0)."""
    return {
        "cff-version": "1.2.0",
        "message": "Please cite this edition as below.",
        "type": "dataset",
        "title": said.title,
        "authors": [{"name": PUBLISHER}],
        "version": said.name,
        "date-released": said.made_on.isoformat(),
        "abstract": said.sentence,
    }


def bibtex(said: Said) -> str:
    """Return the edition as a BibTeX entry."""
    fields = {
        "title": f"{{{cite.tex(said.title)}}}",
        "author": f"{{{PUBLISHER}}}",
        "year": str(said.made_on.year),
        "date": said.made_on.isoformat(),
        "version": cite.tex(said.name),
        "note": cite.tex(f"{said.counts}, data as of {said.as_of or 'unknown'}"),
    }
    return cite.entry(f"regional-archive-{said.name}", fields)


def empty(connection: sqlite3.Connection) -> None:
    """Take the crawler's own memory out of the copy, and make it one file that needs no log."""
    connection.execute("PRAGMA foreign_keys=OFF")
    for table in EMPTIED:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 - constants of this file
    connection.execute("VACUUM")
    connection.execute("PRAGMA journal_mode=DELETE")
