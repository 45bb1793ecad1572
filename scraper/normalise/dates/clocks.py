"""Rules for wall times, stretches of them, and the zones that a page prints."""

from __future__ import annotations

from typing import Final, NamedTuple

from scraper.normalise.dates.shapes import Clock, Match, Time
from scraper.normalise.dates.spoken import half_of_day, is_clock_face, spoken
from scraper.normalise.dates.tokens import DASHES, Token, Tokens

_NOT_TIMES: Final = frozenset("£$€%¥#")
_TO: Final = frozenset(("à", "a"))
_AND: Final = frozenset(("and", "&", "et", "y", "und", "și", "si"))
_BETWEEN: Final = frozenset(("between", "entre", "zwischen", "între", "intre", "hours"))
_HOUR_WORDS: Final = frozenset(("godz", "godzina", "godzinie", "ora", "orele"))
_STOPS: Final = frozenset(("", ",", ".", ";", ")", "|"))
_LONGEST_LEAD: Final = 3
_NOON: Final = 12


class _Printed(NamedTuple):
    """A time as printed: `bare` 10, `dotted` 10.30, `figures` 0900, `spoken` half past ten, else sure.

    `half` is am, pm or empty.
    """

    hour: int
    minute: int
    second: int | None
    half: str
    kind: str
    next: int


def clock(tokens: Tokens, i: int) -> Match | None:
    """Read "10am–12.30pm GMT", "from 9 to 11am", "14:00", "noon", "7.30pm for 8pm", "9h30", "18.30 Uhr"."""
    first = _printed(tokens, i)
    if first is None:
        return None
    second = _second_of(tokens, i, first)
    if second is not None:
        pair = _pair(first, second[1])
        if pair is not None:
            offset, after = zone(tokens, second[1].next)
            closing = None if second[0] == "for" else pair[1]
            sure = not first.kind == second[1].kind == "figures"
            return Match((Clock(start=pair[0], end=closing, offset=offset, sure=sure),), after)
    start = _single(first)
    if start is None:
        return None
    offset, after = zone(tokens, first.next)
    sure = first.kind in ("sure", "spoken") or offset is not None or _is_cued(tokens, i)
    return Match((Clock(start=start, offset=offset, sure=sure),), after)


def _second_of(tokens: Tokens, i: int, first: _Printed) -> tuple[str, _Printed] | None:
    """The time after a range word, "for" or, after "between", "and"; a zone may stand before it ("10am GMT - 11am")."""
    at = first.next
    if at < len(tokens) - 3 and "zone" in tokens[at].meanings:
        at += 1
    kind, word = tokens[at].meanings.get("link"), tokens[at].text.lower()
    if kind not in ("range", "until", "for") and word not in _TO and not (word in _AND and _is_between(tokens, i)):
        return None
    second = _printed(tokens, at + 1)
    if second is not None and second.kind == "bare" and first.half and _is_closing(tokens, at, second.next):
        second = second._replace(kind="dotted")
    return None if second is None else (str(kind), second)


def _is_closing(tokens: Tokens, i: int, after: int) -> bool:
    """Tell the end of "10am-4, Town Hall" from the day of "10am - 4 March"."""
    return tokens[i].text in DASHES and tokens[i].glued and tokens[after].text in _STOPS


def _is_between(tokens: Tokens, i: int) -> bool:
    """Tell "between [about] 10am and 4pm", one stretch, from two times of a day."""
    return any(token.text.lower() in _BETWEEN for token in tokens[max(0, i - _LONGEST_LEAD) : i])


def _is_cued(tokens: Tokens, i: int) -> bool:
    return i > 0 and "clock" in tokens[i - 1].meanings


def _printed(tokens: Tokens, i: int) -> _Printed | None:
    token = tokens[i]
    if "noon" in token.meanings:
        return _Printed(int(token.meanings["noon"]), 0, None, "", "sure", i + 1)
    if token.number < 0 and ("number" in token.meanings or "slice" in token.meanings):
        return _in_words(tokens, i)
    if token.number < 0 or (i > 0 and (tokens[i - 1].text in _NOT_TIMES or _in_longer_number(tokens, i))):
        return None
    if token.glued and i and tokens[i - 1].text.isalpha() and not tokens[i - 1].meanings and tokens[i - 1].text != "T":
        return None
    if len(token.text) == 4:
        return _four_figures(tokens, i)
    if len(token.text) > 2:
        return None
    hour, minute, second, kind, after = _digits(tokens, i)
    half, after = _half(tokens, after)
    if not half and (kind != "bare" or _is_cued(tokens, i)):
        half, after = half_of_day(tokens, after)
    if half or (after > i + 1 and kind == "bare"):
        kind = "sure"
    if tokens[after].meanings.get("unit") == "minute" and kind != "bare":
        return None
    if tokens[after].text in ("%", "€") or (kind == "dotted" and not half and _is_measure(tokens[after])):
        return None
    if not half and tokens[after].meanings.get("noon") == 12:
        after += 1
        kind = "sure"
    return _checked(hour, minute, second, half, kind, after)


