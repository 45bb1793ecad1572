"""Which parts of a page are the post's own and which are rails: navigation, footers, cards of other posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from lxml import etree
from lxml.etree import _Element as Element

from .document import Document, once, words

LENGTH = etree.XPath("string-length(.)")
MOST_HEADINGS = 500
MOST_HOLDERS = 50
MOST_INSIDE = 400  # elements in a heading; one that was never closed holds the rest of the page, and so does the next

HOLDERS = etree.XPath(
    "descendant::body/descendant::text()[contains(., $words)]"
    "/parent::*[not(self::script or self::style or self::noscript or self::option)]"
)
RAIL_TAGS = frozenset(("nav", "aside", "menu", "dialog", "form", "template", "noscript"))
RAIL_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|megamenu|sidebar|side-bar|rail|footer-widgets?|footer"
    r"|copyright|imprint|impressum|logo|site-title|branding|site-footer|site-header"
    r"|masthead|related|recommend(?:ed|ations?)?|popular|trending|most-(?:read|viewed|popular)|more-(?:news"
    r"|posts|stories|articles)"
    r"|latest(?:-news|-posts)?|recent(?:-posts)?|read-(?:more|next|also)|also-like|you-may|similar|teasers?"
    r"|cards?|carousel|slider|swiper"
    r"|comments?|comment-list|respond|newsletter|subscribe|signup|cookies?|consent|promo|adverts?"
    r"|advertisement|tag-?cloud|tagcloud"
    r"|widget_[a-z_]{1,30}|widget-area|pagination|pager|post-navigation|nav-links|outbrain|taboola"
    r"|archive-list)(?:$|[\s_-])"
)
UNSEEN = re.compile(r"rich-snippet-hidden|visually-?hidden|sr-only|screen-reader-text")  # by all but programs
APART = re.compile(  # where readers do not look for who wrote a post: their own words, the site's foot, what is unseen
    r"(?:^|[\s_-])(?:comments?|commentlist|copyright|impressum|imprint|site-footer|page-footer)(?:$|[\s_-])"
    rf"|{UNSEEN.pattern}"
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # "relatedArticle" says what "related-article" does
OWN_FOOT = re.compile(
    r"\b(?:entry|post|article|single|content|story|meta)[_-]{0,2}(?:footer|tags?|meta)\b"
)  # the foot of the post itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Regions:
    """The page's own heading and the elements that hold it.

    `spine` is the heading's ancestors: whatever hangs directly on them is judged by its own marks only.
    """

    heading: Element | None
    headings: tuple[Element, ...]
    spine: frozenset[Element]
    article: Element | None  # the one <article> that is the post, when that is plain
    verdicts: dict[Element, bool] = field(default_factory=dict)  # element → is in a rail, kept to ask each once

    def in_rail(self, element: Element) -> bool:
        """Say whether an element lies outside the post: in navigation, a footer, a card of another post."""
        path: list[Element] = []
        verdict = False
        for up in element.iterancestors():
            known = self.verdicts.get(up)
            if known is not None or up in self.spine or up is self.article:
                verdict = bool(known)
                break
            path.append(up)
            if self.is_rail(up):
                verdict = True
                break
        for up in path:
            self.verdicts[up] = verdict
        return verdict

    def is_rail(self, element: Element) -> bool:
        """Say whether an element itself is marked as something other than the post."""
        tag = element.tag
        if tag in RAIL_TAGS or (tag == "article" and (self.article is not None or is_card(element))):
            return True
        if (
            tag == "footer"
            and not OWN_FOOT.search((element.get("class") or "").lower()[:300])
            and not any(up.tag in ("article", "main") for up in element.iterancestors())
        ):
            return True
        role = "" if tag == "span" else element.get("role") or ""  # one word that can be clicked is no menu
        names = f"{element.get('class') or ''} {element.get('id') or ''} {role}"[:500]
        return bool(names.strip()) and bool(RAIL_NAMES.search(OWN_FOOT.sub(" ", CAMEL.sub("-", names).lower())))


def is_card(article: Element) -> bool:
    """Say whether an article only leads to another page: its heading is a link."""
    heading = next(islice(article.iter("h1", "h2", "h3", "h4", "h5"), 1), None)
    if heading is None:
        return False
    linked = sum(len(words(link)) for link in islice(heading.iter("a"), 4))
    return 0 < len(words(heading)) <= linked or next(heading.iterancestors("a"), None) is not None


def holders(tree: Element, wanted: str) -> list[Element]:
    """Return the first elements whose own text has these words in one piece, in this very case."""
    return list(HOLDERS(tree, words=wanted)[:MOST_HOLDERS])


def is_apart(element: Element) -> bool:
    """Say whether an element lies where nobody looks for the post's author: comments, the site's foot, out of sight."""
    return any(APART.search(CAMEL.sub("-", names).lower()) for names in names_around(element))


def is_unseen(element: Element) -> bool:
    """Say whether an element is set for programs alone, as themes do with an author who is not to be shown."""
    return any(UNSEEN.search(names.lower()) for names in islice(names_around(element), 4))


def names_around(element: Element) -> Iterator[str]:
    """Yield the class and id of an element and of those around it, the nearest first."""
    for up in chain((element,), element.iterancestors()):
        names = f"{up.get('class') or ''} {up.get('id') or ''}"[:300]
        if len(names) > 1:
            yield names


def is_shown(tree: Element, regions: Regions, wanted: str) -> bool:
    """Say whether a reader finds these words in the post's part of the page, not only in its footer or navigation."""
    found = holders(tree, wanted)
    return any(not (regions.in_rail(holder) or regions.is_rail(holder) or is_unseen(holder)) for holder in found)


@once
def find(document: Document) -> Regions:
    """Find a page's heading and article."""
    headings = tuple(islice(filter(is_heading, document.kinds["heading"]), MOST_HEADINGS))
    articles = document.kinds["article"]
    heading = next((one for one in headings if words(one)), None)
    article = own_article(articles, heading)
    inside = [one for one in headings if article is not None and article in one.iterancestors()]
    heading = next((one for one in inside if words(one)), heading)
    spine = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    return Regions(heading=heading, headings=headings, spine=spine, article=article)


def is_heading(element: Element) -> bool:
    """Tell a first heading from one that holds a page."""
    return element.tag == "h1" and next(islice(element.iterdescendants(), MOST_INSIDE, None), None) is None


def own_article(articles: Sequence[Element], heading: Element | None) -> Element | None:
    """Return the article that is the post: the outermost that holds the heading, else one much longer than the rest."""
    if not articles:
        return None
    up = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    holding = [one for one in articles if one in up]
    if holding:
        return holding[0]
    ranked = sorted(((LENGTH(one), number) for number, one in enumerate(articles[:100])), reverse=True)
    if len(ranked) == 1 or ranked[0][0] > 2 * ranked[1][0]:
        return articles[ranked[0][1]]
    return None
