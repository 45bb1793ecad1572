"""Whether figures are printed day first or month first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_FIGURES: Final = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-])")
_MONTH_FIRST: Final = frozenset(("en-us", "en-ph", "en-bz", "es-us", "es-pr", "chr-us"))
_LONGEST_TEXT: Final = 10_000


def default_day_first(language: str) -> bool:
    """The order of a language tag: month first in American English and its like, else day first."""
    return language.replace("_", "-").lower() not in _MONTH_FIRST


def day_order(texts: Sequence[str]) -> bool | None:
    """True: the figures are day first; False: month first; None: no text decides, or they disagree."""
    seen: set[bool] = set()
    for text in texts:
        for first, _, second, _ in _FIGURES.findall(text[:_LONGEST_TEXT]):
            if 12 < int(first) <= 31 and 1 <= int(second) <= 12:
                seen.add(True)
            elif 12 < int(second) <= 31 and 1 <= int(first) <= 12:
                seen.add(False)
    return seen.pop() if len(seen) == 1 else None
