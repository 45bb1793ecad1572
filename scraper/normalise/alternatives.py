"""Patterns of many words, put so that `re` tries at each place only those of its letter.

Written plainly, 200 alternatives are tried one by one at every word of a text, and one that begins with a group costs
ten of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

_PIECE: Final = re.compile(r"\\.|\[(?:\\.|[^\]\\])+\]|.", re.DOTALL)  # an escape, a class of characters, a character
_OPENING: Final = "(?:"
_QUANTIFIERS: Final = ("?", "*", "+", "{")


def grouped(alternatives: str) -> str:
    """Return alternatives with those of one first letter together, for a pattern of which only a match is asked.

    Which of several alternatives matches may change, so their ends may; whether one does, and where it begins, may not.
    """
    by_letter: dict[str, list[str]] = {}
    others: list[str] = []
    for one in spelled(alternatives):
        if one[:1].isalpha() and not one.startswith(_QUANTIFIERS, 1):
            by_letter.setdefault(one[0], []).append(one[1:])
        else:
            others.append(one)
    return "|".join([*(f"{letter}(?:{'|'.join(rests)})" for letter, rests in by_letter.items()), *others])


def spelled(alternatives: str) -> Iterator[str]:
    """Yield alternatives, those that begin with a group as one for each of its own: '(?:open|fun) days?'."""
    for one in split(alternatives):
        end = group_end(one) if one.startswith(_OPENING) else 0
        rest = one[end:]
        if end == 0 or rest.startswith(_QUANTIFIERS[1:]):
            yield one
            continue
        if rest.startswith("?"):
            rest = rest[1:]
            yield from spelled(rest)
        for lead in split(one[len(_OPENING) : end - 1]):
            yield from spelled(lead + rest)


def split(alternatives: str) -> list[str]:
    """Return the alternatives of a pattern, groups left whole."""
    depth, found = 0, [""]
    for piece in _PIECE.findall(alternatives):
        depth += (piece == "(") - (piece == ")")
        if piece == "|" and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return found


def group_end(pattern: str) -> int:
    """Return where the group ends with which a pattern begins."""
    depth = 0
    for piece in _PIECE.finditer(pattern):
        depth += (piece.group() == "(") - (piece.group() == ")")
        if depth == 0:
            return piece.end()
    return len(pattern)
