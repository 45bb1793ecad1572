"""When a source is due again: sooner after news, later in quiet, inside the registry's bounds; `--due` asks no one else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sample_archive import Region

from scraper.crawl.rhythm import deep_share, due_after
from scraper.errors import PartnerError
from scraper.models import Partner
from scraper.partners import registry
from scraper.store import frontier, partners
from scraper.store.archive import Archive, open_archive, open_reader, parse_instant

AT = "2026-03-01T12:00:00Z"
PARTNER = Partner(
    slug="p",
    title="P",
    home="http://p.example/",
    region="r",
    timezone="UTC",
    language="en",
    least_hours=2,
    most_hours=48,
)


def hours(last: float | None, *, news: bool, doubtful: bool = False) -> float:
    """The hours until a source is due again that was last asked `last` hours before it was due."""
    row = {"last_checked_at": None, "due_at": None}
    if last is not None:
        checked = parse_instant(AT) - timedelta(hours=last)
        row = {"last_checked_at": checked.strftime("%Y-%m-%dT%H:%M:%SZ"), "due_at": AT}
    return (
        parse_instant(due_after(row, AT, PARTNER, news=news, doubtful=doubtful)) - parse_instant(AT)
    ).total_seconds() / 3600


@pytest.mark.parametrize(
    ("last", "news", "expected"),
    [(None, False, 9), (None, True, 4), (6, True, 4), (6, False, 9), (2, True, 2), (40, False, 48), (48, False, 48)],
)
def test_the_rhythm_follows_the_news_inside_its_bounds(last, news, expected):
    assert hours(last, news=news) == expected


@pytest.mark.parametrize(("last", "expected"), [(None, 9), (6, 9), (40, 24), (48, 24)])
def test_a_source_that_has_failed_is_asked_within_a_day(last, expected):
    assert hours(last, news=False, doubtful=True) == expected


def test_bounds_that_cross_are_refused():
    values = {"title": "P", "home": "http://p.example/", "region": "r", "timezone": "UTC", "language": "en"}
    with pytest.raises(PartnerError, match="least must not be more than most"):
        registry.build("p", {**values, "rhythm": {"least": 5, "most": 2}})
    assert registry.build("p", {**values, "rhythm": {"least": 3}}).least_hours == 3


def test_only_partners_whose_time_has_come_are_asked(region: Region):
    region.crawl("sample-lifesci")
    assert set(region.crawl("sample-lifesci", "sample-events", due=True)) == {"sample-events"}
    with open_archive(region.db) as archive, archive.transaction() as connection:
        connection.execute("UPDATE sources SET due_at = ? WHERE partner = 'sample-lifesci'", [AT])
    assert set(region.crawl("sample-lifesci", "sample-events", due=True)) == {"sample-lifesci"}
    with open_reader(region.db) as archive:
        asked = archive.query(
            "SELECT count(*) AS number FROM fetches WHERE partner = 'sample-lifesci' AND kind = 'page'"
        )
    assert asked[0]["number"] == 6


def test_a_clock_that_ran_ahead_for_a_run_silences_nobody(region: Region):
    region.crawl("sample-lifesci")
    with open_archive(region.db) as archive, archive.transaction() as connection:
        connection.execute(
            "UPDATE sources SET last_checked_at = '2199-01-01T00:00:00Z', due_at = '2199-01-02T00:00:00Z'"
        )
        connection.execute("UPDATE hosts SET robots_at = '2199-01-01T00:00:00Z', not_before = '2199-01-01T00:00:00Z'")
    assert set(region.crawl("sample-lifesci", due=True)) == {"sample-lifesci"}
    assert region.crawl("sample-lifesci", due=True) == {}


def test_the_visits_of_one_day_share_its_old_posts(tmp_path: Path):
    with open_archive(tmp_path / "archive.db") as archive:
        with archive.transaction() as connection:
            partners.save_partner(connection, PARTNER)
            connection.executemany(
                "INSERT INTO candidates (partner, url_key, url, found_in, first_seen_at, state, fetched_at, shape)"
                " VALUES ('p', ?, ?, 'feed', '2026-01-01T00:00:00Z', 'post', '2026-01-01T00:00:00Z', '')",
                [(str(number), f"http://p.example/{number}") for number in range(300)],
            )
        again = [made_due(archive, f"2026-03-0{day}T{hour:02}:00:00Z") for day in (1, 2) for hour in range(0, 24, 6)]
    assert again == [10, 0, 0, 0, 10, 0, 0, 0]


def made_due(archive: Archive, at: str) -> int:
    """Fetch again what a visit at an instant makes due; return how many posts that were."""
    with archive.transaction() as connection:
        share = deep_share(connection, "p", at, days=30)
        frontier.schedule_deep_checks(connection, "p", before=f"{at[:10]}T00:00:00Z", limit=share, now=at)
        return connection.execute(
            "UPDATE candidates SET fetched_at = ?, due_at = NULL WHERE due_at IS NOT NULL", [at]
        ).rowcount
