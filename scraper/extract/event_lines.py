"""Events that a page about one tells by bare lines under its heading: 'Thursday 12 March 2026 | 8.00am - 10.00am'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import chain, islice

from lxml.etree import _Element as Element

from scraper.models import Event, EventStatus
from scraper.normalise import dates, text

from .document import Document
from .event_labels import own_words, read_span, status_of, status_of_all
from .events import Span, build

MAX_LOOKED = 1_500  # elements after the heading
MAX_ELEMENTS = 80  # lines among them
MAX_EVENTS = 40
MAX_LINE = 120
MAX_HOURS = 40
PARTS = frozenset(("strong", "b", "time", "span"))
INLINE = PARTS | frozenset("a abbr br em i img small sup svg u".split())
LINE_TAGS = frozenset("p div li span time h2 h3 h4 h5 dd strong b".split())
HEADINGS = frozenset(("h2", "h3", "h4", "h5"))
OTHERS = re.compile(  # above the cards of other events
    r"(?:you (?:may|might) (?:also )?(?:like|be interested)|related|similar|other events|more (?:events|shows))",
    re.IGNORECASE,
)
FIGURE = re.compile(r"\d")
MARKS = re.compile(  # icons, bullets and what became of the event
    r"\A[\W_]{0,6}(?:(?:cancelled|postponed|rescheduled|sold out)\b[\W_]{1,6})?(?:new date\b[\W_]{1,6})?", re.IGNORECASE
)
BOOK = re.compile(r"\b(?:book(?: now| tickets| your place)?|buy tickets|tickets)\W{0,3}\Z", re.IGNORECASE)
MAX_EVIDENCE = 500
ROWS = frozenset(("li", "p", "div"))
HOUR = re.compile(r"\d[:.]\d\d|\d ?[ap]m\b", re.IGNORECASE)
LONGEST_LEAD = 12  # characters before the hour: "Doors open"


def read_lines(
    page: Document, *, zone: str, title: str, language: str, anchor: date, order: Callable[[], bool]
) -> tuple[Event, ...]:
    """Return the events of the first line that begins with a day and is no stamp, and of those beside it.

    For pages known to be about an event. A time on the day of publication counts only with its end, a day only with a
    later one: without, it is the stamp of the page. `order` is asked whether the page's figures are day first.
    """
    lines = list(islice(lines_of(page.tree), MAX_ELEMENTS))
    found: list[Event] = []
    place: Element | None = None
    fate: EventStatus | None = None
    for number, (element, printed) in enumerate(lines):
        words = MARKS.sub("", printed)
        if (found and element.getparent() is not place) or not is_dated(words, language, anchor):
            continue
        following = next((other for _, other in lines[number + 1 :] if other != printed), "")
        hours = hours_of(following)
        span = read_span(words, hours, zone, language, anchor, day_first=order())
        if span is not None and (is_of_event(span, anchor) or is_bookable(words, span)):
            place = element.getparent()
            fate = fate or status_of_all(page)
            event = build(span, title=title, found_in="visible", zone=zone)
            evidence = text.line(f"{words} {hours}".strip(), limit=500)
            found.append(replace(event, evidence=evidence, status=status_of(printed) or fate))
    return tuple(found[:MAX_EVENTS])


def read_performances(
    page: Document, run: Event, *, zone: str, language: str, anchor: date, order: Callable[[], bool]
) -> tuple[Event, ...]:
    """Return the times that a page names one by one of an event: 'Sat 27 March 7.30pm Book' for each of its evenings.

    The first of the list is one of the days that the page gives the event; none where it names but one time.
    """
    found: dict[datetime, Event] = {}
    place: Element | None = None
    for element, words in islice(lines_of(page.tree), MAX_ELEMENTS):
        if element.tag not in ROWS or not HOUR.search(words) or (found and element.getparent() is not place):
            continue
        at = start_of_row(MARKS.sub("", words), zone, language, anchor, order)
        if at is not None and (found or is_within(at.date(), run)):
            place = element.getparent()
            built = build(Span(start=at, end=None), title=run.title, found_in="visible", zone=zone)
            found.setdefault(
                at,
                replace(
                    built,
                    venue=run.venue,
                    address=run.address,
                    status=run.status,
                    evidence=f"{words} ({run.evidence})"[:MAX_EVIDENCE],
                ),
            )
    return tuple(found.values()) if len(found) > 1 else ()


def start_of_row(words: str, zone: str, language: str, anchor: date, order: Callable[[], bool]) -> datetime | None:
    """Return the day and hour that a line begins with, None for another line."""
    if not is_dated(words, language, anchor):
        return None
    span = read_span(words, "", zone, language, anchor, day_first=order())
    return span.start if span is not None and isinstance(span.start, datetime) else None


def is_within(day: date, run: Event) -> bool:
    """Say whether a day is one of those that an event takes."""
    return run.start_on is not None and run.start_on <= day <= (run.end_on or run.start_on)


def lines_of(tree: Element) -> Iterator[tuple[Element, str]]:
    """Yield the short lines after the page's heading in its order, up to the heading of the cards of other events."""
    heading = next(chain(tree.iter("h1"), tree.iter("h2")), None)
    for element in () if heading is None else islice(after(heading), MAX_LOOKED):
        words = own_words(element) if element.tag in LINE_TAGS and is_innermost(element) else ""
        if element.tag in HEADINGS and OTHERS.match(words):
            return
        if words and len(words) <= MAX_LINE:
            yield element, words


def is_innermost(element: Element) -> bool:
    """Say whether an element is one line: no block is inside it, and no two of its parts run into each other."""
    parts = list(element)
    apart = all(part.tail for part in parts[:-1] if part.tag in PARTS)
    return apart and all(part.tag in INLINE for part in parts)


def after(element: Element) -> Iterator[Element]:
    """Yield the elements that come after one and are not inside it."""
    place: Element | None = element
    while place is not None:
        for sibling in place.itersiblings():
            yield from sibling.iter("*")
        place = place.getparent()


def is_dated(words: str, language: str, anchor: date) -> bool:
    """Say whether a line begins with a day."""
    if not FIGURE.search(words[:30]):
        return False
    languages = (language.partition("-")[0] or "en", "en")
    found = dates.read(words, anchor=anchor, languages=languages, prefer="future")
    if found is None or found.start is None or not words.startswith(found.quote):
        return False
    return dates.read(words, languages=languages) is not None  # a time alone is none without an anchor


def hours_of(words: str) -> str:
    """Return a line that begins with a time, '' for another."""
    found = dates.read(words, anchor="2000-01-01") if len(words) <= MAX_HOURS and FIGURE.search(words[:10]) else None
    timed = found is not None and (found.start or "").startswith("2000-01-01T")
    return words if timed and found is not None and 0 <= words.find(found.quote) <= LONGEST_LEAD else ""


def is_bookable(words: str, span: Span) -> bool:
    """Say whether a line offers seats at an hour: 'Thu 12 November 7.30pm Book' is no stamp, whatever day it names."""
    return isinstance(span.start, datetime) and BOOK.search(words) is not None


def is_of_event(span: Span, anchor: date) -> bool:
    """Say whether a time is an event's and no stamp."""
    return span.end is not None or (isinstance(span.start, datetime) and span.start.date() != anchor)
