"""Addresses as a page writes them: resolved, refused, and the quick way to the same answer."""

from __future__ import annotations

import pytest

from scraper.extract.links import absolute, resolve

BASES = ("http://news.example/a/b", "https://u:p@news.example:8443/a/?b", "http://news.example:0/", "mailto:x", "")
HREFS = (
    "http://other.example/a", "https://other.example", "http://./", "HTTP://OTHER.example/A", "/a/b?c=d#e", "/", "//",
    "//other.example/a", "/a//b", "/a/../b", "/./a", "/.well-known/a", "/a;b", "/a;b?c", "/a?", "/a#", "/é", "/a b",
    "/a\"b", "/a?b=http://c/", "../c", "c?d", "?d", "http://xn--/", "http://h:99999/", "http://[::1]/", "http://[x/",
    "/" + "x" * 1_975, "/" + "x" * 1_990, "http://other.example/" + "x" * 1_979, "http://other.example/" + "x" * 1_980,
)  # fmt: skip


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("href", HREFS)
def test_the_quick_way_gives_what_resolving_gives(base: str, href: str) -> None:
    assert absolute(href, base) == (resolve(href, base) if len(href) <= 2_000 else None)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/a", "http://news.example/a"),
        (" /a\n", "http://news.example/a"),
        ("b", "http://news.example/a/b"),
        ("https://other.example/?q=1", "https://other.example/?q=1"),
        ("/a b", "http://news.example/a%20b"),
        ("https://reader:secret@other.example/a#b", "https://other.example/a#b"),
        ("//reader@other.example:8443/a", "http://other.example:8443/a"),
        ("#top", None),
        ("", None),
        (None, None),
        ("mailto:a@b.example", None),
        ("javascript:void(0)", None),
    ],
)
def test_addresses(href: str | None, url: str | None) -> None:
    assert absolute(href, "http://news.example/a/") == url
