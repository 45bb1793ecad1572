"""The calendar of events: a month as a grid, a week or a day as a list, a year as a heat map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from scraper.publish import ics, records
from scraper.publish.about import About
from scraper.publish.files import CONTENT_TYPES

from .. import charts, times, words
from ..ask import Answer, Ask, File, Page
from ..filters import end_of
from . import common

MOST_A_DAY = 3
MOST_EVENTS = 500
MOST_LISTED = 120
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
DAY = re.compile(r"\d{4}-\d\d-\d\d")
WEEK = re.compile(r"(\d{4})-W(\d\d)")
PARAMETERS = ("month", "week", "day", "partner", "all")


def page(ask: Ask) -> Answer:
    """Return the calendar, or its file."""
    first, last, view = span(ask)
    partner = ask.one("partner")[:120]
    if ask.values.get("format") == "ics":
        return export(ask, first, last, partner)
    sql, values = between(first, last, partner)
    size = MOST_EVENTS if view == "month" else MOST_LISTED
    rows = ask.rows(f"{common.EVENT_CARD} {sql} ORDER BY e.earliest_on, e.starts_at, e.id LIMIT ?", *values, size)
    events = [common.event_card(row) for row in rows]
    exact = [event for event in events if not event["coarse"]]
    return Page(
        template="calendar",
        context={
            "view": view,
            "heading": heading(first, last, view),
            "total": count(ask, sql, values),
            "nearest": [] if rows else list(nearest(ask, first, last, view, partner)),
            "weeks": list(weeks(first, last, exact, ask.today)) if view == "month" else [],
            "days": [day for day in days(first, last, exact, ask.today) if day["events"]],
            "coarse": [event for event in events if event["coarse"]],
            "truncated": len(rows) == size,
            "links": steps(first, last, view, partner, ask.today),
            "file": address("/calendar.ics", partner, **{view: key(first, view)}),
            "partners": common.partner_titles(ask),
            "partner": partner,
            "current": {view: key(first, view)},
            "year": year_map(ask, first.year, partner) if view == "month" else None,
            "unknown": ask.unknown(*PARAMETERS),
            "faults": list(faults(ask, partner)),
        },
    )


def faults(ask: Ask, partner: str) -> Iterator[str]:
    """Name what the address asks for that is not there."""
    if partner and ask.value("SELECT 1 FROM partners WHERE slug = ?", partner) is None:
        yield words.say("no_such_partner", name=partner)
    asked = (("month", MONTH), ("week", WEEK), ("day", DAY))
    for name, form in asked:
        if ask.one(name) and not form.fullmatch(ask.one(name)):
            yield words.say("not_a_period", name=name, typed=ask.one(name)[:40])


def span(ask: Ask) -> tuple[date, date, str]:
    """Return the first and last day asked for and the view; this month by default."""
    month, week = MONTH.fullmatch(ask.one("month")), WEEK.fullmatch(ask.one("week"))
    try:
        if ask.one("day"):
            day = date.fromisoformat(ask.one("day"))
            return day, day, "day"
        if week:
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return monday, monday + timedelta(days=6), "week"
        first = date(int(month[1]), int(month[2]), 1) if month else ask.today.replace(day=1)
        return first, end_of(first, whole_year=False), "month"
    except (ValueError, OverflowError):
        first = ask.today.replace(day=1)
        return first, end_of(first, whole_year=False), "month"


def between(first: date, last: date, partner: str) -> tuple[str, list[Any]]:
    """Return the condition for events that begin in a range, or before it and reach into it.

    An event that began over a year before is no calendar entry.
    """
    year_before = first - timedelta(days=min(366, first.toordinal() - 1))
    sql = (
        "WHERE e.id IN (SELECT id FROM events WHERE earliest_on BETWEEN ? AND ?"
        " UNION ALL SELECT id FROM events INDEXED BY events_long"
        " WHERE latest_on > earliest_on AND latest_on >= ? AND earliest_on < ? AND earliest_on >= ?)"
    )
    values: list[Any] = [str(first), str(last), str(first), str(first), str(year_before)]
    if partner:
        sql += " AND e.partner = ?"
        values.append(partner)
    return sql, values


def count(ask: Ask, sql: str, values: list[Any]) -> int:
    """Return how many events a condition of `between` finds."""
    return int(ask.value(f"SELECT count(*) FROM events e {sql}", *values))  # noqa: S608 -- code of this module


def heading(first: date, last: date, view: str) -> str:
    """Return what is shown in words."""
    if view == "month":
        return f"{words.MONTHS[first.month - 1]} {first.year}"
    if view == "day":
        return times.long_day(first, weekday=True)
    return times.say_days(first, last)


def key(first: date, view: str) -> str:
    """Return the parameter of a view."""
    year, week, _ = first.isocalendar()
    return {"month": f"{first:%Y-%m}", "week": f"{year}-W{week:02d}", "day": str(first)}[view]


def address(path: str, partner: str = "", **parameters: str) -> str:
    """Return an address of the calendar."""
    if partner:
        parameters["partner"] = partner
    return f"{path}?{urlencode(parameters)}" if parameters else path


def steps(first: date, last: date, view: str, partner: str, today: date) -> list[tuple[str, str]]:
    """Return links to before, after, today, and the other views."""
    found = []
    for name, day in (("earlier", neighbour(first, -1)), ("later", neighbour(last, 1))):
        if day:
            found.append((words.say(name), address("/calendar", partner, **{view: key(day, view)})))
    if not first <= today <= last:
        found.append((words.say("today"), address("/calendar", partner, **{view: key(today, view)})))
    for other in ("month", "week"):
        if other != view:
            found.append((words.say(f"view_{other}"), address("/calendar", partner, **{other: key(first, other)})))
    return found


def nearest(ask: Ask, first: date, last: date, view: str, partner: str) -> Iterator[tuple[str, str]]:
    """Yield links to the last event day before an empty stretch and to the first after it."""
    only = " AND partner = ?" if partner else ""
    for name, chosen, condition, edge in (("before", "max", "<", first), ("after", "min", ">", last)):
        sql = f"SELECT {chosen}(start_on) FROM events WHERE earliest_on {condition} ? AND start_on IS NOT NULL{only}"  # noqa: S608
        found = ask.value(sql, str(edge), *([partner] if partner else []))
        if found:
            day = date.fromisoformat(found)
            link = address("/calendar", partner, **{view: key(day, view)})
            yield words.say(f"nearest_{name}", when=times.long_day(day)), link


def neighbour(day: date, step: int) -> date | None:
    """Return the day before or after; None beyond the ends of the calendar."""
    try:
        return day + timedelta(days=step)
    except OverflowError:
        return None


def days(first: date, last: date, events: list[dict[str, Any]], today: date) -> Iterator[dict[str, Any]]:
    """Yield each day of a range with its events; an event of several days stands on each."""
    by_day: dict[date, list[dict[str, Any]]] = {}
    for event in events:
        start, end = date.fromisoformat(event["earliest_on"]), date.fromisoformat(event["latest_on"])
        for step in range((min(end, last) - max(start, first)).days + 1):
            by_day.setdefault(max(start, first) + timedelta(days=step), []).append(event)
    for step in range((last - first).days + 1):
        day = first + timedelta(days=step)
        yield {
            "day": day,
            "name": times.long_day(day, weekday=True),
            "events": by_day.get(day, []),
            "shown": by_day.get(day, [])[:MOST_A_DAY],
            "more": max(0, len(by_day.get(day, [])) - MOST_A_DAY),
            "today": day == today,
        }


def weeks(first: date, last: date, events: list[dict[str, Any]], today: date) -> Iterator[list[dict[str, Any] | None]]:
    """Yield the weeks of a month, Monday first; days of other months are None."""
    cells: list[dict[str, Any] | None] = [None] * first.weekday()
    cells += list(days(first, last, events, today))
    cells += [None] * (-len(cells) % 7)
    yield from (cells[start : start + 7] for start in range(0, len(cells), 7))


def year_map(ask: Ask, year: int, partner: str) -> dict[str, Any]:
    """Return the heat map of a year and its months as a table."""
    sql = "SELECT start_on, count(*) FROM events WHERE earliest_on BETWEEN ? AND ? AND start_on IS NOT NULL"
    values = [f"{year:04d}-01-01", f"{year:04d}-12-31"]
    if partner:
        sql += " AND partner = ?"
        values.append(partner)
    kept = ask.view.get((sql, *values))
    counts = (
        kept if isinstance(kept, dict) else dict(ask.connection.execute(f"{sql} GROUP BY start_on", values).fetchall())
    )
    ask.view.put((sql, *values), counts)
    months: dict[str, int] = {}
    for day, posts in counts.items():
        months[day[:7]] = months.get(day[:7], 0) + posts
    return {
        "year": year,
        "chart": charts.heat(year, counts, lambda month: address("/calendar", partner, month=month)),
        "months": [
            (times.say_month(month), address("/calendar", partner, month=month), n)
            for month, n in sorted(months.items())
        ],
    }


def export(ask: Ask, first: date, last: date, partner: str) -> File:
    """Return the events shown as a calendar file; `all=1` gives every event that is not over."""
    if ask.one("all") == "1":
        first, last = ask.today, date(9999, 12, 31)
    sql, values = between(first, last, partner)
    events = records.read_events(
        ask.connection, f"{sql.removeprefix('WHERE ')} ORDER BY e.earliest_on LIMIT 20000", values, ask.base
    )
    about = About(
        query=f"events from {first} to {last}" + (f", partner {partner}" if partner else ""),
        count=len(events),
        as_of=records.data_as_of(ask.connection),
        url=ask.base
        + address(
            "/calendar.ics",
            partner,
            **{name: ask.one(name) for name in ("month", "week", "day", "all") if ask.one(name)},
        ),
    )
    return File(
        pieces=ics.write(events, about), content_type=CONTENT_TYPES["ics"], filename="regional-archive-events.ics"
    )
