"""Pages of a search in an order: keys that say where the next page begins, and lists read straight from the index."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right

from scraper.store import tallies

from .filters import Filters
from .scan import EXACT_MOST

PREFIX = '"*'  # in an expression of FTS5: a word given by its beginning


def cut(keyed: list[tuple[float, int]], after: str, order: str, size: int) -> tuple[list[int], str]:
    """Return the posts that come after a key in a sorted list, and the next key ('' at the end)."""
    key = read_key(after, order)
    begin = bisect_right(keyed, key) if key else 0
    chosen = keyed[begin : begin + size]
    more = begin + size < len(keyed)
    return [abs(post) for _, post in chosen], write_key(chosen[-1]) if more else ""


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
    connection: sqlite3.Connection, filters: Filters, wanted: dict[int, str | None], total: int, size: int
) -> tuple[list[int], str]:
    """Return a page in date order straight from the index, without reading the other hits.

    Few posts are read by their groups; many by date, where the next page is a few rows away.
    """
    order = "oldest" if filters.order == "oldest" else "newest"
    sql, values = walk_sql(filters, wanted, by_group=total <= EXACT_MOST and bool(filters.choices))
    rows: list[tuple[int, int]] = []
    for condition, bounds in stretches(order, read_key(filters.after, order)):
        direction = "s.at, s.post" if order == "oldest" else "s.at DESC, s.post DESC"
        statement = f"{sql} AND {condition} ORDER BY {direction} LIMIT ?"
        rows += connection.execute(statement, [*values, *bounds, size + 1 - len(rows)]).fetchall()
        if len(rows) > size:
            break
    more = len(rows) > size
    return [post for post, _ in rows[:size]], write_key(
        key_of(rows[size - 1][1], rows[size - 1][0], order)
    ) if more else ""


def stretches(order: str, key: tuple[float, int] | None) -> list[tuple[str, list[float]]]:
    """Return the parts of the date index after a key, in the order they are read."""
    undated = tallies.LAST_OF_ALL
    if order == "newest":
        return [("(s.at, s.post) < (?, ?)", [-key[0], -key[1]] if key else [2**62, 0])]
    if key and key[0] == -undated:
        return [("s.at = ? AND s.post > ?", [undated, key[1]])]
    first: list[float] = [key[0], key[1]] if key else [undated + 1, 0]
    return [("(s.at, s.post) > (?, ?)", first), ("s.at = ? AND s.post > ?", [undated, -1])]


def walk_sql(filters: Filters, wanted: dict[int, str | None], *, by_group: bool) -> tuple[str, list[object]]:
    """Return the query of `walk` up to its order, and its values."""
    start, end, seen = filters.days()
    index = "search_rows_group" if by_group else "search_rows_newest"
    match = filters.words.match
    sql = f"SELECT s.post, s.at FROM search_rows s INDEXED BY {index}"  # noqa: S608
    if match and PREFIX in match:  # one pass over all hits is cheaper than opening every word of the prefix per post
        sql = "SELECT s.post, s.at FROM posts_fts CROSS JOIN search_rows s ON s.post = posts_fts.rowid"
    elif match:
        sql += " CROSS JOIN posts_fts ON posts_fts.rowid = s.post"
    where = ["posts_fts MATCH ?"] if match else []
    values: list[object] = [match] if match else []
    if filters.choices:
        where.append("s.grp IN (SELECT value FROM json_each(?))")
        values.append(listed(wanted))
    for part, value in (("s.first <= ?", end), ("s.last >= ?", start), ("s.seen < ?", seen)):
        if value is not None:
            where.append(part)
            values.append(value)
    return f"{sql} WHERE {' AND '.join(where or ['1'])}", values


def listed(wanted: dict[int, str | None]) -> str:
    """Return the wanted groups as a JSON array."""
    return "[" + ",".join(str(number) for number, refused in wanted.items() if refused == "") + "]"
