"""Which terms an unmapped label may mean: for the to-do list of a person, never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from scraper.vocabulary import rows, terms
from scraper.vocabulary.labels import LONGEST, fold, loosen


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """A term that may be meant; `score` is 0 to 1, `near` the known label that is close to the one asked for."""

    term: str
    label: str
    score: float
    near: str


def suggest(label: str, *, limit: int = 5) -> list[Suggestion]:
    """Return the nearest terms, best first, each once; none for a label that shares nothing with any."""
    asked = _grams(fold(label[:LONGEST]))
    if not asked:
        return []
    best: dict[str, Suggestion] = {}
    for score, near, id_ in sorted(_scores(asked), key=lambda found: (-found[0], found[1])):
        best.setdefault(id_, Suggestion(term=id_, label=terms.load()[id_].label, score=round(score, 3), near=near))
        if len(best) >= limit:
            break
    return list(best.values())[: max(limit, 0)]


def _scores(asked: frozenset[str]) -> Iterator[tuple[float, str, str]]:
    for near, id_, known in _known():
        shared = len(asked & known)
        if shared:
            yield 2 * shared / (len(asked) + len(known)), near, id_


@cache
def _known() -> tuple[tuple[str, str, frozenset[str]], ...]:
    table = rows.read()
    names = [(name, name, id_) for name, id_ in table.names.items()]
    aliases = [(folded, row.label, row.term) for folded, found in table.rows.items() for row in found if row.term]
    return tuple((near, id_, _grams(folded)) for folded, near, id_ in names + aliases)


def _grams(folded: str) -> frozenset[str]:
    """Return the three-letter pieces of each word, its start marked, and whole words, which weigh more."""
    return frozenset().union(*map(_word_grams, folded.split()))


@lru_cache(maxsize=16_384)
def _word_grams(printed: str) -> frozenset[str]:
    word = loosen(printed)
    return frozenset({f" {word} ", *(f" {word} "[n : n + 3] for n in range(len(word)))})
