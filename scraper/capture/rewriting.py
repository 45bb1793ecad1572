"""Write a WARC file anew, for an erasure: without some of its records, or with bodies that something was cut from."""

from __future__ import annotations

import os
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, BinaryIO

from .reading import RESPONSES, OddRecord, Record, entries, open_warc, read_entry, refuse_short
from .writing import info_record, member, payload_digest, sync_folder, warc_date

DROPPED_HEADERS = frozenset(("content-encoding", "content-length"))  # of a body that is decoded and cut now


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What becomes of a record: `body` None drops it, else it takes the place of the decoded body."""

    body: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a record lies after a rewriting."""

    offset: int
    length: int
    digest: str


@dataclass(slots=True)
class Rewriting:
    """A new file and, for each old offset of a response, its place in it; None for a record that was left out."""

    path: Path | None
    places: dict[int, Place | None] = field(default_factory=dict)


def is_touched(path: Path, decide: Callable[[Record], Change | None]) -> bool:
    """Say whether any record of a file would change."""
    with path.open("rb") as file:
        iterator = open_warc(file)
        responses = (entry for entry in entries(iterator, Counter()) if entry.rec_type in RESPONSES)
        return any(verdict(entry, iterator, decide)[1] for entry in responses)


def rewrite(path: Path, decide: Callable[[Record], Change | None], *, user_agent: str) -> Rewriting:
    """Write the file again under a new name beside it; the caller moves the rows and then deletes the old one.

    `decide` says what becomes of each response; its request goes the same way. Records that stay are copied byte for
    byte. A file of which nothing is left is not written: `path` is None.
    """
    stamp = path.name.partition("-")[0]
    target = path.with_name(f"{stamp}-{uuid.uuid4().hex[:8]}.warc.gz")
    draft = target.with_suffix(".new")
    done = Rewriting(target)
    with path.open("rb") as old, path.open("rb") as bytes_of, draft.open("xb") as new:
        new.write(info_record(target.name, user_agent))
        copy_records(open_warc(old), bytes_of, new, decide, done)
        new.flush()
        os.fsync(new.fileno())
    if not any(done.places.values()):
        draft.unlink()
        done.path = None
        return done
    draft.rename(target)
    sync_folder(path.parent)
    return done


def copy_records(
    iterator: Any,
    old: BinaryIO,
    new: BinaryIO,
    decide: Callable[[Record], Change | None],
    done: Rewriting,
) -> None:
    """Copy what stays, leave out what goes, write what changes; a torn tail ends it."""
    gone: set[str] = set()
    for entry in entries(iterator, Counter()):
        if entry.rec_type in RESPONSES:
            copy_response(entry, iterator, old, new, decide, done, gone)
        elif entry.rec_type != "warcinfo":
            entry.raw_stream.read()
            place = (iterator.get_record_offset(), iterator.get_record_length())
            if entry.rec_headers.get_header("WARC-Concurrent-To") not in gone:
                new.write(bytes_at(old, *place))


def copy_response(
    entry: Any,
    iterator: Any,
    old: BinaryIO,
    new: BinaryIO,
    decide: Callable[[Record], Change | None],
    done: Rewriting,
    gone: set[str],
) -> None:
    """Copy one response, or what is left of it."""
    record, change = verdict(entry, iterator, decide)
    if record is None or (change is not None and change.body is None):
        gone.add(entry.rec_headers.get_header("WARC-Record-ID"))
        done.places[iterator.get_record_offset()] = None
        return
    if change is None or change.body is None:
        block, digest = bytes_at(old, record.offset, record.length), record.digest
    else:
        digest = payload_digest(change.body)
        block = redacted(entry, change.body, digest)
    done.places[record.offset] = Place(offset=new.tell(), length=len(block), digest=digest)
    new.write(block)


def verdict(
    entry: Any, iterator: Any, decide: Callable[[Record], Change | None]
) -> tuple[Record | None, Change | None]:
    """Return a response and what becomes of it; one that is not whole goes, for nobody can say what it names."""
    try:
        record = read_entry(entry, iterator)
        refuse_short(entry)
    except OddRecord:
        return None, Change()
    return record, decide(record)


def bytes_at(file: BinaryIO, offset: int, length: int) -> bytes:
    """Return the bytes of one record as they stand in a file."""
    file.seek(offset)
    return file.read(length)


def redacted(entry: Any, body: bytes, digest: str) -> bytes:
    """Return a response with another body, marked as no longer what was sent."""
    named = {"WARC-Payload-Digest": digest, "X-Archive-Redacted": warc_date(datetime.now(timezone.utc))}
    dropped = {"content-length", "warc-payload-digest", "warc-block-digest", "warc-truncated"}
    fields = [(name, value) for name, value in entry.rec_headers.headers if name.lower() not in dropped]
    head = [f"{entry.http_headers.protocol} {entry.http_headers.statusline}"]
    head += [f"{name}: {value}" for name, value in entry.http_headers.headers if name.lower() not in DROPPED_HEADERS]
    block = "\r\n".join([*head, "", ""]).encode("utf-8", "replace") + body
    return member([*fields, *named.items()], block)
