"""Whole crawls of small sites that misbehave: what is stored, what is asked, and what the exit code says."""

import gzip
import json
import re
from datetime import datetime, timezone

import pytest
from tiny_site import Answer, Site, json_feed, listing, outcomes, post, sitemap, titles

from scraper.check import check
from scraper.store.archive import open_archive, open_reader


@pytest.fixture
def site():
    with Site() as served:
        yield served


@pytest.fixture
def db(tmp_path):
    return tmp_path / "archive.db"


def posts(site: Site, *names: str) -> None:
    """Put a post at /news/NAME for each name, and list them all in the sitemap."""
    for name in names:
        site.routes[f"/news/{name}"] = Answer(post(name.replace("-", " ").capitalize()))
    site.routes["/sitemap.xml"] = sitemap(*(f"{site.base}/news/{name}" for name in names))


def test_a_host_that_asks_for_time_is_left_alone_over_runs(site, db):
    posts(site, "first-one", "second-one", "third-one")
    good = site.routes["/news/second-one"]
    site.routes["/news/second-one"] = Answer("busy", 503, {"Retry-After": "600"})
    done = site.crawl(db)
    assert done.exit_code == 18
    assert titles(db) == ["First one"]
    asked = len(site.asked)
    assert site.crawl(db).exit_code == 18
    assert len(site.asked) == asked, "not one request while the host wants to be left alone"
    site.routes["/news/second-one"] = good
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE hosts SET not_before = NULL")
        connection.execute("UPDATE candidates SET due_at = '2026-01-01T00:00:00Z' WHERE due_at IS NOT NULL")
    assert site.crawl(db).exit_code == 0
    assert titles(db) == ["First one", "Second one", "Third one"]


@pytest.mark.parametrize("answer", [Answer("busy", 503), Answer(b"\0\1", headers={"Content-Encoding": "nonsense"})])
def test_nothing_is_fetched_while_robots_txt_cannot_be_had(site, db, answer):
    posts(site, "first-one")
    site.routes["/robots.txt"] = answer
    done = site.crawl(db)
    assert (done.state, done.exit_code) == ("blocked", 1)
    assert set(site.paths()) == {"/robots.txt"}


def test_robots_txt_is_asked_once_a_day_and_by_every_full_crawl(site, db):
    posts(site, "first-one")
    for full in (False, False, True):
        site.crawl(db, full=full)
    assert site.paths().count("/robots.txt") == 2


