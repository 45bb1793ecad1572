"""A probe: what is asked in which order, what is chosen, and what is said of the rest."""

from __future__ import annotations

import os
from dataclasses import replace

import pytest

from scraper.crawl import explore
from scraper.crawl.probing import Probe
from scraper.discover import probe
from scraper.errors import ConfigError
from scraper.extract import document
from scraper.models import Partner
from scraper.normalise import urls
from scraper.partners import registry

from .readers import HOME, PARTNER, captured
from .sites import Page, Site, ghost, hexo, jekyll, pretalx, rows, rss, serve, sitemap, sitemap_index

HEAD = '<link rel="alternate" type="application/rss+xml" href="/feed/">'
LISTED = jekyll().posts
CARDS = rows(LISTED)


def run(
    pages: dict[str, Page | str], *, robots: str | None = None, partner: Partner = PARTNER, moved: str = ""
) -> Probe:
    """Drive a probe with a table of answers; `moved` is where the home page is redirected to."""
    found = Probe(partner=partner, robots=lambda host: robots)
    base = moved or partner.home
    for url, source in found.asks():
        path = "/" + url.removeprefix(partner.home).removeprefix(base)
        answer = pages.get(path, Page(status=404))
        page = Page(body=answer) if isinstance(answer, str) else answer
        raw = page.body if isinstance(page.body, bytes) else page.body.replace("{base}", base.rstrip("/")).encode()
        seen = captured(raw, url, headers={"content-type": page.kind}, status=page.status)
        found.take(source, replace(seen, url=base) if path == "/" else seen)
    return found


def asked(found: Probe) -> list[str]:
    return [finding.source.url.removeprefix(found.base or HOME) for finding in found.findings]


def chosen(found: Probe) -> list[tuple[str, str]]:
    return [(source.kind, source.url.removeprefix(found.base or HOME)) for source in found.chosen()]


def site_pages(site: Site) -> dict[str, Page | str]:
    return dict(site.pages)


@pytest.mark.parametrize(
    ("pages", "robots", "expected"),
    [
        (site_pages(jekyll()), None, [("sitemap", "sitemap.xml"), ("feed", "feed.xml")]),
        (site_pages(jekyll()), f"Sitemap: {HOME}sitemap.xml", [("sitemap", "sitemap.xml"), ("feed", "feed.xml")]),
        (site_pages(ghost()), None, [("sitemap", "sitemap.xml"), ("feed", "rss/")]),
        (site_pages(hexo(bare=True)), None, [("listing", "")]),
        (site_pages(pretalx()), None, [("listing", "")]),
        ({"/": CARDS, "/feed.xml": rss(LISTED)}, None, [("feed", "feed.xml"), ("listing", "")]),
        ({"/": HEAD + CARDS, "/feed/": rss(LISTED[:2])}, None, [("feed", "feed/"), ("listing", "")]),
        ({"/": '<a href="/news/">News</a>', "/news/": CARDS}, None, [("listing", "news/")]),
        ({"/": "<p>Hello</p>", "/archives/": CARDS}, None, [("listing", "archives/")]),
        ({"/": "<p>Hello</p>"}, None, []),
    ],
)
def test_choice(pages: dict[str, Page | str], robots: str | None, expected: list[tuple[str, str]]):
    assert chosen(run(pages, robots=robots)) == expected


def test_order_of_asking():
    found = run({"/": HEAD + CARDS})
    assert asked(found)[:7] == ["", *(path.lstrip("/") for path in probe.SITEMAP_GUESSES), "feed/"]
    assert asked(found)[-1] == "blog/"
    assert len(asked(found)) == len(set(asked(found))) <= 24


def test_what_is_declared_is_asked_and_nothing_guessed_beside_it():
    found = run(
        {"/": HEAD + CARDS, "/feed/": rss(LISTED), "/map.xml": sitemap([(post.path, None) for post in LISTED])},
        robots=f"User-agent: *\nSITEMAP : {HOME}map.xml\nSitemap: https://other.example/sitemap.xml\n",
    )
    assert asked(found) == ["", "map.xml", "feed/"]


