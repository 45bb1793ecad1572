"""The publication date in a framework's own state: JSON in a script, JSON-LD too broken to parse included."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from ..document import Document, scripts
from .offers import Offer, machine_stamp

KEYS: Final = frozenset(
    (
        *("datepublished", "publishedat", "publishdate", "publicationdate", "datepublication", "pubdate", "published"),
        *("firstpublished", "publishedfirst", "firstpublication", "publicationtime", "datetimepublished"),
        *("firstpublishedat", "publisheddate", "publishedtime", "firstpublicationdate", "firstpublisheddate"),
        *("publishat", "publishedon", "publishtime", "originalpublishdate", "postdate", "dateposted", "postedat"),
    )
)
"""Names of a publication date, without case, '_' and '-'."""

VALUE: Final = (
    r"[\w-]{0,24}(?:(?:\\{0,3}[\"']|&quot;)\s{0,3}[:,]|:)\s{0,3}"
    r"(?:(?:\\{0,3}[\"']|&quot;)(?=([^\"'\\&]{8,40}))|(?=(\d{10}(?:\d{3})?)(?!\d)))"
)
CORES: Final = (re.compile("ub(?:lish|lica|[Dd]ate)" + VALUE), re.compile("ost(?:ed|Date)" + VALUE))
"""The middle of such a name and what follows it: a search for a letter or two is the quickest."""

HEAD: Final = re.compile(r"(?:[\"'{,\s]|&quot;)([\w-]{0,24})$")
NAME: Final = re.compile(r"[\w-]{1,48}")
PARTS: Final = (re.compile("ub(?:lish|lica|Date)"), re.compile("ost(?:ed|Date)"))
MOST: Final = 400_000
"""Characters looked at; state objects of whole front pages run to megabytes."""

SHORTEST_SLUG: Final = 12
MOST_NAMED: Final = 6
BRACE: Final = re.compile(r"[{}]")
WIDEST: Final = 20_000
"""Characters to each side of the page's own name in which its object may end."""

Found = list[tuple[str, str]]


def find(document: Document) -> Iterator[Offer]:
    """Yield the date, when all that the scripts hold under such keys is of one day; broken JSON-LD speaks first.

    Of several days that of the object which names the page's own address counts.
    """
    broken = not any(key == "datePublished" for node in document.json_ld for key in node)
    linked, others = split(document)
    found = read(linked) if broken else []
    found = found or read(others)
    if len(days(found)) > 1:
        found = named(others, slug_of(document.url))
    if len(days(found)) == 1:
        key, quote = found[0]
        yield Offer(field="published", place="inline", quote=quote, found_in=f"inline:{key}")


def split(document: Document) -> tuple[list[str], list[str]]:
    """Return the texts of JSON-LD, in metas too, and of all other scripts that may hold such a key."""
    linked = [content for key, content in document.metas if key.endswith("ld+json")]
    others: list[str] = []
    for script, text in scripts(document).items():
        if any(part.search(text) for part in PARTS):
            (linked if "ld+json" in (script.get("type") or "") else others).append(text)
    return linked, others


def read(texts: Sequence[str]) -> Found:
    """Return the keys and values found, in bounded work."""
    found: Found = []
    left = MOST
    for text in texts:
        found += pairs(text[:left])
        left -= len(text)
        if left <= 0:
            break
    return found


def pairs(text: str) -> Found:
    """Return the keys of a text with their values: words, or Unix times."""
    return [
        (key, value)
        for core in CORES
        for match in core.finditer(text)
        if (value := match.group(1) or match.group(2))
        and (key := key_at(text, match.start())).replace("_", "").replace("-", "").lower() in KEYS
        and any(letter.isdigit() for letter in value)
    ]


def key_at(text: str, at: int) -> str:
    """Return the name in the middle of which an offset lies; empty when it lies in none."""
    head = HEAD.search(text[max(0, at - 30) : at])
    name = NAME.match(text, at)
    return head.group(1) + name.group() if head and name else ""


def days(found: Found) -> frozenset[str]:
    """Return the days that the values begin with, or those of Unix times."""
    stamps = (machine_stamp(quote) if quote.isdecimal() else quote for _, quote in found)
    return frozenset(str(stamp)[:10] for stamp in stamps)


def slug_of(url: str) -> str:
    """Return the last part of an address's path, by which a framework names a post; empty when it says too little."""
    try:
        slug = urlsplit(url[:2000]).path.rstrip("/").rpartition("/")[2].partition(".")[0]
    except ValueError:
        return ""
    return slug if len(slug) >= SHORTEST_SLUG else ""


def named(texts: Sequence[str], slug: str) -> Found:
    """Return the keys and values of the objects of which a value ends in the page's own name."""
    if not slug:
        return []
    own = re.compile(rf"[\"'/]{re.escape(slug)}/?(?:\\{{0,3}}[\"']|&quot;)")
    left = MOST
    found: Found = []
    for text in texts:
        for match in islice(own.finditer(text, 0, left), MOST_NAMED):
            found += pairs(level(text, match.start(), match.end()))
        left = max(0, left - len(text))
    return found


def level(text: str, start: int, end: int) -> str:
    """Return what stands in the same object as a value, without the objects inside it."""
    first, last = max(0, start - WIDEST), min(len(text), end + WIDEST)
    before = [brace.start() for brace in BRACE.finditer(text, first, start)][::-1]
    after = [brace.start() for brace in BRACE.finditer(text, end, last)]
    left = [text[below + 1 : above] for above, below in gaps(text, before, start, first - 1, deeper="}")]
    right = [text[above + 1 : below] for above, below in gaps(text, after, end - 1, last, deeper="{")]
    return " ".join([*reversed(left), *right])


def gaps(text: str, braces: Sequence[int], start: int, end: int, *, deeper: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches between braces on the level on which one starts, until its object ends."""
    depth, since = 0, start
    for at in braces:
        if text[at] == deeper:
            if depth == 0:
                yield since, at
            depth += 1
        elif depth == 0:
            yield since, at
            return
        else:
            depth -= 1
            since = at if depth == 0 else since
    if depth == 0:
        yield since, end
