"""Events of small pages as regional bodies write them: labels, lists, tables, bare lines, and sentences of news."""

from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import pytest

from scraper.extract.reading import read_anyway
from scraper.models import Capture, Event

from .pages import PARTNER

HOME = "https://www.northvale-partnership.example"
FILL = (
    "<p>The Northvale Partnership brings together councils, colleges and firms across the county. It publishes news "
    "about transport, skills and culture, and works with residents on plans for the town centre.</p><p>Anyone can write "
    "to the office at Castle Street with questions or ideas, and staff answer most letters within a week.</p>"
)
PUBLISHED = '<meta property="article:published_time" content="2026-02-26T09:00:00+00:00">'

Told = tuple[str | None, str | None, str | None, str]


def local(event: Event, side: str) -> str | None:
    """Return one side of an event as local time, or its day."""
    at: datetime | None = getattr(event, f"{side}s_at")
    on = getattr(event, f"{side}_on")
    if at is not None:
        return at.astimezone(ZoneInfo("Europe/London")).strftime("%Y-%m-%dT%H:%M")
    return on.isoformat() if on else None


def told(body: str, path: str) -> list[Told]:
    """Return start, end, venue and status of each event of a page; the end is None where it is the day of the start."""
    title = "Latest from the partnership"
    html = (
        f'<!doctype html><html lang="en-GB"><head><title>{title}</title>{PUBLISHED}</head><body><main><article>'
        f"<h1>{title}</h1>{body}{FILL}</article></main></body></html>"
    )
    capture = Capture(
        url=HOME + path,
        fetched_at=datetime(2026, 2, 27, 12, tzinfo=timezone.utc),
        status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=html.encode(),
    )
    found = []
    for event in read_anyway(capture, PARTNER).events:
        start, end = local(event, "start"), local(event, "end")
        found.append((start, None if end == (start or "")[:10] else end, event.venue, event.status))
    return found


