"""Places where a site may list its posts, each with the reason for asking there, and the usual ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from scraper.models import Source, SourceKind

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


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A place worth asking, and the reason: what the page said, or custom."""

    source: Source
    declared: bool


def offer(kind: SourceKind, url: str, why: str, *, declared: bool = True) -> Offer:
    """Return a place to ask with its reason."""
    return Offer(source=Source(kind=kind, url=url, found_by=why), declared=declared)


def guesses(kind: SourceKind, paths: Sequence[str], home: str) -> tuple[Offer, ...]:
    """Return the places where sites keep things of a kind: in the folder of the home page, then at the top."""
    inside = [path.lstrip("/") for path in paths] if urlsplit(home).path.strip("/") else []
    return tuple(offer(kind, urljoin(home, path), f"usual place {path}", declared=False) for path in (*inside, *paths))
