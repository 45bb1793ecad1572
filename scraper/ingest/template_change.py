"""A site that is set anew: which differences between two readings are its template's, and which its words'."""

from __future__ import annotations

import re

from scraper.normalise import text

TOLD_BY_TEMPLATES = ("summary", "byline", "categories")  # what one template prints and another does not
SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
KEPT = 0.5  # of the shorter text's words that must stand in both for them to be one text
EDITED = 0.4  # of the words of two sentences in common: one is the other, edited
MOST_PAIRS = 2_000

Changes = dict[str, dict[str, object]]  # field → before, after


def without_setting(changed: Changes, old: str, new: str) -> Changes:
    """Return the changes that another template does not explain; `old` and `new` are the texts as read alone.

    It adds and drops whole sentences around a text, prints fields that the one before did not, and names the site in
    a title. A sentence that was edited is a change all the same.
    """
    return {
        name: pair
        for name, pair in changed.items()
        if name not in TOLD_BY_TEMPLATES
        and pair["before"]
        and pair["after"]
        and not (name == "title" and is_part(str(pair["before"]), str(pair["after"])))
        and not (name == "text" and is_same_story(old, new))
    }


def is_part(one: str, other: str) -> bool:
    """Say whether one title is the other with words added before or behind it."""
    short, long = sorted((text.fold(one), text.fold(other)), key=len)
    return long.startswith(short) or long.endswith(short)


def is_same_story(old: str, new: str) -> bool:
    """Say whether two texts differ only in whole sentences that stand in one of them."""
    before, after = (dict.fromkeys(filter(None, SENTENCE.split(text.fold_lines(words)))) for words in (old, new))
    lost = [sentence for sentence in before if sentence not in after]
    gained = [sentence for sentence in after if sentence not in before]
    kept = sum(len(sentence.split()) for sentence in before if sentence in after)
    if not kept or kept < KEPT * min(sum(len(one.split()) for one in sentences) for sentences in (before, after)):
        return False
    if len(lost) * len(gained) > MOST_PAIRS:
        return False
    return not any(is_edited(one, other) for one in lost for other in gained)


def is_edited(one: str, other: str) -> bool:
    """Say whether one sentence is the other, edited."""
    first, second = set(one.split()), set(other.split())
    return len(first & second) >= EDITED * min(len(first), len(second))
