"""Listings: pages of links to posts, with paging; the links that look like posts, each with its reason."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element as Element

from scraper.extract import document
from scraper.models import Candidate, Capture, Partner, Reading, SourceClaims
from scraper.normalise import text, urls

from . import addresses
from .archive_lists import further_lists
from .paging import next_page

MAX_LINKS = 2_000
LEAST_SCORE = 2.0  # a group of links scores at least this to be taken for posts
LEAST_MIXED = 3  # links that do so alone, in a group that does not: posts among other things
LEAST_WORDED = 5  # links of a folder, in the menu of an archive
MEAN_WORDED = 1.5  # of them all; 2 is a speaking address and four words or more
LEAST_CARDS = 3  # with a heading or a date, after which a bare link beside them must prove itself
LEAST_TITLE_WORDS = 3  # of a link; "read more" and "here" are no titles
MAX_IN_CARD = 8
OUTSIDE_MENUS = etree.XPath("//a[not(ancestor::nav or ancestor::header or ancestor::footer)]")

HEADED = 1.5  # what a heading around a link, or in it, counts for
NUMBERED = re.compile(r"\d{3,}")
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
CARDS = frozenset({"article", "li", "tr", "dd", "dt"})
OUTSIDE_CLASS = re.compile(
    r"\b(nav|menu|footer|sidebar|breadcrumbs?|pagination|pager|cookie|social|share|widget|related)\b"
)
LAYOUT_CLASS = re.compile(r"(?<!\S)(?:one|two|no|has|with|without|both)-[\w-]{1,60}")  # of what stands beside a rail
ARCHIVE = re.compile(r"/(?:archiv(?:es?|o|io)?|archif|archiwum)(?:/|\.\w{3,5})?\Z", re.IGNORECASE)
DATED = re.compile(r"(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d\d-\d\d|(?:19|20)\d\d)(?!\d)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A link of a listing and how much it looks like a post's."""

    url: str
    words: str
    shape: str  # the folder it lies in: links of one shape are judged together
    score: float
    plain: float = 0.0  # what its own address and words say, wherever it stands
    inside: bool = True  # it stands in the page's own part, not in a menu or beside
    carded: bool = False  # it stands in a heading or in a dated card


def read(capture: Capture, partner: Partner) -> Reading:
    """Read a listing: its posts and its next page; raises NotAPost, HostilePage when it is no page."""
    page = document.parse(capture.body, capture.url, content_type=capture.headers.get("content-type", ""))
    hosts = urls.partner_hosts(partner.home, partner.hosts)
    found = list(links(page, hosts))
    following = next_page(page, hosts)
    further = tuple(url for url in further_lists(page, hosts) if url not in following)
    if partner.posts:
        chosen = by_pattern(found, partner)
    else:
        lists = {*following, *further}
        found = [link for link in found if link.url not in lists and addresses.may_be_post(link.url)]
        chosen = by_shape(found, capture.url) or by_words(found, capture.url)
    sure, cards = surely(chosen, found), shapes_of_cards(chosen)
    candidates = []
    for link in chosen:
        title = text.line(link.words, limit=300) if len(link.words.split()) >= LEAST_TITLE_WORDS else None
        claims = SourceClaims(url=link.url, found_in="listing", title=title)
        named = bool(partner.posts) or (link.shape in sure and (link.carded or link.shape not in cards))
        candidates.append(Candidate(url=link.url, found_in="listing", claims=claims, sure=named))
    return Reading(candidates=tuple(candidates), next_urls=following, further_urls=further, whole=True)


def by_pattern(found: list[Link], partner: Partner) -> list[Link]:
    """Take the links that a pattern of the registry file names."""
    patterns = [re.compile(pattern) for pattern in partner.posts.values()]
    return once([link for link in found if any(pattern.search(link.url) for pattern in patterns)])


def by_shape(found: list[Link], here: str) -> list[Link]:
    """Take the groups of links, by folder, that score as posts where they stand in the page's own part."""
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in found:
        if urls.url_key(link.url) != urls.url_key(here):
            groups[link.shape].append(link)
    own = {shape: [link for link in group if link.inside] for shape, group in groups.items()}
    good = {shape for shape, group in own.items() if mean_score(group) >= LEAST_SCORE or are_mostly_good(group)}
    mixed = {shape for shape, group in groups.items() if shape not in good and count_good(group) >= LEAST_MIXED}
    return once(
        [
            link
            for link in found
            if (link.shape in good and link.score > 0) or (link.shape in mixed and link.score >= LEAST_SCORE)
        ]
    )


def by_words(found: list[Link], here: str) -> list[Link]:
    """Take what an archive lists in a menu alone: the folders of which nearly every link is worded like a post."""
    if not ARCHIVE.search(urlsplit(here).path):
        return []
    groups: dict[str, list[Link]] = defaultdict(list)
    for link in once(found):
        groups[link.shape].append(link)
    worded = {
        shape
        for shape, group in groups.items()
        if len(group) >= LEAST_WORDED and sum(link.plain for link in group) >= MEAN_WORDED * len(group)
    }
    return once([link for link in found if link.shape in worded])


