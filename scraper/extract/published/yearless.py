"""Stamps without a year, and those counted from the day of reading: '24 June, 10:30', '3 days ago'.

They are looked for beside the title only, and only where nothing else dates the page.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain as chain_of
from itertools import islice
from typing import Final

from lxml.etree import _Element as Element

from scraper.normalise import dates

from ..document import Document
from . import words
from .container import chain, class_of, ground_of, leads_elsewhere
from .offers import Offer
from .spotting import before, describe, name_label, words_around
from .stamps import AFTER_TITLE, AUTHOR_WORDS, BEFORE_TITLE, CHATTER, distance
from .stream import HEADINGS, Ground, Stream
from .weights import GRACE

MOST: Final = 160
"""Texts looked at around the title."""

HALF_A_YEAR: Final = timedelta(days=183)
MOST_ELEMENTS: Final = 20_000
LONGEST: Final = 60
DAY: Final = re.compile(
    r"(?<![\w./-])(?:(?P<month>\d\d?)\s?月\s?(?P<day>\d\d?)\s?日"
    r"|\d\d?(?:st|nd|rd|th|º|\.)?\s{1,2}(?:de\s)?[^\W\d_]{3,12}\b(?!\.?,?\s\d{4})"
    r"|[^\W\d_]{3,12}\.?\s\d\d?(?:st|nd|rd|th)?(?![\w.:/]|,?\s\d{4}|\s[^\W\d_]{3,12}\.?,?\s\d{4}))"
)
COUNTED: Final = re.compile(
    r"(?<!\w)(?:(?:vor|il y a|hace|acum)\s\d\d?\s[^\W\d_]{1,8}"
    r"|\d\d?\s[^\W\d_]{1,8}\s(?:ago|temu|fa|geleden|siden|sedan|yn ôl))(?!\w)"
)
LONG_AGO: Final = re.compile(
    r"w(?:ee)?ks?|woche|semaine|semana|mo(?:nth|nat|is)|mes|years?|jahr|ans?\b|tyg|mies", re.IGNORECASE
)
MARKED: Final = re.compile(r"date|time|publish|posted|meta|byline|author|datum|stamp", re.IGNORECASE)
EVENTS: Final = re.compile(r"event|start|end|when|venue|termin", re.IGNORECASE)
COPYRIGHT: Final = re.compile(r"(?:©|\(c\)|copyright)\D{0,30}(?:\d{4}\s?[-–—]\s?)?((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
YEAR_FOLDER: Final = re.compile(r"/((?:19|20)\d\d)/")
ANCHORS: Final = (date(2024, 12, 31), date(2024, 8, 14))
"""Two days of a leap year: the twelve months before each hold a 29 February."""

NAMES: Final = ("id", "src", "href", "content")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What tells the year: the page, the newest day that it names elsewhere, and when it was fetched."""

    document: Document
    stream: Stream
    languages: Sequence[str]
    newest: date | None
    fetched_on: date


def find(
    document: Document, stream: Stream, known: Iterable[date], *, languages: Sequence[str], fetched_on: date
) -> Iterator[Offer]:
    """Yield the first such stamp beside the title with its day; `known` are the days that the page names elsewhere."""
    newest = max((day for day in known if day <= fetched_on + GRACE), default=None)
    scene = Scene(document=document, stream=stream, languages=languages, newest=newest, fetched_on=fetched_on)
    for index in beside_title(stream):
        found = read(scene, index)
        if found is not None:
            quote, day = found
            yield offer(stream, index, quote, day)
            return


def read(scene: Scene, index: int) -> tuple[str, date] | None:
    """Return the stamp in a text with its day; None for a change, for prose and for what is no stamp."""
    stream = scene.stream
    line, owner = " ".join(stream.texts[index].split()), stream.owners[index]
    label = words.label_before(before(stream, index) + " " + line) or name_label(owner)
    if label in ("modified", "other") or not stands_alone(stream, index, line, scene.document.url):
        return None
    if match := COUNTED.search(line):
        day = count_back(scene, match.group())
    elif match := DAY.search(line):
        day = place_in_year(scene, match, sure=label in ("published", "dated") or is_marked(owner))
    else:
        return None
    return (match.group(), day) if day is not None else None


