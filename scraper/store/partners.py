"""The partners of the registry and their sources, as the database keeps them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from scraper.models import Partner, Source
from scraper.normalise import urls

from .archive import Archive, Row


def save_partner(connection: sqlite3.Connection, partner: Partner) -> None:
    """Write a partner as its registry file says, and the sources that the file names."""
    connection.execute(
        "INSERT INTO partners (slug, title, home_url, region, timezone, language, rights, active)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (slug) DO UPDATE SET title = excluded.title,"
        " home_url = excluded.home_url, region = excluded.region, timezone = excluded.timezone,"
        " language = excluded.language, rights = excluded.rights, active = excluded.active",
        [
            partner.slug,
            partner.title,
            partner.home,
            partner.region,
            partner.timezone,
            partner.language,
            partner.rights.public,
            int(partner.active),
        ],
    )
    drop_sources(connection, partner)
    save_sources(connection, partner.slug, partner.sources)


def save_sources(
    connection: sqlite3.Connection, partner: str, sources: Iterable[Source], *, parent: int | None = None
) -> None:
    """Add sources that are not known yet; a known one keeps what was learned about it, a dropped one is asked again."""
    connection.executemany(
        "INSERT INTO sources (partner, kind, url, found_by, parent) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (partner, url) DO UPDATE SET status = 'new', found_by = excluded.found_by, due_at = NULL,"
        " etag = NULL, last_modified = NULL, memory = NULL, parent = excluded.parent WHERE status = 'dropped'",
        [(partner, source.kind, source.url, source.found_by, parent) for source in sources],
    )


def drop_sources(connection: sqlite3.Connection, partner: Partner) -> None:
    """Ask no more for what the registry file named once and names no longer, nor for what was found in it."""
    named = json.dumps([source.url for source in partner.sources])
    connection.execute(
        "WITH RECURSIVE unnamed (id) AS (SELECT id FROM sources WHERE partner = :partner AND found_by = 'registry'"
        " AND url NOT IN (SELECT value FROM json_each(:named))"
        " UNION SELECT s.id FROM sources s JOIN unnamed ON s.parent = unnamed.id)"
        " UPDATE sources SET status = 'dropped' WHERE id IN (SELECT id FROM unnamed) AND status != 'dropped'"
        " AND url NOT IN (SELECT value FROM json_each(:named))",
        {"partner": partner.slug, "named": named},
    )


def sources_of(archive: Archive, partner: str) -> list[Row]:
    """Return every source of a partner that is still in use, those named first by a person first."""
    return archive.query("SELECT * FROM sources WHERE partner = ? AND status != 'dropped' ORDER BY id", [partner])


def source_of(row: Row) -> Source:
    """Return a row of `sources` as a value."""
    return Source(kind=row["kind"], url=row["url"], found_by=row["found_by"])


def keys_of_sources(archive: Archive, slug: str) -> set[str]:
    """Return the keys of the addresses of a partner's sources."""
    return {urls.url_key(row["url"]) for row in sources_of(archive, slug)}


def memory_of(row: Row) -> dict[str, str]:
    """Return what a source asked to remember."""
    found: dict[str, str] = json.loads(row["memory"]) if row["memory"] else {}
    return found


def retire(archive: Archive, slugs: Iterable[str]) -> tuple[str, ...]:
    """Note that partners are no longer crawled; return those for which it is new. Nobody need look at their alarms."""
    wanted = set(slugs)
    rows = archive.query("SELECT slug FROM partners WHERE active ORDER BY slug")
    retired = tuple(row["slug"] for row in rows if row["slug"] in wanted)
    if retired:
        with archive.transaction() as connection:
            for slug in retired:
                connection.execute("UPDATE partners SET active = 0 WHERE slug = ?", [slug])
                connection.execute("DELETE FROM alarms WHERE partner = ?", [slug])
    return retired


def move_home(connection: sqlite3.Connection, partner: str, old: str, new: str) -> int:
    """Make every address of a partner known on its new host as well; return how many.

    An address that is taken there already stays as it is. The frontier goes on at the new host.
    """
    before, after = urls.url_key(old).partition("/")[0], urls.url_key(new).partition("/")[0]
    if before == after:
        return 0
    moved = connection.execute(
        "INSERT OR IGNORE INTO addresses (partner, url_key, post) SELECT partner, ? || substr(url_key, ?), post"
        " FROM addresses WHERE partner = ? AND url_key LIKE ? || '/%'",
        [after, len(before) + 1, partner, before],
    ).rowcount
    host = urls.host_of(new)
    waiting = connection.execute(
        "SELECT id, url, url_key FROM candidates WHERE partner = ? AND url_key LIKE ? || '/%'", [partner, before]
    ).fetchall()
    connection.executemany(
        "UPDATE OR IGNORE candidates SET url = ?, url_key = ?, etag = NULL, last_modified = NULL WHERE id = ?",
        [(urls.on_host(row["url"], host), after + row["url_key"][len(before) :], row["id"]) for row in waiting],
    )
    connection.execute(
        "UPDATE OR IGNORE source_claims SET url_key = ? || substr(url_key, ?)"
        " WHERE partner = ? AND url_key LIKE ? || '/%'",
        [after, len(before) + 1, partner, before],
    )
    listed = connection.execute("SELECT id, url FROM sources WHERE partner = ?", [partner]).fetchall()
    connection.executemany(
        "UPDATE OR IGNORE sources SET url = ?, etag = NULL, last_modified = NULL, failures = 0 WHERE id = ?",
        [
            (urls.on_host(row["url"], host), row["id"])
            for row in listed
            if urls.url_key(row["url"]).partition("/")[0] == before
        ],
    )
    return moved
