"""The innermost downloader middleware: what a partner sent is in a WARC file before anyone reads it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from scraper.capture import Exchange, Purpose
from scraper.rights import clean

from .refusal import Refusal
from .visit import REMOVED

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from .visit import Visit


class CaptureMiddleware:
    """Writes every answer, each hop of a redirect too, and leaves where it lies in `request.meta['captures']`."""

    def __init__(self, visit: Visit, *, last_try: int) -> None:
        self.visit = visit
        self.last_try = last_try
        self.writer = visit.writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        """Use the crawler's visit and its writer."""
        spider: Any = crawler.spider
        return cls(spider.visit, last_try=crawler.settings.getint("RETRY_TIMES"))

    def process_request(self, request: Request) -> None:
        """Begin to count anew: a redirected or repeated request carries the marks of the one before."""
        request.meta["bytes_seen"] = 0
        request.meta.pop("truncated", None)
        if request.meta.get("kind") == "page" and request.meta.get("retry_times", 0) >= self.last_try:
            request.meta["download_fail_on_dataloss"] = False  # half a page, three times, is what there is

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the record; only then does the response go on."""
        if "dataloss" in response.flags:
            request.meta["truncated"] = "disconnect"
        revisit = request.meta.get("revisit_of") if response.status == 304 else None
        exchange = replace(exchange_of(request, response), purpose=self.purpose_of(request))
        kept = clean(exchange, self.visit.marks) if self.visit.marks else exchange
        if kept is None:
            raise Refusal(REMOVED, "a person had it removed")
        stored = self.writer.write(kept, revisit_of=revisit)
        request.meta.setdefault("captures", []).append(stored)
        return response

    def purpose_of(self, request: Request) -> Purpose:
        """Return why a request was made: for what a visit asks it says so itself, the rest is robots.txt."""
        ask = request.meta.get("ask")
        first = request.meta.get("redirect_urls", [request.url])[0]
        return Purpose(
            kind=request.meta.get("kind", "page"),
            requested_url=ask.url if ask else first,
            hop=len(request.meta.get("captures", [])),
            crawl=self.visit.context.crawl,
            source=ask.source if ask else None,
        )


def exchange_of(request: Request, response: Response) -> Exchange:
    """Return what went over the wire."""
    return Exchange(
        url=response.url,
        fetched_at=datetime.now(timezone.utc).replace(microsecond=0),
        method=request.method,
        request_headers=header_lines(request.headers),
        status=response.status,
        headers=header_lines(response.headers),
        body=response.body,
        truncated=request.meta.get("truncated"),
        address=str(response.ip_address) if response.ip_address else None,
        protocol=response.protocol or "HTTP/1.1",
    )


def header_lines(headers: Any) -> list[tuple[bytes, bytes]]:
    """Return headers in order, a repeated one once a value."""
    return [(name, value) for name, values in headers.items() for value in values]
