"""Figures that may be a year, in full or of two figures, alone or after a month."""

from __future__ import annotations

from typing import Final

from scraper.normalise.dates.clocks import is_military
from scraper.normalise.dates.tokens import Token, Tokens

EARLIEST_YEAR: Final = 1500


LATEST_YEAR: Final = 2199


_LONGEST_SHORT_MONTH: Final = 5


def is_year(token: Token) -> bool:
    """Tell whether a number can be a year printed in full."""
    return len(token.text) == 4 and EARLIEST_YEAR <= token.number <= LATEST_YEAR


def century(number: int) -> int:
    """The year of two figures: the nearer century to the web's own years."""
    return number + (2000 if number < 70 else 1900)


def year_after(tokens: Tokens, i: int, mark: str) -> tuple[int | None, int]:
    """The year after a month or day, and what follows; two figures need the same `mark` as stands before the month."""
    at = i + (tokens[i].text in (",", ".", "/", "-", "|", "–") or "of" in tokens[i].meanings)
    if tokens[i].text == "." and not tokens[at].glued and len(tokens[i - 1].text) > _LONGEST_SHORT_MONTH:
        return None, i
    if at > i and tokens[i].text == "." and tokens[at].text == ",":
        at += 1
    if is_year(tokens[at]) and not is_military(tokens, at) and not _opens_range(tokens, at):
        return tokens[at].number, at + 1
    if tokens[at].text in ("'", "’", "‘") and len(tokens[at + 1].text) == 2 and tokens[at + 1].number >= 0:
        return century(tokens[at + 1].number), at + 2
    same_mark = mark in ("/", "-", "|", ".") and tokens[i].text == mark
    if ((at == i and mark != ",") or same_mark) and len(tokens[at].text) == 2 and tokens[at].number >= 0:
        follower = tokens[at + 1]
        if (
            follower.number < 0
            and not follower.meanings
            and follower.text not in (":", ".", "%")
            and not _word(follower)
        ):
            return century(tokens[at].number), at + 1
    return None, i


def _opens_range(tokens: Tokens, i: int) -> bool:
    """Tell the hour of "1930 to 2130hrs" from the year of "2019 at 1400 hours" and "2024 - 0600hrs"."""
    later = tokens[i + 2].number > tokens[i].number
    return later and tokens[i + 1].meanings.get("link") in ("range", "until") and is_military(tokens, i + 2)


def _word(token: Token) -> bool:
    return token.text[:1].isalpha()
