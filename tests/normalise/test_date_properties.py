"""What holds for any text at all."""

import time
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.normalise.dates import day_order, find, parse_iso, read, read_stamp

PIECES = st.sampled_from(
    [
        "3",
        "14",
        "31",
        "99",
        "2021",
        "2024",
        "1066",
        "20245",
        "03/05/2024",
        "2021-02-30",
        "2021/22",
        "Q3",
        "the",
        "of",
        "–",
        "-",
        "/",
        ",",
        ".",
        "(",
        ")",
        ":",
        "today",
        "next",
        "last",
        "this",
        "Monday",
        "Tue",
        "May",
        "march",
        "spring",
        "weekend",
        "week",
        "month",
        "year",
        "ago",
        "in",
        "from",
        "until",
        "by",
        "before",
        "after",
        "noon",
        "10am",
        "7.30pm",
        "14:00",
        "24:00",
        "GMT",
        "+01:00",
        "early",
        "late",
        "first",
        "second",
        "every",
        "and",
        "or",
        "to",
        "w/c",
        "12th",
        "999999999999999999",
        "٣",
        "²",
        "one",
        "ten",
        "days",
        "years",
        "later",
        "following",
        "day",
        "£",
        "%",
        "März",
        "do",
        "年",
        "月",
        "日",
        "'",
        "half",
        "past",
        "quarter",
        "rest",
        "now",
        "present",
        "between",
        "except",
        "opened",
        "closed",
        "tonight",
    ]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join), st.text(max_size=60)
)
ANCHORS = st.one_of(
    st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)), st.sampled_from(["2024-02", "2024", "junk", "9999-99"])
)


@settings(max_examples=400, deadline=None)
@given(TEXTS, TEXTS, ANCHORS)
def test_reading_never_raises_and_keeps_its_order(text, context, anchor):
    reading = read(text, context=context, anchor=anchor, latest=date(2024, 5, 15))
    if reading is None:
        return
    if reading.start and reading.end:
        assert reading.start[:10] <= reading.end[:10]
    if reading.earliest_on and reading.latest_on:
        assert reading.earliest_on <= reading.latest_on
    for value, bound in ((reading.start, reading.earliest_on), (reading.end, reading.latest_on)):
        if value is not None and bound is not None:
            datetime.fromisoformat(value)
            assert value[:10] == bound.isoformat()
    assert reading.edtf
    assert reading.quote in text


@settings(max_examples=200, deadline=None)
@given(TEXTS, ANCHORS)
def test_the_other_doors_never_raise(text, anchor):
    stamp = read_stamp(text, anchor=anchor)
    assert stamp is None or (stamp.start is not None and stamp.precision in ("day", "minute", "second"))
    parse_iso(text)
    day_order([text])
    for found in find(text, anchor=anchor):
        assert text[found.start : found.end] == found.reading.quote


