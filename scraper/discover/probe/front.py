"""What a front page declares and links to: feeds, sitemaps, calendars, lists, itself in other languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from scraper.extract.document import Document, line
from scraper.extract.terms import HOMES
from scraper.normalise import text, urls

from .labels import EVENT_WORDS, LABEL_WORDS, TONGUES, is_listing_label, is_listing_path
from .offers import MAX_DECLARED, MAX_LISTINGS, MAX_TWINS, TWIN, Offer, offer

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
COMMENTS_FEED = re.compile(r"comment|kommentar|commentaire|sylw", re.IGNORECASE)
WORDPRESS_MARKS = ("/wp-content/", "/wp-includes/")


@dataclass(frozen=True, kw_only=True, slots=True)
class Home:
    """What a home page says of its site."""

    title: str | None
    language: str | None
    wordpress: bool
    api: str | None
    feeds: tuple[Offer, ...]
    sitemaps: tuple[Offer, ...]
    calendars: tuple[Offer, ...]
    listings: tuple[Offer, ...]
    twins: tuple[Offer, ...]  # the same page in other languages
    has_events: bool


def read_home(page: Document, hosts: frozenset[str]) -> Home:
    """Read what a home page declares and links to."""
    links = list(page_links(page, hosts))
    generator = (page.meta("generator") or "").lower()
    loaded = [element.get("src") or element.get("href") or "" for element in page.tree.iter("script", "link")]
    marks = any(mark in url for url in loaded for mark in WORDPRESS_MARKS)
    api = next((url for rel, _, url, _ in head_links(page) if rel == "https://api.w.org/"), None)
    return Home(
        title=site_name(page),
        language=(page.tree.get("lang") or "").replace("_", "-").strip() or None,
        wordpress=bool(api) or marks or "wordpress" in generator,
        api=api,
        feeds=tuple(declared_feeds(page))[:MAX_DECLARED],
        sitemaps=tuple(
            offer("sitemap", url, "declared by the home page")
            for rel, _, url, _ in head_links(page)
            if rel == "sitemap"
        ),
        calendars=tuple(calendar_links(links)),
        listings=tuple(listing_links(page, links))[:MAX_LISTINGS],
        twins=tuple(twin_links(page, hosts))[:MAX_TWINS],
        has_events=any(EVENT_WORDS.search(words) and len(words.split()) <= LABEL_WORDS for _, words in links),
    )


def join_twin(home: Home, twin: Home) -> Home:
    """Return a home page with what the same page in another language names beside it."""
    return replace(
        home,
        feeds=without_repeats(home.feeds, twin.feeds),
        calendars=without_repeats(home.calendars, twin.calendars),
        listings=without_repeats(home.listings, twin.listings),
        has_events=home.has_events or twin.has_events,
    )


def without_repeats(*offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Return offers in order, the first of each address."""
    first: dict[str, Offer] = {}
    for one in chain(*offers):
        first.setdefault(one.source.url, one)
    return tuple(first.values())


def head_links(page: Document) -> Iterator[tuple[str, str, str, str]]:
    """Yield (rel, type, address, title) of every link element."""
    for element in page.tree.iter("link"):
        url = urls.absolute(element.get("href"), page.base_url)
        if url:
            yield (
                (element.get("rel") or "").strip().lower(),
                (element.get("type") or "").partition(";")[0].strip().lower(),
                url,
                element.get("title") or "",
            )


def declared_feeds(page: Document, where: str = "the home page") -> Iterator[Offer]:
    """Yield the feeds that a page declares; those of comments are left out, one of two kinds of the same list too."""
    seen: set[str] = set()
    for rel, media, url, title in head_links(page):
        if "alternate" not in rel.split() or media not in FEED_TYPES or COMMENTS_FEED.search(f"{title} {url}"):
            continue
        if "oembed" in url or "wp-json" in url or url in seen:
            continue
        seen.add(url)
        yield offer("feed", url, f"declared by {where} as {media}")


def page_links(page: Document, hosts: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield (address, words) of the links of a page that stay with the partner."""
    for number, element in enumerate(page.tree.iter("a")):
        if number > 1000:
            return
        url = urls.absolute((element.get("href") or "").replace("webcal://", "https://"), page.base_url)
        if url and urls.same_host(url, hosts):
            yield urls.strip_tracking(url), line(element)[:100]


def calendar_links(links: Sequence[tuple[str, str]]) -> Iterator[Offer]:
    """Yield the calendars that a page links to."""
    for url, _ in dict.fromkeys(links):
        parts = urlsplit(url)
        if parts.path.lower().endswith(".ics") or "ical=1" in parts.query:
            yield offer("calendar", url, "linked from the home page")


def listing_links(page: Document, links: Sequence[tuple[str, str]]) -> Iterator[Offer]:
    """Yield the home page itself and the links that by their words lead to lists of posts."""
    yield offer("listing", page.url, "the home page")
    seen = {urls.url_key(page.url)}
    for url, words in links:
        path = urlsplit(url).path
        if (
            urls.url_key(url) not in seen
            and (is_listing_label(words) or is_listing_path(url))
            and not re.search(r"/(tags?|categor\w+|author)s?/", path)
        ):
            seen.add(urls.url_key(url))
            yield offer("listing", url, f"linked from the home page as “{words or path}”")


def twin_links(page: Document, hosts: frozenset[str]) -> Iterator[Offer]:
    """Yield the same home page in other languages: by its head, by `hreflang`, by the language's own name as words."""
    seen = {urls.url_key(page.url)}
    for element in islice(page.tree.iter("link", "a"), 1000):
        url = urls.absolute(element.get("href"), page.base_url)
        if not url or not urls.same_host(url, hosts) or urls.url_key(url) in seen:
            continue
        if names_tongue(element):
            seen.add(urls.url_key(url))
            yield offer("listing", url, TWIN)


def names_tongue(element: Element) -> bool:
    """Say whether a link leads to another language of its page."""
    if element.tag == "link":
        rels = (element.get("rel") or "").lower().split()
        return "alternate" in rels and bool(element.get("hreflang"))
    return bool(element.get("hreflang")) or line(element)[:40].lower() in TONGUES


def site_name(page: Document) -> str | None:
    """Return what a site calls itself: og:site_name, else the first part of its title that is not just "Home"."""
    named = page.meta("og:site_name", "application-name")
    parts = re.split(r"\s+[|–—·»-]\s+", (page.tree.findtext(".//title") or "").strip())
    telling = [part for part in parts if text.fold(part) not in HOMES]
    return text.line(named or (telling or parts)[0], limit=120)
