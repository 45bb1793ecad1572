"""What the grammar sees before any calendar is asked: dates with holes in them, clock times, joining words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A day of a month; `either`: day and month are both in figures and may be the other way round."""

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    either: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """A month; `shift` counts years from the anchor's ("March next year"), `side` is next, last or this."""

    month: int
    year: int | None = None
    shift: int | None = None
    side: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Season:
    """A meteorological season: 21 spring, 22 summer, 23 autumn, 24 winter (of the year in which it begins)."""

    season: int
    year: int | None = None
    shift: int | None = None
    side: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """A calendar year, or with `months` a stretch of twelve that begins at that month."""

    year: int
    first_month: int = 1
    precision: str = "year"


@dataclass(frozen=True, kw_only=True, slots=True)
class Slice:
    """One of `of` equal parts of a year that begins at `first_month`: quarters and halves."""

    number: int
    of: int
    year: int | None = None
    shift: int | None = None
    first_month: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Decade:
    """Ten years from `year`."""

    year: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Weekday:
    """A weekday without a number; `weeks` are added ("Tuesday week"), `week` counts weeks from the anchor's."""

    weekday: int
    side: str | None = None
    weeks: int = 0
    week: int | None = None
    from_last: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """A unit counted from the anchor, or from the date mentioned before where `from_last` is set."""

    unit: str
    count: int
    from_last: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """A duration that begins (count > 0) or ends (count < 0) at the anchor."""

    unit: str
    count: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Duration:
    """How long something lasts from the day named before it: "from 20 March for six weeks"."""

    unit: str
    count: int


REST: Final = "rest"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """The early, mid or late part of something longer, or what is left of it from the anchor on (`rest`)."""

    part: str
    whole: Shape


@dataclass(frozen=True, kw_only=True, slots=True)
class Nth:
    """The nth (-1: last) weekday of something longer; where `weekday` is None its nth `unit`.

    A unit is a day, week, weekend or half. Where `count` is set, the first (or, number -1, last) so many units.
    """

    number: int
    weekday: int | None
    whole: Shape
    unit: str = "week"
    count: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Around:
    """The week or weekend named by one of its days; `how` is commencing, ending, week or weekend.

    Where it is lasting or leading, `count` units begin or end with the day: "six weeks from", "the year to".
    """

    how: str
    day: Shape
    unit: str = "week"
    count: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Feast:
    """A day, or weekend, known by a name, that falls on another day each year."""

    name: str
    year: int | None = None


Shape: TypeAlias = (
    Day | Month | Season | Year | Slice | Decade | Weekday | Shift | Stretch | Part | Nth | Around | Feast
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """A wall time; `second` is None where none was printed; hour 24 is the midnight that ends the day."""

    hour: int
    minute: int = 0
    second: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One time or a stretch between two; `offset` in minutes, None: no zone printed; not `sure`: a bare "10.30"."""

    start: Time
    end: Time | None = None
    offset: int | None = None
    sure: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A word that joins or bounds: range, list, until, from, by, before, after, open, every, for."""

    kind: str


Item: TypeAlias = Shape | Clock | Link | Duration


class Match(NamedTuple):
    """The items that a rule read, and the number of the token after them."""

    items: tuple[Item, ...]
    next: int


class Placed(NamedTuple):
    """An item with its first token and the token after its last."""

    item: Item
    first: int
    after: int
