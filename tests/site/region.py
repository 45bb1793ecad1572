"""A small archive with every table filled, written by plain SQL, for the tests of the site."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

from scraper.store import tallies
from scraper.store.archive import Archive, open_archive

PLANT, FLOOD, WELSH, UNDATED, GONE, EVENT, COARSE, FORMULA, HOSTILE, COPY = range(1001, 1011)
TAKEN = 0xABCDEF0123456  # a post that was taken down
SEEN = "2026-11-19T06:00:00Z"

PARTNERS = [
    (
        "northvale-herald",
        "Northvale Herald",
        "https://northvale.example/",
        "north",
        "Europe/London",
        "en-GB",
        "full",
        1,
    ),
    ("cymru-celf", "Cymru Celf", "https://celf.example/", "west", "Europe/London", "cy", "extract", 1),
    ("costa-norte", "Costa Norte", "https://costa.example/", "coast", "America/New_York", "es", "none", 1),
]
TERMS = [
    ("medtop:01000000", "arts, culture, entertainment and media", None),
    ("medtop:20000018", "music", "medtop:01000000"),
    ("medtop:06000000", "environment", None),
    ("medtop:20000420", "climate change", "medtop:06000000"),
]
CATEGORIES = [
    (1, "northvale-herald", "Music & gigs", "medtop:20000018", "label"),
    (2, "northvale-herald", "Floods", "medtop:06000000", "label"),
    (3, "cymru-celf", "Cerddoriaeth", "medtop:20000018", "translation"),
    (4, "costa-norte", "Varios", None, "unmapped"),
]


def post(number, partner, title, text, **more):
    """Return a row of `posts` with what is usual, and its text."""
    row = {
        "id": number,
        "partner": partner,
        "url_key": f"/{number}",
        "kind": "news",
        "url": f"https://{partner}.example/{number}",
        "title": title,
        "language": "en-GB",
        "published_at": "2026-10-05T13:05:00Z",
        "published_on": "2026-10-05",
        "published_edtf": "2026-10-05T13:05:00Z",
        "published_precision": "minute",
        "earliest_on": "2026-10-05",
        "latest_on": "2026-10-05",
        "first_seen_at": "2026-10-06T06:00:00Z",
        "last_seen_at": SEEN,
        "extractor": "1:generic",
        "words": len(text.split()),
        "content_digest": f"{number:064x}",
        **more,
    }
    return row, text


NO_DATE = dict.fromkeys(
    ("published_at", "published_on", "published_edtf", "published_precision", "earliest_on", "latest_on")
)
MARCH = {
    **NO_DATE,
    "published_edtf": "2026-03",
    "published_precision": "month",
    "earliest_on": "2026-03-01",
    "latest_on": "2026-03-31",
}
AUGUST = {
    "published_at": "2026-08-01T23:30:00Z",
    "published_on": "2026-08-01",
    "published_edtf": "2026-08-01T23:30:00Z",
    "earliest_on": "2026-08-01",
    "latest_on": "2026-08-01",
}
POSTS = [
    post(
        PLANT,
        "northvale-herald",
        "New water plant opens",
        "The plant opened.\n\nFlood defences were tested.",
        byline="A. Brook and Jo Lee",
        summary="A plant opens.",
    ),
    post(
        FLOOD,
        "northvale-herald",
        "Flood defences for the river",
        "The flood of last year.\n\nNew big defences cost £2m.",
        revision=2,
        published_at="2026-10-07T08:00:00Z",
        published_on="2026-10-07",
        published_edtf="2026-10-07T08:00:00Z",
        earliest_on="2026-10-07",
        latest_on="2026-10-07",
    ),
    post(WELSH, "cymru-celf", "Gŵyl gerddoriaeth yn y dref", "Bydd yr ŵyl yn dechrau.", language="cy", **MARCH),
    post(UNDATED, "northvale-herald", "About the bridge", "A page about the bridge without any date.", **NO_DATE),
    post(GONE, "northvale-herald", "Bus route ends", "The bus route ends.", gone_at="2026-11-10T00:00:00Z"),
    post(
        EVENT,
        "northvale-herald",
        "Harvest concert",
        "The concert is on 28 November at 7.30pm.",
        kind="event",
        family=EVENT,
    ),
    post(COARSE, "costa-norte", "Feria de otoño", "", kind="event", language="es", **AUGUST),
    post(FORMULA, "costa-norte", "=cmd|' /C calc'!A0", "+1 formula", byline="@evil"),
    post(
        HOSTILE,
        "costa-norte",
        "<script>alert(1)</script> “quoted” {brace} \\ % & title",
        "Text <b>with</b> tags \ue000and marks\ue001 & entities. " * 3,
        summary="</script><img src=x onerror=alert(1)>",
        language='x"><b>',
    ),
    post(COPY, "cymru-celf", "Harvest concert", "The concert is on 28 November at 7.30pm.", family=EVENT),
]
HTML = {
    PLANT: '<h2>Opening</h2><p onclick="evil()">The <b>plant</b> opened. <a href="javascript:alert(1)">bad</a>'
    ' <a href="https://northvale.example/more">good</a></p><script>alert(1)</script><img src="https://x.example/y.png" alt="A plant">'
}
EVENTS = [
    (
        1,
        EVENT,
        None,
        "northvale-herald",
        "Harvest concert",
        "2026-11-28T19:30:00Z",
        "2026-11-28T21:00:00Z",
        "2026-11-28",
        "2026-11-28",
        "2026-11-28T19:30",
        "minute",
        "2026-11-28",
        "2026-11-28",
        "Europe/London",
        0,
        "Town Hall; east, wing",
        "json_ld",
        "The concert is on 28 November at 7.30pm.",
        "scheduled",
        1,
    ),
    (
        2,
        COARSE,
        None,
        "costa-norte",
        "Feria de otoño",
        None,
        None,
        None,
        None,
        "2026-11",
        "month",
        "2026-11-01",
        "2026-11-30",
        "America/New_York",
        1,
        None,
        "prose",
        "La feria será en noviembre.",
        "scheduled",
        0,
    ),
    (
        3,
        None,
        1,
        "northvale-herald",
        "Council open day",
        None,
        None,
        "2026-11-24",
        "2026-11-25",
        "2026-11-24/2026-11-25",
        "day",
        "2026-11-24",
        "2026-11-25",
        "Europe/London",
        1,
        "Library",
        "calendar",
        None,
        "cancelled",
        1,
    ),
    (
        4,
        EVENT,
        None,
        "northvale-herald",
        "Late show",
        "2026-11-29T01:30:00Z",
        None,
        "2026-11-28",
        "2026-11-28",
        "2026-11-28T20:30-05:00",
        "minute",
        "2026-11-28",
        "2026-11-28",
        "America/New_York",
        0,
        None,
        "json_ld",
        None,
        "scheduled",
        1,
    ),
]


def write(path: Path) -> Path:
    """Write the archive."""
    with open_archive(path) as archive, archive.transaction():
        registry(archive)
        posts(archive)
        around(archive)
        tallies.rebuild(archive.connection)
    return path


def registry(archive: Archive) -> None:
    """Write partners, vocabulary, sources, runs and the ledger."""
    run = archive.connection.executemany
    run("INSERT INTO partners VALUES (?, ?, ?, ?, ?, ?, ?, ?)", PARTNERS)
    run("INSERT INTO terms VALUES (?, ?, ?)", TERMS)
    run("INSERT INTO categories VALUES (?, ?, ?, ?, ?)", CATEGORIES)
    run(
        "INSERT INTO sources (id, partner, kind, url, found_by, last_checked_at) VALUES (?, ?, ?, ?, ?, ?)",
        [(1, "northvale-herald", "feed", "https://northvale.example/feed/", "registry", SEEN)],
    )
    run(
        "INSERT INTO crawls VALUES (?, ?, ?, ?, ?)",
        [(1, "2026-11-19T05:00:00Z", "2026-11-19T06:10:00Z", "complete", "[]")],
    )
    run(
        "INSERT INTO coverage VALUES (?, ?, ?, ?, 1, 10, 2, 1, 0, 0)",
        [
            (
                slug,
                str(datetime.now(timezone.utc).date() - timedelta(days=back)),
                "blind" if (slug, back) == ("costa-norte", 0) else "checked",
                "the host did not answer" if (slug, back) == ("costa-norte", 0) else None,
            )
            for slug in ("northvale-herald", "costa-norte")
            for back in range(20)  # the pages show the last days as they are today
        ],
    )
    run(
        "INSERT INTO captures VALUES (?, ?, ?, ?, 200, ?, 'one.warc.gz', ?, 500, 'post')",
        [(1, "northvale-herald", "https://northvale.example/1001", SEEN, "sha256:00", 0)],
    )
    run(
        "INSERT INTO fetches (crawl, partner, url, kind, at, status, outcome, bytes) VALUES (1, 'northvale-herald', ?, 'post', ?, 200, 'stored', 900)",
        [("https://northvale.example/1001", SEEN)],
    )


def posts(archive: Archive) -> None:
    """Write the posts with texts and index."""
    archive.connection.execute(f"INSERT INTO families (id, size) VALUES ({EVENT}, 2)")
    for row, text in POSTS:
        names = ", ".join(row)
        archive.connection.execute(
            f"INSERT INTO posts ({names}) VALUES ({', '.join('?' * len(row))})", list(row.values())
        )
        archive.connection.execute(
            "INSERT INTO bodies VALUES (?, ?, ?)", (row["id"], text or None, HTML.get(row["id"]))
        )
        archive.connection.execute(
            "INSERT INTO posts_fts (rowid, title, summary, text, byline) VALUES (?, ?, ?, ?, ?)",
            (row["id"], row["title"], row.get("summary"), text, row.get("byline")),
        )
    archive.connection.execute("UPDATE families SET origin = id")


def around(archive: Archive) -> None:
    """Write what belongs to posts."""
    run = archive.connection.executemany
    run("INSERT INTO post_categories VALUES (?, ?)", [(EVENT, 1), (FLOOD, 2), (WELSH, 3), (FORMULA, 4), (COPY, 3)])
    run("INSERT INTO tags VALUES (?, ?)", [(PLANT, "water"), (PLANT, "works")])
    run(
        "INSERT INTO events (id, post, source, partner, title, starts_at, ends_at, start_on, end_on, when_edtf, precision, earliest_on, latest_on, timezone, all_day, venue, found_in, evidence, status, certain, first_seen_at, last_seen_at)"
        f" VALUES ({', '.join('?' * 20)}, '2026-10-06T06:00:00Z', '{SEEN}')",
        EVENTS,
    )
    claim = "INSERT INTO date_claims (post, event, field, quote, edtf, precision, zone_basis, found_in, score, chosen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    run(
        claim,
        [
            (
                PLANT,
                None,
                "published",
                "2026-10-05T14:05:00+01:00",
                "2026-10-05T13:05:00Z",
                "minute",
                "offset",
                "json_ld:datePublished",
                0.95,
                1,
            ),
            (PLANT, None, "published", "5 October", "2026-10-05", "day", "none", "visible:time", 0.4, 0),
            (None, 1, "start", "28 November at 7.30pm", "2026-11-28T19:30", "minute", "partner", "prose", 0.7, 1),
            (None, 2, "start", "La feria será en noviembre.", "2026-11", "month", "none", "prose", 0, 1),
            (None, 2, "end", "", "2026-11", "month", "none", "prose", 0, 1),
        ],
    )
    run(
        "INSERT INTO revisions (post, number, captured_at, extractor, title, text, text_digest, changed) VALUES (?, ?, ?, '1:generic', ?, ?, ?, ?)",
        [
            (
                FLOOD,
                1,
                "2026-10-07T09:00:00Z",
                "Flood walls for the river",
                "The flood of last year.\n\nNew small defences cost £1m.",
                "a",
                None,
            ),
            (
                FLOOD,
                2,
                "2026-10-09T09:00:00Z",
                "Flood defences for the river",
                "The flood of last year.\n\nNew big defences cost £2m.",
                "b",
                json.dumps({name: {"before": "a", "after": "b"} for name in ("title", "text")}),
            ),
        ],
    )
    run(
        "INSERT INTO share_metadata (post, og_title, og_image, share_links) VALUES (?, ?, ?, ?)",
        [
            (
                PLANT,
                "New water plant",
                "https://northvale.example/plant.jpg",
                '{"facebook": "https://facebook.example/share"}',
            )
        ],
    )
    run(
        "INSERT INTO removals (what, reason, requested_at, done_at, action, digest, partner)"
        " VALUES (?, ?, ?, ?, 'takedown', ?, 'northvale-herald')",
        [
            (
                "post",
                "asked by a person named in it",
                "2026-11-01T10:00:00Z",
                "2026-11-01T11:00:00Z",
                f"{TAKEN:013x}" + "0" * 51,
            )
        ],
    )
    run("INSERT INTO alarms VALUES (?, 'silence', '', ?, ?)", [("costa-norte", "no new post for 40 days", SEEN)])
    run(
        "INSERT INTO recipes VALUES (?, 'abc123', ?, ?, 12, 1)",
        [("northvale-herald", SEEN, json.dumps({"title": "h1.post-title", "body": "div.entry"}))],
    )
