"""The vocabulary as a tree, and a term with the words that partners use for it."""

from __future__ import annotations

from typing import Any

from .. import charts
from ..ask import Answer, Ask, Page
from ..filters import Choice, Filters
from ..search import newest
from . import common
from .one_post import missing

MOST_LABELS = 100
MOST_DEPTH = 12
MOST_TERMS = 400  # a larger tree is shown by its upper branches


def index(ask: Ask) -> Page:
    """Return the tree of terms that posts have, and how many labels have no term yet."""
    counts = term_counts(ask)
    children: dict[str | None, list[dict[str, Any]]] = {}
    for row in ask.rows("SELECT id, label, parent FROM terms ORDER BY label"):
        if counts.get(row["id"]):
            children.setdefault(row["parent"], []).append({**row, "posts": counts[row["id"]]})
    known = {row["id"] for rows in children.values() for row in rows}
    roots = [row for parent, rows in children.items() if parent is None or parent not in known for row in rows]
    tree = [entry for root in by_count(roots) for entry in flatten(root, children, 0)]
    depth = 4 if len(tree) <= MOST_TERMS else 1
    return Page(
        template="categories",
        context={
            "terms": [entry for entry in tree if entry["depth"] <= depth][:MOST_TERMS],
            "unmapped": ask.value("SELECT count(*) FROM categories WHERE term IS NULL") or 0,
            "mapped": ask.value("SELECT count(*) FROM categories WHERE term IS NOT NULL") or 0,
            "unknown": ask.unknown(),
        },
    )


def term_counts(ask: Ask) -> dict[str, int]:
    """Return how many posts have each term or one below it."""
    return dict(ask.connection.execute("SELECT term, sum(posts) FROM term_months GROUP BY term").fetchall())


def by_count(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return terms, the most used first."""
    return sorted(rows, key=lambda row: (-row["posts"], row["label"]))


def flatten(row: dict[str, Any], children: dict[str | None, list[dict[str, Any]]], depth: int) -> list[dict[str, Any]]:
    """Return a term and all below it, each with its depth."""
    found = [{**row, "depth": min(depth, 4)}]
    if depth < MOST_DEPTH:
        for child in by_count(children.get(row["id"], [])):
            found += flatten(child, children, depth + 1)
    return found


def term(ask: Ask) -> Answer:
    """Return one term."""
    row = ask.row("SELECT id, label, parent FROM terms WHERE id = ?", ask.values["term"])
    if row is None:
        return missing()
    months = dict(
        ask.connection.execute(
            "SELECT month, posts FROM term_months WHERE term = ? AND posts > 0", (row["id"],)
        ).fetchall()
    )
    bars = charts.bars_of(months)
    asked = Filters(choices=(Choice("term", row["id"]),))
    counts = term_counts(ask)
    children = ask.rows("SELECT id, label FROM terms WHERE parent = ? ORDER BY label", row["id"])

    def address(bar: charts.Bar) -> str:
        return asked.between(bar.first, bar.last).address()

    return Page(
        template="category",
        context={
            "term": row,
            "ancestors": ancestors(ask, row["parent"]),
            "children": by_count([{**child, "posts": counts.get(child["id"], 0)} for child in children]),
            "posts": counts.get(row["id"], 0),
            "chart": charts.histogram(bars, address),
            "bars": [(bar, address(bar)) for bar in bars if bar.posts],
            "labels": labels(ask, row["id"]),
            "latest": common.cards(ask, newest(ask.connection, ask.view, asked, 10)),
            "search": asked.address(),
            "feed": asked.address("/search.atom"),
            "unknown": ask.unknown(),
        },
    )


def ancestors(ask: Ask, parent: str | None) -> list[dict[str, Any]]:
    """Return the terms above, the topmost first."""
    found: list[dict[str, Any]] = []
    while parent and len(found) < MOST_DEPTH:
        row = ask.row("SELECT id, label, parent FROM terms WHERE id = ?", parent)
        if row is None:
            break
        found.insert(0, row)
        parent = row["parent"]
    return found


def labels(ask: Ask, term_id: str) -> list[dict[str, Any]]:
    """Return the partners' own words for a term, with the reason for each."""
    return ask.rows(
        "SELECT c.id, c.label, c.partner, c.reason, r.title AS partner_title FROM categories c JOIN partners r"
        " ON r.slug = c.partner WHERE c.term = ? ORDER BY r.title, c.label LIMIT ?",
        term_id,
        MOST_LABELS,
    )
