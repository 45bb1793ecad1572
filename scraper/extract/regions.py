"""Which parts of a page are the post's own and which are rails: navigation, footers, cards of other posts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.etree import _Element as HtmlElement

from .document import words

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
COMMENTS = re.compile(r"(?:^|[\s_-])(?:comments?|commentlist)(?:$|[\s_-])")
OWN_FOOT = re.compile(
    r"\b(?:entry|post|article|single|content|story|meta)[_-]{0,2}(?:footer|tags?|meta)\b"
)  # the foot of the post itself


@dataclass(frozen=True, kw_only=True, slots=True)
class Regions:
    """The page's own heading and the elements that hold it.

    `spine` is the heading's ancestors: whatever hangs directly on them is judged by its own marks only.
    """

    heading: HtmlElement | None
    headings: tuple[HtmlElement, ...]
    spine: frozenset[HtmlElement]
    article: HtmlElement | None  # the one <article> that is the post, when that is plain
    verdicts: dict[HtmlElement, bool] = field(default_factory=dict)  # element → is in a rail, kept to ask each once

    def in_rail(self, element: HtmlElement) -> bool:
        """Say whether an element lies outside the post: in navigation, a footer, a card of another post."""
        path: list[HtmlElement] = []
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

    def is_rail(self, element: HtmlElement) -> bool:
        """Say whether an element itself is marked as something other than the post."""
        tag = element.tag
        if tag in RAIL_TAGS or (tag == "article" and self.article is not None):
            return True
        if (
            tag == "footer"
            and not OWN_FOOT.search((element.get("class") or "").lower()[:300])
            and not any(up.tag in ("article", "main") for up in element.iterancestors())
        ):
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}".lower()
        return bool(names.strip()) and bool(RAIL_NAMES.search(OWN_FOOT.sub(" ", names[:500])))


def holders(tree: HtmlElement, wanted: str) -> list[HtmlElement]:
    """Return the first elements whose own text has these words in one piece, in this very case."""
    return list(HOLDERS(tree, words=wanted)[:MOST_HOLDERS])


def in_comments(element: HtmlElement) -> bool:
    """Say whether an element lies among the comments of readers."""
    lists = (f"{up.get('class') or ''} {up.get('id') or ''}".lower()[:300] for up in element.iterancestors())
    return any("comment" in names and COMMENTS.search(names) for names in lists)


def is_shown(tree: HtmlElement, regions: Regions, wanted: str) -> bool:
    """Say whether a reader finds these words in the post's part of the page, not only in its footer or navigation."""
    found = holders(tree, wanted)
    return any(not regions.in_rail(holder) and not regions.is_rail(holder) for holder in found)


@lru_cache(maxsize=1)
def find(tree: HtmlElement) -> Regions:
    """Find a page's heading and article; the last page's are kept, for several rooms ask for them."""
    headings = tuple(islice(filter(is_heading, tree.iter("h1")), MOST_HEADINGS))
    articles = list(tree.iter("article"))
    heading = next((one for one in headings if words(one)), None)
    article = own_article(articles, heading)
    inside = [one for one in headings if article is not None and article in one.iterancestors()]
    heading = next((one for one in inside if words(one)), heading)
    spine = frozenset(heading.iterancestors()) if heading is not None else frozenset()
    return Regions(heading=heading, headings=headings, spine=spine, article=article)


def is_heading(element: HtmlElement) -> bool:
    """Tell a heading from one that holds a page."""
    return next(islice(element.iterdescendants(), MOST_INSIDE, None), None) is None


def own_article(articles: list[HtmlElement], heading: HtmlElement | None) -> HtmlElement | None:
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
