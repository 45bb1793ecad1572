"""A visit to one source under way: what was read of it, and which of its pages wait."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field, replace

from scraper.models import Candidate, Reading
from scraper.normalise import urls
from scraper.store.archive import Row

OTHER_LISTS, NOTHING_MORE = "other lists", "nothing more"  # what a source is asked to remember
LONGEST_PAGE = 200  # addresses by which a page is compared with the one before


@dataclass(slots=True)
class Walk:
    """A visit to one source under way, page after page."""

    row: Row
    began_at: str
    memory: dict[str, str]
    pages: int = 0
    links: int = 0
    barren: int = 0
    whole: bool = True
    quiet: bool = False  # the source said that nothing happened: 304, or its own count and newest change
    answered_at: str | None = None  # the last answer; None while there was none
    waiting: list[str] = field(default_factory=list)
    further: list[str] = field(default_factory=list)  # other lists that its pages lead to, read when nothing waits
    seen: set[str] = field(default_factory=set)
    pages_of_list: set[str] = field(default_factory=set)  # their keys; what a list says of itself is no post
    last_page: frozenset[str] = frozenset()  # keys of what the page before listed
    listed: set[str] = field(default_factory=set)  # keys of all that its pages have listed
    lists_read: int = 0  # of those other lists
    beyond: bool = False  # they listed what its own pages do not

    def take(self, keys: Set[str]) -> bool:
        """Keep what a page lists; say whether any of it is new to this walk, though other sources may know it."""
        is_fresh = not keys <= self.listed
        self.listed |= keys
        self.beyond = self.beyond or (is_fresh and self.lists_read > 0)
        return is_fresh

    def first_words(self, candidate: Candidate) -> Candidate:
        """Return a candidate with the words of the first page of a listing alone: archives print a title otherwise."""
        repeated = self.row["kind"] == "listing" and urls.url_key(candidate.url) in self.listed
        return replace(candidate, claims=None) if repeated else candidate

    def is_all_of_lists(self) -> bool:
        """Say whether a visit before saw that the other lists name nothing beyond the source's own pages."""
        return self.memory.get(OTHER_LISTS) == NOTHING_MORE

    def remember_lists(self) -> None:
        """Keep for the next visit that the other lists, all of them read, named nothing more."""
        if self.lists_read and self.whole and not self.beyond:
            self.memory = {**self.memory, OTHER_LISTS: NOTHING_MORE}

    def repeats(self, reading: Reading) -> bool:
        """Say whether a page that names a next one lists just what the one before did: there are no more."""
        before = self.last_page
        self.last_page = frozenset(urls.url_key(candidate.url) for candidate in reading.candidates[:LONGEST_PAGE])
        return bool(reading.next_urls and before) and before == self.last_page
