"""Whose word counts first, field by field: the one ORDER of trust, and the claims sorted by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scraper.models import Claim

from . import authors, language, terms, titles
from .links import absolute

Claims = Mapping[str, Sequence[Claim]]  # by field
SUMMARY = (
    "partner",
    "wordpress:summary",
    "feed:summary",
    "json_ld:description",
    "open_graph:og:description",
    "html_meta:description",
    "twitter_card:twitter:description",
    "microdata:description",
)
IMAGE = (
    "partner",
    "visible:picture",
    "open_graph",
    "json_ld:image",
    "twitter_card",
    "wordpress",
    "feed",
    "microdata:image",
)
CANONICAL = ("html_meta:canonical", "open_graph:og:url", "json_ld:url")
ORDER: Mapping[str, Sequence[str]] = {
    "title": titles.ORDER,
    "summary": SUMMARY,
    "authors": authors.ORDER,
    "byline": ("partner", "visible:byline", *authors.ORDER),
    "categories": terms.CATEGORIES,
    "tags": terms.TAGS,
    "language": language.ORDER,
    "canonical_url": CANONICAL,
    "image": IMAGE,
    "image_alt": ("partner", "visible", "open_graph", "twitter_card"),
    "image_caption": ("partner", "visible:figcaption", "json_ld"),
}
RANKS = {field: {place: number for number, place in enumerate(dict.fromkeys(order))} for field, order in ORDER.items()}


def rivals(offered: Claims, field: str) -> tuple[Claim, ...]:
    """Return every claim for a field, the most trusted place first, page order within one place."""
    ranks = RANKS[field]

    def trust(claim: Claim) -> int:
        found_in = claim.found_in
        return min(ranks.get(found_in, len(ranks)), ranks.get(found_in.partition(":")[0], len(ranks)))

    return tuple(sorted(offered.get(field, ()), key=trust))


def first(offered: Claims, field: str) -> Claim | None:
    """Return the claim that ORDER trusts most."""
    return next(iter(rivals(offered, field)), None)


def first_address(offered: Claims, field: str, base: str) -> Claim | None:
    """Return the most trusted claim that is a usable address, absolute."""
    for claim in rivals(offered, field):
        url = absolute(claim.value, base)
        if url:
            return Claim(value=url, found_in=claim.found_in)
    return None
