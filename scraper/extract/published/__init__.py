"""The publication and modification dates of a post, chosen by weighing everything that the page and its sources say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from scraper.models import DateClaim, SourceClaims

from ..document import Document
from . import address, inline, linked, meetings, metas, order, permalinks, sources, stamps, stream, weighing, yearless
from .offers import COARSE, LONGEST_QUOTE, Moment, Offer, Reader
from .stream import Stream
from .weights import plausible

MOST_OFFERS = 250


def claim_dates(
    document: Document,
    *,
    zone: str,
    language: str | None,
    fetched_at: datetime,
    title: str | None = None,
    claims: Sequence[SourceClaims] = (),
) -> tuple[DateClaim, ...]:
    """Return every date offered as the post's publication or modification, each field's best first.

    At most one claim of each field is chosen; a page without evidence has none. `zone` UTC means that the partner's is
    unknown: a timestamp's own offset then gives its day. `title` finds the heading when the page declares another one.
    `claims` are what sources say about this address. The policy is the table in `weights`.

    Raises ZoneInfoNotFoundError for a `zone` that is none.
    """
    words = stream.read(document, title)
    offers = list(gather(document, words, claims))[:MOST_OFFERS]
    reader = make_reader(document, offers, zone, language)
    read = list(read_all(offers, reader, fetched_at.date()))
    held_on = linked.event_days(document) | meetings.days(document, reader.languages)
    judged = weighing.judge_by_change(weighing.judge_bare(read, held_on))
    settled = tuple(settle(judged, zone_known=reader.zone is not None))
    if address.is_home(document.url) or any(claim.chosen and claim.field == "published" for claim in settled):
        return settled
    late = read_all(list(look_again(document, words, read, reader, fetched_at.date())), reader, fetched_at.date())
    return tuple(settle([*judged, *late], zone_known=reader.zone is not None))


def look_again(
    document: Document, words: Stream, read: Sequence[tuple[Offer, Moment]], reader: Reader, fetched_on: date
) -> Iterator[Offer]:
    """Yield what is looked for only where nothing else dates the page."""
    named = [moment.on for _, moment in read if moment.on]
    yield from permalinks.find(document)
    yield from yearless.find(document, words, named, languages=reader.languages, fetched_on=fetched_on)


def gather(document: Document, words: Stream, claims: Sequence[SourceClaims]) -> Iterator[Offer]:
    """Yield what every finder offers."""
    yield from sources.find(claims)
    if not address.is_home(document.url):
        yield from linked.find(document)
        yield from metas.find(document)
        yield from address.find(document.url)
        yield from inline.find(document)
    yield from stamps.find(words, document.url)


def make_reader(document: Document, offers: Sequence[Offer], zone: str, language: str | None) -> Reader:
    """Settle zone, languages and the order of day and month for the page."""
    tongue = (
        language or document.tree.get("lang", "")[:35] or (document.meta("og:locale") or "").replace("_", "-") or None
    )
    return Reader(
        zone=None if zone == "UTC" else ZoneInfo(zone),
        languages=(tongue,) if tongue else (),
        day_first=order.day_first(offers, tongue),
    )


def read_all(offers: Sequence[Offer], reader: Reader, fetched_on: date) -> Iterator[tuple[Offer, Moment]]:
    """Yield the offers that mean a plausible date, reading the same words but once."""
    known: dict[tuple[str, bool, bool], Moment | None] = {}
    for offer in offers:
        key = (offer.value or offer.quote, offer.machine, offer.place in COARSE)
        if key not in known:
            known[key] = reader.read(offer)
        moment = known[key]
        if moment is not None and is_plausible(moment, fetched_on):
            yield offer, moment


def is_plausible(moment: Moment, fetched_on: date) -> bool:
    """Tell whether a post fetched then can be of that date."""
    day = moment.on or moment.earliest_on
    return day is not None and plausible(day, fetched_on)


def settle(read: Sequence[tuple[Offer, Moment]], *, zone_known: bool) -> Iterator[DateClaim]:
    """Weigh each field by itself; yield its claims, best first."""
    published: Moment | None = None
    for field in ("published", "modified"):
        mine = weighing.promote_lone([(offer, moment) for offer, moment in read if offer.field == field])
        verdict = weighing.weigh(mine, zone_known=zone_known)
        winner = verdict.winner
        if winner is not None and published is not None and not is_later(mine[winner][1], published):
            winner = None
        order = sorted(range(len(mine)), key=lambda index: (index != verdict.winner, -verdict.scores[index]))
        for index in order:
            yield claim(*mine[index], score=verdict.scores[index], chosen=index == winner)
        published = mine[winner][1] if winner is not None else None


def is_later(changed: Moment, published: Moment) -> bool:
    """Tell a change from a publication said twice: a later day, or a later time of the same day."""
    if changed.on is None or published.on is None or changed.on != published.on:
        return changed.on is None or published.on is None or changed.on > published.on
    if changed.at is not None and published.at is not None:
        return changed.at > published.at
    return changed.zone_basis == published.zone_basis and changed.precision != "day" and changed.edtf > published.edtf


def claim(offer: Offer, moment: Moment, *, score: float, chosen: bool) -> DateClaim:
    """Return the public form of an offer that was read."""
    return DateClaim(
        field=offer.field,
        quote=offer.quote[:LONGEST_QUOTE],
        found_in=offer.found_in,
        edtf=moment.edtf,
        precision=moment.precision,
        zone_basis=moment.zone_basis,
        on=moment.on,
        at=moment.at,
        earliest_on=moment.earliest_on,
        latest_on=moment.latest_on,
        score=score,
        chosen=chosen,
    )
