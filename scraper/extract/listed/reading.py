"""From a page that lists what takes place to its events: signs first, then days, then what stands beside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from lxml.etree import _Element as Element

from scraper.models import Event

from ..document import CONTENT, Document
from . import days, entries, making, signs, tables, trusting
from .days import Day, Scene
from .entries import Entry
from .hours import hours_in, lines_with_hours
from .lines import Line, Section, lines_of, sections_of
from .making import Page

MAX_EVENTS = 200
MOST_HEADINGS = 60
LONGEST_NAME = 60
FEW = 2
HEADINGS = ("h1", "h2", "h3", "h4", "caption", "summary", "th")
LETTERS = re.compile(r"[\W\d_]")
LONGEST_DAY = len("wednesday the of september at pm to pm")  # letters of a heading that is a day and its hours


@dataclass(frozen=True, kw_only=True, slots=True)
class Cut:
    """A page cut up: its sections with their scenes, its tables with the lines in them, and the days of other lines."""

    lines: Sequence[Line]
    scenes: Mapping[Section, Scene]
    tables: Mapping[Element, Sequence[tables.Row]]
    rows: Mapping[int, Element]
    dated: Mapping[int, Sequence[Day]]


def has_sign(page: Document, title: str, *, is_post: bool) -> bool:
    """Say whether a page's title, address or headings speak of things that take place; most pages' do not.

    Of a dated post only the title is asked, for its headings are not believed.
    """
    if is_post or signs.STREAM.search(page.url):
        return signs.sign_of(title) == signs.STRONG
    if signs.says_held(title) or (len(title) <= LONGEST_NAME and signs.BODY.search(title)):
        return True
    if signs.sign_of_address(page.url) == signs.STRONG:
        return True
    headings = [CONTENT(heading)[:200] for heading in islice(page.tree.iter(*HEADINGS), MOST_HEADINGS)]
    return signs.may_say_held("\n".join(headings).lower()) and any(map(signs.says_held, headings))


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

    `is_post` says that the page is a dated post, `about_one` that it is about an event and lists others beside it: both
    must say more to be believed. Days without a year are put into that of a heading, else near `anchor`; `order` is
    asked whether figures are day first.
    """
    languages = tuple(dict.fromkeys((language.partition("-")[0] or "en", "en")))
    about = Page(
        zone=zone,
        title=title,
        url=page.url,
        scene=Scene(languages=languages, day_first=order(), anchor=anchor),
        is_post=is_post or signs.STREAM.search(page.url) is not None,
        others=is_post or about_one,
    )
    lines = lines_of(page.tree)
    if not any(days.is_dated(line.words) or days.LED.match(line.words) for line in lines):
        return ()
    cut = cut_up(lines, about)
    kept = trusting.believed(list(entries_of(cut)), about)
    return tuple(making.events_of(kept, list(cut.scenes), about))[:MAX_EVENTS]


def cut_up(lines: Sequence[Line], about: Page) -> Cut:
    """Return a page's sections, tables and days."""
    plain = (line.number for line in lines if line.rank and days.is_dated(line.words) and not is_titled(line))
    most = days.year_of_most(line.words for line in lines)
    scenes = {section: scene_of(section, about, most) for section in sections_of(lines, frozenset(plain))}
    held = tables.tables_in(lines)
    rows = {line.number: table for table, found in held.items() for row in found for cell in row for line in cell.lines}
    return Cut(lines=lines, scenes=scenes, tables=held, rows=rows, dated=dict(dated_in(scenes, rows)))


def is_titled(line: Line) -> bool:
    """Say whether a heading with a day says more than the day and its hours."""
    return len(LETTERS.sub("", days.DATED.sub("", line.words))) > LONGEST_DAY


def scene_of(section: Section, about: Page, most: int | None) -> Scene:
    """Return how the dates of a section are read: the year and month of its nearest heading that names one."""
    above = (*reversed(section.headings), about.title, signs.words_of_address(about.url))
    years = next(filter(None, map(days.years_in, above)), ()) or ((most,) if most else ())
    month = next(filter(None, map(days.month_in, section.headings[::-1])), None) or days.month_in(about.title)
    return replace(about.scene, years=years, month=month)


def dated_in(scenes: Mapping[Section, Scene], rows: Mapping[int, Element]) -> Iterator[tuple[int, list[Day]]]:
    """Yield the numbers of the lines outside of tables that are no prose and name days, with these."""
    last: date | None = None
    for section, scene in scenes.items():
        if not (section.headings and days.month_in(section.headings[-1])):
            last = None
        for line in section.lines:
            if line.number in rows or len(line.words) > entries.MAX_ENTRY:
                continue
            found = days.find_days(line.words, scene, last)
            if found and not entries.is_prose(line.words, found):
                last = found[-1].reading.earliest_on or last
                yield line.number, found


def entries_of(cut: Cut) -> Iterator[Entry]:
    """Yield every entry of a page's lists and tables, one for each hour of a day that lists several."""
    in_tables = {section: list(entries_of_tables(cut, section)) for section in cut.scenes}
    headed = {entry.reading.edtf for found in in_tables.values() for entry in found}
    spread = entries.spread_of(cut.lines, cut.dated)
    for section, found in in_tables.items():
        for entry in entries.entries_in(section, cut.lines, cut.dated, spread):
            if entry.others or entry.after or entry.reading.edtf not in headed:
                yield from by_hours(entry)
        for entry in found:
            yield from by_hours(entry)


def entries_of_tables(cut: Cut, section: Section) -> Iterator[Entry]:
    """Yield the entries of the tables that begin in a section; a day just over a table is that of its hours."""
    done: set[Element] = set()
    for line in section.lines:
        table = cut.rows.get(line.number)
        if table is None or table in done or (line.number and cut.rows.get(line.number - 1) is table):
            continue
        done.add(table)
        over = cut.dated.get(line.number - 1, ())
        scene = replace(cut.scenes[section], on=over[0].reading if len(over) == 1 else None)
        yield from tables.entries_in(cut.tables[table], scene, section, days.find_days)


def by_hours(entry: Entry) -> Iterator[Entry]:
    """Yield an entry, or one for each hour of a day that lists several."""
    timed = "T" in (entry.reading.start or "")
    several = [] if timed else list(lines_with_hours(entry.others))
    if len(several) < FEW:
        yield entry
        return
    for line in several:
        hours = hours_in(line.words)
        yield replace(entry, before="", after=f" {line.words}", others=(), hours=hours)
