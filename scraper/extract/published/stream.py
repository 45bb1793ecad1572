"""The words of a page in reading order, and where the post's title stands among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import accumulate, islice
from typing import Final

from lxml import etree
from lxml.etree import _Element as Element

from .. import reading_order
from ..document import Document

WORD: Final = re.compile(r"\w+")
LONGEST_TITLE: Final = 300
ALIKE: Final = 1  # more has only an h1 that all but repeats a title, and then no other heading is asked
LIKE_ENOUGH: Final = 0.5
LIKE_AT_ALL: Final = 0.15
HEADINGS: Final = ("h1", "h2", "h3")
MOST_HEADINGS: Final = 40
FEWEST_WORDS: Final = 3
MOST_ALIKE: Final = 400
MOST_INSIDE: Final = 50
TITLED: Final = etree.XPath(
    "descendant-or-self::*/@itemprop[.='headline']/.."
    " | descendant-or-self::*/@class[contains(.,'-title') or contains(.,'headline')]"
    "[contains(.,'entry-title') or contains(.,'post-title') or contains(.,'headline')]/.."
)
"""From the attribute up to its element: a predicate on every element costs libxml2 twice as much."""


Worded = tuple[Element, str]


class Ground(IntEnum):
    """Whose an element is: the post's own, doubtful (its words decide), or another's."""

    OWN = 0
    DOUBTFUL = 1
    AWAY = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Stream:
    """The text nodes: `texts[i]` stands in `owners[i]` and begins `starts[i]` visible characters into the page.

    `title_start` and `title_end` are such offsets, None when no title was found; `own` holds the title's ancestors.
    `page` is the whole page, of which the text may be a part.
    """

    page: Document
    texts: list[str]
    owners: list[Element]
    starts: list[int]
    first: dict[Element, int]
    title_start: int | None = None
    title_end: int | None = None
    own: frozenset[Element] = frozenset()
    grounds: dict[Element, Ground] = field(default_factory=dict)  # of elements asked about, so that each is once

    def at(self, element: Element) -> int | None:
        """Return the offset at which an element's words begin, those of its nearest forerunner for an empty one."""
        index = self.first.get(element)
        if index is None:
            index = next(
                (self.first[inner] for inner in islice(element.iterdescendants(), MOST_INSIDE) if inner in self.first),
                None,
            )
        if index is None:
            index = next((self.first[outer] for outer in element.iterancestors() if outer in self.first), None)
        return None if index is None else self.starts[index]


def read(document: Document, title: str | None) -> Stream:
    """Gather the visible text nodes and find the post's title among them."""
    stream = gather(document)
    heading = find_heading(document, stream, declared_titles(document, title))
    start = stream.at(heading) if heading is not None else None
    if heading is None or start is None:
        return stream
    return replace(
        stream,
        title_start=start,
        title_end=start + len(opening(heading, LONGEST_TITLE)),
        own=frozenset(heading.iterancestors()),
    )


def gather(document: Document) -> Stream:
    """Return the text nodes that a reader sees."""
    worded = reading_order.read(document)
    texts, owners = worded.texts, worded.owners
    return Stream(
        page=document.page,
        texts=texts,
        owners=owners,
        starts=list(islice(accumulate([len(text.strip()) + 1 for text in texts], initial=0), len(texts))),
        first=dict(zip(reversed(owners), reversed(range(len(owners))), strict=True)),
    )


def declared_titles(document: Document, title: str | None) -> tuple[frozenset[str], ...]:
    """Return the words of each title that the page declares of itself."""
    element = next(iter(document.kinds["title"]), None)
    named = (
        title,
        document.meta("og:title"),
        document.meta("twitter:title"),
        element.text if element is not None else None,
    )
    return tuple(dict.fromkeys(words for name in dict.fromkeys(named) if name and (words := title_words(name))))


def find_heading(document: Document, stream: Stream, wanted: tuple[frozenset[str], ...]) -> Element | None:
    """Return the heading most like a declared title, else other text like one, else the first h1 or h2 with words."""
    headings = stream.page.kinds["heading"][:MOST_HEADINGS]
    best, score = most_alike(opened(heading for heading in headings if heading.tag == "h1"), wanted)
    if score <= ALIKE:
        best, score = most_alike(opened(headings), wanted)
    if score >= LIKE_ENOUGH:
        return best
    for others in (opened(TITLED(stream.page.tree)[:MOST_HEADINGS]), lines_like(stream, wanted)):
        other, likeness = most_alike(others, wanted)
        if likeness >= LIKE_ENOUGH:
            return other
    if best is not None and score > LIKE_AT_ALL:
        return best
    own = [heading for heading in headings if heading in stream.first]
    return next((heading for tag in ("h1", "h2") for heading in own if heading.tag == tag), None)


def opened(elements: Iterable[Element]) -> Iterator[Worded]:
    """Pair each element with the words that it opens with."""
    return ((element, opening(element, LONGEST_TITLE)) for element in elements)


def lines_like(stream: Stream, wanted: tuple[frozenset[str], ...]) -> Iterator[Worded]:
    """Yield the text nodes about as long as a declared title; a site's name is too short to tell."""
    lengths = [len(words) for words in wanted if len(words) >= FEWEST_WORDS]
    if not lengths:
        return
    fewest, most = min(lengths) // 2, max(lengths) * 2
    for text, owner in zip(stream.texts, stream.owners, strict=True):
        if len(text) <= LONGEST_TITLE and fewest <= text.count(" ") <= most * 2 and "@" not in text:
            yield owner, text


def most_alike(candidates: Iterable[Worded], wanted: tuple[frozenset[str], ...]) -> tuple[Element | None, float]:
    """Return the element most like one of the titles, an h1 before others, and how alike it is (0 to 1, h1: 1.1)."""
    best: Element | None = None
    score = 0.0
    for element, text in islice(candidates, MOST_ALIKE):
        words = title_words(text)
        likeness = max((len(words & title) / len(words | title) for title in wanted), default=0.0)
        likeness += 0.1 if element.tag == "h1" and likeness else 0.0
        if likeness > score:
            best, score = element, likeness
            if score > ALIKE:
                break
    return best, score


def opening(element: Element, most: int) -> str:
    """Return the first `most` characters of an element's words, spaces folded, without walking the rest of it."""
    if not len(element):
        return " ".join((element.text or "")[:most].split())
    gathered = ""
    for piece in islice(element.itertext(), MOST_INSIDE):
        gathered += " " + piece[:most].strip()
        if len(gathered) > most:
            break
    return " ".join(gathered.split())[:most]


def title_words(title: str) -> frozenset[str]:
    """Return the words of a title for comparison."""
    return frozenset(WORD.findall(title[:LONGEST_TITLE].lower()))
