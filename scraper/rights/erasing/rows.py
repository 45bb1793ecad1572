"""What rows of others still say of an erased post: read anew from the cut captures, the rest blanked."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from scraper import ingest, replay
from scraper.models import Partner
from scraper.store.archive import Archive

from .words import Pattern, holds

KEPT = ("removals", "removed_addresses", "terms")  # tombstones, and what nobody's page says


def reread(archive: Archive, captures: Collection[int], known: Partner) -> None:
    """Write again what the cut captures say by now, of every post that stands on one of them."""
    partners = {known.slug: known}
    for capture in captures:
        for row in archive.query(
            "SELECT * FROM posts WHERE id IN (SELECT id FROM posts WHERE capture = ?"
            " UNION SELECT post FROM revisions WHERE capture = ?)",
            [capture, capture],
        ):
            slug = row["partner"]
            partner = partners.get(slug) or replay.known_partner(archive.captures, slug)
            post = ingest.reread(archive, row, partner, capture) if partner else None
            if partner is not None and post is not None:
                with archive.transaction() as connection:
                    ingest.rewrite(connection, row, capture, post, partner)


def blank(archive: Archive, needle: Pattern | None) -> None:
    """Blank what is left of the post's words in any column of any table."""
    if needle is None:
        return
    pattern = needle

    def cleaned(words: str) -> str:
        return pattern.sub(b"", words.encode("utf-8", "replace")).decode("utf-8", "replace")

    def is_named(words: str) -> int:
        return holds(pattern, words.encode("utf-8", "replace"))

    connection = archive.connection
    connection.create_function("erased_cleaned", 1, cleaned, deterministic=True)
    connection.create_function("erased_named", 1, is_named, deterministic=True)
    with archive.transaction() as writer:
        for table, column in texts(archive):
            writer.execute(
                f"UPDATE OR IGNORE {table} SET {column} = erased_cleaned({column})"  # noqa: S608 - names of the schema
                f" WHERE typeof({column}) = 'text' AND erased_named({column})"
            )


def texts(archive: Archive) -> Iterator[tuple[str, str]]:
    """Yield each table and column that holds words; the search index is made anew and not named."""
    tables = archive.query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%\\_fts%'"
        " ESCAPE '\\'"
    )
    for table in tables:
        if table["name"] not in KEPT:
            for column in archive.query(f"PRAGMA table_info({table['name']})"):
                if column["type"].upper() == "TEXT":
                    yield table["name"], column["name"]
