"""The places of the dates in sight: beside the title, labelled, alone, or another post's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from lxml.etree import _Element as Element

from .container import chain, class_of, ground_of, leads_elsewhere
from .offers import Offer
from .spotting import MOST, Spot, marked, printed
from .stream import Ground, Stream
from .weights import Field

AFTER_TITLE: Final = 500
BEFORE_TITLE: Final = 150
"""Characters within which a stamp is beside the title."""

CARD_WORDS: Final = 50
AUTHOR_WORDS: Final = 120
"""Characters of a link that make it a card; beside the title it may be the author's box."""

CARD: Final = "card"
FAR: Final = frozenset(("stamp_far", "stamp_named", "stamp_aside"))
"""Places in which a stamp of the same class as one on a card is another card's, its link too short to tell."""

BARE: Final = frozenset(("stamp", "stamp_beside"))
LISTING: Final = frozenset(("a", "li"))
MANY: Final = 3
"""Stamps of one kind, each of another day, beside the title of what is then a list of posts and no post."""

SHORT_YEAR: Final = re.compile(r"\d\d?\D{1,3}\d\d?\D{1,3}\d\d")
"""Figures with a year of two: far from the title as likely a version or a score."""

CHATTER: Final = 70
"""Most other characters that a stamp's line may hold: a byline, a count of comments."""

SMALL: Final = frozenset(("small", "time"))
BREADCRUMB: Final = re.compile(r"breadcrumb", re.IGNORECASE)
MOST_BESIDE: Final = 20
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
ALONE: Final = 20
"""Most other characters beside a month, or beside a date inside the title, that is a stamp and no words of it."""

WIDE_TABLE: Final = 3


def find(stream: Stream, url: str) -> Iterator[Offer]:
    """Yield the stamps of the page with their places, bounded."""
    spots = [*islice(marked(stream), MOST), *islice(printed(stream), MOST)]
    placed = [(spot, standing(stream, spot, url)) for spot in spots]
    cards = {class_of(spot.element) for spot, place in placed if place == CARD} - {""}
    listed = many_alike(placed)
    for spot, place in placed:
        if place in FAR and class_of(spot.element) in cards:
            continue
        if place not in (None, CARD) and not (place in BARE | FAR and alike(spot) in listed):
            field: Field = "modified" if spot.label == "modified" else "published"
            yield Offer(
                field=field,
                place=place,
                quote=spot.quote,
                found_in=spot.source,
                machine=spot.machine,
                distance=distance(stream, spot.at),
            )


def many_alike(placed: Sequence[tuple[Spot, str | None]]) -> frozenset[tuple[str, str]]:
    """Return the kinds of element of which several beside the title hold each another day, as in a list of posts."""
    quotes: dict[tuple[str, str], set[str]] = {}
    for spot, place in placed:
        if place in BARE and (alike(spot)[1] or spot.element.tag in LISTING):
            quotes.setdefault(alike(spot), set()).add(spot.quote)
    return frozenset(kind for kind, days in quotes.items() if len(days) >= MANY)


def alike(spot: Spot) -> tuple[str, str]:
    """Return what elements have in common that a template repeats: tag and class."""
    return str(spot.element.tag), class_of(spot.element)


def standing(stream: Stream, spot: Spot, url: str) -> str | None:
    """Return the place of a spot, or CARD; None when it is prose or the date of something else."""
    if spot.label == "other":
        return None
    ground = ground_of(spot.element, stream)
    near = is_near(stream, spot.at)
    if leads_elsewhere(spot.element, url, words=AUTHOR_WORDS if near else CARD_WORDS):
        return CARD
    if spot.source.startswith("microdata") and ground is Ground.OWN:
        return "microdata"
    if spot.label == "issue":
        return "stamp_issue"
    if spot.label in ("dated", "created"):
        return "stamp" if near and ground is Ground.OWN else f"stamp_{spot.label}"
    if spot.label and not spot.coarse:
        return "stamp_body" if not near else "stamp_labelled" if ground is Ground.OWN else "stamp_told"
    if not near and in_table(spot.element):
        return None
    if spot.coarse:
        return "stamp_month" if near and spot.chatter <= ALONE and ground is Ground.OWN else None
    if spot.chatter > ALONE and in_title(stream, spot.at) and spot.element.tag not in SMALL:
        return "stamp_title"
    if stream.title_start is not None and spot.at < stream.title_start:
        if stands_above_navigation(spot.element, stream):
            return None
        if not near:
            return "stamp_aside"
    return unlabelled(spot, ground, near=near)


def stands_above_navigation(element: Element, stream: Stream) -> bool:
    """Tell a date before the title with the page's navigation between them: today's, as on the head of a newspaper."""
    for step in chain(element):
        if step in stream.own or step.getparent() is None:
            return False
        for beside in islice(step.itersiblings(), MOST_BESIDE):
            if beside in stream.own:
                return False
            if any(BREADCRUMB.search(attributes(nav)) is None for nav in islice(beside.iter("nav"), MOST_BESIDE)):
                return True
    return False


def attributes(element: Element) -> str:
    """Return what an element's attributes say, bounded."""
    return " ".join(element.attrib.values())[:300]


def unlabelled(spot: Spot, ground: Ground, *, near: bool) -> str | None:
    """Return the place of a date that no word explains."""
    if spot.chatter > CHATTER:
        return spot.dateline if near else "stamp_far" if spot.dateline == "dateline_first" else None
    if near:
        return "stamp" if ground is Ground.OWN else "stamp_beside"
    if SHORT_YEAR.fullmatch(spot.quote) or (spot.chatter > ALONE and spot.element.tag in HEADINGS):
        return None
    if ground is Ground.DOUBTFUL:
        return "stamp_aside"
    return "stamp_named" if spot.named else "stamp_far"


def distance(stream: Stream, at: int) -> int:
    """Return how many characters stand between the title and an offset; a date before the title counts double."""
    if stream.title_start is None or stream.title_end is None:
        return at
    return at - stream.title_end if at >= stream.title_end else 2 * max(0, stream.title_start - at)


def in_title(stream: Stream, at: int) -> bool:
    """Tell whether an offset lies inside the title."""
    return (
        stream.title_start is not None and stream.title_end is not None and stream.title_start <= at < stream.title_end
    )


def is_near(stream: Stream, at: int) -> bool:
    """Tell whether an offset lies beside the title."""
    if stream.title_start is None or stream.title_end is None:
        return False
    return stream.title_start - BEFORE_TITLE <= at <= stream.title_end + AFTER_TITLE


def in_table(element: Element) -> bool:
    """Tell a cell of a table of data, three or more columns wide, from the layout tables of old pages."""
    for depth, step in enumerate(chain(element)):
        if step.tag == "tr":
            return len(list(islice(step, WIDE_TABLE))) >= WIDE_TABLE
        if depth > 3:
            break
    return False
