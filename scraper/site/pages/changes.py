"""What partners edited or took away, and what was removed from the archive on request."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from scraper.publish.addresses import shorten

from .. import times
from ..ask import Ask, Page
from . import common
from .post import changed_fields

SIZE = 25
KINDS = ("edited", "gone", "removed")
QUERIES = {
    "edited": """
        SELECT v.post AS id, v.number, v.captured_at AS at, v.changed, p.title, p.partner, r.title AS partner_title,
            r.timezone, p.language FROM revisions v JOIN posts p ON p.id = v.post JOIN partners r ON r.slug = p.partner
        WHERE v.number > 1 AND v.captured_at < ? ORDER BY v.captured_at DESC, v.post LIMIT ?""",
    "gone": """
        SELECT p.id, p.gone_at AS at, p.title, p.partner, r.title AS partner_title, r.timezone, p.language
        FROM posts p JOIN partners r ON r.slug = p.partner
        WHERE p.gone_at IS NOT NULL AND p.gone_at < ? ORDER BY p.gone_at DESC, p.id LIMIT ?""",
    "removed": """
        SELECT id, requested_at AS at, what, reason, action, done_at, lifted_at FROM removals
        WHERE requested_at < ? ORDER BY requested_at DESC, id DESC LIMIT ?""",
}


def page(ask: Ask) -> Page:
    """Return one of the three lists, newest first; `before` is an instant."""
    kind = ask.one("what") if ask.one("what") in KINDS else "edited"
    before = ask.one("before")[:20] or "9999"
    rows = ask.rows(QUERIES[kind], before, SIZE)
    following = f"/changes?{urlencode({'what': kind, 'before': rows[-1]['at']})}" if len(rows) == SIZE else ""
    return Page(
        template="changes",
        context={
            "kind": kind,
            "kinds": KINDS,
            "rows": [entry(row) for row in rows],
            "next": following,
            "unknown": ask.unknown("what", "before"),
        },
    )


def entry(row: dict[str, Any]) -> dict[str, Any]:
    """Add words and addresses to a row."""
    return {
        **row,
        "when": times.say_instant(row["at"], row.get("timezone")),
        "short": shorten(row["id"]),
        "fields": changed_fields(row.get("changed")),
        "lang": common.foreign(row.get("language")),
    }
