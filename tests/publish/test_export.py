"""What `archive export` says of each post."""

import pytest

from scraper.publish import export
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
        found = {record["id"]: record["flags"] for record in export.records(archive.connection)}
    assert found[post] == flags
