"""Whether words can be an author where they stand: a name, not an account, and one that readers see."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ..titles import Site, fold
from .byline import CREDIT, MAILBOX, NOBODY, PREFIX
from .names import HOST, NAME, is_person
from .places import DECLARED, LOOSE, NEAR, PARTS, TRUSTED

ROLE = re.compile(
    r"\b(?:director|writer|editor|manager|marketing|coordinator|founder|officer|specialist|contributor|staff"
    r"|team|reporter|correspondent|advis[eo]r|apprentice|conservator|consultant|curator|engineer|fellow|lecturer|partner"
    r"|researcher|solicitor|trainee"
    r"|redakteur|redakteurin|redaktion|journalist|autorin|artikel|beiträge|kommentare|expert|reviewer|grader"
    r"|licensed|certified|view|posts?|written|articles?|read|about|author|minutes?|min|learn|more|see)\b",
    re.IGNORECASE,
)
MAX_WORDS = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What the choice of authors needs to know about the page: its site, and whether it is marked up as news."""

    site: Site
    news: bool
    is_shown: Callable[[str], bool]  # whether a reader sees these words in the post's part of the page
    is_printed: Callable[[str], bool]  # whether these words stand anywhere in the page's text
    titles: frozenset[str] = frozenset()  # its titles, folded
    front: bool = False  # the site's front page, which is nobody's post
    said: frozenset[str] = frozenset()  # the bylines that the page prints, folded
    signed: frozenset[str] = frozenset()  # what stands behind a "by" there, folded
    checked: frozenset[str] = frozenset()  # what stands behind a "reviewed by" there, folded
    twice: frozenset[str] = frozenset()  # the names that the head declares in two ways, folded


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
        or MAILBOX.fullmatch(name)
        or (place in LOOSE and folded in page.titles)
        or (place in LOOSE and any(said.startswith(folded) for said in page.checked))
        or "http" in name
        or "www." in name
        or len(name.split()) > MAX_WORDS
    ):
        return False
    if CREDIT.search(name) or (place in LOOSE and not (desk or is_person(name) or is_alone(folded, place, page))):
        return False
    if place in PARTS and ROLE.search(name):
        return False
    if page.site.is_named(name):
        return desk and may_be_site(name, place, page)
    if place in DECLARED:
        return is_confirmed(name, place, page)
    return place not in LOOSE or is_person(name) or is_alone(folded, place, page)


def is_confirmed(name: str, place: str, page: Page) -> bool:
    """Say whether something else on the page repeats a name that its head declares."""
    if is_person(name) and fold(name) in page.twice:
        return True
    if place.startswith("json_ld"):
        return page.is_printed(name)
    if page.front or not page.is_shown(name):
        return False
    return place != "html_meta:author" or is_person(name) or any(fold(name) in said for said in page.said)


def is_alone(folded: str, place: str, page: Page) -> bool:
    """Say whether a name that may be no person's ("Ulrike") is all that a printed "by" is followed by."""
    return place in NEAR and folded in page.signed


def may_be_site(name: str, place: str, page: Page) -> bool:
    """Say whether the site's own name is printed as an author, not only as the publisher of everything."""
    if place.startswith("json_ld"):
        return page.news or any(fold(name) in said for said in page.said)
    if place.startswith("html_meta"):
        return any(fold(name) in said for said in page.said)
    return place.startswith("visible:")
