"""JSON-LD blocks as flat nodes; a broken block costs itself and no other."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml.etree import _Element as Element

from scraper.normalise.text import unescape

MAX_BLOCK = 256 * 1024
MAX_NODES = 2_000
MAX_DEPTH = 12
LONGEST_END = 40  # characters of what closes a comment
OPENED = re.compile(r"<!--|/\*\s{0,9}<!\[CDATA\[\s{0,9}\*/|//\s{0,9}<!\[CDATA\[|<!\[CDATA\[")
CLOSED = re.compile(r"(?:-->|/\*\s{0,9}\]\]>\s{0,9}\*/|//\s{0,9}\]\]>|\]\]>)\s{0,9};?\Z")
REMARK = re.compile(r"^\s{0,50}/\*.{0,500}?\*/", re.DOTALL)
BETWEEN = re.compile(r"[\s;,]*")
TRAILING_COMMA = re.compile(r",\s{0,200}([}\]])")

Node = Mapping[str, Any]


def nodes(scripts: Iterable[Element]) -> Iterator[Node]:
    """Yield every JSON-LD object of a page's scripts in page order, `@graph`, lists and nested objects included."""
    count = 0
    for script in scripts:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        for node in walk(load(script.text or ""), 0):
            count += 1
            if count > MAX_NODES:
                return
            yield node


def load(block: str) -> Any:
    """Return the parsed block; None when it cannot be read even after mending comments and trailing commas."""
    if len(block) > MAX_BLOCK:
        return None
    text = REMARK.sub("", without_comment(block.strip())).strip()
    for attempt in (text, TRAILING_COMMA.sub(r"\1", text), entities.unescape(text)):
        found = list(read_values(attempt))
        if found:
            return found if len(found) > 1 else found[0]
    return None


def without_comment(block: str) -> str:
    """Return a block without the marks that hid it from the browsers of 1999."""
    opened = OPENED.match(block)
    rest = block[opened.end() :] if opened else block
    closed = CLOSED.search(rest, max(0, len(rest) - LONGEST_END))
    return rest[: closed.start()] if closed else rest


def read_values(text: str) -> Iterator[Any]:
    """Yield the values of a block, which should be one; what follows the last that can be read is left out."""
    decoder = json.JSONDecoder(strict=False, parse_int=bounded_int, parse_constant=lambda _: None)
    at = 0
    while at < len(text):
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        yield value
        between = BETWEEN.match(text, at)
        at = between.end() if between else at


def bounded_int(digits: str) -> int | str:
    """Keep numbers that SQLite can hold; longer ones stay text."""
    return int(digits) if len(digits) <= 18 else digits


def walk(value: Any, depth: int) -> Iterator[Node]:
    """Yield `value` and the objects inside it that have a type or a graph, outermost first."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from walk(item, depth + 1)
    elif isinstance(value, dict):
        if "@type" in value:
            yield value
        for item in value.values():
            if isinstance(item, dict | list):
                yield from walk(item, depth + 1)


def types(node: Node) -> tuple[str, ...]:
    """Return the node's types as bare names: 'https://schema.org/NewsArticle' is 'NewsArticle'."""
    named = node.get("@type")
    names = named if isinstance(named, list) else [named]
    return tuple(str(name).rstrip("/").rpartition("/")[2].rpartition(":")[2] for name in names if isinstance(name, str))


def text(value: Any) -> str | None:
    """Return the words of a property: a string, the first of a list, or an object's name; None otherwise."""
    for item in value if isinstance(value, list) else [value]:
        found = (
            item.get("name") or item.get("@value") or item.get("url") or item.get("@id")
            if isinstance(item, dict)
            else item
        )
        if isinstance(found, str) and found.strip():
            return unescape(found).strip()
    return None


def texts(value: Any) -> tuple[str, ...]:
    """Return the words of every item of a property, in order, duplicates left out."""
    items = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(found for item in items if (found := text(item))))
