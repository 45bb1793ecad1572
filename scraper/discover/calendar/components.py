"""One component of a calendar as an event: its days, instants and zone."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from scraper.models import Event, EventStatus
from scraper.normalise import text, urls
from scraper.normalise.dates import edtf

# What a broken property raises when it is looked at, besides what Python raises by itself
BROKEN = (ValueError, KeyError, TypeError, AttributeError, OverflowError, IndexError)
YEARS = range(1800, 2200)  # what lies outside is a machine's zero or its end of time
STATUS: dict[str, EventStatus] = {"CANCELLED": "cancelled", "TENTATIVE": "scheduled", "CONFIRMED": "scheduled"}


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
        when_edtf=edtf.of_event(start, end, last),
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


def organiser_of(component: Any) -> str | None:
    """Return the organiser's name; an address of electronic mail is no name."""
    prop = component.get("ORGANIZER")
    name = prop.params.get("CN") if prop is not None and hasattr(prop, "params") else None
    return text.line(str(name), limit=300) if name else None
