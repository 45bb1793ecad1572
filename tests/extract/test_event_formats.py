"""Events in class names (h-event, hCalendar), and schedules of schema.org: when, and which of a page's."""

from __future__ import annotations

import json
from datetime import datetime, timezone

import pytest

from scraper import extract
from scraper.extract.document import parse
from scraper.extract.events import read_events
from scraper.models import Capture, RawPost

from .pages import PARTNER

H_EVENT = (
    '<article class="h-event"><h1 class="p-name">Regatta</h1><time class="dt-start" datetime="2026-07-04T09:00">4 July'
    '</time><time class="dt-end" datetime="2026-07-04 17:30:00+0100">5.30</time><p class="p-location">The Quay</p></article>'
)
H_CALENDAR = (
    '<div class="vevent"><h1>Regatta</h1><abbr class="dtstart" title="2026-07-04T09:00:00+01:00">4 July</abbr>'
    '<abbr class="dtend" title="2026-07-04T17:30:00+01:00">5.30</abbr><span class="location">The Quay</span></div>'
)
FORERUNNER = (
    '<div itemscope="" itemtype="https://data-vocabulary.org/Event"><ul class="hiddenStructure"><li itemprop="summary">'
    'Regatta</li><li itemprop="startDate" class="dtstart">2026-07-04T09:00:00+01:00</li><li itemprop="endDate" '
    'class="dtend">2026-07-04T17:30:00+01:00</li></ul><h1>Regatta</h1><p itemprop="location">The Quay</p></div>'
)
IN_PARTS = (
    '<div class="h-event"><p class="p-name">Regatta</p><p class="dt-start"><span class="value">2026-07-04</span> at '
    '<span class="value">09:00</span></p></div>'
)
OTHER = '<div class="h-event"><a class="p-name u-url" href="/b/">Ball</a><time class="dt-start" datetime="2026-08-01"></time></div>'


def found(body: str) -> list[tuple[str, str, str | None]]:
    page = parse(f"<html><body><main>{body}</main></body></html>".encode(), "https://quay.example/regatta/")
    return [(event.title, event.when_edtf, event.venue) for event in read_events(page, zone="Europe/London")]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (FORERUNNER, [("Regatta", "2026-07-04T09:00/2026-07-04T17:30", "The Quay")]),
        (H_EVENT, [("Regatta", "2026-07-04T09:00/2026-07-04T17:30", "The Quay")]),
        (H_CALENDAR, [("Regatta", "2026-07-04T09:00/2026-07-04T17:30", "The Quay")]),
        (H_EVENT + OTHER + OTHER, [("Regatta", "2026-07-04T09:00/2026-07-04T17:30", "The Quay")]),
        (IN_PARTS, [("Regatta", "2026-07-04T09:00", None)]),
        ("<h1>News</h1>" + OTHER + OTHER, []),  # a list of events beside something else
        (f"<h1>News</h1><aside>{OTHER}</aside>", []),
        ('<div class="vevent"><h1>Regatta</h1><span class="dtstart">soon</span></div>', []),
    ],
)
def test_events_in_class_names(body: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert found(body) == expected


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ({"startDate": "2026-07-01", "startTime": "09:00:00", "endTime": "10:00"}, "2026-07-01T09:00/2026-07-01T10:00"),
        ({"startDate": "2026-07-01T09:00"}, "2026-07-01T09:00"),
    ],
)
def test_the_first_time_of_a_schedule(schedule: object, expected: str) -> None:
    node = {"@type": "Event", "name": "Singing", "eventSchedule": schedule}
    assert found(f'<script type="application/ld+json">{json.dumps(node)}</script>') == [("Singing", expected, None)]


@pytest.mark.parametrize(
    ("schedule", "expected"),
    [
        ([{"startDate": "2026-07-01"}, {"startDate": "2026-08-01"}], ["2026-07-01", "2026-08-01"]),
        (
            {
                "startDate": "2026-07-01",
                "endDate": "2026-07-22",
                "startTime": "09:00",
                "repeatFrequency": "P1W",
                "exceptDate": "2026-07-15",
            },
            ["2026-07-01T09:00", "2026-07-08T09:00", "2026-07-22T09:00"],
        ),
        (
            {
                "startDate": "2026-07-01",
                "repeatCount": 3,
                "repeatFrequency": "Weekly",
                "byDay": ["https://schema.org/Wednesday", "FR"],
            },
            ["2026-07-01", "2026-07-03", "2026-07-08"],
        ),
        (
            {"startDate": "2026-07-06", "endDate": "2026-07-31", "repeatFrequency": "P2W", "byDay": "MO"},
            ["2026-07-06", "2026-07-20"],
        ),
        (
            {"startDate": "2026-07-01", "endDate": "2026-07-03", "repeatFrequency": "P1D"},
            ["2026-07-01", "2026-07-02", "2026-07-03"],
        ),
        ({"startDate": "2026-07-01", "repeatFrequency": "P1W"}, ["2026-07-01"]),  # for ever: only the first is certain
        ({"startDate": "2026-07-01", "endDate": "2026-12-01", "repeatFrequency": "P1M"}, ["2026-07-01"]),
        ({"startDate": "2026-07-01", "endDate": "9999-12-31", "repeatFrequency": "P0D", "byDay": [3]}, ["2026-07-01"]),
    ],
)
def test_a_schedule_is_followed_where_it_says_all(schedule: object, expected: list[str]) -> None:
    node = {"@type": "Event", "name": "Singing", "startDate": "2026-07-01", "eventSchedule": schedule}
    read = found(f'<script type="application/ld+json">{json.dumps(node)}</script>')
    assert [when for _, when, _ in read] == expected


