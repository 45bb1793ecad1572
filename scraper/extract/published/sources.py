"""What feeds, APIs and sitemaps say about the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from scraper.models import SourceClaims

from .offers import Offer, machine_stamp

KINDS: Final = ("wordpress", "feed", "sitemap")
MOMENT: Final = timedelta(minutes=1)
"""How soon after its publication a feed's `updated` still repeats it."""


def find(claims: Sequence[SourceClaims]) -> Iterator[Offer]:
    """Yield the dates of every source; a sitemap's lastmod is only ever a modification."""
    for claim in claims:
        place = next((kind for kind in KINDS if claim.found_in.startswith(kind)), "source")
        if claim.published:
            yield Offer(field="published", place=place, quote=claim.published, found_in=f"{claim.found_in}:published")
        if claim.modified and not (place == "feed" and repeats(claim.modified, claim.published)):
            yield Offer(field="modified", place=place, quote=claim.modified, found_in=f"{claim.found_in}:modified")
        if claim.lastmod:
            yield Offer(field="modified", place="sitemap", quote=claim.lastmod, found_in=f"{claim.found_in}:lastmod")


def repeats(modified: str, published: str | None) -> bool:
    """Tell a modification that is none: Atom demands `updated` of posts that never changed (RFC 4287, 4.1.2)."""
    last, first = machine_stamp(modified), machine_stamp(published or "")
    if not isinstance(last, datetime) or not isinstance(first, datetime):
        return last is not None and last == first
    return (last.tzinfo is None) == (first.tzinfo is None) and last <= first + MOMENT
