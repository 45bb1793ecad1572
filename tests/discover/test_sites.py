"""From the home address alone: every post of each kind of site, nothing else, at a price; and then almost nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from scraper.crawl.run import Done
from scraper.crawl.supervise import Plan, crawl
from scraper.models import Partner
from scraper.store.archive import Row, open_reader

from .sites import SITES, Site, serve


@dataclass(frozen=True)
class Crawled:
    """Every site crawled twice into one archive: what each was asked the first time and the second."""

    sites: dict[str, Site]
    db: Path
    ends: dict[str, Done]
    first: dict[str, list[str]]
    second: dict[str, list[str]]

    def rows(self, query: str, *values: str) -> list[Row]:
        with open_reader(self.db) as archive:
            return archive.query(query, list(values))


def partner_of(site: Site) -> Partner:
    return Partner(
        slug=site.name,
        title="Harbour Trust",
        home=f"{site.base}/",
        region="test",
        timezone="Europe/London",
        language="en-GB",
        delay=0.01,
    )


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    db = tmp_path_factory.mktemp("sites") / "archive.db"
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_ALLOW", "127.0.0.0/8")
        sites = {name: stack.enter_context(serve(make())) for name, make in SITES.items()}
        plan = Plan(partners=tuple(partner_of(site) for site in sites.values()), db=db, workers=3)
        ends = {done.slug: done for done in crawl(plan)}
        first = {name: list(site.asked) for name, site in sites.items()}
        for site in sites.values():
            site.asked.clear()
        crawl(plan)
        second = {name: list(site.asked) for name, site in sites.items()}
        yield Crawled(sites, db, ends, first, second)


@pytest.mark.parametrize("name", SITES)
def test_every_post_and_nothing_else(crawled: Crawled, name: str):
    found = crawled.rows("SELECT url FROM posts WHERE partner = ?", name)
    assert sorted(row["url"] for row in found) == sorted(crawled.sites[name].addresses)
    assert crawled.ends[name].error is None


@pytest.mark.parametrize("name", SITES)
def test_price_of_the_first_crawl(crawled: Crawled, name: str):
    site = crawled.sites[name]
    assert len(crawled.first[name]) <= 1.3 * (len(site.posts) + site.sources) + 40, crawled.first[name]


@pytest.mark.parametrize("name", SITES)
def test_an_unchanged_site_is_asked_for_its_sources_only(crawled: Crawled, name: str):
    asked = crawled.second[name]
    sources = crawled.rows("SELECT url FROM sources WHERE partner = ?", name)
    assert not {post.path for post in crawled.sites[name].posts} & set(asked)
    assert len(asked) <= len(sources) + 2, asked


@pytest.mark.parametrize("name", SITES)
def test_days_of_publication(crawled: Crawled, name: str):
    site = crawled.sites[name]
    found = crawled.rows("SELECT url, published_on FROM posts WHERE partner = ?", name)
    days = {row["url"]: row["published_on"] for row in found}
    dated = {} if name == "pretalx" else {site.base + post.path: f"{post.published:%Y-%m-%d}" for post in site.posts}
    assert {url: days[url] for url in dated} == dated


def test_events_of_the_events_calendar_have_their_hours_and_place(crawled: Crawled):
    rows = crawled.rows("SELECT starts_at, ends_at, timezone, venue FROM events WHERE partner = ?", "events-calendar")
    assert len(rows) == 6
    assert {(row["timezone"], row["venue"]) for row in rows} == {("Europe/London", "The Boathouse")}
    assert "2026-12-07T18:30:00Z" in {row["starts_at"] for row in rows}
