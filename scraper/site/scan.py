"""What every hit of a search is counted by: its facet group and its month, read once and kept while the data stays.

Row ids are the first 52 bits of a hash, so the first rows in id order are a fair sample of all: where a search has more
than EXACT_MOST hits only those are read, and counts are scaled by the share of the id space that they cover.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .filters import DIMENSIONS, FLAGS, Filters

EXACT_MOST = 60_000
ID_BITS = 52
LAST_DAY = 99991231
MOST_CACHED = 48
NO_DATE, COARSE = 0, 1  # in place of a month
# The cheapest question first: nearly every post is of one day.
MONTH = f"""CASE WHEN s.first = s.last THEN s.first / 100 WHEN s.first IS NULL OR s.last IS NULL THEN {NO_DATE}
WHEN s.first / 100 <> s.last / 100 THEN {COARSE} ELSE s.first / 100 END"""
BY_WORDS = "posts_fts CROSS JOIN search_rows s ON s.post = posts_fts.rowid"


Pair = tuple[str, str]


class Group(NamedTuple):
    """The facets that posts have in common; `pairs` spells them as (dimension, value), `places` where they stand."""

    partner: str
    kind: str
    language: str
    flags: int
    terms: tuple[str, ...]
    pairs: tuple[Pair, ...]
    places: tuple[int, ...]

    def has(self, dimension: str) -> set[str]:
        """Return the group's values in a dimension."""
        return {value for name, value in self.pairs if name == dimension}


@dataclass(frozen=True, slots=True)
class Known:
    """The groups of one generation and the pairs they are made of; `groups` is replaced, `pairs` only grows."""

    generation: int = -1
    groups: dict[int, Group] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)
    numbers: dict[Pair, int] = field(default_factory=dict)

    def read(self, partner: str, kind: str, language: str, flags: int, terms: str) -> Group:
        """Return a group as `facet_groups` holds it."""
        pairs = [("kind", kind), ("partner", partner), ("language", language)]
        pairs += [("term", term) for term in terms.split()]
        pairs += [("is", name) for name, bit in FLAGS.items() if flags & bit]
        return Group(partner, kind, language, flags, tuple(terms.split()), tuple(pairs), tuple(map(self.place, pairs)))

    def place(self, pair: Pair) -> int:
        """Return the number of a pair, a new one for a pair not seen before."""
        if pair not in self.numbers:
            self.numbers[pair] = len(self.pairs)
            self.pairs.append(pair)
        return self.numbers[pair]


@dataclass(frozen=True, slots=True)
class Scan:
    """Hits as columns of equal length. `share` is the part of all ids that was looked at, 1.0 when complete."""

    groups: array[int]
    months: array[int]  # YYYYMM, NO_DATE or COARSE
    share: float = 1.0

    @property
    def complete(self) -> bool:
        """Whether every hit is in it."""
        return self.share >= 1.0


class Cache:
    """What one process remembers of one archive, for all its threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.known = Known()
        self.kept: OrderedDict[object, object] = OrderedDict()

    def view(self, connection: sqlite3.Connection) -> View:
        """Return what is remembered of the state of the data that a connection sees."""
        state = dict(connection.execute("SELECT key, value FROM site_state").fetchall())
        generation, version = state.get("generation", 0), state.get("version", 0)
        with self.lock:
            known = self.known if self.known.generation == generation else Known(generation=generation)
            fresh = connection.execute(
                "SELECT id, partner, kind, language, flags, terms FROM facet_groups WHERE id > ?",
                (max(known.groups, default=0),),
            ).fetchall()
            if fresh:
                known = replace(known, groups={**known.groups, **{row[0]: known.read(*row[1:]) for row in fresh}})
            if generation >= self.known.generation:
                self.known = known
        return View(self, (generation, version), known.groups, known.pairs)


@dataclass(frozen=True, slots=True)
class View:
    """What is remembered of one state of the data. `groups` is never changed, only replaced; `pairs` only grows."""

    cache: Cache
    state: tuple[int, int]
    groups: dict[int, Group]
    pairs: list[Pair]

    def get(self, key: object) -> object | None:
        """Return what is kept under a key for this state."""
        with self.cache.lock:
            found = self.cache.kept.get((self.state, key))
            if found is not None:
                self.cache.kept.move_to_end((self.state, key))
            return found

    def put(self, key: object, value: object) -> None:
        """Keep a value for this state, until newer ones push it out."""
        with self.cache.lock:
            self.cache.kept[self.state, key] = value
            while len(self.cache.kept) > MOST_CACHED:
                self.cache.kept.popitem(last=False)


def passing(groups: dict[int, Group], filters: Filters) -> dict[int, str | None]:
    """Say for each group whether a search wants it: '' yes, a dimension's name when only that one refuses, None no."""
    wanted = [(name, filters.values(name), filters.values(name, exclude=True)) for name in DIMENSIONS]
    wanted = [(name, include, exclude) for name, include, exclude in wanted if include or exclude]
    return {number: refusal(group, wanted) for number, group in groups.items()}


