"""Labels that say what they are: 'Topic: Libraries', a term and its value, the words of a box without links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Document, words
from ..evidence import Offer, offer
from ..regions import Regions

MAX_LINKS = 3_000
MAX_LABEL = 60
MAX_WORDS = 4  # of a label that is no link
NAMED = (
    r"(?:(?:main|news|post|article|event) )?(?:topics?|categor(?:y|ies))|(?:event|news) types?|types? of event|section|"
    r"filed under|posted in|categorías?|categori(?:e|a|as|au)?|kategori(?:en?|a)|rubrik|rubrique|catégories?|pwnc"
)
ALONE = re.compile(rf"\s{{0,40}}(?:{NAMED})\s{{0,2}}:?\s{{0,40}}\Z", re.IGNORECASE)
BEFORE_LINK = re.compile(rf"(?:\A|[|•·,;.)–-])\s{{0,40}}(?:{NAMED})\s{{0,2}}:\s{{0,40}}\Z", re.IGNORECASE)
NAMES_OF_VALUES = etree.XPath("//dt | //th | //td | //*[contains(@class, 'label')]")
VALUES = frozenset(("dd", "td", "div", "span", "p", "ul"))
LABELLED = ("p", "div", "span", "li", "dt", "strong", "b", "h3", "h4", "h5", "h6", "small", "em")
LABEL = re.compile(
    r"\s{0,40}(?:(?:(?:main )?topic|event type|type of event|categor(?:y|ies|ías?|i(?:e|a|as|au)?)|section"
    r"|kategori(?:en?|a)|rubrik|thema|rubrique|catégories?|pwnc)\s{0,2}:|(?:filed under|posted in)\b\s{0,2}:?)"
    r"\s{0,40}(.{0,150})$",
    re.IGNORECASE,
)
LABEL_START = re.compile(LABEL.pattern.removesuffix("(.{0,150})$"), re.IGNORECASE)
TAGGED = re.compile(
    r"^(?:tags?|tagged(?: with| as)?|keywords?|schlagw[oö]rte(?:r)?|mots[- ]clés|étiquettes?|etiquetas?|tagiau|tagi)"
    r"\s{0,2}:\s{0,9}",
    re.IGNORECASE,
)
HINTS = (
    *(f"{name}{colon}" for colon in (":", " :") for name in ("topic", "category", "categories", "section", "rubrik")),
    *("filed under", "posted in", "event type", "type of event", "kategorie", "kategoria", "rubrique", "thema:"),
    *("catégor", "categorí", "categori:", "categorïau", "categoriau", "pwnc"),
)
WHOLE = etree.XPath("string(//body)")
MAX_LINES = 6_000
JOINTS = re.compile(r"\s+[·•|/]\s+|\s*[|•]\s*")
MAX_LABELLED = 20


def read_labelled(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the values of lines that say what they are: 'Topic: Libraries', 'Filed under Transport'."""
    for label in [*named_beside(document, regions), *named_before(document, regions)]:
        yield from offer("categories", label, "visible:labelled")
    for element in islice(starting_with_a_label(document), MAX_LABELLED):
        line = words(element)
        alone = len(line) < 16 and line.endswith(":") and element.getparent() is not None
        holder = element.getparent() if alone else element
        line = words(holder)
        said = LABEL.match(line) if len(line) <= 200 else None
        if said and said.group(1) and not regions.in_rail(holder) and not regions.is_rail(holder):
            for label in [words(link) for link in holder.iter("a")] or [said.group(1)]:
                yield from offer("categories", label, "visible:labelled")


def named_beside(document: Document, regions: Regions) -> Iterator[str]:
    """Yield the links, or the few words, of the cell or term after one that is nothing but a label."""
    for element in islice(NAMES_OF_VALUES(document.tree), MAX_LINES):
        value = element.getnext()
        if value is None and element.tail and ALONE.match(line_of(element)) and not regions.in_rail(element):
            yield from unlinked(" ".join(element.tail.split()))
        if value is None or value.tag not in VALUES or len(element) > 1 or not ALONE.match(line_of(element)):
            continue
        row = element.getparent()
        in_head = row is not None and row.tag == "tr" and len(row) > 2  # "Category | Price | Places" names columns
        if not in_head and not regions.in_rail(value) and not regions.is_rail(value):
            yield from [words(link) for link in value.iter("a")] or unlinked(words(value))


def named_before(document: Document, regions: Regions) -> Iterator[str]:
    """Yield the links that follow a label within a line: '4 March | Category: <a>Grants</a>, <a>Policy</a>'."""
    said = False
    for link in islice(document.tree.iter("a"), MAX_LINKS):
        before = text_before(link)
        said = (":" in before and bool(BEFORE_LINK.search(before))) or (
            said and before.strip() in (",", "/", "and", "&")
        )
        if said and not regions.in_rail(link):
            yield words(link)


def text_before(link: Element) -> str:
    """Return the words that stand right before a link, up to the element before it."""
    previous = link.getprevious()
    parent = link.getparent()
    return ((previous.tail if previous is not None else parent.text if parent is not None else "") or "")[-100:]


def line_of(element: Element) -> str:
    """Return the words of a short element; '' for one too long to be a label."""
    found = words(element)
    return found if len(found) <= MAX_LABEL else ""


def starting_with_a_label(document: Document) -> Iterator[Element]:
    """Yield the elements whose own words begin with a label; the page's words as one string say first if any can."""
    whole = str(WHOLE(document.tree)).lower()
    if not any(hint in whole for hint in HINTS):
        return
    for element in islice(document.tree.iter(*LABELLED), MAX_LINES):
        text = element.text
        if text and LABEL_START.match(text[:200]):
            yield element


def in_parts(box: Element) -> list[str]:
    """Return the words of each part of a box that is nothing but two or more parts; [] for another one."""
    between = [box.text, *(part.tail for part in box)]
    if len(box) < 2 or any(re.search(r"\w", words_between or "") for words_between in between):
        return []
    found = [words(part) for part in box]
    return found if all(0 < len(label) <= MAX_LABEL and label[-1] != ":" for label in found) else []


def unlinked(line: str) -> list[str]:
    """Return the labels of a box that has no links; `read_labelled` has one that says to be a category."""
    return [] if LABEL_START.match(line) else parts(TAGGED.sub("", line))


def parts(line: str) -> list[str]:
    """Return the labels of a line without links ("Health & care · Transport"); none when it is longer than labels."""
    found = JOINTS.split(line[:400])
    short = all(len(re.findall(r"\w+", part)) <= MAX_WORDS for part in found)
    return found if short else []
