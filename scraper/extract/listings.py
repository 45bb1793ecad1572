"""Whether a page lists posts: what it declares, its address, its teasers, and how little it says itself."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from lxml import etree

from . import json_ld, regions, schema_org
from .document import Document, words

SINGLE_CLASSES = frozenset(("single", "singular", "single-post", "page-template-default"))
LISTING_CLASSES = frozenset(("category", "tag", "date", "author", "search", "search-results", "tax-post_format"))
LISTING_PATH = re.compile(
    r"(?:/(?:category|tag|tags|author|kategorie|schlagwort|topic|topics)/[^/]{1,80}(?:/page/\d{1,5})?"
    r"|/(?:19|20)\d\d(?:/\d{1,2}){0,2}|/page/\d{1,5}|/categor(?:y|ies)(?:/[^/]{1,80}){1,2}"
    r"|/(?:news|blogs?|articles|stories|latest|archives?|press|press-releases|newsroom|in-the-news|(?:latest"
    r"|all)-news|issues"
    r"|events|whats-on|what-s-on|exhibitions|forums?|aktuelles|termine|veranstaltungen|actualites|noticias"
    r"|nieuws|newyddion))/?$",
    re.IGNORECASE,
)
LISTING_QUERY = re.compile(r"(?:^|&)(?:s|paged|cat|tag|author|m)=[^&]*(?:$|&)")
TRACKING = re.compile(r"(?:(?:^|&)(?:utm_[a-z]{1,20}|srsltid|ref|fbclid|gclid)=[^&]*)*")
TITLED = re.compile(  # how WordPress titles its archives
    r"^(?:tag|category|topic|month|year|day|author|archives?|schlagwort|kategorie|monat|jahr|autor|étiquette|catégorie"
    r"|mois|auteur|etiqueta|categoría|mes|tagi?|categoria|mese|onderwerp|categorie|maand)\s?:\s\S",
    re.IGNORECASE,
)
COLLECTIONS = frozenset(("CollectionPage", "SearchResultsPage", "ProfilePage"))
CARDS = etree.XPath("//article[.//a[@href]]")
HEADINGS = etree.XPath("count(//h2 | //h3 | //h4)")
LINKED = etree.XPath("//h2[.//a[@href]] | //h3[.//a[@href]] | //h4[.//a[@href]] | //a[@href][.//h2 or .//h3 or .//h4]")
LONG_TEXTS = etree.XPath(
    "//body//text()[string-length(.) > 80][not(ancestor::a or ancestor::script or ancestor::style or ancestor::noscript"
    " or ancestor::template)]"
)
MOST = 100  # linked headings looked at
A_LINE = 80  # characters; shorter texts are labels
FEW = 3  # teasers that an address which promises a list needs
SOME = 5
MANY = 8  # teasers that no post has without saying more itself
NOTHING = 300  # characters of running text
LITTLE = 800
A_LOT = 5_000  # a list of teasers may have as much, a post that is not marked as one has more


def is_listing(document: Document, classes: frozenset[str], *, is_marked: bool) -> bool:
    """Say whether a page is a list of posts; `classes` are its body's, `is_marked`: it declares itself a post.

    WordPress says so in its body's classes. Elsewhere two signs are needed: one that promises a list, and teasers with
    little running text. A page that only Open Graph calls an article is one still, unless schema.org calls it a list.
    """
    if classes & SINGLE_CLASSES:
        return False
    if is_archive(classes):
        return True
    if is_titled(document) and not is_dated(document) and is_list(document, FEW, A_LOT):
        return True
    declared = bool(COLLECTIONS & types_of(document)) and not has_post(document)
    here = is_listing_address(document.url)
    if is_marked:
        return (declared or here) and not is_dated(document) and is_list(document, SOME, LITTLE if here else A_LOT // 2)
    return (
        (declared and (running_text(document) < LITTLE or teasers(document) >= MANY))
        or (is_front(document.url) and is_list(document, MANY, None))
        or ((here or "ItemList" in types_of(document)) and is_list(document, SOME, A_LOT))
        or (here and is_list(document, FEW, LITTLE))
        or is_teasers(document)
    )


def is_archive(classes: frozenset[str]) -> bool:
    """Say whether WordPress calls the page an archive, a blog's front page or results of a search."""
    kinds = classes & LISTING_CLASSES or any(name.startswith(("post-type-archive", "tax-")) for name in classes)
    return bool("archive" in classes and kinds) or {"home", "blog"} <= classes or "search-results" in classes


def is_titled(document: Document) -> bool:
    """Say whether the page's heading is that of an archive: "Tag: River"."""
    heading = regions.find(document).heading
    return heading is not None and bool(TITLED.match(words(heading)[:80]))


def types_of(document: Document) -> frozenset[str]:
    """Return the schema.org types of the page's first nodes."""
    return frozenset(name for node in document.json_ld[:50] for name in json_ld.types(node))


def has_post(document: Document) -> bool:
    """Say whether any node of the page is a post or an event."""
    return any(0 <= schema_org.rank(json_ld.types(node)) < 2 for node in document.json_ld[:200])


def is_dated(document: Document) -> bool:
    """Say whether the page declares when it was published, or a post of its own."""
    return bool(document.meta("article:published_time")) or has_post(document)


def is_front(url: str) -> bool:
    """Say whether an address is that of a site's front page."""
    parts = urlsplit(url)
    return parts.path in ("", "/") and bool(TRACKING.fullmatch(parts.query))


def is_listing_address(url: str) -> bool:
    """Say whether an address is one that lists have: a category, a month, a section's front page."""
    parts = urlsplit(url)
    return bool(LISTING_PATH.search(parts.path)) or bool(LISTING_QUERY.search(parts.query))


def is_list(document: Document, least: int, most: int | None) -> bool:
    """Say whether a page has at least so many teasers and less running text than that (None: whatever it has)."""
    return teasers(document) >= least and (most is None or running_text(document) < most)


def is_teasers(document: Document) -> bool:
    """Say whether a page holds next to nothing but teasers: linked headings, most of all its headings."""
    linked = LINKED(document.tree)
    many = max(len(linked), len(CARDS(document.tree))) >= MANY
    if not many and len(linked) <= SOME:
        return False
    text = running_text(document)
    mostly = 2 * len(linked) >= HEADINGS(document.tree)
    if text < NOTHING:
        return many or mostly
    areas = regions.find(document)
    return (
        mostly
        and areas.article is None
        and text < LITTLE
        and sum(not areas.in_rail(heading) for heading in linked[:MOST]) >= SOME
    )


def teasers(document: Document) -> int:
    """Return how many cards or linked headings a page has, whichever are more."""
    return max(len(CARDS(document.tree)), len(LINKED(document.tree)))


def running_text(document: Document) -> int:
    """Return how many characters stand in texts longer than a line, links left out."""
    lengths = (len(" ".join(text.split())) for text in LONG_TEXTS(document.tree)[:2_000])
    return sum(length for length in lengths if length > A_LINE)
