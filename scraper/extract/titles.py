"""Choose a post's title: the words of its heading, without the site's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scraper.models import Claim

SOURCES = ("partner", "wordpress", "calendar", "feed")
HEADINGS = ("visible:h1", "visible:entry-title")
DECLARED = (
    "json_ld:headline",
    "microdata:headline",
    "open_graph:og:title",
    "twitter_card:twitter:title",
    "html_meta:parsely-title",
    "html_meta:citation_title",
    "html_meta:title",
    "json_ld:name",
    "html_meta:dc.title",
)
LINK = "listing:title"  # the words of a link: "Continue reading …", a date, a title cut short; the last resort
ORDER = (*SOURCES, *HEADINGS, *DECLARED, LINK)
PIPE = re.compile(r"\s*\|{1,2}\s*|\s+[»ǀ]\s+")
SUFFIX = re.compile(r"\s+(?:[|\-–—·•»«:/>~ǀ]|//|::)\s+|\s*\|\s*|:\s+")
JOINTS = re.compile(r"\s[|\-–—·•]\s")
MARKS = re.compile(r"[^\w]+", re.UNICODE)
GENERIC = frozenset(
    [
        "home",
        "news",
        "blog",
        "our blog",
        "blog archive",
        "article",
        "artikel",
        "index",
        "untitled",
        "menu",
        "search",
        "log in",
        "login",
        "latest news",
        *("agenda", "agenda and minutes", "minutes", "event", "event details", "meeting details"),
        "news item",
        "news article",
        "news story",
        "news details",
        "media release",
        "press release",
        "press releases",
        "newsroom",
        "navigation",
        "welcome",
        "cookies",
        "404",
        "not found",
    ]
)
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
CUT = re.compile(r"\s{0,3}(?:…|\.{3}|\[(?:…|\.{3})\])$")
FIGURE = re.compile(r"\d")
DATED_HEAD = 30  # characters in which a title names the day of its event first
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}"
DAY_BEFORE = re.compile(rf"(?:[^\W\d]{{3,9}} )?(?:{MONTH} \d{{1,2}}|\d{{1,2}} {MONTH}) (?:\d{{4}} )?")
LEAST_STEM = 10  # characters
MAX_TITLE = 400
MAX_SITE = 4  # words of a site's name that stands beside other words
MAX_KICKER = 6  # words
MIN_TITLE = 2  # words, fewer may be the end of a longer title
SHARED = 0.5  # the share of a heading's words that the page's other titles must hold
SHARED_ALONE = 0.2  # the same for a page's only heading


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """What is known of a site's name: the names it declares and the labels of its host, folded."""

    names: frozenset[str]
    host: str

    def is_named(self, words: str) -> bool:
        """Say whether words are the site's name: declared so, or the host spelt out."""
        folded = fold(words)
        squashed = folded.translate(UMLAUTS).replace(" ", "")
        if folded in self.names:
            return True
        return len(squashed) > 3 and any(
            squashed in part or (part in squashed and 2 * len(part) >= len(squashed)) for part in self.labels
        )

    def is_exactly(self, words: str) -> bool:
        """Say whether words are the site's declared name or its host, letter by letter; a place name is not."""
        folded = fold(words)
        return folded in self.names or folded.replace(" ", "") == self.host.removeprefix("www ").replace(" ", "")

    @property
    def labels(self) -> list[str]:
        """The host's labels, its country code and `www` left out."""
        return [part for part in self.host.split() if len(part) > 3]


def site_of(host: str, names: Sequence[str]) -> Site:
    """Return what is known of a site's name."""
    parts = (part for name in names for part in JOINTS.split(name[:MAX_TITLE]) if len(part.split()) <= MAX_SITE)
    folded = frozenset(map(fold, (*names, *parts))) - {"", *GENERIC}
    return Site(names=folded, host=host.lower().replace("-", "").replace(".", " "))


def choose(claims: Sequence[Claim], site: Site, *, news: bool = False) -> Claim | None:
    """Return the winning title; None when the page has none.

    A source's own title or the partner's selector wins. Otherwise metadata says which heading is the title, and the
    heading says how it is spelt: quotes and dashes in metadata are often not the partner's own (Jekyll's og:title).
    `news`: the page is marked up as a NewsArticle; there the declared headline beats a heading with other words,
    which newsrooms write for search engines. The words of a link that led here only settle which heading it is.
    """
    for source in SOURCES:
        for claim in claims:
            if claim.found_in.partition(":")[0] == source and not is_cut(claim, claims):
                return undated(claim, claims) or spelt(claim, claims)
    usable = [claim for claim in claims if is_title(claim, site)]
    headings = [cut_site(claim, site) for place in HEADINGS for claim in usable if claim.found_in == place]
    declared = [cut_suffix(claim, usable, site) for place in DECLARED for claim in usable if claim.found_in == place]
    unglued = unglued_heading(headings, [claim for place in DECLARED for claim in usable if claim.found_in == place])
    if news:
        return unglued or newsroom_title(headings, declared)
    linked = [claim for claim in usable if claim.found_in == LINK]
    return (
        agreed_heading(headings, declared)
        or agreed_heading(headings, linked)
        or unglued
        or without_kicker(headings, declared)
        or likely_heading(headings, declared)
        or next(iter(declared or headings or linked), None)
    )


def spelt(claim: Claim, claims: Sequence[Claim]) -> Claim:
    """Return a source's title; one in capitals alone as the page spells it, if it does."""
    if not claim.value.isupper():
        return claim
    same = (other for other in claims if fold(other.value) == fold(claim.value) and not other.value.isupper())
    return next(same, claim)


