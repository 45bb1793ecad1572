"""What `archive export` says of each post."""

import pytest

from scraper.publish import export
from scraper.publish.records import ids
from scraper.store.archive import open_archive

from ..site import region


@pytest.mark.parametrize(
    ("basis", "rights", "flags"),
    [
        ("partner", None, None),
        ("utc", "noarchive", "noarchive"),
        ("epoch", None, "published-epoch"),
        ("gap", "tdm-reservation", "tdm-reservation published-gap"),
        ("fold", None, "published-fold"),
        ("day-end", None, "published-day-end"),
    ],
)
def test_a_date_read_from_an_odd_stamp_is_flagged(tmp_path, basis, rights, flags):
    with open_archive(region.write(tmp_path / "archive.db")) as archive:
        post = archive.first("SELECT post FROM date_claims WHERE field = 'published' AND chosen")["post"]
        with archive.transaction() as connection:
            connection.execute("UPDATE date_claims SET zone_basis = ? WHERE post = ? AND chosen", [basis, post])
            connection.execute("UPDATE posts SET rights_flags = ? WHERE id = ?", [rights, post])
        found = {
            record["id"]: record["flags"] for record in export.records(archive.connection, ids(archive.connection))
        }
    assert found[post] == flags


def test_the_picture_of_a_share_card_stands_in_for_one_on_the_page(tmp_path):
    with open_archive(region.write(tmp_path / "archive.db")) as archive:
        first = archive.query(
            "SELECT id FROM posts WHERE partner = (SELECT partner FROM posts"
            " GROUP BY 1 ORDER BY count(*) DESC LIMIT 1) ORDER BY id"
        )
        own, shown, *others = [row["id"] for row in first]
        assert len(others) >= 3
        with archive.transaction() as connection:
            for post in (own, shown, *others):
                connection.execute("INSERT OR IGNORE INTO share_metadata (post) VALUES (?)", [post])
            connection.execute(
                "UPDATE share_metadata SET lead_image = NULL, resolved_image = 'https://a.example/logo.png'"
            )
            connection.execute(
                "UPDATE share_metadata SET resolved_image = 'https://a.example/own.jpg' WHERE post = ?", [own]
            )
            connection.execute(
                "UPDATE share_metadata SET lead_image = 'https://a.example/lead.jpg' WHERE post = ?", [shown]
            )
        found = {
            record["id"]: record["image"] for record in export.records(archive.connection, ids(archive.connection))
        }
    assert (found[own], found[shown]) == ("https://a.example/own.jpg", "https://a.example/lead.jpg")
    assert {found[post] for post in others} == {None}
