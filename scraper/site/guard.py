"""What stands before every answer: only reading, nothing that leaks, headers that keep a page to itself."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, MutableMapping
from contextlib import contextmanager
from html import escape
from typing import Any

from . import DATABASE, words
from .formulas import Disarmer

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

log = logging.getLogger(__name__)

WRITE_SECONDS = 60  # that a reader may take to make room for the next piece of an answer
MACHINERY = re.compile(r"(?:/[^/]*){0,3}/-/.*", re.DOTALL)
# Of 1.0's pages under a database or a table only the one that runs SQL is for readers; 0.65 has none there.
OPEN_MACHINERY = re.compile(
    r"/-/(static/.*|static-plugins/.*|versions(\.json)?|plugins(\.json)?)|/archive/-/query(\.\w{1,8})?"
)
STOCK = re.compile(rf"/{DATABASE}(?![^./])")  # the pages of tables and queries, which Datasette writes
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'{pictures}; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


def wrapper(_: Any) -> Callable[[App], App]:
    """Return the ASGI wrapper."""
    from datasette import handle_exception  # type: ignore[import-untyped] # imported first, it has no hooks yet

    # Datasette prints every refusal, a plain 404 included, as a page of coloured traceback: 0.3 s of CPU each.
    handle_exception.rich = None

    def wrap(app: App) -> App:
        async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            await Guard(app, send).answer(scope, receive)

        return guarded

    return wrap


async def nothing_more() -> Message:
    """Receive for requests that have no body."""
    return {"type": "http.request", "body": b"", "more_body": False}


class Guard:
    """One request on its way through."""

    def __init__(self, app: App, send: Send) -> None:
        self.app = app
        self.send_on = send
        self.started = False
        self.replaced = False
        self.gone = False
        self.stock = False
        self.disarmer: Disarmer | None = None

    async def answer(self, scope: Scope, receive: Receive) -> None:
        """Answer a request, or refuse it."""
        path = scope["path"]
        self.stock = bool(STOCK.match(path))
        if scope["method"] not in ("GET", "HEAD"):
            await self.plain(405, "read_only", extra=[(b"allow", b"GET, HEAD")])
        elif MACHINERY.fullmatch(path) and not OPEN_MACHINERY.fullmatch(path):
            await self.plain(404, "closed")
        else:
            await self.pass_on(scope, receive)

    async def pass_on(self, scope: Scope, receive: Receive) -> None:
        """Let the application answer; a damaged or vanished database becomes a plain 503."""
        watcher = asyncio.ensure_future(self.watch(receive))
        try:
            await self.app(scope, nothing_more, self.send)
        except asyncio.CancelledError:
            if not self.gone:
                raise
        except sqlite3.Error as error:
            log.error("%s cannot be answered: %s", scope["path"], error)
            if self.started:
                raise
            slow = "interrupted" in str(error)
            await self.plain(503, "too_slow" if slow else "unreadable")
        except Exception:
            log.exception("%s cannot be answered", scope["path"])
            if self.started:
                raise
            await self.plain(503, "unreadable")
        finally:
            watcher.cancel()

    async def watch(self, receive: Receive) -> None:
        """Notice when the reader leaves, so that a long file is not written for nobody."""
        while (await receive())["type"] != "http.disconnect":
            pass
        self.gone = True

    async def send(self, message: Message) -> None:
        """Send on, with the headers; an unexpected fault (500) is told plainly, without its inside."""
        if self.gone:
            raise asyncio.CancelledError  # nothing on the way takes it for a fault of the page
        if message["type"] == "http.response.start":
            if message["status"] == 500:
                self.replaced = True
                await self.plain(503, "unreadable")
                return
            self.started = True
            message = {**message, "headers": secured(list(message.get("headers", [])))}
            self.disarmer = Disarmer() if self.stock and is_csv(message["headers"]) else None
        elif self.disarmer:
            last = not message.get("more_body", False)
            message = {**message, "body": self.disarmer.pass_on(message.get("body", b""), last=last)}
        if not self.replaced:
            with self.patience():
                await self.send_on(message)

    @contextmanager
    def patience(self) -> Iterator[None]:
        """Give up a reader who does not take what is sent: it would be kept for nobody."""
        task = asyncio.current_task()
        clock = asyncio.get_running_loop().call_later(WRITE_SECONDS, self.give_up, task)
        try:
            yield
        finally:
            clock.cancel()

    def give_up(self, task: asyncio.Task[Any] | None) -> None:
        """End an answer as if its reader had left."""
        self.gone = True
        if task is not None:
            task.cancel()

    async def plain(self, status: int, key: str, extra: list[tuple[bytes, bytes]] | None = None) -> None:
        """Send a page that needs neither database nor template."""
        more = words.WORDS.get(f"{key}_more", "")
        body = (
            f'<!DOCTYPE html><html lang="{words.say("html_lang")}"><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width"><title>{escape(words.say(key))}</title>'
            f"<main><h1>{escape(words.say(key))}</h1><p>{escape(more)}</p>"
            f'<p><a href="/">{escape(words.say("go_home"))}</a>'
        ).encode()
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        headers += [(b"cache-control", b"no-store"), *(extra or [])]
        await self.send_on({"type": "http.response.start", "status": status, "headers": secured(headers)})
        await self.send_on({"type": "http.response.body", "body": body})


def is_csv(headers: list[tuple[bytes, bytes]]) -> bool:
    """Whether Datasette sends a CSV file: as text to look at, unless asked for a download."""
    kinds = [value for name, value in headers if name.lower() == b"content-type"]
    return any(kind.startswith((b"text/csv", b"text/plain")) for kind in kinds)


def secured(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return headers with those that protect a reader, no cookie, and no mark of the machinery."""
    pictures = any(name.lower() == b"x-allow-pictures" for name, _ in headers)
    ours = {*HEADERS, b"content-security-policy", b"x-allow-pictures", b"set-cookie", b"server", b"x-databases"}
    kept = [(name, value) for name, value in headers if name.lower() not in ours]
    policy = POLICY.format(pictures=" https: http:" if pictures else "")
    return [*kept, *HEADERS.items(), (b"content-security-policy", policy.encode())]
