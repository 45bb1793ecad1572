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
from scraper.store import frontier, ledger
from scraper.store.archive import Archive, Row, instant

LEAST_MISSES = 60  # addresses of one shape fetched and found to be no posts, before the rest is cut
LEAST_QUERY_MISSES = 20  # the same for addresses with a query: filters and session keys multiply without end
MISSES_PER_POST = 20  # a shape that has this many misses for each post is cut too
BARREN_PAGES = 400  # pages in a row without a post, after which a visit asks for no more
BLOCK = 40  # pages of a source that are read on trust; its posts must be seen before the next block
DEEPEST_INDEX = 2  # sitemaps of an index of an index
MOST_SOURCES = 1_000  # of one partner
SECTION = 3  # addresses below another make that one a folder
SAMPLES = 3  # unsure addresses of one shape are tried before the rest is judged by them
SAMPLES_AMONG_POSTS = 12  # the same where sources vouch for others of that shape, and rightly
SHAPES_KEPT = 1_000  # whose tallies are at hand
CUT_FOR = timedelta(days=30)
EARLIEST_YEAR = 1990
MONTHS_AHEAD = 36
FINDS = frozenset(("new", "changed", "unchanged", "not-modified", "moved", "duplicate", "gone", "still-gone"))
FOUND = ("post", "gone", "duplicate")  # states of the frontier
MONTH = re.compile(r"(?<!\d)(\d{4})[-/_](1[0-2]|0?[1-9])(?![0-9])")


@dataclass(slots=True)
class Tally:
    """What the addresses of one shape have turned out to be; `unsure` are those that no source of posts names.

    One that was not asked for is no miss; a dead address, or one that leads elsewhere, says nothing about the unsure
    ones beside it.
    """

    finds: int = 0
    misses: int = 0
    unsure_posts: int = 0
    unsure_misses: int = 0

    def add(self, state: str, outcome: str | None, reason: str | None, *, sure: int, number: int) -> None:
        """Count `number` addresses in a state of the frontier, with their last outcome and its reason."""
        missed = state == "not-post"
        read = outcome == "refused" and not (reason or "").startswith("status ")
        self.finds += number * (state in FOUND)
        self.misses += number * (missed and outcome != "passed-over")
        self.unsure_posts += number * (state == "post" and not sure)
        self.unsure_misses += number * (missed and read and not sure)


class Budget:
    """What one visit has spent without a find, and what became of the addresses of each shape."""

    def __init__(self, archive: Archive, partner: str, crawl: int | None) -> None:
        self.archive = archive
        self.partner = partner
        self.crawl = crawl
        self.barren = 0
        self.tallies: dict[str, Tally] = {}

    def note(self, outcome: str) -> None:
        """Count a page by what became of it."""
        self.barren = 0 if outcome in FINDS else self.barren + 1

    def settle(self, row: Row, state: str, outcome: str, reason: str | None) -> None:
        """Keep the tally of an address in step with what the address has turned out to be."""
        tally = self.tallies.get(row["shape"])
        if tally is not None:
            tally.add(row["state"], row["outcome"], row["reason"], sure=row["sure"], number=-1)
            tally.add(state, outcome, reason, sure=row["sure"], number=1)

    def recount(self) -> None:
        """Forget the tallies: a source has been read, and addresses may be vouched for that were not."""
        self.tallies.clear()

    def tally_of(self, shape: str) -> Tally:
        """Return the tally of a shape; counted once, for a count at every page would cost more with every page."""
        if shape not in self.tallies:
            if len(self.tallies) >= SHAPES_KEPT:
                self.tallies.clear()
            self.tallies[shape] = count_shape(self.archive, self.partner, shape)
        return self.tallies[shape]

    def is_spent(self, row: Row, at: datetime) -> bool:
        """Say whether an address is past the budget of its shape or of the visit; what is, is put off and reported.

        An address that was a post before is always asked for.
        """
        if row["post"] is not None or row["state"] in ("post", "gone"):
            return False
        if self.barren >= BARREN_PAGES:
            self.cut("1", [], f"{self.barren} pages in a row brought no post", row["url"], at)
            return True
        reason = why_cut(self.tally_of(row["shape"]), row["shape"])
        if reason is None:
            return False
        self.cut("shape = ?", [row["shape"]], reason, row["url"], at)
        return True

    def why_pass_over(self, row: Row) -> str | None:
        """Say why an address that no source vouches for is not worth a request; None when it is.

        It is the folder that other addresses lie in, so a listing; or it lies among the pages of a manual; or the first
        few of its shape were no posts.
        """
        if row["sure"] or row["state"] == "post":
            return None
        if addresses.is_of_manual(row["url"]):
            return "a page of a manual"
        if frontier.count_below(self.archive, self.partner, row["url_key"], most=SECTION) >= SECTION:
            return "a folder of other addresses"
        tally = self.tally_of(row["shape"])
        samples = SAMPLES if tally.finds < SAMPLES else SAMPLES_AMONG_POSTS
        if tally.unsure_misses >= samples and tally.unsure_misses > 4 * tally.unsure_posts:
            return f"{tally.unsure_misses} addresses like it were no posts, {tally.unsure_posts} were"
        return None

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


def count_shape(archive: Archive, partner: str, shape: str) -> Tally:
    """Count what the addresses of a shape have turned out to be."""
    rows = archive.query(
        "SELECT state, sure, outcome, reason, count(*) AS number FROM candidates WHERE partner = ? AND shape = ?"
        " GROUP BY state, sure, outcome, reason",
        [partner, shape],
    )
    tally = Tally()
    for row in rows:
        tally.add(row["state"], row["outcome"], row["reason"], sure=row["sure"], number=row["number"])
    return tally


def why_cut(tally: Tally, shape: str) -> str | None:
    """Say why no more addresses of a shape are asked for; None while they are."""
    least = LEAST_QUERY_MISSES if "?" in shape else LEAST_MISSES
    if tally.misses < max(least, MISSES_PER_POST * tally.finds):
        return None
    return f"{tally.misses} addresses like it were no posts, {tally.finds} were"


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
