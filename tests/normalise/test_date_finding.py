"""Dates in running text."""

import pytest

from scraper.normalise.dates import find

ARTICLE = (
    "Posted: 8 May 2023. The book fair opened on 6 May with a reading and the following day two hundred children came. "
    "A walk along the canal takes place on the 19-21 May. Gates open at 6.45pm on Friday 2 June. "
    "A second fair is hoped for in autumn 2023; call 0121 496 0123, open 24/7, for 20% off."
)


def test_finds_all_in_order_with_their_places():
    found = find(ARTICLE, anchor="2023-05-08")
    assert [(one.reading.start, one.reading.end) for one in found] == [
        ("2023-05-08", "2023-05-08"),
        ("2023-05-06", "2023-05-06"),
        ("2023-05-07", "2023-05-07"),
        ("2023-05-19", "2023-05-21"),
        ("2023-06-02T18:45", None),
        ("2023-09-01", "2023-11-30"),
    ]
    assert [ARTICLE[one.start : one.end] for one in found] == [
        "8 May 2023",
        "6 May",
        "the following day",
        "19-21 May",
        "6.45pm on Friday 2 June",
        "autumn 2023",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "May I say that we march on? You may.",
        "Open 24/7, call 01902 123456 or 020 7946 0018.",
        "They won 3-1 and scored 10/10.",
        "It costs £2.50 or £10.30 per head, 20% less than 2.75 million.",
        "Version 2.10.20 of the app sat on 3 phones.",
        "The sun shone on the Good Friday Agreement.",
        "Equality Act 2010 and Euro 2024 in room 1984",
        "We meet every Tuesday.",
        "Volunteering Week is for second chances.",
        "A 9th generation chip of the 21st century in the 3rd row, this may be fast at scale 1:24.",
        "Drink within 30 minutes. A year later he was well. Open Monday to Friday, 9am to 5pm.",
        "Lowered to 1984 pieces, 02-751-1500, in 2,024 homes.",
    ],
)
def test_invents_nothing(text):
    assert find(text, anchor="2024-05-15") == []


def test_offsets_hold_beyond_the_first_window():
    text = "word " * 3000 + "It opens on 3 June 2024 at noon."
    (found,) = find(text)
    assert text[found.start : found.end] == "3 June 2024 at noon"
    assert found.reading.start == "2024-06-03T12:00"


def test_sentences_part_expressions():
    found = find("It opens on 3 June 2024. On 9 July 2024 it shuts.")
    assert [one.reading.start for one in found] == ["2024-06-03", "2024-07-09"]


def test_a_full_stop_ends_the_expression():
    found = find("It shut on Oct. 31. On 9 November. 2019 people came in May. Then snow.", anchor="2019-11-20")
    assert [one.reading.quote for one in found] == ["Oct. 31", "9 November", "May"]


def test_a_relative_day_follows_the_last_date_found():
    found = find("The summit opened on 2 April 2024. Two days later it closed.", anchor="2024-05-15")
    assert [one.reading.start for one in found] == ["2024-04-02", "2024-04-04"]


@pytest.mark.parametrize(
    ("language", "text", "quotes"),
    [
        (
            "de",
            "Das Fest beginnt am Freitag, 3. Mai 2024, um 18 Uhr und endet im Juni.",
            ["Freitag, 3. Mai 2024, um 18 Uhr", "Juni"],
        ),
        ("fr", "La foire a lieu du 3 au 5 mai 2024 à Lyon.", ["3 au 5 mai 2024"]),
        ("pl", "Konferencja odbędzie się 3 maja 2024 o godz. 10:00.", ["3 maja 2024 o godz. 10:00"]),
        ("cy", "Cynhelir yr ŵyl ar 3 Mai 2024.", ["3 Mai 2024"]),
    ],
)
def test_finds_in_the_language_given(language, text, quotes):
    assert [one.reading.quote for one in find(text, languages=[language], anchor="2024-04-20")] == quotes


@pytest.mark.parametrize("text", ["Craft fair – 18 April 2026", "Craft fair - 18 April 2026", "Launch — 18 April 2026"])
def test_a_dash_after_a_name_opens_no_range(text):
    (found,) = find(text, anchor="2026-02-26")
    assert (found.reading.start, found.reading.end) == ("2026-04-18", "2026-04-18")
