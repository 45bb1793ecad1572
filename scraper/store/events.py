"""Write events: those of a post with it, those of a calendar by themselves."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from scraper.models import Event, Post, Public
from scraper.normalise import text

from . import date_claims, ids
from .allowed import allowed_evidence, allowed_text
from .archive import instant, row_of

EVENT_COLUMNS = (
    "title starts_at ends_at start_on end_on when_edtf precision earliest_on latest_on timezone all_day venue address"
    " organiser status url found_in evidence certain uid"
).split()
EVENT_ROW = row_of("events", ["id", "post", "source", "partner", "first_seen_at", "last_seen_at", *EVENT_COLUMNS])
EVENT_AGAIN = ", ".join(f"{name} = excluded.{name}" for name in ["last_seen_at", *EVENT_COLUMNS])


def save_events(connection: sqlite3.Connection, post_id: int, post: Post, public: Public, *, now: str) -> None:
    """Write the events of a post; one seen before keeps its id."""
    shown = allowed_text(post.raw.text, public) if post.events else None
    for event_id, event in zip(event_ids(post_id, post), post.events, strict=True):
        save_event(connection, event_id, post.partner, event, now=now, post=post_id, public=public, shown=shown)


def event_ids(post_id: int, post: Post) -> list[int]:
    """Return the ids of a post's events, in their order."""
    return [ids.event_id(post.partner, str(post_id), key) for key in event_keys(post.events)]


def event_keys(events: Iterable[Event]) -> list[str]:
    """Return what tells the events of one post apart: its only structured event is 'main', others go by title."""
    keys: list[str] = []
    for event in events:
        base = "main" if event.found_in != "prose" and "main" not in keys else text.fold(event.title)
        key, number = base, 2
        while key in keys:
            key, number = f"{base}#{number}", number + 1
        keys.append(key)
    return keys


def save_event(
    connection: sqlite3.Connection,
    event_id: int,
    partner: str,
    event: Event,
    *,
    now: str,
    post: int | None = None,
    source: int | None = None,
    public: Public = "full",
    shown: str | None = None,
) -> None:
    """Write one event; one seen before keeps its id and the day it was first seen.

    `shown` is what may be shown of its post's text; None for an event of a calendar.
    """
    kept = replace(event, evidence=allowed_evidence(event.evidence, event.found_in, shown, public))
    values = [column(getattr(kept, name)) for name in EVENT_COLUMNS]
    connection.execute(
        f"INSERT INTO {EVENT_ROW} ON CONFLICT (id) DO UPDATE SET {EVENT_AGAIN}, gone_at = NULL",
        [event_id, post, source, partner, now, now, *values],
    )
    if post is not None:
        date_claims.save_of_event(connection, event_id, kept, public)


def withdraw_events(
    connection: sqlite3.Connection, source: int, listed: Sequence[int], *, until: date, now: str
) -> None:
    """Mark what a calendar does not list any more as gone: events to come, of days before `until` (its last)."""
    connection.execute(
        "UPDATE events SET gone_at = ? WHERE source = ? AND gone_at IS NULL AND earliest_on > ? AND earliest_on < ?"
        " AND id NOT IN (SELECT value FROM json_each(?))",
        [now, source, now[:10], until.isoformat(), json.dumps(listed)],
    )


def column(value: object) -> object:
    """Return a value as SQLite keeps it."""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
