"""Every post that a search could mean, read once from the index into flat columns, and kept while the data stays.

Row ids are the first 52 bits of a hash, so the first rows in id order are a fair sample of all: where a search has more
than EXACT_MOST hits the scan stops, and counts are scaled by the share of the id space that it covered.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections import OrderedDict
from dataclasses import dataclass
from typing import NamedTuple

from .filters import DIMENSIONS, FLAGS, Filters

EXACT_MOST = 60_000
ID_BITS = 52
MOST_CACHED = 24
WEIGHTS = "bm25(posts_fts, 8.0, 4.0, 1.0, 2.0)"  # title, summary, text, byline
COLUMNS = "s.post, s.grp, s.at, s.first, s.last, s.seen"


class Group(NamedTuple):
    """The facets that posts have in common; `pairs` spells them as (dimension, value)."""

    partner: str
    kind: str
    language: str
    flags: int
    terms: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]

    def has(self, dimension: str) -> set[str]:
        """Return the group's values in a dimension."""
        return {value for name, value in self.pairs if name == dimension}


def group_of(partner: str, kind: str, language: str, flags: int, terms: str) -> Group:
    """Return a group as `facet_groups` holds it."""
    pairs = [("kind", kind), ("partner", partner), ("language", language)]
    pairs += [("term", term) for term in terms.split()]
    pairs += [("is", name) for name, bit in FLAGS.items() if flags & bit]
    return Group(partner, kind, language, flags, tuple(terms.split()), tuple(pairs))


@dataclass(frozen=True, slots=True)
class Scan:
    """Hits as columns of equal length. `share` is the part of all ids that was looked at, 1.0 when complete."""

    posts: array[int]
    groups: array[int]
    at: array[int]
    first: array[int]  # 0: undated
    last: array[int]
    seen: array[int]
    share: float

    @property
    def complete(self) -> bool:
        """Whether every hit is in it."""
        return self.share >= 1.0


class Shelf:
    """What one process remembers of one archive, for all its threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.generation = -1
        self.groups: dict[int, Group] = {}
        self.kept: OrderedDict[object, object] = OrderedDict()

    def view(self, connection: sqlite3.Connection) -> View:
        """Return what is remembered of the state of the data that a connection sees."""
        state = dict(connection.execute("SELECT key, value FROM site_state").fetchall())
        generation, version = state.get("generation", 0), state.get("version", 0)
        with self.lock:
            if generation != self.generation:
                self.generation, self.groups = generation, {}
            groups = self.groups
        fresh = connection.execute(
            "SELECT id, partner, kind, language, flags, terms FROM facet_groups WHERE id > ?", (max(groups, default=0),)
        ).fetchall()
        if fresh:
            groups = {**groups, **{row[0]: group_of(*row[1:]) for row in fresh}}
            with self.lock:
                if generation == self.generation:
                    self.groups = groups
        return View(self, (generation, version), groups)


@dataclass(frozen=True, slots=True)
class View:
    """What is remembered of one state of the data. `groups` is never changed, only replaced."""

    shelf: Shelf
    state: tuple[int, int]
    groups: dict[int, Group]

    def get(self, key: object) -> object | None:
        """Return what is kept under a key for this state."""
        with self.shelf.lock:
            found = self.shelf.kept.get((self.state, key))
            if found is not None:
                self.shelf.kept.move_to_end((self.state, key))
            return found

    def put(self, key: object, value: object) -> None:
        """Keep a value for this state, until newer ones push it out."""
        with self.shelf.lock:
            self.shelf.kept[self.state, key] = value
            while len(self.shelf.kept) > MOST_CACHED:
                self.shelf.kept.popitem(last=False)


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


def scan(connection: sqlite3.Connection, view: View, filters: Filters) -> Scan:
    """Return the posts that have the words, or where there are none the posts of the days."""
    start, end, _ = filters.days()
    key = ("scan", filters.words.match, None if filters.words.match else (start, end))
    kept = view.get(key)
    if isinstance(kept, Scan):
        return kept
    found = read_words(connection, filters.words.match) if filters.words.match else read_days(connection, start, end)
    view.put(key, found)
    return found


def read_words(connection: sqlite3.Connection, match: str) -> Scan:
    """Read the hits of an FTS5 expression in id order."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM posts_fts CROSS JOIN search_rows s ON s.post = posts_fts.rowid"  # noqa: S608
        " WHERE posts_fts MATCH ? ORDER BY posts_fts.rowid LIMIT ?",
        (match, EXACT_MOST + 1),
    ).fetchall()
    return pack(rows)


def read_days(connection: sqlite3.Connection, start: int | None, end: int | None) -> Scan:
    """Read the posts whose days touch a range: those that begin in it, and coarser ones that began before it."""
    if start is None and end is None:
        sql = f"SELECT {COLUMNS} FROM search_rows s ORDER BY s.post LIMIT ?"  # noqa: S608
        return pack(connection.execute(sql, (EXACT_MOST + 1,)).fetchall())
    low, high = start or 0, end or 99991231
    sql = (
        f"SELECT {COLUMNS} FROM search_rows s WHERE s.first BETWEEN ? AND ?"  # noqa: S608
        f" UNION ALL SELECT {COLUMNS} FROM search_rows s WHERE s.last > s.first AND s.last >= ? AND s.first < ?"
    )
    rows = connection.execute(sql + " LIMIT ?", (low, high, low, low, EXACT_MOST + 1)).fetchall()
    if len(rows) <= EXACT_MOST:
        return pack(rows)
    sql = f"SELECT {COLUMNS} FROM search_rows s WHERE s.first <= ? AND s.last >= ? ORDER BY s.post LIMIT ?"  # noqa: S608
    return pack(connection.execute(sql, (high, low, EXACT_MOST + 1)).fetchall())


def pack(rows: list[tuple[int, ...]]) -> Scan:
    """Turn rows into columns, and say how much of the id space they cover."""
    share = 1.0
    if len(rows) > EXACT_MOST:
        rows = rows[:EXACT_MOST]
        share = max(min(rows[-1][0] / 2**ID_BITS, 0.999999), 1e-6)
    columns = list(zip(*rows, strict=True)) or [(), (), (), (), (), ()]
    posts, groups, at, first, last, seen = columns
    return Scan(
        array("q", posts),
        array("q", groups),
        array("q", at),
        array("q", [day or 0 for day in first]),
        array("q", [day or 0 for day in last]),
        array("q", seen),
        share,
    )


def rank(connection: sqlite3.Connection, view: View, match: str, most: int) -> list[tuple[float, int]]:
    """Return (score, post) of the best hits, best first; ties by id, so that the order is the same on every page."""
    kept = view.get(("rank", match, most))
    if isinstance(kept, list):
        return kept
    rows = connection.execute(
        f"SELECT {WEIGHTS} AS score, rowid FROM posts_fts WHERE posts_fts MATCH ? ORDER BY score, rowid LIMIT ?",  # noqa: S608
        (match, most),
    ).fetchall()
    ranked = [(score, post) for score, post in rows]
    view.put(("rank", match, most), ranked)
    return ranked
