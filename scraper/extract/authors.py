"""Choose a post's byline and authors: people and desks that the page names, never a guess."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.models import Claim

from .titles import Site, fold

TRUSTED = ("partner", "wordpress", "feed", "calendar")
DECLARED = (  # the page's head: these count when the reader can see the name too
    "json_ld:author",
    "html_meta:citation_author",
    "html_meta:parsely-author",
    "html_meta:byl",
    "html_meta:sailthru.author",
    "html_meta:author",
    "html_meta:shareaholic:article_author_name",
    "json_ld:organisation",
    "html_meta:dc.creator",
    "open_graph:article:author",
    "twitter_card:written-by",
)
ORDER = (
    *TRUSTED,
    "json_ld:author",
    "visible:rel-author",
    "microdata:author",
    "html_meta:citation_author",
    "html_meta:parsely-author",
    "html_meta:byl",
    "html_meta:sailthru.author",
    "html_meta:author",
    "visible:byline-link",
    "visible:byline-anchor",
    "visible:byline-part",
    "visible:byline",
    "visible:by-text",
    "visible:author-link",
    "html_meta:shareaholic:article_author_name",
    "json_ld:organisation",
    "html_meta:dc.creator",
    "open_graph:article:author",
    "twitter_card:written-by",
)
FIRST_ONLY = ("visible:byline", "visible:by-text")  # the nearest to the heading speaks alone
LOOSE = (
    "visible:byline",
    "visible:by-text",
    "visible:byline-anchor",
    "visible:byline-part",
    "visible:author-link",
)  # free text: only what looks like a person counts
PREFIX = re.compile(
    r"^(?:view all (?:posts|articles) (?:by|of)|articles by|see more from|more (?:posts )?(?:by|from)"
    r"|show all articles of|alles von|alle (?:beiträge|artikel) von|eingestellt von|veröffentlicht von"
    r"|this (?:post|article|story) was written by"
    r"|(?:(?:written|words|story|posted|published|report|reported|interview|text|article|photos?) )?by"
    r"|posted in .{1,40} by"
    r"|author|autorin|autoren|autor|auteur|vom|von|par|por|di|door|av|af|przez|verfasst von|geschrieben von"
    r"|ein artikel von|text(?: von)?|interview"
    r"|redaktion|écrit par|escrito por|scritto da)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
SEPARATOR = re.compile(r"\s*(?:;|\||•|·|/|\n|,\s+(?:and|und)\s|\s(?:and|und|et|y|og|i|och|&)\s)\s*|,\s+")
ENDING = re.compile(r"\s*(?:\([^)]{1,12}\)|@\w{1,30})\s*$")
DATED = re.compile(  # a byline ends where its date begins
    r"\s*(?:[|•·–—,-]\s*)?(?<!\w)(?:(?:on|am|le|el|den|updated|published|posted|veröffentlicht)\s|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?"
    r"|sun)(?:day)?,?\s|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?\s{1,3}\d|\d).*$",
    re.IGNORECASE,
)
CREDIT = re.compile(
    r"\b(?:cc|images?|фото|getty|photos?|foto|fotos|shutterstock|twitter|facebook|linkedin|instagram|follow|share|comments?)\b",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"\b(?:director|writer|editor|manager|marketing|coordinator|founder|officer|specialist|contributor|staff|team|reporter|correspondent"
    r"|redakteur|redakteurin|redaktion|journalist|autorin|view|posts?|written|articles?|read|about|author|minutes?|min|learn|more|see)\b",
    re.IGNORECASE,
)
CHANGED = re.compile(r"^(?:last )?(?:updated|edited|reviewed|(?:fact[ -])?checked) by\b", re.IGNORECASE)  # no authors
HOST = re.compile(r"^[\w-]{1,60}\.[a-z]{2,6}$", re.IGNORECASE)
OFFICE = re.compile(
    r"\b(?:head of|director|manager|marketing|officer|editor|correspondent|president|professor)\b", re.IGNORECASE
)
AGENCY = re.compile(r"^(?:[a-z]{2,4}|[A-Z]{2,5})$")
NAME = re.compile(r"^[^\W_][^@<>{}\[\]|=#:\\]{1,70}$", re.UNICODE)
TITLES = re.compile(
    r"^(?:ph\.?d\.?|jr\.?|sr\.?|frs|obe|mbe|cbe)$",
    re.IGNORECASE,
)
NOBODY = frozenset(
    [
        "admin",
        "administrator",
        "administrador",
        "webmaster",
        "root",
        "user",
        "guest",
        "anonymous",
        "unknown",
        "none",
        "null",
        "undefined",
        "author",
        "editor",
        "web editor",
        "website",
        "staff",
        "wordpress",
        "web team",
        "webteam",
        "marketing",
        "superuser",
        "super user",
        "wpadmin",
        "siteadmin",
        "site admin",
        "wordpressadmin",
        "default",
        "test",
        "redaktion",
        "view my complete profile",
        "author page",
        "about the author",
        "read more",
        "profile",
        "gastautor",
        "the author",
    ]
)
DESKS = frozenset(("editor", "web editor", "staff", "web team", "webteam", "marketing", "redaktion"))
NO_DESK = re.compile(
    r"\d|\b(?:about|articles?|comments?|learn|minutes?|min|more|posts?|read|see|share|view|written|using|continuing)\b",
    re.IGNORECASE,
)
MAX_SHOWN = 8
MAX_DESK = 6  # words


@dataclass(frozen=True, kw_only=True, slots=True)
class By:
    """Who wrote a post: the names, the byline as printed, and where each was found (None: nowhere)."""

    names: tuple[str, ...] = ()
    found_in: str | None = None
    byline: str | None = None
    byline_from: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What the choice of authors needs to know about the page: its site, and whether it is marked up as news."""

    site: Site
    news: bool
    is_shown: Callable[[str], bool]  # whether a reader sees these words in the post's part of the page
    is_printed: Callable[[str], bool]  # whether these words stand anywhere in the page's text
    said: frozenset[str] = frozenset()  # the bylines that the page prints, folded


