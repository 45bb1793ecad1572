"""Dates that readers see or that markup gives for what they see: text, `<time>`, `<abbr title>` and microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from . import words
from .offers import Offer
from .container import Ground, chain, ground_of, leads_elsewhere
from .stream import Stream
from .weights import Field

YEAR: Final = r"(?:19|20)\d\d"
MAYBE: Final = re.compile(r"\d\d")
YEARLY: Final = re.compile(rf"(?<!\d){YEAR}(?!\d)")
LONGEST_PART: Final = 30
NTH: Final = r"(?:\s?(?:st|nd|rd|th|er|º|ª|°|ste|e|de|\.)(?!\w))?"
WORDY: Final = r"[^\W\d_]{3,14}"
JOIN: Final = r"[\s,./|-]{0,4}"
OF: Final = r"(?:(?:de|del|of|d['’])\s{0,2})?"
SPOT: Final = re.compile(
    rf"(?<![\d.,/-])(?:"
    rf"{YEAR}\s?[-/.年]\s?\d\d?\s?[-/.月]\s?\d\d?日?(?!\d)"
    rf"|\d\d?{NTH}{JOIN}{OF}{WORDY}{JOIN}{OF}(?:{YEAR}|['’]?\d\d)(?![\d:.%])"
    rf"|(?<![^\W\d_]){WORDY}\.?\s{{0,2}}\d\d?{NTH}\s?[,.]?\s{{0,2}}(?:\d\d?:\d\d(?::\d\d)?\s)?{YEAR}(?!\d)"
    rf"|\d\d?\s?([-/.|])\s?\d\d?\s?\1\s?(?:{YEAR}|\d\d)(?![\d.:/])"
    rf")"
)
CLOCK: Final = re.compile(
    r"[\s,|@•·–—-]{0,4}(?:(?:at|um|à|às|a las|alle|ore|ora|kl|klo|o|godz|om)\.?\s{0,2})?\d\d?[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\b\.?)?"
    r"(?:\s?(?:Uhr|GMT|BST|UTC|CET|CEST|EST|EDT|PST|PDT)\b)?",
    re.IGNORECASE,
)
SHORT_YEAR: Final = re.compile(r"\d\d?\D{1,3}\d\d?\D{1,3}\d\d")
"""Figures with a year of two: far from the title as likely a version or a score."""

SHORT: Final = 160
CHATTER: Final = 70
"""Most other characters that a stamp's line may hold: a byline, a count of comments."""

OPENING: Final = 60
AFTER_TITLE: Final = 500
BEFORE_TITLE: Final = 150
CARD_WORDS: Final = 50
AUTHOR_WORDS: Final = 120
"""Characters of a link that make it a card; beside the title it may be the author's box."""

