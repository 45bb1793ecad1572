"""What a page says for itself: an event of its own makes it a post, a list of events does not."""

from datetime import date

import pytest

from scraper.crawl.visit.evidence import says_post
from scraper.models import Event, RawPost, ShareMetadata


def event(title: str, found_in: str = "visible", day: int = 1) -> Event:
    return Event(
        title=title, when_edtf=f"2026-12-{day:02}", precision="day", found_in=found_in, start_on=date(2026, 12, day)
    )


def page(title: str, *events: Event, url: str = "https://a.example/x", kind: str = "news") -> RawPost:
    return RawPost(url=url, title=title, kind=kind, events=events, share=ShareMetadata())


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (page("Carol concert", event("Carol concert")), True),
        (page("Carol concert", event("Carol concert", day=1), event("Carol concert", day=2)), True),
        (page("Agenda for Cabinet on 3 December", event("Cabinet")), True),
        (page("Upcoming events", event("Open day", day=1), event("Careers fair", day=2)), False),
        (page("Council meetings", event("Council", day=1), event("Council", day=2)), False),
        (page("Council", event("Careers fair")), False),
        (page("Careers fair", event("Anything", "json_ld")), True),
        (page("We won", event("Awards evening", "prose")), False),
        (page("Summer", event("Day one", day=1), event("Day two", day=2), url="https://a.example/events/summer"), True),
        (page("Summer", event("Day one", day=1), event("Day two", day=2), kind="event"), True),
        (page("About us"), False),
        (page("", event("Open day")), False),
    ],
)
def test_an_event_of_its_own_makes_a_page_a_post(raw: RawPost, expected: bool):
    assert says_post(raw) is expected
