"""Captures and journals written anew without an erased post, those of other partners that name it too."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from scraper import replay
from scraper.capture import Record, records
from scraper.capture.rewriting import Change, Rewriting, is_touched, rewrite
from scraper.store.archive import Archive
from scraper.store.journal import Entry, Journal

from ..finding import Target
from ..redact import Marks, redact
from ..takedown import is_of
from .words import Needles, Pattern, holds

UNLINK = "unlink:"  # notes with this prefix name files that are written anew and still to be deleted

Watch = Callable[[str, int, int], None]  # what is under way, how many of how many
Decide = Callable[[Record], Change | None]


@dataclass(slots=True)
class Cuts:
    """What the rewriting did: how many records went, and the rows of the captures that something was cut from."""

    dropped: int = 0
    cut: list[int] = field(default_factory=list)


def rewrite_captures(archive: Archive, target: Target, marks: Marks, needles: Needles, watch: Watch) -> Cuts:
    """Write anew every WARC file that speaks of the post."""
    unlink_old(archive)
    done = Cuts()
    for slug in replay.partners_of(archive.captures):
        for draft in (archive.captures / slug).glob("*.new"):
            draft.unlink()  # of an erasure that did not come to its end

        def decide(record: Record, own: bool = slug == target.partner) -> Change | None:
            return change_of(record, target, marks, needles) if own else mention_in(record, marks, needles.strict)

        files = replay.files_of(archive.captures, slug)
        for number, path in enumerate(files, start=1):
            watch(f"captures of {slug}", number, len(files))
            if is_touched(path, decide):
                rewrite_one(archive, path, decide, done)
    return done


def rewrite_one(archive: Archive, path: Path, decide: Decide, done: Cuts) -> None:
    """Write one file anew, point its rows at the new one, delete the old one."""
    again = rewrite(path, decide, user_agent="regionalarchive")
    before = {record.offset: record.digest for record in records(path)}
    done.dropped += sum(place is None for place in again.places.values())
    name = f"{path.parent.name}/{path.name}"
    for offset, place in again.places.items():
        if place is not None and place.digest != before[offset]:
            row = archive.first("SELECT id FROM captures WHERE warc = ? AND offset = ?", [name, offset])
            done.cut.append(row["id"] if row else 0)
    move_rows(archive, path, again)
    unlink_old(archive)


def change_of(record: Record, target: Target, marks: Marks, needles: Needles) -> Change | None:
    """Say what becomes of a record: one of the post itself goes, one that names it is cut, others stay."""
    capture = record.capture
    if is_of(target, capture.url) or (capture.requested_url and is_of(target, capture.requested_url)):
        return Change()
    return without(record, marks, needles.own)


def mention_in(record: Record, marks: Marks, needle: Pattern | None) -> Change | None:
    """Say what becomes of a record of another partner; most do not name the post and are not taken apart."""
    words = "\n".join(record.capture.headers.values()).encode("utf-8", "replace")
    if not holds(needle, record.capture.body) and not holds(needle, words):
        return None
    return without(record, marks, needle)


def without(record: Record, marks: Marks, needle: Pattern | None) -> Change | None:
    """Cut a post out of a record; one whose headers name it goes."""
    capture = record.capture
    if holds(needle, "\n".join(capture.headers.values()).encode("utf-8", "replace")):
        return Change()
    body = redact(capture.body, capture.url, marks)
    body = needle.sub(b"", body) if needle else body
    return None if body == capture.body else Change(body=body)


def move_rows(archive: Archive, old: Path, done: Rewriting) -> None:
    """Point the rows of a file's captures at their new places, and note that the old file is to go."""
    folder = f"{old.parent.name}/"
    name = folder + old.name
    new = folder + done.path.name if done.path else None
    with archive.transaction() as connection:
        for offset, place in done.places.items():
            if place is None:
                forget_capture(connection, name, offset)
            else:
                connection.execute(
                    "UPDATE captures SET warc = ?, offset = ?, length = ?, digest = ? WHERE warc = ? AND offset = ?",
                    [new, place.offset, place.length, place.digest, name, offset],
                )
        connection.execute("INSERT OR REPLACE INTO notes VALUES (?, '')", [UNLINK + name])


def forget_capture(connection: sqlite3.Connection, warc: str, offset: int) -> None:
    """Delete the row of a capture that is no more."""
    row = connection.execute("SELECT id FROM captures WHERE warc = ? AND offset = ?", [warc, offset]).fetchone()
    if row is None:
        return
    for table in ("fetches", "posts", "revisions", "source_claims"):
        connection.execute(f"UPDATE {table} SET capture = NULL WHERE capture = ?", [row["id"]])  # noqa: S608
    connection.execute("DELETE FROM captures WHERE id = ?", [row["id"]])


def unlink_old(archive: Archive) -> None:
    """Delete the files that were written anew; after a crash this is done by the next erasure."""
    for row in archive.query("SELECT key FROM notes WHERE key LIKE ?", [UNLINK + "%"]):
        (archive.captures / row["key"].removeprefix(UNLINK)).unlink(missing_ok=True)
        with archive.transaction() as connection:
            connection.execute("DELETE FROM notes WHERE key = ?", [row["key"]])


def scrub_journals(archive: Archive, target: Target, needles: Needles) -> None:
    """Leave out of every partner's journal each failure and each sample that names the post."""
    for slug in replay.partners_of(archive.captures):
        needle = needles.own if slug == target.partner else needles.strict

        def keep(entry: Entry, needle: Pattern | None = needle) -> bool:
            line = json.dumps(entry, ensure_ascii=False).encode("utf-8", "replace")
            return entry["what"] == "partner" or not holds(needle, line)

        journal = Journal(captures=archive.captures, partner=slug)
        if journal.path.exists() and not all(keep(entry) for entry in journal.entries()):
            journal.rewrite(keep)
