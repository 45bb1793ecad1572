"""One slip of the keyboard: which known label a misspelled one must be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from scraper.vocabulary import rows
from scraper.vocabulary.rows import HOME, Row

SHORTEST = 8  # letters of a key; under it, one slip leads from word to word ("baking", "banking")
SHORTEST_REPLACED = 10  # the same for a replaced letter ("planting", "planning")
EDGE = 3  # letters: a single slip leaves either the first or the last three of a key alone


def correct(key: str, language: str) -> Row | None:
    """Return the row that a loose key with one slip must mean; None when there is none or more than one term.

    Rows of a third language are left out: its words are near English ones by chance ("Produktion", "production").
    """
    if len(key) < SHORTEST:
        return None
    found = [row for known, row in _candidates(key) if row.language in (HOME, language) and is_slip(key, known)]
    return found[0] if found and len({row.term for row in found}) == 1 else None


def is_slip(key: str, known: str) -> bool:
    """Tell whether one letter was dropped, doubled, added, swapped with its neighbour or, in a long word, replaced.

    A letter more or less at the end makes another word more often than a slip: "intelligence", "Intelligencer".
    """
    if min(len(key), len(known)) < SHORTEST or abs(len(key) - len(known)) > 1 or key[0] != known[0]:
        return False
    start = next((n for n, (a, b) in enumerate(zip(key, known, strict=False)) if a != b), min(len(key), len(known)))
    if len(key) != len(known):
        longer, shorter = sorted((key, known), key=len, reverse=True)
        return start < len(shorter) and longer[start + 1 :] == shorter[start:]
    if key[start + 2 :] == known[start + 2 :] and key[start : start + 2] == known[start : start + 2][::-1]:
        return True
    return len(key) >= SHORTEST_REPLACED and key[start + 1 :] == known[start + 1 :]


def _candidates(key: str) -> Iterator[tuple[str, Row]]:
    near: dict[str, Row] = {}
    for edge in (key[:EDGE], "-" + key[-EDGE:]):
        near.update(_by_edge().get(edge, ()))
    yield from near.items()


@cache
def _by_edge() -> Mapping[str, list[tuple[str, Row]]]:
    index: defaultdict[str, list[tuple[str, Row]]] = defaultdict(list)
    for key, row in rows.loose().items():
        if row is not None and len(key) >= SHORTEST:
            index[key[:EDGE]].append((key, row))
            index["-" + key[-EDGE:]].append((key, row))
    return dict(index)
