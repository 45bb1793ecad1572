"""Where a site may list its posts, from its home page and from custom; and what a page found there is worth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Literal
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element as Element

from scraper.extract.document import Document, line
from scraper.extract.terms import HOMES
from scraper.models import Reading, Source, SourceKind
from scraper.normalise import text, urls

from . import addresses, feed, feed_changes

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
COMMENTS_FEED = re.compile(r"comment|kommentar|commentaire|sylw", re.IGNORECASE)
MAX_DECLARED = 5
MAX_SITEMAPS = 20  # that robots.txt names; some sites name every part of the index
MAX_LISTINGS = 6
MAX_TWINS = 4  # other languages of a home page
MAX_FORWARDS = 3
FORWARDED = "the home page leads there by itself"
TWIN = "the home page in another language"

SITEMAP_GUESSES = ("/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml", "/sitemap-index.xml", "/sitemapindex.xml")
FEED_GUESSES = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss/", "/feed.json")
WORDPRESS_GUESSES = ("/wp-json/", "/?rest_route=/")
WORDPRESS_SITEMAPS = ("/?sitemap=index",)  # of a site whose addresses are all `?p=123`
LISTING_GUESSES = ("/archives.html", "/archives/", "/archive/", "/archive.html", "/news/", "/blog/")
CALENDAR_GUESSES = ("/events/?ical=1", "/events.ics", "/calendar.ics")

LISTING_WORDS = re.compile(
    r"\b(?:news|latest|press|media|blog|stories|articles?|archives?|archiv[oi]?o?|archif|archiwum|events?|"
    r"what.?s (?:on|new|happening)|diary|updates|"
    r"insights?|posts|bulletins?|announcements|journal|calendar|meetings|committees|"
    r"newyddion|digwyddiadau|aktuelles|presse|nachrichten|veranstaltungen|termine|actualit\w{1,4}|agenda|wydarzenia|"
    r"aktualno\w{1,4}|wiadomo\w{1,4}|noticias|eventos|\w{0,3}tiri|evenimente|nieuws|notizie)\b",
    re.IGNORECASE,
)
EVENT_WORDS = re.compile(
    r"\b(?:events?|what.?s (?:on|happening)|diary|calendar|meetings|digwyddiadau|veranstaltungen|termine|agenda|"
    r"wydarzenia|eventos)\b",
    re.IGNORECASE,
)
LINKING = frozenset("and the our all more past upcoming recent html htm php aspx index und et y i a".split())
TONGUES = frozenset(
    "english deutsch français polski español italiano nederlands português română gaeilge gàidhlig cymraeg čeština"
    " magyar dansk svenska norsk suomi українська русский".split()
)
LABEL_WORDS = 4  # the most that the label of a menu has; a headline has more
WORDPRESS_MARKS = ("/wp-content/", "/wp-includes/")

Verdict = Literal["good", "empty", "failed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A place worth asking, and the reason: what the page said, or custom."""

    source: Source
    declared: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """What asking a place showed; `advice` says what a person can do about one that failed."""

    source: Source
    verdict: Verdict
    words: str
    keys: frozenset[str] = frozenset()  # the addresses it lists that may be posts
    whole: bool = False
    leads_on: bool = False  # to its next page, or to other lists
    types: int = 0  # of posts that an API names
    advice: str = ""


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


def offer(kind: SourceKind, url: str, why: str, *, declared: bool = True) -> Offer:
    """Return a place to ask with its reason."""
    return Offer(source=Source(kind=kind, url=url, found_by=why), declared=declared)


def guesses(kind: SourceKind, paths: Sequence[str], home: str) -> tuple[Offer, ...]:
    """Return the places where sites keep things of a kind: in the folder of the home page, then at the top."""
    inside = [path.lstrip("/") for path in paths] if urlsplit(home).path.strip("/") else []
    return tuple(offer(kind, urljoin(home, path), f"usual place {path}", declared=False) for path in (*inside, *paths))


def older_pages(findings: Sequence[Finding]) -> tuple[Offer, ...]:
    """Return the second page of each feed of WordPress that could be read: its further pages follow from there."""
    return tuple(
        offer("feed", feed.paged_url(finding.source.url, 2), "older posts of the same feed", declared=False)
        for finding in findings
        if finding.source.kind == "feed" and finding.verdict == "good" and "paged=" not in finding.source.url
    )


def changed_first(findings: Sequence[Finding]) -> tuple[Offer, ...]:
    """Return each feed of WordPress that could be read, asked for what was changed last."""
    return tuple(
        offer("feed", feed_changes.changes_url(finding.source.url), "what was changed last, first", declared=False)
        for finding in findings
        if finding.source.kind == "feed" and finding.verdict == "good" and "paged=" not in finding.source.url
    )


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


def is_listing_label(words: str) -> bool:
    """Say whether the words of a link are those of a menu that leads to a list of posts; a headline has more."""
    return len(words.split()) <= LABEL_WORDS and LISTING_WORDS.search(words) is not None


