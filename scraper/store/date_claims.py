"""Write the dates that pages offer: those of a post with their rivals, and when an event starts and ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from scraper.models import DateClaim, Event, Public
from scraper.normalise import dates

from .allowed import MARKUP, QUOTE_LETTERS
from .archive import row_of

CLAIM_ROW = row_of("date_claims", "post event field quote edtf precision zone_basis found_in score chosen".split())


def save_of_post(connection: sqlite3.Connection, post_id: int, claims: Iterable[DateClaim], public: Public) -> None:
    """Write the dates that a page and its sources offer for its post."""
    save(connection, claims, public, post=post_id)


def save_of_event(connection: sqlite3.Connection, event_id: int, event: Event, public: Public) -> None:
    """Write when an event of a page starts and ends; its evidence is None where no words may be shown."""
    save(connection, claims_of(event), public, event=event_id)


def save(
    connection: sqlite3.Connection,
    claims: Iterable[DateClaim],
    public: Public,
    *,
    post: int | None = None,
    event: int | None = None,
) -> None:
    """Write claims of a post, or of an event."""
    longest = QUOTE_LETTERS[public]
    connection.executemany(
        f"INSERT INTO {CLAIM_ROW}",
        [
            (
                post,
                event,
                claim.field,
                claim.quote[:longest],
                claim.edtf,
                claim.precision,
                claim.zone_basis,
                claim.found_in,
                claim.score,
                int(claim.chosen),
            )
            for claim in claims
        ],
    )


def claims_of(event: Event) -> Iterator[DateClaim]:
    """Yield when an event starts and ends, with the words that say so; nothing for a calendar's, which are not kept."""
    if event.found_in == "calendar":
        return
    words = event.evidence or ""
    quotes = words.split(" – ", 1) if event.found_in in MARKUP else [words]
    ends = (("start", event.start_on, event.starts_at), ("end", event.end_on, event.ends_at))
    for (field, on, at), edtf, quote in zip(ends, event.when_edtf.split("/"), (quotes[0], quotes[-1]), strict=False):
        if edtf.strip("."):
            yield DateClaim(
                field=field,
                quote=quote,
                found_in=event.found_in,
                edtf=edtf,
                precision=precision_of(event, edtf),
                zone_basis=zone_basis_of(event, edtf, quote),
                on=on,
                at=at,
                score=float(event.certain),
                chosen=True,
            )


def precision_of(event: Event, edtf: str) -> str:
    """Return how fine one end of an event is: its start may have a time of day where its end has none."""
    timed = "T" in edtf
    if timed == (event.precision in ("minute", "second")):
        return event.precision
    return "minute" if timed else "day"


def zone_basis_of(event: Event, edtf: str, quote: str) -> str:
    """Return where the zone of a time of day comes from: its own stamp, else the partner."""
    if "T" not in edtf:
        return "none"
    stamp = dates.parse_iso(quote) if event.found_in in MARKUP else None
    return "offset" if getattr(stamp, "tzinfo", None) else "partner"
