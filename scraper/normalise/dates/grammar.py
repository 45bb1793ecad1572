"""The rules of dates in their order of trust, and the scan that applies them to a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from scraper.normalise.dates import bare_years, coarse, days, feasts, figures, parts
from scraper.normalise.dates.clocks import clock
from scraper.normalise.dates.counted import lasting
from scraper.normalise.dates.everyday import is_everyday
from scraper.normalise.dates.links import link, phrase
from scraper.normalise.dates.relative import relative
from scraper.normalise.dates.shapes import Match, Placed
from scraper.normalise.dates.tokens import Token, Tokens, size
from scraper.normalise.dates.words import words

Rule: TypeAlias = Callable[[Tokens, int], "Match | None"]

NUMBER_ORDER: Final[tuple[Rule, ...]] = (
    figures.compact,
    figures.iso_interval,
    figures.figures,
    figures.figures_range,
    days.year_first,
    coarse.year_quarter,
    coarse.financial_year,
    bare_years.short_span,
    bare_years.years,
    coarse.iso_month,
    coarse.month_in_figures,
    clock,
    parts.measured,
    days.days_of_month,
    coarse.quarter_in_figures,
    parts.nth,
    bare_years.decade,
    relative,
    bare_years.year,
)
WORD_ORDER: Final[tuple[Rule, ...]] = (
    feasts.feast,
    parts.part,
    parts.nth,
    parts.around,
    parts.measured,
    figures.figures,
    days.days_of_month,
    coarse.month_and_year,
    days.month_first,
    coarse.quarter,
    coarse.financial_year,
    coarse.season,
    relative,
    clock,
    days.weekday_alone,
)
_STARTING_WORDS: Final = (
    words(
        "w wc wb fy financial fiscal tax academic school il q h in couple no not up as with now just that "
        "within prior jusqu à on these those mis apart rest remainder"
    )
    | feasts.FIRST_WORDS
)
"""Words that begin a rule though they mean nothing by themselves."""
_JOINING: Final = frozenset(("link", "of", "article", "clock"))


def scan(tokens: Tokens) -> list[Placed]:
    """All that the rules read in the tokens, in order, each token at most once."""
    placed: list[Placed] = []
    i, count = 0, size(tokens)
    while i < count:
        match = _match(tokens, i)
        if match is None:
            i += 1
            continue
        placed.extend(Placed(item, i, match.next) for item in match.items)
        i = max(match.next, i + 1)
    return placed


def _match(tokens: Tokens, i: int) -> Match | None:
    token = tokens[i]
    if token.number >= 0:
        return _first(NUMBER_ORDER, tokens, i)
    word = token.text.lower()
    if not token.meanings and word not in _STARTING_WORDS and word != "/":
        return None
    if word == "for":
        duration = lasting(tokens, i)
        if duration is not None:
            return duration
    several = phrase(tokens, i, word)
    if several is not None:
        return several
    found = _first(_order_for(token), tokens, i)
    if found is not None and not is_everyday(tokens, i, found):
        return found
    return link(tokens, i)


def _order_for(token: Token) -> tuple[Rule, ...]:
    """No rule for mere joining words and marks, which are most of a text; an article can only begin a count."""
    if not token.meanings or not _JOINING.issuperset(token.meanings):
        return WORD_ORDER
    return (relative,) if "article" in token.meanings else ()


def _first(order: tuple[Rule, ...], tokens: Tokens, i: int) -> Match | None:
    for rule in order:
        found = rule(tokens, i)
        if found is not None:
            return found
    return None
