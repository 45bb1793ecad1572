"""How far a crawl follows what a site offers: traps of endless addresses are cut, and the ledger says so."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote, urlsplit

from scraper.discover import addresses
from scraper.models import Source
from scraper.store import ledger
from scraper.store.archive import Archive, Row, instant

LEAST_MISSES = 60  # addresses of one shape fetched and found to be no posts, before the rest is cut
LEAST_QUERY_MISSES = 20  # the same for addresses with a query: filters and session keys multiply without end
MISSES_PER_POST = 20  # a shape that has this many misses for each post is cut too
BARREN_PAGES = 400  # pages in a row without a post, after which a visit asks for no more
BLOCK = 40  # pages of a source that are read on trust; its posts must be seen before the next block
DEEPEST_INDEX = 2  # sitemaps of an index of an index
MOST_SOURCES = 1_000  # of one partner
CUT_FOR = timedelta(days=30)
EARLIEST_YEAR = 1990
MONTHS_AHEAD = 36
FINDS = frozenset(("new", "changed", "unchanged", "not-modified", "moved", "duplicate", "gone", "still-gone"))
MONTH = re.compile(r"(?<!\d)(\d{4})[-/_](1[0-2]|0?[1-9])(?![0-9])")


@dataclass(slots=True)
class Budget:
    """What one visit has spent without a find."""

    archive: Archive
    partner: str
    crawl: int | None
    barren: int = 0

    def note(self, outcome: str) -> None:
        """Count a page by what became of it."""
        self.barren = 0 if outcome in FINDS else self.barren + 1

    def is_spent(self, row: Row, at: datetime) -> bool:
        """Say whether an address is past the budget of its shape or of the visit; what is, is put off and reported.

        An address that was a post before is always asked for.
        """
        if row["post"] is not None or row["state"] in ("post", "gone"):
            return False
        if self.barren >= BARREN_PAGES:
            self.cut("1", [], f"{self.barren} pages in a row brought no post", row["url"], at)
            return True
        reason = why_cut(self.archive, self.partner, row["shape"])
        if reason is None:
            return False
        self.cut("shape = ?", [row["shape"]], reason, row["url"], at)
        return True

    def cut(self, which: str, values: list[str], reason: str, example: str, at: datetime) -> None:
        """Put off every new address that `which` selects, with one line in the ledger for all that were due."""
        with self.archive.transaction() as connection:
            cut = put_off(connection, self.partner, which, values, reason, at)
            if cut:
                ledger.save_fetch(
                    connection,
                    crawl=self.crawl,
                    partner=self.partner,
                    url=example,
                    kind="page",
                    at=instant(at),
                    outcome="cut",
                    links=None,
                    detail=f"{cut} addresses put off: {reason}",
                )


def put_off(
    connection: sqlite3.Connection, partner: str, which: str, values: list[str], reason: str, at: datetime
) -> int:
    """Make the due new addresses that `which` selects wait; say how many there were."""
    cursor = connection.execute(
        "UPDATE candidates SET outcome = 'cut', reason = ?, due_at = ? WHERE partner = ? AND state = 'new'"  # noqa: S608
        f" AND post IS NULL AND due_at <= ? AND {which}",  # a constant of this module
        [reason, instant(at + CUT_FOR), partner, instant(at), *values],
    )
    return cursor.rowcount


def why_cut(archive: Archive, partner: str, shape: str) -> str | None:
    """Say why no more addresses of a shape are asked for; None while they are."""
    rows = archive.query(
        "SELECT state, count(*) AS number FROM candidates WHERE partner = ? AND shape = ?"
        " AND state IN ('post', 'gone', 'duplicate', 'not-post') AND outcome IS NOT 'passed-over' GROUP BY state",
        [partner, shape],
    )
    counts = {row["state"]: int(row["number"]) for row in rows}
    misses = counts.pop("not-post", 0)
    finds = sum(counts.values())
    least = LEAST_QUERY_MISSES if "?" in shape else LEAST_MISSES
    if misses < max(least, MISSES_PER_POST * finds):
        return None
    return f"{misses} addresses like it were no posts, {finds} were"


def is_worth_following(url: str, at: datetime) -> bool:
    """Say whether a further page of a listing may lead anywhere: not in circles, not into the far future or past."""
    parts = urlsplit(url)
    if addresses.is_nested(unquote(parts.path)):
        return False
    return all(is_near(int(year), int(month), at) for year, month in MONTH.findall(f"{parts.path}?{parts.query}"))


def is_near(year: int, month: int, at: datetime) -> bool:
    """Say whether a month of a calendar lies where posts and events can be."""
    ahead = (year - at.year) * 12 + month - at.month
    return year >= EARLIEST_YEAR and ahead <= MONTHS_AHEAD


def allowed_children(archive: Archive, row: Row, children: Sequence[Source]) -> Sequence[Source]:
    """Return the sources that a source may name: an index of indexes ends somewhere, and so does their number."""
    depth, above = 0, row["parent"]
    while above is not None and depth < DEEPEST_INDEX:
        parent = archive.first("SELECT parent FROM sources WHERE id = ?", [above])
        depth, above = depth + 1, parent["parent"] if parent else None
    if depth >= DEEPEST_INDEX:
        return ()
    known = archive.first("SELECT count(*) FROM sources WHERE partner = ?", [row["partner"]])
    return children[: max(0, MOST_SOURCES - int(known[0] if known else 0))]


def has_earned(archive: Archive, source: int, pages: int) -> bool:
    """Say whether a source read `pages` pages deep gave posts enough to read the next block: one in each block."""
    row = archive.first(
        "SELECT count(*) FROM candidates WHERE source = ? AND state IN ('post', 'gone', 'duplicate')", [source]
    )
    return row is not None and int(row[0]) >= pages // BLOCK
