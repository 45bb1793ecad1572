"""The vocabulary in the database, so that SQL can name terms and climb to broader ones."""

from __future__ import annotations

import sqlite3
from functools import cache

from scraper import vocabulary
from scraper.normalise import text


def save_terms(connection: sqlite3.Connection) -> None:
    """Write the terms of the present vocabulary, once for each version of it; a term is never taken away."""
    row = connection.execute("SELECT value FROM notes WHERE key = 'vocabulary'").fetchone()
    if row is not None and row["value"] == digest():
        return
    connection.execute("PRAGMA defer_foreign_keys=ON")
    connection.executemany(
        "INSERT INTO terms (id, label, parent) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET label = excluded.label, parent = excluded.parent",
        [(term.id, term.label, term.parent) for term in vocabulary.load().values()],
    )
    connection.execute("INSERT OR REPLACE INTO notes VALUES ('vocabulary', ?)", [digest()])


@cache
def digest() -> str:
    """Return what tells one version of the vocabulary from another."""
    return text.digest(*(f"{term.id} {term.label} {term.parent}" for term in vocabulary.load().values()))
