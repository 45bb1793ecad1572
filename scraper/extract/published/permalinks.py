"""Stamps that link to the page itself, as in a stream of statuses or answers where each links to its own page.

They are looked for only where nothing else dates the page.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from ..document import Document
from .offers import Offer

STAMPS: Final = ("datetime", "data-time", "data-utime", "data-timestamp", "data-epoch", "data-unixtime", "title")
MOST_INSIDE: Final = 8
SHORTEST_NAME: Final = 10
FEWEST_FIGURES: Final = 5


def find(document: Document) -> Iterator[Offer]:
    """Yield the first such stamp: what is written for programs before what is shown."""
    own = path_of(document.url)
    if not own:
        return
    folder = "/" + own.lstrip("/").partition("/")[0]
    for link in document.tree.getroottree().iter("a"):
        href = link.get("href") or ""
        if folder in href and is_permalink(href, own):
            inside = list(islice(link.iter(), MOST_INSIDE))
            for name, quote in ((name, step.get(name)) for name in STAMPS for step in inside):
                if quote and sum(map(str.isdigit, quote)) >= FEWEST_FIGURES:
                    yield Offer(field="published", place="stamp_permalink", quote=quote, found_in=f"permalink:{name}")
                    return


def is_permalink(href: str, own: str) -> bool:
    """Tell a link to the page itself, or to the post that a view such as '/status/1281/photo/1' shows.

    An address with a query or a fragment is a part of the page: a comment, an answer.
    """
    if "#" in href or "?" in href:
        return False
    path = path_of(href)
    if path == own or not own.startswith(path + "/"):
        return path == own
    name = path.rpartition("/")[2]
    return len(name) >= SHORTEST_NAME and any(letter.isdigit() for letter in name)


def path_of(url: str) -> str:
    """Return the path of an address; empty for the front page and what is no address."""
    try:
        return urlsplit(url[:2000]).path.rstrip("/")
    except ValueError:
        return ""
