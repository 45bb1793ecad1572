"""Whole posts as Parquet, written by DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .about import About
from .export import COLUMNS, Record, json_lines
from .records import BATCH

TYPES = {
    **dict.fromkeys(COLUMNS, "VARCHAR"),
    "id": "BIGINT",
    "revision": "INTEGER",
    "words": "INTEGER",
    **dict.fromkeys(("categories", "tags", "fetched_urls", "authors"), "VARCHAR[]"),
    "share_links": "MAP(VARCHAR, VARCHAR)",
}
LONGEST = f"maximum_object_size = {64 * 1024 * 1024}"  # bytes of a line; a page is read up to 8 MB
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


def write(found: Iterable[Record], path: Path, about: About) -> None:
    """Write whole posts to `path`; the search, its count and the data's date are the file's own metadata."""
    import duckdb

    columns = ", ".join(f"{name}: {literal(kind)}" for name, kind in TYPES.items())
    notes = {"query": about.query, "count": str(about.count), "data_as_of": about.as_of, "url": about.url}
    named = ", ".join(f"{name}: {literal(value)}" for name, value in notes.items())
    with TemporaryDirectory(dir=path.parent, prefix=".parquet-") as folder:
        lines, draft = Path(folder, "posts.jsonl"), Path(folder, "posts.parquet")
        with lines.open("w", encoding="utf-8") as file:
            file.writelines(json_lines(found))
        with duckdb.connect(config=OFFLINE) as database:
            source = (
                f"read_json({literal(str(lines))}, format = 'newline_delimited', columns = {{{columns}}}, {LONGEST})"
            )
            shape = f"FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{named}}}"
            database.execute(f"COPY (SELECT * FROM {source}) TO {literal(str(draft))} ({shape})")  # noqa: S608 - literals
        draft.replace(path)


def columns_of(path: Path) -> frozenset[str]:
    """Return the names of a Parquet file's columns; none when it is not one."""
    import duckdb

    with duckdb.connect(config=OFFLINE) as database:
        try:
            described = database.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(str(path))})")  # noqa: S608
        except duckdb.Error:
            return frozenset()
        return frozenset(row[0] for row in described.fetchall())


def cells(path: Path, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """Yield some columns of each row of a Parquet file."""
    import duckdb

    with duckdb.connect(config=OFFLINE) as database:
        found = database.execute(f"SELECT {', '.join(columns)} FROM read_parquet({literal(str(path))})")  # noqa: S608
        while rows := found.fetchmany(BATCH):
            yield from rows


def lines(path: Path) -> Iterator[str]:
    """Yield each row of a Parquet file as a line of text; none when it is not one."""
    import duckdb

    with duckdb.connect(config=OFFLINE) as database:
        try:
            found = database.execute(f"SELECT * FROM read_parquet({literal(str(path))})")  # noqa: S608
        except duckdb.Error:
            return
        while rows := found.fetchmany(BATCH):
            yield from ("\n".join(str(cell) for cell in row) for row in rows)


def literal(value: str) -> str:
    """Return a string as SQL spells it."""
    return "'" + value.replace("'", "''") + "'"
