"""Events as a calendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from .about import About, line, plain
from .records import Record

MOST_OCTETS = 75
STATUS = {"scheduled": "CONFIRMED", "postponed": "TENTATIVE", "rescheduled": "CONFIRMED"}


def write(events: Iterable[Record], about: About) -> Iterator[str]:
    """Yield the calendar. An event whose days are unknown cannot be in one and is left out."""
    yield "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//regional-archive//events//EN\r\nCALSCALE:GREGORIAN\r\n"
    yield fold(f"X-WR-CALNAME:{text(about.title + ': ' + (about.query or 'events'))}")
    yield fold(f"X-WR-CALDESC:{text(about.sentence)}")
    for event in events:
        if event["starts_at"] or event["start_on"] or event["earliest_on"]:
            yield component(event)
    yield "END:VCALENDAR\r\n"


def status(event: Record, *, coarse: bool) -> str:
    """Return how sure an event is (RFC 5545, 3.8.1.11); one that its partner has taken back is cancelled."""
    if event["status"] == "cancelled" or event["gone_at"]:
        return "CANCELLED"
    return "TENTATIVE" if coarse or not event["certain"] else STATUS[event["status"]]


def component(event: Record) -> str:
    """Return one event."""
    coarse = not (event["starts_at"] or event["start_on"])
    lines = [
        "BEGIN:VEVENT",
        f"UID:{event['id']}@regional-archive",
        f"DTSTAMP:{basic(event['last_seen_at'])}",
        *when(event),
        f"SUMMARY:{text(event['title'])}{text(' (some time in ' + event['when_edtf'] + ')') if coarse else ''}",
        f"STATUS:{status(event, coarse=coarse)}",
        f"DESCRIPTION:{text(describe(event))}",
        f"URL:{line(event['archive_url'])}",
    ]
    place = ", ".join(line(part) for part in (event["venue"], event["address"]) if part)
    if place:
        lines.append(f"LOCATION:{text(place)}")
    if event["organiser"]:
        lines.append(f"X-ORGANISER:{text(event['organiser'])}")
    if coarse or event["all_day"]:
        lines.append("TRANSP:TRANSPARENT")
    return "".join(fold(part) for part in [*lines, "END:VEVENT"])


def when(event: Record) -> list[str]:
    """Return start and end: instants in UTC, whole days with the end after the last, a coarse event as all its days."""
    if event["starts_at"] and not event["all_day"]:
        ends = [f"DTEND:{basic(event['ends_at'])}"] if (event["ends_at"] or "") > event["starts_at"] else []
        return [f"DTSTART:{basic(event['starts_at'])}", *ends]
    first = event["start_on"] or event["earliest_on"]
    last = (event["end_on"] or event["start_on"]) if event["start_on"] else event["latest_on"]
    after = next_day(max(last or first, first))
    return [f"DTSTART;VALUE=DATE:{first.replace('-', '')}", *([f"DTEND;VALUE=DATE:{after}"] if after else [])]


def next_day(day: str) -> str | None:
    """Return the day after, as YYYYMMDD; None past the end of the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).strftime("%Y%m%d")
    except (ValueError, OverflowError):
        return None


def describe(event: Record) -> str:
    """Return who says so, in which words."""
    parts = [f"{line(event['partner_title'])}; date as given: {event['when_edtf']} ({event['precision']})"]
    if event["status"] != "scheduled":
        parts.append(f"Status: {event['status']}")
    if event["evidence"]:
        parts.append(line(event["evidence"]))
    if event["url"]:
        parts.append(line(event["url"]))
    return "\n".join(parts)


def basic(instant: str) -> str:
    """Return an instant in the basic form."""
    return instant.replace("-", "").replace(":", "")


def text(value: object) -> str:
    """Return a TEXT value (section 3.3.11)."""
    escaped = plain(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(escaped.splitlines())


def fold(content: str) -> str:
    """Return a content line in pieces of at most 75 octets (section 3.1), never inside a character."""
    pieces, piece, octets = [], "", 0
    for character in content:
        size = len(character.encode())
        if octets + size > MOST_OCTETS:
            pieces.append(piece)
            piece, octets = " ", 1
        piece += character
        octets += size
    return "\r\n".join([*pieces, piece]) + "\r\n"
