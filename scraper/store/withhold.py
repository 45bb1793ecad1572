"""Take out of the database what may not be public: parts of a post that its rights do not allow, or all of it."""

from __future__ import annotations

import sqlite3

from scraper.models import Public

from . import allowed, families, posts, tallies


def narrow(connection: sqlite3.Connection, post_id: int, public: Public) -> None:
    """Take away all that the rights do not allow to be shown of a post, in its old revisions too."""
    if public == "full":
        return
    posts.drop_from_index(connection, post_id)
    connection.execute(
        "UPDATE bodies SET html = NULL, text = ? WHERE post = ?",
        [allowed_of(connection, "SELECT text FROM bodies WHERE post = ?", [post_id], public), post_id],
    )
    for row in connection.execute("SELECT number FROM revisions WHERE post = ?", [post_id]).fetchall():
        place = [post_id, row["number"]]
        words = allowed_of(connection, "SELECT text FROM revisions WHERE post = ? AND number = ?", place, public)
        connection.execute("UPDATE revisions SET text = ? WHERE post = ? AND number = ?", [words, *place])
    narrow_claims(connection, post_id, public)
    if public == "none":
        narrow_to_none(connection, post_id)
    posts.add_to_index(connection, post_id)


def narrow_claims(connection: sqlite3.Connection, post_id: int, public: Public) -> None:
    """Cut the words that dates and events were read from."""
    connection.execute(
        "UPDATE date_claims SET quote = substr(quote, 1, ?) WHERE post = ? OR event IN"
        " (SELECT id FROM events WHERE post = ?)",
        [allowed.QUOTE_LETTERS[public], post_id, post_id],
    )
    row = connection.execute("SELECT text FROM bodies WHERE post = ?", [post_id]).fetchone()
    shown = row["text"] if row else None
    told = connection.execute(
        "SELECT id, evidence, found_in FROM events WHERE post = ? AND evidence IS NOT NULL", [post_id]
    ).fetchall()
    for event in told:
        kept = allowed.allowed_evidence(event["evidence"], event["found_in"], shown, public)
        connection.execute("UPDATE events SET evidence = ? WHERE id = ?", [kept, event["id"]])
        if kept is None:
            connection.execute("UPDATE date_claims SET quote = '' WHERE event = ?", [event["id"]])


def narrow_calendars(connection: sqlite3.Connection, partner: str, public: Public) -> None:
    """Cut the words that a partner's calendars say of events that have no post."""
    told = connection.execute(
        "SELECT id, evidence, found_in FROM events WHERE partner = ? AND post IS NULL AND evidence IS NOT NULL",
        [partner],
    ).fetchall()
    for event in told:
        kept = allowed.allowed_evidence(event["evidence"], event["found_in"], None, public)
        connection.execute("UPDATE events SET evidence = ? WHERE id = ?", [kept, event["id"]])


def narrow_to_none(connection: sqlite3.Connection, post_id: int) -> None:
    """Leave of a post its title, dates, names and links."""
    families.forget(connection, [post_id])
    pairs = ", ".join(f"{name} = NULL" for name in posts.SHARE_PROSE)
    connection.execute(f"UPDATE share_metadata SET {pairs} WHERE post = ?", [post_id])
    connection.execute("UPDATE posts SET summary = NULL WHERE id = ?", [post_id])
    connection.execute(
        "UPDATE revisions SET changed = json_remove(changed, '$.summary') WHERE post = ? AND changed IS NOT NULL",
        [post_id],
    )


def allowed_of(connection: sqlite3.Connection, query: str, values: list[object], public: Public) -> str | None:
    """Return as much of a stored text as the rights allow."""
    row = connection.execute(query, values).fetchone()
    return allowed.allowed_text(row["text"], public) if row and row["text"] is not None else None


def remove(connection: sqlite3.Connection, post_id: int) -> None:
    """Take a post and all that hangs on it out of the database; its captures stay where they are."""
    posts.drop_from_index(connection, post_id)
    families.forget(connection, [post_id])
    connection.execute("DELETE FROM date_claims WHERE event IN (SELECT id FROM events WHERE post = ?)", [post_id])
    connection.execute(
        "DELETE FROM source_claims WHERE EXISTS (SELECT 1 FROM addresses a WHERE a.post = ?"
        " AND a.partner = source_claims.partner AND a.url_key = source_claims.url_key)",
        [post_id],
    )
    connection.execute(
        "DELETE FROM candidates WHERE post = ? OR EXISTS (SELECT 1 FROM addresses a WHERE a.post = ?"
        " AND a.partner = candidates.partner AND a.url_key = candidates.url_key)",
        [post_id, post_id],
    )
    for table in ("date_claims", "post_categories", "tags", "share_metadata", "bodies", "revisions", "events"):
        connection.execute(f"DELETE FROM {table} WHERE post = ?", [post_id])
    connection.execute("DELETE FROM addresses WHERE post = ?", [post_id])
    connection.execute("DELETE FROM posts WHERE id = ?", [post_id])
    connection.execute("DELETE FROM categories WHERE id NOT IN (SELECT category FROM post_categories)")
    tallies.refresh(connection, post_id)
