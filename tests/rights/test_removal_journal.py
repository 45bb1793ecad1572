"""A removal that cannot be committed is tried again, and the journal tells of one: a rebuild always agrees."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from warc_of_others import PARTNER, archive_of, page, response

from scraper import rights
from scraper.rebuild import rebuild
from scraper.store.archive import Archive, open_archive
from scraper.store.journal import Journal

KNOWN = {PARTNER.slug: PARTNER}
GATES, BRIDGE = "https://partner.example/news/lock-gates/", "https://partner.example/news/swing-bridge/"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An archive of two posts."""
    titles = {GATES: "The lock gates hang", BRIDGE: "Swing bridge shut until May"}
    pages = [response(url, page(title, f"{title} in the rain. " * 30)) for url, title in titles.items()]
    archive_of(tmp_path, pages).close()
    return tmp_path / "archive.db"


@contextmanager
def full_disk(archive: Archive) -> Iterator[None]:
    """Let no file grow past what the log of the database is now: the journal has room left, a commit has none."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    log = archive.path.with_name(f"{archive.path.name}-wal")
    with archive.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO notes VALUES ('test', zeroblob(100000))")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def fail(db: Path, url: str) -> None:
    """Ask for a takedown whose commit fails, after its line in the journal is written."""
    archive = open_archive(db)
    with full_disk(archive), pytest.raises(sqlite3.DatabaseError):
        rights.takedown(archive, rights.find(archive, url), "asked for")
    archive.close()


def state(archive: Archive) -> dict[str, list[tuple]]:
    """Return what stands of removals, and the posts that are shown."""
    queries = {
        "removals": "SELECT id, action, reason, digest, partner, lifted_at FROM removals ORDER BY id",
        "addresses": "SELECT digest, removal FROM removed_addresses ORDER BY 1, 2",
        "posts": "SELECT id, title FROM posts ORDER BY id",
    }
    return {name: [tuple(row) for row in archive.query(query)] for name, query in queries.items()}


def agrees(db: Path) -> dict[str, list[tuple]]:
    """Return the state of an archive, which a rebuild must not change."""
    with open_archive(db) as archive:
        before = state(archive)
    assert rebuild(db, KNOWN).faults == []
    with open_archive(db) as archive:
        assert state(archive) == before
    return before


def test_a_takedown_that_failed_is_tried_again_under_the_same_number(db: Path):
    fail(db, GATES)
    fail(db, GATES)
    assert [line["id"] for line in Journal(captures=db.parent / "captures").entries("removal")] == [1, 1]
    with open_archive(db) as archive:
        assert len(archive.query("SELECT id FROM posts")) == 2
        assert rights.takedown(archive, rights.find(archive, GATES), "asked for again") == 1
    found = agrees(db)
    assert [row[:3] for row in found["removals"]] == [(1, "takedown", "asked for again")]
    assert [row[1] for row in found["posts"]] == ["Swing bridge shut until May"]
    with open_archive(db) as archive:
        rights.lift(archive, rights.find(archive, GATES), PARTNER)
        assert rights.takedown(archive, rights.find(archive, GATES), "once more") == 2
    assert [row[0] for row in agrees(db)["removals"]] == [1, 2]


def test_a_takedown_that_failed_leaves_its_number_to_no_other(db: Path):
    fail(db, GATES)
    with open_archive(db) as archive:
        assert rights.takedown(archive, rights.find(archive, BRIDGE), "of another") == 2
        rights.takedown(archive, rights.find(archive, GATES), "asked for")
    assert [row[:2] for row in agrees(db)["removals"]] == [(1, "takedown"), (2, "takedown")]


def test_one_of_two_hidden_posts_is_put_back_after_a_rebuild(db: Path):
    with open_archive(db) as archive:
        for url in (GATES, BRIDGE):
            rights.takedown(archive, rights.find(archive, url), "asked for")
    agrees(db)
    with open_archive(db) as archive:
        rights.lift(archive, rights.find(archive, GATES), PARTNER)
    assert [row[1] for row in agrees(db)["posts"]] == ["The lock gates hang"]


def test_a_takedown_that_failed_is_done_by_a_rebuild(db: Path):
    fail(db, GATES)
    assert rebuild(db, KNOWN).faults == []
    assert [row[1] for row in agrees(db)["posts"]] == ["Swing bridge shut until May"]


def test_a_lifting_that_failed_is_tried_again(db: Path):
    with open_archive(db) as archive:
        rights.takedown(archive, rights.find(archive, GATES), "asked for")
    archive = open_archive(db)
    with full_disk(archive), pytest.raises(sqlite3.DatabaseError):
        rights.lift(archive, rights.find(archive, GATES), PARTNER)
    archive.close()
    with open_archive(db) as archive:
        assert len(archive.query("SELECT id FROM posts")) == 1
        rights.lift(archive, rights.find(archive, GATES), PARTNER)
    assert len(agrees(db)["posts"]) == 2


def test_a_step_that_fails_leaves_no_line(db: Path):
    with open_archive(db) as archive:
        archive.connection.execute(
            "CREATE TEMP TRIGGER held BEFORE DELETE ON posts BEGIN SELECT RAISE(ABORT, 'held'); END"
        )
        with pytest.raises(sqlite3.IntegrityError, match="held"):
            rights.takedown(archive, rights.find(archive, GATES), "asked for")
        assert list(Journal(captures=archive.captures).entries("removal")) == []


def test_a_partner_removed_twice_is_told_as_it_was(db: Path):
    for _ in range(2):
        with open_archive(db) as archive:
            rights.remove_partner(archive, PARTNER.slug, "terms ended")
            rights.readmit(archive, PARTNER.slug)
    agrees(db)
