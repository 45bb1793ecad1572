"""Real pages served on loopback by a process of their own: the same bytes under many addresses, each a post."""

from __future__ import annotations

import asyncio
import gzip
import json
import multiprocessing
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timezone
from pathlib import Path

from scraper import extract
from scraper.errors import PageError
from scraper.extract.recipe import BODY, Place, Recipe
from scraper.models import Capture, Partner
from scraper.partners.registry import build

LEAST_BYTES = 4_000
LEAST_TEXT = 1_000
FETCHED_AT = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
HEADING = re.compile(rb"<h1(?:\s[^<>]{0,500})?>", re.IGNORECASE)
CONTAINERS = (
    "div.entry-content", "div.post-content", "div.article-body", "div.article-content",
    'div[itemprop="articleBody"]', "article", "main",
)  # fmt: skip


def partner(home: str, number: int = 0) -> Partner:
    """Return the partner whose first `number` posts are crawled."""
    return build(
        "bench",
        {
            "title": "Bench",
            "home": home,
            "region": "bench",
            "timezone": "Europe/London",
            "language": "en-GB",
            "delay": 0.001,
            "sources": [{"sitemap": f"{home}sitemap-{number}.xml"}],
            "posts": {"news": r"/news/post-\d+$"},
        },
    )


def recipe() -> Recipe:
    """Return a recipe as pages of many sites can share it; a learned one names places of one site."""

    def places(found_in: str, *selectors: str) -> tuple[Place, ...]:
        return tuple(Place(css=css, found_in=found_in, agreed=10, samples=10) for css in selectors)

    return Recipe(
        places={
            "title": places("visible:h1", "h1.entry-title", "h1"),
            "byline": places("visible:byline", "span.byline", "div.byline"),
            "authors": places("visible:rel-author", 'a[rel="author"]'),
            "categories": places("visible:rel-category", 'a[rel="category tag"]'),
            "tags": places("visible:rel-tag", 'a[rel="tag"]'),
            BODY: places("body", *CONTAINERS),
        },
        drops=("div.sharedaddy", "div.share", "aside.related"),
        narrow=True,
        samples=10,
    )


def load(shared: Path, most: int) -> list[bytes]:
    """Return real pages that have a heading and a body where the recipe looks, as they were sent."""
    chosen: list[bytes] = []
    wanted = recipe()
    names = {json.loads(line)["html"] for file in sorted(shared.glob("corpora/*.gold.jsonl")) for line in file.open()}
    for name in sorted(names):
        path = next((one for one in (shared / "corpora" / name, shared / "corpora/html" / name) if one.is_file()), None)
        body = gzip.decompress(path.read_bytes()) if path else b""
        if len(body) >= LEAST_BYTES and HEADING.search(body) and is_read(body, wanted):
            chosen.append(body)
        if len(chosen) == most:
            break
    return chosen


def is_read(body: bytes, wanted: Recipe) -> bool:
    """Say whether a page is read as a post by the recipe, and differs from its copy under another number."""
    known = partner("http://127.0.0.1/")
    try:
        first, second = (extract.read(capture(Site([body], 2).page(one)), known, (), wanted) for one in (0, 1))
    except PageError:
        return False
    told_apart = (first.title, first.text) != (second.title, second.text)
    return told_apart and first.recipe is not None and len(first.text) > LEAST_TEXT


def capture(body: bytes) -> Capture:
    """Return a page as a capture of the bench's site."""
    return Capture(url="http://127.0.0.1/news/post-1", fetched_at=FETCHED_AT, status=200, headers={}, body=body)


@dataclass(frozen=True)
class Site:
    """What is served: pages, and under how many addresses."""

    pages: Sequence[bytes]
    number: int

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Return status, media type and body."""
        if path.startswith("/sitemap-"):
            return 200, "application/xml", self.sitemap(int(path[9:-4]))
        number = path.removeprefix("/news/post-")
        if not number.isdigit() or int(number) >= self.number:
            return 404, "text/plain", b"not here"
        return 200, "text/html; charset=utf-8", self.page(int(number))

    def sitemap(self, number: int) -> bytes:
        """Return the addresses of the first posts."""
        lines = "".join(f"<url><loc>http://HOST/news/post-{one}</loc></url>" for one in range(number))
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{lines}</urlset>'.encode()

    def page(self, number: int) -> bytes:
        """Return a page, its heading numbered so that no two addresses carry the same post."""
        body = self.pages[number % len(self.pages)]
        return HEADING.sub(lambda match: match.group() + b"No %d: " % number, body, count=1)


@contextmanager
def serve(pages: Sequence[bytes], number: int) -> Iterator[str]:
    """Serve the pages while the block runs; yields the address of the site."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=run, args=(list(pages), number, theirs), daemon=True)
    process.start()
    try:
        yield f"http://127.0.0.1:{ours.recv()}/"
    finally:
        process.terminate()
        process.join()


def run(pages: list[bytes], number: int, pipe: multiprocessing.connection.Connection) -> None:
    """Serve until the process is ended."""
    asyncio.run(listen(Site(pages, number), pipe))


async def listen(site: Site, pipe: multiprocessing.connection.Connection) -> None:
    """Answer requests, one connection after the other kept alive."""
    packed: dict[str, bytes] = {}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            host = b""
            while (header := await reader.readline()).strip():
                if header.lower().startswith(b"host:"):
                    host = header[5:].strip()
            path = line.split()[1].decode()
            if path not in packed:
                status, kind, body = site.answer(path)
                body = gzip.compress(body.replace(b"HOST", host) if path.endswith(".xml") else body, 1)
                head = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
                packed[path] = head.encode() + body
            writer.write(packed[path])
            await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    pipe.send(server.sockets[0].getsockname()[1])
    async with server:
        await server.serve_forever()
