"""Hide a post at once, and put it back from the captures: the words leave the database, the captures stay unserved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from scraper import ingest, replay
from scraper.capture import Stored, read_record
from scraper.discover import read_source
from scraper.errors import PageError, UsageError
from scraper.models import Candidate, Capture, Partner, Source
from scraper.normalise import urls
from scraper.replay import Exchanged
from scraper.store import families, frontier, ledger, partners, posts, removals, withhold
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Entry, Journal

from .finding import Target

MASK = "(removed)"  # in the ledger, in the place of an address


def takedown(archive: Archive, target: Target, reason: str) -> int:
    """Hide a post and return the number of its removal; one that is hidden already stays so."""
    if target.removal is not None:
        return target.removal
    with removing(archive, target, "takedown", reason) as (connection, removal):
        hide(connection, target)
    archive.connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
    return removal


@contextmanager
def removing(archive: Archive, target: Target, action: str, reason: str) -> Iterator[tuple[sqlite3.Connection, int]]:
    """Open the transaction of a removal; yield it with the number of its tombstone, of one that stands already too.

    The journal has its line last of all, before the commit: no rebuild forgets what was committed, and a step that
    fails leaves no trace. When the commit itself fails, the next try takes up the same line.
    """
    with archive.transaction() as connection:
        row = archive.first("SELECT id FROM removals WHERE id = ? AND action = ?", [target.removal, action])
        if row is not None:
            yield connection, int(row["id"])
            return
        values = tombstone(archive, target, action, reason)
        restore(connection, values)
        yield connection, values["id"]
        Journal(captures=archive.captures).append("removal", **values)


def tombstone(archive: Archive, target: Target, action: str, reason: str) -> Entry:
    """Return what stays of a removal, as the journal tells it."""
    return {
        "id": number_of(archive, target, action),
        "about": "post" if target.digest != removals.whole(target.partner) else "partner",
        "partner": target.partner,
        "action": action,
        "reason": reason,
        "digest": target.digest,
        "digests": sorted(target.digests | {target.digest}),
        "at": instant(now()),
    }


def number_of(archive: Archive, target: Target, action: str) -> int:
    """Return the number of a new removal: that of the same one, when the journal tells of a try that was not committed,
    else one that neither the database nor the journal has given."""
    given = {row["id"] for row in archive.query("SELECT id FROM removals")}
    tried: set[int] = set()
    for entry in Journal(captures=archive.captures).entries("removal", "lift"):
        is_same = entry["what"] == "removal" and (entry["action"], entry["digest"]) == (action, target.digest)
        if is_same and entry["id"] not in given:
            tried.add(entry["id"])
        elif entry["what"] == "lift":
            tried.discard(entry["id"])
        else:
            given.add(entry["id"])
    return max(tried, default=max(given, default=0) + 1)


def restore(connection: sqlite3.Connection, values: Entry) -> None:
    """Write a removal as the journal tells it, once however often it does."""
    done = values["at"] if values["action"] == "takedown" else None
    connection.execute(
        "INSERT INTO removals (id, what, reason, requested_at, done_at, action, digest, partner)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET what = excluded.what,"
        " reason = excluded.reason, requested_at = excluded.requested_at, done_at = excluded.done_at,"
        " action = excluded.action, digest = excluded.digest, partner = excluded.partner",
        [values[name] for name in ("id", "about", "reason", "at")]
        + [done]
        + [values[name] for name in ("action", "digest", "partner")],
    )
    remember(connection, values["id"], values["digests"])


def remember(connection: sqlite3.Connection, removal: object, digests: Iterable[str]) -> None:
    """Add digests to those by which a removed post is known again."""
    connection.executemany(
        "INSERT OR IGNORE INTO removed_addresses (digest, removal) VALUES (?, ?)",
        [(digest, removal) for digest in digests],
    )


def hide(connection: sqlite3.Connection, target: Target) -> None:
    """Take a post's rows out of the database and its addresses out of the ledger."""
    if target.post is not None:
        withhold.remove(connection, target.post)
    captures = rows_of(connection, "captures", target)
    for table in ("fetches", "posts", "revisions", "source_claims"):
        connection.executemany(f"UPDATE {table} SET capture = NULL WHERE capture = ?", captures)  # noqa: S608
    connection.executemany("DELETE FROM captures WHERE id = ?", captures)
    connection.executemany(
        f"UPDATE fetches SET url = '{MASK}', detail = NULL WHERE id = ?",  # noqa: S608 - a constant
        rows_of(connection, "fetches", target),
    )
    connection.executemany("DELETE FROM candidates WHERE id = ?", rows_of(connection, "candidates", target))
    keys = [
        (target.partner, row["url_key"])
        for row in connection.execute("SELECT url_key FROM source_claims WHERE partner = ?", [target.partner])
        if removals.digest(target.partner, row["url_key"]) in target.digests
    ]
    connection.executemany("DELETE FROM source_claims WHERE partner = ? AND url_key = ?", keys)


def rows_of(connection: sqlite3.Connection, table: str, target: Target) -> list[tuple[int]]:
    """Return the ids of a table's rows whose address is one of the post."""
    rows = connection.execute(f"SELECT id, url FROM {table} WHERE partner = ?", [target.partner])  # noqa: S608
    return [(row["id"],) for row in rows if row["url"] != MASK and is_of(target, row["url"])]


def is_of(target: Target, url: str) -> bool:
    """Say whether an address is one of the post."""
    return removals.digest(target.partner, urls.url_key(url)) in target.digests


