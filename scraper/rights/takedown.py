"""Hide a post at once, and put it back from the captures: the words leave the database, the captures stay unserved."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace

from scraper import ingest, replay
from scraper.discover import read_source
from scraper.errors import PageError, UsageError
from scraper.models import Capture, Partner
from scraper.normalise import urls
from scraper.replay import Exchanged
from scraper.store import families, frontier, ledger, partners, posts, removals, withhold
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Journal

from .finding import Target

MASK = "(removed)"  # in the ledger, in the place of an address


def takedown(archive: Archive, target: Target, reason: str) -> int:
    """Hide a post and return the number of its removal; one that is hidden already stays so."""
    if target.removal is not None:
        return target.removal
    with archive.transaction() as connection:
        removal = record(archive, connection, target, "takedown", reason)
        hide(connection, target)
    archive.connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('optimize')")
    return removal


def record(archive: Archive, connection: sqlite3.Connection, target: Target, action: str, reason: str) -> int:
    """Write the row that stays of a removal, in the journal first, so that no rebuild forgets it."""
    at = instant(now())
    row = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM removals").fetchone()
    what = "post" if target.digest != removals.whole(target.partner) else "partner"
    values = {
        "id": int(row[0]),
        "about": what,
        "partner": target.partner,
        "action": action,
        "reason": reason,
        "digest": target.digest,
        "digests": sorted(target.digests | {target.digest}),
        "at": at,
    }
    Journal(captures=archive.captures).append("removal", **values)
    restore(connection, values)
    return int(row[0])


def begin(archive: Archive, connection: sqlite3.Connection, target: Target, reason: str) -> int:
    """Write the tombstone of an erasure, unless one stands from an erasure that did not come to its end."""
    row = archive.first("SELECT id FROM removals WHERE id = ? AND action = 'erase'", [target.removal])
    if row is not None:
        return int(row["id"])
    return record(archive, connection, target, "erase", reason)


def restore(connection: sqlite3.Connection, values: dict[str, object]) -> None:
    """Write a removal as the journal tells it."""
    done = values["at"] if values["action"] == "takedown" else None
    connection.execute(
        "INSERT INTO removals (id, what, reason, requested_at, done_at, action, digest, partner)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [values[name] for name in ("id", "about", "reason", "at")]
        + [done]
        + [values[name] for name in ("action", "digest", "partner")],
    )
    digests = values["digests"]
    assert isinstance(digests, list)  # noqa: S101 - as `record` wrote it
    remember(connection, values["id"], digests)


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
    row = archive.first("SELECT action FROM removals WHERE id = ?", [target.removal])
    if row is None:
        raise UsageError("this post is not taken down")
    if row["action"] != "takedown":
        raise UsageError("this post is erased; there is nothing to put back")
    at = instant(now())
    Journal(captures=archive.captures).append("lift", id=target.removal, at=at)
    with archive.transaction() as connection:
        connection.execute("UPDATE removals SET lifted_at = ? WHERE id = ?", [at, target.removal])
        captures = sum(put_back(archive, connection, target, partner, one) for one in told_of(archive, target))
        families.gather_in(connection)
    return captures


def told_of(archive: Archive, target: Target) -> list[Exchanged]:
    """Return the captures of a post and of every source, in order."""
    return [
        one
        for one in replay.exchanges(archive.captures, target.partner)
        if one.is_answered and (one.errand.kind == "source" or belongs(one, target))
    ]


def belongs(one: Exchanged, target: Target) -> bool:
    """Say whether a request was for a post, under any of its addresses."""
    return any(is_of(target, url) for url in (one.errand.requested_url, one.record.capture.url))


def put_back(archive: Archive, connection: sqlite3.Connection, target: Target, partner: Partner, one: Exchanged) -> int:
    """Store again what one capture tells of a post; 1 when it is a capture of the post itself."""
    if one.errand.kind == "source":
        offer_again(connection, target, partner, one)
        return 0
    if one.record.capture.status >= 500 or one.record.capture.status in (408, 425, 429):
        return 0
    for stored in one.captures[:-1]:
        ledger.save_capture(connection, partner.slug, stored, "redirect")
    number = ledger.save_capture(connection, partner.slug, one.captures[-1], "page")
    capture = replace(one.record.capture, id=number)
    if capture.status == 304:
        touch(connection, target, capture)
        return 1
    reading = ingest.read_page(archive, partner, capture)
    outcome = ingest.ingest_page(archive, connection, partner, capture, reading=reading)
    settle(connection, partner, capture, outcome)
    return 1


def touch(connection: sqlite3.Connection, target: Target, capture: Capture) -> None:
    """Note that the post was seen again."""
    row = ingest.find_post(connection, target.partner, [urls.url_key(capture.requested_url)])
    if row is not None:
        posts.touch(connection, row["id"], now=instant(capture.fetched_at))


def offer_again(connection: sqlite3.Connection, target: Target, partner: Partner, one: Exchanged) -> None:
    """Keep again what a page of a source says about the post."""
    if one.errand.source is None or one.record.capture.status != 200:
        return
    try:
        reading = read_source(one.record.capture, one.errand.source, partner, {"since": "", "total": ""})
    except PageError:
        return
    named = [candidate for candidate in reading.candidates if is_of(target, candidate.url)]
    if named:
        partners.save_sources(connection, partner.slug, [one.errand.source])
        source = connection.execute(
            "SELECT id FROM sources WHERE partner = ? AND url = ?", [partner.slug, one.errand.source.url]
        ).fetchone()["id"]
        number = ledger.save_capture(connection, partner.slug, one.captures[-1], "source")
        at = instant(one.record.capture.fetched_at)
        frontier.offer(connection, partner.slug, source, named, now=at, capture=number)


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
