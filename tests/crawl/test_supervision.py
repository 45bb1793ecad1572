"""What the parent does about a process that froze or bloated: its page or source is left alone, the rest goes on."""

import multiprocessing
import time
from types import SimpleNamespace

import pytest

from scraper.crawl import rhythm, supervise, workers
from scraper.crawl.run import Done, Job, Progress
from scraper.models import Candidate, Partner, Source
from scraper.store import frontier, partners
from scraper.store.archive import instant, now, open_archive

PARTNER = Partner(
    slug="p",
    title="P",
    home="http://h/",
    region="x",
    timezone="UTC",
    language="en",
    sources=(Source(kind="feed", url="http://h/feed.xml", found_by="test"),),
)


@pytest.fixture
def archive(tmp_path):
    with open_archive(tmp_path / "archive.db") as opened:
        with opened.transaction() as connection:
            partners.save_partner(connection, PARTNER)
            frontier.offer(
                connection, "p", None, [Candidate(url="http://h/news/a", found_in="feed")], now=instant(now())
            )
        yield opened


@pytest.fixture
def supervisor(archive):
    return workers.Supervisor(archive, lambda _: None, [], most=2, seconds=None)


def worker(archive, kind, key, process=None):
    asked = Progress(slug="p", kind=kind, key=key)
    job = Job(partner=PARTNER, db=archive.path, crawl=None)
    found = workers.Worker(job=job, process=process, pipe=None, began=0.0)
    found.asked, found.asked_at = asked, time.monotonic()
    return found


def test_a_page_that_froze_is_left_alone(archive, supervisor):
    supervisor.give_up(worker(archive, "page", 1), "more than 20 s of CPU for one page")
    assert frontier.count_due(archive, "p", now=instant(now())) == 0
    row = archive.first("SELECT url, outcome, detail FROM fetches")
    assert tuple(row) == ("http://h/news/a", "unreadable", "more than 20 s of CPU for one page")


def test_a_source_that_froze_is_left_alone_and_tried_again_in_a_season(archive, supervisor):
    supervisor.give_up(worker(archive, "source", 1), "more than 384 MB of memory")
    row = partners.sources_of(archive, "p")[0]
    assert row["status"] == "frozen: more than 384 MB of memory"
    assert rhythm.is_frozen(row, now())
    assert not rhythm.is_frozen(row, now() + workers.FROZEN_FOR)
    assert archive.first("SELECT kind, outcome FROM fetches")[:] == ("source", "unreadable")


def test_a_request_that_is_none_of_ours_changes_nothing(archive, supervisor):
    supervisor.give_up(worker(archive, "soft-404", 0), "x")
    assert archive.query("SELECT * FROM fetches") == []


def spin(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass


def test_cpu_and_silence_are_noticed(archive, supervisor, monkeypatch):
    monkeypatch.setattr(workers, "PAGE_CPU_SECONDS", 0.1)
    process = multiprocessing.get_context("forkserver").Process(target=spin, args=(30,), daemon=True)
    process.start()
    watched = worker(archive, "page", 1, process)
    deadline = time.monotonic() + 20
    while supervisor.why_end(watched) is None and time.monotonic() < deadline:
        process.join(0.05)
    assert "CPU" in (supervisor.why_end(watched) or "")
    process.kill()
    process.join()
    monkeypatch.setattr(workers, "STALL_SECONDS", 0.0)
    monkeypatch.setattr(workers, "MEMORY_BYTES", 2**40)  # the process of the tests itself is the silent one
    silent = worker(archive, "page", 1, SimpleNamespace(pid=multiprocessing.current_process().pid))
    silent.cpu_at = 1e9
    assert "no answer" in supervisor.why_end(silent)


def say(pipe, messages):
    for message in messages:
        pipe.send(message)
    pipe.close()


def test_a_process_that_ends_before_it_is_heard_has_said_how_it_ended(archive, supervisor):
    ours, theirs = multiprocessing.Pipe(duplex=False)
    done = Done(slug="p", requests={}, outcomes={}, state="quiet")
    talk = (theirs, [Progress(slug="p")] * 5 + [done])
    process = multiprocessing.get_context("forkserver").Process(target=say, args=talk, daemon=True)
    process.start()
    theirs.close()
    process.join()
    short = worker(archive, "page", 1, process)
    short.pipe = ours
    supervisor.workers.append(short)
    supervisor.watch(short)
    assert supervisor.ends["p"] == done


def test_the_most_serious_exit_code_wins():
    codes = lambda *found: supervise.exit_code([SimpleNamespace(exit_code=code) for code in found])  # noqa: E731
    assert [codes(0, 0), codes(0, 18), codes(1, 18), codes(18, 15), codes(11, 4), codes(3, 1)] == [0, 18, 1, 18, 4, 3]


def test_a_template_that_took_too_long_to_learn_is_left_alone(archive, supervisor):
    supervisor.give_up(worker(archive, "between", 0), "more than 20 s of CPU")
    assert archive.query("SELECT * FROM fetches") == []
    assert archive.first("SELECT value FROM notes WHERE key = 'recipe tried p'")["value"] == "0"
