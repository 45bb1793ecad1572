"""The search page, and the same search as a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup, escape

from scraper.publish import atom, files, jsonl, records
from scraper.publish.about import About

from .. import charts, filters, times, words
from ..ask import Answer, Ask, File, Page
from ..charts import Bar
from ..filters import DIMENSIONS, Choice, Filters
from ..search import Found, every_post, search
from . import common

OPEN, CLOSE = "\ue000", "\ue001"  # private use: no text of a partner means anything by them
SNIPPET = f"""
SELECT posts_fts.rowid, highlight(posts_fts, 0, '{OPEN}', '{CLOSE}'),
    snippet(posts_fts, 2, '{OPEN}', '{CLOSE}', ' … ', 36),
    snippet(posts_fts, 1, '{OPEN}', '{CLOSE}', ' … ', 36)
FROM posts_fts WHERE posts_fts MATCH ? AND posts_fts.rowid = ?
"""  # noqa: S608 -- the two marks above
SHOWN = {"kind": 2, "partner": 10, "term": 10, "language": 6, "is": 4}
FEED_SIZE = 50
LONG_ADDRESS = 160  # a page repeats the address of its search in every link; a long one gets fewer links,
LONGEST_ADDRESS = 700  # and past this only those that take a filter away
JSON_SIZE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Facet:
    """One value of a dimension as the page offers it."""

    label: str
    posts: int
    chosen: bool
    excluded: bool
    only: str  # address of the search with it, or without it where it is chosen
    without: str  # address of the search that leaves it out


def page(ask: Ask) -> Answer:
    """Return the page of a search, or its file when the address ends so."""
    asked = filters.read(ask.parameters)
    if ask.values.get("format"):
        return export(ask, asked, ask.values["format"])
    found = search(ask.connection, ask.view, asked)
    bars = charts.bars_of(found.months.counts)
    names = {"partner": common.partner_titles(ask), "term": common.term_labels(ask)}
    return Page(
        template="search",
        context={
            "filters": asked,
            "found": found,
            "results": results(ask, asked, found.posts),
            "facets": {name: offer(asked, found, name, names) for name in DIMENSIONS},
            "hidden": [pair for pair in asked.pairs() if pair[0] not in ("q", "from", "to", "order", "after")],
            "chips": chips(asked, names),
            "chart": charts.histogram(bars, None if is_long(asked) else lambda bar: bar_address(asked, bar), height=84),
            "bars": [(bar, bar_address(asked, bar)) for bar in bars if bar.posts],
            "next": replace(asked, after=found.after).address() if found.after else "",
            "first_page": replace(asked, after="").address() if asked.after else "",
            "formats": [(name, replace(asked, after="").address(f"/search.{name}")) for name in files.CONTENT_TYPES],
            "ledger": ledger_address(asked),
            "permanent": replace(asked, after="", as_of=asked.as_of or ask.today).address(),
        },
    )


def is_long(asked: Filters) -> bool:
    """Whether the address of a search is too long to stand in every link twice."""
    return len(asked.address("")) > LONG_ADDRESS


def ledger_address(asked: Filters) -> str:
    """Return the ledger of the days of a search; that of the last days where it names none."""
    pairs = [(name, str(day)) for name, day in (("from", asked.start), ("to", asked.end)) if day]
    return f"/coverage?{urlencode(pairs)}" if pairs else "/coverage"


def bar_address(asked: Filters, bar: Bar) -> str:
    """Return the same search over the days of a bar, short: relative to the page."""
    return asked.between(bar.first, bar.last).address("")


def results(ask: Ask, asked: Filters, posts: list[int]) -> list[dict[str, Any]]:
    """Return the posts of a page with their hits marked."""
    cards = common.cards(ask, posts)
    if asked.words.match is None:
        return [{**card, "marked_title": card["title"], "snippet": card["summary"]} for card in cards]
    return [{**card, **marked(ask, asked.words.match, card)} for card in cards]


def marked(ask: Ask, match: str, card: dict[str, Any]) -> dict[str, Any]:
    """Return title and snippet of a post with the hits marked."""
    row = ask.connection.execute(SNIPPET, (match, card["id"])).fetchone()
    if row is None:
        return {"marked_title": card["title"], "snippet": card["summary"]}
    _, title, text, summary = row
    snippet = text if OPEN in (text or "") or not summary else summary
    return {"marked_title": mark(title or card["title"]), "snippet": mark(snippet or "")}


def mark(text: str) -> Markup:
    """Return text with pairs of the private-use marks as <mark>, everything else escaped."""
    pieces = [escape(text.partition(OPEN)[0].replace(CLOSE, ""))]
    for part in text.split(OPEN)[1:]:
        hit, closed, rest = part.partition(CLOSE)
        pieces.append(Markup("<mark>%s</mark>") % hit if closed else escape(hit))
        pieces.append(escape(rest.replace(CLOSE, "")))
    return Markup("").join(pieces)


def label_of(dimension: str, value: str, names: dict[str, dict[str, str]]) -> str:
    """Return what people call a value."""
    if dimension in names:
        return names[dimension].get(value, value)
    if dimension == "language":
        return words.LANGUAGES.get(value, value) or words.say("language_unknown")
    return words.LABELS.get((dimension, value), value)


def offer(asked: Filters, found: Found, dimension: str, names: dict[str, dict[str, str]]) -> list[Facet]:
    """Return the values of a dimension to choose from: the chosen ones, then the most frequent."""
    chosen, excluded = asked.values(dimension), asked.values(dimension, exclude=True)
    counts = dict(found.facets.get(dimension, []))
    shown = [value for value in (*chosen, *excluded) if value not in counts]
    shown = [*shown, *(value for value in counts if value)]
    kept = [v for v in shown if v in chosen or v in excluded]
    kept += [v for v in shown if v not in kept][: max(0, SHOWN[dimension] - len(kept))]
    return [facet(asked, Choice(dimension, v), counts.get(v, 0), label_of(dimension, v, names)) for v in kept]


def facet(asked: Filters, choice: Choice, posts: int, label: str) -> Facet:
    """Return one value with the addresses that choose it and leave it out."""
    opposite = Choice(choice.dimension, choice.value, exclude=True)
    chosen, excluded = choice in asked.choices, opposite in asked.choices
    if len(asked.address("")) > LONGEST_ADDRESS:
        return Facet(label=label, posts=posts, chosen=chosen, excluded=excluded, only="", without="")
    return Facet(
        label=label,
        posts=posts,
        chosen=chosen,
        excluded=excluded,
        only=asked.dropping(choice).address("") or "/search" if chosen else asked.adding(choice).address(""),
        without=""
        if is_long(asked)
        else (asked.dropping(opposite).address("") or "/search" if excluded else asked.adding(opposite).address("")),
    )


def chips(asked: Filters, names: dict[str, dict[str, str]]) -> list[tuple[str, str]]:
    """Return every filter in words with the address of the search without it."""
    found = []
    for choice in asked.choices:
        name = words.say(f"dimension_{choice.dimension}")
        label = label_of(choice.dimension, choice.value, names)
        text = words.say("chip_without" if choice.exclude else "chip", name=name, value=label)
        found.append((text, asked.dropping(choice).address()))
    fresh = replace(asked, after="")
    days = (
        ("start", asked.start, replace(fresh, start=None)),
        ("end", asked.end, replace(fresh, end=None)),
        ("as_of", asked.as_of, replace(fresh, as_of=None)),
    )
    found += [
        (words.say(f"chip_{name}", day=times.long_day(value)), without.address())
        for name, value, without in days
        if value
    ]
    return found


def describe(ask: Ask, asked: Filters, found: Found, address: str) -> About:
    """Return what a file of a search at `address` says of it: the search in words, its count, the data's day."""
    names = {"partner": common.partner_titles(ask), "term": common.term_labels(ask)}
    parts = [asked.words.typed] if asked.words.typed else []
    return About(
        query="; ".join([*parts, *(text for text, _ in chips(asked, names))]),
        count=found.total,
        exact=found.exact,
        as_of=records.data_as_of(ask.connection),
        url=ask.base + address,
    )


