"""What an address alone says: never a post, one of a kind, or worth asking."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

NEVER = re.compile(
    r"/(?:tags?|categor(?:y|ies|ie|ia)|kategorien?|kategoria|topics?|authors?|auteurs?|autor(?:en)?|users?|search|login|"
    r"wp-(?:admin|login|json|content|includes)|feed|rss|atom|comments?|page|seite|strona|drafts?|cart|checkout|basket|"
    r"account|my-account|print|amp|embed|replytocom|taxonomy|cdn-cgi)(?:/|\.(?:html?|php|xml)|\Z)"
    r"|/(?:19|20)\d\d(?:/\d{1,2}){0,2}/?\Z",
    re.IGNORECASE,
)
STANDING = re.compile(
    r"\A/(?:[a-z]{2}/)?(?:about(?:-us)?|contact(?:-us)?|privacy(?:-policy|-notice)?|cookies?(?:-policy)?|accessibility"
    r"(?:-statement)?|terms(?:-(?:and|of)-[a-z-]{1,30})?|legal|sitemap|site-map|disclaimer|copyright|subscribe|newsletter|"
    r"jobs|careers|vacancies|team|staff|our-(?:team|people|work)|people|board|partners|members|membership|faqs?|help|"
    r"impressum|datenschutz|kontakt|mentions-legales|a-propos|o-nas|kontakt-z-nami|amdanom(?:-ni)?|cysylltu|archives?|"
    r"home|index|thank-you|404|search)/?(?:index)?(?:\.(?:html?|php|aspx?))?\Z",
    re.IGNORECASE,
)
NEVER_KEYS = frozenset(
    "page_id cat tag author m s search q paged page replytocom feed rest_route oembed preview add-to-cart orderby"
    " filter filter_by sort view month date ical outlook-ical tribe-bar-date eventdisplay format type".split()
)
FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|pdf|docx?|xlsx?|pptx?|zip|mp[34]|xml|rss|atom|ics|json|txt)\Z",
    re.IGNORECASE,
)
REPEATED = re.compile(r"/([^/]{2,})(?:/[^/]+)?/\1(?:/[^/]+)?/\1(?:/|\Z)")
DEEPEST = 9

POSTS_SITEMAP = re.compile(
    r"post|news|article|blog|event|story|stories|press|release|aktuel|actualit|wiadomosc|newyddion", re.I
)
OTHER_SITEMAP = re.compile(
    r"page|categor|tag|author|user|taxonom|term|product|image|video|attachment|form|location|team|staff|people|faq|"
    r"template|landing|archive",
    re.IGNORECASE,
)


def may_be_post(url: str) -> bool:
    """Say whether an address can be a post at all, by its words: no home page, tag, author, form or file."""
    parts = urlsplit(url)
    path = unquote(parts.path)
    if (FILE.search(path) and not parts.query) or NEVER.search(path) or STANDING.search(path) or is_nested(path):
        return False
    keys = {key.lower() for key, _ in parse_qsl(parts.query, keep_blank_values=True)}
    if keys & NEVER_KEYS:
        return False
    return bool(path.strip("/") or keys)


def is_nested(path: str) -> bool:
    """Say whether a path goes round in circles or deeper than sites are built: the mark of a trap."""
    return path.count("/") > DEEPEST or REPEATED.search(path) is not None


def shape_of(url: str) -> str:
    """Return the folder of an address with its numbers made one: posts of a site lie together."""
    parts = urlsplit(url)
    folder = parts.path.rstrip("/").rpartition("/")[0]
    keys = ",".join(sorted(key for key, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return re.sub(r"\d+", "0", folder) + (f"?{keys}" if keys else "")


def sitemap_says(url: str) -> bool | None:
    """Say whether a sitemap holds posts by its own name; None when the name does not say.

    `wp-sitemap-posts-page-1.xml` holds pages: the type stands after `posts-`.
    """
    name = urlsplit(url).path.rpartition("/")[2].lower()
    kind = re.sub(r"\A(?:wp-)?sitemap-(?:posts-)?|-?sitemap-?|\d+|\.xml(?:\.gz)?\Z", " ", name).strip()
    if not kind or kind in ("index", "-", "gz"):
        return None
    if OTHER_SITEMAP.search(kind) and not re.match(r"post", kind):
        return False
    return True if POSTS_SITEMAP.search(kind) or "-posts-" in name else None
