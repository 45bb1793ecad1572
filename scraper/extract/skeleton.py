"""What a page is built of, so that a site that was set anew is told from one whose words have changed."""

from __future__ import annotations

from itertools import islice

from lxml import etree

from scraper.errors import PageError
from scraper.models import Capture

from . import document

MOST = 5_000  # elements looked at
LEAST = 4  # kinds of elements; a page of fewer says nothing about its template
ALIKE = 0.5  # of the kinds in common (Jaccard)
ELEMENTS = etree.XPath("/html/body//*")


def is_same_template(one: Capture, other: Capture) -> bool:
    """Say whether two pages are built of much the same elements; a page that cannot be parsed is like any other."""
    first, second = skeleton(one), skeleton(other)
    if min(len(first), len(second)) < LEAST:
        return True
    return len(first & second) >= ALIKE * len(first | second)


def skeleton(capture: Capture) -> frozenset[str]:
    """Return the kinds of elements of a page: their names and classes."""
    try:
        page = document.parse(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))
    except PageError:
        return frozenset()
    return frozenset(
        f"{element.tag} {' '.join(sorted(element.get('class', '').split())[:8])}"
        for element in islice(ELEMENTS(page.tree), MOST)
        if isinstance(element.tag, str)
    )
