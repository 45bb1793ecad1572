"""What docs/api.md promises to programs is what they get."""

import csv
import io
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from scraper.publish import export
from scraper.publish.addresses import shorten
from scraper.publish.files import CONTENT_TYPES
from scraper.publish.records import POST_COLUMNS
from scraper.site import filters
from scraper.site.formulas import Disarmer

from . import region

DOCS = Path(__file__).parents[2] / "docs"


def test_search_json_has_what_is_promised(get):
    answer = get("/search.json?q=flood&colour=blue").json()
    promised = re.findall(
        r'"([a-z_]+)":', DOCS.joinpath("api.md").read_text().split("### The JSON")[1].split("### A post")[0]
    )
    assert set(answer) | set(answer["facets"]) | {"value", "2026-10"} >= set(promised)
    assert set(answer) <= set(promised)
    assert list(answer["posts"][0]) == list(POST_COLUMNS)
    assert answer["faults"] == ["colour is not a parameter of this page"]
    assert answer["url"] == "https://archive.example/search.json?q=flood"


def test_every_field_parameter_and_ending_is_documented():
    text = DOCS.joinpath("api.md").read_text()
    named = set(re.findall(r"`\.?([a-z_.]+)`", text))
    assert set(POST_COLUMNS) - named == set()
    assert {*filters.SINGLE, *filters.DIMENSIONS} - named == set()
    assert set(CONTENT_TYPES) - named == set()


def test_every_field_of_an_export_is_documented_and_beside_it_its_name_in_a_search():
    section = DOCS.joinpath("api.md").read_text().split("## A whole post in a file")[1].split("\n## ")[0]
    rows = [line.split("|")[1:4] for line in section.splitlines() if line.startswith("| `")]
    told = [name for names, _, _ in rows for name in re.findall(r"`(\w+)`", names)]
    assert sorted(told) == sorted(export.COLUMNS)
    same = next(names for names, _, other in rows if other.strip() == "the same")
    assert set(re.findall(r"`(\w+)`", same)) == {*export.COLUMNS} & {*POST_COLUMNS} - {"id"}


def test_a_whole_post(get):
    answer = get(f"/post/{shorten(region.PLANT)}.json").json()
    assert [claim["chosen"] for claim in answer["date_claims"]] == [1, 0]
    assert answer["text"].startswith("The plant opened.")
    assert answer["archive_url"] == f"https://archive.example/post/{shorten(region.PLANT)}"


def test_every_file_says_what_it_is(get):
    for ending in CONTENT_TYPES:
        answer = get(f"/search.{ending}?q=flood")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == CONTENT_TYPES[ending]
        assert (answer.headers["x-archive-query"], answer.headers["x-archive-count"]) == ("flood", "2")
        assert "2026-11-19T06:10:00Z" in answer.text.replace("\r\n ", "")
        assert "flood" in answer.text


def test_the_worked_example_runs_against_the_site(archive_file):
    import threading

    import uvicorn

    from scraper.site.serve import listen, make

    server = make(archive_file)
    listener = listen("127.0.0.1", 0)
    running = uvicorn.Server(uvicorn.Config(server.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listener]})
    thread.start()
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    script = DOCS / "examples" / "months_of_a_word.py"
    done = subprocess.run(
        [sys.executable, str(script), base, "flood"], capture_output=True, text=True, timeout=60, check=False
    )
    running.should_exit = True
    thread.join(timeout=10)
    listener.close()
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)
    assert done.stderr == ""
    assert done.stdout.startswith("2026-10       2 posts")
    assert "data as of 2026-11-19T06:10:00Z" in done.stdout


def test_counts_of_filtered_rows_stop_and_say_so_but_a_query_counts_all(get, server, monkeypatch):
    monkeypatch.setattr(server.get_database("archive"), "count_limit", 2)
    assert "More than 2 rows" in get("/archive/posts?kind=news").text
    assert "2 rows" in get("/archive/posts?_search=flood").text
    news = get("/archive.json?sql=select+count(*)+as+n+from+posts+where+kind='news'&_shape=array").json()[0]["n"]
    assert news == sum(1 for row, _ in region.POSTS if row["kind"] == "news") > 2


STOCK_FILES = [
    "/archive/posts.csv?_stream=on",
    "/archive/posts.csv?_dl=1&_size=max",
    "/archive/posts.csv?_labels=on&_size=max",
    "/archive.csv?sql=select+title,+byline,+-5+as+less,+-1.5e-7+as+small+from+posts",
]


@pytest.mark.parametrize("address", STOCK_FILES)
def test_the_csv_of_a_table_runs_nothing_in_a_spreadsheet(get, address):
    rows = list(csv.DictReader(io.StringIO(get(address).text, newline="")))
    assert len(rows) == len(region.POSTS)
    (row,) = [row for row in rows if "calc" in row["title"]]
    assert (row["title"], row["byline"]) == ("'=cmd|' /C calc'!A0", "'@evil")


def test_the_csv_of_a_table_is_otherwise_what_the_table_holds(get, archive_file):
    sql = "SELECT post, text, -post, NULL, '', '-12', 'a,b', '\"=1\"', char(10) || 'x' FROM bodies ORDER BY post"
    shown = list(csv.reader(io.StringIO(get("/archive.csv", params={"sql": sql}).text, newline="")))[1:]
    with closing(sqlite3.connect(archive_file)) as connection:
        kept = [["" if cell is None else str(cell) for cell in row] for row in connection.execute(sql)]
    guarded = [
        [*row[:1], f"'{row[1]}" if row[1].startswith("+") else row[1], *row[2:-1], f"'{row[-1]}"] for row in kept
    ]
    assert shown == guarded


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_csv_file_is_disarmed_whatever_pieces_it_comes_in(size):
    file = 'a,b\r\n=1,"=""x"",\r\n=2"\r\n"＝3",-4\r\n'.encode()
    disarmer = Disarmer()
    starts = range(0, len(file), size)
    passed = b"".join(disarmer.pass_on(file[at : at + size], last=at == starts[-1]) for at in starts)
    assert passed.decode() == 'a,b\r\n\'=1,"\'=""x"",\r\n=2"\r\n"\'＝3",-4\r\n'
