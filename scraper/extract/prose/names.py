"""What an event is called, who holds it and where, from the words around its date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .cues import NOUN, PLACE_LABEL

WORD = r"[A-Z0-9À-Þ](?:[\w’'&+-]|\.(?=\w)){0,30}"
SMALL = r"(?:of|for|and|the|in|on|to|&|de|y|yr|a|with)"
NAMED = rf"{WORD}(?:\s(?:{SMALL}\s){{0,2}}{WORD}){{0,9}}"
QUOTED = re.compile(r"[‘“\"']([A-Z0-9À-Þ][^‘’“”\"\n]{5,150}?)[’”\"'](?=[\s,.;:!?)]|\Z)")
SPOKEN = re.compile(r"[.!?,]\Z|\b(?:is|are|was|were|have|has|will|we|I|I’m|we’re|it’s|you|my)\b")
PROPER = re.compile(rf"\b({NAMED})\b")
ENDS_AS_EVENT = re.compile(rf"(?:\A|\s)(?:{NOUN})\Z", re.IGNORECASE)
BEGINS_AS_EVENT = re.compile(rf"\A(?:{NOUN})\s(?:of|for|on)\s", re.IGNORECASE)
DESCRIBED = re.compile(
    rf"\b(?:an?|the|its|their|our|this|another|first|second|third|next|annual|free)\s"
    rf"((?:[\w’'&/-]{{2,25}},?\s){{0,6}}?(?:{NOUN}))\b(?-i:(?!\s[A-Z]))",
    re.IGNORECASE,
)
# Words that say nothing of their own: "the first event", "a number of online events", "next Tuesday's event".
EMPTY = re.compile(
    r"\A(?:(?:first|second|third|next|last|annual|free|new|special|final|upcoming|forthcoming|one-?off"
    r"|virtual|online"
    r"|in-person|this|whole|number of|pair of|series of|range of|couple of|host of|programme of"
    r"|(?:\w+day|year|month|week)[’']s)\s){0,6}\w+\Z",
    re.IGNORECASE,
)
BY = re.compile(
    rf"\b(?:convened|hosted|organi[sz]ed|run|held|led|delivered|presented"
    rf"|staged)\s(?:jointly\s)?by\s(?:the\s)?({NAMED})"
)
HOLDS = re.compile(
    rf"\b({NAMED})(?:,[^,]{{1,80}},)?\s(?:is|are|will|has|have|was|were|also|be)?\s?(?:be\s)?"
    r"(?:hosted|hosts?|hosting|holds?|holding|held|stag(?:es?|ed|ing)|organis(?:es?|ed|ing)|runs|running"
    r"|convened|convenes)\s(?:an?|the|its|their|another|two|three|this)\b"
)
PLACE = re.compile(
    rf"\b(?:at|venue:|(?:place|held|hosted|live|person|gathered) in|(?:returns?|returning|comes|coming|back) to)\s"
    rf"(?:the\s|a\s)?({NAMED}(?:,\s{NAMED}){{0,3}}(?:\sin\s{NAMED})?)"
)
IN_PLACE = re.compile(  # "at 7.15pm in the School Room"
    rf"\bin the\s((?:{WORD}\s){{0,5}}(?:Hall|Rooms?|Church|School|Centre|Library|Chamber|Pavilion|Theatre))\b"
)
FURTHER_PLACE = re.compile(rf"(?:,|\band|\bor)\s(?:at\s)?(?:the\s)?({NAMED})\son\s\Z")
ADDRESS = re.compile(rf"\A{NAMED}(?:,\s{NAMED}){{1,4}}\.?\Z")
DATED = re.compile(
    r"\A(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\A(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
    r"|\A(?:spring|summer|autumn|winter|easter|christmas|q[1-4])\b|\A\d",
    re.IGNORECASE,
)
STARTERS = frozenset(
    "the this that it its we our they there these those join on at in from for as after before with and but if when"
    " while once each every all any book register find come see don’t don't read visit held hosted taking following"
    " speaking commenting he she his her".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """What an event is called; `own` says that it is a name, not a description or the title of its post."""

    words: str
    own: bool


def name_of(clause: str, around: str, fallback: str) -> Name:
    """Return what the event is called: quoted, else a name that ends as an event does, else a description.

    `around` is the whole sentence, both without the date itself; `fallback`, the post's title, stands when the words
    give only "the event".
    """
    for words in (clause, around):
        found = quoted(words) or proper(words)
        if found:
            return Name(words=found, own=True)
    described = (found.group(1) for found in DESCRIBED.finditer(clause))
    full = max((words for words in described if not EMPTY.match(words)), key=len, default=None)
    return Name(words=full[0].upper() + full[1:] if full else fallback, own=False)


def quoted(words: str) -> str | None:
    """Return a name in quotation marks; a whole sentence there is somebody's words."""
    found = QUOTED.search(words)
    name = found.group(1).strip(" ,.") if found else ""
    return name if name and not SPOKEN.search(name) else None


def proper(words: str) -> str | None:
    """Return the longest capitalised name that says that it is an event: Midlands Life Science Symposium."""
    names = (trimmed(found.group(1)) for found in PROPER.finditer(words))
    events = [name for name in names if " " in name and is_event_name(name)]
    return max(events, key=len, default=None)


def is_event_name(name: str) -> bool:
    """Say whether a name is one of an event, by its last or first words."""
    return bool(ENDS_AS_EVENT.search(name.rstrip("0123456789 ")) or BEGINS_AS_EVENT.match(name))


def trimmed(name: str) -> str:
    """Return a name without the first word of its sentence, where that is capital for its place alone."""
    while " " in name and name.partition(" ")[0].lower() in STARTERS:
        name = name.partition(" ")[2]
    return name


def organiser_of(clause: str) -> str | None:
    """Return who holds the event, as the clause says it: held by X, or X holds it."""
    for pattern in (BY, HOLDS):
        found = pattern.search(clause)
        name = trimmed(found.group(1)) if found else ""
        if name and name.lower() not in STARTERS and not is_event_name(name) and not DATED.match(name):
            return name
    return None


def further_venue_of(since: str | None) -> str | None:
    """Return where it is held by the words after the date before it: "[at the library on 4 May] and Arden Hall on"."""
    found = (FURTHER_PLACE.search(since) or PLACE.search(since)) if since else None
    return found.group(1) if found and not DATED.match(found.group(1)) and not is_event_name(found.group(1)) else None


def venue_of(clause: str, following: str) -> str | None:
    """Return where it is held: after its label, or the first name after 'at' that is no day.

    Where the clause names none, a sentence after it that is nothing but an address does.
    """
    labelled = PLACE_LABEL.search(clause)
    if labelled:
        return clause[labelled.end() :].strip(" .|") or None
    for found in PLACE.finditer(clause):
        name = found.group(1)
        if not DATED.match(name) and not is_event_name(name) and len(name) > 2:
            return name
    inside = IN_PLACE.search(clause)
    if inside:
        return inside.group(1)
    return following.strip(" .") if ADDRESS.match(following) else None
