"""Erase a post or a partner everywhere: rows, search index, captures, journal, old copies; a tombstone stays."""

from __future__ import annotations

import html
import json
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from scraper import ingest, replay
from scraper.capture import Record, records
from scraper.capture.rewriting import Change, Rewriting, is_touched, rewrite
from scraper.errors import PageError, UsageError
from scraper.models import Partner
from scraper.normalise import urls
from scraper.store import removals, tallies, withhold
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Entry, Journal

from .finding import Target
from .redact import LEAST_TITLE, Marks, redact, title_digest
from .takedown import hide, is_of, record, remember

OVERLAP = 8192  # of two pieces of a file; longer than any address or title
UNLINK = "unlink:"  # notes with this prefix name files that are written anew and still to be deleted

Watch = Callable[[str, int, int], None]  # what is under way, how many of how many


@dataclass(frozen=True, kw_only=True, slots=True)
class Erasure:
    """What an erasure did: records left out and cut, old copies deleted, and files that a person must see to."""

    removal: int
    dropped: int
    cut: int
    deleted: tuple[str, ...]
    left: tuple[str, ...]  # files beside the archive that still name it, and why others may
    blocked: bool = False  # a reader kept the old pages of the database alive


def erase(archive: Archive, target: Target, partner: Partner, reason: str, watch: Watch = lambda *_: None) -> Erasure:
    """Erase a post everywhere; run again after a crash it finishes its work.

    The partner's lock must be held: nothing may be written beside it.
    """
    words = sorted(words_of(archive, target, partner))
    with archive.transaction() as connection:
        removal = begin(archive, connection, target, reason)
        hide(connection, target)
        remember(connection, removal, [title_digest(target.partner, title) for title in titles(words)])
        digests = removals.digests(connection, target.partner)
    Journal(captures=archive.captures).append(
        "erasing", id=removal, digests=[title_digest(target.partner, title) for title in titles(words)]
    )
    marks = Marks(partner=target.partner, digests=digests)
    needle = pattern_of(words)
    dropped, cut = rewrite_captures(archive, target, marks, needle, watch)
    scrub_journal(archive, target.partner, needle)
    return finish(archive, removal, needle, dropped=dropped, cut=cut)


def begin(archive: Archive, connection: sqlite3.Connection, target: Target, reason: str) -> int:
    """Write the tombstone, unless one stands from an erasure that did not come to its end."""
    row = archive.first("SELECT id FROM removals WHERE id = ? AND action = 'erase'", [target.removal])
    if row is not None:
        return int(row["id"])
    return record(archive, connection, target, "erase", reason)


def titles(words: list[str]) -> list[str]:
    """Return those of the words that are titles long enough to stand for one post."""
    return [word for word in words if "://" not in word and len(word) >= LEAST_TITLE]


def words_of(archive: Archive, target: Target, partner: Partner) -> set[str]:
    """Return every address and title that a post had, from its rows and its captures."""
    found: set[str] = set()
    for row in archive.query("SELECT url, canonical_url, title FROM posts WHERE id = ?", [target.post]):
        found |= {value for value in row if value}
    found |= {row["title"] for row in archive.query("SELECT title FROM revisions WHERE post = ?", [target.post])}
    for one in replay.exchanges(archive.captures, target.partner):
        capture = one.record.capture
        if is_of(target, one.errand.requested_url) or is_of(target, capture.url):
            found |= {url for url in (one.errand.requested_url, capture.url) if is_of(target, url)}
            if capture.status == 200:
                found |= title_in(archive, partner, one.record)
    return found


def title_in(archive: Archive, partner: Partner, record: Record) -> set[str]:
    """Return the title that a captured page has, {} when it is no post."""
    try:
        reading = ingest.read_page(archive, partner, record.capture)
    except PageError:
        return set()
    return set() if isinstance(reading, PageError) else {reading.title}


def pattern_of(words: list[str]) -> re.Pattern[bytes] | None:
    """Return a pattern of each word as pages, feeds and JSON write it; None when there is nothing to look for.

    An address counts with its host or at the start of an attribute, and never as the beginning of a longer one.
    """
    found = [form for word in words for form in (address_forms(word) if "://" in word else title_forms(word))]
    longest_first = sorted(set(found), key=lambda form: (-len(form), form))
    return re.compile(b"|".join(longest_first)) if found else None


