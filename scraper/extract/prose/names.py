"""What an event is called, who holds it and where, from the words around its date."""

from __future__ import annotations

import re
from dataclasses import dataclass

from . import nouns
from .cues import PLACE_LABEL

WORD = r"[A-Z0-9À-Þ](?:[\w’'&+-]|\.(?=\w)){0,30}"
SMALL = r"(?:of|for|and|the|in|on|to|&|de|y|yr|a|with)"
SPOT = rf"{WORD}(?:\s(?:(?:of|and|the|&|de|y|yr|upon)\s){{0,2}}{WORD}){{0,7}}"
NAMED = rf"{WORD}(?:\s(?:{SMALL}\s){{0,2}}{WORD}){{0,9}}"
LESSER = (
    r"the|an?|its|their|our|his|her|your|this|that|these|those|at|in|on|to|with|by|from|into|as|or|and|but|for|of"
    r"|if|then"
    r"|who|which|where|when|was|were|is|are|be|been|being|has|have|had|will|would|can|could|may|might|also|there"
)
FRONT = frozenset(
    "the a an its their our his her your this that these those at in on to with by from into as or and but for of"
    " if then"
    " who which where when was were is are be been being has have had will would can could may might also there"
    " host hosts"
    " hosted hosting hold holds holding held join joins joined attend attends attended run runs running ran see"
    " visit missed"
    " welcome welcomes include includes including included feature features featuring featured enjoy enjoyed stage"
    " staged"
    " organise organised organising convened called entitled planned announced cancelled postponed laying on put"
    " putting"
    " about after before during between over until not us me them you next year’s year's".split()
)
QUOTED = re.compile(r"[‘“\"']([A-Z0-9À-Þ][^‘’“”\"\n]{5,150}?)[’”\"'](?=[\s,.;:!?)]|\Z)")
SPOKEN = re.compile(r"[.!?,]\Z|\b(?:is|are|was|were|have|has|will|we|I|I’m|we’re|it’s|you|my)\b")
PROPER = re.compile(rf"\b({NAMED})\b")
EVENT_WORD = (
    rf"(?:{nouns.NOUN}|{nouns.ALSO_VERBS}|{nouns.OFTEN_ELSE}|days?|nights?|evenings?|weekends?|weeks?|mornings?|lates)"
)
ENDS_AS_EVENT = re.compile(rf"(?:\A|\s){EVENT_WORD}\Z")
BEGINS_AS_EVENT = re.compile(rf"\A(?:(?:{nouns.NOUN})\s(?:of|for|on)|g?ŵyl|eisteddfod|cynhadledd|cyngerdd|ffair)\s")
FEAST = re.compile(r"\A(?:May|Boxing|Christmas|New Year[’']s|Easter|Polling|Results|Bank)\s(?:Day|Eve|Weekend|Week)\Z")
# "The spring musical, Oliver!, will"; "our next event is Countryside Live".
APPOSED = re.compile(
    rf"\b{EVENT_WORD}(?:,\s|\s(?:is|was|will be)\s)(?:the\s)?({NAMED})[!?]?(?=,|\s(?:on|from|at|for|is"
    rf"|will)\s|\s?\Z)"
)
# "Women in Engineering day", "Tour of the Dales cycle race": a name and what it is.
PROPER_THEN = re.compile(
    rf"\b({NAMED}(?:\s(?!(?:{LESSER})\b)[a-z’'-]{{2,25}}){{0,1}}\s(?-i:{EVENT_WORD}))\b(?!\s[A-Z])"
)
ENTITLED = re.compile(r"\b(?:entitled|called|titled|named)[\s:]{1,2}(?=[‘“\"'])")
TOKEN = re.compile(r"[\w’'&/-]+|[^\s\w]")
MOST_WORDS = 8  # of a description
TAIL = re.compile(
    r"\s(?:for|of|about|on)\s(?!the\s(?:\w+\s)?\d|\d)(?:[\w’'&-]{1,25}\s){0,5}?(?!(?:the|an?|our|its)\b)[\w’'&-]{2,25}"
    r"(?=\s(?:on|at|in|will|is|was|are|takes?|took|taking|has|from|which|who|that|to|held|called|entitled)\b"
    r"|\s?[,.;|(]|\s?\Z)"
)
# Words that say nothing of their own: "the first event", "a number of online events", "next Tuesday's event".
EMPTY = re.compile(
    r"\A(?:(?:first|second|third|fourth|next|last|free|new|special|final|upcoming|forthcoming|one-?off|further"
    r"|other|such"
    r"|virtual|online|in-person|this|whole|number of|pair of|series of|range of|couple of|host of|programme of|same|our"
    r"|(?:\w+day|year|month|week)[’']s|\w+[’']s(?=\s(?:next|first|last|latest|new|annual)))\s){0,6}[\w-]+\Z",
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
    rf"\b(?:at|venue:|(?:place|held|hosted|live|person|gathered) in|(?:returns?|returning|comes|coming|back) to|yn"
    rf"|ym|yng)\s"
    rf"(?:the\s|a\s|y\s|yr\s)?({SPOT}(?:,\s{SPOT}){{0,3}}(?:\sin\s{SPOT})?)"
)
TO_DATE = re.compile(
    rf"\b(?:at|in|on)\s(?:the\s)?({NAMED}(?:,\s{NAMED}){{0,2}})[\s,(]{{1,3}}(?:(?:on|from|between|for)\s)?(?:the\s)?\Z"
)
FROM_DATE = re.compile(rf"\A[\s,)|]{{0,3}}(?:in|at|on)\s(?:the\s|a\s)?({NAMED}(?:,\s{NAMED}){{0,3}})")
IN_PLACE = re.compile(  # "at 7.15pm in the School Room", "at the library"
    r"\b(?:in|at|on) (?:the|its|our)\s((?:(?!(?:and|or|on|at|in|from|for|with"
    r"|to)\b)[\w’'-]{1,25}\s){0,4}(?i:halls?|rooms?|church|school|centre|library|chambers?|pavilion"
    r"|theatre|museum|college|park|club|gallery|campus|ground|showground|airbase|green|café|cathedral|stadium"
    r"|racecourse|nave|house|hotel|arena|square|office|field|marquee))\b(?!’|')"
)
FURTHER_PLACE = re.compile(rf"(?:,|\band|\bor)\s(?:at\s)?(?:the\s)?({NAMED})[\s(]{{1,3}}(?:on\s)?\Z")
ADDRESS = re.compile(rf"\A{NAMED}(?:,\s{NAMED}){{1,4}}\.?\Z")
DATED = re.compile(
    r"\A(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b"
    r"|\A(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
    r"|\A(?:spring|summer|autumn|winter|easter|christmas|q[1-4])\b|\A\d",
    re.IGNORECASE,
)
STARTERS = frozenset(
    "a an another the this that it its bydd mae roedd cynhelir we our they there these those join on at in from"
    " for as after before with and but if when"
    " while once each every all any book register find come see don’t don't read visit held hosted taking following"
    " speaking commenting he she his her".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Telling:
    """The words around a date: nearest before it, after it in its clause, its whole sentence, and the one before."""

    near: str
    after: str
    around: str
    spoken_of: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Name:
    """What an event is called; `own` says that it is a name, not a description or the title of its post."""

    words: str
    own: bool


def name_of(said: Telling, fallback: str) -> Name:
    """Return what the event is called: quoted, else a name that ends as an event does, else a description.

    What stands nearest before the date is asked first. `fallback`, the post's title, stands where the words give only
    "the event", unless it speaks of nothing that is held.
    """
    own = own_name(said)
    if own:
        return Name(words=own, own=True)
    spoken = (said.near,) if nouns.EVENT.search(said.near.lower()) else (said.near, said.after)
    full = next(filter(None, map(description, (*spoken, said.spoken_of))), None)
    if full is None and not nouns.EVENT.search(fallback.lower()):
        full = next((one for words in spoken if (one := description(words, plain=True)) and " " in one), None)
    return Name(words=full or fallback, own=False)


def own_name(said: Telling) -> str | None:
    """Return a name of the event's own: before the date, entitled so after it, or elsewhere in the sentence."""
    entitled = ENTITLED.search(said.after)
    if entitled and (found := quoted(said.after[entitled.start() :])):
        return found
    for words in (said.near, said.after, said.around):
        if found := quoted(words) or apposed(words) or proper(words):
            return found
        if words is said.near and (description(words) or nouns.EVENT.search(words.lower())):
            break
    return proper(said.spoken_of)


def apposed(words: str) -> str | None:
    """Return a name that stands beside what it is of: "our next breakfast, Cyber for Beginners"."""
    found = APPOSED.search(words)
    name = trimmed(found.group(1)) if found else ""
    return name if name and name.lower() not in STARTERS and not DATED.match(name) else None


def description(words: str, *, plain: bool = False) -> str | None:
    """Return how words describe what is held: 'Free briefing for exhibitors'; None where they but say 'the event'.

    `plain` takes even that.
    """
    low = words.lower()
    of_places = re.compile(r"[A-Z]\w*\s[A-Z]")  # "Harbour Conference Centre" is no conference
    found = [
        described(words, one)
        for one in (nouns.EVENT.finditer(low) if len(low) == len(words) else ())
        if not of_places.match(words, one.end() - len(one.group().rpartition(" ")[2]))
    ]
    full = [one for one in found if one and (plain or not EMPTY.match(one))]
    best = max(full, key=len, default="")
    return best[0].upper() + best[1:] if best else None


def described(words: str, noun: re.Match[str]) -> str:
    """Return a noun with what stands before it, back to an article or a verb, and what it is for."""
    is_whole = noun.group().partition(" ")[0] not in FRONT
    begin = noun.start() if is_whole else noun.end()
    for token in reversed(list(TOKEN.finditer(words, max(0, noun.end() - 90), begin))[-MOST_WORDS:]):
        word = token.group().lower()
        is_front = word in FRONT or (word.isdigit() and len(word) == 4)
        if not word[0].isalnum() or (is_front and token.end() < noun.end()):
            break
        begin = token.start()
    tail = TAIL.match(words, noun.end())
    return words[begin : tail.end() if tail else noun.end()].strip()


def quoted(words: str) -> str | None:
    """Return a name in quotation marks; a whole sentence there is somebody's words."""
    found = QUOTED.search(words)
    name = found.group(1).strip(" ,.") if found else ""
    return name if name and not SPOKEN.search(name) else None


def proper(words: str) -> str | None:
    """Return the longest capitalised name that says that it is an event: Midlands Life Science Symposium."""
    found = [*PROPER.finditer(words), *PROPER_THEN.finditer(words)]
    names = (trimmed(one.group(1)) for one in found)
    events = [
        name for name in names if " " in name and is_event_name(name) and not (name[0].islower() or FEAST.match(name))
    ]
    return max(events, key=len, default=None)


def is_event_name(name: str) -> bool:
    """Say whether a name is one of an event, by its last or first words."""
    low = name.lower()
    return bool(ENDS_AS_EVENT.search(low.rstrip("0123456789 ")) or BEGINS_AS_EVENT.match(low))


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


def venue_of(near: str, after: str, following: str) -> str | None:
    """Return where it is held: after its label, or by the name after 'at' that is no day, nearest to the date.

    Where the clause names none, a sentence after it that is nothing but an address does.
    """
    labelled = PLACE_LABEL.search(after)
    if labelled:
        return after[labelled.end() :].strip(" .|") or None
    for pattern, words in (
        (TO_DATE, near),
        (PLACE, near),
        (FROM_DATE, after),
        (PLACE, after),
        (IN_PLACE, near),
        (IN_PLACE, after),
    ):
        for found in pattern.finditer(words):
            name = found.group(1)
            if not DATED.match(name) and not is_event_name(name) and len(name) > 2:
                return name
    return following.strip(" .") if ADDRESS.match(following) else None
