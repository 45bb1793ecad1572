"""Calendars (iCalendar, RFC 5545): events with zone, all-day and status, repeated ones unrolled in a window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

from scraper.errors import HostilePage, NotAPost
from scraper.models import Candidate, Capture, Event, Reading, SourceClaims
from scraper.normalise import decoding

from .components import BROKEN, own_zones, read_event, zone_of
from .series import occurrences, tame

MAX_BYTES = 2 * 1024 * 1024
MAX_EVENTS = 2_000
MAX_LINES = 20_000  # a second's work; what no event needs is left out before
NEEDED = re.compile(
    rb"(?:BEGIN|END|VERSION|PRODID|UID|DT|DURATION|RRULE|RDATE|EXDATE|EXRULE|RECURRENCE-ID|SUMMARY|LOCATION|STATUS|URL|"
    rb"ORGANIZER|DESCRIPTION|SEQUENCE|TZ|CLASS|X-WR-TIMEZONE)",
    re.IGNORECASE,
)
ENVELOPE = (b"BEGIN:VCALENDAR", b"END:VCALENDAR")
ZONE = re.compile(rb"(?<=;TZID=)[^:;,\r\n]{1,60}")
FOLD = re.compile(rb"\r?\n[ \t]")
RULE = re.compile(rb"(?:RRULE|EXRULE)\b", re.IGNORECASE)
TOO_FINE = re.compile(rb"FREQ=(?:SECONDLY|MINUTELY|HOURLY)|BY(?:SECOND|MINUTE|HOUR)=", re.IGNORECASE)


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
    body = decoding.to_utf8(FOLD.sub(b"", body), capture.headers.get("content-type", ""))
    body = ZONE.sub(lambda found: b"Unknown" if is_folder(found.group()) else found.group(), body)
    needed = [line for line in body.splitlines() if NEEDED.match(line)]
    lines = [line for line in needed if not (RULE.match(line) and TOO_FINE.search(line))]
    dropped = len(needed) - len(lines)
    faults = [f"{dropped} rules that repeat more than daily"] if dropped else []
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
