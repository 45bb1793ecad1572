"""The journal beside the WARC files: append-only lines of what no capture can tell, on the disk before work goes on.

`captures/<partner>/journal.jsonl` holds what belongs to one partner, `captures/journal.jsonl` what belongs to none.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from scraper.capture.writing import sync_folder, sync_folders

NAME = "journal.jsonl"

Entry = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Journal:
    """One file of the journal; `partner` '' is the one of the whole archive."""

    captures: Path
    partner: str = ""

    @property
    def path(self) -> Path:
        """Where the lines stand."""
        return self.captures / self.partner / NAME

    def append(self, what: str, **values: Any) -> None:
        """Add one line and return when it is on the disk; several processes may do so at once."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        line = json.dumps({"what": what, **values}, ensure_ascii=False, default=plain) + "\n"
        with self.held() as file:
            is_new = file.seek(0, os.SEEK_END) == 0
            file.write((("" if ends_whole(self.path) else "\n") + line).encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
            if is_new:
                sync_folders(self.path.parent, self.captures.parent)

    @contextmanager
    def held(self) -> Iterator[BinaryIO]:
        """Yield the file, open to append to, while nobody else writes to it."""
        while True:
            with self.path.open("ab") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not is_at(file, self.path):
                    continue  # it was rewritten while we waited: what is added here nobody would read
                yield file
                return

    def entries(self, *what: str) -> Iterator[Entry]:
        """Yield the lines of the named kinds (none named: all) in order; a line torn by a crash is passed over."""
        if not self.path.exists():
            return
        with self.path.open("rb") as file:
            for line in file:
                entry = parse(line)
                if entry is not None and (not what or entry.get("what") in what):
                    yield entry

    def rewrite(self, keep: Callable[[Entry], bool]) -> None:
        """Leave out the lines that must not be kept; only an erasure does this."""
        with self.held():
            kept = [entry for entry in self.entries() if keep(entry)]
            draft = self.path.with_suffix(".new")
            with draft.open("wb") as file:
                file.writelines(json.dumps(entry, ensure_ascii=False).encode("utf-8") + b"\n" for entry in kept)
                file.flush()
                os.fsync(file.fileno())
            draft.rename(self.path)
            sync_folder(self.path.parent)  # else a power loss brings the erased lines back


def is_at(file: BinaryIO, path: Path) -> bool:
    """Say whether an open file is the one that a path leads to."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def ends_whole(path: Path) -> bool:
    """Say whether the last line of a file is whole; a crash may have torn it."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return True
        file.seek(-1, os.SEEK_END)
        return file.read(1) == b"\n"


def parse(line: bytes) -> Entry | None:
    """Read one line; None for one that is not whole."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) else None


def plain(value: object) -> object:
    """Return a mapping or another value as JSON can hold it."""
    return dict(value) if isinstance(value, Mapping) else str(value)
