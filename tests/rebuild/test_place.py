"""A rebuilt database takes the place of the old one: on the disk first, and at no moment is there none."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from system_calls import calls_of, needs_strace, synced
from warc_of_others import PARTNER, archive_of, page, response

from scraper.rebuild import rebuild
from scraper.store.archive import open_archive

REBUILD = """
import sys
from pathlib import Path
from scraper.rebuild import rebuild

db, seen = Path(sys.argv[1]), []
sys.addaudithook(lambda event, _: seen.append(db.exists()) if event.startswith(("os.", "shutil.")) else None)
rebuild(db, {})
print(len(seen), all(seen))
"""


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """An archive of one post."""
    url = "https://partner.example/news/lock-gates/"
    archive_of(tmp_path, [response(url, page("New lock gates", "Divers hang the gates. " * 20))]).close()
    return tmp_path / "archive.db"


def titles(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT title FROM posts")]


def test_there_is_a_database_at_every_step(db: Path):
    ran = subprocess.run([sys.executable, "-c", REBUILD, str(db)], capture_output=True, text=True, check=True)
    count, always = ran.stdout.split()
    assert (int(count) > 3, always) == (True, "True")
    assert titles(db) == titles(db.with_name("archive.db.before-rebuild")) == ["New lock gates"]


@needs_strace
@pytest.mark.parametrize("into", [False, True], ids=["in place", "into"])
def test_the_new_database_and_its_name_are_on_the_disk(db: Path, tmp_path: Path, into: bool):
    target = tmp_path / "again.db" if into else db
    script = "import sys; from pathlib import Path; from scraper.rebuild import rebuild;"
    script += " rebuild(Path(sys.argv[1]), {}, into=Path(sys.argv[2]) if sys.argv[2:] else None)"
    calls = calls_of(script, db, *([target] if into else []), log=tmp_path / "calls")
    file, folder = synced(calls, target if into else db.with_name(".archive.db.rebuilding")), synced(calls, db.parent)
    assert file
    assert folder[-1] > file[0]
    if not into:
        renamed = next(number for number, line in enumerate(calls) if "rename(" in line and f', "{db}")' in line)
        assert file[-1] < renamed < folder[-1]


def test_what_the_old_one_had_in_its_log_is_kept_while_it_is_read(db: Path):
    with closing(sqlite3.connect(db, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM posts").fetchone()[0] == 1
        with open_archive(db) as archive, archive.transaction() as connection:
            connection.execute("INSERT INTO notes VALUES ('late', 'words')")
        assert rebuild(db, {PARTNER.slug: PARTNER}).faults == []
        reader.execute("ROLLBACK")
    with closing(sqlite3.connect(db.with_name("archive.db.before-rebuild"))) as kept:
        assert kept.execute("SELECT value FROM notes WHERE key = 'late'").fetchall() == [("words",)]
    assert titles(db) == ["New lock gates"]


def test_a_damaged_file_is_kept_as_it_is(db: Path):
    db.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    assert rebuild(db, {PARTNER.slug: PARTNER}).faults == []
    assert db.with_name("archive.db.before-rebuild").read_bytes().endswith(b"x" * 5000)
    assert titles(db) == ["New lock gates"]