def test_what_robots_txt_forbids_comes_back_when_it_allows_it(site, db):
    posts(site, "first-one")
    site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow: /news/\n")
    site.crawl(db)
    assert outcomes(db) == {"news/first-one": "forbidden"}
    site.routes["/robots.txt"] = Answer("User-agent: *\nDisallow:\n")
    with open_archive(db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE hosts SET robots_at = '2026-01-01T00:00:00Z'")
        connection.execute("UPDATE candidates SET due_at = '2026-01-01T00:00:00Z'")
    site.crawl(db)
    assert titles(db) == ["First one"]


def test_no_redirect_leads_inside(site, db, monkeypatch):
    with Site("127.0.0.2") as canary:
        monkeypatch.setenv("ARCHIVE_ALLOW", "127.0.0.1/32")
        posts(site, "first-one", "a-way-in", "another-way-in")
        site.routes["/news/a-way-in"] = Answer(status=302, headers={"Location": f"{canary.base}/latest/meta-data/"})
        site.routes["/news/another-way-in"] = Answer(status=302, headers={"Location": "file:///etc/passwd"})
        site.routes["/sitemap.xml"] = sitemap(
            f"{site.base}/news/first-one",
            f"{site.base}/news/a-way-in",
            f"{site.base}/news/another-way-in",
            f"{canary.base}/news/direct-way",
        )
        site.crawl(db, "sitemap", "feed", hosts=[canary.base.removeprefix("http://")])
        assert canary.asked == []
    assert titles(db) == ["First one"]


def test_bodies_that_are_not_what_they_say(site, db):
    posts(site, "plain-one", "label-without-gzip", "bomb-of-zeros", "too-long", "cut-off-gzip")
    page = post("Label without gzip")
    site.routes["/news/label-without-gzip"] = Answer(page, headers={"Content-Encoding": "gzip"})
    site.routes["/news/bomb-of-zeros"] = Answer(gzip.compress(bytes(64 << 20)), headers={"Content-Encoding": "gzip"})
    site.routes["/news/too-long"] = Answer(post("Too long") + "<p>filler text</p>" * 600_000)
    cut = gzip.compress(post("Cut off gzip").encode())[:-8]
    site.routes["/news/cut-off-gzip"] = Answer(cut, headers={"Content-Encoding": "gzip"})
    site.crawl(db)
    assert titles(db) == ["Cut off gzip", "Label without gzip", "Plain one"]
    assert outcomes(db)["news/bomb-of-zeros"] == "unreadable"
    assert outcomes(db)["news/too-long"] == "unreadable"
    assert check(db).faults == ()


def test_a_listing_without_end_is_cut(site, db):
    def page(asked):
        number = int((re.search(r"page=(\d+)", asked.path) or [0, "1"])[1])
        links = [(f"/thing/{number}-{k}-nothing-to-read", f"Thing {k} of page {number} here") for k in range(3)]
        return Answer(listing(*links, more=f'<a rel=next href="/?page={number + 1}">next</a>'))

    site.routes["/"] = page
    done = site.crawl(db, "listing")
    assert done.outcomes["source cut"] == 1
    assert 40 <= sum(path.startswith("/?page=") or path == "/" for path in site.paths()) <= 42
    assert sum(path.startswith("/thing/") for path in site.paths()) <= 60
    with open_reader(db) as archive:
        assert archive.first("SELECT count(*) FROM fetches WHERE outcome = 'cut'")[0] >= 1


def test_a_long_archive_with_posts_is_read_to_its_end(site, db):
    last = 45

    def page(asked):
        number = int((re.search(r"page=(\d+)", asked.path) or [0, "1"])[1])
        more = f'<a rel=next href="/?page={number + 1}">next</a>' if number < last else ""
        return Answer(listing((f"/news/post-number-{number}", f"The post of page number {number}"), more=more))

    for number in range(1, last + 1):
        site.routes[f"/news/post-number-{number}"] = Answer(post(f"The post of page number {number}"))
    site.routes["/"] = page
    site.crawl(db, "listing")
    assert len(titles(db)) == last


def listed(site: Site, number: int) -> tuple[str, str]:
    """Put up a numbered post and return the link to it."""
    site.routes[f"/news/post-number-{number}"] = Answer(post(f"The post of page number {number}"))
    return f"/news/post-number-{number}", f"The post of page number {number}"


def test_an_archive_by_month_is_read_once_and_its_dead_month_does_no_harm(site, db):
    months = "".join(f'<a href="/news/2026/{month:02}">{month}/2026</a>' for month in range(1, 6))
    site.routes["/"] = Answer(listing(listed(site, 0), more='<a href="/news/archive">News archive</a>'))
    site.routes["/news/archive"] = Answer(listing(more=months))
    for month in range(1, 5):
        site.routes[f"/news/2026/{month:02}"] = Answer(listing(listed(site, month), more=months))
    assert site.crawl(db, "listing").exit_code == 0
    assert len(titles(db)) == 5
    assert len([path for path in site.paths() if path.startswith("/news/2026/")]) == 5, "each list once"
    site.asked.clear()
    site.crawl(db)
    assert not [path for path in site.paths() if path.startswith("/news/")], "the archive is not read again"
    site.crawl(db, full=True)
    assert len(titles(db)) == 5


def test_a_list_of_all_posts_beside_an_archive_shows_what_was_taken_away(site, db):
    links = [listed(site, number) for number in range(6)]
    more = '<a href="/news/archive">News archive</a>'
    site.routes["/"] = Answer(listing(*links, more=more))
    site.routes["/news/archive"] = Answer(listing(*((url, f"{title}, in the archive") for url, title in links)))
    site.crawl(db, "listing")
    del site.routes[links[3][0]]
    site.routes["/"] = Answer(listing(*links[:3], *links[4:], more=more))
    site.asked.clear()
    site.crawl(db)
    assert outcomes(db)["news/post-number-3"] == "gone"
    assert [path for path in site.paths() if path.startswith("/news/")] == [links[3][0]], "no other words, no archive"


def test_a_list_that_has_older_posts_in_its_archive_takes_none_away(site, db):
    old, *links = [listed(site, number) for number in range(6)]
    site.routes["/"] = Answer(listing(*links, more='<a href="/news/archive">News archive</a>'))
    site.routes["/news/archive"] = Answer(listing(old))
    site.crawl(db, "listing")
    site.routes["/"] = Answer(listing(*links[1:], listed(site, 9), more='<a href="/news/archive">News archive</a>'))
    site.asked.clear()
    site.crawl(db)
    assert [path for path in site.paths() if path.startswith("/news/")] == ["/news/post-number-9"]


def test_the_months_ahead_of_a_calendar_are_looked_at_again(site, db):
    year = datetime.now(timezone.utc).year + 1
    site.routes["/"] = Answer(listing(listed(site, 0), more=f'<a href="/events/{year}/01">Next month</a>'))
    site.routes[f"/events/{year}/01"] = Answer(listing(more=f'<a href="/events/{year}/02">Next month</a>'))
    site.routes[f"/events/{year}/02"] = Answer(listing())
    site.crawl(db, "listing")
    site.routes[f"/events/{year}/02"] = Answer(listing(listed(site, 1)))
    site.crawl(db)
    assert len(titles(db)) == 2


def test_an_event_that_a_calendar_takes_back_is_gone_until_it_comes_again(site, db):
    year = datetime.now(timezone.utc).year

    def calendar(*events: tuple[str, int]) -> Answer:
        inner = "".join(
            f"BEGIN:VEVENT\r\nUID:{name}\r\nSUMMARY:{name}\r\nDTSTART:{at}0704T100000Z\r\nEND:VEVENT\r\n"
            for name, at in events
        )
        body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inner}END:VCALENDAR\r\n"
        return Answer(body, headers={"Content-Type": "text/calendar"})

    def gone() -> list[str]:
        with open_reader(db) as archive:
            return [row["title"] for row in archive.query("SELECT title FROM events WHERE gone_at IS NOT NULL")]

    held, regatta, gala, last = ("Fair", year - 1), ("Regatta", year + 1), ("Gala", year + 2), ("Concert", year + 3)
    site.routes["/events.ics"] = calendar(held, regatta, gala, last)
    site.crawl(db, "calendar")
    site.routes["/events.ics"] = calendar(gala)  # the past falls out, what comes after the last may not be listed yet
    site.crawl(db, "calendar", full=True)
    assert gone() == ["Regatta"]
    site.routes["/events.ics"] = calendar(regatta, gala)
    site.crawl(db, "calendar", full=True)
    assert gone() == []