def test_a_site_in_a_folder_is_asked_there_first():
    listed = sitemap([(post.path, None) for post in LISTED])
    home = replace(PARTNER, home=f"{HOME}portal/")
    found = run({"/": CARDS, "/wp-sitemap.xml": listed}, partner=home)
    assert ("sitemap", "wp-sitemap.xml") in chosen(found)
    assert [finding.source.url for finding in found.findings][1] == f"{HOME}portal/sitemap.xml"


def test_a_wordpress_of_plain_addresses_names_its_sitemap_in_a_query():
    listed = sitemap([(post.path, None) for post in LISTED])
    pages: dict[str, Page | str] = {"/": '<link rel="stylesheet" href="/wp-content/style.css">' + CARDS}
    assert chosen(run({**pages, "/?sitemap=index": listed})) == [("sitemap", "?sitemap=index")]


def test_a_declared_sitemap_that_is_gone_is_guessed_anew():
    listed = sitemap([(post.path, None) for post in LISTED])
    found = run({"/": CARDS, "/sitemap.xml": listed}, robots=f"Sitemap: {HOME}old.xml")
    assert chosen(found) == [("sitemap", "sitemap.xml")]


def test_parts_of_an_index_named_by_robots():
    names = ["post-sitemap.xml", "page-sitemap.xml", "category-sitemap.xml", "event-sitemap.xml"]
    pages: dict[str, Page | str] = {"/": CARDS}
    pages |= {f"/{name}": sitemap([(post.path, None) for post in LISTED]) for name in names}
    found = run(pages, robots="".join(f"Sitemap: {HOME}{name}\n" for name in names))
    assert chosen(found) == [("sitemap", "post-sitemap.xml"), ("sitemap", "event-sitemap.xml")]


@pytest.mark.parametrize("feed", [HEAD, ""])
def test_a_sitemap_that_has_not_the_posts_is_not_enough(feed: str):
    pages: dict[str, Page | str] = {
        "/": feed + CARDS,
        "/feed/": rss(LISTED[:5]) if feed else Page(status=404),
        "/sitemap.xml": sitemap([("/services/boat-hire/", None), ("/services/storage/", None)]),
    }
    assert ("listing", "") in chosen(run(pages))


def test_soft_404_is_seen_for_what_it_is():
    home = Page(body=f"<!doctype html><html><body>{CARDS}</body></html>")
    places = (*probe.SITEMAP_GUESSES, *probe.FEED_GUESSES, *probe.CALENDAR_GUESSES)
    found = run({"/": home, **dict.fromkeys(places, home)})
    failed = [finding for finding in found.findings if finding.verdict == "failed" and "soft-404" in finding.words]
    assert len(failed) >= len(probe.SITEMAP_GUESSES) + len(probe.FEED_GUESSES)
    assert all("nothing to do" in finding.advice for finding in failed)
    assert chosen(found) == [("listing", "")]


@pytest.mark.parametrize(
    "moved",
    ["https://www.harbour-trust.example/", "https://harbour-trust.example/", "http://www.harbour-trust.example/"],
)
def test_a_home_that_moved_to_www_or_https_is_probed_where_it_answered(moved: str):
    hosts = []
    pages = site_pages(jekyll())
    partner = replace(PARTNER, home="http://harbour-trust.example/")
    found = run(pages, partner=partner, moved=moved)
    found.robots = lambda host: hosts.append(host)
    found.robots_sitemaps()
    assert hosts == [urls.host_of(moved)]
    assert [(source.kind, source.url) for source in found.chosen()] == [
        ("sitemap", f"{moved}sitemap.xml"),
        ("feed", f"{moved}feed.xml"),
    ]


