"""One expression each: wording, anchor, start, end, EDTF."""

from datetime import date

import pytest

from scraper.normalise.dates import read

WEDNESDAY = "2024-05-15"

SPANS = [
    ("4–6 November 2023", "2023-11-04", "2023-11-06", "2023-11-04/2023-11-06"),
    ("4th to 6th of November 2023", "2023-11-04", "2023-11-06", "2023-11-04/2023-11-06"),
    ("from the 28th of June until 2nd July 2023", "2023-06-28", "2023-07-02", "2023-06-28/2023-07-02"),
    ("Sat 30 Dec – Tue 2 Jan 2024", "2023-12-30", "2024-01-02", "2023-12-30/2024-01-02"),
    ("between 3 and 9 August 2022", "2022-08-03", "2022-08-09", "2022-08-03/2022-08-09"),
    ("August 3-9, 2022", "2022-08-03", "2022-08-09", "2022-08-03/2022-08-09"),
    ("6, 13 and 20 June 2022", "2022-06-06", "2022-06-20", "2022-06-06/2022-06-20"),
    ("Monday 6 or Tuesday 14 June 2022", "2022-06-06", "2022-06-14", "2022-06-06/2022-06-14"),
    ("03/06/2022 - 05/06/2022", "2022-06-03", "2022-06-05", "2022-06-03/2022-06-05"),
    ("3.-5.6.2022", "2022-06-03", "2022-06-05", "2022-06-03/2022-06-05"),
    ("2022-06-03/2022-06-05", "2022-06-03", "2022-06-05", "2022-06-03/2022-06-05"),
    ("January to March 2023", "2023-01-01", "2023-03-31", "2023-01/2023-03"),
    ("November 2022 – February 2023", "2022-11-01", "2023-02-28", "2022-11/2023-02"),
    ("until 9 June 2022", None, "2022-06-09", "../2022-06-09"),
    ("by the end of March 2023", None, "2023-03-31", "../2023-03-31"),
    ("no later than 1 July 2022", None, "2022-07-01", "../2022-07-01"),
    ("before 1 July 2022", None, "2022-06-30", "../2022-06-30"),
    ("since 1 July 2022", "2022-07-01", None, "2022-07-01/.."),
    ("du 3 au 5 mai 2022", "2022-05-03", "2022-05-05", "2022-05-03/2022-05-05"),
    ("3. bis 5. Mai 2022", "2022-05-03", "2022-05-05", "2022-05-03/2022-05-05"),
    ("od 3 do 5 maja 2022", "2022-05-03", "2022-05-05", "2022-05-03/2022-05-05"),
    ("del 3 al 5 de mayo de 2022", "2022-05-03", "2022-05-05", "2022-05-03/2022-05-05"),
    ("3 i 5 Mai 2022", "2022-05-03", "2022-05-05", "2022-05-03/2022-05-05"),
    ("Mon–Fri 3–7 June 2024", "2024-06-03", "2024-06-07", "2024-06-03/2024-06-07"),
    ("Thursday to Saturday 16-18 May", "2024-05-16", "2024-05-18", "2024-05-16/2024-05-18"),
    ("Saturday and Sunday 2 June", "2024-06-01", "2024-06-02", "2024-06-01/2024-06-02"),
    ("Friday and Saturday next week (May 24 and 25)", "2024-05-24", "2024-05-25", "2024-05-24/2024-05-25"),
    ("last summer, from 3 July to 4 August", "2023-07-03", "2023-08-04", "2023-07-03/2023-08-04"),
    ("between now and 31 July 2024", None, "2024-07-31", "../2024-07-31"),
    ("before the end of June 2024", None, "2024-06-30", "../2024-06-30"),
    ("June/July 2024", "2024-06-01", "2024-07-31", "2024-06/2024-07"),
    ("spring/summer 2025", "2025-03-01", "2025-08-31", "2025-03/2025-08"),
    ("2019 to 2023", "2019-01-01", "2023-12-31", "2019/2023"),
    ("from 2019 to mid-2023", "2019-01-01", "2023-06-30", "2019-01/2023-06"),
    ("2022/23 to 2024/25", "2022-04-01", "2025-03-31", "2022-04/2025-03"),
    ("weeks commencing 3 and 10 June 2024", "2024-06-03", "2024-06-16", "2024-06-03/2024-06-16"),
    ("od 3 maja do 5 czerwca 2024", "2024-05-03", "2024-06-05", "2024-05-03/2024-06-05"),
    ("3 - 5 iunie 2024", "2024-06-03", "2024-06-05", "2024-06-03/2024-06-05"),
    ("jusqu'au 5 mai 2024", None, "2024-05-05", "../2024-05-05"),
    ("vom 3. Mai bis 5. Juni 2024", "2024-05-03", "2024-06-05", "2024-05-03/2024-06-05"),
    ("3 تا 5 مئی 2024", "2024-05-03", "2024-05-05", "2024-05-03/2024-05-05"),
    ("desde el 3 hasta el 7 de mayo de 2026", "2026-05-03", "2026-05-07", "2026-05-03/2026-05-07"),
    ("from 23 July until 2022 until 31 January 2023", "2022-07-23", "2023-01-31", "2022-07-23/2023-01-31"),
    ("late September/early October 2026", "2026-09-21", "2026-10-10", "2026-09-21/2026-10-10"),
    ("mid to late May 2026", "2026-05-11", "2026-05-31", "2026-05-11/2026-05-31"),
    ("Q2/Q3 2026", "2026-04-01", "2026-09-30", "2026-04/2026-09"),
    ("the first half of July 2026", "2026-07-01", "2026-07-15", "2026-07-01/2026-07-15"),
    ("the second half of July 2026", "2026-07-16", "2026-07-31", "2026-07-16/2026-07-31"),
]

