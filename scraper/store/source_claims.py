"""What the sources say about the addresses that they name, by source; their prose stays in the captures."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from scraper.models import Event, SourceClaims
from scraper.normalise import text

from .archive import Archive, Row

PROSE = ("content", "summary")  # of what a source says


def save(
    connection: sqlite3.Connection,
    partner: str,
    key: str,
    source: int | None,
    claims: SourceClaims | None,
    now: str,
    *,
    trust_lastmod: bool,
    capture: int | None = None,
) -> bool:
    """Keep what a source says about an address; say whether it says something else than it did before.

    A row without words (a slim list, a sitemap) only notes that the address was listed, and when it last changed.
    """
    if source is None:
        return False
    said = values_of(claims)
    digest = text.digest(dump(said)) if said else ""
    words = dump(without_prose(said)) if said else ""
    lastmod, guid = (
        (text.line(claims.lastmod, limit=100), text.line(claims.guid, limit=500)) if claims else (None, None)
    )
    row = connection.execute(
        "SELECT digest, lastmod FROM source_claims WHERE partner = ? AND url_key = ? AND source = ?",
        [partner, key, source],
    ).fetchone()
    connection.execute(
        "INSERT INTO source_claims (partner, url_key, source, claims, digest, seen_at, lastmod, guid, capture)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (partner, url_key, source) DO UPDATE SET"
        " claims = CASE WHEN excluded.claims = '' THEN claims ELSE excluded.claims END,"
        " digest = CASE WHEN excluded.claims = '' THEN digest ELSE excluded.digest END,"
        " capture = CASE WHEN excluded.claims = '' THEN capture ELSE excluded.capture END,"
        " seen_at = excluded.seen_at, vanished_at = NULL, lastmod = coalesce(excluded.lastmod, lastmod),"
        " guid = coalesce(excluded.guid, guid)",
        [partner, key, source, words, digest, now, lastmod, guid, capture],
    )
    if row is None:
        return False
    reworded = bool(words and row["digest"] and row["digest"] != digest)
    return reworded or bool(trust_lastmod and lastmod and row["lastmod"] and lastmod != row["lastmod"])


def values_of(claims: SourceClaims | None) -> dict[str, Any]:
    """Return what claims say, {} when they say nothing but where and when."""
    if claims is None:
        return {}
    said = {key: value for key, value in asdict(claims).items() if value not in (None, (), "")}
    said.pop("lastmod", None)
    said.pop("guid", None)
    return {} if set(said) <= {"url", "found_in"} else said


def without_prose(said: dict[str, Any]) -> dict[str, Any]:
    """Leave out the words that a partner's rights speak of: they stay in the capture (docs/decisions/rights.md)."""
    kept = {key: value for key, value in said.items() if key not in PROSE}
    kept["events"] = [{**event, "evidence": None} for event in said.get("events", ())]
    withheld = any(key in said for key in PROSE) or any(event["evidence"] for event in said.get("events", ()))
    return kept | ({"withheld": True} if withheld else {})


def dump(said: dict[str, Any]) -> str:
    """Return values as JSON, the same for the same values."""
    return json.dumps(said, ensure_ascii=False, default=str, sort_keys=True)


def read_all(archive: Archive, partner: str, key: str) -> list[Row]:
    """Return what every source says about an address, in order of the sources.

    A row holds `claims` (JSON), `url_key`, `vanished_at` (since when the source does not list it any more), and its
    source's and capture's columns, where the prose is found again.
    """
    return archive.query(
        "SELECT c.claims, c.url_key, c.vanished_at, s.kind, s.url AS source_url, s.found_by, k.warc, k.offset, k.length"
        " FROM source_claims c JOIN sources s ON s.id = c.source LEFT JOIN captures k ON k.id = c.capture"
        " WHERE c.partner = ? AND c.url_key = ? AND c.claims != '' ORDER BY c.source",
        [partner, key],
    )


def is_listed(connection: sqlite3.Connection, partner: str, key: str) -> bool:
    """Say whether a source listed an address when it was last read."""
    found = connection.execute(
        "SELECT 1 FROM source_claims WHERE partner = ? AND url_key = ? AND vanished_at IS NULL LIMIT 1", [partner, key]
    )
    return found.fetchone() is not None


def parse(words: str) -> SourceClaims:
    """Read claims as `save` wrote them."""
    kept: dict[str, Any] = json.loads(words)
    kept.pop("withheld", None)
    for key in ("authors", "categories", "tags"):
        kept[key] = tuple(kept.get(key, ()))
    kept["events"] = tuple(parse_event(event) for event in kept.get("events", ()))
    return SourceClaims(**kept)


def parse_event(values: dict[str, Any]) -> Event:
    """Read an event as JSON wrote it: instants and days come back as such."""
    for key in ("starts_at", "ends_at"):
        values[key] = datetime.fromisoformat(values[key]) if values.get(key) else None
    for key in ("start_on", "end_on", "earliest_on", "latest_on"):
        values[key] = date.fromisoformat(values[key]) if values.get(key) else None
    return Event(**values)


def moved_post(connection: sqlite3.Connection, partner: str, key: str) -> int | None:
    """Return the post that a new address continues: a source names it by the same guid and lists the old one no more.

    Two addresses that a source lists side by side under one guid are two posts.
    """
    row = connection.execute(
        "SELECT addresses.post FROM source_claims AS now JOIN source_claims AS old ON old.source = now.source"
        " AND old.guid = now.guid AND old.url_key != now.url_key AND old.seen_at < now.seen_at"
        " JOIN addresses ON addresses.partner = old.partner AND addresses.url_key = old.url_key"
        " WHERE now.partner = ? AND now.url_key = ? AND now.guid IS NOT NULL LIMIT 1",
        [partner, key],
    ).fetchone()
    return int(row["post"]) if row else None
