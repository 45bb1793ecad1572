"""From entries to events: what an entry does not say is said by the lines and headings over its list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from scraper.models import Event
from scraper.normalise import text
from scraper.normalise.dates import Found

from .. import prose
from ..events import held_at
from . import days, details, places
from .days import Scene
from .details import Told
from .entries import Entry
from .headings import names_something, place_above, section_title
from .hours import hours_in, timed
from .lines import Line, Section


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What the reading of one page needs besides its lines.

    `others` says that the page is about something of its own, so that a list under "Upcoming events" is of others.
    """

    zone: str
    title: str
    url: str
    scene: Scene
    is_post: bool
    others: bool


def events_of(found: Sequence[Entry], sections: Sequence[Section], about: Page) -> Iterator[Event]:
    """Yield the event of each entry, those told twice once."""
    seen: dict[str, set[str]] = {}
    alone = Counter(entry.section for entry in found)
    above = standing_in(sections)
    for entry in found:
        told = details.told_by(entry)
        hours, place = said_above(entry, above)
        reading = timed(entry.reading, told.hours or hours)
        known = seen.setdefault(reading.edtf, set())
        title = told.title or title_above(entry, alone[entry.section] == 1, about)
        if text.fold(title) in known or (known and not told.title):
            continue
        known.add(text.fold(title))
        event = prose.timed(Found(start=0, end=0, reading=reading), about.zone)
        yield replace(
            held_at(event, told.place or place),
            title=title,
            found_in="visible",
            status=details.status_of(entry),
            evidence=text.line(entry.words, limit=500),
        )


def title_above(entry: Entry, alone: bool, about: Page) -> str:
    """Return what an entry without a name is called: as the heading over it alone, or over its list."""
    own = entry.section.headings[-1] if len(entry.section.headings) > 1 else ""
    if alone and own and names_something(own):
        return own
    return section_title(reversed(entry.section.headings), about.title)


def said_above(entry: Entry, above: Mapping[tuple[str, ...], Told]) -> tuple[str, str]:
    """Return the hours and the place that the lines and headings over an entry give, the nearest first."""
    headings = entry.section.headings
    hours, place = hours_in(entry.name), ""
    for depth in range(len(headings), -1, -1):
        said = above.get(headings[:depth], Told())
        heading = headings[depth - 1] if depth else ""
        hours = hours or said.hours or hours_in(heading)
        place = place or said.place or (place_above(heading) if depth > 1 else "")
    return hours, place


def standing_in(sections: Sequence[Section]) -> dict[tuple[str, ...], Told]:
    """Return for each chain of headings the hours and place that a line under them gives for all."""
    found: dict[tuple[str, ...], Told] = {}
    for section in sections:
        said = standing(section.lines)
        if said.hours or said.place:
            found.setdefault(section.headings, said)
    return found


def standing(lines: Sequence[Line]) -> Told:
    """Return the hours and the place that a line gives for all of a list."""
    for line in lines:
        if line.cell is not None or days.is_dated(line.words) or not places.STANDING.search(line.words):
            continue
        hours = hours_in(line.words)
        if hours:
            return Told(hours=hours, place=places.standing_place(line.words))
    return Told()