def export(ask: Ask, asked: Filters, form: str) -> File:
    """Return a search as a file; the count is made before the first piece is sent."""
    found = search(ask.connection, ask.view, asked, size=FEED_SIZE if form == "atom" else JSON_SIZE)
    about = describe(ask, asked, found, asked.address(f"/search.{form}"))
    pieces = write(ask, asked, form, found, about)
    count = str(found.total) if found.exact else f"about {found.total}"
    headers = {"X-Archive-Query": ascii_only(about.query), "X-Archive-Count": count, "X-Archive-As-Of": about.as_of}
    return File(
        pieces=pieces,
        content_type=files.CONTENT_TYPES[form],
        filename="" if form in ("atom", "json") else f"regional-archive-search.{form}",
        headers=headers,
    )


def ascii_only(text: str) -> str:
    """Return text as a header may carry it."""
    return json.dumps(text)[1:-1].replace("\\n", " ")


def write(ask: Ask, asked: Filters, form: str, found: Found, about: About) -> Iterable[str]:
    """Return the pieces of a file."""
    if form == "atom":
        following = replace(asked, after=found.after).address(f"{ask.base}/search.atom") if found.after else ""
        posts = records.read_posts(ask.connection, found.posts, ask.base)
        return atom.write(posts, about, page=asked.address(f"{ask.base}/search"), following=following)
    if form == "json":
        return [as_json(ask, asked, found, about)]
    return files.write(form, ask.connection, every_post(ask.connection, ask.view, asked), about, ask.base)


def as_json(ask: Ask, asked: Filters, found: Found, about: About) -> str:
    """Return a page of 100 posts with all counts (docs/api.md)."""
    posts = records.read_posts(ask.connection, found.posts, ask.base)
    return json.dumps(
        {
            **jsonl.describe(about),
            "order": found.order,
            "faults": asked.faults,
            "posts": [{name: post[name] for name in records.POST_COLUMNS} for post in posts],
            "facets": {name: [{"value": v, "posts": n} for v, n in table] for name, table in found.facets.items()},
            "months": dict(sorted(found.months.counts.items())),
            "coarse": found.months.coarse,
            "undated": found.months.undated,
            "next": replace(asked, after=found.after).address(f"{ask.base}/search.json") if found.after else None,
        },
        ensure_ascii=False,
    )