EVENT_PAGES: list[tuple[str, list[Told]]] = [
    (
        "<p><strong>Date:</strong> Thursday 12 March 2026</p><p><strong>Time:</strong> 7.30am – 9.30am</p><p><strong>Venue:</strong> Arden Hall, Castle Street, Harrowby</p>",
        [("2026-03-12T07:30", "2026-03-12T09:30", "Arden Hall", "scheduled")],
    ),
    (
        "<ul><li>Date: 12/03/2026</li><li>Time: 12:00 - 14:00</li><li>Location: Online (Zoom)</li></ul>",
        [("2026-03-12T12:00", "2026-03-12T14:00", "Online (Zoom)", "scheduled")],
    ),
    (
        "<dl><dt>When</dt><dd>Saturday 14 March 2026, 11am to 3pm</dd><dt>Where</dt><dd>Market Square</dd><dt>Cost</dt><dd>Free</dd></dl>",
        [("2026-03-14T11:00", "2026-03-14T15:00", "Market Square", "scheduled")],
    ),
    (
        "<table><tr><th>Start date</th><td>4 July 2026</td></tr><tr><th>End date</th><td>5 July 2026</td></tr><tr><th>Venue</th><td>The Quay</td></tr></table>",
        [("2026-07-04", "2026-07-05", "The Quay", "scheduled")],
    ),
    (
        "<div class='event-meta'><div class='row'><span class='label'>Starts</span><span class='value'>Mon 9 Mar 2026 18:00</span></div><div class='row'><span class='label'>Ends</span><span class='value'>Mon 9 Mar 2026 20:00</span></div><div class='row'><span class='label'>Place</span><span class='value'>Library</span></div></div>",
        [("2026-03-09T18:00", "2026-03-09T20:00", "Library", "scheduled")],
    ),
    (
        "<h3>Date and time</h3><p>Wednesday, 18 March 2026 at half past seven in the evening</p><h3>Location</h3><p>St Mary's Church</p>",
        [("2026-03-18T19:30", None, "St Mary's Church", "scheduled")],
    ),
    (
        "<p><b>When:</b> Every Tuesday from 3 March to 31 March 2026, 10am-11am<br><b>Where:</b> Leisure Centre</p>",
        [("2026-03-03T10:00", "2026-03-31T11:00", "Leisure Centre", "scheduled")],
    ),
    (
        "<p><strong>Event date:</strong> 21st March 2026<br><strong>Doors open:</strong> 7pm<br><strong>Venue:</strong> Corn Exchange</p>",
        [("2026-03-21T19:00", None, "Corn Exchange", "scheduled")],
    ),
    (
        "<div><h4>Date</h4><div>Fri 6 – Sun 8 March 2026</div><h4>Time</h4><div>10am – 5pm daily</div><h4>Venue</h4><div>Museum</div></div>",
        [("2026-03-06T10:00", "2026-03-08T17:00", "Museum", "scheduled")],
    ),
    (
        "<p>Date(s): 20 March 2026</p><p>Time(s): 9:30 AM to 4:30 PM</p><p>Contact: Jo</p>",
        [("2026-03-20T09:30", "2026-03-20T16:30", None, "scheduled")],
    ),
    (
        "<p><strong>Booking deadline:</strong> 10 March 2026</p><p><strong>Date:</strong> 24 March 2026</p><p><strong>Time:</strong> 6pm</p>",
        [("2026-03-24T18:00", None, None, "scheduled")],
    ),
    (
        "<p><strong>POSTPONED</strong></p><p><strong>Date:</strong> 24 March 2026, 6pm</p><p><strong>Venue:</strong> Town Hall</p>",
        [("2026-03-24T18:00", None, "Town Hall", "postponed")],
    ),
    (
        "<p>When: Cancelled – was Saturday 28 March 2026</p><p>Where: Town Hall</p>",
        [("2026-03-28", None, "Town Hall", "cancelled")],
    ),
    (
        "<p class='date'>Sat 28 March 2026</p><p class='time'>2.00pm - 4.00pm</p><p class='venue'>Village Hall</p>",
        [("2026-03-28T14:00", "2026-03-28T16:00", None, "scheduled")],
    ),
    (
        "<div class='details'><p>📅 Thursday 26 March 2026</p><p>🕒 1pm–2pm</p><p>📍 Online via Teams</p></div>",
        [("2026-03-26T13:00", "2026-03-26T14:00", None, "scheduled")],
    ),
    (
        "<p><strong>Dates:</strong> 5, 12 and 19 March 2026</p><p><strong>Times:</strong> 6.30pm to 8pm</p><p><strong>Venue:</strong> College</p>",
        [("2026-03-05T18:30", "2026-03-19T20:00", "College", "scheduled")],
    ),
    (
        "<p><strong>Pryd:</strong> Dydd Iau 12 Mawrth 2026, 10yb - 12yp</p><p><strong>Lleoliad:</strong> Canolfan Arad</p>",
        [("2026-03-12T10:00", "2026-03-12T12:00", "Canolfan Arad", "scheduled")],
    ),
    (
        "<p><strong>Date:</strong> TBC</p><p><strong>Venue:</strong> Town Hall</p>",
        [],
    ),
    (
        "<p><strong>Opening times:</strong> Monday to Friday 9am to 5pm</p><p><strong>Address:</strong> Castle Street</p>",
        [],
    ),
    (
        "<p>Thursday 12 March 2026 | 8:00am - 10:00am | Arden Hall</p>",
        [("2026-03-12T08:00", "2026-03-12T10:00", None, "scheduled")],
    ),
    (
        '<div class="tribe-events-schedule"><h2><span class="tribe-event-date-start">March 14 @ 10:00 am</span> - <span class="tribe-event-time">4:00 pm</span></h2></div>',
        [("2026-03-14T10:00", "2026-03-14T16:00", None, "scheduled")],
    ),
    (
        '<div class="tribe-events-schedule"><h2><span class="tribe-event-date-start">March 14 @ 10:00 am</span> - <span class="tribe-event-date-end">March 15 @ 4:00 pm</span></h2></div>',
        [("2026-03-14T10:00", "2026-03-15T16:00", None, "scheduled")],
    ),
    (
        '<div class="field field--name-field-date"><div class="field__label">Date</div><div class="field__item"><time datetime="2026-03-14T10:00:00Z">Sat 14 Mar 2026, 10am</time> to <time datetime="2026-03-14T12:00:00Z">12pm</time></div></div><div class="field"><div class="field__label">Venue</div><div class="field__item">Central Library</div></div>',
        [("2026-03-14T10:00", "2026-03-14T12:00", "Central Library", "scheduled")],
    ),
    (
        "<section><h2>Event details</h2><p>Date: Saturday 14 March</p><p>Time: 5.30pm for 6pm start</p><p>Meet at: Market Place</p></section>",
        [("2026-03-14T17:30", None, None, "scheduled")],
    ),
    (
        '<div class="perf"><h3>Performances</h3><ul><li>Thu 12 Mar 2026 7:30pm</li><li>Fri 13 Mar 2026 7:30pm</li><li>Sat 14 Mar 2026 2:30pm</li></ul></div>',
        [
            ("2026-03-12T19:30", None, None, "scheduled"),
            ("2026-03-13T19:30", None, None, "scheduled"),
            ("2026-03-14T14:30", None, None, "scheduled"),
        ],
    ),
    (
        '<p class="dates">12 – 14 March 2026</p><p class="price">From £12</p><h2>About</h2>',
        [("2026-03-12", "2026-03-14", None, "scheduled")],
    ),
    (
        "<h2>When and where</h2><p>Tuesday, 17 March · 18:00 - 20:00 GMT</p><p>Enterprise Centre, 1 Mill Lane, Harrowby HB1 2AB</p>",
        [("2026-03-17T18:00", "2026-03-17T20:00", None, "scheduled")],
    ),
    (
        '<div class="info"><p><strong>Start:</strong> 17/03/2026 18:00</p><p><strong>Finish:</strong> 17/03/2026 20:00</p><p><strong>Where:</strong> Enterprise Centre</p></div>',
        [("2026-03-17T18:00", "2026-03-17T20:00", "Enterprise Centre", "scheduled")],
    ),
    (
        "<p><strong>This event has been cancelled.</strong></p><dl><dt>Date</dt><dd>17 March 2026</dd><dt>Time</dt><dd>18:00</dd></dl>",
        [("2026-03-17T18:00", None, None, "cancelled")],
    ),
    (
        "<p><strong>Register by:</strong> 9 March 2026</p><p><strong>Event date:</strong> 17 March 2026, 6pm–8pm</p><p><strong>Hosted by:</strong> Trent Skills Network</p>",
        [("2026-03-17T18:00", "2026-03-17T20:00", None, "scheduled")],
    ),
    (
        "<p>Published: 20 February 2026</p><p>Date: 17 March 2026</p><p>Time: 10.00 – 11.30</p><p>Venue: Microsoft Teams</p>",
        [("2026-03-17T10:00", "2026-03-17T11:30", "Microsoft Teams", "scheduled")],
    ),
    (
        "<table><tr><td>Date</td><td>Time</td><td>Venue</td></tr><tr><td>17 March 2026</td><td>10am</td><td>Town Hall</td></tr><tr><td>24 March 2026</td><td>2pm</td><td>Library</td></tr></table>",
        [("2026-03-17T10:00", None, "Town Hall", "scheduled"), ("2026-03-24T14:00", None, "Library", "scheduled")],
    ),
    (
        "<p><strong>Opening hours</strong><br>Tuesday – Saturday: 10am – 4pm<br>Sunday: 11am – 4pm</p>",
        [],
    ),
    (
        "<p><strong>When?</strong> Weekly on Thursdays, 10am – 12pm, starting 5 March 2026</p><p><strong>Where?</strong> Scout Hut</p>",
        [("2026-03-05T10:00", "2026-03-05T12:00", "Scout Hut", "scheduled")],
    ),
    (
        '<div class="event-header"><span class="event-date">Sat, 21 Mar 2026</span><span class="event-time">10:00 – 15:00</span><span class="event-venue">Riverside Park</span></div>',
        [("2026-03-21T10:00", "2026-03-21T15:00", None, "scheduled")],
    ),
    (
        "<p>Saturday 21 March 2026, 10am to 3pm<br>Riverside Park, Harrowby</p>",
        [("2026-03-21T10:00", "2026-03-21T15:00", None, "scheduled")],
    ),
    (
        "<dl><dt>Date:</dt><dd>Saturday, March 21, 2026</dd><dt>Time:</dt><dd>10:00 am - 3:00 pm</dd><dt>Cost:</dt><dd>Free</dd><dt>Venue:</dt><dd>Riverside Park</dd><dt>Organizer:</dt><dd>Friends of the Park</dd></dl>",
        [("2026-03-21T10:00", "2026-03-21T15:00", "Riverside Park", "scheduled")],
    ),
    (
        "<p><strong>Date &amp; Time</strong></p><p>21 March 2026<br>10:00 – 15:00</p><p><strong>Location</strong></p><p>Riverside Park</p>",
        [("2026-03-21T10:00", "2026-03-21T15:00", "Riverside Park", "scheduled")],
    ),
    (
        "<p><strong>Rescheduled</strong> – new date: Saturday 28 March 2026, 10am</p>",
        [("2026-03-28T10:00", None, None, "rescheduled")],
    ),
    (
        "<p><strong>Dates:</strong> Monday 6 April – Friday 17 April 2026 (weekdays only)</p><p><strong>Time:</strong> 10am – 2pm</p>",
        [("2026-04-06T10:00", "2026-04-17T14:00", None, "scheduled")],
    ),
    (
        "<table><tr><th>Date</th><td>21/03/2026</td></tr><tr><th>Time</th><td>10:00</td></tr><tr><th>Location</th><td>Riverside Park</td></tr></table>",
        [("2026-03-21T10:00", None, "Riverside Park", "scheduled")],
    ),
    (
        "<h2>Sun 22 Mar 2026</h2><p>Doors 7pm / Show 8pm</p><p>£14 advance</p>",
        [("2026-03-22T19:00", None, None, "scheduled")],
    ),
    (
        "<p>Booking opens 2 March 2026. This event takes place on Saturday 21 March 2026 from 10am at Riverside Park.</p>",
        [("2026-03-21T10:00", None, "Riverside Park", "scheduled")],
    ),
    (
        "<p><strong>Term dates:</strong> 14 April to 22 May 2026</p><p>School closed on Monday 4 May.</p>",
        [],
    ),
    (
        '<ul class="event-info"><li><i class="fa fa-calendar"></i> 25 March 2026</li><li><i class="fa fa-clock-o"></i> 09:00 - 12:00</li><li><i class="fa fa-map-marker"></i> The Hub</li></ul>',
        [("2026-03-25T09:00", "2026-03-25T12:00", None, "scheduled")],
    ),
    (
        "<p><strong>Date:</strong>&nbsp;Wednesday 25th March<br/><strong>Time:</strong>&nbsp;09:00 – 12:00<br/><strong>Venue:</strong>&nbsp;The Hub, Harrowby</p>",
        [("2026-03-25T09:00", "2026-03-25T12:00", "The Hub", "scheduled")],
    ),
    (
        "<p>Wednesday 25 March 2026<br>9am-12pm<br>The Hub</p>",
        [("2026-03-25T09:00", "2026-03-25T12:00", None, "scheduled")],
    ),
    (
        "<h3>Event Information</h3><p>Event Date: 25-03-2026</p><p>Event Time: 09:00 AM - 12:00 PM</p><p>Event Venue: The Hub</p>",
        [("2026-03-25T09:00", "2026-03-25T12:00", "The Hub", "scheduled")],
    ),
    (
        "<div>Start Date/Time: 25 Mar 2026 09:00</div><div>End Date/Time: 26 Mar 2026 16:00</div>",
        [("2026-03-25T09:00", "2026-03-26T16:00", None, "scheduled")],
    ),
    (
        "<p><b>When:</b> Tuesdays, 3 – 24 March 2026, 6pm – 8pm</p><p><b>Location:</b> The Hub</p>",
        [("2026-03-03T18:00", "2026-03-24T20:00", "The Hub", "scheduled")],
    ),
    (
        '<p class="lead">Join us on 25 March from 9am to 12pm at The Hub for a free clinic.</p>',
        [("2026-03-25T09:00", "2026-03-25T12:00", "The Hub", "scheduled")],
    ),
    (
        "<p>Cancelled: Wednesday 25 March 2026, 9am – 12pm</p>",
        [("2026-03-25T09:00", "2026-03-25T12:00", None, "cancelled")],
    ),
    (
        "<table><thead><tr><th>Session</th><th>Date</th><th>Time</th></tr></thead><tbody><tr><td>One</td><td>Tue 3 March 2026</td><td>10am–12pm</td></tr><tr><td>Two</td><td>Tue 10 March 2026</td><td>10am–12pm</td></tr></tbody></table>",
        [
            ("2026-03-03T10:00", "2026-03-03T12:00", None, "scheduled"),
            ("2026-03-10T10:00", "2026-03-10T12:00", None, "scheduled"),
        ],
    ),
    (
        "<ul><li><strong>Date and time</strong><br/>Saturday 28 March 2026, 10am to 3pm</li><li><strong>Location</strong><br/>Market Square</li></ul>",
        [("2026-03-28T10:00", "2026-03-28T15:00", "Market Square", "scheduled")],
    ),
]
NEWS: list[tuple[str, list[Told]]] = [
    (
        "<ul><li><strong>Date and time</strong><br/>Saturday 28 March 2026, 10am to 3pm</li><li><strong>Location</strong><br/>Market Square</li></ul>",
        [("2026-03-28T10:00", "2026-03-28T15:00", "Market Square", "scheduled")],
    ),
    ("<p><strong>Date and time</strong><br/>26 February 2026, 10am</p>", []),
    (
        "<p>The Northvale Food Festival returns to Castle Park on Saturday 6 and Sunday 7 June, from 10am to 5pm each day.</p>",
        [("2026-06-06T10:00", "2026-06-07T17:00", "Castle Park", "scheduled")],
    ),
    (
        "<p>Residents can drop in to a consultation event at Arden Library on Tuesday 10 March between 3pm and 7pm.</p><p>Comments must be received by 5pm on Friday 27 March.</p>",
        [("2026-03-10T15:00", "2026-03-10T19:00", "Arden Library", "scheduled")],
    ),
    (
        "<p>The annual business awards took place at the Riverside Hotel on Thursday 19 February, with 200 guests.</p>",
        [("2026-02-19", None, "Riverside Hotel", "scheduled")],
    ),
    (
        "<p>The half marathon planned for Sunday 15 March has been cancelled because of flooding.</p>",
        [("2026-03-15", None, None, "cancelled")],
    ),
    (
        "<p>The Easter craft workshop has been moved from 28 March to Saturday 11 April at the museum.</p>",
        [("2026-04-11", None, "museum", "rescheduled")],
    ),
    (
        "<p>Applications for the grant close at noon on Monday 16 March. Successful bidders will be told in April.</p>",
        [],
    ),
    (
        "<p>A free webinar for employers will be held on Zoom on Wednesday 4 March at 11am. Register by Monday 2 March.</p>",
        [("2026-03-04T11:00", None, "Zoom", "scheduled")],
    ),
    (
        "<p>Every Wednesday from 4 March to 1 April, the library will host a coffee morning from 10am until noon.</p>",
        [("2026-03-04T10:00", "2026-04-01T12:00", None, "scheduled")],
    ),
    (
        "<p>The exhibition opens on Saturday 7 March and runs until Sunday 31 May at the Northvale Museum.</p>",
        [("2026-03-07", "2026-05-31", "Northvale Museum", "scheduled")],
    ),
    (
        "<p>The library on Castle Street will be open from 9am to 5pm, Monday to Saturday, from 2 March.</p>",
        [],
    ),
    (
        "<p>The council was founded on 1 April 1974 and covers 14 parishes.</p>",
        [],
    ),
    (
        "<p>Councillor Ann Teague said the budget would be set at a meeting of full council on Wednesday 4 March at 6pm.</p>",
        [("2026-03-04T18:00", None, None, "scheduled")],
    ),
    (
        "<p>Join us for a careers fair at Northvale College on Thursday 5 March, 4pm to half past six.</p>",
        [("2026-03-05T16:00", "2026-03-05T18:30", "Northvale College", "scheduled")],
    ),
    (
        "<p>Roadworks on Mill Lane will take place from Monday 9 March to Friday 20 March.</p>",
        [],
    ),
    (
        "<p>The Spring Concert, at St Mary's Church on Friday 20 March at 7.30pm, features three choirs. Tickets cost £8.</p>",
        [("2026-03-20T19:30", None, "St Mary's Church", "scheduled")],
    ),
    (
        "<p>Performances of Oliver! are on Thursday 12 March at 7pm, Friday 13 March at 7pm and Saturday 14 March at 2pm.</p>",
        [("2026-03-12T19:00", "2026-03-14T14:00", None, "scheduled")],
    ),
    (
        "<p>The report, published on 3 February, found that bus use rose by 4 per cent in the year to 31 December 2025.</p>",
        [],
    ),
    (
        "<p>Christmas market organisers have announced that the event will be back from Friday 20 November until Sunday 22 November.</p>",
        [("2026-11-20", "2026-11-22", None, "scheduled")],
    ),
    (
        "<p>A public inquiry opens on Tuesday 14 April and is expected to last for three days.</p>",
        [("2026-04-14", None, None, "scheduled")],
    ),
    (
        "<p>Police are appealing for witnesses after a crash on the A52 on Sunday 22 February at around 6pm.</p>",
        [],
    ),
    (
        "<p>Postponed from January, the Burns Night supper will now take place on Saturday 7 March at Arden Hall.</p>",
        [("2026-03-07", None, "Arden Hall", "rescheduled")],
    ),
    (
        "<p>Tickets go on sale at 10am on Friday 6 March for the Riverside Music Festival, which takes place from 24 to 26 July.</p>",
        [("2026-07-24", "2026-07-26", None, "scheduled")],
    ),
    (
        "<p>Mayor Sam Lowe visited the depot on 12 February to see the new buses.</p>",
        [],
    ),
    (
        "<p>The next meeting of the parish council is on Monday 9 March, 7.30pm, in the village hall.</p>",
        [("2026-03-09T19:30", None, "village hall", "scheduled")],
    ),
    (
        "<p>School places for September 2026 will be confirmed on 16 April.</p>",
        [],
    ),
    (
        "<p>Our monthly farmers' market is held on the first Saturday of every month from 9am.</p>",
        [],
    ),
    (
        "<p>Early bird tickets for the Midlands Tech Summit on 18 June are available until 31 March.</p>",
        [("2026-06-18", None, None, "scheduled")],
    ),
    (
        "<p>The new leisure centre will open its doors to the public on Saturday 21 March, with a family fun day from 10am to 4pm.</p>",
        [("2026-03-21T10:00", "2026-03-21T16:00", None, "scheduled")],
    ),
    (
        "<p>Bin collections due on Good Friday, 3 April, will take place on Saturday 4 April instead.</p>",
        [],
    ),
    (
        "<p>The remembrance service was held at the war memorial last Sunday, when more than 300 people attended.</p>",
        [("2026-02-22", None, None, "scheduled")],
    ),
    (
        "<p>More than 400 people came to the winter fair at Arden Park on Saturday 21 February.</p>",
        [("2026-02-21", None, "Arden Park", "scheduled")],
    ),
    (
        "<p>The summit, hosted by Trent Skills Network, is to be held at the Riverside Hotel, Harrowby, on 15 and 16 April.</p>",
        [("2026-04-15", "2026-04-16", "Riverside Hotel, Harrowby", "scheduled")],
    ),
    (
        "<p>Organisers have called off the Castle Park fireworks display due on Saturday 7 November.</p>",
        [("2026-11-07", None, None, "cancelled")],
    ),
    (
        "<p>The open day has been rescheduled to Saturday 18 April following storm damage.</p>",
        [("2026-04-18", None, None, "rescheduled")],
    ),
    (
        "<p>People can have their say until 20 March, either online or at drop-in sessions at Arden Library on 4 March (2pm to 6pm) and Harrowby Town Hall on 10 March (10am to 1pm).</p>",
        [
            ("2026-03-04T14:00", "2026-03-04T18:00", "Arden Library", "scheduled"),
            ("2026-03-10T10:00", "2026-03-10T13:00", "Harrowby Town Hall", "scheduled"),
        ],
    ),
    (
        "<p>Date: Thursday 12 March</p><p>Time: 8am to 10am</p><p>Venue: Arden Hall</p><p>Cost: £15</p>",
        [("2026-03-12T08:00", "2026-03-12T10:00", "Arden Hall", "scheduled")],
    ),
    (
        "<p>The station will be closed for engineering works between Friday 3 April and Monday 6 April.</p>",
        [],
    ),
    (
        "<p>The new by-law comes into force on 1 May. Drivers who ignore it face a fine of £60.</p>",
        [],
    ),
    (
        "<p>Tickets for the beer festival, which runs from Thursday 16 to Saturday 18 April at the Corn Exchange, cost £7.</p>",
        [("2026-04-16", "2026-04-18", "Corn Exchange", "scheduled")],
    ),
    (
        "<p>She joined the council in May 2015 and became leader on 23 May 2019.</p>",
        [],
    ),
    (
        "<p>The winners will be announced at a ceremony at Northvale College on the evening of Friday 24 April.</p>",
        [("2026-04-24", None, "Northvale College", "scheduled")],
    ),
    (
        "<p>Guided walks take place every Sunday in March, leaving the visitor centre at 11am.</p>",
        [(None, None, None, "scheduled")],
    ),
    (
        "<p>Schools will break up for Easter on Friday 27 March and return on Monday 13 April.</p>",
        [],
    ),
    (
        "<p>The fund opens for applications on 2 March and closes on 30 April.</p>",
        [],
    ),
    (
        "<p>A memorial service for the former mayor will be held at St Mary's Church at 2pm on Friday 6 March.</p>",
        [("2026-03-06T14:00", None, "St Mary's Church", "scheduled")],
    ),
    (
        "<p>The public are invited to an open evening at Arden School on Wednesday 11 March, starting at 6.30pm.</p>",
        [("2026-03-11T18:30", None, "Arden School", "scheduled")],
    ),
    (
        "<p>Crowds gathered in Market Square last Saturday to watch the Chinese New Year parade.</p>",
        [("2026-02-21", None, "Market Square", "scheduled")],
    ),
    (
        "<p>Work to replace the bridge will start on 16 March and finish by the end of May.</p>",
        [],
    ),
    (
        "<p>This year's jazz festival will be held over the early May bank holiday weekend, from Friday 1 to Monday 4 May.</p>",
        [("2026-05-01", "2026-05-04", None, "scheduled")],
    ),
    (
        "<p>The deadline to enter the photography competition is Sunday 29 March, and an exhibition of the winners will run at the museum from 11 April to 3 May.</p>",
        [("2026-04-11", "2026-05-03", "museum", "scheduled")],
    ),
    (
        "<p>Full council meets at 7pm on Thursday 5 March at the Civic Centre.</p>",
        [("2026-03-05T19:00", None, "Civic Centre", "scheduled")],
    ),
    (
        "<p>The pantomime, originally planned for January, has been postponed until Saturday 18 April at 2pm.</p>",
        [("2026-04-18T14:00", None, None, "postponed")],
    ),
    (
        "<p>A man, 34, will appear before magistrates on 4 March charged with theft.</p>",
        [],
    ),
    (
        "<p>To mark International Women's Day on Sunday 8 March, the library is hosting a talk by author Jo Hale at 2pm.</p>",
        [("2026-03-08T14:00", None, None, "scheduled")],
    ),
    (
        "<p>Heavy rain is expected from midnight on Friday until 6am on Saturday, the Met Office said.</p>",
        [],
    ),
    (
        "<p>Tours of the tower run at 11am and 2pm on Saturday 14 March; places are limited.</p>",
        [("2026-03-14T11:00", None, None, "scheduled")],
    ),
    (
        "<p>The walk on 8 March starts at half past nine in the morning from the visitor centre. Book your place online.</p>",
        [("2026-03-08T09:30", None, None, "scheduled")],
    ),
    (
        "<p><strong>Application deadline</strong><br>Friday 27 March 2026, 5pm</p><p>Awards will be made in June.</p>",
        [],
    ),
    (
        "<p>The chamber's next breakfast meeting is on Thursday 12 March at the Riverside Hotel, from 7.30am to 9am.</p>",
        [("2026-03-12T07:30", "2026-03-12T09:00", "Riverside Hotel", "scheduled")],
    ),
    (
        "<p>Speaking at the launch on Tuesday (24 February), the mayor praised the team.</p>",
        [("2026-02-24", None, None, "scheduled")],
    ),
    (
        "<p>The course runs for six weeks from Monday 2 March at Northvale College.</p>",
        [("2026-03-02", "2026-04-12", "Northvale College", "scheduled")],
    ),
    (
        "<p>Members voted for the merger at an extraordinary general meeting on 17 February.</p>",
        [("2026-02-17", None, None, "scheduled")],
    ),
    (
        "<p>Shops on the high street will open late, until 8pm, on Thursday 17 December.</p>",
        [],
    ),
    (
        "<p>A new play about the miners premieres at the Arden Theatre on 9 April and tours until 30 May.</p>",
        [("2026-04-09", None, "Arden Theatre", "scheduled")],
    ),
    (
        "<p>Doors open at 6pm for the awards dinner on Friday 27 March at the Corn Exchange; carriages are at midnight.</p>",
        [("2026-03-27T18:00", None, "Corn Exchange", "scheduled")],
    ),
    (
        "<p>The firm, founded in 1987, moved to Mill Lane on 3 February and employs 60 people.</p>",
        [],
    ),
    (
        "<p>Last year's festival drew 9,000 people; this year's takes place on 13 and 14 June.</p>",
        [("2026-06-13", "2026-06-14", None, "scheduled")],
    ),
    (
        "<p>The planning committee will consider the scheme on Wednesday 11 March.</p>",
        [("2026-03-11", None, None, "scheduled")],
    ),
    (
        "<p>Unemployment rose in February, according to figures released on 17 February.</p>",
        [],
    ),
    (
        "<p>The swimming gala was due to be held on 28 February but has been called off.</p>",
        [("2026-02-28", None, None, "cancelled")],
    ),
    (
        "<p>Anyone who saw the incident, which happened between 8pm and 9pm on Friday 20 February, should call 101.</p>",
        [],
    ),
]


