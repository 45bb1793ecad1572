"""Crawls of sites whose HTTP is odd: statuses that bring no page, sources that move, die or repeat themselves."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tiny_site import Answer, Asked, Site, outcomes, post, sitemap, titles

from scraper.spiders.partner import accept_language
from scraper.store.archive import open_reader

NAMES = ("first-one", "second-one", "third-one")
ALL = ["First one", "Second one", "Third one"]
PART = {"Content-Range": "bytes 0-399/9000"}


def title_of(name: str) -> str:
    return name.replace("-", " ").capitalize()


def feed(*names: str, base: str = "") -> Answer:
    items = "".join(f"<item><title>{title_of(name)}</title><link>{base}/news/{name}</link></item>" for name in names)
    body = f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>"
    return Answer(body, headers={"Content-Type": "application/rss+xml"})


@pytest.fixture
def site():
    with Site() as served:
        for name in NAMES:
            served.routes[f"/news/{name}"] = Answer(post(title_of(name)))
        served.routes["/sitemap.xml"] = sitemap(*(f"{served.base}/news/{name}" for name in NAMES))
        served.routes["/feed.xml"] = feed(*NAMES)
        yield served


@pytest.fixture
def db(tmp_path: Path):
    return tmp_path / "archive.db"


def shaken(db: Path) -> int:
    """Return how many posts are gone or were revised."""
    with open_reader(db) as archive:
        revised = archive.query("SELECT post FROM revisions WHERE number > 1")
        return len(revised) + len(archive.query("SELECT 1 FROM posts WHERE gone_at IS NOT NULL"))


@pytest.mark.parametrize("status", [202, 204, 206, 300, 302, 305, 402, 451, 999])
def test_a_status_that_brings_no_page_says_nothing_of_a_post(site, db, status):
    site.crawl(db)
    site.routes["/news/second-one"] = Answer(post("Something else", words="Other words. " * 20), status, PART)
    site.crawl(db, full=True)
    assert (titles(db), shaken(db)) == (ALL, 0)
    assert outcomes(db)["news/second-one"] in ("failed", "blocked")


def test_a_part_of_a_page_is_no_post_yet(site, db):
    whole = site.routes["/news/second-one"]
    site.routes["/news/second-one"] = Answer(str(whole.body)[:420], 206, PART)
    site.crawl(db)
    assert titles(db) == ["First one", "Third one"]
    site.routes["/news/second-one"] = whole
    site.crawl(db, full=True)
    assert (titles(db), shaken(db)) == (ALL, 0)


@pytest.mark.parametrize("status", [202, 206, 300])
def test_a_source_that_is_not_whole_is_not_read(site, db, status):
    site.crawl(db)
    site.routes["/sitemap.xml"] = Answer(str(sitemap(f"{site.base}/news/first-one").body), status)
    assert site.crawl(db).exit_code == 1
    with open_reader(db) as archive:
        assert archive.first("SELECT status FROM sources")["status"] == f"failed: status {status}"


def test_the_refresh_header_is_followed(site, db):
    site.routes["/arrived"] = site.routes["/news/second-one"]
    site.routes["/news/second-one"] = Answer("<p>Please wait</p>", headers={"Refresh": "0; url=/arrived"})
    site.crawl(db)
    assert titles(db) == ALL


@pytest.mark.parametrize(
    "broken",
    [
        {"/robots.txt": Answer("User-agent: *\nDisallow: /")},
        {"/robots.txt": Answer("oops", 503)},
        {"/sitemap.xml": Answer("oops", 404)},
        {"/sitemap.xml": Answer("<html><body>Welcome</body></html>")},
    ],
)
def test_a_visit_that_saw_nothing_says_so_though_the_day_was_seen(site, db, broken):
    assert site.crawl(db).exit_code == 0
    good = dict(site.routes)
    site.routes.update(broken)
    done = site.crawl(db, full=True)
    assert (done.exit_code, shaken(db)) == (1, 0)
    with open_reader(db) as archive:
        assert archive.first("SELECT state FROM coverage")["state"] == "checked"
    site.routes.update(good)
    assert site.crawl(db, full=True).exit_code == 0


def test_a_source_that_is_gone_for_good_is_looked_for_at_once(site, db):
    site.crawl(db, "feed")
    site.routes["/rss"] = feed(*NAMES, "fourth-one")
    site.routes["/news/fourth-one"] = Answer(post("Fourth one"))
    site.routes["/feed.xml"] = Answer("gone", 410)
    site.routes["/"] = Answer('<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head></html>')
    assert site.crawl(db, "feed", full=True).exit_code == 1
    site.crawl(db, "feed", full=True)
    assert titles(db) == sorted([*ALL, "Fourth one"])


def test_an_api_whose_pages_repeat_themselves_is_read_to_the_repeat(site, db):
    rows = [{"link": f"{site.base}/news/{name}", "title": {"rendered": title_of(name)}} for name in NAMES]
    headers = {"X-WP-Total": "99999", "X-WP-TotalPages": "9999", "Content-Type": "application/json"}
    site.routes["/wp-json/wp/v2/posts"] = Answer(json.dumps(rows), headers=headers)
    site.crawl(db, sources=[{"wordpress": f"{site.base}/wp-json/wp/v2/posts"}])
    assert titles(db) == ALL
    assert sum("/wp-json/" in path for path in site.paths()) == 2


def test_a_page_is_asked_for_in_the_language_of_its_partner(site, db):
    def by_language(asked: Asked) -> Answer:
        welsh = asked.headers["accept-language"].startswith("cy")
        return Answer(post("Newyddion" if welsh else "News"), headers={"Vary": "Accept-Language"})

    site.routes["/news/second-one"] = by_language
    site.crawl(db, language="cy")
    assert titles(db) == ["First one", "Newyddion", "Third one"]


@pytest.mark.parametrize(
    ("language", "header"), [("en-GB", "en-GB;q=1,en;q=0.9,*;q=0.8"), ("cy", "cy;q=1,*;q=0.9"), ("und", "*;q=1")]
)
def test_the_words_for_a_language(language, header):
    assert accept_language(language) == header