def lift(archive: Archive, target: Target, partner: Partner) -> int:
    """Put a hidden post back, as its captures tell it: the same id, first sight and revisions; return its captures.

    Raises UsageError when it is not hidden, or erased.
    """
    row = archive.first("SELECT id, action FROM removals WHERE id = ?", [target.removal])
    if row is None:
        raise UsageError("this post is not taken down")
    if row["action"] != "takedown":
        raise UsageError("this post is erased; there is nothing to put back")
    told = list(told_of(archive, target, partner))
    with lifting(archive, row["id"]) as connection:
        captures = sum(put_back(archive, connection, partner, one) for one in told)
        families.gather_in(connection)
    return captures


@contextmanager
def lifting(archive: Archive, removal: int) -> Iterator[sqlite3.Connection]:
    """Open the transaction in which a removal is lifted; the journal has its line last of all, before the commit."""
    at = instant(now())
    with archive.transaction() as connection:
        connection.execute("UPDATE removals SET lifted_at = ? WHERE id = ?", [at, removal])
        yield connection
        Journal(captures=archive.captures).append("lift", id=removal, at=at)


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What one request told of a post, without its body: a page of it, or what a `source` says of it (`named`)."""

    requested_url: str
    fetched_at: datetime
    captures: tuple[Stored, ...]
    source: Source | None = None
    named: tuple[Candidate, ...] = ()


def told_of(archive: Archive, target: Target, partner: Partner) -> Iterator[Told]:
    """Yield what tells of a post, in order: of all the captures of its partner, read before anything is locked."""
    for one in replay.exchanges(archive.captures, target.partner):
        if not one.is_answered:
            continue
        source, named = one.purpose.source, named_in(one, target, partner)
        if named or (one.purpose.kind != "source" and belongs(one, target)):
            yield Told(
                requested_url=one.purpose.requested_url,
                fetched_at=one.record.capture.fetched_at,
                captures=one.captures,
                source=source,
                named=named,
            )


def belongs(one: Exchanged, target: Target) -> bool:
    """Say whether a request was for a post, under any of its addresses."""
    return any(is_of(target, url) for url in (one.purpose.requested_url, one.record.capture.url))


def named_in(one: Exchanged, target: Target, partner: Partner) -> tuple[Candidate, ...]:
    """Return what a page of a source says about a post; nothing for other requests."""
    if one.purpose.kind != "source" or one.purpose.source is None or one.record.capture.status != 200:
        return ()
    try:
        reading = read_source(one.record.capture, one.purpose.source, partner, {"since": "", "total": ""})
    except PageError:
        return ()
    return tuple(candidate for candidate in reading.candidates if is_of(target, candidate.url))


def put_back(archive: Archive, connection: sqlite3.Connection, partner: Partner, one: Told) -> int:
    """Store again what one request told of a post; 1 when it is a capture of the post itself.

    The few pages of the post are read here, one at a time: what they say depends on what the sources said by then.
    """
    if one.source is not None:
        offer_again(connection, partner, one, one.source)
        return 0
    last = one.captures[-1]
    if last.status >= 500 or last.status in (408, 425, 429):
        return 0
    for stored in one.captures[:-1]:
        ledger.save_capture(connection, partner.slug, stored, "redirect")
    number = ledger.save_capture(connection, partner.slug, last, "page")
    record = read_record(archive.captures / last.warc, last.offset, last.length)
    capture = replace(record.capture, id=number)
    if capture.status == 304:
        touch(connection, partner.slug, capture)
        return 1
    reading = ingest.read_page(archive, partner, capture)
    outcome = ingest.ingest_page(archive, connection, partner, capture, reading=reading)
    settle(connection, partner, capture, outcome)
    return 1


def touch(connection: sqlite3.Connection, partner: str, capture: Capture) -> None:
    """Note that the post was seen again."""
    row = ingest.find_post(connection, partner, [urls.url_key(capture.requested_url)])
    if row is not None:
        posts.touch(connection, row["id"], now=instant(capture.fetched_at))


def offer_again(connection: sqlite3.Connection, partner: Partner, one: Told, source: Source) -> None:
    """Keep again what a page of a source says about the post."""
    partners.save_sources(connection, partner.slug, [source])
    row = connection.execute(
        "SELECT id FROM sources WHERE partner = ? AND url = ?", [partner.slug, source.url]
    ).fetchone()
    number = ledger.save_capture(connection, partner.slug, one.captures[-1], "source")
    at = instant(one.fetched_at)
    frontier.offer(connection, partner.slug, row["id"], list(one.named), now=at, capture=number)


def settle(connection: sqlite3.Connection, partner: Partner, capture: Capture, outcome: ingest.Outcome) -> None:
    """Note in the frontier what the address of a capture is."""
    row = connection.execute(
        "SELECT id FROM candidates WHERE partner = ? AND url_key = ?",
        [partner.slug, urls.url_key(capture.requested_url)],
    ).fetchone()
    if row is None:
        return
    states = {"gone": "gone", "still-gone": "gone", "duplicate": "duplicate", "refused": "not-post"}
    frontier.settle(
        connection,
        row["id"],
        state=states.get(outcome.word, "post"),
        outcome=outcome.word,
        now=instant(capture.fetched_at),
        post=outcome.post,
        etag=capture.headers.get("etag"),
        last_modified=capture.headers.get("last-modified"),
        reason=outcome.reason,
    )
