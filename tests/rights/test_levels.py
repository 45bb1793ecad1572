"""What may not be public is not in archive.db, at every level of rights and for every reservation of a page."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
import warc_of_others
from sample_archive import Region

from scraper import ingest, reextract
from scraper.capture import CaptureWriter, Exchange
from scraper.models import Candidate, Capture, DateClaim, Event, Partner, Rights, Source, SourceClaims
from scraper.rights import levels
from scraper.store import date_claims, events, frontier, ledger, partners, withhold
from scraper.store.archive import Archive, instant, open_archive

PARTNER = Partner(
    slug="partner.example",
    title="Partner",
    home="https://partner.example/",
    region="midlands",
    timezone="Europe/London",
    language="en-GB",
)
URL = "https://partner.example/news/lock-gates/"
FEED = "https://partner.example/feed/"
START = "Divers hang the new lock gates on Friday"
MIDDLE = "the last sentence that nobody may read"
PROSE = " ".join([f"{START}, and the canal opens a week later."] + ["Oak lasts for twenty five years."] * 20 + [MIDDLE])
SUMMARY = "Oak gates for the old lock arrive by barge"
PAGE = """<html lang=en><head><title>New lock gates</title>{robots}
<meta property="og:title" content="New lock gates"><meta property="og:type" content="article">
<meta name="description" content="{summary}"><meta property="og:description" content="{summary}">
<meta property="article:published_time" content="2026-03-20T09:30:00+00:00"></head>
<body><main><article><h1>New lock gates</h1><p>{prose}</p></article></main></body></html>"""
RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Partner</title><item><title>New lock gates</title><link>{url}</link><description>{summary}</description>
<pubDate>Fri, 20 Mar 2026 09:30:00 GMT</pubDate>
<content:encoded>&lt;p&gt;{prose}&lt;/p&gt;&lt;p&gt;{prose}&lt;/p&gt;</content:encoded></item></channel></rss>"""

# rights of the partner, robots meta of the page → are its start, its middle, its summary in the database?
LEVELS = [
    ("full", "", (True, True, True)),
    ("extract", "", (True, False, True)),
    ("none", "", (False, False, False)),
    ("full", '<meta name="robots" content="nosnippet">', (False, False, False)),
    ("full", '<meta name="tdm-reservation" content="1">', (False, False, False)),
]


def fetched(archive: Archive, url: str, body: str, kind: str, minute: int) -> tuple[Capture, int]:
    """Keep an answer as a crawl does; return it and its row."""
    at = datetime(2026, 3, 21, 9, minute, tzinfo=timezone.utc)
    writer = CaptureWriter(archive.captures, PARTNER.slug, user_agent="test")
    stored = writer.write(
        Exchange(url=url, fetched_at=at, method="GET", request_headers=[], status=200, headers=[], body=body.encode())
    )
    writer.close()
    number = ledger.save_capture(archive.connection, PARTNER.slug, stored, kind)
    capture = Capture(url=url, requested_url=url, fetched_at=at, status=200, headers={}, body=body.encode(), id=number)
    return capture, number


def crawl(archive: Archive, partner: Partner, robots: str, *, minute: int = 0, prose: str = PROSE) -> ingest.Outcome:
    """Read a feed and then the one page that it lists."""
    with archive.transaction() as connection:
        partners.save_partner(connection, partner)
        partners.save_sources(connection, partner.slug, [Source(kind="feed", url=FEED)])
        body = RSS.format(url=URL, summary=SUMMARY, prose=prose)
        _, number = fetched(archive, FEED, body, "source", minute)
        claims = SourceClaims(url=URL, found_in="feed", title="New lock gates", summary=SUMMARY, content=prose)
        offered = [Candidate(url=URL, found_in="feed", claims=claims)]
        frontier.offer(connection, partner.slug, 1, offered, now=instant(datetime.now(timezone.utc)), capture=number)
        page = PAGE.format(robots=robots, summary=SUMMARY, prose=prose)
        capture, _ = fetched(archive, URL, page, "page", minute + 1)
        reading = ingest.read_page(archive, partner, capture)
        return ingest.ingest_page(archive, connection, partner, capture, reading=reading)