def surely(chosen: list[Link], found: list[Link]) -> set[str]:
    """Return the folders of which most links lead to posts; elsewhere a page must prove that it is one."""
    listed = {link.url for link in chosen}
    shapes = {link.shape for link in chosen}
    groups = {shape: {link.url for link in found if link.shape == shape} for shape in shapes}
    return {shape for shape, group in groups.items() if len(group & listed) * 2 >= len(group)}


def shapes_of_cards(chosen: list[Link]) -> set[str]:
    """Return the folders of which a page sets posts in cards: a bare link beside those may lead to another page."""
    carded = Counter(link.shape for link in chosen if link.carded)
    return {shape for shape, number in carded.items() if number >= LEAST_CARDS}


def count_good(group: list[Link]) -> int:
    """Return how many addresses of a group look like posts by themselves."""
    return len({link.url for link in group if link.score >= LEAST_SCORE})


def are_mostly_good(group: list[Link]) -> bool:
    """Say whether two in three addresses of a group look like posts by themselves; the others have short titles."""
    number = count_good(group)
    return number >= LEAST_MIXED and number * 3 >= len({link.url for link in group}) * 2


def mean_score(group: list[Link]) -> float:
    """Return the mean over addresses of the best score of each; 0 for no address."""
    best: dict[str, float] = {}
    for link in group:
        best[link.url] = max(best.get(link.url, link.score), link.score)
    return sum(best.values()) / len(best) if best else 0.0


def once(found: list[Link]) -> list[Link]:
    """Keep one link an address, the one with the most words, in page order."""
    best: dict[str, Link] = {}
    for link in found:
        if link.url not in best or len(link.words) > len(best[link.url].words):
            best[link.url] = link
    return list(best.values())


def links(page: document.Document, hosts: frozenset[str]) -> Iterator[Link]:
    """Yield the links of a page that lead to the partner's own pages."""
    anchors = list(islice(page.tree.iter("a"), MAX_LINKS + 1))
    if len(anchors) > MAX_LINKS:  # a menu of the whole site stands before what is new
        anchors = OUTSIDE_MENUS(page.tree)[:MAX_LINKS]
    for element in anchors:
        url = urls.absolute(element.get("href"), page.base_url)
        if not url or not urls.same_host(url, hosts):
            continue
        words = document.line(element)[:500]
        url = urls.strip_tracking(url)
        context = [
            weigh_ancestor(ancestor, depth) for depth, ancestor in enumerate(islice(element.iterancestors(), 13))
        ]
        headed = any(child.tag in HEADINGS for child in element.iter())
        yield Link(
            url=url,
            words=words,
            shape=addresses.shape_of(url),
            score=score(url, words) + HEADED * headed + sum(context),
            plain=score(url, words),
            inside=min(context, default=0.0) >= 0,
            carded=headed or max(context, default=0.0) > 0,
        )


def score(url: str, words: str) -> float:
    """Weigh what a link's own address and words say for its leading to a post."""
    parts = urlsplit(url)
    slug = parts.path.rstrip("/").rpartition("/")[2]
    named = slug.count("-") >= 2 or NUMBERED.search(slug) or NUMBERED.search(parts.query)
    return (1.0 if named else 0.0) + (1.0 if len(words.split()) >= 4 else 0.0)


def weigh_ancestor(ancestor: Element, depth: int) -> float:
    """Weigh one element around a link: headings and dated cards speak for a post, navigation against it."""
    tag = ancestor.tag if isinstance(ancestor.tag, str) else ""
    if tag in HEADINGS:
        return HEADED
    if tag in ("body", "html"):
        return 0.0  # its classes say what the whole page has: "one-sidebar sidebar-first"
    label = LAYOUT_CLASS.sub("", f"{ancestor.get('class') or ''} {ancestor.get('id') or ''}"[:1000].lower())
    if tag in ("nav", "footer", "aside") or (tag == "header" and depth > 3) or OUTSIDE_CLASS.search(label):
        return -3.0
    if tag == "td" and is_calendar(ancestor):
        return 1.5
    if tag in CARDS and depth < 6 and DATED.search(document.content(ancestor)[:1500]):
        return 2.0 if tag == "article" and leads_to_one(ancestor) else 1.0
    return 0.0


def is_calendar(cell: Element) -> bool:
    """Say whether a cell of a table is a day of a calendar, as the class of its table says."""
    table = next(cell.iterancestors("table"), None)
    return table is not None and "calendar" in f"{table.get('class') or ''} {table.get('id') or ''}".lower()


def leads_to_one(card: Element) -> bool:
    """Say whether a card leads to one page, by its picture, its title and its "Read more"."""
    return len({link.get("href") for link in islice(card.iter("a"), MAX_IN_CARD)}) == 1
