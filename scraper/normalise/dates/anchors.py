"""The day from which an expression is seen, as callers know it: a day, a time, a month, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from scraper.normalise.dates import almanac
from scraper.normalise.dates.order import default_day_first
from scraper.normalise.dates.scene import Scene
from scraper.normalise.dates.tense import Lean
from scraper.normalise.dates.values import Prefer

_ANCHOR: Final = re.compile(r"\s{0,9}(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?![\d-])")
_MIDDLE_OF_MONTH: Final = 15


def scene(
    anchor: str | date | datetime | None,
    languages: Sequence[str],
    day_first: bool | None,
    prefer: Prefer | None,
    latest: date | None = None,
) -> Scene:
    """The scene that these arguments describe; an anchor that is no date, or an absurd one, counts as none."""
    day, grade = _anchor(anchor)
    if day is not None and not almanac.FIRST_YEAR < day.year < almanac.LAST_YEAR:
        day = None
    leaning: Lean = prefer or "near"
    if day_first is None:
        day_first = default_day_first(languages[0] if languages else "en-GB")
    return Scene(
        anchor=day,
        grade=grade,
        lean=leaning,
        strict=prefer in ("past", "future"),
        day_first=day_first,
        latest=latest,
    )


def _anchor(anchor: str | date | datetime | None) -> tuple[date | None, str]:
    if isinstance(anchor, datetime):
        return anchor.date(), "day"
    if isinstance(anchor, date):
        return anchor, "day"
    found = _ANCHOR.match(anchor) if anchor else None
    if found is None:
        return None, "day"
    year, month, day = (int(part) if part else None for part in found.groups())
    grade = "day" if day else "month" if month else "year"
    return almanac.make(year or 0, month or 7, day or _MIDDLE_OF_MONTH), grade
