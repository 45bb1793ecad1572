"""XML that a partner sends, parsed under limits: no DOCTYPE, no entities of its own, no abyss."""

from __future__ import annotations

import re
from html.entities import html5 as HTML_NAMES

from lxml import etree

from scraper.errors import HostilePage, NotAPost

MAX_BYTES = 8 * 1024 * 1024
MAX_DEPTH = 100
# A CDATA section and a comment hold no elements; half of the world's feeds carry unclosed HTML in them.
TOKEN = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<!(DOCTYPE|ENTITY)\b"
    rb"|<(/?)([A-Za-z][^\s<>/]{0,100})[^<>]{0,2000}?(/?)>",
    re.IGNORECASE | re.DOTALL,
)
VOID = frozenset(b"area base br col embed hr img input link meta param source track wbr".split())
CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\r")
WIDE = (  # how UTF-32 and UTF-16 begin, with and without a byte order mark (XML 1.0, appendix F)
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
DECLARATION = re.compile(rb"\A\s{0,100}<\?xml[^>]{0,300}\?>")
ENCODING = re.compile(rb"encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9._-]{1,40})")
REFERENCE = re.compile(rb"&(?:amp;)?#(?:[xX]0{0,20}([0-9a-fA-F]{1,5000})|0{0,20}([0-9]{1,5000}));?")
LAST_CODE = 0x10FFFF
HEAD = 4_096
DOCTYPE = re.compile(rb"<!DOCTYPE\s(?!\s{0,20}html\b)[^<>\[\]]{1,400}>", re.IGNORECASE)
ELEMENT = re.compile(rb"<[A-Za-z]")
AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|&(?!#|(?:amp|lt|gt|quot|apos);)(?:([A-Za-z][A-Za-z0-9]{1,31});)?",
    re.DOTALL,
)


def clean(body: bytes) -> bytes:
    """Return XML as the checks and the parsers can read it: UTF-16 and UTF-32 as UTF-8, control characters dropped.

    A bare `&` and the names of HTML are written as XML wants them; a DOCTYPE that declares nothing is left out.
    """
    name = next((name for mark, name in WIDE if body.startswith(mark)), None)
    if name is not None:
        body = DECLARATION.sub(b"", body.decode(name, "replace").lstrip("\ufeff").encode("utf-8", "replace"))
    body = REFERENCE.sub(lambda found: found.group() if is_character(found) else b"", body.translate(None, CONTROLS))
    body = without_doctype(body)
    return AMPERSAND.sub(mend_reference, body) if b"&" in body else body


def without_doctype(body: bytes) -> bytes:
    """Return XML without a DOCTYPE before its first element that only names a kind, as RSS 0.91 does."""
    found = DOCTYPE.search(body[:HEAD])
    if found is None or ELEMENT.search(body[: found.start()]):
        return body
    return body[: found.start()] + body[found.end() :]


def mend_reference(found: re.Match[bytes]) -> bytes:
    """Return what XML knows for a bare ampersand or a name of HTML; CDATA and comments stay."""
    if found.group().startswith(b"<"):
        return found.group()
    name = (found.group(1) or b"").decode("ascii")
    known = HTML_NAMES.get(f"{name};")
    if known is None:
        return b"&amp;" + found.group()[1:]
    return "".join(f"&#{ord(character)};" for character in known).encode("ascii")


def is_character(reference: re.Match[bytes]) -> bool:
    """Say whether a character reference names a character that XML knows (XML 1.0, 2.2)."""
    digits, base = (reference.group(1), 16) if reference.group(1) else (reference.group(2), 10)
    if len(digits) > 7:
        return False
    code = int(digits, base)
    return code in (9, 10, 13) or (32 <= code <= LAST_CODE and not 0xD800 <= code <= 0xDFFF and code & 0xFFFE != 0xFFFE)


def mend_encoding(body: bytes) -> bytes:
    """Return XML that says it is UTF-8, or says nothing, as UTF-8 indeed."""
    head = DECLARATION.match(body)
    named = ENCODING.search(head.group()) if head else None
    if named is not None and named.group(1).lower() not in (b"utf-8", b"utf8"):
        return body
    return body.decode("utf-8", "replace").encode()


def refuse_bombs(body: bytes) -> None:
    """Raise HostilePage for XML that no parser should see: too big, with a DOCTYPE, or nested without end."""
    if len(body) > MAX_BYTES:
        raise HostilePage("too-big", f"{len(body)} bytes")
    depth, begun = 0, False
    for declared, closing, name, alone in (match.groups() for match in TOKEN.finditer(body)):
        if declared and not begun:
            raise HostilePage("doctype")
        if name is None or name.lower() in VOID:
            continue
        begun = True
        depth += 0 if alone else -1 if closing else 1
        if depth > MAX_DEPTH:
            raise HostilePage("too-deep")


def looks_like_html(body: bytes) -> bool:
    """Say whether a body is an HTML page, whatever its label says: the soft 404 of a feed, sitemap or robots.txt."""
    start = body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<rss", b"<feed", b"<rdf", b"<urlset", b"<sitemapindex")):
        return False
    return start.startswith((b"<!doctype html", b"<html")) or (b"<html" in start and b"<?xml" not in start[:6])


def parse(body: bytes) -> etree._Element:
    """Return the root of an XML body, mended where it is broken; raises NotAPost('not-xml'), HostilePage."""
    body = mend_encoding(clean(body))
    if looks_like_html(body):
        raise NotAPost("soft-404", "an HTML page instead")
    refuse_bombs(body)
    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(body.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotAPost("not-xml", str(error)) from error
    if root is None:
        raise NotAPost("not-xml", "no element")
    return root
