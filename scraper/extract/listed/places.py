"""Where the entries of a list are held, by the words that stand where places do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import days
from .days import DATED
from .hours import HOURS, first_hours, hours_in
from .labels import EDGES, FATE, is_label, tidy
from .lines import Line

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
CALLED = re.compile(r"\b(?:st|saint|all saints|[a-z]+[’']s?)\b", re.IGNORECASE)
BEHIND = re.compile(r"\s{0,2}[,|@]\s?|\s(?:at|in)\s")
MAX_PLACE = 60  # characters of one that nothing but its words shows
MAX_LOOKED = 300
MAX_WHOLE = 160  # characters of a line that is a place
MOST_NAMES = 6  # words of a place that nothing introduces


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


def place_of(words: str) -> str:
    """Return the place that words name: after 'at', or all of them where they are one."""
    named = next(places_in(words), "")
    if named:
        return named
    rest = FATE.sub("", tidy(HOURS.sub(" ", words))).strip(EDGES)
    whole = rest[:1].isupper() or rest[:1].isdigit()
    return rest if rest and whole and len(rest) < MAX_WHOLE and PLACE_NOUN.search(rest) and not is_label(rest) else ""


def after_hours(words: str) -> str:
    """Return what a line gives as the place after its hours, '' for nothing."""
    found = first_hours(words[:MAX_LOOKED])
    return behind(words[found.end() :]) if found else ""


def behind(words: str) -> str:
    """Return the place that follows the hours behind a comma or a bar."""
    rest = tidy(words) if re.match(r"\s{0,2}[,|@]\s", words) else ""
    return rest if rest[:1].isupper() and len(rest) < MAX_PLACE and not is_label(rest) else ""


def called(words: str) -> str:
    """Return the place that follows a title behind a comma: a church is called after its saint."""
    return tidy(words) if words[:1].isupper() and CALLED.search(words) else place_of(words)