def address_forms(url: str) -> Iterator[bytes]:
    """Yield patterns of an address, with or without its host, plain, escaped or percent-encoded."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if len(path) < 2:
        return
    query = f"?{parts.query}" if parts.query else ""
    for form in {path + query, unquote(path) + query, quote(unquote(path)) + query}:
        for written in {form, html.escape(form), form.replace("/", "\\/")}:
            bare = re.escape(written.encode("utf-8"))
            host = re.escape(parts.netloc.encode("utf-8", "replace"))
            yield rb"(?:" + host + rb"|(?<=[\s\"'=(>]))" + bare + rb"(?:\\?/)?(?![\w%/.?&=-])"


def title_forms(title: str) -> Iterator[bytes]:
    """Yield patterns of a title; one that is too short stands for too much else."""
    if len(title) < LEAST_TITLE:
        return
    forms = {title, html.escape(title), html.escape(title, quote=False), json.dumps(title)[1:-1]}
    forms |= {form.replace("/", "\\/") for form in forms}
    yield from (re.escape(form.encode("utf-8", "replace")) for form in forms)


def rewrite_captures(
    archive: Archive, target: Target, marks: Marks, needle: re.Pattern[bytes] | None, watch: Watch
) -> tuple[int, int]:
    """Write anew every WARC file of the partner that speaks of the post; return the records left out and cut."""
    unlink_old(archive)
    files = replay.files_of(archive.captures, target.partner)
    dropped = cut = 0
    for number, path in enumerate(files, start=1):
        watch("captures", number, len(files))

        def decide(record: Record) -> Change | None:
            return change_of(record, target, marks, needle)

        if not is_touched(path, decide):
            continue
        done = rewrite(path, decide, user_agent="regionalarchive")
        before = {record.offset: record.digest for record in records(path)}
        dropped += sum(place is None for place in done.places.values())
        cut += sum(place is not None and place.digest != before[offset] for offset, place in done.places.items())
        move_rows(archive, path, done)
        unlink_old(archive)
    return dropped, cut


def change_of(record: Record, target: Target, marks: Marks, needle: re.Pattern[bytes] | None) -> Change | None:
    """Say what becomes of a record: one of the post itself goes, one that names it is cut, others stay."""
    capture = record.capture
    if is_of(target, capture.url) or (capture.requested_url and is_of(target, capture.requested_url)):
        return Change()
    headers = "\n".join(capture.headers.values()).encode("utf-8", "replace")
    if holds(needle, headers):
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


def scrub_journal(archive: Archive, partner: str, needle: re.Pattern[bytes] | None) -> None:
    """Leave out of the partner's journal every failure that names the post."""
    journal = Journal(captures=archive.captures, partner=partner)

    def keep(entry: Entry) -> bool:
        line = json.dumps(entry, ensure_ascii=False).encode("utf-8")
        return entry["what"] == "partner" or not holds(needle, line)

    if journal.path.exists():
        journal.rewrite(keep)


def finish(archive: Archive, removal: int, needle: re.Pattern[bytes] | None, *, dropped: int, cut: int) -> Erasure:
    """Make the search index and the file anew, delete old copies, and sign the tombstone."""
    deleted = tuple(delete_old_copies(archive))
    blocked = not rewrite_database(archive)
    at = instant(now())
    with archive.transaction() as connection:
        connection.execute("UPDATE removals SET done_at = ? WHERE id = ?", [at, removal])
    Journal(captures=archive.captures).append("erased", id=removal, at=at)
    truncate_wal(archive)
    left = tuple(str(path) for path in files_beside(archive) if names(path, needle))
    return Erasure(removal=removal, dropped=dropped, cut=cut, deleted=deleted, left=left, blocked=blocked)


def delete_old_copies(archive: Archive) -> Iterator[str]:
    """Delete the copies of the database that a migration or a rebuild kept: what was erased stands in them."""
    for path in sorted(archive.path.parent.glob(f"{archive.path.name}.before-*")):
        path.unlink()
        yield path.name


def rewrite_database(archive: Archive) -> bool:
    """Build the search index and the file anew, so that no free page holds a word; False when a reader stood by."""
    connection = archive.connection
    connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    return truncate_wal(archive)


def truncate_wal(archive: Archive) -> bool:
    """Empty the write-ahead log; False when a reader needs it still."""
    return int(archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]) == 0


def files_beside(archive: Archive) -> Iterator[Path]:
    """Yield the files in the archive's folder that are neither the database nor captures: exports, editions, logs."""
    own = archive.path.name
    for path in sorted(archive.path.parent.rglob("*")):
        relative = path.relative_to(archive.path.parent)
        if path.is_file() and relative.parts[0] != archive.captures.name and not relative.parts[0].startswith(own):
            yield path


