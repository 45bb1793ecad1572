"""Tags of a page that the partner's feed calls categories: they are categories where the feed lists a post no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scraper.models import RawPost

from ..titles import fold
from .folders import AGREED, LEAST_LABELS, LEAST_TOLD, SOURCES
from .values import Place

FOUND_IN = "visible:category-box"


def learn(posts: Sequence[RawPost], tags: Sequence[Place]) -> Place | None:
    """Return the place of the tags as that of the categories, if a source names every tag so for posts enough."""
    told = [post for post in posts if post.winners.get("categories", "").partition(":")[0] in SOURCES]
    agreed = [post for post in told if agrees(post)]
    labels = {fold(label) for post in agreed for label in post.tags}
    if not tags or len(told) < LEAST_TOLD or len(agreed) < AGREED * len(told) or len(labels) < LEAST_LABELS:
        return None
    return replace(tags[0], found_in=FOUND_IN, agreed=len(agreed), samples=len(told))


def agrees(post: RawPost) -> bool:
    """Say whether every tag that a page shows is a category by the word of its source."""
    shown = post.winners.get("tags", "").startswith("visible:")
    return shown and {*map(fold, post.tags)} <= {*map(fold, post.categories)}
