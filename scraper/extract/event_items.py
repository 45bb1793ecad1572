"""Microdata events in the shape of JSON-LD nodes, so that one reader serves both (WHATWG HTML, microdata)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml.etree import _Element as Element

from scraper.normalise import dates

from . import microdata
from .document import Document, line

EVENT_NAMES = ("Event", "Festival", "Hackathon")
VOCABULARIES = ("schema.org/", "data-vocabulary.org/")  # the latter is schema.org's forerunner; Plone prints it
MAX_SCOPES = 200
MAX_VALUE = 2_000  # characters
MAX_DEPTH = 4
MAX_SHOWN = 200  # characters of a property's own words
FORMER_NAME = "summary"  # of an event, in data-vocabulary.org
TIMES = frozenset(("startDate", "endDate"))
BARE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?\Z")
BY_ATTRIBUTE = {"meta": "content", "link": "href", "a": "href", "img": "src", "time": "datetime", "data": "value"}

Node = dict[str, Any]


def nodes(page: Document) -> Iterator[Node]:
    """Yield each top-level microdata item of the page that may be an event as a node with '@type'."""
    for scope in islice(filter(may_be_event, microdata.scopes_of(page)), MAX_SCOPES):
        yield node_of(scope, 0)


def may_be_event(scope: Element) -> bool:
    """Say whether an item stands for itself and has a type that is named like an event."""
    declared = scope.get("itemtype") or ""
    known = any(vocabulary in declared for vocabulary in VOCABULARIES)
    return known and any(name in declared for name in EVENT_NAMES) and scope.get("itemprop") is None


def node_of(scope: Element, depth: int) -> Node:
    """Return an item and the items inside it; the first value of a property wins."""
    node: Node = {"@type": (scope.get("itemtype") or "").split()}
    for element in own_properties(scope):
        nested = "itemscope" in element.attrib and depth < MAX_DEPTH
        value = node_of(element, depth + 1) if nested else value_of(element)
        for name in (element.get("itemprop") or "").split():
            if name in TIMES and isinstance(value, str) and BARE.match(value):
                value, end = shown(value, element)
                if end:
                    node.setdefault("endDate", end)
            node.setdefault("name" if name == FORMER_NAME else name, value)
    return node


def shown(value: str, element: Element) -> tuple[str, str | None]:
    """Return the start and end that a reader sees, where they are of the day that the attribute gives.

    An attribute without a zone beside words with another hour was written in UTC; the words are the local time.
    """
    said = dates.read(line(element)[:MAX_SHOWN])
    if said is None or not said.start or said.start[:16] == value[:16] or said.start[:11] != value[:11]:
        return value, None
    return said.start, said.end if said.end and "T" in said.end else None


def own_properties(scope: Element) -> Iterator[Element]:
    """Yield the properties of an item that are not inside another item of it."""
    stack = list(reversed(scope))
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop"):
            yield element
        if "itemscope" not in element.attrib:
            stack.extend(reversed(element))


def value_of(element: Element) -> str:
    """Return a property's value by the kind of its element."""
    attribute = BY_ATTRIBUTE.get(element.tag)
    found = element.get("content") or (element.get(attribute) if attribute else None)
    return found or line(element)[:MAX_VALUE]
