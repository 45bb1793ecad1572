"""What needs a person, seen from each partner's own history: silence, vanished sources, dates that are read no more."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise

from scraper.store import alarms, recipes
from scraper.store.archive import instant

from . import rhythm

HISTORY = timedelta(days=730)
LEAST_GAPS = 12  # fewer say nothing about a rhythm
FACTOR = 1.75  # of the longest gap in the history; a stop is raised before twice that gap
LEAST_SILENCE = timedelta(days=7)
RECENT = 10  # posts whose dates are compared with those before
UNDATED_BEFORE = 0.2
UNDATED_NOW = 0.6


@dataclass(frozen=True, kw_only=True, slots=True)
class Silence:
    """A partner that says nothing for longer than it ever did."""

    days: int
    longest: int  # the longest gap of its history, in days


def silence(days: Sequence[date], today: date) -> Silence | None:
    """Return the silence of a partner that published on `days`, None while it is within its own rhythm.

    The longest gap of the last two years is the measure: irregular partners have long ones (tests/crawl/test_watch.py
    simulates cadences over two years: at most one false alarm a year, a stop raised within twice the longest gap).
    """
    known = sorted({day for day in days if today - HISTORY <= day <= today})
    gaps = [(later - earlier).days for earlier, later in pairwise(known)]
    if len(gaps) < LEAST_GAPS:
        return None
    quiet = (today - known[-1]).days
    longest = max(gaps)
    if quiet <= longest * FACTOR or quiet <= LEAST_SILENCE.days:
        return None
    return Silence(days=quiet, longest=longest)


def raise_alarms(connection: sqlite3.Connection, partner: str, moment: datetime) -> None:
    """Raise the alarms that a partner's history calls for and lift those that are over."""
    at = instant(moment)
    alarms.set_alarms(connection, partner, "silence", find_silence(connection, partner, moment.date()), at=at)
    alarms.set_alarms(connection, partner, "vanished", find_vanished(connection, partner), at=at)
    alarms.set_alarms(connection, partner, "drift", recipes.find_drift(connection, partner), at=at)
    alarms.set_alarms(connection, partner, "undated", find_undated(connection, partner), at=at)


def find_silence(connection: sqlite3.Connection, partner: str, today: date) -> dict[str, str]:
    """Return the alarm of a partner that has fallen silent."""
    rows = connection.execute(
        "SELECT DISTINCT coalesce(published_on, date(first_seen_at)) AS day FROM posts WHERE partner = ?"
        " AND coalesce(published_on, date(first_seen_at)) >= ?",
        [partner, (today - HISTORY).isoformat()],
    )
    found = silence([date.fromisoformat(row["day"]) for row in rows], today)
    if found is None:
        return {}
    return {"": f"nothing new for {found.days} days; its longest gap in two years was {found.longest}"}


def find_vanished(connection: sqlite3.Connection, partner: str) -> dict[str, str]:
    """Return an alarm for each source that cannot be read any more."""
    rows = connection.execute(
        "SELECT url, status, failures FROM sources WHERE partner = ? AND failures >= ?", [partner, rhythm.VANISHED]
    )
    return {row["url"]: f"{row['url']} failed {row['failures']} times in a row ({row['status']})" for row in rows}


def find_undated(connection: sqlite3.Connection, partner: str) -> dict[str, str]:
    """Return the alarm of a partner whose posts were dated and are not any more: its pages have changed."""
    rows = connection.execute(
        "SELECT published_edtf IS NULL AS undated FROM posts WHERE partner = ?"
        " ORDER BY first_seen_at DESC, id LIMIT 200",
        [partner],
    ).fetchall()
    recent, before = rows[:RECENT], rows[RECENT:]
    if len(recent) < RECENT or len(before) < RECENT:
        return {}
    now_share = sum(row["undated"] for row in recent) / len(recent)
    then_share = sum(row["undated"] for row in before) / len(before)
    if now_share < UNDATED_NOW or then_share > UNDATED_BEFORE:
        return {}
    return {"": f"{now_share:.0%} of the last {RECENT} posts have no date, {then_share:.0%} of those before had none"}
