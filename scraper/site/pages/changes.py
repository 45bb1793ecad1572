"""What partners edited or took away, and what was removed from the archive on request."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from scraper.publish.addresses import shorten

from .. import times, words
from ..ask import Ask, Page
from . import common
from .revisions import changed_fields

SIZE = 25
OWNER = {"edited": "p.partner", "gone": "p.partner", "removed": "m.partner"}
KINDS = ("edited", "gone", "removed")
QUERIES = {
    "edited": """
        SELECT v.post AS id, v.number, v.captured_at AS at, v.changed, p.title, p.partner, r.title AS partner_title,
            r.timezone, p.language, p.revision, coalesce(p.modified_on, p.modified_at, '') AS modified,
            (SELECT captured_at FROM revisions u WHERE u.post = v.post AND u.number = v.number - 1) AS seen_before
        FROM revisions v JOIN posts p ON p.id = v.post JOIN partners r ON r.slug = p.partner
        WHERE v.number > 1 AND v.captured_at < ? {only} ORDER BY v.captured_at DESC, v.post LIMIT ?""",
    "gone": """
        SELECT p.id, p.gone_at AS at, p.title, p.partner, r.title AS partner_title, r.timezone, p.language
        FROM posts p JOIN partners r ON r.slug = p.partner
        WHERE p.gone_at IS NOT NULL AND p.gone_at < ? {only} ORDER BY p.gone_at DESC, p.id LIMIT ?""",
    "removed": """
        SELECT m.id, m.requested_at AS at, m.what, m.reason, m.action, m.done_at, m.lifted_at, m.digest,
            coalesce(r.title, m.partner, '') AS partner_title
        FROM removals m LEFT JOIN partners r ON r.slug = m.partner
        WHERE m.requested_at < ? {only} ORDER BY m.requested_at DESC, m.id DESC LIMIT ?""",
}


def page(ask: Ask) -> Page:
    """Return one of the three lists, newest first, of one partner or of all; `before` is an instant."""
    kind = ask.one("what") if ask.one("what") in KINDS else "edited"
    partner, partners = ask.one("partner")[:120], common.partner_titles(ask)
    sql = QUERIES[kind].format(only=f"AND {OWNER[kind]} = ?" if partner else "")
    rows = ask.rows(sql, ask.one("before")[:20] or "9999", *([partner] if partner else []), SIZE)
    kept = {"partner": partner} if partner else {}
    return Page(
        template="changes",
        context={
            "kind": kind,
            "kinds": [(name, f"/changes?{urlencode({'what': name, **kept})}") for name in KINDS],
            "rows": [entry(row) for row in rows],
            "next": f"/changes?{urlencode({'what': kind, **kept, 'before': rows[-1]['at']})}"
            if len(rows) == SIZE
            else "",
            "partner": partner,
            "partners": partners,
            "unknown": ask.unknown("what", "before", "partner"),
            "faults": [words.say("no_such_partner", name=partner)] if partner and partner not in partners else [],
        },
    )


def entry(row: dict[str, Any]) -> dict[str, Any]:
    """Add words and addresses to a row."""
    return {
        **row,
        "when": times.say_instant(row["at"], row.get("timezone")),
        "short": shorten(int(row["digest"][:13], 16) if row.get("digest") else row["id"]),
        "fields": changed_fields(row.get("changed")),
        "silent": is_silent(row),
        "lang": common.foreign(row.get("language")),
    }


def is_silent(row: dict[str, Any]) -> bool:
    """Whether the last edit of a post is one that its page gives no date for: none of these days, or none at all."""
    seen = str(row.get("seen_before") or "")
    return seen != "" and row["number"] == row["revision"] and row["modified"][:10] < seen[:10]
