"""Every export is read back by a parser that others wrote."""

import csv as reader
import io
import json
from urllib.parse import parse_qs

import feedparser
import icalendar
import pytest
import rispy
from pybtex.database import parse_string

from scraper.publish import atom, cite, csv, export, ics, jsonl
from scraper.publish.about import About
from scraper.publish.addresses import lengthen, shorten
from scraper.publish.records import events_of_posts, read_events, read_posts
from scraper.store.archive import open_archive

from ..site import region

ABOUT = About(
    query="“flood”; Partner: x {y} & <z>",
    count=10,
    as_of="2026-11-19T06:10:00Z",
    url="https://archive.example/search.x?q=a&b=c",
)
DUBLIN_CORE = (
    "title creator subject description publisher contributor date type format identifier source language relation"
    " coverage rights"
).split()
IDS = [row["id"] for row, _ in region.POSTS]


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with open_archive(region.write(tmp_path_factory.mktemp("publish") / "archive.db")) as opened:
        yield opened


@pytest.fixture(scope="module")
def posts(archive):
    return read_posts(archive.connection, IDS, "https://archive.example")


def test_posts_come_in_the_order_asked_for(archive):
    assert [lengthen(post["id"]) for post in read_posts(archive.connection, IDS[::-1])] == IDS[::-1]


def test_atom(posts):
    feed = feedparser.parse(
        "".join(
            atom.write(
                posts,
                ABOUT,
                page="https://archive.example/search?q=a",
                following="https://archive.example/search.atom?after=1",
            )
        )
    )
    assert feed.bozo is False
    assert len(feed.entries) == len(posts)
    assert feed.feed.updated == ABOUT.as_of
    assert ABOUT.query in feed.feed.title
    assert "10 posts" in feed.feed.subtitle
    assert {entry.id for entry in feed.entries} == {post["archive_url"] for post in posts}
    assert (feed.entries[0].published, feed.entries[0].updated) == ("2026-10-05T13:05:00Z", "2026-10-06T06:00:00Z")
    assert feed.entries[0].tags == [] if "tags" in feed.entries[0] else True


def test_ics(archive):
    events = read_events(archive.connection, "1 ORDER BY e.id", ())
    text = "".join(ics.write(events, ABOUT))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    calendar = icalendar.Calendar.from_ical(text)
    concert, fair, day, late = calendar.walk("VEVENT")
    assert concert.errors == fair.errors == day.errors == late.errors == []
    assert str(concert["LOCATION"]) == "Town Hall; east, wing"
    assert concert.decoded("DTSTART").isoformat() == "2026-11-28T19:30:00+00:00"
    assert concert.decoded("DTSTAMP").isoformat() == "2026-11-19T06:00:00+00:00"
    assert (str(fair.decoded("DTSTART")), str(fair.decoded("DTEND"))) == ("2026-11-01", "2026-12-01")
    assert "some time in 2026-11" in str(fair["SUMMARY"])
    assert fair["STATUS"] == "TENTATIVE"
    assert (str(day.decoded("DTSTART")), str(day.decoded("DTEND"))) == ("2026-11-24", "2026-11-26")
    assert day["STATUS"] == "CANCELLED"
    assert "10 posts" in str(calendar["X-WR-CALDESC"])


def test_events_of_posts_only(archive):
    assert [event["title"] for event in events_of_posts(archive.connection, [region.EVENT])] == [
        "Harvest concert",
        "Late show",
    ]


def test_csv_runs_nothing_in_a_spreadsheet(posts):
    rows = list(reader.DictReader(io.StringIO("".join(csv.write(posts, ABOUT)))))
    assert len(rows) == len(posts)
    by_id = {lengthen(row["id"]): row for row in rows}
    assert by_id[region.FORMULA]["title"] == "'=cmd|' /C calc'!A0"
    assert by_id[region.FORMULA]["byline"] == "'@evil"
    assert by_id[region.EVENT]["categories"] == "Music & gigs"
    assert {(row["search"], row["search_count"], row["data_as_of"]) for row in rows} == {
        (ABOUT.query, "10", ABOUT.as_of)
    }


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1", "|x", "%x", "\n=1"])
def test_every_start_of_a_formula_is_quoted(text):
    assert csv.cell(text).startswith("'")


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), (5, "5"), (-5, "-5"), ("plain", "plain"), ("a\x00b\ud800c", "abc"), (["a", "=b"], "a; =b")],
)
def test_other_cells_are_as_they_are(value, cell):
    assert csv.cell(value) == cell


def test_json_lines(posts):
    lines = [json.loads(line) for line in "".join(jsonl.write(posts, ABOUT)).splitlines()]
    assert [line["id"] for line in lines] == [post["id"] for post in posts]
    assert lines[0]["search"] == {
        "query": ABOUT.query,
        "count": 10,
        "exact": True,
        "data_as_of": ABOUT.as_of,
        "url": ABOUT.url,
    }


def test_bibtex(posts):
    entries = parse_string("".join(cite.bibtex(posts, ABOUT)), "bibtex").entries
    assert set(entries) == {f"archive-{post['id']}" for post in posts}
    plant = entries[f"archive-{shorten(region.PLANT)}"]
    assert [str(person) for person in plant.persons["author"]] == ["{A. Brook}", "{Jo Lee}"]
    assert (plant.fields["year"], plant.fields["date"]) == ("2026", "2026-10-05")
    assert "year" not in entries[f"archive-{shorten(region.UNDATED)}"].fields
    assert entries[f"archive-{shorten(region.WELSH)}"].fields["date"] == "2026-03"