def names(path: Path, needle: re.Pattern[bytes] | None) -> bool:
    """Say whether a file names what was erased; read piece by piece."""
    tail = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if holds(needle, tail + block):
                return True
            tail = block[-OVERLAP:]
    return False


def holds(needle: re.Pattern[bytes] | None, words: bytes) -> bool:
    """Say whether the pattern is found in the words."""
    return needle is not None and needle.search(words) is not None


# Tables of a partner in the order in which nothing is left pointing at a row that is gone.
OF_PARTNER = (
    "date_claims WHERE post IN (SELECT id FROM posts WHERE partner = :slug)",
    "date_claims WHERE event IN (SELECT id FROM events WHERE partner = :slug)",
    "events WHERE partner = :slug",
    "post_categories WHERE post IN (SELECT id FROM posts WHERE partner = :slug)",
    "tags WHERE post IN (SELECT id FROM posts WHERE partner = :slug)",
    "share_metadata WHERE post IN (SELECT id FROM posts WHERE partner = :slug)",
    "bodies WHERE post IN (SELECT id FROM posts WHERE partner = :slug)",
    "revisions WHERE post IN (SELECT id FROM posts WHERE partner = :slug)",
    "addresses WHERE partner = :slug",
    "source_claims WHERE partner = :slug",
    "candidates WHERE partner = :slug",
    "fetches WHERE partner = :slug",
    "coverage WHERE partner = :slug",
    "alarms WHERE partner = :slug",
    "recipes WHERE partner = :slug",
    "posts WHERE partner = :slug",
)
LAST_OF_PARTNER = (
    "categories WHERE partner = :slug",
    "captures WHERE partner = :slug",
    "sources WHERE partner = :slug",
    "partners WHERE slug = :slug",
)


def remove_partner(archive: Archive, slug: str, reason: str) -> Erasure:
    """Erase a whole partner: its posts, its captures and its part of the ledger; its slug stays in the tombstone."""
    whole = removals.whole(slug)
    standing = archive.first("SELECT id FROM removals WHERE digest = ? AND lifted_at IS NULL", [whole])
    target = Target(
        partner=slug, digest=whole, digests=frozenset([whole]), removal=standing["id"] if standing else None
    )
    families = archive.query("SELECT DISTINCT family FROM posts WHERE partner = ? AND family IS NOT NULL", [slug])
    addresses = archive.query(
        "SELECT home_url FROM partners WHERE slug = ? UNION SELECT url FROM captures WHERE partner = ?", [slug, slug]
    )
    hosts = {urls.host_of(row["home_url"]) for row in addresses}
    with archive.transaction() as connection:
        removal = begin(archive, connection, target, reason)
        connection.executemany("DELETE FROM hosts WHERE host = ?", [(host,) for host in hosts])
        for row in families:
            leave_families(connection, slug, row["family"])
        connection.execute("UPDATE sources SET parent = NULL WHERE partner = ?", [slug])
        for rows in OF_PARTNER:
            connection.execute(f"DELETE FROM {rows}", {"slug": slug})  # noqa: S608 - constants of this file
        tallies.rebuild(connection)
        for rows in LAST_OF_PARTNER:
            connection.execute(f"DELETE FROM {rows}", {"slug": slug})  # noqa: S608 - constants of this file
    folder = archive.captures / slug
    dropped = sum(1 for path in replay.files_of(archive.captures, slug) for _ in records(path))
    shutil.rmtree(folder, ignore_errors=True)
    return replace(finish(archive, removal, None, dropped=dropped, cut=0), deleted=(str(folder),))


def leave_families(connection: sqlite3.Connection, slug: str, family: int) -> None:
    """Take every post of a partner out of a family."""
    for row in connection.execute("SELECT id FROM posts WHERE family = ? AND partner = ?", [family, slug]).fetchall():
        withhold.leave_family(connection, row["id"])


def readmit(archive: Archive, slug: str) -> None:
    """Let a removed partner be crawled again; raises UsageError when it is not removed."""
    whole = removals.whole(slug)
    row = archive.first("SELECT id FROM removals WHERE digest = ? AND lifted_at IS NULL", [whole])
    if row is None:
        raise UsageError(f"{slug} is not removed")
    at = instant(now())
    Journal(captures=archive.captures).append("lift", id=row["id"], at=at)
    with archive.transaction() as connection:
        connection.execute("UPDATE removals SET lifted_at = ? WHERE digest = ?", [at, whole])
