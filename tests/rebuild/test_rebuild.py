"""A database made again from captures and journal says what the one says that the crawls made."""

from __future__ import annotations

import pytest
from sample_archive import Region

from scraper.check import check
from scraper.crawl.visit import HostMemory, VisitContext
from scraper.normalise import urls
from scraper.partners import registry
from scraper.rebuild import rebuild
from scraper.sample import SampleRegion
from scraper.sample.registry import partners
from scraper.store.archive import Archive, open_archive, open_reader
from scraper.store.journal import Journal

# What a row is called by its number is told by what the number stands for.
PLACE = "(SELECT warc || ':' || offset FROM captures WHERE id = {})"
SOURCE = "(SELECT url FROM sources WHERE id = {})"
LABEL = "(SELECT partner || ':' || label FROM categories WHERE id = {})"
NUMBERS = {
    ("posts", "capture"): PLACE,
    ("revisions", "capture"): PLACE,
    ("fetches", "capture"): PLACE,
    ("source_claims", "capture"): PLACE,
    ("sources", "parent"): SOURCE,
    ("events", "source"): SOURCE,
    ("candidates", "source"): SOURCE,
    ("source_claims", "source"): SOURCE,
    ("post_categories", "category"): LABEL,
}
# Numbers that count rows in the order they were written (docs/decisions/rebuild.md).
OWN_NUMBERS = {"captures", "fetches", "sources", "categories", "date_claims", "candidates", "families"}
# Working values of the crawl that a rebuild need not know (docs/decisions/rebuild.md).
LEFT_OUT = {("candidates", "due_at"), ("candidates", "due_by")}
TABLES = (
    "partners sources posts bodies share_metadata date_claims categories terms post_categories tags events revisions"
    " captures fetches families crawls coverage removals addresses candidates source_claims recipes alarms"
).split()


def rows_of(archive: Archive, table: str) -> list[tuple]:
    """Return the rows of a table without the numbers that only count."""
    names = [row["name"] for row in archive.query(f"PRAGMA table_info({table})")]
    names = [name for name in names if (table, name) not in LEFT_OUT and not (name == "id" and table in OWN_NUMBERS)]
    columns = [NUMBERS.get((table, name), "{}").format(f"{table}.{name}") for name in names]
    rows = archive.query(f"SELECT {', '.join(columns)} FROM {table}")
    return sorted((tuple(row) for row in rows), key=repr)


@pytest.fixture(scope="module")
def made_again(tmp_path_factory: pytest.TempPathFactory):
    """The archive of two editions of the sample region, and the one rebuilt from it."""
    folder = tmp_path_factory.mktemp("again")
    with pytest.MonkeyPatch.context() as patch, SampleRegion(first_port=0) as served:
        patch.setenv("ARCHIVE_ALLOW", "127.0.0.0/8")
        known = {slug: registry.build(slug, values) for slug, values in partners(served.addresses).items()}
        region = Region(served, tuple(known.values()), folder / "archive.db")
        region.crawl()
        served.publish(2)
        region.crawl(full=True)
        report = rebuild(region.db, known, into=folder / "again.db")
        with open_reader(region.db) as first, open_reader(folder / "again.db") as second:
            yield region, report, first, second


def test_a_rebuild_is_whole(made_again):
    region, report, _, _ = made_again
    assert report.faults == []
    assert report.answers > 100
    assert report.counts == check(region.db).counts


@pytest.mark.parametrize("table", TABLES)
def test_table_agrees(made_again, table: str):
    _, _, first, second = made_again
    assert rows_of(second, table) == rows_of(first, table)


def test_search_agrees(made_again):
    _, _, first, second = made_again
    query = "SELECT rowid FROM posts_fts WHERE posts_fts MATCH ? ORDER BY rowid"
    for word in ("library", "survey", "water", "symposium"):
        assert [row[0] for row in second.query(query, [word])] == [row[0] for row in first.query(query, [word])]


def test_second_edition_left_revisions_and_gone_posts(made_again):
    _, _, _, second = made_again
    assert second.query("SELECT 1 FROM posts WHERE revision > 1")
    assert second.query("SELECT 1 FROM posts WHERE gone_at IS NOT NULL")


def test_a_rebuild_takes_the_place_of_the_old_database(region: Region):
    region.crawl("sample-events")
    before = check(region.db).counts
    report = rebuild(region.db, {})
    assert (report.faults, check(region.db).counts) == ([], before)
    assert region.db.with_name("archive.db.before-rebuild").exists()


def test_a_rebuild_keeps_robots_rules_and_the_pause_that_a_host_asked_for(region: Region):
    slug = "sample-events"
    region.crawl(slug)
    partner = next(one for one in region.partners if one.slug == slug)
    host = urls.host_of(partner.home)
    with open_archive(region.db) as archive:
        journal = Journal(captures=archive.captures, partner=slug)
        HostMemory(VisitContext(archive=archive, partner=partner, crawl=None, journal=journal)).hold(host, 3 * 3600)
        before = archive.query("SELECT host, robots, robots_status, robots_at, robots_verdict, not_before FROM hosts")
    assert [row["robots_status"] for row in before] == [200]
    rebuild(region.db, {slug: partner})
    with open_archive(region.db) as archive:
        after = archive.query("SELECT host, robots, robots_status, robots_at, robots_verdict, not_before FROM hosts")
        assert [tuple(row) for row in after] == [tuple(row) for row in before]
        assert HostMemory(VisitContext(archive=archive, partner=partner, crawl=None)).hold_of(host) > 3600
