"""The publication date in a framework's own state: JSON in a script, JSON-LD too broken to parse included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ..document import Document
from .offers import Offer

KEY: Final = re.compile(
    r"[\"'](datePublished|publishedAt|published_at|publishDate|publish_date|publicationDate|publication_date|datePublication|pubDate|"
    r"firstPublished|publishedFirst|first-publication|publication_time|dateTimePublished|firstPublishedAt|publishedDate|published_date|published_time|date_published|postDate)\\?[\"']\s{0,3}[:,]\s{0,3}\\?[\"']"
    r"([^\"'\\]{8,40})"
)
MOST: Final = 400_000
"""Characters looked at; state objects of whole front pages run to megabytes."""


def find(document: Document) -> Iterator[Offer]:
    """Yield the dates, when all that the page's scripts hold under such keys are of one day."""
    found: list[tuple[str, str]] = []
    left = MOST
    declared = any(key == "datePublished" for node in document.json_ld for key in node)
    for script in document.tree.iter("script"):
        text = script.text
        if not text or left <= 0 or ("ubli" not in text and "ubDate" not in text):
            continue
        if declared and "ld+json" in (script.get("type") or ""):
            continue
        found += KEY.findall(text[:left])
        left -= len(text)
    if found and len({quote[:10] for _, quote in found}) == 1:
        key, quote = found[0]
        yield Offer(field="published", place="inline", quote=quote, found_in=f"inline:{key}")
