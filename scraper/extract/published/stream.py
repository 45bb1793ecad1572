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

from ..document import Document

SILENT: Final = frozenset(("script", "style", "template", "textarea", "select", "head", "nav"))
MOST_TEXTS: Final = 20_000
WORD: Final = re.compile(r"\w+")
LONGEST_CALL: Final = 120
CALL: Final = re.compile(r"\s*(?:document\.write(?:ln)?\()?[\w.]{1,40}\([\"']([^\"'<>]{8,40})[\"']\){1,2};?\s*")
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

    page: Element
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
    texts, owners = worded(document.tree)
    return Stream(
        page=document.tree.getroottree().getroot(),
        texts=texts,
        owners=owners,
        starts=list(islice(accumulate([len(text.strip()) + 1 for text in texts], initial=0), len(texts))),
        first=dict(zip(reversed(owners), reversed(range(len(owners))), strict=True)),
    )


def worded(tree: Element) -> tuple[list[str], list[Element]]:
    """Return the visible text nodes and the elements in which they stand, in reading order."""
    texts: list[str] = []
    owners: list[Element] = []
    if tree.tag not in SILENT or holds_post(tree):
        add_words(tree, texts, owners)
    return texts[:MOST_TEXTS], owners[:MOST_TEXTS]


def add_words(element: Element, texts: list[str], owners: list[Element]) -> None:
    """Add the visible text nodes of an element; the parser lets no page nest deeper than 256.

    The dearest step of dating a page: hence it descends into what has children only, half of all elements have none.
    """
    text = element.text
    if text and not text.isspace():
        texts.append(text)
        owners.append(element)
    for child in element:
        if child.tag in SILENT and not holds_post(child):
            if text := written(child):
                texts.append(text)
                owners.append(element)
        elif len(child):
            add_words(child, texts, owners)
        elif (text := child.text) and not text.isspace():
            texts.append(text)
            owners.append(child)
        if (text := child.tail) and not text.isspace():
            texts.append(text)
            owners.append(element)


def written(element: Element) -> str | None:
    """Return the words that a script in the text does nothing but print: `<script>showDate("2026-03-05")</script>`."""
    text = element.text if element.tag == "script" else None
    call = CALL.fullmatch(text) if text and len(text) <= LONGEST_CALL else None
    return call.group(1) if call else None


def holds_post(element: Element) -> bool:
    """Tell a navigation that was never closed, and so holds the post."""
    return element.tag == "nav" and next(element.iter("h1", "article"), None) is not None


def declared_titles(document: Document, title: str | None) -> tuple[frozenset[str], ...]:
    """Return the words of each title that the page declares of itself."""
    element = next(document.tree.iter("title"), None)
    named = (
        title,
        document.meta("og:title"),
        document.meta("twitter:title"),
        element.text if element is not None else None,
    )
    return tuple(dict.fromkeys(words for name in dict.fromkeys(named) if name and (words := title_words(name))))


def find_heading(document: Document, stream: Stream, wanted: tuple[frozenset[str], ...]) -> Element | None:
    """Return the heading most like a declared title, else other text like one, else the first h1 or h2 with words."""
    headings = list(islice(stream.page.iter(*HEADINGS), MOST_HEADINGS))
    best, score = most_alike(opened(heading for heading in headings if heading.tag == "h1"), wanted)
    if score <= ALIKE:
        best, score = most_alike(opened(headings), wanted)
    if score >= LIKE_ENOUGH:
        return best
    for others in (opened(TITLED(stream.page)[:MOST_HEADINGS]), lines_like(stream, wanted)):
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
