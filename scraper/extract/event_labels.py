"""Events that a page tells by labels a reader sees: 'When: Sunday 4 June 2023, 9.00am', 'Where: Town Hall'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from lxml.etree import _Element as Element

from scraper.models import Event, EventStatus
from scraper.normalise import dates, text

from . import reading_order
from .document import Document
from .document import words as words_of
from .events import Span, build, held_at

MAX_LABELS = 3_000
MAX_VALUE = 300
LABEL_TAGS = frozenset("strong b dt th span h2 h3 h4 h5 h6 label div p em td li".split())
# English, Welsh, German, French, Spanish, Polish, Romanian, Dutch, Italian
WHEN = re.compile(
    r"\A(?:when|date(?:s|\(s\)| and time| & time|/time)?|event dates?|time and date|"
    r"start(?:s|ing)?(?: dates?)?(?:(?: (?:and|&) |/)time)?|pryd|dyddiad|wann|termin|beginn|"
    r"quand|dates? et heures?|cuándo|fecha|kiedy|data|când|wanneer|quando)\s{0,2}[:?–-]?\Z",
    re.IGNORECASE,
)
SURE = re.compile(
    r"\A(?:when|event dates?|pryd|wann|quand|cuándo|kiedy|când|wanneer|quando)\s{0,2}[:?–-]?\Z", re.IGNORECASE
)
BOTH = re.compile(r"\A(?:date(?:s|\(s\))?(?: and | & |/)time|time and date)s?\s{0,2}[:?–-]?\Z", re.IGNORECASE)
"""A day and an hour, sure enough beside a label of the place."""

# What a text begins with where such a label is: most pages have none, and their elements are not walked.
SURE_BEGINS = re.compile(
    r"(?:when|event dates?|pryd|wann|quand|cuándo|kiedy|când|wanneer|quando)\s{0,2}(?:[:?–-]|\Z)"
    r"|date(?:s|\(s\))?(?: and | & |/)time|time and date"
    r"|(?:event |start(?:ing)? )?times?\s{0,2}(?::|\Z)",
    re.IGNORECASE,
)
BEGINS = re.compile(
    r"(?:when|dates?|event dates?|time and date|starts?|pryd|dyddiad|wann|termin|beginn|quand|cuándo|fecha|kiedy|data"
    r"|când|wanneer|quando)\b",
    re.IGNORECASE,
)
FIRST_LETTERS = frozenset("bcdefkpqstwBCDEFKPQSTWſ\u212a")  # of those words; the last two count as s and k without case
END = re.compile(
    r"\A(?:(?:end(?:s|ing)?|finish(?:es)?)(?: date| time)?(?:(?: (?:and|&) |/)time)?|gorffen|ende|fin|koniec)"
    r"\s{0,2}[:–-]?\Z",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\A(?:(?:event |start(?:ing)? )?times?|time\(s\)|amser|uhrzeit|heures?|hora|godzina|ora)\s{0,2}[:?–-]?\Z",
    re.IGNORECASE,
)
WHERE = re.compile(
    r"\A(?:where|(?:event )?(?:venue|location|place)|"
    r"ble|lleoliad|lleoedd|wo|ort|où|lieu|dónde|lugar|gdzie|miejsce|unde|locație|waar|"
    r"locatie|dove|luogo)\s{0,2}[:?–-]?\Z",
    re.IGNORECASE,
)
ORGANISER = re.compile(
    r"\A(?:organi[sz]er|organi[sz]ed by|host(?:ed by)?|trefnydd|veranstalter|organisateur|organizator)\s?:?\Z", re.I
)
INLINE = re.compile(r"\A([^:\n]{2,30}:)\s{0,5}(\S.{3,300})\Z", re.DOTALL)
STATUS = re.compile(r"\A(cancelled|canceled|postponed|rescheduled|sold out)\b", re.IGNORECASE)
FATE = re.compile(r"\W{0,3}(cancelled|canceled|postponed|rescheduled)\b", re.IGNORECASE)
FATE_ALONE = re.compile(
    r"\s{0,20}(?:(?:this|the) event (?:is|has been|was) )?(cancelled|canceled|postponed|rescheduled)[\s.!:]{0,20}\Z",
    re.IGNORECASE,
)
FATES: Mapping[str, EventStatus] = {
    "cancelled": "cancelled",
    "canceled": "cancelled",
    "postponed": "postponed",
    "rescheduled": "rescheduled",
}


def read_labels(
    page: Document,
    *,
    zone: str,
    title: str,
    language: str,
    anchor: date,
    event_page: bool,
    order: Callable[[], bool],
) -> tuple[Event, ...]:
    """Return the event that the labels of a page tell; `event_page` says that the page is known to be about one.

    `order` is asked whether the page's figures are day first.
    On other pages only a label that cannot mean publication ('When', not 'Date') is believed, or one beside that of a
    time of day.
    """
    if not has_label(page, BEGINS if event_page else SURE_BEGINS):
        return ()
    pairs = dict(labels(page.tree))
    hours = next((value for name, value in pairs.items() if TIME.match(name)), "")
    known = WHEN if event_page or is_time(hours) else SURE
    where = next((value for name, value in pairs.items() if WHERE.match(name)), None)
    quote = next((value for name, value in pairs.items() if known.match(name) or (where and BOTH.match(name))), None)
    if quote is None:
        return ()
    day_first = order()
    span = read_span(quote, hours, zone, language, anchor, day_first=day_first)
    if span is None:
        return ()
    last = next((value for name, value in pairs.items() if END.match(name)), None)
    span = with_end(span, last, zone, language, day_first=day_first)
    organiser = next((value for name, value in pairs.items() if ORGANISER.match(name)), None)
    event = held_at(build(span, title=title, found_in="visible", zone=zone), where)
    return (
        replace(
            event,
            organiser=text.line(organiser, limit=300),
            status=status_of(quote) or status_of_all(page),
            evidence=text.line(f"{quote} {hours}".strip(), limit=500),
        ),
    )


def has_label(page: Document, begins: re.Pattern[str]) -> bool:
    """Say whether any of a page's texts begins with a label."""
    texts = map(str.strip, reading_order.read(page).texts)
    return any(begins.match(words) for words in texts if words[:1] in FIRST_LETTERS)


