"""What a partner's sources say about an address, whole: the database holds the facts, the captures the prose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from scraper.capture import read_record
from scraper.discover import read_source
from scraper.errors import ConfigError, PageError
from scraper.models import Partner, Source, SourceClaims
from scraper.normalise import urls
from scraper.store import source_claims
from scraper.store.archive import Archive, Row

PAGES_KEPT = 16  # of sources, read again; the posts of one page are asked for one after another, in each source


def of(archive: Archive, partner: Partner, key: str) -> tuple[SourceClaims, ...]:
    """Return what every source says about an address, in order of the sources.

    Prose whose capture is gone or cannot be read any more is missing from it.
    """
    return tuple(complete(archive, partner, row) for row in source_claims.read_all(archive, partner.slug, key))


def complete(archive: Archive, partner: Partner, row: Row) -> SourceClaims:
    """Return the claims of a row with the prose that stands in their capture.

    What has fallen out of a feed was edited unseen: its words are those of then, its dates and labels stay.
    """
    claims = source_claims.parse(row["claims"])
    if row["kind"] == "feed" and row["vanished_at"]:
        return replace(claims, title=None, summary=None, content=None, image=None, modified=None)
    if row["warc"] is None or not json.loads(row["claims"]).get("withheld"):
        return claims
    source = Source(kind=row["kind"], url=row["source_url"], found_by=row["found_by"])
    place = (archive.captures / row["warc"], row["offset"], row["length"])
    said = page_of(*place, source, partner.timezone).get(row["url_key"])
    return replace(claims, content=said.content, summary=said.summary, events=said.events) if said else claims


@lru_cache(maxsize=PAGES_KEPT)
def page_of(path: Path, offset: int, length: int, source: Source, zone: str) -> Mapping[str, SourceClaims]:
    """Return what one captured page of a source says, by address; a record never changes, so it may be kept."""
    partner = Partner(slug="", title="", home=source.url, region="", timezone=zone, language="und")
    try:
        capture = read_record(path, offset, length).capture
        reading = read_source(capture, source, partner, {"since": "", "total": ""})
    except (ConfigError, PageError):
        return MappingProxyType({})
    said = {urls.url_key(found.url): found.claims for found in reading.candidates if found.claims}
    return MappingProxyType(said)
