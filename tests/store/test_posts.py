"""What of a page that was read stands in which table."""

import json
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from scraper import ingest
from scraper.errors import ConfigError
from scraper.models import Capture, Partner, Rights
from scraper.publish import records
from scraper.store import partners, withhold
from scraper.store.archive import Archive, open_archive, open_reader

AT = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
URL = "https://gazette.example/news/the-bridge-opens/"
PARTNER = Partner(
    slug="gazette",
    title="Gazette",
    home="https://gazette.example/",
    region="x",
    timezone="Europe/London",
    language="en-GB",
    categories={"Our bridge": "medtop:20000763"},
)
PAGE = """<html lang="en-GB"><head><title>The bridge opens</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-01T09:00:00Z">
{head}</head><body><article><h1>The bridge opens</h1>{byline}<p>The bridge over the Soar has opened again after two
years of work, and the first buses crossed it this morning.</p><p>{more}</p></article></body></html>"""


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        with opened.transaction() as connection:
            partners.save_partner(connection, PARTNER)
        yield opened


def take(
    archive: Archive, head: str = "", byline: str = "", more: str = "It was closed in 2024.", partner: Partner = PARTNER
) -> str:
    """Let a page in by the one door; return what became of it."""
    body = PAGE.format(head=head, byline=byline, more=more).encode()
    capture = Capture(url=URL, fetched_at=AT, status=200, headers={"content-type": "text/html"}, body=body)
    reading = ingest.read_page(archive, partner, capture)
    with archive.transaction() as connection:
        return ingest.ingest_page(archive, connection, partner, capture, reading=reading).word


def test_a_term_is_called_as_the_vocabulary_calls_it_also_in_an_archive_that_does_not_hold_it_yet(archive):
    assert take(archive, '<meta property="article:section" content="Our bridge">') == "new"
    (row,) = archive.query("SELECT c.label, t.id, t.label, t.parent FROM categories c JOIN terms t ON t.id = c.term")
    assert tuple(row) == (
        "Our bridge", "medtop:20000763", "information technology and computer science", "medtop:20000756",
    )  # fmt: skip


def declared(**fields: str) -> str:
    """Return the markup of an event."""
    node = {"@context": "https://schema.org", "@type": "Event", "name": "Street party", **fields}
    return f'<script type="application/ld+json">{json.dumps(node)}</script>'


TOLD = "The Soar Bridge Conference takes place on 2 May 2026 at the Town Hall in Derby from 10am to 4pm."
PEOPLE = [{"@type": "Person", "name": "Jane Doe"}, {"@type": "Organization", "name": "Marks & Spencer"}]


def test_authors_are_kept_name_by_name_and_their_column_alone_makes_no_revision(archive):
    node = {"@type": "NewsArticle", "headline": "The bridge opens", "author": PEOPLE[0]}
    signed = {"head": f'<script type="application/ld+json">{json.dumps(node)}</script>', "byline": "<p>By Jane Doe</p>"}
    take(archive, **signed)
    kept = "SELECT authors, revision FROM posts"
    assert tuple(archive.first(kept)) == ('["Jane Doe"]', 1)
    with archive.transaction() as connection:
        connection.execute("UPDATE posts SET authors = NULL, extractor = 'of an older release'")
    assert take(archive, **signed) == "unchanged"
    assert tuple(archive.first(kept)) == ('["Jane Doe"]', 1)
    assert archive.first("SELECT count(*) FROM revisions")[0] == 1
    take(archive, more="Nobody signed this.")
    assert archive.first(kept)["authors"] is None


