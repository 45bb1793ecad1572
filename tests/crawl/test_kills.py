"""A crawl that is killed at any moment, again and again: nothing acknowledged is lost, doubled or half written."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scraper.check import check
from scraper.sample import SampleRegion
from scraper.sample.registry import partners

KILLS = 10
COMMAND = [sys.executable, "-c", "from scraper.cli import main; main()", "crawl"]


@pytest.fixture
def folder(tmp_path):
    """Serve the sample region, with a registry file for each of its partners in `tmp_path/partners`."""
    with SampleRegion(first_port=0) as served:
        (tmp_path / "partners").mkdir()
        for slug, values in partners(served.addresses).items():
            (tmp_path / "partners" / f"{slug}.json").write_text(json.dumps({**values, "delay": 0.05}))
        yield tmp_path


def start(folder: Path) -> subprocess.Popen:
    options = ["--db", folder / "archive.db", "--partners", folder / "partners"]
    with (folder / "crawl.log").open("a") as log:
        return subprocess.Popen([*COMMAND, *options], stdout=log, stderr=log, start_new_session=True)


def acknowledged(db: Path) -> dict[str, str]:
    """Return what a reader sees of the archive now: address → title of every post."""
    if not db.exists():
        return {}
    connection = sqlite3.connect(f"file:{db}?mode=ro", uri=True, timeout=10)
    rows = connection.execute("SELECT url_key, title FROM posts").fetchall()
    connection.close()
    return dict(rows)


def unfinished(db: Path) -> int:
    """Return how many crawls the ledger knows that never came to their end."""
    if not db.exists():
        return 0
    with sqlite3.connect(db) as connection:
        return connection.execute("SELECT count(*) FROM crawls WHERE finished_at IS NULL").fetchone()[0]


def wait_until(process: subprocess.Popen, moment: float) -> None:
    """Wait for a moment or for the end of a process."""
    try:
        process.wait(max(0.0, moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        return


def test_killed_ten_times_and_then_finished(folder):
    chance = random.Random(os.environ.get("KILL_SEED", "1"))
    db = folder / "archive.db"
    seen: dict[str, str] = {}
    killed = 0
    for _ in range(KILLS):
        process = start(folder)
        wait_until(process, time.monotonic() + chance.uniform(0.3, 3.0))
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        killed = unfinished(db)
        now = acknowledged(db)
        assert seen.items() <= now.items(), "what was acknowledged before is there"
        seen = now
        if db.exists():
            assert sqlite3.connect(db).execute("PRAGMA quick_check").fetchone() == ("ok",)
    last = start(folder)
    last.wait(90)
    assert last.returncode == 0, (folder / "crawl.log").read_text()[-2000:]
    whole = acknowledged(db)
    assert seen.items() <= whole.items()
    report = check(db)
    assert report.faults == ()
    with sqlite3.connect(db) as connection:
        waiting = connection.execute("SELECT url, outcome FROM candidates WHERE state = 'new'").fetchall()
        ends = [row[0] for row in connection.execute("SELECT outcome FROM crawls ORDER BY id")]
    assert waiting == []
    assert len(whole) >= 40
    assert ends[-1] == "complete"
    assert ends.count(None) == killed
