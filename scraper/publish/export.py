"""Whole posts for `archive export`: every field of a post in one flat record, read a few at a time."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence, Set
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from . import authors, csv

Record = dict[str, Any]

COLUMNS = (
    "id url title type partner published published_precision modified summary byline language categories tags body"
    " event_title event_start event_end event_location event_status image image_alt canonical_url og_title"
    " og_description og_image twitter_image share_links first_seen_at last_seen_at gone_at revision words flags"
    " fetched_urls authors"
).split()

ODD = ("epoch", "day-end", "fold", "gap")  # the zone bases that tell of an odd stamp

POSTS = """
SELECT p.*, b.text AS body, r.timezone AS zone, s.og_title, s.og_description, s.og_image, s.twitter_image,
    s.share_links, s.lead_image, s.lead_image_alt, s.resolved_image,
    (SELECT json_group_array(label) FROM (SELECT c.label FROM post_categories pc JOIN categories c ON c.id = pc.category
        WHERE pc.post = p.id ORDER BY c.label)) AS categories,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM tags WHERE post = p.id ORDER BY tag)) AS tags,
    (SELECT json_group_array(url) FROM (SELECT k.url FROM candidates k WHERE k.post = p.id ORDER BY k.id))
        AS fetched_urls,
    (SELECT d.zone_basis FROM date_claims d WHERE d.post = p.id AND d.field = 'published' AND d.chosen LIMIT 1)
        AS zone_basis
FROM json_each(?) wanted JOIN posts p ON p.id = wanted.value JOIN partners r ON r.slug = p.partner
LEFT JOIN bodies b ON b.post = p.id LEFT JOIN share_metadata s ON s.post = p.id
ORDER BY wanted.key
"""
# The picture that a partner's share cards show where a post has none of its own: the same on one card in eight.
HOUSE_PICTURES = """
SELECT p.partner, s.resolved_image FROM posts p JOIN share_metadata s ON s.post = p.id
WHERE s.resolved_image IS NOT NULL GROUP BY p.partner, s.resolved_image
HAVING count(*) >= 3 AND count(*) * 8 >= (SELECT count(*) FROM posts o WHERE o.partner = p.partner)
"""
EVENT = """
SELECT title, starts_at, ends_at, start_on, end_on, timezone, venue, address, status FROM events
WHERE post = ? AND gone_at IS NULL ORDER BY certain DESC, found_in = 'prose', earliest_on, id LIMIT 1
"""


def records(connection: sqlite3.Connection, chunks: Iterable[Sequence[int]]) -> Iterator[Record]:
    """Yield the posts of `chunks` of ids, each with its first event; chunks are read as they are needed."""
    house = frozenset(map(tuple, connection.execute(HOUSE_PICTURES)))
    for chunk in chunks:
        for row in connection.execute(POSTS, [json.dumps(list(chunk))]).fetchall():
            yield record(connection, row, house)


def record(connection: sqlite3.Connection, row: sqlite3.Row, house: Set[tuple[str, str]] = frozenset()) -> Record:
    """Return one post as a flat record; times carry the offset of the partner's zone.

    Its picture is the one that its page shows, else that of its share card; `house` pictures, (partner, address), are
    no post's own.
    """
    zone = ZoneInfo(row["zone"])
    event = connection.execute(EVENT, [row["id"]]).fetchone()
    values: Record = {key: row[key] for key in row.keys() if key in COLUMNS}  # noqa: SIM118 - a Row iterates values
    values |= {
        "type": row["kind"],
        "published": moment(row["published_at"], row["published_on"], zone) or row["published_edtf"],
        "modified": moment(row["modified_at"], row["modified_on"], zone),
        "image": row["lead_image"] or own_picture(row, house),
        "image_alt": row["lead_image_alt"],
        "share_links": json.loads(row["share_links"]) if row["share_links"] else None,
        "flags": " ".join(filter(None, [row["rights_flags"], doubt(row["zone_basis"])])) or None,
        "authors": authors.named(row["authors"], row["byline"]),
        **{name: json.loads(row[name]) for name in ("categories", "tags", "fetched_urls")},
        **event_values(event),
    }
    return {name: values.get(name) for name in COLUMNS}


def own_picture(row: sqlite3.Row, house: Set[tuple[str, str]]) -> str | None:
    """Return the picture of a post's share card; None when it has none, or the partner's for every post."""
    shared: str | None = row["resolved_image"]
    return None if (row["partner"], shared) in house else shared


def event_values(event: sqlite3.Row | None) -> Record:
    """Return the columns of a post's event; empty when it has none."""
    if event is None:
        return {}
    zone = ZoneInfo(event["timezone"] or "UTC")
    place = ", ".join(filter(None, [event["venue"], event["address"]]))
    return {
        "event_title": event["title"],
        "event_start": moment(event["starts_at"], event["start_on"], zone),
        "event_end": moment(event["ends_at"], event["end_on"], zone),
        "event_location": place or None,
        "event_status": event["status"],
    }


def moment(at: str | None, on: str | None, zone: ZoneInfo) -> str | None:
    """Return an instant with its offset in a zone, else the day; None when neither is known."""
    if at:
        return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(zone).isoformat()
    return on


def doubt(zone_basis: str | None) -> str | None:
    """Return the flag of a publication date that was read from an odd stamp; None for any other."""
    return f"published-{zone_basis}" if zone_basis in ODD else None


def csv_lines(found: Iterable[Record]) -> Iterator[str]:
    """Yield the records as CSV that a spreadsheet opens without running anything."""
    yield csv.row(list(COLUMNS))
    for values in found:
        yield csv.row([csv.cell(values[name]) for name in COLUMNS])


def json_lines(found: Iterable[Record]) -> Iterator[str]:
    """Yield each record as one line of JSON."""
    for values in found:
        yield json.dumps(values, ensure_ascii=False) + "\n"
