"""How fast: a partner's delay is a floor that Crawl-delay, slow answers and jitter raise; Retry-After stops a host."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import ResponseDataLossError

from scraper.normalise import urls

from .guard import is_open_range
from .refusal import Refusal
from .visit import LONGEST_HOLD

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from scraper.models import Partner

    from .visit import HostMemory

LEAST_DELAY = 1.0  # seconds; less only inside ARCHIVE_ALLOW
MOST_CRAWL_DELAY = 300.0
LATENCY_SHARE = 1.0  # a host that takes 3 s to answer is left alone for 3 s
MOST_LATENCY_DELAY = 30.0
JITTER = 0.2  # only ever added
WAIT_AT_MOST = 30.0  # a shorter Retry-After is sat out; a longer one ends this host's part of the run
BACK_OFF = 2.0  # seconds after a 429 that names no time, doubled each time
TRIES = 4
MOST_SILENT = 8  # addresses in a row without an answer
MOST_BROKEN = 20  # addresses in a row with an error of the server's
PAUSE = 900.0  # seconds for a host that went silent or answers nothing but errors
NAMES_A_TIME = frozenset((301, 302, 303, 307, 308, 413, 429, 503))  # may carry Retry-After (RFC 9110, 10.2.3)
SHORTEST_HOLD = timedelta(seconds=1)


class PolitenessMiddleware:
    """Sets the pace of each host, and keeps to what a host asks for when it says 429 or 503."""

    def __init__(
        self,
        crawler: Crawler,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.crawler = crawler
        self.sleep = sleep
        self.clock = clock
        self.ended: dict[str, float] = {}  # when the last answer of a host was through
        spider: Any = crawler.spider
        self.partner: Partner = spider.visit.partner
        self.hosts: HostMemory = spider.visit.hosts
        self.waits: dict[str, float] = {}
        self.barren: dict[str, int] = {}  # addresses in a row that brought nothing

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PolitenessMiddleware:
        """Build the middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Set the host's pace; raise Refusal while the host asked to be left alone."""
        host = urls.host_of(request.url)
        wait = self.hosts.hold_of(host)
        if wait > WAIT_AT_MOST:
            raise Refusal("rate-limited", f"{host} asked for {wait:.0f} s", wait=wait)
        if wait > 0:
            await self.sleep(wait)
        self.set_pace(host)
        rest = self.ended.get(host, 0.0) + self.delay_of(host) - self.clock()
        if rest > 0:  # the slot counts from the last request; the host may have been busy with it until now
            await self.sleep(rest)

    async def process_response(self, request: Request, response: Response) -> Response | Request:
        """Ask again later when a host says so and the time is short; otherwise let the answer through."""
        host = urls.host_of(request.url)
        self.ended[host] = self.clock()
        self.hosts.latencies[host] = float(request.meta.get("download_latency", 0.0))
        self.note_state(host, request, is_broken=response.status >= 500)
        asked = retry_after(response) if response.status in NAMES_A_TIME else None
        if response.status not in (429, 503):
            self.waits.pop(host, None)
            if asked is not None:
                self.hosts.hold(host, asked.total_seconds())
            return response
        if asked is None and response.status == 503:
            return response
        wait = asked.total_seconds() if asked else self.back_off(host)
        self.hosts.hold(host, wait)
        tries = request.meta.get("polite_tries", 0) + 1
        if wait > WAIT_AT_MOST or tries >= TRIES:
            return response
        return request.replace(dont_filter=True, meta={**request.meta, "polite_tries": tries})

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Leave a host alone for a while that does not answer any more."""
        if isinstance(exception, (Refusal, ResponseDataLossError)):
            return  # we did not ask, or it did answer and broke off
        host = urls.host_of(request.url)
        self.ended[host] = self.clock()
        self.count_barren(host, request, MOST_SILENT)

    def note_state(self, host: str, request: Request, *, is_broken: bool) -> None:
        """Leave a host alone for a while that answers nothing but errors of its own."""
        if is_broken:
            self.count_barren(host, request, MOST_BROKEN)
        else:
            self.barren.pop(host, None)

    def count_barren(self, host: str, request: Request, most: int) -> None:
        """Count an address that brought nothing, once and not for each try; hold the host when `most` were so."""
        if request.meta.get("retry_times"):
            return  # three broken pages are no silent host
        self.barren[host] = self.barren.get(host, 0) + 1
        if self.barren[host] >= most:
            self.hosts.hold(host, PAUSE)

    def back_off(self, host: str) -> float:
        """Return a growing wait for a host that names no time, and slow it down for the rest of the run."""
        wait = self.waits.get(host, BACK_OFF / 2) * 2
        self.waits[host] = wait
        self.hosts.slow_down(host)
        return wait

    def set_pace(self, host: str) -> None:
        """Write the delay of a host into Scrapy's slot: what it is now, with fresh jitter on top."""
        delay = self.delay_of(host) * (1 + random.uniform(0, JITTER))  # noqa: S311 - manners, no secret
        downloader: Any = self.crawler.engine.downloader
        slot = downloader.slots.get(host)
        if slot is None:
            downloader.per_slot_settings[host] = {"delay": delay, "jitter": 0.0, "concurrency": 1}
        else:
            slot.delay = delay

    def delay_of(self, host: str) -> float:
        """Return the seconds between two requests to a host: the greatest of what anyone asks for."""
        floor = float(self.partner.delay)
        if not is_open_range(host.rpartition(":")[0] or host):
            floor = max(floor, LEAST_DELAY)
        asked = min(self.hosts.crawl_delays.get(host, 0.0), MOST_CRAWL_DELAY)
        slow = min(self.hosts.latencies.get(host, 0.0) * LATENCY_SHARE, MOST_LATENCY_DELAY)
        return max(floor, asked, slow, self.hosts.slowed.get(host, 0.0))


def retry_after(response: Response) -> timedelta | None:
    """Return what Retry-After asks for, seconds or a date (RFC 9110, 10.2.3), inside sane bounds; None without it."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        asked = timedelta(seconds=min(int(value[:9]), 10**7))
    else:
        try:
            moment = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError):
            return None
        moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
        asked = moment - datetime.now(timezone.utc) + timedelta(seconds=1)
    return min(max(asked, SHORTEST_HOLD), LONGEST_HOLD)
