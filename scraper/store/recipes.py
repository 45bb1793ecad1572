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


def has_alarm(archive: Archive, partner: str) -> bool:
    """Say whether the alarm stands that a partner's pages have changed, so that its recipe misses."""
    return archive.first("SELECT 1 FROM alarms WHERE partner = ? AND kind = 'drift'", [partner]) is not None


def misses_since(archive: Archive, partner: str, since: str) -> bool:
    """Say whether a recipe that was learned at an instant or later misses the posts after it."""
    young = archive.first("SELECT 1 FROM recipes WHERE partner = ? AND active AND learned_at >= ?", [partner, since])
    return young is not None and bool(find_drift(archive.connection, partner))


def sampled_posts(archive: Archive, partner: str, *, number: int, newest: bool) -> list[Row]:
    """Return posts to learn from with their last capture: spread over all that live, or the newest alone."""
    order = "posts.first_seen_at DESC, posts.id" if newest else "posts.published_on, posts.id"
    rows = captured_posts(archive, partner, f"ORDER BY {order}", RECENT if newest else 2_000)
    step = max(1, len(rows) / number)
    return [rows[int(place * step)] for place in range(min(number, len(rows)))]


def generic_posts(archive: Archive, partner: str, *, limit: int) -> list[Row]:
    """Return the newest posts that no recipe has read, with their last capture."""
    return captured_posts(archive, partner, "AND extractor LIKE '%/generic' ORDER BY posts.first_seen_at DESC", limit)


def captured_posts(archive: Archive, partner: str, which: str, limit: int) -> list[Row]:
    """Return the living posts of a partner with their last capture; `which` is code, never a reader's words."""
    return archive.query(
        "SELECT posts.id AS post, posts.url AS asked, posts.last_seen_at, captures.id, warc, offset, length FROM posts"
        f" JOIN captures ON captures.id = posts.capture WHERE posts.partner = ? AND gone_at IS NULL {which} LIMIT ?",
        [partner, limit],
    )


def count_posts(archive: Archive, partner: str) -> int:
    """Return how many posts of a partner live."""
    row = archive.first("SELECT count(*) AS number FROM posts WHERE partner = ? AND gone_at IS NULL", [partner])
    return int(row["number"]) if row else 0
