"""What several pages read: names, the data's date, thin rows of posts."""

from __future__ import annotations

import json
from typing import Any

from scraper.publish.addresses import shorten
from scraper.store import tallies

from .. import times
from ..ask import Ask

CARD = """
SELECT p.id, p.partner, r.title AS partner_title, r.timezone, p.kind, p.title, p.summary, p.language, p.url,
    p.published_at, p.published_on, p.published_edtf, p.published_precision, p.gone_at, p.revision, p.family,
    f.size AS family_size, r.language AS partner_language
FROM json_each(?) wanted JOIN posts p ON p.id = wanted.value JOIN partners r ON r.slug = p.partner
LEFT JOIN families f ON f.id = p.family ORDER BY wanted.key
"""


def partner_titles(ask: Ask) -> dict[str, str]:
    """Return the title of every partner by its slug."""
    return dict(ask.connection.execute("SELECT slug, title FROM partners ORDER BY title").fetchall())


def term_labels(ask: Ask) -> dict[str, str]:
    """Return the label of every term by its id."""
    return dict(ask.connection.execute("SELECT id, label FROM terms").fetchall())


def cards(ask: Ask, posts: list[int]) -> list[dict[str, Any]]:
    """Return posts as lists show them, in the order of their ids."""
    return [card(row) for row in ask.rows(CARD, json.dumps(posts))]


def card(row: dict[str, Any]) -> dict[str, Any]:
    """Add addresses and words to a post's row."""
    also = (row["family_size"] or 1) - 1
    return {
        **row,
        "short": shorten(row["id"]),
        "when": times.published_day(row),
        "lang": foreign(row["language"]),
        "changed": row["revision"] > 1,
        "also": also,
    }


def foreign(language: str | None) -> str | None:
    """Return a post's language for a `lang` attribute: always when it is known and well-formed."""
    parts = (language or "").split("-")
    fine = all(part.isascii() and part.isalnum() and len(part) <= 8 for part in parts)
    return language if language and fine and 2 <= len(parts[0]) <= 3 else None


def event_card(row: dict[str, Any]) -> dict[str, Any]:
    """Add addresses and words to an event's row (id, post, timezone and its dates)."""
    return {
        **row,
        "short": shorten(row["id"]),
        "post_short": None if row.get("post") is None else shorten(row["post"]),
        "when": times.happens(row, brief=True),
        "clock": "" if row["all_day"] else times.clock(row["starts_at"], row["timezone"]),
        "coarse": not (row["starts_at"] or row["start_on"]),
    }


EVENT_CARD = """
SELECT e.id, e.post, e.partner, r.title AS partner_title, e.title, e.starts_at, e.ends_at, e.start_on, e.end_on,
    e.when_edtf, e.precision, e.earliest_on, e.latest_on, coalesce(e.timezone, r.timezone) AS timezone, e.all_day,
    e.venue, e.status, e.certain, e.gone_at, p.language
FROM events e JOIN partners r ON r.slug = e.partner LEFT JOIN posts p ON p.id = e.post
"""


def newest(ask: Ask, size: int, partner: str = "") -> list[int]:
    """Return the ids of the posts published last."""
    sql = "SELECT post FROM search_rows ORDER BY at DESC, post DESC LIMIT ?"
    if not partner:
        return [row[0] for row in ask.connection.execute(sql, (size,))]
    sql = (
        "SELECT p.id FROM posts p WHERE p.partner = ? AND p.published_on IS NOT NULL"
        " ORDER BY p.published_on DESC LIMIT ?"
    )
    return [row[0] for row in ask.connection.execute(sql, (partner, size))]


def month_table(ask: Ask, partner: str = "") -> tuple[dict[str, int], int, int]:
    """Return posts by month, those of no one month, and the undated."""
    sql = "SELECT month, sum(posts) FROM month_counts WHERE posts > 0"
    sql += " AND partner = ? GROUP BY month" if partner else " GROUP BY month"
    counts = dict(ask.connection.execute(sql, (partner,) if partner else ()).fetchall())
    coarse, undated = counts.pop(tallies.COARSE, 0), counts.pop(tallies.NO_DATE, 0)
    return counts, coarse, undated
