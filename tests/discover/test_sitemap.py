"""Sitemaps: plain, index, news, packed, text, and what only looks like one."""

import gzip

import pytest

from scraper.errors import PageError

from .readers import HOME, paths, read

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urlset(inner: str, more: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset {NAMESPACE} {more}>{inner}</urlset>'


ONE = f"<url><loc>{HOME}oaks/</loc><lastmod>2026-03-14</lastmod></url>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (urlset(ONE), ["oaks/"]),
        (urlset(ONE).replace(NAMESPACE, ""), ["oaks/"]),
        (urlset(f"<url><loc>\n {HOME}a b/\n</loc></url>"), ["a%20b/"]),
        (urlset(f"<url><loc>{HOME}people%20&amp;%20places/a</loc></url>"), ["people%20&%20places/a"]),
        (urlset("<url><loc>javascript:x</loc></url><url></url>" + ONE), ["oaks/"]),
        (urlset(ONE)[:-12], ["oaks/"]),
        (urlset(f"<url><loc><![CDATA[{HOME}oaks/]]></loc></url>"), ["oaks/"]),
        (gzip.compress(urlset(ONE).encode()), ["oaks/"]),
        (b"\xef\xbb\xbf\n" + urlset(ONE).encode(), ["oaks/"]),
        (urlset(ONE + "<x:y>undeclared</x:y>"), ["oaks/"]),
        (urlset(f"<url><loc>{HOME}a.php?view=article&id=7</loc></url>"), ["a.php?view=article&id=7"]),
        (urlset("<!-- a & b -->" + ONE), ["oaks/"]),
        ('<!DOCTYPE urlset SYSTEM "sitemap.dtd">' + urlset(ONE).partition("?>")[2], ["oaks/"]),
        (urlset("<url><loc>/caf\xe9/</loc></url>").encode("latin-1"), ["caf%EF%BF%BD/"]),
        (urlset(ONE).replace("UTF-8", "UTF-16").encode("utf-16"), ["oaks/"]),
        (urlset(f"<url><loc><!-- a -->{HOME}<!-- b -->oaks/</loc></url>"), ["oaks/"]),
        (urlset(f"<url><loc>{HOME.replace('/', '&#x2F;')}oaks/</loc></url>"), ["oaks/"]),
    ],
)
def test_addresses(body: str | bytes, expected: list[str]):
    found = read("sitemap", body, "sitemap.xml")
    assert paths(found) == expected
    assert found.whole


@pytest.mark.parametrize(
    "body",
    [
        f"<rss version='2.0'><channel><item><title>Oaks</title><link>{HOME}oaks/</link></item></channel></rss>",
        f"<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Oaks</title><link href='{HOME}oaks/'/></entry></feed>",
    ],
)
def test_a_feed_in_the_place_of_a_sitemap(body: str):
    assert paths(read("sitemap", body, "sitemap.xml")) == ["oaks/"]
    assert paths(read("sitemap", gzip.compress(body.encode()), "sitemap.xml.gz")) == ["oaks/"]


def test_lastmod_and_doubt():
    unsure = read("sitemap", urlset(ONE), "sitemap.xml").candidates[0]
    sure = read("sitemap", urlset(ONE), "post-sitemap.xml").candidates[0]
    assert (unsure.sure, sure.sure) == (False, True)
    assert unsure.claims.lastmod == "2026-03-14"


def test_news_sitemap():
    news = "<n:news><n:publication_date>2026-03-14T10:00Z</n:publication_date><n:title>Oaks</n:title></n:news>"
    body = urlset(
        f"<url><loc>{HOME}oaks/</loc>{news}</url>", 'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    found = read("sitemap", body, "sitemap.xml").candidates[0]
    assert (found.sure, found.claims.title, found.claims.published) == (True, "Oaks", "2026-03-14T10:00Z")


def test_index_leaves_out_what_holds_no_posts():
    names = ["sitemap-posts.xml", "sitemap-pages.xml", "sitemap-tags.xml", "sitemap-authors.xml", "part-7.xml"]
    names += ["categories/ferries.xml", "authors/ann-teague.xml"]  # the feeds of labels, which Nikola names there
    inner = "".join(f"<sitemap><loc>{HOME}{name}</loc></sitemap>" for name in names)
    found = read("sitemap", f"<sitemapindex {NAMESPACE}>{inner}</sitemapindex>", "sitemap.xml")
    assert [source.url for source in found.children] == [f"{HOME}sitemap-posts.xml", f"{HOME}part-7.xml"]


def test_text_sitemap():
    body = f"\ufeff{HOME}a\n\n{HOME}b\nnonsense with spaces\nmailto:x@y.example\n"
    found = read("sitemap", body, "sitemap.txt", headers={"content-type": "text/plain; charset=utf-8"})
    assert paths(found)[:2] == ["a", "b"]
    assert not any(candidate.sure for candidate in found.candidates)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!doctype html><html><body>Home</body></html>", "soft-404"),
        ("<HTML><head></head></HTML>", "soft-404"),
        ("", "not-xml"),
        ("words", "not-xml"),
        ('<!DOCTYPE u [<!ENTITY a "b">]><urlset/>', "doctype"),
        (b"\x1f\x8b broken", "broken-gzip"),
        (gzip.compress(b"<urlset>" + b" " * 9_000_000), "too-big"),
        ("<urlset>" + "<a>" * 300, "too-deep"),
    ],
)
def test_what_is_no_sitemap(body: str | bytes, reason: str):
    with pytest.raises(PageError) as caught:
        read("sitemap", body, "sitemap.xml")
    assert caught.value.reason == reason
