"""The words that name an erased post wherever it is found: its addresses and its titles, as files write them."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from scraper import ingest, replay
from scraper.capture import Record
from scraper.errors import PageError
from scraper.models import Partner
from scraper.store.archive import Archive

from ..finding import Target
from ..redact import LEAST_TITLE
from ..takedown import is_of

Pattern = re.Pattern[bytes]
SCHEME = rb"(?:https?:(?:\\?/){2})?"
SHARED = rb"(?:https?%3A%2F%2F)?"


@dataclass(frozen=True, kw_only=True, slots=True)
class Needles:
    """What to look for: `own` in the partner's files, where addresses stand without their host too; else `strict`."""

    titles: tuple[str, ...]
    own: Pattern | None
    strict: Pattern | None


def needles_of(archive: Archive, target: Target, partner: Partner) -> Needles:
    """Return what to look for; a title that another post bears too stands for that one as well and is not searched."""
    words = sorted(words_of(archive, target, partner))
    addresses = [word for word in words if "://" in word]
    titles = [word for word in words if "://" not in word and is_its_own(archive, target, word)]
    shared = [form for title in titles for form in title_forms(title)]
    return Needles(
        titles=tuple(titles),
        own=pattern_of([form for url in addresses for form in address_forms(url, bare=True)] + shared),
        strict=pattern_of([form for url in addresses for form in address_forms(url)] + shared),
    )


def is_its_own(archive: Archive, target: Target, title: str) -> bool:
    """Say whether a title is long enough to stand for one post, and no other post has it."""
    other = archive.first("SELECT 1 FROM posts WHERE title = ? AND id != ?", [title, target.post or 0])
    return len(title) >= LEAST_TITLE and other is None


def words_of(archive: Archive, target: Target, partner: Partner) -> set[str]:
    """Return every address and title that a post had, from its rows and its captures."""
    found: set[str] = set()
    for row in archive.query("SELECT url, canonical_url, title FROM posts WHERE id = ?", [target.post]):
        found |= {value for value in row if value}
    found |= {row["title"] for row in archive.query("SELECT title FROM revisions WHERE post = ?", [target.post])}
    for one in replay.exchanges(archive.captures, target.partner):
        capture = one.record.capture
        if is_of(target, one.purpose.requested_url) or is_of(target, capture.url):
            found |= {url for url in (one.purpose.requested_url, capture.url) if is_of(target, url)}
            if capture.status == 200:
                found |= title_in(archive, partner, one.record)
    return found


def title_in(archive: Archive, partner: Partner, record: Record) -> set[str]:
    """Return the title that a captured page has, empty when it is no post."""
    try:
        reading = ingest.read_page(archive, partner, record.capture)
    except PageError:
        return set()
    return set() if isinstance(reading, PageError) else {reading.title}


def pattern_of(forms: list[bytes]) -> Pattern | None:
    """Return one pattern of all forms, the longest first; None when there is nothing to look for."""
    longest_first = sorted(set(forms), key=lambda form: (-len(form), form))
    return re.compile(b"|".join(longest_first)) if longest_first else None


def address_forms(url: str, *, bare: bool = False) -> Iterator[bytes]:
    """Yield patterns of an address, plain, escaped or percent-encoded; `bare` without its host too, after a quote.

    None is found as the beginning of a longer address.
    """
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if len(path) < 2:
        return
    query = f"?{parts.query}" if parts.query else ""
    host = SCHEME + re.escape(parts.netloc.encode("utf-8", "replace"))
    before = rb"(?:" + host + (rb"|(?<=[\s\"'=(>]))" if bare else rb")")
    for form in {path + query, unquote(path) + query, quote(unquote(path)) + query}:
        for written in {form, html.escape(form), form.replace("/", "\\/")}:
            yield before + re.escape(written.encode("utf-8", "replace")) + rb"(?:\\?/)?(?![\w%/.?&=-])"
    for form in {parts.netloc + path + query, parts.netloc + unquote(path) + query}:  # in the link of a share button
        yield SHARED + re.escape(quote(form, safe="").encode("ascii")) + rb"(?:%2F)?(?![\w%.-])"


def title_forms(title: str) -> Iterator[bytes]:
    """Yield patterns of a title as pages, feeds, JSON and tables write it."""
    forms = {title, html.escape(title), html.escape(title, quote=False), title.replace('"', '""')}
    forms |= {json.dumps(title)[1:-1], json.dumps(title, ensure_ascii=False)[1:-1]}
    forms |= {form.replace("/", "\\/") for form in forms}
    yield from (re.escape(form.encode("utf-8", "replace")) for form in forms)


def holds(needle: Pattern | None, words: bytes) -> bool:
    """Say whether the pattern is found in the words."""
    return needle is not None and needle.search(words) is not None
