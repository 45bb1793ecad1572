"""`archive export` typed as a user types it: every format, searches, and what cannot be done."""

import json
import os
import resource
import threading

import duckdb
import feedparser
import pytest
import rispy
from click.testing import CliRunner

from scraper.cli import main
from scraper.cli.data import FORMATS
from scraper.store.archive import open_reader

from ..site import region


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    return region.write(tmp_path_factory.mktemp("export") / "archive.db")


def run(db, *words):
    return CliRunner().invoke(main, ["export", "--db", str(db), *words])


def titles(result):
    return [json.loads(line)["title"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "parquet"])
def test_every_text_format_is_written_to_stdout(db, form):
    result = run(db, "--format", form)
    assert result.exit_code == 0 and len(result.stdout) > 500 and not result.stderr


def test_without_a_query_every_post_is_written_once(db):
    found = [json.loads(line)["id"] for line in run(db).stdout.splitlines()]
    assert found == sorted(row["id"] for row, _ in region.POSTS)


@pytest.mark.parametrize(
    "query",
    ["flood", "http://archive.example/search?q=flood", "/search?q=flood&after=9~9", "?q=flood&order=oldest"],
)
def test_words_and_addresses_of_a_search_find_the_same(db, query):
    found = titles(run(db, "--query", query))
    assert sorted(found) == sorted(titles(run(db, "--query", "flood")))
    assert 0 < len(found) < len(region.POSTS)


@pytest.mark.parametrize("query", ["who? flood", "a=b flood", "flood?"])
def test_words_with_odd_characters_are_words(db, query):
    assert run(db, "--query", query).exit_code == 0
    assert len(titles(run(db, "--query", query))) < len(region.POSTS)


def test_a_partner_narrows_a_search(db):
    posts = [
        json.loads(line) for line in run(db, "--query", "?kind=news", "--partner", "cymru-celf").stdout.splitlines()
    ]
    assert {post["partner"] for post in posts} == {"cymru-celf"}
    assert {post["type"] for post in posts} == {"news"}


def test_citations_carry_the_search_and_the_address_of_the_site(db):
    site = "https://archive.example/"
    found = rispy.loads(run(db, "--format", "ris", "--query", "flood", "--site", site).stdout)
    assert all("https://archive.example/post/" in entry["notes"][0] for entry in found)
    assert all("flood: 2 posts" in entry["notes"][1] for entry in found)
    feed = feedparser.parse(run(db, "--format", "atom", "--site", site).stdout)
    assert len(feed.entries) == len(region.POSTS)
    assert feed.feed.id == "https://archive.example/search"


def test_parquet_holds_what_jsonl_holds(db, tmp_path):
    path = tmp_path / "it's posts.parquet"
    assert run(db, "--format", "parquet", "-o", str(path)).exit_code == 0
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    with duckdb.connect() as database:
        found = database.read_parquet(str(path)).fetchall()
        names = database.read_parquet(str(path)).columns
        notes = database.execute("SELECT key, value FROM parquet_kv_metadata($1)", [str(path)]).fetchall()
    records = [json.loads(line) for line in run(db).stdout.splitlines()]
    assert [dict(zip(names, row, strict=True)) for row in found] == [
        {**record, "share_links": record["share_links"] and dict(record["share_links"])} for record in records
    ]
    assert (b"count", b"10") in notes


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "parquet"])
def test_an_export_that_fails_leaves_the_last_one_as_it_was(db, tmp_path, form):
    path, linked = tmp_path / "posts.txt", tmp_path / "latest.txt"
    linked.symlink_to(path)
    assert run(db, "--format", form, "-o", str(linked)).exit_code == 0
    before = path.read_bytes()
    assert len(before) > 500
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        with open_reader(db) as other:
            other.query("SELECT 1 FROM posts")  # as a server has: SQLite's own files are there
            resource.setrlimit(resource.RLIMIT_FSIZE, (200, limit[1]))  # the room that a full disk leaves
            result = run(db, "--format", form, "-o", str(linked))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    assert result.exit_code == 3 and "disk is full" in result.stderr and len(result.stderr.splitlines()) == 1
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["latest.txt", "posts.txt"]


def test_an_export_goes_into_a_pipe_as_it_comes(db, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    taken = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert run(db, "-o", str(pipe)).exit_code == 0
    reader.join(20)
    assert taken == [run(db).stdout] and pipe.is_fifo()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--format", "parquet"], 2, "--output"),
        (["--partner", "nobody"], 4, "unknown partner 'nobody'"),
        (["--query", "?partner=cymru-celf", "--partner", "cymru-celf"], 2, "not in both"),
        (["-o", "/nowhere/x.csv"], 2, "cannot write /nowhere/x.csv"),
        (["--format", "parquet", "-o", "/nowhere/x.parquet"], 2, "cannot write /nowhere/x.parquet"),
    ],
)
def test_what_cannot_be_written_is_one_line(db, words, code, said):
    result = run(db, *words)
    assert result.exit_code == code
    assert said in result.stderr and len(result.stderr.splitlines()) == 1


def test_what_of_a_search_is_not_understood_is_said(db):
    result = run(db, "--query", "?q=flood&colour=red")
    assert result.exit_code == 0 and "colour" in result.stderr and titles(result)
