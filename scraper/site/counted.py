"""A database of Datasette at any path, that counts its tables without reading them, and filtered rows only so far."""

from __future__ import annotations

import re
import sqlite3
import time
from pathlib import Path
from typing import Any

from datasette.database import Database  # type: ignore[import-untyped]

from scraper.store.archive import connect_reader
from scraper.store.schema import PUBLIC_TABLES

KEEP_SECONDS = 5.0  # as long as a new post may take to be seen
KEEP_TIMES = 100  # as long as the count took: at most a hundredth of the time is spent on counting a table
COUNT = re.compile(r"select count\(\*\) from \[?(?P<table>\w+)\]? *(?P<where>where .+)?", re.DOTALL)


class CountedDatabase(Database):  # type: ignore[misc]
    """Counts only public tables, all of which have a small index, and keeps the counts a moment.

    Datasette counts every table for its list, and a count of a table without an index cannot be interrupted: it read
    the whole full-text index, 26 s at a million posts.
    """

    count_limit = 10_000  # of filtered rows; Datasette 1.0 stops there by itself, and says "more than"

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.kept: dict[str, tuple[int, float]] = {}  # a table's rows, and the moment until which that holds
        self.opened: list[sqlite3.Connection] = []

    def connect(self, write: bool = False) -> sqlite3.Connection:
        """Open the archive for reading, whatever is asked for.

        Datasette puts the path into an address as it stands, where `#` or `?` would end it: another file is opened.
        """
        connection = connect_reader(Path(self.path), any_thread=True)
        self.opened.append(connection)
        return connection

    def close(self) -> None:
        """Close every connection."""
        super().close()
        for connection in self.opened:
            connection.close()

    async def count_of(self, table: str) -> int:
        """Return the rows of a public table."""
        rows, until = self.kept.get(table, (0, 0.0))
        began = time.monotonic()
        if began > until:
            rows = await self.execute_fn(lambda connection: count_rows(connection, table))
            now = time.monotonic()
            self.kept[table] = (rows, now + max(KEEP_SECONDS, KEEP_TIMES * (now - began)))
        return rows

    async def table_counts(self, limit: int = 10) -> dict[str, int | None]:
        """Return rows by table; None for working tables."""
        tables = await self.table_names()
        return {table: await self.count_of(table) if table in PUBLIC_TABLES else None for table in tables}

    async def execute(self, sql: str, params: Any = None, truncate: bool = False, **more: Any) -> Any:
        """Run a query; the count that a table page makes of its rows is known already, or made to `count_limit`.

        A reader's own query is run with `truncate` and counts all that it asks for.
        """
        counting = None if truncate else COUNT.fullmatch(sql)
        if counting and counting["where"]:
            limited = sql.replace("count(*)", "1", 1)
            sql = f"select count(*) from ({limited} limit {self.count_limit + 1})"  # noqa: S608 -- Datasette's own
        elif counting and counting["table"] in PUBLIC_TABLES:
            sql, params = "select ?", [await self.count_of(counting["table"])]
        return await super().execute(sql, params, truncate=truncate, **more)


def count_rows(connection: sqlite3.Connection, table: str) -> int:
    """Return the rows of a public table."""
    if table in ("posts", "posts_fts"):  # every post is in one group and in the search index
        return int(connection.execute("SELECT total(posts) FROM facet_groups").fetchone()[0])
    return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 -- a name of the schema
