"""The two real posts of the sample region as the archive reads them, field by field, written out by hand."""

from __future__ import annotations

import json

import pytest
from sample_archive import Region

from scraper.store.archive import Archive, Row, open_reader

ENGINE = "news-events/midlands-life-science-symposium-brings-together-partners-from-across-the-region/"
LIFESCI = "people-places/bright-future-for-life-sciences-in-the-midlands/"
SHARED = ["email", "facebook", "linkedin", "whatsapp", "x"]

POSTS = "SELECT p.*, b.text FROM posts p JOIN bodies b ON b.post = p.id WHERE p.url = ?"
LABELS = (
    "SELECT c.label FROM post_categories pc JOIN categories c ON c.id = pc.category WHERE pc.post = ? ORDER BY c.label"
)
DATES = "SELECT field, quote, edtf FROM date_claims WHERE post = ? AND chosen ORDER BY field"
STRONG = "SELECT DISTINCT edtf FROM date_claims WHERE post = ? AND score >= 0.5"
SHARES = "SELECT * FROM share_metadata WHERE post = ?"


@pytest.fixture(scope="module")
def archive(crawled: Region):
    with open_reader(crawled.db) as opened:
        yield opened


def one(archive: Archive, query: str, *values: object) -> Row:
    (row,) = archive.query(query, list(values))
    return row


@pytest.fixture(scope="module")
def engine(crawled: Region, archive: Archive) -> Row:
    return one(archive, POSTS, crawled.served.addresses["sample-engine"] + ENGINE)


@pytest.fixture(scope="module")
def lifesci(crawled: Region, archive: Archive) -> Row:
    return one(archive, POSTS, crawled.served.addresses["sample-lifesci"] + LIFESCI)


ENGINE_FIELDS = {
    "title": "Midlands Life Science Symposium brings together partners from across the region",
    "kind": "news",
    "byline": None,
    "language": "en-GB",
    "published_on": "2021-02-26",
    "published_at": None,
    "published_edtf": "2021-02-26",
    "published_precision": "day",
    "modified_on": None,
    "modified_at": None,
}
LIFESCI_FIELDS = {
    "title": "Bright future for life sciences in the Midlands",
    "kind": "news",
    "byline": "Editor",
    "published_on": "2020-07-06",
    "published_at": None,
    "published_edtf": "2020-07-06",
    "published_precision": "day",
    "modified_on": None,
    "modified_at": None,
}


@pytest.mark.parametrize("field", ENGINE_FIELDS)
def test_field_of_the_engine_seed(engine, field):
    assert engine[field] == ENGINE_FIELDS[field]


@pytest.mark.parametrize("field", LIFESCI_FIELDS)
def test_field_of_the_lifesci_seed(lifesci, field):
    assert lifesci[field] == LIFESCI_FIELDS[field]


def test_dates_keep_the_words_that_were_printed(archive, engine, lifesci):
    assert [tuple(row) for row in archive.query(DATES, [engine["id"]])] == [
        ("published", "February 26, 2021", "2021-02-26")
    ]
    assert [tuple(row) for row in archive.query(DATES, [lifesci["id"]])] == [
        ("published", "July 6, 2020", "2020-07-06")
    ]


def test_no_date_of_the_rail_could_be_the_posts(archive, engine):
    assert [row["edtf"] for row in archive.query(STRONG, [engine["id"]])] == ["2021-02-26"]


def test_no_category_of_the_rail_or_the_menu_is_taken(archive, engine, lifesci):
    assert [row["label"] for row in archive.query(LABELS, [engine["id"]])] == []
    assert [row["label"] for row in archive.query(LABELS, [lifesci["id"]])] == ["News & Analysis", "People & places"]
    assert archive.query("SELECT tag FROM tags WHERE post IN (?, ?)", [engine["id"], lifesci["id"]]) == []


def test_the_lead_picture_and_the_share_buttons_are_the_posts_own(crawled, archive, engine, lifesci):
    shares = one(archive, SHARES, engine["id"])
    picture = crawled.served.addresses["sample-engine"] + "wp-content/uploads/2021/02/face-shield.png"
    assert (shares["lead_image"], shares["og_image"]) == (picture, picture)
    assert shares["lead_image_alt"] == (
        "a woman wearing a protective face shield, looking at six purple circles in test trays"
    )
    assert sorted(json.loads(shares["share_links"])) == [network for network in SHARED if network != "email"]
    bare = one(archive, SHARES, lifesci["id"])
    assert (bare["lead_image"], bare["og_image"], bare["og_title"]) == (None, None, None)
    assert json.loads(bare["share_links"] or "{}") == {}


def test_the_engine_text_is_whole_and_nothing_but_the_post(engine):
    paragraphs = engine["text"].split("\n\n")
    assert len(paragraphs) == 9
    assert paragraphs[0].startswith("A virtual event series, held throughout 2021, aims to shine a light on the")
    assert paragraphs[0].endswith("the Life Sciences Industrial Strategy and adoption and innovation within the NHS.")
    assert paragraphs[-1] == (
        "For the latest on our region, subscribe to Midlands Matters, the official newsletter of the Midlands Engine."
    )
    for words in ("Date posted", "Share", "Keep Updated", "Latest News", "Economic Opportunities", "Mar 1 2024"):
        assert words not in engine["text"]


def test_the_lifesci_text_is_whole_and_nothing_but_the_post(lifesci):
    paragraphs = lifesci["text"].split("\n\n")
    assert len(paragraphs) == 11
    assert paragraphs[0].startswith("The amalgamation of Medilink East and West Midlands has been given the seal of")
    assert paragraphs[-1].startswith("You can find out more about Medilink Midlands and book onto next Tuesday’s event")
    assert paragraphs[-1].endswith("by visiting the Medilink Midlands website:")
    for words in ("July 6, 2020", "by Editor", "News & Analysis", "Funding & investment"):
        assert words not in lifesci["text"]


EVENTS = "SELECT title, when_edtf, organiser, certain, evidence FROM events WHERE post = ? ORDER BY earliest_on"


def test_the_engine_post_tells_its_events_in_prose(archive, engine):
    rows = archive.query(EVENTS, [engine["id"]])
    assert [(row["when_edtf"], row["organiser"], row["certain"]) for row in rows] == [
        ("2021-02-25", "Midlands Innovation Immunology Network", 1),
        ("2021-02-26", "University of Leicester", 1),
        ("2021-03-15/2021-03-17", None, 1),
        ("2021-23", "Midlands Innovation", 0),  # "proposed for autumn 2021"
    ]
    named = "Beyond COVID-19: New directions for Public Involvement in Health and Social Care Research in the Midlands"
    assert rows[2]["title"] == named
    assert all(row["evidence"] in engine["text"] for row in rows)


def test_the_lifesci_post_tells_one_event_twice(archive, lifesci):
    (row,) = archive.query(EVENTS, [lifesci["id"]])
    assert (row["when_edtf"], row["organiser"], row["certain"]) == ("2020-07-07", "Medilink Midlands", 1)
