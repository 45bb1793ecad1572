"""The frontier: every address ever offered as a post, what is known of it, and when to fetch it next."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from scraper.discover import addresses
from scraper.models import Candidate
from scraper.normalise import urls

from . import removals, source_claims
from .archive import Archive, Row, instant, parse_instant

MAX_CANDIDATES = 200_000  # of one partner; what is beyond is counted, not kept
VANISHED_PRIORITY = 12  # before what is new: where a site has moved, the old address says where its post went
NEW_PRIORITY = 10
UNSURE_PRIORITY = 8
CHECK_PRIORITY = 5
DEEP_PRIORITY = 0
RETRY_HOURS = (0, 0, 6, 24, 72, 168, 720)  # until a failing address is tried again, by the number of failures
SLIP = timedelta(hours=1)  # by which two clocks may differ
LONGEST_WAIT = timedelta(days=100)  # that an address is ever put off


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """What a page of a source brought: addresses not known before, and known ones worth another look."""

    links: int
    new: int
    due: int


def offer(
    connection: sqlite3.Connection,
    partner: str,
    source: int | None,
    candidates: Iterable[Candidate],
    *,
    now: str,
    trust_lastmod: bool = True,
    capture: int | None = None,
) -> Listed:
    """Add the candidates of one page of a source to the frontier; known ones become due when their source says so.

    `capture` is the row of that page, where the words that do not stand in the database are found again.
    An address that a person had removed is passed over.
    """
    removed = removals.digests(connection, partner)
    links = new = due = 0
    room = MAX_CANDIDATES - known(connection, partner)
    for candidate in candidates:
        links += 1
        key = urls.url_key(candidate.url)
        if removed and removals.digest(partner, key) in removed:
            continue
        changed = source_claims.save(
            connection, partner, key, source, candidate.claims, now, trust_lastmod=trust_lastmod, capture=capture
        )
        row = connection.execute(
            "SELECT id, state, due_at, sure FROM candidates WHERE partner = ? AND url_key = ?", [partner, key]
        ).fetchone()
        if row is None:
            if new < room:
                new += 1
                add(connection, partner, source, candidate, key, now)
        elif candidate.sure and not row["sure"]:
            due += vouch(connection, row, now)
        elif row["due_at"] is None and (
            row["state"] == "gone" or ((changed or candidate.changed) and row["state"] == "post")
        ):
            due += 1
            connection.execute(
                "UPDATE candidates SET due_at = ?, due_by = ?, priority = ? WHERE id = ?",
                [now, source, CHECK_PRIORITY, row["id"]],
            )
    return Listed(links=links, new=new, due=due)


def known(connection: sqlite3.Connection, partner: str) -> int:
    """Return how many addresses of a partner the frontier holds."""
    return int(connection.execute("SELECT count(*) FROM candidates WHERE partner = ?", [partner]).fetchone()[0])


def add(
    connection: sqlite3.Connection, partner: str, source: int | None, candidate: Candidate, key: str, now: str
) -> None:
    """Add an address that was not known; it is due at once."""
    connection.execute(
        "INSERT INTO candidates (partner, url_key, url, found_in, source, first_seen_at, due_at, priority,"
        " sure, shape) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            partner,
            key,
            urls.strip_tracking(candidate.url),
            candidate.found_in,
            source,
            now,
            now,
            NEW_PRIORITY if candidate.sure else UNSURE_PRIORITY,
            int(candidate.sure),
            addresses.shape_of(candidate.url),
        ],
    )


def count_below(archive: Archive, partner: str, key: str, *, most: int) -> int:
    """Return how many known addresses lie below another, counted up to `most`."""
    below = archive.query(
        "SELECT 1 FROM candidates WHERE partner = ? AND url_key > ? AND url_key < ? LIMIT ?",
        [partner, f"{key}/", f"{key}0", most],
    )
    return len(below)


def vouch(connection: sqlite3.Connection, row: Row, now: str) -> int:
    """Note that a source of posts names an address that only an unsure one named before; 1 when that makes it due."""
    again = row["state"] == "not-post"
    connection.execute(
        "UPDATE candidates SET sure = 1, due_at = CASE WHEN ? THEN ? ELSE due_at END, priority = max(priority, ?)"
        " WHERE id = ?",
        [again, now, NEW_PRIORITY, row["id"]],
    )
    return int(again)


def draw(archive: Archive, partner: str, *, now: str, limit: int, without: Iterable[int] = ()) -> list[Row]:
    """Return the next addresses to fetch, the most wanted first, leaving out those already under way.

    What failed before comes after what was never tried: a block of broken addresses must not starve the others.
    """
    held = list(without)
    marks = ",".join("?" * len(held))
    return archive.query(
        "SELECT * FROM candidates WHERE partner = ? AND due_at IS NOT NULL AND due_at <= ?"
        f" AND id NOT IN ({marks}) ORDER BY priority DESC, attempts, id LIMIT ?",
        [partner, now, *held, limit],
    )


def is_due(archive: Archive, partner: str, *, now: str) -> bool:
    """Say whether a partner's time has come: it is new, one of its sources is due, or an address waits.

    What was written by a clock that ran ahead is due too, or it would wait until that day.
    """
    moment = parse_instant(now)
    row = archive.first(
        "SELECT NOT EXISTS (SELECT 1 FROM sources WHERE partner = ?)"
        " OR EXISTS (SELECT 1 FROM sources WHERE partner = ? AND (coalesce(due_at, '') <= ? OR last_checked_at > ?))"
        " OR EXISTS (SELECT 1 FROM candidates WHERE partner = ? AND (due_at <= ? OR due_at > ?))",
        [partner, partner, now, instant(moment + SLIP), partner, now, instant(moment + LONGEST_WAIT)],
    )
    return bool(row and row[0])


def count_due(archive: Archive, partner: str, *, now: str) -> int:
    """Return how many addresses wait to be fetched now."""
    row = archive.first(
        "SELECT count(*) FROM candidates WHERE partner = ? AND due_at IS NOT NULL AND due_at <= ?", [partner, now]
    )
    return int(row[0]) if row else 0


def settle(
    connection: sqlite3.Connection,
    candidate: int,
    *,
    state: str,
    outcome: str,
    now: str,
    post: int | None = None,
    etag: str | None = None,
    last_modified: str | None = None,
    reason: str | None = None,
) -> None:
    """Note that an address was fetched and what it was; it is not due any more."""
    connection.execute(
        "UPDATE candidates SET state = ?, outcome = ?, reason = ?, due_at = NULL, due_by = NULL, attempts = 0,"
        " fetched_at = ?, post = coalesce(?, post), etag = coalesce(?, etag),"
        " last_modified = coalesce(?, last_modified) WHERE id = ?",
        [state, outcome, reason, now, post, etag, last_modified, candidate],
    )


def postpone(
    connection: sqlite3.Connection,
    candidate: int,
    *,
    outcome: str,
    until: str,
    reason: str | None,
    tried: bool = True,
) -> None:
    """Note that an address could not be fetched; it stays in the frontier until then. `tried`: it was asked for."""
    connection.execute(
        "UPDATE candidates SET outcome = ?, reason = ?, due_at = ?, attempts = attempts + ? WHERE id = ?",
        [outcome, reason, until, int(tried), candidate],
    )


def forget_far_future(connection: sqlite3.Connection, partner: str, *, now: datetime) -> None:
    """Make due what waits for a day further off than anything is put off: it was written by a clock that ran ahead."""
    connection.execute(
        "UPDATE candidates SET due_at = ? WHERE partner = ? AND due_at > ?",
        [instant(now), partner, instant(now + LONGEST_WAIT)],
    )


def recheck_vanished(connection: sqlite3.Connection, partner: str, source: int, *, since: str, now: str) -> int:
    """Make due, once, every post that the source listed before and does not list any more; say how many."""
    cursor = connection.execute(
        "UPDATE candidates SET due_at = ?, priority = ? WHERE partner = ? AND state = 'post' AND due_at IS NULL"
        " AND url_key IN (SELECT url_key FROM source_claims WHERE source = ? AND seen_at < ? AND vanished_at IS NULL)",
        [now, VANISHED_PRIORITY, partner, source, since],
    )
    note_unlisted(connection, source, since=since, now=now)
    return cursor.rowcount


def note_unlisted(connection: sqlite3.Connection, source: int, *, since: str, now: str) -> None:
    """Note what the source listed before and, read again after `since`, does not list any more."""
    connection.execute(
        "UPDATE source_claims SET vanished_at = ? WHERE source = ? AND seen_at < ? AND vanished_at IS NULL",
        [now, source, since],
    )


def forget_due(connection: sqlite3.Connection, partner: str, source: int) -> int:
    """Take back the posts that a source made due: its word has turned out to be worth nothing."""
    cursor = connection.execute(
        "UPDATE candidates SET due_at = NULL, due_by = NULL WHERE partner = ? AND due_by = ? AND state = 'post'",
        [partner, source],
    )
    return cursor.rowcount


def schedule_deep_checks(
    connection: sqlite3.Connection, partner: str, *, before: str, limit: int | None, now: str
) -> int:
    """Make due the posts that were not fetched since `before`, the longest unseen first; no limit: all of them."""
    cursor = connection.execute(
        "UPDATE candidates SET due_at = ?, priority = ? WHERE id IN (SELECT id FROM candidates WHERE partner = ?"
        " AND state = 'post' AND due_at IS NULL AND fetched_at < ? ORDER BY fetched_at LIMIT ?)",
        [now, DEEP_PRIORITY, partner, before, -1 if limit is None else limit],
    )
    return cursor.rowcount


def other_address(connection: sqlite3.Connection, post: int, without: Sequence[str], *, now: str) -> Row | None:
    """Return the address where a post was last seen besides its own; it is due, as the post's own from now on."""
    keys = json.dumps(list(without))
    row: Row | None = connection.execute(
        "SELECT id, url FROM candidates WHERE post = ? AND state IN ('duplicate', 'post')"
        " AND url_key NOT IN (SELECT value FROM json_each(?)) ORDER BY fetched_at DESC LIMIT 1",
        [post, keys],
    ).fetchone()
    if row is not None:
        connection.execute(
            "UPDATE candidates SET state = 'post', due_at = coalesce(due_at, ?), priority = ? WHERE id = ?",
            [now, CHECK_PRIORITY, row["id"]],
        )
    return row


def retry_at(capture_time: str, attempts: int) -> str:
    """Return when a failing address is tried again: at once in the next runs, then at growing distance."""
    hours = RETRY_HOURS[min(attempts, len(RETRY_HOURS) - 1)]
    return instant(parse_instant(capture_time) + timedelta(hours=hours))
