"""The REST API of The Events Calendar, a plugin of WordPress: events with their start, end, zone and venue."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scraper.errors import NotAPost
from scraper.models import Candidate, Capture, Event, EventStatus, Reading, Source, SourceClaims
from scraper.normalise import text, urls

TYPE = "tribe_events"
ROUTE = "tribe/events/v1/events"
PER_PAGE = 50  # the most that it gives
SINCE = "2000-01-01"  # without a start it lists what is still to come
MAX_PAGES = 100
STATUS: dict[str, EventStatus] = {"canceled": "cancelled", "cancelled": "cancelled", "postponed": "postponed"}


def is_collection(url: str) -> bool:
    """Say whether an address is the list of events."""
    return ROUTE in url


def collection(root: str) -> str:
    """Return the list of events of an API, in the form of the site: /wp-json/… or /?rest_route=/…"""
    return root + ROUTE


def page_url(url: str, page: int) -> str:
    """Return one page of the list."""
    return f"{url}{'&' if '?' in url else '?'}per_page={PER_PAGE}&page={page}&start_date={SINCE}&status=publish"


def read(data: dict[str, Any], capture: Capture, source: Source, zone: str) -> Reading:
    """Read one page of events; bare times are read in `zone` where an event names none. Raises NotAPost."""
    entries = data.get("events")
    if not isinstance(entries, list):
        raise NotAPost("not-wordpress", str(data.get("code", "no events"))[:200])
    candidates, faults = [], []
    for entry in entries:
        try:
            found = read_event(entry, capture.url, zone) if isinstance(entry, dict) else None
        except (ValueError, OverflowError) as error:
            faults.append(f"event {str(entry.get('id'))[:20]}: {error}"[:200])
            continue
        if found:
            candidates.append(found)
    page = number(parse_qs(urlsplit(capture.url).query).get("page", ["1"])[0])
    further = page < min(number(data.get("total_pages")), MAX_PAGES)
    next_urls = (page_url(source.url, page + 1),) if further else ()
    return Reading(candidates=tuple(candidates), next_urls=next_urls, faults=tuple(faults), whole=True)


def read_event(entry: dict[str, Any], base: str, zone: str) -> Candidate | None:
    """Read one event; None when it has no address. Raises ValueError when it has no start."""
    url = urls.absolute(words(entry.get("url")), base)
    if not url:
        return None
    title = text.line(plain(words(entry.get("title"))), limit=500)
    event = event_of(entry, url, title or "Untitled event", zone)
    content = words(entry.get("description"))
    claims = SourceClaims(
        url=url,
        found_in="wordpress",
        kind="event",
        title=title,
        content=content,
        published=utc(words(entry.get("date_utc"))),
        events=(event,),
    )
    return Candidate(url=url, found_in="wordpress", claims=claims)


def event_of(entry: dict[str, Any], url: str, title: str, zone: str) -> Event:
    """Return the event that an entry describes, in its own zone."""
    name = zone_name(words(entry.get("timezone")), zone)
    start = local(words(entry.get("start_date")))
    end = max(start, local(words(entry.get("end_date")) or words(entry.get("start_date"))))
    all_day = entry.get("all_day") is True
    place = ZoneInfo(name)
    first, last = ("%Y-%m-%d", "%Y-%m-%d") if all_day else ("%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M")
    begun, ended = start.strftime(first), end.strftime(last)
    return Event(
        title=title,
        when_edtf=begun if begun == ended else f"{begun}/{ended}",
        precision="day" if all_day else "minute",
        found_in="wordpress",
        starts_at=None if all_day else start.replace(tzinfo=place).astimezone(timezone.utc),
        ends_at=None if all_day else end.replace(tzinfo=place).astimezone(timezone.utc),
        start_on=start.date(),
        end_on=end.date(),
        earliest_on=start.date(),
        latest_on=end.date(),
        timezone=name,
        all_day=all_day,
        venue=named(entry.get("venue"), "venue"),
        address=address_of(entry.get("venue")),
        organiser=named(entry.get("organizer"), "organizer"),
        status=STATUS.get((words(entry.get("event_status")) or "").lower(), "scheduled"),
        url=url,
    )


def local(value: str | None) -> datetime:
    """Read a bare local time, `2026-03-01 10:00:00`; raises ValueError."""
    return datetime.strptime(value or "", "%Y-%m-%d %H:%M:%S")


def utc(value: str | None) -> str | None:
    """Return a bare stamp in UTC with its zone; None when it is none."""
    return f"{value.replace(' ', 'T')}Z" if value and len(value) == 19 and not value.startswith("0000") else None


def zone_name(value: str | None, default: str) -> str:
    """Return an event's zone where it is a real one: the plugin also writes `UTC+1`."""
    if not value or not re.fullmatch(r"[A-Za-z_]{1,30}/[A-Za-z_/+-]{1,50}", value):
        return default
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return default
    return value


def named(value: Any, key: str) -> str | None:
    """Return the name of a venue or an organiser: an object, or the first of a list; None when there is none."""
    first = next(iter(value), None) if isinstance(value, list) else value
    return text.line(plain(words(first.get(key))), limit=300) if isinstance(first, dict) else None


def address_of(value: Any) -> str | None:
    """Return a venue's address on one line; None when it has none."""
    if not isinstance(value, dict):
        return None
    parts = [text.line(words(value.get(key)), limit=200) for key in ("address", "city", "zip", "country")]
    return ", ".join(part for part in parts if part) or None


def words(value: Any) -> str | None:
    """Return a JSON value if it is a string, None otherwise."""
    return value if isinstance(value, str) else None


def plain(value: str | None) -> str | None:
    """Return words without markup; None for None."""
    return re.sub(r"<[^<>]{0,2000}>", "", value) if value else None


def number(value: Any) -> int:
    """Return a count; 0 for what is none."""
    return int(value) if isinstance(value, (int, str)) and re.fullmatch(r"\d{1,6}", str(value)) else 0
