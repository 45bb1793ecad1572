"""Whether the words around a date speak of what has been or of what is to come."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, Literal

from scraper.normalise.dates.words import words

Lean = Literal["past", "future", "near"]


_WORD: Final = re.compile(r"[^\W\d_]+")
_NEIGHBOURHOOD: Final = 140
_FUTURE: Final = words(
    "will shall upcoming forthcoming join book register next due proposed planned planning scheduled expected "
    "invited invite invites "
    "tomorrow soon rescheduled postponed odbędzie odbędą będzie wird werden aura sera tendrá será bydd"
)
_PAST: Final = words(
    "was were took held met had came went saw gave spoke began won led ran said told brought became made ended since "
    "last yesterday ago lost drew fell rose grew bought sent spent built wrote broke chose drove flew heard knew "
    "struck caught thought felt paid sang beat odbyła odbył odbyło fand war waren wurde"
)
_NOT_PAST: Final = words(
    "need limited proposed scheduled planned expected based invited postponed rescheduled indeed feed speed "
    "red bed used "
    "advanced united required interested related dedicated hundred provided"
)


_PRESENT: Final = words(
    "returns return reopens reopen opens starts start begins begin launches runs run arrives kicks hosts airs comes "
    "goes celebrates continues features closes ends face faces"
)
"""Verbs in the present that tell what is to come, where no word of the past stands beside them."""
_STATES: Final = words("is are remain remains remaining stay stays staying")
"""What stands before a participle that tells how things are: "is closed until"."""


_HAS_BEEN: Final = frozenset((("following", "a"), ("following", "an"), ("after", "a"), ("after", "an")))
"""What stands before something that has been: "after a fire in August"."""


def lean(before: str, after: str, *, term: bool = False) -> Lean:
    """The tense of the words next to a date; future words count for more, as reports name what they announce.

    `term`: they stand beside what says until when something lasts, where a participle tells a state: "closed until".
    """
    around = _WORD.findall(before[-_NEIGHBOURHOOD:].lower()) + _WORD.findall(after[:_NEIGHBOURHOOD].lower())[:8]
    pairs = set(pairwise(around))
    if _FUTURE.intersection(around) or _is_to_come(pairs):
        return "future"
    lasting = {word for first, word in pairs if first in _STATES}
    if pairs & _HAS_BEEN or any(
        word in _PAST or (_is_participle(word) and word not in lasting and not term) for word in around
    ):
        return "past"
    return "near" if _PRESENT.isdisjoint(around) else "future"


def _is_participle(word: str) -> bool:
    return word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST


def _is_to_come(pairs: set[tuple[str, str]]) -> bool:
    return bool(
        pairs
        & {
            ("to", "be"),
            ("were", "to"),
            ("was", "to"),
            ("is", "to"),
            ("are", "to"),
            ("be", "held"),
            ("is", "held"),
            ("are", "held"),
            ("taking", "place"),
            ("takes", "place"),
            ("sign", "up"),
            ("deadline", "is"),
            ("deadline", "of"),
            ("closing", "date"),
            ("save", "the"),
            ("go", "on"),
            ("goes", "on"),
        }
    )
