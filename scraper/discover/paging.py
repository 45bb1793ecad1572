"""The page that follows in the same listing: by its relation, its words, or the number in its address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlsplit

from lxml.etree import _Element as Element

from scraper.extract import document
from scraper.normalise import urls

MAX_PAGE = 500
NEXT = re.compile(
    r"\A\W{0,3}(?:(?:go to )?(?:the )?next(?: (?:page|results|(?:set|page) of results|events))?|"
    r"older(?: posts| entries| articles| news)?|more(?: news| posts)?|"
    r"(?:load|show|view|see) more(?: (?:news|posts|stories|articles|results|events|items))?|"
    r"(?:tudalen )?nesaf|(?:weiter|nächste)(?: seite)?|ältere (?:beiträge|einträge|artikel|meldungen)|"
    r"(?:page |articles? )?suivante?s?|(?:articles? )?plus anciens|(?:página )?siguiente|entradas (?:más )?antiguas|"
    r"następn[ay](?: strona)?|starsze (?:wpisy|posty)|(?:pagina )?următoarea|(?:pagina )?successiv[ao]|avanti|"
    r"articoli (?:meno recenti|più vecchi)|volgende(?: pagina)?|oudere berichten|»|›|→|>|>>)\W{0,4}\Z",
    re.IGNORECASE,
)
PAGE_IN_QUERY = frozenset({"page", "paged", "p", "pg", "pagenum", "start", "offset", "seite"})
PAGE_IN_PATH = re.compile(
    r"/(?:page|seite|p)[/-]?(\d{1,4})(?:/|\.html?|\Z)|(?:index|archives?|news)[-_]?(\d{1,4})\.html?\Z", re.I
)
NUMBER = re.compile(r"\A(?:page\s{0,3})?(\d{1,4})\Z", re.IGNORECASE)
MOST_DIGITS = 5  # of a page's number or of its first post's


def next_page(page: document.Document, hosts: frozenset[str]) -> tuple[str, ...]:
    """Return the page that follows in the same listing; empty at its end.

    rel=next first, then a link that says 'next' or 'older', then the number after the present one.
    """
    here = page_number(page.url)
    if here >= MAX_PAGE:
        return ()
    named: list[str] = []
    numbered: list[str] = []
    for element in page.tree.iter("a", "link"):
        url = urls.absolute(element.get("href"), page.base_url)
        if not url or not urls.same_host(url, hosts) or urls.url_key(url) == urls.url_key(page.url):
            continue
        if "next" in (element.get("rel") or "").lower().split():
            return (url,)
        if element.tag == "a" and says_next(element, url, page.url):
            named.append(url)
        elif element.tag == "a" and counts_next(element, url, page.url, here):
            numbered.append(url)
    return tuple((named or numbered)[:1])


def says_next(element: Element, url: str, page_url: str) -> bool:
    """Say whether a link leads to the page after its own by its words or its label."""
    label = element.get("aria-label") or element.get("title") or ""
    if not NEXT.match(document.line(element)[:60]) and not NEXT.match(label):
        return False
    return same_listing(url, page_url) or turned(url, page_url) is not None


def counts_next(element: Element, url: str, page_url: str, here: int) -> bool:
    """Say whether a link leads to the page after its own by its number; many systems count from 0 in the address."""
    number = NUMBER.match(document.line(element)[:60])
    if number is None:
        return False
    if turned(url, page_url) == (int(number[1]) - 1, int(number[1])):
        return True
    if not same_listing(url, page_url):
        return False
    following = page_number(url)
    if number_in(page_url) is None:
        return int(number[1]) == 2 and number_in(url) in (1, 2)
    return following == here + 1


def turned(url: str, page_url: str) -> tuple[int, int] | None:
    """Return the numbers of a page and of another, where one key of the query, whatever its name, tells them apart.

    A page that does not name the key is the first. None where the addresses differ otherwise.
    """
    there, here = urlsplit(url), urlsplit(page_url)
    if there[:3] != here[:3]:
        return None
    after, before = (dict(parse_qsl(parts.query, keep_blank_values=True)) for parts in (there, here))
    keys = [key for key in after.keys() | before.keys() if after.get(key) != before.get(key)]
    if len(keys) != 1 or not is_number(after.get(keys[0], "")) or not is_number(before.get(keys[0], "1")):
        return None
    return int(before.get(keys[0], "1")), int(after[keys[0]])


def is_number(value: str) -> bool:
    """Say whether a value can be a page's number or that of its first post."""
    return value.isdecimal() and value.isascii() and len(value) <= MOST_DIGITS


def page_number(url: str) -> int:
    """Return the page an address asks for, 1 when it names none."""
    found = number_in(url)
    return 1 if found is None else found


def number_in(url: str) -> int | None:
    """Return the number of the page that an address names; None when it names none."""
    parts = urlsplit(url)
    for key, value in parse_qsl(parts.query):
        if key.lower() in PAGE_IN_QUERY and is_number(value) and len(value) < 6:
            return int(value)
    found = PAGE_IN_PATH.search(parts.path)
    return int(found.group(1) or found.group(2)) if found else None


def same_listing(url: str, other: str) -> bool:
    """Say whether two addresses are pages of one listing."""
    return listing_key(url) == listing_key(other)


def listing_key(url: str) -> str:
    """Return an address without its page number."""
    parts = urlsplit(url)
    path = re.sub(r"(?:index|archives?|news)[-_]?\d*\.html?\Z", "", PAGE_IN_PATH.sub("/", parts.path)).rstrip("/")
    path = re.sub(r"/\d{1,3}\Z", "", path)  # `/posts/1/`, as Eleventy numbers its pages
    pairs = sorted((key, value) for key, value in parse_qsl(parts.query) if key.lower() not in PAGE_IN_QUERY)
    return f"{urls.host_of(url)}{path}?{pairs}"
