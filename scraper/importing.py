"""Take WARC files of others, or of another archive, into this one: captures first, then the one door."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import groupby
from pathlib import Path

from scraper import ingest, replay
from scraper.capture import CaptureWriter, Exchange, Purpose, Record, Stored, records
from scraper.errors import UsageError
from scraper.models import Partner
from scraper.normalise import urls
from scraper.rebuild import JournalVisit, replay_visit
from scraper.replay import Exchanged
from scraper.rights import Marks, clean
from scraper.store import families, ledger, removals
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Journal

PAGE_TYPES = ("text/html", "application/xhtml+xml")
PAGE_STATUS = (200, 404, 410)

Watch = Callable[[Path, int], None]  # a file, and how many of its records are read


@dataclass(slots=True)
class Report:
    """What an import took; `passed_over` counts the rest by why."""

    taken: Counter[str] = field(default_factory=Counter)  # partner → answers
    older: int = 0  # of these, kept as captures only: a later state is known
    passed_over: Counter[str] = field(default_factory=Counter)


def import_files(
    archive: Archive, known: Mapping[str, Partner], paths: list[Path], watch: Watch = lambda path, done: None
) -> Report:
    """Take every answer of the files that belongs to a partner; one that is held already changes nothing.

    An answer older than what a post was last read from leaves the post as it is; `archive rebuild` puts all in order.
    Raises UsageError for a file that cannot be read, before anything is taken.
    """
    report = Report()
    for path in paths:
        refuse_foreign(path)
    for path in paths:
        found = belonging(archive, known, path, report, watch)
        for slug, of_partner in groupby(found, key=lambda pair: pair[0]):
            take(archive, known[slug], (record for _, record in of_partner), report)
    return report


def refuse_foreign(path: Path) -> None:
    """Raise UsageError when a file holds no record of a response, or cannot be read."""
    try:
        if next(records(path), None) is None:
            raise UsageError(f"{path} holds no response of a WARC file")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error


def belonging(
    archive: Archive, known: Mapping[str, Partner], path: Path, report: Report, watch: Watch
) -> Iterator[tuple[str, Record]]:
    """Yield (slug, record) of every answer to be taken; count the others by why."""
    hosts = {host: slug for slug, one in known.items() for host in urls.partner_hosts(one.home, one.hosts)}
    for done, record in enumerate(records(path, report.passed_over), start=1):
        watch(path, done)
        slug = hosts.get(urls.host_of(record.capture.url))
        reason = "no partner's host" if slug is None else why_not(archive, slug, record)
        if reason is None and slug is not None:
            yield slug, explained(record)
        else:
            report.passed_over[reason or ""] += 1


def why_not(archive: Archive, slug: str, record: Record) -> str | None:
    """Say why an answer is not taken; None when it is."""
    capture = record.capture
    key = [urls.url_key(url) for url in (capture.url, capture.requested_url) if url]
    if removals.stands(archive.connection, slug, key):
        return "removed on request"
    if record.purpose is None:
        if record.revisit or capture.status not in PAGE_STATUS:
            return f"status {capture.status}"
        if capture.content_type not in PAGE_TYPES:
            return "no page"
    held = archive.first(
        "SELECT 1 FROM captures WHERE partner = ? AND url = ? AND fetched_at = ? AND status = ?",
        [slug, capture.url, instant(capture.fetched_at), capture.status],
    )
    return "held already" if held else None


def explained(record: Record) -> Record:
    """Return a record that says why it was asked for; one of another program is the page of its address."""
    purpose = record.purpose or Purpose(kind="page", requested_url=record.capture.url)
    capture = replace(record.capture, requested_url=purpose.requested_url)
    return replace(record, capture=capture, purpose=replace(purpose, crawl=None))


def take(archive: Archive, partner: Partner, found: Iterator[Record], report: Report) -> None:
    """Keep the answers as captures of this archive, and read them as if they came now."""
    if replay.known_partner(archive.captures, partner.slug) != partner:
        journal = Journal(captures=archive.captures, partner=partner.slug)
        journal.append("partner", crawl=None, at=instant(now()), partner=asdict(partner))
    writer = CaptureWriter(archive.captures, partner.slug, user_agent="regionalarchive import")
    visit = JournalVisit(crawl=None, at=None, full=False, failures=(), recipes=(), end=None)
    replay_visit(archive, partner, visit, kept_answers(archive, partner, writer, found, report))
    families.gather(archive)
    writer.close()


def kept_answers(
    archive: Archive, partner: Partner, writer: CaptureWriter, found: Iterator[Record], report: Report
) -> Iterator[Exchanged]:
    """Write each answer into the captures and yield it with its hops, unless newer ones of its address are known."""
    erased = removals.digests(archive.connection, partner.slug, erased=True)
    marks = Marks(partner=partner.slug, digests=erased) if erased else None
    hops: tuple[Stored, ...] = ()
    for record in found:
        exchange = exchange_of(record)
        kept = clean(exchange, marks) if marks else exchange
        if kept is None or record.purpose is None:
            report.passed_over["removed on request"] += 1
            continue
        hops = (*hops, writer.write(kept)) if record.purpose.hop else (writer.write(kept),)
        one = Exchanged(purpose=record.purpose, record=record, captures=hops)
        report.taken[partner.slug] += 1
        if is_older(archive, partner.slug, record):
            report.older += 1
            with archive.transaction() as connection:
                ledger.save_capture(connection, partner.slug, hops[-1], record.purpose.kind)
        elif one.is_answered:
            yield one


def is_older(archive: Archive, slug: str, record: Record) -> bool:
    """Say whether the archive knows a post or a source as it was at a later time than this."""
    at = instant(record.capture.fetched_at)
    if record.purpose is not None and record.purpose.source is not None:
        query = "SELECT 1 FROM sources WHERE partner = ? AND url = ? AND last_checked_at > ?"
        return archive.first(query, [slug, record.purpose.source.url, at]) is not None
    keys = [urls.url_key(url) for url in (record.capture.requested_url, record.capture.url)]
    post = ingest.find_post(archive.connection, slug, keys)
    return post is not None and post["last_seen_at"] > at


def exchange_of(record: Record) -> Exchange:
    """Return a record as what went over the wire."""
    capture = record.capture
    return Exchange(
        url=capture.url,
        fetched_at=capture.fetched_at,
        method="GET",
        request_headers=[],
        status=capture.status,
        headers=[(name.encode("utf-8", "replace"), value.encode("utf-8", "replace")) for name, value in record.head],
        body=record.raw,
        truncated=record.truncated,
        purpose=record.purpose,
    )
