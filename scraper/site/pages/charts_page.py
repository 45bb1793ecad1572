"""The charts people expect: posts by month and partner, categories over time."""

from __future__ import annotations

from collections import Counter
from typing import Any

from scraper.store import tallies

from .. import charts, times, words
from ..ask import Ask, Page
from . import common

MOST_SERIES = 6
MOST_MONTHS = 120
MOST_TERMS = 12


def page(ask: Ask) -> Page:
    """Return the charts, each with its table, its query and a download."""
    by_partner = months_of(ask, "SELECT partner, month, posts FROM month_counts")
    by_term = months_of(ask, "SELECT term, month, posts FROM term_months")
    months = every_month({month for counts in by_partner.values() for month in counts})
    _, coarse, undated = common.month_table(ask)
    series = stack(by_partner, common.partner_titles(ask), months)
    return Page(
        template="charts",
        context={
            "chart": charts.stacked(months, series),
            "series": [(name, by_year(counts)) for name, counts in series],
            "years": sorted({month[:4] for month in months}),
            "terms": terms(by_term, common.term_labels(ask), months),
            "coarse": coarse,
            "undated": undated,
            "first": times.say_month(months[0]) if months else "",
            "last": times.say_month(months[-1]) if months else "",
            "unknown": ask.unknown(),
        },
    )


def months_of(ask: Ask, sql: str) -> dict[str, Counter[str]]:
    """Return counts by name and month, posts of no month left out."""
    found: dict[str, Counter[str]] = {}
    for name, month, posts in ask.connection.execute(sql):
        if posts and month not in (tallies.COARSE, tallies.NO_DATE):
            found.setdefault(name, Counter())[month] += posts
    return found


def every_month(months: set[str]) -> list[str]:
    """Return the last 120 months up to the newest, none left out."""
    known = sorted(month for month in months if charts.valid(month))
    if not known:
        return []
    last = int(known[-1][:4]) * 12 + int(known[-1][5:]) - 1
    first = max(int(known[0][:4]) * 12 + int(known[0][5:]) - 1, last - MOST_MONTHS + 1)
    return [f"{place // 12:04d}-{place % 12 + 1:02d}" for place in range(first, last + 1)]


def stack(
    by_partner: dict[str, Counter[str]], titles: dict[str, str], months: list[str]
) -> list[tuple[str, Counter[str]]]:
    """Return the partners with most posts, the others as one series."""
    ordered = sorted(by_partner, key=lambda slug: -sum(by_partner[slug].values()))
    series = [(titles.get(slug, slug), by_partner[slug]) for slug in ordered[:MOST_SERIES]]
    rest = sum((by_partner[slug] for slug in ordered[MOST_SERIES:]), Counter())
    shown = set(months)
    series += [(words.say("other_partners"), rest)] if rest else []
    return [(name, Counter({month: n for month, n in counts.items() if month in shown})) for name, counts in series]


def by_year(counts: Counter[str]) -> Counter[str]:
    """Return counts by year."""
    years: Counter[str] = Counter()
    for month, posts in counts.items():
        years[month[:4]] += posts
    return years


def terms(by_term: dict[str, Counter[str]], labels: dict[str, str], months: list[str]) -> list[dict[str, Any]]:
    """Return a small chart for each of the most frequent terms."""
    ordered = sorted(by_term, key=lambda term: -sum(by_term[term].values()))[:MOST_TERMS]
    return [
        {
            "id": term,
            "label": labels.get(term, term),
            "posts": sum(by_term[term].values()),
            "chart": charts.lines(months, by_term[term]),
            "peak": times.say_month(max(by_term[term], key=lambda month: by_term[term][month])),
        }
        for term in ordered
    ]