def beside_title(stream: Stream) -> Iterator[int]:
    """Yield the short texts with figures around the title."""
    if stream.title_start is None or stream.title_end is None:
        return
    first = bisect_left(stream.starts, stream.title_start - BEFORE_TITLE)
    last = bisect_right(stream.starts, stream.title_end + AFTER_TITLE)
    for index in range(first, min(last, first + MOST)):
        text = stream.texts[index]
        if len(text) <= LONGEST and any(letter.isdigit() for letter in text) and not in_heading(stream.owners[index]):
            yield index


def in_heading(element: Element) -> bool:
    """Tell the words of a heading: a day in them is what the post is about."""
    return any(step.tag in HEADINGS for step in islice(chain(element), 3))


def stands_alone(stream: Stream, index: int, line: str, url: str) -> bool:
    """Tell a stamp of the post itself from prose and from cards."""
    owner = stream.owners[index]
    if len(line) + words_around(stream, index) > CHATTER or leads_elsewhere(owner, url, words=AUTHOR_WORDS):
        return False
    return ground_of(owner, stream) is Ground.OWN


def is_marked(element: Element) -> bool:
    """Tell an element that its tag or class calls a stamp, and no event's."""
    names = " ".join(class_of(step) for step in islice(chain(element), 3))
    return (element.tag == "time" or MARKED.search(names) is not None) and EVENTS.search(names) is None


def count_back(scene: Scene, quote: str) -> date | None:
    """Return the day that was so long before the fetch; None for weeks and longer, and on pages kept for years."""
    if LONG_AGO.search(quote) or not is_of_now(scene):
        return None
    return read_day(quote, scene.languages, scene.fetched_on)


def place_in_year(scene: Scene, match: re.Match[str], *, sure: bool) -> date | None:
    """Return the day in the year that the page's addresses name; of what is surely a stamp, else the last such day.

    A last such day more than half a year ago may as well be the day of an event to come.
    """
    month, day = month_and_day(match, scene.languages)
    if not month:
        return None
    years = named_years(scene.document, month, day) or frozenset(
        YEAR_FOLDER.findall(scene.document.url) if sure else ()
    )
    if len(years) == 1:
        return make_day(int(next(iter(years))), month, day)
    latest = scene.newest or (scene.fetched_on if is_of_now(scene) else None)
    if not sure or latest is None:
        return None
    found = make_day(latest.year, month, day)
    if found is None or found > latest + GRACE:
        found = make_day(latest.year - 1, month, day)
    return found if found and latest - found <= HALF_A_YEAR else None


def month_and_day(match: re.Match[str], languages: Sequence[str]) -> tuple[int, int]:
    """Return month and day of a stamp; zeros for words that mean another day each year, as a weekday does."""
    if match["day"]:
        return int(match["month"]), int(match["day"])
    read = [read_day(match.group(), languages, anchor) for anchor in ANCHORS]
    days = {(day.month, day.day) for day in read if day}
    return next(iter(days)) if len(days) == 1 and all(read) else (0, 0)


def named_years(document: Document, month: int, day: int) -> frozenset[str]:
    """Return the years that the page's own address, ids and files put before this month and day: '20190624'."""
    pattern = re.compile(rf"(?<!\d)((?:19|20)\d\d)[-/_.]?{month:02}[-/_.]?{day:02}(?!\d)")
    elements = islice(document.tree.getroottree().iter("*"), MOST_ELEMENTS)
    written = (element.get(name) or "" for element in elements for name in NAMES)
    found = (pattern.search(words[:300]) for words in chain_of((document.url,), written) if words)
    return frozenset(match.group(1) for match in found if match)


def is_of_now(scene: Scene) -> bool:
    """Tell a page that was fetched when it was written, as far as its copyright says."""
    years = [int(year) for text in scene.stream.texts if len(text) <= 300 for year in COPYRIGHT.findall(text)]
    return not years or max(years) >= scene.fetched_on.year - 1


def read_day(quote: str, languages: Sequence[str], anchor: date) -> date | None:
    """Return the day of a stamp, counted from the anchor."""
    found = dates.read_stamp(quote, languages=languages, anchor=anchor)
    return found.earliest_on if found is not None and found.start is not None else None


def make_day(year: int, month: int, day: int) -> date | None:
    """Return a day of the calendar; None for what is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def offer(stream: Stream, index: int, quote: str, day: date) -> Offer:
    """Return the offer of a stamp."""
    return Offer(
        field="published",
        place="stamp_yearless",
        quote=quote,
        value=day.isoformat(),
        found_in=f"visible:{describe(stream.owners[index])}",
        distance=distance(stream, stream.starts[index]),
    )
