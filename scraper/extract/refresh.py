"""Where a page that is none sends its readers by itself: `<meta http-equiv="refresh">`, or the header."""

from __future__ import annotations

import re

from scraper.models import Capture
from scraper.normalise import urls

from .document import to_utf8

HEAD = 20_000  # bytes; a page that only leads elsewhere is short
LONGEST_WAIT = 10.0  # seconds; a page that reloads later is there to be read
META = re.compile(r"<meta\s[^<>]{0,500}>", re.IGNORECASE)
REFRESH = re.compile(r"http-equiv\s{0,5}=\s{0,5}[\"']?refresh\b", re.IGNORECASE)
CONTENT = re.compile(r"content\s{0,5}=\s{0,5}(?:\"([^\"]{1,400})\"|'([^']{1,400})')", re.IGNORECASE)
LEADS = re.compile(
    r"\s{0,5}(\d{1,3}(?:\.\d{0,3})?)\s{0,5}[;,]\s{0,5}(?:url\s{0,5}=)?\s{0,5}['\"]?([^'\"\s]{1,400})", re.I
)


def refresh_target(capture: Capture) -> str | None:
    """Return the address that a short page leads to within seconds; None when it leads nowhere."""
    if len(capture.body) > HEAD:
        return None
    if "refresh" in capture.headers:
        return leads_to(capture.headers["refresh"], capture)
    if b"refresh" not in capture.body.lower():
        return None
    text = to_utf8(capture.body, capture.headers.get("content-type", "")).decode("utf-8", "replace")
    for meta in META.findall(text):
        said = CONTENT.search(meta) if REFRESH.search(meta) else None
        if said:
            return leads_to((said.group(1) or said.group(2)).replace("&amp;", "&"), capture)
    return None


def leads_to(words: str, capture: Capture) -> str | None:
    """Return the address that the words of a refresh lead to within seconds; None when they lead nowhere."""
    found = LEADS.match(words)
    return urls.absolute(found.group(2), capture.url) if found and float(found.group(1)) <= LONGEST_WAIT else None