def held(path: Path, words: str) -> bool:
    """Say whether words stand anywhere in the database, the search index and its log included."""
    connection = sqlite3.connect(path)
    dump = "\n".join(connection.iterdump())
    connection.execute("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'posts_fts', 'instance')")
    indexed = {row[0] for row in connection.execute("SELECT term FROM temp.vocabulary")}
    connection.close()
    return words in dump or set(words.lower().split()) <= indexed


@pytest.mark.parametrize(("public", "robots", "expected"), LEVELS)
def test_only_what_is_allowed_is_in_the_database(tmp_path: Path, public, robots, expected):
    partner = replace(PARTNER, rights=Rights(public=public))
    with open_archive(tmp_path / "archive.db") as archive:
        assert crawl(archive, partner, robots).word == "new"
        row = archive.first("SELECT title, published_on FROM posts")
    assert (row["title"], row["published_on"]) == ("New lock gates", "2026-03-20")
    assert tuple(held(tmp_path / "archive.db", words) for words in (START, MIDDLE, SUMMARY)) == expected


def test_prose_of_a_feed_is_read_from_its_capture(tmp_path: Path):
    with open_archive(tmp_path / "archive.db") as archive:
        crawl(archive, replace(PARTNER, rights=Rights(public="none")), "")
        capture = Capture(url=URL, fetched_at=datetime.now(timezone.utc), status=200, headers={}, body=b"")
        (said,) = ingest.claims_for(archive, PARTNER, capture)
    assert said.content is not None
    assert (MIDDLE in said.content, said.summary) == (True, SUMMARY)


def test_a_page_that_asks_not_to_be_archived_is_not(tmp_path: Path):
    with open_archive(tmp_path / "archive.db") as archive:
        outcome = crawl(archive, PARTNER, '<meta name="robots" content="noarchive">')
        assert (outcome.word, outcome.reason) == ("refused", "noarchive")
        assert archive.query("SELECT id FROM posts") == []


def test_the_reservation_alone_is_no_change(tmp_path: Path):
    with open_archive(tmp_path / "archive.db") as archive:
        crawl(archive, PARTNER, "")
        assert crawl(archive, PARTNER, '<meta name="robots" content="noarchive">', minute=5).word == "unchanged"
    assert not held(tmp_path / "archive.db", MIDDLE)


def test_a_page_that_reserves_its_rights_later_loses_its_old_words(tmp_path: Path):
    with open_archive(tmp_path / "archive.db") as archive:
        crawl(archive, PARTNER, "")
        assert crawl(archive, PARTNER, "", minute=5, prose=PROSE + " The towpath stays open.").word == "changed"
        outcome = crawl(archive, PARTNER, '<meta name="robots" content="noarchive">', minute=10)
        again = crawl(archive, PARTNER, '<meta name="robots" content="noarchive">', minute=15)
        revisions = archive.query("SELECT number, text FROM revisions ORDER BY number")
    assert len(revisions) == 3
    assert (outcome.word, again.word) == ("changed", "unchanged")  # the sentence that was added is gone again
    assert [row["text"] for row in revisions] == [None] * len(revisions)
    assert not held(tmp_path / "archive.db", MIDDLE)


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [("full", "extract", (True, False)), ("full", "none", (False, False)), ("none", "full", (True, True)),
     ("extract", "full", (True, True)), ("none", "extract", (True, False))],
)  # fmt: skip
def test_changed_rights_reach_stored_posts(tmp_path: Path, first, then, expected):
    with open_archive(tmp_path / "archive.db") as archive:
        crawl(archive, replace(PARTNER, rights=Rights(public=first)), "")
        partner = replace(PARTNER, rights=Rights(public=then))
        levels.apply(archive, partner)
        assert archive.query("SELECT revision FROM posts")[0]["revision"] == 1
        assert tuple(held(tmp_path / "archive.db", words) for words in (START, MIDDLE)) == expected
        outcome = crawl(archive, partner, "", minute=5)
    assert outcome.word == "unchanged"


