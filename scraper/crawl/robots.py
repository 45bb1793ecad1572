"""robots.txt by RFC 9309: asked before anything else, kept for a day in the database, closed when it cannot be had."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from scraper.capture import MAX_DECODED, UndecodableBody, decode_body
from scraper.discover.xml import looks_like_html
from scraper.identity import ROBOTS_TOKEN
from scraper.normalise import urls
from scraper.store.archive import instant, now

from .limits import ROBOTS_BYTES
from .refusal import Refusal

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from scraper.capture import Record

    from .visit import HostMemory

KEEP = timedelta(hours=24)  # RFC 9309, 2.4
TRY_AGAIN = timedelta(hours=1)  # after a robots.txt that could not be had
PRIORITY = 1000
AGENT = re.compile(r"^([ \t]{0,20}user-agent[ \t]{0,20}:[ \t]{0,20})([^\r\n#]{0,500})", re.IGNORECASE | re.MULTILINE)
TOKEN = re.compile(r"\*|[A-Za-z_-]+")


class RobotsMiddleware:
    """Lets a request pass when the host's robots.txt does; raises Refusal otherwise."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        spider: Any = crawler.spider
        self.hosts: HostMemory = spider.visit.hosts
        self.rules: dict[str, Protego | None] = {}  # None: not to be had, so closed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Refusal when robots.txt forbids the address, or cannot be had."""
        if request.meta.get("kind") == "robots":
            return
        host = urls.host_of(request.url)
        if host not in self.rules:
            self.rules[host] = await self.find_rules(host, request.url)
        rules = self.rules[host]
        if rules is None:
            raise Refusal("robots-unreachable", f"robots.txt of {host} cannot be had", wait=TRY_AGAIN.total_seconds())
        if not rules.can_fetch(request.url, ROBOTS_TOKEN):
            raise Refusal("forbidden", "robots.txt")
        delay = rules.crawl_delay(ROBOTS_TOKEN)
        if delay:
            self.hosts.crawl_delays[host] = float(delay)

    async def find_rules(self, host: str, url: str) -> Protego | None:
        """Return the rules of a host, from the database while they are fresh, else from the host."""
        row = self.hosts.archive.first("SELECT * FROM hosts WHERE host = ?", [host])
        if row is not None and row["robots_verdict"] == "rules" and self.is_fresh(row["robots_at"]):
            return parse(row["robots"])
        parts = urlsplit(url)
        address = f"{parts.scheme}://{parts.netloc}/robots.txt"
        meta = {"kind": "robots"}
        request = Request(address, priority=PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # whatever kept it from us, the host stays closed (RFC 9309, 2.3.1.4)
            self.hosts.note_robots(host, address, None, str(error) or type(error).__name__, captures_of(request))
            return None
        text = rules_of(response)
        self.hosts.note_robots(host, address, text, str(response.status), response.meta.get("captures", []))
        return None if text is None else parse(text)

    def is_fresh(self, at: str) -> bool:
        """Say whether rules read at an instant still hold: for a day, not in a full crawl, never from the future."""
        moment = now()
        return not self.hosts.context.full and instant(moment - KEEP) < at <= instant(moment)


def parse(text: str) -> Protego:
    """Return the rules of a robots.txt, its groups named as RFC 9309, 2.2.1 reads them.

    The parser matches a group whose name is the beginning of ours; the RFC compares whole product tokens.
    """
    return Protego.parse(AGENT.sub(own_agent, text.lstrip("\ufeff")))


def own_agent(line: re.Match[str]) -> str:
    """Return a user-agent line with our token, the star, or a name that is nobody's."""
    token = TOKEN.match(line.group(2))
    name = token.group().lower() if token else ""
    return f"{line.group(1)}{ROBOTS_TOKEN if name == ROBOTS_TOKEN else '*' if name == '*' else 'another-robot'}"


def captures_of(request: Request) -> list[Any]:
    """Return the captures of a request that failed on its way."""
    captures: list[Any] = request.meta.get("captures", [])
    return captures


def rules_of(response: Response) -> str | None:
    """Return the rules that an answer gives: None closes the host, '' opens it.

    2xx: its text, cut at 500 KiB; an HTML page is no rules. 4xx but 429: no rules, whatever the body says.
    Everything else closes (RFC 9309, 2.3.1).
    """
    status = response.status
    if 400 <= status < 500 and status != 429:
        return ""
    if not 200 <= status < 300:
        return None
    encoding = (response.headers.get("Content-Encoding") or b"").decode("latin-1")
    try:
        body = decode_body(response.body, encoding, limit=MAX_DECODED)
    except UndecodableBody:
        return None
    if body.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in body[:100]:  # Windows' "Unicode" text
        body = body.decode("utf-16", "replace").encode("utf-8", "replace")
    return "" if looks_like_html(body) else first_lines(body).decode("utf-8", "replace")


def first_lines(body: bytes) -> bytes:
    """Return what is read of a robots.txt: whole lines up to the cap, for half a line forbids more than it says."""
    return body if len(body) <= ROBOTS_BYTES else body[:ROBOTS_BYTES].rpartition(b"\n")[0]


def rules_of_record(record: Record) -> str | None:
    """Return the rules that a captured answer gives, as `rules_of` does for a fresh one."""
    from scrapy.http import Response

    headers = {"Content-Encoding": record.capture.headers.get("content-encoding", "")}
    return rules_of(Response(record.capture.url, status=record.capture.status, headers=headers, body=record.raw))
