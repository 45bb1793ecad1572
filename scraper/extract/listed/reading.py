"""From a page that lists what takes place to its events: signs first, then days, then what stands beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from scraper.models import Event
from scraper.normalise import text
from scraper.normalise.dates import Found

from .. import prose
from ..document import CONTENT, Document
from ..events import held_at
from . import days, details, entries, signs, tables
from .days import Day, Scene
from .entries import Entry
from .lines import Line, Section, lines_of, sections_of

MAX_EVENTS = 200
MOST_HEADINGS = 60
FEW = 2
MANY = 3
LONG = 4  # days without hours that make a list in a dated post
MOST_WRITTEN = 0.5  # of a list that look like cards of posts
OLDEST = timedelta(days=1_100)  # before the newest of a list
HEADINGS = ("h1", "h2", "h3", "h4", "caption", "summary", "th")
LONGEST_NAME = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What the reading of one page needs besides its lines."""

    zone: str
    title: str
    url: str
    scene: Scene
    is_post: bool
    others: bool  # the page is about something: a list under "Upcoming events" is of others


def has_sign(page: Document, title: str) -> bool:
    """Say whether a page's title, address or headings speak of things that take place; most pages' do not."""
    if signs.says_held(title) or (len(title) <= LONGEST_NAME and signs.BODY.search(title)):
        return True
    if signs.sign_of_address(page.url) == signs.STRONG:
        return True
    headings = islice(page.tree.iter(*HEADINGS), MOST_HEADINGS)
    return any(signs.says_held(CONTENT(heading)[:200]) for heading in headings)


def read_listed(
    page: Document,
    *,
    zone: str,
    title: str,
    language: str,
    anchor: date,
    order: Callable[[], bool],
    is_post: bool,
    about_one: bool,
) -> tuple[Event, ...]:
    """Return the events that a page lists under headings that speak of them, in its order, each once.

    `about_one` says that the page is about an event, and lists others under "Upcoming events".
    `is_post` says that the page is a dated post: there only what has hours is believed. Days without a year are put
    into that of a heading, else near `anchor`; `order` is asked whether figures are day first.
    """
    lines = lines_of(page.tree)
    scene = Scene(
        languages=tuple(dict.fromkeys((language.partition("-")[0] or "en", "en"))), day_first=order(), anchor=anchor
    )
    about = Page(
        zone=zone,
        title=title,
        url=page.url,
        scene=scene,
        is_post=is_post or signs.STREAM.search(page.url) is not None,
        others=is_post or about_one,
    )
    found = list(entries_of(lines, about))
    kept = recent([entry for group in groups_of(found, about) for entry in group])
    return tuple(events_of(kept, lines, about))[:MAX_EVENTS]


def entries_of(lines: Sequence[Line], about: Page) -> Iterator[Entry]:
    """Yield every entry of a page's lists and tables."""
    plain = frozenset(line.number for line in lines if line.rank and days.is_dated(line.words) and not is_titled(line))
    sections = sections_of(lines, plain)
    most = days.year_of_most(line.words for line in lines)
    held = tables.tables_in(lines)
    rows = {
        cell_line.number: table
        for table, found in held.items()
        for row in found
        for cell in row
        for cell_line in cell.lines
    }
    dated: dict[int, list[Day]] = {}
    last: date | None = None
    scenes = {id(section): scene_of(section, about, most) for section in sections}
    for section in sections:
        last = last if section.headings and days.month_in(section.headings[-1]) else None
        for line in section.lines:
            if line.number in rows or len(line.words) > entries.MAX_ENTRY:
                continue
            found = days.find_days(line.words, scenes[id(section)], last)
            if found and not entries.is_prose(line.words, found):
                dated[line.number] = found
                last = found[-1].reading.earliest_on or last
    spread = entries.spread_of(lines, dated)
    done: set[int] = set()
    for section in sections:
        yield from by_hours(entries.entries_in(section, lines, dated, spread), lines, dated)
        for line in section.lines:
            table = rows.get(line.number)
            if table is not None and id(table) not in done:
                done.add(id(table))
                found_rows = tables.entries_in(held[table], scenes[id(section)], section, days.find_days)
                yield from by_hours(found_rows, (), {})


def is_titled(line: Line) -> bool:
    """Say whether a heading with a day says more than the day and its hours."""
    rest = days.DATED.sub("", line.words)
    return len(re.sub(r"[\W\d_]", "", rest)) > len("wednesday at pm the of 2026 to")


def by_hours(found: Iterable[Entry], lines: Sequence[Line], dated: Mapping[int, Sequence[Day]]) -> Iterator[Entry]:
    """Yield entries, one for each hour of a day that lists several."""
    for entry in found:
        several = list(details.lines_with_hours(entry.others)) if "T" not in (entry.reading.start or "") else []
        if len(several) < FEW:
            yield entry
            continue
        for line in several:
            yield replace(entry, before="", after=f" {line.words}", others=(), hours=details.hours_in(line.words))


