"""The recipes that were learned: the one a partner is read by, those before it, and how often it is missed."""

from __future__ import annotations

import sqlite3

from .archive import Archive, Row

RECENT = 20  # new posts by which a recipe is judged
LEAST_RECENT = 10
DRIFT = 0.3  # of them read without the recipe, beyond the share of its samples that it never fitted


def active_recipe(archive: Archive, partner: str) -> str | None:
    """Return the recipe a partner's pages are read by, as JSON; None when there is none."""
    row = archive.first("SELECT recipe FROM recipes WHERE partner = ? AND active", [partner])
    return str(row["recipe"]) if row else None


def save_recipe(
    connection: sqlite3.Connection, partner: str, digest: str, recipe: str, *, samples: int, at: str
) -> None:
    """Make a recipe the partner's active one; those before it stay as its history."""
    connection.execute("UPDATE recipes SET active = 0 WHERE partner = ?", [partner])
    connection.execute(
        "INSERT OR REPLACE INTO recipes (partner, digest, learned_at, recipe, samples, active)"
        " VALUES (?, ?, ?, ?, ?, 1)",
        [partner, digest, at, recipe, samples],
    )


def find_drift(connection: sqlite3.Connection, partner: str) -> dict[str, str]:
    """Return the alarm of a partner whose new posts its recipe does not fit any more."""
    active = connection.execute(
        "SELECT digest, learned_at, json_extract(recipe, '$.fit') AS fit FROM recipes WHERE partner = ? AND active",
        [partner],
    ).fetchone()
    if active is None:
        return {}
    rows = connection.execute(
        "SELECT extractor LIKE '%/generic' AS missed FROM posts WHERE partner = ? AND first_seen_at > ?"
        " ORDER BY first_seen_at DESC, id LIMIT ?",
        [partner, active["learned_at"], RECENT],
    ).fetchall()
    missed = sum(row["missed"] for row in rows)
    if len(rows) < LEAST_RECENT or missed / len(rows) < DRIFT + (1 - (active["fit"] or 1)):
        return {}
    return {"": f"the page layout has changed: its recipe missed {missed} of the last {len(rows)} new posts"}


def sampled_posts(archive: Archive, partner: str, *, number: int, newest: bool) -> list[Row]:
    """Return posts to learn from with their last capture: spread over all that live, or the newest alone."""
    order = "posts.first_seen_at DESC, posts.id" if newest else "posts.published_on, posts.id"
    rows = archive.query(
        "SELECT posts.id AS post, posts.url AS asked, posts.last_seen_at, captures.id, warc, offset, length FROM posts"
        " JOIN captures ON captures.id = posts.capture WHERE posts.partner = ? AND gone_at IS NULL"
        f" ORDER BY {order} LIMIT ?",
        [partner, RECENT if newest else 2_000],
    )
    step = max(1, len(rows) / number)
    return [rows[int(place * step)] for place in range(min(number, len(rows)))]


def count_posts(archive: Archive, partner: str) -> int:
    """Return how many posts of a partner live."""
    row = archive.first("SELECT count(*) AS number FROM posts WHERE partner = ? AND gone_at IS NULL", [partner])
    return int(row["number"]) if row else 0
