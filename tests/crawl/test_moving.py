"""A partner that moves to another domain, or gets another slug, keeps its posts and their ids."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sample_archive import Region

from scraper.crawl.supervise import Plan, crawl
from scraper.errors import ConfigError
from scraper.store import partners
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
    with open_archive(region.db) as archive, archive.transaction() as connection:
        assert partners.move_home(connection, old.slug, old.home, home) == len(before)
        partners.save_partner(connection, moved)
    crawl(Plan(partners=(moved,), db=region.db, full=True))
    assert ids(region.db) == before


def test_another_slug_keeps_the_ids(region: Region):
    region.crawl("sample-lifesci")
    before = ids(region.db)
    with open_archive(region.db) as archive:
        with archive.transaction() as connection:
            partners.change_slug(connection, "sample-lifesci", "sample-science")
        assert archive.query("SELECT DISTINCT partner FROM posts")[0]["partner"] == "sample-science"
        assert archive.query("PRAGMA foreign_key_check") == []
    assert ids(region.db) == before


def test_a_slug_that_is_taken_is_refused(region: Region):
    region.crawl("sample-lifesci", "sample-events")
    with open_archive(region.db) as archive, archive.transaction() as connection, pytest.raises(ConfigError):
        partners.change_slug(connection, "sample-lifesci", "sample-events")
