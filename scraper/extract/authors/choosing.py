"""Choose a post's byline and authors from everything that the page and its sources offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from scraper.models import Claim

from ..titles import fold
from .byline import CHANGED, CHECKED, CREDIT, bare, is_desk, is_signed
from .judging import Page, is_author
from .names import is_person
from .places import DECLARED, FIRST_ONLY, LINKED, ORDER, TRUSTED
from .splitting import OFFICE, split

VOICES = ("html_meta:author", "twitter_card:written-by", "microdata:author-meta")  # of a page's head, for one name
MAX_SHOWN = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class By:
    """Who wrote a post: the names, the byline as printed, and where each was found (None: nowhere)."""

    names: tuple[str, ...] = ()
    found_in: str | None = None
    byline: str | None = None
    byline_from: str | None = None


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
    page = with_voices(page, every, bylines)
    offered = by_place(every)
    for desk in (False, True):
        for place in ORDER:
            names = names_from(place, offered, page, desk=desk)
            if names:
                return with_byline(printed_instead(names, place, every, page), place, bylines)
    office = next((claim for claim in bylines if is_desk(bare(claim.value))), None)
    return By(byline=bare(office.value), byline_from=office.found_in) if office else By()


def with_voices(page: Page, every: Sequence[Claim], bylines: Sequence[Claim]) -> Page:
    """Return the page with what its bylines say and what its head says twice; a name in a byline is not looked for."""
    said = frozenset(fold(claim.value) for claim in bylines)
    around = " | ".join(("", *said, ""))
    return replace(
        page,
        is_shown=lru_cache(lambda name: f" {fold(name)} " in around or page.is_shown(name)),
        is_printed=lru_cache(lambda name: f" {fold(name)} " in around or page.is_printed(name)),
        said=said,
        signed=frozenset(fold(bare(claim.value)) for claim in bylines if is_signed(claim.value)),
        checked=frozenset(fold(name) for claim in bylines for name in CHECKED.findall(claim.value)),
        twice=declared_twice(every, bylines),
    )


def declared_twice(every: Sequence[Claim], bylines: Sequence[Claim]) -> frozenset[str]:
    """Return the names, folded, that the head gives in two ways; none where a printed byline names somebody."""
    if any(is_signed(line.value) and any(map(is_person, split(line.value, line.found_in))) for line in bylines):
        return frozenset()
    meta, *others = ({fold(claim.value) for claim in every if claim.found_in == place} for place in VOICES)
    return frozenset(meta.intersection(chain(*others)))


def printed_instead(names: tuple[str, ...], place: str, every: Sequence[Claim], page: Page) -> tuple[str, ...]:
    """Return the people of a printed byline that names more than the head does, or people where the head has none."""
    if place not in DECLARED:
        return names
    desks = {name for claim in every if claim.found_in == "json_ld:organisation" for name in split(claim.value, place)}
    nobody = not any(name not in desks and is_somebody(name) for name in names)
    for claim in every:
        people = people_of(claim, page) if is_plain(claim) or (nobody and claim.found_in in LINKED) else ()
        more = len(people) > len(names) and all(any(name in one for one in people) for name in names)
        if more or (nobody and people):
            return people
    return names


def is_somebody(name: str) -> bool:
    """Say whether a declared name can be one person's: a full name, or one word that is no abbreviation."""
    return is_person(name) or (" " not in name and not name.isupper())


def is_plain(claim: Claim) -> bool:
    """Say whether a claim is a printed byline that is surely one: with its "by", or a list of people."""
    return claim.found_in in FIRST_ONLY and (is_signed(claim.value) or lists_people(claim))


def lists_people(claim: Claim) -> bool:
    """Say whether a byline without a "by" is nothing but the names of several people."""
    parts = list(split(claim.value, claim.found_in))
    repeated = any(one is not other and one in other for one in parts for other in parts)  # a name and its degrees
    return len(parts) > 1 and all(map(is_person, parts)) and not repeated and not any(map(OFFICE.search, parts))


def people_of(claim: Claim, page: Page) -> tuple[str, ...]:
    """Return the people that a printed byline names, offices left out."""
    people = (name for name in split(claim.value, claim.found_in) if is_person(name))
    return tuple(name for name in people if is_author(name, "visible:author-link", page, desk=False))


def with_byline(names: tuple[str, ...], place: str, bylines: Sequence[Claim]) -> By:
    """Return the authors with the byline that prints them."""
    printed = next((claim for claim in bylines if any(name in claim.value for name in names)), None)
    return By(
        names=names,
        found_in=place,
        byline=bare(printed.value) if printed else ", ".join(names),
        byline_from=printed.found_in if printed else place,
    )


def by_place(claims: Sequence[Claim]) -> Mapping[str, Sequence[Claim]]:
    """Return claims by the place where each was found and by that place's source ("feed" of "feed:authors")."""
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        for place in dict.fromkeys((claim.found_in, claim.found_in.partition(":")[0])):
            found.setdefault(place, []).append(claim)
    return found


def names_from(place: str, offered: Mapping[str, Sequence[Claim]], page: Page, *, desk: bool) -> tuple[str, ...]:
    """Return the names that one place offers, in page order; `desk`: the site's own name counts."""
    places = (place, "json_ld:organisation") if place == "json_ld:author" else (place,)
    here = [claim for one in places for claim in offered.get(one, ())]
    if not here:
        return ()
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
