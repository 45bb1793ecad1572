"""What a partner's sources and its registry file say about a page, as claims like any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element as Element

from scraper.models import SourceClaims

from .document import Document, words
from .evidence import Offer, offer

WORDS = {"title": "title", "summary": "summary", "image": "image", "language": "language"}
LISTS = ("authors", "categories", "tags")
FIELDS = frozenset(
    ("title", "summary", "byline", "authors", "categories", "tags", "image", "image_alt", "image_caption", "language")
)
ATTRIBUTES = {"meta": "content", "img": "src", "link": "href"}


def read_claims(claims: Sequence[SourceClaims]) -> Iterator[Offer]:
    """Yield what sources say; `found_in` begins with the source's kind."""
    for said in claims:
        for attribute, field in WORDS.items():
            yield from offer(field, getattr(said, attribute), f"{said.found_in}:{field}")
        for field in LISTS:
            for value in getattr(said, field):
                yield from offer(field, value, f"{said.found_in}:{field}")


def full_texts(claims: Sequence[SourceClaims]) -> list[tuple[str, str]]:
    """Return (HTML, place) of each source's full text, WordPress before feeds."""
    texts = [(said.content, f"{said.found_in}:content") for said in claims if said.content]
    return sorted(texts, key=lambda pair: not pair[1].startswith("wordpress"))


def read_selectors(document: Document, selectors: Mapping[str, str]) -> Iterator[Offer]:
    """Yield what the partner's own selectors find; a selector that cannot be read finds nothing."""
    for field, selector in selectors.items():
        if field not in FIELDS:
            continue
        for element in select(document.tree, selector):
            yield from offer(field, value_of(element), f"partner:{field}")


def select(tree: Element, selector: str) -> list[Element]:
    """Return the elements a CSS selector finds, in page order."""
    try:
        found = CSSSelector(selector, translator="html")(tree)
    except (etree.XPathError, SyntaxError, ValueError):
        return []
    return found if isinstance(found, list) else []


def value_of(element: Element) -> str:
    """Return what an element says: the attribute that carries its value, else its words."""
    attribute = ATTRIBUTES.get(element.tag)
    return (element.get(attribute) if attribute else None) or words(element)