def _in_words(tokens: Tokens, i: int) -> _Printed | None:
    """Read "half past seven [in the evening]"."""
    read = spoken(tokens, i)
    if read is None:
        return None
    half, after = _half(tokens, read[2])
    if not half:
        half, after = half_of_day(tokens, after)
    return _checked(read[0], read[1], None, half, "sure" if half else "spoken", after)


def _four_figures(tokens: Tokens, i: int) -> _Printed | None:
    """Read "1730hrs", and before or after it, or from an hour before ten on, also "0900-1700"."""
    hour, minute = divmod(tokens[i].number, 100)
    if is_military(tokens, i):
        return _checked(hour, minute, None, "", "sure", i + 2)
    if "link" in tokens[i + 1].meanings and len(tokens[i + 2].text) == 4 and tokens[i + 2].number >= 0:
        early = tokens[i].text[0] == "0"
        return _checked(hour, minute, None, "", "figures", i + 1) if early or is_military(tokens, i + 2) else None
    if i > 1 and "link" in tokens[i - 1].meanings and len(tokens[i - 2].text) == 4 and tokens[i - 2].text[0] == "0":
        return _checked(hour, minute, None, "", "figures", i + 1)
    return None


def is_military(tokens: Tokens, i: int) -> bool:
    """Tell four figures that are an hour and minutes: "1730hrs"."""
    return len(tokens[i].text) == 4 and "hours" in tokens[i + 1].meanings and len(tokens[i + 1].text) > 1


def _in_longer_number(tokens: Tokens, i: int) -> bool:
    """Tell whether "30" is the tail of "1.30" or "12/30"."""
    before = tokens[i - 1]
    return (
        tokens[i].glued and before.text in (".", ",", ":", "/") and before.glued and i > 1 and tokens[i - 2].number >= 0
    )


def _is_measure(token: Token) -> bool:
    return token.text.lower() in ("million", "billion", "m", "bn", "k", "km", "kg", "miles", "percent", "per", "x")


def _digits(tokens: Tokens, i: int) -> tuple[int, int, int | None, str, int]:
    """Hour, minute, second, kind and what follows: 10 · 10.30 · 10:30:15 · 9h30 · 20h · 18 Uhr."""
    hour = tokens[i].number
    mark, tail = tokens[i + 1], tokens[i + 2]
    spelled = mark.text.lower()
    if mark.glued and tail.glued and len(tail.text) == 2 and tail.number >= 0 and spelled in (":", ".", "h"):
        second, after = _seconds(tokens, i + 3) if spelled == ":" else (None, i + 3)
        loose = spelled == "." or (spelled == ":" and len(tokens[i].text) == 1 and second is None)
        dotted = loose and "hours" not in tokens[after].meanings
        after += "hours" in tokens[after].meanings
        return hour, tail.number, second, "dotted" if dotted else "sure", after
    if (
        "ago" not in tail.meanings
        and "hours" in mark.meanings
        and spelled in ("h", "uhr", "uur")
        and (mark.glued or spelled != "h")
        and not _is_duration(tokens, i)
    ):
        return hour, 0, None, "sure", i + 2
    if spelled == "h" and len(tail.text) == 2 and 0 <= tail.number <= 59 and not _is_duration(tokens, i):
        return hour, tail.number, None, "sure", i + 3
    if spelled == "h" and i and tail.text != "/" and ("clock" in tokens[i - 1].meanings or tail.text.lower() == "à"):
        return hour, 0, None, "sure", i + 2
    if (
        spelled in ("horas", "heures")
        and i > 1
        and tokens[i - 2].number >= 0
        and tokens[i - 1].text.lower() in ("a", "à", "-", "–")
    ):
        return hour, 0, None, "sure", i + 2
    if is_clock_face(tokens, i + 1):
        return hour, 0, None, "sure", i + 4
    return hour, 0, None, "sure" if _is_hour_of(tokens, i) else "bare", i + 1


def _is_hour_of(tokens: Tokens, i: int) -> bool:
    """Tell the hour of "godz. 18" and "ora 18"."""
    at = i - 1 - (i > 1 and tokens[i - 1].text == ".")
    return i > 0 and tokens[at].text.lower() in _HOUR_WORDS


