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
_SUFFIXES: Final = frozenset(("st", "nd", "rd", "th"))
_NAMED: Final = frozenset(("month", "weekday", "short"))
_LONGEST_ABBREVIATION: Final = 5
_AFTER_ABBREVIATION: Final = re.compile(r"\s?[a-z/,;&–—-]")
DASHES: Final = frozenset("-–—‒‐‑−")
OPENING: Final = frozenset('([{"“„‘«*•·|:>')
"""Marks after which an expression begins as at the start of a text."""
_AROUND: Final = " \t\r\n\f\v\xa0\xad\u2009\u200b\u200e\u200f\u202f\ufeff\"“”„«»‘’'*•·|_<>–—-,.;:!?"
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}
_SHORT_YEAR: Final = re.compile(r"['’‘]\d\d(?!\d)")  # '90s
_DEEPEST: Final = 4


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
            if start == last and piece == "." and tokens and _abbreviates(tokens[-1], text, end):
                last = end
                continue
            if start == last + 1 and piece in _SUFFIXES and tokens and tokens[-1].number >= 0:
                last = start  # "24 th November", as superscripts come out of a page
        tokens.append(Token(piece, start, end, number, meanings, start == last))
        last = end
    tokens.extend([Token("", len(text), len(text), -1, NOTHING, False)] * _PAD)
    return tokens


def _abbreviates(token: Token, text: str, after: int) -> bool:
    """Tell the full stop of "Sept. to Dec." and "the last Thurs. of May", which says nothing, from the others."""
    return (
        2 < len(token.text) <= _LONGEST_ABBREVIATION
        and not _NAMED.isdisjoint(token.meanings)
        and _AFTER_ABBREVIATION.match(text, after) is not None
    )


def trim(text: str) -> str:
    """The text without the quotes, brackets, bullets and stops around it."""
    if text[:1].isalnum() and text[-1].isalnum():
        return text
    for _ in range(_DEEPEST):
        bare = text.lstrip(_AROUND)
        at = len(text) - len(bare)
        if _SHORT_YEAR.match(text, max(at - 1, 0)):
            bare = text[at - 1 :]
        bare = _unbracketed(bare.rstrip(_AROUND))
        if bare == text:
            break
        text = bare
    return text


def _unbracketed(text: str) -> str:
    """Without brackets around all of it, or with one that has lost its other half."""
    for opening, closing in _BRACKETS.items():
        opens, closes = text.startswith(opening), text.endswith(closing)
        if opens and closes and text.count(opening) == text.count(closing) == 1:
            return text[1:-1]
        if opens and closing not in text:
            return text[1:]
        if closes and opening not in text:
            return text[:-1]
    return text


def size(tokens: Tokens) -> int:
    """The number of real tokens."""
    return len(tokens) - _PAD
