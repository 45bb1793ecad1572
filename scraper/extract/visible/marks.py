"""Elements by what their classes call them, found in one pass over a page."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from lxml import etree
from lxml.etree import _Element as Element

CLASSED = etree.XPath("//body//*[@class]")
MAX_CLASS = 500  # characters; longer values are left out

BLOCK = r"(?:post|entry|article|content|single|blog|page|td-post|meta)?[-_]{0,2}"
NAMED = r"(?:[a-z0-9_-]{0,60}[_-])?(?:article|news|post|blog|entry|story|item|list)[_-]{1,2}"  # "news-list-category"
ANY = re.compile(  # most classes bear no mark: one pattern says so before the five are tried
    r"auth|autor|auteur|awdur|byl|posted|writer|fn|title|headline|breadc|tag|topic|keyw|schlag|cat|rubri|eyeb|kick|genre"
)
MARKS: Mapping[str, re.Pattern[str]] = {
    "byline": re.compile(r"author|byline|autor|auteur|awdur|posted-by|writer|(?:^|\s)fn(?:$|\s)"),
    "title": re.compile(r"(?:entry|post|article)-title|posttitle|headline"),
    "breadcrumbs": re.compile(r"breadcrumb"),
    "tags": re.compile(
        rf"(?:^|\s)(?:(?:field-{{1,2}}name-field[_-])?{BLOCK}(?:tags?|tags?[-_]{{1,2}}(?:links?|list|items?|container|wrapper|box)"
        r"|tagged|tagged-in|topics?|keywords?|schlagworte?))(?:$|\s)"
    ),
    "categories": re.compile(
        rf"(?:^|\s)(?:{BLOCK}(?:(?:{NAMED})?categor(?:y|ies)|cat-links|cats?|genres?|rubrik|rubrique|eyebrow|kicker)"
        r"(?:[-_]{1,2}(?:links?|list|items?|label|name))?)(?:$|\s)"
    ),
}
Marked = Mapping[str, Sequence[Element]]


def find(tree: Element) -> Marked:
    """Return the elements of each mark in page order; an element can bear several.

    The distinct classes of a page are few, so the patterns are tried on those and not on every element.
    """
    found: dict[str, list[Element]] = {mark: [] for mark in MARKS}
    known: dict[str, list[str]] = {}
    for element in CLASSED(tree):
        name = element.get("class")
        if name not in known:
            known[name] = marks_of(name)
        for mark in known[name]:
            found[mark].append(element)
    return found


def marks_of(name: str) -> list[str]:
    """Return the marks that a value of `class` bears."""
    folded = name.lower()
    if len(name) > MAX_CLASS or not ANY.search(folded):
        return []
    return [mark for mark, pattern in MARKS.items() if pattern.search(folded)]