EARLY = "The Lock Open Day takes place on 5 March 2027 at the Town Hall in Derby."
LATE = "The Secret Gate Conference takes place on 6 March 2027 at the Guildhall in Derby from 10am to 4pm for all."
EVIDENCE = "SELECT title, evidence FROM events ORDER BY title"


# rights → is the sentence in the extract shown as evidence, is the one after it
@pytest.mark.parametrize(
    ("public", "expected"), [("full", (True, True)), ("extract", (True, False)), ("none", (False, False))]
)
@pytest.mark.parametrize("later", [False, True], ids=["from the start", "later"])
def test_no_words_of_an_event_go_past_the_extract(tmp_path: Path, public, expected, later: bool):
    wide, partner = PARTNER, replace(PARTNER, rights=Rights(public=public))
    body = warc_of_others.page("Lock gates and two days", EARLY, PROSE, LATE)
    with warc_of_others.archive_of(
        tmp_path, [warc_of_others.response(URL, body)], wide if later else partner
    ) as archive:
        levels.apply(archive, partner)
        told = dict(map(tuple, archive.query(EVIDENCE)))
    assert len(told) == 2
    assert tuple(any(words == said for said in told.values()) for words in (EARLY, LATE)) == expected
    assert held(tmp_path / "archive.db", "at the Guildhall in Derby from 10am") == (public == "full")


@pytest.mark.parametrize(("public", "letters"), [("full", 200), ("extract", 80), ("none", 80)])
@pytest.mark.parametrize("later", [False, True], ids=["from the start", "later"])
def test_of_the_words_of_a_date_80_letters_are_shown(tmp_path: Path, public, letters, later: bool):
    said = {"edtf": "2026", "precision": "year", "found_in": "visible", "zone_basis": "none", "on": None}
    claim = DateClaim(field="modified", quote="x" * 200, **said)
    with locks(tmp_path, "full") as archive, archive.transaction() as connection:
        number = archive.first("SELECT id FROM posts")["id"]
        date_claims.save_of_post(connection, number, [claim], "full" if later else public)
        if later:
            withhold.narrow(connection, number, public)
        assert archive.first("SELECT length(quote) FROM date_claims WHERE field = 'modified'")[0] == letters


@pytest.mark.parametrize(("public", "words"), [("full", 90), ("extract", 61), ("none", 0)])
@pytest.mark.parametrize("later", [False, True], ids=["from the start", "later"])
def test_of_an_event_that_only_a_calendar_tells_of_the_extract_is_shown(tmp_path: Path, public, words, later: bool):
    event = Event(title="Lock day", when_edtf="2027-03-05", precision="day", found_in="calendar", evidence="gate " * 90)
    partner = replace(PARTNER, rights=Rights(public=public))
    with open_archive(tmp_path / "archive.db") as archive, archive.transaction() as connection:
        partners.save_partner(connection, PARTNER)
        partners.save_sources(connection, PARTNER.slug, [Source(kind="calendar", url=FEED)])
        at = "2026-03-21T09:00:00Z"
        events.save_event(connection, 1, PARTNER.slug, event, now=at, source=1, public="full" if later else public)
        if later:
            withhold.narrow_calendars(connection, PARTNER.slug, partner.rights.public)
        assert len((archive.first("SELECT evidence FROM events")[0] or "").split()) == words


LOCKS = 5
SHOWN = "SELECT count(*) FROM bodies WHERE text LIKE ?"


def locks(folder: Path, public: str) -> Archive:
    """Return an archive of several posts of a partner with these rights."""
    pages = [
        warc_of_others.response(f"https://partner.example/news/lock-{number}/", page)
        for number in range(LOCKS)
        for page in [warc_of_others.page(f"New gates for lock {number}", f"Lock {number}: {PROSE}")]
    ]
    return warc_of_others.archive_of(folder, pages, replace(PARTNER, rights=Rights(public=public)))


