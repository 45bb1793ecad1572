"""The hours that words of a list name, and a day with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scraper.normalise import dates
from scraper.normalise.dates import Reading

from .lines import Line

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


def hours_in(words: str) -> str:
    """Return the hours that words name, '' for none: '7.30pm', '10am to noon'."""
    found = [one for one in HOURS.finditer(FOR.sub(r"\1", words)) if SURE_HOURS.search(one.group())]
    begun = (one for one in found if not one.group().lower().startswith("doors"))
    return next(begun, found[0])[1].strip() if found else ""


def first_hours(words: str) -> re.Match[str] | None:
    """Return where words first name hours that can be nothing else; None where they do not."""
    return next((one for one in HOURS.finditer(words) if SURE_HOURS.search(one.group())), None)


def timed(reading: Reading, hours: str) -> Reading:
    """Return a day with its hours; a stretch of days, or hours that cannot be read, change nothing."""
    on = reading.earliest_on
    if not hours or on is None or on != reading.latest_on or "T" in (reading.start or ""):
        return reading
    found = dates.read(f"{on.day} {on:%B} {on.year}, {hours}", languages=("en",))
    if found is None or found.earliest_on != on or "T" not in (found.start or ""):
        return reading
    return replace(found, quote=reading.quote)


def is_hours(words: str) -> bool:
    """Say whether a line is the hours and nothing else."""
    return bool(hours_in(words)) and not any(map(str.isalpha, BESIDE_HOURS.sub("", HOURS.sub("", words, count=2))))


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