def test_an_older_archive_gets_the_column_and_cites_the_byline_until_a_page_is_read_again(archive):
    take(archive, byline='<p class="byline">By Jane Doe and John Smith</p>')
    post = archive.first("SELECT id, title, revision FROM posts")
    assert archive.first("SELECT authors FROM posts")["authors"] == '["Jane Doe", "John Smith"]'
    archive.connection.execute("ALTER TABLE posts DROP COLUMN authors")
    archive.connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm005_authors'")
    with pytest.raises(ConfigError, match="older release"):
        open_reader(archive.path)
    with open_archive(archive.path) as newer:
        assert tuple(newer.first("SELECT id, title, revision FROM posts")) == tuple(post)
        assert newer.first("SELECT authors FROM posts")["authors"] is None
        assert records.read_posts(newer.connection, [post["id"]])[0]["authors"] == ["Jane Doe", "John Smith"]


CLAIM = "field, quote, edtf, precision, zone_basis, found_in, score, chosen"
# the markup of an event, or words of a page, and the claims of its start and its end
EVENTS = [
    (
        declared(startDate="2026-05-02T18:00:00+01:00", endDate="2026-05-02T21:30:00+01:00"),
        "",
        [
            ("start", "2026-05-02T18:00:00+01:00", "2026-05-02T18:00", "minute", "offset", "json_ld", 1.0, 1),
            ("end", "2026-05-02T21:30:00+01:00", "2026-05-02T21:30", "minute", "offset", "json_ld", 1.0, 1),
        ],
    ),
    (
        declared(startDate="2026-05-02T18:00"),
        "",
        [("start", "2026-05-02T18:00", "2026-05-02T18:00", "minute", "partner", "json_ld", 1.0, 1)],
    ),
    (
        declared(startDate="2026-05-02", endDate="2026-05-04"),
        "",
        [
            ("start", "2026-05-02", "2026-05-02", "day", "none", "json_ld", 1.0, 1),
            ("end", "2026-05-04", "2026-05-04", "day", "none", "json_ld", 1.0, 1),
        ],
    ),
    (
        "",
        TOLD,
        [
            ("start", TOLD, "2026-05-02T10:00", "minute", "partner", "prose", 1.0, 1),
            ("end", TOLD, "2026-05-02T16:00", "minute", "partner", "prose", 1.0, 1),
        ],
    ),
]


@pytest.mark.parametrize(("head", "more", "claims"), EVENTS)
def test_an_event_says_how_its_dates_are_known(archive, head, more, claims):
    take(archive, head, more=more)
    (event,) = archive.query("SELECT id FROM events")
    found = archive.query(f"SELECT {CLAIM} FROM date_claims WHERE event = ? ORDER BY id", [event["id"]])
    assert [tuple(row) for row in found] == claims
    own = archive.query("SELECT field, edtf FROM date_claims WHERE post IS NOT NULL AND chosen")
    assert [tuple(row) for row in own] == [("published", "2026-03-01T09:00:00Z")]


def test_an_event_that_is_read_again_has_the_dates_that_it_has_now(archive):
    take(archive, declared(startDate="2026-05-02"))
    assert take(archive, declared(startDate="2026-05-09")) == "changed"
    found = archive.query("SELECT d.edtf FROM date_claims d JOIN events e ON e.id = d.event")
    assert [row["edtf"] for row in found] == ["2026-05-09"]
    assert take(archive) == "changed"
    assert archive.query("SELECT * FROM date_claims WHERE event IS NOT NULL") == []


def test_the_words_of_an_event_are_shown_as_far_as_its_partner_allows(archive):
    take(archive, more=TOLD)
    post = archive.first("SELECT id FROM posts")["id"]
    quotes = "SELECT quote FROM date_claims WHERE event IS NOT NULL"
    assert archive.first(quotes)["quote"] == TOLD
    with archive.transaction() as connection:
        withhold.narrow(connection, post, "none")
    assert archive.first(quotes)["quote"] == ""
    with archive.transaction() as connection:
        withhold.remove(connection, post)
    assert archive.query("SELECT * FROM date_claims") == []
    take(archive, more=TOLD, partner=replace(PARTNER, rights=Rights(public="none")))
    assert archive.first(quotes)["quote"] == ""
