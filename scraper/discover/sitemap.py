"""Sitemaps, their indexes and news sitemaps (sitemaps.org 0.9): addresses with the day they last changed."""

from __future__ import annotations

import re
import zlib
from dataclasses import replace
from urllib.parse import urlsplit

from lxml import etree

from scraper.errors import HostilePage
from scraper.models import Candidate, Capture, Reading, Source, SourceClaims
from scraper.normalise import urls

from . import addresses, feed, xml

MAX_URLS = 50_000
MAX_CHILDREN = 500
FEEDS = ("rss", "feed", "RDF")


def read(capture: Capture) -> Reading:
    """Read a sitemap (XML, gzip, plain text, a feed in its place); raises NotAPost, HostilePage when it is none."""
    body = gunzip(capture.body)
    if capture.content_type == "text/plain" and not body.lstrip().startswith(b"<"):
        return read_text(body, capture.url)
    root = xml.parse(body)
    if local(root) in FEEDS:  # which may stand in for a sitemap (sitemaps.org, "Other Sitemap formats")
        return feed.read(replace(capture, body=body))
    if local(root) == "sitemapindex":
        return read_index(root, capture.url)
    says = addresses.sitemap_says(capture.url)
    if says is False:
        return Reading(faults=("its name says that it lists no posts",), whole=True)
    found = [read_entry(entry, capture.url, sure=bool(says)) for entry in children(root, "url")[:MAX_URLS]]
    return Reading(candidates=tuple(candidate for candidate in found if candidate), whole=True)


def gunzip(body: bytes) -> bytes:
    """Unpack a .gz sitemap under the cap for XML."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        plain = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(body, xml.MAX_BYTES + 1)
    except zlib.error as error:
        raise HostilePage("broken-gzip", str(error)) from error
    if len(plain) > xml.MAX_BYTES:
        raise HostilePage("too-big", "sitemap")
    return plain


def read_text(body: bytes, base: str) -> Reading:
    """Read a text sitemap: one address a line."""
    found = [urls.absolute(line, base) for line in body.decode("utf-8-sig", "replace").splitlines()[:MAX_URLS]]
    return Reading(
        candidates=tuple(Candidate(url=url, found_in="sitemap", sure=False) for url in found if url), whole=True
    )


def read_index(root: etree._Element, base: str) -> Reading:
    """Read an index: the sitemaps it names become sources of their own."""
    sources = []
    for entry in children(root, "sitemap")[:MAX_CHILDREN]:
        url = urls.absolute(text(entry, "loc"), base)
        if url and addresses.sitemap_says(url) is not False and not addresses.is_never(urlsplit(url).path):
            sources.append(Source(kind="sitemap", url=url, found_by=f"sitemap index {base}"))
    return Reading(children=tuple(sources), whole=True)


def read_entry(entry: etree._Element, base: str, *, sure: bool) -> Candidate | None:
    """Read one address; a news sitemap also says its title and when it was published, and lists posts only."""
    url = urls.absolute(text(entry, "loc"), base)
    if not url:
        return None
    news = next(iter(children(entry, "news")), None)
    claims = SourceClaims(
        url=url,
        found_in="sitemap",
        lastmod=text(entry, "lastmod"),
        title=text(news, "title") if news is not None else None,
        published=text(news, "publication_date") if news is not None else None,
    )
    return Candidate(url=url, found_in="sitemap", claims=claims, sure=sure or news is not None)


def local(element: etree._Element) -> str:
    """Return an element's name without its namespace, or a prefix that the document does not declare."""
    return re.split("[}:]", element.tag)[-1] if isinstance(element.tag, str) else ""


def children(element: etree._Element, name: str) -> list[etree._Element]:
    """Return the children of that name, in any namespace."""
    return [child for child in element if local(child) == name]


def text(element: etree._Element, name: str) -> str | None:
    """Return the words of the first child of that name; None when it has none."""
    for child in children(element, name):
        return (child.text or "").strip() or None
    return None
