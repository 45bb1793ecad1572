"""Which lists of dates are lists of events: the weaker the sign over one, the more its entries must say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta

from . import details, signs
from .entries import Entry
from .making import Page

FEW = 2
MANY = 3
LONG = 4  # days without hours that make a list in a dated post
LONGEST_ALONE = 300  # characters of an entry that is the only one
MOST_WRITTEN = 0.5  # of a list that look like cards of posts
OLDEST = timedelta(days=1_100)  # before the newest of a list: minutes go back to a council's first meeting


def believed(found: Sequence[Entry], about: Page) -> list[Entry]:
    """Return the entries that are events, without those long before the newest, in their order."""
    kept = [entry for group in groups_of(found, about) for entry in group]
    newest = max((on for entry in kept if (on := entry.reading.latest_on)), default=None)
    if newest is None:
        return kept
    return [entry for entry in kept if entry.reading.latest_on is None or entry.reading.latest_on >= newest - OLDEST]


def groups_of(found: Sequence[Entry], about: Page) -> Iterator[list[Entry]]:
    """Yield the entries under signs of one strength, where it is strong enough for what they are."""
    by_sign: dict[tuple[int, tuple[str, ...]], list[Entry]] = {}
    alone = Counter(entry.section for entry in found)
    for entry in found:
        headings = headings_of(entry, alone[entry.section] == 1)
        if details.is_other(entry) or (about.others and any(map(signs.AROUND.search, headings[1:]))):
            continue
        sign, number = signs.first_sign(headings[::-1], about.title, about.url)
        kept = headings[: max(0, len(headings) - number)] if sign != signs.STRONG else ()
        by_sign.setdefault((sign, kept), []).append(entry)
    for (sign, _), group in by_sign.items():
        if is_believed(group, sign, about):
            yield group


def headings_of(entry: Entry, alone: bool) -> tuple[str, ...]:
    """Return the headings of an entry's list: without those that only name it, or the card before it."""
    headings, ranks = entry.section.headings, entry.section.ranks
    own = min((line.rank for line in entry.others if line.rank), default=None)
    if own is not None:
        return tuple(words for words, rank in zip(headings, ranks, strict=True) if rank < own)
    names = bool(headings) and alone and signs.NEVER < signs.sign_of(headings[-1]) < signs.STRONG
    return headings[:-1] if names else headings


def is_believed(group: Sequence[Entry], sign: int, about: Page) -> bool:
    """Say whether a list under such a sign is one of events."""
    number = len(group)
    written = sum(bool(details.WRITTEN.search(entry.words)) for entry in group)
    if sign == signs.NEVER or written > MOST_WRITTEN * number:
        return False
    timed = sum(bool(details.told_by(entry).hours or "T" in (entry.reading.start or "")) for entry in group)
    if about.is_post:
        told = signs.sign_of(about.title) == signs.STRONG and (number >= LONG or 2 * timed > number)
        return sign == signs.STRONG and number >= FEW and told
    if sign == signs.STRONG:
        return number >= FEW or (timed > 0 and len(group[0].words) <= LONGEST_ALONE)
    if sign == signs.WEAK:
        return number >= MANY or (number >= FEW and timed == number)
    named = sum(bool(signs.HELD.search(entry.words)) for entry in group)
    return number >= MANY and 2 * named >= number
