"""Calendars (iCalendar, RFC 5545): events with zone, all-day and status, repeated ones unrolled in a window."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from scraper.errors import HostilePage, NotAPost
from scraper.models import Candidate, Capture, Event, EventStatus, Reading, SourceClaims
from scraper.normalise import decoding, text, urls

from .repeats import is_calm

MAX_BYTES = 2 * 1024 * 1024
MAX_EVENTS = 2_000
MAX_OCCURRENCES = 400  # of one repeated event
BACK = timedelta(days=366 * 3)
AHEAD = timedelta(days=366 * 2)
# What a broken property raises when it is looked at, besides what Python raises by itself
BROKEN = (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError)
MAX_RULES = 300
MAX_WILD = 20  # rules that may be found to be too costly
MAX_LINES = 20_000  # a second's work; what no event needs is left out before
NEEDED = re.compile(
    rb"(?:BEGIN|END|VERSION|PRODID|UID|DT|DURATION|RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID|SUMMARY|LOCATION|STATUS|URL|"
    rb"ORGANIZER|DESCRIPTION|SEQUENCE|TZ|CLASS|X-WR-TIMEZONE)",
    re.IGNORECASE,
)
ENVELOPE = (b"BEGIN:VCALENDAR", b"END:VCALENDAR")
NOT_PUBLIC = ("PRIVATE", "CONFIDENTIAL")  # RFC 5545, 3.8.1.3
YEARS = range(1800, 2200)  # what lies outside is a machine's zero or its end of time
ZONE = re.compile(rb"(?<=;TZID=)[^:;,\r\n]{1,60}")
FOLD = re.compile(rb"\r?\n[ \t]")
TOO_FINE = re.compile(
    rb"^(?:RRULE|EXRULE)[^\r\n]*(?:FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:SECOND|MINUTE|HOUR)=)[^\r\n]*\r?\n",
    re.I | re.M,
)
STATUS: dict[str, EventStatus] = {"CANCELLED": "cancelled", "TENTATIVE": "scheduled", "CONFIRMED": "scheduled"}


def read(capture: Capture, *, zone: str) -> Reading:
    """Read a calendar; a broken event costs itself and is named in `faults`. Bare times are read in `zone`.

    One that was read whole says until when it lists what is to come.

    A rule that repeats more than daily is left out, its event stays (one page of those would never end).
    Raises NotAPost('not-a-calendar'), HostilePage('too-big').
    """
    body = capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if len(body) > MAX_BYTES:
        raise HostilePage("too-big", f"calendar of {len(body)} bytes")
    if b"BEGIN:VCALENDAR" not in body[:4096].upper():
        raise NotAPost("not-a-calendar", "no VCALENDAR")
    body, dropped = TOO_FINE.subn(b"", decoding.to_utf8(FOLD.sub(b"", body), capture.headers.get("content-type", "")))
    body = ZONE.sub(lambda found: b"Unknown" if is_folder(found.group()) else found.group(), body)
    faults = [f"{dropped} rules that repeat more than daily"] if dropped else []
    lines = [line for line in body.splitlines() if NEEDED.match(line)]
    if len(lines) > MAX_LINES:
        faults.append(f"only {MAX_LINES} of {len(lines)} lines were read")
    reading = read_components(b"\r\n".join(one_calendar(lines[:MAX_LINES])), capture, ZoneInfo(zone), faults)
    is_whole = not reading.faults and body.rstrip().upper().endswith(b"END:VCALENDAR")
    return replace(reading, listed_until=last_listed(reading.events)) if is_whole else reading


def last_listed(events: Sequence[Event]) -> date | None:
    """Return the day on which the last event of a calendar begins; many list but the next few, and none after it."""
    return max((event.earliest_on for event in events if event.earliest_on), default=None)


@lru_cache(maxsize=500)
def is_folder(name: bytes) -> bool:
    """Say whether the name of a zone is one of the folders in which zones lie ("Europe"), which no reader bears."""
    try:
        ZoneInfo(name.decode("ascii", "replace"))
    except (ValueError, KeyError):
        return False  # unknown, and borne
    except OSError:
        return True
    return False


def one_calendar(lines: list[bytes]) -> list[bytes]:
    """Return the lines of all calendars of a file as one, up to the end of its last whole event."""
    inside = [line for line in lines if line.strip().upper() not in ENVELOPE]
    ends = [number for number, line in enumerate(inside) if line.strip().upper() == b"END:VEVENT"]
    return [ENVELOPE[0], *(inside[: ends[-1] + 1] if ends else inside), ENVELOPE[1], b""]


def read_components(body: bytes, capture: Capture, zone: tzinfo, faults: list[str]) -> Reading:
    """Read each component alone, so that a broken one harms no other."""
    import icalendar  # 90 ms, only where a calendar is read

    try:
        calendar = icalendar.Calendar.from_ical(body)
    except BROKEN as error:
        raise NotAPost("not-a-calendar", str(error)[:200]) from error
    dropped = tame(calendar)
    faults += [f"{dropped} rules that would take too long to unroll"] if dropped else []
    zones, zone = own_zones(calendar), zone_of(calendar, zone)
    candidates: list[Candidate] = []
    events: list[Event] = []
    for number, component in enumerate(occurrences(calendar, capture.fetched_at, faults)):
        if number >= MAX_EVENTS:
            faults.append(f"only {MAX_EVENTS} events were read, those that begin last")
            break
        try:
            event = read_event(component, zones, zone, capture.url)
        except BROKEN as error:
            faults.append(f"event {str(component.get('UID', ''))[:80]}: {error}"[:200])
            continue
        events.append(event)
        if event.url:
            claims = SourceClaims(url=event.url, found_in="calendar", kind="event", title=event.title, events=(event,))
            candidates.append(Candidate(url=event.url, found_in="calendar", claims=claims))
    return Reading(candidates=tuple(candidates), events=tuple(events), faults=tuple(faults), whole=False)


def tame(calendar: Any) -> int:
    """Take off the rules that would be unrolled for seconds or for ever; their events stay. Say how many there were.

    A calendar with many of them loses the rest unjudged: to judge one costs up to 30 ms.
    """
    dropped = kept = 0
    for event in calendar.walk():
        for name in ("RRULE", "EXRULE"):
            if name not in event:
                continue
            try:
                end_with_the_day(event.get(name), event.get("DTSTART").dt)
                calm = (
                    kept < MAX_RULES
                    and dropped < MAX_WILD
                    and is_calm(event.get(name), day_of(event.get("DTSTART").dt))
                )
            except BROKEN:
                calm = False
            if calm:
                kept += 1
            else:
                dropped += 1
                del event[name]
    return dropped


def end_with_the_day(rule: Any, start: date | datetime) -> None:
    """Let a rule whose end is a day hold until that day is over, where its event has a time of day.

    RFC 5545, 3.3.10, wants an instant there; as a day, midnight would leave the last occurrence out.
    """
    days = rule.get("UNTIL", [])
    if days and isinstance(start, datetime) and not any(isinstance(day, datetime) for day in days):
        ends = [datetime.combine(day, time.max, start.tzinfo) for day in days]
        rule["UNTIL"] = [end.astimezone(timezone.utc) if end.tzinfo else end for end in ends]


def occurrences(calendar: Any, fetched_at: datetime, faults: list[str]) -> Iterator[Any]:
    """Yield single events as they are and repeated ones once per occurrence inside the window."""
    series: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        if str(event.get("CLASS", "")).upper() not in NOT_PUBLIC:
            series.setdefault(str(event.get("UID")), []).append(event)
    for uid, events in sorted(series.items(), key=lambda pair: max(map(start_of, pair[1])), reverse=True):
        if not any("RRULE" in event or "RDATE" in event for event in events):
            yield from events
            continue
        try:
            yield from nearest(unroll(calendar, events, fetched_at), fetched_at)
        except BROKEN as error:
            faults.append(f"repeated event {uid[:80]}: {error}"[:200])


def nearest(found: Sequence[Any], fetched_at: datetime) -> Iterator[Any]:
    """Yield the next of a series' occurrences, and as many of the last as there is room for."""
    today = fetched_at.date().isoformat()
    ahead = [event for event in found if start_of(event) >= today][:MAX_OCCURRENCES]
    past = [event for event in found if start_of(event) < today]
    yield from past[max(0, len(past) + len(ahead) - MAX_OCCURRENCES) :]
    yield from ahead


def start_of(event: Any) -> str:
    """Return the day on which an event begins, for sorting; '' for one that does not say it readably."""
    try:
        return day_of(event["DTSTART"].dt).isoformat()
    except BROKEN:
        return ""


def unroll(calendar: Any, events: list[Any], fetched_at: datetime) -> list[Any]:
    """Return the occurrences of one series inside the window; a broken series raises what BROKEN names."""
    import icalendar
    import recurring_ical_events

    alone = icalendar.Calendar()
    alone.subcomponents = [*calendar.walk("VTIMEZONE"), *events]
    found = recurring_ical_events.of(alone).between(fetched_at - BACK, fetched_at + AHEAD)
    return sorted(found, key=lambda event: str(event["DTSTART"].dt))


def own_zones(calendar: Any) -> dict[str, tzinfo]:
    """Return the zones that the file itself defines: they win over the world's (TZID=GMT with BST rules)."""
    zones = {}
    for component in calendar.walk("VTIMEZONE"):
        try:
            zones[str(component["TZID"])] = component.to_tz(lookup_tzid=False)
        except BROKEN:
            continue
    return zones


def zone_of(calendar: Any, zone: tzinfo) -> tzinfo:
    """Return the zone of bare times: the calendar's own where it names a place, else `zone`.

    "UTC" there is what programs write that were told of no zone.
    """
    name = str(calendar.get("X-WR-TIMEZONE", "")).strip()
    try:
        return ZoneInfo(name) if "/" in name else zone
    except (*BROKEN, OSError):
        return zone


