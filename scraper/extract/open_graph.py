"""Open Graph: what a page offers to social networks in `og:` and `article:` metas."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document
from .evidence import Offer, declare

FIELDS = {
    "og:title": "title",
    "og:description": "summary",
    "og:image": "image",
    "og:image:url": "image",
    "og:image:secure_url": "image",
    "og:image:alt": "image_alt",
    "og:url": "canonical_url",
    "og:locale": "language",
    "og:site_name": "site",
    "article:section": "categories",
    "og:article:section": "categories",
    "article:tag": "tags",
    "og:article:tag": "tags",
    "article:author": "authors",
    "article:author:name": "authors",
    "og:article:author": "authors",
}


def read(document: Document) -> Iterator[Offer]:
    """Yield what the page's Open Graph metas offer, in page order."""
    for key, content in document.metas:
        field = FIELDS.get(key)
        if field:
            yield from declare(field, content, f"open_graph:{key}")
