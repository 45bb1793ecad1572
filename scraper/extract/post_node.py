"""The JSON-LD node that is about this very page, and what it offers for each field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urldefrag

from . import json_ld, schema_org
from .document import Document
from .evidence import Offer, offer, tidy
from .links import absolute, path_of

Node = Mapping[str, Any]

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
    posts = [(rank, node) for rank, node in ranked if rank >= 0]
    if not posts:
        return None
    return min(posts, key=lambda pair: (pair[0] == 2, not is_here(pair[1], document, headings), pair[0]))[1]


def is_here(node: Node, document: Document, headings: tuple[str, ...]) -> bool:
    """Say whether a node names this page's address or its heading."""
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        href = value.get("@id") or value.get("url") if isinstance(value, Mapping) else value
        url = absolute(document.base_url, urldefrag(href)[0]) if isinstance(href, str) else None
        if url and path_of(url) == path_of(document.url) and len(path_of(url)) > 1:
            return True
    return tidy(json_ld.text(node.get("headline") or node.get("name"))).casefold() in headings


def read(document: Document, node: Node | None) -> Iterator[Offer]:
    """Yield what the page's node and its breadcrumb list offer."""
    if node is not None:
        for key, field in WORDS.items():
            yield from offer(field, json_ld.text(node.get(key)), f"json_ld:{key}")
        for key, field in LISTS.items():
            for words in json_ld.texts(node.get(key))[:MAX_ITEMS]:
                yield from offer(field, words, f"json_ld:{key}")
        yield from read_authors(document, node)
        yield from read_image(node)
    yield from read_breadcrumbs(document)


def read_authors(document: Document, node: Node) -> Iterator[Offer]:
    """Yield each author's name; one that is only named by `@id` is looked up among the page's nodes."""
    for key in ("author", "creator"):
        value = node.get(key)
        for item in (value if isinstance(value, list) else [value])[:MAX_ITEMS]:
            person = item
            if isinstance(item, Mapping) and "name" not in item and "@id" in item:
                person = by_id(document, item["@id"]) or item
            kind = "organisation" if isinstance(person, Mapping) and is_organisation(person) else key
            name = person.get("name") if isinstance(person, Mapping) else person
            for words in json_ld.texts(name):
                yield from offer("authors", words, f"json_ld:{kind}")


def is_organisation(person: Node) -> bool:
    """Say whether an author is declared to be an organisation."""
    return any(name.endswith("Organization") for name in json_ld.types(person))


def by_id(document: Document, identifier: object) -> Node | None:
    """Return the node of that `@id` that has a name."""
    return next((node for node in document.json_ld if node.get("@id") == identifier and "name" in node), None)


def read_image(node: Node) -> Iterator[Offer]:
    """Yield the address of the node's first image, and its caption."""
    value = node.get("image") or node.get("thumbnailUrl")
    first = value[0] if isinstance(value, list) and value else value
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
