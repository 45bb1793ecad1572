"""From the text of a post to the events that it tells: each date is weighed by the words of its own clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from scraper.models import Event, EventStatus
from scraper.normalise import dates, text
from scraper.normalise.dates import Found

from ..events import zone_of
from . import cues, names
from .sentences import Sentence, sentences

MAX_TEXT = 40_000
MAX_EVENTS = 40
MAX_ENTRY = 160  # characters of a line that is an entry of a list
EXACT = frozenset(("second", "minute", "day", "weekend", "week"))
COARSE = frozenset(("month", "part-month", "season", "quarter"))
LONGEST = timedelta(days=200)  # a longer stretch is a programme, not an event
OLDEST = timedelta(days=430)  # before the post: what lies further back is history
FURTHEST = timedelta(days=1_100)  # after it


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What a date in a post is read with; `anchor` None: the post is undated."""

    title: str
    zone: str
    languages: tuple[str, ...]
    anchor: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Mention:
    """A date in a sentence: its clause, cut before and after the date, and what the sentence before it spoke of."""

    found: Found
    sentence: str
    before: str
    after: str
    since: str | None  # the words since the date before it in the sentence; None for the first
    spoken_of: str  # the sentence before, when this one begins with 'it'; else ''
    following: str  # the sentence after it in its paragraph

    @property
    def clause(self) -> str:
        """The whole clause."""
        return self.before + self.found.reading.quote + self.after


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """An event and whether its title is a name of its own."""

    event: Event
    own: bool


def read_prose(body: str, *, title: str, zone: str, language: str, anchor: date | None) -> tuple[Event, ...]:
    """Return the events that a text tells, in its order, each once; `certain` is false where it may be none.

    `body` is the post's own text, a paragraph a line; yearless days are read against `anchor`, its publication day.
    The clause of a date must name what is held or say that it is; both together make it certain.
    """
    languages = tuple(dict.fromkeys((language.partition("-")[0] or "en", "en")))
    scene = Scene(title=title, zone=zone, languages=languages, anchor=anchor)
    found: list[Told] = []
    for sentence, spoken_of, following in sentences_with_cues(body[:MAX_TEXT]):
        for told in read_sentence(sentence, spoken_of, following, scene):
            merge(found, told)
        if len(found) >= MAX_EVENTS:
            break
    return tuple(told.event for told in found)


def sentences_with_cues(body: str) -> Iterator[tuple[Sentence, str, str]]:
    """Yield each sentence that can tell of an event, the one before it if it begins with 'it', and the one after."""
    lines = [line for line in body.split("\n") if line]
    for number, line in enumerate(lines):
        if not has_cue(line):
            continue
        said = list(sentences(line))
        for at, sentence in enumerate(said):
            if not has_cue(sentence.words):
                continue
            before = said[at - 1].words if at else ""
            goes_back = cues.BACK.match(sentence.words)
            spoken_of = (before or last_sentence(lines[:number])) if goes_back else ""
            yield sentence, spoken_of, said[at + 1].words if at + 1 < len(said) else ""


def last_sentence(lines: Sequence[str]) -> str:
    """Return the last sentence of paragraphs, '' for none."""
    return next((found[-1].words for line in reversed(lines) if (found := list(sentences(line)))), "")


def has_cue(words: str) -> bool:
    """Say whether a sentence can tell of an event at all; most cannot, and their dates are not read."""
    return is_dated(words) and bool(cues.CUE.search(f" {words.lower()}"))


def is_dated(words: str) -> bool:
    """Say whether words can hold a date."""
    return bool(cues.FIGURE.search(words) or cues.DATED.search(words))


def read_sentence(sentence: Sentence, spoken_of: str, following: str, scene: Scene) -> Iterator[Told]:
    """Yield the events of one sentence; `spoken_of` is the one before it, when this one begins with 'it'."""
    last: int | None = None
    for one in dates.find(sentence.words, anchor=scene.anchor, languages=scene.languages):
        one = settled(one, sentence.words[: one.start])
        since, last = None if last is None else sentence.words[last : one.start], one.end
        if is_plausible(one, scene.anchor):
            told = weigh(mention(one, sentence, since, spoken_of, following), scene)
            if told is not None:
                yield told


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


def mention(one: Found, sentence: Sentence, since: str | None, spoken_of: str, following: str) -> Mention:
    """Return a date with the clause that it stands in."""
    start, end = (offset - sentence.start for offset in sentence.clause(sentence.start + one.start))
    words = sentence.words
    return Mention(
        found=one,
        sentence=words,
        before=words[start : one.start],
        after=words[one.end : max(end, one.end)],
        since=since,
        spoken_of=spoken_of,
        following=following,
    )


