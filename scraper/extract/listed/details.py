"""What an entry of a list says besides its day: hours, title, place, and what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from scraper.models import EventStatus
from scraper.normalise import dates
from scraper.normalise.dates import Reading

from . import days
from .days import DATED
from .entries import OTHER_DAY, Entry
from .lines import Line
from .signs import HELD, sign_of

ONE = r"(?:\d{1,2}(?:[:.]\d\d)?(?::\d\d)?(?:\s?[ap]\.?\s?m\b\.?)?|(?:12 )?noon|midday|midnight)"
HOURS = re.compile(
    rf"(?<![\d£$€.,/:-])(?<!room )(?<!rm )(?:from |at |doors |between )?"
    rf"({ONE}(?:\s?(?:-|–|—|to|until|till|for|and)\s?{ONE})?)(?![./:]?\d|\s?%)",
    re.IGNORECASE,
)
SURE_HOURS = re.compile(
    r"\d\s?[ap]\.?\s?m\b|noon|midday|midnight|\d:\d\d|\d\.\d\d\s?(?:-|–|to)\s?\d|\A(?:at|doors|from) \d{1,2}\.\d\d",
    re.I,
)
BESIDE_HOURS = re.compile(
    r"\b(?:doors?|open|from|at|to|starts?|times?|film|begins|prompt|[a-z]{2,3}t|gmt|bst)\b", re.IGNORECASE
)
FOR = re.compile(r"(\d{1,2}(?:[:.]\d\d)?)\s?for\s?\d{1,2}(?:[:.]\d\d)?(?=\s?[ap]\.?m)", re.IGNORECASE)
BEGINS_TIMED = re.compile(rf"\A{ONE}", re.IGNORECASE)
ALWAYS = re.compile(
    r"\b(?:meet(?:s|ings?)?|held|all|start(?:s|ing)?|begin(?:s|ning)?|commences?|unless|doors|take place"
    r"|usually|normally)\b",
    re.IGNORECASE,
)
STANDING = re.compile(  # a line over a list that gives the hour or place of all
    rf"{ALWAYS.pattern}|\b(?:every|each|first|second|third|fourth|last|1st|2nd|3rd|4th|mondays|tuesdays|wednesdays|thursdays|fridays"
    r"|saturdays|sundays|committee room|chamber|hall)\b",
    re.IGNORECASE,
)
NAME = r"[A-Z0-9À-Þ‘“][\w’'&.()/-]*(?:\s(?:(?:of|the|and|for|&|y|yr|de)\s)*[A-Z0-9À-Þ(][\w’'&.()/-]*){0,8}"
NAMED_PLACE = re.compile(
    rf"(?:\b(?:[Vv]enue|[Ll]ocation|[Ww]here|[Pp]lace|[Mm]eet)\s?(?::|at)\s{{0,2}}"
    rf"|(?:\b(?:[Hh]eld (?:in|at)|[Ii]n|[Aa]t|[Vv]ia)|@)\s)"
    rf"(?:the\s|our\s)?({NAME}(?:,\s{NAME}){{0,3}})"
)
MEET = re.compile(r"\b[Mm]eet(?:ing)? (?:at|in|outside|by) (?:the )?((?!\d)[^.;,]{3,60})")
PLACE_END = re.compile(
    r"\b(?:hall|centre|library|church|room|school|theatre|museum|street|road|college|pavilion|guildhall|hotel)\Z",
    re.IGNORECASE,
)
PLACE_NOUN = re.compile(
    r"\b(?:hall|centre|center|church|library|room|rooms|chamber|chambers|school|college|hotel|theatre|building|house|street"
    r"|road|lane|avenue|square|park|museum|online|zoom|teams|virtual|webex|pavilion|guildhall|auditorium|studio|court"
    r"|office|offices|headquarters|floor|st|ave|blvd|suite|inn|arms|club|campus|gallery|castle|grounds|hub|car park"
    r"|boardroom|hut|barn|yard|marquee|microsoft teams|remote|hybrid|chapel|cathedral|cafe)\b",
    re.IGNORECASE,
)
LABEL = re.compile(  # words that name nothing: labels, links, notes
    r"\A(?:date(?: and time|s)?|when|day|time|next meeting|upcoming meeting(?: on)?|on|the|venue|location|where|from"
    r"|until|every|download|view|pdf|doc|docx|agendas?|minutes|draft|papers?|agenda packs?|packet|handouts?"
    r"|get directions|directions|public|special|regular|approved|unapproved|signed|and|of|for|to follow|read more|more"
    r"|details?|find out more|book(?: now)?|tickets?|register(?: here)?|tba|tbc|n/a|notes?|video|audio|sold out|free"
    r"|cancell?ed|postponed|rescheduled|exhibition|event|at|in|by|not available|no meeting|held|doors?|add to calendar"
    r"|map|share|a|meeting details|export to icalendar|closed)\Z",
    re.IGNORECASE,
)
FATE = re.compile(r"\b(cancel(?:led|ed|lation)|canceled|postponed|rescheduled)\b", re.IGNORECASE)
UNTIL = re.compile(r"\b(?:until|till?|through|on now to|to)\W*\Z", re.IGNORECASE)
WRITTEN = re.compile(  # what stands on the card of a post, beside its stamp
    r"\bBy [A-Z]\w+ [A-Z]\w+|\b\d+ min(?:ute)?s?\b(?! walk)"
    r"|\b(?i:min read|posted|comments?|repl(?:y|ies)|authors?(?! talk))\b"
    r"|\b(?i:topics|posts):|\bupdated\b|\bread article\b|\bUTC\b|\bGMT\b|\d:\d\d:\d\d\Z"
)
NO_EVENT = re.compile(r"\b(?:no meeting|closed\b|bank holiday|half[- ]term holiday)", re.IGNORECASE)
EDGES = " \t-–—:;,|•·>»@*.()[]/_~"
GENERIC = re.compile(
    r"\b(?:(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?|dates? (?:of|for)|calendar of|schedule of|list of|upcoming"
    r"|forthcoming|future|next|previous|past|current|coming soon|scheduled|our|all|annual schedule|dates?|january"
    r"|february|march|april|may|june|july|august|september|october|november|december|autumn|spring|summer|winter|term|in"
    r"|of|for|to|the)\b",
    re.IGNORECASE,
)
HOURS_NOTE = re.compile(r"\s*\([^()]{0,20}\d\s?[ap]m\)")  # "Cabinet (5pm)"
YEARS = re.compile(r"\s*[–-]?\s*\(?(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\)?")
KINDS = re.compile(
    r"\b(?:meetings?|schedule|calendar|events?|programme|diary|minutes|agendas?|and|what[’']?s on|exhibitions?|talks?"
    r"|season|listings|papers|upcoming|archive|this committee|when|venue|time|where|location|cost|price|speaker"
    r"|agm|contact|description|summary|overview|details|introduction|downloads?|documents?|about|key|information"
    r"|membership|members|chair|more)\b",
    re.IGNORECASE,
)
MAX_TITLE = 160
MAX_PLACE = 60  # characters of one that nothing but its words shows
MAX_LOOKED = 300
MOST_NAMES = 6  # words of a place that nothing introduces
QUOTED = re.compile(r"[‘“]([A-Z0-9À-Þ][^‘’“”\n]{2,150}?(?:’s?[^‘’“”\n]{0,80})?)[’”](?=[\s,.;:!?)]|\Z)")
CALLED = re.compile(r"\b(?:st|saint|all saints|[a-z]+[’']s?)\b", re.IGNORECASE)
BEHIND = re.compile(r"\s{0,2}[,|@]\s?|\s(?:at|in)\s")
FATES: dict[str, EventStatus] = {"c": "cancelled", "p": "postponed", "r": "rescheduled"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What an entry's words say beside its day; '' for what they do not."""

    title: str = ""
    hours: str = ""
    place: str = ""


