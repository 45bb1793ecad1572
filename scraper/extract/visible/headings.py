"""A page's headings, and the site's name where it is set as one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from lxml.etree import _Element as Element

from ..document import Document, words
from ..evidence import Offer, offer
from ..links import absolute, path_of
from ..regions import Regions

TITLE_TAGS = frozenset(("h2", "h3", "div", "p"))
KICKERS = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|overline|topline|roofline|dachzeile|pretitle|pre-title|supertitle|subtitle|sub-title|subheading|subline"
    r"|label|badge|category|date|meta|sr-only|visually-?hidden|screen-reader-text|hidden|invisible|aural)(?:$|[\s_-])"
)
PART = re.compile(r"/(?:page/|slide/|part/)?\d{1,4}|/amp|/print")  # of the post itself


def read(document: Document, regions: Regions, marked: Sequence[Element]) -> Iterator[Offer]:
    """Yield the page's headings; one that leads to the home page is the site's name, not a title."""
    for heading in regions.headings[:10]:
        home = any(leads_home(link, document) for link in heading.iter("a")) or any(
            leads_home(link, document) for link in islice(heading.iterancestors("a"), 1)
        )
        if home:
            yield from offer("site", words(heading), "visible:h1")
        elif not regions.in_rail(heading):
            yield from offer_heading(heading, "visible:h1")
    for heading in islice((one for one in marked if one.tag in TITLE_TAGS), 5):
        if not regions.in_rail(heading):
            yield from offer_heading(heading, "visible:entry-title")


def offer_heading(heading: Element, place: str) -> Iterator[Offer]:
    """Yield a heading without what is only set inside it, then with it: metadata says which one is the title."""
    whole, own = words(heading), own_words(heading)
    yield from offer("title", own, place)
    if own != whole:
        yield from offer("title", whole, place)


def own_words(heading: Element) -> str:
    """Return a heading's words without a kicker, a date or a label for screen readers that is set inside it."""
    beside = [
        child
        for child in heading
        if child.tag in ("time", "small") or KICKERS.search((child.get("class") or "").lower()[:200])
    ]
    if not beside or (
        len(heading) == len(beside)
        and not (heading.text or "").strip()
        and not any((one.tail or "").strip() for one in beside)
    ):
        return words(heading)
    rest = [heading.text or ""]
    for child in heading:
        rest += ["" if child in beside else words(child), child.tail or ""]
    return " ".join(" ".join(rest).split()).strip("-–—:|/ ") or words(heading)


def leads_home(link: Element, document: Document) -> bool:
    """Say whether a link leads to the front page of the site, or of the blog in whose folder the page lies."""
    url = absolute(link.get("href"), document.base_url)
    if not url:
        return False
    home, own = path_of(url), path_of(document.url)
    below = own.removeprefix(home) if own.startswith(f"{home}/") and home.count("/") == 1 else ""
    return (home == "" and own != "") or (below != "" and not PART.fullmatch(below))