WIDE_TABLE: Final = 3
FAR: Final = 10**9
MOST: Final = 150
INLINE: Final = frozenset(("a", "abbr", "b", "em", "i", "mark", "small", "span", "strong", "sup", "time", "u"))
SET_OFF: Final = re.compile(r"\s{0,2}(?:[)\]]?\s{0,2}(?:[–—:|/]|-\s)|[)\]][.,]?\s)")
MICRODATA: Final = etree.XPath("//@itemprop[.='datePublished' or .='dateModified' or .='dateCreated']/..")
ITEMPROPS: Final[dict[str, Field]] = {"datePublished": "published", "dateCreated": "published", "dateModified": "modified"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A date in sight.

    `bare` says that hardly anything else stands on its line, `named` that a class calls it a publication, `dateline` is the place
    of a date that opens a paragraph.
    """

    quote: str
    label: words.Label | None
    bare: bool
    at: int
    element: HtmlElement
    source: str
    machine: bool = False
    named: bool = False
    dateline: str | None = None


def find(stream: Stream, url: str) -> Iterator[Offer]:
    """Yield the stamps of the page with their places, bounded."""
    known: dict[HtmlElement, Ground] = {}
    for spot in [*marked(stream), *printed(stream)][:MOST]:
        place = standing(stream, spot, url, known)
        if place is not None:
            field: Field = "modified" if spot.label == "modified" else "published"
            yield Offer(field=field, place=place, quote=spot.quote, found_in=spot.source, machine=spot.machine, distance=distance(stream, spot.at))


def standing(stream: Stream, spot: Spot, url: str, known: dict[HtmlElement, Ground]) -> str | None:
    """Return the place of a spot; None when it is prose or the date of something else."""
    if spot.label == "other":
        return None
    ground = ground_of(spot.element, stream, known)
    near = is_near(stream, spot.at)
    if ground is Ground.AWAY or leads_elsewhere(spot.element, url, words=AUTHOR_WORDS if near else CARD_WORDS):
        return None
    if spot.source.startswith("microdata") and ground is Ground.OWN:
        return "microdata"
    if spot.label == "issue":
        return "stamp_issue"
    if spot.label == "dated":
        return "stamp" if near and ground is Ground.OWN else "stamp_dated"
    if spot.label:
        return "stamp_labelled" if near and ground is Ground.OWN else "stamp_body"
    if not near and in_table(spot.element):
        return None
    return unlabelled(spot, ground, near=near)


def unlabelled(spot: Spot, ground: Ground, *, near: bool) -> str | None:
    """Return the place of a date that no word explains."""
    if not spot.bare:
        return spot.dateline if near else "stamp_far" if spot.dateline == "dateline_first" else None
    if near:
        return "stamp" if ground is Ground.OWN else "stamp_beside"
    if SHORT_YEAR.fullmatch(spot.quote):
        return None
    if ground is Ground.DOUBTFUL:
        return "stamp_aside"
    return "stamp_named" if spot.named else "stamp_far"


def distance(stream: Stream, at: int) -> int:
    """Return how many characters stand between the title and an offset; a date before the title counts double."""
    if stream.title_start is None or stream.title_end is None:
        return at
    return at - stream.title_end if at >= stream.title_end else 2 * max(0, stream.title_start - at)


def in_table(element: HtmlElement) -> bool:
    """Tell a cell of a table of data, three or more columns wide, from the layout tables of old pages."""
    for depth, step in enumerate(chain(element)):
        if step.tag == "tr":
            return sum(cell.tag in ("td", "th") for cell in step) >= WIDE_TABLE
        if depth > 3:
            break
    return False


def is_near(stream: Stream, at: int) -> bool:
    """Tell whether an offset lies beside the title."""
    if stream.title_start is None or stream.title_end is None:
        return False
    return stream.title_start - BEFORE_TITLE <= at <= stream.title_end + AFTER_TITLE


def marked(stream: Stream) -> Iterator[Spot]:
    """Yield what `<time>`, `<abbr>` and itemprops say."""
    if not stream.first:
        return
    root = next(iter(stream.first)).getroottree().getroot()
    for element in [*root.iter("time", "abbr")][:MOST]:
        quote = element.get("datetime") if element.tag == "time" else element.get("title")
        if quote and any(letter.isdigit() for letter in quote):
            yield mark(stream, element, quote, element.tag)
    for element in MICRODATA(root)[:MOST]:
        quote = element.get("content") or element.get("datetime") or element.get("title") or element.text_content()
        if quote and not of_a_review(element):
            yield mark(stream, element, quote, f"microdata:{element.get('itemprop')}")


def of_a_review(element: HtmlElement) -> bool:
    """Tell the date of a review or comment by the item that it describes."""
    scope = next((step for step in chain(element) if step.get("itemscope") is not None), None)
    return scope is not None and (scope.get("itemtype") or "").endswith(("Review", "Comment", "Answer", "UserComments", "Rating"))


def mark(stream: Stream, element: HtmlElement, quote: str, source: str) -> Spot:
    """Return the spot of an element that marks a date up."""
    prop = element.get("itemprop") or ""
    label: words.Label | None = ITEMPROPS.get(prop) or ("published" if element.get("pubdate") is not None else None)
    index = stream.first.get(element)
    if label is None and index is not None:
        own = " ".join(element.text_content()[:SHORT].split())
        stamp = SPOT.search(own)
        label = words.label_before(before(stream, index) + " " + (own[: stamp.start()] if stamp else ""))
    named = name_label(element)
    at = stream.at(element)
    return Spot(
        quote=quote.strip(),
        label=label or ("modified" if named == "modified" else None),
        bare=True,
        named=named == "published",
        at=FAR if at is None else at,
        element=element,
        source=source,
        machine=True,
    )


def printed(stream: Stream) -> Iterator[Spot]:
    """Yield the dates in the page's text."""
    taken = -1
    for index, text in enumerate(stream.texts):
        if index <= taken or not MAYBE.search(text, 0, SHORT * 2):
            continue
        line, last = line_of(stream, index)
        if line is None:
            continue
        taken = last
        yield from spots(stream, line, index, stream.owners[index])


def name_label(element: HtmlElement) -> words.Label | None:
    """Return what the class names of an element and the two around it say."""
    for depth, step in enumerate(chain(element)):
        if depth > 2:
            break
        name = step.get("class") or ""
        if label := words.label_of_name(name):
            return label
        if words.says_updated(name) and beside_published(step):
            return "modified"
    return None


def beside_published(element: HtmlElement) -> bool:
    """Tell whether a sibling of an element is classed as the publication."""
    parent = element.getparent()
    return parent is not None and any("published" in (other.get("class") or "") for other in parent if other is not element)


def line_of(stream: Stream, index: int) -> tuple[str | None, int]:
    """Return the words to look at for a date in a text node: its own, or joined with short neighbours that hold its parts."""
    text = " ".join(stream.texts[index][: SHORT * 2].split())
    if SPOT.search(text):
        return text, index
    if len(text) > LONGEST_PART or not YEARLY.search(text):
        return None, index
    first, last = max(0, index - 3), min(len(stream.texts), index + 3)
    pieces = [" ".join(piece.split()) if len(piece) < 60 else "~" for piece in stream.texts[first:last]]
    joined = " ".join(pieces)
    match = SPOT.search(joined)
    start = len(" ".join(pieces[: index - first]))
    if match and match.start() <= start + len(text) and match.end() >= start:
        return joined[max(0, match.start() - 30) : match.end() + 20], index
    return None, index


def spots(stream: Stream, line: str, index: int, owner: HtmlElement) -> Iterator[Spot]:
    """Yield the dates of one line, each with the label before it."""
    previous = 0
    named = name_label(owner)
    around = words_around(stream, index)
    for match in SPOT.finditer(line):
        clock = CLOCK.match(line, match.end())
        end = clock.end() if clock else match.end()
        context = line[previous : match.start()]
        first = previous == 0
        if first:
            context = before(stream, index) + " " + context
        label = words.label_before(context) or words.label_after(line[end : end + words.FARTHEST])
        if label is None and named == "modified":
            label = "modified"
        yield Spot(
            quote=line[match.start() : end],
            label=label,
            bare=len(line) - (end - match.start()) + around <= CHATTER,
            named=named == "published",
            dateline=dateline(line, match.start(), end) if first and len(line) > SHORT else None,
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
    beside = [near for near in (index - 1, index + 1) if 0 <= near < len(stream.texts) and stream.owners[near] is parent]
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
        if len(text) > 60 or MAYBE.search(text):
            break
        gathered = text.strip() + " " + gathered
    return gathered


def describe(element: HtmlElement) -> str:
    """Return tag and first class of an element, as in 'p.byline'."""
    names = (element.get("class") or "").split()
    return f"{element.tag}.{names[0][:40]}" if names else str(element.tag)
