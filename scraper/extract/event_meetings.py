"""Meetings whose day and hour a page names in its title: "Agenda for Cabinet on Monday, 14th January, 2026, 5 pm"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime

from scraper.models import Event
from scraper.normalise import dates, text

from .document import Document
from .event_labels import WHERE, labels, read_span
from .events import build, held_at
from .published.meetings import HOUR, LONGEST, MEETING

BEHIND = re.compile(r"\s{0,3}(?:[|–—-].{0,120})?\Z")  # the site's name, at most


def read_meeting(page: Document, *, zone: str, title: str, language: str, anchor: date) -> tuple[Event, ...]:
    """Return the meeting that the title of a page ends with the day and the hour of, and where the page says it is."""
    said = text.line(page.tree.findtext("head/title"), limit=LONGEST) or ""
    if not HOUR.search(said) or not MEETING.search(said):
        return ()
    found = dates.read(said, languages=(language.partition("-")[0] or "en", "en"))
    if found is None or not BEHIND.match(said, said.find(found.quote) + len(found.quote)):
        return ()
    span = read_span(found.quote, "", zone, language, anchor)
    if span is None or not isinstance(span.start, datetime):
        return ()
    where = next((value for name, value in labels(page.tree) if WHERE.match(name)), None)
    return (replace(held_at(build(span, title=title, found_in="visible", zone=zone), where), evidence=said),)
