"""The state of a partner-day and of a visit: what was not seen is never called quiet, one dead page is no blindness."""

import pytest

from scraper.models import Partner
from scraper.store import ledger, partners
from scraper.store.archive import open_archive

COUNTS = (
    "sources_checked sources_asked links_seen fetched new changed failed pages_failed posts kept_out without_robots"
).split()
READ = {"sources_asked": 1, "sources_checked": 1, "links_seen": 9}


@pytest.mark.parametrize(
    ("counts", "held", "state"),
    [
        ({}, "posts", "blind"),
        ({"sources_asked": 2}, "posts", "blind"),
        ({"sources_asked": 1, "kept_out": 1}, "posts", "blocked"),
        (READ, "posts", "quiet"),
        (READ, "", "blind"),
        ({**READ, "links_seen": 0}, "", "blind"),
        ({**READ, "links_seen": 0}, "events", "quiet"),
        ({**READ, "fetched": 2, "new": 1}, "posts", "checked"),
        ({**READ, "fetched": 2, "failed": 2, "pages_failed": 2}, "posts", "quiet"),
        ({**READ, "fetched": 3, "failed": 3, "pages_failed": 3}, "posts", "blind"),
        ({**READ, "fetched": 3, "failed": 3, "pages_failed": 0, "posts": 3}, "posts", "quiet"),
        ({**READ, "fetched": 3, "failed": 2, "pages_failed": 2, "posts": 1}, "posts", "quiet"),
        ({**READ, "fetched": 1, "failed": 1, "pages_failed": 1}, "", "blind"),
    ],
)
def test_a_hole_is_no_quiet_day(counts, held, state):
    assert ledger.judge({**dict.fromkeys(COUNTS, 0), **counts}, frozenset(held.split()))[0] == state


def test_a_site_that_is_down_is_not_said_to_keep_us_out():
    down = {**dict.fromkeys(COUNTS, 0), "sources_asked": 1, "kept_out": 1, "without_robots": 1}
    assert (
        ledger.judge(down, frozenset())[1]
        == "robots.txt cannot be had, the site may be down; without it nothing is asked"
    )
    assert "kept us out" in ledger.judge({**down, "kept_out": 2}, frozenset())[1]


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        with opened.transaction() as connection:
            partners.save_partner(
                connection,
                Partner(slug="p", title="P", home="http://h/", region="x", timezone="UTC", language="en"),
            )
        yield opened


def fetched(archive, *fetches):
    """Save fetches of a crawl: (kind, at, outcome)."""
    with archive.transaction() as connection:
        crawl = connection.execute("INSERT INTO crawls (started_at) VALUES ('2026-11-01')").lastrowid
        for number, (kind, at, outcome) in enumerate(fetches):
            links = 30 if kind == "source" else None
            ledger.save_fetch(
                connection,
                crawl=crawl,
                partner="p",
                url=f"http://h/{number}",
                kind=kind,
                at=at,
                outcome=outcome,
                status=200,
                links=links,
            )


def lines(archive, today):
    with archive.transaction() as connection:
        ledger.update_coverage(connection, "p", today)
    return {row["day"]: (row["state"], row["new"]) for row in archive.query("SELECT * FROM coverage")}


def test_a_visit_over_midnight_writes_a_line_for_both_days(archive):
    fetched(
        archive,
        ("source", "2026-11-01T23:55:00Z", "read"),
        ("page", "2026-11-01T23:56:00Z", "new"),
        ("page", "2026-11-02T00:01:00Z", "unchanged"),
    )
    assert lines(archive, "2026-11-02") == {"2026-11-01": ("checked", 1), "2026-11-02": ("quiet", 0)}


def test_a_visit_that_was_killed_gets_its_line_from_the_next(archive):
    fetched(archive, ("source", "2026-11-01T06:00:00Z", "read"), ("page", "2026-11-01T06:01:00Z", "new"))
    fetched(archive, ("source", "2026-11-03T06:00:00Z", "failed"))
    assert lines(archive, "2026-11-03") == {"2026-11-01": ("checked", 1), "2026-11-03": ("blind", 0)}
