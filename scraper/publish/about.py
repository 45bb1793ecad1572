"""What every export says about itself: the search it answers, how much it found, and as of when."""

from __future__ import annotations

import re
from dataclasses import dataclass

PUBLISHER = "Regional Archive"
# XML 1.0 section 2.2 allows no other control character; lone surrogates cannot be encoded at all.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, kw_only=True, slots=True)
class About:
    """An export as a whole. `as_of` is the end of the last crawl, UTC; `exact` is false when `count` is an estimate."""

    query: str
    count: int
    as_of: str
    url: str
    exact: bool = True
    title: str = PUBLISHER

    @property
    def sentence(self) -> str:
        """All of it in a line."""
        count = counted(self.count, "post") if self.exact else f"about {counted(self.count, 'post')}"
        return f"{self.query or 'every post'}: {count}, data as of {self.as_of or 'unknown'}, {self.url}"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: 1 post, 2,000 posts."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def plain(value: object) -> str:
    """Return a value as text that every format can carry; '' for None."""
    return UNPRINTABLE.sub("", "" if value is None else str(value))


def line(value: object) -> str:
    """Return a value as one line of text."""
    return " ".join(plain(value).split())
