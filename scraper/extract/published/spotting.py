"""Finding dates in sight: in text, `<time>`, `<abbr title>` and microdata, each with the words that say what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml.etree import _Element as Element

from . import words
from .container import chain, class_of, ground_of
from .stream import Ground, Stream, opening
from .weights import Field

YEAR: Final = r"(?:19|20)\d\d"
FIGURES: Final = re.compile(r"[0-9\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\uff10-\uff19]\d")
"""Two figures. Most texts have none, and `re` leaps to a set of characters twice as fast as to `\\d`."""

YEARLY: Final = re.compile(rf"(?<!\d){YEAR}(?!\d)")

NTH: Final = r"(?:\s?(?:st|nd|rd|th|er|º|ª|°|ste|e|de|af|il|ail|ydd|ed|fed|eg|ain|\.)(?!\w))?"
WORD: Final = r"[^\W\d_]{3,14}"
JOIN: Final = r"[\s,./|-]{0,4}"
OF: Final = r"(?:(?:de|del|of|o|d['’])\s{0,2})?"
SHAPE: Final = re.compile(
    rf"(?<![\d.,/-])(?<!\d:)(?:"
    rf"{YEAR}\s?[-/.年년]\s?\d\d?\s?[-/.月월]\s?\d\d?[日일]?(?!\d)"
    rf"|{YEAR}\.\s{WORD}\s\d\d?(?!\d)"
    rf"|\d\d?\s?([./ -])\s?[IVX]{{1,4}}\s?\1\s?{YEAR}(?!\d)"
    rf"|\d\d?{NTH}{JOIN}{OF}(?:{WORD}\s?/\s?)?{WORD}{JOIN}{OF}(?:{YEAR}(?!\d|[:.]\d|%)|['’]?\d\d(?![\d:.%]))"
    rf"|(?<![^\W\d_]){WORD}\.?\s{{0,2}}\d\d?{NTH}\s?[,.]?\s{{0,2}}(?:\d\d?:\d\d(?::\d\d)?\s)?{YEAR}(?!\d)"
    rf"|\d\d?\s?([-/.|])\s?\d\d?\s?\2\s?(?:{YEAR}|\d\d)(?![\d.:/])"
    rf")"
)
"""Where a date with day, month and year may stand; whether it is one, normalise.dates says."""

FIGURED: Final = re.compile(
    rf"\d(?:\s?[-/.|年년]\s?\d|[./ -]\s?[IVX]|{NTH}(?:{JOIN}{OF}(?:{WORD}\s?/\s?)?{WORD}{JOIN}{OF}['’]?\d"
    rf"|\s?[,.]?\s{{0,2}}(?:{YEAR}|\d\d?:\d\d)))"
)
"""What every such date has from its first figure on. It begins with a figure, to which `re` leaps; SHAPE begins with
either figure or letter, is tried at each character, and costs four times as much."""

ARABIC: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
HAS_ARABIC: Final = re.compile("[٠-٩۰-۹]")  # to look for one costs a tenth of translating all letters
CLOCK: Final = re.compile(
    r"[\s,|@•·–—-]{0,4}(?:(?:at|um|à|às|a las|alle|ore|ora|kl|klo|o|godz|om)\.?\s{0,2})?"
    r"\d\d?[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:Uhr|GMT|BST|UTC|CET|CEST|EST|EDT|PST|PDT)\b)?",
    re.IGNORECASE,
)
MONTH: Final = re.compile(rf"(?:[^\d]{{0,30}}[\s:])?({WORD}\.?,?\s{{1,2}}{OF}{YEAR})")
SET_OFF: Final = re.compile(r"\s{0,2}(?:\([A-Z][\w .-]{1,30}\)\s{0,2})?(?:[)\]]?\s{0,2}(?:[–—:|/]|--?\s)|[)\]][.,]?\s)")
"""A dash, typed as two by the wires, and the wire's own name before it: "March 4, 2026 (PRNewswire) --"."""
ITEMPROPS: Final[dict[str, Field]] = {
    "datePublished": "published",
    "dateCreated": "published",
    "dateModified": "modified",
}
INLINE: Final = frozenset(("a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sup", "time", "u"))

