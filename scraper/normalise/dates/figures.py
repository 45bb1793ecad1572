"""Rules for dates in figures alone: 04.10.2022, 17 | 09 | 2021, 2021-03-15, and ranges of such."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.clocks import zone
from scraper.normalise.dates.days import weekday_of
from scraper.normalise.dates.printed_years import century, is_year
from scraper.normalise.dates.shapes import Clock, Day, Link, Match, Time
from scraper.normalise.dates.tokens import OPENING, Token, Tokens

_LENGTH: Final = 5  # tokens of "13/09/2025"
_SEPARATORS: Final = frozenset("/.-–|·,年月")


def figures(tokens: Tokens, i: int) -> Match | None:
    """Read "04.10.2022", "17 | 09 | 2021", "26.02.21", "2021-03-15", "2024年3月5日", "Monday 04/03/2024"."""
    weekday = weekday_of(tokens[i])
    at = i
    if weekday is not None:
        at = i + 1 + (tokens[i + 1].text in (",", "."))
    first, mark, second, mark2, third = tokens[at : at + 5]
    if first.number < 0 or second.number < 0:
        return _spaced(tokens, at, weekday) if first.number >= 0 else None
    if third.number < 0 or mark.text not in _SEPARATORS or not _agree(mark.text, mark2.text):
        return _spaced(tokens, at, weekday)
    if _is_embedded(tokens, at):
        return None
    day = _ordered(first, second, third, weekday, mark.text)
    if day is None:
        return None
    after = at + 5 + (tokens[at + 5].text == "日")
    return Match((day,), after)


def compact(tokens: Tokens, i: int) -> Match | None:
    """Read "20230425" where it is all there is, or a part of an address."""
    token, after = tokens[i], tokens[i + 1].text
    if len(token.text) != 8 or not 1900 <= token.number // 10000 <= 2100:
        return None
    alone = i == 0 and not after
    in_address = (
        tokens[0].text == "/" and i > 0 and tokens[i - 1].text in ("/", "-", "_") and after in ("/", "-", "_", "")
    )
    day = Day(day=token.number % 100, month=token.number // 100 % 100, year=token.number // 10000)
    if not (1 <= day.day <= 31 and 1 <= (day.month or 0) <= 12):
        return None
    if after == "T" and tokens[i + 1].glued and i == 0:
        return _with_time(tokens, i + 2, day)
    return Match((day,), i + 1) if alone or in_address else None


def _with_time(tokens: Tokens, i: int, day: Day) -> Match | None:
    """Read what follows the T of "20240301T093000Z"."""
    figures = tokens[i].text
    if len(figures) not in (4, 6) or tokens[i].number < 0 or not tokens[i].glued:
        return None
    hour, minute, second = int(figures[:2]), int(figures[2:4]), int(figures[4:]) if len(figures) == 6 else None
    if hour > 23 or minute > 59 or (second or 0) > 59:
        return None
    offset, after = zone(tokens, i + 1)
    return Match((day, Clock(start=Time(hour=hour, minute=minute, second=second), offset=offset)), after)


def iso_interval(tokens: Tokens, i: int) -> Match | None:
    """Read "2021-03-15/2021-03-17"."""
    first = figures(tokens, i) if is_year(tokens[i]) else None
    if first is None or tokens[first.next].text != "/" or not is_year(tokens[first.next + 1]):
        return None
    last = figures(tokens, first.next + 1)
    return None if last is None else Match((*first.items, Link(kind="range"), *last.items), last.next)


def _agree(mark: str, mark2: str) -> bool:
    return mark == mark2 or (mark == "年" and mark2 == "月")


def _spaced(tokens: Tokens, i: int, weekday: int | None) -> Match | None:
    """Read "26 02 2022": only with a full year, apart from other numbers."""
    first, second, third, follower = tokens[i : i + 4]
    if not (1 <= first.number <= 31 and 1 <= second.number <= 12 and is_year(third)) or len(second.text) != 2:
        return None
    if len(first.text) != 2 or follower.number >= 0 or (i > 0 and tokens[i - 1].number >= 0):
        return None
    return Match((Day(day=first.number, month=second.number, year=third.number, weekday=weekday),), i + 3)


def _is_embedded(tokens: Tokens, i: int) -> bool:
    """Tell whether the figures are part of something longer: an address, a version, a telephone number."""
    before, after = tokens[i - 1] if i else None, tokens[i + 5]
    if before is not None and before.text.lower() in ("version", "release", "section"):
        return True
    if (
        before is not None
        and tokens[i].glued
        and (before.text in (".", "£", "$", "€", ",") or before.text.lower() == "v")
    ):
        return True
    if before is not None and tokens[i].glued and before.text == "-" and i > 1 and tokens[i - 2].number >= 0:
        return not _ends_range(tokens, i)
    return (
        after.glued
        and after.text == tokens[i + 1].text
        and tokens[i + 6].number >= 0
        and tokens[i + 6].glued
        and after.text == "."
    )


def _ends_range(tokens: Tokens, i: int) -> bool:
    """Tell the end of "13/09/2025-04/01/2026" and "17-19.04.2026" from the tail of a telephone number."""
    first = tokens[i - 2]
    alone = i < 3 or not first.glued or tokens[i - 3].text in OPENING
    if alone and 1 <= first.number <= 31:
        return True
    if i < _LENGTH + 1 or (i > _LENGTH + 1 and tokens[i - 6].glued):
        return False
    day, mark, month, mark2, year = tokens[i - 6 : i - 1]
    return (
        mark.text in _SEPARATORS and mark.text == mark2.text and _ordered(day, month, year, None, mark.text) is not None
    )


def _ordered(first: Token, second: Token, third: Token, weekday: int | None, mark: str) -> Day | None:
    if is_year(first):
        fits = 1 <= second.number <= 12 and 1 <= third.number <= 31 and len(third.text) <= 2
        return Day(day=third.number, month=second.number, year=first.number, weekday=weekday) if fits else None
    if max(len(first.text), len(second.text)) > 2:
        return None
    if is_year(third):
        year = third.number
    elif len(third.text) == 2 and mark in "./-|·":
        year = century(third.number)
    else:
        return None
    if 1 <= first.number <= 31 and 1 <= second.number <= 12:
        either = first.number <= 12 and first.number != second.number
        return Day(day=first.number, month=second.number, year=year, weekday=weekday, either=either)
    if 1 <= first.number <= 12 and 13 <= second.number <= 31:
        return Day(day=second.number, month=first.number, year=year, weekday=weekday)
    return None


def figures_range(tokens: Tokens, i: int) -> Match | None:
    """Read "15.-17.03.2021", "15.03.-17.04.2021", "12-14/03/2021": the later date lends month and year."""
    first = tokens[i]
    if not 1 <= first.number <= 31 or len(first.text) > 2:
        return None
    at, month = i + 1, None
    if tokens[at].text in (".", "/") and 1 <= tokens[at + 1].number <= 12 and tokens[at + 1].glued:
        month, at = tokens[at + 1].number, at + 2
    at += tokens[at].text == "."
    if tokens[at].meanings.get("link") not in ("range", "until"):
        return None
    last = figures(tokens, at + 1)
    if last is None or (month is None and tokens[at].text == tokens[at + 2].text):
        return None
    day = last.items[0]
    if not isinstance(day, Day) or is_year(tokens[at + 1]):
        return None
    return Match((Day(day=first.number, month=month or day.month), Link(kind="range"), day), last.next)
