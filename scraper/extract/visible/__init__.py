"""What a reader sees: headings, bylines, category and tag links, breadcrumbs, the lead picture."""

from __future__ import annotations

from collections.abc import Iterator

from ..document import Document
from ..evidence import Offer
from ..regions import Regions
from . import bylines, headings, labels, marks, picture

__all__ = ["read"]


def read(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield what the visible page offers, rails left out."""
    marked = marks.find(document.tree)
    yield from headings.read(document, regions, marked["title"])
    yield from bylines.read(regions, marked["byline"])
    yield from labels.read(document, regions, marked)
    yield from picture.read(document, regions)
