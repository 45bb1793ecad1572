"""Rules for what is counted: three days ago, in two weeks' time, the next six months, a week on Monday."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.almanac import TO_THE_DAY
from scraper.normalise.dates.shapes import Duration, Match, Shape, Shift, Stretch, Weekday
from scraper.normalise.dates.tokens import Tokens
from scraper.normalise.dates.words import words

_MOST: Final = 4000
_LASTING: Final = frozenset(("day", "week", "fortnight", "month", "year"))
_ONE: Final = words("un une una ein eine einen einem einer o")
_ADVERBS: Final = words("just only about around approximately roughly nearly almost under over")


def one(shape: Shape, after: int) -> Match:
    """A match of one shape."""
    return Match((shape,), after)


def count(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """A number in figures or words, "a", "a couple of", and what follows."""
    token = tokens[i]
    if 0 <= token.number <= _MOST:
        return token.number, i + 1 + (tokens[i + 1].text == "-")
    if "number" in token.meanings:
        return int(token.meanings["number"]), i + 1 + (tokens[i + 1].text == "-")
    if token.text.lower() == "couple":
        return 2, i + 1 + ("of" in tokens[i + 1].meanings)
    if token.text.lower() in ("a", "an"):
        return 1, i + 1
    return None


def stretch(tokens: Tokens, i: int) -> Match | None:
    """Read "the next six months", "the last 6 years", "the past fortnight"."""
    side = tokens[i].meanings.get("side")
    counted = count(tokens, i + 1) if side in ("next", "last") else None
    if counted is None or tokens[i + 1].text.lower() == "a":
        return None
    counted = _up_to(tokens, counted)
    unit = tokens[counted[1]].meanings.get("unit")
    if unit is None or unit in ("minute", "hour", "weekend") or "of" in tokens[counted[1] + 1].meanings:
        return None
    return one(Stretch(unit=str(unit), count=counted[0] * (1 if side == "next" else -1)), counted[1] + 1)


def _up_to(tokens: Tokens, counted: tuple[int, int]) -> tuple[int, int]:
    """The greater count of "the next 3 to 5 years", "the next two or three weeks"."""
    at = counted[1] - (tokens[counted[1] - 1].text == "-")
    more = count(tokens, at + 1) if tokens[at].text.lower() in ("to", "or", "-", "–") else None
    return more if more is not None and more[0] > counted[0] else counted


def lasting(tokens: Tokens, i: int) -> Match | None:
    """Read "for six weeks", "for a period of three months", where a day stands before it."""
    if tokens[i].text.lower() != "for" or i == 0:
        return None
    at = i + 1
    if [token.text.lower() for token in tokens[at : at + 3]] == ["a", "period", "of"]:
        at += 3
    counted = count(tokens, at)
    unit = tokens[counted[1]].meanings.get("unit") if counted else None
    if counted is None or unit not in _LASTING:
        return None
    after = tokens[counted[1] + 1]
    if "of" in after.meanings or after.meanings.get("link") == "from":  # a day's: "for six weeks from 3 June"
        return None
    return Match((Duration(unit=str(unit), count=counted[0]),), counted[1] + 1)


def counted_from(tokens: Tokens, i: int) -> Match | None:
    """Read "3 days ago", "two days later", "in 10 days", "three years ago this month", "two weeks' time"."""
    start = i + (tokens[i].text.lower() in ("in", "within"))
    start += start > i and tokens[start].text.lower() in _ADVERBS
    counted = count(tokens, start)
    unit = tokens[counted[1]].meanings.get("unit") if counted else None
    if counted is None or unit is None or tokens[counted[1]].text == "D":  # "in 3D"
        return None
    number, at = counted[0], counted[1] + 1
    unit = unit + TO_THE_DAY if unit == "week" else unit
    at += tokens[at].text in ("'", "’", "s") and tokens[at].glued
    word = tokens[at].text.lower()
    shape = _direction(tokens, at, str(unit), number)
    if shape is not None:
        return shape
    if unit in ("minute", "hour"):
        return None
    if start > i and tokens[i].text.lower() == "within":
        if "of" in tokens[at].meanings:
            return None
        return one(Stretch(unit=str(unit), count=number), at)
    if start > i:
        return one(Shift(unit=str(unit), count=number), at + (word in ("time", "s")))
    if word == "from" and tokens[at + 1].text.lower() in ("now", "today"):
        return one(Shift(unit=str(unit), count=number), at + 2)
    if word == "on" and unit == "week" + TO_THE_DAY and "weekday" in tokens[at + 1].meanings:
        return one(Weekday(weekday=int(tokens[at + 1].meanings["weekday"]), weeks=number), at + 2)
    return None


def _direction(tokens: Tokens, i: int, unit: str, count: int) -> Match | None:
    """What stands after the count: ago, later, earlier, "ago this month", "ago today"."""
    word = tokens[i].text.lower()
    if tokens[i].meanings.get("ago") == "after" or word == "hence":
        count = count if word == "hence" else -count
        if unit == "year" and tokens[i + 1].text.lower() == "this" and tokens[i + 2].meanings.get("unit") == "month":
            return one(Shift(unit="month", count=12 * count), i + 3)
        if tokens[i + 1].meanings.get("shift") == 0 and unit in ("fortnight", "month", "year"):
            return one(Shift(unit=unit + TO_THE_DAY, count=count), i + 2)
        if tokens[i + 1].meanings.get("shift") == 0:
            return one(Shift(unit=unit, count=count), i + 2)
        return one(Shift(unit=unit, count=count), i + 1)
    if word in ("later", "earlier"):
        return one(Shift(unit=unit, count=count if word == "later" else -count, from_last=True), i + 1)
    return None


def counted_foreign(tokens: Tokens, i: int) -> Match | None:
    """Read "vor 3 Tagen", "il y a 3 jours", "hace 3 días", "3 dni temu", "3 diwrnod yn ôl"."""
    at = i
    if "ago" in tokens[i].meanings:
        at += 1
    elif [token.text.lower() for token in tokens[i : i + 3]] == ["il", "y", "a"]:
        at += 3
    elif tokens[i].number < 0 and not _is_ago(tokens, i + 1):
        return None
    counted = count(tokens, at) if tokens[at].number >= 0 else _one_of(tokens, at)
    unit = tokens[counted[1]].meanings.get("unit") if counted else None
    if counted is None or unit is None:
        return None
    after = counted[1] + 1
    if at == i:
        if "ago" not in tokens[after].meanings or tokens[after].meanings["ago"] == "later":
            return None
        after += 1
    unit = str(unit) + TO_THE_DAY if unit == "week" else str(unit)
    return one(Shift(unit=unit, count=-counted[0]), after)


def _one_of(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read the count of "vor einer Woche", "il y a un mois", and of "rok temu", which prints none."""
    if tokens[i].text.lower() in _ONE:
        return 1, i + 1
    return (1, i) if "unit" in tokens[i].meanings and _is_ago(tokens, i + 1) else None


def _is_ago(tokens: Tokens, i: int) -> bool:
    """Tell "temu" and "yn ôl", which stand after what they count."""
    return tokens[i].meanings.get("ago") == "before"


def week_on(tokens: Tokens, i: int) -> Match | None:
    """Read "a week on Monday", "a week today", "a fortnight tomorrow"."""
    unit = tokens[i].meanings.get("unit")
    if unit not in ("week", "fortnight"):
        return None
    weeks = 2 if unit == "fortnight" else 1
    at = i + 1 + (tokens[i + 1].text.lower() in ("on", "from"))
    meanings = tokens[at].meanings
    if "weekday" in meanings and at > i + 1:
        return one(Weekday(weekday=int(meanings["weekday"]), weeks=weeks), at + 1)
    if "shift" in meanings and i and tokens[i - 1].text.lower() in ("a", "one"):
        return one(Shift(unit="day", count=int(meanings["shift"]) + 7 * weeks), at + 1)
    return None
