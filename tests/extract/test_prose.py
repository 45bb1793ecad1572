"""Events out of ordinary prose: when, what, who, where, how sure, and what is no event."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.extract.prose import cues, nouns, read_prose, reading
from scraper.extract.prose.sentences import sentences

ANCHOR = date(2026, 2, 26)  # a Thursday


def read(body, anchor=ANCHOR, title="Council news", language="en"):
    return read_prose(body, title=title, zone="Europe/London", language=language, anchor=anchor)


@pytest.mark.parametrize(
    ("body", "when", "title", "organiser", "venue", "certain"),
    [
        (
            "The Midlands Growth Conference takes place on 12 March at the Riverside Hotel.",
            "2026-03-12",
            "Midlands Growth Conference",
            None,
            None,
            True,
        ),
        (
            "A workshop will be held at Arden Hall on Tuesday 3 March, 10am to 12.30pm.",
            "2026-03-03T10:00/2026-03-03T12:30",
            "Council news",
            None,
            "Arden Hall",
            True,
        ),
        (
            "The following free seminar, convened by the Trent Skills Network, was held on 25 February.",
            "2026-02-25",
            "Following free seminar",
            "Trent Skills Network",
            None,
            True,
        ),
        (
            "On 9 March, Arden College will host a careers fair for school leavers.",
            "2026-03-09",
            "Careers fair for school leavers",
            "Arden College",
            None,
            True,
        ),
        (
            "The Arden Spring Fair is on Saturday 9 May from 11am until 3pm in Arden Park.",
            "2026-05-09T11:00/2026-05-09T15:00",
            "Arden Spring Fair",
            None,
            None,
            True,
        ),
        (
            "The exhibition opens on 6 March and ends on 28 March.",
            "2026-03-06/2026-03-28",
            "Council news",
            None,
            None,
            True,
        ),
        (
            "The series continues with a workshop taking place on 15-17 March entitled ‘New Directions for Soil’.",
            "2026-03-15/2026-03-17",
            "New Directions for Soil",
            None,
            None,
            True,
        ),
        (
            "Join us for our open day on Saturday 14 March.",
            "2026-03-14",
            "Open day",
            None,
            None,
            True,
        ),
        (
            "It is hoped that the series will end in a public conference proposed for autumn 2026.",
            "2026-23",
            "Public conference",
            None,
            None,
            False,
        ),
        (
            "It will be held on the 12-13 March at Arden Meeting Rooms, Main Street.",
            "2026-03-12/2026-03-13",
            "Council news",
            None,
            "Arden Meeting Rooms, Main Street",
            True,
        ),
        (
            "Date: 24/03/2026 Time: 10:00–17:00 Venue: The Council House, Square, Arden A1 1AA",
            "2026-03-24T10:00/2026-03-24T17:00",
            "Council news",
            None,
            "The Council House, Square, Arden A1 1AA",
            False,
        ),
        ("Arden Craft Fair – 18 April 2026", "2026-04-18", "Arden Craft Fair", None, None, False),
        ("A concert on 4 February 2026 was praised.", "2026-02-04", "Council news", None, None, False),
    ],
)
def test_an_event_and_its_sentence(body, when, title, organiser, venue, certain):
    (event,) = read(f"Some words that come before.\n{body}\nAnd some after.")
    assert (event.when_edtf, event.title, event.organiser, event.certain) == (when, title, organiser, certain)
    assert event.evidence == body
    assert event.found_in == "prose"
    if venue:
        assert event.venue == venue


@pytest.mark.parametrize(
    "body",
    [
        "Applications for the conference close on 12 March 2026.",
        "The deadline for workshop proposals is 12 March 2026.",
        "The festival was founded in May 2025.",
        "Posted on 26 February 2026.",
        "Unemployment figures for March 2026 show a fall in services and market activity.",
        "The council reported on 3 February 2026 that the show made a loss.",
        "A man was arrested at the festival on 3 February 2026.",
        "The road is closed from 3 March to 9 March 2026.",
        "The exhibition opened on 3 February 1984 and ran for a year.",
        "The series is held throughout 2026.",
        "Call 0115 496 0100 to talk to our events team.",
        "The strategy covers the financial year 2026/27 and includes events.",
        "",
    ],
)
def test_no_event(body):
    assert read(body) == ()


@pytest.mark.parametrize(
    ("body", "days"),
    [
        ("Next up is our Santa Dash, which returns to Ashby Racecourse on Sunday 6 December.", ["2026-12-06"]),
        ("The first webinar, on 17 March, looks at fuel. The second, on 24 March, covers storage.", ["03-17", "03-24"]),
        ("Meetings follow at Thornby on 10 March, Kings Welby on 18 March and online on 25 March.", ["10", "18", "25"]),
        ("A talk will be held on 17 March and a signed performance on 20 March at 2pm.", ["03-17", "03-20"]),
        ("Walkers took to the streets on Saturday (21 February) for our Starlight Walk.", ["2026-02-21"]),
        ("On February 12th, 200 pupils came to Rolls House for our Women in Engineering day.", ["2026-02-12"]),
        ("‘Hand and Brush’ runs from 7 March to 17 May, when 150 pieces are on loan.", ["2026-03-07"]),
        ("Gates open at 5pm on Saturday 7 March.", ["2026-03-07"]),
        ("There will be a curator's tour on Thursday 5 March, and a family clay day on 14 March.", ["03-05", "03-14"]),
        ("A service for Palm Sunday. On 27 March the classic car show comes to the park.", ["2026-03-27"]),
        ("Courts are free on Sunday 5 July as part of the national open day.", ["2026-07-05"]),
        ("The parish council met on 12 February and elected a chairman.", ["2026-02-12"]),
        ("The festival was to have been held on 7 March and will now be on 18 April.", ["2026-04-18"]),
        ("Bydd gweithdy i bobl ifanc yn cael ei gynnal ddydd Sadwrn 14 Mawrth.", ["2026-03-14"]),
        ("Cynhelir y sgwrs yn y llyfrgell nos Iau, 5 Mawrth.", ["2026-03-05"]),
        ("Join us on 12th June, 9.30am–4.30pm, at Arden Meeting Rooms (Bailgate, Lincoln LN1 3AR).", ["2026-06-12"]),
        ("Date: 24/06/2026 Time: 10:30–17:30 Venue: Arden Enterprise Park, Loughborough LE11 3QF", ["2026-06-24"]),
        ("Future meetings: 7 April and 12 May 2026.", ["2026-04-07"]),
    ],
)
def test_the_ways_in_which_posts_tell(body, days):
    found = read(body, language="cy" if "nnal" in body or "nhelir" in body else "en")
    assert all(day in str(event.start_on) for day, event in zip(days, found, strict=True))


@pytest.mark.parametrize(
    ("body", "title", "venue"),
    [
        ("Our next breakfast, Cyber for Beginners, is on 28 May at 8am.", "Cyber for Beginners", None),
        ("The society's next event is Countryside Live, for schools, on 17 March.", "Countryside Live", None),
        (
            "We will host a free briefing for exhibitors in the sports hall on 12 March.",
            "Free briefing for exhibitors",
            "sports hall",
        ),
        ("A crew's Q&A evening at the airbase on 4 March.", "Q&A evening", "airbase"),
        (
            "The Arden show takes place at the Harbour Conference Centre on 4 March.",
            "Arden show",
            "Harbour Conference Centre",
        ),
    ],
)
def test_what_it_is_called_and_where(body, title, venue):
    (event,) = read(body)
    assert (event.title, event.venue) == (title, venue)


@pytest.mark.parametrize(
    "body",
    [
        "Booking for the festival opens on 10 March.",
        "The consultation opens on Monday 16 March and runs for eight weeks.",
        "Spring term runs from Tuesday 3 March to Thursday 26 March.",
        "Bin collections due on Friday 3 April will take place on Saturday 4 April.",
        "The national booking service opens on 17 March.",
        "Interviews with 312 shopkeepers took place on 12 January.",
        "The market is open 10am-8pm on Friday and Saturday and until 4pm on Sunday.",
        "The library is open from 10am to 4pm for the exhibition.",
        "The rise will show in pay packets on 27 March.",
        "The council agreed on 3 March to hold a fair in the park next year.",
        "Site Home News Events Contact us Documents Document Uploaded Size Standing Orders 12/05/2026 Risk register",
        "Terms for the event were last revised on 1 February 2026.",
        "The course record was set on 14 February 2026.",
        "There will be a duck race on the Sunday at 3pm.",
        "May Day is on 3 May.",
    ],
)
def test_what_opens_and_runs_but_is_no_event(body):
    assert read(body) == ()


def test_an_hour_alone_is_no_day_of_publication():
    (event,) = read("The county fair takes place on 12 March.\nDoors open at 9.30am and the show runs until 4pm.")
    assert event.when_edtf == "2026-03-12"


def test_days_of_the_week_of_an_undated_post_are_read_beside_its_first_event():
    body = "The fair was held on 22 March 2026. The next work party is on Sunday 19 April. The walk is on 12 May."
    assert [event.when_edtf for event in read(body, anchor=None)] == ["2026-03-22", "2026-04-19"]


def test_an_undated_post_tells_of_nothing_before_the_web():
    assert read("The first meeting of the council took place on 4 December 1894.", anchor=None) == ()


def test_the_same_event_told_twice_is_one():
    body = (
        "The Arden Business Forum takes place on 12 March.\n"
        "Doors open at 6pm on Thursday 12 March and tickets are free.\n"
        "You can book your place for the event on 12 March at the library."
    )
    (event,) = read(body)
    assert event.title == "Arden Business Forum"
    assert event.starts_at is not None
    assert event.certain


def test_a_title_that_names_an_event_and_an_invitation():
    body = "Book now for March 24th, 2026 (6.30pm start). The Council House, Square, Arden A1 1AA."
    (event,) = read(body, title="Arden careers fair: skills")
    assert (event.title, event.when_edtf, event.certain) == ("Arden careers fair: skills", "2026-03-24T18:30", True)
    assert event.venue == "The Council House, Square, Arden A1 1AA"


def test_two_events_of_one_day_with_names_of_their_own_are_two():
    body = "The Arden Craft Fair will be held on 12 March. The Arden Skills Summit will be held on 12 March."
    assert {event.title for event in read(body)} == {"Arden Craft Fair", "Arden Skills Summit"}


def test_what_it_means_stands_in_the_sentence_before():
    events = read("A networking breakfast is planned for local firms. It will be held on 12 March.")
    assert [(event.when_edtf, event.certain) for event in events] == [("2026-03-12", True)]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("The county show, due to take place on 12 March, has been cancelled.", "cancelled"),
        ("The festival has been postponed to 12 March.", "postponed"),
        ("The seminar has been rescheduled for 12 March.", "rescheduled"),
        ("The seminar takes place on 12 March.", "scheduled"),
    ],
)
def test_what_became_of_it(body, status):
    assert [event.status for event in read(body)] == [status]


def test_times_are_those_of_the_partners_zone():
    (event,) = read("The summer concert will be held on 4 July 2026 from 7.30pm.")
    assert event.starts_at is not None
    assert event.starts_at.isoformat() == "2026-07-04T18:30:00+00:00"
    assert event.timezone == "Europe/London"
    assert not event.all_day


def test_an_undated_post_gives_only_what_it_says_whole():
    body = "The fair takes place on 12 March. The summit takes place on 14 March 2026."
    assert [event.when_edtf for event in read(body, anchor=None)] == ["2026-03-14"]


def test_a_month_is_kept_as_a_month():
    (event,) = read("A conference will be held in May 2026.")
    assert (event.when_edtf, event.precision, event.start_on) == ("2026-05", "month", None)
    assert (event.earliest_on, event.latest_on) == (date(2026, 5, 1), date(2026, 5, 31))


@pytest.mark.parametrize(
    "body", ["x" * 100_000, "event on 1 May. " * 5_000, "held (" * 20_000, "A B " * 50_000, "\0" * 99]
)
def test_absurd_texts_end(body):
    assert len(read(body)) <= 40


def test_sentences_do_not_end_at_abbreviations():
    found = [one.words for one in sentences("Dr. Smith spoke at St. Mary’s on 4 Dec. last year. It was full! Was it?")]
    assert found == ["Dr. Smith spoke at St. Mary’s on 4 Dec. last year.", "It was full!", "Was it?"]


@pytest.mark.parametrize("names", ["SURE", "PERHAPS"])
@settings(max_examples=1_500, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_name_of_what_is_held_has_a_word_that_lets_its_sentence_be_read(names: str, data: st.DataObject) -> None:
    pattern = re.compile(rf"\A(?:{getattr(nouns, names)})\Z", re.ASCII)
    name = data.draw(st.from_regex(pattern)).strip()
    assert any(map(reading.is_cue, cues.LETTERS.findall(name))), name
