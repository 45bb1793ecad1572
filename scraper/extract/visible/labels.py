"""Category and tag labels: links by their `rel` and path, named boxes, breadcrumbs, WordPress classes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from lxml import etree
from lxml.etree import _Element as Element

from ..document import Document, words
from ..evidence import Offer, offer
from ..microdata import NAMES
from ..regions import Regions, is_unseen
from .labelled import MAX_LABEL, MAX_LINKS, in_parts, read_labelled, unlinked
from .marks import Marked

MAX_BOXES = 300
LISTED = frozenset(("div", "span", "p", "ul", "section", "li", "footer", "dl", "dd", "a"))
CRUMB_ITEMS = etree.XPath("descendant::a | descendant::li[not(descendant::a)]")
CRUMBS = etree.XPath(
    "(//nav[contains(@aria-label, 'readcrumb')] | //*[@itemtype and contains(@itemtype, 'BreadcrumbList')])[1]"
)
TERM_PATH = re.compile(r"/(?:tag|schl|eti|mot|key|hasht|top|them|tem|suj|cat|kat|rub)[^/]{0,12}/[^/]")
TAG_PATH = re.compile(
    r"/(?:tags?|schlagwort|schlagworte|etiqueta|etiquetas|mot-cle|mots-cles|keywords?|hashtag)/[^/]", re.IGNORECASE
)
TOPIC_PATH = re.compile(r"/(?:topics?|thema|themen|tema|temas|sujet|sujets)/[^/]", re.IGNORECASE)
CATEGORY_PATH = re.compile(
    r"/(?:(?:news|blog|post|article|event|story)-)?(?:category|categories|kategorie|kategorien|categoria|categorie|rubrik|rubrique)/[^/]",
    re.IGNORECASE,
)
SECTION_PATH = re.compile(r"^(?:https?://[^/?#]{1,200})?/?(?:[^/?#]{1,80}/?)?$", re.IGNORECASE)
CATEGORY_KEY = re.compile(r"[?&]cat=-?\d{1,9}(?:[&#]|$)")  # of a WordPress without speaking addresses
TAXONOMY = re.compile(r"(?:^|\s)taxonomy-([\w-]{1,60})")  # the block of WordPress that lists a post's terms
TOPIC = "visible:topic-link"
FACTS = re.compile(r"(?:^|[\s_-])(?:post|entry|article)(?:__|-|_)meta(?:$|\s)")
COUNTED = re.compile(r"\s{0,20}\(\d{1,6}\)")
FOOT = re.compile(r"(?:^|[\s_-])(?:foot(?:er)?)(?:$|[\s_-])", re.IGNORECASE)
POSTED = re.compile(
    r"(?:this (?:entry|post|article) was )?(?:posted|filed|published|tagged)\b|publié|publicado"
    r"|veröffentlicht|opublikowan",
    re.IGNORECASE,
)
CLASS_TERM = re.compile(r"^(category|tag)-([a-z][a-z0-9-]{1,60})$")
UNTITLED = ("uncategorized", "uncategorised", "archive", "template", "page", "title", "description", "list", "links")


def read(document: Document, regions: Regions, marked: Marked) -> Iterator[Offer]:
    """Yield every label outside the rails, and the steps of the breadcrumbs."""
    yield from read_links(document, regions)
    yield from read_boxes(regions, marked)
    yield from read_labelled(document, regions)
    yield from read_breadcrumbs(document, marked)
    yield from read_classes(document, regions)


def read_links(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield what links say by their `rel` and by the path they lead to; topics inside the post silence others.

    Categories with the number of their posts behind them are the site's list of all, unless there is but one.
    """
    topics: dict[bool, list[str]] = {True: [], False: []}
    listed: list[tuple[str, str]] = []
    alone = False
    for link in islice(document.tree.iter("a"), MAX_LINKS):
        place = place_of_link(link)
        if place is None or (regions.in_rail(link) and not is_own(link, place[0], document, regions)):
            continue
        if is_unseen(link) if place[0] == "authors" else in_prose(link):
            continue
        label = author_words(link) if place[0] == "authors" else words(link)
        if not 0 < len(label) <= MAX_LABEL:
            continue
        if place[1] == TOPIC:
            topics[is_inside(link, regions)].append(label)
        elif place[0] == "categories" and COUNTED.match(link.tail or ""):
            listed.append((label, place[1]))
        else:
            alone = alone or place[0] == "categories"
            yield from offer(place[0], label, place[1])
    if len(listed) == 1 and not alone:
        yield from offer("categories", *listed[0])
    for label in topics[True] or topics[False]:
        yield from offer("tags", label, TOPIC)


def is_own(link: Element, field: str, document: Document, regions: Regions) -> bool:
    """Say whether a link of a rail is the post's own: in the post's foot, or in the page's only box of its facts."""
    return field != "authors" and (in_own_foot(link, regions) or in_only_facts(link, document))


def in_only_facts(link: Element, document: Document) -> bool:
    """Say whether a link stands in the box that is named as the facts of a post, where the page has but one such."""
    holder = next((up for up in link.iterancestors() if FACTS.search(up.get("class") or "")), None)
    if holder is None:
        return False
    named = (one for one in document.tree.iter(holder.tag) if FACTS.search(one.get("class") or ""))
    return len(list(islice(named, 2))) == 1