def labels(tree: Element) -> Iterator[tuple[str, str]]:
    """Yield (label, value) of the labelled values of a page, in page order; the first of a name is the page's own."""
    seen: set[str] = set()
    for number, element in enumerate(tree.iter(*LABEL_TAGS)):
        if number > MAX_LABELS:
            return
        words = own_words(element)
        if not words or len(words) > 340:
            continue
        for name, value in [*beside(element, words), *inside(element, words)]:
            folded = name.strip().lower()
            if value and folded not in seen:
                seen.add(folded)
                yield folded, value


def own_words(element: Element) -> str:
    """Return an element's words on one line; '' for a large element, which is no label."""
    if len(element) > 8:
        return ""
    return words_of(element) if element.tag != "div" or len(element) < 4 else ""


def beside(element: Element, words: str) -> Iterator[tuple[str, str]]:
    """Yield a label and what stands after it: in the same line, or in the next cell, term or line."""
    if len(words) > 30 or not is_label(words):
        return
    tail = " ".join((element.tail or "").split()).lstrip(":–- ")
    following = element.getnext()
    if not tail and following is not None and following.tag == "br":  # the value stands on the next line
        tail = " ".join((following.tail or "").split())
        following = following.getnext() if tail else following
    if tail and not is_label(tail):
        rest = [tail]
        while (
            following is not None
            and following.tag in ("time", "span", "em", "a", "br", "b", "strong")
            and len(rest) < 6
            and not is_label(words_of(following))
        ):
            rest.append(words_of(following))
            rest.append(" ".join((following.tail or "").split()))
            following = following.getnext()
        yield words, " ".join(part for part in rest if part)[:MAX_VALUE]
    elif following is not None:
        yield words, words_of(following)[:MAX_VALUE]
    else:
        parent = element.getparent()
        after = parent.getnext() if parent is not None and own_words(parent) == words else None
        if after is not None:
            yield words, words_of(after)[:MAX_VALUE]


def inside(element: Element, words: str) -> Iterator[tuple[str, str]]:
    """Yield a label and its value that stand in one element: 'When: 4 June'; labels marked up are read beside it."""
    found = None if any(is_label(words_of(child)) for child in element) else INLINE.match(words)
    if found and is_label(found.group(1)):
        yield found.group(1), found.group(2)


def is_label(words: str) -> bool:
    """Say whether words are one of the labels that this module knows."""
    return any(pattern.match(words) for pattern in (WHEN, END, TIME, WHERE, ORGANISER))


def read_span(quote: str, hours: str, zone: str, language: str, anchor: date, *, day_first: bool) -> Span | None:
    """Return the days or times that a label's value means; None when it is no date of day grade or finer."""
    languages: Sequence[str] = (language.partition("-")[0] or "en", "en")
    joined = f"{quote}, {hours}" if hours and not re.search(r"\d[:.]\d\d|\d ?[ap]m", quote) else quote
    for words in (joined, quote):
        found = dates.read(words, anchor=anchor, languages=languages, day_first=day_first, prefer="future")
        if found is not None and found.start and found.precision in ("minute", "second", "day", "weekend", "week"):
            start = moment(found.start, zone)
            return Span(start=start, end=moment(found.end, zone) if found.end and found.end != found.start else None)
    return None


def is_time(words: str) -> bool:
    """Say whether words are a time of day and nothing longer."""
    found = dates.read(words, anchor="2000-01-01") if words else None
    return found is not None and (found.start or "").startswith("2000-01-01T")


def with_end(span: Span, words: str | None, zone: str, language: str, *, day_first: bool) -> Span:
    """Return the span with the end that a label of its own gives, where it has none and that lies after its start."""
    if words is None or span.end is not None:
        return span
    start = span.start
    anchor = start.date() if isinstance(start, datetime) else start
    last = read_span(words, "", zone, language, anchor, day_first=day_first)
    if last is None or type(last.start) is not type(start) or not is_before(start, last.start):
        return span
    return replace(span, end=last.start)


def is_before(first: date | datetime, last: date | datetime) -> bool:
    """Say whether a day or instant comes before another of its kind."""
    if isinstance(first, datetime) and isinstance(last, datetime):
        return first < last
    return first.isoformat() < last.isoformat()


def status_of(quote: str) -> EventStatus | None:
    """Return what became of an event as the line of its date says, None where that does not."""
    said = FATE.match(quote)
    return FATES.get(said.group(1).lower()) if said else None


def status_of_all(page: Document) -> EventStatus:
    """Return what became of a page's events, as a line of it says that says nothing else."""
    said = next((found for words in reading_order.read(page).texts if (found := FATE_ALONE.match(words))), None)
    return FATES.get(said.group(1).lower(), "scheduled") if said else "scheduled"


def moment(value: str, zone: str) -> date | datetime:
    """Return a wall time in a zone, or a day."""
    if "T" not in value:
        return date.fromisoformat(value)
    at = datetime.fromisoformat(value)
    return at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))
