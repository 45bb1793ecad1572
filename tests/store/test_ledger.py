"""The state of a partner-day and of a visit: what was not seen is never called quiet, one dead page is no blindness."""

import pytest

from scraper.store import ledger

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
