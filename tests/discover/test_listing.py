"""Listings: which links are posts, and where the next page is."""

import re

import pytest

from scraper.discover import listing
from scraper.extract import document
from scraper.models import Partner
from scraper.normalise import urls

from .readers import HOME, PARTNER, paths, read

SLUGS = (
    "new-slipway-opens-today",
    "two-hundred-oaks-planted",
    "grant-scheme-returns-soon",
    "ferry-timetable-changes-now",
)
NAV = (
    '<nav><a href="/about/">About us</a><a href="/services/boat-hire-and-storage/">Boat hire and storage here</a></nav>'
)
FOOT = '<footer><a href="/privacy/">Privacy</a><a href="/help/how-to-reach-us-here/">How to reach us here</a></footer>'


def card(path: str, title: str = "A headline of five words") -> str:
    return f'<article><h2><a href="{path}">{title}</a></h2><time>3 March 2026</time></article>'


def row(path: str, title: str = "A headline of five words") -> str:
    return f'<li><a href="{path}">{title}</a> <span>03/03/2026</span></li>'


def plain(path: str, title: str = "A headline of five words") -> str:
    return f'<p><a href="{path}">{title}</a></p>'


def found(body: str, path: str = "news/", partner: Partner = PARTNER) -> list[str]:
    return paths(read("listing", f"<html><body>{NAV}<main>{body}</main>{FOOT}</body></html>", path, partner=partner))


@pytest.mark.parametrize("mark", [card, row, plain])
@pytest.mark.parametrize("folder", ["news/", "", "2026/03/"])
@pytest.mark.parametrize("number", [1, 2, 4])
def test_cards_rows_and_lines(mark, folder: str, number: int):
    wanted = [f"{folder}{slug}/" for slug in SLUGS[:number]]
    assert found("".join(mark(f"/{path}") for path in wanted)) == wanted


def test_posts_by_number():
    assert found("".join(card(f"/?p={number}") for number in (11, 12, 13))) == ["?p=11", "?p=12", "?p=13"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "<p>Nothing here yet.</p>",
        '<a href="/contact/">Contact</a>',
        '<a href="#top">Top of this page here</a><a href="mailto:a@b.example">Write to us all today</a>',
        card("https://other.example/news/a-story-of-another/"),
        card("/tag/oaks/") + card("/category/news/") + card("/author/ada/"),
        card("/brochure-of-the-year.pdf"),
        '<ul class="pagination"><li><a href="/news/page/2/">2</a></li></ul>',
        '<div class="widget"><a href="/services/boat-hire-and-storage/">Boat hire and storage here</a></div>',
    ],
)
def test_pages_that_link_no_posts(body: str):
    assert found(body) == []


def test_menu_beside_posts_of_the_same_folder():
    menu = "".join(f'<li><a href="/page-{n}-of-ours/">One of our pages here</a></li>' for n in range(8))
    posts = "".join(card(f"/{slug}/") for slug in SLUGS[:2])
    reading = read("listing", f"<nav><ul>{menu}</ul></nav><main>{posts}</main>", "news/")
    assert paths(reading) == [f"{slug}/" for slug in SLUGS[:2]]
    assert not any(candidate.sure for candidate in reading.candidates)


def test_a_link_is_listed_once_with_its_words():
    body = '<article><a href="/news/a-b-c/"><img></a>'
    body += '<h2><a href="/news/a-b-c/?utm_source=x">Five words and 2026</a></h2></article>'
    reading = read("listing", f"<main>{body}</main>", "news/")
    assert [(one.url, one.claims.title) for one in reading.candidates] == [
        (f"{HOME}news/a-b-c/", "Five words and 2026")
    ]


def test_pattern_of_the_registry_wins():
    partner = Partner(
        slug="x", title="X", home=HOME, region="r", timezone="UTC", language="en", posts={"news": r"/tag/\d+/story"}
    )
    assert found(plain("/tag/1/story") + card("/news/another-headline-here/"), partner=partner) == ["tag/1/story"]


