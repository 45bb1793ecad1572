"""The home page: what the archive holds, how fresh it is, and who is failing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from .. import charts, times
from ..ask import Ask, Page
from ..charts import Bar, Mark
from . import common

LATEST = 8
HEALTH_DAYS = 30
MOST_PARTNERS = 40
WORST_FIRST = {"blind": 0, "blocked": 0, "none": 1, "checked": 2, "quiet": 2}


def page(ask: Ask) -> Page:
    """Return the home page."""
    months, coarse, undated = common.month_table(ask)
    bars = charts.bars_of(months)
    partners = health(ask)
    return Page(
        template="home",
        context={
            "posts": ask.value("SELECT sum(posts) FROM facet_groups") or 0,
            "events": ask.value("SELECT count(*) FROM events") or 0,
            "partner_count": len(partners),
            "span": (times.say_month(min(months)), times.say_month(max(months))) if months else None,
            "chart": charts.histogram(bars, month_address),
            "bars": [(bar, month_address(bar)) for bar in bars if bar.posts],
            "coarse": coarse,
            "undated": undated,
            "latest": common.cards(ask, common.newest(ask, LATEST)),
            "coming": coming(ask),
            "partners": partners[:MOST_PARTNERS],
            "hidden_partners": max(0, len(partners) - MOST_PARTNERS),
            "failing": [partner for partner in partners if partner["last_state"] in ("blind", "blocked")],
            "health_days": HEALTH_DAYS,
            "unknown": ask.unknown(),
        },
    )


def month_address(bar: Bar) -> str:
    """Return the search over a bar's days."""
    return f"/search?from={bar.first}&to={bar.last}"


def coming(ask: Ask) -> list[dict[str, Any]]:
    """Return the next events with a day."""
    sql = (
        f"{common.EVENT_CARD} WHERE e.earliest_on >= ? AND e.start_on IS NOT NULL AND e.gone_at IS NULL"
        " ORDER BY e.earliest_on, e.starts_at LIMIT ?"
    )
    return [common.event_card(row) for row in ask.rows(sql, str(ask.today), LATEST)]


def health(ask: Ask, days: int = HEALTH_DAYS) -> list[dict[str, Any]]:
    """Return every active partner with its strip, failing ones first."""
    span = [str(ask.today - timedelta(days=back)) for back in range(days - 1, -1, -1)]
    ledger: dict[str, list[tuple[str, str, str | None]]] = {}
    sql = "SELECT partner, day, state, reason FROM coverage WHERE day >= ? ORDER BY day"
    for partner, day, state, reason in ask.connection.execute(sql, (span[0],)):
        ledger.setdefault(partner, []).append((day, state, reason))
    posts = dict(ask.connection.execute("SELECT partner, sum(posts) FROM facet_groups GROUP BY partner").fetchall())
    found = []
    for row in ask.rows("SELECT slug, title, region FROM partners WHERE active ORDER BY title"):
        entries = ledger.get(row["slug"], [])
        last = entries[-1] if entries else ("", "none", None)
        good = [day for day, state, _ in entries if state in ("checked", "quiet")]
        found.append(
            {
                **row,
                "posts": posts.get(row["slug"], 0),
                "strip": charts.strip(span, [Mark(day, state) for day, state, _ in entries]),
                "last_state": last[1],
                "last_good": good[-1] if good else "",
                "reason": last[2] if last[1] in ("blind", "blocked") else None,
            }
        )
    return sorted(found, key=lambda partner: (WORST_FIRST.get(partner["last_state"], 1), partner["title"]))
