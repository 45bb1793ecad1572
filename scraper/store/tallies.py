"""Tables derived from posts that search and charts count from, kept in step by the one writer.

`search_rows` is a post as search counts it, thin enough to read a million; `facet_groups` names each combination of
partner, kind, language, flags and terms once; `month_counts` and `term_months` are the charts. Nothing in them is new:
`rebuild` makes all four again, `disagreements` says where they differ from the posts.
"""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

TABLE_NAMES = ("search_rows", "facet_groups", "month_counts", "term_months", "site_state")

HAS_EVENT, CHANGED, GONE, UNDATED = 1, 2, 4, 8
COARSE = "coarse"  # dated, but not to one month
NO_DATE = "undated"

LAST_OF_ALL = -(10**15)  # `at` of an undated post

# The last two indexes are for counting: SQLite counts rows in the smallest tree, and without them reads every text.
# Days are numbers YYYYMMDD, instants seconds since 1970; NULL is unknown. `at` orders newest first: the instant of
# publication, else the first day it can mean. `grp` is the facet group.
TABLES = """
CREATE TABLE facet_groups (
    id INTEGER PRIMARY KEY, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, kind TEXT NOT NULL,
    language TEXT NOT NULL, flags INTEGER NOT NULL, terms TEXT NOT NULL, posts INTEGER NOT NULL,
    UNIQUE (partner, kind, language, flags, terms));

CREATE TABLE search_rows (
    post INTEGER PRIMARY KEY, grp INTEGER NOT NULL REFERENCES facet_groups(id), at INTEGER NOT NULL,
    first INTEGER, last INTEGER, seen INTEGER NOT NULL);

CREATE INDEX search_rows_newest ON search_rows (at, post, grp, first, last, seen);

CREATE INDEX search_rows_group ON search_rows (grp, at, post, first, last, seen);

CREATE INDEX search_rows_first ON search_rows (first, last, grp, seen);

CREATE INDEX search_rows_coarse ON search_rows (last, first, grp, seen) WHERE last > first;

CREATE TABLE month_counts (
    month TEXT NOT NULL, partner TEXT NOT NULL REFERENCES partners(slug) ON UPDATE CASCADE, kind TEXT NOT NULL,
    posts INTEGER NOT NULL, PRIMARY KEY (month, partner, kind)) WITHOUT ROWID;

CREATE TABLE term_months (
    term TEXT NOT NULL, month TEXT NOT NULL, posts INTEGER NOT NULL, PRIMARY KEY (term, month)) WITHOUT ROWID;

CREATE TABLE site_state (key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;

CREATE TRIGGER partners_renamed AFTER UPDATE OF slug ON partners BEGIN
    INSERT INTO site_state VALUES ('generation', 1) ON CONFLICT (key) DO UPDATE SET value = value + 1; END;

CREATE INDEX posts_first_seen ON posts (first_seen_at);

CREATE INDEX events_long ON events (latest_on, earliest_on) WHERE latest_on > earliest_on;

CREATE INDEX events_days ON events (earliest_on, start_on, partner);

CREATE INDEX revisions_changed ON revisions (captured_at) WHERE number > 1;

CREATE INDEX fetches_outcome ON fetches (outcome, at);

CREATE INDEX coverage_day ON coverage (day, partner, state);

CREATE INDEX bodies_post ON bodies (post);

CREATE INDEX share_metadata_post ON share_metadata (post)
"""

TERMS_OF_POST = """
WITH RECURSIVE up(id) AS (
    SELECT c.term FROM post_categories pc JOIN categories c ON c.id = pc.category
    WHERE pc.post = p.id AND c.term IS NOT NULL
    UNION SELECT t.parent FROM terms t JOIN up ON t.id = up.id WHERE t.parent IS NOT NULL)
SELECT group_concat(id, ' ') FROM (SELECT id FROM up ORDER BY id)
"""

