"""Feeds, RSS, Atom and JSON Feed 1.1: candidates with the partner's own words about each."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from io import BytesIO
from itertools import islice
from typing import Any

from scraper.errors import NotAPost
from scraper.models import Candidate, Capture, Reading, SourceClaims
from scraper.normalise import text, urls

from . import xml

MAX_ENTRIES = 1_000
MAX_BYTES = 2 * 1024 * 1024  # that are parsed, and so many tags: a second's work; a feed begins with what is newest
MAX_TAGS = 30_000
FULL_TEXT_LEAST = 600  # characters of markup; a shorter content element is a teaser under another name
# What the parser lets through of its own stumbles over dates, addresses, encodings and depths
BREAKS = (ValueError, OverflowError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
PAGED = re.compile(r"(?<=[?&])paged=(\d{1,4})(?=&|\Z)")
UNCATEGORISED = frozenset({"uncategorized", "uncategorised"})
MAIL = re.compile(r"[\w.+-]{1,64}@[\w.-]{1,253}")
EMPTY = re.compile(r"\(\s{0,5}\)|<\s{0,5}>")
COMMENT = re.compile(r"#(?:comment|respond|reply)", re.IGNORECASE)
SOME = 3  # entries that say together what one could say by chance
MORE = re.compile(
    r"(\[…\]|\[\.\.\.\]|\[&#8230;\]|&hellip;|…|\.\.\.|read more|continue reading)\W{0,20}(</\w+>\s{0,5}){0,4}\Z",
    re.IGNORECASE,
)


def read(capture: Capture) -> Reading:
    """Read a feed of any kind; raises NotAPost, HostilePage when the body is none."""
    start = capture.body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return read_json(capture)
    body = xml.clean(capture.body)
    if xml.looks_like_html(body):
        raise NotAPost("soft-404", "an HTML page instead of a feed")
    xml.refuse_bombs(body)
    last = next(islice(re.finditer(b"<", body), MAX_TAGS, None), None)
    end = min(MAX_BYTES, last.start() if last else MAX_BYTES)
    reading = read_xml(body[:end], capture)
    cut = (f"only {end} of {len(body)} bytes were read",) if len(body) > end else ()
    return replace(reading, faults=(*reading.faults, *cut))


def read_xml(body: bytes, capture: Capture) -> Reading:
    """Read RSS or Atom; a broken feed still gives the entries that are whole."""
    import feedparser  # 60 ms, only where a feed is read

    try:
        parsed = feedparser.parse(
            BytesIO(body),  # bytes themselves would be tried as the name of a file first
            response_headers={"content-type": capture.headers.get("content-type", ""), "content-location": capture.url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except BREAKS as error:
        raise NotAPost("not-a-feed", f"{type(error).__name__}: {error}"[:200]) from error
    if not parsed.get("version") and not parsed.entries:
        raise NotAPost("not-a-feed", str(parsed.get("bozo_exception", ""))[:200])
    candidates = [read_entry(entry, capture.url) for entry in parsed.entries[:MAX_ENTRIES]]
    found = without_build_dates([candidate for candidate in candidates if candidate], parsed.feed)
    faults = (f"{len(candidates) - len(found)} entries without an address",) if len(found) < len(candidates) else ()
    return Reading(candidates=found, next_urls=next_pages(parsed.feed, capture.url) if found else (), faults=faults)


def without_build_dates(found: list[Candidate], feed: Any) -> tuple[Candidate, ...]:
    """Return candidates without the moment at which the feed was made, where it stands as the date of every entry."""
    stamps = {one.claims.published if one.claims else None for one in found}
    if len(found) < SOME or len(stamps) > 1 or stamps.isdisjoint((feed.get("updated"), feed.get("published"))):
        return tuple(found)
    return tuple(replace(one, claims=replace(one.claims, published=None)) if one.claims else one for one in found)


def next_pages(feed: Any, base: str) -> tuple[str, ...]:
    """Return the next page of a paged feed, the next older part of an archived one (RFC 5005, 3 and 4), or the page
    asked for by its number; empty when there is none.
    """
    for link in feed.get("links", []):
        if link.get("rel") in ("next", "prev-archive"):
            url = urls.absolute(link.get("href"), base)
            return (url,) if url else ()
    page = PAGED.search(base)
    return (paged_url(base, int(page.group(1)) + 1),) if page else ()


def paged_url(url: str, page: int) -> str:
    """Return a page of a feed of WordPress, which names none: the walk ends where the site says 404."""
    if PAGED.search(url):
        return PAGED.sub(lambda found: found.group().replace(found.group(1), str(page)), url)
    return f"{url}{'&' if '?' in url else '?'}paged={page}"


def read_entry(entry: Any, base: str) -> Candidate | None:
    """Read one entry of RSS or Atom; None when it names no address."""
    guid = entry.get("id")
    url = address_of(entry, base)
    if not url:
        return None
    if COMMENT.search(entry.get("link") or ""):
        return Candidate(url=url, found_in="feed")  # what it says, it says of a comment
    content = unescaped(entry.content[0].get("value") if entry.get("content") else None)
    summary = unescaped(entry.get("summary"))
    if not content and summary and is_full(summary):
        content = summary
    claims = SourceClaims(
        url=url,
        found_in="feed",
        guid=text.line(guid),
        title=text.line(text.without_tags(entry.get("title") or "")),
        summary=text.line(text.without_tags(summary)) if summary and len(summary) < 2000 else None,
        content=content if content and is_full(content) else None,
        published=text.line(entry.get("published")),
        modified=text.line(entry["updated"]) if "updated" in entry else None,
        authors=names_of(entry),
        categories=labels(tag.get("term") for tag in entry.get("tags", [])),
        image=image_of(entry, base),
        language=entry.get("content", [{}])[0].get("language") if entry.get("content") else None,
    )
    return Candidate(url=url, found_in="feed", claims=claims)


def names_of(entry: Any) -> tuple[str, ...]:
    """Return the names of an entry's authors, without addresses of mail: RSS writes "mail@host (Name)".

    The parser cuts such a name in two where the host's last label has more than four letters; the whole words stand
    beside it.
    """
    people = entry.get("authors", [])
    alone = len(people) == 1 and people[0].get("email")
    said = [entry.get("author")] if alone else [person.get("name") for person in people]
    names = (EMPTY.sub("", MAIL.sub("", name or "")).strip(" \t\r\n,;:<>") for name in said)
    bare = (name[1:-1] if name.startswith("(") and name.endswith(")") else name for name in names)
    return tuple(line for name in bare if (line := text.line(name)))


def unescaped(markup: str | None) -> str | None:
    """Return markup that was escaped once too often as markup."""
    return html.unescape(markup) if markup and "<" not in markup and "&lt;p" in markup else markup


def address_of(entry: Any, base: str) -> str | None:
    """Return the address of an entry's own page; None when it names none.

    A link that leads through somebody's counter stands beside the real address: `origLink`, or the guid.
    """
    link = urls.absolute(entry.get("feedburner_origlink") or entry.get("link"), base)
    lasting = address_in(str(entry.get("id") or ""), base)
    if link and lasting and urls.host_of(link) != urls.host_of(base) == urls.host_of(lasting):
        return lasting
    return link or lasting


def address_in(guid: str, base: str) -> str | None:
    """Return a guid that is an address; None for one that is a name."""
    return urls.absolute(guid, base) if guid.startswith(("http://", "https://")) else None


def is_full(markup: str) -> bool:
    """Say whether an entry's markup is the whole text and no teaser."""
    return len(markup) >= FULL_TEXT_LEAST and "<p" in markup and not MORE.search(markup[-200:])


