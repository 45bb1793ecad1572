"""Erase a whole partner, and let one be crawled again."""

from __future__ import annotations

import shutil
import sqlite3
from dataclasses import replace

from scraper import replay
from scraper.capture import records
from scraper.errors import UsageError
from scraper.normalise import urls
from scraper.store import families, removals, tallies
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Journal

from ..finding import Target
from ..takedown import begin
from .captures import Cuts
from .copies import Erasure, finish

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
    addresses = archive.query(
        "SELECT home_url FROM partners WHERE slug = ? UNION SELECT url FROM captures WHERE partner = ?", [slug, slug]
    )
    hosts = {urls.host_of(row["home_url"]) for row in addresses}
    with archive.transaction() as connection:
        removal = begin(archive, connection, target, reason)
        connection.executemany("DELETE FROM hosts WHERE host = ?", [(host,) for host in hosts])
        leave_families(connection, slug)
        connection.execute("UPDATE sources SET parent = NULL WHERE partner = ?", [slug])
        for rows in OF_PARTNER:
            connection.execute(f"DELETE FROM {rows}", {"slug": slug})  # noqa: S608 - constants of this file
        tallies.rebuild(connection)
        for rows in LAST_OF_PARTNER:
            connection.execute(f"DELETE FROM {rows}", {"slug": slug})  # noqa: S608 - constants of this file
    folder = archive.captures / slug
    dropped = sum(1 for path in replay.files_of(archive.captures, slug) for _ in records(path))
    shutil.rmtree(folder, ignore_errors=True)
    return replace(finish(archive, removal, None, Cuts(dropped=dropped)), deleted=(str(folder),))


def leave_families(connection: sqlite3.Connection, slug: str) -> None:
    """Take every post of a partner out of its family and the index of fingerprints, some posts at a time."""
    rows = connection.execute(
        "SELECT post FROM fingerprints JOIN posts ON posts.id = post WHERE partner = ?", [slug]
    ).fetchall()
    for start in range(0, len(rows), families.AT_ONCE):
        families.forget(connection, [row["post"] for row in rows[start : start + families.AT_ONCE]])


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
