"""Editions are whole, verifiable by others' tools, never overwritten, and hold nothing of the crawler's own."""

import csv
import json
import sqlite3
from contextlib import closing
from datetime import date

import bagit
import pytest
import yaml
from click.testing import CliRunner
from pybtex.database import parse_string

from scraper.check import check
from scraper.cli import main
from scraper.errors import ConfigError, UsageError
from scraper.publish import contents, edition, export
from scraper.publish.records import ids
from scraper.store.archive import open_archive, open_reader

from ..site import region

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = region.write(tmp_path_factory.mktemp("edition") / "archive.db")
    with open_archive(path) as archive, archive.transaction() as connection:
        connection.execute("INSERT INTO hosts (host, robots) VALUES ('northvale.example', 'User-agent: *')")
        connection.execute("INSERT INTO notes VALUES ('secret', 'of the machinery')")
    return path


@pytest.fixture(scope="module")
def made(db):
    return edition.make(db, "2026-11", (), today=TODAY)


def payload(found):
    return found.path / "data"


def test_it_is_a_valid_bag_and_says_what_it_is(db, made):
    bag = bagit.Bag(str(made.path))
    assert bag.is_valid()
    assert bag.info["External-Identifier"] == "2026-11"
    assert {path.name for path in payload(made).iterdir()} == {
        "archive.db", "posts.jsonl", "events.jsonl", "coverage.csv", "README.md", "CITATION.cff", "citation.bib",
    }  # fmt: skip
    assert edition.every(db)[0] == made
    assert made.citation.startswith("Regional Archive (2026). Edition 2026-11 [data set]. 10 posts, 4 events")
    assert not list(made.path.parent.glob(".*"))


def test_its_files_say_what_the_archive_says(db, made):
    posts = [json.loads(line) for line in (payload(made) / "posts.jsonl").read_text(encoding="utf-8").splitlines()]
    with open_reader(db) as archive:
        assert posts == list(export.records(archive.connection, ids(archive.connection)))
        assert len((payload(made) / "events.jsonl").read_text(encoding="utf-8").splitlines()) == made.events
        days = archive.query("SELECT count(*) FROM coverage")[0][0]
    with (payload(made) / "coverage.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == days


def test_its_database_is_one_file_that_can_be_served_and_searched(made):
    path = payload(made) / "archive.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH 'flood'").fetchone()[0] == 2
        for table in contents.EMPTIED:
            assert connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] == 0, table
    assert b"of the machinery" not in path.read_bytes()


def test_its_citations_are_read_by_others(made):
    said = yaml.safe_load((payload(made) / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version", "date-released"} <= set(said)
    entry = parse_string((payload(made) / "citation.bib").read_text(encoding="utf-8"), "bibtex").entries
    assert entry["regional-archive-2026-11"].fields["date"] == "2026-11-21"


def test_the_page_that_explains_it_names_the_days_unseen(db, made):
    with open_reader(db) as archive:  # whose ledger ends today
        since = archive.first("SELECT min(day) AS day FROM coverage WHERE partner = 'costa-norte'")["day"]
    lines = (payload(made) / "README.md").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith("| Costa Norte"))
    assert row.split(" | ")[2:] == ["3", "0", "1", since, "19", "1 |"]


def test_an_edition_of_one_partner_holds_nothing_of_the_others(db):
    found = edition.make(db, "herald", ["northvale-herald"], today=TODAY)
    assert (found.posts, found.events) == (5, 3)
    for path in payload(found).iterdir():
        assert b"celf.example" not in path.read_bytes(), path.name
    with closing(sqlite3.connect(payload(found) / "archive.db")) as connection:
        indexed = {row[0] for row in connection.execute("SELECT id FROM posts_fts_docsize")}
        assert indexed == {row[0] for row in connection.execute("SELECT id FROM posts")}


@pytest.mark.parametrize("name", ["", "A", "a b", "../x", ".hidden", "x" * 61, "ä"])
def test_a_name_must_be_one(db, name):
    with pytest.raises(UsageError, match="no name"):
        edition.make(db, name, (), today=TODAY)


def test_what_is_frozen_is_never_written_again(db, made):
    before = made.fingerprint
    with pytest.raises(UsageError, match="exists"):
        edition.make(db, "2026-11", (), today=TODAY)
    assert edition.read(made.path).fingerprint == before


def test_a_failure_leaves_nothing(db):
    with pytest.raises(ConfigError, match="unknown partner 'nobody'"):
        edition.make(db, "broken", ["nobody"], today=TODAY)
    assert [path.name for path in edition.folder_of(db).iterdir() if "broken" in path.name] == []


def test_a_check_sees_what_was_changed_and_lets_withdrawn_ones_be(db):
    found = edition.make(db, "changed", (), today=TODAY)
    path = payload(found) / "posts.jsonl"
    path.chmod(0o644)
    path.write_text("{}\n")
    assert [fault for fault in check(db).faults if "edition changed" in fault]
    edition.withdraw(found, "for this test")
    assert [fault for fault in check(db).faults if "edition changed" in fault] == []
    again = edition.read(found.path)
    assert again.withdrawn and again.fingerprint == found.fingerprint and not payload(found).exists()


def test_a_folder_that_is_no_edition_is_reported_and_harms_nothing(db, made):
    folder = edition.folder_of(db) / "strange"
    folder.mkdir()
    (folder / "bag-info.txt").write_text("no colon\n")
    assert "strange" not in {one.name for one in edition.every(db)}
    assert [fault for fault in check(db).faults if "strange is no edition" in fault]
    folder.joinpath("bag-info.txt").unlink()
    folder.rmdir()


def test_typed_by_hand(db):
    runner = CliRunner()
    made = runner.invoke(main, ["edition", "typed", "--db", str(db)])
    assert made.exit_code == 0 and "Edition typed [data set]" in made.stdout and "sha256sum" in made.stderr
    again = runner.invoke(main, ["edition", "typed", "--db", str(db)])
    assert again.exit_code == 2 and len(again.stderr.splitlines()) == 1
    listed = json.loads(runner.invoke(main, ["edition", "--json", "--db", str(db)]).stdout)
    assert "typed" in {one["name"] for one in listed}
    missing = runner.invoke(main, ["edition", "x", "--db", str(db.parent / "none.db")])
    assert missing.exit_code == 4 and "no archive" in missing.stderr