COARSE = [
    ("spring 2023", "2023-03-01", "2023-05-31", "2023-21", "season"),
    ("Winter 2022/23", "2022-12-01", "2023-02-28", "2022-24", "season"),
    ("Q2 2023", "2023-04-01", "2023-06-30", "2023-34", "quarter"),
    ("the last quarter of 2023", "2023-10-01", "2023-12-31", "2023-36", "quarter"),
    ("second half of 2023", "2023-07-01", "2023-12-31", "2023-41", "half"),
    ("financial year 2023/24", "2023-04-01", "2024-03-31", "2023-04/2024-03", "fiscal-year"),
    ("FY2023-24", "2023-04-01", "2024-03-31", "2023-04/2024-03", "fiscal-year"),
    ("the academic year 2023/24", "2023-09-01", "2024-08-31", "2023-09/2024-08", "year"),
    ("early July 2023", "2023-07-01", "2023-07-10", "2023-07-01/2023-07-10", "part-month"),
    ("mid-July 2023", "2023-07-11", "2023-07-20", "2023-07-11/2023-07-20", "part-month"),
    ("the end of February 2024", "2024-02-21", "2024-02-29", "2024-02-21/2024-02-29", "part-month"),
    ("late spring 2023", "2023-05-01", "2023-05-31", "2023-05", "part-season"),
    ("the 1980s", "1980-01-01", "1989-12-31", "198X", "decade"),
    ("in 1987", "1987-01-01", "1987-12-31", "1987", "year"),
    ("w/c 3rd July 2023", "2023-07-03", "2023-07-09", "2023-07-03/2023-07-09", "week"),
    ("week beginning Monday 3 July 2023", "2023-07-03", "2023-07-09", "2023-07-03/2023-07-09", "week"),
    ("week ending 9 July 2023", "2023-07-03", "2023-07-09", "2023-07-03/2023-07-09", "week"),
    ("the weekend of 8 July 2023", "2023-07-08", "2023-07-09", "2023-07-08/2023-07-09", "weekend"),
    ("first Saturday in July 2023", "2023-07-01", "2023-07-01", "2023-07-01", "day"),
    ("the last Friday of July 2023", "2023-07-28", "2023-07-28", "2023-07-28", "day"),
    ("the second week of July 2023", "2023-07-08", "2023-07-14", "2023-07-08/2023-07-14", "week"),
    ("July 2023", "2023-07-01", "2023-07-31", "2023-07", "month"),
    ("2023/24 academic year", "2023-09-01", "2024-08-31", "2023-09/2024-08", "year"),
    ("the late 1990s", "1997-01-01", "1999-12-31", "1997-01/1999-12", "part-decade"),
    ("lato 2024", "2024-06-01", "2024-08-31", "2024-22", "season"),
    ("Mehefin 2024", "2024-06-01", "2024-06-30", "2024-06", "month"),
]

TIMES = [
    ("Sunday 3 March 2024, 2pm", "2024-03-03T14:00", None),
    ("3 March 2024 from 9.15am to noon", "2024-03-03T09:15", "2024-03-03T12:00"),
    ("11am-1.30pm on 3 March 2024", "2024-03-03T11:00", "2024-03-03T13:30"),
    ("3 March 2024 6–8pm GMT", "2024-03-03T18:00+00:00", "2024-03-03T20:00+00:00"),
    ("10 July 2024 at 7 p.m. BST", "2024-07-10T19:00+01:00", None),
    ("7pm for 7.30pm on 3 March 2024", "2024-03-03T19:00", None),
    ("3 March 2024 at 1830 hours", "2024-03-03T18:30", None),
    ("12 noon on 3 March 2024", "2024-03-03T12:00", None),
    ("10pm to 2am, 3 March 2024", "2024-03-03T22:00", "2024-03-04T02:00"),
    ("9am Fri 1 March – 5pm Sun 3 March 2024", "2024-03-01T09:00", "2024-03-03T17:00"),
    ("by 5pm on 3 March 2024", None, "2024-03-03T17:00"),
    ("3 March 2024 09:30:15", "2024-03-03T09:30:15", None),
    ("3 mars 2024 à 20h30", "2024-03-03T20:30", None),
    ("3. März 2024, 19.30 Uhr", "2024-03-03T19:30", None),
    ("June 6 2024 @ 10:00 am - June 8 @ 4:00 pm", "2024-06-06T10:00", "2024-06-08T16:00"),
    ("Friday 24 and Saturday 25 May 2024 at 7.30pm", "2024-05-24T19:30", "2024-05-25T19:30"),
    ("Mon, 20 May 2024 10:32:15 +0100", "2024-05-20T10:32:15+01:00", None),
    ("6 June 2024, 18.00-20.00", "2024-06-06T18:00", "2024-06-06T20:00"),
    ("6 June 2024, 20:00 - 24:00", "2024-06-06T20:00", "2024-06-07T00:00"),
    ("31 December 2024 at 24:00", "2025-01-01T00:00", None),
    ("until 24:00 on 29 February 2024", None, "2024-03-01T00:00"),
    ("24:00–02:00, 6 June 2024", "2024-06-07T00:00", "2024-06-07T02:00"),
    ("6.30 - 8pm, 6 June 2024", "2024-06-06T18:30", "2024-06-06T20:00"),
    ("de 9h à 17h le 18 mai 2024", "2024-05-18T09:00", "2024-05-18T17:00"),
]

RELATIVE = [
    ("today", "2024-05-15", "2024-05-15"),
    ("tonight", "2024-05-15", "2024-05-15"),
    ("tomorrow morning", "2024-05-16", "2024-05-16"),
    ("last night", "2024-05-14", "2024-05-14"),
    ("the day after tomorrow", "2024-05-17", "2024-05-17"),
    ("next Monday", "2024-05-20", "2024-05-20"),
    ("this coming Saturday", "2024-05-18", "2024-05-18"),
    ("last Monday", "2024-05-13", "2024-05-13"),
    ("Monday week", "2024-05-27", "2024-05-27"),
    ("a week on Friday", "2024-05-24", "2024-05-24"),
    ("a week today", "2024-05-22", "2024-05-22"),
    ("Friday of next week", "2024-05-24", "2024-05-24"),
    ("last week", "2024-05-06", "2024-05-12"),
    ("this weekend", "2024-05-18", "2024-05-19"),
    ("last month", "2024-04-01", "2024-04-30"),
    ("later this year", "2024-01-01", "2024-12-31"),
    ("five days ago", "2024-05-10", "2024-05-10"),
    ("in three weeks' time", "2024-06-05", "2024-06-05"),
    ("two years ago", "2022-01-01", "2022-12-31"),
    ("the past three months", "2024-02-15", "2024-05-15"),
    ("next summer", "2024-06-01", "2024-08-31"),
    ("last autumn", "2023-09-01", "2023-11-30"),
    ("next March", "2025-03-01", "2025-03-31"),
    ("September last year", "2023-09-01", "2023-09-30"),
    ("early next month", "2024-06-01", "2024-06-10"),
    ("the end of the week", "2024-05-17", "2024-05-19"),
    ("vor 2 Tagen", "2024-05-13", "2024-05-13"),
    ("il y a 2 jours", "2024-05-13", "2024-05-13"),
    ("2 dni temu", "2024-05-13", "2024-05-13"),
    ("Saturday fortnight", "2024-06-01", "2024-06-01"),
    ("just now", "2024-05-15", "2024-05-15"),
    ("the 3rd of next month", "2024-06-03", "2024-06-03"),
    ("over the past year", "2023-05-15", "2024-05-15"),
    ("within three months", "2024-05-15", "2024-08-15"),
    ("the weekend", "2024-05-11", "2024-05-12"),
    ("yfory", "2024-05-16", "2024-05-16"),
]

YEARLESS = [
    ("20 May", "", "2024-05-20"),
    ("20 December", "The carol service was held on 20 December", "2023-12-20"),
    ("20 December", "The carol service will be held on 20 December", "2024-12-20"),
    ("Tuesday 14 May", "", "2024-05-14"),
    ("Thursday 23rd", "Meet us on Thursday 23rd", "2024-05-23"),
    ("Saturday", "The market opens on Saturday and will stay", "2024-05-18"),
    ("Saturday", "The mayor opened the market on Saturday", "2024-05-11"),
    ("the following day", "The fair ended on 3 May 2024. The following day", "2024-05-04"),
    ("three days later", "The fair ended on 3 May 2024 and three days later", "2024-05-06"),
    ("tomorrow (Thursday 16 May)", "", "2024-05-16"),
    ("Friday (17 May)", "", "2024-05-17"),
    ("the 23rd", "The bus returns on the 23rd", "2024-05-23"),
    ("the following Monday", "The fair ended on 3 May 2024. The following Monday", "2024-05-06"),
    ("that evening", "The fair ended on 3 May 2024. That evening", "2024-05-03"),
    ("Thursday 26 December (Boxing Day)", "", "2024-12-26"),
    ("last Thursday 9 May", "", "2024-05-09"),
    ("this Saturday, 18 May", "", "2024-05-18"),
    ("18 May, Saturday", "", "2024-05-18"),
    ("today, 15 May", "", "2024-05-15"),
    ("June 2024: Sunday, 9th", "", "2024-06-09"),
]

NOT_DATES = [
    "",
    "   ",
    "TBC",
    "24/7",
    "1/2 price",
    "May I remind you",
    "we march on",
    "the sun sat low",
    "0121 496 0123",
    "18% of the county",
    "£2.5 million",
    "version 3.10.2",
    "won 3-1",
    "every Tuesday",
    "room 101",
    "in good time",
    "B12 0AA",
    "5 min read",
    "300,000 jobs",
    "the year 20245",
    "31 February 2024",
    "32/01/2024",
    "Good Friday Agreement",
    "COVID-19",
    "in 2,024 homes",
    "Monday to Friday, 9am to 5pm",
    "first Thursday of every month",
    "Bank Holiday Monday",
    "the 9th generation",
    "in the coming months",
    "02-751-1500",
    "scale 1:24",
    "once a year",
    "3 out of 5",
    "a set 4 of",
    "every second Tuesday",
    "each summer",
    "early years",
    "3 to 5 year olds",
    "aged 18 to 24",
    "10-12 Newhall Street",
    "07700 900123",
    "agenda item 4.1",
    "Year 10",
    "Second World War",
    "last minute",
]


@pytest.mark.parametrize(("text", "start", "end", "edtf"), SPANS)
def test_reads_a_range(text, start, end, edtf):
    reading = read(text, anchor=WEDNESDAY)
    assert (reading.start, reading.end, reading.edtf) == (start, end, edtf)


@pytest.mark.parametrize(("text", "start", "end", "edtf", "precision"), COARSE)
def test_reads_what_is_longer_than_a_day_as_such(text, start, end, edtf, precision):
    reading = read(text, anchor=WEDNESDAY)
    assert (reading.start, reading.end, reading.edtf, reading.precision) == (start, end, edtf, precision)


@pytest.mark.parametrize(("text", "start", "end"), TIMES)
def test_reads_wall_times_and_only_printed_offsets(text, start, end):
    reading = read(text, anchor=WEDNESDAY)
    assert (reading.start, reading.end) == (start, end)


@pytest.mark.parametrize(("text", "start", "end"), RELATIVE)
def test_counts_from_the_anchor(text, start, end):
    reading = read(text, anchor=WEDNESDAY)
    assert (reading.start, reading.end) == (start, end)


@pytest.mark.parametrize(("text", "context", "day"), YEARLESS)
def test_anchor_tense_weekday_and_context_decide(text, context, day):
    reading = read(text, context=context, anchor=WEDNESDAY)
    assert (reading.start, reading.end, reading.conflict) == (day, day, None)


@pytest.mark.parametrize("text", NOT_DATES)
def test_is_not_a_date(text):
    assert read(text, anchor=WEDNESDAY) is None


def test_a_contradicted_weekday_is_reported_and_the_date_kept():
    reading = read("Monday 14/11/2023")
    assert reading.start == "2023-11-14"
    assert reading.conflict == "Monday, but 2023-11-14 was a Tuesday"


def test_a_weekday_that_fits_one_order_of_figures_decides_it():
    assert read("Monday 04/03/2024", day_first=False).start == "2024-03-04"
    assert read("04/03/2024", day_first=False).start == "2024-04-03"
    assert read("04/03/2024").start == "2024-03-04"


def test_without_anchor_the_year_stays_open():
    reading = read("14 July")
    assert (reading.start, reading.end, reading.edtf, reading.earliest_on) == (None, None, "XXXX-07-14", None)


def test_the_context_or_a_weekday_gives_the_year_where_there_is_no_anchor():
    assert read("9th June", context="9th June - summer seminars 2021").start == "2021-06-09"
    assert read("Tuesday 2 November", latest=date(2023, 5, 1)).start == "2021-11-02"
    founded = read("Tuesday 2 November", context="Founded in 1987. Tuesday 2 November", latest=date(2023, 5, 1))
    assert founded.start == "2021-11-02"


def test_the_anchor_may_be_a_month_or_a_time():
    assert read("Thursday 19 October", anchor="2023-06").start == "2023-10-19"
    assert read("yesterday", anchor="2024-05-15T09:30:00+01:00").start == "2024-05-14"
    assert read("yesterday", anchor="2024-05") is None


def test_preference_is_obeyed():
    assert read("20 May", anchor=WEDNESDAY, prefer="past").start == "2023-05-20"
    assert read("10 May", anchor=WEDNESDAY, prefer="future").start == "2025-05-10"


@pytest.mark.parametrize("text", ["the last Thursday in November 2026", "last Thursday in November 2026"])
def test_the_last_weekday_in_a_month_is_not_last_weeks(text):
    assert read(text, anchor=WEDNESDAY).start == "2026-11-26"


def test_what_takes_until_spring_is_done_in_spring():
    taking = read("until next spring", context="it will take until next spring", anchor=WEDNESDAY)
    running = read("until next spring", context="it is open until next spring", anchor=WEDNESDAY)
    assert (taking.start, running.start, taking.end) == ("2025-03-01", None, running.end)


def test_a_bare_time_is_of_the_day_named_before_it():
    reading = read("6.15pm", context="On 4 March 2024 doors open at 6.15pm", anchor=WEDNESDAY)
    assert (reading.start, reading.end) == ("2024-03-04T18:15", None)


def test_an_issue_is_a_month():
    reading = read("March 24", context="Read our March 24 newsletter", anchor="2024-04-02")
    assert (reading.start, reading.end) == ("2024-03-01", "2024-03-31")


def test_the_quote_is_what_was_read():
    assert read("Posted on 3rd March 2024 by the editor").quote == "3rd March 2024"


def test_two_labelled_dates_are_no_range():
    assert read("Published: 3 May 2024, updated 5 May 2024").end == "2024-05-03"
