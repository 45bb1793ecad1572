"""The parameters of a search: read from an address, checked, and written back into addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from urllib.parse import urlencode

from scraper.store import tallies

from . import query
from .query import Words
from .words import say

DIMENSIONS = ("kind", "partner", "term", "language", "is")
FLAGS = {
    "event": tallies.HAS_EVENT,
    "changed": tallies.CHANGED,
    "gone": tallies.GONE,
    "undated": tallies.UNDATED,
}
ORDERS = ("best", "newest", "oldest")
SINGLE = ("q", "from", "to", "as_of", "order", "after")
MOST_VALUES = 24  # of all filters together; more are named as ignored


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a dimension that a search asks for, or asks to leave out."""

    dimension: str
    value: str
    exclude: bool = False

    @property
    def text(self) -> str:
        """The value as an address spells it."""
        return f"-{self.value}" if self.exclude else self.value


@dataclass(frozen=True, kw_only=True, slots=True)
class Filters:
    """A whole search. Days are inclusive; `faults` names what the address asked for that cannot be done."""

    words: Words = field(default_factory=lambda: query.read(""))
    choices: tuple[Choice, ...] = ()
    start: date | None = None
    end: date | None = None
    as_of: date | None = None
    order: str = ""
    after: str = ""
    faults: tuple[str, ...] = ()

    def values(self, dimension: str, *, exclude: bool = False) -> frozenset[str]:
        """Return the values chosen in a dimension."""
        return frozenset(c.value for c in self.choices if c.dimension == dimension and c.exclude == exclude)

    @property
    def ordered_by(self) -> str:
        """The order asked for; best first only where there are words to rank by."""
        if self.order in ("newest", "oldest"):
            return self.order
        return "best" if self.words.match else "newest"

    @property
    def is_empty(self) -> bool:
        """Whether it asks for every post."""
        return not (self.words.typed or self.choices or self.start or self.end or self.as_of)

    def adding(self, choice: Choice) -> Filters:
        """Return the search with one choice more, in place of its opposite."""
        kept = [c for c in self.choices if (c.dimension, c.value) != (choice.dimension, choice.value)]
        return replace(self, choices=(*kept, choice), after="")

    def dropping(self, choice: Choice) -> Filters:
        """Return the search with one choice less."""
        return replace(self, choices=tuple(c for c in self.choices if c != choice), after="")

    def between(self, start: date | None, end: date | None) -> Filters:
        """Return the search over other days."""
        return replace(self, start=start, end=end, after="")

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters as an address spells them, in a fixed order."""
        pairs = [("q", self.words.typed)]
        pairs += [(c.dimension, c.text) for name in DIMENSIONS for c in self.choices if c.dimension == name]
        pairs += [("from", str(self.start or "")), ("to", str(self.end or "")), ("as_of", str(self.as_of or ""))]
        pairs += [("order", self.order), ("after", self.after)]
        return [(name, value) for name, value in pairs if value]

    def address(self, path: str = "/search") -> str:
        """Return the address of the search under a path."""
        pairs = self.pairs()
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def days(self) -> tuple[int | None, int | None, int | None]:
        """Return first and last day as YYYYMMDD, and the instant (seconds) before which a post must have been seen."""
        seen = None
        if self.as_of and self.as_of < date.max:
            midnight = datetime.combine(self.as_of + timedelta(days=1), datetime.min.time(), timezone.utc)
            seen = int(midnight.timestamp())
        return number(self.start), number(self.end), seen


def number(day: date | None) -> int | None:
    """Return a day as YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day if day else None


def read(parameters: Mapping[str, Sequence[str]], *, also: Iterable[str] = ()) -> Filters:
    """Read a search from an address; parameters in `also` belong to the page and are left alone."""
    known = (*SINGLE, *DIMENSIONS, *also)
    faults = [say("unknown_parameter", name=name) for name in parameters if name not in known]
    one = {name: (parameters.get(name) or [""])[0] for name in SINGLE}
    words = query.read(one["q"])
    if len(one["q"].strip()) > query.MOST_CHARACTERS:
        faults.append(say("words_cut", n=query.MOST_CHARACTERS))
    faults += [say("not_looked_for", part=part) for part in words.ignored]
    days = {name: read_day(name, one[name], faults) for name in ("from", "to", "as_of")}
    if one["order"] not in ("", *ORDERS):
        faults.append(say("not_a_value", name="order", values=", ".join(ORDERS)))
    return Filters(
        words=words,
        choices=tuple(read_choices(parameters, faults)),
        start=days["from"],
        end=days["to"],
        as_of=days["as_of"],
        order=one["order"] if one["order"] in ORDERS else "",
        after=one["after"][:60],
        faults=tuple(query.clean(fault)[:160] for fault in faults[:20]),
    )


def read_day(name: str, typed: str, faults: list[str]) -> date | None:
    """Read YYYY, YYYY-MM or YYYY-MM-DD; `to` means the end of what it names."""
    if not typed.strip():
        return None
    parts = typed.strip().split("-")
    try:
        year, month, day = (int(part) for part in [*parts, *("1", "1")[len(parts) - 1 :]])
        found = date(year, month, day)
        if name != "from" and len(parts) < 3:
            found = end_of(found, whole_year=len(parts) == 1)
    except (ValueError, OverflowError):
        faults.append(say("not_a_day", name=name, typed=typed[:40]))
        return None
    return found


def end_of(first: date, *, whole_year: bool) -> date:
    """Return the last day of the month or year that begins on `first`."""
    if whole_year:
        return date(first.year, 12, 31)
    if first.month == 12:
        return date(first.year, 12, 31)
    return date(first.year, first.month + 1, 1) - timedelta(days=1)


def read_choices(parameters: Mapping[str, Sequence[str]], faults: list[str]) -> Iterable[Choice]:
    """Read the values of every dimension; a leading minus leaves a value out."""
    typed = [(name, value) for name in DIMENSIONS for value in parameters.get(name, ()) if value.strip()]
    if len(typed) > MOST_VALUES:
        faults.append(say("too_many_values", n=MOST_VALUES))
    seen = set()
    for dimension, value in typed[:MOST_VALUES]:
        choice = Choice(dimension, query.clean(value).removeprefix("-")[:80], value.strip().startswith("-"))
        if dimension == "is" and choice.value not in FLAGS:
            faults.append(say("not_a_value", name="is", values=", ".join(FLAGS)))
        elif choice.value and (dimension, choice.value) not in seen:
            seen.add((dimension, choice.value))
            yield choice
