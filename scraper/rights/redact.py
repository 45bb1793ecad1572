"""Cut one post out of a page, a feed, a sitemap, an API's answer or a calendar, and leave the rest as it was."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html
from lxml.html import HtmlElement

from scraper.capture import Exchange, UndecodableBody, decode_body
from scraper.normalise import text, urls
from scraper.store import removals

LEAST_TITLE = 12  # letters; a shorter title stands for too much else
MOST_TEASER = 1200  # letters of a block that lists a post; a longer one is a page's own text
MOST_DEPTH = 40
ITEM_TAGS = (b"item", b"entry", b"url")
NAMING_TAGS = re.compile(rb"<(?:link|guid|id|loc|title)\b([^<>]{0,2000})>(?:<!\[CDATA\[)?([^<>\]]{0,2000})")
NAMING_KEYS = frozenset("link url id guid href external_url canonical @id mainEntityOfPage title name headline".split())
ADDRESS = re.compile(rb"https?:(?:\\?/){2}[^\s\"'<>\\]{1,1500}(?:\\/[^\s\"'<>\\]{0,400}){0,20}")
ATTRIBUTE = re.compile(rb"(?:href|src|content)\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,1500})[\"']")
QUOTED_HREF = re.compile(rb"href=[\"']([^\"']{1,1500})[\"']")


@dataclass(frozen=True, kw_only=True, slots=True)
class Marks:
    """How a removed post is known again: by digests of its addresses and titles."""

    partner: str
    digests: frozenset[str]

    def is_address(self, url: str | None, base: str) -> bool:
        """Say whether an address, absolute or not, is one of a removed post."""
        found = urls.absolute(url, base)
        return found is not None and removals.digest(self.partner, urls.url_key(found)) in self.digests

    def is_title(self, words: str | None) -> bool:
        """Say whether words are the title of a removed post and nothing else."""
        if not words or not LEAST_TITLE <= len(words) <= 1000:
            return False
        return title_digest(self.partner, words) in self.digests

    def is_named(self, words: str, base: str) -> bool:
        """Say whether words are an address or the title of a removed post."""
        return (("/" in words) and self.is_address(words, base)) or self.is_title(words)


def title_digest(partner: str, title: str) -> str:
    """Return what a tombstone keeps of a title, so that a list that shows it can be told."""
    return text.digest("title", partner, title)


def redact(body: bytes, base: str, marks: Marks) -> bytes:
    """Return a body without what it says of removed posts; the same bytes when it says nothing."""
    head = body[:2000].lstrip().lower()
    if head[:1] in (b"{", b"["):
        body = cut_json(body, base, marks)
    elif b"begin:vcalendar" in head:
        body = cut_calendar(body, base, marks)
    elif any(mark in head for mark in (b"<rss", b"<feed", b"<urlset", b"<rdf", b"<?xml")) and b"<html" not in head:
        body = cut_items(body, base, marks)
    elif b"<" in head:
        body = cut_page(body, base, marks)
    return blank_addresses(body, base, marks)


def cut_items(body: bytes, base: str, marks: Marks) -> bytes:
    """Cut the items of a feed or a sitemap that name a removed post."""
    for tag in ITEM_TAGS:
        kept, end = [], 0
        for start, stop in blocks(body, tag):
            if names_removed(body[start:stop], base, marks):
                kept.append(body[end:start])
                end = stop
        body = b"".join([*kept, body[end:]])
    return body


def blocks(body: bytes, tag: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each element of that name begins and ends, in one pass; they do not nest."""
    close, end = b"</" + tag + b">", 0
    while (found := body.find(close, end)) >= 0:
        start = body.find(b"<" + tag, end, found)
        while start >= 0 and body[start + len(tag) + 1 : start + len(tag) + 2] not in (b">", b" ", b"\n", b"\t", b"\r"):
            start = body.find(b"<" + tag, start + 1, found)
        end = found + len(close)
        if start >= 0:
            yield start, end


def names_removed(block: bytes, base: str, marks: Marks) -> bool:
    """Say whether one item of a feed or a sitemap is a removed post: by its links, its guid or its title."""
    for attributes, words in NAMING_TAGS.findall(block):
        href = QUOTED_HREF.search(attributes)
        found = [plain(words), plain(href.group(1)) if href else ""]
        if any(value and marks.is_named(value, base) for value in found):
            return True
    return False


def plain(words: bytes) -> str:
    """Return bytes as words without entities."""
    return html.unescape(words.decode("utf-8", "replace")).strip()


