"""Read captures back, one by its place or all of a file, by a library that did not write them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from zlib import error as ZlibError

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from scraper.errors import ConfigError
from scraper.models import Capture, Source

from .encoding import decode_body
from .writing import Purpose

RESPONSES = ("response", "revisit")
TORN = (ArchiveLoadFailed, EOFError, ZlibError)  # what a file raises past which nothing can be found
FRACTION = re.compile(r"\.\d{1,9}")  # of a second: up to nine digits in WARC 1.1, of which Python 3.10 reads six
HEAD = StatusAndHeadersParser(["HTTP/1.0", "HTTP/1.1"], verify=False)


class OddRecord(ValueError):
    """A record that is no answer over HTTP, or not whole; its words say which."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A response record and its place in the file; `head` and `raw` are its headers and body as they came."""

    capture: Capture
    head: tuple[tuple[str, str], ...]
    raw: bytes
    digest: str
    revisit: bool
    truncated: str | None
    offset: int
    length: int
    partner: str | None = None  # None: written by another program
    purpose: Purpose | None = None


def read_record(path: Path, offset: int, length: int) -> Record:
    """Return the record of `length` bytes at `offset`; raises ConfigError when it is not whole there."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            member = file.read(length)
    except OSError as error:
        raise ConfigError(f"capture {path} cannot be read: {error.strerror}") from error
    found = next(iterate(BytesIO(member), Counter()), None) if len(member) == length else None
    if found is None:
        raise ConfigError(f"capture {path} holds no whole record at {offset}")
    return found


def records(path: Path, odd: Counter[str] | None = None) -> Iterator[Record]:
    """Yield every response and revisit of a file in order; a torn tail ends it quietly, as after a crash.

    What is none and what cannot be read is passed over, and counted in `odd` by why.
    """
    with path.open("rb") as file:
        yield from iterate(file, Counter() if odd is None else odd)


def iterate(file: BinaryIO, odd: Counter[str]) -> Iterator[Record]:
    """Yield the records of an open WARC file."""
    iterator = open_warc(file)
    for entry in entries(iterator, odd):
        if entry.rec_type in RESPONSES:
            try:
                record = read_entry(entry, iterator)
                refuse_short(entry)
            except OddRecord as why:
                odd[str(why)] += 1
            else:
                yield record


def open_warc(file: BinaryIO) -> Any:
    """Return an iterator over a WARC file; what its records hold is left to us, for it ends at the first odd one."""
    return ArchiveIterator(file, no_record_parse=True)


def entries(iterator: Any, odd: Counter[str]) -> Iterator[Any]:
    """Yield the records of all types, as far as the file can be read."""
    try:
        yield from iterator
    except TORN:
        odd["torn: the rest of the file cannot be read"] += 1


def read_entry(entry: Any, iterator: Any) -> Record:
    """Return a response or revisit of an open file with its place; raises OddRecord for one that is no answer."""
    entry.http_headers = head = read_head(entry)
    is_chunked = "chunked" in (head.get_header("Transfer-Encoding") or "").lower()  # as other programs leave it
    raw = (ChunkedDataReader(entry.raw_stream) if is_chunked else entry.raw_stream).read()
    return build(entry, raw, iterator.get_record_offset(), iterator.get_record_length())


def read_head(entry: Any) -> StatusAndHeaders:
    """Return the status line and headers of an answer; raises OddRecord when it is none over HTTP."""
    url = entry.rec_headers.get_header("WARC-Target-URI") or ""
    if not url.lower().startswith(("http:", "https:")):
        raise OddRecord("no answer over HTTP")  # Heritrix keeps those of name servers as responses too
    try:
        return HEAD.parse(entry.raw_stream)
    except EOFError as error:
        raise OddRecord("no answer over HTTP") from error


def refuse_short(entry: Any) -> None:
    """Raise OddRecord when a record ends before its own length."""
    if isinstance(entry.raw_stream, LimitReader) and entry.raw_stream.limit > 0:
        raise OddRecord("cut short")


def build(entry: Any, raw: bytes, offset: int, length: int) -> Record:
    """Return a record as the archive's own value; its body is decoded, '' when it cannot be."""
    fields = entry.rec_headers
    headers = join_headers(entry.http_headers.headers)
    purpose = read_purpose(fields)
    capture = Capture(
        url=fields.get_header("WARC-Target-URI"),
        requested_url=purpose.requested_url if purpose else "",
        fetched_at=read_date(fields.get_header("WARC-Date") or ""),
        status=read_status(entry.http_headers),
        headers=headers,
        body=decode_or_empty(raw, headers.get("content-encoding", "")),
    )
    return Record(
        capture=capture,
        head=tuple(entry.http_headers.headers),
        raw=raw,
        digest=fields.get_header("WARC-Payload-Digest") or "",
        revisit=entry.rec_type == "revisit",
        truncated=fields.get_header("WARC-Truncated"),
        offset=offset,
        length=length,
        partner=fields.get_header("X-Archive-Partner"),
        purpose=purpose,
    )


def read_date(words: str) -> datetime:
    """Return the instant of a record, UTC where it names no zone (WARC 1.1, section 5.4); raises OddRecord."""
    try:
        moment = datetime.fromisoformat(FRACTION.sub("", words).replace("Z", "+00:00"))
        return moment.astimezone(timezone.utc) if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    except (ValueError, OverflowError) as error:
        raise OddRecord("without a date") from error


def read_status(head: StatusAndHeaders) -> int:
    """Return the status of an answer; raises OddRecord for what is none."""
    code = head.get_statuscode() or ""
    if not re.fullmatch(r"[1-9][0-9]{2}", code):
        raise OddRecord("without a status")
    return int(code)


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


def read_purpose(fields: Any) -> Purpose | None:
    """Return what a record says of its own purpose; None when it says nothing, or nothing that can be read."""
    kind = fields.get_header("X-Archive-Kind")
    if kind is None:
        return None
    try:
        crawl, source = fields.get_header("X-Archive-Crawl"), fields.get_header("X-Archive-Source")
        return Purpose(
            kind=kind,
            requested_url=fields.get_header("X-Archive-Requested-URI") or "",
            hop=int(fields.get_header("X-Archive-Hop") or 0),
            crawl=int(crawl) if crawl else None,
            source=Source(**json.loads(source)) if source else None,
        )
    except (TypeError, ValueError, RecursionError):
        return None


def decode_or_empty(raw: bytes, encoding: str) -> bytes:
    """Return the decoded body; a bomb or an unknown encoding gives no bytes to read."""
    try:
        return decode_body(raw, encoding)
    except ValueError:
        return b""
