"""How sure it is that a date in a sentence is an event's: by the words of its own clause, before and after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from scraper.normalise.dates import Found, Reading

from . import cues, names, nouns
from .statuses import status_of

MAX_ENTRY = 90  # characters of a line that is an entry of a list
EXACT = frozenset(("second", "minute", "day", "weekend", "week"))
COARSE = frozenset(("month", "part-month", "season", "quarter"))
LONGEST = timedelta(days=200)  # a longer stretch is a programme, not an event
OLDEST = timedelta(days=430)  # before the post: what lies further back is history
FURTHEST = timedelta(days=1_100)  # after it
WEB = date(1994, 1, 1)  # an undated post tells of nothing before there were any


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """The words around a date."""

    since: str | None  # since the date before it in the sentence; None for the first
    until: str  # to the date after it, or the end of the sentence
    spoken_of: str  # the sentence before, when this one begins with 'it'; else ''
    following: str  # the sentence after it in its paragraph


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A date in a sentence: its clause, cut before and after the date, and what stands around it."""

    found: Found
    sentence: str
    before: str
    after: str
    around: Around
    title: str
    anchor: date | None

    @property
    def quote(self) -> str:
        """The date as printed."""
        return self.found.reading.quote

    @property
    def clause(self) -> str:
        """The whole clause."""
        return self.before + self.quote + self.after

    @cached_property
    def near(self) -> str:
        """The words before the date that are its own: those since the date before it, where they name what is held."""
        since = self.around.since
        if nouns.EVENT.search(self.quote.lower()):  # "6pm for the awards dinner on Friday 27 March"
            return self.before + self.quote
        if since is None or len(since) > len(self.before):
            return self.before
        own = nouns.EVENT.search(since.lower()) or re.search(r"[‘“\"]", since)
        return since if own else self.before

    @cached_property
    def until(self) -> str:
        """The words after the date that are its own: to the next date, within the clause."""
        return min(self.after, self.around.until, key=len)

    @cached_property
    def lead(self) -> str:
        """The words before the date, in lower case, which the cues are."""
        return self.before.lower()

    @cached_property
    def small(self) -> str:
        """The clause in lower case."""
        return self.clause.lower()

    @cached_property
    def held(self) -> bool:
        """Whether a verb that leads to the date says that something takes place, and its subject can."""
        return is_held(self)

    @cached_property
    def has_noun(self) -> bool:
        """Whether the clause, or what it goes back to, names something that is held."""
        if nouns.EVENT.search(self.small) or nouns.EVENT.search(self.around.spoken_of.lower()):
            return True
        return names.proper(self.near) is not None

    @cached_property
    def has_title(self) -> bool:
        """Whether the post's title names something that is held."""
        return bool(nouns.EVENT.search(self.title.lower())) or names.is_event_name(self.title)

    @cached_property
    def is_exact(self) -> bool:
        """Whether the date is a day or finer."""
        return self.found.reading.precision in EXACT

    @cached_property
    def is_timed(self) -> bool:
        """Whether the date has an hour."""
        return self.found.reading.precision in ("minute", "second")

    @cached_property
    def is_of_hours(self) -> bool:
        """Whether the date is hours alone, of a day that its sentence names elsewhere."""
        return not is_named(cues.HOUR.sub(" ", self.quote))

    @cached_property
    def is_bare(self) -> bool:
        """Whether the date is a day of the week, or reckoned from today, without a figure: "on Monday", "next week"."""
        rest = cues.HOUR.sub(" ", self.quote)
        return not (re.search(r"\d", rest) or cues.MONTH.search(rest)) and not self.is_of_hours

    @cached_property
    def is_inviting(self) -> bool:
        """Whether the date has an hour, or its sentence asks people to come."""
        return self.is_timed or bool(cues.INVITED.search(self.sentence.lower()))

    @cached_property
    def is_marked(self) -> bool:
        """Whether the date is printed as for guests: with an hour, a weekday or an invitation, or still to come."""
        if self.is_bare:
            return False
        first = self.found.reading.earliest_on
        coming = self.anchor is not None and first is not None and first > self.anchor
        return self.is_inviting or coming or bool(cues.WEEKDAY.search(self.quote))


def is_certain(said: Mention) -> bool | None:
    """Return whether a date is an event's for certain; False for perhaps, None when it is of another thing."""
    if is_other(said):
        return None
    if said.is_bare and (said.lead.endswith("on the ") or not nouns.SURE_EVENT.search(said.small)):
        return None
    sure = is_sure(said)
    if not (sure or (said.is_exact and is_possible(said))):
        return None
    return sure and not cues.TENTATIVE.search(said.small)


def is_sure(said: Mention) -> bool:
    """Say whether a date's clause names what is held and says that it is, then."""
    if (said.held and said.has_noun) or holds(said) or went(said):
        return True
    if cues.NEXT_LABEL.search(said.lead) or (not said.is_bare and cues.INVITES.search(said.lead)):
        return True
    if said.has_title and (cues.PLACED.search(said.lead) or is_labelled(said)):
        return True
    return said.is_exact and said.is_marked and is_sure_when_marked(said)


def is_sure_when_marked(said: Mention) -> bool:
    """Say whether a date that is printed as for people who come is an event's by weaker words."""
    if is_beside(said) or (said.held and is_of_a_quoted(said)):
        return True
    if said.is_inviting and ((said.has_title and said.held) or is_entry(said)):
        return True
    if not (said.has_noun or said.has_title):
        return False
    return bool(cues.PERFORMS.search(said.lead) or cues.ORDINAL.search(said.lead))