@pytest.mark.parametrize(("body", "expected"), EVENT_PAGES)
def test_the_event_of_an_event_page(body: str, expected: list[Told]) -> None:
    assert told(body, "/events/latest/") == expected


@pytest.mark.parametrize(("body", "expected"), NEWS)
def test_the_events_that_news_tells(body: str, expected: list[Told]) -> None:
    assert told(body, "/news/latest/") == expected


PERFORMANCES = "".join(
    f'<li><span class="performance-date">{day}</span> <span>{hour}</span> <a href="/book/{number}">Book</a></li>'
    for number, (day, hour) in enumerate(
        [("Fri 6 Mar 2026", "7:30pm"), ("Sat 7 Mar 2026", "2:30pm"), ("Sat 7 Mar 2026", "7:30pm")]
    )
)


def test_each_performance_of_a_run_is_an_event():
    body = f"<p class='dates'>Fri 6 – Sat 7 Mar 2026</p><p>Studio</p><h2>Dates</h2><ul>{PERFORMANCES}</ul>"
    assert [start for start, *_ in told(body, "/whats-on/macbeth/")] == [
        "2026-03-06T19:30",
        "2026-03-07T14:30",
        "2026-03-07T19:30",
    ]


def test_an_evening_on_the_day_of_the_posts_stamp_that_is_sold_is_no_stamp():
    for row, expected in (("7.30pm Book now", ["2026-02-26T19:30"]), ("7.30pm", [])):
        assert [start for start, *_ in told(f"<p>Thu 26 February 2026 {row}</p>", "/whats-on/macbeth/")] == expected