def choose(claims: Sequence[Claim], bylines: Sequence[Claim], page: Page) -> By:
    """Return the authors of the most trusted place that names any; the site itself only when nobody else is named.

    A byline that names nobody ("Policy team") is kept as printed, without authors. The partner's selector is final.
    """
    forced = next((claim for claim in bylines if claim.found_in == "partner:byline"), None)
    if forced:
        people = tuple(name for name in split(forced.value, "visible:byline") if is_person(name))
        return By(
            names=people, found_in=forced.found_in if people else None, byline=bare(forced.value), byline_from="partner"
        )
    every = (*claims, *bylines)
    page = replace(page, said=frozenset(fold(claim.value) for claim in bylines))
    for desk in (False, True):
        for place in ORDER:
            names = names_from(place, every, page, desk=desk)
            if names:
                return with_byline(names, place, bylines)
    office = next((claim for claim in bylines if is_desk(bare(claim.value))), None)
    return By(byline=bare(office.value), byline_from=office.found_in) if office else By()


def with_byline(names: tuple[str, ...], place: str, bylines: Sequence[Claim]) -> By:
    """Return the authors with the byline that prints them."""
    printed = next((claim for claim in bylines if any(name in claim.value for name in names)), None)
    return By(
        names=names,
        found_in=place,
        byline=bare(printed.value) if printed else ", ".join(names),
        byline_from=printed.found_in if printed else place,
    )


def bare(words: str) -> str:
    """Return a byline without the "by" before it and the date behind it; as it is where nothing else stands there."""
    text = PREFIX.sub("", PREFIX.sub("", words.strip(), count=1), count=1)
    return DATED.sub("", text, count=1).strip(" ,.;*|•·-–—") or text or words


def is_desk(words: str) -> bool:
    """Say whether a printed byline that names no person is one at all: a desk or a team, not a link or an account."""
    folded = fold(words)
    return (
        bool(NAME.match(words))
        and len(words.split()) <= MAX_DESK
        and (folded not in NOBODY or folded in DESKS)
        and not NO_DESK.search(words)
        and not CREDIT.search(words)
        and not PREFIX.fullmatch(words + " ")
    )


