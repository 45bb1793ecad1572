"""Feeds: RSS, Atom, JSON Feed, broken ones, teasers and full texts."""

import json

import pytest

from scraper.discover import feed
from scraper.errors import HostilePage, PageError

from .readers import HOME, paths, read

LONG = "<p>" + "The tide came in over the wall and went out again. " * 20 + "</p>"


def rss(items: str, head: str = "") -> str:
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>{head}{items}</channel></rss>'


def test_rss_says_what_it_knows():
    item = (
        "<item><title>Oaks &amp; <b>ashes</b></title><link>/oaks?utm_source=rss</link>"
        '<guid isPermaLink="false">77</guid>'
        "<pubDate>Sat, 14 Mar 2026 09:00:00 +0000</pubDate><category>News</category><category>Uncategorized</category>"
        '<enclosure url="/oak.jpg" type="image/jpeg" length="1"/><author>Ada Quay</author>'
        "<description>Two hundred oaks.</description></item>"
    )
    claims = read("feed", rss(item), "feed/").candidates[0].claims
    assert claims is not None
    assert (claims.url, claims.guid, claims.summary) == (f"{HOME}oaks?utm_source=rss", "77", "Two hundred oaks.")
    assert claims.published == "Sat, 14 Mar 2026 09:00:00 +0000"
    assert (claims.categories, claims.authors, claims.image) == (("News",), ("Ada Quay",), f"{HOME}oak.jpg")
    assert claims.content is None


@pytest.mark.parametrize(
    ("markup", "full"),
    [
        (LONG, True),
        (LONG + "<p>Read more</p>", False),
        (LONG + "[&#8230;]", False),
        (LONG + '<a href="/oaks">Continue reading</a>', False),
        ("<p>Short.</p>", False),
        ("words " * 300, False),
    ],
)
def test_full_text_and_teaser(markup: str, full: bool):
    item = f"<item><title>A</title><link>/a</link><description><![CDATA[{markup}]]></description></item>"
    claims = read("feed", rss(item)).candidates[0].claims
    assert claims is not None
    assert bool(claims.content) is full


def test_atom():
    body = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="/atom?page=2"/>'
        '<entry><title>A</title><link rel="alternate" href="/a"/><id>tag:1</id><updated>2026-03-02T10:00:00Z</updated>'
        "<published>2026-03-01T10:00:00Z</published></entry>"
        "<entry><title>No address</title><id>tag:2</id></entry>"
        "<entry><title>Address as id</title><id>https://harbour-trust.example/c</id></entry></feed>"
    )
    found = read("feed", body)
    assert paths(found) == ["a", "c"]
    assert found.next_urls == (f"{HOME}atom?page=2",)
    assert found.faults == ("1 entries without an address",)
    assert found.candidates[0].claims.published == "2026-03-01T10:00:00Z"
    assert found.candidates[0].claims.modified == "2026-03-02T10:00:00Z"


def test_json_feed():
    items = [
        {"id": "1", "url": "/a", "title": "A", "content_html": LONG, "date_published": "2026-03-01", "tags": ["x", 3]},
        {"id": "2"},
        "nonsense",
        {"url": 7, "title": ["x"]},
    ]
    found = read("feed", json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items, "next_url": "/2"}))
    assert paths(found) == ["a"]
    assert found.next_urls == (f"{HOME}2",)
    claims = found.candidates[0].claims
    assert (claims.tags, claims.content, claims.published) == (("x",), LONG, "2026-03-01")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (rss("<item><title>A & B</title><link>/a</link></item>"), ["a"]),
        (rss("<item><title>A</title><link>/a</link></item><item><title>cut off"), ["a"]),
        (rss("<item><title>&#xD800;&#99999999999;</title><link>/a</link></item>"), ["a"]),
        (rss("<item><title>\x0b\x00A</title><link>/a</link></item>"), ["a"]),
        ("\ufeff \n" + rss("<item><link>/a</link></item>"), ["a"]),
        (rss("<item><link>javascript:alert(1)</link></item><item><link>/b</link></item>"), ["b"]),
        (rss("<item><title>A</title><link>/a</link><description><![CDATA[<p><p><p>]]></description></item>"), ["a"]),
    ],
)
def test_broken_feed_gives_what_is_whole(body: str, expected: list[str]):
    assert paths(read("feed", body)) == expected


def test_other_encodings():
    body = '<?xml version="1.0" encoding="iso-8859-1"?>' + rss("<item><title>Café</title><link>/a</link></item>")[21:]
    assert read("feed", body.encode("latin-1")).candidates[0].claims.title == "Café"
    assert read("feed", body.replace("iso-8859-1", "utf-16").encode("utf-16")).candidates[0].claims.title == "Café"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!DOCTYPE html><html><body>Not found</body></html>", "soft-404"),
        ("<html><head><title>Home</title></head></html>", "soft-404"),
        ("just words", "not-a-feed"),
        ("", "not-a-feed"),
        ('{"items": 3}', "not-a-feed"),
        ('{"items": [', "not-a-feed"),
        ("{" * 5000, "not-a-feed"),
        ('<!DOCTYPE rss [<!ENTITY a "b">]><rss version="2.0"><channel/></rss>', "doctype"),
        ("<rss>" + "<a>" * 200, "too-deep"),
    ],
)
def test_what_is_no_feed(body: str, reason: str):
    with pytest.raises(PageError) as caught:
        read("feed", body)
    assert caught.value.reason == reason


