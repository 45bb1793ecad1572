"""Learn how a site says 'not found' with status 200: ask for an address that cannot be, know its answer again."""

from __future__ import annotations

import json
import re
import secrets
from datetime import timedelta
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from scraper.errors import PageError
from scraper.extract import document
from scraper.models import Capture
from scraper.normalise import text

KEEP = timedelta(days=7)  # one question a host and week
MOST_WORDS = 2000
ALIKE = 0.6  # of the words shared
MOST_NEW_WORDS = 60  # that the page of the site shows besides: suggestions, a date; a post has more
MOST_NEW_UNTITLED = 10  # the same without a title or heading to compare
WORD = re.compile(r"\w+")


def impossible_url(url: str) -> str:
    """Return an address on the same host that no site has, of no word that a page could show."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/{secrets.token_hex(6)}-{secrets.token_hex(4)}"


def fingerprint_of(capture: Capture) -> str:
    """Return the fingerprint of a captured page."""
    return fingerprint(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))


def fingerprint(body: bytes, url: str, *, content_type: str = "") -> str:
    """Return what a page is known again by: title, heading and words, without those of its own address.

    '' for what is no readable HTML page.
    """
    try:
        page = document.parse(body, url, content_type=content_type)
    except PageError:
        return ""
    own = set(WORD.findall(text.fold(unquote(urlsplit(url).path))))
    heads = [words_of(page.tree.find(f".//{tag}"), own) for tag in ("title", "h1")]
    found = dict.fromkeys(word for word in WORD.findall(text.fold(document.words(page.tree))) if word not in own)
    return json.dumps({"heads": heads, "words": sorted(list(found)[:MOST_WORDS])}, ensure_ascii=False)


def words_of(element: Element | None, without: set[str]) -> str:
    """Return the folded words of an element but for some; '' when there is none."""
    if element is None:
        return ""
    return " ".join(word for word in WORD.findall(text.fold(document.content(element)[:1000])) if word not in without)


def is_same(learned: str, found: str) -> bool:
    """Say whether two fingerprints are of one page: what a host shows for an address that it does not have."""
    if not learned or not found:
        return False
    first, second = json.loads(learned), json.loads(found)
    known, seen = set(first["words"]), set(second["words"])
    most_new = MOST_NEW_WORDS if any(first["heads"]) else MOST_NEW_UNTITLED
    return first["heads"] == second["heads"] and len(seen - known) <= most_new and share(known, seen) >= ALIKE


def share(first: set[str], second: set[str]) -> float:
    """Return the share of words that two sets have in common (Jaccard); 1 for two empty ones."""
    union = first | second
    return len(first & second) / len(union) if union else 1.0
