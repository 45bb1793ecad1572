"""The values that reading a date gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Prefer = Literal["past", "future", "near"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What an expression means.

    `start` and `end` are ISO 8601 as printed: wall time, an offset only where the text prints one. `end` is inclusive,
    and None after a bare time or for an open end; an open start is None. Both None: a date whose year nothing decides
    ("14 July" and no anchor); its EDTF then begins with XXXX.
    """

    start: str | None
    end: str | None
    precision: str
    edtf: str
    earliest_on: date | None
    latest_on: date | None
    conflict: str | None
    quote: str


def of_day(on: date, quote: str) -> Reading:
    """Return the reading of an expression that means one day and nothing else."""
    printed = on.isoformat()
    return Reading(
        start=printed,
        end=printed,
        precision="day",
        edtf=printed,
        earliest_on=on,
        latest_on=on,
        conflict=None,
        quote=quote,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A reading and where it stands in the text: character offsets, end exclusive."""

    start: int
    end: int
    reading: Reading
