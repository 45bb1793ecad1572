"""What was asked and what came of it: crawls, captures, fetches, and the coverage that follows from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping

from scraper.capture import Stored

from .archive import Archive, instant, parse_instant
from .journal import Journal

# Outcomes of a fetch that say that a page was read as a post, or is one still.
READ = ("new", "changed", "unchanged", "not-modified", "moved", "duplicate")
ASIDE = ("soft-404", "tdm")  # kinds of requests about a host; being refused them keeps nobody out
LEAST_FAILED = 3  # pages that failed, all that were asked for, before a partner whose sources were read is called blind
# The fetches of a day, and those of sources by the visits that went on into it.
OF_DAY = """
id IN (SELECT id FROM fetches WHERE partner = :partner AND at >= :day AND at < date(:day, '+1 day')
    UNION SELECT id FROM fetches WHERE partner = :partner AND kind = 'source' AND crawl IN
        (SELECT crawl FROM fetches WHERE partner = :partner AND at >= :day AND at < date(:day, '+1 day')))
"""
# Outcomes that mean the partner or its host keeps us out.
KEPT_OUT = ("forbidden", "blocked", "rate-limited", "robots-unreachable")


def begin_crawl(archive: Archive, partners: str, *, now: str) -> int:
    """Open a row in `crawls` and return its id."""
    with archive.transaction() as connection:
        row = connection.execute("INSERT INTO crawls (started_at, partners) VALUES (?, ?)", [now, partners])
        number = int(row.lastrowid or 0)
    Journal(captures=archive.captures).append("crawl", id=number, started_at=now, partners=partners)
    return number


def end_crawl(archive: Archive, crawl: int, outcome: str, *, now: str) -> None:
    """Close a crawl with its outcome."""
    with archive.transaction() as connection:
        connection.execute("UPDATE crawls SET finished_at = ?, outcome = ? WHERE id = ?", [now, outcome, crawl])
    Journal(captures=archive.captures).append("crawl-end", id=crawl, finished_at=now, outcome=outcome)


def save_capture(connection: sqlite3.Connection, partner: str, stored: Stored, kind: str) -> int:
    """Write the row of a capture whose record is already on the disk; the same record twice is one row."""
    connection.execute(
        "INSERT INTO captures (partner, url, fetched_at, status, digest, warc, offset, length, kind)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (warc, offset) DO NOTHING",
        [
            partner,
            stored.url,
            instant(stored.fetched_at),
            stored.status,
            stored.digest,
            stored.warc,
            stored.offset,
            stored.length,
            kind,
        ],
    )
    row = connection.execute(
        "SELECT id FROM captures WHERE warc = ? AND offset = ?", [stored.warc, stored.offset]
    ).fetchone()
    return int(row["id"])


def last_capture(archive: Archive, post: int | None) -> Stored | None:
    """Return the capture that a 304 of a post's address would repeat; None when there is none to repeat."""
    found = archive.first(
        "SELECT captures.* FROM posts JOIN captures ON captures.id = posts.capture WHERE posts.id = ?", [post]
    )
    if found is None:
        return None
    return Stored(
        url=found["url"],
        fetched_at=parse_instant(found["fetched_at"]),
        status=found["status"],
        digest=found["digest"],
        warc=found["warc"],
        offset=found["offset"],
        length=found["length"],
    )


def save_fetch(
    connection: sqlite3.Connection,
    *,
    crawl: int | None,
    partner: str,
    url: str,
    kind: str,
    at: str,
    outcome: str,
    status: int | None = None,
    size: int | None = None,
    links: int | None = None,
    capture: int | None = None,
    detail: str | None = None,
) -> None:
    """Write one request into the ledger, also a failed one."""
    connection.execute(
        "INSERT INTO fetches (crawl, partner, url, kind, at, status, outcome, bytes, links, capture, detail)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [crawl, partner, url, kind, at, status, outcome, size, links, capture, detail[:500] if detail else None],
    )


def update_coverage(
    connection: sqlite3.Connection, partner: str, today: str, *, emptied: str | None = None
) -> tuple[str, str | None]:
    """Derive the partner-days (UTC) of the ledger from their fetches; return today's state and the reason for it.

    A visit may begin on one day and end on the next, or be killed before it wrote its line: all days are derived that
    were fetched on since the last line. `emptied` says which source lists nothing any more: a day that saw no more than
    that is no quiet one.
    """
    found = connection.execute(
        "SELECT DISTINCT substr(at, 1, 10) FROM fetches WHERE partner = ? AND at < ?"
        " AND at >= (SELECT coalesce(max(day), '') FROM coverage WHERE partner = ?)",
        [partner, today, partner],
    ).fetchall()
    for (day,) in found:
        write_day(connection, partner, day)
    return write_day(connection, partner, today, emptied=emptied)


