"""A partner: what is held, how it is read, and its ledger."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from .. import charts, times
from ..ask import Answer, Ask, Page
from ..charts import Mark
from ..filters import Choice, Filters
from . import common
from .coverage import PAGE, page_number
from .home import health
from .one_post import missing

LEDGER_DAYS = 365
LEDGER_ROWS = 14


def index(ask: Ask) -> Page:
    """Return the list of partners, failing ones first, and those that are no longer crawled."""
    number, partners = page_number(ask), health(ask, 90)
    shown = partners[(number - 1) * PAGE : number * PAGE]
    following = f"/partners?page={number + 1}" if len(partners) > number * PAGE else ""
    context = {"partners": shown, "next": following, "closed": closed(ask), "unknown": ask.unknown("page")}
    return Page(template="partners", context=context)


def closed(ask: Ask) -> list[dict[str, Any]]:
    """Return the partners that are no longer crawled, with the number of their posts, which stay."""
    return ask.rows(
        "SELECT r.slug, r.title, coalesce((SELECT sum(posts) FROM facet_groups WHERE partner = r.slug), 0) AS posts"
        " FROM partners r WHERE NOT r.active ORDER BY r.title LIMIT 400"
    )


def page(ask: Ask) -> Answer:
    """Return one partner."""
    row = ask.row("SELECT * FROM partners WHERE slug = ?", ask.values["slug"])
    if row is None:
        return missing()
    slug = row["slug"]
    asked = Filters(choices=(Choice("partner", slug),))
    months, coarse, undated = common.month_table(ask, slug)
    bars = charts.bars_of(months)

    def address(bar: charts.Bar) -> str:
        return asked.between(bar.first, bar.last).address()

    return Page(
        template="partner",
        context={
            "partner": row,
            "kinds": dict(
                ask.connection.execute(
                    "SELECT kind, sum(posts) FROM facet_groups WHERE partner = ? GROUP BY kind", (slug,)
                ).fetchall()
            ),
            "chart": charts.histogram(bars, address),
            "bars": [(bar, address(bar)) for bar in bars if bar.posts],
            "coarse": coarse,
            "undated": undated,
            "sources": ask.rows(
                "SELECT kind, url, found_by, status, last_checked_at FROM sources WHERE partner = ?"
                " ORDER BY kind, id LIMIT 40",
                slug,
            ),
            "recipe": recipe(ask, slug),
            "alarms": ask.rows(
                "SELECT kind, message, raised_at FROM alarms WHERE partner = ? ORDER BY raised_at DESC LIMIT 20", slug
            ),
            "ledger": ledger(ask, slug),
            "latest": common.cards(ask, common.newest(ask, 10, slug)),
            "search": asked.address(),
            "feed": asked.address("/search.atom"),
            "csv": asked.address("/search.csv"),
            "calendar": f"/calendar.ics?partner={slug}&all=1",
            "unknown": ask.unknown(),
        },
    )


def recipe(ask: Ask, slug: str) -> dict[str, Any] | None:
    """Return the recipe in use: what stands where in words, learned when and from how many posts."""
    row = ask.row(
        "SELECT digest, learned_at, recipe, samples FROM recipes WHERE partner = ? AND active"
        " ORDER BY learned_at DESC LIMIT 1",
        slug,
    )
    if row is None:
        return None
    try:
        found = json.loads(row["recipe"])
    except ValueError:
        found = {}
    fields = found.get("fields") if isinstance(found, dict) else None
    shown = [(str(name), str(value)[:400]) for name, value in fields.items()] if isinstance(fields, dict) else []
    return {**row, "fields": shown[:40]}


def ledger(ask: Ask, slug: str) -> dict[str, Any]:
    """Return a year of days as a strip, counts by state, and the last two weeks in full."""
    span = [str(ask.today - timedelta(days=back)) for back in range(LEDGER_DAYS - 1, -1, -1)]
    rows = ask.rows("SELECT * FROM coverage WHERE partner = ? AND day >= ? ORDER BY day DESC", slug, span[0])
    states: dict[str, int] = {}
    for row in rows:
        states[row["state"]] = states.get(row["state"], 0) + 1
    recent = [{**row, "words": times.say_day(row["day"])} for row in rows[:LEDGER_ROWS]]
    return {
        "strip": charts.strip(span, [Mark(row["day"], row["state"]) for row in rows]),
        "states": states,
        "unrecorded": LEDGER_DAYS - len(rows),
        "recent": recent,
        "first": times.say_day(span[0]),
    }
