"""A page parsed once, under limits, so that every extractor reads the same tree."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, Literal, TypeVar, get_args

from lxml import etree, html
from w3lib.html import get_base_url

from scraper.errors import HostilePage, NotAPost
from scraper.normalise import decoding
from scraper.normalise import text as plain

from . import json_ld

MAX_BYTES = 8 * 1024 * 1024
MAX_TAGS = 100_000  # the worst of them are read in 2 s; of 1,552 real pages the fullest had 20,000
MAX_ATTRIBUTES = 1_000  # libxml2 compares attribute names pairwise: 40,000 on one tag take 6 s
LONG = 4_000
LONG_TAG = re.compile(rb"<[a-zA-Z][^<>]{4000,}")
QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([a-z0-9_:.-]{2,40})", re.IGNORECASE)
XML_CHARSET = re.compile(rb"^\s{0,100}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})")
Kind = Literal["meta", "script", "link", "title", "article", "heading", "timed"]
KINDS: Mapping[str, Kind] = {
    "meta": "meta",
    "script": "script",
    "link": "link",
    "title": "title",
    "article": "article",
    **dict.fromkeys(("h1", "h2", "h3"), "heading"),
    # with the elements of libraries that print an age: the stamp is their attribute, as `<time>` has it
    **dict.fromkeys(("time", "abbr", "relative-time", "time-ago", "local-time"), "timed"),
}
# Attributes, then whose each is: a predicate on every element costs twice as much, `/..` compares each with all before
PROPERTIES = etree.XPath("descendant-or-self::*/@itemprop")
NAMING = ("property", "name", "itemprop", "http-equiv")  # what a meta is named by
XML_DECLARATION = re.compile(rb"^\s{0,100}<\?xml[^>]{0,200}>")
HEAD = 4_096  # characters in which a page names its charset and its base
HTML_TYPES = ("text/html", "application/xhtml+xml", "")
SNIFFED = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,200}(?:<!doctype\s{1,20}html|<html[\s>])", re.IGNORECASE)
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
MARKS = tuple(mark for mark, _ in BOMS)
TEXT = etree.XPath(
    "descendant-or-self::*[not(self::script or self::style or self::noscript or self::template)]/text()"
    " | descendant::*[self::br or self::p or self::div or self::li or self::td or self::h2 or self::h3 or self::img]"
)
CONTENT = etree.XPath("string()", smart_strings=False)
CONTROLS = bytes((*range(9), 11, 12, *range(14, 32), 127))  # never part of another character in UTF-8
NON_CHARACTER = b"\xef\xbf"  # how U+FFFE and U+FFFF begin
RARE = NON_CHARACTER[:1]  # looking for one byte costs a fortieth of looking for two
# &#12; and its like: the parser takes the character, and no serialiser takes the tree
CONTROL_REFERENCE = re.compile(
    rb"&#(?:0{0,20}(?:[0-8]|1[124-9]|2\d|3[01]|6553[45])(?!\d)"
    rb"|[xX]0{0,20}(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF])(?![0-9a-fA-F]));?"
)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Found = TypeVar("Found")


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A parsed page.

    `metas` holds each `<meta>` as (key, content): key is the lower-case name, property, itemprop or http-equiv, in page
    order. `json_ld` holds every JSON-LD node, `@graph` and lists flattened, in page order. `kinds` holds the elements
    that several rooms ask for, in page order, found in one walk; `properties` those with an `itemprop`, also for a part
    all of the page. Both are found while the tree is warm: a walk later takes twice as long. `kept` is for `once`.
    """

    url: str
    base_url: str
    tree: etree._Element
    metas: tuple[tuple[str, str], ...]
    json_ld: tuple[Mapping[str, Any], ...]
    kinds: Mapping[Kind, Sequence[etree._Element]]
    properties: Sequence[etree._Element]
    part_of: Document | None = None
    kept: dict[object, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def page(self) -> Document:
        """The whole page, for a part of one."""
        return self.part_of or self

    def meta(self, *keys: str) -> str | None:
        """Return the first non-empty content of the first of `keys` that the page has."""
        for wanted in keys:
            for key, content in self.metas:
                if key == wanted and content:
                    return content
        return None


def once(read: Callable[[Document], Found]) -> Callable[[Document], Found]:
    """Keep with a page what is read of it, for several rooms ask; what is kept goes when the page goes."""

    @wraps(read)
    def kept(document: Document) -> Found:
        if read not in document.kept:
            document.kept[read] = read(document)
        found: Found = document.kept[read]
        return found

    return kept


@once
def scripts(document: Document) -> Mapping[etree._Element, str]:
    """Return the scripts of a page that hold anything, with what they hold."""
    return {script: text for script in document.kinds["script"] if (text := script.text)}


def title(document: Document) -> str:
    """Return the words of a page's own `<title>`, as they come; those of its pictures are none."""
    return next((one.text or "" for one in document.kinds["title"] if one.getparent().tag == "head"), "")


def parse(body: bytes, url: str, *, content_type: str = "") -> Document:
    """Parse the decoded body of a page; `content_type` is the raw header value.

    Raises NotAPost('not-html') for other media types, unless the body begins as HTML does, and for empty bodies;
    HostilePage for pages no parser should see.
    """
    if content_type.partition(";")[0].strip().lower() not in HTML_TYPES and not SNIFFED.match(body):
        raise NotAPost("not-html", content_type)
    refuse_bombs(body)
    text = XML_DECLARATION.sub(b"", to_utf8(body, content_type), count=1)
    if b"<" not in text:
        raise NotAPost("not-html", "no markup")
    try:
        tree = html.document_fromstring(text, parser=new_parser())
    except (etree.ParserError, ValueError) as error:
        raise NotAPost("not-html", str(error)) from error
    kinds = kinds_of(tree)
    return Document(
        url=url,
        base_url=base_of(text, url),
        tree=tree,
        metas=tuple(read_metas(kinds["meta"])),
        json_ld=tuple(json_ld.nodes(kinds["script"])),
        kinds=kinds,
        properties=tuple(named.getparent() for named in PROPERTIES(tree)),
    )


def part(document: Document, tree: etree._Element) -> Document:
    """Return the part of a page that one of its elements holds, with all that the page declares."""
    return replace(document, tree=tree, kinds=kinds_of(tree), part_of=document)


def kinds_of(tree: etree._Element) -> Mapping[Kind, Sequence[etree._Element]]:
    """Return the elements of each kind in page order."""
    found: dict[Kind, list[etree._Element]] = {kind: [] for kind in get_args(Kind)}
    for element in tree.iter(*KINDS):
        found[KINDS[element.tag]].append(element)
    return found


def base_of(text: bytes, url: str) -> str:
    """Return the address that the page's relative links stand on; a broken `<base>` counts as none."""
    start = text[: HEAD * 4]
    if b"<base" not in start.lower() or "<base" not in (head := start.decode("utf-8", "ignore")[:HEAD]).lower():
        return url
    try:
        base = get_base_url(head, url)
    except ValueError:
        return url
    return base if base.startswith(("http://", "https://")) else url


def new_parser() -> etree.HTMLParser:
    """Return the one way this archive parses HTML: bounded depth, comments and processing instructions dropped.

    Elements are those of `etree`: to make one of `lxml.html`, a class written in Python, costs a fifth more of a walk.
    """
    return etree.HTMLParser(encoding="utf-8", huge_tree=False, remove_comments=True, remove_pis=True, collect_ids=False)


def content(element: etree._Element) -> str:
    """Return all characters inside an element, as they come."""
    return str(CONTENT(element))


def line(element: etree._Element) -> str:
    """Return all characters inside an element on one line, those of scripts too."""
    return " ".join(content(element).split())


def words(element: etree._Element) -> str:
    """Return the text of an element with its spaces folded; scripts, styles and what no reader sees are left out."""
    found = TEXT(element)
    joined = " ".join("".join(part if isinstance(part, str) else " " for part in found).split())
    return joined if joined.isascii() else plain.clean(joined)


def refuse_bombs(body: bytes) -> None:
    """Raise HostilePage for a body that would freeze or bloat a parser (measured: docs/decisions/limits.md)."""
    if len(body) > MAX_BYTES:
        raise HostilePage("too-big", f"{len(body)} bytes")
    if len(body) > MAX_TAGS and body.count(b"<") > MAX_TAGS:
        raise HostilePage("too-many-tags")
    for match in long_tags(body):
        if len(set(QUOTED.sub(b" ", match.group()).split())) > MAX_ATTRIBUTES:
            raise HostilePage("too-many-attributes")


def long_tags(body: bytes) -> Iterator[re.Match[bytes]]:
    """Yield the tags of over 4,000 bytes, leaping from the last `<` of one such stretch to the last of the next."""
    start = body.find(b"<")
    while 0 <= start < len(body) - LONG:
        following = body.rfind(b"<", start + 1, start + LONG + 2)
        if following < 0 and (match := LONG_TAG.match(body, start)):
            yield match
        start = following if following > 0 else body.find(b"<", start + 1)


def to_utf8(body: bytes, content_type: str = "") -> bytes:
    """Return a page in UTF-8, without control characters.

    A byte order mark wins, then bytes that are UTF-8 but for a few, then the charset of the header, of the page, then
    Windows-1252. Names mean what browsers take them for (WHATWG Encoding: latin-1 is Windows-1252, gb2312 is gb18030).
    """
    if not body.startswith(MARKS) and (RARE not in body or NON_CHARACTER not in body):
        try:
            body.decode()
        except UnicodeDecodeError:
            pass
        else:
            return without_references(body.translate(None, CONTROLS))
    return without_references(clean(decode(body, content_type)).encode())


def without_references(text: bytes) -> bytes:
    """Drop references to control characters and non-characters."""
    return CONTROL_REFERENCE.sub(b"", text) if b"&#" in text else text


def decode(body: bytes, content_type: str) -> str:
    """Return the text of a page; `to_utf8` names the order of trust."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    found = META_CHARSET.search(body[:HEAD]) or XML_CHARSET.match(body)
    names = decoding.declared(content_type)
    return decoding.decode(body, [*names, found.group(1).decode("ascii")] if found else names)


def clean(text: str) -> str:
    """Drop characters that lxml and SQLite cannot keep: C0 controls but tab and newline, surrogates, non-characters."""
    return CONTROL.sub("", text)


def read_metas(elements: Iterable[etree._Element]) -> list[tuple[str, str]]:
    """Return (key, content) of each meta element, the key in lower case."""
    pairs = []
    for element in elements:
        attributes = dict(element.items())
        content = attributes.get("content", "").strip()
        for attribute in NAMING:
            key = attributes.get(attribute, "").strip().lower()
            if key:
                pairs.append((key, content))
    return pairs
