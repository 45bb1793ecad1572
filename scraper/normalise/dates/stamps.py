"""Publication stamps as pages print them: one day or finer, in any of the languages known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from scraper.normalise.dates import anchors, fallback
from scraper.normalise.dates.compose import Expression, compose
from scraper.normalise.dates.expressions import quote
from scraper.normalise.dates.grammar import scan
from scraper.normalise.dates.plain import read_day
from scraper.normalise.dates.reading import settle_and_write
from scraper.normalise.dates.scene import Scene
from scraper.normalise.dates.shapes import Clock, Day, Link, Placed, Shift, Weekday, Year
from scraper.normalise.dates.tokens import Tokens, tokenise
from scraper.normalise.dates.values import Reading

_LONGEST: Final = 300
_FINE: Final = frozenset(("day", "minute", "second"))
_LONGEST_GAP: Final = 4
_DAY_AND_MONTH: Final = re.compile(r"\s{0,9}([0-9]{2})[./]([0-9]{2})\.?\s{0,9}")


def read_stamp(
    text: str,
    *,
    languages: Sequence[str] = ("en",),
    day_first: bool | None = None,
    anchor: str | date | datetime | None = None,
) -> Reading | None:
    """Read the first stamp in a text; None where it holds no day.

    The anchor is when the page was fetched: a stamp without a year is of the twelve months before it, and is not read
    where there is no anchor.
    """
    text = text[:_LONGEST]
    known = tuple(languages)
    plain = read_day(text, known)
    if plain is not None:
        return plain
    return read_by_rules(text, known, anchors.scene(anchor, languages, day_first, "past"))


def read_by_rules(text: str, known: tuple[str, ...], scene: Scene) -> Reading | None:
    """Read the first stamp in a text by the grammar, else by dateparser."""
    tokens = tokenise(text, known, everything=True)
    placed = [place for place in scan(tokens) if not isinstance(place.item, Link)]
    reading = _first_day(text, tokens, placed, scene) or _day_and_month(text, scene)
    if reading is not None:
        return reading
    return fallback.read(text, tokens, scene, known)


def _first_day(text: str, tokens: Tokens, placed: list[Placed], scene: Scene) -> Reading | None:
    for n, place in enumerate(placed):
        if not isinstance(place.item, Day | Shift | Weekday):
            continue
        chosen = _with_neighbours(tokens, placed, n)
        expression = compose(chosen)
        if expression is None:
            continue
        reading = settle_and_write(_one(expression), scene, quote(text, tokens, chosen))
        if reading is not None and reading.precision in _FINE and reading.start is not None:
            return reading
    return None


def _day_and_month(text: str, scene: Scene) -> Reading | None:
    """ "31/10", where the whole stamp is nothing else and the anchor gives the year."""
    found = _DAY_AND_MONTH.fullmatch(text)
    if found is None or scene.anchor is None:
        return None
    first, second = int(found[1]), int(found[2])
    day, month = (first, second) if scene.day_first else (second, first)
    if not 1 <= month <= 12:
        return None
    expression = Expression(shapes=(Day(day=day, month=month),), clocks=(), bound="")
    return settle_and_write(expression, scene, text.strip())


def _one(expression: Expression) -> Expression:
    """Only the first day and a single time: a stamp is no range."""
    clocks = tuple(replace(clock, end=None) for clock in expression.clocks[:1])
    return replace(expression, shapes=expression.shapes[:1], clocks=clocks, bound="", within=())


def _with_neighbours(tokens: Tokens, placed: list[Placed], n: int) -> list[Placed]:
    """The day with the weekday and time beside it, and a year after the time ("Feb 08 07:15 2022")."""
    chosen = [placed[n]]
    if n and isinstance(placed[n - 1].item, Clock | Weekday) and _is_near(placed[n - 1], placed[n]):
        chosen.insert(0, placed[n - 1])
    for following in placed[n + 1 : n + 3]:
        if not isinstance(following.item, Clock | Year | Weekday) or not _is_near(chosen[-1], following):
            break
        chosen.append(following)
    chosen.extend(_year_after(tokens, chosen))
    return chosen


def _year_after(tokens: Tokens, chosen: list[Placed]) -> list[Placed]:
    day = next((place.item for place in chosen if isinstance(place.item, Day)), None)
    after = chosen[-1].after
    token = tokens[after]
    if day is None or day.year is not None or len(token.text) != 4 or not 1990 <= token.number <= 2100:
        return []
    return [Placed(Year(year=token.number), after, after + 1)]


def _is_near(first: Placed, second: Placed) -> bool:
    return second.first - first.after <= _LONGEST_GAP
