"""The REST API that WordPress ships (wp/v2): every post type with its own words, and what changed since last time.

A collection is asked in one of three ways, told apart by its query: `_embed` (everything, with terms), the same with
`modified_after` (what changed), or a slim list of addresses, newest change first, whose first page shows by its total
and its newest change whether anything happened at all.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from scraper.errors import NotAPost
from scraper.models import Candidate, Capture, Kind, Reading, Source, SourceClaims
from scraper.normalise import text, urls

from . import addresses, events_calendar
from .feed import UNCATEGORISED

FULL_PAGE = 50  # posts with their text: 50 stay well under the cap of a body
SLIM_PAGE = 100  # the most that WordPress gives
FULL_FIELDS = "id,link,type,status,date,date_gmt,modified_gmt,title,excerpt,content,_links,_embedded"
SLIM_FIELDS = "id,link,modified_gmt"
NOT_POSTS = re.compile(
    r"\A(page|attachment|nav_menu_item|wp_.*|elementor.*|e-.*|.*template.*|.*block.*|feedback|oembed.*)\Z"
)
API_ROOT = re.compile(r"\A(.*?/wp-json/|.*?[?&]rest_route=/)")
JSON_BEGINS = re.compile(rb"\[\s{0,50}(?:\{\s{0,50}\"|\])|\{\s{0,50}\"")
EVENTS = re.compile(r"event", re.IGNORECASE)


def entry_url(source: Source, memory: dict[str, str]) -> str:
    """Return the address that begins a visit: the list of post types, or the slim list of a collection seen before."""
    root = api_root(source.url)
    if not is_collection(source.url):
        return endpoint(root, "wp/v2/types", {})  # with `_fields` the answer is empty: its keys are the types
    if memory.get("since") and not events_calendar.is_collection(source.url):
        return slim_url(source.url, 1)
    return (
        events_calendar.page_url(source.url, 1)
        if events_calendar.is_collection(source.url)
        else full_url(source.url, 1)
    )


def api_root(url: str) -> str:
    """Return the root of the API that an address belongs to."""
    found = API_ROOT.match(url)
    return found.group(1) if found else url


def is_collection(url: str) -> bool:
    """Say whether an address is a collection of posts, not the root."""
    return events_calendar.is_collection(url) or ("wp/v2/" in url and not url.rstrip("/").endswith("/types"))


def endpoint(root: str, path: str, query: dict[str, Any]) -> str:
    """Return the address of a route, in the form of the site: /wp-json/… or /?rest_route=/…"""
    address = root + path
    if not query:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode(query, safe=',:')}"


def full_url(collection: str, page: int, since: str | None = None) -> str:
    """Return one page of posts with their text and terms; only those changed after `since` (UTC) when it is given."""
    query: dict[str, Any] = {"per_page": FULL_PAGE, "page": page, "_embed": "wp:term,author", "_fields": FULL_FIELDS}
    if since:
        query["modified_after"] = since
    return endpoint(collection, "", query)


def slim_url(collection: str, page: int) -> str:
    """Return one page of addresses, the latest change first."""
    query = {"per_page": SLIM_PAGE, "page": page, "orderby": "modified", "order": "desc", "_fields": SLIM_FIELDS}
    return endpoint(collection, "", query)


def read(capture: Capture, source: Source, memory: dict[str, str], *, zone: str) -> Reading:
    """Read the post types or one page of a collection; raises NotAPost when the answer is no JSON of WordPress.

    Bare times of The Events Calendar are read in `zone`, when it does not name its own.
    """
    try:
        data = load(capture.body)
    except (ValueError, RecursionError) as error:
        raise NotAPost("not-wordpress", str(error)[:200]) from error
    if isinstance(data, dict) and events_calendar.is_collection(source.url):
        return events_calendar.read(data, capture, source, zone)
    if isinstance(data, dict):
        return read_types(data, api_root(capture.url))
    if not isinstance(data, list) or not is_collection(source.url):
        raise NotAPost("not-wordpress", "neither an object nor a list")
    entries = [entry for entry in data if isinstance(entry, dict)]
    if "_embed=" in capture.url:
        return read_full(capture, source, entries, memory)
    return read_slim(capture, source, entries, memory)


def load(body: bytes) -> Any:
    """Return what JSON says; the warnings of PHP before it and the marks of a cache behind it are passed over.

    Raises ValueError when there is none, RecursionError when it is too deep.
    """
    try:
        return json.loads(body)
    except ValueError:
        begin = JSON_BEGINS.search(body)
        if begin is None:
            raise
        return json.JSONDecoder().raw_decode(body[begin.start() :].decode("utf-8", "replace"))[0]


def read_types(data: dict[str, Any], root: str) -> Reading:
    """Turn each post type that holds posts into a source of its own."""
    if data.get("code"):
        raise NotAPost("not-wordpress", str(data["code"])[:200])
    sources = []
    for name, kind in data.items():
        if not isinstance(kind, dict) or not holds_posts(name) or kind.get("viewable") is False:
            continue
        base, namespace = kind.get("rest_base"), kind.get("rest_namespace") or "wp/v2"
        if isinstance(base, str) and re.fullmatch(r"[\w-]{1,60}", base) and namespace == "wp/v2":
            url = endpoint(root, f"wp/v2/{base}", {})
            sources.append(Source(kind="wordpress", url=url, found_by=f"post type {name} of {root}"))
        if name == events_calendar.TYPE:
            found_by = f"The Events Calendar of {root}"
            sources.append(Source(kind="wordpress", url=events_calendar.collection(root), found_by=found_by))
    if not sources:
        raise NotAPost("not-wordpress", "no post types")
    return Reading(children=tuple(sources))


def holds_posts(name: str) -> bool:
    """Say whether a post type holds posts, by its name: no pages, parts of a theme, goods, people or places."""
    return not NOT_POSTS.match(name) and addresses.sitemap_says(f"/{name}.xml") is not False


def read_full(capture: Capture, source: Source, entries: list[dict[str, Any]], memory: dict[str, str]) -> Reading:
    """Read posts with their text; the next page follows while there is one."""
    kind = kind_of(source.url)
    candidates = tuple(found for entry in entries if (found := read_post(entry, capture.url, kind)))
    since = query_value(capture.url, "modified_after")
    page = page_of(capture.url)
    further = page < number(capture.headers.get("x-wp-totalpages"))
    return Reading(
        candidates=candidates,
        next_urls=(full_url(source.url, page + 1, since),) if further else (),
        memory=remember(entries, memory, None if since else number(capture.headers.get("x-wp-total"))),
        whole=True,  # what changed comes after the list of all, and takes nothing from it
    )


def read_slim(capture: Capture, source: Source, entries: list[dict[str, Any]], memory: dict[str, str]) -> Reading:
    """Compare the list with what is remembered; ask for what changed only when something did."""
    total, page = number(capture.headers.get("x-wp-total")), page_of(capture.url)
    newest = max((str(entry.get("modified_gmt") or "") for entry in entries), default="")
    if page == 1 and str(total) == memory.get("total") and newest == memory.get("since"):
        return Reading(memory=memory, unchanged=True)
    next_urls = [slim_url(source.url, page + 1)] if page < number(capture.headers.get("x-wp-totalpages")) else []
    if page == 1 and newest > memory.get("since", ""):
        next_urls.append(full_url(source.url, 1, memory["since"] + "Z"))
    candidates = tuple(found for entry in entries if (found := read_address(entry, capture.url)))
    return Reading(
        candidates=candidates,
        next_urls=tuple(next_urls),
        memory=remember(entries, memory, total),
        whole=True,
    )


def remember(entries: list[dict[str, Any]], memory: dict[str, str], total: int | None) -> dict[str, str]:
    """Return the memory with the newest change seen and, when it is known, the number of posts."""
    stamps = [str(entry["modified_gmt"]) for entry in entries if entry.get("modified_gmt")]
    since = max([*stamps, memory.get("since", "")])
    kept = {**memory, "since": since}
    return kept if total is None else {**kept, "total": str(total)}


def read_address(entry: dict[str, Any], base: str) -> Candidate | None:
    """Read one row of a slim list: where the post is and when it last changed."""
    url = urls.absolute(as_text(entry.get("link")), base)
    if not url:
        return None
    guid = str(entry.get("id") or "") or None
    claims = SourceClaims(url=url, found_in="wordpress", guid=guid, lastmod=utc(entry.get("modified_gmt")))
    return Candidate(url=url, found_in="wordpress", claims=claims)


def read_post(entry: dict[str, Any], base: str, kind: Kind) -> Candidate | None:
    """Read one post; None for one that is not public: another status, or a password before its text."""
    url = urls.absolute(as_text(entry.get("link")), base)
    if not url or entry.get("status", "publish") != "publish" or as_mapping(entry.get("content")).get("protected"):
        return None
    terms = embedded_terms(entry)
    claims = SourceClaims(
        url=url,
        found_in="wordpress",
        guid=str(entry.get("id") or "") or None,
        kind=kind,
        title=text.line(strip_tags(rendered(entry.get("title")))),
        summary=text.line(strip_tags(rendered(entry.get("excerpt")))),
        content=rendered(entry.get("content")) or None,
        published=utc(entry.get("date_gmt")) or as_text(entry.get("date")),
        modified=utc(entry.get("modified_gmt")),
        lastmod=utc(entry.get("modified_gmt")),
        authors=tuple(embedded_authors(entry)),
        categories=tuple(name for taxonomy, name in terms if taxonomy != "post_tag"),
        tags=tuple(name for taxonomy, name in terms if taxonomy == "post_tag"),
    )
    return Candidate(url=url, found_in="wordpress", claims=claims)


def embedded_terms(entry: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (taxonomy, name) of each term of a post, in the order of the API."""
    groups = as_list(as_mapping(entry.get("_embedded")).get("wp:term"))
    terms = [as_mapping(term) for group in groups for term in as_list(group)]
    named = [(str(term.get("taxonomy")), text.line(as_text(term.get("name")), limit=200)) for term in terms]
    return [(taxonomy, name) for taxonomy, name in named if name and name.lower() not in UNCATEGORISED]


