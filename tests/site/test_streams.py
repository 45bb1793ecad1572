"""Slow readers of large files: they hold up neither other readers nor the crawl, and not for ever."""

import asyncio
import socket
import sqlite3
import threading
from contextlib import ExitStack, closing

import httpx
import pytest
import uvicorn

from scraper.site import guard, serve, streams
from scraper.store import tallies
from scraper.store.archive import open_archive

from . import region

POSTS, LETTERS = 1_500, 6_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """An archive whose whole list is larger than all that two sockets hold between them."""
    path = region.write(tmp_path_factory.mktemp("large") / "archive.db")
    with open_archive(path) as archive, archive.transaction() as connection:
        for number in range(POSTS):
            row, _ = region.post(
                5_000 + number, "northvale-herald", f"Meeting {number}", "", summary="long " * (LETTERS // 5)
            )
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT INTO posts ({', '.join(row)}) VALUES ({marks})", list(row.values()))
            tallies.refresh(connection, row["id"])
    return path


@pytest.fixture
def served(large):
    """The address of a server on loopback, with real sockets."""
    site = serve.make(large)
    with serve.listen("127.0.0.1", 0) as listener:
        config = uvicorn.Config(site.app(), log_level="critical", access_log=False, lifespan="on")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield listener.getsockname()
        server.force_exit = server.should_exit = True
        thread.join(20)
    site.get_database("archive").close()
    site.executor.shutdown(wait=True)


def ask_and_wait(address, client="203.0.113.1"):
    """Ask for everything, read the head of the answer and no more."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    reader.settimeout(20)
    reader.connect(address)
    reader.sendall(f"GET /search.csv HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: {client}\r\n\r\n".encode())
    assert reader.recv(12) == b"HTTP/1.1 200"
    return reader


def read(address, path, client="203.0.113.99"):
    """Take an answer whole."""
    return httpx.get(f"http://{address[0]}:{address[1]}{path}", headers={"X-Forwarded-For": client}, timeout=20)


def test_slow_readers_hold_up_nobody_else(served, large):
    with ExitStack() as slow:
        for number in range(streams.MOST_DRAWN + 2):
            slow.enter_context(closing(ask_and_wait(served, f"203.0.113.{number}")))
        assert read(served, "/search.csv").text.count("\r\n") > POSTS
        with closing(sqlite3.connect(large)) as crawl:
            crawl.execute("UPDATE posts SET last_seen_at = last_seen_at WHERE id < 6000")
            crawl.commit()
            busy, *_ = crawl.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert busy == 0


def test_one_client_takes_four_large_files_at_once_and_is_told_to_come_again(served):
    with ExitStack() as slow:
        for _ in range(streams.MOST_OF_CLIENT):
            slow.enter_context(closing(ask_and_wait(served)))
        refused = read(served, "/search.csv", "203.0.113.1")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
        assert read(served, "/search.json", "203.0.113.1").json()["count"] > POSTS
        assert read(served, "/search.csv", "203.0.113.2").text.count("\r\n") > POSTS


def test_a_reader_who_takes_nothing_is_given_up(archive_file, monkeypatch):
    monkeypatch.setattr(guard, "WRITE_SECONDS", 0.05)
    server = serve.make(archive_file)
    sent = []

    async def send(message):
        sent.append(message["type"])
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def receive():
        return await asyncio.Event().wait()

    async def go():
        await server.invoke_startup()
        for path in ("/search.csv", "/archive/posts.csv", "/"):
            scope = {"type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "query_string": b""}
            scope |= {
                "headers": [(b"host", b"localhost")],
                "scheme": "http",
                "http_version": "1.1",
                "client": ("::1", 9),
            }
            await asyncio.wait_for(server.app()(scope, receive, send), 20)

    asyncio.run(go())
    assert sent == ["http.response.start", "http.response.body"] * 3
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)


@pytest.mark.parametrize(
    ("client", "other", "same"),
    [
        (("203.0.113.1", 5), ("203.0.113.1", 6), True),
        (("203.0.113.1", 5), ("203.0.113.2", 5), False),
        (("2001:db8::1", 5), ("2001:db8::ffff:2", 5), True),
        (("2001:db8::1", 5), ("2001:db8:0:1::1", 5), False),
        (None, None, True),
    ],
)
def test_who_is_one_client(client, other, same):
    assert (streams.client_of({"client": client}) == streams.client_of({"client": other})) is same
