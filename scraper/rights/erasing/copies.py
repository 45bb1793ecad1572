"""The end of an erasure: search index and file made anew, old copies and exports deleted, the tombstone signed."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from scraper.publish import edition, parquet
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Journal

from .captures import Cuts
from .words import Pattern, holds

OVERLAP = 8192  # of two pieces of a file; longer than any address or title
OF_EXPORT = frozenset(("id", "url", "title", "partner"))  # what each record of an export has


@dataclass(frozen=True, kw_only=True, slots=True)
class Erasure:
    """What an erasure did: records left out and cut, old copies deleted, and what a person must see to."""

    removal: int
    dropped: int
    cut: int
    deleted: tuple[str, ...]
    left: tuple[str, ...]  # files beside the archive that still name it, and why others may
    family: tuple[str, ...] = ()  # addresses of posts that carry the same text
    blocked: bool = False  # a reader kept the old pages of the database alive


def together(first: Erasure, second: Erasure) -> Erasure:
    """Return two erasures of one family as one; what the second still names of it counts."""
    return replace(
        second,
        removal=first.removal,
        dropped=first.dropped + second.dropped,
        cut=first.cut + second.cut,
        deleted=first.deleted + second.deleted,
        left=tuple(sorted({*first.left, *second.left})),
    )


def finish(archive: Archive, removal: int, needle: Pattern | None, done: Cuts) -> Erasure:
    """Make the search index and the file anew, delete old copies, and sign the tombstone."""
    withdrawn = tuple(withdraw_editions(archive, removal, needle))
    deleted = (*withdrawn, *delete_old_copies(archive), *delete_exports(archive, needle))
    blocked = not rewrite_database(archive)
    at = instant(now())
    with archive.transaction() as connection:
        connection.execute("UPDATE removals SET done_at = ? WHERE id = ?", [at, removal])
        Journal(captures=archive.captures).append("erased", id=removal, at=at)
    truncate_wal(archive)
    left = tuple(str(path) for path in files_beside(archive) if names(path, needle))
    return Erasure(
        removal=removal, dropped=done.dropped, cut=len(done.cut), deleted=deleted, left=left, blocked=blocked
    )


def delete_old_copies(archive: Archive) -> Iterator[str]:
    """Delete the copies of the database that a migration or a rebuild kept: what was erased stands in them."""
    for path in sorted(archive.path.parent.glob(f"{archive.path.name}.before-*")):
        path.unlink()
        yield path.name


def withdraw_editions(archive: Archive, removal: int, needle: Pattern | None) -> Iterator[str]:
    """Withdraw the editions that name the post: what is frozen cannot be cut."""
    for found in edition.every(archive.path):
        if not found.withdrawn and any(names(path, needle) for path in sorted((found.path / "data").iterdir())):
            edition.withdraw(
                found, f"Withdrawn on {instant(now())[:10]}: it held what had to be erased (removal {removal})."
            )
            yield f"{edition.FOLDER}/{found.name}"


def delete_exports(archive: Archive, needle: Pattern | None) -> Iterator[str]:
    """Delete the exports beside the archive that name the post; they can be made again."""
    for path in list(files_beside(archive)):
        if is_export(path) and names(path, needle):
            path.unlink()
            yield path.name


def is_export(path: Path) -> bool:
    """Say whether a file was written by `archive export`, by its first line or its columns."""
    if path.suffix == ".parquet":
        return parquet.columns_of(path) >= OF_EXPORT
    if path.suffix not in (".csv", ".jsonl"):
        return False
    with path.open("rb") as file:
        line = file.readline(1 << 20).decode("utf-8", "replace").lstrip("\ufeff")
    if path.suffix == ".csv":
        return set(next(csv.reader([line]), [])) >= OF_EXPORT
    try:
        record = json.loads(line)
    except ValueError:
        return '"partner"' in line and '"url"' in line
    return isinstance(record, dict) and set(record) >= OF_EXPORT


def rewrite_database(archive: Archive) -> bool:
    """Build the search index and the file anew, so that no free page holds a word; False when a reader stood by."""
    connection = archive.connection
    connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
    try:
        connection.execute("VACUUM")
    except sqlite3.OperationalError:
        return False
    return truncate_wal(archive)


def truncate_wal(archive: Archive) -> bool:
    """Empty the write-ahead log; False when a reader needs it still."""
    return int(archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]) == 0


def files_beside(archive: Archive) -> Iterator[Path]:
    """Yield the files in the archive's folder that are neither the database nor captures: exports, editions, logs."""
    own = archive.path.name
    for path in sorted(archive.path.parent.rglob("*")):
        relative = path.relative_to(archive.path.parent)
        if path.is_file() and relative.parts[0] != archive.captures.name and not relative.parts[0].startswith(own):
            yield path


def names(path: Path, needle: Pattern | None) -> bool:
    """Say whether a file names what was erased; read piece by piece."""
    if path.suffix == ".parquet":
        return any(holds(needle, line.encode("utf-8", "replace")) for line in parquet.lines(path))
    tail = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if holds(needle, tail + block):
                return True
            tail = block[-OVERLAP:]
    return False
