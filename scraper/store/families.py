"""Families of posts that carry the same text, made of the fingerprints that each post keeps of its text.

Fingerprints are written with their post; there they wait. At the end of a visit `gather` puts those that wait into the
index (`shingles`: fingerprint → posts) and joins posts. What the families are follows from the posts in the index and
from nothing else: not from the order in which they came, nor from posts that were there once. Posts are neighbours when
`fingerprints.are_same_text` says so, stock phrases left out; a family is what neighbours connect.
"""

from __future__ import annotations

import json
import sqlite3
import struct
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from scraper.models import Public
from scraper.normalise import fingerprints, text

from . import tallies

if TYPE_CHECKING:
    from .archive import Archive  # which knows the tables of this module

STOCK_AMONG = 4  # posts of one partner with the same fingerprint: a stock phrase, which counts for nobody
MOST_HOLDERS = 100  # posts of all partners; so that no look-up costs more, however large the archive
BATCH = 50  # posts put into the index in one transaction
AT_ONCE = 1_000  # posts, where the transaction is the caller's

TABLES = """
CREATE TABLE fingerprints (
    post INTEGER PRIMARY KEY REFERENCES posts(id), hashes BLOB NOT NULL, placed INTEGER NOT NULL DEFAULT 0);

CREATE INDEX fingerprints_waiting ON fingerprints (post) WHERE placed = 0;

CREATE INDEX families_origin ON families (origin);

CREATE TABLE shingles (hash INTEGER NOT NULL, post INTEGER NOT NULL, PRIMARY KEY (hash, post)) WITHOUT ROWID
"""
TABLE_NAMES: tuple[str, ...] = ("fingerprints", "shingles")

WAITING = "SELECT post, hashes FROM fingerprints WHERE placed = 0 ORDER BY post LIMIT ?"

# The origin is the post that was certainly published first: by the last day on which it can have been published, which
# is never after the day it was first seen; then by the instant, if both have one.
ORIGIN_FIRST = """
SELECT id, family FROM posts WHERE id IN (SELECT value FROM json_each(?))
ORDER BY min(coalesce(latest_on, '9999'), substr(first_seen_at, 1, 10)), published_at IS NULL, published_at,
    first_seen_at, id
"""


def keep(connection: sqlite3.Connection, post: int, folded: str, public: Public) -> None:
    """Write the fingerprints of a post's text, for `gather` to put into the index.

    A text that may not be shown, not even in part, is not compared with others. A post whose text is another one by now
    leaves its family at once.
    """
    found = fingerprints.of_text(folded) if public != "none" else ()
    row = connection.execute("SELECT hashes, placed FROM fingerprints WHERE post = ?", (post,)).fetchone()
    if row is not None:
        if row["hashes"] == packed(found):
            name_origin(connection, post)
            return
        forget(connection, [post])
    if found:
        connection.execute("INSERT INTO fingerprints (post, hashes) VALUES (?, ?)", (post, packed(found)))


def prints_of(connection: sqlite3.Connection, post: int) -> tuple[int, ...]:
    """Return the fingerprints of a post's text; none for one that is too short, or may not be shown."""
    row = connection.execute("SELECT hashes FROM fingerprints WHERE post = ?", (post,)).fetchone()
    return unpacked(row["hashes"]) if row else ()


def packed(numbers: Sequence[int]) -> bytes:
    """Return fingerprints as the database keeps them, four bytes each, the least first."""
    return struct.pack(f"<{len(numbers)}I", *numbers)


def unpacked(hashes: bytes) -> tuple[int, ...]:
    """Return fingerprints from how the database keeps them."""
    return struct.unpack(f"<{len(hashes) // 4}I", hashes)


def gather(archive: Archive) -> None:
    """Put the fingerprints that wait into the index and join what carries the same text, some posts a transaction."""
    while archive.first(WAITING, (1,)) is not None:
        with archive.transaction() as connection:
            place(connection, connection.execute(WAITING, (BATCH,)).fetchall())


def gather_in(connection: sqlite3.Connection) -> None:
    """Do what `gather` does inside the caller's transaction."""
    while rows := connection.execute(WAITING, (AT_ONCE,)).fetchall():
        place(connection, rows)


def place(connection: sqlite3.Connection, rows: Sequence[sqlite3.Row]) -> None:
    """Put the fingerprints of posts into the index and bring the families in step."""
    posts = {row["post"] for row in rows}
    pairs = sorted((number, row["post"]) for row in rows for number in unpacked(row["hashes"]))
    connection.executemany("INSERT OR IGNORE INTO shingles VALUES (?, ?)", pairs)
    connection.executemany("UPDATE fingerprints SET placed = 1 WHERE post = ?", [(post,) for post in posts])
    index, before = Index(connection), Index(connection, without=posts)
    turned = index.stock({number for number, _ in pairs})
    turned -= before.stock(turned)
    regroup(index, posts.union(*map(index.holders, turned)))


def forget(connection: sqlite3.Connection, posts: Collection[int]) -> None:
    """Take posts out of the index and their families, as if they had never been in either."""
    index, after = Index(connection), Index(connection, without=posts)
    pairs = [(number, post) for post in posts for number in index.fingerprints(post)]
    kin = {one for post in posts for one in index.kin(post)}
    turned = index.stock({number for number, _ in pairs})
    turned -= after.stock(turned)
    connection.executemany("DELETE FROM shingles WHERE hash = ? AND post = ?", pairs)
    connection.executemany("DELETE FROM fingerprints WHERE post = ?", [(post,) for post in posts])
    regroup(Index(connection), kin.union(*map(after.holders, turned)))


