"""Read captures back, one by its place or all of a file, by a library that did not write them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import error as ZlibError

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from scraper.errors import ConfigError
from scraper.models import Capture, Source

from .encoding import decode_body
from .writing import Errand

# What a record raises that ends in the middle: cut between members, in a member, or in its header lines.
TORN = (ArchiveLoadFailed, EOFError, ZlibError, AttributeError, ValueError, TypeError)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A response record and its place in the file; `raw` is the body as it came."""

    capture: Capture
    raw: bytes
    digest: str
    revisit: bool
    truncated: str | None
    offset: int
    length: int
    partner: str | None = None  # None: written by another program
    errand: Errand | None = None


def read_record(path: Path, offset: int, length: int) -> Record:
    """Return the record of `length` bytes at `offset`; raises ConfigError when it is not whole there."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            member = file.read(length)
    except OSError as error:
        raise ConfigError(f"capture {path} cannot be read: {error.strerror}") from error
    found = next(iterate(BytesIO(member)), None) if len(member) == length else None
    if found is None:
        raise ConfigError(f"capture {path} holds no whole record at {offset}")
    return found


def records(path: Path) -> Iterator[Record]:
    """Yield every response and revisit of a file in order; a torn tail ends it quietly, as after a crash."""
    with path.open("rb") as file:
        yield from iterate(file)


def iterate(file: Any) -> Iterator[Record]:
    """Yield the records of an open WARC file."""
    iterator = ArchiveIterator(file)
    try:
        for entry in iterator:
            if entry.rec_type in ("response", "revisit"):
                raw = entry.raw_stream.read()
                offset = iterator.get_record_offset()
                yield build(entry, raw, offset, iterator.get_record_length())
    except TORN:
        return


def build(entry: Any, raw: bytes, offset: int, length: int) -> Record:
    """Return a record as the archive's own value; its body is decoded, '' when it cannot be."""
    fields = entry.rec_headers
    headers = join_headers(entry.http_headers.headers)
    errand = read_errand(fields)
    capture = Capture(
        url=fields.get_header("WARC-Target-URI"),
        requested_url=errand.requested_url if errand else "",
        fetched_at=datetime.fromisoformat(fields.get_header("WARC-Date").replace("Z", "+00:00")),
        status=int(entry.http_headers.get_statuscode()),
        headers=headers,
        body=decode_or_empty(raw, headers.get("content-encoding", "")),
    )
    return Record(
        capture=capture,
        raw=raw,
        digest=fields.get_header("WARC-Payload-Digest") or "",
        revisit=entry.rec_type == "revisit",
        truncated=fields.get_header("WARC-Truncated"),
        offset=offset,
        length=length,
        partner=fields.get_header("X-Archive-Partner"),
        errand=errand,
    )


def join_headers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by their names in lower case, repeated ones joined by commas (RFC 9110, section 5.3).

    Those of `x-robots-tag` are joined by line breaks: an agent that one of them names is not that of the next.
    """
    headers: dict[str, str] = {}
    for name, value in pairs:
        key = name.lower()
        joint = "\n" if key == "x-robots-tag" else ", "
        headers[key] = f"{headers[key]}{joint}{value}" if key in headers else value
    return headers


def read_errand(fields: Any) -> Errand | None:
    """Return what a record says of its own errand; None when it says nothing, or nothing that can be read."""
    kind = fields.get_header("X-Archive-Kind")
    if kind is None:
        return None
    try:
        crawl, source = fields.get_header("X-Archive-Crawl"), fields.get_header("X-Archive-Source")
        return Errand(
            kind=kind,
            requested_url=fields.get_header("X-Archive-Requested-URI") or "",
            hop=int(fields.get_header("X-Archive-Hop") or 0),
            crawl=int(crawl) if crawl else None,
            source=Source(**json.loads(source)) if source else None,
        )
    except (TypeError, ValueError):
        return None


def decode_or_empty(raw: bytes, encoding: str) -> bytes:
    """Return the decoded body; a bomb or an unknown encoding gives no bytes to read."""
    try:
        return decode_body(raw, encoding)
    except ValueError:
        return b""
