"""The database file: what is refused and how, writers side by side, and migrations that lose nothing."""

import errno
import multiprocessing
import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlite_utils import Database

from scraper.cli import main
from scraper.errors import ConfigError, DiskFullError
from scraper.models import Partner
from scraper.store import archive as store
from scraper.store import ledger, partners
from scraper.store.archive import open_archive, open_reader

PARTNER = Partner(slug="p", title="P", home="http://h/", region="x", timezone="UTC", language="en")


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "archive.db"
    with open_archive(path) as archive, archive.transaction() as connection:
        partners.save_partner(connection, PARTNER)
    checkpoint(path)
    return path


def checkpoint(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def empty(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("these are no pages\n" * 50)


def foreign(path):
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()


def header(path):
    content = path.read_bytes()
    path.write_bytes(b"\xff" * 100 + content[100:])


def page(path):
    content = bytearray(path.read_bytes())
    content[4096 * 2 + 8 : 4096 * 3] = os.urandom(4088)
    path.write_bytes(content)


def cut(path):
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2 + 100])


def newer(path):
    database = Database(path)
    database["_sqlite_migrations"].insert({"migration_set": "archive", "name": "m999_later", "applied_at": "2030"})
    database.close()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (empty, "is empty"),
        (text, "is not an SQLite database"),
        (foreign, "another program"),
        (header, "is not an SQLite database"),
        (page, "is damaged"),
        (cut, "is damaged"),
        (newer, "newer release"),
    ],
)
def test_a_file_that_is_no_archive_is_refused_and_left_as_it_is(db, damage, words):
    damage(db)
    before = db.read_bytes()
    with pytest.raises(ConfigError, match=words) as caught:
        open_archive(db).close()
    assert "\n" not in str(caught.value)
    assert db.read_bytes() == before


@pytest.mark.parametrize("name", ["e#1.db", "f?mode=rwc.db", "g%41.db", "ä ö.db", "x&vfs=none.db"])
def test_a_reader_opens_the_file_of_that_name_and_makes_no_other(db, tmp_path, monkeypatch, name):
    shutil.copy(db, tmp_path / name)
    db.unlink()
    monkeypatch.chdir(tmp_path)
    for path in (tmp_path / name, Path(name)):
        with open_reader(path) as archive:
            assert archive.first("SELECT slug FROM partners")["slug"] == "p"
    assert {path.name.removesuffix("-shm").removesuffix("-wal") for path in tmp_path.iterdir()} <= {name, "archive.db"}


def test_a_folder_in_the_place_of_the_file(tmp_path):
    (tmp_path / "archive.db").mkdir()
    with pytest.raises(ConfigError):
        open_archive(tmp_path / "archive.db")


def test_a_reader_makes_nothing_and_writes_nothing(db, tmp_path):
    with pytest.raises(ConfigError, match="no archive"):
        open_reader(tmp_path / "other.db")
    assert not (tmp_path / "other.db").exists()
    with open_reader(db) as archive, pytest.raises(sqlite3.OperationalError, match="readonly|read-only"):
        archive.connection.execute("DELETE FROM partners")


def test_a_reader_of_an_older_file_says_who_brings_it_up_to_date(db, monkeypatch):
    monkeypatch.setattr(store.migrations, "_migrations", list(store.migrations._migrations))
    store.migrations()(lambda database: None)
    with pytest.raises(ConfigError, match="older release; `archive crawl`"):
        open_reader(db)
    with open_reader(db, older=True) as archive:
        assert archive.query("SELECT count(*) FROM posts")


def test_what_an_exception_interrupts_is_undone(db):
    with open_archive(db) as archive:
        with pytest.raises(KeyboardInterrupt), archive.transaction() as connection:
            connection.execute("DELETE FROM partners")
            raise KeyboardInterrupt
        assert archive.first("SELECT count(*) FROM partners")[0] == 1


def test_every_commit_is_on_the_disk(db):
    with open_archive(db) as archive:
        assert archive.first("PRAGMA synchronous")[0] == 2  # FULL: what was acknowledged survives a power loss
        assert archive.first("PRAGMA journal_mode")[0] == "wal"
        assert archive.first("PRAGMA foreign_keys")[0] == 1


