"""A byline that names several, cut into its names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from .byline import AFTER_DATE, DATED, EDGES, without_prefix
from .names import is_person
from .places import LOOSE

SEPARATOR = re.compile(r"\s*(?:;|\||•|·|∙|⋅|/|\n|,\s+(?:and|und)\s|\s(?:and|und|et|y|og|i|och|&)\s)\s*|,\s+")
ENDING = re.compile(r"\s*(?:\([^)]{1,12}\)|@\w{1,30}|\son behalf of\b.{0,80})\s*$")
OFFICE = re.compile(
    r"\b(?:head of|director|manager|marketing|officer|editor|correspondent|president|professor|analyst|writer|reporter"
    r"|expert|consultant|founder|chief|senior|specialist|contributor|team|staff|collective|university|institute"
    r"|association|ltd|inc|llc|gmbh|redaktion|redakteur(?:in)?|reporterin|leiter(?:in)?"
    r"|(?:edited|reviewed|checked|photos?|fotos?) (?:by|von))\b",
    re.IGNORECASE,
)
LEADING_ROLE = re.compile(  # "BBC-Korrespondentin Ann Teague"
    r"^(?:[\w.-]{1,30}\s){0,2}[\w.-]{0,30}(?i:expert|redakteur|reporter|korrespondent|correspondent|gastautor|kolumnist"
    r"|columnist|volontär)(?:e|in)?\s+(?=[^\W\d_a-z])"
)
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
    words = words.replace("\xad", "")
    text = without_prefix(AFTER_DATE.sub("", words.strip(), count=1) if place in LOOSE else words)
    text = DATED.sub("", text, count=1) if place in LOOSE else text
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
    return name if is_person(name) else text


def without_degree(found: re.Match[str]) -> str:
    """Return nothing in place of a degree behind a name ("PhD", "CFP®"), which no two sources print alike."""
    word = found.group(1)
    is_degree = sum(letter.isupper() for letter in word) > 1 and word not in AGENCIES
    return "" if is_degree else found.group()
