"""Write an archive of any size whose posts have the shape of real ones: `python -m bench.generate_archive FILE --posts N`.

Texts come from a pool of sentences over a Zipf vocabulary; three planted words stand in 1 %, 10 % and 50 % of the posts.
The same seed gives the same archive.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from scraper.store import tallies
from scraper.store.archive import open_archive

PLANTED = {"harbour": 0.01, "council": 0.10, "community": 0.50}
BATCH = 2_000
TODAY = date(2026, 11, 20)
FIRST = date(2016, 1, 1)
SYLLABLES = [
    "ba",
    "be",
    "bri",
    "ca",
    "cor",
    "dan",
    "del",
    "en",
    "fa",
    "fer",
    "gar",
    "hal",
    "in",
    "ka",
    "lan",
    "lin",
    "mar",
    "mel",
    "mor",
    "nal",
    "or",
    "pen",
    "ra",
    "rin",
    "sal",
    "ster",
    "tan",
    "tor",
    "ul",
    "ver",
    "wick",
    "wyn",
]
COMMON = (
    "the of and to a in for is on that by this with it from at are was be will has have new people local town county"
    " open school road park library market festival work plan year week day members residents support art music flood"
    " river health business housing bus train museum concert meeting grant funding award charity volunteers first after"
    " more than their they who which been were said one two three next last all also other over under between street"
    " centre building garden walk trail history heritage exhibition gallery theatre choir orchestra harvest summer winter"
    " autumn spring children families young older students teachers staff team match season league club ground college"
    " course skills jobs training company investment planning application decision vote budget services cleaner greener"
    " energy solar wind bridge station line route repair closure opening safety police fire warning weather storm rain"
    " snow hospital clinic nurse doctor care wellbeing food bank appeal donation weekend evening morning hall church"
).split()
PLACES = "Northvale Easton Westhaven Southmere Calderbank Fenwick Marlow Ashby Penrith Harlow Selby Tenby".split()
SUBJECTS = (
    "Library hours;Flood defences;Harvest fair;New bus route;Town museum;Youth orchestra;Market square;Riverside path;"
    "School meals;Community garden;Housing plan;Winter festival;Swimming pool;Railway bridge;Food bank;Art trail"
).split(";")
TURNS = (
    "approved in {};extended for {};returns to {};opens in {};delayed in {};gets funding in {};draws crowds in {};"
    "planned for {};to close in {};wins award in {};needs volunteers in {};celebrates in {}"
).split(";")
LABELS = [
    "News",
    "Events",
    "Culture",
    "Business",
    "Transport",
    "Environment",
    "Sport",
    "Education",
    "Health",
    "Planning",
    "Community",
    "Jobs",
]
TERMS = [
    ("medtop:01000000", "arts, culture, entertainment and media", None),
    ("medtop:20000002", "arts and entertainment", "medtop:01000000"),
    ("medtop:20000018", "music", "medtop:20000002"),
    ("medtop:04000000", "economy, business and finance", None),
    ("medtop:20000337", "transport", "medtop:04000000"),
    ("medtop:05000000", "education", None),
    ("medtop:06000000", "environment", None),
    ("medtop:07000000", "health", None),
    ("medtop:11000000", "politics and government", None),
    ("medtop:20000621", "local government and politics", "medtop:11000000"),
    ("medtop:14000000", "society", None),
    ("medtop:15000000", "sport", None),
]
TERM_OF_LABEL = dict(zip(LABELS, [None, None, 2, 3, 4, 6, 11, 5, 7, 9, 10, None], strict=True))


class Writer:
    """Draws posts and writes them in batches, in id order as FTS5 likes it."""

    def __init__(self, connection: sqlite3.Connection, posts: int, partners: int, seed: int, steepness: float) -> None:
        self.connection = connection
        self.random = random.Random(seed)
        self.posts = posts
        self.partners = [f"partner-{number:02d}" for number in range(partners)]
        self.weights = [1 / (number + 1) ** 0.7 for number in range(partners)]
        self.sentences = self.pool(40_000, steepness)
        self.span = (TODAY - FIRST).days

    def pool(self, size: int, steepness: float) -> list[str]:
        """Return sentences over a Zipf vocabulary; the steeper, the rarer are made-up words."""
        made = {"".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(30_000)}
        words = COMMON + sorted(made)
        weights = [1 / (rank + 20) ** steepness for rank in range(len(words))]
        drawn = self.random.choices(words, weights, k=size * 16)
        return [" ".join(drawn[start : start + 16]).capitalize() + "." for start in range(0, len(drawn), 16)]

    def text(self) -> str:
        """Return the paragraphs of one post, about 260 words in the middle and up to 3,000."""
        count = max(4, min(190, int(self.random.lognormvariate(2.8, 0.6))))
        chosen = self.random.choices(self.sentences, k=count)
        chosen += [
            f"The {word} said so in {self.random.choice(PLACES)}."
            for word, share in PLANTED.items()
            if self.random.random() < share
        ]
        return "\n\n".join(" ".join(chosen[start : start + 4]) for start in range(0, len(chosen), 4))

    def registry(self) -> None:
        """Write partners, terms, labels, sources, a crawl and a year of the ledger."""
        run = self.connection.executemany
        run("INSERT INTO terms VALUES (?, ?, ?)", TERMS)
        zones = ["Europe/London", "Europe/Dublin", "Europe/Paris"]
        run(
            "INSERT INTO partners VALUES (?, ?, ?, ?, ?, ?, 'full', 1)",
            [
                (
                    slug,
                    f"{PLACES[n % 12]} {('Herald', 'Council', 'Arts', 'Trust')[n % 4]} {n}",
                    f"https://{slug}.example/",
                    "north" if n % 2 else "south",
                    zones[n % 3],
                    "en-GB",
                )
                for n, slug in enumerate(self.partners)
            ],
        )
        self.labels: dict[tuple[str, str], int] = {}
        for slug in self.partners:
            for label in LABELS:
                place = TERM_OF_LABEL[label]
                number = len(self.labels) + 1
                self.labels[slug, label] = number
                self.connection.execute(
                    "INSERT INTO categories VALUES (?, ?, ?, ?, ?)",
                    (
                        number,
                        slug,
                        label,
                        TERMS[place][0] if place is not None else None,
                        "label" if place is not None else "unmapped",
                    ),
                )
        run(
            "INSERT INTO sources (partner, kind, url, found_by) VALUES (?, 'feed', ?, 'link rel=alternate on the home page')",
            [(s, f"https://{s}.example/feed/") for s in self.partners],
        )
        self.connection.execute(
            "INSERT INTO crawls VALUES (1, '2026-11-20T05:00:00Z', '2026-11-20T06:10:00Z', 'complete', ?)",
            (json.dumps(self.partners),),
        )
        run("INSERT INTO coverage VALUES (?, ?, ?, ?, 2, 30, 4, 2, 0, 0)", list(self.ledger()))

    def ledger(self) -> Iterator[tuple[str, str, str, str | None]]:
        """Yield a year of partner-days."""
        for slug in self.partners:
            for back in range(365):
                state = self.random.choices(["checked", "quiet", "blind", "blocked"], [80, 15, 4, 1])[0]
                yield (
                    slug,
                    str(TODAY - timedelta(days=back)),
                    state,
                    "the host did not answer" if state == "blind" else None,
                )

    def run(self) -> None:
        """Write everything."""
        ids = sorted({self.random.getrandbits(52) for _ in range(self.posts)})
        for start in range(0, len(ids), BATCH):
            self.batch(ids[start : start + BATCH])

    def batch(self, ids: list[int]) -> None:
        """Write some posts with all that belongs to them."""
        tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in INSERTS}
        for post in ids:
            self.draw(post, tables)
        self.connection.execute("BEGIN IMMEDIATE")
        for name, rows in tables.items():
            self.connection.executemany(INSERTS[name], rows)
        self.connection.execute("COMMIT")

    def draw(self, post: int, tables: dict[str, list[tuple[Any, ...]]]) -> None:
        """Draw one post."""
        pick = self.random
        slug = pick.choices(self.partners, self.weights)[0]
        text = self.text()
        title = f"{pick.choice(SUBJECTS)} {pick.choice(TURNS).format(pick.choice(PLACES))}"
        byline = None if post % 3 else "A. Brook"
        when = self.when()
        last = when[5]
        seen = f"{(last or TODAY) + timedelta(days=1)}T06:00:00Z"
        kind = "event" if pick.random() < 0.25 else "news"
        revision = 2 if pick.random() < 0.05 else 1
        tables["posts"].append(
            (post, slug, kind, title, text[:160], byline, *self.rest(post, slug, text, when, seen, revision))
        )
        tables["bodies"].append((post, text, "".join(f"<p>{part}</p>" for part in text.split("\n\n"))))
        tables["fts"].append((post, title, text[:160], text, byline))
        labels = pick.sample(LABELS, pick.choice((1, 1, 2)))
        tables["post_categories"] += [(post, self.labels[slug, label]) for label in labels]
        tables["date_claims"].append((post, str(last or ""), when[2] or "", when[3] or "day", "json_ld:datePublished"))
        before = text.replace("said so", "did not say so", 1)  # of the present revision the text stands in `bodies`
        kept = [(number, before if number < revision else None) for number in range(1, revision + 1)]
        tables["revisions"] += [(post, number, seen, title, old, f"{post:x}{number}") for number, old in kept]
        picture = f"https://{slug}.example/i/{post:x}.jpg" if post % 4 else None
        tables["share"].append((post, title, text[:120], picture))
        if kind == "event":
            tables["events"].append(self.event(post, slug, title, last or TODAY, text))

    def rest(self, post: int, slug: str, text: str, when: tuple[Any, ...], seen: str, revision: int) -> tuple[Any, ...]:
        """Return the columns of a post that follow from the others."""
        on, at, edtf, precision, first, last = when
        gone = "2026-11-01T00:00:00Z" if self.random.random() < 0.01 else None
        days = [str(day) if day else None for day in (first, last)]
        language = "cy" if post % 19 == 0 else "en-GB"
        key = f"/{post:x}"
        return (
            key,
            f"https://{slug}.example{key}",
            language,
            at,
            on,
            edtf,
            precision,
            *days,
            seen,
            gone,
            revision,
            len(text.split()),
            f"{post:064x}",
        )

    def event(self, post: int, slug: str, title: str, last: date, text: str) -> tuple[Any, ...]:
        """Draw the event of a post, on a day after it."""
        day = str(last + timedelta(days=self.random.randint(3, 60)))
        starts = f"{day}T{self.random.randint(9, 20):02d}:30:00Z"
        venue = f"{self.random.choice(PLACES)} Hall"
        return (post, slug, title, starts, day, day, day, day, starts, venue, text[:100])

    def when(self) -> tuple[str | None, str | None, str | None, str | None, date | None, date | None]:
        """Draw on, at, EDTF, precision, earliest and latest: 92 % to the minute, 4 % a month, 4 % undated."""
        day = FIRST + timedelta(days=int(self.span * self.random.random() ** 0.6))
        kind = self.random.random()
        if kind < 0.04:
            return None, None, None, None, None, None
        if kind < 0.08:
            first = day.replace(day=1)
            return (
                None,
                None,
                f"{day:%Y-%m}",
                "month",
                first,
                (first + timedelta(days=32)).replace(day=1) - timedelta(days=1),
            )
        at = f"{day}T{self.random.randint(7, 19):02d}:{self.random.randint(0, 59):02d}:00Z"
        return str(day), at, at, "minute", day, day


INSERTS = {
    "posts": "INSERT INTO posts (id, partner, kind, title, summary, byline, url_key, url, language, published_at, published_on,"
    " published_edtf, published_precision, earliest_on, latest_on, first_seen_at, gone_at, revision, words, content_digest,"
    f" last_seen_at, extractor) VALUES ({', '.join('?' * 20)}, '2026-11-20T05:30:00Z', '1:generic')",
    "bodies": "INSERT INTO bodies VALUES (?, ?, ?)",
    "fts": "INSERT INTO posts_fts (rowid, title, summary, text, byline) VALUES (?, ?, ?, ?, ?)",
    "post_categories": "INSERT INTO post_categories VALUES (?, ?)",
    "date_claims": "INSERT INTO date_claims (post, field, quote, edtf, precision, zone_basis, found_in, score, chosen)"
    " VALUES (?, 'published', ?, ?, ?, 'offset', ?, 0.9, 1)",
    "revisions": "INSERT INTO revisions (post, number, captured_at, extractor, title, text, text_digest)"
    " VALUES (?, ?, ?, '1:generic', ?, ?, ?)",
    "share": "INSERT INTO share_metadata (post, og_title, og_description, og_image) VALUES (?, ?, ?, ?)",
    "events": "INSERT INTO events (post, partner, title, starts_at, start_on, end_on, earliest_on, latest_on, when_edtf, venue,"
    " evidence, precision, found_in, timezone, first_seen_at, last_seen_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'minute', 'json_ld', 'Europe/London', '2026-11-20T05:30:00Z', '2026-11-20T05:30:00Z')",
}


def generate(path: Path, *, posts: int, partners: int = 24, seed: int = 7, steepness: float = 1.25) -> None:
    """Write an archive at `path`, which must not exist."""
    with open_archive(path) as archive:
        connection = archive.connection
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA cache_size=-400000")
        connection.execute("PRAGMA foreign_keys=OFF")
        writer = Writer(connection, posts, partners, seed, steepness)
        writer.registry()
        writer.run()
        with archive.transaction():
            tallies.rebuild(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("ANALYZE")


def main() -> None:
    """Read the command line and write the archive."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--partners", type=int, default=24)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if options.file.exists():
        parser.error(f"{options.file} exists")
    began = time.monotonic()
    generate(options.file, posts=options.posts, partners=options.partners, seed=options.seed)
    print(f"{options.posts} posts, {options.file.stat().st_size / 1e6:.0f} MB, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
