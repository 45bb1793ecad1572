"""What a page costs, side by side on the same served real pages: `make bench`; `--dates` for dates alone."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from scraper.errors import PageError
from scraper.extract import document, published
from scraper.normalise import dates
from scraper.store import tallies
from scraper.store.archive import open_archive

from .pages import FETCHED_AT, load, serve
from .ways import measure, run_module

PARTS = ("page", "crawl", "memory", "growth")
ROUNDS = 3
DISTINCT = 150  # real pages
GROWN = (1_000, 100_000)  # posts in the archive
COPIED = ("posts bodies share_metadata addresses post_categories tags date_claims revisions fingerprints").split()
APART, BITS = 6_364_136_223_846_793, (1 << 52) - 1  # ids of copies are spread as digests are
SPREAD = 2_654_435_761  # so are fingerprints


def main() -> int:
    """Measure what is asked for and print one line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="the folder that holds corpora/")
    parser.add_argument("--parts", default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument(
        "--pages", type=int, default=300, help="pages in a run; fewer tell more of the start than of a page"
    )
    parser.add_argument("--long", type=int, default=5_000, help="pages in the run whose memory is measured")
    parser.add_argument("--news-please", default="", help="a Python that has news-please")
    parser.add_argument("--dates", action="store_true", help="the cost of dates alone")
    options = parser.parse_args()
    if not (options.shared / "corpora").is_dir():
        print(f"no pages: {options.shared / 'corpora'} is not there; --shared names the folder that holds corpora/")
        return 0
    print(
        f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores: CPU time is told; other work still adds noise"
    )
    for line in measure_dates(options.shared) if options.dates else measure_parts(options):
        print(line, flush=True)
    return 0


def measure_parts(options: argparse.Namespace) -> Iterator[str]:
    """Yield the figures of each part."""
    pages = load(options.shared, DISTINCT)
    yield f"{len(pages)} distinct real pages, mean {sum(map(len, pages)) / len(pages) / 1e3:.0f} kB"
    wanted = options.parts.split(",")
    with serve(pages, max(options.pages, options.long) + 100) as home:
        if "page" in wanted:
            yield from measure_page(home, options.pages)
        if "crawl" in wanted:
            yield from measure_crawl(home, options.pages, options.news_please)
        if "memory" in wanted:
            found = measure("archive", home, str(options.long))
            yield f"memory of one partner's process over {found['posts']:.0f} posts: {found['mb']:.0f} MB (≤ 200)"
        if "growth" in wanted:
            yield from measure_growth(home, options.pages)


def paired(ours: str, theirs: str, home: str, number: int) -> tuple[list[float], list[float], list[float]]:
    """Return the milliseconds of both ways and their ratios, run by turns."""
    left, right = [], []
    for _ in range(ROUNDS):
        right.append(measure(theirs, home, str(number))["ms"])
        left.append(measure(ours, home, str(number))["ms"])
    return left, right, [one / other for one, other in zip(left, right, strict=True)]


def told(name: str, left: Sequence[float], right: Sequence[float], ratios: Sequence[float], reach: str) -> str:
    """Return one line: both costs, the median ratio and its range."""
    return (
        f"{name}: {statistics.median(left):.2f} against {statistics.median(right):.2f} ms CPU a page,"
        f" {statistics.median(ratios):.2f} × [{min(ratios):.2f}–{max(ratios):.2f}] (reach {reach})"
    )


def measure_page(home: str, number: int) -> Iterator[str]:
    """Yield parse, extract, normalise and store by recipe against bare Scrapy."""
    yield told("page by recipe / bare Scrapy", *paired("ingest", "bare", home, number), "≤ 1.25")


def measure_crawl(home: str, number: int, news_please: str) -> Iterator[str]:
    """Yield the whole crawl against Scrapy with trafilatura, and against news-please where it is installed."""
    yield told("crawl by recipe / Scrapy + trafilatura", *paired("archive", "trafilatura", home, number), "≤ 0.20")
    if not news_please:
        yield "news-please: not measured; --news-please names a Python that has it"
        return
    ours = measure("archive", home, str(number))["ms"]
    theirs = run_module(news_please, "bench.news_please", home, "40")["ms"]
    yield told("crawl by recipe / news-please", [ours], [theirs], [ours / theirs], "≤ 0.067")


def measure_growth(home: str, number: int) -> Iterator[str]:
    """Yield the cost of a page in a large archive against that in a small one."""
    costs: dict[int, list[float]] = {size: [] for size in GROWN}
    joined: dict[int, list[float]] = {size: [] for size in GROWN}
    folders = {size: grown(home, size) for size in GROWN}
    for turn in range(ROUNDS):
        for size, folder in folders.items():
            found = measure("ingest", home, str(number), str(folder), str(turn * (number + 20)))
            costs[size].append(found["ms"])
            joined[size].append(found["joined"])
    small, large = (costs[size] for size in GROWN)
    ratios = [one / other for one, other in zip(large, small, strict=True)]
    yield told("page with 100,000 posts / with 1,000", large, small, ratios, "≤ 1.10")
    after = [statistics.median(joined[size]) for size in GROWN]
    yield f"copies joined after the visit: {after[0]:.2f} ms CPU a page with 1,000 posts, {after[1]:.2f} with 100,000"


def grown(home: str, size: int) -> Path:
    """Return the folder of an archive that holds that many posts of another partner."""
    folder = Path(tempfile.mkdtemp())
    measure("ingest", home, "180", str(folder))
    with open_archive(folder / "archive.db") as archive, archive.transaction() as connection:
        multiply(connection, size)
        connection.execute("INSERT INTO posts_fts (posts_fts) VALUES ('rebuild')")
        tallies.rebuild(connection)
    return folder


def multiply(connection: sqlite3.Connection, size: int) -> None:
    """Copy the posts of the archive to another partner until there are `size`."""
    row = dict(connection.execute("SELECT * FROM partners").fetchone())
    row["slug"] = "other"
    marks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO partners ({', '.join(row)}) VALUES ({marks})", list(row.values()))
    connection.execute("CREATE TEMP TABLE originals AS SELECT id FROM posts")
    number = connection.execute("SELECT count(*) FROM originals").fetchone()[0]
    for table in COPIED:
        key = "id" if table == "posts" else "post"
        names = [column["name"] for column in connection.execute(f"PRAGMA table_info({table})")]
        if table == "date_claims":
            names.remove("id")
        values = [copied(name, key) for name in names]
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)} FROM {table}"
            f" WHERE {key} IN (SELECT id FROM originals)",
            [{"turn": turn} for turn in range(1, max(1, size // number) + 1)],
        )
    connection.execute(  # in the order of the index, which otherwise takes longer than all the rest
        "WITH RECURSIVE turns(turn) AS (SELECT 1 UNION ALL SELECT turn + 1 FROM turns WHERE turn < ?)"
        f" INSERT INTO shingles SELECT (hash + turn * {SPREAD}) & {(1 << 32) - 1}, (post + turn * {APART}) & {BITS}"
        " FROM turns, shingles ORDER BY 1",
        [max(1, size // number)],
    )


def copied(name: str, key: str) -> str:
    """Return what a column of a copy holds: an id of its own, as scattered as those are, another partner, no capture."""
    return {
        key: f"({key} + :turn * {APART}) & {BITS}",
        "partner": "'other'",
        "url_key": "url_key || '/' || :turn",
        "content_digest": "substr(hex(randomblob(16)), 1, 32)",
        "capture": "NULL",
        "family": "NULL",
        "text": "substr(text, 1, 2000)",
        "html": "substr(html, 1, 2000)",
    }.get(name, name)


def measure_dates(shared: Path) -> Iterator[str]:
    """Yield the cost of one expression and of choosing a page's dates, parsing not counted."""
    words = [json.loads(line)["text"] for path in sorted(shared.glob("gold/dates*.jsonl")) for line in path.open()]
    if words:
        read = partial(dates.read, anchor=date(2026, 3, 1), languages=("en",))
        costs = [timed(partial(read, text)) for text in words]
        yield f"{len(words)} expressions: median {statistics.median(costs) * 1e6:.0f} µs each (≤ 500)"
    spent = []
    for path in sorted((shared / "corpora/html").iterdir())[:300]:
        try:
            page = document.parse(gzip.decompress(path.read_bytes()), "https://www.example.org/news/a-post/")
        except PageError:
            continue
        choose = partial(published.claim_dates, zone="Europe/London", language="en", fetched_at=FETCHED_AT)
        spent.append(timed(partial(choose, page)))
    yield f"{len(spent)} pages: median {statistics.median(spent) * 1e3:.2f} ms each for choosing dates (≤ 1.5)"


def timed(work: Callable[[], object]) -> float:
    """Return the CPU seconds of one call."""
    began = time.process_time()
    work()
    return time.process_time() - began


if __name__ == "__main__":
    sys.exit(main())