def test_a_run_whose_times_are_of_other_days_stays_a_run():
    body = f"<p class='dates'>Fri 13 – Sat 14 Mar 2026</p><ul>{PERFORMANCES}</ul>"
    assert told(body, "/whats-on/macbeth/") == [("2026-03-13", "2026-03-14", None, "scheduled")]


def meeting(title: str, body: str, path: str = "/ieListDocuments.aspx?CId=13&MId=2201"):
    html = (
        f'<html lang="en"><head><title>{title}</title></head><body><main><h1>Agenda and minutes</h1>{body}'
        f"{FILL}</main></body></html>"
    )
    seen = datetime(2026, 2, 27, 12, tzinfo=timezone.utc)
    return read_anyway(Capture(url=HOME + path, fetched_at=seen, status=200, headers={}, body=html.encode()), PARTNER)


def test_a_meeting_of_the_title_has_its_place_and_its_name():
    said = "Agenda for Cabinet on Tuesday, 24th March, 2026, 6.30 pm"
    post = meeting(f"{said} | Northvale Council", "<p><span>Venue:&nbsp;</span>Council Chamber, Civic Centre</p>")
    (event,) = post.events
    assert (post.title, post.kind) == (said, "event")
    assert (local(event, "start"), event.venue, event.address) == (
        "2026-03-24T18:30",
        "Council Chamber",
        "Civic Centre",
    )


