"""The publication date in a framework's own state: JSON in a script, JSON-LD too broken to parse included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..document import Document
from .offers import Offer

KEY: Final = re.compile(
    r"(datePublished|publishedAt|published_at|publishDate|publish_date|publicationDate|publication_date|datePublication|pubDate|"
    r"firstPublished|publishedFirst|first-publication|publication_time|dateTimePublished|firstPublishedAt|publishedDate|"
    r"published_date|published_time|date_published|postDate|first_publication_date)"
    r"(?:\\?[\"']|&quot;)\s{0,3}[:,]\s{0,3}(?:\\?[\"']|&quot;)([^\"'\\&]{8,40})"
)
QUOTES: Final = ('"', "'", "&quot;")
"""What opens a key; asked afterwards, for a pattern that begins with a quote stops at each of them."""

MOST: Final = 400_000
"""Characters looked at; state objects of whole front pages run to megabytes."""


def find(document: Document) -> Iterator[Offer]:
    """Yield the date, when all that the scripts hold under such keys is of one day; broken JSON-LD speaks first."""
    broken = not any(key == "datePublished" for node in document.json_ld for key in node)
    linked, others = split(document)
    found = read(linked) if broken else []
    found = found or read(others)
    if found and len({quote[:10] for _, quote in found}) == 1:
        key, quote = found[0]
        yield Offer(field="published", place="inline", quote=quote, found_in=f"inline:{key}")


def split(document: Document) -> tuple[list[str], list[str]]:
    """Return the texts of JSON-LD, in metas too, and of all other scripts that may hold such a key."""
    linked = [content for key, content in document.metas if key.endswith("ld+json")]
    others: list[str] = []
    for script in document.tree.iter("script"):
        text = script.text
        if text and ("ublish" in text or "ublica" in text or "ubDate" in text):
            (linked if "ld+json" in (script.get("type") or "") else others).append(text)
    return linked, others


def read(texts: list[str]) -> list[tuple[str, str]]:
    """Return the keys and values found, in bounded work."""
    found: list[tuple[str, str]] = []
    left = MOST
    for text in texts:
        keys = KEY.finditer(text, 0, max(0, left))
        found += [(key[1], key[2]) for key in keys if text.endswith(QUOTES, 0, key.start())]
        left -= len(text)
        if left <= 0:
            break
    return found
