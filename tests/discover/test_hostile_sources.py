"""Feeds, sitemaps and calendars that were made to freeze, bloat or deceive a reader: refused, or read in a moment."""

import contextlib
import time
from datetime import datetime, timezone

import pytest

from scraper.discover import calendar, feed, sitemap, xml
from scraper.discover.calendar import series
from scraper.errors import HostilePage, NotAPost, PageError
from scraper.models import Capture

LAUGHS = '<!DOCTYPE l [<!ENTITY a "lol">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(9)
)
ITEM = "<item><title>{0}</title><link>http://h/{0}</link></item>"
RSS = "<rss version='2.0'><channel><title>t</title>{}</channel></rss>"
SITEMAP = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{}</urlset>"


def capture(body, url="http://h/feed.xml", **headers):
    raw = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
    return Capture(
        url=url, fetched_at=datetime(2026, 11, 1, tzinfo=timezone.utc), status=200, headers=headers, body=raw
    )


def within(seconds, call, *args, **values):
    began = time.process_time()
    try:
        return call(*args, **values)
    finally:
        assert time.process_time() - began < seconds


REFUSED = {
    "laughs": LAUGHS + "]>" + RSS.format("<item><title>&j;</title></item>"),
    "entity from a file": "<!DOCTYPE r [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>" + RSS.format("<item>&f;</item>"),
    "doctype behind a long comment": f"<!--{'x' * 9000}--><!DOCTYPE r [<!ENTITY f 'x'>]>" + RSS.format(""),
    "doctype in UTF-16": ("<?xml version='1.0' encoding='utf-16'?>" + LAUGHS + "]>" + RSS.format("")).encode("utf-16"),
    "doctype in UTF-16 without a mark": (LAUGHS + "]>" + RSS.format("")).encode("utf-16-le"),
    "abyss": RSS.format("<a>" * 200_000 + "</a>" * 200_000),
    "abyss of namespaces": RSS.format("".join(f"<n{n}:a xmlns:n{n}='u{n}'>" for n in range(5000))),
    "abyss in UTF-16": RSS.format("<a>" * 9_000).encode("utf-16"),
    "too big": RSS.format("<item/>" * 2_000_000),
}


@pytest.mark.parametrize("name", REFUSED)
def test_xml_that_no_parser_should_see(name):
    for read in (feed.read, sitemap.read):
        with pytest.raises(HostilePage):
            within(2, read, capture(REFUSED[name]))


NO_FEED = [
    "",
    "   ",
    "/etc/passwd",
    "/dev/zero",
    "http://127.0.0.1/",
    "{",
    "[]",
    '{"items": 7}',
    "\0" * 100,
    "plain words",
]


@pytest.mark.parametrize("body", NO_FEED)
def test_what_is_no_feed(body):
    with pytest.raises(NotAPost):
        within(2, feed.read, capture(body))


def links(reading):
    return [candidate.url for candidate in reading.candidates]


KEPT = {
    "html in sections of text": RSS.format(
        f"<item><title>a</title><link>http://h/a</link><description><![CDATA[{'<br><img src=x>' * 300}]]></description></item>"
    ),
    "unclosed html": RSS.format(ITEM.format("a") + "<br>" * 300),
    "a doctype in a section of text": RSS.format(
        "<item><title>a</title><link>http://h/a</link><description><![CDATA[<!DOCTYPE html><html>]]></description></item>"
    ),
    "control characters": RSS.format(ITEM.format("a").replace("<title>", "<title>\x08\x1b\x00")),
    "a comment with tags": RSS.format(f"<!--{'<a>' * 5000}-->" + ITEM.format("a")),
    "UTF-16": ("<?xml version='1.0' encoding='utf-16'?>" + RSS.format(ITEM.format("a"))).encode("utf-16"),
    "a bad entity": RSS.format(ITEM.format("a") + "<item><title>AT&T &nbsp; &nosuch; </title></item>"),
    "cut off": RSS.format(ITEM.format("a"))[:-23] + "<item><title>b</ti",
    "an item of rubbish": RSS.format(
        ITEM.format("a") + "<item><link>http://[::1</link></item><item><link>javascript:x</link></item>"
    ),
}


@pytest.mark.parametrize("name", KEPT)
def test_a_feed_with_junk_gives_its_good_entry(name):
    assert links(within(2, feed.read, capture(KEPT[name]))) == ["http://h/a"]


def test_a_sitemap_with_junk_gives_its_good_address():
    body = SITEMAP.format(
        "<url><loc>\x08http://h/a</loc></url><url></url><url><loc>ftp://h/b</loc></url><url><loc>http://h/" + "c" * 5000
    )
    assert links(sitemap.read(capture(body))) == ["http://h/a"]


