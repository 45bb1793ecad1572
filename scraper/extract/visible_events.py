"""Events that a page tells its readers: by labels, in lists and tables, in bare lines, in prose; who is asked when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from scraper.models import Event
from scraper.normalise import text

from . import event_labels, event_lines, event_tables, event_titles, figures, listed, prose
from .document import Document
from .document import title as title_of
from .listed import days

FEW = 2
MANY = 3
STAMP = re.compile(r"\b(?:[a-z]{3,6}day|posted|published|date|updated|last|news|on|by)\b", re.IGNORECASE)
SAYS = re.compile(r"[^\W\d_]{3}")
# Words that go on, or a sentence and the next.
IN_SENTENCE = re.compile(
    r"\(\Z|\A\)|\s(?:on|at|and|from|in|to|the|of|with)\Z|\w{2}\s?[.!?]\s[A-Z]|(?:\S+\s){12}.*\w[.!?]\Z"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """A page and what is known of it; `part` is the post's own part of it.

    `country` is the partner's language tag; `published_on` is None for an undated page, `seen_on` never. `is_post` says
    that the page is declared a dated post, `about_one` that its address or its source calls it an event's.
    """

    page: Document
    part: Document
    title: str
    text: str
    zone: str
    language: str
    country: str
    published_on: date | None
    fetched_on: date
    is_post: bool
    about_one: bool

    @property
    def seen_on(self) -> date:
        """The day against which the page's yearless days are read."""
        return self.published_on or self.fetched_on


def read_told(said: Telling) -> tuple[Event, ...]:
    """Return the events of the first reader that finds any.

    A list comes before labels and lines, which tell of one event; on a page about one its labels come first. An event
    that is shown again and again is one for each time that its page names.
    """
    found = next(filter(None, readings(said)), ())
    if said.about_one and len(found) == 1 and found[0].found_in == "visible":
        return performances(said, found[0]) or found
    return found


def performances(said: Telling, run: Event) -> tuple[Event, ...]:
    """Return the times that a page about one event names one by one; none where it names but one."""
    return event_lines.read_performances(
        said.part,
        run,
        zone=said.zone,
        language=said.language,
        anchor=said.seen_on,
        order=order_of(said),
    )


def readings(said: Telling) -> Iterator[tuple[Event, ...]]:
    """Yield what each reader finds, in the order of trust."""
    if said.about_one:
        yield labelled(said)
    for title in (said.title, text.line(title_of(said.page), limit=event_titles.LONGEST) or ""):
        yield event_titles.read_title(
            said.part,
            zone=said.zone,
            title=title,
            language=said.language,
            anchor=said.seen_on,
            order=order_of(said),
            is_post=said.is_post,
        )
    many = read_list(said) if listed.has_sign(said.page, said.title, is_post=said.is_post) else ()
    if said.is_post:
        many = tuple(event for event in many if not is_stamp(event, said.published_on))
        many = () if is_cut_of_sentences(many) else many
    if len(many) >= (MANY if said.about_one else FEW):
        yield many
    if said.about_one:
        yield from in_lines(said)
    else:
        yield labelled(said)
    yield many
    yield prose.read_prose(
        said.text, title=said.title, zone=said.zone, language=said.language, anchor=said.published_on
    )


def is_stamp(event: Event, published_on: date | None) -> bool:
    """Say whether what was taken for an entry is the post's own day, printed with nothing to it."""
    return event.start_on == published_on and not SAYS.search(STAMP.sub(" ", days.DATED.sub(" ", event.evidence or "")))


def is_cut_of_sentences(found: Sequence[Event]) -> bool:
    """Say whether what was taken for entries of a dated post's list was mostly cut out of its sentences."""
    cut = sum(bool(IN_SENTENCE.search(event.evidence or "")) for event in found)
    return cut * 2 > len(found)


def labelled(said: Telling) -> tuple[Event, ...]:
    """Return the event that labels tell."""
    return event_labels.read_labels(
        said.part,
        zone=said.zone,
        title=said.title,
        language=said.language,
        anchor=said.seen_on,
        event_page=said.about_one,
        order=order_of(said),
    )


def in_lines(said: Telling) -> Iterator[tuple[Event, ...]]:
    """Yield what tables and bare lines tell on a page about an event."""
    for read in (event_tables.read_tables, event_lines.read_lines):
        yield read(
            said.part,
            zone=said.zone,
            title=said.title,
            language=said.language,
            anchor=said.seen_on,
            order=order_of(said),
        )


def read_list(said: Telling) -> tuple[Event, ...]:
    """Return what lists tell."""
    return listed.read_listed(
        said.page,
        zone=said.zone,
        title=said.title,
        language=said.language,
        anchor=said.seen_on if said.is_post else said.fetched_on,
        order=order_of(said),
        is_post=said.is_post,
        about_one=said.about_one,
    )


def order_of(said: Telling) -> partial[bool]:
    """Return what tells whether figures are day first; asked only where a date in figures is read."""
    return partial(figures.is_day_first, said.page, said.country)
