"""A byline that names several, cut into its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from .byline import AFTER_DATE, DATED, EDGES, without_prefix
from .names import is_person
from .places import LOOSE

SEPARATOR = re.compile(r"\s*(?:;|\||•|·|∙|⋅|/|\n|,\s+(?:and|und)\s|\s(?:and|und|et|y|og|i|och|&)\s)\s*|,\s+")
MAIL = re.compile(r"\s{1,3}[\w.+-]{1,60}@[\w.-]{1,60}\s{0,3}$")
FILED = re.compile(r"\s(?:in|dans|unter|en)\s(?=[^\W\d_a-z])[^,;&]{1,40}$")  # "Posted by Ann Teague in News"
ENDING = re.compile(r"\s*(?:\([^)]{1,12}\)|@\w{1,30}|\son behalf of\b.{0,80})\s*$")
OFFICE = re.compile(
    r"\b(?:head of|advis[eo]r|analyst|apprentice|archivist|association|chair|chief|collective|columnists?|conservator"
    r"|consultant|contributors?|co-?ordinator|correspondents?|council|curator|department|deputy|director|editors?"
    r"|engineer|expert|fellow|founder|gmbh|inc|institute|lecturer|leiter(?:in)?|librarian|llc|ltd|manager|marketing"
    r"|minister|officer|partner|physiotherapist|president|principal|professor|ranger|redakteur(?:in)?|redaktion"
    r"|reporterin|reporters?|researcher|senior|service|solicitor|specialist|staff|student|surveyor|team|technician"
    r"|trainee|university|volunteer|writers?|(?:edited|reviewed|checked|photos?|fotos?) (?:by|von))\b",
    re.IGNORECASE,
)
LEADING_ROLE = re.compile(  # "BBC-Korrespondentin Ann Teague"
    r"^(?:[\w.-]{1,30}\s){0,2}[\w.-]{0,30}(?i:expert|redakteur|reporter|korrespondent|correspondent|gastautor|kolumnist"
    r"|columnist|volontär)(?:e|in)?\s+(?=[^\W\d_a-z])"
)
BEHIND = re.compile(r"\s{1,3}[-–—]\s{1,3}(.{3,80})$")  # "Ann Teague - Local Democracy Reporting Service"
JUNIOR = re.compile(r",\s{1,3}(?=[JS]r\b)")
DEGREE = re.compile(r",\s{0,3}([A-Z][A-Za-z.]{1,6}[®™]?)(?=\s*(?:[,;|]|$|\s(?:and|und|et|y|&)\s))")
LIST = re.compile(r",\s|[|•·∙⋅]")
PLACE = re.compile(r"[^\W\d_a-z]\w{1,20}")
AGENCY = re.compile(r"^(?:[a-z]{2,4}|[A-Z]{2,5})$")
AGENCIES = frozenset(
    ("AFP", "AP", "APA", "DPA", "EFE", "EPD", "KNA", "PA", "PTI", "SDA", "SID", "ANSA", "ANP", "NTB", "TT")
)


def split(words: str, place: str) -> Iterator[str]:
    """Yield each name of a byline; a list is cut only where people are named ("dpa/lno" is one author).

    "Smith, Jane" of citation metas is turned round.
    """
    if place == "html_meta:citation_author" and words.count(",") == 1:
        words = " ".join(reversed(words.split(", ")))
    text = without_prefix(AFTER_DATE.sub("", words.strip(), count=1) if place in LOOSE else words)
    text = FILED.sub("", DATED.sub("", MAIL.sub("", text), count=1)) if place in LOOSE else text
    text = without_role(DEGREE.sub(without_degree, JUNIOR.sub(" ", ENDING.sub("", text))).strip(EDGES))
    parts = [part.strip() for part in SEPARATOR.split(text) if part and part.strip()]
    people = [part for part in parts if is_person(part) and not OFFICE.search(part)]
    first = list(takewhile(people.__contains__, parts))
    if len(people) > 1 and all(part in people or AGENCY.match(part) for part in parts):
        yield from parts
    elif 0 < len(first) < len(parts) and LIST.search(text) and "/" not in text:
        yield from people if PLACE.fullmatch(parts[len(first)]) else first  # a place follows the names, or a role
    else:
        yield text


def without_role(text: str) -> str:
    """Return a name without the office that is set before it, where a person's name is left."""
    name = LEADING_ROLE.sub("", text, count=1)
    name = name if is_person(name) else text
    behind = BEHIND.search(name)
    return name[: behind.start()] if behind and OFFICE.search(behind[1]) and is_person(name[: behind.start()]) else name


def without_degree(found: re.Match[str]) -> str:
    """Return nothing in place of a degree behind a name ("PhD", "CFP®"), which no two sources print alike."""
    word = found.group(1)
    is_degree = sum(letter.isupper() for letter in word) > 1 and word not in AGENCIES
    return "" if is_degree else found.group()
