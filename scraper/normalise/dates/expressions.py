"""Reading one expression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from scraper.normalise.dates import anchors, fallback, surroundings
from scraper.normalise.dates.compose import Expression, compose
from scraper.normalise.dates.finding import extent, find
from scraper.normalise.dates.grammar import scan
from scraper.normalise.dates.reading import settle_and_write
from scraper.normalise.dates.scene import Scene
from scraper.normalise.dates.shapes import Placed, Shift, Weekday
from scraper.normalise.dates.tokens import Token, Tokens, size, tokenise, trim
from scraper.normalise.dates.values import Prefer, Reading

LONGEST_EXPRESSION: Final = 400


def read(
    text: str,
    *,
    context: str = "",
    anchor: str | date | datetime | None = None,
    languages: Sequence[str] = ("en",),
    day_first: bool | None = None,
    prefer: Prefer | None = None,
    latest: date | None = None,
) -> Reading | None:
    """Read one expression; None: not a date.

    `anchor` is when the text was written: a day, a time, or "YYYY-MM" where only that is known. `latest` is a day on
    which the text existed (its fetch): with neither anchor nor year, a named weekday picks the last fitting year up to
    it. Of texts over 400 characters the first expression is read.
    """
    if len(text) > LONGEST_EXPRESSION:
        found = find(text[: 2 * LONGEST_EXPRESSION], anchor=anchor, languages=languages, day_first=day_first)
        return found[0].reading if found else None
    text = trim(text)
    scene = anchors.scene(anchor, languages, day_first, prefer, latest)
    tokens = tokenise(text, tuple(languages), everything=True)
    placed = scan(tokens)
    return _read(text, tokens, placed, context[: surroundings.LONGEST_CONTEXT], scene, tuple(languages))


def _read(
    text: str, tokens: Tokens, placed: list[Placed], context: str, scene: Scene, languages: tuple[str, ...]
) -> Reading | None:
    expression = compose(placed)
    if expression is None:
        return fallback.read(text, tokens, scene, languages)
    if _is_name(expression, tokens, placed):
        return None
    before, after = surroundings.sides(text, context)
    shapes = surroundings.as_lasting(surroundings.as_issue(expression.shapes, after), before)
    clocks = expression.clocks or (surroundings.clock_after(after, languages) if shapes and after else ())
    bound = surroundings.bound(expression.bound, before + text[: extent(tokens, placed)[0]])
    expression = replace(expression, shapes=shapes, clocks=clocks, bound=bound)
    scene = surroundings.look(scene, before, after, languages, term=bound == "until")
    return settle_and_write(expression, scene, quote(text, tokens, placed))


def _is_name(expression: Expression, tokens: Tokens, placed: Sequence[Placed]) -> bool:
    """Tell a weekday in a name: "Sunday roast", "Wednesday Wellbeing Walks", "Small Business Saturday"."""
    if expression.bound or len(expression.shapes) + len(expression.clocks) != 1:
        return False
    if expression.clocks:
        return _is_hour_of(tokens, placed)
    shape = expression.shapes[0]
    if isinstance(shape, Shift):
        return _is_title(tokens, placed)
    if not isinstance(shape, Weekday) or shape.side is not None or shape.weeks or shape.week is not None:
        return False
    led, rest = tokens[: placed[0].first], tokens[placed[-1].after : size(tokens)]
    if tokens[placed[0].first].text.lower() in ("a", "an"):
        return True  # one of many: "a Sunday league side"
    if len(rest) > 1 and "daypart" in rest[0].meanings and rest[0].text.istitle() and all(map(_is_titled, rest[1:])):
        return True
    if [token.text for token in rest[1:2]] == ["s"] and len(rest) > 2 and all(map(_is_titled, rest[2:])):
        return True
    if not rest:
        return len(led) > 1 and all(map(_is_titled, led))
    return rest[0].text.isalpha() and not rest[0].glued and not rest[0].meanings and all(map(_is_titled, rest[1:]))


def _is_hour_of(tokens: Tokens, placed: Sequence[Placed]) -> bool:
    """Tell "Midnight Mass" from "midnight on Sunday"."""
    after = tokens[placed[-1].after]
    return "noon" in tokens[placed[-1].after - 1].meanings and after.text.isalpha() and not after.meanings


def _is_title(tokens: Tokens, placed: Sequence[Placed]) -> bool:
    """Tell "Tomorrow's World" from "tomorrow's meeting"."""
    first, after = placed[0].first, placed[-1].after
    whose = [token.text for token in tokens[after + 1 : after + 2]] == ["s"]
    return whose and tokens[first].text.istitle() and _is_titled(tokens[after + 2])


def _is_titled(token: Token) -> bool:
    return token.text.istitle() and not token.meanings


def quote(text: str, tokens: Tokens, placed: Sequence[Placed]) -> str:
    """The part of the text from the first to the last date or time in it."""
    start, end = extent(tokens, placed)
    return text[start:end]