def test_a_site_that_never_says_404(site, db):
    lost = "<html><title>{}</title><body><h1>Hmm</h1><p>Perhaps it moved. Try the search or go home.</p></body></html>"
    site.missing = Answer(lost.format("Oh dear"))
    posts(site, "first-one", "second-one")
    site.routes["/sitemap.xml"] = sitemap(
        *(f"{site.base}/news/{name}" for name in ("first-one", "second-one", "dead-link"))
    )
    site.crawl(db)
    assert titles(db) == ["First one", "Second one"]
    assert outcomes(db)["news/dead-link"] == "refused"
    del site.routes["/news/second-one"]
    site.crawl(db, full=True)
    with open_reader(db) as archive:
        gone = [row["title"] for row in archive.query("SELECT title FROM posts WHERE gone_at IS NOT NULL")]
        asked = archive.first("SELECT count(*) FROM fetches WHERE kind = 'soft-404'")[0]
    assert (gone, asked) == (["Second one"], 1)


def test_a_second_look_asks_conditionally_and_loses_nothing(site, db):
    def with_tag(name):
        page = post(name)

        def answer(asked):
            if asked.headers.get("if-none-match") == '"1"':
                return Answer(status=304, headers={"ETag": '"1"'})
            return Answer(page, headers={"ETag": '"1"'})

        return answer

    names = [
        "Same as before",
        "Edited later on",
        "Taken off the site",
        "Lost without a word",
        "Moved to elsewhere",
        "Fails for now",
    ]
    slugs = [name.lower().replace(" ", "-") for name in names]
    for name, slug in zip(names, slugs, strict=True):
        site.routes[f"/news/{slug}"] = with_tag(name)
    site.routes["/sitemap.xml"] = sitemap(*(f"{site.base}/news/{slug}" for slug in slugs))
    site.crawl(db)
    assert titles(db) == sorted(names)
    site.asked.clear()
    site.routes["/news/edited-later-on"] = Answer(post("Edited later on", words="A correction was added to this. " * 9))
    site.routes["/news/taken-off-the-site"] = Answer("gone", 410)
    site.routes["/news/lost-without-a-word"] = Answer("not found", 404)
    site.routes["/news/moved-to-elsewhere"] = Answer(status=301, headers={"Location": "/stories/moved"})
    site.routes["/stories/moved"] = Answer(post("Moved to elsewhere"))
    site.routes["/news/fails-for-now"] = Answer("oops", 500)
    site.crawl(db, full=True)
    pages = [asked for asked in site.asked if asked.path.startswith("/news/")]
    assert sum("if-none-match" in asked.headers for asked in pages) == len(pages)
    assert titles(db) == sorted(names)
    found = outcomes(db)
    assert [found[f"news/{slug}"] for slug in slugs] == ["not-modified", "changed", "gone", "gone", "moved", "failed"]
    with open_reader(db) as archive:
        gone = archive.query("SELECT title FROM posts WHERE gone_at IS NOT NULL ORDER BY title")
        texts = archive.query("SELECT text FROM bodies JOIN posts ON posts.id = post WHERE title = 'Edited later on'")
    assert [row["title"] for row in gone] == ["Lost without a word", "Taken off the site"]
    assert "A correction" in texts[0]["text"]
    assert check(db).faults == ()


