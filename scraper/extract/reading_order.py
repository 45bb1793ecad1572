"""The words of a page that a reader sees, in reading order, each text node with the element in which it stands."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml.etree import _Element as Element

from .document import Document, once, scripts

SILENT: Final = frozenset(("script", "style", "template", "textarea", "select", "head", "nav"))
MOST_TEXTS: Final = 20_000
LONGEST_CALL: Final = 120
CALL: Final = re.compile(r"\s*(?:document\.write(?:ln)?\()?[\w.]{1,40}\([\"']([^\"'<>]{8,40})[\"']\){1,2};?\s*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Worded:
    """The visible text nodes: `texts[i]` stands in `owners[i]`."""

    texts: list[str] = field(default_factory=list)
    owners: list[Element] = field(default_factory=list)


@once
def read(document: Document) -> Worded:
    """Return the visible text nodes of a page or its part."""
    tree, found = document.tree, Worded()
    written = {script: words for script, text in scripts(document).items() if (words := written_by(text))}
    if tree.tag not in SILENT or holds_post(tree):
        add_words(tree, written, found.texts, found.owners)
    return Worded(texts=found.texts[:MOST_TEXTS], owners=found.owners[:MOST_TEXTS])


def add_words(element: Element, written: Mapping[Element, str], texts: list[str], owners: list[Element]) -> None:
    """Add the visible text nodes of an element and what its scripts write; the parser nests nothing deeper than 256.

    The dearest step of dating a page: hence it descends into what has children only, half of all elements have none.
    """
    text = element.text
    if text and not text.isspace():
        texts.append(text)
        owners.append(element)
    for child in element:
        if child.tag in SILENT and not holds_post(child):
            if text := written.get(child):
                texts.append(text)
                owners.append(element)
        elif len(child):
            add_words(child, written, texts, owners)
        elif (text := child.text) and not text.isspace():
            texts.append(text)
            owners.append(child)
        if (text := child.tail) and not text.isspace():
            texts.append(text)
            owners.append(element)


def written_by(script: str) -> str | None:
    """Return the words that a script in the text does nothing but print: `<script>showDate("2026-03-05")</script>`."""
    call = CALL.fullmatch(script) if len(script) <= LONGEST_CALL else None
    return call.group(1) if call else None


def holds_post(element: Element) -> bool:
    """Tell a navigation that was never closed, and so holds the post."""
    return element.tag == "nav" and next(element.iter("h1", "article"), None) is not None
