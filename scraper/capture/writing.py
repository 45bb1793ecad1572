"""Write captures: one new WARC file per process, one gzip member per record, on the disk before the row commits."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import uuid
import zlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from http import HTTPStatus
from io import FileIO
from pathlib import Path

from scraper.models import Source

from .encoding import looks_plain

ROTATE_BYTES = 1_000_000_000
GZIP_LEVEL = 1  # 0.95 ms a page against 3.9 at the default, for 10 % more bytes
STORED = 0  # of what came compressed: to deflate it again costs 1 ms a page and gains nothing
CRLF = b"\r\n"

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchange:
    """One request and what came back, undecoded; `body` is cut when `truncated` names why ('length', 'time')."""

    url: str
    fetched_at: datetime
    method: str
    request_headers: Headers
    status: int
    headers: Headers
    body: bytes
    truncated: str | None = None
    address: str | None = None
    protocol: str = "HTTP/1.1"
    purpose: Purpose | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Purpose:
    """Why a request was made, kept in fields of its own in the record, so that a capture explains itself.

    `hop` counts the answers to the same request before this one: redirects and repetitions.
    """

    kind: str  # page, source, robots
    requested_url: str
    hop: int = 0
    crawl: int | None = None
    source: Source | None = None  # of which this is a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """Where a capture lies: `warc` below the captures folder, `offset` and `length` of its response record."""

    url: str
    fetched_at: datetime
    status: int
    digest: str
    warc: str
    offset: int
    length: int


class CaptureWriter:
    """Appends captures of one partner to a WARC file of its own; `write` returns when the record is on the disk."""

    def __init__(self, folder: Path, partner: str, *, user_agent: str) -> None:
        self.folder = folder
        self.partner = partner
        self.user_agent = user_agent
        self.file: FileIO | None = None
        self.name = ""
        self.size = 0  # of what is on the disk

    def write(self, exchange: Exchange, *, revisit_of: Stored | None = None) -> Stored:
        """Write the request and the response (a revisit record for a 304); fsync; say where it lies.

        A file in which that fails gets nothing more: where its next record would lie, nobody could say.
        """
        digest = revisit_of.digest if revisit_of else payload_digest(exchange.body)
        response_id = new_id()
        named = [("X-Archive-Partner", self.partner), *purpose_fields(exchange.purpose)]
        record = response_record(exchange, response_head(exchange), digest, response_id, revisit_of, named)
        request = request_record(exchange, response_id)
        try:
            file = self.open()
            head = b"" if self.size else info_record(Path(self.name).name, self.user_agent)
            offset = self.size + len(head)
            self.add(file, head + record + request)
        except BaseException:
            self.abandon()
            raise
        return Stored(
            url=exchange.url,
            fetched_at=exchange.fetched_at,
            status=exchange.status,
            digest=digest,
            warc=self.name,
            offset=offset,
            length=len(record),
        )

    def open(self) -> FileIO:
        """Return the open file; a new one at first, after ROTATE_BYTES and after a failed write."""
        if self.file is not None and self.size < ROTATE_BYTES:
            return self.file
        self.close()
        stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M%SZ")
        self.name = f"{self.partner}/{stamp}-{uuid.uuid4().hex[:8]}.warc.gz"
        path = self.folder / self.name
        path.parent.mkdir(parents=True, exist_ok=True)
        self.size = 0
        self.file = path.open("xb", buffering=0)
        sync_folders(path.parent, self.folder.parent)
        return self.file

    def add(self, file: FileIO, records: bytes) -> None:
        """Append whole records and return when they are on the disk."""
        left = memoryview(records)
        while left:
            left = left[file.write(left) :]
        os.fsync(file.fileno())
        self.size += len(records)

    def close(self) -> None:
        """Close the file; it is never opened again for writing."""
        if self.file is not None:
            self.file.close()
            self.file = None

    def abandon(self) -> None:
        """Leave a file in which a write failed, cut to its last whole record as far as the disk allows that."""
        if self.file is not None:
            with suppress(OSError):
                self.file.truncate(self.size)
                os.fsync(self.file.fileno())
            if self.size == 0:
                with suppress(OSError):
                    (self.folder / self.name).unlink()
        with suppress(OSError):
            self.close()
        self.file = None


def sync_folder(folder: Path) -> None:
    """Make the name of a new file survive a power loss."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folders(lowest: Path, highest: Path) -> None:
    """Make the names of a new file and of the folders that it lies in survive a power loss, `highest` the last."""
    for folder in (lowest, *lowest.parents):
        sync_folder(folder)
        if folder == highest:
            return


def new_id() -> str:
    """Return a fresh WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def payload_digest(body: bytes) -> str:
    """Return the digest of a body in the form that WARC readers compare: sha1 in base32."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body, usedforsecurity=False).digest()).decode("ascii")