def test_home_page_of_words():
    body = (
        '<html lang="cy_GB"><head><title>Harbour Trust – Home</title><meta name="generator" content="WordPress 6.1">'
        f'{HEAD}<link rel="alternate" type="application/rss+xml" title="Trust » Comments Feed" href="/comments/feed/">'
        '<link rel="alternate" type="application/json+oembed" href="/wp-json/oembed/1.0/embed?url=x"></head><body>'
        '<a href="/newyddion/">Newyddion</a><a href="/whats-on/">What’s on</a><a href="webcal://harbour-trust.example/all.ics">'
        'Diary</a><a href="/tag/news/">News</a><a href="https://other.example/news/">News</a></body></html>'
    )
    home = probe.read_home(document.parse(body.encode(), HOME), urls.partner_hosts(HOME, ()))
    assert (home.title, home.language, home.wordpress, home.has_events) == ("Harbour Trust", "cy-GB", True, True)
    assert [offer.source.url for offer in home.feeds] == [f"{HOME}feed/"]
    assert [offer.source.url for offer in home.calendars] == [f"{HOME}all.ics"]
    assert [offer.source.url.removeprefix(HOME) for offer in home.listings][:3] == ["", "newyddion/", "whats-on/"]


def test_index_is_whole():
    found = run({"/": CARDS, "/sitemap.xml": sitemap_index(["/sitemap-posts.xml"])})
    assert chosen(found) == [("sitemap", "sitemap.xml")]


def test_a_home_that_leads_to_a_stranger_is_one_clear_line():
    with serve(jekyll()) as other:
        moved = Site(name="moved", pages={"/": Page(status=301, headers={"Location": f"{other.base}/"})}, posts=())
        with serve(moved) as site, pytest.raises(ConfigError) as caught:
            explore.explore(f"{site.base}/")
    words = str(caught.value)
    assert os.linesep not in words
    assert urls.host_of(other.base) in words and "is not the partner's" in words
    assert "nothing was written" in words
    assert other.asked == []


def test_an_address_is_all_that_adding_a_partner_takes(tmp_path):
    with serve(jekyll()) as site:
        found = explore.explore(f"{site.base}/")
        file = tmp_path / "harbour-trust.yml"
        file.write_text(explore.write_registry(found), encoding="utf-8")
        partner = registry.read(file)
        page = explore.fetch_page(partner, site.base + site.posts[0].path)
    assert [source.url.removeprefix(site.base) for source in partner.sources] == ["/sitemap.xml", "/feed.xml"]
    assert partner.title == "Trust"
    assert page.status == 200 and site.posts[0].title.encode() in page.body
    lines = list(explore.describe(found))
    assert len(lines) == len(found.findings) and any(line.startswith("use") for line in lines)


def test_the_feed_of_a_news_page_is_not_asked_where_the_home_page_has_all_of_it():
    news = '<link rel="alternate" type="application/rss+xml" href="/news.rss">' + CARDS
    found = run(
        {"/": HEAD + '<a href="/news/">News</a>', "/feed/": rss(LISTED), "/news/": news, "/news.rss": rss(LISTED)}
    )
    assert "news.rss" not in asked(found)


def test_a_feed_that_only_the_news_page_declares():
    pages: dict[str, Page | str] = {
        "/": '<a href="/news/">News</a>',
        "/news/": '<link rel="alternate" type="application/rss+xml" href="/news/?format=rss">' + CARDS,
        "/news/?format=rss": rss(LISTED),
    }
    found = run(pages)
    assert chosen(found) == [("feed", "news/?format=rss"), ("listing", "news/")]
    assert found.findings[-1].source.found_by.startswith(f"declared by the listing {HOME}news/")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("<title>Home | Harbour Trust</title>", "Harbour Trust"),
        ("<title>Harbour Trust - Home</title>", "Harbour Trust"),
        ("<title>Home</title>", "Home"),
        ('<meta property="og:site_name" content="The Trust"><title>Home | Harbour</title>', "The Trust"),
        ("", None),
    ],
)
def test_what_a_site_calls_itself(head: str, expected: str | None):
    page = document.parse(f"<html><head>{head}</head><body><p>Hello</p></body></html>".encode(), HOME)
    assert probe.site_name(page) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("news/", True),
        ("about/latest-news", True),
        ("news.php", True),
        ("news-events/news/", True),
        ("news/residents-asked-for-their-views-on-the-new-slipway", False),
        ("news.php?id=12", False),
        ("boats/", False),
    ],
)
def test_the_path_of_a_listing(path: str, expected: bool):
    assert probe.is_listing_path(HOME + path) is expected