@pytest.mark.parametrize(
    "title",
    [
        "Council meeting of 24 March 2026 at 7pm ends in uproar",
        "Market opens on Tuesday, 24th March, 2026, 6.30 pm",
    ],
)
def test_other_titles_with_a_day_are_no_meetings(title: str):
    assert [event for event in meeting(title, "").events if event.found_in == "visible"] == []


def test_a_part_of_the_line_of_a_run_is_no_day_of_publication():
    html = (
        '<html lang="en-GB"><head><title>A carol</title></head><body><main><h1>A Christmas carol of ours</h1>'
        f"<p class='show-dates'>Sat 27 – Mon 29 Mar 2027</p>{FILL}</main></body></html>"
    )
    seen = datetime(2026, 11, 21, 12, tzinfo=timezone.utc)
    page = Capture(url=f"{HOME}/whats-on/carol/", fetched_at=seen, status=200, headers={}, body=html.encode())
    post = read_anyway(page, PARTNER)
    assert [claim for claim in post.dates if claim.chosen] == []
    assert [event.when_edtf for event in post.events] == ["2027-03-27/2027-03-29"]


def test_the_dates_of_other_events_below_are_not_the_pages():
    body = "<p>Ask at the desk.</p><h2>You may also like</h2><ul><li>Sat 28 Mar 2026 7.30pm</li></ul>"
    assert told(body, "/whats-on/macbeth/") == []
    assert told(body.replace("You may also like", "Doors and curtain"), "/whats-on/macbeth/") != []


def test_the_end_of_an_event_is_no_day_of_publication():
    html = (
        '<html lang="de"><head><title>Forum</title></head><body><main><article><h1>Forum der Betriebe</h1>'
        f'<p class="event-when">20. Mai 2026 18:30 – 23. Mai 2026 01:30</p>{FILL}</article></main></body></html>'
    )
    seen = datetime(2026, 9, 27, 12, tzinfo=timezone.utc)
    url = f"{HOME}/veranstaltungen/forum"
    post = read_anyway(Capture(url=url, fetched_at=seen, status=200, headers={}, body=html.encode()), PARTNER)
    assert (post.kind, len(post.events)) == ("event", 1)
    assert not [claim for claim in post.dates if claim.field == "published" and claim.chosen]