def hours_in(words: str) -> str:
    """Return the hours that words name, '' for none: '7.30pm', '10am to noon'."""
    found = [one for one in HOURS.finditer(FOR.sub(r"\1", words)) if SURE_HOURS.search(one.group())]
    begun = (one for one in found if not one.group().lower().startswith("doors"))
    return next(begun, found[0])[1].strip() if found else ""


def timed(reading: Reading, hours: str) -> Reading:
    """Return a day with its hours; a stretch of days, or hours that cannot be read, change nothing."""
    on = reading.earliest_on
    if not hours or on is None or on != reading.latest_on or "T" in (reading.start or ""):
        return reading
    found = dates.read(f"{on.day} {on:%B} {on.year}, {hours}", languages=("en",))
    if found is None or found.earliest_on != on or "T" not in (found.start or ""):
        return reading
    return replace(found, quote=reading.quote)


def standing_place(words: str) -> str:
    """Return where all of a list is held, by a line that says so; '' where it does not."""
    named = list(places_in(words))
    if named:
        return next(filter(PLACE_NOUN.search, named), named[0])
    parts = (tidy(part) for part in re.split(r"[,.;]\s", words))
    return next((part for part in parts if part[:1].isupper() and is_place_name(part)), "")


def is_place_name(words: str) -> bool:
    """Say whether words are the name of a place and nothing longer."""
    return bool(PLACE_NOUN.search(words)) and len(words.split()) <= MOST_NAMES and not ALWAYS.search(words)


def places_in(words: str) -> Iterator[str]:
    """Yield the names that stand where places do: after 'meet at', 'at', 'in the', 'Venue:'."""
    meet = MEET.search(words[:MAX_LOOKED])
    if meet:
        yield tidy(meet[1])
    for found in NAMED_PLACE.finditer(words[:MAX_LOOKED]):
        first = found[1].partition(" ")[0]
        if not (
            hours_in(first) or DATED.search(found[1]) or days.NAMED_DAY.match(first) or days.MONTH_ALONE.match(first)
        ):
            yield tidy(found[1])


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
    found = next((one for one in HOURS.finditer(after) if SURE_HOURS.search(one.group())), None)
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