def test_a_listing_says_how_many_lists_it_leads_to():
    found = run({"/": '<a href="/news/">News</a>', "/news/": CARDS + '<a href="/news/archive/">News archive</a>'})
    words = next(finding.words for finding in found.findings if finding.source.url == f"{HOME}news/")
    assert words == f"lists {len(LISTED)} posts, leads to 1 further list"


FRENCH = '<p><a href="/fr/actualites/">Actualités</a></p>'
FORWARD = '<html><head><title>x</title><meta http-equiv="refresh" content="0; url={base}/en/"></head></html>'


def test_a_home_that_only_leads_to_its_first_language():
    found = run({"/": FORWARD, "/en/": f"{CARDS}<a href='/en/news/'>News</a>", "/en/news/": rows(jekyll().posts)})
    assert [finding.source.url for finding in found.findings[:2]] == [HOME, f"{HOME}en/"]
    assert found.base == f"{HOME}en/"
    assert ("listing", "") in chosen(found)  # of /en/, where the guesses begin too


def test_a_home_that_leads_to_another_host_or_to_a_page_that_is_gone():
    away = '<meta http-equiv="refresh" content="0; url=https://other.example/en/">'
    assert "https://other.example/en/" not in asked(run({"/": away}))
    gone = run({"/": FORWARD})
    assert (gone.base, gone.home is not None) == (HOME, True)


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="alternate" hreflang="fr" href="/fr/">',
        '<a hreflang="fr" href="/fr/">FR</a>',
        '<a href="/fr/">Français</a>',
    ],
)
def test_the_home_page_in_another_language_names_lists_of_its_own(link: str):
    pages = {
        "/": f"{link}<a href='/news/'>News</a>",
        "/news/": CARDS,
        "/fr/": FRENCH,
        "/fr/actualites/": rows(LISTED[:3]),
    }
    assert "fr/actualites/" in asked(run(pages))


def test_a_home_of_one_language_asks_for_no_other():
    home = probe.read_home(document.parse(b'<a href="/english-lessons/">English lessons</a>', HOME), frozenset({HOME}))
    assert home.twins == ()


MENU = '<link rel="https://api.w.org/" href="/wp-json/"><a href="/diary/">Events</a>'
DIARY = "".join(
    f'<article><h2><a href="/diary/{slug}">{slug.replace("-", " ")}</a></h2><time>3 May 2026</time></article>'
    for slug in ("open-day-at-the-mill", "winter-market-of-bourne", "family-fun-at-the-lock")
)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("", [("wordpress", "wp-json/"), ("feed", "feed/"), ("listing", "diary/")]),
        (', "event": {"rest_base": "events"}', [("wordpress", "wp-json/"), ("feed", "feed/")]),
    ],
)
def test_events_that_an_api_of_one_type_does_not_name(more: str, expected: list[tuple[str, str]]):
    api = Page(body=f'{{"post": {{"rest_base": "posts"}}{more}}}', kind="application/json")
    pages = {"/": HEAD + MENU, "/wp-json/wp/v2/types": api, "/feed/": rss(LISTED[:2]), "/diary/": DIARY}
    assert chosen(run(pages)) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("about/news-and-events", True),
        ("latest-news/", True),
        ("events.html", True),
        ("", False),
        ("news/derby-news-hub", False),
        ("news?id=3", False),
    ],
)
def test_an_address_that_names_a_list_by_every_word(path: str, expected: bool):
    assert probe.is_named_list(HOME + path) is expected