def response_head(exchange: Exchange) -> bytes:
    """Return the status line and headers as they came; a transfer coding, already off, under another name."""
    try:
        phrase = HTTPStatus(exchange.status).phrase
    except ValueError:
        phrase = "Unknown"
    lines = [f"{exchange.protocol} {exchange.status} {phrase}".encode("ascii")]
    for name, value in exchange.headers:
        kept = b"X-Archive-Transfer-Encoding" if name.lower() == b"transfer-encoding" else name
        lines.append(one_line(kept) + b": " + one_line(value))
    return CRLF.join(lines) + CRLF + CRLF


def one_line(value: bytes) -> bytes:
    """Keep a header on its own line."""
    return value.replace(b"\r", b" ").replace(b"\n", b" ")


def purpose_fields(purpose: Purpose | None) -> list[tuple[str, str]]:
    """Return what a record says of its own purpose; others ignore such fields (WARC 1.1, section 4)."""
    if purpose is None:
        return []
    fields = [
        ("X-Archive-Kind", purpose.kind),
        ("X-Archive-Requested-URI", purpose.requested_url),
        ("X-Archive-Hop", str(purpose.hop)),
    ]
    if purpose.crawl is not None:
        fields.append(("X-Archive-Crawl", str(purpose.crawl)))
    if purpose.source is not None:
        fields.append(("X-Archive-Source", json.dumps(asdict(purpose.source))))
    return fields


def response_record(
    exchange: Exchange,
    head: bytes,
    digest: str,
    record_id: str,
    revisit_of: Stored | None,
    named: Sequence[tuple[str, str]] = (),
) -> bytes:
    """Return the response as a gzip member; a revisit record names the capture it repeats."""
    fields = [
        ("WARC-Type", "revisit" if revisit_of else "response"),
        ("WARC-Record-ID", record_id),
        ("WARC-Target-URI", exchange.url),
        ("WARC-Date", warc_date(exchange.fetched_at)),
        ("WARC-Payload-Digest", digest),
        ("Content-Type", "application/http; msgtype=response"),
        *named,
    ]
    if exchange.address:
        fields.append(("WARC-IP-Address", exchange.address))
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    if revisit_of:
        fields.append(("WARC-Profile", "http://netpreserve.org/warc/1.1/revisit/server-not-modified"))
        fields.append(("WARC-Refers-To-Target-URI", revisit_of.url))
        fields.append(("WARC-Refers-To-Date", warc_date(revisit_of.fetched_at)))
    return member(fields, head + exchange.body, STORED if is_compressed(exchange) else GZIP_LEVEL)


def is_compressed(exchange: Exchange) -> bool:
    """Say whether a body came in a content coding; a label on readable text is taken for a lie."""
    coded = any(name.lower() == b"content-encoding" for name, _ in exchange.headers)
    return coded and not looks_plain(exchange.body)


def request_record(exchange: Exchange, response_id: str) -> bytes:
    """Return the request as a gzip member."""
    path = exchange.url.split("/", 3)
    target = "/" + (path[3] if len(path) > 3 else "")
    lines = [f"{exchange.method} {target.partition('#')[0]} HTTP/1.1".encode()]
    lines += [one_line(name) + b": " + one_line(value) for name, value in exchange.request_headers]
    fields = [
        ("WARC-Type", "request"),
        ("WARC-Record-ID", new_id()),
        ("WARC-Target-URI", exchange.url),
        ("WARC-Date", warc_date(exchange.fetched_at)),
        ("WARC-Concurrent-To", response_id),
        ("Content-Type", "application/http; msgtype=request"),
    ]
    return member(fields, CRLF.join(lines) + CRLF + CRLF)


def info_record(name: str, user_agent: str) -> bytes:
    """Return the record that begins a file."""
    fields = [
        ("WARC-Type", "warcinfo"),
        ("WARC-Record-ID", new_id()),
        ("WARC-Date", warc_date(datetime.now(timezone.utc))),
        ("WARC-Filename", name),
        ("Content-Type", "application/warc-fields"),
    ]
    return member(fields, f"software: {user_agent}\r\nformat: WARC File Format 1.1\r\n".encode())


def member(fields: Sequence[tuple[str, str]], block: bytes, level: int = GZIP_LEVEL) -> bytes:
    """Return one record as a gzip member of its own, so that it can be read alone."""
    lines = ["WARC/1.1", *(f"{name}: {value}" for name, value in fields), f"Content-Length: {len(block)}", "", ""]
    packer = zlib.compressobj(level, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return packer.compress("\r\n".join(lines).encode("utf-8") + block + CRLF + CRLF) + packer.flush()


def warc_date(moment: datetime) -> str:
    """Return an instant as WARC writes it."""
    return moment.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
