"""The lead picture: the first of the post that is no icon."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, islice

from lxml.etree import _Element as Element

from ..document import TEXT, Document
from ..evidence import Offer, offer
from ..regions import Regions

PORTRAIT = re.compile(r"(?:^|[\s_-])(?:author|avatar|byline|gravatar|headshot)(?:$|[\s_-])")
BEFORE_STOP = re.compile(r"\s([.,;:!?)\]])")


def read(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the first picture of the post, with its alternative text and caption."""
    holder = regions.article if regions.article is not None else document.tree.find("body//main")
    if holder is None:
        return
    for picture in islice(holder.iter("img"), 30):
        source = picture.get("src") or picture.get("data-src") or ""
        if (
            regions.in_rail(picture)
            or (source.startswith("data:") and not picture.get("data-src"))
            or too_small(picture)
            or is_portrait(picture)
        ):
            continue
        yield from offer("image", picture.get("data-src") or source, "visible:picture")
        yield from offer("image_alt", picture.get("alt"), "visible:picture")
        for figure in islice(picture.iterancestors("figure"), 1):
            for caption in islice(figure.iter("figcaption"), 1):
                yield from offer("image_caption", lines(caption), "visible:figcaption")
        return


def lines(caption: Element) -> str:
    """Return a caption's words with a space between its parts: the credit often stands in an element of its own."""
    return BEFORE_STOP.sub(r"\1", " ".join(" ".join(part for part in TEXT(caption) if isinstance(part, str)).split()))


def is_portrait(picture: Element) -> bool:
    """Say whether a picture shows the author: it, or what holds it, is named so."""
    around = chain((picture,), islice(picture.iterancestors(), 2))
    return any(PORTRAIT.search((one.get("class") or "").lower()[:200]) for one in around)


def too_small(picture: Element) -> bool:
    """Say whether a picture's printed size is that of an icon or a portrait beside a byline."""
    sizes = [
        int(size)
        for key in ("width", "height")
        if (size := (picture.get(key) or "").strip()[:5]).isascii() and size.isdigit()
    ]
    return bool(sizes) and min(sizes) < 100
