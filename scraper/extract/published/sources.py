"""What feeds, APIs and sitemaps say about the address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from scraper.models import SourceClaims

from .offers import Offer

KINDS: Final = ("wordpress", "feed", "sitemap")


def find(claims: Sequence[SourceClaims]) -> Iterator[Offer]:
    """Yield the dates of every source; a sitemap's lastmod is only ever a modification."""
    for claim in claims:
        place = next((kind for kind in KINDS if claim.found_in.startswith(kind)), "source")
        if claim.published:
            yield Offer(field="published", place=place, quote=claim.published, found_in=f"{claim.found_in}:published")
        if claim.modified:
            yield Offer(field="modified", place=place, quote=claim.modified, found_in=f"{claim.found_in}:modified")
        if claim.lastmod:
            yield Offer(field="modified", place="sitemap", quote=claim.lastmod, found_in=f"{claim.found_in}:lastmod")
