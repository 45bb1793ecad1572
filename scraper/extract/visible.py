"""What a reader sees: headings, bylines, category and tag links, breadcrumbs, the lead picture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from .document import TEXT, Document, words
from .evidence import Offer, offer
from .links import absolute, path_of
from .microdata import NAMES
from .regions import Regions

MAX_LINKS = 3_000
MAX_LABEL = 60
BYLINES = etree.XPath(
    "//*[self::a or self::span or self::div or self::p or self::li or self::address or self::strong or self::em"
    " or self::h2 or self::h3 or self::h4 or self::h5 or self::h6 or self::small or self::time or self::cite]"
    "[contains(@class,'author') or contains(@class,'byline') or contains(@class,'Author') or contains(@class,'Byline')"
    " or contains(@class,'autor') or contains(@class,'auteur') or contains(@id,'author') or contains(@id,'byline')"
    " or contains(@class,'posted-by') or contains(@class,'writer') or @class='fn']"
)
KICKERS = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|overline|topline|roofline|dachzeile|pretitle|pre-title|supertitle|subtitle|sub-title|subheading|subline"
    r"|label|badge|category|date|meta|sr-only|visually-?hidden|screen-reader-text|hidden|invisible|aural)(?:$|[\s_-])"
)
FOLLOWING = etree.XPath("following::*[position() < 80]")
BY = re.compile(
    r"^(?:(?:this post was )?(?:written |words |story |posted |text )?by|von|par|por|text|autor|author|door|interview)(?:\s*:\s*\S|\s+\S|\s*:?$)",
    re.IGNORECASE,
)
ENTRY_TITLES = etree.XPath(
    "//*[self::h2 or self::h3 or self::div or self::p][contains(@class,'entry-title') or contains(@class,'post-title')"
    " or contains(@class,'article-title') or contains(@class,'headline') or contains(@class,'posttitle')]"
)
CRUMBS = etree.XPath(
    "(//*[contains(@class,'breadcrumb') or contains(@class,'Breadcrumb') or contains(@id,'breadcrumb')"
    " or contains(@aria-label,'readcrumb') or contains(@itemtype,'BreadcrumbList')])[1]"
)
CRUMB_ITEMS = etree.XPath("descendant::a | descendant::li[not(descendant::a)]")
LABELLED = etree.XPath(
    "//*[self::div or self::span or self::p or self::ul or self::section or self::li or self::footer or self::dl]"
    "[contains(@class,'tag') or contains(@class,'categor') or contains(@class,'topic') or contains(@class,'keyword')"
    " or contains(@class,'eyebrow') or contains(@class,'kicker') or contains(@class,'cat-links') or contains(@class,'rubri')"
    " or contains(@class,'schlagw')]"
)
TAG_BOX = re.compile(
    r"(?:^|\s)(?:(?:post|entry|article|content|single|blog|td-post|meta)?[-_]{0,2}"
    r"(?:tags?|tags?[-_]{1,2}(?:links?|list|items?|container|wrapper|box)|tagged|tagged-in|topics?|keywords?|schlagworte?))(?:$|\s)"
)
CATEGORY_BOX = re.compile(
    r"(?:^|\s)(?:(?:post|entry|article|content|single|blog|td-post|meta)?[-_]{0,2}"
    r"(?:categor(?:y|ies)|cat-links|cats?|rubrik|rubrique|eyebrow|kicker)(?:[-_]{1,2}(?:links?|list|items?|label))?)(?:$|\s)"
)
TAG_PATH = re.compile(
    r"/(?:tags?|schlagwort|schlagworte|etiqueta|etiquetas|mot-cle|mots-cles|keywords?|hashtag)/[^/]", re.IGNORECASE
)
TOPIC_PATH = re.compile(r"/(?:topics?|thema|themen|tema|temas|sujet|sujets)/[^/]", re.IGNORECASE)
CATEGORY_PATH = re.compile(
    r"/(?:category|categories|kategorie|kategorien|categoria|categorie|rubrik|rubrique)/[^/]", re.IGNORECASE
)
AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor|autoren|auteur|contributors?|profile|producers?|people|team)/[^/]", re.IGNORECASE
)
CLASS_TERM = re.compile(r"^(category|tag)-([a-z][a-z0-9-]{1,60})$")
UNTITLED = ("uncategorized", "uncategorised", "archive", "template", "page", "title", "description", "list", "links")


def read(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield what the visible page offers, rails left out."""
    yield from read_headings(document, regions)
    yield from read_links(document, regions)
    yield from read_bylines(document, regions)
    yield from read_by_text(regions)
    yield from read_boxes(document, regions)
    yield from read_breadcrumbs(document)
    yield from read_classes(document, regions)
    yield from read_picture(document, regions)


