"""The date in a permalink."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .offers import Offer

YEAR: Final = r"(?:19|20)\d\d"
DAY: Final = re.compile(
    rf"(?<!\d)({YEAR})([/_.-]?)(0[1-9]|1[0-2]|(?<=[/_.-])[1-9])\2(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?!\d)"
)
"""A day of one figure counts only as a folder: '/2023/10/3-questions' is no 3 October."""

MONTH: Final = re.compile(rf"/({YEAR})[/-](0[1-9]|1[0-2])/")
LONGEST: Final = 1_000

HOME: Final = re.compile(r".*://[^/?#]+/?")
"""The front page of a site, also as an archive of the web names it: '/web/2016/http://www.example.org/'."""


def is_home(url: str) -> bool:
    """Tell the front page of a site: what it declares is the day on which the site was set up."""
    return HOME.fullmatch(url[:LONGEST]) is not None


def find(url: str) -> Iterator[Offer]:
    """Yield the day or else the month that the path of `url` names."""
    path = "/" + url[:LONGEST].partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    if match := DAY.search(path):
        year, _, month, day = match.groups()
        yield offer("url_day", match.group(), f"{year}-{int(month):02}-{int(day):02}")
    elif match := MONTH.search(path):
        yield offer("url_month", match.group().strip("/"), f"{match.group(1)}-{match.group(2)}")


def offer(place: str, quote: str, value: str) -> Offer:
    """Return the offer of an address."""
    return Offer(field="published", place=place, quote=quote, value=value, found_in="url")
