"""The database again, from captures and journal alone: every answer is taken as it was when it came."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from heapq import merge
from itertools import chain, groupby
from pathlib import Path

from scraper import ingest, replay
from scraper.capture import CaptureWriter, Stored
from scraper.check import check
from scraper.crawl.probing import Probe
from scraper.crawl.robots import rules_of_record
from scraper.crawl.visit import Answer, Ask, Visit, Walk
from scraper.errors import ArchiveError, ConfigError
from scraper.models import Candidate, Partner, Source
from scraper.normalise import urls
from scraper.replay import Exchanged
from scraper.rights.takedown import remember, restore
from scraper.store import frontier, ledger, partners, recipes, removals
from scraper.store.archive import Archive, instant, now, open_archive, parse_instant
from scraper.store.journal import Entry, Journal

Watch = Callable[[str, int], None]  # a partner, and how many of its answers are taken


@dataclass(slots=True)
class Report:
    """What a rebuild read, and what it could not place, one line each."""

    path: Path
    answers: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Clock:
    """The time in a rebuild: that of the answer that is taken."""

    moment: datetime

    def now(self) -> datetime:
        """Return the time of the answer that is taken."""
        return self.moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """One visit to a partner as the journal tells it; `end` None: it was cut short."""

    crawl: int | None
    at: datetime | None
    full: bool
    failures: tuple[Entry, ...]
    recipes: tuple[Entry, ...]
    end: datetime | None


def rebuild(
    db: Path, known: Mapping[str, Partner], *, into: Path | None = None, watch: Watch = lambda slug, done: None
) -> Report:
    """Build the database of the captures beside `db` anew, check it, and put it in the place of the old one.

    `known` are the partners of the registry; one that is not among them is read as the journal has it. With `into` the
    new database stays there and the old one is not touched. Raises ConfigError when there are no captures.
    """
    captures = db.parent / "captures"
    if not captures.is_dir():
        raise ConfigError(f"no captures beside {db}; there is nothing to rebuild from")
    draft = into or db.with_name(f".{db.name}.rebuilding")
    if into is not None and into.exists():
        raise ConfigError(f"{into} exists; name a new file")
    delete(draft)
    report = Report(path=into or db)
    with open_archive(draft) as archive:
        archive.captures = captures
        archive.connection.execute("PRAGMA synchronous=OFF")  # a rebuild that is cut short is thrown away
        fill(archive, known, report, watch)
        archive.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    found = check(draft, captures=captures)
    report.counts, report.faults = dict(found.counts), [*report.faults, *found.faults]
    if into is None:
        put_in_place(draft, db)
    return report


def delete(path: Path) -> None:
    """Delete a database and its log."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def put_in_place(draft: Path, db: Path) -> None:
    """Rename the new database into the place of the old one, which is kept beside it."""
    if db.exists():
        with suppress(sqlite3.DatabaseError):  # a damaged file is a reason to rebuild
            connection = sqlite3.connect(db)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        db.rename(db.with_name(f"{db.name}.before-rebuild"))
    for suffix in ("-wal", "-shm"):
        db.with_name(db.name + suffix).unlink(missing_ok=True)
        draft.with_name(draft.name + suffix).unlink(missing_ok=True)
    draft.rename(db)


def fill(archive: Archive, known: Mapping[str, Partner], report: Report, watch: Watch) -> None:
    """Write all that captures and journal tell."""
    restore_ledger(archive)
    for slug in replay.partners_of(archive.captures):
        partner = known.get(slug) or replay.known_partner(archive.captures, slug)
        if partner is None:
            report.faults.append(f"{slug}: neither in the registry nor in the journal; its captures are left alone")
        elif not removals.stands(archive.connection, slug, []):
            report.answers += replay_partner(archive, partner, watch)


def restore_ledger(archive: Archive) -> None:
    """Write the crawls and the removals as the journal tells them."""
    with archive.transaction() as connection:
        for entry in Journal(captures=archive.captures).entries():
            restore_entry(connection, entry)


