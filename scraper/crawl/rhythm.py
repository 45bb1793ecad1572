"""When a source is due again, how many old posts are fetched a day, whether a sitemap's lastmod tells the truth."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping
from datetime import datetime, timedelta

from scraper.models import Partner
from scraper.store.archive import Row, instant, parse_instant

START_HOURS = 6
SAME_HOUR = 0.8  # of all lastmods in the hour of the newest: the time of a build
ENOUGH_LASTMODS = 5
DOUBTFUL_HOURS = 24.0
VANISHED = 3  # failures in a row, after which a source is taken for gone


def is_due(row: Row, moment: datetime) -> bool:
    """Say whether a source's time has come; one that was checked in the future has: the clock was set back."""
    if row["due_at"] is None or parse_instant(row["due_at"]) <= moment:
        return True
    return bool(row["last_checked_at"]) and parse_instant(row["last_checked_at"]) > moment + timedelta(hours=1)


FROZEN = "frozen: "


def freeze(connection: sqlite3.Connection, source: int, reason: str, *, at: datetime, until: datetime) -> None:
    """Leave a source alone that froze or bloated the process that read it."""
    connection.execute(
        "UPDATE sources SET status = ?, last_checked_at = ?, due_at = ?, failures = failures + 1 WHERE id = ?",
        [f"{FROZEN}{reason}"[:200], instant(at), instant(until), source],
    )


def is_frozen(row: Row, moment: datetime) -> bool:
    """Say whether a source is left alone because it ended a process."""
    return str(row["status"]).startswith(FROZEN) and not is_due(row, moment)


def note_page(
    connection: sqlite3.Connection,
    partner: Partner,
    row: Row,
    headers: Mapping[str, str],
    word: str,
    *,
    at: str,
    news: bool = False,
    closed: bool = False,
    reason: str | None = None,
) -> None:
    """Write what became of a request to a source: its validators, its health, and when it is due again.

    `row` is the source as it stood when this visit began; `news` says that it listed something new or changed, `closed`
    that it is gone for good (410), which needs no second word.
    """
    good = word in ("read", "not-modified")
    status = ("read" if good else f"{word}: {reason or ''}".strip(": "))[:200]
    failures = 0 if good else int(row["failures"]) + (VANISHED if closed else 1)
    doubtful = 0 < failures < VANISHED
    connection.execute(
        "UPDATE sources SET status = ?, last_checked_at = ?, failures = ?, due_at = ?,"
        " etag = coalesce(?, etag), last_modified = coalesce(?, last_modified) WHERE id = ?",
        [
            status,
            at,
            failures,
            due_after(row, at, partner, news=news and good, doubtful=doubtful),
            headers.get("etag"),
            headers.get("last-modified"),
            row["id"],
        ],
    )


def due_after(row: Row, at: str, partner: Partner, *, news: bool, doubtful: bool = False) -> str:
    """Return when a source is due again: sooner after news, later in quiet and failure, as the registry bounds it.

    A `doubtful` one has failed, and may be gone: that is to be known within days, whatever its rhythm.
    """
    hours = float(START_HOURS)
    if row["last_checked_at"] and row["due_at"]:
        last = parse_instant(row["due_at"]) - parse_instant(row["last_checked_at"])
        hours = last.total_seconds() / 3600
    hours = hours / 1.5 if news else hours * 1.5
    if doubtful:
        hours = min(hours, DOUBTFUL_HOURS)
    bounded = min(partner.most_hours, max(partner.least_hours, hours))
    return instant(parse_instant(at) + timedelta(hours=bounded))


def judge_lastmod(connection: sqlite3.Connection, source: int) -> None:
    """Note whether the lastmod of a sitemap can be true: one value for all, or the hour of the build, says nothing."""
    row = connection.execute(
        "SELECT lastmod_trust, count(lastmod) AS number, count(DISTINCT lastmod) AS distinct_values,"
        " max(substr(lastmod, 1, 13)) AS newest, sum(substr(lastmod, 1, 13) = (SELECT max(substr(lastmod, 1, 13))"
        " FROM source_claims WHERE source = ?)) AS in_newest_hour"
        " FROM sources LEFT JOIN source_claims ON source_claims.source = sources.id WHERE sources.id = ?",
        [source, source],
    ).fetchone()
    if not row["number"] or row["lastmod_trust"] == "worthless":
        return
    same = row["distinct_values"] == 1 or row["in_newest_hour"] > SAME_HOUR * row["number"]
    trust = "worthless" if same and row["number"] >= ENOUGH_LASTMODS else "plausible"
    connection.execute("UPDATE sources SET lastmod_trust = ? WHERE id = ?", [trust, source])


def deep_share(connection: sqlite3.Connection, partner: str, now: str, *, days: int) -> int:
    """Return how many old posts are fetched again now, so that each is reached within `days`.

    The visits of one day (UTC) share it: what was fetched again today, or is due, is taken off.
    """
    posts, done = connection.execute(
        "SELECT count(*), coalesce(sum(first_seen_at < :today AND (fetched_at >= :today OR due_at <= :now)), 0)"
        " FROM candidates WHERE partner = :partner AND state = 'post'",
        {"partner": partner, "today": now[:10], "now": now},
    ).fetchone()
    return max(0, math.ceil(int(posts) / days) - int(done))
