"""The database again, from captures and journal alone: every answer is taken as it was when it came."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from scraper import replay
from scraper.capture.writing import sync_folder
from scraper.check import check
from scraper.errors import ConfigError
from scraper.models import Partner
from scraper.replay import Exchanged
from scraper.rights.takedown import remember, restore
from scraper.store import families, removals
from scraper.store.archive import Archive, open_archive
from scraper.store.journal import Entry, Journal

from .journal_visits import JournalVisit, read_visits
from .replaying import replay_visit

Watch = Callable[[str, int], None]  # a partner, and how many of its answers are taken


@dataclass(slots=True)
class Report:
    """What a rebuild read, and what it could not place, one line each."""

    path: Path
    answers: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def rebuild(
    db: Path, known: Mapping[str, Partner], *, into: Path | None = None, watch: Watch = lambda slug, done: None
) -> Report:
    """Build the database of the captures beside `db` anew, check it, and put it in the place of the old one.

    `known` are the partners of the registry; one that is not among them is read as the journal has it. With `into` the
    new database stays there and the old one is not touched. Raises ConfigError when there are no captures.
    """
    captures = db.parent / "captures"
    if not captures.is_dir():
        raise ConfigError(f"no captures beside {db}; there is nothing to rebuild from")
    draft = into or db.with_name(f".{db.name}.rebuilding")
    if into is not None and into.exists():
        raise ConfigError(f"{into} exists; name a new file")
    delete(draft)
    report = Report(path=into or db)
    with open_archive(draft) as archive:
        archive.captures = captures
        archive.connection.execute("PRAGMA synchronous=OFF")  # a rebuild that is cut short is thrown away
        fill(archive, known, report, watch)
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sync(draft)
    found = check(draft, captures=captures)
    report.counts, report.faults = dict(found.counts), [*report.faults, *found.faults]
    if into is None:
        put_in_place(draft, db)
    return report


def delete(path: Path) -> None:
    """Delete a database and its log."""
    path.unlink(missing_ok=True)
    delete_log(path)


def delete_log(path: Path) -> None:
    """Delete the log of a database: left to another file of that name, it would be taken for that one's."""
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Wait until a file and its name are on the disk: nothing that `synchronous=OFF` wrote needs to be yet."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def put_in_place(draft: Path, db: Path) -> None:
    """Put the new database in the place of the old one, which is kept beside it; at no moment there is none."""
    if db.exists():
        keep(db, db.with_name(f"{db.name}.before-rebuild"))
    delete_log(db)
    delete_log(draft)
    draft.replace(db)
    sync_folder(db.parent)


def keep(db: Path, kept: Path) -> None:
    """Give the old database a second name, or a copy where its log is still read from or links are not known."""
    delete(kept)
    if is_in_one_file(db):
        with suppress(OSError):
            os.link(db, kept)
            return
    try:
        with closing(sqlite3.connect(db)) as old, closing(sqlite3.connect(kept)) as copy:
            old.backup(copy)
    except sqlite3.DatabaseError:  # a damaged file is a reason to rebuild
        shutil.copyfile(db, kept)
    sync(kept)


def is_in_one_file(db: Path) -> bool:
    """Bring the log of a database into its file; say whether all of it is there now, or nobody can."""
    try:
        with closing(sqlite3.connect(db)) as connection:
            return int(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]) == 0
    except sqlite3.DatabaseError:
        return True


def fill(archive: Archive, known: Mapping[str, Partner], report: Report, watch: Watch) -> None:
    """Write all that captures and journal tell."""
    restore_ledger(archive)
    for slug in replay.partners_of(archive.captures):
        partner = known.get(slug) or replay.known_partner(archive.captures, slug)
        if partner is None:
            report.faults.append(f"{slug}: neither in the registry nor in the journal; its captures are left alone")
        elif not removals.stands(archive.connection, slug, []):
            report.answers += replay_partner(archive, partner, watch)
    families.gather(archive)  # of visits that did not come to their end


def restore_ledger(archive: Archive) -> None:
    """Write the crawls and the removals as the journal tells them."""
    with archive.transaction() as connection:
        for entry in Journal(captures=archive.captures).entries():
            restore_entry(connection, entry)


def restore_entry(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write one line of the journal of the whole archive."""
    if entry["what"] == "crawl":
        values = [entry["id"], entry["started_at"], entry["partners"]]
        connection.execute("INSERT OR IGNORE INTO crawls (id, started_at, partners) VALUES (?, ?, ?)", values)
    elif entry["what"] == "crawl-end":
        values = [entry["finished_at"], entry["outcome"], entry["id"]]
        connection.execute("UPDATE crawls SET finished_at = ?, outcome = ? WHERE id = ?", values)
    elif entry["what"] == "removal":
        restore(connection, entry)
    elif entry["what"] == "erasing":
        remember(connection, entry["id"], entry["digests"])
    elif entry["what"] == "erased":
        connection.execute("UPDATE removals SET done_at = ? WHERE id = ?", [entry["at"], entry["id"]])
    elif entry["what"] == "lift":
        connection.execute("UPDATE removals SET lifted_at = ? WHERE id = ?", [entry["at"], entry["id"]])


def replay_partner(archive: Archive, partner: Partner, watch: Watch) -> int:
    """Take every answer of a partner again, visit by visit; return how many."""
    journal = Journal(captures=archive.captures, partner=partner.slug)
    visits = list(read_visits(journal.entries()))
    done = Counter[str]()
    answers = counted(replay.exchanges(archive.captures, partner.slug), done)
    for crawl, of_visit in groupby(answers, key=lambda one: one.purpose.crawl):
        replay_until(archive, partner, visits, crawl, of_visit)
        watch(partner.slug, done.total())
    for visit in visits:  # visits after the last answer, in which nothing came
        replay_visit(archive, partner, visit, iter(()))
    restore_pauses(archive, journal)
    return done.total()


def restore_pauses(archive: Archive, journal: Journal) -> None:
    """Leave alone again each host that asked for it, as long as the last of its pauses lasts."""
    with archive.transaction() as connection:
        connection.executemany(
            "INSERT INTO hosts (host, not_before) VALUES (:host, :until)"
            " ON CONFLICT (host) DO UPDATE SET not_before = excluded.not_before",
            [{name: entry[name] for name in ("host", "until")} for entry in journal.entries("hold")],
        )


def counted(answers: Iterable[Exchanged], done: Counter[str]) -> Iterator[Exchanged]:
    """Yield the answers and count them by their kind."""
    for one in answers:
        done[one.purpose.kind] += 1
        yield one


def replay_until(
    archive: Archive, partner: Partner, visits: list[JournalVisit], crawl: int | None, answers: Iterator[Exchanged]
) -> None:
    """Take the visits up to the one in which these answers came, and it too; `visits` loses them."""
    while any(visit.crawl == crawl for visit in visits):
        visit = visits.pop(0)
        if visit.crawl == crawl:
            replay_visit(archive, partner, visit, answers)
            return
        replay_visit(archive, partner, visit, iter(()))
    alone = JournalVisit(crawl=crawl, at=None, full=False, failures=(), recipes=(), end=None)
    replay_visit(archive, partner, alone, answers)
