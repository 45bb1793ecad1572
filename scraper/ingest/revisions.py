"""The rows of what a post said: a new revision for a change, the same one rewritten for another reading."""

from __future__ import annotations

import json
import sqlite3

from scraper.models import Capture, Partner, Post, Public
from scraper.store import allowed, posts, tallies, withhold
from scraper.store.archive import Row, instant

from .template_change import Changes


def save_revision(
    connection: sqlite3.Connection,
    post_id: int,
    number: int,
    post: Post,
    partner: Partner,
    capture: Capture,
    changed: Changes,
) -> None:
    """Write one revision: what the post said from then on, and which fields differ from before."""
    public = allowed.effective_rights(partner, post.raw.rights_flags)
    brief = {name: pair for name, pair in changed.items() if name != "text"}
    if "text" in changed:
        brief["text"] = {"before": None, "after": None}  # the texts stand in the rows of both revisions
    connection.execute(
        "INSERT OR REPLACE INTO revisions (post, number, captured_at, capture, extractor, title, text, text_digest,"
        " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            post_id,
            number,
            instant(capture.fetched_at),
            capture.id,
            post.extractor,
            post.raw.title,
            allowed.allowed_text(post.raw.text, public),
            post.text_digest,
            json.dumps(brief, ensure_ascii=False) if brief else None,
        ],
    )


def rewrite(connection: sqlite3.Connection, row: Row, capture: int, post: Post, partner: Partner) -> None:
    """Write the present reading of one capture of a post: no revision, and what was seen when stays."""
    public = allowed.effective_rights(partner, post.raw.rights_flags)
    if capture == row["capture"]:
        posts.drop_from_index(connection, row["id"])
        values = posts.post_values(post, partner, capture=capture, now=row["last_seen_at"], revision=row["revision"])
        posts.update(connection, row["id"], values)
        posts.replace_details(connection, row["id"], post, partner, now=row["last_seen_at"])
        posts.add_to_index(connection, row["id"])
        connection.execute("UPDATE posts SET gone_at = ? WHERE id = ?", [row["gone_at"], row["id"]])
        reread_revision(connection, row["id"], "number", row["revision"], post, public)
    elif not is_last(connection, row, capture):  # which holds the reading of the page that the post was last read from
        reread_revision(connection, row["id"], "capture", capture, post, public)
    withhold.narrow(connection, row["id"], public)
    tallies.refresh(connection, row["id"])


def is_last(connection: sqlite3.Connection, row: Row, capture: int) -> bool:
    """Say whether a capture is the one that began a post's last revision."""
    found = connection.execute("SELECT max(number) FROM revisions WHERE post = ? AND capture = ?", [row["id"], capture])
    return bool(found.fetchone()[0] == row["revision"])


def reread_revision(
    connection: sqlite3.Connection, post_id: int, which: str, value: int, post: Post, public: Public
) -> None:
    """Write the present reading into the revision that `which` (number or capture) names: the same words, read anew."""
    connection.execute(
        f"UPDATE revisions SET title = ?, text = ?, text_digest = ?, extractor = ? WHERE post = ? AND {which} = ?",  # noqa: S608 - a column
        [
            post.raw.title,
            allowed.allowed_text(post.raw.text, public),
            post.text_digest,
            post.extractor,
            post_id,
            value,
        ],
    )
