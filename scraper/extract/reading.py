"""Read one captured page whole: fields, dates, events."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.errors import NotAPost
from scraper.models import Capture, DateClaim, Event, Kind, Partner, RawPost, SourceClaims

from . import chain, document, events, published, visible_events
from .recipe import Recipe, bodies

VERSION = "3"  # rises with every change that makes the same page read otherwise
RUN = re.compile(r"\d.{0,20}\s[–—-]\s.{0,20}\d|\bto\b|\buntil\b")
LEAST_INSTEAD = 0.5  # of a date that stands in for one that was an event's: a day in the address has more
EVENT_PATH = re.compile(
    r"/(?:events?|whats-?on|what-s-on|diary|digwyddiadau|wydarzenia|veranstaltung(?:en)?|termine|agenda|eventos?)"
    r"(?:/[^/]+|\.(?:php|aspx?|cfm)\?.)",
    re.IGNORECASE,
)


def read(
    capture: Capture, partner: Partner, claims: Sequence[SourceClaims] = (), recipe: Recipe | None = None
) -> RawPost:
    """Return what a captured page says; raises PageError when it is no post or not safe to read.

    By the partner's recipe where it fits; then `recipe` of the result is its digest.
    """
    page = parse(capture)
    if recipe is not None:
        found = read_sample(recipe, page, capture, partner, claims)
        if found is not None:
            return found
    return read_parsed(page, capture, partner, claims)


def read_parsed(page: document.Document, capture: Capture, partner: Partner, claims: Sequence[SourceClaims]) -> RawPost:
    """Return what a parsed page says by the generic chain; raises as `read` does."""
    raw = chain.read_page(page, partner, claims=claims, headers=capture.headers)
    return complete(refuse_unlisted(raw), page, capture, partner, claims)


def read_sample(
    recipe: Recipe, page: document.Document, capture: Capture, partner: Partner, claims: Sequence[SourceClaims]
) -> RawPost | None:
    """Return what a parsed page says by a recipe; None when it does not fit; raises as `read` does."""
    parts = bodies.locate(recipe, page, partner.fields)
    if parts is None:
        return None
    raw = chain.read_by(recipe, parts, page, partner, claims=claims, headers=capture.headers)
    if raw is None:
        return None
    part = document.part(page, bodies.surroundings(parts, page)) if recipe.narrow else page
    return complete(refuse_unlisted(raw), page, capture, partner, claims, part=part)


def refuse_unlisted(raw: RawPost) -> RawPost:
    """Return the post; raises NotAPost when its page asks not to be listed."""
    if "noindex" in raw.rights_flags:
        raise NotAPost("noindex", "the page asks not to be listed anywhere")
    return raw


def read_anyway(capture: Capture, partner: Partner) -> RawPost:
    """Return what a page says whatever it is; raises PageError only for a page that is not safe to read."""
    page = parse(capture)
    return complete(chain.read_post(page, partner, headers=capture.headers), page, capture, partner, ())


def parse(capture: Capture) -> document.Document:
    """Parse a captured page, once."""
    return document.parse(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))


def complete(
    raw: RawPost,
    page: document.Document,
    capture: Capture,
    partner: Partner,
    claims: Sequence[SourceClaims],
    *,
    part: document.Document | None = None,
) -> RawPost:
    """Add dates, events and kind to the fields of a page; `part` is the post's own part of it, when that is known."""
    dates = read_dates(raw, part or page, capture, partner, claims)
    if part is not None and not any(claim.chosen and claim.field == "published" for claim in dates):
        dates = read_dates(raw, page, capture, partner, claims)
    dated = replace(raw, dates=dates)
    found = read_events(dated, page, capture, partner, claims, part or page)
    kind = kind_of(dated, partner, found, claims)
    return replace(dated, dates=without_times_of(found, dates, kind), events=found, kind=kind)


def without_times_of(found: Sequence[Event], dates: tuple[DateClaim, ...], kind: Kind) -> tuple[DateClaim, ...]:
    """Return the dates, none chosen for the publication that is said to be an event's; the next best stands in.

    An undated post is better than one dated to the evening of its concert.
    """
    wrong = next((claim for claim in dates if claim.field == "published" and claim.chosen), None)
    if wrong is None or not is_of_event(found, wrong, kind):
        return dates
    others = [
        claim
        for claim in dates
        if claim.field == "published" and claim.on != wrong.on and not is_of_event(found, claim, kind)
    ]
    best = max(others, key=lambda claim: claim.score, default=None)
    instead = best if best is not None and best.score >= LEAST_INSTEAD else None
    return tuple(replace(claim, chosen=claim is instead) if claim in (wrong, instead) else claim for claim in dates)


def is_of_event(found: Sequence[Event], claim: DateClaim, kind: Kind) -> bool:
    """Say whether a date is one that the page tells of its events, so none of publication."""
    return is_told(found, claim) or (kind == "event" and (is_day_shown(found, claim) or is_in_run(found, claim)))