def image_of(entry: Any, base: str) -> str | None:
    """Return the picture that an entry encloses; None when it has none."""
    offered = [*entry.get("media_content", []), *entry.get("enclosures", [])]
    for item in offered:
        if str(item.get("type", "image/")).startswith("image/"):
            return urls.absolute(item.get("url") or item.get("href"), base)
    return None


def labels(values: Any) -> tuple[str, ...]:
    """Return labels as printed, cleaned, once each, without a CMS's word for 'none'."""
    lines = (text.line(value, limit=200) for value in values)
    return tuple(dict.fromkeys(label for label in lines if label and label.lower() not in UNCATEGORISED))


def read_json(capture: Capture) -> Reading:
    """Read a JSON Feed (jsonfeed.org version 1.1); raises NotAPost when it is none."""
    try:
        feed = json.loads(capture.body)
    except (ValueError, RecursionError) as error:
        raise NotAPost("not-a-feed", str(error)[:200]) from error
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise NotAPost("not-a-feed", "no items")
    items = [item for item in feed["items"][:MAX_ENTRIES] if isinstance(item, dict)]
    candidates = tuple(found for item in items if (found := read_item(item, capture.url)))
    next_url = urls.absolute(as_text(feed.get("next_url")), capture.url)
    return Reading(candidates=candidates, next_urls=(next_url,) if next_url else ())


def read_item(item: dict[str, Any], base: str) -> Candidate | None:
    """Read one item of a JSON Feed; None when it names no address."""
    guid = as_text(item.get("id"))
    url = urls.absolute(as_text(item.get("url")), base) or address_in(guid or "", base)
    if not url:
        return None
    people = item.get("authors") if isinstance(item.get("authors"), list) else [item.get("author")]
    content = as_text(item.get("content_html"))
    claims = SourceClaims(
        url=url,
        found_in="feed",
        guid=guid,
        title=text.line(as_text(item.get("title"))),
        summary=text.line(as_text(item.get("summary"))),
        content=content if content and is_full(content) else None,
        published=as_text(item.get("date_published")),
        modified=as_text(item.get("date_modified")),
        authors=tuple(n for p in people or [] if isinstance(p, dict) and (n := text.line(as_text(p.get("name"))))),
        tags=labels(tag for tag in item.get("tags") or [] if isinstance(tag, str)),
        image=urls.absolute(as_text(item.get("image")), base),
        language=as_text(item.get("language")),
    )
    return Candidate(url=url, found_in="feed", claims=claims)


def as_text(value: Any) -> str | None:
    """Return a JSON value if it is a string, None otherwise."""
    return value if isinstance(value, str) else None
