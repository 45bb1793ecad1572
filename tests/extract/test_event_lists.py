"""Events of pages that list what takes place: meetings of a year, cards, programmes, grids, calendars; and lists of other dates."""

from __future__ import annotations

from datetime import date, datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from scraper.extract import document, figures, listed
from scraper.extract.reading import read_anyway
from scraper.models import Capture, RawPost

from .pages import PARTNER

HOME = "https://www.northvale-partnership.example"
SEEN = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)


def read(title: str, body: str, path: str, head: str = "") -> RawPost:
    """Return what a page says that was seen on 2 March 2026."""
    html = (
        f'<!doctype html><html lang="en-GB"><head><title>{title}</title>{head}</head><body><header><nav><a href="/">Home'
        f"</a><a href='/events'>Events</a></nav></header><main><h1>{title}</h1>{body}</main><footer>© 2026</footer></body>"
        "</html>"
    )
    capture = Capture(
        url=f"{HOME}{path}", fetched_at=SEEN, status=200, headers={"content-type": "text/html"}, body=html.encode()
    )
    return read_anyway(capture, PARTNER)


def rows(raw: RawPost) -> list[tuple[str, str, str | None]]:
    """Return time, title and venue of each event."""
    return [(event.when_edtf, event.title, event.venue) for event in raw.events]


