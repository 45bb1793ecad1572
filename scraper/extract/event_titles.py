"""The meeting that a page's title names with its day: 'Agenda for Cabinet on Wednesday, 14th January, 2026, 5 pm'."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from scraper.models import Event
from scraper.normalise import dates, text
from scraper.normalise.dates import Found

from . import prose
from .document import Document
from .event_labels import WHERE, labels, status_of_all
from .events import held_at
from .listed import days

LONGEST = 250  # characters of a title
FIGURE = re.compile(r"\d")
SAID = re.compile(r"\b(?:agenda|minutes|meeting)\b", re.IGNORECASE)
BODY = re.compile(r"\b(?:committee|cabinet|council|board|panel|commission|assembly|agm)\b", re.IGNORECASE)
PAPERS = re.compile(
    r"\A(?:(?:public |draft |full )?(?:agendas?|minutes|notice|papers)(?: and (?:papers|minutes))?"
    r"\s?(?:for|of|[:–-])\s?)?"
    r"(?:the )?(?:a )?(?:meeting of (?:the )?)?",
    re.IGNORECASE,
)
ENDS = re.compile(r"[\s,(|:–—-]{0,5}(?:\b(?:on|at|of|held|from)\b)?[\s,(|:–—-]{0,5}\Z")
BEHIND = re.compile(r"[\s.]{0,3}(?:[|–—(,:;-].{0,200}|\))?\Z")  # another part of the title, at most
PARTS = re.compile(r"\s[-–—|]\s")


def read_title(
    page: Document, *, zone: str, title: str, language: str, anchor: date, order: Callable[[], bool], is_post: bool
) -> tuple[Event, ...]:
    """Return the meeting that a title names with its day; of a dated post only one that it gives the hour of."""
    if len(title) > LONGEST or not FIGURE.search(title) or not days.is_dated(title):
        return ()
    if not (SAID.search(title) or BODY.search(title)):
        return ()
    languages = tuple(dict.fromkeys((language.partition("-")[0] or "en", "en")))
    said = dates.find(title, anchor=anchor, languages=languages, day_first=order())
    found = next((one for one in said if days.is_dated(one.reading.quote)), None)
    if found is None or not is_one_day(found) or is_amid(title, found):
        return ()
    timed = found.reading.precision in ("minute", "second")
    if not timed and (is_post or not SAID.search(title) or not days.SAYS_YEAR.search(found.reading.quote)):
        return ()
    event = replace(
        prose.timed(found, zone),
        title=name_of(title, found) or title,
        found_in="visible",
        status=status_of_all(page),
        evidence=text.line(title, limit=500),
    )
    return (held_at(event, next((value for name, value in labels(page.tree) if WHERE.match(name)), None)),)


def is_amid(title: str, found: Found) -> bool:
    """Say whether words go on before and after a date, as in a headline: "Meeting of 24 March ends in uproar"."""
    return bool(PAPERS.sub("", title[: found.start].strip())) and not BEHIND.match(title, found.end)


def is_one_day(found: Found) -> bool:
    """Say whether a date is a day, with hours or without."""
    reading = found.reading
    fine = reading.precision in ("day", "minute", "second")
    return fine and reading.start is not None and reading.earliest_on == reading.latest_on


def name_of(title: str, found: Found) -> str:
    """Return what the meeting is called: the title without its day and the name of the paper."""
    before = ENDS.sub("", PAPERS.sub("", title[: found.start].strip()))
    return before or PARTS.split(title[found.end :].strip(" ,:–-|"))[0].strip()
