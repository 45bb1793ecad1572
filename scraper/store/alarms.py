"""Alarms: what needs a person, raised once and lifted when it is over."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping


def set_alarms(connection: sqlite3.Connection, partner: str, kind: str, found: Mapping[str, str], *, at: str) -> None:
    """Make `found` (what it is about → message) the partner's alarms of one kind; an old one keeps its first day."""
    marks = ",".join("?" * len(found))
    connection.execute(
        f"DELETE FROM alarms WHERE partner = ? AND kind = ? AND about NOT IN ({marks})", [partner, kind, *found]
    )
    connection.executemany(
        "INSERT INTO alarms VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET message = excluded.message",
        [(partner, kind, about, message, at) for about, message in found.items()],
    )