def is_listing_path(url: str) -> bool:
    """Say whether the last part of an address names a list of posts: /about/latest-news, not /news/a-headline."""
    parts = urlsplit(url)
    last = re.sub(r"[-_.]", " ", parts.path.rstrip("/").rpartition("/")[2])
    return not parts.query and parts.path.count("/") <= 3 and is_listing_label(last)


def is_named_list(url: str) -> bool:
    """Say whether an address is that of a list by every word of its last part: /news-and-events, /latest-news/."""
    parts = urlsplit(url)
    last = re.sub(r"[-_.]", " ", parts.path.rstrip("/").rpartition("/")[2])
    rest = LISTING_WORDS.sub(" ", last).split()
    return not parts.query and LISTING_WORDS.search(last) is not None and LINKING.issuperset(map(str.lower, rest))


def site_name(page: Document) -> str | None:
    """Return what a site calls itself: og:site_name, else the first part of its title that is not just "Home"."""
    named = page.meta("og:site_name", "application-name")
    parts = re.split(r"\s+[|–—·»-]\s+", (page.tree.findtext(".//title") or "").strip())
    telling = [part for part in parts if text.fold(part) not in HOMES]
    return text.line(named or (telling or parts)[0], limit=120)


def judge(source: Source, reading: Reading, hosts: frozenset[str]) -> Finding:
    """Say what a source that could be read is worth."""
    keys = frozenset(
        urls.url_key(candidate.url)
        for candidate in reading.candidates
        if urls.same_host(candidate.url, hosts) and addresses.may_be_offered(candidate)
    )
    if reading.children:
        words = f"names {len(reading.children)} {'sitemaps' if source.kind == 'sitemap' else 'post types'}"
        types = len(reading.children) if source.kind == "wordpress" else 0
        return Finding(source=source, verdict="good", words=words, whole=reading.whole or bool(types), types=types)
    if keys or reading.events:
        words = f"lists {len(keys)} posts" + (f" and {len(reading.events)} events" if reading.events else "")
        words += (
            f", leads to {len(reading.further_urls)} further list{'s' * (len(reading.further_urls) > 1)}"
            if reading.further_urls
            else ""
        )
        leads_on = bool(reading.next_urls or reading.further_urls)
        return Finding(source=source, verdict="good", words=words, keys=keys, whole=reading.whole, leads_on=leads_on)
    return Finding(source=source, verdict="empty", words="can be read but lists no posts")


def choose(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the sources worth visiting: all that gave something, listings only where no other source is whole."""
    good = [finding for finding in findings if finding.verdict == "good"]
    kept = [finding for finding in good if finding.source.kind in ("wordpress", "sitemap", "calendar")]
    known: set[str] = set()
    for finding in (finding for finding in good if finding.source.kind == "feed"):
        if finding.keys - known or feed_changes.lists_changes(finding.source.url):
            kept.append(finding)
            known |= finding.keys
    if is_whole(kept, known or most_listed(good)):
        return (*kept, *unnamed(good, known))
    seen: set[str] = set()
    for finding in sorted(
        (f for f in good if f.source.kind == "listing"), key=lambda f: (not f.leads_on, -len(f.keys))
    ):
        if len(finding.keys - seen) * 5 >= len(finding.keys):
            kept.append(finding)
            seen |= finding.keys
    return tuple(kept)


def names_one_type(findings: Sequence[Finding]) -> bool:
    """Say whether all that is known of a site's posts is an API that names one type: others may be kept from it."""
    good = [finding for finding in findings if finding.verdict == "good"]
    return any(finding.types == 1 for finding in good) and not any(f.source.kind == "sitemap" for f in good)


def unnamed(good: Sequence[Finding], known: Set[str]) -> list[Finding]:
    """Return the listings of posts that an API of one type does not name: they lie in folders of their own."""
    if not names_one_type(good):
        return []
    folders = {addresses.shape_of(key) for key in known}
    kept: list[Finding] = []
    for finding in (one for one in good if one.source.kind == "listing"):
        new = {key for key in finding.keys if addresses.shape_of(key) not in folders}
        if len(new) * 2 > len(finding.keys):
            kept.append(finding)
            folders |= {addresses.shape_of(key) for key in finding.keys}
    return kept


def is_whole(kept: Sequence[Finding], known: Set[str]) -> bool:
    """Say whether the sources list every post, as far as can be told: an index, or most of what is known otherwise."""
    listed = {key for finding in kept if finding.whole for key in finding.keys}
    indexed = any(finding.whole and not finding.keys for finding in kept)
    return indexed or bool(listed and (not known or len(known & listed) * 2 >= len(known)))


def most_listed(good: Sequence[Finding]) -> frozenset[str]:
    """Return what the longest listing names: where no feed tells, a sitemap must name most of that."""
    return max((finding.keys for finding in good if finding.source.kind == "listing"), key=len, default=frozenset())
