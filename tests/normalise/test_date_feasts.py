"""Days known by name."""

from datetime import date

import pytest

from scraper.normalise.dates import read
from scraper.normalise.dates.feasts import easter

EASTERS = [(1818, 3, 22), (1943, 4, 25), (1961, 4, 2), (2000, 4, 23), (2024, 3, 31), (2025, 4, 20), (2038, 4, 25)]

NAMED = [
    ("Easter Monday", "2024-04-01", "2024-04-01"),
    ("Good Friday, 29 March", "2024-03-29", "2024-03-29"),
    ("Good Friday to Easter Monday 2025", "2025-04-18", "2025-04-21"),
    ("Easter weekend 2025", "2025-04-18", "2025-04-21"),
    ("Remembrance Sunday", "2024-11-10", "2024-11-10"),
    ("the August bank holiday weekend", "2024-08-24", "2024-08-26"),
    ("early May bank holiday 2023", "2023-05-01", "2023-05-01"),
    ("St. David’s Day", "2024-03-01", "2024-03-01"),
    ("Saint Patricks Day 2025", "2025-03-17", "2025-03-17"),
    ("until Christmas", None, "2024-12-25"),
    ("before Easter 2025", None, "2025-04-19"),
]


@pytest.mark.parametrize(("year", "month", "day"), EASTERS)
def test_easter(year, month, day):
    assert easter(year) == date(year, month, day)


@pytest.mark.parametrize(("text", "start", "end"), NAMED)
def test_reads_a_day_by_its_name(text, start, end):
    reading = read(text, anchor="2024-05-15")
    assert (reading.start, reading.end) == (start, end)


@pytest.mark.parametrize("text", ["Good Friday Agreement", "Christmas market", "Easter eggs", "Easter 99999"])
def test_a_feast_that_only_qualifies_is_no_date(text):
    assert read(text, anchor="2024-05-15") is None
