"""Rules for days of a month, alone or several before one month name, and for months."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from scraper.normalise.dates.lexicon import collides
from scraper.normalise.dates.no_days import counts, is_clock, is_in_address, is_in_time, is_label, is_score
from scraper.normalise.dates.printed_years import is_year, year_after
from scraper.normalise.dates.shapes import Day, Item, Link, Match, Month, Weekday
from scraper.normalise.dates.tokens import Token, Tokens
from scraper.normalise.dates.words import words

_JOINS: Final = frozenset(("link", "of", "clock"))
_DAY_CUES: Final = frozenset(("on", "until", "till", "by", "from", "before", "after", "since", "for"))
_MOST_SMALL_WORDS: Final = 4
DOUBTFUL: Final = words("out set ago led dub oca ara tem eki elo gen an")
_MOST_DAYS: Final = 8
_ARTICLES: Final = frozenset(("the", "el", "le", "il", "den", "dem", "zum", "am", "dydd", "ddydd"))
_BEFORE_YEAR: Final = {
    **{word: month for month, word in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), start=1)},
    "sie": 8,  # the Polish August, which the lexicon cannot tell from the pronoun "się"
}
FIRST_NAMES: Final = words("April June August Avril Mai Juni Jan May")
STREETS: Final = words("Street Road Avenue Lane Close Drive Way Terrace Crescent Gardens Court Place Mews")
_BETWEEN: Final = frozenset("/.-|,")
_APART: Final = frozenset("/-|,")
_DAYPARTS: Final = words("mornings afternoons evenings nights lunchtimes")


class _Numbered(NamedTuple):
    weekday: int | None
    day: int
    ordinal: bool
    next: int


_Days: TypeAlias = tuple[list[_Numbered], list[str], int]
"""Days, the links between them, and the token after the last."""


def weekday_of(token: Token) -> int | None:
    """The weekday that a word names, abbreviations of other languages included."""
    value = token.meanings.get("weekday", token.meanings.get("short"))
    return None if value is None else int(value)


def _skip(tokens: Tokens, i: int, *kinds: str) -> int:
    for _ in range(_MOST_SMALL_WORDS):
        if not any(kind in tokens[i].meanings for kind in kinds):
            break
        i += 1
    return i


def _day(tokens: Tokens, i: int) -> _Numbered | None:
    """Read "Tuesday, the 14th", "Tue. 14", "14", "15."."""
    weekday = weekday_of(tokens[i])
    at = i
    if weekday is not None:
        at += 1
        at += tokens[at].text in (".", ",", "(")
    at += at > i and "link" in tokens[at].meanings and tokens[at].text in ("-", "–", "|")
    at = _skip(tokens, at, "article") if tokens[at].text.lower() == "the" else at
    token = tokens[at]
    if not 1 <= token.number <= 31 or len(token.text) > 2 or (at > 0 and tokens[at - 1].text in ("£", "$", "€")):
        return None
    if is_in_time(tokens, at) or is_clock(tokens, at):
        return None
    after = at + 1
    ordinal = "suffix" in tokens[after].meanings and tokens[after].glued
    after += ordinal
    after += tokens[after].text == "." and (_goes_on(tokens[after + 1]) or tokens[after + 1].text == "/")
    return _Numbered(weekday, token.number, ordinal, after)


def _goes_on(token: Token) -> bool:
    """Tell whether the full stop before this token marks an ordinal ("15. März", "15.-17.") and ends no sentence."""
    if "month" in token.meanings or (token.number >= 0 and not token.glued and token.number > 31):
        return True
    return "link" in token.meanings and not token.text.istitle() and token.text not in (",", "(")


def _joined(tokens: Tokens, i: int) -> tuple[str, int] | None:
    """The list or range sign between two days ("," "and" "–" "/" "or", also ", and") and what follows it."""
    link = tokens[i].meanings.get("link")
    if tokens[i].text in ("/", "|"):
        return "list", i + 1
    if link not in ("range", "list", "until", "comma"):
        return None
    after = i + 1
    if link == "comma" and tokens[after].meanings.get("link") == "list":
        after += 1
    return ("list" if link in ("list", "comma") else "range"), after


def _days(tokens: Tokens, i: int, *, after_month: bool = False) -> _Days | None:
    first = _day(tokens, i)
    if first is None:
        return None
    days, links, after = [first], [], first.next
    while len(days) < _MOST_DAYS:
        joined = _joined(tokens, after)
        more = _day(tokens, joined[1] + (tokens[joined[1]].text.lower() in _ARTICLES)) if joined else None
        if joined is None or more is None or (after_month and "month" in tokens[joined[1]].meanings):
            break  # "Mar 8 – Mar 10"
        days.append(more)
        links.append(joined[0])
        after = more.next
    return days, links, after


def _items(days: list[_Numbered], links: list[str], month: int | None, year: int | None) -> tuple[Item, ...]:
    items: list[Item] = []
    for n, day in enumerate(days):
        if n:
            items.append(Link(kind=links[n - 1]))
        items.append(Day(day=day.day, month=month, year=year, weekday=day.weekday))
    return tuple(items)


def days_of_month(tokens: Tokens, i: int) -> Match | None:
    """Read "12-14 April", "Tues 2nd, 3rd and 4th of November 2021", "12 / April / 2022", "1 de marzo de 2024"."""
    if is_in_address(tokens, i):
        return Match((), i + 2)
    read = None if is_label(tokens, i) else _days(tokens, i)
    if read is None:
        return None
    days, links, after = read
    while True:
        at = _skip(tokens, after, "of", "article")
        mark = tokens[at].text if tokens[at].text in _BETWEEN else ""
        at += bool(mark)
        if tokens[at - 1].text == "." and tokens[at].glued:
            mark = "."
        month = _month(tokens, at)
        if month and mark in _APART and "month" in tokens[i].meanings:
            return None  # "Mar 8 - Mar 10", no "mardi 8"
        if month:
            break
        if len(days) == 1:
            named = _unmonthed(tokens, i, days[0])
            return named if len(read[0]) == 1 or named is None else _several_unmonthed(tokens, read) or named
        days, links, after = days[:-1], links[:-1], days[-2].next
    year, after = year_after(tokens, at + 1, mark)
    if year is None and (_is_doubtful(tokens[at]) or tokens[at + 1].text in STREETS):
        return None
    return Match(_items(days, links, month, year), after)


def _several_unmonthed(tokens: Tokens, read: _Days) -> Match | None:
    """Read "the 8th and 9th", "on the 8th, 9th and 10th"; "the 1st and 2nd teams" are nothing at all."""
    days, links, after = read
    if not all(day.ordinal for day in days):
        return None
    counts = tokens[after].text[:1].isalnum() and not _JOINS.intersection(tokens[after].meanings)
    return Match(() if counts else _items(days, links, None, None), after)


def _month(tokens: Tokens, i: int) -> int:
    """The month that a word names, or, before a year, a Roman number ("12 IV 2019") or "sie"; 0: none."""
    named = tokens[i].meanings.get("month")
    if named is not None:
        return int(named)
    return _BEFORE_YEAR.get(tokens[i].text, 0) if is_year(tokens[i + 1]) or is_year(tokens[i + 2]) else 0


def _unmonthed(tokens: Tokens, i: int, day: _Numbered) -> Match | None:
    """Read "Thursday 14th" and "the 13th": days whose month the anchor or a neighbour gives."""
    following = tokens[day.next]
    if (collides(tokens[i].text) and tokens[i].text.islower()) or _is_of_month(tokens, day.next):
        return None
    if (day.weekday is None and not day.ordinal) or "month" in tokens[i].meanings:
        return None
    if day.weekday is not None and ("weekday" not in tokens[i].meanings or is_score(tokens, day.next, day.day)):
        return None
    if day.weekday is None and (following.text[:1].isalnum() and not _JOINS.intersection(following.meanings)):
        return None
    if (
        day.weekday is not None
        or i == 0
        or (i > 1 and tokens[i - 1].text == "(" and "weekday" in tokens[i - 2].meanings)
        or (i == 1 and "article" in tokens[0].meanings)
        or (i > 1 and tokens[i - 2].text.lower() in _DAY_CUES)
    ):
        return Match((Day(day=day.day, weekday=day.weekday),), day.next)
    return None


def _is_of_month(tokens: Tokens, i: int) -> bool:
    """Tell "of next month" after a day, which names the month."""
    return (
        "of" in tokens[i].meanings
        and "side" in tokens[i + 1].meanings
        and tokens[i + 2].meanings.get("unit") == "month"
    )


def month_first(tokens: Tokens, i: int) -> Match | None:
    """Read "July 5–9, 2022", "March the 22nd", "May 2021", "OCT09", "February"; a weekday may lead."""
    weekday = weekday_of(tokens[i])
    at = i
    if weekday is not None and "month" not in tokens[i].meanings:
        at = i + 1 + (tokens[i + 1].text in (",", "."))
    if "month" not in tokens[at].meanings or ("link" in tokens[at].meanings and tokens[at].text.islower()):
        return None
    month = int(tokens[at].meanings["month"])
    after = at + 1 + (tokens[at + 1].text == "." and tokens[at].end == tokens[at + 1].start)
    separated = after + (tokens[after].text in ("/", "-", "|") and tokens[after + 1].number >= 0)
    read = None if weekday_of(tokens[separated]) is not None else _days(tokens, separated, after_month=True)
    if read is not None:
        days, links, end = read
        year, end = year_after(tokens, end, ",")
        if year is None and (_is_doubtful(tokens[at]) or _is_name(tokens[at]) or counts(tokens, end)):
            return None
        if at > i and days[0].weekday is None:
            days[0] = days[0]._replace(weekday=weekday)
        return Match(_items(days, links, month, year), end)
    if at > i:
        return None
    year, end = year_after(tokens, after, "")
    if _is_doubtful(tokens[at]) or ("native" not in tokens[at].meanings and tokens[after].glued):
        return None
    return Match((Month(month=month, year=year),), end if year is not None else at + 1)


def _is_doubtful(month: Token) -> bool:
    """Tell whether a foreign month is written like an everyday word of another language: it needs a year then."""
    return "native" not in month.meanings and month.text.lower() in DOUBTFUL


def _is_name(month: Token) -> bool:
    """Tell a name before a number ("Augustus 3") from a foreign month, which stands after its day."""
    return "native" not in month.meanings and month.text.istitle()


def year_first(tokens: Tokens, i: int) -> Match | None:
    """Read "2024 March 5", "2024. március 5.", "/2023/march/"."""
    if not is_year(tokens[i]):
        return None
    at = i + 1
    at += tokens[at].text in (".", "/", "-", "|", ",")
    if "month" not in tokens[at].meanings:
        return None
    month = int(tokens[at].meanings["month"])
    after = at + 1 + (tokens[at + 1].text in (".", "/", "-"))
    day = tokens[after]
    if 1 <= day.number <= 31 and len(day.text) <= 2 and not is_clock(tokens, after):
        return Match((Day(day=day.number, month=month, year=tokens[i].number),), after + 1)
    if tokens[at + 1].text == "" or tokens[at].glued:
        return Match((Month(month=month, year=tokens[i].number),), after)
    return None


def weekday_alone(tokens: Tokens, i: int) -> Match | None:
    """Read a weekday that no number follows."""
    if "weekday" not in tokens[i].meanings:
        return None
    if tokens[i + 1].text.lower() in _DAYPARTS:
        return Match((Link(kind="recurring"),), i + 2)
    return Match((Weekday(weekday=int(tokens[i].meanings["weekday"])),), i + 1)
