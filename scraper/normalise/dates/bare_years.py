"""Rules for years by themselves, stretches of them, and decades."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.clocks import is_military
from scraper.normalise.dates.printed_years import century, is_year
from scraper.normalise.dates.shapes import Decade, Link, Match, Year
from scraper.normalise.dates.tokens import DASHES, OPENING, Token, Tokens
from scraper.normalise.dates.words import words

YEAR_CUES: Final = words(
    "in during throughout of year years latach jahren années años circa c since for until till by before after late "
    "early mid"
)


_FOREIGN_CUES: Final = words("w we en im jahr yn în anul anului")


_LONGEST_SPAN: Final = 300


def short_span(tokens: Tokens, i: int) -> Match | None:
    """Read "1914-18": years, as no month has such a number."""
    if not is_year(tokens[i]):
        return None
    first, mark, second, after = tokens[i : i + 4]
    if mark.text not in DASHES or not mark.glued or len(second.text) != 2:
        return None
    ended = first.number - first.number % 100 + second.number
    if (
        second.number <= 12
        or ended <= first.number
        or (after.glued and after.text in ("-", "/"))
        or _is_tail(tokens, i)
    ):
        return None
    return Match((Year(year=first.number), Link(kind="range"), Year(year=ended)), i + 3)


def _is_tail(tokens: Tokens, i: int) -> bool:
    return i > 0 and tokens[i].glued and tokens[i - 1].text in ("-", "/", ".")


def decade(tokens: Tokens, i: int) -> Match | None:
    """Read "the 1990s", "the '90s"."""
    token, tail = tokens[i], tokens[i + 1]
    if token.number < 0 or token.number % 10 or not (tail.glued and tail.text in ("s", "S")):
        return None
    if is_year(token):
        return Match((Decade(year=token.number),), i + 2)
    led = i > 0 and (tokens[i - 1].text.lower() in ("'", "’", "‘", "the") or "part" in tokens[i - 1].meanings)
    led = led or (
        i > 1 and "link" in tokens[i - 1].meanings and tokens[i - 2].text in ("s", "S") and tokens[i - 2].glued
    )
    if len(token.text) == 2 and led:
        return Match((Decade(year=century(token.number) if token.number < 30 else 1900 + token.number),), i + 2)
    return None


def years(tokens: Tokens, i: int) -> Match | None:
    """Read "1927–1947", "2016 - 2018" wherever it stands."""
    first, mark, second, after = tokens[i : i + 4]
    if not (is_year(first) and is_year(second)) or mark.text not in DASHES or mark.glued != second.glued:
        return None
    before = tokens[i - 1].text if i else ""
    if (
        not first.number < second.number <= first.number + _LONGEST_SPAN
        or before in ("£", "$", "€", "#")
        or is_military(tokens, i + 2)
        or (first.glued and before not in OPENING)
        or (after.glued and after.text not in (".", ",", ";", ":", ")", "]", "'", "’"))
        or _counts(after)
    ):
        return None
    return Match((Year(year=first.number), Link(kind="range"), Year(year=second.number)), i + 3)


def year(tokens: Tokens, i: int) -> Match | None:
    """Read a bare year: after a word that asks for one, or when it is all there is."""
    if not is_year(tokens[i]) or (
        tokens[i + 1].glued and tokens[i + 1].text in (",", ".", "%") and tokens[i + 2].glued
    ):
        return None
    found = Match((Year(year=tokens[i].number),), i + 1)
    if i == 0 or (tokens[i - 1].text in OPENING and _is_range(tokens, i)):
        after = tokens[i + 1]
        listed = after.text == "," and is_year(tokens[i + 2])
        alone = listed or after.text in ("", "'", "’") or after.meanings.get("link") in ("range", "list", "until")
        return found if listed or (alone and after.text != ",") else None
    before = tokens[i - 1]
    if before.text in ("£", "$", "€") or (tokens[i].glued and before.text.isalpha() and before.text != "c"):
        return None
    if before.text == "(" and tokens[i + 1].text.isalpha() and not tokens[i + 1].meanings:
        return None
    if tokens[i + 1].text == ")" and tokens[i + 2].number >= 0:
        return None  # "(2019) 12 BLR 34"
    if tokens[0].text == before.text == "/" and tokens[i + 1].text in ("/", ""):
        return found  # a folder of an address
    return found if _is_cued(tokens, i) and not _counts(tokens[i + 1]) else None


def _is_range(tokens: Tokens, i: int) -> bool:
    """Tell "2019 to 2022"."""
    return tokens[i + 1].meanings.get("link") in ("range", "until") and is_year(tokens[i + 2])


def _is_cued(tokens: Tokens, i: int) -> bool:
    """Tell whether what stands before a number makes a year of it; a dash or "and" does so only after another year."""
    if i > 2 and (tokens[i - 2].text.lower(), tokens[i - 1].text.lower()) == ("at", "least"):
        i -= 2
    before = tokens[i - 1]
    link = before.meanings.get("link")
    if i > 1 and (tokens[i - 2].text.lower(), before.text.lower()) in (("up", "to"), ("c", ".")):
        return not tokens[i + 1].text.isalpha()
    if before.text.lower() in _FOREIGN_CUES:
        return not tokens[i + 1].text.isalpha() or tokens[i + 1].meanings.get("unit") == "year"
    if link in ("range", "list", "comma"):
        return i > 1 and (is_year(tokens[i - 2]) or "month" in tokens[i - 2].meanings)
    return before.text.lower() in YEAR_CUES or link in ("range", "between", "until", "from", "since", "open")


def _counts(token: Token) -> bool:
    """Tell whether the number counts what follows ("in 2000 homes")."""
    return token.text.lower() in ("people", "homes", "jobs", "visitors", "pupils", "students", "businesses", "miles")