SHORT: Final = 160
"""Longest line of a stamp; of longer paragraphs only the first twice as many characters are looked at."""

LONGEST_PART: Final = 30
BOXES: Final = 4
LONGEST_LABEL: Final = 60
OPENING: Final = 60
MOST: Final = 150
FAR: Final = 10**9
Stamps = Sequence[re.Match[str]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A date in sight.

    `chatter` counts the other characters of its sentence or line, `named` says that a class calls it a publication,
    `dateline` is the place of a date that opens a paragraph, `coarse` a month without a day.
    """

    quote: str
    label: words.Label | None
    chatter: int
    at: int
    element: Element
    source: str
    machine: bool = False
    named: bool = False
    dateline: str | None = None
    coarse: bool = False


def marked(stream: Stream) -> Iterator[Spot]:
    """Yield what `<time>`, `<abbr>` and itemprops say on the post's ground."""
    for element in stream.page.kinds["timed"][:MOST]:
        quote = element.get("title" if element.tag == "abbr" else "datetime")
        if quote and any(letter.isdigit() for letter in quote) and not is_away(stream, element):
            yield mark(stream, element, quote, element.tag)
    dated = (element for element in stream.page.properties if element.get("itemprop") in ITEMPROPS)
    for element in islice(dated, MOST):
        quote = element.get("content") or element.get("datetime") or element.get("title") or opening(element, SHORT)
        if quote and not is_away(stream, element) and not of_a_review(element):
            yield mark(stream, element, quote, f"microdata:{element.get('itemprop')}")


def is_away(stream: Stream, element: Element) -> bool:
    """Tell an element on another's ground, asked before the words are looked at: half of a page's dates stand there."""
    return ground_of(element, stream) is Ground.AWAY


def of_a_review(element: Element) -> bool:
    """Tell the date of a review or comment by the item that it describes."""
    scope = next((step for step in chain(element) if step.get("itemscope") is not None), None)
    return scope is not None and (scope.get("itemtype") or "").endswith(
        ("Review", "Comment", "Answer", "UserComments", "Rating")
    )


def mark(stream: Stream, element: Element, quote: str, source: str) -> Spot:
    """Return the spot of an element that marks a date up."""
    prop = element.get("itemprop") or ""
    label: words.Label | None = ITEMPROPS.get(prop) or ("published" if element.get("pubdate") is not None else None)
    index = stream.first.get(element)
    if label is None and index is not None:
        own = opening(element, SHORT)
        stamp = SHAPE.search(own)
        label = words.label_before(before(stream, index) + " " + (own[: stamp.start()] if stamp else ""))
    named = name_label(element)
    at = stream.at(element)
    return Spot(
        quote=quote.strip(),
        label=label or ("modified" if named == "modified" else None),
        chatter=0,
        named=named == "published",
        at=FAR if at is None else at,
        element=element,
        source=source,
        machine=True,
    )


def name_label(element: Element) -> words.Label | None:
    """Return what the class names of an element and the two around it say."""
    for depth, step in enumerate(chain(element)):
        if depth > 2:
            break
        name = class_of(step)
        if not name:
            continue
        if label := words.label_of_name(name):
            return label
        if words.says_updated(name) and beside_published(step):
            return "modified"
    return None


def beside_published(element: Element) -> bool:
    """Tell whether a sibling of an element is classed as the publication."""
    beside = [*islice(element.itersiblings(preceding=True), 3), *islice(element.itersiblings(), 3)]
    return any("published" in class_of(other) for other in beside)


def printed(stream: Stream) -> Iterator[Spot]:
    """Yield the dates in the text on the post's ground."""
    figured = FIGURES.search
    for index in [index for index, text in enumerate(stream.texts) if figured(text, 0, SHORT * 2)]:
        line, stamps = line_of(stream, index)
        if stamps:
            if not is_away(stream, stream.owners[index]):
                yield from spots(stream, line, stamps, index)
        elif match := MONTH.fullmatch(stream.texts[index].strip(), 0, LONGEST_LABEL):
            yield month(stream, match.group(1), match.group(), index)


def line_of(stream: Stream, index: int) -> tuple[str, Stamps]:
    """Return the words that hold dates, and those: a text node's own, or those of a small box around its parts."""
    text = fold(" ".join(stream.texts[index][: SHORT * 2].split()))
    stamps = shapes(text)
    if stamps or len(text) > LONGEST_PART or not YEARLY.search(text):
        return text, stamps
    for step in islice(chain(stream.owners[index]), BOXES):
        line = opening(step, LONGEST_LABEL + 1)
        if len(line) > LONGEST_LABEL:
            break
        if stamps := shapes(line):
            return line, stamps
    return text, []


def shapes(line: str) -> Stamps:
    """Return where dates may stand in a line."""
    return list(SHAPE.finditer(line)) if FIGURED.search(line) else []


def fold(text: str) -> str:
    """Return a text with the figures of Arabic, Persian and Urdu as Latin ones."""
    return text.translate(ARABIC) if not text.isascii() and HAS_ARABIC.search(text) else text


def month(stream: Stream, quote: str, line: str, index: int) -> Spot:
    """Return the spot of a line that holds a month and a year, if a month it is."""
    owner = stream.owners[index]
    return Spot(
        quote=quote,
        label=words.label_before(before(stream, index) + " " + line[: -len(quote)]),
        chatter=len(line) - len(quote) + words_around(stream, index),
        at=stream.starts[index],
        element=owner,
        source=f"visible:{describe(owner)}",
        coarse=True,
    )


def spots(stream: Stream, line: str, stamps: Stamps, index: int) -> Iterator[Spot]:
    """Yield the dates of one line, each with the label before it."""
    owner = stream.owners[index]
    previous = 0
    around = words_around(stream, index)
    for match in stamps:
        clock = CLOCK.match(line, match.end())
        end = clock.end() if clock else match.end()
        context = line[previous : match.start()]
        first = previous == 0
        if first:
            context = before(stream, index) + " " + context
        label = words.label_before(context) or words.label_after(line[end : end + words.FARTHEST])
        named = None if label else name_label(owner)
        yield Spot(
            quote=line[match.start() : end],
            label=label or ("modified" if named == "modified" else None),
            chatter=len(line) - (end - match.start()) + around,
            named=named == "published",
            dateline=dateline(line, match.start(), end) if first else None,
            at=stream.starts[index],
            element=owner,
            source=f"visible:{describe(owner)}",
        )
        previous = end


def words_around(stream: Stream, index: int) -> int:
    """Return how many characters of the same sentence stand around an inline element, as around a link in prose."""
    owner = stream.owners[index]
    if owner.tag not in INLINE:
        return 0
    parent = owner.getparent()
    beside = [
        near for near in (index - 1, index + 1) if 0 <= near < len(stream.texts) and stream.owners[near] is parent
    ]
    return sum(len(stream.texts[near].strip()) for near in beside)


def dateline(line: str, start: int, end: int) -> str | None:
    """Return the place of a date that opens a paragraph: '27.1.2022 - In ...', 'BERLIN, 3 March 2020 – ...'."""
    if start > OPENING:
        return None
    place = line[:start].strip()
    set_off = SET_OFF.match(line, end) and (not place or place.rstrip(" ,(").isupper() or place.endswith(("(", ",")))
    return "dateline_first" if set_off else "dateline"


def before(stream: Stream, index: int) -> str:
    """Return the short words that stand before a text node, up to the date before it."""
    gathered = ""
    for text in reversed(stream.texts[max(0, index - 2) : index]):
        if len(text) > LONGEST_LABEL or FIGURES.search(text):
            break
        gathered = text.strip() + "\n" + gathered
    return gathered


def describe(element: Element) -> str:
    """Return tag and first class of an element, as in 'p.byline'."""
    names = class_of(element).split()
    return f"{element.tag}.{names[0][:40]}" if names else str(element.tag)
