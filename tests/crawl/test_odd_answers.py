"""Crawls of sites whose HTTP is odd: statuses that bring no page, sites that are not themselves, sources that die."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tiny_site import Answer, Asked, Site, outcomes, post, sitemap, titles

from scraper.spiders.partner import accept_language
from scraper.store.archive import open_archive, open_reader

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


def make_due(db: Path) -> None:
    """Let every wait be over."""
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE candidates SET due_at = '2026-01-01T00:00:00Z' WHERE due_at IS NOT NULL")


def shaken(db: Path) -> int:
    """Return how many posts are gone or were revised."""
    with open_reader(db) as archive:
        revised = archive.query("SELECT post FROM revisions WHERE number > 1")
        return len(revised) + len(archive.query("SELECT 1 FROM posts WHERE gone_at IS NOT NULL"))


def test_a_status_that_brings_no_page_says_nothing_of_a_post(site, db):
    paths = {status: f"/news/post-of-{status}" for status in (202, 204, 206, 300, 302, 305, 402, 451, 999)}
    site.routes |= {path: Answer(post(f"Post {status}")) for status, path in paths.items()}
    site.routes["/sitemap.xml"] = sitemap(*(site.base + path for path in paths.values()))
    site.crawl(db)
    before = titles(db)
    other = post("Something else", words="Other words. " * 20)
    site.routes |= {path: Answer(other, status, PART) for status, path in paths.items()}
    site.crawl(db, full=True)
    assert (titles(db), len(before), shaken(db)) == (before, len(paths), 0)
    assert set(outcomes(db).values()) == {"failed", "blocked"}


def test_a_part_of_a_page_is_no_post_yet(site, db):
    whole = site.routes["/news/second-one"]
    site.routes["/news/second-one"] = Answer(str(whole.body)[:420], 206, PART)
    site.crawl(db)
    assert titles(db) == ["First one", "Third one"]
    site.routes["/news/second-one"] = whole
    site.crawl(db, full=True)
    assert (titles(db), shaken(db)) == (ALL, 0)


def test_a_source_that_is_not_whole_is_not_read(site, db):
    site.crawl(db)
    site.routes["/sitemap.xml"] = Answer(str(sitemap(f"{site.base}/news/first-one").body), 206)
    assert site.crawl(db).exit_code == 1
    with open_reader(db) as archive:
        assert archive.first("SELECT status FROM sources")["status"] == "failed: status 206"


def test_the_refresh_header_is_followed(site, db):
    site.routes["/arrived"] = site.routes["/news/second-one"]
    site.routes["/news/second-one"] = Answer("<p>Please wait</p>", headers={"Refresh": "0; url=/arrived"})
    site.crawl(db)
    assert titles(db) == ALL


@pytest.mark.parametrize(
    "broken",
    [
        {"/robots.txt": Answer("User-agent: *\nDisallow: /")},
        {"/sitemap.xml": Answer("<html><body>Hello</body></html>")},
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


PARKED = "<html><head><title>tiny.example is for sale</title></head><body><h1>tiny.example</h1>{}</body></html>"


def test_a_parked_domain_takes_no_post_with_it(site, db):
    site.crawl(db)
    good = dict(site.routes)
    page = PARKED.format("<p>This domain may be for sale. Ask for a price today.</p>" * 3)
    site.routes.clear()
    site.missing = Answer(page)
    for _ in range(2):
        assert site.crawl(db, full=True).exit_code == 1
        assert (titles(db), shaken(db)) == (ALL, 0)
    site.routes.update(good)
    site.missing = Answer("", 404)
    assert site.crawl(db, full=True).exit_code == 0
    assert shaken(db) == 0


def test_a_post_that_is_written_anew_is_believed_in_the_same_visit(site, db):
    site.crawl(db)
    anew = post("A wholly new heading", day="2026-05-06", words="Nothing of the old words stands here any more. " * 5)
    site.routes["/news/second-one"] = Answer(anew)
    site.crawl(db, full=True)
    assert titles(db) == ["A wholly new heading", "First one", "Third one"]
    with open_reader(db) as archive:
        kinds = [row["kind"] for row in archive.query("SELECT kind FROM fetches WHERE kind IN ('soft-404')")]
    assert len(kinds) == 2, "the site was asked again what it shows for nothing"


def test_a_site_that_shows_not_found_for_what_it_lists_is_not_believed_at_once(site, db):
    site.crawl(db)
    shown = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"
    site.missing, first = Answer(shown), site.routes["/news/first-one"]
    for name in NAMES:
        site.routes[f"/news/{name}"] = site.missing
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE hosts SET soft_404_at = NULL")
    late = f"{site.base}/news/late-one"
    site.routes["/sitemap.xml"] = sitemap(*(f"{site.base}/news/{name}" for name in NAMES), late)
    for _ in range(4):
        assert site.crawl(db, full=True).exit_code == 1
        assert shaken(db) == 0
        make_due(db)
    site.routes["/news/first-one"], site.routes["/news/late-one"] = first, Answer(post("Late one"))
    site.crawl(db, full=True)
    assert shaken(db) == 2, "where one post is itself, the others are gone"
    assert titles(db) == sorted([*ALL, "Late one"]), "what was new while the site was ill is not lost"


def test_a_site_that_answers_404_for_what_it_lists_is_not_believed_at_once(site, db):
    site.crawl(db)
    good = {f"/news/{name}": site.routes.pop(f"/news/{name}") for name in NAMES}
    done = site.crawl(db, full=True)
    assert (shaken(db), done.state) == (0, "blind")
    site.routes |= dict(list(good.items())[1:])
    make_due(db)
    site.crawl(db, full=True)
    assert (titles(db), shaken(db)) == (ALL, 1), "asked first, and again when another post was itself"


def test_not_found_is_believed_at_once_for_what_no_source_lists(site, db):
    site.crawl(db)
    shown = "<html><head><title>Page not found</title></head><body><h1>Page not found</h1><p>Sorry.</p></body></html>"
    site.missing = site.routes["/news/second-one"] = Answer(shown)
    site.routes["/sitemap.xml"] = sitemap(f"{site.base}/news/first-one", f"{site.base}/news/third-one")
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE hosts SET soft_404_at = NULL")
    site.crawl(db, full=True)
    assert shaken(db) == 1


def test_the_page_of_another_post_changes_nothing(site, db):
    for name in NAMES:
        canonical = f'<head><link rel=canonical href="{site.base}/news/{name}">'
        site.routes[f"/news/{name}"] = Answer(post(title_of(name)).replace("<head>", canonical))
    site.crawl(db)
    site.routes["/news/second-one"] = site.routes["/news/third-one"] = site.routes["/news/first-one"]
    site.crawl(db, full=True)
    assert (titles(db), shaken(db)) == (ALL, 0)


def test_a_page_that_ends_early_without_a_sign_takes_nothing_back(site, db):
    site.crawl(db)
    for name in NAMES:
        site.routes[f"/news/{name}"] = Answer(str(site.routes[f"/news/{name}"].body).partition("<p>It ends")[0])
    half = gzip.compress(post("Second one").encode(), 0)[:400]
    site.routes["/news/second-one"] = Answer(half, headers={"Content-Encoding": "gzip"})
    for _ in range(4):
        site.crawl(db, full=True)
        assert (titles(db), shaken(db)) == (ALL, 0)
        make_due(db)
    site.routes["/news/first-one"] = Answer(post("First one"))
    site.crawl(db, full=True)
    assert shaken(db) == 2, "a page that stays so is believed when another is itself"


def test_a_block_of_broken_pages_starves_no_other(site, db):
    good = [f"good-one-{number}" for number in range(5)]
    broken = [f"broken-{number}" for number in range(22)]
    site.routes |= {f"/news/{name}": Answer("oops", 500) for name in broken}
    site.routes |= {f"/news/{name}": Answer(post(title_of(name))) for name in good}
    site.routes["/sitemap.xml"] = sitemap(*(f"{site.base}/news/{name}" for name in (*broken, *good)))
    assert site.crawl(db).exit_code == 18
    assert len(site.asked) < 80, "the host was left alone"
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE hosts SET not_before = NULL")
        waiting = connection.execute("SELECT count(*) FROM candidates WHERE attempts = 0 AND due_at IS NOT NULL")
        assert waiting.fetchone()[0] == 8, "what was not asked, or not again, has not failed"
    make_due(db)
    site.crawl(db)
    assert len(titles(db)) == 5


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


def test_a_source_that_lists_nothing_any_more_is_no_quiet_day(site, db):
    site.crawl(db)
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE fetches SET at = '2026-01-01T00:00:00Z'")  # of another day
    site.routes["/sitemap.xml"] = sitemap()
    assert site.crawl(db).exit_code == 1
    with open_reader(db) as archive:
        row = archive.first("SELECT state, reason FROM coverage")
    assert (row["state"], row["reason"]) == (
        "blind",
        f"{site.base}/sitemap.xml lists nothing, where it listed posts before",
    )


def test_a_sitemap_beyond_the_cap_is_read_as_far_as_it_came(site, db):
    urls = "".join(f"<url><loc>{site.base}/news/{name}</loc></url>" for name in NAMES)
    rest = f"<url><loc>{site.base}/news/tag/{'x' * 400}</loc></url>" * 25_000
    body = f"<urlset>{urls}{rest}</urlset>"
    site.routes["/sitemap.xml"] = Answer(body, headers={"Content-Type": "application/xml"})
    site.crawl(db)
    assert titles(db) == ALL