def next_of(body: str, path: str = "news/") -> str | None:
    pages = read("listing", f"<html><body>{body}</body></html>", path).next_urls
    return pages[0].removeprefix(HOME) if pages else None


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ('<link rel="next" href="/news/?page=2">', "news/", "news/?page=2"),
        ('<a rel="nofollow next" href="/news/older/">x</a>', "news/", "news/older/"),
        ('<a href="/news/page/2/">2</a><a href="/news/page/3/">3</a>', "news/", "news/page/2/"),
        ('<a href="/news/page/1/">1</a><a href="/news/page/3/">3</a>', "news/page/2/", "news/page/3/"),
        ('<a href="/news/">1</a><a href="/news/page/2/">2</a>', "news/page/2/", None),
        ('<a href="?page=3">3</a>', "news/?page=2", "news/?page=3"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a><a href="?page=1">next ›</a>', "news", "news?page=1"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', "news", "news?page=1"),
        ('<a href="?page=1">2</a><a href="?page=2">3</a>', "news?page=1", "news?page=2"),
        ('<a href="/news/?start=20">Next</a>', "news/?start=10", "news/?start=20"),
        ('<a href="/index2.html">»</a>', "", "index2.html"),
        ('<a href="/index-1.html">Older posts</a>', "", "index-1.html"),
        ('<a href="/news/p3">Next →</a>', "news/p2", "news/p3"),
        ('<a href="/?paged=2">Older posts</a>', "", "?paged=2"),
        ('<a aria-label="Next page" href="/news/?page=2"><svg></svg></a>', "news/", "news/?page=2"),
        ('<a href="/news/1/">Older</a>', "news/", "news/1/"),
        ('<a href="/news/">Newer</a><a href="/news/2/">Older</a>', "news/1/", "news/2/"),
        ('<a href="/2/">Older</a>', "news/1/", None),
        ('<a aria-label="Go to next page" href="/news?start=7"><i></i></a>', "news", "news?start=7"),
        ('<a href="?page=2">Show more stories</a>', "news", "news?page=2"),
        ('<a href="/events/?page=2">2</a>', "news/", None),
        ('<a href="/news/the-next-slipway/">Next</a>', "news/", None),
        ('<a href="https://other.example/news/?page=2">Next</a>', "news/", None),
        ('<a href="/news/?page=501">501</a>', "news/?page=500", None),
        ('<a href="/news/?page=99999999999">Next</a>', "news/", "news/?page=99999999999"),
        ("", "news/", None),
    ],
)
def test_next_page(body: str, path: str, expected: str | None):
    assert next_of(body, path) == expected


@pytest.mark.parametrize(
    "words",
    [
        "Next",
        "Older posts",
        "Nesaf",
        "Nächste",
        "Weiter »",
        "Suivant",
        "Page suivante",
        "Siguiente",
        "Następna",
        "Avanti",
        "Ältere Beiträge",
        "Articles plus anciens",
        "Entradas antiguas",
        "Następna strona",
        "Următoarea",
        "Volgende",
    ],
)
def test_next_in_other_languages(words: str):
    assert next_of(f'<a href="/news/page/2/">{words}</a>') == "news/page/2/"


@pytest.mark.parametrize("words", ["Newer posts", "Previous", "Neuere Beiträge", "Read more about the next tide", "1"])
def test_words_that_lead_elsewhere(words: str):
    assert next_of(f'<a href="/news/?page=1">{words}</a>', "news/?page=2") is None


def test_a_page_of_ten_thousand_links_is_read_to_a_limit():
    body = "".join(row(f"/news/{n}-a-headline-with-words/") for n in range(10_000))
    assert len(found(body)) <= listing.MAX_LINKS


def test_score_looks_at_the_address_and_the_place():
    page = document.parse(f"<main>{card('/news/a-b-c/')}</main>{FOOT}".encode(), HOME)
    scores = {re.sub(HOME, "", link.url): link.score for link in listing.links(page, urls.partner_hosts(HOME, ()))}
    assert scores["news/a-b-c/"] >= listing.LEAST_SCORE > 0 > scores["privacy/"]


def test_cards_of_a_picture_and_a_word():
    def bare(path: str) -> str:
        return f'<article><a href="{path}"><img src="x"></a><p>3 March 2026</p><a href="{path}">More</a></article>'

    assert found("".join(bare(f"/news/{slug}/") for slug in ("oaks", "ashes", "elms"))) == [
        "news/oaks/",
        "news/ashes/",
        "news/elms/",
    ]


def test_a_menu_of_the_whole_site_hides_no_posts():
    menu = "<nav>" + "".join(f'<a href="/menu/{number}/">Menu {number}</a>' for number in range(2_500)) + "</nav>"
    assert found(menu + card("/news/oaks-planted/")) == ["news/oaks-planted/"]