def names_from(place: str, claims: Sequence[Claim], page: Page, *, desk: bool) -> tuple[str, ...]:
    """Return the names that one place offers, in page order; `desk`: the site's own name counts."""
    places = (place, "json_ld:organisation") if place == "json_ld:author" else (place,)
    here = [claim for one in places for claim in claims if is_from(claim, one)]
    if place.startswith("json_ld") and any(page.is_printed(name) for one in here for name in split(one.value, place)):
        page = replace(page, is_printed=lambda _: True)  # one name that is printed speaks for its co-authors
    found: dict[str, None] = {}
    for claim in here:
        if place in TRUSTED or not (CREDIT.search(claim.value) or CHANGED.match(claim.value)):
            names = split(claim.value, place)
            found.update((name, None) for name in names if is_author(name, place, page, desk=desk))
        if found and place in FIRST_ONLY:
            break
    if place.startswith("visible:") and len(found) > MAX_SHOWN:
        return ()  # a list of the site's authors, not a byline
    return tuple(found)


def is_from(claim: Claim, place: str) -> bool:
    """Say whether a claim was found in a place, or in any place of a source."""
    return claim.found_in == place or (":" not in place and claim.found_in.partition(":")[0] == place)


def split(words: str, place: str) -> Iterator[str]:
    """Yield each name of a byline; a list is cut only where every part is a person ("dpa/lno" is one author).

    "Smith, Jane" of citation metas is turned round.
    """
    if place == "html_meta:citation_author" and words.count(",") == 1:
        words = " ".join(reversed(words.split(", ")))
    text = PREFIX.sub("", PREFIX.sub("", words.strip(), count=1), count=1)
    text = DATED.sub("", text, count=1) if place in LOOSE else text
    text = ENDING.sub("", text).strip(" ,.;*|•·-–—")
    parts = join_titles([part.strip() for part in SEPARATOR.split(text) if part and part.strip()])
    people = [part for part in parts if is_person(part) and not OFFICE.search(part)]
    office = len(parts) > 1 and bool(OFFICE.search(parts[1]))
    if parts[:1] == people[:1] and (len(people) == 1 or office) and ", " in text and "/" not in text:
        text, people = people[0], people[:1]  # what follows the name is a degree, a role or a place
    if len(people) > 1 and all(part in people or AGENCY.match(part) for part in parts):
        yield from parts
    else:
        yield text


def join_titles(parts: Sequence[str]) -> list[str]:
    """Return parts with "PhD" and the like put back behind the name they were cut from."""
    joined: list[str] = []
    for part in parts:
        if joined and TITLES.match(part):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def is_author(name: str, place: str, page: Page, *, desk: bool) -> bool:
    """Say whether words can be an author here: a name, not an account, and one that readers see."""
    folded = fold(name)
    if place in TRUSTED:
        return bool(folded)
    if (
        not NAME.match(name)
        or (place.startswith("visible:") and HOST.match(name))
        or PREFIX.fullmatch(f"{name} ")
        or folded in NOBODY
        or "http" in name
        or "www." in name
        or len(name.split()) > 8
    ):
        return False
    if CREDIT.search(name) or (place in LOOSE and not (desk or is_person(name))):
        return False
    if place in (
        "visible:byline-part",
        "visible:author-link",
        "visible:byline-link",
        "visible:rel-author",
    ) and ROLE.search(name):
        return False
    if page.site.is_named(name):
        return desk and may_be_site(name, place, page)
    if place in DECLARED:
        if place.startswith("json_ld"):
            return page.is_printed(name)
        return page.is_shown(name) and (
            place != "html_meta:author" or is_person(name) or any(folded in said for said in page.said)
        )
    return place not in LOOSE or is_person(name)


def may_be_site(name: str, place: str, page: Page) -> bool:
    """Say whether the site's own name is printed as an author, not only as the publisher of everything."""
    if place.startswith("json_ld"):
        return page.news or any(fold(name) in said for said in page.said)
    if place.startswith("html_meta"):
        return any(fold(name) in said for said in page.said)
    return place.startswith("visible:")


def is_person(name: str) -> bool:
    """Say whether words look like a person's name: two to five, each with a capital, particles aside."""
    parts = name.partition(",")[0].split()
    big = [part for part in parts if not part[:1].islower()]
    return (
        2 <= len(parts) <= 5
        and len(big) >= 2
        and all(part in big or len(part) <= 3 for part in parts)
        and not any(character.isdigit() for character in name)
    )