def _is_duration(tokens: Tokens, i: int) -> bool:
    """Tell "1h 30m" from "à 9h"."""
    unit = tokens[i + 3]
    return tokens[i + 2].number >= 0 and (unit.text == "m" or unit.meanings.get("unit") == "minute")


def _seconds(tokens: Tokens, i: int) -> tuple[int | None, int]:
    if tokens[i].text != ":" or not 0 <= tokens[i + 1].number <= 60 or len(tokens[i + 1].text) != 2:
        return None, i
    after = i + 2
    if tokens[after].text in (".", ",") and tokens[after + 1].number >= 0 and tokens[after + 1].glued:
        after += 2
    return min(tokens[i + 1].number, 59), after


def _half(tokens: Tokens, i: int) -> tuple[str, int]:
    """am, pm, a.m., p.m. and what follows."""
    token = tokens[i]
    if "meridiem" in token.meanings:
        return str(token.meanings["meridiem"]), i + 1
    if token.text in ("a", "p", "A", "P") and tokens[i + 1].text == "." and tokens[i + 2].text in ("m", "M"):
        return token.text.lower() + "m", i + 3 + (tokens[i + 3].text == "." and tokens[i + 3].glued)
    return "", i


def _checked(hour: int, minute: int, second: int | None, half: str, kind: str, after: int) -> _Printed | None:
    if hour > 24 or minute > 59 or (hour == 24 and (minute or second)) or (half and not 0 < hour <= 12 and hour < 13):
        return None
    return _Printed(hour, minute, second, half if hour <= 12 else "", kind, after)


def _at(printed: _Printed, half: str) -> Time:
    hour = printed.hour
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return Time(hour=hour, minute=printed.minute, second=printed.second)


def _single(printed: _Printed) -> Time | None:
    return None if printed.kind in ("bare", "figures") else _at(printed, printed.half)


def _pair(first: _Printed, second: _Printed) -> tuple[Time, Time] | None:
    """Two times as one stretch; the first takes am or pm from the second unless that would turn the stretch round."""
    if second.kind == "bare" or (first.kind == "bare" and not (second.half or _is_hourly(second))):
        return None
    end = _at(second, second.half)
    start = _at(first, first.half or second.half)
    if not first.half and second.half and (start.hour, start.minute) >= (end.hour, end.minute):
        start = _at(first, "am" if second.half == "pm" else "pm")
    if first.half and not second.half and second.kind in ("dotted", "spoken") and second.hour < _NOON:
        later = _at(second, "pm")
        if (end.hour, end.minute) <= (start.hour, start.minute) < (later.hour, later.minute):
            end = later  # "4pm to half past six"
    return start, end


def _is_hourly(printed: _Printed) -> bool:
    return printed.kind == "sure" and printed.minute == 0 and printed.second is None


def zone(tokens: Tokens, i: int) -> tuple[int | None, int]:
    """Minutes east of Greenwich and what follows: GMT, (BST), Z, +01:00, UTC+1; None where no zone is printed."""
    at = i + (tokens[i].text == "(")
    token = tokens[at]
    if "zone" in token.meanings and (len(token.text) > 1 or token.glued) and token.text[0].isupper():
        named = int(token.meanings["zone"])
        signed = _signed(tokens, at + 1) if named == 0 else None
        offset, after = signed or (named, at + 1)
        return offset, after + (at > i and tokens[after].text == ")")
    spaced = token.text == "+" or (i > 1 and tokens[i - 2].text == ":" and tokens[i - 4].text == ":")
    if at == i and (token.glued or (spaced and len(tokens[i + 1].text) in (2, 4))):
        return _signed(tokens, i) or (None, i)
    return None, i


def _signed(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """+01:00, -0500, +1."""
    sign, number = tokens[i], tokens[i + 1]
    if sign.text not in ("+", "-", "−") or not number.glued or number.number < 0:
        return None
    minutes = tokens[i + 3]
    if len(number.text) == 2 and tokens[i + 2].text == ":" and len(minutes.text) == 2 and minutes.number >= 0:
        hours, minute, after = number.number, minutes.number, i + 4
    elif len(number.text) == 4:
        hours, minute, after = number.number // 100, number.number % 100, i + 2
    elif len(number.text) <= 2 and sign.text == "+":
        hours, minute, after = number.number, 0, i + 2
    else:
        return None
    if hours > 14 or minute > 59:
        return None
    return (-1 if sign.text != "+" else 1) * (hours * 60 + minute), after
