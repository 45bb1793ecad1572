"""What is the post's own and what is a rail, card, comment, navigation or footer beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain as joined
from itertools import islice
from typing import Final
from urllib.parse import urlsplit

from lxml.etree import _Element as Element

from .stream import Ground, Stream, opening

AWAY_TAGS: Final = frozenset(("nav", "menu", "select", "iframe", "blockquote"))
DOUBTFUL_TAGS: Final = frozenset(("aside", "footer"))
BEFORE: Final = r"[\s_-](?:"
AFTER: Final = r")(?:$|[\s_-])"
AWAY: Final = re.compile(
    BEFORE + r"comments?|commentlist|respond|repl(?:y|ies)|tweet|reviews|kommentare?|"
    r"related|recent|latest|popular|trending|similar|recommend\w{0,8}|recirc\w{0,8}|most[_-]?(?:read|viewed"
    r"|popular|recent)|"
    r"read-?next|prev\w{0,5}|verwandt\w{0,3}|weitere|meistgelesen|pagination|pager|archives?|carousel|ticker|"
    r"calendar|upcoming|events?-?list|clock|weather|today|current-?date|"
    r"nav\w{0,10}|menu|top-?bar|masthead|site-?header|copyright|cookie\w{0,8}|ads?|advert\w{0,10}|sponsor\w{0,6}"
    + AFTER
)
DOUBTFUL: Final = re.compile(
    BEFORE + r"side(?:-?bar)?|aside|widgets?|teasers?|more|mehr|promo|rail|slider|slick\w{0,6}|swiper\w{0,6}|next|"
    r"banner|modal|popup|cards?|quote|newsletter|(?:page-?)?header" + AFTER
)
FOOTER: Final = re.compile(BEFORE + "foot(?:er)?|colophon" + AFTER)
POST: Final = re.compile(BEFORE + "article|hentry|post|entry|asset|story|node|single|content|detail|blogpost" + AFTER)
SOFT: Final = re.compile(r"comments?|nav|top-?bar|ads?\b|pag")
META: Final = re.compile(
    r"(?:article|entry|post|story)[_-]{1,2}(?:meta|info|header|byline|date|top)|(?:date|byline|meta)[_-]comments"
)
"""The line of author and date: that it counts comments or links to a section makes it no comment and no navigation."""

BOXES: Final = frozenset(("aside", "section", "div"))
HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
LONGEST_HEADING: Final = 40
RAIL: Final = re.compile(
    r"(?:(?:the |our )?(?:latest|recent|related|more|other|similar|popular|trending|top|upcoming|recommended)\s"
    r"(?:(?!information|details|about)[\w’'&]{1,15}\s?){1,4}|most (?:read|viewed|popular|recent)|read (?:more|next)"
    r"|related|(?:you )?(?:may|might) also (?:like|be interested in)|keep reading|in other news|don[’']t miss"
    r"|what[’']s on)\W{0,3}",
    re.IGNORECASE,
)

ICONS: Final = ("fa-", "icon-", "dashicons-", "glyphicon-", "bi-", "mdi-", "icofont-", "uk-icon-")
LAYOUT: Final = (*ICONS, "has-", "with-", "no-", "without-", "col-", "lg-", "md-", "sm-")
DEEPEST: Final = 40
ARCHIVE: Final = re.compile(r"(?:19|20)\d\d(?:/\d\d?){0,2}$")


def ground_of(element: Element, stream: Stream) -> Ground:
    """Return whose ground an element stands on; the title's ancestors are always the post's own."""
    known = stream.grounds
    path: list[Element] = []
    ground = Ground.OWN
    for step in chain(element):
        if step in stream.own or step.tag == "body":
            break
        if step in known:
            ground = known[step]
            break
        path.append(step)
    for step in reversed(path):
        ground = max(ground, judge(step, stream))
        known[step] = ground
    return ground


def chain(element: Element) -> Iterator[Element]:
    """Return an element and its ancestors, nearest first."""
    return joined((element,), islice(element.iterancestors(), DEEPEST))


def judge(element: Element, stream: Stream) -> Ground:
    """Return what an element's own tag and names say."""
    tag, marks = element.tag, marks_of(names_of(element))
    if tag in AWAY_TAGS or marks is AWAY or (tag in BOXES and is_headed_as_rail(element)):
        return Ground.AWAY
    if tag == "footer" or marks is FOOTER:
        return Ground.OWN if inside_post(element) else Ground.AWAY
    if tag in DOUBTFUL_TAGS or marks is DOUBTFUL or is_other_article(element, stream):
        return Ground.DOUBTFUL
    return Ground.OWN


def is_headed_as_rail(element: Element) -> bool:
    """Tell a box of other posts by its heading: 'Latest news', 'You may also like'."""
    first = next(iter(element), None)
    return first is not None and first.tag in HEADINGS and RAIL.fullmatch(opening(first, LONGEST_HEADING)) is not None


def says_away(names: str) -> bool:
    """Tell names that put an element on another's ground."""
    away = AWAY.search(names)
    return away is not None and not (SOFT.search(away.group()) and META.search(names))


def names_of(element: Element) -> str:
    """Return the classes and id of an element, bounded."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:300]


@lru_cache(maxsize=4_096)
def marks_of(names: str) -> re.Pattern[str] | None:
    """Return which of the tables of names speaks of an element; a site's pages have the same names again and again."""
    words = own_names(names)
    if says_away(words):
        return AWAY
    return next((table for table in (FOOTER, DOUBTFUL) if table.search(words)), None)


def own_names(names: str) -> str:
    """Return names in lower case, each after a space, as the tables have them, without those of something else.

    'has-sidebar' speaks of what stands beside the element, 'fa-calendar' of a sign.
    """
    own = " ".join(name for name in names.split() if not name.startswith(LAYOUT)) if "-" in names else names
    return " " + own.lower()


def class_of(element: Element) -> str:
    """Return the class of an element, bounded."""
    return (element.get("class") or "")[:300]


def is_other_article(element: Element, stream: Stream) -> bool:
    """Tell an `<article>` beside the one that holds the title: a card."""
    return element.tag == "article" and any(step.tag == "article" for step in stream.own)


def inside_post(element: Element) -> bool:
    """Tell the footer of a post from the footer of a page."""
    return any(
        step.tag in ("article", "main") or POST.search(own_names(names_of(step)))
        for step in chain(element)
        if step.tag not in ("body", "html")
    )


def leads_elsewhere(element: Element, url: str, *, words: int) -> bool:
    """Tell whether an element is part of a link of more than `words` characters to another post, as on a card."""
    for depth, step in enumerate(chain(element)):
        if step.tag == "a":
            return len(opening(step, words + 1)) > words and is_other_page(step.get("href") or "", url)
        if depth > 4:
            break
    return False


def is_other_page(href: str, url: str) -> bool:
    """Tell a link to another post from one to the post itself or to a day's archive."""
    try:
        path, own = urlsplit(href[:2000]).path.rstrip("/"), urlsplit(url[:2000]).path.rstrip("/")
    except ValueError:
        return True
    return bool(path) and path != own and not ARCHIVE.search(path)
