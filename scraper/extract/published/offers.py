"""What a finder offers: words, where they stood, and the day they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timezone, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from scraper.normalise import dates

from .weights import Field

LONGEST_QUOTE: Final = 200
COARSE: Final = frozenset(("url_month", "stamp_month"))
ORDINAL: Final = re.compile(r"(?<=\d)\s(?=(?:st|nd|rd|th|er)\b)")
TWICE: Final = re.compile(r"(?<=\d\s)[^\W\d_]{3,14}\s?/\s?(?=[^\W\d_])")
DAY_END: Final = re.compile(r"(?<![\d:.+-])24:?00(?::?00)?(?![\d:])")
LETTERED: Final = re.compile(r"(?<=\d)\.(?=[^\W\d_])")
ABBREVIATED: Final = re.compile(r"(?<=[^\W\d_])\.\s?(?=\d)")
ROMAN: Final = re.compile(r"(\d\d?)\s?([./ -])\s?(X|IX|XI{1,2}|IV|VI{0,3}|I{1,3})\s?\2\s?(?=\d{4}(?!\d))")
MONTHS: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
KOREAN: Final = str.maketrans("년월일", "年月日")


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """A date found on the page: `place` is a key of PLACES, `machine` says that it was written for programs.

    `value` is what to read where the words as found need mending; `distance` counts the characters between a stamp and
    the title.
    """

    field: Field
    place: str
    quote: str
    found_in: str
    machine: bool = True
    value: str = ""
    distance: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """What the words of an offer mean in the partner's zone; see DateClaim for the fields."""

    on: date | None
    edtf: str
    precision: str
    zone_basis: str
    at: datetime | None = None
    earliest_on: date | None = None
    latest_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """How the words of one page are read: `zone` None when the partner's is unknown."""

    zone: ZoneInfo | None
    languages: tuple[str, ...]
    day_first: bool

    def read(self, offer: Offer) -> Moment | None:
        """Return what the offer means; None when it is no date."""
        quote = (offer.value or offer.quote)[:LONGEST_QUOTE].strip()
        if offer.place in COARSE:
            return self.read_coarse(quote)
        if offer.machine and (counted := dates.parse_unix(quote)) is not None:
            return replace(self.place_time(counted), zone_basis="epoch")
        if offer.machine and (stamp := dates.parse_iso(quote)) is not None:
            return self.place(stamp, ends_day=DAY_END.search(quote) is not None)
        return self.read_words(quote, self.day_first)

    def read_words(self, quote: str, day_first: bool) -> Moment | None:
        """Read printed words, with the order of day and month given."""
        found = dates.read_stamp(tidy(quote), languages=self.languages, day_first=day_first)
        if found is None or found.start is None:
            return None
        stamp = dates.parse_iso(found.start) if found.precision in ("day", "minute", "second") else None
        if stamp is not None:
            return self.place(stamp, ends_day=DAY_END.search(quote) is not None)
        return coarse(found)

    def read_coarse(self, quote: str) -> Moment | None:
        """Read a month or season; None for anything finer or coarser."""
        found = dates.read(quote, languages=self.languages)
        return coarse(found) if found is not None and found.precision in ("month", "season") else None

    def place(self, stamp: date, *, ends_day: bool = False) -> Moment:
        """Put a stamp into the partner's zone; without one its own offset gives the day.

        `ends_day`: it was printed as 24:00, which ISO 8601 makes the midnight that begins the next day.
        """
        if ends_day:
            return replace(self.place_time(stamp) if isinstance(stamp, datetime) else day(stamp), zone_basis="day-end")
        if not isinstance(stamp, datetime):
            return day(stamp)
        if is_bare_midnight(stamp):
            return day(stamp.date())
        return self.place_time(stamp)

    def place_time(self, stamp: datetime) -> Moment:
        """Put a stamp with a time of day into the partner's zone."""
        basis = "none"
        local = stamp
        if stamp.tzinfo is not None:
            basis = "utc" if not stamp.utcoffset() else "offset"
            local = in_zone(stamp, self.zone)
        elif self.zone is not None:
            local = stamp.replace(tzinfo=self.zone)
            basis = bare_basis(local)
            if basis == "gap":
                return replace(day(stamp.date()), zone_basis=basis)
        on = local.date()
        return Moment(
            on=on,
            edtf=stamp.isoformat(timespec="seconds").replace("+00:00", "Z"),
            precision="second" if stamp.second else "minute",
            zone_basis=basis,
            at=in_zone(local, timezone.utc) if local.tzinfo is not None else None,
            earliest_on=on,
            latest_on=on,
        )


def tidy(quote: str) -> str:
    """Mend what layout does to a stamp, and odd months: '12 th May', '03.Mär.19', '24 نيسان / أبريل', '4.III.2026'."""
    mended = ROMAN.sub(lambda found: f"{found[1]}.{MONTHS.index(found[3]) + 1}.", quote.translate(KOREAN))
    return ABBREVIATED.sub(" ", LETTERED.sub(". ", TWICE.sub("", ORDINAL.sub("", mended))))


def day(on: date) -> Moment:
    """Return what a day without a time means: the same day in every zone."""
    return Moment(on=on, edtf=on.isoformat(), precision="day", zone_basis="none", earliest_on=on, latest_on=on)


def coarse(found: dates.Reading) -> Moment:
    """Return what a reading coarser than a day means."""
    return Moment(
        on=None,
        edtf=found.edtf,
        precision=found.precision,
        zone_basis="none",
        earliest_on=found.earliest_on,
        latest_on=found.latest_on,
    )


def in_zone(moment: datetime, zone: tzinfo | None) -> datetime:
    """Convert to a zone; at the ends of the calendar the moment stays as it is."""
    try:
        return moment.astimezone(zone) if zone is not None else moment
    except OverflowError:
        return moment


def bare_basis(local: datetime) -> str:
    """Return how a bare local time stands to the change of clocks: 'gap' left out, 'fold' there twice, else 'partner'.

    Of two the first is taken, as RFC 5545 (3.3.5) has it.
    """
    if local.utcoffset() == local.replace(fold=1).utcoffset():
        return "partner"
    there_and_back = in_zone(in_zone(local, timezone.utc), local.tzinfo)
    return "fold" if there_and_back.replace(tzinfo=None) == local.replace(tzinfo=None) else "gap"


def is_bare_midnight(stamp: datetime) -> bool:
    """Tell a day that a CMS wrote as midnight, without or in UTC, from an instant."""
    return not stamp.utcoffset() and (stamp.hour, stamp.minute, stamp.second) == (0, 0, 0)


def machine_stamp(quote: str) -> datetime | date | None:
    """Read ISO 8601 or a count since 1970."""
    return dates.parse_unix(quote) or dates.parse_iso(quote)