@contextmanager
def stopped_at(archive: Archive, table: str, number: int) -> Iterator[None]:
    """Let no row of a post be changed: what does so fails there, after the posts before it."""
    post = archive.query("SELECT id FROM posts ORDER BY id")[number]["id"]
    name = "id" if table == "posts" else "post"
    archive.connection.execute(
        f"CREATE TEMP TRIGGER stopped BEFORE UPDATE ON {table} WHEN OLD.{name} = {post}"
        " BEGIN SELECT RAISE(ABORT, 'stopped'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="stopped"):
        yield
    archive.connection.execute("DROP TRIGGER stopped")


def test_a_reading_under_other_rights_is_not_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scraper.reextract.BATCH", 1)
    with locks(tmp_path, "extract") as archive:
        narrow, wide = (replace(PARTNER, rights=Rights(public=public)) for public in ("extract", "full"))
        with stopped_at(archive, "posts", 3):
            reextract.reextract(archive, reextract.Plan(partners={PARTNER.slug: narrow}, dry_run=False))
        levels.apply(archive, wide)
        assert archive.first("SELECT rights FROM partners")["rights"] == "full"
        assert archive.first(SHOWN, [f"%{MIDDLE}%"])[0] == LOCKS


@pytest.mark.parametrize("by_hand", [False, True], ids=["at a crawl", "by archive reextract"])
def test_rights_that_are_widened_half_way_and_taken_back_show_nothing(tmp_path: Path, monkeypatch, by_hand: bool):
    monkeypatch.setattr("scraper.reextract.BATCH", 1)
    with locks(tmp_path, "extract") as archive:
        narrow, wide = (replace(PARTNER, rights=Rights(public=public)) for public in ("extract", "full"))
        with stopped_at(archive, "posts", 3):
            if by_hand:
                reextract.reextract(archive, reextract.Plan(partners={PARTNER.slug: wide}, dry_run=False))
            else:
                levels.apply(archive, wide)
        assert archive.first(SHOWN, [f"%{MIDDLE}%"])[0] > 0
        levels.apply(archive, narrow)
        assert archive.first(SHOWN, [f"%{START}%"])[0] == LOCKS
        assert not archive.query("SELECT key FROM notes WHERE key LIKE 'rights:%'")
    assert not held(tmp_path / "archive.db", MIDDLE)


def test_rights_that_are_narrowed_half_way_and_given_again_show_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(levels, "BATCH", 1)
    with locks(tmp_path, "full") as archive:
        with stopped_at(archive, "bodies", 3):
            levels.apply(archive, replace(PARTNER, rights=Rights(public="none")))
        assert archive.first(SHOWN, [f"%{MIDDLE}%"])[0] < LOCKS
        levels.apply(archive, replace(PARTNER, rights=Rights(public="full")))
        assert archive.first(SHOWN, [f"%{MIDDLE}%"])[0] == LOCKS


def test_changed_rights_take_effect_at_the_next_crawl(crawled: Region, tmp_path: Path):
    shutil.copytree(crawled.db.parent, tmp_path / "copy")
    slug = "sample-lifesci"
    closed = tuple(replace(one, rights=Rights(public="none")) for one in crawled.partners)
    again = Region(crawled.served, closed, tmp_path / "copy" / "archive.db")
    again.crawl(slug)
    with open_archive(again.db) as archive:
        query = "SELECT count(*) FROM bodies b JOIN posts p ON p.id = b.post WHERE p.partner = ? AND b.text IS NOT NULL"
        assert archive.query(query, [slug])[0][0] == 0
        assert archive.query("SELECT count(*) FROM bodies WHERE text IS NOT NULL")[0][0] > 0
        assert archive.query("SELECT max(revision) FROM posts WHERE partner = ?", [slug])[0][0] == 1
