"""A search without a browser: what `archive export --query` writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from urllib.parse import parse_qs

from scraper.errors import UsageError
from scraper.publish import records
from scraper.publish.about import About

from . import filters
from .ask import Ask
from .pages.search import describe
from .scan import Cache
from .search import every_post, search

KNOWN = frozenset((*filters.SINGLE, *filters.DIMENSIONS))


@dataclass(frozen=True, kw_only=True, slots=True)
class Hits:
    """The ids that a search finds, some at a time, what a file says of it, and what of it was not understood."""

    chunks: Iterator[list[int]]
    about: About
    faults: tuple[str, ...]


def find(connection: sqlite3.Connection, query: str, partners: Sequence[str], base: str) -> Hits:
    """Search for words, or by the address of a search on the site; '' finds every post, in order of their ids.

    `partners` narrow it, none named: all. `base` is the archive's own address, no slash at its end.
    """
    asking = Ask(
        connection=connection,
        view=Cache().view(connection),
        path="/search",
        values={},
        parameters=parameters(query, partners),
        base=base,
        today=datetime.now(timezone.utc).date(),
    )
    asked = filters.read(asking.parameters)
    found = search(connection, asking.view, asked, size=1)
    about = describe(asking, asked, found, asked.address())
    chunks = every_post(connection, asking.view, asked) if query.strip() else records.ids(connection, partners)
    return Hits(chunks=chunks, about=about, faults=asked.faults)


def parameters(query: str, partners: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return the parameters of a search; what has none of an address's parameters is words for the search box.

    Raises UsageError when partners are named in the address and beside it.
    """
    typed = parse_qs(query.strip().partition("?")[2])
    if not KNOWN & typed.keys():
        typed = {"q": [query]}
    if partners and "partner" in typed:
        raise UsageError("name partners in the search or with --partner, not in both")
    typed.pop("after", None)
    return {**typed, "partner": list(partners)} if partners else typed
