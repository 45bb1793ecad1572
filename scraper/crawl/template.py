"""Learn a partner's template when it has posts enough, learn it again when its pages have changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from scraper import extract, ingest
from scraper.capture import read_record
from scraper.errors import ArchiveError
from scraper.models import Capture, Partner
from scraper.store import recipes
from scraper.store.archive import Archive, Row, instant, now

SAMPLES = 10
LEAST_POSTS = 10
TRIED = "recipe tried "  # a note: how many posts there were when no template was found


def learn(archive: Archive, partner: Partner) -> bool:
    """Learn the partner's recipe if it is time to, and read the sampled posts again by it; say whether one stands."""
    if not (has_drifted(archive, partner) or is_due(archive, partner)):
        return False
    samples = read_samples(archive, partner)
    recipe = extract.learn([sample for _, sample in samples], partner)
    with archive.transaction() as connection:
        if recipe is None:
            note_failure(connection, archive, partner)
            return False
        recipes.save_recipe(
            connection,
            partner.slug,
            recipe.digest,
            recipe.to_json(),
            samples=recipe.samples,
            at=instant(now()),
        )
        read_again(archive, connection, partner, samples)
    return True


def has_drifted(archive: Archive, partner: Partner) -> bool:
    """Say whether the partner's pages have changed, so that its recipe misses."""
    return archive.first("SELECT 1 FROM alarms WHERE partner = ? AND kind = 'drift'", [partner.slug]) is not None


def read_samples(archive: Archive, partner: Partner) -> list[tuple[Row, extract.Sample]]:
    """Return the posts to learn from as the generic chain reads them."""
    newest = has_drifted(archive, partner)
    rows = recipes.sampled_posts(archive, partner.slug, number=SAMPLES, newest=newest)
    return [(row, sample) for row in rows if (sample := read_sample(archive, partner, row)) is not None]


def is_due(archive: Archive, partner: Partner) -> bool:
    """Say whether a partner without a recipe has gained posts enough, since the start or since none was found."""
    if recipes.active_recipe(archive, partner.slug) is not None:
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


def read_again(
    archive: Archive,
    connection: sqlite3.Connection,
    partner: Partner,
    samples: Sequence[tuple[Row, extract.Sample]],
) -> None:
    """Write the sampled posts as the recipe reads them; another reading is no revision."""
    for row, sample in samples:
        reading = ingest.read_page(archive, partner, sample.capture)
        ingest.ingest_page(archive, connection, partner, sample.capture, reading=reading)
        connection.execute("UPDATE posts SET last_seen_at = ? WHERE id = ?", [row["last_seen_at"], row["post"]])
