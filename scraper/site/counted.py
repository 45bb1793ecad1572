"""A database of Datasette that counts its tables without reading them."""

from __future__ import annotations

import sqlite3
import time

from datasette.database import Database  # type: ignore[import-untyped]

from scraper.store.schema import PUBLIC_TABLES

KEEP_SECONDS = 5.0  # as long as a new post may take to be seen


class CountedDatabase(Database):  # type: ignore[misc]
    """Counts only public tables, all of which have a small index.

    Datasette counts every table for its list, and a count of a table without an index cannot be interrupted: it read
    the whole full-text index, 26 s at a million posts.
    """

    kept: tuple[dict[str, int], float] = ({}, 0.0)  # counts, and the moment until which they hold

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Return rows by table; None for working tables."""
        counts, until = self.kept
        if time.monotonic() > until:
            counts = await self.execute_fn(count_public)
            self.kept = (counts, time.monotonic() + KEEP_SECONDS)
        return {table: counts.get(table) for table in await self.table_names()}


def count_public(connection: sqlite3.Connection) -> dict[str, int]:
    """Return rows by public table."""
    counted = {table: "posts_fts_docsize" if table == "posts_fts" else table for table in PUBLIC_TABLES}
    return {
        table: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608 -- names of the schema
        for table, name in counted.items()
    }
