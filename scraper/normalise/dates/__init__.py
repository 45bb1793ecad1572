"""Dates as people and machines print them, each with its precision, its EDTF and the words it was read from."""

from scraper.normalise.dates.expressions import read
from scraper.normalise.dates.finding import find
from scraper.normalise.dates.machine import parse_iso, parse_unix
from scraper.normalise.dates.order import day_order, default_day_first
from scraper.normalise.dates.stamps import read_stamp
from scraper.normalise.dates.values import Found, Prefer, Reading

__all__ = [
    "Found",
    "Prefer",
    "Reading",
    "day_order",
    "default_day_first",
    "find",
    "parse_iso",
    "parse_unix",
    "read",
    "read_stamp",
]
