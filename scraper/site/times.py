"""Dates as people read them: instants in a named zone, coarse dates as coarse as they are."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo

from .words import DAYS, DIVISIONS, MONTHS, say

EDTF_DAY = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


@lru_cache(maxsize=64)
def zone(name: str | None) -> ZoneInfo:
    """Return a zone by name; UTC for one that nobody knows."""
    try:
        return ZoneInfo(name or "UTC")
    except (ValueError, OSError, KeyError):
        return ZoneInfo("UTC")


def read_instant(instant: str) -> datetime | None:
    """Read an instant as the database writes it."""
    try:
        return datetime.strptime(instant, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    except ValueError:
        return None


def long_day(day: date, *, weekday: bool = False) -> str:
    """Return 20 November 2026, or Friday 20 November 2026."""
    name = f"{DAYS[day.weekday()]} " if weekday else ""
    return f"{name}{day.day} {MONTHS[day.month - 1]} {day.year}"


def say_day(text: str | None, *, weekday: bool = False) -> str:
    """Return YYYY-MM-DD in words; as it is when it is no day."""
    try:
        return long_day(date.fromisoformat((text or "")[:10]), weekday=weekday)
    except ValueError:
        return text or ""


def say_days(first: date, last: date) -> str:
    """Return a stretch of days, month and year said once where they are the same: 16 to 22 November 2026."""
    if first == last:
        return long_day(first)
    begin = long_day(first)
    if first.year == last.year:
        begin = f"{first.day}" if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]}"
    return say("span", first=begin, last=long_day(last))


def say_month(month: str) -> str:
    """Return YYYY-MM in words."""
    found = EDTF_DAY.fullmatch(month)
    if not found or not found[2] or not 1 <= int(found[2]) <= 12:
        return month
    return f"{MONTHS[int(found[2]) - 1]} {int(found[1])}"


def say_instant(instant: str | None, name: str | None, *, brief: bool = False) -> str:
    """Return an instant in a zone, with the zone's name and, unless `brief`, its offset on that day."""
    if not instant:
        return ""
    found = read_instant(instant)
    if found is None:
        return instant
    try:
        local = found.astimezone(zone(name))
    except OverflowError:
        return instant
    key = zone(name).key
    place = key if brief or key == "UTC" else f"{key}, {offset(local)}"
    return f"{long_day(local.date())}, {local:%H:%M} ({place})"


def offset(local: datetime) -> str:
    """Return the offset of a local time, as UTC, UTC+1 or UTC+5:30."""
    minutes = round((local.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "UTC" if not minutes else f"UTC{sign}{hours}" + (f":{rest:02d}" if rest else "")


def clock(instant: str | None, name: str | None) -> str:
    """Return the time of day of an instant in a zone, HH:MM."""
    found = read_instant(instant or "")
    try:
        return f"{found.astimezone(zone(name)):%H:%M}" if found else ""
    except OverflowError:
        return ""


def say_edtf(edtf: str | None) -> str:
    """Return an EDTF string in words, never finer than it is."""
    text = (edtf or "").strip()
    first, slash, last = text.partition("/")
    if not slash:
        return say_part(text)
    if first in ("", ".."):
        return say("span_until", last=say_part(last))
    if last in ("", ".."):
        return say("span_from", first=say_part(first))
    return say("span", first=say_part(first), last=say_part(last))


def say_part(text: str) -> str:
    """Return one side of an EDTF interval in words."""
    bare = text.rstrip("?~%")
    said = say_certain(bare)
    if said is None:
        return text
    return said if bare == text else say("doubtful", when=said)


def say_certain(text: str) -> str | None:
    """Return a day, month, division or year in words; None for anything else."""
    if "T" in text:
        day, _, time = text.partition("T")
        return f"{say_day(day)}, {time[:5]}{' UTC' if time.endswith('Z') else ''}"
    found = EDTF_DAY.fullmatch(text)
    if not found:
        return None
    year, middle = found[1], int(found[2] or 0)
    if found[3]:
        return say_day(text)
    if middle in DIVISIONS:
        return DIVISIONS[middle].format(year=year)
    return say_month(text) if middle else year


def published(post: dict[str, str | None]) -> str:
    """Return when a post was published, as fine as it is known; '' for an undated one."""
    if post.get("published_at") and post.get("published_precision") in ("second", "minute", None):
        return say_instant(post["published_at"], post.get("timezone"))
    if post.get("published_on"):
        return say_day(post["published_on"])
    return say_edtf(post.get("published_edtf"))


def published_day(post: dict[str, str | None]) -> str:
    """Return the day of publication without its time, as lists show it; '' for an undated post."""
    return say_day(post["published_on"]) if post.get("published_on") else say_edtf(post.get("published_edtf"))


def happens(event: dict[str, str | None], *, brief: bool = False) -> str:
    """Return when an event takes place, in its own zone, as fine as it is known."""
    name = event.get("timezone")
    if event.get("starts_at") and not event.get("all_day"):
        starts, ends = say_instant(event["starts_at"], name, brief=brief), event.get("ends_at")
        same = local_day(ends, name) == local_day(event["starts_at"], name)
        if not ends or ends == event["starts_at"] or (brief and same):
            return starts
        if brief:
            return say("span", first=starts, last=long_day(local_day(ends, name) or date.max))
        return say("hours_until", starts=starts, ends=clock(ends, name) if same else say_instant(ends, name))
    if event.get("start_on"):
        first, last = say_day(event["start_on"], weekday=True), event.get("end_on")
        return (
            say("span", first=first, last=say_day(last, weekday=True)) if last and last != event["start_on"] else first
        )
    return say_edtf(event.get("when_edtf"))


def local_day(instant: str | None, name: str | None) -> date | None:
    """Return the calendar day of an instant in a zone."""
    found = read_instant(instant or "")
    try:
        return found.astimezone(zone(name)).date() if found else None
    except OverflowError:
        return None