def undated(claim: Claim, claims: Sequence[Claim]) -> Claim | None:
    """Return the heading that a source sets behind its day ("Nov 24, 2026: Winter market at the Guildhall"), if any."""
    said = fold(claim.value)
    for heading in claims if FIGURE.search(said[:DATED_HEAD]) else ():
        before, own, _ = said.partition(fold(heading.value)) if heading.found_in in HEADINGS else ("", "", "")
        if own and len(own) >= LEAST_STEM and DAY_BEFORE.fullmatch(before):
            return heading
    return None


def is_cut(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Say whether a source's title ends in dots where another of the page goes on."""
    stem = CUT.sub("", claim.value)
    if stem == claim.value or len(stem) < LEAST_STEM:
        return False
    begin = fold(stem)
    return any(
        other is not claim and len(other.value) > len(stem) and fold(other.value).startswith(begin) for other in claims
    )


def newsroom_title(headings: Sequence[Claim], declared: Sequence[Claim]) -> Claim | None:
    """Return the title of a page that is marked up as news.

    Newsrooms write one headline for readers and one for search engines; where `<title>` only repeats the heading, that
    heading is the second kind and Open Graph has the first.
    """
    shown = {fold(heading.value) for heading in headings}
    repeats = any(claim.found_in == "html_meta:title" and fold(claim.value) in shown for claim in declared)
    graph = [claim for claim in declared if claim.found_in == "open_graph:og:title"]
    if repeats or any(fold(claim.value) in shown for claim in graph):
        declared = graph or declared
    return agreed_heading(headings, declared[:1]) or next(iter(declared or headings), None)


def agreed_heading(headings: Sequence[Claim], declared: Sequence[Claim]) -> Claim | None:
    """Return the first heading that some metadata repeats, but for marks."""
    said = {fold(claim.value) for claim in declared}
    return next((heading for heading in headings if fold(heading.value) in said), None)


def unglued_heading(headings: Sequence[Claim], declared: Sequence[Claim]) -> Claim | None:
    """Return the metadata that spells a heading whose parts are set apart by style alone ("DemoDer 9. Juli")."""
    shown = {fold(heading.value) for heading in headings}
    glued = {words.replace(" ", "") for words in shown}
    said = ((fold(claim.value), claim) for claim in declared)
    return next((claim for words, claim in said if words not in shown and words.replace(" ", "") in glued), None)


def without_kicker(headings: Sequence[Claim], declared: Sequence[Claim]) -> Claim | None:
    """Return the metadata that is a heading without the words set above it; "Region: Title" is one title."""
    for claim in declared:
        for heading in headings:
            kicker = heading.value.removesuffix(claim.value).rstrip()
            if kicker != heading.value and kicker[-1:].isalnum() and len(kicker.split()) <= MAX_KICKER:
                return claim if len(claim.value.split()) > MIN_TITLE else None
    return None


def likely_heading(headings: Sequence[Claim], declared: Sequence[Claim]) -> Claim | None:
    """Return the heading that shares most words with the page's other titles; None when none shares enough."""
    first = [heading for heading in headings if heading.found_in == headings[0].found_in]
    if not declared:
        return next(iter(first), None)
    said = {word for claim in declared for word in fold(claim.value).split()}

    def shared(claim: Claim) -> float:
        own = fold(claim.value).split()
        return sum(word in said for word in own) / len(own)

    best = max(first, key=shared, default=None)
    return best if best is not None and shared(best) >= (SHARED_ALONE if len(first) == 1 else SHARED) else None


def cut_suffix(claim: Claim, usable: Sequence[Claim], site: Site) -> Claim:
    """Return the claim without a trailing (or leading) site name.

    A part is the site's name when it is declared so or spells the host, or when another title of the page is this one
    without it; what follows a `|` is never the title's.
    """
    others = {fold(other.value) for other in usable if other is not claim}
    words = claim.value
    for match in reversed(list(SUFFIX.finditer(words))[-8:]):
        head, tail = words[: match.start()].strip(), words[match.end() :].strip()
        if not head or not tail:
            continue
        weak = match.group().startswith(":")
        if (site.is_named(tail) and (not weak or fold(tail) in site.names)) or (fold(head) in others and not weak):
            words = head
        elif site.is_named(head) or (fold(head) in GENERIC and not weak):
            return cut_suffix(Claim(value=tail, found_in=claim.found_in), usable, site)
        elif fold(tail) in others and not weak and len(tail) > len(head):
            return Claim(value=tail, found_in=claim.found_in)
    parts = PIPE.split(words)
    if len(parts) > 1 and len(parts[0].split()) > 1 and fold(words) not in others:
        words = parts[0]
    return Claim(value=words, found_in=claim.found_in)


def cut_site(heading: Claim, site: Site) -> Claim:
    """Return a heading without a site name behind a bar."""
    head, bar, tail = heading.value.rpartition("|")
    return (
        Claim(value=head.strip(), found_in=heading.found_in)
        if bar and head.strip() and site.is_named(tail)
        else heading
    )


def is_title(claim: Claim, site: Site) -> bool:
    """Say whether a claim can be a post's title: words, and not the site's name alone."""
    words = fold(claim.value)
    return 1 < len(words) <= MAX_TITLE and words not in site.names and words not in GENERIC


def fold(words: str) -> str:
    """Return words for comparison: compatibility forms, no marks, lower case, one space."""
    return fold_short(words[:2000])


def fold_all(words: str) -> str:
    """Return a whole text as `fold` does with a title."""
    return MARKS.sub(" ", unicodedata.normalize("NFKC", words.replace("\xad", ""))).casefold().strip()


@lru_cache(maxsize=512)
def fold_short(words: str) -> str:
    """Return words as `fold` does; the few dozen that a page's fields share are compared again and again."""
    return fold_all(words)
