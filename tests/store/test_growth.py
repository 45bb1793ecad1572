"""A page costs the same in a large archive as in a small one, counted in steps of SQLite's machine."""

from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from scraper import ingest
from scraper.crawl.budgets import Budget
from scraper.models import Candidate, Capture, Partner, RawPost
from scraper.normalise.urls import url_key
from scraper.store import families, frontier, partners, terms
from scraper.store.archive import Archive, instant, open_archive
from scraper.store.families import MOST_HOLDERS

AT = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
PARTNER = Partner(slug="p", title="P", home="http://h/", region="x", timezone="UTC", language="en")
FEW, MANY, MEASURED = 20, 400, 5
STEPS = 10  # of the machine between two calls of a progress handler
GROWTH = 1.2  # trees grow a level now and then


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        opened.connection.execute("PRAGMA synchronous=OFF")
        with opened.transaction() as connection:
            terms.save_terms(connection)
            partners.save_partner(connection, PARTNER)
        yield opened


def steps(archive: Archive, work: Callable[[int], object], *numbers: int) -> int:
    """Return how many steps SQLite takes for the work on each of the numbers."""
    calls = 0

    def count() -> int:
        nonlocal calls
        calls += 1
        return 0

    archive.connection.set_progress_handler(count, STEPS)
    for number in numbers:
        work(number)
    archive.connection.set_progress_handler(None, 0)
    return calls * STEPS


def grows(archive: Archive, work: Callable[[int], object]) -> float:
    """Return what some work costs after much of it, against what it cost after little."""
    for number in range(FEW):
        work(number)
    before = steps(archive, work, *range(FEW, FEW + MEASURED))
    for number in range(FEW + MEASURED, MANY):
        work(number)
    return steps(archive, work, *range(MANY, MANY + MEASURED)) / before


def test_storing_a_post_costs_the_same_among_many(archive):
    def store(number: int) -> None:
        url = f"http://h/news/post-{number}"
        words = f"The council met on the {number}th time and talked of roads. " * 5
        raw = RawPost(url=url, kind="news", title=f"Meeting {number}", text=words, categories=("Council",))
        capture = Capture(url=url, fetched_at=AT, status=200, headers={}, body=b"")
        with archive.transaction() as connection:
            outcome = ingest.ingest_page(archive, connection, PARTNER, capture, reading=raw)
        assert outcome.word == "new"

    assert grows(archive, store) < GROWTH


def test_joining_a_post_with_its_copies_costs_the_same_among_many(archive):
    foot = "Notes to editors: " + " ".join(f"standing{number} phrases" for number in range(40))

    def join(number: int) -> None:
        words = " ".join(f"{number}th council{word} meeting" for word in range(60))
        for copy in ("post", "copy"):
            url = f"http://h/news/{copy}-{number}"
            raw = RawPost(url=url, kind="news", title=f"{copy} {number}", text=f"{words}\n{foot}")
            capture = Capture(url=url, fetched_at=AT, status=200, headers={}, body=b"")
            with archive.transaction() as connection:
                ingest.ingest_page(archive, connection, PARTNER, capture, reading=raw)
        families.gather(archive)

    for number in range(MOST_HOLDERS // 2 + 1):
        join(-1_000 - number)  # no more holders of a foot than these are ever read
    assert grows(archive, join) < GROWTH
    assert archive.first("SELECT count(*) FROM families")[0] == MOST_HOLDERS // 2 + 1 + MANY + MEASURED


def test_judging_an_address_costs_the_same_among_many(archive):
    budget = Budget(archive, "p", None)

    def judge(number: int) -> None:
        key = url_key(f"http://h/news/post-{number}")
        row = archive.first("SELECT * FROM candidates WHERE partner = 'p' AND url_key = ?", [key])
        assert not budget.is_spent(row, AT)
        assert budget.why_pass_over(row) is None
        with archive.transaction() as connection:
            frontier.settle(connection, row["id"], state="post", outcome="new", now=instant(AT))
        budget.settle(row, "post", "new", None)

    costs = []
    for first, number in ((0, FEW), (FEW, MANY)):
        urls = [f"http://h/news/post-{first + place}" for place in range(number)]
        with archive.transaction() as connection:
            offered = [Candidate(url=url, found_in="s", sure=False) for url in urls]
            frontier.offer(connection, "p", None, offered, now=instant(AT))
        budget.recount()
        judge(first)
        costs.append(steps(archive, judge, *range(first + 1, first + 1 + MEASURED)))
    assert costs[1] < costs[0] * GROWTH
