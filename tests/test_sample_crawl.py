"""The whole way of a page: the sample region is crawled as any partner is, and every field comes out right."""

from __future__ import annotations

from datetime import date

import pytest
from sample_archive import Region

from scraper.check import check
from scraper.discover.calendar import series
from scraper.publish import explain, export
from scraper.publish.records import ids
from scraper.sample.truth import ExpectedPost, calendar_truth, truth
from scraper.store.archive import Archive, Row, open_reader


@pytest.fixture(scope="module")
def archive(crawled: Region):
    with open_reader(crawled.db) as opened:
        yield opened


@pytest.fixture(scope="module")
def exported(archive: Archive) -> dict[str, dict]:
    return {record["url"]: record for record in export.records(archive.connection, ids(archive.connection))}


@pytest.fixture(scope="module")
def expected(crawled: Region) -> list[ExpectedPost]:
    return truth(crawled.served.addresses)


def wrong(expected: list[ExpectedPost], exported: dict[str, dict], field: str, value) -> list[tuple]:
    """Return (address, what is, what must be) of every post whose field differs from `value(post)`."""
    posts = [post for post in expected if post.must_archive]
    return [
        (post.url, exported[post.url][field], value(post)) for post in posts if exported[post.url][field] != value(post)
    ]


def test_every_post_is_there_once_and_nothing_else(expected, exported):
    assert set(exported) == {post.url for post in expected if post.must_archive}


@pytest.mark.parametrize("field", ["title", "kind", "byline", "published", "modified", "og_title", "og_image"])
def test_field_of_every_post(expected, exported, field):
    key = {"kind": "type"}.get(field, field)
    assert wrong(expected, exported, key, lambda post: getattr(post, field)) == []


@pytest.mark.parametrize("field", ["event_start", "event_end", "event_status"])
def test_event_of_every_event_post(expected, exported, field):
    events = [post for post in expected if post.kind == "event"]
    assert len(events) >= 6
    assert wrong(events, exported, field, lambda post: getattr(post, field)) == []


def test_categories_of_every_post(expected, exported):
    assert wrong(expected, exported, "categories", lambda post: sorted(post.categories)) == []


def test_bodies_begin_and_end_where_the_post_does(expected, exported):
    for post in (post for post in expected if post.must_archive):
        body = " ".join(exported[post.url]["body"].split())
        assert post.first_sentence in body[:400], post.url
        assert body.endswith(post.last_sentence), post.url


def test_share_links_come_from_the_pages_own_buttons(expected, exported):
    networks = lambda post: set(post.share_networks) - {"email"}  # noqa: E731 - a mailto: is no address of the web
    for post in (post for post in expected if post.must_archive):
        assert set(exported[post.url]["share_links"] or {}) == networks(post), post.url


def test_events_known_only_from_the_calendar(crawled, archive):
    entries = calendar_truth(crawled.served.addresses["sample-events"])
    rows = archive.query("SELECT title, start_on, all_day, venue FROM events WHERE post IS NULL")
    found = {(row["title"], row["start_on"], bool(row["all_day"]), row["venue"]) for row in rows}
    first = str(date.today() - series.BACK)  # no older occurrence of a series is read
    assert found == {
        (entry.title, start[:10], entry.all_day, entry.venue)
        for entry in entries
        for start, _ in entry.occurrences
        if start[:10] > first or len(entry.occurrences) == 1
    }


def test_undated_posts_stay_undated(archive):
    undated = archive.query("SELECT url FROM posts WHERE published_edtf IS NULL")
    assert len(undated) == 2
    assert all("sample" not in row["url"] for row in undated)


def test_every_date_keeps_its_words(archive):
    rows: list[Row] = archive.query(
        "SELECT quote, found_in FROM date_claims WHERE chosen AND field = 'published' AND post IS NOT NULL"
    )
    assert len(rows) == len(archive.query("SELECT 1 FROM posts WHERE published_edtf IS NOT NULL"))
    assert all(row["quote"] and row["found_in"] for row in rows)


def test_an_archive_just_crawled_is_whole(crawled):
    report = check(crawled.db)
    assert report.faults == ()
    assert report.counts["captures"] > report.counts["posts"]


def test_search_finds_words_and_only_them(archive):
    query = "SELECT rowid FROM posts_fts WHERE posts_fts MATCH ?"
    assert len(archive.query(query, ["immunology"])) == 1
    assert len(archive.query(query, ["zyzzyva"])) == 0


def test_a_text_that_another_partner_carries_too_is_a_family(crawled: Region):
    with open_reader(crawled.db) as archive:
        rows = archive.query(
            "SELECT p.partner, p.id = f.origin FROM families f JOIN posts p ON p.family = f.id ORDER BY p.published_on"
        )
    assert [tuple(row) for row in rows] == [("sample-council", 1), ("sample-chamber", 0)]
    council, chamber = (crawled.served.addresses[f"sample-{name}"] for name in ("council", "chamber"))
    with open_reader(crawled.db) as archive:
        copies = explain.same_text(archive, "sample-council", f"{council}news/flood-survey")
        origin = explain.same_text(archive, "sample-chamber", copies[0]["url"])
    assert copies[0]["url"].startswith(chamber)
    assert [(one["partner"], one["first"]) for one in (*copies, *origin)] == [
        ("sample-chamber", False),
        ("sample-council", True),
    ]
