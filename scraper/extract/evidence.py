"""What a page or a source offers for a field: the words, and where they stood."""

from __future__ import annotations

import html
from collections.abc import Iterator

from scraper.models import Claim
from scraper.normalise.text import clean, contain, without_tags

MAX_WORDS = 2_000  # characters; a field longer than this is not a field

Offer = tuple[str, Claim]  # a field's name, and one claim for it


def offer(field: str, value: object, found_in: str) -> Iterator[Offer]:
    """Yield one claim for `field`, nothing when `value` holds no words."""
    words = tidy(value)
    if words:
        yield field, Claim(value=words, found_in=found_in)


def declare(field: str, value: object, found_in: str) -> Iterator[Offer]:
    """Yield one claim as `offer` does, of words that no reader sees as they stand, without tags around them."""
    words = tidy(value)
    if "</" in words:
        words = " ".join(without_tags(words).split())
    if words:
        yield field, Claim(value=words, found_in=found_in)


def tidy(value: object) -> str:
    """Return a value's words: entities read (even written twice), spaces folded, controls dropped; '' for none."""
    if not isinstance(value, str):
        return ""
    words = value[: 4 * MAX_WORDS]
    if "&" in words:
        words = html.unescape(html.unescape(words))
    return contain(" ".join(clean(words).split())[:MAX_WORDS])
