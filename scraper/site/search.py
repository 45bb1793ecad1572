"""One search: its page of posts, its counts for every filter and its months."""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scraper.store import tallies

from .filters import DIMENSIONS, Filters
from .listing import Way, best, listed, walk
from .scan import COARSE, EXACT_MOST, MONTH, NO_DATE, Scan, View, conditions, pack, passing, scan

PAGE = 20
CHUNK = 500


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
    key = ("found", filters, size)
    kept = view.get(key)
    if isinstance(kept, Found):
        return kept
    wanted = passing(view.groups, filters)
    through = browse if not filters.words.match and not any(filters.days()) else look
    found = through(connection, view, filters, wanted, size)
    if not filters.after:  # else an export, page after page, would push out what readers come back to
        view.put(key, found)
    return found


def look(
    connection: sqlite3.Connection, view: View, filters: Filters, wanted: dict[int, str | None], size: int
) -> Found:
    """Search by words or days: every hit is read to be counted."""
    hits = scan(connection, view, filters)
    facets, total = count(view, wanted, Counter(hits.groups), hits.share)
    posts, after, order = page(connection, filters, hits, wanted, size)
    return Found(
        total=total,
        exact=hits.complete,
        facets=facets,
        months=count_months(hits, wanted if filters.choices else None),
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
    posts, after = walk(connection, filters, wanted, way_of(filters, total), size)
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
    total = sum(posts for number, posts in sizes if wanted.get(number) == "")
    return walk(connection, filters, wanted, way_of(filters, total), size)[0]


def way_of(filters: Filters, total: int) -> Way:
    """Return how to read a list without words: few posts by their groups, many by date."""
    return Way.GROUPS if filters.choices and total <= EXACT_MOST else Way.DATES


def count(
    view: View, wanted: dict[int, str | None], sizes: Counter[int], share: float
) -> tuple[dict[str, list[tuple[str, int]]], int]:
    """Count values per dimension, each under the filters of all other dimensions, and the hits under all of them."""
    tally = [0] * len(view.pairs)
    total = 0
    for number, posts in sizes.items():
        refused = wanted.get(number)
        if refused == "":
            total += posts
            for place in view.groups[number].places:
                tally[place] += posts
        elif refused and refused != "is":
            for place in view.groups[number].places:
                if view.pairs[place][0] == refused:
                    tally[place] += posts
    facets: dict[str, list[tuple[str, int]]] = {name: [] for name in DIMENSIONS}
    counted = [(posts, pair) for posts, pair in zip(tally, view.pairs, strict=False) if posts]
    for posts, (name, value) in sorted(counted, key=lambda item: (-item[0], item[1])):
        facets[name].append((value, round(posts / share)))
    return facets, round(total / share)


def count_months(hits: Scan, wanted: dict[int, str | None] | None) -> Months:
    """Count hits by month; only those of wanted groups, where some are not."""
    months = hits.months
    if wanted is not None:
        months = array(
            "q", [month for group, month in zip(hits.groups, months, strict=True) if wanted.get(group) == ""]
        )
    counts = Counter(months)
    undated, coarse = counts.pop(NO_DATE, 0), counts.pop(COARSE, 0)
    return Months(
        counts={month_name(month): round(posts / hits.share) for month, posts in counts.items()},
        coarse=round(coarse / hits.share),
        undated=round(undated / hits.share),
    )


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
    return count_months(hits, wanted)


def rows_of_groups(connection: sqlite3.Connection, wanted: dict[int, str | None]) -> Scan:
    """Read every post of the wanted groups."""
    sql = f"SELECT s.grp, {MONTH} FROM search_rows s WHERE s.grp IN (SELECT value FROM json_each(?))"  # noqa: S608
    return pack(connection.execute(sql, (listed(wanted),)).fetchall())


def page(
    connection: sqlite3.Connection, filters: Filters, hits: Scan, wanted: dict[int, str | None], size: int
) -> tuple[list[int], str, str]:
    """Return a page of hits, the key of the next one ('' at the end) and the order that was used."""
    order = filters.ordered_by
    if order == "best" and filters.words.match and hits.complete:
        return (*best(connection, filters, wanted, size), order)
    if filters.words.match:
        way = Way.WORDS if hits.complete else Way.DATES
    else:
        way = way_of(filters, len(hits.groups))
    return (*walk(connection, filters, wanted, way, size), "newest" if order == "best" else order)


def every_post(connection: sqlite3.Connection, view: View, filters: Filters) -> Iterator[list[int]]:
    """Yield the ids of every hit in chunks: in the order of the search, or by id where it has more than EXACT_MOST."""
    wanted = passing(view.groups, filters)
    if filters.words.match:
        hits = scan(connection, view, filters)
        if not hits.complete:
            yield from by_id(connection, filters, wanted)
            return
        posts, _, _ = page(connection, filters, hits, wanted, EXACT_MOST)
        yield from (posts[start : start + CHUNK] for start in range(0, len(posts), CHUNK))
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
    where, values = conditions(filters)
    sql = (
        f"SELECT s.post, s.grp, {' AND '.join(where or ['1'])} FROM {Way.WORDS.value}"  # noqa: S608
        " WHERE posts_fts MATCH ? AND posts_fts.rowid > ? ORDER BY posts_fts.rowid LIMIT 2000"
    )
    last = -1
    while rows := connection.execute(sql, [*values, filters.words.match, last]).fetchall():
        last = rows[-1][0]
        yield [post for post, group, fits in rows if fits and wanted.get(group) == ""]
