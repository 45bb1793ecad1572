"""Selectors that outlive one page: by id, class, itemprop and tag, without numbers and generated names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element as Element

NAME = re.compile(r"-?[A-Za-z_][A-Za-z_-]{1,39}\Z")  # no figures: they count posts, columns and builds
SIMPLE = re.compile(r"([a-z][a-z0-9]*)(?:\.(-?[A-Za-z_][A-Za-z_-]*))?")  # a tag, or a tag and a class
GENERATED = re.compile(r"(?:^|[_-])(?=[A-Za-z]*[a-z][A-Z][a-z]*[A-Z])[A-Za-z]{5,12}\Z|^(?:css|sc|jsx|svelte)-")
STATES = frozenset(("active", "open", "closed", "first", "last", "odd", "even", "current", "loaded", "lazy"))
MOST_CLASSES = 8
ALONE = frozenset(("h1", "article", "main", "time"))  # tags that name themselves
NEAR = 4  # ancestors that may lend their name


@lru_cache(maxsize=2_048)
def compiled(css: str) -> etree.XPath | None:
    """Return a selector ready to run; None for one that cannot be read."""
    try:
        return CSSSelector(css, translator="html")
    except (etree.XPathError, SyntaxError, ValueError):
        return None


def select(element: Element, css: str, most: int | None = None) -> list[Element]:
    """Return the elements inside `element` that a selector finds, in page order; none for a broken selector.

    Simple selectors are followed by hand: that ends with the `most`-th element, and is quicker even where none is.
    """
    simple = SIMPLE.fullmatch(css)
    if simple:
        return list(islice(named(element, *simple.groups()), most))
    run = compiled(css)
    found = run(element) if run is not None else []
    return found[:most] if isinstance(found, list) else []


def named(element: Element, tag: str, name: str | None) -> Iterator[Element]:
    """Yield the elements of that tag, and of that class if one is named."""
    for one in element.iter(tag):
        if name is None or (name in (classes := one.get("class") or "") and name in classes.split()):
            yield one


def candidates(element: Element) -> Iterator[str]:
    """Yield selectors for an element, the one most likely to last first."""
    own = list(names(element))
    yield from own
    for up in islice(element.iterancestors(), NEAR):
        if up.tag == "body":
            break
        for name in islice(names(up), 4):
            yield f"{name} {element.tag}"
            for inner in islice(own, 3):
                yield f"{name} {inner}"
    if element.tag in ALONE:
        yield str(element.tag)


def names(element: Element) -> Iterator[str]:
    """Yield the simple selectors of an element itself: its id, its itemprop or rel, its classes."""
    tag = element.tag
    if not isinstance(tag, str) or not tag.isalnum():
        return
    identifier = element.get("id") or ""
    if is_stable(identifier):
        yield f"{tag}#{identifier}"
    for attribute in ("itemprop", "rel"):
        value = (element.get(attribute) or "").strip()
        if NAME.match(value):
            yield f'{tag}[{attribute}="{value}"]'
    for name in (element.get("class") or "")[:500].split()[:MOST_CLASSES]:
        if is_stable(name):
            yield f"{tag}.{name}"
    if tag in ("article", "main"):
        yield tag


def is_stable(name: str) -> bool:
    """Say whether an id or class names a part of the template and not one page, one build or one state."""
    return bool(NAME.match(name)) and not GENERATED.search(name) and name.lower() not in STATES
