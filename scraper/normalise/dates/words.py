"""The shapes in which words are listed: a set on a line, and one language's table."""

from __future__ import annotations

from typing import NamedTuple


def words(line: str) -> frozenset[str]:
    """The words of a line, without order."""
    return frozenset(line.split())


class Words(NamedTuple):
    """One language; months and weekdays are parted by "/" (January and Monday first), variants by blanks.

    `weekdays` stand alone, `short` only beside a day number. `today` lists today, yesterday, tomorrow, the day before
    yesterday, the day after tomorrow.
    `units` lists minute, hour, day, week, month, year. `ago` is written before or after the count.
    `seasons`, spring first, count only beside a year. `parts` lists early, mid, late; `sides` next, last, before or
    after their noun.
    """

    months: str
    weekdays: str = ""
    short: str = ""
    range: str = ""
    list: str = ""
    from_: str = ""
    until: str = ""
    of: str = ""
    today: str = ""
    units: str = ""
    ago: str = ""
    clock: str = ""
    seasons: str = ""
    before: str = ""
    by: str = ""
    parts: str = ""
    sides: str = ""
