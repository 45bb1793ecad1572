"""Erase a whole partner, and let one be crawled again."""

from __future__ import annotations

import shutil
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from scraper.capture import records
from scraper.errors import UsageError
from scraper.normalise import urls
from scraper.store import deletion, removals
from scraper.store.archive import Archive

from ..finding import Target
from ..takedown import lifting, removing
from .captures import Cuts
from .copies import Erasure, finish
from .traces import trace_of


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
    trace = trace_of(archive, slug)
    with removing(archive, target, "erase", reason) as (connection, removal):
        connection.executemany("DELETE FROM hosts WHERE host = ?", [(host,) for host in hosts])
        deletion.delete(connection, slug)
    folder = archive.captures / slug
    dropped, left = delete_captures(folder)
    done = finish(archive, removal, trace, Cuts(dropped=dropped), whole=not left)
    deleted = done.deleted if left else (str(folder), *done.deleted)
    return replace(done, deleted=deleted, left=(*left, *done.left))


def delete_captures(folder: Path) -> tuple[int, tuple[str, ...]]:
    """Delete a partner's captures and all beside them; return how many records went, and which files did not."""
    dropped = 0
    for path in sorted(folder.rglob("*")):
        if path.is_dir() and not path.is_symlink():
            continue
        with suppress(OSError):
            count = sum(1 for _ in records(path)) if path.name.endswith(".warc.gz") else 0
            path.unlink()
            dropped += count
    shutil.rmtree(folder, ignore_errors=True)
    kept = [path for path in sorted(folder.rglob("*")) if not path.is_dir()] or [folder][: folder.exists()]
    return dropped, tuple(map(str, kept))


def readmit(archive: Archive, slug: str) -> None:
    """Let a removed partner be crawled again; raises UsageError when it is not removed."""
    whole = removals.whole(slug)
    row = archive.first("SELECT id FROM removals WHERE digest = ? AND lifted_at IS NULL", [whole])
    if row is None:
        raise UsageError(f"{slug} is not removed")
    with lifting(archive, row["id"]):
        pass  # nothing else changes: what was erased stays so
