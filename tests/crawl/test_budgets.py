"""Budgets: which pages of a listing are followed, and when addresses of one shape are cut."""

from datetime import datetime, timezone

import pytest

from scraper.crawl import budgets
from scraper.models import Candidate, Partner
from scraper.store import frontier, partners
from scraper.store.archive import instant, open_archive

AT = datetime(2026, 11, 21, tzinfo=timezone.utc)

FOLLOW = [
    ("http://h/news?page=2", True),
    ("http://h/news/page/40/", True),
    ("http://h/events/2026/11/", True),
    ("http://h/calendar?month=2029-11", True),
    ("http://h/calendar?month=2029-12", False),
    ("http://h/calendar?month=1989-12", False),
    ("http://h/events/2087/1/", False),
    ("http://h/events/0001-01", False),
    ("http://h/old/new/old/new/old/new/", False),
    ("http://h/more/more/more/", False),
    ("http://h" + "/x1/y2/z3/p4/q5/r6/s7/t8/u9/v0", False),
]


@pytest.mark.parametrize(("url", "worth"), FOLLOW)
def test_which_pages_are_followed(url, worth):
    assert budgets.is_worth_following(url, AT) is worth


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        with opened.transaction() as connection:
            partners.save_partner(
                connection,
                Partner(slug="p", title="P", home="http://h/", region="x", timezone="UTC", language="en"),
            )
        yield opened


def offer(archive, *urls, state="new"):
    with archive.transaction() as connection:
        frontier.offer(connection, "p", None, [Candidate(url=u, found_in="listing") for u in urls], now=instant(AT))
        for url in urls:
            connection.execute("UPDATE candidates SET state = ? WHERE url = ?", [state, url])


def spent(archive, budget=None):
    budget = budget or budgets.Budget(archive, "p", None)
    rows = frontier.draw(archive, "p", now=instant(AT), limit=1000)
    return [row["url"] for row in rows if row["state"] == "new" and budget.is_spent(row, AT)]


def test_a_shape_without_posts_is_cut_and_reported_once(archive):
    offer(archive, *(f"http://h/l/{number}-x" for number in range(60)), state="not-post")
    offer(archive, *(f"http://h/l/new-{number}" for number in range(30)))
    offer(archive, "http://h/news/other-post")
    assert len(spent(archive)) == 30
    assert frontier.draw(archive, "p", now=instant(AT), limit=100)[-1]["url"] == "http://h/news/other-post"
    cuts = archive.query("SELECT outcome, detail FROM fetches")
    assert [(row["outcome"], row["detail"]) for row in cuts] == [
        ("cut", "30 addresses put off: 60 addresses like it were no posts, 0 were")
    ]
    later = archive.first("SELECT min(due_at) AS at FROM candidates WHERE outcome = 'cut'")
    assert later["at"] == instant(AT + budgets.CUT_FOR)


def test_filters_are_cut_sooner(archive):
    offer(archive, *(f"http://h/list?area={number}&price=1" for number in range(20)), state="not-post")
    offer(archive, "http://h/list?area=99&price=7", "http://h/list/a-post-of-the-list")
    assert spent(archive) == ["http://h/list?area=99&price=7"]


def test_a_shape_with_posts_goes_on(archive):
    offer(archive, *(f"http://h/n/{number}-x" for number in range(60)), state="not-post")
    offer(archive, *(f"http://h/n/post-{number}" for number in range(4)), state="post")
    offer(archive, "http://h/n/another")
    assert spent(archive) == []


def test_what_was_a_post_is_always_asked_for(archive):
    offer(archive, *(f"http://h/l/{number}-x" for number in range(90)), state="not-post")
    offer(archive, "http://h/l/was-a-post", state="gone")
    with archive.transaction() as connection:
        connection.execute("UPDATE candidates SET due_at = ? WHERE state = 'gone'", [instant(AT)])
    row = archive.first("SELECT * FROM candidates WHERE state = 'gone'")
    assert not budgets.Budget(archive, "p", None).is_spent(row, AT)


def test_a_visit_that_finds_nothing_ends(archive):
    offer(archive, "http://h/some/where", "http://h/else/where")
    budget = budgets.Budget(archive, "p", None)
    for _ in range(budgets.BARREN_PAGES - 1):
        budget.note("refused")
    assert spent(archive, budget) == []
    budget.note("refused")
    assert len(spent(archive, budget)) == 2
    budget.note("unchanged")
    assert budget.barren == 0


