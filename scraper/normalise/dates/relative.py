"""Rules for what is counted from another day: next Tuesday, three years ago this month, the following day."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.almanac import TO_THE_DAY
from scraper.normalise.dates.counted import counted_foreign, counted_from, one, stretch, week_on
from scraper.normalise.dates.days import DOUBTFUL
from scraper.normalise.dates.lexicon import collides
from scraper.normalise.dates.shapes import Match, Month, Nth, Season, Shift, Stretch, Weekday
from scraper.normalise.dates.tokens import Tokens

_STEP: Final = {"next": 1, "last": -1, "this": 0, "following": 1, "same": 0}
_LASTING: Final = frozenset(("over", "for", "within", "during", "throughout", "in"))
_TWELVE_MONTHS: Final = {
    "financial": "fiscal-year",
    "fiscal": "fiscal-year",
    "tax": "fiscal-year",
    "academic": "academic year",
    "school": "academic year",
}
_ENGLISH_DAYS: Final = frozenset(("today", "tonight", "yesterday", "tomorrow"))
_RULES_OF_UNIT: Final = ("week", "month", "year", "weekend", "quarter", "decade", "fortnight")


def relative(tokens: Tokens, i: int) -> Match | None:
    """Read anything that is counted from the anchor or from the date before."""
    at = i + (tokens[i].text.lower() in ("the", "a", "an", "these", "those"))
    for rule in (
        _after_next,
        _near_days,
        _day_of_unit,
        stretch,
        _neighbour_day,
        _sided,
        _sided_after,
        counted_from,
        week_on,
        _weekday_of_week,
        counted_foreign,
    ):
        found = rule(tokens, at) or (rule(tokens, i) if at > i else None)
        if found is not None:
            return found
    return None


def _day_part(tokens: Tokens, i: int) -> int:
    return i + ("daypart" in tokens[i].meanings)


def _near_days(tokens: Tokens, i: int) -> Match | None:
    """Read "today", "tomorrow evening", "last night", "this morning", "the weekend", "the day after tomorrow"."""
    meanings = tokens[i].meanings
    if "shift" in meanings and not (i and _is_foreign_name(tokens[i].text)):
        return one(Shift(unit="day", count=int(meanings["shift"])), _day_part(tokens, i + 1))
    if tokens[i].text.lower() == "just" and tokens[i + 1].text.lower() == "now":
        return one(Shift(unit="day", count=0), i + 2)
    if "daypart" in tokens[i + 1].meanings and meanings.get("side") in ("last", "this") and "weekday" not in meanings:
        return one(Shift(unit="day", count=_STEP[str(meanings["side"])]), i + 2)
    direction = tokens[i + 1].text.lower()
    if (
        meanings.get("unit") == "weekend"
        and i
        and tokens[i - 1].text.lower() == "the"
        and "of" not in tokens[i + 1].meanings
    ):
        return one(Shift(unit="the weekend", count=0), i + 1)
    if meanings.get("unit") == "day" and direction in ("before", "after") and "shift" in tokens[i + 2].meanings:
        count = int(tokens[i + 2].meanings["shift"])
        return one(Shift(unit="day", count=count + (1 if direction == "after" else -1)), i + 3)
    return None


def _is_foreign_name(word: str) -> bool:
    """Tell a name that is a day elsewhere: "Portland, Maine", "John Doe"."""
    return word.istitle() and word.lower() not in _ENGLISH_DAYS


def _after_next(tokens: Tokens, i: int) -> Match | None:
    """Read "the week after next", "the weekend before last", "Monday after next"."""
    step = {"after": 1, "before": -1}.get(str(tokens[i + 1].meanings.get("link")), 0)
    if not step or tokens[i + 2].text.lower() != ("next" if step > 0 else "last"):
        return None
    if "weekday" in tokens[i].meanings and step > 0:
        return one(Weekday(weekday=int(tokens[i].meanings["weekday"]), side="next", weeks=1), i + 3)
    unit = tokens[i].meanings.get("unit")
    if unit not in _RULES_OF_UNIT:
        return None
    if unit == "week":
        return one(Shift(unit="whole week", count=2 * step), i + 3)
    return one(Shift(unit=str(unit), count=2 * step), i + 3)


def _neighbour_day(tokens: Tokens, i: int) -> Match | None:
    """Read "the following day", "the same evening", "the next day", "the day before", "the previous week"."""
    side, follower = tokens[i].meanings.get("side"), tokens[i + 1]
    if "article" in follower.meanings:
        return None
    is_day = follower.meanings.get("unit") == "day" or "daypart" in follower.meanings
    word = tokens[i].text.lower()
    if word == "same" and not (i and tokens[i - 1].text.lower() in ("the", "that")):
        return None  # "same-day delivery"
    if is_day and (
        side in ("following", "same")
        or word == "previous"
        or (word == "next" and i and tokens[i - 1].text.lower() == "the")
    ):
        return one(Shift(unit="day", count=_STEP[str(side)], from_last=True), i + 2)
    if follower.meanings.get("unit") in _RULES_OF_UNIT and side in ("following", "same"):
        return one(Shift(unit=str(follower.meanings["unit"]), count=_STEP[str(side)], from_last=True), i + 2)
    unit = tokens[i].meanings.get("unit")
    led = i > 0 and tokens[i - 1].text.lower() in ("the", "a", "one")
    sign = {"before": -1, "earlier": -1, "after": 1, "later": 1}.get(follower.text.lower())
    unit = "day" if "daypart" in tokens[i].meanings else unit
    if led and sign is not None and not tokens[i + 2].text[:1].isalnum() and unit in ("day", "week", "month", "year"):
        counted = unit == "week" and follower.text.lower() in ("later", "earlier")
        return one(Shift(unit=str(unit) + TO_THE_DAY * counted, count=sign, from_last=True), i + 2)
    return None


def _sided(tokens: Tokens, i: int) -> Match | None:
    """Read "next Tuesday", "this coming weekend", "last summer", "next March", "next month"."""
    side = tokens[i].meanings.get("side")
    if side is None or side in ("same",):
        return None
    at = i + 1
    if side in ("this", "next") and tokens[at].meanings.get("side") in ("next", "last"):
        side, at = tokens[at].meanings["side"], at + 1
    from_last = tokens[i].meanings.get("side") == "following"
    side = "next" if side == "following" else str(side)
    meanings = tokens[at].meanings
    if "of" in tokens[at + 1].meanings:
        return None
    if tokens[at + 1].text.lower() == "in" and "month" in tokens[at + 2].meanings:
        return None
    if "weekday" in meanings:
        return one(Weekday(weekday=int(meanings["weekday"]), side=side, from_last=from_last), _day_part(tokens, at + 1))
    if "season" in meanings:
        return one(Season(season=int(meanings["season"]), side=side), at + 1)
    if (
        "month" in meanings
        and tokens[at + 1].number < 0
        and ("native" in meanings or tokens[at].text.lower() not in DOUBTFUL)
        and not (collides(tokens[at].text) and tokens[at].text.islower())
    ):
        return one(Month(month=int(meanings["month"]), side=side), at + 1)
    twelve = _TWELVE_MONTHS.get(tokens[at].text.lower())
    if twelve is not None and tokens[at + 1].meanings.get("unit") == "year":
        return one(Shift(unit=twelve, count=_STEP[side]), at + 2)
    unit = meanings.get("unit")
    if unit not in _RULES_OF_UNIT or tokens[at].text.lower().endswith("s") or "article" in meanings:
        return None
    if unit == "weekend" and side == "next" and tokens[at - 1].text.lower() != "next":
        return one(Shift(unit="weekend", count=0), at + 1)
    if side in ("last", "next") and (_is_lasting(tokens, i) or unit == "fortnight"):
        return one(Stretch(unit=str(unit), count=_STEP[side]), at + 1)
    return one(Shift(unit=str(unit), count=_STEP[side]), at + 1)


def twelve_months(tokens: Tokens, i: int) -> Match | None:
    """Read the "financial year" of "the end of the financial year"."""
    unit = _TWELVE_MONTHS.get(tokens[i].text.lower())
    if unit is None or tokens[i + 1].meanings.get("unit") != "year" or tokens[i + 2].number >= 0:
        return None
    return one(Shift(unit=unit, count=0), i + 2)


def _sided_after(tokens: Tokens, i: int) -> Match | None:
    """Read "la semaine prochaine", "el lunes pasado", "le mois dernier", "yr wythnos nesaf"."""
    side = tokens[i + 1].meanings.get("sided")
    if side is None:
        return None
    meanings = tokens[i].meanings
    named = meanings.get("weekday", meanings.get("short"))
    if named is not None and len(tokens[i].text) > 3:
        return one(Weekday(weekday=int(named), side=str(side)), i + 2)
    unit = meanings.get("unit")
    if unit not in _RULES_OF_UNIT:
        return None
    return one(Shift(unit=str(unit), count=_STEP[str(side)]), i + 2)


def _is_lasting(tokens: Tokens, i: int) -> bool:
    """Tell "over the past year", twelve months, from "last year"."""
    leading = [token.text.lower() for token in tokens[max(0, i - 2) : i]]
    return tokens[i].text.lower() == "past" or (len(leading) == 2 and leading[1] == "the" and leading[0] in _LASTING)


def _day_of_unit(tokens: Tokens, i: int) -> Match | None:
    """Read "3rd of next month", "21st of the month"."""
    if not 1 <= tokens[i].number <= 31 or "suffix" not in tokens[i + 1].meanings or "of" not in tokens[i + 2].meanings:
        return None
    at = i + 3
    side = tokens[at].meanings.get("side", "this" if tokens[at].text.lower() == "the" else None)
    if side not in ("next", "last", "this") or tokens[at + 1].meanings.get("unit") != "month":
        return None
    month = Shift(unit="month", count=_STEP[str(side)])
    return one(Nth(number=tokens[i].number, weekday=None, unit="day", whole=month), at + 2)


def _weekday_of_week(tokens: Tokens, i: int) -> Match | None:
    """Read "Tuesday week", "Friday next week", "Monday of this week", "Tuesday next"."""
    if "weekday" not in tokens[i].meanings:
        return None
    weekday = int(tokens[i].meanings["weekday"])
    if tokens[i + 1].text.lower() in ("week", "fortnight"):
        return one(Weekday(weekday=weekday, weeks=1 if tokens[i + 1].text.lower() == "week" else 2), i + 2)
    at = i + 1
    at += "of" in tokens[at].meanings or tokens[at].text == ","
    at += tokens[at].text.lower() == "the"
    side = tokens[at].meanings.get("side")
    if side in ("next", "last", "this") and tokens[at + 1].meanings.get("unit") == "week":
        return one(Weekday(weekday=weekday, week=_STEP[str(side)]), at + 2)
    if (
        side in ("next", "last")
        and at == i + 1
        and tokens[at].text.lower() in ("next", "last")
        and not tokens[at + 1].meanings
    ):
        return one(Weekday(weekday=weekday, side=str(side)), at + 1)
    return None
