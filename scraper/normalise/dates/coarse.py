"""Rules for what is longer than a day: years, seasons, quarters, weeks by one of their days, parts of all these."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.days import century, days_of_month, is_year, month_first, year_first
from scraper.normalise.dates.figures import figures
from scraper.normalise.dates.relative import relative
from scraper.normalise.dates.shapes import (
    Around,
    Day,
    Decade,
    Item,
    Link,
    Match,
    Month,
    Nth,
    Part,
    Season,
    Shape,
    Shift,
    Slice,
    Weekday,
    Year,
)
from scraper.normalise.dates.tokens import Token, Tokens
from scraper.normalise.dates.words import words

_YEAR_CUES: Final = words("in during throughout of year circa c since for until till by before after late early mid")
_SMALL: Final = frozenset(("in", "-", "‐", "‑"))
_MOST_SMALL_WORDS: Final = 4
_FISCAL_FIRST_MONTH: Final = 4
_ACADEMIC_FIRST_MONTH: Final = 9


def shape_of(match: Match | None) -> Shape | None:
    """The one shape that a rule read, None where it read several or none."""
    if match is None or len(match.items) != 1:
        return None
    item: Item = match.items[0]
    return None if isinstance(item, Link) or not isinstance(item, Shape) else item


def _over(tokens: Tokens, i: int) -> int:
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
    if not follows or (tokens[i + 3].text in ("/", "-") and tokens[i + 3].glued):
        return None
    return first.number, i + 3


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
        at = _over(tokens, at)
    read = split_year(tokens, at)
    if read is None:
        return None
    following = tokens[read[1]].text.lower()
    if kind == "academic" or (not kind and following in ("academic", "school")):
        return Match((Year(year=read[0], first_month=_ACADEMIC_FIRST_MONTH),), read[1])
    return Match((Year(year=read[0], first_month=_FISCAL_FIRST_MONTH, precision="fiscal-year"),), read[1])


def season(tokens: Tokens, i: int) -> Match | None:
    """Read "autumn 2021", "winter 2021/22", "summer of 2024", "spring next year", "2021 spring"."""
    meaning = tokens[i].meanings.get("season", tokens[i].meanings.get("seasonal"))
    if meaning is None:
        return None
    number = int(meaning)
    at = i + 1 + (tokens[i + 1].text == "," or "of" in tokens[i + 1].meanings)
    split = split_year(tokens, at)
    if split is not None:
        return Match((Season(season=number, year=split[0] + (number < 23)),), split[1])
    if is_year(tokens[at]):
        return Match((Season(season=number, year=tokens[at].number),), at + 1)
    if "season" not in tokens[i].meanings:
        return None
    shift = _year_shift(tokens, i + 1)
    if shift is not None:
        return Match((Season(season=number, shift=shift[0]),), shift[1])
    return Match((Season(season=number),), i + 1)


def _year_shift(tokens: Tokens, i: int) -> tuple[int, int] | None:
    """Read "[of] this year", "next year", "last year"."""
    at = _over(tokens, i)
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


def quarter(tokens: Tokens, i: int) -> Match | None:
    """Read "Q3 2022", "2022 Q3", "H1 of 2022", "third quarter of 2023", "second half of the year"."""
    number, of, at = _slice(tokens, i)
    if not number:
        return None
    at = _over(tokens, at)
    if is_year(tokens[at]):
        return Match((Slice(number=number, of=of, year=tokens[at].number),), at + 1)
    shift = _year_shift(tokens, at)
    if shift is not None:
        return Match((Slice(number=number, of=of, shift=shift[0]),), shift[1])
    if tokens[at].meanings.get("unit") == "year" and at > i + 2:
        return Match((Slice(number=number, of=of, shift=0),), at + 1)
    return Match((Slice(number=number, of=of),), at) if of == 4 else None


def _slice(tokens: Tokens, i: int) -> tuple[int, int, int]:
    letter, digit = tokens[i], tokens[i + 1]
    if letter.text in ("Q", "q", "H") and digit.glued and len(digit.text) == 1:
        of = 2 if letter.text == "H" else 4
        return (digit.number if 1 <= digit.number <= of else 0), of, i + 2
    nth = letter.meanings.get("nth")
    at = i + 1 + (digit.text == "-")
    if nth is not None and tokens[at].text.lower() in ("quarter", "half"):
        of = 2 if tokens[at].text.lower() == "half" else 4
        number = of if nth == -1 else int(nth)
        return (number if number <= of else 0), of, at + 1
    return 0, 0, i


def year_quarter(tokens: Tokens, i: int) -> Match | None:
    """Read "2022 Q3", "2021 autumn"."""
    if not is_year(tokens[i]):
        return None
    number, of, at = _slice(tokens, i + 1)
    if number and tokens[i + 1].text in ("Q", "q", "H"):
        return Match((Slice(number=number, of=of, year=tokens[i].number),), at)
    return None


def iso_month(tokens: Tokens, i: int) -> Match | None:
    """Read "2026-03" and, in an address, "/2023/03/"."""
    first, mark, second = tokens[i : i + 3]
    if not is_year(first) or not 1 <= second.number <= 12 or not (mark.glued and second.glued):
        return None
    if mark.text == "年" and tokens[i + 3].text == "月":
        return Match((Month(month=second.number, year=first.number),), i + 4)
    in_address = mark.text == "/" and i > 0 and tokens[i - 1].text == "/" and tokens[i + 3].text in ("/", "")
    if len(second.text) != 2:
        return None
    if not in_address and (mark.text != "-" or (tokens[i + 3].glued and tokens[i + 3].text != "")):
        return None
    return Match((Month(month=second.number, year=first.number),), i + 3)


def decade(tokens: Tokens, i: int) -> Match | None:
    """Read "the 1990s", "the '90s"."""
    token, tail = tokens[i], tokens[i + 1]
    if token.number < 0 or token.number % 10 or not (tail.glued and tail.text == "s"):
        return None
    if is_year(token):
        return Match((Decade(year=token.number),), i + 2)
    if len(token.text) == 2 and i and tokens[i - 1].text in ("'", "’", "‘"):
        return Match((Decade(year=century(token.number) if token.number < 30 else 1900 + token.number),), i + 2)
    return None


def year(tokens: Tokens, i: int) -> Match | None:
    """Read a bare year: after a word that asks for one, or when it is all there is."""
    if not is_year(tokens[i]) or (
        tokens[i + 1].glued and tokens[i + 1].text in (",", ".", "%") and tokens[i + 2].glued
    ):
        return None
    found = Match((Year(year=tokens[i].number),), i + 1)
    if i == 0:
        alone = tokens[1].text == "" or tokens[1].meanings.get("link") in ("range", "list")
        return found if alone and tokens[1].text != "," else None
    before = tokens[i - 1]
    if before.text in ("£", "$", "€"):
        return None
    return found if _is_cued(tokens, i) and not _counts(tokens[i + 1]) else None


def _is_cued(tokens: Tokens, i: int) -> bool:
    """Tell whether what stands before a number makes a year of it; a dash or "and" does so only after another year."""
    before = tokens[i - 1]
    link = before.meanings.get("link")
    if link in ("range", "list") and before.text.lower() != "to":
        return i > 1 and is_year(tokens[i - 2])
    return before.text.lower() in _YEAR_CUES or link in ("range", "between", "until", "from", "open")


def _counts(token: Token) -> bool:
    """Tell whether the number counts what follows ("in 2000 homes")."""
    return token.text.lower() in ("people", "homes", "jobs", "visitors", "pupils", "students", "businesses", "miles")


def around(tokens: Tokens, i: int) -> Match | None:
    """Read "w/c 14 June", "week commencing Monday 21 June 2021", "week of 10 May", "the weekend of 12 June"."""
    how, at = _around_word(tokens, i)
    if not how:
        return None
    at = _over(tokens, at)
    for rule in (figures, days_of_month, month_first, year_first):
        found = rule(tokens, at)
        if found is not None and isinstance(found.items[0], Day):
            items = (Around(how=how, day=item) if isinstance(item, Day) else item for item in found.items)
            return Match(tuple(items), found.next)
    return None


def _around_word(tokens: Tokens, i: int) -> tuple[str, int]:
    word = tokens[i].text.lower()
    if word == "w" and tokens[i + 1].text == "/" and tokens[i + 2].text.lower() in ("c", "b", "e"):
        return ("ending" if tokens[i + 2].text.lower() == "e" else "commencing"), i + 3
    if word in ("wc", "wb"):
        return "commencing", i + 1
    unit, tail = tokens[i].meanings.get("unit"), tokens[i + 1].text.lower()
    if unit == "week" and tail in ("commencing", "beginning", "starting", "from"):
        return "commencing", i + 2
    if unit == "week" and tail == "ending":
        return "ending", i + 2
    if unit in ("week", "weekend") and tail == "of":
        return str(unit), i + 2
    return "", i


def nth(tokens: Tokens, i: int) -> Match | None:
    """Read "the second Tuesday of June 2021", "last Thursday in May", "the first week of September"."""
    number = tokens[i].meanings.get("nth")
    at = i + 1
    if number is None and 1 <= tokens[i].number <= 5 and "suffix" in tokens[i + 1].meanings and tokens[i + 1].glued:
        number, at = tokens[i].number, i + 2
    if number is None:
        return None
    named = tokens[at].meanings.get("weekday")
    if named is None and tokens[at].meanings.get("unit") != "week":
        return None
    if "of" not in tokens[at + 1].meanings and tokens[at + 1].text.lower() != "in":
        return None
    if tokens[at + 2].meanings.get("link") == "every":
        return Match((Link(kind="every"),), at + 3)
    inner = _longer(tokens, _over(tokens, at + 1))
    whole = shape_of(inner)
    if inner is None or whole is None or isinstance(whole, Day | Weekday):
        return None
    weekday = None if named is None else int(named)
    return Match((Nth(number=int(number), weekday=weekday, whole=whole),), inner.next)


def part(tokens: Tokens, i: int) -> Match | None:
    """Read "early November 2015", "mid-March", "at the end of the month", "late spring", "early next year"."""
    kind = tokens[i].meanings.get("part")
    if kind is None:
        return None
    at = i + 1
    if tokens[i].text.lower() in ("start", "end", "close", "beginning", "middle") and "of" not in tokens[at].meanings:
        return None
    if tokens[at].text.lower() in ("to", "–", "-") and "part" in tokens[at + 1].meanings:
        at += 2
    at = _over(tokens, at)
    if is_year(tokens[at]) and split_year(tokens, at) is None and decade(tokens, at) is None:
        return Match((Part(part=str(kind), whole=Year(year=tokens[at].number)),), at + 1)
    inner = _longer(tokens, at)
    whole = shape_of(inner)
    if inner is None or whole is None or isinstance(whole, Day | Weekday | Part):
        return None
    return Match((Part(part=str(kind), whole=whole),), inner.next)


def _longer(tokens: Tokens, i: int) -> Match | None:
    """Something longer than a day, also "the month", "this year", "next week"."""
    unit = tokens[i].meanings.get("unit")
    if unit in ("month", "year", "week") and "side" not in tokens[i].meanings:
        return Match((Shift(unit=str(unit), count=0),), i + 1)
    for rule in (financial_year, season, month_and_year, quarter, decade, relative, iso_month, year):
        found = rule(tokens, i)
        if found is not None:
            return found
    return None
