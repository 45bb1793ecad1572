"""Events that a page declares: schema.org Event in JSON-LD and microdata, h-event, with zone, all-day and status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone, tzinfo
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from scraper.models import Event, EventStatus
from scraper.normalise import dates, text, urls
from scraper.normalise.dates import edtf

from . import event_formats, event_items, event_schedules, json_ld
from .document import Document

MAX_EVENTS = 200
MOST_HOURS = 12  # that a zone named by its offset has to either side
STATUS: Mapping[str, EventStatus] = {
    "eventcancelled": "cancelled",
    "eventpostponed": "postponed",
    "eventrescheduled": "rescheduled",
    "eventscheduled": "scheduled",
    "eventmovedonline": "scheduled",
}
NOT_EVENTS = frozenset(
    {"EventStatusType", "EventSeries", "EventReservation", "EventVenue", "EventAttendanceModeEnumeration"}
)
ALSO_EVENTS = frozenset({"Festival", "Hackathon"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Span:
    """When an event takes place: instants when times are known, else days (end inclusive)."""

    start: date | datetime
    end: date | datetime | None


def read_events(page: Document, *, zone: str) -> tuple[Event, ...]:
    """Return the events that the page's own markup declares, JSON-LD before microdata and class names, each once."""
    found: list[Event] = []
    declared = ((node, "json_ld") for node in page.json_ld)
    marked = ((node, "microdata") for node in chain(event_items.nodes(page), event_formats.nodes(page)))
    for node, place in chain(declared, marked):
        if is_event(node):
            for event in read_node(node, place, page, zone):
                if len(found) < MAX_EVENTS and not any(same(event, other) for other in found):
                    found.append(event)
        if len(found) >= MAX_EVENTS:
            break
    return tuple(found)


def is_event(node: Mapping[str, Any]) -> bool:
    """Say whether a node is an event, by its type's name: SocialEvent, MusicEvent, Festival …"""
    names = json_ld.types(node)
    return any((name.endswith("Event") and name not in NOT_EVENTS) or name in ALSO_EVENTS for name in names)


def same(event: Event, other: Event) -> bool:
    """Say whether two readings are one event: the same time and words."""
    return event.when_edtf == other.when_edtf and text.fold(event.title) == text.fold(other.title)


def read_node(node: Mapping[str, Any], place: str, page: Document, zone: str) -> Iterator[Event]:
    """Yield the events of one node: none when it does not say when or what, several when it recurs."""
    for quote, end in times_of(node):
        event = read_event(node, place, page, zone, quote, end)
        if event is not None:
            yield event


def read_event(
    node: Mapping[str, Any], place: str, page: Document, zone: str, quote: str, end: str | None
) -> Event | None:
    """Turn one node into the event of that time; None when it does not say when or what."""
    title = text.line(json_ld.text(node.get("name")), limit=500)
    span = read_span(quote, end, ZoneInfo(zone))
    if not title or span is None:
        return None
    venue, address = read_place(node.get("location"))
    event = build(span, title=title, found_in=place, zone=zone)
    return replace(
        event,
        venue=venue,
        address=address,
        organiser=text.line(json_ld.text(node.get("organizer")), limit=300),
        status=read_status(node),
        url=urls.absolute(json_ld.text(node.get("url")), page.base_url),
        evidence=" – ".join(filter(None, [quote, end])),
    )


def times_of(node: Mapping[str, Any]) -> Iterator[tuple[str, str | None]]:
    """Yield when an event starts and ends, as it says; one that recurs by a schedule has a pair for each time."""
    start, end = json_ld.text(node.get("startDate")), json_ld.text(node.get("endDate"))
    planned = list(event_schedules.times_of(node.get("eventSchedule")))
    if start and len(planned) < 2:
        yield start, end
    else:
        yield from planned


def read_span(start: str | None, end: str | None, zone: tzinfo) -> Span | None:
    """Return when an event takes place; None unless the start is a date. Bare local times are read in `zone`."""
    first = dates.parse_iso(start) if start else None
    if first is None:
        return None
    last = dates.parse_iso(end) if end else None
    return Span(start=in_zone(first, zone), end=in_zone(last, zone) if last is not None else None)


