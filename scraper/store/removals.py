"""Which addresses a person had removed: digests only, enough to know an address again and not to read it."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable


def digest(partner: str, key: str) -> str:
    """Return what a tombstone keeps of an address; that of a post's first address begins with the bits of its id."""
    return hashlib.sha256(f"post\n{partner}\n{key}".encode("utf-8", "replace")).hexdigest()


def whole(partner: str) -> str:
    """Return the digest that stands for every address of a partner."""
    return digest(partner, "*")


def digests(connection: sqlite3.Connection, partner: str, *, erased: bool = False) -> frozenset[str]:
    """Return the digests of every address of a partner that is removed now; only erased ones when asked."""
    rows = connection.execute(
        "SELECT a.digest FROM removed_addresses a JOIN removals r ON r.id = a.removal"
        " WHERE r.partner = ? AND r.lifted_at IS NULL AND (r.action = 'erase' OR NOT ?)",
        [partner, erased],
    )
    return frozenset(row[0] for row in rows)


def stands(connection: sqlite3.Connection, partner: str, keys: Iterable[str]) -> bool:
    """Say whether one of the addresses, or the whole partner, is removed now."""
    wanted = [whole(partner), *(digest(partner, key) for key in keys)]
    marks = ",".join("?" * len(wanted))
    found = connection.execute(
        "SELECT 1 FROM removed_addresses a JOIN removals r ON r.id = a.removal"
        f" WHERE a.digest IN ({marks}) AND r.lifted_at IS NULL LIMIT 1",
        wanted,
    ).fetchone()
    return found is not None


def extend(connection: sqlite3.Connection, partner: str, key: str) -> None:
    """Count an address that leads to a removed post among the removed ones, so that it is not asked again."""
    if stands(connection, partner, [key]):
        return  # one of its own addresses: tied to the latest removal too, it would stay hidden when its own is lifted
    connection.execute(
        "INSERT OR IGNORE INTO removed_addresses (digest, removal) SELECT ?, max(id) FROM removals"
        " WHERE partner = ? AND lifted_at IS NULL HAVING max(id) IS NOT NULL",
        [digest(partner, key), partner],
    )