def restore_entry(connection: sqlite3.Connection, entry: Entry) -> None:
    """Write one line of the journal of the whole archive."""
    if entry["what"] == "crawl":
        values = [entry["id"], entry["started_at"], entry["partners"]]
        connection.execute("INSERT OR IGNORE INTO crawls (id, started_at, partners) VALUES (?, ?, ?)", values)
    elif entry["what"] == "crawl-end":
        values = [entry["finished_at"], entry["outcome"], entry["id"]]
        connection.execute("UPDATE crawls SET finished_at = ?, outcome = ? WHERE id = ?", values)
    elif entry["what"] == "removal":
        restore(connection, entry)
    elif entry["what"] == "erasing":
        remember(connection, entry["id"], entry["digests"])
    elif entry["what"] == "erased":
        connection.execute("UPDATE removals SET done_at = ? WHERE id = ?", [entry["at"], entry["id"]])
    elif entry["what"] == "lift":
        connection.execute("UPDATE removals SET lifted_at = ? WHERE id = ?", [entry["at"], entry["id"]])


def replay_partner(archive: Archive, partner: Partner, watch: Watch) -> int:
    """Take every answer of a partner again, visit by visit; return how many."""
    journal = Journal(captures=archive.captures, partner=partner.slug)
    pasts = list(read_pasts(journal.entries()))
    done = Counter[str]()
    answers = counted(replay.exchanges(archive.captures, partner.slug), done)
    for crawl, of_visit in groupby(answers, key=lambda one: one.errand.crawl):
        replay_until(archive, partner, pasts, crawl, of_visit)
        watch(partner.slug, done.total())
    for past in pasts:  # visits after the last answer, in which nothing came
        replay_visit(archive, partner, past, iter(()))
    return done.total()


def counted(answers: Iterable[Exchanged], done: Counter[str]) -> Iterator[Exchanged]:
    """Yield the answers and count them by their kind."""
    for one in answers:
        done[one.errand.kind] += 1
        yield one


def read_pasts(entries: Iterable[Entry]) -> Iterator[Past]:
    """Yield the visits of a partner in order."""
    lines: list[Entry] = []
    for entry in entries:
        if entry["what"] == "visit" and lines:
            yield read_past(lines)
            lines = []
        if entry["what"] == "visit" or lines:
            lines.append(entry)
    if lines:
        yield read_past(lines)


def read_past(lines: list[Entry]) -> Past:
    """Return the lines of one visit as a value."""
    ends = [entry["at"] for entry in lines if entry["what"] == "visit-end"]
    return Past(
        crawl=lines[0]["crawl"],
        at=parse_instant(lines[0]["at"]),
        full=lines[0]["full"],
        failures=tuple(entry for entry in lines if entry["what"] in ("failure", "robots-failure")),
        recipes=tuple(entry for entry in lines if entry["what"] == "recipe"),
        end=parse_instant(ends[-1]) if ends else None,
    )


def replay_until(
    archive: Archive, partner: Partner, pasts: list[Past], crawl: int | None, answers: Iterator[Exchanged]
) -> None:
    """Take the visits up to the one in which these answers came, and it too; `pasts` loses them."""
    while any(past.crawl == crawl for past in pasts):
        past = pasts.pop(0)
        if past.crawl == crawl:
            replay_visit(archive, partner, past, answers)
            return
        replay_visit(archive, partner, past, iter(()))
    alone = Past(crawl=crawl, at=None, full=False, failures=(), recipes=(), end=None)
    replay_visit(archive, partner, alone, answers)


def replay_visit(archive: Archive, partner: Partner, past: Past, answers: Iterator[Exchanged]) -> None:
    """Take the answers and failures of one visit in the order they came."""
    first = next(answers, None)
    began = past.at or (first.record.capture.fetched_at if first else now())
    again = Again(archive, partner, past, Clock(began))
    again.visit.begin()
    came = ((one.record.capture.fetched_at, one) for one in chain([first] if first else [], answers))
    failed = ((parse_instant(entry["at"]), entry) for entry in past.failures)
    learned = ((parse_instant(entry["learned_at"]), entry) for entry in past.recipes)
    steps: Iterator[tuple[datetime, Exchanged | Entry]] = merge(came, failed, learned, key=lambda pair: pair[0])
    for at, one in steps:
        again.clock.moment = at
        if isinstance(one, Exchanged):
            again.take(one)
        elif one["what"] == "recipe":
            again.learn(one)
        else:
            again.miss(one)
    again.end(past)


