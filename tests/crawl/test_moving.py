"""A partner that moves to another domain keeps its posts and their ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from sample_archive import Region

from scraper.crawl.supervise import Plan, crawl
from scraper.store.archive import open_archive


def ids(db: Path) -> dict[int, str]:
    with open_archive(db) as archive:
        return {row["id"]: row["title"] for row in archive.query("SELECT id, title FROM posts")}


def test_posts_are_the_same_posts_on_another_host(region: Region):
    old = next(partner for partner in region.partners if partner.slug == "sample-lifesci")
    region.crawl(old.slug)
    before = ids(region.db)
    home = old.home.replace("127.0.0.1", "localhost")
    moved = replace(
        old,
        home=home,
        hosts=(old.home.split("/")[2],),
        sources=tuple(replace(source, url=source.url.replace(old.home, home)) for source in old.sources),
    )
    crawl(Plan(partners=(moved,), db=region.db, full=True))
    assert ids(region.db) == before
