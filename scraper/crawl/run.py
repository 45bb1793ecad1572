"""One partner's crawl in a process of its own: Scrapy is started here and nowhere else."""

from __future__ import annotations

import logging
import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from scraper.errors import ArchiveError, ConfigError, StoppedError
from scraper.models import Partner
from scraper.normalise import urls
from scraper.store import removals
from scraper.store.archive import open_reader, read_fault

from .locks import hold_hosts
from .probing import Probe

COUNT_EVERY = 1.0  # seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """What one process has to do; it is sent to the process, so it holds plain values only."""

    partner: Partner
    db: Path
    crawl: int | None
    full: bool = False
    due: bool = False
    explore: bool = False  # only find where the partner lists its posts
    page: str | None = None  # only fetch this page
    allow: str = field(default_factory=lambda: os.environ.get("ARCHIVE_ALLOW", ""))  # the server of processes is older


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """How far a partner's crawl is; `kind` and `key` say what is asked now, as in `Ask`."""

    slug: str
    requests: dict[str, int] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    waiting: int = 0
    kind: str = ""
    key: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """How a partner's crawl ended: `error` is the line a person reads, None when it is complete."""

    slug: str
    requests: dict[str, int]
    outcomes: dict[str, int]
    state: str | None = None  # of the day in the coverage ledger, or of the visit if it saw less
    error: str | None = None
    exit_code: int = 0
    probe: Probe | None = None  # what an exploring crawl found


def run(job: Job, pipe: Connection) -> None:
    """Crawl one partner and send Progress values and one Done through the pipe."""
    os.environ["ARCHIVE_ALLOW"] = job.allow
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is the parent's to handle
    try:
        with hold_hosts(job.db.parent / "captures", hosts_of(job.partner)):
            done = crawl(job, pipe.send)
    except ArchiveError as error:
        done = failed(job, str(error), error.exit_code)
    except (sqlite3.DatabaseError, OSError) as error:
        done = failed(job, *read_fault(error))
    with suppress(BrokenPipeError):  # the parent is gone; what was done stands in the database
        pipe.send(done)
    pipe.close()


def hosts_of(partner: Partner) -> frozenset[str]:
    """Return every host that a partner's crawl asks."""
    named = urls.partner_hosts(partner.home, partner.hosts) | {urls.host_of(source.url) for source in partner.sources}
    return frozenset(host.removeprefix("www.") for host in named)


def failed(job: Job, error: str, exit_code: int) -> Done:
    """Return the end of a crawl that could not go on."""
    return Done(slug=job.partner.slug, requests={}, outcomes={}, error=error, exit_code=exit_code)


def crawl(job: Job, send: Callable[[Any], None]) -> Done:
    """Run Scrapy over one partner to its end; raises what the visit raised."""
    refuse_removed(job)
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from scraper.spiders import settings as hardened
    from scraper.spiders.loader import spider_of

    settings = Settings()
    settings.setmodule(hardened, priority="project")
    settings.setdict(
        {
            "ARCHIVE_DB": str(job.db),
            "ARCHIVE_CRAWL": job.crawl,
            "ARCHIVE_FULL": job.full,
            "ARCHIVE_DUE": job.due,
            "ARCHIVE_EXPLORE": job.explore,
            "ARCHIVE_PAGE": job.page,
        },
        priority="cmdline",
    )
    process = AsyncCrawlerProcess(settings)  # which sets up logging anew
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # a failed request is told once: by the ledger and the end
    crawler = process.create_crawler(spider_of(job.partner))
    process.crawl(crawler, report=reporter(job.partner.slug, send))
    process.start(install_signal_handlers=True)
    return finish(job, crawler)


def refuse_removed(job: Job) -> None:
    """Raise ConfigError for a partner that was removed on request."""
    with open_reader(job.db) as archive:
        if removals.stands(archive.connection, job.partner.slug, []):
            slug = job.partner.slug
            raise ConfigError(f"{slug} was removed on request; `archive remove {slug} --lift` lets it in again")


def finish(job: Job, crawler: Any) -> Done:
    """Return how the crawl went; raises the error that ended it early."""
    spider = crawler.spider
    if spider is None:
        return failed(job, "the crawl could not be started; see the lines above", 1)
    visit = spider.visit
    if spider.fault is not None:
        raise spider.fault
    if crawler.stats.get_value("finish_reason") == "shutdown":
        raise StoppedError("stopped before the end; the next run goes on from here")
    probe = visit.probes.probe
    return Done(
        slug=job.partner.slug,
        requests=dict(visit.context.requests),
        outcomes=dict(visit.context.outcomes),
        state=visit.state,
        error=None if job.explore else visit.complaint(),
        exit_code=0 if job.explore else visit.exit_code(),
        probe=probe.plain() if job.explore and probe else None,
    )


def reporter(slug: str, send: Callable[[Any], None]) -> Callable[[Any, Any], None]:
    """Return a function that sends the state of a visit before each of its requests.

    What waits is counted once in a while only: a count at every request would cost more with every address that waits.
    """
    counted, waiting = -COUNT_EVERY, 0

    def report(visit: Any, ask: Any) -> None:
        nonlocal counted, waiting
        if time.monotonic() - counted >= COUNT_EVERY:
            counted, waiting = time.monotonic(), visit.pages.todo()
        send(
            Progress(
                slug=slug,
                requests=dict(visit.context.requests),
                outcomes=dict(visit.context.outcomes),
                waiting=waiting,
                kind=ask.kind,
                key=ask.key,
            )
        )

    return report