def test_a_sitemap_bomb():
    import gzip

    with pytest.raises(HostilePage):
        within(2, sitemap.read, capture(gzip.compress(bytes(64 << 20))))


@pytest.mark.parametrize("body", ["<html><body>no</body></html>", "<!doctype html><p>no"])
def test_soft_404s_of_sources(body):
    for read in (feed.read, sitemap.read):
        with pytest.raises(NotAPost):
            read(capture(body))


def ics(*events):
    inner = "".join("BEGIN:VEVENT\r\n" + event.replace("\n", "\r\n") + "\r\nEND:VEVENT\r\n" for event in events)
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n" + inner + "END:VCALENDAR\r\n"


def event(uid, rule="", start="DTSTART:20260105T100000Z", more=""):
    return (
        f"UID:{uid}\n{start}\nSUMMARY:Event {uid}" + (f"\nRRULE:{rule}" if rule else "") + (f"\n{more}" if more else "")
    )


RULES = [  # a rule, and how many events come of it in the window
    ("FREQ=WEEKLY;COUNT=3", 3),
    ("FREQ=MONTHLY;BYDAY=1MO;COUNT=4", 4),
    ("FREQ=DAILY", series.MAX_OCCURRENCES),
    ("FREQ=DAILY;COUNT=999999999", series.MAX_OCCURRENCES),
    ("FREQ=SECONDLY", 1),
    ("FREQ=MINUTELY;COUNT=99999999", 1),
    ("FREQ=HOURLY", 1),
    ("FREQ=DAILY;BYSECOND=1,2,3", 1),
    ("FREQ=DAILY;INTERVAL=0", 1),
    ("FREQ=DAILY;INTERVAL=-1", 1),
    ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 1),
    ("FREQ=DAILY;BYSETPOS=2", 1),
    ("FREQ=WEEKLY;BYYEARDAY=400", 1),
    ("FREQ=DAILY;BYMONTHDAY=" + ",".join(["1"] * 500), 1),
    ("FREQ=BANANA", 1),
    ("rubbish", 1),
]


@pytest.mark.parametrize(("rule", "number"), RULES)
def test_rules_are_unrolled_in_a_moment(rule, number):
    reading = within(2, calendar.read, capture(ics(event("a", rule), event("b"))), zone="Europe/London")
    titles = [found.title for found in reading.events]
    assert titles.count("Event a") == number
    assert titles.count("Event b") == 1


def test_a_broken_event_harms_no_other():
    broken = [
        event("no-start", start="LOCATION:nowhere"),
        event("bad-start", start="DTSTART:garbage"),
        event("bad-start-repeated", "FREQ=DAILY", start="DTSTART:garbage"),
        event("bad-end", more="DTEND:rubbish"),
        event("endless", "FREQ=DAILY", more="DURATION:P999999999D"),
        event("antique", "FREQ=DAILY", start="DTSTART:00010101T000000Z"),
        event("far", start="DTSTART:99991231T235959Z", more="DTEND:99991231T235959Z"),
        event("bad-zone", start="DTSTART;TZID=No/Where:20260105T100000"),
    ]
    reading = within(
        2, calendar.read, capture(ics(*broken, event("good", "FREQ=WEEKLY;COUNT=2"))), zone="Europe/London"
    )
    assert [found.title for found in reading.events].count("Event good") == 2
    assert reading.faults


def test_many_rules_and_many_events_have_an_end():
    rules = ics(*(event(str(number), "FREQ=DAILY") for number in range(2000)))
    endless = ics(event("a", "FREQ=DAILY;" + "BYHOUR=;" * 200_000))
    assert len(within(2, calendar.read, capture(endless), zone="UTC").events) == 1
    assert len(within(4, calendar.read, capture(rules), zone="UTC").events) <= calendar.MAX_EVENTS
    with pytest.raises(HostilePage):
        calendar.read(capture(ics(event("x", more="DESCRIPTION:" + "x" * 3_000_000))), zone="UTC")


@pytest.mark.parametrize(
    "body", ["", "BEGIN:VCALENDAR", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n", "<html>"]
)
def test_what_is_no_calendar(body):
    with contextlib.suppress(PageError):
        assert calendar.read(capture(body), zone="UTC").events == ()


@pytest.mark.parametrize(
    ("body", "html"),
    [
        (b"<!DOCTYPE html><p>", True),
        (b"\xef\xbb\xbf<HTML>", True),
        (b"<rss><![CDATA[<html>]]></rss>", False),
        (b"", False),
    ],
)
def test_what_looks_like_a_page(body, html):
    assert xml.looks_like_html(body) is html
