"""Plain HTML metadata: `<title>`, named metas, `link rel=canonical`, `html lang`."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .document import Document, once, words
from .evidence import Offer, declare, offer

TITLE = etree.XPath("(/html/head//title | /html/body/title)[1]")

FIELDS = {
    "description": "summary",
    "dc.description": "summary",
    "dcterms.abstract": "summary",
    "author": "authors",
    "byl": "authors",
    "dc.creator": "authors",
    "dcterms.creator": "authors",
    "parsely-author": "authors",
    "sailthru.author": "authors",
    "citation_author": "authors",
    "article.author": "authors",
    "cxenseparse:author": "authors",
    "shareaholic:article_author_name": "authors",
    "dc.title": "title",
    "dcterms.title": "title",
    "citation_title": "title",
    "parsely-title": "title",
    "sailthru.title": "title",
    "parsely-section": "categories",
    "article.section": "categories",
    "cxenseparse:section": "categories",
    "dc.subject": "tags",
    "dcterms.subject": "tags",
    "news_keywords": "tags",
    "keywords": "tags",
    "parsely-tags": "tags",
    "sailthru.tags": "tags",
    "cxenseparse:keywords": "tags",
    "citation_keywords": "tags",
    "shareaholic:keywords": "tags",
    "application-name": "site",
    "apple-mobile-web-app-title": "site",
    "content-language": "language",
    "dc.language": "language",
}


def read(document: Document) -> Iterator[Offer]:
    """Yield what the page's head offers outside Open Graph and Twitter cards."""
    for title in TITLE(document.tree):
        yield from offer("title", words(title), "html_meta:title")
    for key, content in document.metas:
        field = FIELDS.get(key)
        if field:
            yield from declare(field, content, f"html_meta:{key}")
    for href in canonicals(document):
        yield from offer("canonical_url", href, "html_meta:canonical")
    root = document.tree.getroottree().getroot()
    for attribute in ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang"):
        yield from offer("language", root.get(attribute), "html_meta:lang")


@once
def canonicals(document: Document) -> tuple[str, ...]:
    """Return the addresses that a page declares to be its own, as written."""
    links = (link for link in document.kinds["link"] if "canonical" in (link.get("rel") or "").split())
    return tuple(link.get("href") or "" for link in links)
