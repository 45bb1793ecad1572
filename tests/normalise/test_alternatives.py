"""Patterns of many words, grouped by first letter."""

import re

import pytest

from scraper.extract.prose import cues, nouns
from scraper.normalise.alternatives import grouped, spelled

LISTS = (cues.NAMES, nouns.SURE, nouns.NOUN)
TEXTS = (
    "an event", "events", "the eventful day", "a half-marathon", "marathons", "half marathons", "masterclass",
    "master classes", "a careers fair", "fairy tales", "open day", "openly", "switch-on", "light on", "annual gala ball",
    "annual report", "May", "Mayor", "next week", "next year", "new year’s", "New Year’s", "bank Holiday", "Mai ", "g&a",
    "question and answer session", "will meet", "will miss", "tickets", "book your", "q&a event", "", "é", "E",
)  # fmt: skip


@pytest.mark.parametrize(
    ("alternatives", "expected"),
    [
        ("gigs?|galas?", "g(?:igs?|alas?)"),
        ("gigs?|fairs?|galas?", "g(?:igs?|alas?)|f(?:airs?)"),
        ("(?:open|fun) days?", "o(?:pen days?)|f(?:un days?)"),
        ("(?:half[- ])?runs?|races", "r(?:uns?|aces)|h(?:alf[- ]runs?)"),
        ("(?:a(?:b|c)|d)e", "a(?:(?:b|c)e)|d(?:e)"),
        (r"(?:x\)|[)y])z", r"x(?:\)z)|[)y]z"),
        ("x?y|(?:ab){2}c|[ab]c|d|", "d(?:)|x?y|(?:ab){2}c|[ab]c|"),
    ],
)
def test_alternatives_are_grouped_by_their_first_letter(alternatives, expected):
    assert grouped(alternatives) == expected


@pytest.mark.parametrize("words", LISTS)
def test_grouped_words_are_found_where_the_plain_ones_are(words):
    plain, quick = re.compile(rf"\b(?:{words})\b"), re.compile(rf"\b(?:{grouped(words)})\b")
    for text in TEXTS:
        starts = [found.start() if found else None for found in (plain.search(text), quick.search(text))]
        assert starts[0] == starts[1], text


@pytest.mark.parametrize("words", LISTS)
def test_each_word_of_an_event_begins_with_a_letter_to_which_the_search_leaps(words):
    assert all(word[0].isalpha() for word in spelled(words))
