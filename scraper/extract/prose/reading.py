"""From the text of a post to the events that it tells: each date is weighed by the words of its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

from scraper.models import Event
from scraper.normalise import dates, text
from scraper.normalise.dates import Found

from ..events import zone_of
from . import cues, names, weighing
from .merging import Told, merge
from .sentences import Sentence, sentences
from .statuses import status_of
from .weighing import EXACT, Around, Mention

MAX_TEXT = 40_000
MAX_EVENTS = 40
ENGLISH = frozenset(("en", "cy"))
CALENDAR = re.compile(r"(?:[A-Z][a-z]+day|January|February|March|April|May|June|July|August|[A-Z]\w+ber)\b")
YEAR = re.compile(r"\b(?:19|20)\d\d\b|[./-]\d\d\b")
FEW_WORDS = 12
LEAST_LOWER = 0.3  # of the first letters of a sentence, the names of days and months left out


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What a date in a post is read with; `anchor` None: the post is undated."""

    title: str
    zone: str
    languages: tuple[str, ...]
    anchor: date | None
    beside: date | None = None  # the first event of an undated post: days of the week are read near it


def read_prose(body: str, *, title: str, zone: str, language: str, anchor: date | None) -> tuple[Event, ...]:
    """Return the events that a text tells, in its order, each once; `certain` is false where it may be none.

    `body` is the post's own text, a paragraph a line; yearless days are read against `anchor`, its publication day.
    The clause of a date must name what is held or say that it is; both together make it certain.
    """
    languages = tuple(dict.fromkeys((language.partition("-")[0] or "en", "en")))
    scene = Scene(title=title, zone=zone, languages=languages, anchor=anchor)
    found: list[Told] = []
    for sentence, spoken_of, following in sentences_with_cues(body[:MAX_TEXT], is_english=languages[0] in ENGLISH):
        for told in read_sentence(sentence, spoken_of, following, scene):
            merge(found, told)
            if anchor is None and scene.beside is None:
                scene = replace(scene, beside=told.event.start_on)
        if len(found) >= MAX_EVENTS:
            break
    return tuple(told.event for told in found)


def sentences_with_cues(body: str, *, is_english: bool) -> Iterator[tuple[Sentence, str, str]]:
    """Yield each sentence that can tell of an event, the one before it if it begins with 'it', and the one after."""
    lines = [line for line in body.split("\n") if line]
    for number, line in enumerate(lines):
        if not has_cue(line, is_english=is_english):
            continue
        said = list(sentences(line))
        for at, sentence in enumerate(said):
            if not has_cue(sentence.words, is_english=is_english) or is_table(sentence.words):
                continue
            before = said[at - 1].words if at else ""
            goes_back = cues.BACK.match(sentence.words)
            spoken_of = (before or last_sentence(lines[:number])) if goes_back else ""
            yield sentence, spoken_of, said[at + 1].words if at + 1 < len(said) else ""


def last_sentence(lines: Sequence[str]) -> str:
    """Return the last sentence of paragraphs, '' for none."""
    return next((found[-1].words for line in reversed(lines) if (found := list(sentences(line)))), "")


def has_cue(words: str, *, is_english: bool) -> bool:
    """Say whether a sentence can tell of an event at all; most cannot, and their dates are not read."""
    return is_dated(words, is_english=is_english) and any(map(is_cue, cues.LETTERS.findall(words.lower())))


def is_cue(word: str) -> bool:
    """Say whether a word, or what it is the plural of, can be one of an event's sentence."""
    return word in cues.CUE_WORDS or word[:-1] in cues.CUE_WORDS


def is_table(words: str) -> bool:
    """Say whether words are those of menus and tables run together: nearly all of them begin with a capital."""
    if cues.PLACE_LABEL.search(words):
        return False
    said = [word for word in words.split() if word[0].isalpha() and not CALENDAR.match(word)]
    return len(said) >= FEW_WORDS and sum(word[0].islower() for word in said) < LEAST_LOWER * len(said)


def is_dated(words: str, *, is_english: bool) -> bool:
    """Say whether words can hold a date; months of other languages are not known here, so a digit must do."""
    figure = cues.FIGURE if is_english else cues.DIGIT
    return bool(figure.search(words) or cues.DATED.search(words)) or any(word in words for word in cues.DATED_WORDS)


