"""The end of an erasure: search index and file made anew, old copies and exports deleted, the tombstone signed."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from scraper.publish import edition
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Journal

from .captures import Cuts
from .traces import Trace, holds_edition, is_export, is_named_by, names

BESIDE = ("exports", edition.FOLDER)
Doomed = tuple[str, Path, Callable[[], None]]  # what to call it, where it lies, how it goes


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


def finish(archive: Archive, removal: int, trace: Trace, done: Cuts, *, whole: bool = True) -> Erasure:
    """Make the search index and the file anew, delete old copies, and sign the tombstone if the work is `whole`.

    What may not be deleted, or read, is left to a person.
    """
    deleted: list[str] = []
    left: list[str] = []
    doomed = chain(editions(archive, removal, trace), old_copies(archive), exports(archive, trace))
    for name, path, delete in doomed:
        try:
            delete()
            deleted.append(name)
        except OSError:
            left.append(str(path))
    blocked = not rewrite_database(archive)
    if whole:
        sign(archive, removal)
    truncate_wal(archive)
    return Erasure(
        removal=removal,
        dropped=done.dropped,
        cut=len(done.cut),
        deleted=tuple(deleted),
        left=tuple(sorted({*left, *still_named(archive, trace)})),
        blocked=blocked,
    )


def sign(archive: Archive, removal: int) -> None:
    """Note in the tombstone that the work is done."""
    at = instant(now())
    with archive.transaction() as connection:
        connection.execute("UPDATE removals SET done_at = ? WHERE id = ?", [at, removal])
        Journal(captures=archive.captures).append("erased", id=removal, at=at)


def old_copies(archive: Archive) -> Iterator[Doomed]:
    """Yield the copies of the database that a migration or a rebuild kept: what was erased stands in them."""
    for path in sorted(archive.path.parent.glob(f"{archive.path.name}.before-*")):
        yield path.name, path, path.unlink


def editions(archive: Archive, removal: int, trace: Trace) -> Iterator[Doomed]:
    """Yield the editions that tell of what was erased, to be withdrawn: what is frozen cannot be cut."""
    reason = f"Withdrawn on {instant(now())[:10]}: it held what had to be erased (removal {removal})."
    for found in edition.every(archive.path):
        if not found.withdrawn and holds_edition(found.path, trace):
            yield f"{edition.FOLDER}/{found.name}", found.path, partial(edition.withdraw, found, reason)


def exports(archive: Archive, trace: Trace) -> Iterator[Doomed]:
    """Yield the exports beside the archive that tell of what was erased; they can be made again."""
    for path in list(files_beside(archive)):
        with suppress(OSError):
            if lies_here(archive, path) and is_export(path) and is_named_by(path, trace):
                yield str(path.relative_to(archive.path.parent)), path, path.unlink


def still_named(archive: Archive, trace: Trace) -> Iterator[str]:
    """Yield the files beside the archive that name what was erased, and those that cannot be read.

    An edition that stands was judged whole: others may speak of a partner in it.
    """
    judged = {found.path for found in edition.every(archive.path)}
    for path in files_beside(archive):
        if not judged.isdisjoint(path.parents):
            continue
        try:
            if is_named_by(path, trace) if is_export(path) else names(path, trace.needle):
                yield str(path)
        except OSError:
            yield str(path)


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
    """Yield the files directly beside the database, not its own, and those in the folders BESIDE.

    The database may lie in a home or a checkout: what is deeper there is not the archive's.
    """
    folder, own = archive.path.parent, archive.path.name
    found = [path for path in folder.iterdir() if not path.name.startswith(own)]
    found += [path for name in BESIDE for path in (folder / name).rglob("*")]
    yield from sorted(path for path in found if path.is_file())


def lies_here(archive: Archive, path: Path) -> bool:
    """Say whether a file lies in the archive's folder itself: to unlink what a link leads to would erase nothing."""
    return not path.is_symlink() and path.resolve().is_relative_to(archive.path.parent.resolve())
