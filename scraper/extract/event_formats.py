"""Events in class names, h-event and hCalendar, in the shape of JSON-LD nodes (microformats.org/wiki/h-event)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree
from lxml.etree import _Element as Element

from .document import Document, line

ROOTS = frozenset(("h-event", "vevent"))
MAX_ROOTS = 50
MAX_ELEMENTS = 2_000
MAX_VALUE = 2_000  # characters
NAMES = {  # class → property of schema.org, the present names and those of hCalendar
    "p-name": "name",
    "summary": "name",
    "dt-start": "startDate",
    "dtstart": "startDate",
    "dt-end": "endDate",
    "dtend": "endDate",
    "p-location": "location",
    "location": "location",
    "u-url": "url",
}
ATTRIBUTES = {"time": "datetime", "abbr": "title", "data": "value", "a": "href"}

Node = dict[str, Any]


def nodes(page: Document) -> Iterator[Node]:
    """Yield the event that the page is about: the one that holds its heading, else the only one outside its rails."""
    named = (one for one in page.tree.iter(etree.Element) if "event" in (one.get("class") or ""))  # XPath: four times
    roots = list(islice(filter(is_root, named), MAX_ROOTS))
    about = [root for root in roots if next(root.iter("h1"), None) is not None]
    if not about and len(roots) == 1 and next(roots[0].iterancestors("aside", "nav", "footer"), None) is None:
        about = roots
    if len(about) == 1:
        yield node_of(about[0])


def is_root(element: Element) -> bool:
    """Say whether an element is an event by its class."""
    return not ROOTS.isdisjoint((element.get("class") or "").split())


def node_of(root: Element) -> Node:
    """Return an event's properties; the first of a name wins, and its heading names it where no class does."""
    node: Node = {"@type": ["Event"]}
    for element in islice(root.iter(etree.Element), MAX_ELEMENTS):
        for name in (element.get("class") or "").split():
            if name in NAMES and element is not root:
                node.setdefault(NAMES[name], value_of(element, NAMES[name]))
    heading = next(root.iter("h1"), None)
    if "name" not in node and heading is not None:
        node["name"] = line(heading)[:MAX_VALUE]
    return node


def value_of(element: Element, name: str) -> str:
    """Return a property's value: of its attribute, of its parts of class `value`, or its words."""
    attribute = ATTRIBUTES.get(element.tag) if name in ("startDate", "endDate") or element.tag == "a" else None
    said: str | None = element.get(attribute) if attribute and (attribute != "href" or name == "url") else None
    if said:
        return said
    parts = [part for part in element if {"value", "value-title"} & set((part.get("class") or "").split())]
    if parts and name in ("startDate", "endDate"):
        return "T".join(
            (part.get("title") or part.get("datetime") or line(part)[:MAX_VALUE]).strip() for part in parts[:2]
        )
    return line(element)[:MAX_VALUE]