def behind(words: str) -> str:
    """Return the place that follows the hours behind a comma or a bar."""
    rest = tidy(words) if re.match(r"\s{0,2}[,|@]\s", words) else ""
    return rest if rest[:1].isupper() and len(rest) < MAX_PLACE and not is_label(rest) else ""


def called(words: str) -> str:
    """Return the place that follows a title behind a comma: a church is called after its saint."""
    return tidy(words) if words[:1].isupper() and CALLED.search(words) else place_of(words)


def without_labels(words: str) -> str:
    """Return words without the marks and labels at their ends, '' where nothing else is left."""
    kept = FATE.sub(" ", HOURS.sub(lambda one: " " if SURE_HOURS.search(one.group()) else one.group(), words))
    parts = [part for part in re.split(r"\s[-–—|]\s|:\s|\s{3,}", kept) if not is_label(part)]
    words = tidy(parts[0]) if parts else ""
    words = re.sub(
        r"\A(?:date|when|next meeting|upcoming meeting on)\b:?\s?|\s(?:on|at|from|is|agenda|minutes)\Z",
        "",
        words,
        flags=re.I,
    )
    return "" if is_label(words) or not any(map(str.isalpha, words)) else words


def is_label(words: str) -> bool:
    """Say whether words are a label, a link or a note, and name nothing."""
    stripped = words.strip(EDGES).lower()
    return (
        not stripped
        or not any(map(str.isalpha, stripped))
        or all(map(LABEL.match, re.split(r"[\s]*[(),|/–-]+[\s]*|\s+", stripped)))
        or bool(LABEL.match(stripped))
    )


def is_hours(words: str) -> bool:
    """Say whether a line is the hours and nothing else."""
    return bool(hours_in(words)) and not any(map(str.isalpha, BESIDE_HOURS.sub("", HOURS.sub("", words, count=2))))


def place_in(lines: Sequence[Line], heading: str) -> str:
    """Return the place that one of the lines names."""
    for line in lines:
        words = line.words
        if words == heading:
            continue
        labelled = re.match(r"(?:venue|location|where|place|address)\s?:\s?(.{3,150})", words, re.IGNORECASE)
        if labelled:
            return tidy(labelled[1])
    beside = (after_hours(line.words) or place_of(line.words) for line in lines if line.words != heading)
    return next(filter(None, beside), "")


def after_hours(words: str) -> str:
    """Return what a line gives as the place after its hours, '' for nothing."""
    found = next((one for one in HOURS.finditer(words[:MAX_LOOKED]) if SURE_HOURS.search(one.group())), None)
    return behind(words[found.end() :]) if found else ""


def place_of(words: str) -> str:
    """Return the place that words name: after 'at', or all of them where they are one."""
    named = next(places_in(words), "")
    if named:
        return named
    rest = FATE.sub("", tidy(HOURS.sub(" ", words))).strip(EDGES)
    whole = rest[:1].isupper() or rest[:1].isdigit()
    return rest if rest and whole and len(rest) < MAX_TITLE and PLACE_NOUN.search(rest) and not is_label(rest) else ""


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


def section_title(headings: Iterable[str], title: str) -> str:
    """Return what the events of a list are called by its headings, the nearest first; by the title when none says."""
    for words in headings:
        if names_something(words) and sign_of(words) >= 0:
            return tidy(HOURS_NOTE.sub("", YEARS.sub("", words))) or words
    return title


def names_something(heading: str) -> bool:
    """Say whether a heading says more than that a list of a year or month follows: not '2026 meetings', 'December'."""
    bare = KINDS.sub("", HOURS.sub("", GENERIC.sub(" ", heading)))
    return any(map(str.isalpha, bare)) and not days.is_dated(heading)


def place_above(heading: str) -> str:
    """Return a heading that is the name of a place, '' for another: 'Ashton Library'."""
    named = len(heading) < MAX_PLACE and PLACE_NOUN.search(heading) and not HELD.search(heading)
    return tidy(heading) if named and names_something(heading) else ""


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


def tidy(words: str) -> str:
    """Return words without the marks around them."""
    kept = " ".join(words.split()).strip(EDGES.replace("(", "").replace(")", ""))
    if kept.startswith("(") and kept.endswith(")"):
        return kept[1:-1]
    return kept.lstrip(")") if "(" not in kept else kept


def lines_with_hours(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that begin with an hour and go on with words."""
    for line in lines:
        found = BEGINS_TIMED.match(line.words)
        if (
            found
            and hours_in(line.words[:20])
            and any(map(str.isalpha, line.words[found.end() + 3 :]))
            and not is_hours(line.words)
        ):
            yield line