LISTS = {
    "a table whose hour and place stand over it": (
        "Meeting dates 2026/27",
        "/parish/meetings/",
        "<p>Meetings are held in the Reading Room at 7.30pm unless stated otherwise.</p><table><tr><th>Date</th><th>Meeting"
        "</th></tr><tr><td>Monday 11 May</td><td>Annual Meeting</td></tr><tr><td>August</td><td>No meeting</td></tr>"
        "<tr><td>Monday 11 January</td><td>Precept meeting (6.30pm)</td></tr></table>",
        [
            ("2026-05-11T19:30", "Annual Meeting", "Reading Room"),
            ("2027-01-11T18:30", "Precept meeting (6.30pm)", "Reading Room"),
        ],
    ),
    "lists under the names of committees": (
        "Council meetings",
        "/council/",
        "<h2>Full Council meetings 2026</h2><p>All at 7pm in the Council Chamber</p><ul><li>20th January</li><li>17th "
        "February - CANCELLED</li></ul><h2>Planning Committee 2026</h2><p>6.30pm, Committee Room 1</p><ul><li>6th January"
        "</li><li>27th January</li></ul>",
        [
            ("2026-01-20T19:00", "Full Council meetings", "Council Chamber"),
            ("2026-02-17T19:00", "Full Council meetings", "Council Chamber"),
            ("2026-01-06T18:30", "Planning Committee", "Committee Room 1"),
            ("2026-01-27T18:30", "Planning Committee", "Committee Room 1"),
        ],
    ),
    "a grid of bodies and months": (
        "Calendar of meetings 2026 to 2027",
        "/calendar",
        "<table><tr><th>Committee</th><th>November</th><th>December</th><th>January</th></tr><tr><th>Cabinet (5pm)</th>"
        "<td>3, 17</td><td></td><td>12</td></tr></table>",
        [
            ("2026-11-03T17:00", "Cabinet (5pm)", None),
            ("2026-11-17T17:00", "Cabinet (5pm)", None),
            ("2027-01-12T17:00", "Cabinet (5pm)", None),
        ],
    ),
    "months down, bodies across": (
        "Schedule of meetings 2027",
        "/schedule",
        "<table><tr><td>Month</td><td>Council</td><td>Finance</td></tr><tr><td>January</td><td>11th</td><td>18th</td></tr>"
        "<tr><td>February</td><td>8th</td><td></td></tr></table>",
        [("2027-01-11", "Council", None), ("2027-01-18", "Finance", None), ("2027-02-08", "Council", None)],
    ),
    "the date of a paper is no meeting's": (
        "Agendas, reports and minutes",
        "/agendas",
        "<table><tr><th>Committee</th><th>Meeting date</th><th>Agenda</th><th>Published</th></tr><tr><td>Cabinet</td>"
        "<td>03/11/2026</td><td>PDF</td><td>10/11/2026</td></tr><tr><td>Licensing</td><td>05/11/2026</td><td>PDF</td>"
        "<td>12/11/2026</td></tr><tr><td>Council</td><td>18/11/2026</td><td></td><td>11/11/2026</td></tr></table>",
        [("2026-11-03", "Cabinet", None), ("2026-11-05", "Licensing", None), ("2026-11-18", "Council", None)],
    ),
    "cards": (
        "Upcoming events",
        "/events/",
        '<div class="cards"><article class="card"><h3>Business Breakfast</h3><p>26 Mar 2026</p><p>7:30 am - 9:00 am</p><p>'
        'The Lion Hotel, Shrewbridge</p></article><article class="card"><h3>Cyber Clinic</h3><p>2 Apr 2026</p><p>10am</p>'
        "<p>Online</p></article></div>",
        [
            ("2026-03-26T07:30/2026-03-26T09:00", "Business Breakfast", "The Lion Hotel"),
            ("2026-04-02T10:00", "Cyber Clinic", "Online"),
        ],
    ),
    "day and month in elements of their own": (
        "Networking events",
        "/networking",
        "<div><div><span>03</span><span>Apr</span><h4>Speed Networking</h4><p>5.30pm-7.30pm | The Works, Buxley</p></div>"
        "<div><span>10</span><span>Apr</span><h4>Exporters' Forum</h4><p>9am-11am | Dome, Buxley</p></div></div>",
        [
            ("2026-04-03T17:30/2026-04-03T19:30", "Speed Networking", "The Works"),
            ("2026-04-10T09:00/2026-04-10T11:00", "Exporters' Forum", "Dome"),
        ],
    ),
    "a society's programme over the turn of the year": (
        "Programme 2026–27",
        "/programme",
        "<p>Wednesdays at 7.30 for 7.45pm in the Friends' Meeting House.</p><p>9 Dec – Members' evening</p><p>13 Jan – Prof. "
        "Sue Lane, ‘The Black Death’</p>",
        [
            ("2026-12-09T19:30", "Members' evening", "Friends' Meeting House"),
            ("2027-01-13T19:30", "The Black Death", "Friends' Meeting House"),
        ],
    ),
    "days of a month under its name": (
        "Diary dates",
        "/diary",
        "<h3>March 2026</h3><ul><li>12th - Book fair 3.15pm</li><li>Thu 26 Spring concert, 6pm</li></ul>",
        [("2026-03-12T15:15", "Book fair", None), ("2026-03-26T18:00", "Spring concert", None)],
    ),
    "several hours of one day": (
        "Services in April 2026",
        "/services",
        "<table><tr><th>Sunday 5th April</th><td>8am Holy Communion</td><td>10am Parish Eucharist</td></tr><tr><th>Sunday "
        "12th April</th><td>10am Family Service</td><td>6pm Evensong</td></tr></table>",
        [
            ("2026-04-05T08:00", "Holy Communion", None),
            ("2026-04-05T10:00", "Parish Eucharist", None),
            ("2026-04-12T10:00", "Family Service", None),
            ("2026-04-12T18:00", "Evensong", None),
        ],
    ),
    "a table of hours under its day": (
        "Festival events",
        "/festival",
        "<h3>Saturday 6 June 2026</h3><table><tr><td>10.00</td><td>Opening parade</td><td>High Street</td></tr><tr><td>12.30"
        "</td><td>Brass band</td><td>Market Square</td></tr></table>",
        [
            ("2026-06-06T10:00", "Opening parade", "High Street"),
            ("2026-06-06T12:30", "Brass band", "Market Square"),
        ],
    ),
    "exhibitions with one end open": (
        "Exhibitions",
        "/exhibitions",
        "<div><h3>Woven Worlds</h3><p>Until 31 May 2026</p></div><div><h3>Coal</h3><p>12 April 2026 – 28 June 2026</p></div>",
        [("../2026-05-31", "Woven Worlds", None), ("2026-04-12/2026-06-28", "Coal", None)],
    ),
    "a calendar's cells": (
        "Calendar – April 2026",
        "/hall/calendar",
        "<table><tr><th>Wed</th><th>Thu</th><th>Fri</th><th>Sat</th></tr><tr><td>1<br>7.30pm Bell ringing</td><td>2</td>"
        "<td>3</td><td>4<br>10am Craft fair</td></tr></table>",
        [("2026-04-01T19:30", "Bell ringing", None), ("2026-04-04T10:00", "Craft fair", None)],
    ),
    "one line of days": (
        "Market dates 2026",
        "/market",
        "<p>Third Saturday, 9am - 1pm, Castle Street.</p><p>18 April, 16 May, 20 June</p>",
        [
            (f"2026-{day}T09:00/2026-{day}T13:00", "Market dates", "Castle Street")
            for day in ("04-18", "05-16", "06-20")
        ],
    ),
    "minutes of the last years only": (
        "Minutes of meetings",
        "/minutes",
        "<ul><li>Minutes 12 January 2026</li><li>Agenda 12 January 2026</li><li>Minutes 10 November 2025</li><li>Minutes "
        "6 May 2014</li></ul>",
        [("2026-01-12", "Minutes of meetings", None), ("2025-11-10", "Minutes of meetings", None)],
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_events_of_a_list(name: str) -> None:
    title, path, body, expected = LISTS[name]
    assert rows(read(title, body, path)) == expected


def test_what_became_of_an_entry() -> None:
    raw = read(*LISTS["lists under the names of committees"][::2], "/council/")
    assert [event.status for event in raw.events] == ["scheduled", "cancelled", "scheduled", "scheduled"]


OTHERS = {
    "Opening times": "<ul><li>24 December 2026: 9am to noon</li><li>27 December 2026: 10am to 4pm</li></ul>",
    "Bin collection days": "<table><tr><th>Date</th></tr><tr><td>23 March 2026</td></tr><tr><td>30 March 2026</td></tr></table>",
    "Latest news": "<div><h3>Budget agreed</h3><p>2 February 2026</p></div><div><h3>Park opens</h3><p>9 January 2026</p></div>",
    "A symposium for the region": "<p class='date'>26 February 2021</p><p>It was held over two days.</p><h2>Latest news &amp; events</h2>"
    "<article><h3>Loan fund opens</h3><p>Feb 29 2024</p></article><article><h3>Rail hub to begin</h3><p>Mar 1 2024</p></article>"
    "<article><h3>Drivers wait</h3><p>Mar 1 2024</p></article>",
    "Current vacancies": "<ul><li>Clerk: closing date 4 April 2026</li><li>Officer: closing date 11 April 2026</li></ul>",
    "Council documents": "<table><tr><th>File</th><th>Uploaded</th></tr><tr><td>Orders</td><td>12/05/2025</td></tr>"
    "<tr><td>Rules</td><td>13/05/2025</td></tr><tr><td>Risks</td><td>14/05/2025</td></tr></table>",
    "Committee appointments": "<ul><li>Jane Grey – appointed 1 May 2021</li><li>Ali Khan – appointed 9 May 2023</li>"
    "<li>Meg Lyle – appointed 4 March 2024</li></ul>",
    "Events team grows": "<p>27 February 2026</p><p>Our events team has two new members. Kim joined on 2 February 2026; Sol "
    "joins on 4 May 2026.</p>",
}


@pytest.mark.parametrize("title", OTHERS)
def test_other_dates_are_no_events(title: str) -> None:
    assert [event for event in read(title, OTHERS[title], "/about/it/").events if event.found_in == "visible"] == []


CARDS = (
    "<p>The council has agreed its budget for the year.</p><h2>Upcoming events</h2><div><div><h3>Quiz</h3><p>26 March 2026, "
    "7pm</p></div><div><h3>Fair</h3><p>2 April 2026, 10am</p></div></div>"
)
ARTICLE = '<meta property="article:published_time" content="2026-02-27T09:00:00+00:00">'


def test_a_dated_post_has_no_part_in_the_events_beside_it() -> None:
    found = read("Council agrees budget", CARDS, "/news/budget/", ARTICLE).events
    assert [event for event in found if event.found_in == "visible"] == []


def test_a_page_that_lists_several_is_about_none_and_not_of_the_day_of_one() -> None:
    raw = read(*LISTS["cards"][::2], "/whats-on")
    assert raw.kind == "news"
    assert not any(claim.chosen and claim.field == "published" for claim in raw.dates)


TITLES = [
    ("Full Council – Tuesday 8 December 2026 at 7pm", "2026-12-08T19:00", "Full Council"),
    ("Agenda for Cabinet on Wednesday, 14th January, 2026, 5.00 pm", "2026-01-14T17:00", "Cabinet"),
    ("Minutes of the meeting of the Planning Committee, 12 January 2026", "2026-01-12", "Planning Committee"),
]


@pytest.mark.parametrize(("title", "time", "name"), TITLES)
def test_a_title_names_its_meeting(title: str, time: str, name: str) -> None:
    body = "<p>Venue: Assembly Rooms</p><ol><li>Minutes of the meeting held on 10 November 2025</li></ol>"
    assert rows(read(title, body, "/papers/1/")) == [(time, name, "Assembly Rooms")]


ORDERS = [
    ("https://a.example/", "en", "<p>03/04/2026</p>", "und", True),
    ("https://a.example/", "en-US", "<p>03/04/2026</p>", "und", False),
    ("https://a.example/", "en-US", "<p>03/04/2026</p>", "en-GB", True),
    ("https://a.example/", "en-US", "<p>03/04/2026</p><p>23/04/2026</p>", "und", True),
    ("https://town.gov/", "en", "<p>03/04/2026</p>", "und", False),
    ("https://a.example/", "en", "<p>03/04/2026</p><p>March 4, 2026</p>", "und", False),
    ("https://a.example/", "en", "<p>03/04/2026</p><p>March 4, 2026</p><p>4 March 2026</p>", "und", True),
]


@pytest.mark.parametrize(("url", "language", "body", "country", "expected"), ORDERS)
def test_the_order_of_figures(url: str, language: str, body: str, country: str, expected: bool) -> None:
    page = document.parse(f'<html lang="{language}"><body>{body}</body></html>'.encode(), url)
    assert figures.is_day_first(page, country) is expected


HOSTILE = [
    "<p>" + "1 May 2026, " * 4_000 + "</p>",
    "<table>" + "<tr><td>Mon</td><td>99</td><td>31 February 2026</td></tr>" * 500 + "</table>",
    "<ul>" + "<li>99th - at at at at @ @ 25:99pm 0000-00-00</li>" * 500 + "</ul>",
    "<h2>9999/00</h2><ul><li>31 June</li><li>0 May</li><li>Fri 13 May 0000</li></ul>",
    "<div>" * 200 + "3 May 2026" + "</div>" * 200,
]


@pytest.mark.parametrize("body", HOSTILE)
def test_strange_lists_raise_nothing(body: str) -> None:
    page = document.parse(f"<html><body><h1>Meetings</h1>{body}</body></html>".encode(), f"{HOME}/meetings")
    found = listed.read_listed(
        page,
        zone="Europe/London",
        title="Meetings",
        language="en-GB",
        anchor=date(2026, 3, 2),
        order=lambda: True,
        is_post=False,
        about_one=False,
    )
    assert len(found) <= 200


def test_an_hour_set_in_utc_by_mistake_is_read_as_it_is_shown() -> None:
    body = (
        '<div itemscope itemtype="https://schema.org/Event"><span itemprop="name">Board</span><div itemprop="startDate" '
        'content="2026-07-20T09:00"><p>20 July 2026, 10:00 - 11:30</p></div></div>'
    )
    (event,) = read("Board", body, "/board").events
    assert event.starts_at == datetime(2026, 7, 20, 9, tzinfo=timezone.utc)
    assert event.ends_at == datetime(2026, 7, 20, 11, 30, tzinfo=ZoneInfo("Europe/London"))
