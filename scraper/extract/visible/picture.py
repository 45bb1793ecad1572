"""The lead picture: the first of the post that is no icon."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element as HtmlElement

from ..document import Document, words
from ..evidence import Offer, offer
from ..regions import Regions


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
        ):
            continue
        yield from offer("image", picture.get("data-src") or source, "visible:picture")
        yield from offer("image_alt", picture.get("alt"), "visible:picture")
        for figure in islice(picture.iterancestors("figure"), 1):
            for caption in islice(figure.iter("figcaption"), 1):
                yield from offer("image_caption", words(caption), "visible:figcaption")
        return


def too_small(picture: HtmlElement) -> bool:
    """Say whether a picture's printed size is that of an icon or a portrait beside a byline."""
    sizes = [
        int(size)
        for key in ("width", "height")
        if (size := (picture.get(key) or "").strip()[:5]).isascii() and size.isdigit()
    ]
    return bool(sizes) and min(sizes) < 100
