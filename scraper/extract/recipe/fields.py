"""Learn where a field stands: the selectors whose words are those that the strongest evidence gave."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.etree import _Element as Element

from scraper.models import RawPost

from ..document import Document, words
from ..evidence import tidy
from .offers import LISTS
from .selectors import candidates, select
from .values import Place

FIELDS = ("title", "byline", "authors", "categories", "tags")
READERS = {"title": "headings", "byline": "bylines", "authors": "bylines", "categories": "labels", "tags": "labels"}
HEADINGS = ("h1", "h2", "h3")
SHOWN = ("visible:", "microdata:")
SOURCES = frozenset(("wordpress", "feed", "calendar"))
LEAST_AGREE = 0.7  # of the pages whose value stood at that place
LEAST_PAGES = 2
LINK = re.compile(r"a(?![\w-])")
SHORT = etree.XPath("//body//*[not(self::script or self::style or self::noscript)][string-length(.) < 600]")


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """A sampled page, and its short elements by their words."""

    document: Document
    raw: RawPost
    by_words: Mapping[str, Sequence[Element]]


def page_of(document: Document, raw: RawPost) -> Page:
    """Return a page with its short elements by their words."""
    by_words: dict[str, list[Element]] = defaultdict(list)
    for element in SHORT(document.tree)[:8_000]:
        by_words[squeezed(words(element))].append(element)
    return Page(document=document, raw=raw, by_words=by_words)


def learn(field: str, pages: Sequence[Page]) -> tuple[tuple[Place, ...], bool]:
    """Return the places of a field, and whether they make the generic reader needless."""
    by_place: dict[str, list[tuple[Page, list[str]]]] = defaultdict(list)
    for page in pages:
        place = place_on_page(page.raw, field)
        if place:
            by_place[place].append((page, targets(page.raw, field, place)))
        elif field == "title":
            by_place["visible:h1"].append((page, [page.raw.title]))  # whoever said it, the page shows it
    found: list[Place] = []
    whole = True
    for place, group in sorted(by_place.items(), key=lambda entry: -len(entry[1])):
        best = best_place(field, place, group)
        if best is not None:
            found.append(best)
            whole = whole and (field not in LISTS or is_on_all(best, group))
    return tuple(found), whole and len(found) == len(by_place)


def is_on_all(place: Place, group: Sequence[tuple[Page, list[str]]]) -> bool:
    """Say whether a place is on every page whose labels it should give; a second kind of posts has them elsewhere."""
    return all(select(page.document.tree, place.css) for page, wanted in group if wanted)


def place_on_page(raw: RawPost, field: str) -> str:
    """Return the best place of the page itself that tells a field; "" when its head tells it, or nothing does.

    Where a source told it, the page counts too: older posts stand in no feed.
    """
    winner = raw.winners.get(field, "")
    if winner.partition(":")[0] not in SOURCES or field == "title":  # a title is looked for by its words
        return winner if winner.startswith(SHOWN) else ""
    return next((claim.found_in for claim in raw.rivals.get(field, ()) if claim.found_in.startswith(SHOWN)), "")


def targets(raw: RawPost, field: str, place: str) -> list[str]:
    """Return the words that a place offered for a field, in page order."""
    return list(dict.fromkeys(claim.value for claim in raw.rivals.get(field, ()) if claim.found_in == place))


def best_place(field: str, place: str, group: Sequence[tuple[Page, list[str]]]) -> Place | None:
    """Return the selector that gives those words on most pages; None when none does on enough of them."""
    offered: Counter[str] = Counter()
    for page, wanted in group:
        offered.update(dict.fromkeys(selectors_for(page, wanted)).keys())
    least = max(min(LEAST_PAGES, len(group)), LEAST_AGREE * len(group))
    best: tuple[int, bool, bool, int] = (0, False, False, 0)
    chosen = ""
    for number, (css, count) in enumerate(islice(offered.most_common(), 80)):
        if count < least:
            break
        agreed = sum(agrees(field, css, page, wanted) for page, wanted in group)
        last = css.split()[-1]
        is_part = field in LISTS and LINK.match(last) is not None  # a box of one label may hold two on other pages
        fitness = (agreed, field == "title" and last[:2] in HEADINGS, is_part, -number)
        if fitness > best and agreed >= least:
            best, chosen = fitness, css
    return Place(css=chosen, found_in=place, agreed=best[0], samples=len(group)) if chosen else None


def selectors_for(page: Page, wanted: Sequence[str]) -> Iterator[str]:
    """Yield selectors of the elements that hold the first of the wanted words."""
    for element in islice(page.by_words.get(squeezed(wanted[0]), ()) if wanted else (), 12):
        yield from islice(candidates(element), 30)


def agrees(field: str, css: str, page: Page, wanted: Sequence[str]) -> bool:
    """Say whether a selector gives the wanted words on a page: all of a list, the first of a single value."""
    found = [squeezed(words(element)) for element in select(page.document.tree, css)[:60]]
    told = [squeezed(value) for value in wanted]
    if field in LISTS:
        return set(filter(None, found)) == set(told)
    return bool(found) and bool(told) and found[0] == told[0]


def squeezed(value: str) -> str:
    """Return words without spaces: a byline is set in parts that are read with or without a space between."""
    return "".join(tidy(value).split())
