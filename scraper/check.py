"""Verify an archive: the database, every capture, and that each says what the other does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scraper.capture import read_record
from scraper.capture.writing import payload_digest
from scraper.errors import ArchiveError
from scraper.publish import edition
from scraper.store import tallies
from scraper.store.archive import Archive, open_reader

Watch = Callable[[int, int], None]  # captures read, of how many
MOST_FAULTS = 50  # printed; the count goes on

COUNTS = ("partners", "posts", "events", "revisions", "captures", "fetches")

# Each query finds rows that must not exist; the words say what they are.
RULES = {
    "posts without a body row": "SELECT id FROM posts WHERE id NOT IN (SELECT post FROM bodies)",
    "posts without a first revision": "SELECT id FROM posts"
    " WHERE id NOT IN (SELECT post FROM revisions WHERE number = 1)",
    "posts whose revision number is not their last revision": "SELECT id FROM posts WHERE revision !="
    " (SELECT max(number) FROM revisions WHERE post = posts.id)",
    "posts without an address": "SELECT id FROM posts WHERE id NOT IN (SELECT post FROM addresses)",
    "posts missing from the search index": "SELECT id FROM posts WHERE id NOT IN (SELECT id FROM posts_fts_docsize)",
    "words in the search index without a post": "SELECT id FROM posts_fts_docsize"
    " WHERE id NOT IN (SELECT id FROM posts)",
    "families of another size than their posts, or without their origin": "SELECT id FROM families f WHERE size !="
    " (SELECT count(*) FROM posts WHERE family = f.id) OR size < 2 OR origin NOT IN"
    " (SELECT id FROM posts WHERE family = f.id)",
    "fingerprints in the index without a post": "SELECT DISTINCT post FROM shingles WHERE post NOT IN"
    " (SELECT post FROM fingerprints WHERE placed = 1)",
    "posts with more than one chosen date of a kind": "SELECT post FROM date_claims WHERE chosen AND post IS NOT NULL"
    " GROUP BY post, field HAVING count(*) > 1",
    "posts whose date is no chosen claim": "SELECT id FROM posts WHERE published_edtf IS NOT NULL AND NOT EXISTS"
    " (SELECT 1 FROM date_claims d WHERE d.post = posts.id AND d.field = 'published' AND d.chosen)",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """What a check counted and what it found wrong, one line each."""

    counts: dict[str, int]
    faults: tuple[str, ...]

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults


def check(db: Path, *, captures: Path | None = None, watch: Watch = lambda done, total: None) -> Report:
    """Verify the archive at `db`; `captures` where they do not lie beside it. Raises ConfigError when it is none."""
    with open_reader(db) as archive:
        archive.captures = captures or archive.captures
        counts = {name: int(archive.query(f"SELECT count(*) FROM {name}")[0][0]) for name in COUNTS}  # noqa: S608
        faults = [
            *check_database(archive),
            *check_rules(archive),
            *check_tallies(archive),
            *check_captures(archive, counts["captures"], watch),
        ]
    editions = edition.folders(db)
    counts["editions"] = len(editions)
    faults += [fault for path in editions for fault in edition.faults(path)]
    return Report(counts=counts, faults=tuple(faults[:MOST_FAULTS]))


def check_database(archive: Archive) -> list[str]:
    """Return what SQLite itself finds wrong: pages, foreign keys, the search index."""
    faults = [f"database: {row[0]}" for row in archive.query("PRAGMA integrity_check(10)") if row[0] != "ok"]
    broken = archive.query("PRAGMA foreign_key_check")
    return faults + [
        f"{row['table']} row {row['rowid']} points at a {row['parent']} that is not there" for row in broken
    ]


def check_rules(archive: Archive) -> list[str]:
    """Return the rules of the archive that rows break."""
    faults = []
    for words, query in RULES.items():
        rows = archive.query(query)
        if rows:
            faults.append(f"{len(rows)} {words}, the first {rows[0][0]}")
    return faults


def check_tallies(archive: Archive) -> list[str]:
    """Return where the tables that search counts from differ from the posts."""
    return [f"tallies: {words}" for words in tallies.disagreements(archive.connection)]


def check_captures(archive: Archive, total: int, watch: Watch) -> list[str]:
    """Return the captures that are missing, not whole, or not what their row says."""
    faults = []
    for done, row in enumerate(archive.connection.execute("SELECT * FROM captures ORDER BY warc, offset"), start=1):
        watch(done, total)
        try:
            record = read_record(archive.captures / row["warc"], row["offset"], row["length"])
        except ArchiveError as error:
            faults.append(str(error))
            continue
        if record.capture.url != row["url"] or record.capture.status != row["status"]:
            faults.append(f"capture {row['id']} is of {record.capture.url}, its row says {row['url']}")
        elif not record.revisit and payload_digest(record.raw) != row["digest"]:
            faults.append(f"capture {row['id']} of {row['url']} is not what was fetched: its digest differs")
    return faults
