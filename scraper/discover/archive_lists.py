"""Further lists that a listing leads to: its archive, the posts of a year or a month, events past and to come."""

from __future__ import annotations

import re
from itertools import islice
from urllib.parse import unquote, urlsplit

from lxml.etree import _Element as Element

from scraper.extract import document
from scraper.normalise import urls

from .addresses import FILE, MONTH_NAMES

MAX_LINKS = 2_000
MOST_LISTS = 240  # that one page names: the months of twenty years
PERIOD = re.compile(
    r"(?:(?<=/)|(?<=archive[-_])|(?<=archives[-_]))(?:19|20)\d\d"
    rf"(?:[-/_.](?:1[0-2]|0?[1-9]|{MONTH_NAMES})(?![a-z0-9]))?(?:[-/_.]0?1(?!\d))?[-/_.a-z]{{0,8}}\Z",
    re.IGNORECASE,
)
"""A year or a month at the end of an address: /2025/, /2026/march/, ?month=2026-03, /2026/12/01/-, /2025.html."""

PERIOD_KEYS = re.compile(
    r"(?:\A|&)(?:y|year|yr|month|m|mm|date)=(?:(?:19|20)\d\d(?:-(?:1[0-2]|0[1-9])(?:-01)?)?|1[0-2]|0?[1-9]|[a-z]{3,9})"
    r"(?=&|\Z)",
    re.IGNORECASE,
)
MONTH = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_](1[0-2]|0?[1-9])(?!\d)")
YEAR_KEY = re.compile(r"[?&](?:y|yr|year)=((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
MONTH_KEY = re.compile(r"[?&](?:m|mm|month)=(1[0-2]|0?[1-9])(?!\d)", re.IGNORECASE)
SHORT = 4  # words that name a year or a month, with its number of posts
DAY_PATH = re.compile(r"[0-3]?\d")
DAY = re.compile(r"\A\W{0,3}\d{1,2}\W{0,3}\Z")  # a cell of a calendar
POSTS = r"(?:news|stories|articles?|posts|entries|events?|releases|items|updates|listings|archives?)"
KINDS = r"(?:(?:news|press|media|blog|story|post|article|event|upcoming|past|full|latest) ){0,2}"
OTHERS = r"(?:older|previous|past|earlier|archived|recent|all|more|upcoming|future|forthcoming|latest)"
LISTS = re.compile(
    rf"\A\W{{0,3}}(?:(?:the |our )?{KINDS}archives?|(?:(?:see|view|read|show|browse) )?(?:the |our )?{OTHERS} "
    rf"(?:of )?(?:the |our )?{KINDS}{POSTS}|(?:see|view|show|browse) all|"
    r"(?:vergangene|frühere|alle|weitere) (?:veranstaltungen|termine|meldungen|nachrichten|beiträge|artikel)|"
    r"(?:(?:news|presse|nachrichten|veranstaltungs)-?)?archiv|(?:évènements|événements) passés|toutes les actualités|"
    r"eventos (?:pasados|anteriores)|digwyddiadau(?:'r|’r)? (?:blaenorol|a fu|y? ?gorffennol|heibio|diwethaf|i ddod)|"
    r"(?:mwy o|rhagor o|pob|yr? holl) (?:newyddion|ddigwyddiadau|digwyddiad)|"
    r"(?:yr )?archif(?: (?:newyddion|digwyddiadau))?|"
    r"archiwum)\W{0,4}\Z",
    re.IGNORECASE,
)

BELOW = re.compile(r"\W{0,3}(?:past|earlier|archived?|upcoming|forthcoming|coming up)\W{0,3}\Z", re.IGNORECASE)
"""A word that leads to another list where its address lies below the present one."""


def further_lists(page: document.Document, hosts: frozenset[str]) -> tuple[str, ...]:
    """Return the other lists that a listing leads to, in page order: its archives by their words or their dates."""
    found: dict[str, str] = {}
    own = urls.url_key(page.url)
    for element in islice(page.tree.iter("a"), MAX_LINKS):
        url = urls.absolute(element.get("href"), page.base_url)
        if url is None or not urls.same_host(url, hosts) or FILE.search(urlsplit(url).path):
            continue
        key = urls.url_key(url)
        if key != own and key not in found and leads_to_list(element, url, page.url):
            found[key] = urls.strip_tracking(url)
    return tuple(islice(found.values(), MOST_LISTS))


def leads_to_list(element: Element, url: str, here: str) -> bool:
    """Say whether a link leads to another list of the same kind of posts."""
    words = document.line(element)[:100]
    if LISTS.match(words) or (BELOW.match(words) and is_below(url, here)):
        return True
    if len(words.split()) > SHORT or DAY.match(words):
        return False
    return in_section(url, here) and (names_period(url) or names_day(url, here))


def names_period(url: str) -> bool:
    """Say whether an address ends in a year or a month, in its path or as the value of a key."""
    parts = urlsplit(url)
    return bool(PERIOD.search(unquote(parts.path)) or PERIOD_KEYS.search(unquote(parts.query)))


def names_day(url: str, here: str) -> bool:
    """Say whether an address is that of a day of the month whose list is read: /archive/2026/11/21/ of the 11th."""
    month = urlsplit(here).path.rstrip("/")
    day = urlsplit(url).path.rstrip("/").removeprefix(f"{month}/")
    return DAY_PATH.fullmatch(day) is not None and PERIOD.search(month) is not None


def in_section(url: str, here: str) -> bool:
    """Say whether an address lies below the section that a listing belongs to, its own dates and numbers left out."""
    return f"{section(url)}/".startswith(f"{section(here)}/")


def is_below(url: str, here: str) -> bool:
    """Say whether a list lies below the one that leads to it: the days of a month, the months of a year."""
    return urlsplit(url).path.startswith(f"{urlsplit(here).path.rstrip('/')}/")


def section(url: str) -> str:
    """Return the path of a list without the period that it names and without the ending of a script."""
    path = PERIOD.sub("", unquote(urlsplit(url).path)).rstrip("/")
    return re.sub(r"(?:/month\.calendar|/index|/archives?)?(?:\.[a-z]{3,5})?\Z", "", path, flags=re.IGNORECASE)


def month_of(url: str) -> tuple[int, int] | None:
    """Return the year and the month that an address names in figures; None when it names none."""
    parts = urlsplit(url)
    words = unquote(f"{parts.path}?{parts.query}")
    found = MONTH.search(words)
    if found:
        return int(found[1]), int(found[2])
    year, month = YEAR_KEY.search(words), MONTH_KEY.search(words)
    return (int(year[1]), int(month[1])) if year and month else None
