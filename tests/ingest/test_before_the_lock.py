"""Captures are read before the database is locked: an earlier page to compare with, and all that a lifting looks through."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from warc_of_others import PARTNER, archive_of, page, response

from scraper import ingest, rights
from scraper.capture import read_record
from scraper.importing import import_files
from scraper.models import Capture
from scraper.store.archive import Archive, Row

URL = "https://partner.example/news/lock-gates/"
WORDS = "Divers hang the gates of the old lock, and the canal opens a week later. " * 12
KNOWN = {PARTNER.slug: PARTNER}
WATCHED: list[tuple[Archive, list[str]]] = []


def note_opening(event: str, values: tuple) -> None:
    """Note each WARC file that is opened to be read while a watched archive is locked."""
    if event == "open" and WATCHED and str(values[0]).endswith(".warc.gz") and str(values[1]).startswith("r"):
        archive, opened = WATCHED[-1]
        if archive.connection.in_transaction:
            opened.append(Path(values[0]).name)


sys.addaudithook(note_opening)


@contextmanager
def opened_while_locked(archive: Archive) -> Iterator[list[str]]:
    """Yield the list of what is opened while the archive is locked."""
    WATCHED.append((archive, []))
    try:
        yield WATCHED[-1][1]
    finally:
        WATCHED.pop()


def change(archive: Archive, sql: str) -> None:
    """Change posts by hand, and the search index with them."""
    archive.connection.execute(sql)
    archive.connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")


def taken(folder: Path, body: str, *, day: int) -> Path:
    """Return a file with the page as it was on a day."""
    file = folder / f"theirs-{day}.warc"
    file.write_bytes(response(URL, body, at=f"2026-03-{day}T10:00:00Z"))
    return file


# what was stored of the first page, what the second page says → its outcome
STORED = [
    ("", page("New lock gates", WORDS), "unchanged"),
    ("UPDATE posts SET extractor = '0/generic', title = 'As it was read then'", page("New lock gates", WORDS), "unchanged"),
    ("UPDATE posts SET extractor = '0/generic'", page("New lock gates at last", WORDS), "changed"),
    ("", page("New lock gates", WORDS).replace("article>", "section>").replace("lock,", "dock,"), "changed"),
    ("", page("New lock gates", WORDS).replace("article:published_time", "x"), "unchanged"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "body", "word"), STORED)
def test_no_capture_is_opened_in_the_transaction_of_a_page(tmp_path: Path, before: str, body: str, word: str):
    with archive_of(tmp_path, [response(URL, page("New lock gates", WORDS))]) as archive:
        if before:
            change(archive, before)
        with opened_while_locked(archive) as opened:
            import_files(archive, KNOWN, [taken(tmp_path, body, day=22)])
        assert opened == []
        outcome = archive.first("SELECT outcome FROM fetches WHERE kind = 'page' ORDER BY id DESC LIMIT 1")["outcome"]
        published = archive.first("SELECT published_edtf FROM posts")[0]
    assert (outcome, published) == (word, "2026-03-20T09:30:00Z")


def capture_of(archive: Archive, row: Row, body: str) -> Capture:
    """Return the last capture of a post as if another page had come."""
    place = archive.first("SELECT * FROM captures WHERE id = ?", [row["capture"]])
    found = read_record(archive.captures / place["warc"], place["offset"], place["length"]).capture
    return replace(found, body=body.encode(), requested_url=URL, id=row["capture"])


@pytest.mark.parametrize("changed_since", [False, True])
def test_what_was_foreseen_counts_while_the_post_is_as_it_was(tmp_path: Path, changed_since: bool):
    with archive_of(tmp_path, [response(URL, page("New lock gates", WORDS))]) as archive:
        change(archive, "UPDATE posts SET extractor = '0/generic', title = 'As it was read then'")
        row = archive.first("SELECT * FROM posts")
        capture = capture_of(archive, row, page("New lock gates", WORDS))
        reading = ingest.read_page(archive, PARTNER, capture)
        foreseen = ingest.foresee(archive, PARTNER, capture, reading)
        if changed_since:
            change(archive, "UPDATE posts SET title = 'As it was read later'")
        shutil.rmtree(archive.captures)  # what was not read by now is not there
        with archive.transaction() as connection:
            outcome = ingest.ingest_page(archive, connection, PARTNER, capture, reading=reading, foreseen=foreseen)
    assert outcome.word == ("changed" if changed_since else "unchanged")


def test_a_lifting_looks_through_the_captures_before_it_locks(tmp_path: Path):
    with archive_of(tmp_path, [response(URL, page("New lock gates", WORDS))]) as archive:
        for number in range(3):  # each in a file of its own
            other = tmp_path / f"other-{number}.warc"
            other.write_bytes(response(f"https://partner.example/news/{number}/", page(f"Of lock {number}", WORDS)))
            import_files(archive, KNOWN, [other])
        rights.takedown(archive, rights.find(archive, URL), "asked for")
        with opened_while_locked(archive) as opened:
            assert rights.lift(archive, rights.find(archive, URL), PARTNER) == 1
        assert len(opened) == 1
        place = archive.first("SELECT warc FROM captures WHERE url = ?", [URL])["warc"]
        assert place.endswith(opened[0])
        assert archive.first("SELECT title FROM posts WHERE url = ?", [URL])["title"] == "New lock gates"