def test_a_304_for_a_page_we_never_had_loses_nothing(site, db):
    posts(site, "first-one")
    good, site.routes["/news/first-one"] = site.routes["/news/first-one"], Answer(status=304)
    site.crawl(db)
    assert outcomes(db) == {"news/first-one": "failed"}
    site.routes["/news/first-one"] = good
    site.crawl(db)
    assert titles(db) == ["First one"]


def test_an_index_of_indexes_without_end(site, db):
    def index(asked):
        number = int((re.search(r"part-(\d+)", asked.path) or [0, "0"])[1])
        where = f"{site.base}/sitemap.xml?part-{number + 1}"
        body = (
            f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{where}</loc></sitemap>'
        )
        return Answer(body + "</sitemapindex>", headers={"Content-Type": "application/xml"})

    site.routes["/sitemap.xml"] = index
    site.crawl(db)
    assert sum(path.startswith("/sitemap.xml") for path in site.paths()) == 3


def test_a_feed_of_junk_gives_its_good_entries(site, db):
    posts(site, "first-one", "second-one")
    site.routes["/feed.xml"] = json_feed(
        {
            "id": 10**400,
            "url": f"{site.base}/news/first-one",
            "title": "\ud800First one\udfff\0",
            "date_published": "\ud800",
        },
        {"id": "x", "url": "http://[::1", "title": ["no", "title"]},
        {"id": None, "url": f"{site.base}/caf\ud800e"},
        {"url": "javascript:alert(1)"},
        {
            "id": "y",
            "url": f"{site.base}/news/second-one",
            "content_html": "<p>\ud83d</p>" * 200,
            "authors": 7,
            "tags": {"a": 1},
        },
    )
    done = site.crawl(db, "feed")
    assert titles(db) == ["First one", "Second one"]
    assert done.outcomes["source read"] == 1


def test_two_partners_of_one_host_are_never_crawled_together(site, db):
    import threading

    busy, most = [0], [0]
    guard = threading.Lock()
    posts(site, "first-one", "second-one", "third-one")
    pages = {path: site.routes[path] for path in list(site.routes)}

    def slow(path):
        def answer(_):
            with guard:
                busy[0] += 1
                most[0] = max(most[0], busy[0])
            with guard:
                busy[0] -= 1
            return pages[path]

        return answer

    site.routes = {path: slow(path) for path in pages}
    from scraper.crawl.supervise import Plan, crawl
    from scraper.partners import registry

    values = {"title": "T", "home": f"{site.base}/", "region": "m", "timezone": "UTC", "language": "en", "delay": 0.01}
    values["sources"] = [{"sitemap": f"{site.base}/sitemap.xml"}]
    both = tuple(registry.build(slug, values) for slug in ("one", "two"))
    ends = crawl(Plan(partners=both, db=db, workers=2))
    assert [end.exit_code for end in ends] == [0, 0]
    first = [index for index, path in enumerate(site.paths()) if path == "/sitemap.xml"]
    assert first[1] - first[0] >= 4, "the second began when the first was through"


def test_dead_addresses_at_the_head_of_a_sitemap_cost_no_post_behind_them(site, db):
    dead = [f"{site.base}/news/dead-{number}" for number in range(5)]
    away = [f"{site.base}/news/away-{number}" for number in range(5)]
    good = [f"{site.base}/news/good-{number}" for number in range(5)]
    for url in away:
        site.routes[url.removeprefix(site.base)] = Answer(status=302, headers={"Location": "http://elsewhere.example/"})
    for url in good:
        site.routes[url.removeprefix(site.base)] = Answer(post(f"The library of {url[-6:]} opens again", words=url * 9))
    site.routes["/sitemap.xml"] = sitemap(*dead, *away, *good)
    site.crawl(db)
    assert len(titles(db)) == 5


