"""Rules for a piece of something longer, or the week around a day: early June, the last Friday of May, w/c 13 June."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.bare_years import decade, year
from scraper.normalise.dates.coarse import financial_year, iso_month, month_and_year, over, quarter, season, split_year
from scraper.normalise.dates.counted import count
from scraper.normalise.dates.days import days_of_month, month_first, weekday_alone, year_first
from scraper.normalise.dates.figures import figures
from scraper.normalise.dates.printed_years import is_year
from scraper.normalise.dates.relative import relative, twelve_months
from scraper.normalise.dates.shapes import (
    REST,
    Around,
    Day,
    Item,
    Link,
    Match,
    Month,
    Nth,
    Part,
    Shape,
    Shift,
    Weekday,
    Year,
)
from scraper.normalise.dates.tokens import Tokens

_DOUBTFUL: Final = frozenset(("final", "half"))  # parts in Portuguese and Dutch
_NOUNS: Final = frozenset(("start", "end", "close", "beginning", "middle"))
_TO_PART: Final = frozenset(("to", "–", "-", "/", "and", "or"))
_LASTING: Final = frozenset(("from", "starting", "beginning", "commencing"))
_LEADING: Final = frozenset(("to", "ending", "ended"))


def around(tokens: Tokens, i: int) -> Match | None:
    """Read "w/c 13 June", "week commencing Monday 4 July 2022", "week of 9 May", "the weekend of 11 June"."""
    how, at = _around_word(tokens, i)
    if not how:
        return None
    at = over(tokens, at + (tokens[at].text == ":"))
    for rule in (figures, days_of_month, month_first, year_first):
        found = rule(tokens, at)
        if found is not None and found.items and isinstance(found.items[0], Day):
            if how in ("week", "weekend") and Link(kind="range") in found.items:
                return found
            items = [Around(how=how, day=item) if isinstance(item, Day) else item for item in found.items]
            further = _another(tokens, found.next) if how == "commencing" else None
            if further is None:
                return Match(tuple(items), found.next)
            return Match((*items, Link(kind="list"), Around(how=how, day=further[0])), further[1])
    return None


def _another(tokens: Tokens, i: int) -> tuple[Day, int] | None:
    """Read the second date of "weeks commencing 15 April and 6 May", and what follows it."""
    if tokens[i].meanings.get("link") != "list" and tokens[i].text != ",":
        return None
    found = days_of_month(tokens, i + 1) or month_first(tokens, i + 1)
    item = found.items[0] if found is not None and len(found.items) == 1 else None
    return (item, found.next) if found is not None and isinstance(item, Day) and item.weekday is None else None


def measured(tokens: Tokens, i: int) -> Match | None:
    """Read "six weeks from 3 June", "the three months to June 2024", "the year ending 31 March 2023"."""
    token, follower = tokens[i], tokens[i + 1]
    if token.number >= 0 and "unit" not in follower.meanings and follower.text != "-":
        return None
    if token.number < 0 and "number" not in token.meanings and "unit" not in token.meanings:
        return None
    counted = count(tokens, i) if "unit" not in token.meanings else (1, i)
    unit = tokens[counted[1]].meanings.get("unit") if counted else None
    if counted is None or unit not in ("day", "week", "fortnight", "month", "quarter", "year"):
        return None
    at = counted[1] + 1 + (tokens[counted[1] + 1].text.lower() == "period")
    what = tokens[at]
    at += tokens[counted[1] - 1].text == "-" and what.text.islower() and not what.meanings  # "a three-day event from"
    word = tokens[at].text.lower()
    how = "lasting" if word in _LASTING and unit != "quarter" else "leading" if word in _LEADING else ""
    if not how or (how == "leading" and unit in ("day", "week")) or (how == "lasting" and counted[1] == i):
        return None
    at += 1 + (tokens[at + 1].text.lower() in ("on", "from", "to", "the"))
    lasting = how == "lasting" and i > 0 and tokens[i - 1].text.lower() == "for"
    for rule in (figures, days_of_month, month_first, *((relative, weekday_alone) if lasting else ())):
        found = rule(tokens, at)
        if found is not None and len(found.items) == 1 and isinstance(found.items[0], Day | Month | Shift | Weekday):
            return Match((Around(how=how, day=found.items[0], unit=str(unit), count=counted[0]),), found.next)
    return None


def _around_word(tokens: Tokens, i: int) -> tuple[str, int]:
    word = tokens[i].text.lower()
    if (
        word == "w"
        and tokens[i + 1].text in ("/", ".")
        and tokens[i + 1].glued
        and tokens[i + 2].text.lower() in ("c", "b", "e")
    ):
        after = i + 3 + (tokens[i + 1].text == tokens[i + 3].text == ".")
        return ("ending" if tokens[i + 2].text.lower() == "e" else "commencing"), after
    if word in ("wc", "wb"):
        return "commencing", i + 1
    unit, tail = tokens[i].meanings.get("unit"), tokens[i + 1].text.lower()
    if unit == "week" and tail in ("commencing", "beginning", "starting", "from", "beg", "begins", "comm"):
        return "commencing", i + 2
    if unit == "week" and tail == "ending":
        return "ending", i + 2
    if unit in ("week", "weekend") and tail == "of":
        return str(unit), i + 2
    return "", i


def nth(tokens: Tokens, i: int) -> Match | None:
    """Read "the second Monday of July 2022", "last Thursday in May", "the first week of September"."""
    number = tokens[i].meanings.get("nth")
    at = i + 1
    if number is None and 1 <= tokens[i].number <= 5 and "suffix" in tokens[i + 1].meanings and tokens[i + 1].glued:
        number, at = tokens[i].number, i + 2
    if number is None:
        return None
    several = _several(tokens, i, number) if number in (1, -1) else None
    if several is not None:
        return several
    fortnight = tokens[at].meanings.get("unit") == "fortnight"
    named = tokens[at].meanings.get("weekday")
    unit = "week" if fortnight else "half" if tokens[at].text.lower() == "half" else tokens[at].meanings.get("unit")
    if named is None and unit not in ("week", "weekend", "half"):
        return None
    if "of" not in tokens[at + 1].meanings and tokens[at + 1].text.lower() != "in":
        return None
    if tokens[at + 2].meanings.get("link") == "every":
        return Match((Link(kind="every"),), at + 3)
    if named is not None and tokens[at + 2].text.lower() == "the" and tokens[at + 3].meanings.get("unit") == "month":
        return Match((Link(kind="recurring"),), at + 4)
    inner = _longer(tokens, over(tokens, at + 1))
    whole = _shape_of(inner)
    if inner is None or whole is None or isinstance(whole, Day | Weekday):
        return None
    weekday = None if named is None else int(named)
    if unit == "half" and not isinstance(whole, Month):
        return None
    return Match(
        (Nth(number=int(number), weekday=weekday, whole=whole, unit=str(unit or "week"), count=2 * fortnight),),
        inner.next,
    )


def _several(tokens: Tokens, i: int, number: int | str) -> Match | None:
    """Read "first six months of 2024", "last two weeks of July"."""
    counted = count(tokens, i + 1)
    unit = tokens[counted[1]].meanings.get("unit") if counted else None
    if counted is None or unit not in ("day", "week", "month") or "of" not in tokens[counted[1] + 1].meanings:
        return None
    inner = _longer(tokens, over(tokens, counted[1] + 1))
    whole = _shape_of(inner)
    if inner is None or whole is None or isinstance(whole, Day | Weekday):
        return None
    return Match((Nth(number=int(number), weekday=None, whole=whole, unit=str(unit), count=counted[0]),), inner.next)


def part(tokens: Tokens, i: int) -> Match | None:
    """Read "early April 2019", "mid-March", "at the end of the month", "late spring", "early next year"."""
    kind = tokens[i].meanings.get("part")
    if tokens[i].text.lower() in ("rest", "remainder") and "of" in tokens[i + 1].meanings:
        kind = REST
    if kind is None or (tokens[i].text.lower() in _DOUBTFUL and "month" not in tokens[i + 1].meanings):
        return None
    at = i + 1
    if tokens[i].text.lower() in _NOUNS and "of" not in tokens[at].meanings and not _is_end(tokens, i):
        return None
    last = kind
    at += tokens[at].text == "-" and tokens[at + 1].text.lower() == "to"
    if tokens[at].text.lower() in _TO_PART and "part" in tokens[at + 1].meanings:
        last, at = tokens[at + 1].meanings["part"], at + 2
    elif tokens[at].text.lower() == "to" and tokens[at + 1].text == "-" and "part" in tokens[at + 2].meanings:
        last, at = tokens[at + 2].meanings["part"], at + 3
    at = over(tokens, at)
    if is_year(tokens[at]) and split_year(tokens, at) is None and decade(tokens, at) is None:
        return Match(_parts(str(kind), str(last), Year(year=tokens[at].number)), at + 1)
    inner = _longer(tokens, at)
    whole = _shape_of(inner)
    if inner is None or whole is None or isinstance(whole, Day | Weekday | Part):
        return None
    if isinstance(whole, Shift) and whole.unit == "day":
        return inner  # "by the end of tomorrow"
    return Match(_parts(str(kind), str(last), whole), inner.next)


def _is_end(tokens: Tokens, i: int) -> bool:
    """Tell "end March 2024" and "by end 2025"."""
    after = tokens[i + 1]
    return tokens[i].text.lower() == "end" and ("month" in after.meanings or (is_year(after) and not after.glued))


def _parts(first: str, last: str, whole: Shape) -> tuple[Item, ...]:
    """One part, or "mid to late" as the range from one to the other."""
    ends = Part(part=first, whole=whole), Part(part=last, whole=whole)
    return ends[:1] if first == last else (ends[0], Link(kind="range"), ends[1])


def _longer(tokens: Tokens, i: int) -> Match | None:
    """Something longer than a day, also "the month", "this year", "next week"."""
    unit = tokens[i].meanings.get("unit")
    if unit in ("month", "year", "week") and not tokens[i].text.lower().endswith("s"):
        return Match((Shift(unit=str(unit), count=0),), i + 1)
    for rule in (financial_year, twelve_months, season, month_and_year, quarter, decade, relative, iso_month, year):
        found = rule(tokens, i)
        if found is not None:
            return found
    return None


def _shape_of(match: Match | None) -> Shape | None:
    """The one shape that a rule read, None where it read several or none."""
    if match is None or len(match.items) != 1:
        return None
    item = match.items[0]
    return item if isinstance(item, Shape) else None