def read_event(component: Any, zones: dict[str, tzinfo], zone: tzinfo, base: str) -> Event:
    """Turn a VEVENT into an event; raises ValueError when it has no start."""
    if "DTSTART" not in component:
        raise ValueError("no DTSTART")
    start, zone_name = place(component["DTSTART"], zones, zone)
    if day_of(start).year not in YEARS:
        raise ValueError(f"a start in the year {day_of(start).year}")
    end = end_of(component, start, zones, zone)
    all_day = not isinstance(start, datetime)
    last = last_day(start, end)
    uid = str(component.get("UID", "")) or None
    if (uid and "RECURRENCE-ID" in component) or "RRULE" in component:
        uid = f"{uid}/{day_of(start).isoformat()}"
    return Event(
        title=text.line(text.without_tags(str(component.get("SUMMARY", ""))), limit=500) or "Untitled event",
        when_edtf=edtf(start, end, last),
        precision="day" if all_day else "minute",
        found_in="calendar",
        starts_at=start.astimezone(timezone.utc) if isinstance(start, datetime) else None,
        ends_at=end.astimezone(timezone.utc) if isinstance(end, datetime) else None,
        start_on=day_of(start),
        end_on=last,
        earliest_on=day_of(start),
        latest_on=last,
        timezone=zone_name,
        all_day=all_day,
        venue=text.line(text.without_tags(str(component.get("LOCATION", ""))), limit=500),
        organiser=organiser_of(component),
        status=STATUS.get(str(component.get("STATUS", "")).upper(), "scheduled"),
        url=urls.absolute(str(component.get("URL", "")), base),
        uid=uid,
        evidence=text.line(str(component.get("DESCRIPTION", "")), limit=500),
    )


def place(prop: Any, zones: dict[str, tzinfo], zone: tzinfo) -> tuple[date | datetime, str]:
    """Return a property's day or instant and the name of the zone it was said in."""
    value = prop.dt
    if not isinstance(value, datetime):
        return value, str(zone)
    name = str(prop.params.get("TZID", ""))
    if name in zones:
        own = value.replace(tzinfo=zones[name])
        known = value.utcoffset() == own.utcoffset()
        return own, name if known and "/" in name else str(zone)
    if value.tzinfo is None:
        return value.replace(tzinfo=zone), str(zone)
    return value, str(zone) if name in ("", "UTC") else name


def end_of(component: Any, start: date | datetime, zones: dict[str, tzinfo], zone: tzinfo) -> date | datetime | None:
    """Return when an event ends: DTEND, or the start and DURATION; None when it does not say, or lies before it."""
    if "DTEND" in component:
        end = place(component["DTEND"], zones, zone)[0]
    elif "DURATION" in component:
        end = start + component["DURATION"].dt
    else:
        return None
    if isinstance(start, datetime) and isinstance(end, datetime):
        return end if end >= start else None
    return end if day_of(end) >= day_of(start) else None


def last_day(start: date | datetime, end: date | datetime | None) -> date:
    """Return the last day of an event: the DTEND of an all-day event is the day after (RFC 5545, 3.6.1)."""
    if end is None:
        return day_of(start)
    if isinstance(end, datetime):
        midnight = (end.hour, end.minute, end.second) == (0, 0, 0)
        return max(day_of(start), day_of(end - timedelta(minutes=1) if midnight else end))
    return max(day_of(start), end - timedelta(days=1))


def day_of(value: date | datetime) -> date:
    """Return the calendar day of a value in its own zone."""
    return value.date() if isinstance(value, datetime) else value


def edtf(start: date | datetime, end: date | datetime | None, last: date) -> str:
    """Return the event's time in EDTF (ISO 8601-2), wall time of its zone."""
    if not isinstance(start, datetime):
        return start.isoformat() if last == start else f"{start.isoformat()}/{last.isoformat()}"
    first = start.strftime("%Y-%m-%dT%H:%M")
    return f"{first}/{end.strftime('%Y-%m-%dT%H:%M')}" if isinstance(end, datetime) and end != start else first


def organiser_of(component: Any) -> str | None:
    """Return the organiser's name; an address of electronic mail is no name."""
    prop = component.get("ORGANIZER")
    name = prop.params.get("CN") if prop is not None and hasattr(prop, "params") else None
    return text.line(str(name), limit=300) if name else None