def test_a_host_that_reserves_its_pages_keeps_its_words(tmp_path):
    words = "The council met and talked of roads and of the market square. " * 12
    with Site() as site:
        site.routes["/sitemap.xml"] = sitemap(f"{site.base}/news/one", f"{site.base}/open/two")
        site.routes["/news/one"] = Answer(post("One", words=words))
        site.routes["/open/two"] = Answer(post("Two", words=words + "And of bridges."))
        rules = [{"location": "/", "tdm-reservation": 1}, {"location": "/open/", "tdm-reservation": 0}]
        site.routes["/.well-known/tdmrep.json"] = Answer(json.dumps(rules))
        site.crawl(tmp_path / "archive.db")
        site.crawl(tmp_path / "archive.db", full=True)
        assert site.paths().count("/.well-known/tdmrep.json") == 1
    with open_reader(tmp_path / "archive.db") as archive:
        query = "SELECT title, rights_flags, text FROM posts LEFT JOIN bodies ON post = posts.id ORDER BY title"
        one, two = archive.query(query)
        assert (one["rights_flags"], one["text"]) == ("tdm-reservation", None)
        assert two["rights_flags"] is None
        assert "bridges" in two["text"]
        assert archive.query("SELECT outcome FROM fetches WHERE kind = 'tdm'")[0]["outcome"] == "learned"


def test_a_feed_that_names_https_on_a_host_without_it(site, db):
    posts(site, "first-one")
    site.routes["/sitemap.xml"] = sitemap(f"{site.base.replace('http:', 'https:')}/news/first-one")
    assert site.crawl(db).exit_code == 0
    assert titles(db) == ["First one"]


def paged(site: Site, pages: int) -> None:
    """List three posts a page at /news, page after page; a feed names all but the last page's."""
    names = [f"post-number-{number}-of-ours" for number in range(3 * pages)]
    posts(site, *names)
    for page in range(pages):
        more = f'<a rel="next" href="/news?page={page + 2}">Next</a>' if page + 1 < pages else ""
        links = [(f"/news/{name}", name.replace("-", " ")) for name in names[3 * page : 3 * page + 3]]
        site.routes[f"/news?page={page + 1}" if page else "/news"] = Answer(listing(*links, more=more))
    site.routes["/sitemap.xml"] = site.missing
    site.routes["/feed.json"] = json_feed(
        *({"id": name, "url": f"{site.base}/news/{name}", "title": name} for name in names[:-3])
    )


def test_a_first_visit_goes_on_where_another_source_named_the_posts_before(site, db):
    paged(site, 6)
    site.crawl(db, sources=[{"feed": f"{site.base}/feed.json"}, {"listing": f"{site.base}/news"}])
    assert len(titles(db)) == 18


def undated(title: str, signed: str) -> str:
    """Return a page that says but how many months ago it was written."""
    page = re.sub(r"<meta property=[^>]*>", "", post(title))
    return page.replace("</h1>", f"</h1><p class=meta>{signed} 10 months ago</p>")


def test_a_signed_page_without_a_date_is_a_post_where_its_folder_holds_posts(site, db):
    signed = 'Posted by: <a rel="author" href="/by/ann">Ann Teague</a> in <a href="/blog/category/loans/">Loans</a>'
    names = [f"post-number-{number}-of-ours" for number in range(8)]
    for name in names:
        site.routes[f"/blog/{name}/"] = Answer(post(name.replace("-", " ").capitalize()))
    site.routes["/blog/an-older-post/"] = Answer(undated("An older post", signed))
    site.routes["/blog/how-to-reach-us/"] = Answer(undated("How to reach us", "Written"))
    site.routes["/pages/our-history-page/"] = Answer(undated("Our history", signed))
    site.routes["/feed.json"] = json_feed(
        *({"id": name, "url": f"{site.base}/blog/{name}/", "title": name.replace("-", " ")} for name in names)
    )
    site.routes["/sitemap.xml"] = sitemap(
        *(f"{site.base}{path}" for path in site.routes if path.startswith(("/blog/", "/pages/")))
    )
    site.crawl(db, sources=[{"feed": f"{site.base}/feed.json"}, {"sitemap": f"{site.base}/sitemap.xml"}])
    assert [title for title in titles(db) if not title.startswith(("post", "Post"))] == ["An older post"]