class Index:
    """The index as it is, or as it would be `without` some posts; what was read is kept, so it serves one change."""

    def __init__(self, connection: sqlite3.Connection, *, without: Collection[int] = ()) -> None:
        self.connection = connection
        self.without = without
        self._fingerprints: dict[int, tuple[int, ...]] = {}
        self._holders: dict[int, list[int]] = {}
        self._partners: dict[int, str] = {}
        self._stock: dict[int, bool] = {}

    def fingerprints(self, post: int) -> tuple[int, ...]:
        """Return what stands in the index of a post; nothing for one that waits."""
        if post not in self._fingerprints:
            query = "SELECT hashes FROM fingerprints WHERE post = ? AND placed = 1"
            row = self.connection.execute(query, (post,)).fetchone()
            self._fingerprints[post] = unpacked(row["hashes"]) if row else ()
        return self._fingerprints[post]

    def holders(self, number: int) -> list[int]:
        """Return the posts that hold a fingerprint, at most one more than count."""
        if number not in self._holders:
            query = "SELECT post FROM shingles WHERE hash = ? ORDER BY post LIMIT ?"
            rows = self.connection.execute(query, (number, MOST_HOLDERS + 1 + len(self.without)))
            found = [row["post"] for row in rows if row["post"] not in self.without]
            self._holders[number] = found[: MOST_HOLDERS + 1]
        return self._holders[number]

    def partner(self, post: int) -> str:
        """Return whose post it is."""
        if post not in self._partners:
            row = self.connection.execute("SELECT partner FROM posts WHERE id = ?", (post,)).fetchone()
            self._partners[post] = row["partner"]
        return self._partners[post]

    def is_stock(self, number: int) -> bool:
        """Say whether a fingerprint is a stock phrase: of one partner, or of all."""
        if number not in self._stock:
            holders = self.holders(number)
            self._stock[number] = len(holders) > MOST_HOLDERS or (
                len(holders) >= STOCK_AMONG and max(Counter(map(self.partner, holders)).values()) >= STOCK_AMONG
            )
        return self._stock[number]

    def stock(self, numbers: Iterable[int]) -> set[int]:
        """Return those fingerprints that are stock phrases."""
        return {number for number in numbers if self.is_stock(number)}

    def kin(self, post: int) -> list[int]:
        """Return the members of a post's present family, itself included; none when it has no family."""
        query = "SELECT id FROM posts WHERE family = (SELECT family FROM posts WHERE id = ?)"
        return [row["id"] for row in self.connection.execute(query, (post,))]

    def neighbours(self, post: int) -> list[int]:
        """Return the posts that carry the same text."""
        own = self.fingerprints(post)
        stock = self.stock(own)
        shared = Counter(other for number in own if number not in stock for other in self.holders(number))
        del shared[post]
        likely = [other for other, count in shared.items() if count >= fingerprints.LEAST_SHARED]
        return [other for other in likely if self.are_neighbours(post, other, stock)]

    def are_neighbours(self, post: int, other: int, stock: set[int]) -> bool:
        """Say whether two posts carry the same text; `stock` are the stock phrases of the first."""
        theirs = self.fingerprints(other)
        siblings = self.partner(post) == self.partner(other)
        return fingerprints.are_same_text(
            self.fingerprints(post), theirs, stock | self.stock(theirs), siblings=siblings
        )

    def connected(self, post: int) -> set[int]:
        """Return a post and all that neighbours connect with it."""
        found, edge = {post}, [post]
        while edge:
            fresh = set(self.neighbours(edge.pop())) - found
            found |= fresh
            edge.extend(fresh)
        return found


def regroup(index: Index, posts: Iterable[int]) -> None:
    """Make the families of these posts anew, and of those that were or are in one family with them."""
    waiting, seen, old = list(posts), set[int](), set[int]()
    while waiting:
        post = waiting.pop()
        if post in seen:
            continue
        group = index.connected(post)
        seen |= group
        for member in group:
            waiting.extend(index.kin(member))
        old |= name_family(index.connection, group)
    drop_empty(index.connection, old)


def name_family(connection: sqlite3.Connection, group: set[int]) -> set[int]:
    """Write that these posts are a family, or that a single one is in none; return the families they were in."""
    rows = connection.execute(ORIGIN_FIRST, (json.dumps([*group]),)).fetchall()
    old = {row["family"] for row in rows}
    family = rows[0]["id"] if len(rows) > 1 else None
    if family is not None:
        connection.execute(
            "INSERT INTO families (id, origin, size) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET size = excluded.size",
            (family, family, len(rows)),
        )
    if old != {family}:
        connection.executemany("UPDATE posts SET family = ? WHERE id = ?", [(family, row["id"]) for row in rows])
        tallies.bump(connection, "version")
    return {one for one in old if one is not None and one != family}


def name_origin(connection: sqlite3.Connection, post: int) -> None:
    """Name the origin of a post's family anew after a date may have changed."""
    kin = Index(connection).kin(post)
    if kin:
        drop_empty(connection, name_family(connection, set(kin)))


def drop_empty(connection: sqlite3.Connection, families: Iterable[int]) -> None:
    """Delete those of the families that no post is in any more."""
    connection.executemany(
        "DELETE FROM families WHERE id = ? AND NOT EXISTS (SELECT 1 FROM posts WHERE family = families.id)",
        [(family,) for family in families],
    )


def fill(connection: sqlite3.Connection) -> None:
    """Make fingerprints and families of the posts whose whole text the database holds, a thousand in a second."""
    whole = """
        SELECT p.id, b.text FROM posts p JOIN bodies b ON b.post = p.id JOIN partners r ON r.slug = p.partner
        WHERE r.rights = 'full' AND b.text IS NOT NULL"""
    for row in connection.execute(whole):
        keep(connection, row["id"], text.fold(row["text"]), "full")
    gather_in(connection)
