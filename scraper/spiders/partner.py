"""The one spider: it asks what a visit wants to know, one request at a time, and hands every answer back."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadTimeoutError
from scrapy.http import Response

from scraper.capture import CaptureWriter, join_headers
from scraper.crawl.refusal import Refusal
from scraper.crawl.visit import Answer, Ask, Visit, VisitContext
from scraper.errors import ArchiveError
from scraper.models import Partner
from scraper.store.archive import open_archive, require_room
from scraper.store.journal import Journal

from .settings import USER_AGENT

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from twisted.python.failure import Failure

logger = logging.getLogger(__name__)
# A row that the database refuses is one page's fault; every other error of SQLite or the disk ends the crawl.
OF_ONE_PAGE = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, sqlite3.NotSupportedError)
FATAL = (ArchiveError, sqlite3.DatabaseError, OSError)

BETWEEN = Ask(url="", kind="between", key=0)  # no page is under way: what takes long now is no page's fault
TIMEOUT_WAIT = 3600.0  # seconds until an address is asked again that kept us waiting in vain

Report = Callable[[Visit, Ask], None]


class PartnerSpider(scrapy.Spider):
    """Crawls one partner; the loader makes a subclass with `name` and `partner` for every registry file."""

    partner: Partner
    visit: Visit
    turn: asyncio.Event
    fault: Exception | None = None

    def __init__(self, *args: Any, report: Report = lambda visit, ask: None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.report = report

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> PartnerSpider:
        """Build the spider with a visit to its partner in the archive that the settings name."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        archive = open_archive(Path(settings.get("ARCHIVE_DB") or "archive.db"))
        context = VisitContext(
            archive=archive,
            partner=cls.partner,
            crawl=settings.get("ARCHIVE_CRAWL"),
            full=settings.getbool("ARCHIVE_FULL"),
            due=settings.getbool("ARCHIVE_DUE"),
            journal=Journal(captures=archive.captures, partner=cls.partner.slug),
        )
        spider.visit = Visit(context, CaptureWriter(archive.captures, cls.partner.slug, user_agent=USER_AGENT))
        spider.turn = asyncio.Event()
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Ask where posts are listed, then the sources, then the pages, each request after the answer to the last."""
        self.visit.begin()
        for ask in self.asks():
            self.turn.clear()
            self.report(self.visit, ask)
            request = self.prepare(ask)
            if request is not None:
                yield request
                await self.turn.wait()
                self.report(self.visit, BETWEEN)
            if self.fault is not None:
                return

    def asks(self) -> Iterator[Ask]:
        """Return what this crawl is to ask: all of it, or only what its settings name."""
        if self.settings.get("ARCHIVE_PAGE"):
            return self.visit.pages.single_asks(self.settings["ARCHIVE_PAGE"])
        if self.settings.getbool("ARCHIVE_EXPLORE"):
            return self.visit.probes.asks()
        return self.visit.asks()

    def prepare(self, ask: Ask) -> Request | None:
        """Return the request for what is asked; None when none can be made, which is noted, or the disk is filling."""
        try:
            require_room(self.visit.archive.path)
            return self.request(ask)
        except FATAL as error:
            self.fault = error
        except ValueError as error:  # an address that no request can be made of
            self.visit.fail(ask, "failed", f"{type(error).__name__}: {error}"[:300], [])
        return None

    def request(self, ask: Ask) -> Request:
        """Turn what is to be asked into a request of Scrapy's."""
        headers = {"Accept-Language": accept_language(self.partner.language)}
        if ask.etag:
            headers["If-None-Match"] = ask.etag
        if ask.last_modified:
            headers["If-Modified-Since"] = ask.last_modified
        meta = {"kind": ask.kind, "ask": ask, "revisit_of": ask.revisit_of}
        if ask.kind == "source":
            meta["download_maxsize"] = 0  # a sitemap that announces 12 MB is read as far as the cap of BodyLimit
        return Request(ask.url, headers=headers, callback=self.parse, errback=self.fail, meta=meta, dont_filter=True)

    def parse(self, response: Response, **_: Any) -> None:
        """Hand an answer to the visit; the one place where a page that breaks our reading is caught."""
        answer = answer_of(response)
        try:
            self.visit.take(answer)
        except OF_ONE_PAGE as error:
            self.fail_reading(answer, error)
        except FATAL as error:
            self.fault = error
        except Exception as error:
            self.fail_reading(answer, error)
        finally:
            self.turn.set()

    def fail_reading(self, answer: Answer, error: Exception) -> None:
        """Note a page that broke our reading; the crawl goes on."""
        logger.error("%s: %s could not be read", self.partner.slug, answer.url, exc_info=error)
        self.visit.fail(answer.ask, "unreadable", f"{type(error).__name__}: {error}"[:300], answer.captures)

    def fail(self, failure: Failure) -> None:
        """Hand a request without an answer to the visit, with the ledger's word for why."""
        try:
            request: Request = failure.request  # type: ignore[attr-defined]
            word, reason, wait = describe(failure.value)
            self.visit.miss(request.meta["ask"], word, reason, request.meta.get("captures", []), wait=wait)
        except FATAL as error:
            self.fault = error
        finally:
            self.turn.set()

    def closed(self, reason: str) -> None:
        """Write the day's line of the ledger and close what is open."""
        if self.fault is None:
            self.visit.end()
        self.visit.writer.close()


def accept_language(language: str) -> str:
    """Return what is asked for of pages that exist in several languages: the partner's own first (RFC 9110, 12.5.4)."""
    wanted = dict.fromkeys((language, language.partition("-")[0])) if language != "und" else {}
    return ",".join(f"{tag};q={1 - place / 10:g}" for place, tag in enumerate((*wanted, "*")))


def describe(error: BaseException | None) -> tuple[str, str, float | None]:
    """Return the outcome, the reason and the wait that an error of a request stands for."""
    if isinstance(error, Refusal):
        return error.outcome, error.reason, error.wait
    if isinstance(error, DownloadTimeoutError):
        return "failed", f"no whole answer in time: {error}"[:300], TIMEOUT_WAIT
    word = "unreadable" if isinstance(error, DownloadCancelledError) else "failed"  # it announced too long a body
    return word, f"{type(error).__name__}: {error}"[:300], None


def answer_of(response: Response) -> Answer:
    """Return a response as a value without Scrapy: header names in lower case, repeated ones joined."""
    headers = join_headers(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    return Answer(
        ask=response.meta["ask"],
        url=response.url,
        status=response.status,
        headers=headers,
        raw=response.body,
        captures=tuple(response.meta.get("captures", ())),
        truncated=bool(response.meta.get("truncated")),
    )
