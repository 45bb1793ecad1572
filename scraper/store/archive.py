"""The one archive.db: opened with checks, written only inside `transaction()`."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from scraper.errors import ArchiveError, ConfigError, DiskFullError, LockedError

from .schema import APPLICATION_ID, migrations

LEAST_SQLITE = (3, 37, 0)
BUSY_SECONDS = 30.0
CHECK_ALWAYS_BYTES = (
    256 * 1024 * 1024
)  # a smaller file is checked whole at every start (0.5 s), a larger one once a day
CHECK_EVERY_SECONDS = 24 * 3600
CACHE_KILOBYTES = 16_000  # a page of a large archive changes leaves all over it: with the usual 2 MB twice the reads
LEAST_FREE_BYTES = 64 * 1024 * 1024  # a migration or a crawl stops here, long before SQLite meets a full disk

Row = sqlite3.Row


class Archive:
    """An open archive. Reads go through `query`; every write happens inside `with archive.transaction():`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        self.tables = Database(connection)
        self.captures = path.parent / "captures"  # the folder of WARC files

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Open BEGIN IMMEDIATE, commit at the end, roll back on any exception.

        A plain BEGIN with a read before the write fails under several writers; IMMEDIATE waits (BUSY_SECONDS).
        """
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            yield self.connection
            self.connection.execute("COMMIT")
        except BaseException:
            if self.connection.in_transaction:  # SQLite itself rolls back where the disk is full
                self.connection.execute("ROLLBACK")
            raise

    def query(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> list[Row]:
        """Return every row of a SELECT."""
        return self.connection.execute(sql, values).fetchall()

    def first(self, sql: str, values: Sequence[Any] | dict[str, Any] = ()) -> Row | None:
        """Return the first row of a SELECT; None when it has none."""
        row: Row | None = self.connection.execute(sql, values).fetchone()
        return row

    def close(self) -> None:
        """Close the connection; what was committed stays."""
        self.connection.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_archive(path: Path, *, create: bool = True) -> Archive:
    """Open the archive at `path`, made new when there is no file, and bring its schema up to date.

    Raises ConfigError for an empty, foreign, damaged or newer file, and when it cannot be written.
    """
    require_sqlite()
    if not path.exists():
        if not create:
            raise ConfigError(f"no archive at {path}; `archive crawl` makes one")
        make(path)
    refuse_foreign(path)
    try:
        with closed_on_failure(connect(path)) as connection:
            archive = Archive(path, connection)
            refuse_newer(archive)
            refuse_damaged(archive)
            migrate(archive)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    return archive


@contextmanager
def closed_on_failure(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close a connection when the block fails; otherwise it stays open for whoever the block hands it to."""
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def connect(path: Path) -> sqlite3.Connection:
    """Return a writing connection with every setting the archive relies on."""
    opened = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS, cached_statements=400)
    with closed_on_failure(opened) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute(f"PRAGMA cache_size={-CACHE_KILOBYTES}")
    return opened


def connect_reader(path: Path, *, any_thread: bool = False) -> sqlite3.Connection:
    """Return a connection that cannot write; raises ConfigError when there is no archive at `path`.

    With `any_thread` one thread after another may use it.
    """
    refuse_missing(path)
    refuse_foreign(path)
    address = f"{path.absolute().as_uri()}?mode=ro"  # `#`, `?` and `%` of a name mean something else in an address
    opened = sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, check_same_thread=not any_thread)
    with closed_on_failure(opened) as connection:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA query_only=ON")
    return opened


def open_reader(path: Path, *, older: bool = False) -> Archive:
    """Open an archive for reading; raises ConfigError as `open_archive` does, and unless `older` for an older file.

    Only a writer brings an older file up to date.
    """
    try:
        with closed_on_failure(connect_reader(path)) as connection:
            archive = Archive(path, connection)
            refuse_newer(archive)
            if not older:
                refuse_older(archive)
    except sqlite3.DatabaseError as error:
        raise explain(error, path) from error
    return archive


def make(path: Path) -> None:
    """Build a new archive under another name and rename it, so that a crash never leaves a half one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.new")
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft, isolation_level=None)) as connection:
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            migrations.apply(Database(connection))
        if not path.exists():
            draft.rename(path)
    except (OSError, sqlite3.DatabaseError) as error:
        raise ConfigError(f"cannot make an archive at {path}: {error}") from error
    finally:
        draft.unlink(missing_ok=True)


def require_room(path: Path) -> None:
    """Raise DiskFullError before the disk is full, so that nothing is ever half written."""
    free = shutil.disk_usage(path.parent).free
    if free < LEAST_FREE_BYTES:
        raise DiskFullError(f"only {free // 2**20} MB free beside {path}; make room, the next run goes on")


def require_sqlite() -> None:
    """Raise ConfigError when Python was built with an SQLite that is too old."""
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        wanted = ".".join(map(str, LEAST_SQLITE))
        raise ConfigError(f"SQLite {wanted} or newer is needed; this Python has {sqlite3.sqlite_version}")


def refuse_missing(path: Path) -> None:
    """Raise ConfigError when there is no file at `path`."""
    if not path.is_file():
        raise ConfigError(f"no archive at {path}; `archive crawl` makes one, --db names another")


def refuse_foreign(path: Path) -> None:
    """Raise ConfigError for a file that is no archive, by its header (SQLite file format, section 1.3)."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    if not header:
        raise ConfigError(f"{path} is empty; move it away to start a new archive, or put a backup in its place")
    if not header.startswith(b"SQLite format 3\0") or len(header) < 100:
        raise ConfigError(f"{path} is not an SQLite database; restore a backup or run `archive rebuild`")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise ConfigError(f"{path} is a database of another program; name the archive with --db")