def refusal(group: Group, wanted: list[tuple[str, frozenset[str], frozenset[str]]]) -> str | None:
    """Return '' for a group that has all that is wanted, the one dimension that refuses it, or None for several."""
    refused = ""
    for name, include, exclude in wanted:
        values = group.has(name)
        short = not include <= values if name == "is" else bool(include) and not include & values
        if short or exclude & values:
            if refused:
                return None
            refused = name
    return refused


def conditions(filters: Filters) -> tuple[list[str], list[object]]:
    """Return what the days of a search ask of a row of `search_rows`, and the values."""
    start, end, seen = filters.days()
    where: list[str] = []
    values: list[object] = []
    if start is not None or end is not None:
        where += ["s.first <= ?", "s.last >= ?"]
        values += [end or LAST_DAY, start or 0]
    if seen is not None:
        where.append("s.seen < ?")
        values.append(seen)
    return where, values


def scan(connection: sqlite3.Connection, view: View, filters: Filters) -> Scan:
    """Return the posts that have the words and lie in the days of a search, whatever else it asks for."""
    key = ("scan", filters.words.match, filters.days())
    kept = view.get(key)
    if isinstance(kept, Scan):
        return kept
    read = read_words if filters.words.match else read_days
    found = read(connection, filters)
    view.put(key, found)
    return found


def read_words(connection: sqlite3.Connection, filters: Filters) -> Scan:
    """Read the hits of an FTS5 expression, of those past EXACT_MOST none."""
    match = filters.words.match
    beyond = connection.execute(
        "SELECT rowid FROM posts_fts WHERE posts_fts MATCH ? ORDER BY rowid LIMIT 1 OFFSET ?", (match, EXACT_MOST)
    ).fetchone()
    where, values = conditions(filters)
    where.append("posts_fts MATCH ?")
    values.append(match)
    if beyond:
        where.append("posts_fts.rowid < ?")
        values.append(beyond[0])
    sql = f"SELECT s.grp, {MONTH} FROM {BY_WORDS} WHERE {' AND '.join(where)}"  # noqa: S608
    return pack(connection.execute(sql, values).fetchall(), share_below(beyond[0]) if beyond else 1.0)


def read_days(connection: sqlite3.Connection, filters: Filters) -> Scan:
    """Read the posts whose days touch a range: those that begin in it, and coarser ones that began before it."""
    start, end, _ = filters.days()
    where, values = conditions(filters)
    if start is not None or end is not None:
        low, high = start or 0, end or LAST_DAY
        seen = " AND s.seen < ?" if len(values) > 2 else ""
        sql = (
            f"SELECT s.grp, {MONTH} FROM search_rows s WHERE s.first BETWEEN ? AND ? {seen}"  # noqa: S608
            f" UNION ALL SELECT s.grp, {MONTH} FROM search_rows s"
            f" WHERE s.last > s.first AND s.last >= ? AND s.first < ?{seen} LIMIT ?"
        )
        rows = connection.execute(sql, (low, high, *values[2:], low, low, *values[2:], EXACT_MOST + 1)).fetchall()
        if len(rows) <= EXACT_MOST:
            return pack(rows)
    sql = f"SELECT s.grp, {MONTH}, s.post FROM search_rows s WHERE {' AND '.join(where or ['1'])}"  # noqa: S608
    rows = connection.execute(f"{sql} ORDER BY s.post LIMIT ?", [*values, EXACT_MOST + 1]).fetchall()
    if len(rows) <= EXACT_MOST:
        return pack(rows)
    return pack(rows[:EXACT_MOST], share_below(rows[EXACT_MOST][2]))


def share_below(post: int) -> float:
    """Return the part of all ids that lies below one."""
    return float(max(min(post / 2**ID_BITS, 0.999999), 1e-6))


def pack(rows: list[tuple[int, ...]], share: float = 1.0) -> Scan:
    """Turn rows into columns."""
    groups, months, *_ = list(zip(*rows, strict=True)) or [(), ()]
    return Scan(array("q", groups), array("q", months), share)
