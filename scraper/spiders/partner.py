"""The one spider: it asks what a visit wants to know, one request at a time, and hands every answer back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy import Request
from scrapy.http import Response

from scraper.capture import CaptureWriter
from scraper.crawl.refusal import Refusal
from scraper.crawl.visit import Answer, Ask, Visit
from scraper.models import Partner
from scraper.store.archive import open_archive

from .settings import USER_AGENT

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure


class PartnerSpider(scrapy.Spider):
    """Crawls one partner. Its class attribute `partner` is filled in by the loader, one subclass per registry file."""

    partner: Partner
    visit: Visit

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PartnerSpider:
        """Build the spider with a visit to its partner in the archive that the settings name."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        archive = open_archive(Path(settings.get("ARCHIVE_DB", "archive.db")))
        spider.visit = Visit(
            archive,
            cls.partner,
            crawl=settings.get("ARCHIVE_CRAWL"),
            writer=CaptureWriter(archive.captures, cls.partner.slug, user_agent=USER_AGENT),
            full=settings.getbool("ARCHIVE_FULL"),
            due=settings.getbool("ARCHIVE_DUE"),
        )
        spider.turn = asyncio.Event()
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask the sources, then the pages, each request after the answer to the one before."""
        self.visit.begin()
        for asks in (self.visit.source_asks(), self.visit.page_asks()):
            for ask in asks:
                self.turn.clear()
                yield self.request(ask)
                await self.turn.wait()

    def request(self, ask: Ask) -> Request:
        """Turn what is to be asked into a request of Scrapy's."""
        headers = {}
        if ask.etag:
            headers["If-None-Match"] = ask.etag
        if ask.last_modified:
            headers["If-Modified-Since"] = ask.last_modified
        meta = {"kind": ask.kind, "ask": ask, "revisit_of": ask.revisit_of}
        return Request(ask.url, headers=headers, callback=self.parse, errback=self.fail, meta=meta, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """Hand an answer to the visit."""
        try:
            self.visit.take(answer_of(response))
        finally:
            self.turn.set()

    def fail(self, failure: Failure) -> None:
        """Hand a request without an answer to the visit, with the ledger's word for why."""
        try:
            request: Request = failure.request  # type: ignore[attr-defined]
            word, reason, wait = describe(failure.value)
            captures = request.meta.get("captures", [])
            self.visit.fail(request.meta["ask"], word, reason, captures, wait=wait)
        finally:
            self.turn.set()

    def closed(self, reason: str) -> None:
        """Write the day's line of the ledger and close what is open."""
        self.visit.end()
        self.visit.writer.close()
        self.visit.archive.close()


def describe(error: BaseException | None) -> tuple[str, str, float | None]:
    """Return the outcome, the reason and the wait that an error of a request stands for."""
    if isinstance(error, Refusal):
        return error.outcome, error.reason, error.wait
    return "failed", f"{type(error).__name__}: {error}"[:300], None


def answer_of(response: Response) -> Answer:
    """Return a response as a value without Scrapy: header names in lower case, repeated ones joined."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    return Answer(
        ask=response.meta["ask"],
        url=response.url,
        status=response.status,
        headers=headers,
        raw=response.body,
        captures=tuple(response.meta.get("captures", ())),
        truncated=bool(response.meta.get("truncated")),
    )
