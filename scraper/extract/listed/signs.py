"""Whether a heading, a title or an address speaks of things that take place, or of other dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import unquote, urlsplit

STRONG: Final = 2
WEAK: Final = 1
AGAINST: Final = -1
NEVER: Final = -2
MOST_WORDS: Final = 9  # of a heading over a list; longer ones are sentences
LISTS = (
    r"meetings?|agendas?|minutes|calendar|diary(?: dates)?|events?|what[’'`]?s[- ]on|programmes?|fixtures"
    r"|exhibitions?"
    r"|concerts?|recitals?|gigs?|screenings?|film club|talks|lectures|walks|workshops?|seminars?|webinars?"
    r"|market dates|listings|preaching plan|coffee mornings?|agm|open (?:day|evening|morning)s?|hearings|conferences"
    r"|digwyddiadau|cyfarfodydd"
)
# What a heading over a list of things that take place says.
HELD = re.compile(rf"\b(?:{LISTS}|talk|lecture)\b", re.IGNORECASE)
PERHAPS = re.compile(r"\b(?:services|performances?|training|sessions?|seasons?|courses|tours)\b", re.IGNORECASE)
IN_ADDRESS = re.compile(rf"\b(?:{LISTS}|whats on|agendacenter|councilagendas|minutes)\b", re.IGNORECASE)
BODY = re.compile(  # the name of one, as a short title or heading ends
    r"\b(?:board|(?:sub)?committees?|council|commission|authority|governors|trustees|panel|group|society)"
    r"(?:\s(?:of|on|for)\s(?:\w+\s?){1,6})?\W*\Z",
    re.IGNORECASE,
)
STEMS = (  # a part of every word of LISTS and PERHAPS
    "meeting", "agenda", "minutes", "calendar", "diary", "event", "s on", "s-on", "program", "fixture", "exhibition",
    "concert", "recital", "gig", "screening", "film club", "talk", "lecture", "walk", "workshop", "seminar", "webinar",
    "dates", "listing", "preaching", "coffee", "agm", "open ", "hearing", "conference", "digwyddiad", "cyfarfod",
    "services", "performance", "training", "session", "season", "courses", "tours",
)  # fmt: skip
OTHER = re.compile(
    r"\b(?:opening (?:hours|times)|deadlines?|closing|collections?|bins?|waste|recycling|vacanc(?:y|ies)"
    r"|(?:jobs?|careers?)(?! (?:fair|event|day))"
    r"|term dates|timetables?|payments?|spending|publications?|polic(?:y|ies)|our history|history of|timeline"
    r"|bank holidays?|tides?|tide times|road ?works|applications?|posting dates|recalls?|release notes|changelog"
    r"|obituar(?:y|ies)|terms (?:and|&) conditions|privacy|prices?|fees|hire|elections?|how to|how we"
    r"|gritting|figures|statistics|licen[cs]es?|tenders?|procurement|consultations? closed)\b",
    re.IGNORECASE,
)
PRINTED = re.compile(
    r"\b(?:news|newsletters?|press|blogs?|archives?|results|posts?|articles?|stories|comments?|documents?"
    r"|reports?|bulletins?|updates?|councillors|members|staff|people|history|forums?|podcasts?|episodes?|reviews?)\b",
    re.IGNORECASE,
)
NEWS = re.compile(r"\b(?:news|newsletters?|press|blogs?|posts?|articles?|stories)\b", re.IGNORECASE)
NEWEST = re.compile(r"\b(?:latest|recent)\b", re.IGNORECASE)
AROUND = re.compile(  # over the lists that a site prints beside every page
    r"\A\W*(?:(?:upcoming|latest|forthcoming|future|more|other|next|all|our|related|similar|featured|view|see)\W+)*"
    r"(?:events?|meetings?|what[’'`]?s[- ]on|calendar|diary)\W*\Z|\byou (?:may|might)\b"
    r"|\b(?:more|other|related|similar)\b",
    re.IGNORECASE,
)
STREAM = re.compile(  # a part of an address below which posts stand
    r"/(?:news|blogs?|articles?|posts?|stories|story|forums?|press|magazine|podcasts?|reviews?|threads?|topics?)(?:/|\Z)",
    re.IGNORECASE,
)
PLAIN = re.compile(r"[/_+.-]+")


def sign_of(words: str) -> int:
    """Return how strongly words speak of things that take place, from NEVER to STRONG; 0: they say nothing of it."""
    if OTHER.search(words):
        return NEVER
    if len(words.split()) > MOST_WORDS:
        return 0
    if NEWS.search(words):  # "News & events": what stands there has the day of its posting
        return AGAINST
    held, printed = bool(HELD.search(words)), bool(PRINTED.search(words))
    if held:
        return 0 if printed else STRONG  # "Latest news & events" stands over cards of posts as well
    if printed or NEWEST.search(words):
        return AGAINST
    return WEAK if BODY.search(words) or PERHAPS.search(words) else 0


def sign_of_address(url: str) -> int:
    """Return what the last part of an address's path says: '/council/meeting-dates.html' is STRONG."""
    path = unquote(urlsplit(url).path)[-150:].rstrip("/")
    words = PLAIN.sub(" ", path.rpartition("/")[2])
    if STREAM.search(path):
        return AGAINST
    return STRONG if len(words.split()) <= MOST_WORDS and IN_ADDRESS.search(words) else 0


def words_of_address(url: str) -> str:
    """Return the words of an address's path, for the year in it."""
    return PLAIN.sub(" ", unquote(urlsplit(url).path)[-150:]).strip()


def says_held(words: str) -> bool:
    """Say whether a short heading speaks of things that take place."""
    return (HELD.search(words) or PERHAPS.search(words)) is not None and len(words.split()) <= MOST_WORDS


def may_say_held(words: str) -> bool:
    """Say whether words in lower case can hold what `says_held` looks for, at a hundredth of its cost."""
    return any(map(words.__contains__, STEMS))


def first_sign(headings: Sequence[str], title: str, url: str) -> tuple[int, int]:
    """Return the first sign that is one, and which gave it: the number of a heading, the last first, or more."""
    signs: Iterable[int] = (*map(sign_of, headings), sign_of(title), sign_of_address(url))
    return next(((sign, number) for number, sign in enumerate(signs) if sign), (0, len(headings)))
