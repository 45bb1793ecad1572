"""XML that a partner sends, parsed under limits: no DOCTYPE, no entities of its own, no abyss."""

from __future__ import annotations

import re

from lxml import etree

from scraper.errors import HostilePage, NotAPost

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 100
DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)\b", re.IGNORECASE)
TAG = re.compile(rb"<(/?)[A-Za-z][^<>]{0,2000}?(/?)>")


def refuse_bombs(body: bytes) -> None:
    """Raise HostilePage for XML that no parser should see: too big, with a DOCTYPE, or nested without end."""
    if len(body) > MAX_BYTES:
        raise HostilePage("too-big", f"{len(body)} bytes")
    if DOCTYPE.search(body[:4096]) and b"<html" not in body[:4096].lower():
        raise HostilePage("doctype")
    depth = 0
    for match in TAG.finditer(body):
        if match.group(1):
            depth -= 1
        elif not match.group(2):
            depth += 1
            if depth > MAX_DEPTH:
                raise HostilePage("too-deep")


def looks_like_html(body: bytes) -> bool:
    """Say whether a body is an HTML page, whatever its label says: the soft 404 of a feed, sitemap or robots.txt."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html")) or (b"<html" in start and b"<?xml" not in start[:6])


def parse(body: bytes) -> etree._Element:
    """Return the root of an XML body, mended where it is broken; raises NotAPost('not-xml'), HostilePage."""
    if looks_like_html(body):
        raise NotAPost("soft-404", "an HTML page instead")
    refuse_bombs(body)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAPost("not-xml", str(error)) from error
    if root is None:
        raise NotAPost("not-xml", "no element")
    return root