def cut_json(body: bytes, base: str, marks: Marks) -> bytes:
    """Cut the objects that are a removed post out of the lists of a JSON document."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return body
    kept = without_removed(data, base, marks)
    return body if kept == data else json.dumps(kept, ensure_ascii=False).encode("utf-8")


def without_removed(data: Any, base: str, marks: Marks, depth: int = 0) -> Any:
    """Return JSON values without the objects that are a removed post."""
    if depth > MOST_DEPTH:
        return data
    if isinstance(data, list):
        kept = [value for value in data if not (isinstance(value, dict) and is_removed(value, base, marks))]
        return [without_removed(value, base, marks, depth + 1) for value in kept]
    if isinstance(data, dict):
        if depth == 0 and is_removed(data, base, marks):
            return {}
        return {key: without_removed(value, base, marks, depth + 1) for key, value in data.items()}
    return data


def is_removed(value: dict[str, Any], base: str, marks: Marks) -> bool:
    """Say whether an object is a removed post: by its own addresses or its title, `rendered` or plain."""
    for key in NAMING_KEYS & value.keys():
        words = value[key]
        if isinstance(words, dict):
            words = words.get("rendered") or words.get("@id") or words.get("url")
        if isinstance(words, str) and marks.is_named(html.unescape(words), base):
            return True
    inner = value.get("item")
    return isinstance(inner, dict) and is_removed(inner, base, marks)


def cut_calendar(body: bytes, base: str, marks: Marks) -> bytes:
    """Cut the events of a calendar that are a removed post; folded lines are joined first (RFC 5545, 3.1)."""
    unfolded = re.sub(rb"\r?\n[ \t]", b"", body)
    kept = []
    for part in re.split(rb"(?<=END:VEVENT)\r?\n", unfolded):
        start = part.find(b"BEGIN:VEVENT")
        lines = [line.partition(b":")[2] for line in part[start:].splitlines() if line[:3] in (b"URL", b"SUM")]
        removed = start >= 0 and any(marks.is_named(plain(line.replace(b"\\,", b",")), base) for line in lines)
        kept.append(part[:start] if removed else part + b"\r\n")
    result = b"".join(kept)
    return result if len(result) < len(unfolded) else body


def cut_page(body: bytes, base: str, marks: Marks) -> bytes:
    """Cut the blocks of a page that list a removed post; ASCII with character references comes back, in any charset."""
    try:
        tree = lxml_html.document_fromstring(body)
    except (etree.LxmlError, ValueError):
        return body
    changes = cut_linked(tree, base, marks) + empty_titled(tree, marks) + cut_islands(tree, base, marks)
    return lxml_html.tostring(tree, encoding="ascii") if changes else body


def cut_linked(tree: HtmlElement, base: str, marks: Marks) -> int:
    """Cut each block that links to a removed post; return how many."""
    links = [link for link in tree.iter("a") if marks.is_address(link.get("href"), base)]
    for node in [block_of(link, base, marks) for link in links]:
        if node.getparent() is not None:
            node.drop_tree()  # what follows it stays
    return len(links)


def empty_titled(tree: HtmlElement, marks: Marks) -> int:
    """Empty each element and attribute whose own words are the title of a removed post; return how many."""
    count = 0
    for element in tree.iter():
        if isinstance(element.tag, str) and marks.is_title((element.text or "").strip()):
            element.text = ""
            count += 1
        for name in [name for name, value in element.attrib.items() if marks.is_title(value.strip())]:
            element.attrib.pop(name)
            count += 1
    return count


def cut_islands(tree: HtmlElement, base: str, marks: Marks) -> int:
    """Cut removed posts out of the JSON of a page's scripts; return how many scripts changed."""
    count = 0
    for script in tree.iter("script"):
        if "json" in (script.get("type") or ""):
            before = (script.text or "").encode("utf-8", "replace")
            after = cut_json(before, base, marks)
            if after != before:
                script.text = after.decode("utf-8")
                count += 1
    return count


def block_of(link: HtmlElement, base: str, marks: Marks) -> HtmlElement:
    """Return the largest element around a link that lists this one post and no other."""
    block = link
    for parent in link.iterancestors():
        if parent.tag in ("body", "main", "html", "table", "ul", "ol") or not is_one_teaser(parent, link, base, marks):
            return block
        block = parent
    return block


def is_one_teaser(block: HtmlElement, link: HtmlElement, base: str, marks: Marks) -> bool:
    """Say whether a block is short and links to no other address of the same folder, nor holds two headings."""
    if len(block.text_content()) > MOST_TEASER:
        return False
    folder = urlsplit(urls.absolute(link.get("href"), base) or "").path.rstrip("/").rpartition("/")[0]
    for other in block.iter("a"):
        found = urls.absolute(other.get("href"), base) if other.get("href") else None
        same_folder = found is not None and urlsplit(found).path.rstrip("/").rpartition("/")[0] == folder
        if same_folder and not marks.is_address(found, base):
            return False
    return sum(1 for _ in block.iter("h1", "h2", "h3", "h4")) < 2


def blank_addresses(body: bytes, base: str, marks: Marks) -> bytes:
    """Blank what is left of removed addresses, wherever they stand."""

    def whole(found: re.Match[bytes]) -> bytes:
        address = plain(found.group(0)).replace("\\/", "/").rstrip(".,;)]")
        return b"" if marks.is_address(address, base) else found.group(0)

    def attribute(found: re.Match[bytes]) -> bytes:
        named = marks.is_named(plain(found.group(1)), base)
        return found.group(0).replace(found.group(1), b"") if named else found.group(0)

    return ATTRIBUTE.sub(attribute, ADDRESS.sub(whole, body))


def clean(exchange: Exchange, marks: Marks) -> Exchange | None:
    """Return what may be kept of an answer; None when it is a removed post, or leads to one."""
    location = next((value for name, value in exchange.headers if name.lower() == b"location"), b"")
    asked = exchange.purpose.requested_url if exchange.purpose else ""
    if any(marks.is_address(url, exchange.url) for url in (exchange.url, asked, plain(location)) if url):
        return None
    encoding = b", ".join(value for name, value in exchange.headers if name.lower() == b"content-encoding")
    try:
        body = decode_body(exchange.body, encoding.decode("latin-1"))
    except UndecodableBody:
        return exchange
    kept = redact(body, exchange.url, marks)
    if kept == body:
        return exchange
    headers = [pair for pair in exchange.headers if pair[0].lower() not in (b"content-encoding", b"content-length")]
    return replace(exchange, body=kept, headers=headers)
