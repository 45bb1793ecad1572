"""WARC files as another program writes them, and an archive that took the pages in one."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from scraper.importing import import_files
from scraper.models import Partner
from scraper.store.archive import Archive, open_archive

PARTNER = Partner(
    slug="partner.example",
    title="Partner",
    home="https://partner.example/",
    region="midlands",
    timezone="Europe/London",
    language="en-GB",
)
RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: {at}\r\n"
    "Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
)
BLOCK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{more}\r\n{body}"
PAGE = (
    '<html lang="en"><head><title>{title}</title><meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2026-03-20T09:30:00+00:00"></head>'
    "<body><article><h1>{title}</h1>{prose}</article></body></html>"
)


def page(title: str, *paragraphs: str) -> str:
    """Return a page with a post."""
    return PAGE.format(title=title, prose="".join(f"<p>{words}</p>" for words in paragraphs))


def response(url: str, body: str, *, at: str = "2026-03-21T10:00:00Z", more: str = "") -> bytes:
    """Return one record; `more` are further lines of its head, each ended by a line break."""
    block = BLOCK.format(more=more, body=body)
    return RECORD.format(url=url, at=at, length=len(block.encode()), block=block).encode()


def archive_of(folder: Path, records: Iterable[bytes], *partners: Partner) -> Archive:
    """Return an archive in a folder, open, that took the records of the partners; PARTNER if none is named."""
    written = list(records)
    file = folder / "theirs.warc"
    file.write_bytes(b"".join(written))
    archive = open_archive(folder / "archive.db")
    taken = import_files(archive, {one.slug: one for one in partners or (PARTNER,)}, [file]).taken
    assert taken.total() == len(written)
    file.unlink()
    return archive