def test_an_edit_without_a_date_reaches_those_who_read_the_feed(posts):
    entries = {entry.id: entry for entry in feedparser.parse("".join(atom.write(posts, ABOUT))).entries}
    flood = entries[f"https://archive.example/post/{shorten(region.FLOOD)}"]
    assert (flood.published, flood.updated) == ("2026-10-07T08:00:00Z", "2026-10-09T09:00:00Z")
    plant = entries[f"https://archive.example/post/{shorten(region.PLANT)}"]
    assert plant.updated == "2026-10-06T06:00:00Z"  # when it was first seen


# the authors that were read, the byline, and the authors that are cited
AUTHORS = [
    ('["Marks & Spencer"]', "By Marks & Spencer", ["Marks & Spencer"]),
    ('["Smith, John", "Jo Lee"]', "Smith, John and Jo Lee", ["Smith, John", "Jo Lee"]),
    (None, "Marks & Spencer", ["Marks & Spencer"]),
    (None, "Smith, John", ["Smith, John"]),
    (None, "By Ann Brook, Jo Lee and Ada van der Berg", ["Ann Brook", "Jo Lee", "Ada van der Berg"]),
    (None, "Department for Business, Energy and Industry", ["Department for Business, Energy and Industry"]),
    (None, "News desk", ["News desk"]),
    (None, None, []),
    (None, " ", []),
]


@pytest.mark.parametrize(("stored", "byline", "cited"), AUTHORS)
def test_every_citation_names_the_authors_that_the_page_names(tmp_path, stored, byline, cited):
    with open_archive(region.write(tmp_path / "archive.db")) as opened:
        with opened.transaction() as connection:
            connection.execute("UPDATE posts SET authors = ?, byline = ? WHERE id = ?", [stored, byline, region.PLANT])
        found = read_posts(opened.connection, [region.PLANT], "https://archive.example")
        (whole,) = export.records(opened.connection, [[region.PLANT]])
    assert found[0]["authors"] == whole["authors"] == cited
    assert rispy.loads("".join(cite.ris(found, ABOUT)))[0].get("authors", []) == cited
    item = json.loads("".join(cite.csl(found, ABOUT)))[0]
    assert [author["literal"] for author in item.get("author", [])] == cited
    assert [value for name, value in cite.highwire(found[0]) if name == "citation_author"] == cited
    feed = feedparser.parse("".join(atom.write(found, ABOUT)))
    assert [author["name"] for author in feed.entries[0].authors] == (cited or ["Northvale Herald"])


def test_ris(posts):
    entries = rispy.loads("".join(cite.ris(posts, ABOUT)))
    assert len(entries) == len(posts)
    assert entries[0]["authors"] == ["A. Brook", "Jo Lee"]
    assert entries[0]["year"] == "2026"
    assert any("10 posts" in note for note in entries[0]["notes"])


def test_csl(posts):
    items = json.loads("".join(cite.csl(posts, ABOUT)))
    assert len(items) == len(posts)
    assert items[0]["issued"] == {"date-parts": [[2026, 10, 5]]}
    assert items[2]["issued"] == {"date-parts": [[2026, 3]]}
    assert "issued" not in items[3]
    assert json.loads("".join(cite.csl([], ABOUT))) == []


def test_coins_is_an_openurl_that_zotero_takes_for_a_web_page(posts):
    fields = parse_qs(cite.coins(posts[0]), strict_parsing=True)
    assert fields["ctx_ver"] == ["Z39.88-2004"]
    assert fields["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert fields["rft.type"] == ["webpage"]
    assert fields["rft.title"] == [posts[0]["title"]]
    assert fields["rft.source"] == [posts[0]["partner_title"]]
    assert fields["rft.identifier"] == [posts[0]["url"]]
    assert fields["rft.date"] == ["2026-10-05"]
    assert fields["rft.creator"] == ["A. Brook", "Jo Lee"]
    assert set(fields) <= {"ctx_ver", "rft_val_fmt", "rfr_id"} | {f"rft.{name}" for name in DUBLIN_CORE}


def test_highwire_names_the_type_and_the_same_address_as_coins(posts):
    for post in posts:
        fields = dict(cite.highwire(post))
        coins = parse_qs(cite.coins(post))
        assert fields["z:itemType"] == "webpage"
        assert fields["prism.publicationName"] == coins["rft.source"][0]
        assert fields["citation_public_url"] == coins["rft.identifier"][0]
        assert "citation_journal_title" not in fields
    assert dict(cite.highwire(posts[0]))["citation_publication_date"] == "2026/10/05"
    assert dict(cite.highwire(posts[2]))["citation_publication_date"] == "2026/03"
    assert "citation_publication_date" not in dict(cite.highwire(posts[3]))


@pytest.mark.parametrize("number", [0, 1, 31, 32, 2**52 - 1, 2**63 - 1])
def test_short_addresses_go_both_ways(number):
    assert lengthen(shorten(number)) == number


@pytest.mark.parametrize(
    ("typed", "number"),
    [("", None), ("u", None), ("0O-o", 0), ("iL", 33), ("Z" * 13, None), ("z" * 14, None), ("é", None)],
)
def test_short_addresses_however_typed(typed, number):
    assert lengthen(typed) == number
