"""Erase a whole partner, and let one be crawled again."""

from __future__ import annotations

import shutil
from dataclasses import replace

from scraper import replay
from scraper.capture import records
from scraper.errors import UsageError
from scraper.normalise import urls
from scraper.store import leaving, removals
from scraper.store.archive import Archive

from ..finding import Target
from ..takedown import lifting, removing
from .captures import Cuts
from .copies import Erasure, finish


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
    with removing(archive, target, "erase", reason) as (connection, removal):
        connection.executemany("DELETE FROM hosts WHERE host = ?", [(host,) for host in hosts])
        leaving.delete(connection, slug)
    folder = archive.captures / slug
    dropped = sum(1 for path in replay.files_of(archive.captures, slug) for _ in records(path))
    shutil.rmtree(folder, ignore_errors=True)
    return replace(finish(archive, removal, None, Cuts(dropped=dropped)), deleted=(str(folder),))


def readmit(archive: Archive, slug: str) -> None:
    """Let a removed partner be crawled again; raises UsageError when it is not removed."""
    whole = removals.whole(slug)
    row = archive.first("SELECT id FROM removals WHERE digest = ? AND lifted_at IS NULL", [whole])
    if row is None:
        raise UsageError(f"{slug} is not removed")
    with lifting(archive, row["id"]):
        pass  # nothing else changes: what was erased stays so