def test_a_huge_feed_is_read_from_its_beginning():
    items = "".join(f"<item><title>T{n}</title><link>/p{n}</link></item>" for n in range(8000))
    found = read("feed", rss(items))
    assert paths(found)[:2] == ["p0", "p1"]
    assert len(found.candidates) <= feed.MAX_ENTRIES
    assert "bytes were read" in found.faults[-1]
    with pytest.raises(HostilePage):
        read("feed", rss("x" * 9_000_000))


def test_pages_of_a_wordpress_feed_are_walked_by_number():
    item = "<item><title>A</title><link>/a</link></item>"
    assert read("feed", rss(item), "feed/").next_urls == ()
    assert read("feed", rss(item), "feed/?paged=2").next_urls == (f"{HOME}feed/?paged=3",)
    assert read("feed", rss(item), "?feed=rss2&paged=9").next_urls == (f"{HOME}?feed=rss2&paged=10",)
    assert read("feed", rss(""), "feed/?paged=4").next_urls == ()
    assert feed.paged_url(f"{HOME}?feed=rss2", 2) == f"{HOME}?feed=rss2&paged=2"


def test_the_older_parts_of_an_archived_feed_are_read():
    links = '<a:link xmlns:a="http://www.w3.org/2005/Atom" rel="prev-archive" href="/feed/2025"/>'
    item = "<item><title>A</title><link>/a</link></item>"
    assert read("feed", rss(links + item), "feed/").next_urls == (f"{HOME}feed/2025",)


def test_the_real_address_behind_a_counter():
    origin = "http://rssnamespace.org/feedburner/ext/1.0"
    items = (
        f"<item><link>http://counter.example/~r/1</link><f:origLink xmlns:f='{origin}'>{HOME}oaks</f:origLink></item>"
        f"<item><link>http://counter.example/~r/2</link><guid>{HOME}ashes</guid></item>"
        f"<item><link>{HOME}elms</link><guid>{HOME}?p=3</guid></item>"
    )
    assert paths(read("feed", rss(items), "feed/")) == ["oaks", "ashes", "elms"]


def test_a_json_item_whose_id_is_its_address():
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [{"id": f"{HOME}oaks"}, {"id": "7"}]})
    assert paths(read("feed", body, "feed.json")) == ["oaks"]


def test_an_old_feed_with_its_doctype_and_the_names_of_html():
    head = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://n.example/rss-0.91.dtd">'
    body = head + rss("<item><title>Caf&eacute; & bar</title><link>/oaks</link></item>").partition("?>")[2]
    (found,) = read("feed", body, "feed/").candidates
    assert (found.url, found.claims.title) == (f"{HOME}oaks", "Café & bar")


NAMES = [
    ("ada@quay.example (Ada Quay)", ("Ada Quay",)),
    ("Ada Quay &lt;ada@quay.example&gt;", ("Ada Quay",)),
    ("Ada Quay (ada@quay.example)", ("Ada Quay",)),
    ("ada@quay.co.uk (Ada Quay (Editor))", ("Ada Quay (Editor)",)),
    ("ada@quay.example", ()),
    ("Ada Quay", ("Ada Quay",)),
]


@pytest.mark.parametrize(("author", "expected"), NAMES)
def test_an_author_is_a_name_and_no_address_of_mail(author: str, expected: tuple[str, ...]):
    claims = (
        read("feed", rss(f"<item><title>A</title><link>/a</link><author>{author}</author></item>")).candidates[0].claims
    )
    assert claims is not None
    assert claims.authors == expected


def test_a_feed_of_comments_lists_posts_and_says_nothing_of_them():
    item = "<item><title>Comment on A by Bo</title><link>/a#comment-7</link><pubDate>Sat, 14 Mar 2026 09:00:00 GMT</pubDate></item>"
    found = read("feed", rss(item))
    assert paths(found) == ["a"]
    assert found.candidates[0].claims is None


@pytest.mark.parametrize(
    ("build", "expected"),
    [("Sat, 14 Mar 2026 09:00:00 GMT", {None}), ("Sun, 15 Mar 2026 09:00:00 GMT", {"Sat, 14 Mar 2026 09:00:00 GMT"})],
)
def test_the_moment_at_which_a_feed_was_made_dates_no_entry(build: str, expected: set[str | None]):
    items = "".join(
        f"<item><title>{n}</title><link>/{n}</link><pubDate>Sat, 14 Mar 2026 09:00:00 GMT</pubDate></item>"
        for n in "abc"
    )
    found = read("feed", rss(items, f"<lastBuildDate>{build}</lastBuildDate>"))
    assert {one.claims.published for one in found.candidates if one.claims} == expected


def test_a_text_escaped_twice_is_read_as_markup():
    escaped = LONG.replace("<", "&amp;lt;")
    claims = (
        read("feed", rss(f"<item><title>A</title><link>/a</link><description>{escaped}</description></item>"))
        .candidates[0]
        .claims
    )
    assert claims is not None
    assert claims.content == LONG
