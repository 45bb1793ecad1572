"""What a label of several words is about: words that say it all, and words that only say what is done with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from scraper.vocabulary import terms
from scraper.vocabulary.labels import LINKING, is_after, singular

LONGEST_COMPOUND = 6  # words; longer ones are sentences

# The kinds of `nouns.csv`; a noun stands for its plural too, one listed in the plural for the plural only.
HEAD = "head"  # all its compounds are of its kind: every "… history" is history, while a "… culture" may be yoghurt's
PLAIN = "plain"  # at the end, it says what is done or offered, not with what: "Bus reform", "Tennis league"
UNSURE = "unsure"  # a label whose compounds with a plain noun are seldom about it: "Party leaders", "House sale"
PREPOSITIONS = frozenset("about across against around at for from in into of on through to with".split())
LINKS = LINKING | PREPOSITIONS | {"a", "an"}
# Nouns that, with the plain ones, only say who or what deals with what follows: "School of Law", "Living with cancer".
HOLDERS = frozenset("adults academy college everyone living month school support those working".split())
ADDRESSED = frozenset("for information events news resources updates".split())  # "Information for students"


def find_cores(folded: str) -> Iterator[str]:
    """Yield what a short compound may be about, the surest first.

    That is what it ends with, if more than one word or a `HEAD` ("Roman history", "Home fire safety"), then the
    same without the plain nouns at its end, which may be all before them ("Bus reform").
    """
    words = folded.split(" ")
    if not 1 < len(words) <= LONGEST_COMPOUND:
        return
    for end in range(len(words), 0, -1):
        for start in range(end == len(words), end):
            if _is_core(words, start, end):
                yield " ".join(words[start:end])
        if not is_plain(words[end - 1]):
            return


def _is_core(words: Sequence[str], start: int, end: int) -> bool:
    if "and" in words[:start] or not LINKS.isdisjoint((words[start], words[end - 1])):
        return False  # the second of two things, of which the first is not known, or half of both
    if end - start > 1:
        return True
    return is_sure(words[0]) if start == 0 else is_head(words[start])


def is_head(word: str) -> bool:
    """Tell whether a noun at the end of a compound says what all such compounds are about."""
    return _is_kind(word, HEAD)


def is_plain(word: str) -> bool:
    """Tell whether a noun at the end of a compound says nothing of what it is about."""
    return _is_kind(word, PLAIN) or is_after(word)


def is_sure(folded: str) -> bool:
    """Tell whether a known label means the same with an unknown word beside it."""
    return folded not in _nouns()[UNSURE]


def _is_kind(word: str, kind: str) -> bool:
    return word in _nouns()[kind] or singular(word) in _nouns()[kind]


@cache
def _nouns() -> Mapping[str, frozenset[str]]:
    rows = tuple(terms.read_table("nouns.csv"))
    return {kind: frozenset(noun for noun, its in rows if its == kind) for kind in (HEAD, PLAIN, UNSURE)}


def is_addressed(folded: str) -> bool:
    """Tell whether a label names the readers it is for, not a topic: "For students", "Information for patients"."""
    words = folded.split(" ")
    return len(words) > 1 and "for" in words[:2] and words[0] in ADDRESSED


def split_preposition(folded: str) -> tuple[str, str] | None:
    """Return what stands before and after the first preposition of a short label; None when there is none."""
    words = folded.split(" ")
    at = next((n for n, word in enumerate(words) if word in PREPOSITIONS), 0)
    if not 0 < at < len(words) - 1 or len(words) > LONGEST_COMPOUND + 2:
        return None
    return " ".join(words[:at]), " ".join(_without_article(words[at + 1 :]))


def is_holder(folded: str) -> bool:
    """Tell whether what stands before a preposition leaves the topic to what comes after it."""
    return all(word in HOLDERS or singular(word) in HOLDERS or is_plain(word) for word in folded.split(" "))


def _without_article(words: Sequence[str]) -> Sequence[str]:
    return words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words
