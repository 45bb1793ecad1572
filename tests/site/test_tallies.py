"""The derived tables stay in step with the posts, one post at a time, and say so when they do not."""

import pytest

from scraper.models import Category
from scraper.store import posts, tallies
from scraper.store.archive import open_archive

from . import region


@pytest.fixture
def archive(tmp_path):
    with open_archive(region.write(tmp_path / "archive.db")) as opened:
        yield opened


CHANGES = [
    f"UPDATE posts SET gone_at = '2026-11-19T00:00:00Z' WHERE id = {region.PLANT}",
    f"UPDATE posts SET published_at = NULL, published_on = NULL, earliest_on = NULL, latest_on = NULL WHERE id = {region.PLANT}",
    f"UPDATE posts SET earliest_on = '2025-12-01', latest_on = '2026-02-28' WHERE id = {region.PLANT}",
    f"UPDATE posts SET language = NULL, kind = 'event', revision = 3 WHERE id = {region.PLANT}",
    f"INSERT INTO post_categories VALUES ({region.PLANT}, 1), ({region.PLANT}, 2)",
    f"INSERT INTO events (post, partner, title, when_edtf, precision, found_in, first_seen_at, last_seen_at) VALUES ({region.PLANT}, 'northvale-herald', 'x', '2026', 'year', 'prose', '2026-11-19T00:00:00Z', '2026-11-19T00:00:00Z')",
]


@pytest.mark.parametrize("change", CHANGES)
def test_refresh_follows_a_change(archive, change):
    with archive.transaction() as connection:
        connection.execute(change)
    assert tallies.disagreements(archive.connection) != []
    with archive.transaction() as connection:
        tallies.refresh(connection, region.PLANT)
    assert tallies.disagreements(archive.connection) == []


def test_refresh_agrees_with_rebuild(archive):
    with archive.transaction() as connection:
        for change in CHANGES:
            connection.execute(change)
            tallies.refresh(connection, region.PLANT)
    counted = "SELECT * FROM {} WHERE posts > 0 ORDER BY 1, 2, 3"
    tables = ("month_counts", "term_months")
    kept = {table: [tuple(row) for row in archive.query(counted.format(table))] for table in tables}
    with archive.transaction() as connection:
        tallies.rebuild(connection)
    assert kept == {table: [tuple(row) for row in archive.query(counted.format(table))] for table in tables}


def test_a_deleted_post_is_forgotten_and_its_partner_can_go(archive):
    with archive.transaction() as connection:
        connection.execute("PRAGMA defer_foreign_keys=ON")
        for post in (region.WELSH, region.COPY):
            for table, column in (("bodies", "post"), ("post_categories", "post"), ("posts", "id")):
                connection.execute(f"DELETE FROM {table} WHERE {column} = {post}")
            tallies.refresh(connection, post)
        tallies.rebuild(connection)
        connection.execute("DELETE FROM categories WHERE partner = 'cymru-celf'")
        connection.execute("DELETE FROM partners WHERE slug = 'cymru-celf'")
    assert tallies.disagreements(archive.connection) == []


def test_a_refresh_without_a_change_changes_nothing(archive):
    before = archive.first("SELECT value FROM site_state WHERE key = 'version'")["value"]
    with archive.transaction() as connection:
        tallies.refresh(connection, region.PLANT)
    assert archive.first("SELECT value FROM site_state WHERE key = 'version'")["value"] == before


def test_a_new_term_reaches_its_posts(archive):
    with archive.transaction() as connection:
        connection.execute("UPDATE categories SET term = 'medtop:06000000' WHERE id = 4")
        tallies.refresh_category(connection, 4)
    assert tallies.disagreements(archive.connection) == []
    assert archive.first("SELECT sum(posts) AS n FROM term_months WHERE term = 'medtop:06000000'")["n"] == 2


def test_a_label_of_another_term_means_it_for_every_post(archive):
    (sharing,) = archive.query("SELECT post FROM post_categories WHERE category = 2")
    other = region.UNDATED if sharing["post"] != region.UNDATED else region.GONE
    for term, reason in (("medtop:06000000", "label"), ("medtop:20000018", "label"), (None, "unmapped")):
        with archive.transaction() as connection:
            label = Category(label="Floods", term=term, reason=reason)
            posts.save_categories(connection, other, "northvale-herald", [label])
            tallies.refresh(connection, other)
        assert archive.first("SELECT term, reason FROM categories WHERE id = 2")[:] == (term, reason)
        assert tallies.disagreements(archive.connection) == []


def test_a_renamed_partner_takes_its_counts_along(archive):
    before = archive.first("SELECT value FROM site_state WHERE key = 'generation'")["value"]
    with archive.transaction() as connection:
        connection.execute("UPDATE partners SET slug = 'celf-cymru' WHERE slug = 'cymru-celf'")
    assert tallies.disagreements(archive.connection) == []
    assert archive.first("SELECT value FROM site_state WHERE key = 'generation'")["value"] == before + 1
