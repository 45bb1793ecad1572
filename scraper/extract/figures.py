"""Whether the figures of a page's own words are day first: 03/04/2026."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from scraper.normalise import dates

from .document import Document

WORDS = etree.XPath(
    "descendant::body//text()[contains(., '/') or contains(., '-') or contains(., '.')]"
    "[not(parent::script or parent::style)]",
    smart_strings=False,
)
SPOKEN = etree.XPath(
    "descendant::body//text()[contains(., ' 20') or contains(., ' 19')][not(parent::script or parent::style)]",
    smart_strings=False,
)
MAX_WORDS = 200  # characters of a text with figures
MAX_SPOKEN = 200_000
MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,7}"
NAME_FIRST = re.compile(rf"\b{MONTHS}\.? \d\d?(?:st|nd|rd|th)?, (?:19|20)\d\d")
NAME_SECOND = re.compile(rf"\b\d\d?(?:st|nd|rd|th)? {MONTHS},? (?:19|20)\d\d")
AMERICAN = frozenset(("gov", "mil", "us", "edu"))  # domains of one country (RFC 1480, RFC 2146 and their like)


def is_day_first(page: Document, partner_language: str) -> bool:
    """Return the order of a page's figures: as one above twelve shows, as its partner's country has it, as it writes.

    Where the partner's country is unknown, that of the page's language, then of its domain counts, then whether it
    prints "March 4, 2026" and never "4 March 2026"; else the day comes first.
    """
    shown = dates.day_order([words[:MAX_WORDS] for words in WORDS(page.tree)])
    if shown is not None:
        return shown
    own = page.tree.get("lang", "")[:35]
    for language in (partner_language, own):
        if "-" in language or "_" in language:
            return dates.default_day_first(language)
    if (urlsplit(page.url).hostname or "").rpartition(".")[2] in AMERICAN:
        return False
    said = "\n".join(SPOKEN(page.tree))[:MAX_SPOKEN]
    return NAME_SECOND.search(said) is not None or NAME_FIRST.search(said) is None
