"""Rules for what is longer than a day and has a name: seasons, quarters, months in figures, financial years."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.bare_years import YEAR_CUES
from scraper.normalise.dates.days import month_first
from scraper.normalise.dates.printed_years import century, is_year
from scraper.normalise.dates.shapes import (
    Match,
    Month,
    Season,
    Slice,
    Year,
)
from scraper.normalise.dates.tokens import Token, Tokens

_SMALL: Final = frozenset(("in", "-", "‐", "‑", "mis"))
_MOST_SMALL_WORDS: Final = 4
_MOST_SLICES: Final = 4
_LAST_SHORT_YEAR: Final = 49
_TERMS: Final = frozenset(("term", "semester", "edition", "issue"))
_FISCAL_FIRST_MONTH: Final = 4
_ACADEMIC_FIRST_MONTH: Final = 9


def over(tokens: Tokens, i: int) -> int:
    """Step over "of the", "in", a hyphen."""
    for _ in range(_MOST_SMALL_WORDS):
        token = tokens[i]
        if not ("of" in token.meanings or "article" in token.meanings or token.text.lower() in _SMALL):
            break
        i += 1
    return i


def split_year(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read "2021/22", "2021-22", "2021–2022" as the first of two years that follow each other, and what follows."""
    first, mark, second = tokens[i : i + 3]
    if not is_year(first) or mark.text not in ("/", "-", "–") or second.number < 0:
        return None
    follows = second.number == first.number + 1 or (len(second.text) == 2 and second.number == (first.number + 1) % 100)
    if not follows or (tokens[i + 3].text in ("/", "-") and tokens[i + 3].glued and tokens[0].text != "/"):
        return None
    return first.number, i + 3


