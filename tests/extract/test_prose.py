"""Events out of ordinary prose: when, what, who, where, how sure, and what is no event."""

from datetime import date

import pytest

from scraper.extract.prose import cues, read_prose
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


def test_each_word_of_a_date_begins_with_a_letter_to_which_the_search_leaps():
    assert all(word[0].isalpha() for word in cues.DATED.pattern.split("|"))