@settings(max_examples=200, deadline=None)
@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_printed_day_is_read_back(day):
    for text in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day:%A} {day.day} {day:%B} {day.year}",
        f"{day:%B} {day.day}, {day.year}",
    ):
        reading = read(text)
        assert (reading.start, reading.conflict) == (day.isoformat(), None)
    assert parse_iso(day.isoformat()) == day


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1/",
        "Monday ",
        "1-",
        "the ",
        "(",
        "next ",
        "3 May, ",
        "10:",
        "10am-",
        "٣",
        "\n",
        "a.",
        "2021 ",
        "early ",
        "' ",
    ],
)
def test_hostile_length_costs_little(piece):
    text = piece * (100_000 // len(piece))
    began = time.process_time()
    for door in (read, read_stamp, parse_iso):
        door(text)
    assert time.process_time() - began < 2  # what grows by the square takes minutes


@pytest.mark.parametrize(
    "piece", ["13/09/2025-", "1999-2000-", "17-19.04.2026-", "half past ", "rest of ", "three-day "]
)
def test_a_long_chain_in_a_text_is_read_in_bounded_work(piece):
    began = time.process_time()
    find(piece * 2_000, anchor="2026-03-01")
    assert time.process_time() - began < 5


EXPRESSIONS = [
    "12 June 2024",
    "Wednesday 12th June 2024",
    "June 12, 2024",
    "12/06/2024",
    "12–14 June 2024",
    "from 12 June to 14 July 2024",
    "Wed 12 – Fri 14 June, 7.30pm",
    "Jan-Mar 2024",
    "2019 to 2022",
    "the 13th",
    "this Thursday at 6pm",
    "until 5pm on Friday 14 June",
    "the last Thursday of May 2024",
    "mid-March",
    "spring 2025",
    "2024/25",
    "Q3 2024",
    "w/c 17 June",
    "the 1990s",
    "May & June",
    "14 June 2024, 10am–4pm",
    "Friday 14th and Saturday 15th June",
]
AROUND = ["({})", "[{}]", "“{}”", "‘{}’", "'{}'", "• {}", "– {}", "| {} |", "**{}**", "{}.", "{},", "{};", "{}:", "{}!"]
SPELLINGS = {
    "no-break spaces": lambda text: text.replace(" ", "\N{NO-BREAK SPACE}"),
    "two spaces": lambda text: text.replace(" ", "  "),
    "lines": lambda text: text.replace(" ", "\n"),
    "hyphens": lambda text: text.replace("–", "-"),
    "spaced dashes": lambda text: text.replace("–", " – ").replace("  ", " "),
    "minus signs": lambda text: text.replace("–", "\N{MINUS SIGN}"),
    "raised ordinals": lambda text: text.replace("th", " th") if any(mark.isdecimal() for mark in text) else text,
    "no ordinals": lambda text: text.replace("2th", "2").replace("4th", "4").replace("5th", "5"),
    "capitals": str.upper,
    "leading zero width": lambda text: f"\N{ZERO WIDTH SPACE}{text}",
}


def answer(text):
    reading = read(text, anchor="2024-06-10")
    return reading and (reading.start, reading.end, reading.precision, reading.edtf)


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("text", EXPRESSIONS)
def test_marks_around_an_expression_say_nothing(text, around):
    assert answer(around.format(text)) == answer(text) is not None


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("text", EXPRESSIONS)
def test_a_spelling_says_nothing(text, spelling):
    assert answer(SPELLINGS[spelling](text)) == answer(text)


@pytest.mark.parametrize("first", ["12 June", "12th June", "Wednesday 12 June", "Wed, 12th June", "12 JUNE", "June 12"])
@pytest.mark.parametrize("second", ["{}", "{} 2024", "on {}", "{}, 2024"])
def test_a_day_is_one_day_however_it_is_printed(first, second):
    assert answer(second.format(first)) == ("2024-06-12", "2024-06-12", "day", "2024-06-12")


DAYS = ["{d} {m}", "{m} {d}", "{m} {d}, 2023", "{w} {d} {m}", "{w}, {m} {d}", "{d}-{m}-2023", "{m} {d}: a talk"]
RANGES = [
    "{d}-{e} {m}",
    "{m} {d}-{e}",
    "{m} {d} - {m} {e}",
    "{m} {d}–{m} {e}, 2023",
    "{m} {d}, {m} {e}",
    "{m} {d} / {m} {e}",
    "{m} {d} & {m} {e}",
    "from {m} {d} to {m} {e}",
    "{d} {m} and {e} {m}",
    "{w} {d} {m} – {v} {e} {m} 2023",
    "{w}, {m} {d} to {v}, {m} {e}",
]
MONTHS = ["{m}", "in {m}", "{m} 2023", "{m} '23"]
NAMES = {"full": ("%B", "%A"), "short": ("%b", "%a")}


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize("template", DAYS + RANGES + MONTHS)
def test_every_month_is_read_alike(template, names, month):
    first, last = date(2023, month, 8), date(2023, month, 10)
    month_name, weekday_name = NAMES[names]
    text = template.format(
        d=8, e=10, m=f"{first:{month_name}}", w=f"{first:{weekday_name}}", v=f"{last:{weekday_name}}"
    )
    reading = read(text, anchor=date(2023, month, 4), languages=("en", "cy", "pl", "fr", "de", "es", "ro", "ur"))
    if template in RANGES:
        assert (reading.start, reading.end, reading.conflict) == (first.isoformat(), last.isoformat(), None)
    elif template in DAYS:
        assert (reading.start, reading.end, reading.conflict) == (first.isoformat(), first.isoformat(), None)
    else:
        assert reading.edtf == f"2023-{month:02d}"
