"""Posts and events as the flat records that every export is written from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from . import authors
from .addresses import shorten

Record = dict[str, Any]

POST_COLUMNS = (
    "id",
    "archive_url",
    "partner",
    "partner_title",
    "kind",
    "title",
    "url",
    "canonical_url",
    "summary",
    "byline",
    "language",
    "published_at",
    "published_on",
    "published_edtf",
    "published_precision",
    "earliest_on",
    "latest_on",
    "modified_at",
    "first_seen_at",
    "last_seen_at",
    "gone_at",
    "revision",
    "words",
    "family",
    "categories",
    "terms",
    "authors",
    "changed_at",
)
EVENT_COLUMNS = (
    "id",
    "archive_url",
    "post",
    "partner",
    "partner_title",
    "title",
    "when_edtf",
    "precision",
    "starts_at",
    "ends_at",
    "start_on",
    "end_on",
    "earliest_on",
    "latest_on",
    "timezone",
    "all_day",
    "venue",
    "address",
    "organiser",
    "status",
    "url",
    "found_in",
    "evidence",
    "certain",
    "first_seen_at",
    "last_seen_at",
    "gone_at",
)

AS_OF = """
SELECT coalesce((SELECT max(finished_at) FROM crawls WHERE outcome = 'complete'), (SELECT max(finished_at) FROM crawls))
"""
BATCH = 200
IDS = """
SELECT id FROM posts WHERE id > ? AND (? = '[]' OR partner IN (SELECT value FROM json_each(?))) ORDER BY id LIMIT ?
"""

POSTS = """
SELECT p.id, p.partner, r.title AS partner_title, p.kind, p.title, p.url, p.canonical_url, p.summary, p.byline,
    p.language, p.published_at, p.published_on, p.published_edtf, p.published_precision, p.earliest_on, p.latest_on,
    p.modified_at, p.first_seen_at, p.last_seen_at, p.gone_at, p.revision, p.words, p.family, p.authors,
    coalesce((SELECT v.captured_at FROM revisions v WHERE v.post = p.id AND v.number = p.revision), p.first_seen_at)
        AS changed_at,
    r.timezone AS timezone,
    (SELECT json_group_array(c.label) FROM post_categories pc JOIN categories c ON c.id = pc.category
     WHERE pc.post = p.id) AS categories,
    (SELECT json_group_array(DISTINCT c.term) FROM post_categories pc JOIN categories c ON c.id = pc.category
     WHERE pc.post = p.id AND c.term IS NOT NULL) AS terms
FROM json_each(?) wanted JOIN posts p ON p.id = wanted.value JOIN partners r ON r.slug = p.partner
ORDER BY wanted.key
"""

EVENTS = """
SELECT e.id, e.post, e.partner, r.title AS partner_title, e.title, e.when_edtf, e.precision, e.starts_at, e.ends_at,
    e.start_on, e.end_on, e.earliest_on, e.latest_on, coalesce(e.timezone, r.timezone) AS timezone, e.all_day, e.venue,
    e.address, e.organiser, e.status, e.url, e.found_in, e.evidence, e.certain, e.first_seen_at,
    e.last_seen_at, e.gone_at
FROM events e JOIN partners r ON r.slug = e.partner
"""


def data_as_of(connection: sqlite3.Connection) -> str:
    """Return the end of the last crawl that ended well, UTC; '' before the first."""
    return str(connection.execute(AS_OF).fetchone()[0] or "")


def partners(connection: sqlite3.Connection) -> list[str]:
    """Return the slugs of all partners that the archive holds, in order."""
    return [row[0] for row in connection.execute("SELECT slug FROM partners ORDER BY slug")]


def require_partners(connection: sqlite3.Connection, wanted: Iterable[str]) -> None:
    """Raise ConfigError for a partner that the archive does not hold."""
    from scraper.partners.registry import unknown_partner

    known = partners(connection)
    for slug in wanted:
        if slug not in known:
            raise unknown_partner(slug, known)


def ids(connection: sqlite3.Connection, partners: Sequence[str] = ()) -> Iterator[list[int]]:
    """Yield the ids of the named partners' posts (none named: of all) in order, some at a time."""
    last = -1
    named = json.dumps(list(partners))
    while found := [row[0] for row in connection.execute(IDS, (last, named, named, BATCH))]:
        yield found
        last = found[-1]


def read_posts(connection: sqlite3.Connection, ids: Sequence[int], base: str = "") -> list[Record]:
    """Return the posts of `ids` in that order; `base` is the archive's own address without a slash at its end."""
    found = rows(connection, POSTS, (json.dumps(list(ids)),))
    return [finish_post(row, base) for row in found]


def finish_post(row: Record, base: str) -> Record:
    """Put lists and addresses in place of what SQL gives."""
    short = shorten(row["id"])
    return {
        **row,
        "id": short,
        "archive_url": f"{base}/post/{short}",
        "family": None if row["family"] is None else shorten(row["family"]),
        "categories": json.loads(row["categories"]),
        "terms": json.loads(row["terms"]),
        "authors": authors.named(row["authors"], row["byline"]),
    }


def read_events(connection: sqlite3.Connection, where: str, values: Iterable[Any], base: str = "") -> list[Record]:
    """Return events by a condition on the row `e`; `where` is code, never a reader's words."""
    return [finish_event(row, base) for row in rows(connection, f"{EVENTS} WHERE {where}", tuple(values))]


def events_of_posts(connection: sqlite3.Connection, ids: Sequence[int], base: str = "") -> list[Record]:
    """Return the events that the posts of `ids` tell of, by their first day."""
    where = "e.post IN (SELECT value FROM json_each(?)) ORDER BY e.earliest_on, e.starts_at, e.id"
    return read_events(connection, where, (json.dumps(list(ids)),), base)


def finish_event(row: Record, base: str) -> Record:
    """Put short ids and addresses in place of what SQL gives."""
    short = shorten(row["id"])
    post = None if row["post"] is None else shorten(row["post"])
    return {**row, "id": short, "archive_url": f"{base}/event/{short}", "post": post}


def all_posts(connection: sqlite3.Connection, chunks: Iterable[Sequence[int]], base: str = "") -> Iterator[Record]:
    """Yield the posts of chunks of ids; the chunks are read as they are needed."""
    for chunk in chunks:
        yield from read_posts(connection, chunk, base)


def all_events(connection: sqlite3.Connection, chunks: Iterable[Sequence[int]], base: str = "") -> Iterator[Record]:
    """Yield the events that the posts of chunks of ids tell of."""
    for chunk in chunks:
        yield from events_of_posts(connection, chunk, base)


def rows(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> list[Record]:
    """Return the rows of a query as dictionaries, whatever the connection's row factory."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]
