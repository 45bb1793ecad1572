"""What must not be served is refused before anything listens; what breaks while serving is told plainly."""

import asyncio
import shutil
import socket
import sqlite3
from contextlib import closing

import pytest

from scraper.errors import ConfigError
from scraper.site import routes, serve
from scraper.site.pages.about import metadata
from scraper.store.schema import PUBLIC_TABLES, WORKING_TABLES

from . import region
from .conftest import request


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "no archive at"),
        (b"", "is empty"),
        (b"no database at all" * 20, "not an SQLite database"),
        (b"SQLite format 3\0" + b"\0" * 200, "another program"),
    ],
)
def test_a_file_that_is_no_archive_is_refused(tmp_path, content, words):
    path = tmp_path / "archive.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ConfigError, match=words):
        serve.make(path)


@pytest.mark.parametrize("key", ["write", "Write", " write "])
def test_metadata_that_would_write_is_refused(tmp_path, archive_file, key):
    path = tmp_path / "metadata.yml"
    path.write_text(f"databases: {{archive: {{queries: {{wipe: {{sql: delete from crawls, '{key}': true}}}}}}}}\n")
    with pytest.raises(ConfigError, match="`write` key"):
        serve.make(archive_file, metadata_file=path)


def test_a_port_in_use_is_one_line():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        with pytest.raises(ConfigError, match="in use") as caught:
            serve.listen("127.0.0.1", taken.getsockname()[1])
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 80), ("127.0.0.1", 99999999)])
def test_an_address_that_is_none_is_refused(host, port):
    with pytest.raises(ConfigError, match="cannot listen on"):
        serve.listen(host, port)


@pytest.mark.parametrize("name", ["e#1.db", "f?mode=rwc.db", "g%41.db"])
def test_an_archive_is_served_whatever_its_file_is_called(tmp_path, archive_file, name):
    path = tmp_path / name
    shutil.copy(archive_file, path)
    server = serve.make(path)

    async def ask(address):
        await server.invoke_startup()
        return await request(server.app(), "GET", address)

    for address in ("/search.csv", "/archive/posts.json?_shape=array", "/"):
        assert asyncio.run(ask(address)).status_code == 200
    assert "Flood defences" in asyncio.run(ask("/search.csv?q=flood")).text
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)
    assert {found.name.removesuffix("-shm").removesuffix("-wal") for found in tmp_path.iterdir()} == {name}


def test_a_stream_of_a_file_cannot_write(server):
    with closing(routes.open_stream(server)) as connection, pytest.raises(sqlite3.OperationalError, match="readonly"):
        connection.execute("CREATE TEMP TABLE mine (x)")


def test_a_file_damaged_while_served_gives_a_plain_page(tmp_path, archive_file):
    path = tmp_path / "archive.db"
    shutil.copy(archive_file, path)
    server = serve.make(path)
    app = server.app()
    asyncio.run(server.invoke_startup())
    path.write_bytes(path.read_bytes()[:4096] + b"\xff" * (path.stat().st_size - 4096))

    async def ask():
        return [
            await request(app, "GET", address) for address in ("/", "/search?q=flood", "/archive/posts", "/archive")
        ]

    for answer in asyncio.run(ask()):
        assert answer.status_code in (400, 503)
        assert "Traceback" not in answer.text
        assert "content-security-policy" in answer.headers
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)


def test_a_new_post_and_its_new_words_are_seen_at_once(tmp_path):
    from scraper.store import posts, tallies
    from scraper.store.archive import open_archive

    path = region.write(tmp_path / "archive.db")
    server = serve.make(path)
    app = server.app()
    with open_archive(path) as archive:
        row, text = region.post(2001, "northvale-herald", "Zebra crossing", "A zebra crossing.")

        async def ask(word="zebra"):
            return (await request(app, "GET", f"/search.json?q={word}")).json()["count"]

        loop = asyncio.new_event_loop()
        assert loop.run_until_complete(ask()) == 0
        assert loop.run_until_complete(ask("okapi")) == 0
        with archive.transaction() as connection:
            connection.execute(
                f"INSERT INTO posts ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values())
            )
            connection.execute("INSERT INTO posts_fts (rowid, title, text) VALUES (2001, 'Zebra crossing', ?)", (text,))
            tallies.refresh(connection, 2001)
        assert loop.run_until_complete(ask()) == 1
        with archive.transaction() as connection:
            posts.drop_from_index(connection, 2001)
            connection.execute("UPDATE posts SET title = 'Okapi crossing' WHERE id = 2001")
            posts.add_to_index(connection, 2001)
        assert loop.run_until_complete(ask("okapi")) == 1
        loop.close()
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)


def test_every_table_and_column_is_described(archive_file):
    import sqlite3

    described = metadata()["databases"]["archive"]["tables"]
    with sqlite3.connect(archive_file) as connection:
        for table in PUBLIC_TABLES:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
            assert set(described[table]["columns"]) == columns, table
            assert not described[table].get("hidden")
        everything = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        }
    connection.close()
    hidden = everything - set(PUBLIC_TABLES) - {"sqlite_sequence"}
    assert set(WORKING_TABLES) <= hidden
    assert {name for name in hidden if not described.get(name, {}).get("hidden")} == set()


@pytest.mark.parametrize("name", metadata()["databases"]["archive"]["queries"])
def test_every_query_runs_and_is_described(get, name):
    query = metadata()["databases"]["archive"]["queries"][name]
    assert query["title"]
    assert query["description"].endswith(".")
    answer = get(f"/archive/{name}.json?_shape=array&year=2026&days=90")
    assert answer.status_code == 200, answer.text
