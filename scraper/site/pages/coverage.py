"""The coverage ledger: for every partner and day, whether the archive looked and could see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from .. import charts, times, words
from ..ask import Ask, Page
from ..charts import Mark
from ..filters import read_day

MOST_DAYS = 366
CHOICES = (30, 90, 365)
MOST_HOLES = 30
PAGE = 40  # partners
STATES = ("checked", "quiet", "blind", "blocked")


def page(ask: Ask) -> Page:
    """Return a strip per partner, counts of days by state, and the latest holes, of the last days or of a stretch."""
    faults: list[str] = []
    first, last, asked = stretch(ask, faults)
    span = [str(first + timedelta(days=step)) for step in range((last - first).days + 1)]
    by_partner: dict[str, dict[str, str]] = {}
    for partner, day, state in ask.connection.execute(
        "SELECT partner, day, state FROM coverage WHERE day BETWEEN ? AND ?", (span[0], span[-1])
    ):
        by_partner.setdefault(partner, {})[day] = state
    number = page_number(ask)
    sql = "SELECT slug, title FROM partners WHERE active ORDER BY title LIMIT ? OFFSET ?"
    partners = ask.rows(sql, PAGE + 1, (number - 1) * PAGE)
    rows = {"day__gte": span[0], "day__lte": span[-1]}
    return Page(
        template="coverage",
        context={
            "rows": [row(partner, by_partner.get(partner["slug"], {}), span) for partner in partners[:PAGE]],
            "next": f"/coverage?{urlencode({**asked, 'page': number + 1})}" if len(partners) > PAGE else "",
            "states": STATES,
            "days": asked.get("days"),
            "choices": CHOICES,
            "first": first,
            "last": last,
            "heading": times.say_days(first, last),
            "holes": holes(ask, span[0], span[-1]),
            "csv": f"/archive/coverage.csv?{urlencode({**rows, '_stream': 'on'})}",
            "query": f"/archive/coverage?{urlencode({**rows, '_sort_desc': 'day'})}",
            "unknown": ask.unknown("days", "from", "to", "page"),
            "faults": faults,
        },
    )


def stretch(ask: Ask, faults: list[str]) -> tuple[date, date, dict[str, Any]]:
    """Return the first and last day asked for, 90 days up to today by default, and the parameters that say so."""
    start, end = (read_day(name, ask.one(name), faults) for name in ("from", "to"))
    typed = ask.one("days")
    days = int(typed) if typed in map(str, CHOICES) else 90
    if start is None and end is None:
        return ask.today - timedelta(days=days - 1), ask.today, {"days": days}
    end = min(end or ask.today, ask.today)
    earliest = date.fromordinal(max(end.toordinal() - MOST_DAYS + 1, 1))
    if start is not None and start > end:
        faults.append(words.say("no_such_days"))
    elif start is not None and start < earliest:
        faults.append(words.say("too_many_days", n=MOST_DAYS))
    first = earliest if start is None else min(max(start, earliest), end)
    return first, end, {"from": first, "to": end}


def page_number(ask: Ask) -> int:
    """Return the number of the page asked for, 1 unless it is one."""
    typed = ask.one("page")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1


def row(partner: dict[str, Any], states: dict[str, str], span: list[str]) -> dict[str, Any]:
    """Return one partner's strip and counts."""
    marks = [Mark(day, state) for day, state in states.items()]
    counts = {state: sum(1 for found in states.values() if found == state) for state in STATES}
    return {**partner, "strip": charts.strip(span, marks), "counts": counts, "unrecorded": len(span) - len(states)}


def holes(ask: Ask, first: str, last: str) -> list[dict[str, Any]]:
    """Return the latest days on which a partner could not be seen."""
    sql = (
        "SELECT c.partner, r.title, c.day, c.state, c.reason FROM coverage c JOIN partners r ON r.slug = c.partner"
        " WHERE c.day BETWEEN ? AND ? AND c.state IN ('blind', 'blocked') ORDER BY c.day DESC, r.title LIMIT ?"
    )
    return [{**found, "words": times.say_day(found["day"])} for found in ask.rows(sql, first, last, MOST_HOLES)]
