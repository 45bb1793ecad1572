"""The words by which links and addresses lead to lists of posts, in the languages of the regions."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

LISTING_WORDS = re.compile(
    r"\b(?:news|latest|press|media|blog|stories|articles?|archives?|archiv[oi]?o?|archif|archiwum|events?|"
    r"what.?s (?:on|new|happening)|diary|updates|"
    r"insights?|posts|bulletins?|announcements|journal|calendar|meetings|committees|"
    r"newyddion|digwyddiadau|aktuelles|presse|nachrichten|veranstaltungen|termine|actualit\w{1,4}|agenda|wydarzenia|"
    r"aktualno\w{1,4}|wiadomo\w{1,4}|noticias|eventos|\w{0,3}tiri|evenimente|nieuws|notizie)\b",
    re.IGNORECASE,
)
EVENT_WORDS = re.compile(
    r"\b(?:events?|what.?s (?:on|happening)|diary|calendar|meetings|digwyddiadau|veranstaltungen|termine|agenda|"
    r"wydarzenia|eventos)\b",
    re.IGNORECASE,
)
LINKING = frozenset("and the our all more past upcoming recent html htm php aspx index und et y i a".split())
TONGUES = frozenset(
    "english deutsch français polski español italiano nederlands português română gaeilge gàidhlig cymraeg čeština"
    " magyar dansk svenska norsk suomi українська русский".split()
)
LABEL_WORDS = 4  # the most that the label of a menu has; a headline has more


def is_listing_label(words: str) -> bool:
    """Say whether the words of a link are those of a menu that leads to a list of posts; a headline has more."""
    return len(words.split()) <= LABEL_WORDS and LISTING_WORDS.search(words) is not None


def is_listing_path(url: str) -> bool:
    """Say whether the last part of an address names a list of posts: /about/latest-news, not /news/a-headline."""
    parts = urlsplit(url)
    last = re.sub(r"[-_.]", " ", parts.path.rstrip("/").rpartition("/")[2])
    return not parts.query and parts.path.count("/") <= 3 and is_listing_label(last)


def is_named_list(url: str) -> bool:
    """Say whether an address is that of a list by every word of its last part: /news-and-events, /latest-news/."""
    parts = urlsplit(url)
    last = re.sub(r"[-_.]", " ", parts.path.rstrip("/").rpartition("/")[2])
    rest = LISTING_WORDS.sub(" ", last).split()
    return not parts.query and LISTING_WORDS.search(last) is not None and LINKING.issuperset(map(str.lower, rest))