def write(path, number, start):
    start.wait()
    with open_archive(path) as archive:
        for turn in range(200):
            with archive.transaction() as connection:
                known = connection.execute("SELECT count(*) FROM fetches").fetchone()[0]
                url = f"http://h/{number}/{turn}/{known}"
                ledger.save_fetch(
                    connection, crawl=None, partner="p", url=url, kind="page", at="2026-01-01T00:00:00Z", outcome="new"
                )


def test_eight_processes_write_two_hundred_transactions_each(db):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["scraper.store.archive", "scraper.store.ledger"])
    start = context.Event()
    writers = [context.Process(target=write, args=(db, number, start)) for number in range(8)]
    for writer in writers:
        writer.start()
    start.set()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 8
    with open_reader(db) as archive:
        counts = archive.first("SELECT count(*), count(DISTINCT substr(url, instr(url, '/'))) FROM fetches")
    assert tuple(counts) == (1600, 1600)


def test_a_migration_is_preceded_by_a_backup(db, monkeypatch):
    def m002_later(database):
        database.execute("CREATE TABLE later (x)")

    monkeypatch.setattr(store.migrations, "_migrations", list(store.migrations._migrations))
    store.migrations()(m002_later)
    with open_archive(db) as archive:
        assert archive.first("SELECT count(*) FROM later")[0] == 0
    backup = db.with_name("archive.db.before-m002_later")
    kept = sqlite3.connect(backup)
    assert kept.execute("SELECT slug FROM partners").fetchall() == [("p",)]
    assert kept.execute("PRAGMA application_id").fetchone()[0] == store.APPLICATION_ID
    kept.close()


def test_no_migration_without_room_for_its_backup(db, monkeypatch):
    monkeypatch.setattr(store.migrations, "_migrations", list(store.migrations._migrations))
    store.migrations()(lambda database: None)
    monkeypatch.setattr(store, "LEAST_FREE_BYTES", 1 << 60)
    with pytest.raises(DiskFullError, match="MB free"):
        open_archive(db)


def test_work_stops_before_the_disk_is_full(db, monkeypatch):
    store.require_room(db)
    monkeypatch.setattr(store, "LEAST_FREE_BYTES", shutil.disk_usage(db.parent).free * 2 + 1)
    with pytest.raises(DiskFullError, match="make room"):
        store.require_room(db)


def test_a_draft_of_a_crash_is_no_archive(tmp_path):
    (tmp_path / ".archive.db.1.new").write_bytes(b"half")
    with open_archive(tmp_path / "archive.db") as archive:
        assert archive.query("SELECT * FROM posts") == []


@pytest.mark.parametrize(
    ("error", "words", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "the disk is full", 3),
        (OSError(errno.EFBIG, "File too large"), "the disk is full", 3),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "the disk is full", 3),
        (sqlite3.OperationalError("database or disk is full"), "the disk is full", 3),
        (sqlite3.OperationalError("database is locked"), "another program held the database", 3),
        (sqlite3.OperationalError("disk I/O error"), "the disk cannot be written", 1),
        (sqlite3.OperationalError("no such table: x"), "OperationalError: no such table: x", 1),
    ],
)
def test_a_fault_of_the_disk_in_the_middle_is_one_line(error, words, code):
    line, exit_code = store.read_fault(error)
    assert line.startswith(words)
    assert exit_code == code


def test_a_transaction_that_fills_the_disk_says_so(db):
    with open_archive(db) as archive:
        archive.connection.execute("PRAGMA max_page_count = 1")  # not under what there is: no page more
        with pytest.raises(sqlite3.OperationalError, match="is full"), archive.transaction() as connection:
            connection.executemany("INSERT INTO notes VALUES (?, ?)", ((str(n), "x" * 1000) for n in range(1000)))
        with archive.transaction() as connection:
            connection.execute("UPDATE partners SET title = 'Q'")
    assert open_reader(db).first("SELECT title FROM partners")["title"] == "Q"


def test_a_command_that_meets_a_fault_of_the_disk_ends_with_one_line(db, monkeypatch):
    def fail(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(store.Archive, "query", fail)
    result = CliRunner().invoke(main, ["check", "--db", str(db)])
    assert result.exit_code == 3
    assert result.stderr.startswith("archive: the disk is full; ")
    assert len(result.stderr.splitlines()) == 1