def write_day(
    connection: sqlite3.Connection, partner: str, day: str, *, emptied: str | None = None
) -> tuple[str, str | None]:
    """Write one line of the ledger; what a visit read of the sources before midnight holds for its pages after."""
    counts = count_fetches(connection, partner, OF_DAY, {"day": day})
    state, reason = judge(counts, held_of(connection, partner))
    if emptied and state == "quiet":
        state, reason = "blind", emptied
    connection.execute(
        "INSERT OR REPLACE INTO coverage (partner, day, state, reason, sources_checked, links_seen, fetched, new,"
        " changed, failed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            partner,
            day,
            state,
            reason,
            counts["sources_checked"],
            counts["links_seen"],
            counts["fetched"],
            counts["new"],
            counts["changed"],
            counts["failed"],
        ],
    )
    return state, reason


def judge_crawl(connection: sqlite3.Connection, partner: str, crawl: int | None) -> tuple[str, str | None]:
    """Return the state and reason of one visit by itself: an earlier one of its day may have seen what it did not.

    A visit that had no source to ask is no hole.
    """
    counts = count_fetches(connection, partner, "crawl IS :crawl", {"crawl": crawl})
    return judge(counts, held_of(connection, partner)) if counts["sources_asked"] else ("quiet", None)


def held_of(connection: sqlite3.Connection, partner: str) -> frozenset[str]:
    """Return what the archive holds of a partner: posts, events of its calendars."""
    found = connection.execute(
        "SELECT 'posts' WHERE EXISTS (SELECT 1 FROM posts WHERE partner = :partner)"
        " UNION ALL SELECT 'events' WHERE EXISTS"
        " (SELECT 1 FROM sources AS s JOIN events AS e ON e.source = s.id WHERE s.partner = :partner)",
        {"partner": partner},
    )
    return frozenset(row[0] for row in found)


def count_fetches(
    connection: sqlite3.Connection, partner: str, which: str, values: Mapping[str, object]
) -> dict[str, int]:
    """Count the fetches of a partner that `which` selects, by what became of them."""
    row = connection.execute(
        "SELECT sum(kind = 'source' AND outcome IN ('read', 'not-modified')) AS sources_checked,"
        " sum(kind = 'source') AS sources_asked, coalesce(sum(links), 0) AS links_seen, sum(kind = 'page') AS fetched,"
        " sum(outcome = 'new') AS new, sum(outcome IN ('changed', 'gone', 'moved')) AS changed,"
        " sum(outcome IN ('failed', 'unreadable')) AS failed,"
        " sum(kind = 'page' AND outcome IN ('failed', 'unreadable')) AS pages_failed,"
        f" sum(kind = 'page' AND outcome IN {READ}) AS posts,"
        f" sum(outcome IN {KEPT_OUT} AND kind NOT IN {ASIDE}) AS kept_out,"
        f" sum(outcome = 'robots-unreachable' AND kind NOT IN {ASIDE}) AS without_robots"
        f" FROM fetches WHERE partner = :partner AND {which}",
        {"partner": partner, **values},
    ).fetchone()
    return {key: row[key] or 0 for key in row.keys()}  # noqa: SIM118 - a Row iterates over its values


def judge(counts: dict[str, int], held: frozenset[str]) -> tuple[str, str | None]:
    """Return the state of a partner-day and its reason: a hole is never taken for a quiet day."""
    if counts["new"] or counts["changed"]:
        return "checked", None
    if counts["kept_out"] and not counts["sources_checked"]:
        if counts["without_robots"] == counts["kept_out"]:
            return "blocked", "robots.txt cannot be had, the site may be down; without it nothing is asked"
        return "blocked", "the partner or its robots.txt kept us out"
    if not counts["sources_checked"]:
        asked = counts["sources_asked"]
        return "blind", f"none of {asked} sources could be read" if asked else "no source was asked"
    if counts["links_seen"] and not counts["posts"] and "posts" not in held:
        return "blind", f"{counts['links_seen']} links seen, none became a post"
    if counts["pages_failed"] == counts["fetched"] >= (LEAST_FAILED if held else 1):
        return "blind", f"all {counts['fetched']} pages failed"
    if not counts["links_seen"] and not held:  # a calendar need name no page
        return "blind", "the sources list nothing"
    return "quiet", None
