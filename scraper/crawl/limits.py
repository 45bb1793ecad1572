"""Cut a body that grows past the cap while it arrives, and keep what came so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import StopDownload

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler

ROBOTS_BYTES = 512 * 1024  # RFC 9309, 2.5: at least 500 KiB are read


class BodyLimit:
    """Stops a download at the cap of its kind; the response is then whole but for its end, and marked so."""

    def __init__(self, page_bytes: int) -> None:
        self.caps = {"robots": ROBOTS_BYTES}
        self.page_bytes = page_bytes

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BodyLimit:
        """Listen to the bytes of every response."""
        limit = cls(crawler.settings.getint("BODY_BYTES"))
        crawler.signals.connect(limit.count, signal=signals.bytes_received)
        return limit

    def count(self, data: bytes, request: Request, **_: Any) -> None:
        """Add up what came; raise StopDownload past the cap."""
        seen = request.meta.get("bytes_seen", 0) + len(data)
        request.meta["bytes_seen"] = seen
        if seen > self.caps.get(request.meta.get("kind", ""), self.page_bytes):
            request.meta["truncated"] = "length"
            raise StopDownload(fail=False)
