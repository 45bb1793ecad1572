"""The innermost downloader middleware: what a partner sent is in a WARC file before anyone reads it."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from scraper.capture import Exchange

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from scraper.capture import CaptureWriter


class CaptureMiddleware:
    """Writes every answer, each hop of a redirect too, and leaves where it lies in `request.meta['captures']`."""

    def __init__(self, writer: CaptureWriter) -> None:
        self.writer = writer

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CaptureMiddleware:
        """Use the writer of the crawler's visit."""
        spider: Any = crawler.spider
        return cls(spider.visit.writer)

    def process_request(self, request: Request) -> None:
        """Begin to count anew: a redirected or repeated request carries the marks of the one before."""
        request.meta["bytes_seen"] = 0
        request.meta.pop("truncated", None)

    def process_response(self, request: Request, response: Response) -> Response:
        """Write the record; only then does the response go on."""
        revisit = request.meta.get("revisit_of") if response.status == 304 else None
        stored = self.writer.write(exchange_of(request, response), revisit_of=revisit)
        request.meta.setdefault("captures", []).append(stored)
        return response


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
