"""schema.org microdata: the itemprops of the page's own post."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element as Element

from . import schema_org
from .document import Document, once, words
from .evidence import Offer, offer
from .regions import Regions

SCOPES = etree.XPath("descendant-or-self::*/@itemscope")  # then whose each is, as with PROPERTIES
NAMES = etree.XPath("descendant::*[contains(concat(' ', @itemprop, ' '), ' name ')]")
FIELDS = {
    "headline": "title",
    "description": "summary",
    "articlesection": "categories",
    "keywords": "tags",
    "author": "authors",
    "creator": "authors",
    "image": "image",
    "thumbnailurl": "image",
    "inlanguage": "language",
}
MAX_PROPERTIES = 500
BY_ATTRIBUTE = {"meta": "content", "link": "href", "img": "src", "time": "datetime"}


def read(document: Document, areas: Regions) -> Iterator[Offer]:
    """Yield what the first post-like item of the page offers; properties outside any item count as the post's."""
    own: Element | None = None
    for element in document.properties[:MAX_PROPERTIES]:
        scope = scope_of(element)
        if scope is not None:
            if schema_org.rank(types_of(scope)) < 0:
                continue
            own = scope if own is None or types_rank(scope) < types_rank(own) else own
            if scope is not own and types_rank(own) < 2:
                continue
        for name in element.get("itemprop").lower().split():
            field = FIELDS.get(name)
            if field == "authors":
                yield from read_author(element, document, areas, name)
            elif field:
                yield from offer(field, value_of(element), f"microdata:{name}")


def read_author(element: Element, document: Document, areas: Regions, name: str) -> Iterator[Offer]:
    """Yield an author; one who stands in a rail is another post's, unless the page's head names the same."""
    value = value_of(element)
    if not areas.in_rail(element) or value in (content for key, content in document.metas if key == "author"):
        yield from offer("authors", value, "microdata:author-meta" if element.tag == "meta" else f"microdata:{name}")


def scope_of(element: Element) -> Element | None:
    """Return the item an itemprop belongs to: its nearest ancestor with `itemscope`."""
    return next((up for up in element.iterancestors() if "itemscope" in up.attrib), None)


def types_of(scope: Element) -> tuple[str, ...]:
    """Return an item's types as bare names."""
    return tuple(name.rstrip("/").rpartition("/")[2] for name in (scope.get("itemtype") or "").split())


def types_rank(scope: Element) -> int:
    """Return how likely the item is the post itself, 0 best."""
    rank = schema_org.rank(types_of(scope))
    return rank if rank >= 0 else 9


def value_of(element: Element) -> str:
    """Return a property's value: its attribute where HTML says so, the name of a nested item, else its words."""
    if element.get("content"):
        return str(element.get("content"))
    attribute = BY_ATTRIBUTE.get(element.tag)
    if attribute:
        return element.get(attribute) or ""
    if "itemscope" in element.attrib:
        named = NAMES(element)
        return value_of(named[0]) if named else ""
    return words(element)


@once
def scopes_of(document: Document) -> tuple[Element, ...]:
    """Return a page's items in page order."""
    return tuple(scope.getparent() for scope in SCOPES(document.tree))


def main_types(document: Document) -> tuple[str, ...]:
    """Return the types of the page's best item, () when it has none."""
    scopes = scopes_of(document)[:MAX_PROPERTIES]
    best = min(scopes, key=types_rank, default=None)
    return types_of(best) if best is not None and types_rank(best) < 9 else ()


def is_news(document: Document) -> bool:
    """Say whether the page's best item is a news article, or any of its items a news organisation."""
    return any(name.endswith("NewsArticle") for name in main_types(document)) or any(
        "NewsMediaOrganization" in types_of(scope) for scope in scopes_of(document)[:MAX_PROPERTIES]
    )