def read_headings(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the page's headings; one that leads to the home page is the site's name, not a title."""
    for heading in regions.headings[:10]:
        home = any(leads_home(link, document) for link in heading.iter("a")) or any(
            leads_home(link, document) for link in islice(heading.iterancestors("a"), 1)
        )
        if home:
            yield from offer("site", words(heading), "visible:h1")
        elif not regions.in_rail(heading):
            yield from offer_heading(heading, "visible:h1")
    for heading in islice(ENTRY_TITLES(document.tree), 5):
        if not regions.in_rail(heading):
            yield from offer_heading(heading, "visible:entry-title")


def offer_heading(heading: HtmlElement, place: str) -> Iterator[Offer]:
    """Yield a heading without what is only set inside it, then with it: metadata says which one is the title."""
    whole, own = words(heading), own_words(heading)
    yield from offer("title", own, place)
    if own != whole:
        yield from offer("title", whole, place)


def own_words(heading: HtmlElement) -> str:
    """Return a heading's words without a kicker, a date or a label for screen readers that is set inside it."""
    beside = [
        child
        for child in heading
        if child.tag in ("time", "small") or KICKERS.search((child.get("class") or "").lower()[:200])
    ]
    if (
        not beside
        or len(heading) == len(beside)
        and not (heading.text or "").strip()
        and not any((one.tail or "").strip() for one in beside)
    ):
        return words(heading)
    rest = [heading.text or ""]
    for child in heading:
        rest += ["" if child in beside else words(child), child.tail or ""]
    return " ".join(" ".join(rest).split()).strip("-–—:|/ ") or words(heading)


def leads_home(link: HtmlElement, document: Document) -> bool:
    """Say whether a link leads to the site's front page."""
    url = absolute(document.base_url, link.get("href"))
    return bool(url) and path_of(url or "") == "" and path_of(document.url) != ""


def read_links(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield what links say by their `rel` and by the path they lead to."""
    for link in islice(document.tree.iter("a"), MAX_LINKS):
        place = place_of_link(link)
        if place is None or regions.in_rail(link) or (place[0] != "authors" and in_prose(link)):
            continue
        label = author_words(link) if place[0] == "authors" else words(link)
        if 0 < len(label) <= MAX_LABEL:
            yield from offer(place[0], label, place[1])


def in_prose(link: HtmlElement) -> bool:
    """Say whether a link stands in a sentence and not in a list of links."""
    for holder in islice(link.iterancestors("p", "li", "blockquote"), 1):
        linked = sum(len(words(other)) for other in islice(holder.iter("a"), 60))
        return len(words(holder)) - linked > 40
    return False


def author_words(link: HtmlElement) -> str:
    """Return the name inside an author's link; cards put a role or a biography beside it."""
    named = NAMES(link)
    return words(named[0]) if named else words(link)


def place_of_link(link: HtmlElement) -> tuple[str, str] | None:
    """Return the field a link speaks for, and the place's name; None for an ordinary link."""
    rels = (link.get("rel") or "").lower().split()
    if "author" in rels:
        return "authors", "visible:rel-author"
    if "category" in rels:
        return "categories", "visible:rel-category"
    if "tag" in rels:
        href = link.get("href") or ""
        return (
            ("categories", "visible:rel-category") if CATEGORY_PATH.search(href[:300]) else ("tags", "visible:rel-tag")
        )
    href = (link.get("href") or "")[:300]
    if TAG_PATH.search(href):
        return "tags", "visible:tag-link"
    if CATEGORY_PATH.search(href):
        return "categories", "visible:category-link"
    if TOPIC_PATH.search(href):
        return "tags", "visible:topic-link"
    return None


def read_bylines(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the words of elements that are named as bylines, nearest the heading first."""
    for element in islice(BYLINES(document.tree), 100):
        if regions.in_rail(element):
            continue
        text = spaced(element)
        if 0 < len(text) <= 120:
            for link in element.iter("a"):
                by_path = AUTHOR_PATH.search((link.get("href") or "")[:300])
                yield from offer("authors", words(link), "visible:byline-link" if by_path else "visible:byline-anchor")
            yield from offer("byline", text, "visible:byline")


def spaced(element: HtmlElement) -> str:
    """Return an element's words with a space between its parts, as bylines are set."""
    return " ".join(" ".join(part for part in TEXT(element) if isinstance(part, str)).split())


def read_by_text(regions: Regions) -> Iterator[Offer]:
    """Yield short texts that begin like a byline ("By Jane Smith"), and links to authors, soon after the heading."""
    if regions.heading is None:
        return
    for element in FOLLOWING(regions.heading):
        if (
            element.tag == "a"
            and AUTHOR_PATH.search((element.get("href") or "")[:300])
            and not regions.in_rail(element)
        ):
            yield from offer("authors", words(element), "visible:author-link")
        text = " ".join((element.text or "").split())
        if len(text) < 80 and BY.match(text) and not regions.in_rail(element):
            yield from offer("byline", byline_around(element), "visible:by-text")


def byline_around(element: HtmlElement) -> str:
    """Return the words of a byline whose name may stand in a child or beside its "by"."""
    for holder in (element, element.getparent()):
        text = spaced(holder) if holder is not None else ""
        if 8 < len(text) <= 120 and len(text.split()) > 1 and not text.endswith(":"):
            return text
    return spaced(element)[:120]


def read_boxes(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the links, or the words, of boxes whose class names them as tags or categories."""
    for box in islice(LABELLED(document.tree), 300):
        names = (box.get("class") or "").lower()[:300]
        field = "tags" if TAG_BOX.search(names) else "categories" if CATEGORY_BOX.search(names) else ""
        if not field or regions.in_rail(box) or regions.is_rail(box):
            continue
        labels = [words(link) for link in box.iter("a")]
        if not labels and len(words(box).split()) <= 4:
            labels = [words(box)]
        for label in labels:
            if 0 < len(label) <= MAX_LABEL and len(labels) <= 40:
                yield from offer(field, label, f"visible:{'tag' if field == 'tags' else 'category'}-box")


def read_breadcrumbs(document: Document) -> Iterator[Offer]:
    """Yield the steps of the page's breadcrumbs, the first and last included."""
    for trail in CRUMBS(document.tree):
        for item in CRUMB_ITEMS(trail)[:20]:
            label = words(item).strip("›»>/|• ")
            if 0 < len(label) <= 150:
                yield from offer("breadcrumbs", label, "visible:breadcrumbs")


def read_classes(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the terms that WordPress prints as classes of the post (`category-transport`), as words."""
    holders = [document.tree.find("body"), regions.article, *list(regions.spine)]
    for holder in holders:
        if holder is None or not isinstance(holder.tag, str) or not is_one_post(holder):
            continue
        for name in (holder.get("class") or "")[:2000].split():
            match = CLASS_TERM.match(name)
            if match and not match.group(2).startswith(UNTITLED):
                field = "categories" if match.group(1) == "category" else "tags"
                yield from offer(field, match.group(2).replace("-", " "), "visible:post-class")


def is_one_post(holder: HtmlElement) -> bool:
    """Say whether an element's classes are those of one post, not of a listing."""
    names = f" {holder.get('class') or ''} "
    return " hentry " in names or " single " in names or " single-post " in names or " type-post " in names


def read_picture(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the first picture of the post, with its alternative text and caption."""
    holder = regions.article if regions.article is not None else document.tree.find("body//main")
    if holder is None:
        return
    for picture in islice(holder.iter("img"), 30):
        source = picture.get("src") or picture.get("data-src") or ""
        if regions.in_rail(picture) or source.startswith("data:") and not picture.get("data-src") or too_small(picture):
            continue
        yield from offer("image", picture.get("data-src") or source, "visible:picture")
        yield from offer("image_alt", picture.get("alt"), "visible:picture")
        for figure in islice(picture.iterancestors("figure"), 1):
            for caption in islice(figure.iter("figcaption"), 1):
                yield from offer("image_caption", words(caption), "visible:figcaption")
        return


def too_small(picture: HtmlElement) -> bool:
    """Say whether a picture's printed size is that of an icon or a portrait beside a byline."""
    sizes = [
        int(size)
        for key in ("width", "height")
        if (size := (picture.get(key) or "").strip()[:5]).isascii() and size.isdigit()
    ]
    return bool(sizes) and min(sizes) < 100
