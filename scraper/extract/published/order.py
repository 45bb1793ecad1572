"""Whether the figures of a page are day first: from its other dates, then from its language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final

from scraper.normalise import dates

from .offers import Offer, machine_stamp

FIGURES: Final = re.compile(r"(?<![\d./-])(\d\d?)\s?([./|-])\s?(\d\d?)\s?\2\s?(\d{4})(?!\d)")


def day_first(offers: Sequence[Offer], language: str | None) -> bool:
    """Return the order of the page: as a figure above twelve shows, as a declared day shows, as its language has it."""
    printed = [offer.quote for offer in offers]
    order = dates.day_order(printed)
    if order is None:
        order = agreeing(printed, offers)
    return dates.default_day_first(language or "") if order is None else order


def declared(offers: Iterable[Offer]) -> frozenset[date]:
    """Return the days that stand on the page in a form that has one reading only."""
    stamps = (machine_stamp(offer.quote) for offer in offers if offer.machine)
    return frozenset(stamp.date() if isinstance(stamp, datetime) else stamp for stamp in stamps if stamp)


def agreeing(printed: Iterable[str], offers: Iterable[Offer]) -> bool | None:
    """Return the order in which printed figures name declared days; None when neither or both do."""
    pairs = {
        (int(year), int(first), int(second))
        for words in printed
        for first, _, second, year in FIGURES.findall(words[:200])
        if first != second
    }
    if not pairs:
        return None
    known = {(day.year, day.month, day.day) for day in declared(offers)}
    days_first = any((year, second, first) in known for year, first, second in pairs)
    months_first = any((year, first, second) in known for year, first, second in pairs)
    return None if days_first == months_first else days_first
