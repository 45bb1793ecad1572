"""Paragraphs cut into sentences, and sentences into clauses: what a date belongs to stands in its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_SENTENCE = 600
ABBREVIATED = re.compile(
    r"\b(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|Rev|Cllr|Sir|St|Rd|Ave|No|nos?|vs?|etc|approx|est|tel|ext|e\.g|i\.e"
    r"|[ap]\.m|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tues?|Weds?|Thurs?|Fri|Sat|Sun)\Z",
    re.IGNORECASE,
)
STOP = re.compile(r"[.!?…][\"'’”)\]]{0,2}\s{1,3}(?=[\"'‘“(\[]?[A-ZÀ-Þ0-9£€$@#])|\n+")
CLAUSE = re.compile(
    r";\s|\s[–—-]\s|,?\s(?:whilst|while|whereas|followed by|and then|before it|after which|ahead of)\s"
    r"|,\s(?:but|and)\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence and where it stands in its text: character offsets, end exclusive."""

    start: int
    end: int
    words: str

    def clause(self, at: int) -> tuple[int, int]:
        """Return the bounds of the clause that holds the offset `at` of the text."""
        begin, end = self.start, self.end
        for cut in CLAUSE.finditer(self.words):
            if self.start + cut.end() <= at:
                begin = self.start + cut.end()
            elif self.start + cut.start() > at:
                end = self.start + cut.start()
                break
        return begin, end


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of a text whose lines are paragraphs; very long ones are left out, they are no prose."""
    start = 0
    for stop in STOP.finditer(text):
        if stop.group()[0] == "." and ABBREVIATED.search(text[max(0, stop.start() - 8) : stop.start()]):
            continue
        yield from sentence(text, start, stop.end())
        start = stop.end()
    yield from sentence(text, start, len(text))


def sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    """Yield the words between two offsets as a sentence, if there are any and not too many."""
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if 0 < len(words) <= MAX_SENTENCE:
        yield Sentence(start=start, end=start + len(words), words=words)