def scene_of(section: Section, about: Page, most: int | None) -> Scene:
    """Return how the dates of a section are read: the year and month of its nearest heading that names one."""
    above = (*reversed(section.headings), about.title, signs.words_of_address(about.url))
    years = next(filter(None, map(days.years_in, above)), ()) or ((most,) if most else ())
    month = next(filter(None, map(days.month_in, section.headings[::-1] or ())), None) or days.month_in(about.title)
    return replace(about.scene, years=years, month=month)


def groups_of(found: Sequence[Entry], about: Page) -> Iterator[list[Entry]]:
    """Yield the entries under signs of one strength, where it is strong enough for what they are."""
    by_sign: dict[tuple[int, tuple[str, ...]], list[Entry]] = {}
    alone = Counter(id(entry.section) for entry in found)
    for entry in found:
        headings = headings_of(entry, alone[id(entry.section)] == 1)
        if details.is_other(entry) or (about.others and any(map(signs.AROUND.search, headings[1:]))):
            continue
        sign, number = signs.first_sign(headings[::-1], about.title, about.url)
        kept = headings[: max(0, len(headings) - number)] if sign != signs.STRONG else ()
        by_sign.setdefault((sign, kept), []).append(entry)
    for (sign, _), group in by_sign.items():
        if is_believed(group, sign, about):
            yield group


def headings_of(entry: Entry, alone: bool) -> tuple[str, ...]:
    """Return the headings of an entry's list: without those that only name it, or the card before it."""
    headings, ranks = entry.section.headings, entry.section.ranks
    own = min((line.rank for line in entry.others if line.rank), default=None)
    if own is not None:
        return tuple(words for words, rank in zip(headings, ranks, strict=True) if rank < own)
    names = alone and signs.NEVER < signs.sign_of(headings[-1]) < signs.STRONG if headings else False
    return headings[:-1] if names else headings


def is_believed(group: Sequence[Entry], sign: int, about: Page) -> bool:
    """Say whether a list under such a sign is one of events: the weaker the sign, the more its entries must say."""
    number = len(group)
    timed = sum(bool(details.told_by(entry).hours or "T" in (entry.reading.start or "")) for entry in group)
    written = sum(bool(details.WRITTEN.search(entry.words)) for entry in group)
    if sign == signs.NEVER or MOST_WRITTEN * number < written:
        return False
    if about.is_post:
        told = signs.sign_of(about.title) == signs.STRONG and (number >= LONG or 2 * timed > number)
        return sign == signs.STRONG and number >= FEW and told
    if sign == signs.STRONG:
        return number >= FEW or timed > 0
    if sign == signs.WEAK:
        return number >= MANY or (number >= FEW and timed == number)
    named = sum(bool(signs.HELD.search(entry.words)) for entry in group)
    return number >= MANY and 2 * named >= number


def recent(found: Sequence[Entry]) -> list[Entry]:
    """Return the entries without those long before the newest: a list of minutes goes back to the first."""
    newest = max((on for entry in found if (on := entry.reading.latest_on)), default=None)
    if newest is None:
        return list(found)
    return [entry for entry in found if entry.reading.latest_on is None or entry.reading.latest_on >= newest - OLDEST]


def events_of(found: Sequence[Entry], lines: Sequence[Line], about: Page) -> Iterator[Event]:
    """Yield the event of each entry, those told twice once."""
    seen: set[tuple[str, str]] = set()
    common = standing(lines, found)
    alone = Counter(id(entry.section) for entry in found)
    for entry in found:
        told = details.told_by(entry)
        above = standing(entry.section.lines, found)
        hours = told.hours or heading_hours(entry) or above[0] or common[0]
        reading = details.timed(entry.reading, hours)
        title = told.title or title_above(entry, alone[id(entry.section)] == 1, about)
        key = (reading.edtf, text.fold(title))
        if key in seen or (not told.title and any(known[0] == reading.edtf for known in seen)):
            continue
        seen.add(key)
        event = prose.timed(Found(start=0, end=0, reading=reading), about.zone)
        named = details.place_above("".join(entry.section.headings[1:][-1:]))
        event = held_at(event, told.place or above[1] or named or common[1])
        evidence = text.line(entry.words, limit=500)
        yield replace(
            event, title=title, found_in="visible", status=details.status_of(entry), evidence=evidence, certain=True
        )


def title_above(entry: Entry, alone: bool, about: Page) -> str:
    """Return what an entry without a name is called: as the heading over it alone, or over its list."""
    own = entry.section.headings[-1] if len(entry.section.headings) > 1 else ""
    if alone and own and details.names_something(own):
        return own
    return details.section_title(reversed(entry.section.headings), about.title)


def heading_hours(entry: Entry) -> str:
    """Return the hours that the nearest heading names, or the column that named the entry."""
    return details.hours_in(entry.name) or next(
        filter(None, (details.hours_in(words) for words in reversed(entry.section.headings[-2:]))), ""
    )


def standing(lines: Sequence[Line], found: Sequence[Entry]) -> tuple[str, str]:
    """Return the hours and the place that a line over a list gives for all of it, '' for none."""
    hours = place = ""
    for line in lines:
        if days.is_dated(line.words) or line.cell is not None or not details.STANDING.search(line.words):
            continue
        said = details.hours_in(line.words)
        if said:
            hours = hours or said
            place = place or details.standing_place(line.words)
    return hours, place


__all__ = ["has_sign", "read_listed"]
