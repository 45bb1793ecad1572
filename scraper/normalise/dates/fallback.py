"""The last resort for languages without a table of their own: dateparser, loaded only for what looks like a date."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from scraper.normalise.dates.languages import LANGUAGES
from scraper.normalise.dates.lexicon import primary
from scraper.normalise.dates.scene import Scene
from scraper.normalise.dates.tokens import Tokens, size
from scraper.normalise.dates.values import Reading, of_day

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

_MOST_TOKENS: Final = 16


def read(text: str, tokens: Tokens, scene: Scene, languages: tuple[str, ...]) -> Reading | None:
    """A whole day that dateparser reads in one of the caller's languages, with day, month and year printed."""
    strange = tuple(sorted({primary(tag) for tag in languages} - {"en"} - set(LANGUAGES)))
    if not strange or not _is_plausible(tokens):
        return None
    parser = _parser(strange, scene.day_first)
    if parser is None:
        return None
    parsed = parser.get_date_data(text.strip())
    on = (
        parsed.date_obj.date()
        if parsed is not None and parsed.date_obj is not None and parsed.period in ("day", "time")
        else None
    )
    return None if on is None else of_day(on, text.strip())


def _is_plausible(tokens: Tokens) -> bool:
    """A few words, a day, a year and a word that may be a month."""
    real = tokens[: size(tokens)]
    figures = [token.number for token in real if token.number >= 0]
    has_year = any(1990 <= number <= 2100 for number in figures)
    has_day = any(1 <= number <= 31 for number in figures)
    has_word = any(len(token.text) > 2 and token.text.isalpha() for token in real)
    return len(real) <= _MOST_TOKENS and has_year and has_day and has_word


@lru_cache(maxsize=16)
def _parser(languages: tuple[str, ...], day_first: bool) -> DateDataParser | None:
    from dateparser.data.languages_info import language_order
    from dateparser.date import DateDataParser

    known = [language for language in languages if language in language_order]
    if not known:
        return None
    settings = {
        "DATE_ORDER": "DMY" if day_first else "MDY",
        "REQUIRE_PARTS": ["day", "month", "year"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    return DateDataParser(languages=known, settings=settings)
