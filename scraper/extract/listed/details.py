"""What an entry of a list says besides its day: hours, title, place, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.models import EventStatus

from .entries import OTHER_DAY, Entry
from .headings import names_something
from .hours import FOR, first_hours, hours_in, is_hours
from .labels import FATE, is_label, tidy, without_labels
from .lines import Line
from .places import BEHIND, PLACE_END, PLACE_NOUN, behind, called, place_in, place_of
from .signs import HELD

UNTIL = re.compile(r"\b(?:until|till?|through|on now to|to)\W*\Z", re.IGNORECASE)
WRITTEN = re.compile(  # what stands on the card of a post, beside its stamp
    r"\bBy [A-Z]\w+ [A-Z]\w+|\b\d+ min(?:ute)?s?\b(?! walk)"
    r"|\b(?i:min read|posted|comments?|repl(?:y|ies)|authors?(?! talk))\b"
    r"|\b(?i:topics|posts):|\bupdated\b|\bread article\b|\bUTC\b|\bGMT\b|\d:\d\d:\d\d\Z"
)
NO_EVENT = re.compile(r"\b(?:no meeting|closed\b|bank holiday|half[- ]term holiday)", re.IGNORECASE)
MAX_TITLE = 160
QUOTED = re.compile(r"[‘“]([A-Z0-9À-Þ][^‘’“”\n]{2,150}?(?:’s?[^‘’“”\n]{0,80})?)[’”](?=[\s,.;:!?)]|\Z)")
FATES: dict[str, EventStatus] = {"c": "cancelled", "p": "postponed", "r": "rescheduled"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What an entry's words say beside its day; '' for what they do not."""

    title: str = ""
    hours: str = ""
    place: str = ""


def told_by(entry: Entry) -> Told:
    """Return what an entry says: its columns first, then its own line, then the lines beside it."""
    own = by_line(entry)
    lines = [line for line in entry.others if not is_label(line.words)]
    heading = next((line.words for line in lines if line.rank and names_something(line.words)), "")
    hours = entry.hours if hours_in(entry.hours) else own.hours
    hours = hours_in(hours) or next(filter(None, (hours_in(line.words) for line in entry.others)), "")
    plain = [line for line in lines if not is_hours(line.words)]
    place = entry.place or own.place or place_in(plain, heading)
    title = tidy(entry.name) or tidy(heading) or own.title or title_in([line for line in plain if not line.rank], place)
    return Told(title=title[:MAX_TITLE], hours=hours, place=place)


def by_line(entry: Entry) -> Told:
    """Return what the line of a date says around it: a title before or after it, behind the hours a place."""
    before = without_labels(entry.before)
    after = entry.after
    found = first_hours(after)
    quoted = QUOTED.search(after)
    left, right = (after[: found.start()], after[found.end() :]) if found else (after, "")
    hours = hours_in(FOR.sub(r"\1", after)) or hours_in(entry.before)
    if before and PLACE_END.search(before) and not HELD.search(before):
        return Told(hours=hours, place=before)
    if before and not hours_in(entry.before):
        return Told(title=before, hours=hours, place=place_of(f"{left}{right}"))
    if quoted:
        return Told(title=quoted[1], hours=hours, place=place_of(right))
    if not tidy(left) and right and not BEHIND.match(right):
        left, right = right, ""
    if BEHIND.match(left) and PLACE_NOUN.search(left):
        return Told(hours=hours, place=place_of(left))
    title, _, where = without_labels(left).partition(", ")
    return Told(title=without_labels(title), hours=hours, place=behind(right) or place_of(right) or called(where))


def title_in(lines: Sequence[Line], place: str) -> str:
    """Return the first line that is a name: no place, no hours, no price."""
    for line in lines:
        quoted = QUOTED.search(line.words)
        words = quoted[1] if quoted else without_labels(re.split(r"\.\s", line.words)[0])
        if words and words != place and not words.startswith("£") and not (place and place.startswith(words)):
            named = words.partition(", ")[0] if HELD.search(words) else words
            if not (PLACE_NOUN.search(named) and not HELD.search(named) and place == ""):
                return named
    return ""


def status_of(entry: Entry) -> EventStatus:
    """Return what became of an entry, as it says."""
    found = FATE.search(entry.words)
    return FATES[found[1][0].lower()] if found else "scheduled"


def is_other(entry: Entry) -> bool:
    """Say whether an entry tells that nothing is held, or of another kind of date, or is the page itself."""
    ended = entry.reading.start is None and not UNTIL.search(entry.before)
    return ended or bool(
        OTHER_DAY.search(entry.before[-40:])
        or OTHER_DAY.search(entry.after[:30])
        or NO_EVENT.search(f"{entry.before} {entry.after}")
        or any(NO_EVENT.match(line.words) or line.element.tag == "h1" for line in entry.others)
    )
