"""What an address alone says: never a post, one of a kind, or worth asking."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from scraper.models import Candidate

MONTH_NAMES = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    "nov(?:ember)?|dec(?:ember)?"
)
NEVER = re.compile(
    r"/(?:tags?|categor(?:y|ies|ie|ia)|kategorien?|kategoria|authors?|auteurs?|autor(?:en)?|contributors?|users?|login|"
    r"wp-(?:admin|login|json|content|includes)|drafts?|cart|checkout|basket|account|my-account|replytocom|taxonomy|"
    r"cdn-cgi)(?:/|\.(?:html?|php|xml)|\Z)"
    r"|/(?:topics?|search|feed|rss|atom|comments?|page|seite|strona|print|amp|embed)(?:/\d{1,5}|/(?:rss|atom|feed)2?)?"
    r"(?:/?|\.(?:html?|php|xml))\Z"
    r"|/topics?/[^/]{1,80}/?\Z|/comment-page-\d{1,5}/?\Z"
    r"|/archives?(?:/?|\.(?:html?|php|aspx?))\Z"
    r"|/(?:index|page)[-_]?\d{1,3}\.html?\Z|/(?:page|seite|strona|tudalen|pagina)[-_]\d{1,3}/?\Z",
    re.IGNORECASE,
)
PERIOD = re.compile(
    rf"/(?:19|20)\d\d(?:/(?:\d{{1,2}}|{MONTH_NAMES})){{0,2}}(?:/?|\.(?:html?|php|aspx?))\Z", re.IGNORECASE
)
STANDING = re.compile(
    r"\A/(?:[a-z]{2}/)?(?:pages?/)?(?:about(?:-us)?|contact(?:-us)?|privacy(?:-policy|-notice)?|cookies?(?:-policy)?|accessibility"
    r"(?:-statement)?|terms(?:-(?:and|of)-[a-z-]{1,30})?|legal|sitemap|site-map|disclaimer|copyright|subscribe|newsletter|"
    r"jobs|careers|vacancies|team|staff|our-(?:team|people|work)|people|board|partners|members|membership|faqs?|help|"
    r"impressum|datenschutz|kontakt|mentions-legales|a-propos|o-nas|kontakt-z-nami|amdanom(?:-ni)?|cysylltu|archives?|"
    r"home|index|thank-you|404|search)/?(?:index)?(?:\.(?:html?|php|aspx?))?\Z",
    re.IGNORECASE,
)
MANUAL = re.compile(
    r"\A/(?:[^/]{1,30}/)?(?:docs|documentation|handbook|manual|wiki|reference|tutorials?|guides?|kb|knowledge-?base|help)/",
    re.IGNORECASE,
)
SCRIPT = re.compile(r"/index\.(?:php|aspx?)\Z", re.IGNORECASE)  # one for every page, told apart by the query
NEVER_KEYS = frozenset(
    "page_id cat tag author m s search q paged page replytocom feed rest_route oembed preview add-to-cart orderby"
    " filter filter_by sort view month date ical outlook-ical tribe-bar-date eventdisplay format type".split()
)
ONE_OF_A_KIND = frozenset(("article", "item", "post", "event", "details"))  # `?option=com_content&view=article&id=7`
FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|css|js|pdf|docx?|xlsx?|pptx?|zip|mp[34]|xml|rss|atom|ics|json|txt)\Z",
    re.IGNORECASE,
)
REPEATED = re.compile(r"/([^/]{2,})(?:/[^/]+)?/\1(?:/[^/]+)?/\1(?:/|\Z)")
DEEPEST = 9

# What the words of a sitemap's name say; the last that says anything decides: `news-category`, `member-news`
POSTS_SITEMAP = re.compile(
    r"(?:[a-z]{0,10}posts?|news(?!letter)[a-z]{0,8}|articles?|blogs?|[a-z]{0,6}events?|story|stories|press|releases?|"
    r"aktuell?[a-z]{0,4}|actualit[a-z]{1,4}|wiadomosci?|newyddion|digwyddiadau)\Z"
)
OTHER_SITEMAP = re.compile(
    r"(?:pages?|[a-z]{0,8}categor[a-z]{1,4}|cats?|[a-z]{0,6}tags?|authors?|users?|tax(?:onom[a-z]{1,4})?|terms?|products?|images?|"
    r"videos?|attachments?|media|forms?|locations?|venues?|organi[sz]ers?|teams?|members?|staff|people|persons?|faqs?|"
    r"templates?|landing|archives?|testimonials?|sponsors?|jobs?|vacanc[a-z]{1,3}|slid(?:es?|ers?)|popups?|misc)\Z"
)


def may_be_post(url: str, *, vouched: bool = False) -> bool:
    """Say whether an address can be a post at all, by its words: no home page, tag, author, form or file.

    `vouched`: a source of posts alone names it, so that /archives/2019 is a post's number and no year.
    """
    parts = urlsplit(url)
    path = unquote(parts.path)
    if (FILE.search(path) and not parts.query) or NEVER.search(path) or is_nested(path):
        return False
    if PERIOD.search(path) and not vouched:
        return False
    if STANDING.search(path) and not (parts.query and SCRIPT.search(path)):
        return False
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    keys = {key.lower() for key, _ in pairs}
    if {key.lower() for key, value in pairs if value.lower() not in ONE_OF_A_KIND} & NEVER_KEYS:
        return False
    return bool(path.strip("/") or keys)


def is_never(path: str) -> bool:
    """Say whether a path is never a post's by its words: that of tags, authors, forms, or a year or month."""
    return NEVER.search(path) is not None or PERIOD.search(path) is not None