def test_far_days_of_a_clock_that_ran_ahead_are_forgotten(archive):
    offer(archive, "http://h/a", "http://h/b")
    with archive.transaction() as connection:
        connection.execute("UPDATE candidates SET due_at = '2029-01-01T00:00:00Z' WHERE url = 'http://h/a'")
        frontier.forget_far_future(connection, "p", now=AT)
    assert [row["url"] for row in frontier.draw(archive, "p", now=instant(AT), limit=9)] == ["http://h/a", "http://h/b"]


def test_tallies_keep_in_step_with_the_frontier(archive):
    offer(archive, *(f"http://h/l/{number}-x" for number in range(8)))
    rows = archive.query("SELECT * FROM candidates")
    budget = budgets.Budget(archive, "p", None)
    shape = rows[0]["shape"]
    assert budget.tally_of(shape) == budgets.Tally()
    for row, state in zip(
        rows, ("not-post", "not-post", "post", "duplicate", "gone", "not-post", "post"), strict=False
    ):
        budget.settle(row, state, "refused", "listing")
        with archive.transaction() as connection:
            frontier.settle(connection, row["id"], state=state, outcome="refused", now=instant(AT), reason="listing")
    assert budget.tally_of(shape) == budgets.count_shape(archive, "p", shape)
    assert (budget.tally_of(shape).finds, budget.tally_of(shape).misses) == (4, 3)


def test_addresses_like_those_that_were_no_posts_are_passed_over(archive):
    unsure = [Candidate(url=f"http://h/l/{number}-x", found_in="listing", sure=False) for number in range(4)]
    with archive.transaction() as connection:
        frontier.offer(connection, "p", None, unsure, now=instant(AT))
    *rows, last = archive.query("SELECT * FROM candidates")
    budget = budgets.Budget(archive, "p", None)
    for row in rows:
        assert budget.why_pass_over(row) is None
        budget.settle(row, "not-post", "refused", "listing")
    assert budget.why_pass_over(last) == "3 addresses like it were no posts, 0 were"


@pytest.mark.parametrize(
    ("outcome", "reason", "judged"),
    [
        ("refused", "no-title", True),
        ("unreadable", "too-many-tags", False),
        ("refused", "status 404", False),
        ("refused", "status 410", False),
        ("off-limits", "scheme of data:", False),
        ("off-limits", "h2", False),
        ("passed-over", "3 addresses like it were no posts, 0 were", False),
    ],
)
def test_only_pages_that_were_read_judge_their_neighbours(archive, outcome, reason, judged):
    unsure = [Candidate(url=f"http://h/l/{number}-x", found_in="sitemap", sure=False) for number in range(6)]
    with archive.transaction() as connection:
        frontier.offer(connection, "p", None, unsure, now=instant(AT))
    *rows, last = archive.query("SELECT * FROM candidates")
    budget = budgets.Budget(archive, "p", None)
    for row in rows:
        budget.settle(row, "not-post", outcome, reason)
        with archive.transaction() as connection:
            frontier.settle(connection, row["id"], state="not-post", outcome=outcome, now=instant(AT), reason=reason)
    assert (budget.why_pass_over(last) is not None) == judged
    assert (budgets.Budget(archive, "p", None).why_pass_over(last) is not None) == judged
    assert budgets.count_shape(archive, "p", last["shape"]) == budget.tally_of(last["shape"])


def test_more_are_tried_where_sources_vouch_for_posts_of_the_same_shape(archive):
    offer(archive, *(f"http://h/blog/{number}-y" for number in range(5)))
    posts = archive.query("SELECT * FROM candidates")
    unsure = [Candidate(url=f"http://h/blog/{number}-x", found_in="sitemap", sure=False) for number in range(13)]
    with archive.transaction() as connection:
        frontier.offer(connection, "p", None, unsure, now=instant(AT))
    *rows, last = archive.query("SELECT * FROM candidates WHERE NOT sure")
    budget = budgets.Budget(archive, "p", None)
    assert budget.tally_of(posts[0]["shape"]).finds == 0
    for row in posts:
        budget.settle(row, "post", "new", None)
    for row in rows:
        assert budget.why_pass_over(row) is None
        budget.settle(row, "not-post", "refused", "no-evidence")
    assert budget.why_pass_over(last) == "12 addresses like it were no posts, 0 were"


def test_pages_of_a_manual_are_passed_over_unless_a_source_of_posts_names_them(archive):
    named = [
        Candidate(url=f"http://h/docs/rivers/{name}", found_in="sitemap", sure=name == "wye")
        for name in ("wye", "dove")
    ]
    with archive.transaction() as connection:
        frontier.offer(connection, "p", None, named, now=instant(AT))
    budget = budgets.Budget(archive, "p", None)
    why = {row["url"][-4:]: budget.why_pass_over(row) for row in archive.query("SELECT * FROM candidates")}
    assert why == {"/wye": None, "dove": "a page of a manual"}
