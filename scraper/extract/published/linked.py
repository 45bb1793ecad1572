"""Dates in JSON-LD nodes that describe the page's own post."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from scraper.normalise import dates

from .. import json_ld, post_node
from ..document import Document
from .offers import Offer
from .weights import Field

POST: Final = (
    "Article",
    "Posting",
    "Report",
    "CriticReview",
    "PressRelease",
    "Statement",
    "Episode",
    "Book",
    "Thesis",
    "Chapter",
    "HowTo",
)
PARTS: Final = (
    "Comment",
    "Review",
    "ImageObject",
    "VideoObject",
    "AudioObject",
    "ListItem",
    "Offer",
    "Answer",
    "Question",
    "Person",
)
KEYS: Final[tuple[tuple[str, Field], ...]] = (
    ("datePublished", "published"),
    ("dateCreated", "published"),
    ("dateModified", "modified"),
)
DATES: Final = frozenset(key for key, _ in KEYS)
MOST: Final = 40


def find(document: Document) -> Iterator[Offer]:
    """Yield the dates of the nodes; once a post was met, further posts that do not name this address are others."""
    nodes = [node for node in document.json_ld if not DATES.isdisjoint(node)][:MOST]
    if not nodes:
        return
    own = post_node.addresses(document)
    seen_post = False
    alone = sum(is_post(node) for node in nodes) == 1
    for node in nodes:
        away = post_node.is_elsewhere(node, document)
        place = "json_ld_other" if away else standing(node, own, seen_post=seen_post, alone=alone)
        seen_post = seen_post or place == "json_ld"
        yield from read(node, place)


def read(node: json_ld.Node, place: str) -> Iterator[Offer]:
    """Yield the dates of one node; its creation counts only where no publication is declared."""
    kind = (json_ld.types(node) or ("Thing",))[0]
    for key, field in KEYS:
        words = stamp(node.get(key))
        if words and not (key == "dateCreated" and stamp(node.get("datePublished"))):
            yield Offer(field=field, place=weaker(node, key, place), quote=words, found_in=f"json_ld:{kind}.{key}")


def weaker(node: json_ld.Node, key: str, place: str) -> str:
    """Return the place of a post's date: less for a creation and for a publication that is also the last change."""
    if place != "json_ld" or key == "dateModified":
        return place
    if key == "dateCreated":
        return "json_ld_page"
    published, modified = stamp(node.get(key)), stamp(node.get("dateModified"))
    return "json_ld_same" if published == modified else place


def stamp(value: Any) -> str | None:
    """Return the words of a date property; numbers are Unix times."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return json_ld.text(value)


def standing(node: json_ld.Node, own: frozenset[str], *, seen_post: bool, alone: bool) -> str:
    """Return the place of a node: the post, the page around it, or something else."""
    types = json_ld.types(node)
    if not types or (any(name.endswith(PARTS) for name in types) and not is_post(node)):
        return "json_ld_other"
    named = {address for key in ("url", "mainEntityOfPage", "@id") if (address := post_node.address_of(node.get(key)))}
    if named and not named & own and not alone:
        return "json_ld_other" if seen_post else "json_ld_page"
    if is_post(node):
        return "json_ld_other" if seen_post and not named else "json_ld"
    return "json_ld_page"


def event_days(document: Document) -> frozenset[date]:
    """Return the days on which the events of the page begin and end."""
    stamps = (stamp(node.get(key)) for node in document.json_ld[:MOST] for key in ("startDate", "endDate"))
    read = (dates.parse_iso(words) for words in stamps if words)
    return frozenset(moment.date() if isinstance(moment, datetime) else moment for moment in read if moment)


def is_post(node: json_ld.Node) -> bool:
    """Tell a post from the page, its parts and its people."""
    return any(name.endswith(POST) for name in json_ld.types(node))
