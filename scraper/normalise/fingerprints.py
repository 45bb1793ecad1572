"""What tells a copied text: the hashes of some runs of five words, and how many of them two texts share.

A text is compared by the least hashes of its runs of words, a sample that two texts choose alike (A. Broder, "On the
resemblance and containment of documents", 1997). Only runs that begin with a longer word are hashed: that too is chosen
alike, and costs half. The hash is CRC-32 (zlib, ISO 3309), the same on every machine.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import compress
from zlib import crc32

RUN = 5  # words hashed together
LONG = 5  # bytes in UTF-8; a run begins with a word of more
MOST = 48  # fingerprints of a text, 4 bytes each
MOST_LETTERS = 12_000  # about 2,000 words: what follows is neither hashed nor compared
LEAST = 6  # fingerprints that a text must have to be compared, about 40 words

LEAST_SHARED = 4  # fingerprints; fewer are a common phrase
OF_SHORTER = 0.5  # the share of the shorter text that two partners' posts must have in common
OF_LONGER = 0.18  # and of the longer one: a round-up of five releases is none of them
OF_SIBLING = 0.9  # of both texts, in posts of one partner, whose notices follow one form

# Figures, letters and all that is beyond ASCII are words; `text.fold` has made quotes and dashes ASCII before.
SPACED = bytes(code if code >= 128 or chr(code).isalnum() else 32 for code in range(256))


def of_text(folded: str) -> tuple[int, ...]:
    """Return the fingerprints of a text that `text.fold` has folded, ascending; none for one too short to compare."""
    words = folded[:MOST_LETTERS].encode("utf-8", "replace").translate(SPACED).split()
    runs = zip(*(words[start:] for start in range(RUN)), strict=False)
    chosen = compress(runs, map(LONG.__lt__, map(len, words)))
    found = sorted(set(map(crc32, map(b" ".join, chosen))))[:MOST]
    return tuple(found) if len(found) >= LEAST else ()


def are_same_text(one: Sequence[int], other: Sequence[int], stock: Collection[int], *, siblings: bool) -> bool:
    """Say whether two posts carry the same text, by their fingerprints without those of `stock` phrases.

    `siblings` are posts of one partner. Only what both samples reach is compared: the sample of a long text ends at a
    lower hash.
    """
    reach = min(last_of(one), last_of(other))
    left = {number for number in one if number <= reach}.difference(stock)
    right = {number for number in other if number <= reach}.difference(stock)
    shared, shorter, longer = len(left & right), *sorted((len(left), len(right)))
    if shared < LEAST_SHARED:
        return False
    if siblings:
        return shared >= OF_SIBLING * longer
    return shared >= OF_SHORTER * shorter and shared >= OF_LONGER * longer


def is_within(one: Sequence[int], other: Sequence[int]) -> bool:
    """Say whether nearly all of the shorter of two texts stands in the longer one."""
    if not one or not other:
        return False
    reach = min(last_of(one), last_of(other))
    left, right = ({number for number in numbers if number <= reach} for numbers in (one, other))
    shared = len(left & right)
    return shared >= LEAST_SHARED and shared >= OF_SIBLING * min(len(left), len(right))


def last_of(numbers: Sequence[int]) -> int:
    """Return the greatest hash that a sample can hold: the last of a full one, any hash for one that holds all."""
    return numbers[-1] if len(numbers) == MOST else 2**32