def is_possible(said: Mention) -> bool:
    """Say whether one thing alone speaks for an event."""
    if is_beside(said) or cues.PLACED.search(said.lead) or is_entry(said) or is_labelled(said):
        return True
    if said.held and said.is_inviting:
        return True
    coming = said.is_marked and (cues.BEING.search(said.lead) or cues.PERFORMS.search(said.lead))
    return bool(coming)


def is_beside(said: Mention) -> bool:
    """Say whether nothing but a place stands between what is held and the date; a label there is another thing's."""
    return bool(cues.NAMED.search(said.lead) or cues.BESIDE.search(said.lead)) and not said.lead.rstrip().endswith(":")


def went(said: Mention) -> bool:
    """Say whether people came to something that day, told around the date or after it; not of a bare "on Monday"."""
    if said.is_bare:
        return False
    if cues.THEN.search(said.after.lower()):
        return True
    return any(found.end() > len(said.before) for found in cues.WENT.finditer(said.small))


def is_of_a_quoted(said: Mention) -> bool:
    """Say whether a title in quotation marks is the subject of the verb: "Hand and Brush" runs from."""
    verb = cues.OPENS.search(said.lead)
    return verb is not None and said.lead[: verb.start()].rstrip().endswith(("”", '"', "’", "'"))


def is_held(said: Mention) -> bool:
    """Say whether a verb that leads to the date says that something takes place, and its subject can."""
    if cues.HELD.search(said.lead):
        return True
    verb = cues.OPENS.search(said.lead)
    if verb is None:
        return False
    subject = said.lead[: verb.start()]
    if cues.DOORS.search(subject) or nouns.EVENT.search(said.quote.lower()):
        return True
    if nouns.EVENT.search(subject) or nouns.EVENT.search(said.around.spoken_of.lower()):
        return True
    return said.has_title or is_of_a_quoted(said) or names.proper(said.before[: verb.start()]) is not None


def holds(said: Mention) -> bool:
    """Say whether somebody holds something, before or after the date: "will host a careers fair"; or a body met."""
    if cues.MET.search(said.lead):
        return True
    later = said.after.lower()
    held = cues.HOLDS.search(later)
    if held and not cues.AIM.search(later[: held.start()]):
        return True
    return bool(cues.HOLDS.search(said.lead))


def is_labelled(said: Mention) -> bool:
    """Say whether a date stands after its label, and the place after its own: 'Date: 4 May Venue: Arden Hall'."""
    return bool(cues.LABEL.search(said.before) and cues.PLACE_LABEL.search(said.after))


def is_entry(said: Mention) -> bool:
    """Say whether a line is an entry of a list: it begins or ends with the date and names an event."""
    short = (
        len(said.sentence) <= MAX_ENTRY and "." not in said.sentence.rstrip(".") and not cues.VERB.search(said.small)
    )
    alone = not said.before.strip() or not said.after.strip(" .")
    return short and alone and bool(nouns.SURE_EVENT.search(said.sentence.lower()))


def is_other(said: Mention) -> bool:
    """Say whether a date is for something else: a deadline, a stamp, a record, or what is no event opens then."""
    if cues.FORMER.search(said.before) and status_of(said.sentence) in ("postponed", "rescheduled"):
        return True
    own = said.near.lower()
    if is_of_another_subject(own) and not cues.NAMED.search(own):
        return True
    if not cues.NOT_HELD.search(f"{said.near}{said.quote}{said.until}".lower()):
        return False
    if (cues.OF_A_SURE_EVENT.search(own) and cues.INVITED.search(said.small)) or cues.PLACED.search(own):
        return False
    return not (said.held and nouns.SURE_EVENT.search(said.small))


def is_of_another_subject(lead: str) -> bool:
    """Say whether the verb that leads to a date has a subject that is no event, such as booking or a road."""
    verbs = [verb for pattern in (cues.PLACED, cues.OPENS, cues.HELD) if (verb := pattern.search(lead))]
    nearest = max((verb.start() for verb in verbs), default=None)
    return nearest is not None and bool(cues.OTHER_SUBJECT.search(lead[:nearest]))


def is_plausible(one: Found, anchor: date | None, *, follows: bool) -> bool:
    """Say whether a reading can be when something takes place: of day or month grade, and near the post.

    An hour alone is one only where it `follows` a day in its sentence; several days of the week are opening hours.
    """
    reading = one.reading
    if reading.precision not in EXACT | COARSE or reading.start is None or cues.NO_DAY.match(reading.quote.strip()):
        return False
    first, last = reading.earliest_on, reading.latest_on
    if first is None or last is None or last - first > LONGEST:
        return False
    if not follows and is_hours(reading, anchor):
        return False
    return first >= WEB if anchor is None else anchor - OLDEST <= first <= anchor + FURTHEST


def is_hours(reading: Reading, anchor: date | None) -> bool:
    """Say whether a date is but an hour of the day of publication, a duration, or days of the week with no date."""
    rest = cues.HOUR.sub(" ", reading.quote)
    if re.search(r"\d", rest) or cues.MONTH.search(rest):
        return False
    if cues.WEEKDAY.search(rest):
        return reading.earliest_on != reading.latest_on
    return not is_named(rest) and (reading.earliest_on == anchor or reading.precision not in ("minute", "second"))


def is_named(rest: str) -> bool:
    """Say whether what is left of a date without its hours names a day, a month or a season."""
    return bool(cues.DATED.search(rest)) or any(word in f" {rest} " for word in cues.DATED_WORDS)