def _short_split(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read the "22/23" of "FY22/23"."""
    first, mark, second = tokens[i : i + 3]
    if len(first.text) != 2 or first.number < 0 or mark.text not in ("/", "-", "–") or len(second.text) != 2:
        return None
    return (century(first.number), i + 3) if second.number == (first.number + 1) % 100 else None


def financial_year(tokens: Tokens, i: int) -> Match | None:
    """Read "financial year 2021/22", "FY2021-22", "academic year 2021/22", "2026/27".

    April to March, as British councils count, unless it is said to be a school year.
    """
    word, at = tokens[i].text.lower(), i
    kind = (
        "fiscal"
        if word in ("fy", "financial", "fiscal", "tax")
        else "academic"
        if word in ("academic", "school")
        else ""
    )
    if kind:
        at += 1 + (tokens[i + 1].meanings.get("unit") == "year")
        if at == i + 1 and word != "fy":
            return None
        at = over(tokens, at)
    read = split_year(tokens, at) or (_short_split(tokens, at) if word == "fy" or _is_short(tokens, i) else None)
    if read is None:
        return None
    following = tokens[read[1]].text.lower()
    if kind == "academic" or (not kind and following in ("academic", "school")):
        return Match((Year(year=read[0], first_month=_ACADEMIC_FIRST_MONTH),), read[1])
    return Match((Year(year=read[0], first_month=_FISCAL_FIRST_MONTH, precision="fiscal-year"),), read[1])


def _is_short(tokens: Tokens, i: int) -> bool:
    """Tell the financial year of "in 24/25", at the end of what is said, from a share and from two days."""
    cued = i > 0 and tokens[i - 1].text.lower() in ("in", "for", "during", "throughout")
    return cued and tokens[i + 1].text == "/" and not tokens[i + 3].text[:1].isalnum() and 10 <= tokens[i].number < 70


def season(tokens: Tokens, i: int) -> Match | None:
    """Read "autumn 2021", "winter 2021/22", "summer of 2024", "spring next year", "2021 spring"."""
    meaning = tokens[i].meanings.get("season", tokens[i].meanings.get("seasonal"))
    if meaning is None:
        return None
    number = int(meaning)
    at = i + 1 + (tokens[i + 1].text in (",", "-") or tokens[i + 1].text.lower() in _TERMS)
    at += "of" in tokens[at].meanings
    split = split_year(tokens, at)
    if split is not None:
        return Match((Season(season=number, year=split[0] + (number < 23)),), split[1])
    if is_year(tokens[at]):
        return Match((Season(season=number, year=tokens[at].number),), at + 1)
    short = _short_year(tokens, at)
    if short is not None and (tokens[i].text[0].isupper() or tokens[at].number < 0):
        return Match((Season(season=number, year=short[0] + (short[2] and number < 23)),), short[1])
    if "season" not in tokens[i].meanings:
        return None
    shift = _year_shift(tokens, i + 1)
    if shift is not None:
        return Match((Season(season=number, shift=shift[0]),), shift[1])
    return Match((Season(season=number),), i + 1)


def _short_year(tokens: Tokens, i: int) -> tuple[int, int, bool] | None:
    """Read the year of "Spring 24", "Summer '24" and "Winter 23/24", what follows, and whether it is of two years."""
    split = _short_split(tokens, i)
    if split is not None:
        return *split, True
    at = i + (tokens[i].text in ("'", "’", "‘"))
    token, after = tokens[at], tokens[at + 1]
    if (
        len(token.text) != 2
        or not 10 <= token.number <= (_LAST_SHORT_YEAR if at == i else 99)
        or (after.glued and after.text != ")")
    ):
        return None
    return None if at == i and (after.meanings or after.number >= 0) else (_century(token.number), at + 1, False)


def _century(number: int) -> int:
    return century(number) if number <= _LAST_SHORT_YEAR else 1900 + number


def _year_shift(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read "[of] this year", "next year", "last year"."""
    at = over(tokens, i)
    side = tokens[at].meanings.get("side")
    if side in ("next", "last", "this") and tokens[at + 1].meanings.get("unit") == "year":
        return {"next": 1, "last": -1, "this": 0}[str(side)], at + 2
    return None


def month_and_year(tokens: Tokens, i: int) -> Match | None:
    """Read "January this year", "March next year", or a month as `month_first` does."""
    if "month" not in tokens[i].meanings:
        return None
    shift = _year_shift(tokens, i + 1)
    if shift is not None:
        return Match((Month(month=int(tokens[i].meanings["month"]), shift=shift[0]),), shift[1])
    return month_first(tokens, i)


def quarter_in_figures(tokens: Tokens, i: int) -> Match | None:
    """Read "2nd half of 2023", "2. Quartal 2025"."""
    return quarter(tokens, i) if tokens[i].number <= _MOST_SLICES and tokens[i + 1].glued else None


def quarter(tokens: Tokens, i: int) -> Match | None:
    """Read "Q3 2022", "Q1 2024/25", "H1 of 2022", "2nd half of 2023", "second half of the year"."""
    number, of, at = _slice(tokens, i)
    if not number:
        return None
    printed, at = at, over(tokens, at + (tokens[at].text in (",", "/") and is_year(tokens[at + 1])))
    financial = financial_year(tokens, at)
    if financial is not None and isinstance(financial.items[0], Year):
        whole = financial.items[0]
        return Match((Slice(number=number, of=of, year=whole.year, first_month=whole.first_month),), financial.next)
    if is_year(tokens[at]):
        return Match((Slice(number=number, of=of, year=tokens[at].number),), at + 1)
    short = tokens[at + (tokens[at].text in ("'", "’", "‘"))]
    if _is_letter(tokens[i]) and tokens[printed].glued and tokens[printed].text.isalpha():
        return None
    if _is_letter(tokens[i]) and len(short.text) == 2 and short.number >= 10:
        return Match((Slice(number=number, of=of, year=century(short.number)),), at + 1 + (short is not tokens[at]))
    shift = _year_shift(tokens, at)
    if shift is not None:
        return Match((Slice(number=number, of=of, shift=shift[0]),), shift[1])
    if tokens[at].meanings.get("unit") == "year" and at > i + 2:
        return Match((Slice(number=number, of=of, shift=0),), at + 1)
    alone = of == 4 and tokens[i].text.lower() != "last"
    return Match((Slice(number=number, of=of),), printed) if alone else None


def _is_letter(token: Token) -> bool:
    """Tell "Q3" and "H1" from "third quarter"."""
    return token.text in ("Q", "q", "H")


def _slice(tokens: Tokens, i: int) -> tuple[int, int, int]:
    letter, digit = tokens[i], tokens[i + 1]
    if _is_letter(letter) and digit.glued and len(digit.text) == 1:
        of = 2 if letter.text == "H" else 4
        return (digit.number if 1 <= digit.number <= of else 0), of, i + 2
    if letter.meanings.get("unit") == "quarter" and len(digit.text) == 1 and 1 <= digit.number <= 4:
        return digit.number, 4, i + 2
    nth = letter.meanings.get("nth")
    at = i + 1 + (digit.text == "-")
    if 1 <= letter.number <= 4 and digit.glued and ("suffix" in digit.meanings or digit.text == "."):
        nth, at = letter.number, i + 2
    of = int(tokens[at].meanings.get("slice", 0))
    if nth is not None and of:
        number = of if nth == -1 else int(nth)
        return (number if number <= of else 0), of, at + 1
    return 0, 0, i


def year_quarter(tokens: Tokens, i: int) -> Match | None:
    """Read "2022 Q3", "2018/19 Q3" and, in an address, "/2021/autumn/"."""
    if not is_year(tokens[i]):
        return None
    split = split_year(tokens, i)
    after = split[1] if split else i + 1
    number, of, at = _slice(tokens, after)
    if number and _is_letter(tokens[after]):
        first_month = _FISCAL_FIRST_MONTH if split else 1
        return Match((Slice(number=number, of=of, year=tokens[i].number, first_month=first_month),), at)
    season_of = tokens[i + 2].meanings.get("season")
    if tokens[0].text == tokens[i + 1].text == "/" and season_of is not None:
        return Match((Season(season=int(season_of), year=tokens[i].number),), i + 3)
    return None


def iso_month(tokens: Tokens, i: int) -> Match | None:
    """Read "2026-03" and, in an address, "/2023/03/"."""
    first, mark, second = tokens[i : i + 3]
    if not is_year(first) or not 1 <= second.number <= 12 or not (mark.glued and second.glued):
        return None
    if mark.text == "年" and tokens[i + 3].text == "月":
        return Match((Month(month=second.number, year=first.number),), i + 4)
    in_address = mark.text == "/" and i > 0 and tokens[i - 1].text == "/" and tokens[i + 3].text in ("/", "")
    if in_address and i > 1 and tokens[i - 2].text.isupper():
        return None  # "APP/2023/12"
    if len(second.text) != 2:
        return None
    ended = tokens[i + 3].text in ("", "/") if tokens[0].text == "/" else tokens[i + 3].text == ""
    if not in_address and (mark.text != "-" or (tokens[i + 3].glued and not ended)):
        return None
    return Match((Month(month=second.number, year=first.number),), i + 3)


def month_in_figures(tokens: Tokens, i: int) -> Match | None:
    """Read "03/2024" where it is all there is, or stands after a word that asks for a month."""
    if tokens[i + 1].text not in ("/", "."):
        return None
    first, mark, second, after = tokens[i : i + 4]
    if not 1 <= first.number <= 12 or not (mark.glued and second.glued):
        return None
    led = (
        i == 0
        or tokens[i - 1].text == ":"
        or tokens[i - 1].text.lower() in YEAR_CUES
        or tokens[i - 1].meanings.get("link") in ("range", "from")
    )
    apart = not after.glued or (after.number < 0 and after.text not in ("/", "-", ".", ","))
    if len(first.text) != 2 or not is_year(second) or not led or not apart:
        return None
    return Match((Month(month=first.number, year=second.number),), i + 3)