def weigh(said: Mention, scene: Scene) -> Told | None:
    """Return the event of a date, certain or not; None when its words speak of something else."""
    if cues.FORMER.search(said.before) and status_of(said.sentence) in ("postponed", "rescheduled"):
        return None
    small = said.clause.lower()
    held = bool(cues.HELD.search(said.before))
    of_event = bool(cues.OF_A_SURE_EVENT.search(said.before) and cues.INVITED.search(small))
    if cues.NOT_HELD.search(said.clause) and not (of_event or (held and cues.SURE_EVENT.search(small))):
        return None
    noun = bool(cues.EVENT.search(small) or cues.EVENT.search(said.spoken_of.lower()))
    of_title = bool(cues.EVENT.search(scene.title.lower()))
    timed = said.found.reading.precision in ("minute", "second")
    placed = bool(cues.PLACED.search(said.before)) or is_labelled(said)
    holds = bool(cues.HOLDS.search(said.after) or cues.HOLDS.search(said.before))
    named = bool(cues.NAMED.search(said.before)) or is_entry(said)
    spoken = timed or bool(cues.INVITED.search(said.sentence.lower()))
    certain = holds or (held and noun) or (of_title and placed)
    if said.found.reading.precision not in COARSE:
        certain = certain or (of_title and held and spoken) or (named and spoken)
        perhaps = named or placed or (held and spoken) or bool(cues.OF_AN_EVENT.search(said.before))
    else:
        perhaps = False
    if not (certain or perhaps):
        return None
    return build(said, scene, certain=certain and not cues.TENTATIVE.search(said.clause))


def is_plausible(one: Found, anchor: date | None) -> bool:
    """Say whether a reading can be when something takes place: of day or month grade, and near the post."""
    reading = one.reading
    if reading.precision not in EXACT | COARSE or reading.start is None or cues.NO_DAY.match(reading.quote.strip()):
        return False
    first, last = reading.earliest_on, reading.latest_on
    if first is None or last is None or last - first > LONGEST:
        return False
    return anchor is None or anchor - OLDEST <= first <= anchor + FURTHEST


def is_labelled(said: Mention) -> bool:
    """Say whether a date stands after its label, and the place after its own: 'Date: 4 May Venue: Arden Hall'."""
    return bool(cues.LABEL.search(said.before) and cues.PLACE_LABEL.search(said.after))


def is_entry(said: Mention) -> bool:
    """Say whether a line is an entry of a list: it begins or ends with the date and names an event."""
    short = len(said.sentence) <= MAX_ENTRY and "." not in said.sentence.rstrip(".")
    alone = not said.before.strip() or not said.after.strip(" .")
    return short and alone and bool(cues.SURE_EVENT.search(said.sentence.lower()))


def build(said: Mention, scene: Scene, *, certain: bool) -> Told:
    """Return the event of a date."""
    beside = f"{said.before}|{said.after}"
    name = names.name_of(beside, said.sentence.replace(said.found.reading.quote, "|"), scene.title)
    rest = beside.replace(name.words, "") if name.own else beside
    event = replace(
        timed(said.found, scene.zone),
        title=text.line(name.words, limit=500) or scene.title,
        organiser=names.organiser_of(rest),
        venue=names.further_venue_of(said.since) or names.venue_of(rest, said.following),
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


def status_of(clause: str) -> EventStatus:
    """Return what became of the event, as its clause says."""
    statuses: Sequence[tuple[object, EventStatus]] = (
        (cues.RESCHEDULED.search(clause), "rescheduled"),
        (cues.CANCELLED.search(clause), "cancelled"),
        (cues.POSTPONED.search(clause), "postponed"),
    )
    return next((status for said, status in statuses if said), "scheduled")


def merge(found: list[Told], told: Told) -> None:
    """Add an event, unless it is one that was told before: the same days, and no other name of its own."""
    for place, known in enumerate(found):
        if overlaps(known.event, told.event) and is_same_name(known, told):
            found[place] = fuller(known, told)
            return
    found.append(told)


def overlaps(known: Event, event: Event) -> bool:
    """Say whether two events share a day."""
    if known.earliest_on is None or event.earliest_on is None or known.latest_on is None or event.latest_on is None:
        return False
    return known.earliest_on <= event.latest_on and event.earliest_on <= known.latest_on


def is_same_name(known: Told, told: Told) -> bool:
    """Say whether two tellings can be of one event: one has no name of its own, or holds the other's."""
    if not (known.own and told.own):
        return True
    one, other = text.fold(known.event.title), text.fold(told.event.title)
    return one in other or other in one


def fuller(known: Told, told: Told) -> Told:
    """Return one event out of two tellings: the finer time, the first name of its own, what either knows."""
    one, other = known.event, told.event
    is_finer = bool((other.starts_at and not one.starts_at) or (other.start_on and not one.start_on))
    event = replace(
        other if is_finer else one,
        title=(one if known.own or not told.own else other).title,
        organiser=one.organiser or other.organiser,
        venue=one.venue or other.venue,
        status=other.status if other.status != "scheduled" else one.status,
        certain=one.certain or other.certain,
    )
    return Told(event=event, own=known.own or told.own)