def embedded_authors(entry: dict[str, Any]) -> list[str]:
    """Return the names of a post's authors."""
    people = as_list(as_mapping(entry.get("_embedded")).get("author"))
    return [name for person in people if (name := text.line(as_text(as_mapping(person).get("name"))))]


def as_text(value: Any) -> str | None:
    """Return a JSON value if it is a string, None otherwise."""
    return value if isinstance(value, str) else None


def as_mapping(value: Any) -> dict[str, Any]:
    """Return a JSON value if it is an object, an empty one otherwise."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """Return a JSON value if it is a list, an empty one otherwise."""
    return value if isinstance(value, list) else []


def rendered(value: Any) -> str | None:
    """Return the rendered words of a field; None when it has none."""
    found = value.get("rendered") if isinstance(value, dict) else value
    return found if isinstance(found, str) else None


def strip_tags(value: str | None) -> str | None:
    """Return words without markup; None for None."""
    return re.sub(r"<[^<>]{0,2000}>", "", value) if value else None


def utc(value: Any) -> str | None:
    """Return a naive stamp of the API's *_gmt fields with its zone; None when it has none."""
    return f"{value}Z" if isinstance(value, str) and len(value) == 19 and not value.startswith("0000") else None


def kind_of(collection: str) -> Kind:
    """Return what the posts of a collection are, by its name."""
    return "event" if EVENTS.search(collection.rpartition("/wp/v2/")[2]) else "news"


def number(value: str | None) -> int:
    """Return a header's number; 0 when it is none."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 9 else 0


def page_of(url: str) -> int:
    """Return the page that an address asks for."""
    return number(query_value(url, "page")) or 1


def query_value(url: str, key: str) -> str | None:
    """Return the first value of a query key; None when the address has none."""
    return parse_qs(urlsplit(url).query).get(key, [None])[0]
