"""Read one captured page whole: fields, dates, events."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from scraper.models import Capture, Event, Kind, Partner, RawPost, SourceClaims

from . import chain, document, events, published

VERSION = "1"  # rises with every change that makes the same page read otherwise
EVENT_PATH = re.compile(
    r"/(?:events?|whats-on|what-s-on|digwyddiadau|wydarzenia|veranstaltung(?:en)?|eventos?)/[^/]+", re.I
)


def read(capture: Capture, partner: Partner, claims: Sequence[SourceClaims] = ()) -> RawPost:
    """Return what a captured page says; raises PageError when it is no post or not safe to read."""
    page = document.parse(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))
    raw = chain.read_page(page, partner, claims=claims, headers=capture.headers)
    dates = published.claim_dates(
        page,
        zone=partner.timezone,
        language=raw.language or partner.language,
        fetched_at=capture.fetched_at,
        title=raw.title,
        claims=claims,
    )
    found = read_events(page, partner, claims)
    kind = kind_of(raw, partner, found, claims)
    return replace(raw, dates=dates, events=found, kind=kind)


def read_events(page: document.Document, partner: Partner, claims: Sequence[SourceClaims]) -> tuple[Event, ...]:
    """Return the page's own events; those a calendar ties to its address when it declares none."""
    declared = events.read_events(page, zone=partner.timezone)
    if declared:
        return declared
    return tuple(event for claim in claims for event in claim.events)


def kind_of(raw: RawPost, partner: Partner, found: Sequence[Event], claims: Sequence[SourceClaims]) -> Kind:
    """Return what a post is: the registry's patterns first, then its sources, its own markup, its address."""
    for kind, pattern in partner.posts.items():
        if re.search(pattern, raw.url):
            return "event" if kind == "event" else "news"
    if any(claim.kind == "event" for claim in claims) or raw.kind == "event":
        return "event"
    if any(claim.kind == "news" for claim in claims):
        return "news"
    return "event" if found and EVENT_PATH.search(raw.url) else raw.kind
