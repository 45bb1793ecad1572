"""The ways of getting and keeping pages that are compared, each in a process of its own that counts its CPU."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.models import Capture

from .pages import FETCHED_AT, partner, recipe

WARM = 20  # pages before counting begins: what is loaded once costs the first of them


@dataclass(slots=True)
class Meter:
    """The CPU of a crawl: what it took to find the pages, and what each page took after the first ones."""

    began: float | None = None  # the first request
    first: float = 0.0  # the first page
    warm: float = 0.0  # the first page that counts
    pages: int = 0

    def turn(self, kind: str) -> None:
        """Note that the turn of a source or a page has come: before it is asked for, or as soon as it is there."""
        self.began = cpu() if self.began is None else self.began
        if kind == "page":
            self.first = cpu() if self.pages == 0 else self.first
            self.warm = cpu() if self.pages == WARM else self.warm
            self.pages += 1

    def result(self) -> dict[str, float]:
        """Return the milliseconds a page, the share of finding it included."""
        counted = self.pages - WARM
        finding = (self.first - (self.began or 0.0)) / self.pages
        return {"ms": ((cpu() - self.warm) / counted + finding) * 1e3, "finding": finding * 1e3, "pages": counted}


def measure(way: str, *words: str) -> dict[str, float]:
    """Run one way in a new process; return its figures."""
    return run_module(sys.executable, "bench.ways", way, *words)


def run_module(python: str, *words: str) -> dict[str, float]:
    """Run a module in a new process of that Python; return the figures that it prints."""
    environment = {**os.environ, "ARCHIVE_ALLOW": "127.0.0.0/8"}
    done = subprocess.run([python, "-m", *words], capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"{words[0]}: {done.stderr[-2_000:]}")
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def cpu() -> float:
    """Return the CPU seconds of this process, its system time included."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def peak_memory() -> float:
    """Return the most memory, in MB, that this process ever held.

    `ru_maxrss` would begin with what the bench itself holds: Linux carries it over from the process that started this one.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(lines["VmHWM"].split()[0]) / 1024


def bare(home: str, number: str) -> dict[str, float]:
    """Fetch the pages with Scrapy and do nothing with them."""
    return scrapy_crawl(home, int(number), lambda response: None)


def with_trafilatura(home: str, number: str) -> dict[str, float]:
    """Fetch with Scrapy, read with trafilatura, store each post in a transaction of its own."""
    from trafilatura import bare_extraction

    connection = plain_store()

    def take(response: Any) -> None:
        found = bare_extraction(response.body, url=response.url, with_metadata=True, include_comments=False)
        fields = found if isinstance(found, dict) else found.as_dict() if found is not None else {}
        keep(connection, response.url, fields.get("title"), fields.get("date"), fields.get("text"))

    return scrapy_crawl(home, int(number), take)


def plain_store() -> sqlite3.Connection:
    """Return a plain table of posts."""
    connection = sqlite3.connect(Path(tempfile.mkdtemp()) / "posts.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE posts (url TEXT PRIMARY KEY, title TEXT, published TEXT, text TEXT)")
    return connection


def keep(connection: sqlite3.Connection, *row: object) -> None:
    """Store one post at once."""
    connection.execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?)", row)


def scrapy_crawl(home: str, number: int, take: Callable[[Any], None]) -> dict[str, float]:
    """Fetch the pages with Scrapy, one at a time as a partner is crawled, and hand each to `take`."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    meter = Meter()

    class Fetch(scrapy.Spider):
        name = "fetch"

        async def start(self) -> Any:
            for place in range(number + WARM):
                yield scrapy.Request(f"{home}news/post-{place}", callback=self.parse)

        def parse(self, response: Any) -> None:
            meter.turn("page")
            take(response)

    settings = {
        "LOG_LEVEL": "ERROR",
        "TELNETCONSOLE_ENABLED": False,
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
        "DOWNLOAD_DELAY": 0,
    }
    process = AsyncCrawlerProcess(settings)
    process.crawl(Fetch)
    process.start()
    return meter.result()


def crawl_archive(home: str, number: str, db: str = "") -> dict[str, float]:
    """Crawl as the archive does: robots, frontier, captures, fsync, one transaction a page, coverage."""
    from scraper.crawl import run
    from scraper.store.archive import open_archive

    path = Path(db or tempfile.mkdtemp()) / "archive.db"
    prepare(path, home)
    meter, clock = Meter(), time.monotonic()
    job = run.Job(partner=partner(home, int(number) + WARM), db=path, crawl=None)
    done = run.crawl(job, lambda message: meter.turn(message.kind))
    found = meter.result()
    with open_archive(path) as archive:
        counts = archive.query(
            "SELECT count(*), sum(extractor NOT LIKE '%generic') FROM posts WHERE partner = 'bench'"
        )[0]
    return {
        **found,
        "posts": counts[0],
        "by_recipe": counts[1],
        "mb": peak_memory(),
        "seconds": time.monotonic() - clock,
        "outcomes": str(done.outcomes),
    }


def prepare(path: Path, home: str) -> None:
    """Make an archive that holds the partner and its recipe."""
    from scraper.store import partners, recipes, terms
    from scraper.store.archive import open_archive

    known = recipe()
    with open_archive(path) as archive, archive.transaction() as connection:
        terms.save_terms(connection)
        partners.save_partner(connection, partner(home))
        recipes.save_recipe(connection, "bench", known.digest, known.to_json(), samples=10, at="2026-01-01T00:00:00Z")


def ingest(home: str, number: str, db: str = "", start: str = "0") -> dict[str, float]:
    """Parse, extract, normalise and store pages that are in memory; each page commits. Copies are joined at the end, counted apart."""
    from urllib.request import urlopen

    from scraper import ingest as door
    from scraper.store import families, ledger
    from scraper.store.archive import instant, open_archive

    path = Path(db or tempfile.mkdtemp()) / "archive.db"
    prepare(path, home)
    known, moment = partner(home), FETCHED_AT
    spent, read, first = 0.0, 0, int(start)
    with open_archive(path) as archive:
        for place in range(first, first + int(number) + WARM):
            url = f"{home}news/post-{place}"
            with urlopen(url) as answer:
                import gzip

                body = gzip.decompress(answer.read())
            capture = Capture(url=url, fetched_at=moment, status=200, headers={"content-type": "text/html"}, body=body)
            began = cpu()
            reading = door.read_page(archive, known, capture)
            with archive.transaction() as connection:
                outcome = door.ingest_page(archive, connection, known, capture, reading=reading)
                ledger.save_fetch(
                    connection,
                    crawl=None,
                    partner="bench",
                    url=url,
                    kind="page",
                    at=instant(moment),
                    outcome=outcome.word,
                )
            if place >= first + WARM:
                spent += cpu() - began
                read += outcome.word == "new"
        began = cpu()
        families.gather(archive)
        joined = cpu() - began
    return {"ms": spent * 1e3 / int(number), "joined": joined * 1e3 / (int(number) + WARM), "pages": read}


WAYS: dict[str, Callable[..., dict[str, float]]] = {
    "bare": bare,
    "trafilatura": with_trafilatura,
    "archive": crawl_archive,
    "ingest": ingest,
}

if __name__ == "__main__":
    print(json.dumps(WAYS[sys.argv[1]](*sys.argv[2:])))
