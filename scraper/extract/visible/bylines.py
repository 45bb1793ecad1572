"""Bylines: elements that are named so, and short texts near the heading that begin like one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice, takewhile

from lxml import etree
from lxml.etree import _Element as Element

from ..document import TEXT, words
from ..evidence import Offer, offer
from ..regions import Regions, is_unseen
from .labels import in_prose, place_of_link
from .picture import BEFORE_STOP

NO_BYLINE = frozenset(("article", "section", "body", "main", "img", "header", "footer", "form", "input"))
FOLLOWING = etree.XPath("following::*[position() < 120]")
BEFORE = 20  # elements above the heading that are looked at
BY = re.compile(
    r"^(?:(?:this post was )?(?:written |words |story |posted |text )?by|(?:a )?guest (?:article|blog|column|post) by"
    r"|publié le .{3,30} par|(?:ysgrifennwyd )?gan(?=\s[^\W\d_a-z])"
    r"|von|par|por|text|autor|author|door|interview)(?:\s*:\s*\S|\s+\S|\s*:?$)",
    re.IGNORECASE,
)
BAR = re.compile(
    r"[^\W\d_]\D{3,60}\|(?:.{0,60}\d{4})?$|.{0,6}\d.{0,30}\|[^|]{4,40}$"
)  # "Ann Teague | Reporter | 3 May 2026"
LABEL = re.compile(r"^(?:(?:written|words|story|posted|text) )?by\s?:?$", re.IGNORECASE)
FILED = re.compile(r"(?:\b(?:in|dans|unter|under|rubrik|category|categories|kategorie)\s?:?|>)\s*$", re.IGNORECASE)
AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor|autoren|auteur|contributors?|profile|producers?|people|team)/[^/]", re.IGNORECASE
)


def read(regions: Regions, marked: Sequence[Element]) -> Iterator[Offer]:
    """Yield every byline outside the rails."""
    yield from read_marked(regions, marked)
    yield from read_by_text(regions)


def read_marked(regions: Regions, marked: Sequence[Element]) -> Iterator[Offer]:
    """Yield the words of elements that are named as bylines, nearest the heading first."""
    parted = False
    for element in islice((one for one in marked if one.tag not in NO_BYLINE), 100):
        if regions.in_rail(element) or is_unseen(element):
            continue
        text = spaced(element)
        if 0 < len(text) <= 120:
            for part in parts_of(element) if not parted else ():
                parted = True
                yield from offer("authors", part, "visible:byline-part")
            for link in element.iter("a"):
                if names_a_label(link):
                    continue
                by_path = AUTHOR_PATH.search((link.get("href") or "")[:300])
                yield from offer("authors", words(link), "visible:byline-link" if by_path else "visible:byline-anchor")
            yield from offer("byline", text, "visible:byline")


def read_by_text(regions: Regions) -> Iterator[Offer]:
    """Yield short texts that begin like a byline ("By Jane Smith"), and links to authors, near the heading."""
    if regions.heading is None:
        return
    for element in chain(islice(before(regions.heading), BEFORE), FOLLOWING(regions.heading)):
        if (
            element.tag == "a"
            and AUTHOR_PATH.search((element.get("href") or "")[:300])
            and not regions.in_rail(element)
            and not is_unseen(element)
            and not in_prose(element)
        ):
            yield from offer("authors", words(element), "visible:author-link")
        text = " ".join((element.text or "").split())
        if "|" in text and BAR.match(text) and not regions.in_rail(element):
            yield from offer("authors", spaced(element)[:120], "visible:bar-text")
        if len(text) < 80 and BY.match(text) and not is_quoted(element) and not regions.in_rail(element):
            yield from offer("byline", byline_around(element), "visible:by-text")


def before(heading: Element) -> Iterator[Element]:
    """Yield the elements in the boxes just above a heading, the nearest box first."""
    for up in chain((heading,), islice(heading.iterancestors(), 2)):
        for box in islice(up.itersiblings(preceding=True), 3):
            yield from islice(box.iter("*"), BEFORE)


def is_quoted(element: Element) -> bool:
    """Say whether an element stands in a quotation, as embedded posts of social sites do."""
    return any(up.tag == "blockquote" for up in element.iterancestors())


def byline_around(element: Element) -> str:
    """Return the words of a byline whose name may stand in a child or beside its "by"."""
    for holder in (element, element.getparent()):
        text = spaced(holder) if holder is not None else ""
        if 8 < len(text) <= 120 and len(text.split()) > 1 and not text.endswith(":") and not LABEL.match(text):
            return text
    following = element.getnext()
    beside = f" {spaced(following)}" if following is not None and len(following) < 4 else ""
    return (spaced(element) + beside)[:120]


def parts_of(element: Element) -> list[str]:
    """Return a byline's texts one by one, when it has several: names, and roles set beside them.

    What follows a link that is one word is about that account, and no name.
    """
    texts = [" ".join(part.split()) for part in TEXT(element) if isinstance(part, str)]
    if len(texts) < 2:
        return []
    filed = {words(link) for link in element.iter("a") if names_a_label(link)}
    texts = [text for text in texts if text not in filed]
    linked = {words(link) for link in element.iter("a")} - filed
    if linked and not any(" " in text for text in linked):
        texts = list(takewhile(lambda text: text not in linked, texts))
    return [text for text in texts if len(text.split()) > 1 and not text.endswith(":")]


def names_a_label(link: Element) -> bool:
    """Say whether a link in a byline says what the post is filed under: "By Ann Teague in Local News"."""
    place = place_of_link(link)
    previous = link.getprevious()
    before = previous.tail if previous is not None else getattr(link.getparent(), "text", "")
    return (place is not None and place[0] != "authors") or FILED.search((before or "")[-30:]) is not None


def spaced(element: Element) -> str:
    """Return an element's words with a space between its parts, as bylines are set."""
    return BEFORE_STOP.sub(r"\1", " ".join(" ".join(part for part in TEXT(element) if isinstance(part, str)).split()))
