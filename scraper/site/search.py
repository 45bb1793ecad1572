"""One search: its page of posts, its counts for every filter and its months."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from scraper.store import tallies

from .filters import DIMENSIONS, Filters, end_of
from .listing import cut, key_of, listed, walk
from .scan import COLUMNS, EXACT_MOST, Scan, View, pack, passing, rank, scan

PAGE = 20
CHUNK = 500
FIRST_RANKED = (200, 4000)  # hits ranked at first; more only where filters or pages need them


@dataclass(frozen=True, kw_only=True, slots=True)
class Months:
    """Posts by month (YYYY-MM); `coarse` are dated, but not to one month, `undated` not at all."""

    counts: dict[str, int]
    coarse: int = 0
    undated: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """What a search found; counts are estimated unless `exact`. `after` is the key of the next page."""

    total: int
    exact: bool
    facets: dict[str, list[tuple[str, int]]]
    months: Months
    posts: list[int]
    after: str
    order: str


def search(connection: sqlite3.Connection, view: View, filters: Filters, *, size: int = PAGE) -> Found:
    """Search, on the connection that the view was made from."""
    wanted = passing(view.groups, filters)
    start, end, seen = filters.days()
    if not filters.words.match and start is None and end is None and seen is None:
        return browse(connection, view, filters, wanted, size)
    hits = scan(connection, view, filters)
    rows = within(hits, filters)
    sizes = Counter(hits.groups if isinstance(rows, range) else [hits.groups[row] for row in rows])
    facets, total = count(view, wanted, sizes, hits.share)
    if filters.choices:
        rows = [row for row in rows if wanted.get(hits.groups[row]) == ""]
    posts, after, order = page(connection, view, filters, hits, rows, wanted, size)
    return Found(
        total=total,
        exact=hits.complete,
        facets=facets,
        months=count_months(hits, rows),
        posts=posts,
        after=after,
        order=order,
    )


def browse(
    connection: sqlite3.Connection, view: View, filters: Filters, wanted: dict[int, str | None], size: int
) -> Found:
    """Search without words or days: the counts stand in `facet_groups`, always exact."""
    kept = view.get(("counts", filters.choices))
    if isinstance(kept, tuple):
        facets, total, months = kept
    else:
        sizes = dict(connection.execute("SELECT id, posts FROM facet_groups WHERE posts > 0").fetchall())
        facets, total = count(view, wanted, Counter(sizes), 1.0)
        months = months_of(connection, view, filters, wanted, total)
        view.put(("counts", filters.choices), (facets, total, months))
    posts, after = walk(connection, filters, wanted, total, size)
    return Found(
        total=total,
        exact=True,
        facets=facets,
        months=months,
        posts=posts,
        after=after,
        order=filters.ordered_by if filters.order != "best" else "newest",
    )


def newest(connection: sqlite3.Connection, view: View, filters: Filters, size: int) -> list[int]:
    """Return the newest posts of a search without words or days, and count nothing else."""
    wanted = passing(view.groups, filters)
    sizes = connection.execute("SELECT id, posts FROM facet_groups WHERE posts > 0").fetchall()
    return walk(connection, filters, wanted, sum(posts for number, posts in sizes if wanted.get(number) == ""), size)[0]


def within(hits: Scan, filters: Filters) -> Sequence[int]:
    """Return the row numbers of the hits that lie in the days of a search and were known at its `as_of`."""
    start, end, seen = filters.days()
    if start is None and end is None and seen is None:
        return range(len(hits.posts))
    low, high, before = start or 0, end or 99991231, seen or 2**62
    dated = start is not None or end is not None
    return [
        row
        for row, (first, last, known) in enumerate(zip(hits.first, hits.last, hits.seen, strict=True))
        if known < before and (not dated or (first and first <= high and last >= low))
    ]


def count(
    view: View, wanted: dict[int, str | None], sizes: Counter[int], share: float
) -> tuple[dict[str, list[tuple[str, int]]], int]:
    """Count values per dimension, each under the filters of all other dimensions, and the hits under all of them."""
    table: Counter[tuple[str, str]] = Counter()
    total = 0
    for number, posts in sizes.items():
        refused = wanted.get(number)
        if refused == "":
            total += posts
            for pair in view.groups[number].pairs:
                table[pair] += posts
        elif refused and refused != "is":
            for pair in view.groups[number].pairs:
                if pair[0] == refused:
                    table[pair] += posts
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in DIMENSIONS}
    for (name, value), posts in sorted(table.items(), key=lambda item: (-item[1], item[0])):
        facets[name].append((value, round(posts / share)))
    return facets, round(total / share)


def count_months(hits: Scan, rows: Sequence[int]) -> Months:
    """Count rows by the month that they lie in."""
    whole = len(rows) == len(hits.posts)
    days = Counter(zip(hits.first, hits.last) if whole else [(hits.first[row], hits.last[row]) for row in rows])  # noqa: B905
    undated = days.pop((0, 0), 0)
    counts: Counter[int] = Counter()
    for (first, last), posts in days.items():
        counts[first // 100 if first // 100 == last // 100 else 0] += posts
    coarse = counts.pop(0, 0)
    months = {month_name(month): round(posts / hits.share) for month, posts in counts.items()}
    return Months(counts=months, coarse=round(coarse / hits.share), undated=round(undated / hits.share))


def month_name(number: int) -> str:
    """Return YYYYMM as YYYY-MM."""
    return f"{number // 100:04d}-{number % 100:02d}"


def months_of(
    connection: sqlite3.Connection, view: View, filters: Filters, wanted: dict[int, str | None], total: int
) -> Months:
    """Count months without a scan where only partner and kind are chosen, else from the rows, else from a sample."""
    if all(choice.dimension in ("partner", "kind") for choice in filters.choices):
        chosen = {(g.partner, g.kind) for number, g in view.groups.items() if wanted[number] == ""}
        counts: Counter[str] = Counter()
        for month, partner, kind, posts in connection.execute("SELECT month, partner, kind, posts FROM month_counts"):
            if (partner, kind) in chosen:
                counts[month] += posts
        coarse, undated = counts.pop(tallies.COARSE, 0), counts.pop(tallies.NO_DATE, 0)
        return Months(counts={month: n for month, n in counts.items() if n}, coarse=coarse, undated=undated)
    hits = rows_of_groups(connection, wanted) if total <= EXACT_MOST else scan(connection, view, filters)
    return count_months(hits, [row for row in range(len(hits.posts)) if wanted.get(hits.groups[row]) == ""])


def rows_of_groups(connection: sqlite3.Connection, wanted: dict[int, str | None]) -> Scan:
    """Read every post of the wanted groups."""
    sql = f"SELECT {COLUMNS} FROM search_rows s WHERE s.grp IN (SELECT value FROM json_each(?))"  # noqa: S608
    return pack(connection.execute(sql, (listed(wanted),)).fetchall())


def page(
    connection: sqlite3.Connection,
    view: View,
    filters: Filters,
    hits: Scan,
    rows: Sequence[int],
    wanted: dict[int, str | None],
    size: int,
) -> tuple[list[int], str, str]:
    """Return a page of hits, the key of the next one ('' at the end) and the order that was used."""
    match = filters.words.match
    order = filters.ordered_by
    if not hits.complete or not match:
        order = "newest" if order == "best" else order
        posts, after = walk(connection, filters, wanted, EXACT_MOST + 1 if match else len(rows), size)
        return posts, after, order
    if order == "best":
        posts, after = best(connection, view, filters, hits, rows, size)
    else:
        posts, after = cut(dated_rows(hits, rows, order), filters.after, order, size)
    return posts, after, order


def best(
    connection: sqlite3.Connection, view: View, filters: Filters, hits: Scan, rows: Sequence[int], size: int
) -> tuple[list[int], str]:
    """Return a page of the best hits and the next key, ranking no more of them than the page needs."""
    allowed = None if len(rows) == len(hits.posts) else {hits.posts[row] for row in rows}
    for most in (*FIRST_RANKED, EXACT_MOST + 1):
        ranked = rank(connection, view, filters.words.match or "", most)
        keyed = ranked if allowed is None else [pair for pair in ranked if pair[1] in allowed]
        posts, after = cut(keyed, filters.after, "best", size)
        if after or len(ranked) < most:
            break
    return posts, after


def dated_rows(hits: Scan, rows: Sequence[int], order: str) -> list[tuple[float, int]]:
    """Return the keys of the rows, newest or oldest first, undated last."""
    return sorted(key_of(hits.at[row], hits.posts[row], order) for row in rows)


def every_post(connection: sqlite3.Connection, view: View, filters: Filters) -> Iterator[list[int]]:
    """Yield the ids of every hit in chunks: in the order of the search, or by id where it has more than EXACT_MOST."""
    wanted = passing(view.groups, filters)
    if filters.words.match:
        hits = scan(connection, view, filters)
        if not hits.complete:
            yield from by_id(connection, filters, wanted)
            return
    after = filters
    while True:
        found = search(connection, view, after, size=CHUNK)
        yield found.posts
        if not found.after:
            return
        after = replace(filters, after=found.after)


def by_id(connection: sqlite3.Connection, filters: Filters, wanted: dict[int, str | None]) -> Iterator[list[int]]:
    """Yield the ids of every hit in id order, which FTS5 can resume anywhere."""
    start, end, seen = filters.days()
    low, high, before = start or 0, end or 99991231, seen or 2**62
    last = -1
    while True:
        rows = connection.execute(
            "SELECT s.post, s.grp, s.first, s.last, s.seen FROM posts_fts CROSS JOIN search_rows s"
            " ON s.post = posts_fts.rowid WHERE posts_fts MATCH ? AND posts_fts.rowid > ?"
            " ORDER BY posts_fts.rowid LIMIT 2000",
            (filters.words.match, last),
        ).fetchall()
        if not rows:
            return
        last = rows[-1][0]
        dated = start is not None or end is not None
        yield [
            post
            for post, group, first, final, known in rows
            if wanted.get(group) == "" and known < before and (not dated or (first and first <= high and final >= low))
        ]


def month_range(month: str) -> tuple[date, date]:
    """Return the first and last day of YYYY-MM."""
    first = date(int(month[:4]), int(month[5:7]), 1)
    return first, end_of(first, whole_year=False)