def in_zone(value: date | datetime, zone: tzinfo) -> date | datetime:
    """Return a stamp with its zone; a stamp that has an offset keeps it."""
    if isinstance(value, datetime) and value.tzinfo is None:
        return value.replace(tzinfo=zone)
    return value


def build(span: Span, *, title: str, found_in: str, zone: str) -> Event:
    """Return an event of that time; a midnight-to-midnight span is all-day, an end before the start is none.

    `zone` UTC means that the partner's is unknown: the event's own offset then gives its local time.
    """
    zone = zone_of(span.start) if zone == "UTC" else zone
    own = ZoneInfo(zone)
    start, end = span.start, span.end
    if isinstance(start, datetime):
        start = start.astimezone(own)
        end = end.astimezone(own) if isinstance(end, datetime) else end
        end = None if isinstance(end, datetime) and end < start else end
        if is_midnight(start) and (end is None or is_day_end(end)):
            start, end = start.date(), day_of(end, last=True) if end else None
    first = day_of(start, last=False)
    final = max(first, day_of(end, last=True)) if end is not None else first
    timed = isinstance(start, datetime)
    return Event(
        title=title,
        when_edtf=edtf.of_event(start, end, final),
        precision="minute" if timed else "day",
        found_in=found_in,
        starts_at=start.astimezone(timezone.utc) if isinstance(start, datetime) else None,
        ends_at=end.astimezone(timezone.utc) if timed and isinstance(end, datetime) else None,
        start_on=first,
        end_on=final,
        earliest_on=first,
        latest_on=final,
        timezone=zone,
        all_day=not timed,
    )


def zone_of(start: date | datetime) -> str:
    """Return the zone of an instant's own offset, UTC for one that is not whole hours of it or prints none."""
    offset = start.utcoffset() if isinstance(start, datetime) else None
    hours, rest = divmod(offset or timedelta(), timedelta(hours=1))
    if rest or not -MOST_HOURS <= hours <= MOST_HOURS or not hours:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"  # tz database: POSIX style, west of Greenwich is positive


def held_at(event: Event, where: str | None) -> Event:
    """Return an event with its place, as a page prints it in one line: the venue, behind a comma its address."""
    venue, _, address = (where or "").partition(",")
    return replace(event, venue=text.line(venue, limit=300), address=text.line(address, limit=500))


def is_midnight(value: date | datetime) -> bool:
    """Say whether an instant is the start of a day."""
    return isinstance(value, datetime) and (value.hour, value.minute, value.second) == (0, 0, 0)


def is_day_end(value: date | datetime) -> bool:
    """Say whether a value ends a whole day: a day, a midnight, or 23:59."""
    return not isinstance(value, datetime) or is_midnight(value) or (value.hour, value.minute) == (23, 59)


def day_of(value: date | datetime, *, last: bool) -> date:
    """Return the day of a value; the last day of one that ends at midnight is the day before."""
    if not isinstance(value, datetime):
        return value
    return (value - timedelta(minutes=1)).date() if last and is_midnight(value) else value.date()


def read_place(value: Any) -> tuple[str | None, str | None]:
    """Return a location's name and its address in one line each."""
    for place in value if isinstance(value, list) else [value]:
        if isinstance(place, str):
            return text.line(place, limit=500), None
        if isinstance(place, dict):
            address = place.get("address")
            parts = list(address_parts(address)) if isinstance(address, dict) else [json_ld.text(address)]
            return text.line(json_ld.text(place.get("name")), limit=500), text.line(", ".join(filter(None, parts)))
    return None, None


def address_parts(address: Mapping[str, Any]) -> Iterator[str | None]:
    """Yield the lines of a PostalAddress in postal order."""
    for key in ("streetAddress", "addressLocality", "addressRegion", "postalCode", "addressCountry"):
        yield json_ld.text(address.get(key))


def read_status(node: Mapping[str, Any]) -> EventStatus:
    """Return an event's status; 'scheduled' when the page does not say."""
    named = (json_ld.text(node.get("eventStatus")) or "").rstrip("/").rpartition("/")[2].lower()
    return STATUS.get(named, "scheduled")
