"""Twitter cards: what a page offers in `twitter:` metas, the labelled pairs included."""

from __future__ import annotations

from collections.abc import Iterator

from .document import Document
from .evidence import Offer, declare

FIELDS = {
    "twitter:title": "title",
    "twitter:description": "summary",
    "twitter:image": "image",
    "twitter:image:src": "image",
    "twitter:image:alt": "image_alt",
}
WRITTEN_BY = frozenset(  # how Yoast labels the author in the languages of its translations
    [
        "written by",
        "verfasst von",
        "geschrieben von",
        "écrit par",
        "escrito por",
        "scritto da",
        "geschreven door",
        "skriven av",
        "skrevet av",
        "skrevet af",
        "napisane przez",
        "автор",
        "kirjoittanut",
        "napsal",
        "ysgrifennwyd gan",
    ]
)


def read(document: Document) -> Iterator[Offer]:
    """Yield what the page's Twitter metas offer, in page order."""
    for key, content in document.metas:
        field = FIELDS.get(key)
        if field:
            yield from declare(field, content, f"twitter_card:{key}")
    for number in ("1", "2"):
        if (document.meta(f"twitter:label{number}") or "").strip().lower() in WRITTEN_BY:
            yield from declare("authors", document.meta(f"twitter:data{number}"), "twitter_card:written-by")