READING = f"""
SELECT p.partner, p.kind, coalesce(p.language, ''),
    (EXISTS (SELECT 1 FROM events e WHERE e.post = p.id)) * {HAS_EVENT} + (p.revision > 1) * {CHANGED}
    + (p.gone_at IS NOT NULL) * {GONE} + (p.earliest_on IS NULL) * {UNDATED},
    coalesce(({TERMS_OF_POST}), ''),
    coalesce(CAST(strftime('%s', coalesce(p.published_at, p.earliest_on)) AS INTEGER), {LAST_OF_ALL}),
    CAST(replace(p.earliest_on, '-', '') AS INTEGER), CAST(replace(p.latest_on, '-', '') AS INTEGER),
    coalesce(CAST(strftime('%s', p.first_seen_at) AS INTEGER), 0), p.id
FROM posts p
"""

STORED = """
SELECT g.partner, g.kind, g.language, g.flags, g.terms, s.at, s.first, s.last, s.seen, s.post
FROM search_rows s JOIN facet_groups g ON g.id = s.grp
"""


class SearchRow(NamedTuple):
    """A post as search counts it."""

    partner: str
    kind: str
    language: str
    flags: int
    terms: str  # term ids with their ancestors, sorted, between blanks
    at: int
    first: int | None
    last: int | None
    seen: int
    post: int

    @property
    def month(self) -> str:
        """YYYY-MM, or why the post is in no month."""
        if self.first is None or self.last is None:
            return NO_DATE
        if self.first // 100 != self.last // 100:
            return COARSE
        return f"{self.first // 10000:04d}-{self.first // 100 % 100:02d}"


def refresh(connection: sqlite3.Connection, post: int) -> None:
    """Bring the derived rows of one post in step with its tables, or take them away when the post has gone.

    Call it last, inside the transaction that wrote or deleted the post, its categories, events or `gone_at`.
    """
    before = read(connection, STORED + " WHERE s.post = ?", post)
    after = read(connection, READING + " WHERE p.id = ?", post)
    if before == after:
        return
    if before:
        forget(connection, before)
    if after:
        remember(connection, after)
    bump(connection, "version")


def read(connection: sqlite3.Connection, sql: str, post: int) -> SearchRow | None:
    """Return the one row that `sql` finds for a post."""
    row = connection.execute(sql, (post,)).fetchone()
    return SearchRow(*row) if row else None


def remember(connection: sqlite3.Connection, row: SearchRow) -> None:
    """Count a post in every derived table."""
    group = connection.execute(
        "INSERT INTO facet_groups (partner, kind, language, flags, terms, posts) VALUES (?, ?, ?, ?, ?, 1)"
        " ON CONFLICT (partner, kind, language, flags, terms) DO UPDATE SET posts = posts + 1 RETURNING id",
        row[:5],
    ).fetchone()[0]
    connection.execute(
        "INSERT OR REPLACE INTO search_rows (post, grp, at, first, last, seen) VALUES (?, ?, ?, ?, ?, ?)",
        (row.post, group, row.at, row.first, row.last, row.seen),
    )
    count(connection, row, 1)


def forget(connection: sqlite3.Connection, row: SearchRow) -> None:
    """Take a post out of every derived table."""
    connection.execute("DELETE FROM search_rows WHERE post = ?", (row.post,))
    connection.execute(
        "UPDATE facet_groups SET posts = posts - 1"
        " WHERE partner = ? AND kind = ? AND language = ? AND flags = ? AND terms = ?",
        row[:5],
    )
    count(connection, row, -1)


def count(connection: sqlite3.Connection, row: SearchRow, change: int) -> None:
    """Add `change` to the post's month and to the months of its terms."""
    connection.execute(
        "INSERT INTO month_counts VALUES (?, ?, ?, ?)"
        " ON CONFLICT (month, partner, kind) DO UPDATE SET posts = posts + excluded.posts",
        (row.month, row.partner, row.kind, change),
    )
    connection.executemany(
        "INSERT INTO term_months VALUES (?, ?, ?)"
        " ON CONFLICT (term, month) DO UPDATE SET posts = posts + excluded.posts",
        [(term, row.month, change) for term in row.terms.split()],
    )


