"""A post: its text, how its dates are known, where it came from, what became of it, how to cite it."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from scraper.publish import cite, ics, records
from scraper.publish.about import About
from scraper.publish.addresses import shorten
from scraper.publish.files import CONTENT_TYPES, WRITERS

from .. import safe_html, times, words
from ..ask import Answer, Ask, File, Page
from . import common, one_post, revisions

MOST_BYTES = 28_000  # of text on the page; the rest is one link away
MOST_COPIES = 50
FAMILY = """
SELECT id, partner, url, published_edtf, first_seen_at FROM posts WHERE family = ? AND id <> ?
ORDER BY id <> family, latest_on IS NULL, latest_on, published_at, id
"""
SHARE_FIELDS = ("title", "description", "image", "url")


def page(ask: Ask) -> Answer:
    """Return a post, a file of it, or the notice that it was removed."""
    row = one_post.find(ask)
    if not isinstance(row, dict):
        return row
    if ask.values.get("format"):
        return export(ask, row["id"], ask.values["format"], row)
    record = records.read_posts(ask.connection, [row["id"]], ask.base)[0]
    return Page(template="post", context=context(ask, row, record), headers=picture_policy(ask))


def picture_policy(ask: Ask) -> dict[str, str]:
    """Let the browser load a partner's picture only where the reader asked for it."""
    return {"X-Allow-Pictures": "1"} if ask.one("pictures") == "1" else {}


def context(ask: Ask, row: dict[str, Any], record: records.Record) -> dict[str, Any]:
    """Return all that the page shows."""
    number = row["id"]
    body, cut = readable(row)
    claims = ask.rows(
        "SELECT * FROM date_claims WHERE post = ? ORDER BY field DESC, chosen DESC, score DESC LIMIT 40", number
    )
    return {
        "post": row,
        "short": record["id"],
        "when": times.published(row),
        "modified": times.say_instant(row["modified_at"], row["timezone"]) or times.say_day(row["modified_on"]),
        "lang": common.foreign(row["language"]),
        "body": body,
        "cut": cut,
        "claims": [{**claim, "words": times.say_edtf(claim["edtf"])} for claim in claims],
        "share": share(ask, number),
        "pictures": ask.one("pictures") == "1",
        "categories": categories(ask, number),
        "tags": [tag["tag"] for tag in ask.rows("SELECT tag FROM tags WHERE post = ? LIMIT 40", number)],
        "events": [
            common.event_card(event) | {"evidence": event["evidence"], "organiser": event["organiser"]}
            for event in events(ask, number)
        ],
        "revisions": revisions.of_post(ask, number, row["timezone"]),
        **same_text(ask, row),
        "citation": cite.text(record),
        "coins": cite.coins(record),
        "highwire": cite.highwire(record),
        "json_ld": script_json(cite.json_ld(record)),
        "fetched": times.say_instant(row["fetched_at"], "UTC"),
        "reader": reader(row["extractor"]),
        "unknown": ask.unknown("pictures"),
    }


def reader(extractor: str) -> str:
    """Return what read a post: the version of the reader, and the learned layout it went by."""
    version, _, recipe = extractor.replace(":", "/").partition("/")
    known = recipe not in ("", "generic")
    return words.say("reader_recipe", version=version, recipe=recipe) if known else words.say("reader", version=version)


def readable(row: dict[str, Any]) -> tuple[Markup | list[str], bool]:
    """Return the body to read, safe, and whether it was cut."""
    text, markup = row["text"] or "", row["html"] or ""
    if markup and len(markup.encode()) <= MOST_BYTES:
        return safe_html.clean(markup), False
    shown = text.encode()[:MOST_BYTES].decode(errors="ignore")
    return [part.strip() for part in shown.split("\n") if part.strip()], len(shown) < len(text)


def script_json(value: object) -> Markup:
    """Return JSON that can stand in a script element: no '<' can end it early."""
    text = json.dumps(value, ensure_ascii=False).replace("<", "\\u003c").replace("\u2028", " ").replace("\u2029", " ")
    return Markup(text)  # noqa: S704 -- no '<' is left


def share(ask: Ask, number: int) -> dict[str, Any] | None:
    """Return what a social site would show, with where each part came from, and the raw fields."""
    row = ask.row("SELECT * FROM share_metadata WHERE post = ?", number)
    if row is None:
        return None
    card = {name: row[f"resolved_{name}"] or row.get(f"og_{name}") for name in SHARE_FIELDS}
    raw = [(name, value) for name, value in row.items() if value and name not in ("post", "share_links")]
    return {
        **card,
        "host": (card["url"] or "").partition("//")[2].partition("/")[0],
        "picture": safe_html.safe_link(card["image"]),
        "alt": row["og_image_alt"] or row["lead_image_alt"] or "",
        "fields": raw,
        "links": links(row["share_links"]),
    }


