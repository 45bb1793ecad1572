"""What of a page that was read stands in which table."""

from datetime import datetime, timezone

import pytest

from scraper import ingest
from scraper.models import Capture, Partner
from scraper.store import partners
from scraper.store.archive import Archive, open_archive

AT = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
URL = "https://gazette.example/news/the-bridge-opens/"
PARTNER = Partner(
    slug="gazette",
    title="Gazette",
    home="https://gazette.example/",
    region="x",
    timezone="Europe/London",
    language="en-GB",
    categories={"Our bridge": "medtop:20000763"},
)
PAGE = """<html lang="en-GB"><head><title>The bridge opens</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-03-01T09:00:00Z">
{head}</head><body><article><h1>The bridge opens</h1>{byline}<p>The bridge over the Soar has opened again after two
years of work, and the first buses crossed it this morning.</p><p>{more}</p></article></body></html>"""


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        with opened.transaction() as connection:
            partners.save_partner(connection, PARTNER)
        yield opened


def take(archive: Archive, head: str = "", byline: str = "", more: str = "It was closed in 2024.") -> str:
    """Let a page in by the one door; return what became of it."""
    body = PAGE.format(head=head, byline=byline, more=more).encode()
    capture = Capture(url=URL, fetched_at=AT, status=200, headers={"content-type": "text/html"}, body=body)
    reading = ingest.read_page(archive, PARTNER, capture)
    with archive.transaction() as connection:
        return ingest.ingest_page(archive, connection, PARTNER, capture, reading=reading).word


def test_a_term_is_called_as_the_vocabulary_calls_it_also_in_an_archive_that_does_not_hold_it_yet(archive):
    assert take(archive, '<meta property="article:section" content="Our bridge">') == "new"
    (row,) = archive.query("SELECT c.label, t.id, t.label, t.parent FROM categories c JOIN terms t ON t.id = c.term")
    assert tuple(row) == (
        "Our bridge", "medtop:20000763", "information technology and computer science", "medtop:20000756",
    )  # fmt: skip
