"""A byline that names several, cut into its names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .byline import DATED, without_prefix
from .names import is_person
from .places import LOOSE

SEPARATOR = re.compile(r"\s*(?:;|\||•|·|/|\n|,\s+(?:and|und)\s|\s(?:and|und|et|y|og|i|och|&)\s)\s*|,\s+")
ENDING = re.compile(r"\s*(?:\([^)]{1,12}\)|@\w{1,30})\s*$")
OFFICE = re.compile(
    r"\b(?:head of|director|manager|marketing|officer|editor|correspondent|president|professor)\b", re.IGNORECASE
)
AGENCY = re.compile(r"^(?:[a-z]{2,4}|[A-Z]{2,5})$")
TITLES = re.compile(r"^(?:ph\.?d\.?|jr\.?|sr\.?|frs|obe|mbe|cbe)$", re.IGNORECASE)


def split(words: str, place: str) -> Iterator[str]:
    """Yield each name of a byline; a list is cut only where every part is a person ("dpa/lno" is one author).

    "Smith, Jane" of citation metas is turned round.
    """
    if place == "html_meta:citation_author" and words.count(",") == 1:
        words = " ".join(reversed(words.split(", ")))
    text = without_prefix(words)
    text = DATED.sub("", text, count=1) if place in LOOSE else text
    text = ENDING.sub("", text).strip(" ,.;*|•·-–—")
    parts = join_titles([part.strip() for part in SEPARATOR.split(text) if part and part.strip()])
    people = [part for part in parts if is_person(part) and not OFFICE.search(part)]
    office = len(parts) > 1 and bool(OFFICE.search(parts[1]))
    if parts[:1] == people[:1] and (len(people) == 1 or office) and ", " in text and "/" not in text:
        text, people = people[0], people[:1]  # what follows the name is a degree, a role or a place
    if len(people) > 1 and all(part in people or AGENCY.match(part) for part in parts):
        yield from parts
    else:
        yield text


def join_titles(parts: Sequence[str]) -> list[str]:
    """Return parts with "PhD" and the like put back behind the name they were cut from."""
    joined: list[str] = []
    for part in parts:
        if joined and TITLES.match(part):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined
