"""iCalendar: zones, whole days, repeated events, cancelled and broken ones, rules without end."""

import time
from datetime import date, timedelta

import pytest

from scraper.errors import PageError

from .readers import HOME, NOW, paths, read

BST = (
    "BEGIN:VTIMEZONE\r\nTZID:GMT\r\n"
    "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZNAME:GMT\r\nEND:STANDARD\r\n"
    "BEGIN:DAYLIGHT\r\nDTSTART:19700329T010000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZNAME:BST\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)


def calendar(*events: str, zones: str = "") -> str:
    inner = "".join(f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT\r\n" for event in events)
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{zones}{inner}END:VCALENDAR\r\n"


def event(*lines: str, uid: str = "1") -> str:
    return "\r\n".join((f"UID:{uid}", "SUMMARY:Regatta", *lines))


def only(*lines: str, zones: str = ""):
    found = read("calendar", calendar(event(*lines), zones=zones), "events.ics")
    assert found.faults == ()
    return found.events[0]


@pytest.mark.parametrize(
    ("start", "starts_at", "zone"),
    [
        ("DTSTART:20260704T090000Z", "2026-07-04T09:00:00+00:00", "Europe/London"),
        ("DTSTART:20260704T090000", "2026-07-04T08:00:00+00:00", "Europe/London"),
        ("DTSTART;TZID=Europe/Paris:20260704T090000", "2026-07-04T07:00:00+00:00", "Europe/Paris"),
        ("DTSTART;TZID=GMT:20260704T090000", "2026-07-04T08:00:00+00:00", "Europe/London"),
        ("DTSTART;TZID=GMT:20260104T090000", "2026-01-04T09:00:00+00:00", "Europe/London"),
        ("DTSTART;TZID=Nowhere/None:20260704T090000", "2026-07-04T08:00:00+00:00", "Europe/London"),
    ],
)
def test_zones(start: str, starts_at: str, zone: str):
    found = only(start, zones=BST)
    assert (found.starts_at.isoformat(), found.timezone) == (starts_at, zone)


@pytest.mark.parametrize(
    ("lines", "edtf", "last"),
    [
        (["DTSTART;VALUE=DATE:20260704"], "2026-07-04", "2026-07-04"),
        (["DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260705"], "2026-07-04", "2026-07-04"),
        (["DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260707"], "2026-07-04/2026-07-06", "2026-07-06"),
        (["DTSTART:20260704T100000", "DTEND:20260704T120000"], "2026-07-04T10:00/2026-07-04T12:00", "2026-07-04"),
        (["DTSTART:20260704T100000", "DURATION:PT90M"], "2026-07-04T10:00/2026-07-04T11:30", "2026-07-04"),
        (["DTSTART:20260704T200000", "DTEND:20260705T000000"], "2026-07-04T20:00/2026-07-05T00:00", "2026-07-04"),
        (["DTSTART:20260704T100000"], "2026-07-04T10:00", "2026-07-04"),
        (["DTSTART:20260704T100000", "DTEND;VALUE=DATE:20260707"], "2026-07-04T10:00/2026-07-06", "2026-07-06"),
    ],
)
def test_lengths(lines: list[str], edtf: str, last: str):
    found = only(*lines)
    assert (found.when_edtf, found.end_on.isoformat()) == (edtf, last)


def test_fields():
    found = only(
        "DTSTART:20260704T100000",
        "LOCATION:The Boathouse\\, Quay Street",
        "STATUS:CANCELLED",
        "ORGANIZER;CN=Harbour Trust:mailto:desk@harbour-trust.example",
        "DESCRIPTION:Bring a coat.\\nAnd ",
        "  boots.",
        "X-ALT-DESC:<b>ignored</b>",
    )
    assert (found.venue, found.organiser) == ("The Boathouse, Quay Street", "Harbour Trust")
    assert (found.status, found.evidence, found.uid) == ("cancelled", "Bring a coat. And boots.", "1")


def test_an_event_with_a_page_is_a_candidate():
    body = calendar(event("DTSTART:20260704T100000", f"URL:{HOME}events/regatta/"))
    found = read("calendar", body, "events.ics")
    assert paths(found) == ["events/regatta/"]
    assert found.candidates[0].claims.events == found.events


def test_repeated_event_without_its_exceptions():
    body = calendar(
        event("DTSTART;VALUE=DATE:20260706", "RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE;VALUE=DATE:20260713"),
        event("RECURRENCE-ID;VALUE=DATE:20260720", "DTSTART;VALUE=DATE:20260721"),
    )
    found = read("calendar", body, "events.ics")
    assert [one.start_on.isoformat() for one in found.events] == ["2026-07-06", "2026-07-21", "2026-07-27"]
    assert len({one.uid for one in found.events}) == 3


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;COUNT=999999999",
        "FREQ=DAILY;BYHOUR=1,2,3",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=DAILY;INTERVAL=99999999",
        "FREQ=DAILY;BYMONTH=30",
        "FREQ=DAILY;BYMONTHDAY=20270101",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=DAILY;BYSETPOS=2",
        "FREQ=WEEKLY;BYSETPOS=8",
        "FREQ=WEEKLY;BYMONTH=13",
        "FREQ=MONTHLY;BYSETPOS=366",
        "FREQ=MONTHLY;BYDAY=6SU",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30,-30",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYDAY=54MO",
        "FREQ=DAILY;BYWEEKNO=0",
        "FREQ=DAILY;BYWEEKNO=20",
        "FREQ=YEARLY;BYWEEKNO=0",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;INTERVAL=900;BYMONTH=1;BYYEARDAY=200",
        "FREQ=NEVER",
    ],
)
def test_rules_that_would_never_end_are_left_out_and_named(rule: str):
    found = read("calendar", calendar(event("DTSTART:20260704T100000", f"RRULE:{rule}")), "events.ics")
    assert [one.start_on.isoformat() for one in found.events] == ["2026-07-04"]
    assert len(found.faults) == 1


def test_of_many_rules_that_never_meet_a_day_most_are_not_even_judged():
    wild = [
        event(f"UID:{number}", "DTSTART:20260704T100000", "RRULE:FREQ=DAILY;BYMONTHDAY=40") for number in range(400)
    ]
    began = time.process_time()
    found = read("calendar", calendar(*wild), "events.ics")
    assert found.faults == ("400 rules that would take too long to unroll",)
    assert time.process_time() - began < 3  # each costs 20 ms to judge


@pytest.mark.parametrize("start", ["00010101T100000", "18500101T100000", "99991231T100000"])
def test_a_rule_from_antiquity_or_the_end_of_time_is_left_out(start: str):
    found = read(
        "calendar", calendar(event(f"DTSTART:{start}", "RRULE:FREQ=MONTHLY;BYMONTHDAY=-31;BYMONTH=2")), "e.ics"
    )
    assert "1 rules that would take too long to unroll" in found.faults


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;BYMONTH=7,30;COUNT=2", ["2026-07-04", "2026-07-05"]),
        ("FREQ=MONTHLY;BYDAY=1SA;COUNT=2", ["2026-07-04", "2026-08-01"]),
        ("FREQ=MONTHLY;BYDAY=-1SA;COUNT=2", ["2026-07-25", "2026-08-29"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=2", ["2026-07-31", "2026-08-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=2", ["2026-07-31", "2026-08-31"]),
        ("FREQ=MONTHLY;COUNT=2", ["2026-07-04", "2026-08-04"]),
        ("FREQ=YEARLY;COUNT=2", ["2026-07-04", "2027-07-04"]),
        ("FREQ=YEARLY;BYMONTH=8;BYDAY=-1MO;COUNT=2", ["2026-08-31", "2027-08-30"]),
        ("FREQ=YEARLY;BYDAY=-1SU;COUNT=1", ["2026-12-27"]),
        ("FREQ=YEARLY;BYYEARDAY=-1;COUNT=1", ["2026-12-31"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1", ["2028-02-29"]),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=2", ["2026-07-04", "2026-07-18"]),
        ("FREQ=WEEKLY;BYDAY=2MO;COUNT=1", ["2026-07-06"]),
    ],
)
def test_rules_that_meet_their_days_are_unrolled(rule: str, days: list[str]):
    found = read("calendar", calendar(event("DTSTART:20260704T100000", f"RRULE:{rule}")), "events.ics")
    assert found.faults == ()
    assert sorted({one.start_on.isoformat() for one in found.events} - {"2026-07-04"}) == sorted(
        {*days} - {"2026-07-04"}
    )


@pytest.mark.parametrize(
    "name", ["Europe", "America/Argentina", "Nowhere/None", "../../etc/passwd", "/etc", "a" * 59, ""]
)
def test_a_zone_that_is_a_folder_or_none_costs_nothing(name: str):
    lines = (f"DTSTART;TZID={name}:20260704T100000", f"RDATE;TZID={name}:20260705T100000")
    found = read("calendar", calendar(event(*lines)), "events.ics")
    assert [one.start_on.isoformat() for one in found.events] == ["2026-07-04", "2026-07-05"]


def test_of_a_daily_series_the_next_days_are_read_not_the_first():
    found = read("calendar", calendar(event("DTSTART;VALUE=DATE:20240101", "RRULE:FREQ=DAILY")), "events.ics")
    days = [one.start_on for one in found.events]
    assert len(days) == 400
    assert (days[0], days[-1]) == (NOW.date(), NOW.date() + timedelta(days=399))
    short = calendar(event("DTSTART;VALUE=DATE:20240101", f"RRULE:FREQ=DAILY;UNTIL={NOW:%Y%m%d}"))
    assert [one.start_on for one in read("calendar", short, "events.ics").events][-1] == NOW.date()


LAST = event("DTSTART:20290704T100000", uid="9")


@pytest.mark.parametrize(
    ("body", "until"),
    [
        (calendar(event("DTSTART:20280704T100000"), LAST), date(2029, 7, 4)),
        (calendar(), None),
        (calendar(LAST).replace("END:VCALENDAR", ""), None),
        (calendar(event("DTSTART:whenever"), LAST), None),
    ],
    ids=["whole", "empty", "cut", "one is broken"],
)
def test_a_calendar_read_whole_says_until_when_it_lists(body: str, until: date | None):
    assert read("calendar", body, "events.ics").listed_until == until


def test_endless_calm_rule_ends_at_the_window():
    found = read("calendar", calendar(event("DTSTART:20200101T100000", "RRULE:FREQ=WEEKLY")), "events.ics")
    assert 200 < len(found.events) <= 400


@pytest.mark.parametrize(
    "broken",
    [
        "SUMMARY:no start",
        "DTSTART:20260230T100000",
        "DTSTART:x",
        "DTSTART:20260704T100000\r\nDTEND:x",
        "DTSTART:\r\nRRULE:x",
    ],
)
def test_a_broken_event_costs_itself_at_most(broken: str):
    good = event("DTSTART;VALUE=DATE:20260704", uid="2")
    found = read("calendar", calendar(f"UID:1\r\n{broken}", good), "events.ics")
    assert "2026-07-04" in [one.start_on.isoformat() for one in found.events]
    assert all(one.start_on.isoformat() == "2026-07-04" for one in found.events)


def test_a_huge_calendar_is_read_from_its_beginning():
    many = [event("DTSTART;VALUE=DATE:20260704", uid=str(number)) for number in range(6000)]
    found = read("calendar", calendar(*many), "events.ics")
    assert len(found.events) == 2000
    assert "lines were read" in found.faults[0]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<!doctype html><html></html>", "not-a-calendar"),
        ("", "not-a-calendar"),
        ("BEGIN:VCALENDAR\r\n" + "x" * 3_000_000, "too-big"),
        ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "not-a-calendar"),
    ],
)
def test_what_is_no_calendar(body: str, reason: str):
    with pytest.raises(PageError) as caught:
        read("calendar", body, "events.ics")
    assert caught.value.reason == reason


def test_a_byte_order_mark_and_bare_line_feeds():
    body = calendar(event("DTSTART:20260704T090000Z")).replace("\r\n", "\n")
    assert [one.title for one in read("calendar", "\ufeff" + body, "events.ics").events] == ["Regatta"]


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20260704T100000Z", "DTEND:20260703T100000Z"],
        ["DTSTART:20260704T100000Z", "DURATION:-PT1H"],
        ["DTSTART;VALUE=DATE:20260704", "DTEND;VALUE=DATE:20260701"],
    ],
)
def test_an_end_before_the_start_is_none(lines: list[str]):
    found = only(*lines)
    assert (found.ends_at, found.end_on.isoformat()) == (None, "2026-07-04")


@pytest.mark.parametrize("zone", ["", ";TZID=Europe/London", ";TZID=America/New_York"])
def test_a_rule_that_ends_with_a_day_holds_all_that_day(zone: str):
    body = calendar(event(f"DTSTART{zone}:20260701T210000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;UNTIL=20260715"))
    found = read("calendar", body, "events.ics")
    assert [one.start_on.day for one in found.events] == [1, 8, 15]


@pytest.mark.parametrize("line", ["CLASS:PRIVATE", "CLASS:confidential"])
def test_what_is_not_public_is_left_out(line: str):
    body = calendar(event("DTSTART:20260704T100000Z", line), event("DTSTART:20260705T100000Z", "CLASS:PUBLIC", uid="2"))
    assert [one.start_on.isoformat() for one in read("calendar", body, "events.ics").events] == ["2026-07-05"]


@pytest.mark.parametrize(
    ("zone", "starts_at"),
    [("America/New_York", "14:00"), ("UTC", "09:00"), ("No/Where", "09:00"), ("/etc/passwd", "09:00")],
)
def test_bare_times_are_of_the_zone_that_the_calendar_names(zone: str, starts_at: str):
    body = calendar(event("DTSTART:20260704T100000")).replace(
        "BEGIN:VEVENT", f"X-WR-TIMEZONE:{zone}\r\nBEGIN:VEVENT", 1
    )
    assert read("calendar", body, "events.ics").events[0].starts_at.strftime("%H:%M") == starts_at


def test_calendars_in_one_file_and_in_another_charset_are_read():
    body = calendar(event("DTSTART:20260704T100000Z", "LOCATION:Café")) + calendar(
        event("DTSTART:20260705T100000Z", uid="2")
    )
    found = read("calendar", body.encode("latin-1"), "events.ics")
    assert [(one.start_on.day, one.venue) for one in found.events] == [(5, None), (4, "Café")]


def test_markup_in_words_is_no_word_and_a_year_of_machines_no_event():
    body = calendar(event("DTSTART:20260704T100000Z", "LOCATION:<b>Quay</b> < Street")) + calendar(
        event("DTSTART:00010101T000000Z", uid="2")
    )
    found = read("calendar", body, "events.ics")
    assert [one.venue for one in found.events] == ["Quay < Street"]
    assert found.faults
