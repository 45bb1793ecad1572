"""Pages of a search in an order: keys that say where the next page begins, and lists read straight from the index."""

from __future__ import annotations

import sqlite3
from enum import Enum

from scraper.store import tallies

from .filters import Filters
from .scan import BY_WORDS, conditions

PREFIX = '"*'  # in an expression of FTS5: a word given by its beginning
AMONG = "s.grp IN (SELECT value FROM json_each(?))"
SCORE = "bm25(posts_fts, 8.0, 4.0, 1.0, 2.0)"  # title, summary, text, byline; the smaller the better


class Way(Enum):
    """Where a list in date order is read from: the hits of the words, the posts of the groups, or all by date."""

    WORDS = BY_WORDS
    GROUPS = "search_rows s INDEXED BY search_rows_group"
    DATES = "search_rows s INDEXED BY search_rows_newest"


def best(
    connection: sqlite3.Connection, filters: Filters, wanted: dict[int, str | None], size: int
) -> tuple[list[int], str]:
    """Return a page of the best hits and the next key; ties stand by id, so that every page has the same order."""
    where, values = conditions(filters)
    where.append("posts_fts MATCH ?")
    values.append(filters.words.match)
    if filters.choices:
        where.append(AMONG)
        values.append(listed(wanted))
    key = read_key(filters.after, "best")
    if key:
        where.append("(score, posts_fts.rowid) > (?, ?)")
        values += key
    source = BY_WORDS if len(where) > 1 + bool(key) else "posts_fts"
    sql = f"SELECT posts_fts.rowid, {SCORE} AS score FROM {source} WHERE {' AND '.join(where)}"  # noqa: S608
    rows = connection.execute(f"{sql} ORDER BY score, posts_fts.rowid LIMIT ?", [*values, size + 1]).fetchall()
    shown = rows[:size]
    return [post for post, _ in shown], write_key((shown[-1][1], shown[-1][0])) if len(rows) > size else ""


def key_of(at: int, post: int, order: str) -> tuple[float, int]:
    """Return what a post is ordered by: ascending in both orders, undated posts last in both."""
    if order == "newest":
        return (-at, -post)
    return (at if at != tallies.LAST_OF_ALL else -at, post)


def write_key(key: tuple[float, int]) -> str:
    """Return a key as an address spells it."""
    return f"{key[0]!r}~{key[1]}"


def read_key(after: str, order: str) -> tuple[float, int] | None:
    """Read a key; None where there is none, so that the first page is shown."""
    first, _, post = after.partition("~")
    try:
        key = (float(first) if order == "best" else int(first), int(post))
    except (ValueError, OverflowError):
        return None
    return key if abs(key[0]) < 2**62 and abs(key[1]) < 2**62 else None


def walk(
    connection: sqlite3.Connection, filters: Filters, wanted: dict[int, str | None], way: Way, size: int
) -> tuple[list[int], str]:
    """Return a page in date order and the next key, without reading more than the way to it asks for."""
    order = "oldest" if filters.order == "oldest" else "newest"
    sql, values = walk_sql(filters, wanted, way)
    rows: list[tuple[int, int]] = []
    for condition, bounds in stretches(order, read_key(filters.after, order)):
        direction = "s.at, s.post" if order == "oldest" else "s.at DESC, s.post DESC"
        statement = f"{sql} AND {condition} ORDER BY {direction} LIMIT ?"
        rows += connection.execute(statement, [*values, *bounds, size + 1 - len(rows)]).fetchall()
        if len(rows) > size:
            break
    shown = rows[:size]
    last = key_of(shown[-1][1], shown[-1][0], order) if len(rows) > size else None
    return [post for post, _ in shown], write_key(last) if last else ""


def stretches(order: str, key: tuple[float, int] | None) -> list[tuple[str, list[float]]]:
    """Return the parts of the date index after a key, in the order they are read."""
    undated = tallies.LAST_OF_ALL
    if order == "newest":
        return [("(s.at, s.post) < (?, ?)", [-key[0], -key[1]] if key else [2**62, 0])]
    if key and key[0] == -undated:
        return [("s.at = ? AND s.post > ?", [undated, key[1]])]
    first: list[float] = [key[0], key[1]] if key else [undated + 1, 0]
    return [("(s.at, s.post) > (?, ?)", first), ("s.at = ? AND s.post > ?", [undated, -1])]


def walk_sql(filters: Filters, wanted: dict[int, str | None], way: Way) -> tuple[str, list[object]]:
    """Return the query of `walk` up to its order, and its values."""
    match = filters.words.match
    where, values = conditions(filters)
    source = way.value
    if match and PREFIX in match:  # one pass over all hits is cheaper than opening every word of the prefix per post
        source = Way.WORDS.value
    elif match and way is not Way.WORDS:
        source += " CROSS JOIN posts_fts ON posts_fts.rowid = s.post"
    if match:
        where.append("posts_fts MATCH ?")
        values.append(match)
    if filters.choices:
        where.append(AMONG)
        values.append(listed(wanted))
    return f"SELECT s.post, s.at FROM {source} WHERE {' AND '.join(where or ['1'])}", values  # noqa: S608


def listed(wanted: dict[int, str | None]) -> str:
    """Return the wanted groups as a JSON array."""
    return "[" + ",".join(str(number) for number, refused in wanted.items() if refused == "") + "]"