def links(text: str | None) -> list[tuple[str, str]]:
    """Return the share links of a page: network and address."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return []
    pairs = found.items() if isinstance(found, dict) else ()
    return [(str(name)[:40], str(link)) for name, link in pairs if safe_html.safe_link(str(link))][:20]


def categories(ask: Ask, number: int) -> list[dict[str, Any]]:
    """Return the partner's labels, each with its term and why."""
    return ask.rows(
        "SELECT c.label, c.term, c.reason, t.label AS term_label FROM post_categories pc JOIN categories c"
        " ON c.id = pc.category LEFT JOIN terms t ON t.id = c.term WHERE pc.post = ? ORDER BY c.label LIMIT 40",
        number,
    )


def events(ask: Ask, number: int) -> list[dict[str, Any]]:
    """Return the events of a post with their sentences."""
    sql = common.EVENT_CARD.replace("e.gone_at,", "e.gone_at, e.evidence, e.found_in, e.organiser,")
    return ask.rows(f"{sql} WHERE e.post = ? ORDER BY e.earliest_on, e.starts_at LIMIT 20", number)


def same_text(ask: Ask, row: dict[str, Any]) -> dict[str, Any]:
    """Return the other posts of the family, the origin first, how many more there are, and whether this is the origin.

    Of each only what is public under any rights is told: whose it is, title, date and address.
    """
    if row["family"] is None:
        return {"copies": [], "more_copies": 0, "is_origin": False}
    others = ask.rows(f"{FAMILY} LIMIT ?", row["family"], row["id"], MOST_COPIES)
    size = ask.value("SELECT size FROM families WHERE id = ?", row["family"]) or 0
    cards = common.cards(ask, [other["id"] for other in others])
    return {
        "copies": [
            card | {"is_origin": card["id"] == row["family"], "seen": times.say_day(other["first_seen_at"][:10])}
            for card, other in zip(cards, others, strict=True)
        ],
        "more_copies": max(0, size - 1 - len(others)),
        "is_origin": row["id"] == row["family"],
    }


def export(ask: Ask, number: int, form: str, row: dict[str, Any]) -> File:
    """Return one post as a file."""
    if form == "txt":
        return File(pieces=[plain_text(row)], content_type="text/plain; charset=utf-8")
    record = records.read_posts(ask.connection, [number], ask.base)[0]
    about = About(
        query=f"post {record['id']}",
        count=1,
        as_of=records.data_as_of(ask.connection),
        url=f"{ask.base}/post/{record['id']}.{form}",
    )
    if form == "json":
        return File(pieces=[whole_json(ask, record, row, about)], content_type=CONTENT_TYPES["json"])
    if form == "ics":
        pieces = ics.write(records.events_of_posts(ask.connection, [number], ask.base), about)
    else:
        pieces = WRITERS[form]([record], about)
    return File(pieces=pieces, content_type=CONTENT_TYPES[form], filename=f"{record['id']}.{form}")


def plain_text(row: dict[str, Any]) -> str:
    """Return the text of a post with its title and address."""
    return f"{row['title']}\n{row['url']}\n{row['published_edtf'] or 'undated'}\n\n{row['text'] or ''}\n"


def whole_json(ask: Ask, record: records.Record, row: dict[str, Any], about: About) -> str:
    """Return everything known of a post as JSON (docs/api.md)."""
    number = row["id"]
    claims = "SELECT field, quote, edtf, precision, zone_basis, found_in, score, chosen FROM date_claims WHERE post = ?"
    numbered = "SELECT number, captured_at, extractor, title, text_digest FROM revisions WHERE post = ? ORDER BY number"
    whole = {
        **{name: record[name] for name in records.POST_COLUMNS},
        "text": row["text"],
        "labels": categories(ask, number),
        "date_claims": ask.rows(claims, number),
        "events": [
            {name: event[name] for name in records.EVENT_COLUMNS}
            for event in records.events_of_posts(ask.connection, [number], ask.base)
        ],
        "revisions": ask.rows(numbered, number),
        "share": ask.row("SELECT * FROM share_metadata WHERE post = ?", number),
        "same_text": [
            {**other, "id": shorten(other["id"])}
            for other in ask.rows(f"{FAMILY} LIMIT ?", row["family"], number, 1000)
        ],
        "capture": {name: row[name] for name in ("capture_url", "fetched_at", "digest", "warc", "offset", "length")},
        "data_as_of": about.as_of,
    }
    return json.dumps(whole, ensure_ascii=False)