@pytest.mark.parametrize(
    ("link", "path", "expected"),
    [
        ('<a href="?9f2a_page=2" aria-label="Next Page">Next</a>', "news", ["news?9f2a_page=2"]),
        ('<a href="?9f2a_page=3" aria-label="Next Page">Next</a>', "news?9f2a_page=2", ["news?9f2a_page=3"]),
        ('<a href="/news?startnum=9">Next<span> set of results</span></a>', "news", ["news?startnum=9"]),
        ('<a href="/news/?e-page-5a3=2"><span>Page</span>2</a>', "news/", ["news/?e-page-5a3=2"]),
        ('<a href="/news/?e-page-5a3=1">1</a><a href="/news/?e-page-5a3=3">3</a>', "news/?e-page-5a3=2", None),
        ('<a href="/news/?e-page-5a3=3">3</a>', "news/", []),
        ('<a href="/news/?colour=red">Next</a>', "news/", []),
        ('<a href="/news/?page=2&amp;sort=9">Next</a>', "news/?sort=1", []),
        ('<a href="/news/?topic=2222222222">2222222222</a>', "news/", []),
        ('<a href="/events/?n=2">2</a>', "news/", []),
    ],
)
def test_the_next_page_by_any_key_that_counts(link: str, path: str, expected: list[str] | None):
    following = read("listing", f"<main>{link}</main>", path).next_urls
    wanted = ["news/?e-page-5a3=3"] if expected is None else expected
    assert [url.removeprefix(HOME) for url in following] == wanted


def test_bare_links_beside_cards_of_the_same_folder_must_prove_themselves():
    posts = "".join(card(f"/article/{4000 + n}/{slug}") for n, slug in enumerate(SLUGS))
    others = "".join(
        f'<li><a href="/article/{n}/{slug}">Bins and recycling collections here</a></li>'
        for n, slug in enumerate(("bins-and-recycling", "council-tax-bands-now"), start=200)
    )
    reading = read("listing", f"<main>{posts}<ul>{others}</ul></main>", "news")
    sure = {candidate.url.rpartition("/")[2]: candidate.sure for candidate in reading.candidates}
    assert sure == {**dict.fromkeys(SLUGS, True), "bins-and-recycling": False, "council-tax-bands-now": False}


def test_meetings_in_the_cells_of_a_calendar():
    rows = "".join(
        f'<td><div>{day}</div><p><a href="/meeting.aspx?CId=13&amp;MId={2200 + day}">7pm - Cabinet</a></p></td>'
        for day in (3, 10, 17)
    )
    body = f'<table class="mgCalendarMonthGrid"><tr><th>Mon</th></tr><tr>{rows}</tr></table>'
    assert paths(read("listing", body, "month.aspx")) == [f"meeting.aspx?CId=13&MId={n}" for n in (2203, 2210, 2217)]
    assert paths(read("listing", body.replace("mgCalendarMonthGrid", "grid"), "month.aspx")) == []


def test_short_titles_among_long_ones():
    posts = "".join(plain(f"/news/{slug}/") for slug in SLUGS)
    short = plain("/news/the-mayor-resigns/", "Mayor resigns") + plain("/news/a-new-market/", "New market")
    assert found(posts + short) == [f"news/{slug}/" for slug in (*SLUGS, "the-mayor-resigns", "a-new-market")]


@pytest.mark.parametrize("name", ["html one-sidebar sidebar-first page-node", "no-sidebar", "has-sidebar menu-open"])
def test_classes_of_the_whole_page_silence_no_link(name: str):
    body = "".join(map(card, ("/news/one-more-bridge", "/news/two-new-bridges", "/news/three-old-mills")))
    assert len(found(f'<body class="{name}"><div class="with-sidebar">{body}</div></body>')) == 3


def test_an_archive_that_lists_all_posts_in_a_menu():
    links = "".join(f'<li><a href="/posts/2026/a-new-bridge-{n}">A new bridge for {n}</a></li>' for n in range(6))
    menu = f'<aside class="menu"><p class="menu-label">3 May 2026</p><ul class="menu-list">{links}</ul></aside>'
    assert len(found(menu, "archives.html")) == len(found(menu, "archiv/")) == 6
    assert found(menu, "about/") == []
    assert found(menu.replace("A new bridge for", "Bridge"), "archives.html") == []
