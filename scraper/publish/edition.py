"""Editions: the archive as it stood on a day, frozen with checksums to deposit and to cite (BagIt, RFC 8493)."""

from __future__ import annotations

import hashlib
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import bagit

from scraper import __version__
from scraper.errors import ConfigError, DiskFullError, UsageError
from scraper.store.archive import is_full

from . import contents
from .about import PUBLISHER, counted

FOLDER = "editions"  # beside the archive
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}")
MANIFEST = "manifest-sha256.txt"  # names every file of the payload with its checksum
WITHDRAWN = "WITHDRAWN.txt"

Watch = Callable[[int, int | None], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Edition:
    """A frozen edition. `as_of` is the end of its last crawl, UTC, '' before the first.

    `fingerprint` is the SHA-256 of its manifest, and so of all it holds; `withdrawn` says that its files are gone.
    """

    name: str
    path: Path
    made_on: str
    as_of: str
    posts: int
    events: int
    fingerprint: str
    withdrawn: bool

    @property
    def citation(self) -> str:
        """The edition as a line of a bibliography."""
        counts = f"{counted(self.posts, 'post')}, {counted(self.events, 'event')}, data as of {self.as_of or 'unknown'}"
        return f"{PUBLISHER} ({self.made_on[:4]}). Edition {self.name} [data set]. {counts}. {self.fingerprint}"


def folder_of(db: Path) -> Path:
    """Return the folder in which an archive's editions lie."""
    return db.parent / FOLDER


def every(db: Path) -> list[Edition]:
    """Return the editions of the archive at `db`, by name; what cannot be read as one is left out."""
    found = []
    for path in folders(db):
        with suppress(ConfigError):
            found.append(read(path))
    return found


def folders(db: Path) -> list[Path]:
    """Return the folders among an archive's editions, but for what is being made."""
    return sorted(path for path in folder_of(db).glob("[!.]*") if path.is_dir())


def make(db: Path, name: str, partners: Sequence[str], *, today: date, watch: Watch = lambda *_: None) -> Edition:
    """Freeze the archive at `db`, or some partners of it, under a name; crawls may go on meanwhile.

    Raises UsageError for a name that is taken or none, DiskFullError when there is no room; then nothing is left.
    """
    if not NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for an edition: small letters, digits, dots and hyphens, 60 at most")
    final = folder_of(db) / name
    if final.exists():
        raise UsageError(f"edition {name} exists and stays as it is; choose another name")
    with drafted(folder_of(db) / f".{name}.new") as draft:
        said = contents.write(db, draft, name, partners, today=today, watch=watch)
        info = {
            "Source-Organization": PUBLISHER,
            "External-Identifier": name,
            "External-Description": said.sentence,
            "Bagging-Date": today.isoformat(),
            "Bag-Software-Agent": f"regional-archive {__version__}, bagit {bagit.VERSION}",
            "Data-As-Of": said.as_of,
            "Posts": str(said.posts),
            "Events": str(said.events),
        }
        bagit.make_bag(str(draft), info, checksums=["sha256"])
        for path in draft.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o444)
        draft.rename(final)
    return read(final)


@contextmanager
def drafted(draft: Path) -> Iterator[Path]:
    """Yield an empty folder for what is being made; it is gone afterwards, whatever happens."""
    shutil.rmtree(draft, ignore_errors=True)
    try:
        draft.mkdir(parents=True)
        yield draft
    except (OSError, sqlite3.OperationalError) as error:
        if is_full(error):
            raise DiskFullError(
                f"no room in {draft.parent}; an edition needs three times the database's size"
            ) from error
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def read(path: Path) -> Edition:
    """Return the edition in a folder; raises ConfigError when there is none."""
    try:
        lines = (path / "bag-info.txt").read_text(encoding="utf-8").splitlines()
        info = dict(line.split(":", 1) for line in lines)
        return Edition(
            name=path.name,
            path=path,
            made_on=info["Bagging-Date"].strip(),
            as_of=info["Data-As-Of"].strip(),
            posts=int(info["Posts"]),
            events=int(info["Events"]),
            fingerprint="sha256:" + hashlib.sha256((path / MANIFEST).read_bytes()).hexdigest(),
            withdrawn=(path / WITHDRAWN).exists(),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ConfigError(f"{path} is no edition; move it elsewhere") from error


def faults(path: Path) -> list[str]:
    """Return what of the edition in a folder is not as it was frozen; of a withdrawn one nothing is asked."""
    try:
        if not read(path).withdrawn:
            bagit.Bag(str(path)).validate()
    except ConfigError as error:
        return [str(error)]
    except (bagit.BagError, OSError) as error:
        return [f"edition {path.name} is not as it was frozen: {' '.join(str(error).split())}"]
    return []


def withdraw(found: Edition, reason: str) -> None:
    """Delete what an edition holds; its name, its checksums and a note stay, for whoever cited it."""
    (found.path / WITHDRAWN).write_text(f"{reason}\n", encoding="utf-8")
    shutil.rmtree(found.path / "data")
