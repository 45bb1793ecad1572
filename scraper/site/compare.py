"""Two revisions of a text, side by side in one: what was left out, what came in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import NamedTuple

MOST_CHARACTERS = 40_000
MOST_WORDS = 400  # a longer paragraph is shown whole, old then new: comparing words is quadratic
WORD = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(NamedTuple):
    """Some text and what became of it: 'same', 'gone' or 'new'."""

    fate: str
    text: str


def compare(before: str, after: str) -> list[list[Piece]]:
    """Return the changed paragraphs as pieces; unchanged ones are left out, an empty list says nothing changed."""
    old, new = paragraphs(before), paragraphs(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    changed: list[list[Piece]] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "replace" and b - a == d - c:
            changed += [list(words(x, y)) for x, y in zip(old[a:b], new[c:d], strict=True)]
        elif operation != "equal":
            changed += [[Piece("gone", text)] for text in old[a:b]]
            changed += [[Piece("new", text)] for text in new[c:d]]
    return changed


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, at most 2,000 of them."""
    return [part.strip() for part in text[:MOST_CHARACTERS].splitlines() if part.strip()][:2000]


def words(before: str, after: str) -> Iterator[Piece]:
    """Yield the pieces of one paragraph."""
    old, new = WORD.findall(before), WORD.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield Piece("gone", before)
        yield Piece("new", after)
        return
    for operation, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(old[a:b]))
        if d > c:
            yield Piece("new", "".join(new[c:d]))
