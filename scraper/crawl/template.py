"""Learn a partner's template when it has posts enough, learn it again when its pages have changed."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from scraper import extract, ingest
from scraper.capture import read_record
from scraper.errors import ArchiveError
from scraper.models import Capture, Partner
from scraper.store import recipes
from scraper.store.archive import Archive, Row, instant, now

SAMPLES = 10
LEAST_POSTS = 10
MOST_AGAIN = 200  # posts that are read again when a recipe stands; `archive reextract` reads what is left
TRIED = "recipe tried "  # a note: how many posts there were when no template was found


def learn(archive: Archive, partner: Partner, *, since: str) -> bool:
    """Learn the partner's recipe if it is time to; say whether one stands.

    The posts it was learned from, and others that only the generic chain has read, are then read again by it. A recipe
    that this visit, begun at `since`, has learned and that misses already knew too few kinds of posts: it is learned
    again. An older one that misses raises the alarm first, so that a person hears of it, and is learned anew next time.
    """
    drifted = recipes.has_alarm(archive, partner.slug)
    hasty = not drifted and recipes.misses_since(archive, partner.slug, since)
    if not is_due(archive, partner, needed=drifted or hasty):
        return False
    rows = recipes.sampled_posts(archive, partner.slug, number=SAMPLES, newest=drifted)
    samples = [sample for row in rows if (sample := read_sample(archive, partner, row)) is not None]
    recipe = extract.learn(samples, partner)
    with archive.transaction() as connection:
        if recipe is None:
            note_failure(connection, archive, partner)
            return False
        text, count = recipe.to_json(), recipe.samples
        recipes.save_recipe(connection, partner.slug, recipe.digest, text, samples=count, at=instant(now()))
    for row in {
        row["post"]: row for row in (*rows, *recipes.generic_posts(archive, partner.slug, limit=MOST_AGAIN))
    }.values():
        read_again(archive, partner, row)
    return True


def is_due(archive: Archive, partner: Partner, *, needed: bool) -> bool:
    """Say whether a partner needs a recipe and has gained posts enough, since the start or since none was found."""
    if not needed and recipes.active_recipe(archive, partner.slug) is not None:
        return False
    tried = archive.first("SELECT value FROM notes WHERE key = ?", [TRIED + partner.slug])
    return recipes.count_posts(archive, partner.slug) >= LEAST_POSTS + (int(tried["value"]) if tried else 0)


def note_failure(connection: sqlite3.Connection, archive: Archive, partner: Partner) -> None:
    """Remember that no template was found, so that it is looked for again only when there are more posts."""
    number = recipes.count_posts(archive, partner.slug)
    connection.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", [TRIED + partner.slug, str(number)])


def read_sample(archive: Archive, partner: Partner, row: Row) -> extract.Sample | None:
    """Return a post as the generic chain reads it from its last capture; None when it cannot be read any more."""
    try:
        capture = stored(archive, row)
        return extract.sample(capture, partner, ingest.claims_for(archive, partner, capture))
    except (ArchiveError, ValueError):
        return None


def stored(archive: Archive, row: Row) -> Capture:
    """Return the last capture of a post; raises ConfigError when it is not whole."""
    record = read_record(archive.captures / row["warc"], row["offset"], row["length"])
    return replace(record.capture, id=row["id"], requested_url=row["asked"])


def read_again(archive: Archive, partner: Partner, row: Row) -> None:
    """Write a post as the recipe reads it from its last capture; another reading is no revision."""
    try:
        capture = stored(archive, row)
    except (ArchiveError, ValueError):
        return
    reading = ingest.read_page(archive, partner, capture)
    foreseen = ingest.foresee(archive, partner, capture, reading)
    with archive.transaction() as connection:
        ingest.ingest_page(archive, connection, partner, capture, reading=reading, foreseen=foreseen)
        connection.execute("UPDATE posts SET last_seen_at = ? WHERE id = ?", [row["last_seen_at"], row["post"]])