def refuse_newer(archive: Archive) -> None:
    """Raise ConfigError when the file was written by a later release."""
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    unknown = [done.name for done in migrations.applied(archive.tables) if done.name not in known]
    if unknown:
        raise ConfigError(f"{archive.path} was written by a newer release ({unknown[-1]}); upgrade regional-archive")


def refuse_older(archive: Archive) -> None:
    """Raise ConfigError when the file was written by an earlier release, and misses tables or columns."""
    if migrations.pending(archive.tables):
        raise ConfigError(
            f"{archive.path} is of an older release; `archive crawl` or `archive reextract` brings it up to date"
        )


def refuse_damaged(archive: Archive) -> None:
    """Raise ConfigError when a page of the file is damaged; a large file is checked once a day."""
    if archive.path.stat().st_size > CHECK_ALWAYS_BYTES and seconds_since_check(archive) < CHECK_EVERY_SECONDS:
        return
    found = archive.query("PRAGMA quick_check(1)")[0][0]
    if found != "ok":
        words = " ".join(found.split())[:200]
        raise ConfigError(f"{archive.path} is damaged ({words}); restore a backup or run `archive rebuild`")
    with archive.transaction() as connection:
        connection.execute("INSERT OR REPLACE INTO notes VALUES ('checked_at', ?)", [instant(now())])


def seconds_since_check(archive: Archive) -> float:
    """Return the age of the last whole check; infinite when there was none."""
    row = archive.first("SELECT value FROM notes WHERE key = 'checked_at'")
    return (now() - parse_instant(row["value"])).total_seconds() if row else float("inf")


def migrate(archive: Archive) -> None:
    """Apply pending migrations, after a backup beside the file; raises DiskFullError when there is no room for it."""
    pending = migrations.pending(archive.tables)
    if not pending:
        return
    size = archive.path.stat().st_size
    if shutil.disk_usage(archive.path.parent).free < 2 * size + LEAST_FREE_BYTES:
        raise DiskFullError(f"the archive needs {2 * size // 2**20 + 64} MB free to be migrated safely")
    backup = archive.path.with_name(f"{archive.path.name}.before-{pending[0].name}")
    with closing(sqlite3.connect(backup)) as copy:
        archive.connection.backup(copy)
    migrations.apply(archive.tables)


FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # no room, no room for this user, no room in this file


def is_full(error: Exception) -> bool:
    """Whether a fault says that the disk, a quota or the longest file that is allowed has been reached."""
    return getattr(error, "errno", None) in FULL or "is full" in str(error)


def read_fault(error: Exception) -> tuple[str, int]:
    """Return the line and the exit code of a fault of the disk or the database that came while it was written."""
    words = str(error)
    if is_full(error):
        return (
            "the disk is full; nothing acknowledged is lost, make room, the next run goes on",
            DiskFullError.exit_code,
        )
    if "locked" in words:
        line = (
            f"another program held the database for over {BUSY_SECONDS:.0f} s; end it, the next run goes on from here"
        )
        return line, LockedError.exit_code
    if "disk I/O" in words:
        return f"the disk cannot be written ({words}); nothing acknowledged is lost, look at the disk and its quota", 1
    return f"{type(error).__name__}: {error}", 1


def explain(error: sqlite3.DatabaseError, path: Path) -> ArchiveError:
    """Say in one line what an error of SQLite means for the file at `path`."""
    words = str(error)
    if "readonly" in words or "unable to open" in words:
        return ConfigError(f"{path} or its folder cannot be written ({words}); check the rights of the folder")
    if "locked" in words:
        return LockedError(f"{path} is held by another program for over {BUSY_SECONDS:.0f} s; end it and run again")
    if is_full(error):
        return DiskFullError(f"no room on the disk for {path}; make room, nothing acknowledged is lost")
    return ConfigError(f"{path} is damaged ({words}); restore a backup or run `archive rebuild`")


def now() -> datetime:
    """Return the present instant, UTC, whole seconds."""
    return datetime.now(timezone.utc).replace(microsecond=0)


def row_of(table: str, columns: Sequence[str]) -> str:
    """Return what an INSERT says after INTO: the table, its columns, a mark for each."""
    return f"{table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"


def instant(value: datetime) -> str:
    """Return an instant as the database writes it: YYYY-MM-DDTHH:MM:SSZ."""
    return value.astimezone(timezone.utc).isoformat(timespec="seconds")[:19] + "Z"


def parse_instant(value: str) -> datetime:
    """Read an instant as the database writes it."""
    return datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
