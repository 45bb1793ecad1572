"""The coverage ledger: for every partner and day, whether the archive looked and could see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .. import charts, times
from ..ask import Ask, Page
from ..charts import Mark

CHOICES = (30, 90, 365)
MOST_HOLES = 30
PAGE = 40  # partners
STATES = ("checked", "quiet", "blind", "blocked")


def page(ask: Ask) -> Page:
    """Return a strip per partner, counts of days by state, and the latest holes."""
    typed = ask.one("days")
    span_days = int(typed) if typed in map(str, CHOICES) else 90
    span = [str(ask.today - timedelta(days=back)) for back in range(span_days - 1, -1, -1)]
    by_partner: dict[str, dict[str, str]] = {}
    for partner, day, state in ask.connection.execute(
        "SELECT partner, day, state FROM coverage WHERE day >= ?", (span[0],)
    ):
        by_partner.setdefault(partner, {})[day] = state
    number = page_number(ask)
    sql = "SELECT slug, title FROM partners WHERE active ORDER BY title LIMIT ? OFFSET ?"
    partners = ask.rows(sql, PAGE + 1, (number - 1) * PAGE)
    return Page(
        template="coverage",
        context={
            "rows": [row(partner, by_partner.get(partner["slug"], {}), span) for partner in partners[:PAGE]],
            "next": f"/coverage?days={span_days}&page={number + 1}" if len(partners) > PAGE else "",
            "states": STATES,
            "days": span_days,
            "choices": CHOICES,
            "first": times.say_day(span[0]),
            "last": times.say_day(span[-1]),
            "holes": holes(ask, span[0]),
            "unknown": ask.unknown("days", "page"),
        },
    )


def page_number(ask: Ask) -> int:
    """Return the number of the page asked for, 1 unless it is one."""
    typed = ask.one("page")
    return int(typed) if typed.isascii() and typed.isdigit() and 0 < len(typed) < 5 and int(typed) else 1


def row(partner: dict[str, Any], states: dict[str, str], span: list[str]) -> dict[str, Any]:
    """Return one partner's strip and counts."""
    marks = [Mark(day, state) for day, state in states.items()]
    counts = {state: sum(1 for found in states.values() if found == state) for state in STATES}
    return {**partner, "strip": charts.strip(span, marks), "counts": counts, "unrecorded": len(span) - len(states)}


def holes(ask: Ask, first: str) -> list[dict[str, Any]]:
    """Return the latest days on which a partner could not be seen."""
    sql = (
        "SELECT c.partner, r.title, c.day, c.state, c.reason FROM coverage c JOIN partners r ON r.slug = c.partner"
        " WHERE c.day >= ? AND c.state IN ('blind', 'blocked') ORDER BY c.day DESC, r.title LIMIT ?"
    )
    return [{**found, "words": times.say_day(found["day"])} for found in ask.rows(sql, first, MOST_HOLES)]
