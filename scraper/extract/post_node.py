"""The JSON-LD node that is about this very page, and what it offers for each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag, urlsplit

from lxml import etree

from . import json_ld, regions, schema_org
from .document import Document, once, words
from .evidence import Offer, declare, offer, tidy
from .html_meta import canonicals
from .links import absolute, path_of
from .titles import fold

Node = Mapping[str, Any]

OWN_TITLES = etree.XPath("//meta[@property='og:title' or @name='twitter:title']/@content", smart_strings=False)
WORDS = {
    "headline": "title",
    "name": "title",
    "description": "summary",
    "url": "canonical_url",
    "inLanguage": "language",
}
LISTS = {"articleSection": "categories", "keywords": "tags"}
MAX_ITEMS = 50


def find(document: Document, headings: tuple[str, ...] = ()) -> Node | None:
    """Return the node that describes this page's post; None when the page has none.

    Among several posts (rails are marked up too) one that carries the page's address or heading wins, then the first.
    """
    ranked = [(schema_org.rank(json_ld.types(node)), node) for node in document.json_ld]
    posts = [(rank, node) for rank, node in ranked if rank >= 0 and not is_elsewhere(node, document)]
    if not posts:
        return None
    return min(posts, key=lambda pair: (pair[0] == 2, not is_here(pair[1], document, headings), pair[0]))[1]


def is_here(node: Node, document: Document, headings: tuple[str, ...]) -> bool:
    """Say whether a node names this page's address or its heading."""
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        href = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        url = absolute(urldefrag(href)[0], document.base_url) if isinstance(href, str) else None
        if url and path_of(url) == path_of(document.url) and len(path_of(url)) > 1:
            return True
    return tidy(json_ld.text(node.get("headline") or node.get("name"))).casefold() in headings


def is_elsewhere(node: Node, document: Document) -> bool:
    """Say whether a node is about another page, left by a cache or a template: neither its address nor its headline
    is one that this page gives itself.
    """
    headline = fold(tidy(json_ld.text(node.get("headline") or node.get("name"))))
    named = {path for key in ("url", "mainEntityOfPage") if (path := address_of(node.get(key)))}
    if not headline or not named or named & addresses(document):
        return False
    titles = own_titles(document)
    return bool(titles) and not any(headline in title or title in headline for title in titles)


@once
def own_titles(document: Document) -> tuple[str, ...]:
    """Return the titles that a page gives itself, folded, without those that are only a word or two."""
    titles = (*regions.find(document).headings[:20], *document.kinds["title"][:3])
    shown = [words(title) for title in titles]
    folded = (fold(tidy(title)) for title in (*shown, *OWN_TITLES(document.tree)[:4]))
    return tuple(title for title in folded if title.count(" ") > 1)


@once
def addresses(document: Document) -> frozenset[str]:
    """Return the paths under which the page speaks of itself."""
    declared = (document.url, *canonicals(document)[:4], document.meta("og:url"))
    return frozenset(path for value in declared if (path := address_of(value)))


def address_of(value: Any) -> str | None:
    """Return the path of an address for comparison; None for what is none."""
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url")
    if not isinstance(value, str) or not value.startswith(("http://", "https://", "/")):
        return None
    try:
        return urlsplit(value[:2000]).path.rstrip("/").lower() or "/"
    except ValueError:
        return None


def read(document: Document, node: Node | None) -> Iterator[Offer]:
    """Yield what the page's node and its breadcrumb list offer."""
    if node is not None:
        for key, field in WORDS.items():
            yield from declare(field, json_ld.text(node.get(key)), f"json_ld:{key}")
        for key, field in LISTS.items():
            for label in json_ld.texts(node.get(key))[:MAX_ITEMS]:
                yield from declare(field, label, f"json_ld:{key}")
        yield from read_authors(document, node)
        yield from read_image(document, node)
    yield from read_breadcrumbs(document)


def read_authors(document: Document, node: Node) -> Iterator[Offer]:
    """Yield each author's name; one that is only named by `@id` is looked up among the page's nodes."""
    for key in ("author", "creator"):
        value = node.get(key)
        for item in (value if isinstance(value, list) else [value])[:MAX_ITEMS]:
            person = item
            if isinstance(item, Mapping) and "name" not in item and "@id" in item:
                person = by_id(document, item["@id"], "name") or item
            kind = "organisation" if isinstance(person, Mapping) and is_organisation(person) else key
            name = person.get("name") if isinstance(person, Mapping) else person
            for one in json_ld.texts(name):
                yield from declare("authors", one, f"json_ld:{kind}")


def is_organisation(person: Node) -> bool:
    """Say whether an author is declared to be an organisation."""
    return any(name.endswith("Organization") for name in json_ld.types(person))


def by_id(document: Document, identifier: object, key: str) -> Node | None:
    """Return the node of that `@id` that has that property."""
    return next((node for node in document.json_ld if node.get("@id") == identifier and key in node), None)


def image_of(document: Document, node: Node) -> Any:
    """Return a node's first image; one that is only named by `@id` is looked up among the page's nodes."""
    value = node.get("image") or node.get("thumbnailUrl")
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, Mapping) and first.keys() <= {"@id", "@type"}:
        return by_id(document, first.get("@id"), "url") or by_id(document, first.get("@id"), "contentUrl") or first
    return first


def read_image(document: Document, node: Node) -> Iterator[Offer]:
    """Yield the address of the node's image, and its caption."""
    first = image_of(document, node)
    if isinstance(first, Mapping):
        yield from offer("image_caption", json_ld.text(first.get("caption")), "json_ld:image.caption")
        first = json_ld.text(first.get("url") or first.get("contentUrl") or first.get("@id"))
    yield from offer("image", first, "json_ld:image")


def read_breadcrumbs(document: Document) -> Iterator[Offer]:
    """Yield the names of the page's first BreadcrumbList, the first and last included."""
    for node in document.json_ld:
        if "BreadcrumbList" in json_ld.types(node):
            items = node.get("itemListElement")
            for item in (items if isinstance(items, list) else [items])[:MAX_ITEMS]:
                if isinstance(item, Mapping):
                    inner = item.get("item")
                    name = item.get("name") or (inner.get("name") if isinstance(inner, Mapping) else None)
                    yield from offer("breadcrumbs", json_ld.text(name), "json_ld:breadcrumbs")
            return


def full_text(node: Node | None) -> str:
    """Return the words of the node's own full text (`articleBody`), '' when it has none."""
    body = json_ld.text(node.get("articleBody") or node.get("reviewBody")) if node is not None else None
    return body or ""
