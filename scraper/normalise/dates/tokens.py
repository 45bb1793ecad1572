"""Text cut into numbers, words and marks, each with what the lexicon says of it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from scraper.normalise.dates.lexicon import NOTHING, Meanings, fold, lexicon

_TOKEN: Final = re.compile(
    r"\d+|(?<=\d)(?:st|nd|rd|th|ST|ND|RD|TH|St|Nd|Rd|Th|of)(?![a-z])|[年月日]|[^\W\d_]+|[^\s\w]|_"
)
_PAD: Final = 8
_LONGEST_NUMBER: Final = 14


class Token(NamedTuple):
    """A number, word or mark; `number` is -1 for what is none, `glued` says that no space stands before it."""

    text: str
    start: int
    end: int
    number: int
    meanings: Meanings
    glued: bool


Tokens = list[Token]


def tokenise(text: str, languages: tuple[str, ...], *, everything: bool) -> Tokens:
    """The tokens of a text, then some empty ones, so that rules may look ahead without asking."""
    words = lexicon(languages, everything)
    tokens: Tokens = []
    last = -1
    for found in _TOKEN.finditer(text):
        piece, start, end = found[0], found.start(), found.end()
        if piece[0].isdecimal():
            number, meanings = (int(piece) if len(piece) <= _LONGEST_NUMBER else 10**_LONGEST_NUMBER), NOTHING
        else:
            number, meanings = -1, words.get(fold(piece), NOTHING)
        tokens.append(Token(piece, start, end, number, meanings, start == last))
        last = end
    tokens.extend([Token("", len(text), len(text), -1, NOTHING, False)] * _PAD)
    return tokens


def size(tokens: Tokens) -> int:
    """The number of real tokens."""
    return len(tokens) - _PAD