def may_be_offered(candidate: Candidate) -> bool:
    """Say whether what a source offers can be a post by its address; a listing vouches for none."""
    return may_be_post(candidate.url, vouched=candidate.sure and candidate.found_in != "listing")


def is_of_manual(url: str) -> bool:
    """Say whether an address lies in a folder of documentation, whose pages carry dates and are no posts."""
    return MANUAL.match(urlsplit(url).path) is not None


def is_nested(path: str) -> bool:
    """Say whether a path goes round in circles or deeper than sites are built: the mark of a trap."""
    return path.count("/") > DEEPEST or REPEATED.search(path) is not None


def shape_of(url: str) -> str:
    """Return the folder of an address with its numbers made one: posts of a site lie together.

    What is nothing but a number lies apart from what has a name: /blog/2/ is no neighbour of /blog/a-new-bridge/.
    """
    parts = urlsplit(url)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    keys = ",".join(sorted(key for key, _ in parse_qsl(parts.query, keep_blank_values=True)))
    return re.sub(r"\d+", "0", folder) + ("/#" if last.isdecimal() else "") + (f"?{keys}" if keys else "")


def sitemap_says(url: str) -> bool | None:
    """Say whether a sitemap holds posts by its own name; None when the name does not say.

    `wp-sitemap-posts-page-1.xml` holds pages: the type stands after `posts-`.
    """
    parts = urlsplit(url)
    name = parts.path.rpartition("/")[2].lower()
    if not name.endswith((".xml", ".xml.gz", ".txt")):
        keys = dict(parse_qsl(parts.query))
        name = f"{keys.get('sitemap', '')}-{keys.get('sitemap-subtype', '')}".lower()
    kind = re.sub(r"\A(?:wp-)?sitemap-posts-(?=[a-z])", "", name).removesuffix(".gz").removesuffix(".xml")
    for word in reversed(re.split(r"[^a-z]+", kind)):
        if OTHER_SITEMAP.match(word):
            return False
        if POSTS_SITEMAP.match(word):
            return True
    return True if kind != name.removesuffix(".gz").removesuffix(".xml") else None
