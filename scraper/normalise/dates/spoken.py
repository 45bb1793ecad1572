"""Times in words, and the words that say which half of the day a time is in."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.tokens import Token, Tokens

_MINUTES: Final = {"half": 30, "quarter": 15, "twenty": 20}
_HOURS: Final = 12


def spoken(tokens: Tokens, i: int) -> tuple[int, int, int] | None:
    """Read "half past seven", "quarter to 8", "ten past six", "seven o'clock" as hour, minute and what follows.

    The hour is of a clock face: it does not say which half of the day is meant.
    """
    hour = _named_hour(tokens[i])
    if hour and tokens[i].number < 0 and is_clock_face(tokens, i + 1):
        return hour, 0, i + 4
    minutes = _MINUTES.get(tokens[i].text.lower(), int(tokens[i].meanings.get("number", 0)))
    side, whole = tokens[i + 1].text.lower(), _named_hour(tokens[i + 2])
    if not minutes or not whole or not (side == "past" or (side == "to" and _is_cued(tokens, i, minutes))):
        return None
    if side == "past":
        return whole, minutes, i + 3
    return (whole - 1 or _HOURS), 60 - minutes, i + 3


def _is_cued(tokens: Tokens, i: int, minutes: int) -> bool:
    """Tell "at ten to eight" and "quarter to eight" from the numbers of "ten to twelve people"."""
    return minutes == _MINUTES["quarter"] or (i > 0 and tokens[i - 1].text.lower() == "at")


def is_clock_face(tokens: Tokens, i: int) -> bool:
    """Tell "o'clock"."""
    return (
        tokens[i + 1].text in ("'", "’", "‘")
        and tokens[i].text.lower() == "o"
        and tokens[i + 2].text.lower() == "clock"
    )


def _named_hour(token: Token) -> int:
    named = token.number if token.number >= 0 else int(token.meanings.get("number", 0))
    return named if 1 <= named <= _HOURS else 0


def half_of_day(tokens: Tokens, i: int) -> tuple[str, int]:
    """Return am or pm, as "in the evening", "at night" or "tonight" say, and what follows; "" where nothing says it.

    What names a day as well ("tomorrow evening") is left to be read again.
    """
    first, second = tokens[i].text.lower(), tokens[i + 1].text.lower()
    if (first, second) == ("in", "the") and "daypart" in tokens[i + 2].meanings:
        return str(tokens[i + 2].meanings["daypart"]), i + 3
    if (first, second) == ("at", "night"):
        return "pm", i + 2
    if first == "tonight":
        return "pm", i
    named = tokens[i + 1].meanings.get("daypart") if first in ("this", "tomorrow", "yesterday") else None
    return ("", i) if named is None else (str(named), i)
