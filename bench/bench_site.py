"""Measure the site over an archive that generate_archive.py wrote: `python -m bench.bench_site [FILE] [--posts N] [--json OUT]`.

The server runs in a process of its own. Times are wall times of a client on the same machine; CPU is that of the server.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from bench.generate_archive import generate
from scraper.publish.addresses import shorten
from scraper.store.archive import open_reader

PORT = 8479
WORDS = {"1 %": "harbour", "10 %": "council", "50 %": "community"}
PLACES = "Northvale Easton Westhaven Southmere Calderbank Fenwick Marlow Ashby Penrith Harlow Selby Tenby".split()
START = "import sys; from pathlib import Path; from scraper.site.serve import serve; serve(Path(sys.argv[1]), port=int(sys.argv[2]))"
CLIENTS = 8


@contextmanager
def running(path: Path) -> Iterator[int]:
    """Serve an archive; yields the process id of the server."""
    server = subprocess.Popen([sys.executable, "-c", START, str(path), str(PORT)])
    try:
        for _ in range(200):
            time.sleep(0.05)
            try:
                fetch("/robots.txt")
                break
            except OSError:
                continue
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def fetch(address: str, connection: HTTPConnection | None = None) -> bytes:
    """Return a page; raises AssertionError for any answer but 200."""
    used = connection or HTTPConnection("127.0.0.1", PORT, timeout=60)
    used.request("GET", address)
    answer = used.getresponse()
    body = answer.read()
    if connection is None:
        used.close()
    assert answer.status == 200, f"{answer.status} {address}"
    return body


def cpu(process: int) -> float:
    """Return the CPU seconds that a process has used (Linux)."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(process: int, addresses: list[str]) -> dict[str, float]:
    """Fetch addresses one after another: median, p95 in ms, CPU in ms a page, bytes of the largest page."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    times, largest, before = [], 0, cpu(process)
    for address in addresses:
        start = time.perf_counter()
        largest = max(largest, len(fetch(address, connection)))
        times.append((time.perf_counter() - start) * 1000)
    used = (cpu(process) - before) * 1000 / len(addresses)
    connection.close()
    times.sort()
    p95 = times[min(len(times) - 1, round(0.95 * len(times)))]
    return {"median": round(statistics.median(times), 1), "p95": round(p95, 1), "cpu": round(used, 1), "bytes": largest}


def searches(word: str, rounds: int = 40) -> list[str]:
    """Return searches that no cache has answered before: the word with a different misspelt word left out in each."""
    return [f"/search?q={word}+-zq{word[:2]}{number}x" for number in range(rounds)]


def load(posts: list[str], seconds: float) -> dict[str, float]:
    """Run eight clients: 60 % posts, 20 % lists, 15 % home, 5 % searches."""
    done: list[int] = []
    errors: list[str] = []
    until = time.perf_counter() + seconds

    def client(seed: int) -> None:
        draw = random.Random(seed)
        connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
        lists = [
            "/categories",
            "/coverage",
            "/changes",
            "/calendar",
            "/partner/partner-03",
            "/archive/posts",
            "/search",
        ]
        while time.perf_counter() < until:
            share = draw.random()
            if share < 0.6:
                address = draw.choice(posts)
            elif share < 0.8:
                address = draw.choice(lists)
            elif share < 0.95:
                address = "/"
            else:
                address = f"/search?q={draw.choice([*WORDS.values(), *PLACES])}+{draw.choice(PLACES)}"
            try:
                fetch(address, connection)
                done.append(1)
            except (AssertionError, OSError) as error:
                errors.append(f"{address}: {error}")
                connection.close()
        connection.close()

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(*errors[:5], sep="\n") if errors else None
    return {"pages a second": round(len(done) / seconds, 1), "errors": len(errors)}


def bench(path: Path, seconds: float, say: Callable[[str, Any], None]) -> None:
    """Run every measurement."""
    with open_reader(path) as archive:
        ids = [row[0] for row in archive.query("SELECT id FROM posts ORDER BY content_digest DESC LIMIT 4000")]
        events = [row[0] for row in archive.query("SELECT id FROM events LIMIT 50")]
        say("posts", archive.query("SELECT count(*) FROM posts")[0][0])
    random.Random(5).shuffle(ids)
    posts = [f"/post/{shorten(number)}" for number in ids]
    with running(path) as process:
        measure(process, ["/", "/search", posts[0], *searches("warm", 2)])
        for share, word in WORDS.items():
            say(f"search, word in {share}", measure(process, searches(word)))
        say(
            "search again, word in 50 %",
            measure(process, [f"/search?q=community&kind={k}" for k in ("news", "event") * 6]),
        )
        say(
            "search without words (all facets)",
            measure(process, [f"/search?order=newest&is=-gone&partner=-p{n}" for n in range(10)]),
        )
        say("post page", measure(process, posts[:200]))
        say("event page", measure(process, [f"/event/{shorten(number)}" for number in events]))
        say("database page", measure(process, ["/archive"] * 8))
        say("home", measure(process, ["/"] * 20))
        say("calendar", measure(process, ["/calendar?month=2026-11"] * 10))
        say("table page (posts)", measure(process, ["/archive/posts"] * 20))
        say("table page sorted", measure(process, ["/archive/posts?_sort_desc=published_on"] * 20))
        say(
            "facets partner + kind (precomputed)",
            measure(process, ["/archive?sql=select+partner%2Ckind%2Csum(posts)+from+facet_groups+group+by+1%2C2"] * 20),
        )
        for page in (
            "/categories",
            "/category/medtop:20000018",
            "/partner/partner-03",
            "/coverage",
            "/changes",
            "/charts",
        ):
            say(page, measure(process, [page] * 8))
        say(f"{CLIENTS} clients", load(posts, seconds))
        say("server memory, MB", int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096 // 1_000_000)


def main() -> None:
    """Read the command line and print one line per measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "file", type=Path, nargs="?", help="an archive; without one, build/bench-POSTS.db, made when missing"
    )
    parser.add_argument("--posts", type=int, default=100_000, help="posts of an archive that is made")
    parser.add_argument("--seconds", type=float, default=20, help="how long the eight clients run")
    parser.add_argument("--json", type=Path, help="also write the figures to this file")
    options = parser.parse_args()
    path = options.file or Path("build") / f"bench-{options.posts}.db"
    if not path.exists() and options.file is None:
        path.parent.mkdir(exist_ok=True)
        generate(path, posts=options.posts)
    figures: dict[str, Any] = {}

    def say(name: str, value: Any) -> None:
        figures[name] = value
        print(f"{name:40} {value}", flush=True)

    bench(path, options.seconds, say)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