def read_sentence(sentence: Sentence, spoken_of: str, following: str, scene: Scene) -> Iterator[Told]:
    """Yield the events of one sentence; `spoken_of` is the one before it, when this one begins with 'it'."""
    words = sentence.words
    found = [
        settled(one, words[: one.start])
        for one in dates.find(words, anchor=scene.anchor or scene.beside, languages=scene.languages)
    ]
    follows = False
    alike: bool | None = None
    for at, one in enumerate(found):
        if weighing.is_plausible(one, scene.anchor or scene.beside, follows=follows) and is_whole(one, scene):
            follows = True
            since = words[found[at - 1].end : one.start] if at else None
            until = words[one.end : found[at + 1].start if at + 1 < len(found) else len(words)]
            around = Around(since=since, until=until, spoken_of=spoken_of, following=following)
            said = mention(one, sentence, around, scene)
            if alike is None or since is None or not cues.ALIKE.match(since):
                alike = weighing.is_certain(said)
            if alike is not None:
                yield build(said, scene, certain=alike)


def is_whole(one: Found, scene: Scene) -> bool:
    """Say whether a date says its year, or its post is dated; else its day of the week must agree with the first."""
    if scene.anchor is not None or scene.beside is None or YEAR.search(one.reading.quote):
        return True
    return bool(cues.WEEKDAY.search(one.reading.quote)) and one.reading.conflict is None


def settled(one: Found, before: str) -> Found:
    """Return a date as that of an event: 'postponed to 4 May' names a day, not an end; 'moved from 3 to 4 May' also."""
    reading = one.reading
    if reading.start and reading.end and reading.precision == "day" and cues.MOVED_FROM.search(before):
        day = reading.latest_on
        return replace(one, reading=replace(reading, start=reading.end, edtf=reading.end, earliest_on=day))
    if reading.start is not None or reading.end is None or not cues.MOVED_TO.search(before):
        return one
    day = reading.latest_on
    end = None if "T" in reading.end else reading.end
    known = replace(reading, start=reading.end, end=end, edtf=reading.edtf.lstrip("./"), earliest_on=day)
    return replace(one, reading=known)


def mention(one: Found, sentence: Sentence, around: Around, scene: Scene) -> Mention:
    """Return a date with the clause that it stands in."""
    start, end = (offset - sentence.start for offset in sentence.clause(sentence.start + one.start))
    words = sentence.words
    return Mention(
        found=one,
        sentence=words,
        before=words[start : one.start],
        after=words[one.end : max(end, one.end)],
        around=around,
        title=scene.title,
        anchor=scene.anchor,
    )


def build(said: Mention, scene: Scene, *, certain: bool) -> Told:
    """Return the event of a date."""
    around = said.sentence.replace(said.quote, "|")
    near, until = said.near, said.until
    name = names.name_of(
        names.Telling(near=near, after=until, around=around, spoken_of=said.around.spoken_of), said.title
    )
    event = replace(
        timed(said.found, scene.zone),
        title=text.line(name.words, limit=500) or scene.title,
        organiser=names.organiser_of(f"{near}|{until}".replace(name.words, "|") if name.own else f"{near}|{until}"),
        venue=names.further_venue_of(said.around.since) or names.venue_of(near, until, said.around.following),
        status=status_of(said.clause),
        evidence=said.sentence,
        certain=certain,
    )
    return Told(event=event, own=name.own)


def timed(one: Found, zone: str) -> Event:
    """Return an event of which only the time is known; `zone` UTC is unknown, and a printed offset then gives it."""
    reading = one.reading
    exact = reading.precision in EXACT
    if zone == "UTC" and reading.start and "T" in reading.start:
        zone = zone_of(datetime.fromisoformat(reading.start))
    start, end = moment(reading.start, zone), moment(reading.end, zone)
    first, last = reading.earliest_on, reading.latest_on
    return Event(
        title="",
        when_edtf=reading.edtf,
        precision=reading.precision,
        found_in="prose",
        starts_at=start,
        ends_at=end if start else None,
        start_on=first if exact else None,
        end_on=last if exact else None,
        earliest_on=first,
        latest_on=last,
        timezone=zone,
        all_day=exact and start is None,
    )


def moment(value: str | None, zone: str) -> datetime | None:
    """Return a wall time of a zone as an instant in UTC; None for a day."""
    if value is None or "T" not in value:
        return None
    at = datetime.fromisoformat(value)
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(timezone.utc)
