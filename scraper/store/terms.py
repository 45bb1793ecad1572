"""The vocabulary in the database, so that SQL can name terms and climb to broader ones."""

from __future__ import annotations

import sqlite3

from scraper import vocabulary
from scraper.normalise import text


def save_terms(connection: sqlite3.Connection) -> None:
    """Write the terms of the present vocabulary, once for each version of it; a term is never taken away."""
    terms = vocabulary.load().values()
    digest = text.digest(*(f"{term.id} {term.label} {term.parent}" for term in terms))
    row = connection.execute("SELECT value FROM notes WHERE key = 'vocabulary'").fetchone()
    if row is not None and row["value"] == digest:
        return
    connection.execute("PRAGMA defer_foreign_keys=ON")
    connection.executemany(
        "INSERT INTO terms (id, label, parent) VALUES (?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET label = excluded.label, parent = excluded.parent",
        [(term.id, term.label, term.parent) for term in terms],
    )
    connection.execute("INSERT OR REPLACE INTO notes VALUES ('vocabulary', ?)", [digest])


def save_term(connection: sqlite3.Connection, id: str) -> None:
    """Write a term of the present vocabulary, and those above it, where the database does not hold them yet."""
    term = vocabulary.load().get(id)
    if term is not None:
        connection.executemany(
            "INSERT OR IGNORE INTO terms (id, label, parent) VALUES (?, ?, ?)",
            [(one.id, one.label, one.parent) for one in (*reversed(vocabulary.ancestors(id)), term)],
        )
