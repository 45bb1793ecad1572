"""The web server of the sample region: one socket per site on 127.0.0.1, all in one process, nothing read from disk."""

import errno
import hashlib
import socket
import sys
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from email.message import Message
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from types import TracebackType
from urllib.parse import parse_qs, quote, unquote

from scraper.sample.pages import Page, not_found
from scraper.sample.posts import SLUGS, read_site
from scraper.sample.sites import build_pages

HOST = "127.0.0.1"
DEFAULT_PORT = 8011
REMEMBERED = 10_000
IDLE_SECONDS = 30

Connection = socket.socket | tuple[bytes, socket.socket]
"""A request as `socketserver` hands it on; over TCP always the first."""


class PortInUse(OSError):
    """Another program listens on a port that the sample region needs; `port` says which."""

    def __init__(self, port: int) -> None:
        super().__init__(f"port {port} on {HOST} is in use; set SAMPLE_PORT to the first of five free ports")
        self.errno = errno.EADDRINUSE
        self.port = port


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """One request as it came, so that a test can say what a crawl asked for; `target` is path and query."""

    slug: str
    method: str
    target: str
    status: int
    user_agent: str


class SampleRegion:
    """Serves the five sites from `with` to its end; `addresses` (slug → `http://127.0.0.1:8011/`) is set on entry.

    Port 0 takes five free ports. Entering raises PortInUse, and then holds no port.
    """

    def __init__(self, first_port: int = DEFAULT_PORT, edition: int = 1) -> None:
        self.addresses: dict[str, str] = {}
        self.asked: deque[Asked] = deque(maxlen=REMEMBERED)
        self._first_port = first_port
        self._edition = edition
        self._servers: dict[str, _SiteServer] = {}

    def __enter__(self) -> "SampleRegion":
        try:
            for number, slug in enumerate(SLUGS):
                self._servers[slug] = self._bind(slug, self._first_port + number if self._first_port else 0)
            self.publish(self._edition)
        except BaseException:
            self._close()
            raise
        for server in self._servers.values():
            server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def publish(self, edition: int) -> None:
        """Put another edition in the place of the one served, at the same addresses."""
        self.addresses = {slug: f"http://{HOST}:{server.server_port}/" for slug, server in self._servers.items()}
        for slug, server in self._servers.items():
            site = read_site(slug, self.addresses[slug], edition)
            server.pages, server.not_found = build_pages(site), not_found(site)

    def _bind(self, slug: str, port: int) -> "_SiteServer":
        try:
            return _SiteServer(slug, port, self.asked)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(port) from error
            raise

    def _close(self) -> None:
        while self._servers:
            self._servers.popitem()[1].stop()


def first_port_from(environment: Mapping[str, str]) -> int:
    """The first of the region's five ports: SAMPLE_PORT, else the default. Raises ValueError for what is no port.

    0 is refused: a post's identity is its address, so that ports which change would double the archive.
    """
    written = environment.get("SAMPLE_PORT") or str(DEFAULT_PORT)
    last = 65535 - len(SLUGS) + 1
    if not (written.isascii() and written.isdigit() and len(written) <= 5 and 1 <= int(written) <= last):
        raise ValueError(f"SAMPLE_PORT must be a whole number from 1 to {last}, not {written[:40]!r}")
    return int(written)


class _SiteServer(ThreadingHTTPServer):
    """The socket of one site; `pages` is replaced whole, never changed, while requests are answered."""

    daemon_threads = True
    # Some versions of Python share the port of an HTTPServer by default; a port in use would then go unnoticed.
    allow_reuse_port = False

    def __init__(self, slug: str, port: int, asked: deque[Asked]) -> None:
        super().__init__((HOST, port), _Handler)
        self.slug = slug
        self.asked = asked
        self.pages: dict[str, Page] = {}
        self.not_found = Page(body=b"", status=404)
        self.open: set[socket.socket] = set()
        self._thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, name=slug, daemon=True)

    def server_bind(self) -> None:
        """Bind without the base class's look-up of the host's name, which may wait for a name server."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.socket.getsockname()[1]

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Stop listening, and end the connections that are kept alive, so that their threads end too."""
        if self._thread.is_alive():
            self.shutdown()
            self._thread.join()
        self.server_close()
        for connection in tuple(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Connection, client_address: object) -> None:
        """A client that hangs up is no news; anything else is a fault of this file, and is shown."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "sample-region"
    sys_version = ""
    timeout = IDLE_SECONDS
    # Headers and body are two writes; without this the second waits 40 ms for the first to be acknowledged.
    disable_nagle_algorithm = True
    server: _SiteServer

    def setup(self) -> None:
        super().setup()
        self.server.open.add(self.connection)

    def finish(self) -> None:
        self.server.open.discard(self.connection)
        super().finish()

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the terminal belongs to the crawl."""

    def _answer(self, *, with_body: bool) -> None:
        page = _find(self.server.pages, self.path) or self.server.not_found
        unchanged = page.changed_at is not None and _is_unchanged(page, self.headers)
        status = 304 if unchanged else page.status
        self._remember(status)
        self.send_response(status)
        self._send_page_headers(page, unchanged=unchanged)
        if with_body and not unchanged:
            self.wfile.write(page.body)

    def _send_page_headers(self, page: Page, *, unchanged: bool) -> None:
        if page.changed_at is not None:
            self.send_header("ETag", _etag(page))
            self.send_header("Last-Modified", _http_date(page.changed_at))
        if page.location:
            self.send_header("Location", page.location)
        if not unchanged:
            self.send_header("Content-Type", page.content_type)
            self.send_header("Content-Length", str(len(page.body)))
        self.end_headers()

    def _remember(self, status: int) -> None:
        agent = self.headers.get("User-Agent", "")
        asked = Asked(slug=self.server.slug, method=self.command, target=self.path, status=status, user_agent=agent)
        self.server.asked.append(asked)


def _find(pages: Mapping[str, Page], target: str) -> Page | None:
    """The page for a request target; of its query only `page` counts, and only where the site pages."""
    path, _, query = target.partition("#")[0].partition("?")
    path = quote(unquote(path), safe="/~-._")
    if f"{path}?page=1" in pages:
        number = parse_qs(query).get("page", ["1"])[-1]
        return pages.get(f"{path}?page={number}")
    return pages.get(path) or _redirect_to_slash(pages, path)


def _redirect_to_slash(pages: Mapping[str, Page], path: str) -> Page | None:
    if f"{path}/" not in pages:
        return None
    return Page(body=b"", status=301, location=f"{path}/")


def _is_unchanged(page: Page, headers: Message) -> bool:
    """RFC 9110 section 13.2.2: If-Modified-Since counts only where there is no If-None-Match."""
    tags = headers.get("If-None-Match")
    if tags is not None:
        return tags.strip() == "*" or _etag(page) in (tag.strip().removeprefix("W/") for tag in tags.split(","))
    since = _read_http_date(headers.get("If-Modified-Since"))
    return since is not None and page.changed_at is not None and page.changed_at.replace(microsecond=0) <= since


def _etag(page: Page) -> str:
    return f'"{hashlib.sha256(page.body).hexdigest()[:24]}"'


def _http_date(moment: datetime) -> str:
    return format_datetime(moment.astimezone(timezone.utc), usegmt=True)


def _read_http_date(written: str | None) -> datetime | None:
    try:
        read = parsedate_to_datetime(written or "")
    except (ValueError, OverflowError):
        return None
    return read if read.tzinfo else read.replace(tzinfo=timezone.utc)
