"""Crawls of sites whose answers break off, mislead or stand in for a page: nothing known is lost, nothing bad stored."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_site import Answer, Site, listing, outcomes, post, sitemap, titles

from scraper.store.archive import open_archive, open_reader

NAMES = ("first-one", "second-one", "third-one")
STUB = '<html><head><meta http-equiv="{}" content="0; url={}"></head><body><p>This page has moved.</p></body></html>'


@pytest.fixture
def site():
    with Site() as served:
        for name in NAMES:
            served.routes[f"/news/{name}"] = Answer(post(name.replace("-", " ").capitalize()))
        served.routes["/sitemap.xml"] = sitemap(*(f"{served.base}/news/{name}" for name in NAMES))
        yield served


@pytest.fixture
def db(tmp_path: Path):
    return tmp_path / "archive.db"


def number_of_changes(db: Path) -> int:
    with open_reader(db) as archive:
        return len(archive.query("SELECT 1 FROM revisions WHERE number > 1"))


def gone(db: Path) -> list[str]:
    with open_reader(db) as archive:
        return [row["title"] for row in archive.query("SELECT title FROM posts WHERE gone_at IS NOT NULL")]


def test_a_page_that_always_breaks_off_is_read_as_far_as_it_came(site, db):
    site.routes["/news/second-one"].headers["Content-Length"] = "90000"
    site.crawl(db)
    assert titles(db) == ["First one", "Second one", "Third one"]
    with open_reader(db) as archive:
        (row,) = archive.query("SELECT warc FROM captures WHERE url LIKE '%second-one' ORDER BY id LIMIT 1")
    assert row["warc"]


def test_half_a_page_takes_nothing_back(site, db):
    site.crawl(db)
    whole = site.routes["/news/second-one"]
    half = str(whole.body).partition("<p>It ends")[0]
    site.routes["/news/second-one"] = Answer(half, headers={"Content-Length": "90000"})
    site.crawl(db, full=True)
    assert (number_of_changes(db), outcomes(db)["news/second-one"]) == (0, "failed")


@pytest.mark.parametrize(
    ("shown", "outcome"),
    [
        ("<html><head><title>Second one</title></head><body><h1>Second one</h1></body></html>", "failed"),
        ("<html><title>Second one</title><body><h1>Second one</h1><p>Loading, please wait…</p></html>", "failed"),
        ("<title>Second one</title><h1>Second one</h1><p>Error establishing a database connection</p>", "refused"),
    ],
)
def test_a_broken_site_takes_nothing_back_and_is_looked_at_again(site, db, shown, outcome):
    site.crawl(db)
    good, site.routes["/news/second-one"] = site.routes["/news/second-one"], Answer(shown)
    site.crawl(db, full=True)
    assert (number_of_changes(db), gone(db), outcomes(db)["news/second-one"]) == (0, [], outcome)
    site.routes["/news/second-one"] = Answer(str(good.body).replace("It ends here.", "It ends in a year."))
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE candidates SET due_at = '2026-01-01T00:00:00Z' WHERE due_at IS NOT NULL")
    site.crawl(db, full=True)
    assert number_of_changes(db) == 1, "an error page once shown does not end the looking"


def test_a_post_that_leads_to_the_home_page_is_gone(site, db):
    site.routes["/"] = Answer(post("Welcome to the valley"))
    site.crawl(db)
    site.routes["/news/second-one"] = Answer(status=301, headers={"Location": "/"})
    site.crawl(db, full=True)
    assert (gone(db), number_of_changes(db)) == (["Second one"], 0)


def test_pages_that_lead_on_by_themselves_are_followed(site, db):
    site.routes["/moved"] = Answer(STUB.format("REFRESH", "'/news/arrived'"))
    site.routes["/news/arrived"] = site.routes["/news/second-one"]
    site.routes["/news/second-one"] = Answer(STUB.format("refresh", "/moved"))
    site.routes["/news/third-one"] = Answer(STUB.format("refresh", "http://elsewhere.example/"))
    site.crawl(db)
    assert titles(db) == ["First one", "Second one"]


def test_pages_of_a_listing_are_no_posts(site, db):
    def page(*names: str, more: str = "") -> Answer:
        return Answer(listing(*((f"/news/{name}", f"{name} was a day of note") for name in names), more=more))

    site.routes["/"] = page(NAMES[0], more='<p><a href="/1/">Older</a></p>')
    site.routes["/1/"] = page(NAMES[1], more='<p><a href="/">Newer</a> <a href="/2/">Older</a></p>')
    site.routes["/2/"] = page(NAMES[2])
    site.crawl(db, "listing")
    assert titles(db) == ["First one", "Second one", "Third one"]
    assert set(outcomes(db)) == {f"news/{name}" for name in NAMES}


def test_html_under_another_name_is_html(site, db):
    for name, media in zip(NAMES, ("text/plain", "application/octet-stream", ""), strict=True):
        site.routes[f"/news/{name}"].headers["Content-Type"] = media
    site.crawl(db)
    assert titles(db) == ["First one", "Second one", "Third one"]
