"""What makes no day of a number: labels, streets, scores, times and measures."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.clocks import clock
from scraper.normalise.dates.tokens import DASHES, Tokens
from scraper.normalise.dates.words import words

_LABELS: Final = words(
    "week day room year level session lecture part stage phase round unit chapter series grade issue edition volume "
    "vol no number episode"
)
_AFTER_LABEL: Final = frozenset(",-–—:|")
_STREETS: Final = words("ul ulica ulicy aleja alei plac placu os rondo rue calle via piazza strada")
_MEASURES: Final = words("miles mile km metres meters m people points goals per percent million billion x")


def is_label(tokens: Tokens, i: int) -> bool:
    """Tell the number of "Week 3, Thursday 16 October" and "Issue 14 - June 2023" from a day of the month."""
    if i == 0 or tokens[i].number < 0 or tokens[i + 1].text not in _AFTER_LABEL:
        return False
    return _word_before(tokens, i) in _LABELS and (tokens[i + 1].text == "," or tokens[i + 2].number < 0)


def is_in_address(tokens: Tokens, i: int) -> bool:
    """Tell "ul. 3 Maja 12", a street named for a day."""
    return i > 0 and "month" in tokens[i + 1].meanings and _word_before(tokens, i) in _STREETS


def _word_before(tokens: Tokens, i: int) -> str:
    """The word before, over the full stop of an abbreviation."""
    return tokens[i - 1 - (tokens[i - 1].text == "." and i > 1)].text.lower()


def counts(tokens: Tokens, i: int) -> bool:
    """Tell what stands after the number of "march 2 miles"."""
    return tokens[i].text.lower() in _MEASURES


def is_score(tokens: Tokens, i: int, day: int) -> bool:
    """Tell what stands after the number of "Wednesday 2-1 Derby" and "Mon - Fri 9-5", where no month does."""
    mark, second = tokens[i : i + 2]
    return mark.glued and mark.text in DASHES and second.glued and 0 <= second.number <= day


def is_in_time(tokens: Tokens, i: int) -> bool:
    """Tell "10:30" and "10%" from the day of "June 22: a talk"."""
    mark, after = tokens[i + 1], tokens[i + 2]
    return mark.glued and (mark.text == "%" or (mark.text == ":" and after.glued and after.number >= 0))


def is_clock(tokens: Tokens, i: int) -> bool:
    """Tell a number that begins a time."""
    found = clock(tokens, i) if _has_mark(tokens, i) else None
    return found is not None and not (_follows_month(tokens, i) and _is_of_next(tokens, i, found.next))


def _has_mark(tokens: Tokens, i: int) -> bool:
    """Tell cheaply whether a time could begin here: some sign of an hour stands within the next five tokens."""
    return any(
        "meridiem" in token.meanings or "hours" in token.meanings or token.text in (":", ".", "a", "p", "o")
        for token in tokens[i + 1 : i + 6]
    )


def _follows_month(tokens: Tokens, i: int) -> bool:
    return i > 0 and "month" in tokens[i - 1].meanings and tokens[i + 1].meanings.get("link") in ("range", "until")


def _is_of_next(tokens: Tokens, i: int, after: int) -> bool:
    """Tell the day of "8pm September 5 to 6am September 10" from the hour of "on September 5 to 6am"."""
    after += tokens[after].text in (",", "on")
    return not {"month", "weekday"}.isdisjoint(tokens[after].meanings) and clock(tokens, i + 2) is not None
