"""What the visible page offers, read at the places a recipe names, as claims like any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .. import microdata
from ..document import Document, words
from ..evidence import Offer, offer
from ..regions import Regions
from ..visible import bylines, headings, labels, marks, picture
from . import folders
from .selectors import select
from .values import BODY, Place, Recipe

LISTS = frozenset(("authors", "categories", "tags"))
MARKED = frozenset(("headings", "bylines", "labels"))
MOST = 40


def read(document: Document, areas: Regions, recipe: Recipe) -> Iterator[Offer]:
    """Yield what stands at the recipe's places, then what its generic readers find."""
    for field, places in recipe.places.items():
        if field != BODY:
            yield from read_field(document, field, places)
    yield from picture.read(document, areas)
    if recipe.readers:
        yield from read_generic(document, areas, recipe.readers)


def read_field(document: Document, field: str, places: Sequence[Place]) -> Iterator[Offer]:
    """Yield what the first place that is there says."""
    for place in places:
        if place.found_in == folders.FOUND_IN:
            for label in folders.labels_at(place, document.url):
                yield from offer(field, label, place.found_in)
            return
        found = select(document.tree, place.css, MOST if field in LISTS else 1)
        if found:
            for element in found:
                said = bylines.spaced(element) if field == "byline" else words(element)
                yield from offer(field, said, place.found_in)
            return


def read_generic(document: Document, areas: Regions, readers: Sequence[str]) -> Iterator[Offer]:
    """Yield what the named readers of the generic chain find."""
    marked = marks.find(document.tree) if MARKED & set(readers) else {}
    if "microdata" in readers:
        yield from microdata.read(document, areas)
    if "headings" in readers:
        yield from headings.read(document, areas, marked["title"])
    if "bylines" in readers:
        yield from bylines.read(areas, marked["byline"])
    if "labels" in readers:
        yield from labels.read(document, areas, marked)