def is_in_run(found: Sequence[Event], claim: DateClaim) -> bool:
    """Say whether a date is a part of the line that tells how long an event runs ("Sat 27 – Mon 29 Mar")."""
    return is_shown(claim) and any(
        event.found_in == "visible" and RUN.search(event.evidence or "") and claim.quote in (event.evidence or "")
        for event in found
    )


def is_day_shown(found: Sequence[Event], claim: DateClaim) -> bool:
    """Say whether a date that an event's page shows, or its address holds, is the day on which it starts or ends."""
    shown = claim.found_in.startswith(("visible:", "time", "url"))
    return shown and any(claim.on in (event.start_on, event.end_on) for event in found)


def is_told(found: Sequence[Event], claim: DateClaim) -> bool:
    """Say whether a date that a page shows is one that it tells of an event."""
    return is_shown(claim) and (is_listed(found, claim) or any(is_time_of(event, claim) for event in found))


def is_listed(found: Sequence[Event], claim: DateClaim) -> bool:
    """Say whether a date is one of the days of the events that a page lists."""
    several = len(found) > 1
    return several and any(event.found_in == "visible" and event.start_on == claim.on for event in found)


def is_time_of(event: Event, claim: DateClaim) -> bool:
    """Say whether a date is that of an event: its hour, or the very words of the sentence or line that tells of it."""
    if "T" in claim.edtf and claim.edtf[:16] in event.when_edtf.split("/"):
        return True
    told = event.evidence or ""
    return event.found_in == "prose" and claim.quote in told and claim.on in (event.start_on, event.end_on)


def is_shown(claim: DateClaim) -> bool:
    """Say whether a date was read off the page's words, not its markup or a source."""
    return claim.found_in.startswith("visible:") and not claim.found_in.startswith("visible:time")


def read_dates(
    raw: RawPost, page: document.Document, capture: Capture, partner: Partner, claims: Sequence[SourceClaims]
) -> tuple[DateClaim, ...]:
    """Return the dates that a page or its sources offer for the post."""
    return published.claim_dates(
        page,
        zone=partner.timezone,
        language=raw.language or partner.language,
        fetched_at=capture.fetched_at,
        title=raw.title,
        claims=claims,
    )


def read_events(
    raw: RawPost,
    page: document.Document,
    capture: Capture,
    partner: Partner,
    claims: Sequence[SourceClaims],
    part: document.Document,
) -> tuple[Event, ...]:
    """Return the page's own events: declared, else from the calendar that names its address, else told."""
    declared = events.read_events(page, zone=partner.timezone)
    if declared:
        return declared
    tied = join_events(event for claim in claims for event in claim.events)
    if tied:
        return tied
    chosen = next((claim for claim in raw.dates if claim.chosen and claim.field == "published"), None)
    return visible_events.read_told(
        visible_events.Telling(
            page=page,
            part=part,
            title=raw.title,
            text=raw.text,
            zone=partner.timezone,
            language=raw.language or partner.language,
            country=partner.language,
            published_on=chosen.on if chosen else None,
            fetched_on=capture.fetched_at.date(),
            is_post=chosen is not None and is_stamp_of_post(chosen),
            about_one=bool(EVENT_PATH.search(raw.url)) or raw.kind == "event",
        )
    )


def is_stamp_of_post(claim: DateClaim) -> bool:
    """Say whether a date declares its page a dated post: said by a source or an article's markup, not a page's."""
    place = claim.found_in
    if place.startswith("meta:"):
        return place.startswith("meta:article:")
    return not place.startswith(("visible:", "time", "url", "json_ld:WebPage"))


def join_events(said: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events that sources tell of one page, one for each start: that of the source that says most."""
    best: dict[tuple[object, ...], Event] = {}
    for event in said:
        known = best.setdefault((event.start_on, event.starts_at), event)
        if fullness(event) > fullness(known):
            best[event.start_on, event.starts_at] = event
    return tuple(best.values())


def fullness(event: Event) -> int:
    """Return how much a source says of an event besides its start."""
    return sum(value is not None for value in (event.ends_at, event.venue, event.address, event.organiser, event.uid))


def kind_of(raw: RawPost, partner: Partner, found: Sequence[Event], claims: Sequence[SourceClaims]) -> Kind:
    """Return what a post is: the registry's patterns first, then its sources, its own markup, its address."""
    for kind, pattern in partner.posts.items():
        if re.search(pattern, raw.url):
            return "event" if kind == "event" else "news"
    if any(claim.kind == "event" for claim in claims) or raw.kind == "event":
        return "event"
    if any(claim.kind == "news" for claim in claims):
        return "news"
    places = {event.found_in for event in found}
    about_one = len(found) == 1 and "visible" in places  # a page that lists several is about none of them
    return "event" if about_one or (places and EVENT_PATH.search(raw.url)) else raw.kind
