"""Days known by name: fixed feasts, those that move with Easter, and British bank holidays."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from scraper.normalise.dates import almanac
from scraper.normalise.dates.printed_years import year_after
from scraper.normalise.dates.shapes import Day, Feast, Match, Shape
from scraper.normalise.dates.tokens import Tokens

_FIXED: Final = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year eve": (12, 31),
    "new year day": (1, 1),
    "burns night": (1, 25),
    "valentine day": (2, 14),
    "st david day": (3, 1),
    "international women day": (3, 8),
    "st patrick day": (3, 17),
    "st george day": (4, 23),
    "bonfire night": (11, 5),
    "armistice day": (11, 11),
    "st andrew day": (11, 30),
}
_FROM_EASTER: Final = {
    "shrove tuesday": -47,
    "pancake day": -47,
    "ash wednesday": -46,
    "mothering sunday": -21,
    "palm sunday": -7,
    "maundy thursday": -3,
    "good friday": -2,
    "easter sunday": 0,
    "easter monday": 1,
    "whit sunday": 49,
}
_NTH_WEEKDAYS: Final = {
    "early may bank holiday": (5, 0, 1),
    "may day bank holiday": (5, 0, 1),
    "may bank holiday": (5, 0, 1),
    "spring bank holiday": (5, 0, -1),
    "late may bank holiday": (5, 0, -1),
    "august bank holiday": (8, 0, -1),
    "summer bank holiday": (8, 0, -1),
    "remembrance sunday": (11, 6, 2),
}
_AS_TERMS: Final = {"christmas": (12, 25), "easter": 0, "halloween": (10, 31)}
"""Names of seasons rather than days: they are days only as the end of something ("until Christmas")."""
_NAMES: Final = tuple(tuple(name.split()) for name in (*_FIXED, *_FROM_EASTER, *_NTH_WEEKDAYS, "easter weekend"))
FIRST_WORDS: Final = frozenset(name[0] for name in _NAMES) | frozenset(_AS_TERMS) | {"saint"}
_SMALL: Final = frozenset(("'", "’", "."))


def feast(tokens: Tokens, i: int) -> Match | None:
    """Read "Christmas Eve 2024", "Easter Monday", "the August bank holiday weekend", "until Christmas"."""
    word = tokens[i].text.lower()
    if word not in FIRST_WORDS:
        return None
    for name in _NAMES:
        after = _after(tokens, i, name) if name[0] in (word, "st") else 0
        if after and tokens[after].text != "Agreement":
            return _match(tokens, " ".join(name), after)
    if word in _AS_TERMS and _is_term(tokens, i):
        return _match(tokens, word, i + 1)
    return None


def _after(tokens: Tokens, i: int, name: tuple[str, ...]) -> int:
    """The token after a name, 0 where it is not printed; "St. David's Day" and "Saint Davids Day" are one name."""
    at = i
    for word in name:
        while at > i and (tokens[at].text in _SMALL or (tokens[at].text in ("s", "S") and tokens[at].glued)):
            at += 1
        spelled = tokens[at].text.lower()
        if spelled != word and spelled != f"{word}s" and (word, spelled) != ("st", "saint"):
            return 0
        at += 1
    return at


def _is_term(tokens: Tokens, i: int) -> bool:
    if i > 1 and (tokens[i - 2].text.lower(), tokens[i - 1].text.lower()) == ("now", "and"):
        return True
    return i > 0 and tokens[i - 1].meanings.get("link") in ("until", "by", "before", "after", "from")


def _match(tokens: Tokens, name: str, after: int) -> Match:
    weekend = name.endswith("bank holiday") and tokens[after].meanings.get("unit") == "weekend"
    year, end = year_after(tokens, after + weekend, ",")
    on = _FIXED.get(name) or _AS_TERMS.get(name)
    shape: Shape = Feast(name=f"{name} weekend" if weekend else name, year=year)
    if isinstance(on, tuple):
        shape = Day(day=on[1], month=on[0], year=year)
    return Match((shape,), end)


def days(name: str, year: int) -> tuple[date, date] | None:
    """The first and last day of a feast in a year."""
    if not almanac.FIRST_YEAR <= year <= almanac.LAST_YEAR:
        return None
    if name == "easter weekend":
        return easter(year) - timedelta(days=2), easter(year) + timedelta(days=1)
    holiday = _NTH_WEEKDAYS.get(name.removesuffix(" weekend"))
    if holiday is None:
        on: date | None = easter(year) + timedelta(days=_FROM_EASTER.get(name, 0))
    else:
        within = almanac.months(year, holiday[0], 1)
        on = almanac.nth_weekday(*within, holiday[1], holiday[2]) if within else None
    if on is None:
        return None
    return (on - timedelta(days=2) if name.endswith(" weekend") else on), on


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Butcher's rule of 1876)."""
    golden, (hundreds, rest) = year % 19, divmod(year, 100)
    correction = (hundreds - (hundreds + 8) // 25 + 1) // 3
    moon = (19 * golden + hundreds - hundreds // 4 - correction + 15) % 30
    weekday = (32 + 2 * (hundreds % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
