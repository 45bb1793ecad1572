"""The journal and the fields of a record: what a capture says of itself, and what stands beside it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sample_archive import Region
from system_calls import calls_of, needs_strace, synced

from scraper.capture import CaptureWriter, Exchange, Purpose, read_record, records
from scraper.models import Source
from scraper.partners import registry
from scraper.rebuild import JournalVisit, replay_visit
from scraper.store.archive import open_archive
from scraper.store.journal import Journal

PARTNER = {"title": "P", "home": "http://h/", "region": "x", "timezone": "Europe/London", "language": "en-GB"}
FEED = Source(kind="feed", url="https://partner.example/feed/", found_by="registry")


def exchange(purpose: Purpose | None) -> Exchange:
    return Exchange(
        url="https://partner.example/feed/",
        fetched_at=datetime(2026, 3, 20, 9, 30, tzinfo=timezone.utc),
        method="GET",
        request_headers=[],
        status=200,
        headers=[(b"Link", b"<a>"), (b"Link", b"<b>")],
        body=b"<rss/>",
        purpose=purpose,
    )


@pytest.mark.parametrize(
    "purpose",
    [
        None,
        Purpose(kind="robots", requested_url="https://partner.example/robots.txt"),
        Purpose(kind="source", requested_url=FEED.url, hop=2, crawl=7, source=FEED),
    ],
)
def test_a_record_says_why_it_was_asked_for(tmp_path: Path, purpose: Purpose | None):
    writer = CaptureWriter(tmp_path, "partner.example", user_agent="test")
    stored = writer.write(exchange(purpose))
    writer.close()
    record = read_record(tmp_path / stored.warc, stored.offset, stored.length)
    assert record.purpose == purpose
    assert record.partner == "partner.example"
    assert record.capture.headers == {"link": "<a>, <b>"}


def test_journal_keeps_lines_in_order_and_passes_over_a_torn_one(tmp_path: Path):
    journal = Journal(captures=tmp_path, partner="a")
    journal.append("visit", crawl=1)
    with journal.path.open("ab") as file:
        file.write(b'{"what": "failure", "ur')
    journal.append("visit-end", crawl=1)
    assert list(journal.entries()) == [{"what": "visit", "crawl": 1}, {"what": "visit-end", "crawl": 1}]
    assert list(journal.entries("visit-end")) == [{"what": "visit-end", "crawl": 1}]


def test_journal_forgets_only_what_it_is_told_to(tmp_path: Path):
    journal = Journal(captures=tmp_path)
    for number in range(3):
        journal.append("crawl", id=number)
    journal.rewrite(lambda entry: entry["id"] != 1)
    assert [entry["id"] for entry in journal.entries()] == [0, 2]


APPEND = """
import sys
from pathlib import Path
from scraper.store.journal import Journal

for number in range(100):
    Journal(captures=Path(sys.argv[1])).append("line", id=number, of=sys.argv[2])
"""


def test_no_line_is_lost_that_is_added_while_others_are_erased(tmp_path: Path):
    journal = Journal(captures=tmp_path)
    journal.append("begin", id=0)
    writers = [subprocess.Popen([sys.executable, "-c", APPEND, tmp_path, name]) for name in "ab"]
    while any(writer.poll() is None for writer in writers):
        journal.append("mark", id=0)
        journal.rewrite(lambda entry: entry["what"] != "mark")
    assert [writer.returncode for writer in writers] == [0, 0]
    for name in "ab":
        assert [entry["id"] for entry in journal.entries("line") if entry["of"] == name] == list(range(100))


@needs_strace
def test_a_new_journal_and_a_rewritten_one_are_on_the_disk_by_name(tmp_path: Path):
    script = "import sys; from pathlib import Path; from scraper.store.journal import Journal;"
    script += " journal = Journal(captures=Path(sys.argv[1]) / 'captures', partner='p');"
    script += " [journal.append('visit', id=number) for number in range(3)]; journal.rewrite(lambda entry: False)"
    calls = calls_of(script, tmp_path, log=tmp_path / "calls")
    folder = tmp_path / "captures" / "p"
    first = synced(calls, folder / "journal.jsonl")[0]
    renamed = next(number for number, line in enumerate(calls) if "rename(" in line)
    assert [len(synced(calls, path)) for path in (tmp_path, tmp_path / "captures", folder)] == [1, 1, 2]
    assert min(synced(calls, folder)) > first
    assert max(synced(calls, folder)) > renamed


def test_every_capture_of_a_crawl_explains_itself(crawled: Region):
    folder = crawled.db.parent / "captures"
    found = [record for path in folder.glob("*/*.warc.gz") for record in records(path)]
    assert len(found) > 60
    assert all(record.partner and record.purpose and record.purpose.crawl == 1 for record in found)
    assert {record.purpose.kind for record in found if record.purpose} >= {"robots", "source", "page"}
    assert all(bool(record.purpose.source) == (record.purpose.kind == "source") for record in found if record.purpose)


def test_journal_of_a_crawl_holds_its_visits_and_what_people_decided(crawled: Region):
    folder = crawled.db.parent / "captures"
    for partner in crawled.partners:
        entries = list(Journal(captures=folder, partner=partner.slug).entries("visit", "partner", "visit-end"))
        assert [entry["what"] for entry in entries] == ["visit", "partner", "visit-end"]
        assert entries[1]["partner"]["timezone"] == partner.timezone
    assert [entry["what"] for entry in Journal(captures=folder).entries()] == ["crawl", "crawl-end"]


def test_the_recipe_that_was_learned_last_is_the_one_that_stands(tmp_path: Path):
    partner = registry.build("p", PARTNER)
    entries = tuple(
        {"what": "recipe", "learned_at": at, "digest": at[-3:-1], "recipe": "{}", "samples": 10, "posts": []}
        for at in ("2026-03-20T09:30:07Z", "2026-03-20T09:30:06Z")
    )
    began = datetime(2026, 3, 20, 9, 30, tzinfo=timezone.utc)
    visit = JournalVisit(crawl=None, at=began, full=False, failures=(), recipes=entries, end=None)
    with open_archive(tmp_path / "archive.db") as archive:
        replay_visit(archive, partner, visit, iter(()))
        assert archive.first("SELECT digest FROM recipes WHERE active")["digest"] == "07"
