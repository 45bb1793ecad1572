"""Stamps as pages and machines print them."""

from datetime import date, datetime, timedelta, timezone

import pytest

from scraper.normalise.dates import anchors, day_order, default_day_first, parse_iso, parse_unix, read_stamp
from scraper.normalise.dates.languages import LANGUAGES
from scraper.normalise.dates.lexicon import lexicon
from scraper.normalise.dates.plain import read_day
from scraper.normalise.dates.stamps import read_by_rules

STAMPS = [
    ("Posted on 3rd March 2024 by the editor", "2024-03-03"),
    ("04.10.2022", "2022-10-04"),
    ("17 Gennaio 21", "2021-01-17"),
    ("17 | 09 | 2021", "2021-09-17"),
    ("Feb 08 07:15 2022", "2022-02-08T07:15"),
    ("12 marca 2023", "2023-03-12"),
    ("9 Hydref 2024", "2024-10-09"),
    ("Dydd Mawrth 5 Mawrth 2024", "2024-03-05"),
    ("2024-03-02T08:20:00Z", "2024-03-02T08:20:00+00:00"),
    ("2024年3月5日", "2024-03-05"),
    ("5. März 2024", "2024-03-05"),
    ("05 février 2024 à 18h05", "2024-02-05T18:05"),
    ("5 de agosto de 2024", "2024-08-05"),
    ("5 novembre 2024", "2024-11-05"),
    ("5 de março de 2024", "2024-03-05"),
    ("5 mei 2024", "2024-05-05"),
    ("5. května 2024", "2024-05-05"),
    ("5 oktober 2024 kl. 10:15", "2024-10-05T10:15"),
    ("5. desember 2024", "2024-12-05"),
    ("5. tammikuuta 2024", "2024-01-05"),
    ("2024. március 5.", "2024-03-05"),
    ("5 iunie 2024", "2024-06-05"),
    ("5 Μαρτίου 2024", "2024-03-05"),
    ("5 Ağustos 2024", "2024-08-05"),
    ("5 марта 2024 г.", "2024-03-05"),
    ("5 березня 2024", "2024-03-05"),
    ("5 مارچ 2024", "2024-03-05"),
    ("5 مارس 2024", "2024-03-05"),
    ("Mon Jan  4 09:34:00 2021", "2021-01-04T09:34:00"),
    ("Updated: 6:12 pm, May 9, 2024", "2024-05-09T18:12"),
    ("9 May", "2024-05-09"),
    ("20 May", "2023-05-20"),
    ("3 hours ago", "2024-05-15"),
    ("Yesterday at 14:05", "2024-05-14T14:05"),
    ("9/May/2024", "2024-05-09"),
    ("09-May-24", "2024-05-09"),
    ("31/10", "2023-10-31"),
    ("3h ago", "2024-05-15"),
    ("2024. 5. 9.", "2024-05-09"),
    ("Freitag, 03.05.2024, 10:15 Uhr", "2024-05-03T10:15"),
    ("śr., 8 maj 2024", "2024-05-08"),
    ("3 diwrnod yn ôl", "2024-05-12"),
    ("9 May 2024 24:00", "2024-05-10T00:00"),
    ("9 May 2024 24:30", "2024-05-09"),
    ("9 May 2024 25:10", "2024-05-09"),
]

MACHINE = [
    ("2023-06-02T12:22+00:00", datetime(2023, 6, 2, 12, 22, tzinfo=timezone.utc)),
    ("2021-01-04 09:34:00", datetime(2021, 1, 4, 9, 34)),
    ("20210104", date(2021, 1, 4)),
    ("2021/01/04", date(2021, 1, 4)),
    ("20210104T093400Z", datetime(2021, 1, 4, 9, 34, tzinfo=timezone.utc)),
    ("Mon, 04 Jan 2021 09:34:00 +0000", datetime(2021, 1, 4, 9, 34, tzinfo=timezone.utc)),
    ("Mon, 04 Jan 2021 09:34:00 EST", datetime(2021, 1, 4, 9, 34, tzinfo=timezone(timedelta(hours=-5)))),
    ("2021-01-04T09:34:00.000Z", datetime(2021, 1, 4, 9, 34, tzinfo=timezone.utc)),
    ("2021-01-04T09:34:00.1234567+01:00", datetime(2021, 1, 4, 9, 34, tzinfo=timezone(timedelta(hours=1)))),
    ("2021-01-04T24:00", datetime(2021, 1, 5)),
    ("2021-12-31T24:00:00Z", datetime(2022, 1, 1, tzinfo=timezone.utc)),
    ("20240228T240000", datetime(2024, 2, 29)),
    ("2021-01-04T09:34:00 +0100", datetime(2021, 1, 4, 9, 34, tzinfo=timezone(timedelta(hours=1)))),
    ("Mon Jan 04 2021 09:34:00 GMT+0100 (CET)", datetime(2021, 1, 4, 9, 34, tzinfo=timezone(timedelta(hours=1)))),
    ("4 Jan 2021", date(2021, 1, 4)),
    ("2021-1-4", date(2021, 1, 4)),
    ("20210104093400", datetime(2021, 1, 4, 9, 34)),
]


