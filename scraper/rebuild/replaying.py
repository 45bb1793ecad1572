"""One visit to a partner, taken again: what was asked is known, what was answered stands in the captures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import chain

from scraper import ingest
from scraper.capture import CaptureWriter, Stored
from scraper.crawl.robots import rules_of_record
from scraper.crawl.visit import Answer, Ask, Visit, VisitContext, Walk
from scraper.errors import ArchiveError
from scraper.models import Candidate, Partner, Source
from scraper.normalise import urls
from scraper.replay import Exchanged
from scraper.store import frontier, partners, recipes
from scraper.store.archive import Archive, instant, now, parse_instant
from scraper.store.journal import Entry

from .journal_visits import JournalVisit


@dataclass(slots=True)
class Clock:
    """The time in a rebuild: that of the answer that is taken."""

    moment: datetime

    def now(self) -> datetime:
        """Return the time of the answer that is taken."""
        return self.moment


def replay_visit(archive: Archive, partner: Partner, visit: JournalVisit, answers: Iterator[Exchanged]) -> None:
    """Take the answers and failures of one visit in the order they came."""
    first = next(answers, None)
    began = visit.at or (first.record.capture.fetched_at if first else now())
    replay = Replay(archive, partner, visit, Clock(began))
    replay.visit.begin()
    came = ((one.record.capture.fetched_at, one) for one in chain([first] if first else [], answers))
    failed = ((parse_instant(entry["at"]), entry) for entry in visit.failures)
    learned = sorted(((parse_instant(entry["learned_at"]), entry) for entry in visit.recipes), key=lambda pair: pair[0])
    steps: Iterator[tuple[datetime, Exchanged | Entry]] = merge(came, failed, learned, key=lambda pair: pair[0])
    for at, one in steps:
        replay.clock.moment = at
        if isinstance(one, Exchanged):
            replay.take(one)
        elif one["what"] == "recipe":
            replay.learn(one)
        else:
            replay.miss(one)
    replay.end(visit)


class Replay:
    """A visit that is taken again: what was asked is known, what was answered stands in the captures."""

    def __init__(self, archive: Archive, partner: Partner, visit: JournalVisit, clock: Clock) -> None:
        self.archive = archive
        self.partner = partner
        self.clock = clock
        self.context = VisitContext(
            archive=archive, partner=partner, crawl=visit.crawl, full=visit.full, clock=clock.now
        )
        writer = CaptureWriter(archive.captures, partner.slug, user_agent="")  # which is never asked to write
        self.visit = Visit(self.context, writer)
        self.open: list[Walk] = []
        self.led_nowhere: dict[str, tuple[Stored, ...]] = {}
        self.pages = False

    def take(self, one: Exchanged) -> None:
        """Take one answer; a redirect that led nowhere waits for its failure in the journal."""
        self.step(one.purpose.kind, one.purpose.source)
        if not one.is_answered:
            self.led_nowhere[one.purpose.requested_url] = one.captures
        elif one.purpose.kind == "robots":
            status = str(one.record.capture.status)
            host = urls.host_of(one.purpose.requested_url)
            rules = rules_of_record(one.record)
            self.visit.hosts.note_robots(host, one.purpose.requested_url, rules, status, one.captures)
        else:
            self.take_answer(one)

    def take_answer(self, one: Exchanged) -> None:
        """Hand an answer to the visit; one that breaks our reading is noted as it is in a crawl."""
        ask = self.ask_of(one.purpose.kind, one.purpose.requested_url, one.purpose.source)
        if ask is None:
            return
        answer = Answer(
            ask=ask,
            url=one.record.capture.url,
            status=one.record.capture.status,
            headers=one.record.capture.headers,
            raw=one.record.raw,
            captures=one.captures,
            truncated=one.record.truncated is not None,
        )
        try:
            self.visit.take(answer)
        except (ArchiveError, sqlite3.DatabaseError, OSError):
            raise
        except Exception as error:
            self.visit.fail(ask, "unreadable", f"{type(error).__name__}: {error}"[:300], one.captures)

    def miss(self, entry: Entry) -> None:
        """Take a request that brought no answer."""
        captures = self.led_nowhere.pop(entry["url"], ())
        if entry["what"] == "robots-failure":
            self.visit.hosts.note_robots(entry["host"], entry["url"], None, entry["detail"], captures)
            return
        source = Source(**entry["source"]) if entry["source"] else None
        self.step(entry["kind"], source)
        ask = self.ask_of(entry["kind"], entry["url"], source)
        if ask is not None:
            self.visit.fail(ask, entry["word"], entry["reason"], captures, wait=entry["wait"])

    def learn(self, entry: Entry) -> None:
        """Take the recipe that was learned then, and read the posts that it was tried on again by it."""
        recipe = {name: entry[name] for name in ("digest", "recipe", "samples")}
        with self.archive.transaction() as connection:
            recipes.save_recipe(connection, self.partner.slug, **recipe, at=entry["learned_at"])
            for number in entry["posts"]:
                row = connection.execute("SELECT * FROM posts WHERE id = ?", [number]).fetchone()
                post = ingest.reread(self.archive, row, self.partner) if row else None
                if post is not None:
                    ingest.rewrite(connection, row, row["capture"], post, self.partner)

    def step(self, kind: str, source: Source | None) -> None:
        """Do what a visit does between two requests: end what was walked to its end, begin with the pages."""
        if kind == "robots":
            return
        if kind != "probe":
            self.visit.probes.end()
        for walk in [walk for walk in self.open if not walk.waiting]:
            if source is None or walk.row["url"] != source.url:
                self.open.remove(walk)
                self.visit.sources.end(walk)
        if kind == "page" and not self.pages:
            self.pages = True
            self.visit.pages.schedule()

    def ask_of(self, kind: str, url: str, source: Source | None) -> Ask | None:
        """Return the request that was made; None for a page that a person had removed."""
        if kind == "probe":
            return self.visit.probes.resume(url, source)
        if kind == "source" and source is not None:
            return self.ask_source(url, source)
        if kind != "page":
            return Ask(url=url, kind=kind, key=0)
        if self.visit.pages.is_removed(url):
            self.visit.pages.pass_by(Ask(url=url, kind="page", key=0))
            return None
        return Ask(url=url, kind="page", key=self.candidate(url))

    def ask_source(self, url: str, source: Source) -> Ask:
        """Return the request for a page of a source, in the walk that it belongs to."""
        walk = next((walk for walk in self.open if walk.row["url"] == source.url), None)
        if walk is None:
            with self.archive.transaction() as connection:
                partners.save_sources(connection, self.partner.slug, [source])
            row = self.archive.query(
                "SELECT * FROM sources WHERE partner = ? AND url = ?", [self.partner.slug, source.url]
            )[0]
            walk = self.visit.sources.open(row)
            self.open.append(walk)
        if url in walk.waiting:
            walk.waiting.remove(url)
        return self.visit.sources.ask(walk, url, first=not walk.seen)

    def candidate(self, url: str) -> int:
        """Return the row of an address in the frontier; one that no kept source names is added."""
        key = urls.url_key(url)
        query = "SELECT id FROM candidates WHERE partner = ? AND url_key = ?"
        row = self.archive.first(query, [self.partner.slug, key])
        if row is None:
            offered = [Candidate(url=url, found_in="capture", sure=False)]
            with self.archive.transaction() as connection:
                frontier.offer(connection, self.partner.slug, None, offered, now=instant(self.clock.moment))
            row = self.archive.query(query, [self.partner.slug, key])[0]
        return int(row["id"])

    def end(self, visit: JournalVisit) -> None:
        """End the visit as it ended."""
        self.step("end", None)
        for captures in self.led_nowhere.values():
            with self.archive.transaction() as connection:
                self.context.save_captures(connection, captures)
        if visit.end is None:
            return
        self.clock.moment = visit.end
        for walk in self.open:
            self.visit.sources.end(walk)
        if not self.pages:
            self.visit.pages.schedule()
        self.pass_over()
        self.visit.end()

    def pass_over(self) -> None:
        """Settle the addresses that were not worth a request."""
        slug, at = self.partner.slug, instant(self.clock.moment)
        for row in frontier.draw(self.archive, slug, now=at, limit=frontier.MAX_CANDIDATES):
            reason = self.visit.pages.budget.why_pass_over(row)
            if reason is not None:
                self.visit.pages.pass_over(row, reason)
