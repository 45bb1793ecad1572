"""The revisions of a post: each as it was, to read and to cite, and what changed between two of them."""

from __future__ import annotations

import json
from typing import Any

from scraper.publish import authors, cite, records
from scraper.publish.about import About
from scraper.publish.addresses import shorten
from scraper.publish.files import CONTENT_TYPES, WRITERS

from .. import times, words
from ..ask import Answer, Ask, File, Page
from ..compare import compare
from . import common, one_post

SHOWN_APART = ("title", "text")
FIELDS = {"summary": "summary", "byline": "byline", "published": "published_edtf"}  # of a revision → of a record
UNDATED = dict.fromkeys(("published_at", "published_on", "published_edtf"))


def page(ask: Ask) -> Answer:
    """Return one revision of a post, or a file of it."""
    row = one_post.find(ask)
    if not isinstance(row, dict):
        return row
    number = int(ask.values["number"])
    found = ask.row(
        "SELECT number, captured_at, title, text, text_digest, extractor FROM revisions WHERE post = ? AND number = ?",
        row["id"],
        number,
    )
    if found is None:
        return one_post.missing()
    text = revision_text(ask, row, number)[1]
    record = said_then(ask, row, found)
    if ask.values.get("format"):
        return export(ask, record, text, ask.values["format"])
    return Page(template="revision", context=context(ask, row, found, record, text))


def context(
    ask: Ask, row: dict[str, Any], found: dict[str, Any], record: records.Record, text: str | None
) -> dict[str, Any]:
    """Return all that the page of a revision shows."""
    return {
        "post": row,
        "short": shorten(row["id"]),
        "number": found["number"],
        "title": found["title"],
        "byline": record["byline"],
        "when": times.published({**row, **{name: record[name] for name in UNDATED}}),
        "captured": times.say_instant(found["captured_at"], row["timezone"]),
        "digest": found["text_digest"],
        "lang": common.foreign(row["language"]),
        "paragraphs": [part.strip() for part in text.split("\n") if part.strip()] if text else [],
        "citation": cite.text(record),
        "coins": cite.coins(record),
        "highwire": cite.highwire(record),
        "unknown": ask.unknown(),
    }


def said_then(ask: Ask, row: dict[str, Any], found: dict[str, Any]) -> records.Record:
    """Return the record of a post as a revision had it: what later ones changed is taken back."""
    record = records.read_posts(ask.connection, [row["id"]], ask.base)[0]
    record |= {
        "title": found["title"],
        "revision": found["number"],
        "changed_at": found["captured_at"],
        "archive_url": f"{record['archive_url']}/revision/{found['number']}",
        "last_seen_at": found["captured_at"] if found["number"] < row["revision"] else record["last_seen_at"],
    }
    later = ask.rows(
        "SELECT changed FROM revisions WHERE post = ? AND number > ? ORDER BY number DESC", row["id"], found["number"]
    )
    for name, pair in (item for one in later for item in changes_of(one["changed"]).items()):
        if name in FIELDS and isinstance(pair, dict):
            record |= (UNDATED if name == "published" else {}) | {FIELDS[name]: pair.get("before")}
            record["authors"] = authors.named(None, record["byline"]) if name == "byline" else record["authors"]
        elif name == "categories" and isinstance(pair, dict):
            record["categories"] = pair.get("before") or []
    return record


def export(ask: Ask, record: records.Record, text: str | None, form: str) -> File:
    """Return one revision as a file."""
    if form == "txt":
        whole = f"{record['title']}\n{record['archive_url']}\n{record['published_edtf'] or 'undated'}\n\n{text or ''}\n"
        return File(pieces=[whole], content_type="text/plain; charset=utf-8")
    about = About(
        query=f"post {record['id']}, revision {record['revision']}",
        count=1,
        as_of=records.data_as_of(ask.connection),
        url=f"{record['archive_url']}.{form}",
    )
    name = f"{record['id']}-{record['revision']}.{form}"
    return File(pieces=WRITERS[form]([record], about), content_type=CONTENT_TYPES[form], filename=name)


def of_post(ask: Ask, number: int, zone: str) -> list[dict[str, Any]]:
    """Return the revisions of a post, newest first, with the names of the fields that changed."""
    sql = (
        "SELECT number, captured_at, extractor, title, changed, text IS NOT NULL AS kept FROM revisions"
        " WHERE post = ? ORDER BY number DESC LIMIT 50"
    )
    return [
        {**row, "when": times.say_instant(row["captured_at"], zone), "fields": changed_fields(row["changed"])}
        for row in ask.rows(sql, number)
    ]


def changed_fields(text: str | None) -> list[str]:
    """Return what a revision changed, as people call it."""
    return [words.named("field", name[:40]) for name in changes_of(text)][:20]


def changes_of(text: str | None) -> dict[str, Any]:
    """Return what a revision changed: field → before and after; nothing for what cannot be read."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def changes(ask: Ask) -> Answer:
    """Return what changed between two revisions."""
    row = one_post.find(ask)
    if not isinstance(row, dict):
        return row
    known = of_post(ask, row["id"], row["timezone"])
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


def other_fields(known: list[dict[str, Any]], old: int, new: int) -> list[tuple[str, str, str]]:
    """Return what else differs between two revisions, as name, before and after: all but title and text."""
    found: dict[str, tuple[Any, Any]] = {}
    for revision in reversed(known):  # the earliest first
        if min(old, new) < revision["number"] <= max(old, new):
            for name, change in changes_of(revision["changed"]).items():
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