@pytest.mark.parametrize(("text", "start"), STAMPS)
def test_reads_a_stamp(text, start):
    assert read_stamp(text, anchor="2024-05-15").start == start


@pytest.mark.parametrize(
    "text", ["March 2024", "2024", "autumn 2023", "5 min read", "24/7", "Category: News", "", "Tuesdays"]
)
def test_a_stamp_holds_a_day(text):
    assert read_stamp(text, anchor="2024-05-15") is None


def test_a_yearless_stamp_without_anchor_is_not_read():
    assert read_stamp("9 May") is None


def test_american_pages_are_month_first():
    assert read_stamp("03/05/2024", languages=["en-US"]).start == "2024-03-05"
    assert read_stamp("03/05/2024", languages=["en-GB"]).start == "2024-05-03"
    assert read_stamp("2024-03-05", languages=["en-US"]).start == "2024-03-05"


def test_a_language_without_a_table_goes_to_dateparser():
    assert read_stamp("5 листопада 2024", languages=["uk"]).start == "2024-11-05"
    assert read_stamp("5. rujna 2024.", languages=["hr"]).start == "2024-09-05"


@pytest.mark.parametrize(("text", "expected"), MACHINE)
def test_parses_machine_stamps(text, expected):
    parsed = parse_iso(text)
    assert parsed == expected
    assert type(parsed) is type(expected)
    if isinstance(expected, datetime):
        assert parsed.tzinfo == expected.tzinfo


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2021",
        "2021-13-01",
        "2021-02-30",
        "yesterday",
        "2021-01-04T25:00",
        "0000-00-00",
        "99999999999999999999",
        "2021-01-04T09:34:00+99:99",
        "２０２１-01-04",
    ],
)
def test_anything_else_is_none(text):
    assert parse_iso(text) is None


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["25/10/2019"], True),
        (["10/25/2019"], False),
        (["02/03/2019"], None),
        (["02/03/2019", "13.04.2020"], True),
        (["25/10/2019", "10/25/2019"], None),
        ([], None),
    ],
)
def test_order_of_figures(texts, order):
    assert day_order(texts) is order


@pytest.mark.parametrize(
    ("language", "order"), [("en-US", False), ("en_us", False), ("en-GB", True), ("en", True), ("de", True)]
)
def test_default_order(language, order):
    assert default_day_first(language) is order


UNIX = [
    ("1772442000", datetime(2026, 3, 2, 9, tzinfo=timezone.utc)),
    ("1772442000.25", datetime(2026, 3, 2, 9, tzinfo=timezone.utc)),
    (" 1772442000000 ", datetime(2026, 3, 2, 9, tzinfo=timezone.utc)),
    ("1772442000000000", datetime(2026, 3, 2, 9, tzinfo=timezone.utc)),
    ("1772442000000000000", datetime(2026, 3, 2, 9, tzinfo=timezone.utc)),
    ("1000000000", datetime(2001, 9, 9, 1, 46, 40, tzinfo=timezone.utc)),
    ("9999999999", datetime(2286, 11, 20, 17, 46, 39, tzinfo=timezone.utc)),
    ("20260302", None),
    ("202603020900", None),
    ("20260302090000", None),
    ("-1772442000", None),
    ("1772442000.", datetime(2026, 3, 2, 9, tzinfo=timezone.utc)),
    ("1772442000.1234567890", None),
    ("1.772442e12", None),
    ("1 772 442 000", None),
    ("²772442000", None),
    ("", None),
    ("9" * 400, None),
]


@pytest.mark.parametrize(("text", "expected"), UNIX)
def test_a_count_since_1970_is_known_by_its_figures(text: str, expected: datetime | None) -> None:
    assert parse_unix(text) == expected


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_plainest_stamps_mean_what_the_grammar_makes_of_them(language: str) -> None:
    scene = anchors.scene(None, (language,), None, "past")
    months = [word for word, means in lexicon((language,), True).items() if {"month", "native"} <= means.keys()]
    stamps = [text for name in months for text in (f"31. {name.title()} 2024", f"{name} 3rd, 1999", f"29 {name} 2023")]
    plain = [(text, day) for text in stamps if (day := read_day(text, (language,)))]
    assert len(plain) > 30
    for text, day in plain:
        assert day == read_by_rules(text, (language,), scene)


@pytest.mark.parametrize(
    "text", ["30 February 2024", "3 March 24", "3 Marching 2024", "mar 3, 2019", "3 March. 2024", "3 March 2024 at 5"]
)
def test_what_is_not_quite_plain_is_left_to_the_grammar(text: str) -> None:
    assert read_day(text, ("en",)) is None
