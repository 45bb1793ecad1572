"""Partners and their sources: a source that leaves the registry file is asked no more, a new host changes hosts alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.models import Candidate, Partner, Source
from scraper.store import frontier, partners
from scraper.store.archive import open_archive

PARTNER = Partner(slug="p", title="P", home="https://hub.org/", region="x", timezone="UTC", language="en")
FEED = Source(kind="feed", url="https://hub.org/feed")
MAP = Source(kind="sitemap", url="https://hub.org/sitemap.xml")
NOW = "2026-03-01T12:00:00Z"


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        yield opened


def save(archive, *sources):
    with archive.transaction() as connection:
        partners.save_partner(connection, replace(PARTNER, sources=sources))


def asked(archive):
    return {row["url"]: row["status"] for row in partners.sources_of(archive, "p")}


def test_a_source_that_the_file_names_no_longer_is_asked_no_more(archive):
    save(archive, FEED, MAP)
    part = Source(kind="sitemap", url="https://hub.org/sitemap-2.xml", found_by="sitemap index https://hub.org/")
    probed = Source(kind="listing", url="https://hub.org/news/", found_by="the menu")
    number = next(row["id"] for row in partners.sources_of(archive, "p") if row["url"] == MAP.url)
    with archive.transaction() as connection:
        partners.save_sources(connection, "p", [part], parent=number)
        partners.save_sources(connection, "p", [probed])
    save(archive, FEED)
    assert set(asked(archive)) == {FEED.url, probed.url}
    save(archive, FEED, MAP)
    assert asked(archive)[MAP.url] == "new"


def test_a_source_found_by_probing_stays_when_the_file_names_none(archive):
    with archive.transaction() as connection:
        partners.save_partner(connection, PARTNER)
        partners.save_sources(connection, "p", [replace(FEED, found_by="link rel=alternate")])
    save(archive)
    assert set(asked(archive)) == {FEED.url}


def test_a_new_host_changes_hosts_and_nothing_else(archive):
    outside = Source(kind="feed", url="https://feeds.thehub.org/p?src=hub.org")
    save(archive, replace(FEED, url="https://www.hub.org/feed?of=hub.org"), outside)
    pages = ("https://hub.org/news/why-hub.org-moves", "https://events.hub.org/one")
    with archive.transaction() as connection:
        frontier.offer(connection, "p", None, [Candidate(url=url, found_in="feed") for url in pages], now=NOW)
        partners.move_home(connection, "p", "https://hub.org/", "https://newhub.net/")
    assert set(asked(archive)) == {"https://newhub.net/feed?of=hub.org", outside.url}
    assert [row["url"] for row in archive.query("SELECT url FROM candidates ORDER BY id")] == [
        "https://newhub.net/news/why-hub.org-moves",
        pages[1],
    ]
