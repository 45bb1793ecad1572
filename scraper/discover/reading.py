"""Read one page of any source by its kind; where a visit begins."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from scraper.models import Candidate, Capture, Partner, Reading, Source, SourceClaims
from scraper.normalise import text

from . import calendar, feed, feed_changes, listing, sitemap, wordpress


def entry_url(source: Source, memory: dict[str, str]) -> str:
    """Return the address that begins a visit to a source, given what it asked to remember."""
    return wordpress.entry_url(source, memory) if source.kind == "wordpress" else source.url


def read_source(capture: Capture, source: Source, partner: Partner, memory: dict[str, str]) -> Reading:
    """Read one captured page of a source; raises PageError when it is not what its kind says.

    Nothing that a source says leaves here with characters that no database keeps: surrogates out of JSON, controls.
    """
    found = read_by_kind(capture, source, partner, memory)
    return replace(found, candidates=tuple(map(clean_candidate, found.candidates)))


def clean_candidate(candidate: Candidate) -> Candidate:
    """Return a candidate whose source says only clean words about it."""
    claims = candidate.claims
    if claims is None:
        return candidate
    values = {field.name: cleaned(getattr(claims, field.name)) for field in fields(claims)}
    return replace(candidate, claims=SourceClaims(**values))


def cleaned(value: Any) -> Any:
    """Return a string, or every string of a tuple, clean; other values as they are."""
    if isinstance(value, str):
        return text.clean(value)
    return tuple(map(cleaned, value)) if isinstance(value, tuple) else value


def read_by_kind(capture: Capture, source: Source, partner: Partner, memory: dict[str, str]) -> Reading:
    """Read one captured page of a source by the reader of its kind."""
    if source.kind == "feed":
        found = feed.read(capture)
        return feed_changes.read(found, memory) if feed_changes.lists_changes(source.url) else found
    if source.kind == "sitemap":
        return sitemap.read(capture)
    if source.kind == "wordpress":
        return wordpress.read(capture, source, memory, zone=partner.timezone)
    if source.kind == "calendar":
        return calendar.read(capture, zone=partner.timezone)
    return listing.read(capture, partner)
