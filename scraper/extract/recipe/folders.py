"""The folders of an address that name a post's categories (`/people%20&%20places/2026/03/14/oaks.html`)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from urllib.parse import unquote, urlsplit

from scraper.models import RawPost

from ..titles import fold
from .values import Place

FOUND_IN = "address:folders"
WHERE = "(the folders of the address)"
WHERE_DATED = "(the folders of the address before its date)"
SOURCES = frozenset(("wordpress", "feed"))
NUMBER = re.compile(r"\d{1,4}\Z")
MAX_FOLDERS = 4
LEAST_TOLD = 5  # samples of which a source told the categories
LEAST_LABELS = 2  # one folder for all posts is a section of the site
AGREED = 0.9


def labels_of(url: str) -> tuple[str, ...]:
    """Return the folders of an address before its first number and its last part; () for too many to be labels."""
    folders = [unquote(part) for part in urlsplit(url).path.split("/")[1:-1] if part]
    named = tuple(takewhile(lambda folder: not NUMBER.match(folder), folders))
    return named if len(named) <= MAX_FOLDERS else ()


def labels_at(place: Place, url: str) -> tuple[str, ...]:
    """Return the labels of an address; none where it lacks the date that stood behind the folders of all samples."""
    return () if place.css == WHERE_DATED and not has_number(url) else labels_of(url)


def has_number(url: str) -> bool:
    """Say whether one of the folders of an address is a number: a year, mostly."""
    return any(NUMBER.match(part) for part in urlsplit(url).path.split("/")[1:-1])


def learn(posts: Sequence[RawPost]) -> Place | None:
    """Return the folders as the place of the categories, if a source names the same for posts enough."""
    told = [post for post in posts if post.winners.get("categories", "").partition(":")[0] in SOURCES]
    agreed = [post for post in told if agrees(post)]
    labels = {fold(label) for post in agreed for label in labels_of(post.url)}
    if len(told) < LEAST_TOLD or len(agreed) < AGREED * len(told) or len(labels) < LEAST_LABELS:
        return None
    where = WHERE_DATED if all(has_number(post.url) for post in agreed) else WHERE
    return Place(css=where, found_in=FOUND_IN, agreed=len(agreed), samples=len(told))


def agrees(post: RawPost) -> bool:
    """Say whether every folder of a post's address is one of its categories."""
    labels = labels_of(post.url)
    return bool(labels) and {*map(fold, labels)} <= {*map(fold, post.categories)}
