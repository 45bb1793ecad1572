"""The date in a permalink."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from .offers import Offer

YEAR: Final = r"(?:19|20)\d\d"
DAY: Final = re.compile(rf"(?<!\d)({YEAR})([/_.-]?)(0[1-9]|1[0-2]|(?<=[/_.-])[1-9])\2(0[1-9]|[12]\d|3[01]|[1-9](?=/))(?![\d])")
MONTH: Final = re.compile(rf"/({YEAR})[/-](0[1-9]|1[0-2])/")
LONGEST: Final = 1_000


def find(url: str) -> Iterator[Offer]:
    """Yield the day or else the month that the path of `url` names."""
    path = "/" + url[:LONGEST].partition("://")[2].partition("/")[2].partition("?")[0].partition("#")[0]
    if match := DAY.search(path):
        year, _, month, day = match.groups()
        yield Offer(field="published", place="url_day", quote=f"{year}-{int(month):02}-{int(day):02}", found_in="url")
    elif match := MONTH.search(path):
        yield Offer(field="published", place="url_month", quote=f"{match.group(1)}-{match.group(2)}", found_in="url")
