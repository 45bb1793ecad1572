"""Paragraphs cut into sentences, and sentences into clauses: what a date belongs to stands in its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SENTENCE = 600
LAST_WORD = re.compile(r"\w{1,7}\Z")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof rev cllr sir st rd ave no nos v vs etc approx est tel ext jan feb mar apr jun jul aug sep sept "
    "oct nov dec mon tue tues wed weds thur thurs fri sat sun".split()
)
STOP = re.compile(r"[.!?…][\"'’”)\]]{0,2}\s{1,3}(?=[\"'‘“(\[]?[A-ZÀ-Þ0-9£€$@#])")
CLAUSE = re.compile(
    r";\s|\s[–—-]\s|,?\s(?:whilst|while|whereas|followed by|and then|before it|after which|ahead of)\s"
    r"|,\s(?:but|and)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence and where it stands in its paragraph: character offsets, end exclusive."""

    start: int
    end: int
    words: str

    def clause(self, at: int) -> tuple[int, int]:
        """Return the bounds of the clause that holds the offset `at` of the paragraph."""
        begin, end = self.start, self.end
        for cut in CLAUSE.finditer(self.words):
            if self.start + cut.end() <= at:
                begin = self.start + cut.end()
            elif self.start + cut.start() > at:
                end = self.start + cut.start()
                break
        return begin, end


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a paragraph; very long ones are left out, they are no prose."""
    start = 0
    for stop in STOP.finditer(text):
        if text[stop.start()] == "." and is_abbreviated(text[max(0, stop.start() - 7) : stop.start()]):
            continue
        yield from sentence(text, start, stop.end())
        start = stop.end()
    yield from sentence(text, start, len(text))


def is_abbreviated(before: str) -> bool:
    """Say whether the words before a full stop end with an abbreviation or an initial; `a.m` ends with one, too."""
    last = LAST_WORD.search(before)
    word = last.group().lower() if last else ""
    return word in ABBREVIATIONS or (len(word) == 1 and word.isalpha() and word.isascii())


def sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield the words between two offsets as a sentence, if there are any and not too many."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if 0 < len(words) <= MAX_SENTENCE:
        yield Sentence(start=start, end=start + len(words), words=words)