def is_inside(link: Element, regions: Regions) -> bool:
    """Say whether a link stands in the element that is the post."""
    return regions.article is not None and any(up is regions.article for up in link.iterancestors())


def in_own_foot(link: Element, regions: Regions) -> bool:
    """Say whether a link stands in a footer, or a menu, of the post itself: there its terms are listed."""
    if not is_inside(link, regions):
        return False
    for up in takewhile(lambda up: up is not regions.article, link.iterancestors()):
        if regions.is_rail(up) and not (up.tag in ("footer", "nav") or FOOT.search(up.get("class") or "")):
            return False
    return True


def in_prose(link: Element) -> bool:
    """Say whether a link stands in a sentence and not in a list of links."""
    for holder in islice(link.iterancestors("p", "li", "blockquote"), 1):
        if POSTED.match(words(holder)):
            return False  # "This entry was posted in … and tagged …. Bookmark the permalink."
        linked = sum(len(words(other)) for other in islice(holder.iter("a"), 60))
        return len(words(holder)) - linked > 40
    return False


def author_words(link: Element) -> str:
    """Return the name inside an author's link; cards put a role or a biography beside it."""
    named = NAMES(link)
    return words(named[0]) if named else words(link)


def place_of_link(link: Element) -> tuple[str, str] | None:
    """Return the field a link speaks for, and the place's name; None for an ordinary link."""
    rels = (link.get("rel") or "").lower().split()
    if "author" in rels:
        return "authors", "visible:rel-author"
    if "category" in rels:
        return "categories", "visible:rel-category"
    if "tag" in rels:
        return place_of_tag(link, (link.get("href") or "")[:300])
    href = (link.get("href") or "")[:300]
    lower = href.lower()
    if "categor" not in lower and not TERM_PATH.search(lower):
        return None
    if TAG_PATH.search(href):
        return "tags", "visible:tag-link"
    if CATEGORY_PATH.search(href):
        return "categories", "visible:category-link"
    if TOPIC_PATH.search(href):
        return "tags", TOPIC
    return None


def place_of_tag(link: Element, href: str) -> tuple[str, str]:
    """Return what a `rel=tag` link speaks for: its address may be a category's, or a section's front page.

    WordPress prints it for the terms of every taxonomy; its block names the taxonomy.
    """
    taxonomy = taxonomy_of(link)
    if taxonomy == "post_tag":
        return "tags", "visible:rel-tag"
    if taxonomy or CATEGORY_PATH.search(href) or CATEGORY_KEY.search(href):
        return "categories", "visible:rel-category"
    if SECTION_PATH.match(href):
        return "categories", "visible:rel-section"
    return "tags", "visible:rel-tag"


def taxonomy_of(link: Element) -> str | None:
    """Return the taxonomy that the block around a link names; None outside such a block."""
    holder = link.getparent()
    found = TAXONOMY.search((holder.get("class") or "")[:500]) if holder is not None else None
    return found.group(1) if found else None


def read_boxes(regions: Regions, marked: Marked) -> Iterator[Offer]:
    """Yield the links, or the few words, of boxes whose class names them as tags or categories."""
    for field in ("tags", "categories"):
        place = "visible:tag-box" if field == "tags" else "visible:category-box"
        for box in islice((one for one in marked[field] if one.tag in LISTED), MAX_BOXES):
            if regions.in_rail(box) or regions.is_rail(box):
                continue
            labels = [words(link) for link in box.iter("a")]
            if not labels:
                labels = in_parts(box) or unlinked(words(box))
            for label in labels if len(labels) <= 40 else ():
                if 0 < len(label) <= MAX_LABEL:
                    yield from offer(field, label, place)


def read_breadcrumbs(document: Document, marked: Marked) -> Iterator[Offer]:
    """Yield the steps of the page's breadcrumbs, the first and last included."""
    for trail in (marked["breadcrumbs"] or CRUMBS(document.tree))[:1]:
        for item in CRUMB_ITEMS(trail)[:20]:
            label = words(item).strip("›»>/|• ")
            if 0 < len(label) <= 150:
                yield from offer("breadcrumbs", label, "visible:breadcrumbs")


def read_classes(document: Document, regions: Regions) -> Iterator[Offer]:
    """Yield the terms that WordPress prints as classes of the post (`category-transport`), as words."""
    above = regions.heading.iterancestors() if regions.heading is not None else ()
    holders = [document.tree.find("body"), regions.article, *above]
    for holder in holders:
        if holder is None or not isinstance(holder.tag, str) or not is_one_post(holder):
            continue
        for name in (holder.get("class") or "")[:2000].split():
            match = CLASS_TERM.match(name)
            if match and not match.group(2).startswith(UNTITLED):
                field = "categories" if match.group(1) == "category" else "tags"
                yield from offer(field, match.group(2).replace("-", " "), "visible:post-class")


def is_one_post(holder: Element) -> bool:
    """Say whether an element's classes are those of one post, not of a listing."""
    names = f" {holder.get('class') or ''} "
    return " hentry " in names or " single " in names or " single-post " in names or " type-post " in names
