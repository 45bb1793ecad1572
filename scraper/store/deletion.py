"""A partner leaves the database: every row that is its own."""

from __future__ import annotations

import sqlite3

from . import families, tallies

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


def delete(connection: sqlite3.Connection, slug: str) -> None:
    """Delete every row of a partner, inside the caller's transaction."""
    leave_families(connection, slug)
    connection.execute("UPDATE sources SET parent = NULL WHERE partner = ?", [slug])
    for rows in OF_PARTNER:
        connection.execute(f"DELETE FROM {rows}", {"slug": slug})
    tallies.rebuild(connection)
    for rows in LAST_OF_PARTNER:
        connection.execute(f"DELETE FROM {rows}", {"slug": slug})


def leave_families(connection: sqlite3.Connection, slug: str) -> None:
    """Take every post of a partner out of its family and the index of fingerprints, some posts at a time."""
    rows = connection.execute(
        "SELECT post FROM fingerprints JOIN posts ON posts.id = post WHERE partner = ?", [slug]
    ).fetchall()
    for start in range(0, len(rows), families.AT_ONCE):
        families.forget(connection, [row["post"] for row in rows[start : start + families.AT_ONCE]])
