"""What a partner changed in a post: its revisions, and what differs between two of them."""

from __future__ import annotations

import json
from typing import Any

from scraper.publish.addresses import lengthen, shorten

from .. import times, words
from ..ask import Answer, Ask, Page
from ..compare import compare
from . import common
from .missing import missing, removed

SHOWN_APART = ("title", "text")
POST = """
SELECT p.id, p.title, p.language, p.revision, r.timezone, b.text
FROM posts p JOIN partners r ON r.slug = p.partner LEFT JOIN bodies b ON b.post = p.id WHERE p.id = ?
"""


def changes(ask: Ask) -> Answer:
    """Return what changed between two revisions."""
    number = lengthen(ask.values["short"])
    row = ask.row(POST, number) if number is not None else None
    if row is None:
        return missing() if number is None else removed(ask, number)
    known = revisions(ask, row["id"], row["timezone"])
    numbers = [found["number"] for found in known]
    new = chosen(ask.one("to"), numbers, numbers[0] if numbers else 1)
    old = chosen(ask.one("from"), numbers, max([n for n in numbers if n < new], default=new))
    before, after = revision_text(ask, row, old), revision_text(ask, row, new)
    return Page(
        template="post_changes",
        context={
            "post": row,
            "short": shorten(row["id"]),
            "lang": common.foreign(row["language"]),
            "revisions": known,
            "old": old,
            "new": new,
            "titles": (before[0], after[0]),
            "kept": before[1] is not None and after[1] is not None,
            "changed": compare(before[1] or "", after[1] or ""),
            "others": other_fields(known, old, new),
            "unknown": ask.unknown("from", "to"),
        },
    )


def chosen(typed: str, numbers: list[int], default: int) -> int:
    """Return the revision asked for when there is one."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 and int(typed) in numbers else default


def revision_text(ask: Ask, row: dict[str, Any], number: int) -> tuple[str, str | None]:
    """Return title and text of a revision; the present one's text may stand in `bodies` alone."""
    found = ask.row("SELECT title, text FROM revisions WHERE post = ? AND number = ?", row["id"], number)
    if found is None:
        return row["title"], row["text"]
    return found["title"], row["text"] if found["text"] is None and number == row["revision"] else found["text"]


def revisions(ask: Ask, number: int, zone: str) -> list[dict[str, Any]]:
    """Return the revisions of a post, newest first, with the names of the fields that changed."""
    sql = (
        "SELECT number, captured_at, extractor, title, changed, text IS NOT NULL AS kept FROM revisions"
        " WHERE post = ? ORDER BY number DESC LIMIT 50"
    )
    return [
        {**row, "when": times.say_instant(row["captured_at"], zone), "fields": changed_fields(row["changed"])}
        for row in ask.rows(sql, number)
    ]


def other_fields(known: list[dict[str, Any]], old: int, new: int) -> list[tuple[str, str, str]]:
    """Return what else differs between two revisions, as name, before and after: all but title and text."""
    found: dict[str, tuple[Any, Any]] = {}
    for revision in reversed(known):  # the earliest first
        if min(old, new) < revision["number"] <= max(old, new):
            for name, change in read_changes(revision["changed"]).items():
                if isinstance(change, dict) and name not in SHOWN_APART:
                    before = found[name][0] if name in found else change.get("before")
                    found[name] = (before, change.get("after"))
    ways = found.items() if old <= new else ((name, (after, before)) for name, (before, after) in found.items())
    return [(words.named("field", name), say_value(name, a), say_value(name, b)) for name, (a, b) in ways if a != b]


def say_value(name: str, value: Any) -> str:
    """Return what stood in a field, in words."""
    if isinstance(value, list):
        return "; ".join(map(str, value))[:600] or "–"
    return times.say_edtf(str(value)) if value and name == "published" else str(value or "–")[:600]


def read_changes(text: str | None) -> dict[str, Any]:
    """Return what a revision changed, field to before and after; nothing where it is not told."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def changed_fields(text: str | None) -> list[str]:
    """Return what a revision changed, as people call it."""
    return [words.named("field", str(name)[:40]) for name in read_changes(text)][:20]