def bump(connection: sqlite3.Connection, key: str) -> None:
    """Raise a counter of `site_state`: `version` at every change, `generation` when group ids mean something else."""
    connection.execute("INSERT INTO site_state VALUES (?, 1) ON CONFLICT (key) DO UPDATE SET value = value + 1", (key,))


def refresh_category(connection: sqlite3.Connection, category: int) -> None:
    """Bring the posts of a category in step after its term changed."""
    for (post,) in connection.execute("SELECT post FROM post_categories WHERE category = ?", (category,)).fetchall():
        refresh(connection, post)


def rebuild(connection: sqlite3.Connection) -> None:
    """Make every derived table again, inside the caller's transaction (about 60 s for a million posts)."""
    for table in ("search_rows", "facet_groups", "month_counts", "term_months"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute("DROP TABLE IF EXISTS temp.reading")
    connection.execute("CREATE TEMP TABLE reading (partner, kind, language, flags, terms, at, first, last, seen, post)")
    connection.execute(f"INSERT INTO temp.reading {READING} ORDER BY p.id")
    for statement in FILL.split(";\n"):
        connection.execute(statement)
    connection.execute("DROP TABLE temp.reading")
    bump(connection, "version")
    bump(connection, "generation")


MONTH = f"""CASE WHEN r.first IS NULL OR r.last IS NULL THEN '{NO_DATE}'
    WHEN r.first / 100 <> r.last / 100 THEN '{COARSE}'
    ELSE printf('%04d-%02d', r.first / 10000, r.first / 100 % 100) END"""

FILL = f"""
INSERT INTO facet_groups (partner, kind, language, flags, terms, posts)
    SELECT partner, kind, language, flags, terms, count(*) FROM temp.reading GROUP BY 1, 2, 3, 4, 5;
INSERT INTO search_rows (post, grp, at, first, last, seen)
    SELECT r.post, g.id, r.at, r.first, r.last, r.seen FROM temp.reading r JOIN facet_groups g
    USING (partner, kind, language, flags, terms);
INSERT INTO month_counts SELECT {MONTH}, r.partner, r.kind, count(*) FROM temp.reading r GROUP BY 1, 2, 3;
INSERT INTO term_months SELECT term.value, {MONTH}, count(*)
    FROM temp.reading r, json_each('["' || replace(r.terms, ' ', '","') || '"]') term
    WHERE r.terms <> '' GROUP BY 1, 2
"""


def disagreements(connection: sqlite3.Connection) -> list[str]:
    """Say in a line each where the derived tables differ from the posts; empty when all is well."""
    found = []
    missing = connection.execute(f"SELECT count(*) FROM ({READING} EXCEPT {STORED})").fetchone()[0]
    if missing:
        found.append(f"{missing} posts are counted wrongly in search")
    extra = connection.execute(
        "SELECT count(*) FROM search_rows WHERE NOT EXISTS (SELECT 1 FROM posts WHERE id = post)"
    ).fetchone()[0]
    if extra:
        found.append(f"{extra} posts are counted in search and are not in the archive")
    found.extend(message for sql, message in SUMS if connection.execute(sql).fetchone()[0])
    return found


SUMS = (
    (
        "SELECT EXISTS (SELECT 1 FROM facet_groups g"
        " WHERE posts <> (SELECT count(*) FROM search_rows WHERE grp = g.id))",
        "facet counts differ from the posts",
    ),
    (
        "SELECT (SELECT coalesce(sum(posts), 0) FROM month_counts) <> (SELECT count(*) FROM posts)",
        "counts by month differ from the posts",
    ),
)