def test_a_schedule_that_says_nothing() -> None:
    node = {"@type": "Event", "name": "Singing", "eventSchedule": [7]}
    assert found(f'<script type="application/ld+json">{json.dumps(node)}</script>') == []


def test_the_day_of_an_event_in_the_text_is_no_publication_date() -> None:
    text = "<p>Join us on the river. Date: 04/08/2026 Time: 13:30–17:30 Venue: The Quay, Derby</p>"
    more = "<p>Bring a boat, a friend and a picnic for both days of the race on the river.</p>" * 3
    post = read_post("/news/2026/07/29/regatta/", f"<h1>Regatta</h1>{text}{more}")
    assert [(claim.edtf, claim.found_in) for claim in post.dates if claim.chosen] == [("2026-07-29", "url")]


def test_the_end_of_an_event_is_no_publication_date() -> None:
    when = "<dl><dt>When</dt><dd>Thursday 23 July 2026 09:00 – Friday 24 July 2026 16:00</dd></dl>"
    text = "<p>Bring a boat, a friend and a picnic for both days of the race on the river.</p>" * 3
    post = read_post("/whats-on/regatta/", f"<h1>Regatta</h1>{when}{text}")
    assert [event.when_edtf for event in post.events] == ["2026-07-23T09:00/2026-07-24T16:00"]
    assert not any(claim.chosen for claim in post.dates)


def read_post(path: str, body: str) -> RawPost:
    capture = Capture(
        url=f"https://quay.example{path}",
        fetched_at=datetime(2026, 11, 1, tzinfo=timezone.utc),
        status=200,
        headers={"content-type": "text/html"},
        body=f"<html><head><title>Regatta</title></head><body><main>{body}</main></body></html>".encode(),
    )
    return extract.read(capture, PARTNER)


def read_page(path: str, body: str) -> tuple[list[str], str, list[str]]:
    """Return the events of a page of the partner, its kind and its days of publication."""
    post = read_post(path, body)
    days = [claim.edtf for claim in post.dates if claim.chosen and claim.field == "published"]
    return [event.when_edtf for event in post.events], post.kind, days


BRING = "<p>Bring a boat, a friend and a picnic for both days of the race on the river.</p>" * 3
CELLS = "<table><tr><td><b>Date</b></td><td>Thursday 23 July 2026</td></tr><tr><td><b>Time</b></td><td>9am</td></tr></table>"
BARE = "<div class=summary>Thursday, 23 July 2026 09:00 - 16:00</div>"
TIMES = (
    '<div class="label">When</div><div><time datetime="2026-07-23T08:00:00Z">Thu, 23/07/2026 - 09:00</time> - '
    '<time datetime="2026-07-23T15:00:00Z">Thu, 23/07/2026 - 16:00</time></div>'
)
TERMS = "<dl><dt>Date</dt><dd>Thursday 23 July 2026</dd><dt>Time</dt><dd>9am</dd></dl>"


@pytest.mark.parametrize(
    ("path", "words", "expected"),
    [
        ("/events.php?event=12", CELLS, (["2026-07-23T09:00"], "event", [])),
        ("/events/regatta", BARE, (["2026-07-23T09:00/2026-07-23T16:00"], "event", [])),
        (
            "/events/12/regatta",
            BARE.replace("<div", "<h2>Regatta</h2><div"),
            (["2026-07-23T09:00/2026-07-23T16:00"], "event", []),
        ),
        ("/events/regatta", TIMES, (["2026-07-23T09:00/2026-07-23T16:00"], "event", [])),
        ("/events/2026/7/23/regatta", TERMS, (["2026-07-23T09:00"], "event", [])),
        ("/whatson/regatta", TERMS, (["2026-07-23T09:00"], "event", [])),
        ("/events/regatta", "<p>Posted 1 May 2026</p>" + TERMS, (["2026-07-23T09:00"], "event", ["2026-05-01"])),
        ("/news.php?id=12", BARE, ([], "news", ["2026-07-23T09:00:00"])),
        (
            "/events/regatta",
            TERMS.replace("Thursday 23 July 2026", "Sunday 07 March 2027"),
            (["2027-03-07T09:00"], "event", []),
        ),
        ("/events.php", "<p>Posted 1 May 2026</p>", ([], "news", ["2026-05-01"])),
    ],
)
def test_the_page_of_an_event(path: str, words: str, expected: tuple[list[str], str, list[str]]) -> None:
    heading = "" if "<h2>" in words else "<h1>Regatta</h1>"
    assert read_page(path, f"{heading}{words}{BRING}") == expected