class Again:
    """A visit that is taken again: what was asked is known, what was answered stands in the captures."""

    def __init__(self, archive: Archive, partner: Partner, past: Past, clock: Clock) -> None:
        self.archive = archive
        self.partner = partner
        self.clock = clock
        writer = CaptureWriter(archive.captures, partner.slug, user_agent="")  # which is never asked to write
        self.visit = Visit(archive, partner, crawl=past.crawl, writer=writer, full=past.full, clock=clock.now)
        self.open: list[Walk] = []
        self.led_nowhere: dict[str, tuple[Stored, ...]] = {}
        self.pages = False

    def take(self, one: Exchanged) -> None:
        """Take one answer; a redirect that led nowhere waits for its failure in the journal."""
        self.step(one.errand.kind, one.errand.source)
        if not one.is_answered:
            self.led_nowhere[one.errand.requested_url] = one.captures
        elif one.errand.kind == "robots":
            status = str(one.record.capture.status)
            host = urls.host_of(one.errand.requested_url)
            rules = rules_of_record(one.record)
            self.visit.note_robots(host, one.errand.requested_url, rules, status, one.captures)
        else:
            self.take_answer(one)

    def take_answer(self, one: Exchanged) -> None:
        """Hand an answer to the visit; one that breaks our reading is noted as it is in a crawl."""
        ask = self.ask_of(one.errand.kind, one.errand.requested_url, one.errand.source)
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
            self.visit.note_robots(entry["host"], entry["url"], None, entry["detail"], captures)
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
        if self.visit.probe is not None and kind != "probe" and self.visit.probed is not None:
            self.end_probe()
        for walk in [walk for walk in self.open if not walk.waiting]:
            if source is None or walk.row["url"] != source.url:
                self.open.remove(walk)
                self.visit.end_walk(walk)
        if kind == "page" and not self.pages:
            self.pages = True
            self.visit.schedule()

    def end_probe(self) -> None:
        """Keep the sources that a probe chose."""
        if self.visit.probe is not None:
            with self.archive.transaction() as connection:
                partners.save_sources(connection, self.partner.slug, self.visit.probe.chosen())
        self.visit.probed = None

    def ask_of(self, kind: str, url: str, source: Source | None) -> Ask | None:
        """Return the request that was made; None for a page that a person had removed."""
        if kind == "probe":
            self.visit.probe = self.visit.probe or Probe(partner=self.partner, robots=None)
            self.visit.probed = source
            return Ask(url=url, kind="probe", key=0, source=source)
        if kind == "source" and source is not None:
            return self.ask_source(url, source)
        if kind != "page":
            return Ask(url=url, kind=kind, key=0)
        if self.visit.is_removed(url):
            self.visit.pass_by(Ask(url=url, kind="page", key=0))
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
            walk = self.visit.open_walk(row)
            self.open.append(walk)
        if url in walk.waiting:
            walk.waiting.remove(url)
        return self.visit.ask_source(walk, url, first=not walk.seen)

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

    def end(self, past: Past) -> None:
        """End the visit as it ended."""
        self.step("end", None)
        for captures in self.led_nowhere.values():
            with self.archive.transaction() as connection:
                for stored in captures:
                    ledger.save_capture(connection, self.partner.slug, stored, "redirect")
        if past.end is None:
            return
        self.clock.moment = past.end
        for walk in self.open:
            self.visit.end_walk(walk)
        if not self.pages:
            self.visit.schedule()
        self.pass_over()
        self.visit.end()

    def pass_over(self) -> None:
        """Settle the addresses that were not worth a request."""
        slug, at = self.partner.slug, instant(self.clock.moment)
        for row in frontier.draw(self.archive, slug, now=at, limit=frontier.MAX_CANDIDATES):
            sure = row["sure"] or row["state"] == "post"
            reason = None if sure else frontier.why_pass_over(self.archive, row)
            if reason is not None:
                self.visit.pass_over(row, reason)
