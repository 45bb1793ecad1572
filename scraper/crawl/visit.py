"""One partner's part of a crawl: what is asked in which order, what each answer does to the archive; no Scrapy."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta

from scraper import ingest
from scraper.capture import CaptureWriter, Stored, UndecodableBody, decode_body
from scraper.discover import addresses, entry_url, read_source
from scraper.errors import EmptyCrawl, HostilePage, NotAPost, PageError, RateLimitedError
from scraper.models import Candidate, Capture, Partner, RawPost, Reading, Source
from scraper.normalise import urls
from scraper.rights import Marks, levels
from scraper.store import alarms, frontier, ids, ledger, partners, posts, removals, tallies, terms
from scraper.store.archive import Archive, Row, instant, now, parse_instant
from scraper.store.journal import Journal

from . import budgets, rhythm, soft_404, template, watch
from .hosts import HostMemory
from .probing import Probe

MAX_PAGES = 600  # of one source in one visit
PATIENCE = 3  # pages of a listing without a new or wanted address, after which an incremental visit goes no further
DEEP_DAYS = 30  # within which every old post is fetched again where the site gives no signal
DRAW = 20
REMOVED = "removed"  # the ledger's word for what a person had taken out
VANISHED = 3  # failures in a row, after which a source is taken for gone
LIES = 8  # posts that a source called changed and that were not, before its lastmod is worth nothing
FORBIDDEN_FOR = timedelta(days=1)  # until robots.txt is looked at again for an address
POST_TYPES = frozenset("Article NewsArticle BlogPosting Report PressRelease Event LiveBlogPosting".split())


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A request to be sent: what it is for, and what the last answer allows us to ask for."""

    url: str
    kind: str  # source, page
    key: int  # the row in `sources` or `candidates`
    etag: str | None = None
    last_modified: str | None = None
    revisit_of: Stored | None = None
    source: Source | None = None  # of which it is a page


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back: the last response of its redirects, and where each hop was captured."""

    ask: Ask
    url: str
    status: int
    headers: Mapping[str, str]
    raw: bytes
    captures: Sequence[Stored]
    truncated: bool = False


@dataclass(slots=True)
class Walk:
    """A visit to one source under way, page after page."""

    row: Row
    began_at: str
    memory: dict[str, str]
    pages: int = 0
    links: int = 0
    barren: int = 0
    whole: bool = True
    quiet: bool = False  # the source said that nothing happened: 304, or its own count and newest change
    answered_at: str | None = None  # the last answer; None while there was none
    waiting: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)


class Visit(HostMemory):
    """The state of one partner's crawl; every change of it that must last is in the archive."""

    def __init__(
        self,
        archive: Archive,
        partner: Partner,
        *,
        crawl: int | None,
        writer: CaptureWriter,
        full: bool = False,
        due: bool = False,
        journal: Journal | None = None,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(archive, partner.slug, crawl, clock, journal)
        self.marks: Marks | None = None  # of what was erased and must not be captured again
        self.partner = partner
        self.writer = writer
        self.full = full
        self.due = due
        self.hosts = urls.partner_hosts(partner.home, partner.hosts)
        self.requests: Counter[str] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.walks: dict[int, Walk] = {}
        self.words: dict[int, Counter[str]] = {}  # source → how often its word of a change was true
        self.drawn: set[int] = set()  # the addresses asked for in this visit
        self.budget = budgets.Budget(archive, partner.slug, crawl)
        self.probe: Probe | None = None
        self.probed: Source | None = None
        self.state: str | None = None  # of the day in the coverage ledger, once the visit has ended
        self.reason: str | None = None

    # ---- what to ask

    def begin(self) -> None:
        """Write the partner and its sources as the registry names them."""
        self.note("visit", full=self.full)
        self.note_partner()
        levels.apply(self.archive, self.partner)
        with self.archive.transaction() as connection:
            terms.save_terms(connection)
            self.follow_home(connection)
            partners.save_partner(connection, self.partner)
            frontier.forget_far_future(connection, self.partner.slug, now=self.clock())
        erased = removals.digests(self.archive.connection, self.partner.slug, erased=True)
        self.marks = Marks(partner=self.partner.slug, digests=erased) if erased else None

    def follow_home(self, connection: sqlite3.Connection) -> None:
        """Keep the posts of a partner whose home has moved, as its registry file says, to another host."""
        row = connection.execute("SELECT home_url FROM partners WHERE slug = ?", [self.partner.slug]).fetchone()
        if row is not None and urls.same_host(row["home_url"], self.hosts):
            partners.move_home(connection, self.partner.slug, row["home_url"], self.partner.home)

    def note_partner(self) -> None:
        """Keep in the journal what a person decided about the partner, when it is not what stands there already."""
        if self.journal is None:
            return
        decided = json.loads(json.dumps(asdict(self.partner)))
        last = max(self.journal.entries("partner"), key=lambda entry: str(entry["at"]), default=None)
        if last is None or last["partner"] != decided:
            self.note("partner", partner=decided)

    def note_recipes(self) -> None:
        """Keep in the journal the recipes that were learned in this visit, with the posts that they were tried on."""
        if self.journal is None:
            return
        kept = {entry["digest"] for entry in self.journal.entries("recipe")}
        for row in self.archive.query("SELECT * FROM recipes WHERE partner = ?", [self.partner.slug]):
            if row["digest"] not in kept:
                read = self.archive.query(
                    "SELECT id FROM posts WHERE partner = ? AND extractor LIKE ? ORDER BY id",
                    [self.partner.slug, f"%/{row['digest']}"],
                )
                self.note("recipe", **dict(row), posts=[post["id"] for post in read])

    def probe_asks(self) -> Iterator[Ask]:
        """Yield the requests of a probe when no source is known or all of them have vanished; keep what it finds."""
        known = partners.sources_of(self.archive, self.partner.slug)
        if any(row["failures"] < VANISHED for row in known):
            return
        self.probe = Probe(partner=self.partner, robots=self.robots_text)
        for url, source in self.probe.asks():
            self.probed = source
            yield Ask(url=url, kind="probe", key=0, source=source)
        with self.archive.transaction() as connection:
            partners.save_sources(connection, self.partner.slug, self.probe.chosen())

    def source_asks(self) -> Iterator[Ask]:
        """Yield the first request of every source that is due; sources found on the way join the end of the line."""
        asked: set[int] = set()
        while True:
            rows = [row for row in partners.sources_of(self.archive, self.partner.slug) if row["id"] not in asked]
            moment = self.clock()
            waits = [row for row in rows if self.due or rhythm.is_frozen(row, moment)]
            rows = [row for row in rows if row not in waits or rhythm.is_due(row, moment)]
            if not rows:
                return
            row = rows[0]
            asked.add(row["id"])
            walk = self.open_walk(row)
            yield self.ask_source(walk, entry_url(partners.source_of(row), walk.memory), first=True)
            yield from self.go_on(walk)

    def go_on(self, walk: Walk) -> Iterator[Ask]:
        """Yield the further pages of a source; it pauses after each block until some of its posts have been seen."""
        while walk.waiting:
            if walk.pages % budgets.BLOCK == 0 and not budgets.has_earned(self.archive, walk.row["id"], walk.pages):
                return
            yield self.ask_source(walk, walk.waiting.pop(0), first=False)
        self.end_walk(walk)

    def later_asks(self) -> Iterator[Ask]:
        """Yield what is left of sources that paused, block by block, and the pages of each block before the next."""
        paused = [walk for walk in self.walks.values() if walk.waiting]
        while paused:
            for walk in paused:
                if budgets.has_earned(self.archive, walk.row["id"], walk.pages):
                    yield from self.go_on(walk)
                else:
                    self.cut_walk(walk)
            yield from self.page_asks()
            paused = [walk for walk in paused if walk.waiting]

    def cut_walk(self, walk: Walk) -> None:
        """Leave the rest of a source whose pages brought no posts, and say so in the ledger."""
        with self.archive.transaction() as connection:
            ledger.save_fetch(
                connection,
                crawl=self.crawl,
                partner=self.partner.slug,
                url=walk.waiting[0],
                kind="source",
                at=instant(self.clock()),
                outcome="cut",
                detail=f"{walk.pages} pages of the source brought no posts",
            )
        walk.waiting.clear()
        walk.whole = False
        self.outcomes["source cut"] += 1
        self.end_walk(walk)

    def open_walk(self, row: Row) -> Walk:
        """Begin a visit to a source."""
        walk = Walk(row=row, began_at=instant(self.clock()), memory=partners.memory_of(row))
        self.walks[row["id"]] = walk
        return walk

    def ask_source(self, walk: Walk, url: str, *, first: bool) -> Ask:
        """Return the request for one page of a source; validators belong to its own address alone."""
        walk.pages += 1
        walk.seen.add(url)
        own = first and url == walk.row["url"] and walk.row["status"] == "read" and not self.full
        return Ask(
            url=url,
            kind="source",
            key=walk.row["id"],
            source=partners.source_of(walk.row),
            etag=walk.row["etag"] if own else None,
            last_modified=walk.row["last_modified"] if own else None,
        )

    def page_asks(self) -> Iterator[Ask]:
        """Yield the request of every address that is due, the most wanted first, until none is left."""
        if not self.drawn:
            self.schedule()
        done = self.drawn
        while True:
            rows = frontier.draw(self.archive, self.partner.slug, now=instant(self.clock()), limit=DRAW + len(done))
            rows = [row for row in rows if row["id"] not in done]
            if not rows:
                template.learn(self.archive, self.partner)
                return
            for row in rows:
                done.add(row["id"])
                if self.budget.is_spent(row, self.clock()):
                    self.outcomes["cut"] += 1
                    continue
                if self.soft_404_due(urls.host_of(row["url"])):
                    yield Ask(url=soft_404.impossible_url(row["url"]), kind="soft-404", key=0)
                reason = None if row["sure"] or row["state"] == "post" else frontier.why_pass_over(self.archive, row)
                if reason is None:
                    yield self.ask_page(row)
                else:
                    self.pass_over(row, reason)

    def pass_over(self, row: Row, reason: str) -> None:
        """Settle an address without a request; the ledger says why."""
        at = instant(self.clock())
        with self.archive.transaction() as connection:
            frontier.settle(connection, row["id"], state="not-post", outcome="passed-over", now=at, reason=reason)
        self.outcomes["passed-over"] += 1

    def single_asks(self, url: str) -> Iterator[Ask]:
        """Yield the request of one page, whether any source names it or not."""
        at = instant(self.clock())
        with self.archive.transaction() as connection:
            offered = [Candidate(url=url, found_in="a person")]
            frontier.offer(connection, self.partner.slug, None, offered, now=at)
        row = self.archive.first(
            "SELECT * FROM candidates WHERE partner = ? AND url_key = ?", [self.partner.slug, urls.url_key(url)]
        )
        if row is not None:
            yield self.ask_page(row)

    def schedule(self) -> None:
        """Make old posts due: all of them for a full crawl, else the day's share of those long unseen."""
        moment = self.clock()
        with self.archive.transaction() as connection:
            if self.full:
                before = instant(moment + timedelta(seconds=1))  # also what was fetched within this second
                frontier.schedule_deep_checks(
                    connection, self.partner.slug, before=before, limit=None, now=instant(moment)
                )
                return
            share = rhythm.deep_share(connection, self.partner.slug, days=DEEP_DAYS)
            before = instant(moment - timedelta(days=1))
            frontier.schedule_deep_checks(
                connection, self.partner.slug, before=before, limit=share, now=instant(moment)
            )

    def ask_page(self, row: Row) -> Ask:
        """Return the request for an address, with the validators of its last capture."""
        stored = self.last_capture(row) if row["etag"] or row["last_modified"] else None
        return Ask(
            url=row["url"],
            kind="page",
            key=row["id"],
            etag=row["etag"] if stored else None,
            last_modified=row["last_modified"] if stored else None,
            revisit_of=stored,
        )

    def last_capture(self, row: Row) -> Stored | None:
        """Return the capture that a 304 of this address would repeat; None when there is none to repeat."""
        found = self.archive.first(
            "SELECT captures.* FROM posts JOIN captures ON captures.id = posts.capture WHERE posts.id = ?",
            [row["post"]],
        )
        if found is None:
            return None
        return Stored(
            url=found["url"],
            fetched_at=parse_instant(found["fetched_at"]),
            status=found["status"],
            digest=found["digest"],
            warc=found["warc"],
            offset=found["offset"],
            length=found["length"],
        )

    def todo(self) -> int:
        """Return how many addresses wait to be fetched in this run."""
        return frontier.count_due(self.archive, self.partner.slug, now=instant(self.clock()))

    # ---- what an answer does

    def take(self, answer: Answer) -> None:
        """Store one answer and all that follows from it, in one transaction."""
        self.requests[answer.ask.kind] += len(answer.captures) or 1
        if answer.ask.kind == "probe":
            self.take_probe(answer)
        elif answer.ask.kind == "soft-404":
            self.take_soft_404(answer)
        elif answer.ask.kind == "source":
            self.take_source(answer)
        else:
            self.take_page(answer)

    def take_probe(self, answer: Answer) -> None:
        """Let the probe judge an answer, and write the request into the ledger."""
        if self.probe is None or self.probed is None:
            return
        self.probe.take(self.probed, self.capture_of(answer))
        found = self.probe.findings[-1]
        with self.archive.transaction() as connection:
            outcome = "read" if found.verdict == "good" else found.verdict
            capture = self.save_captures(answer, "probe")
            self.note_answer(connection, answer, outcome, capture, detail=found.words)

    def note_answer(
        self,
        connection: sqlite3.Connection,
        answer: Answer,
        outcome: str,
        capture: int | None,
        *,
        links: int | None = None,
        detail: str | None = None,
    ) -> None:
        """Write an answer into the ledger, as what it was asked for."""
        ledger.save_fetch(
            connection,
            crawl=self.crawl,
            partner=self.partner.slug,
            url=answer.ask.url,
            kind=answer.ask.kind,
            at=instant(self.time_of(answer)),
            outcome=outcome,
            status=answer.status,
            size=len(answer.raw),
            links=links,
            capture=capture,
            detail=detail,
        )

    def take_soft_404(self, answer: Answer) -> None:
        """Learn what the host shows for an address that it cannot have."""
        found = "" if answer.status >= 300 else soft_404.fingerprint_of(self.capture_of(answer))
        self.note_soft_404(urls.host_of(answer.ask.url), found)
        with self.archive.transaction() as connection:
            capture = self.save_captures(answer, "soft-404")
            self.note_answer(connection, answer, "learned" if found else "refused", capture)

    def take_source(self, answer: Answer) -> None:
        """Read one page of a source and offer what it lists to the frontier."""
        walk = self.walks[answer.ask.key]
        source = partners.source_of(walk.row)
        if answer.status == 304:
            self.note_source(walk, answer, "not-modified", Reading(unchanged=True))
            return
        reading: Reading | PageError
        try:
            reading = read_source(self.capture_of(answer), source, self.partner, walk.memory)
        except PageError as error:
            reading = error
        if walk.pages > 1 and answer.status in (400, 404, 410) and walk.row["kind"] in ("feed", "wordpress"):
            self.note_source(walk, answer, "read", Reading())  # the page after the last
            return
        if answer.status >= 400 or isinstance(reading, PageError):
            reason = f"status {answer.status}" if answer.status >= 400 else str(reading)
            word = "rate-limited" if answer.status in (429, 503) else "failed" if answer.status >= 400 else "unreadable"
            walk.whole = False
            self.note_source(walk, answer, word, Reading(), reason=reason)
            return
        self.note_source(walk, answer, "read", reading)

    def note_source(
        self, walk: Walk, answer: Answer, word: str, reading: Reading, *, reason: str | None = None
    ) -> None:
        """Write what one page of a source brought, and decide which of its pages come next."""
        at = instant(self.time_of(answer))
        walk.answered_at = at
        partner, source = self.partner.slug, walk.row["id"]
        wanted = [candidate for candidate in reading.candidates if self.is_wanted(candidate)]
        with self.archive.transaction() as connection:
            capture = self.save_captures(answer, "source")
            listed = frontier.offer(
                connection,
                partner,
                source,
                wanted,
                now=at,
                trust_lastmod=walk.row["lastmod_trust"] != "worthless",
                capture=capture,
            )
            children = budgets.allowed_children(self.archive, walk.row, reading.children)
            partners.save_sources(connection, partner, children, parent=source)
            self.save_calendar(walk.row, reading, at)
            detail = reason or "; ".join(reading.faults) or None
            self.note_answer(connection, answer, word, capture, links=listed.links, detail=detail)
            news = bool(listed.new or listed.due)
            rhythm.note_page(connection, self.partner, walk.row, answer.headers, word, at=at, news=news, reason=reason)
        self.outcomes[f"source {word}"] += 1
        self.plan_next(walk, reading, listed)

    def plan_next(self, walk: Walk, reading: Reading, listed: frontier.Listed) -> None:
        """Add the next pages of a source, unless they bring nothing new any more or there are too many."""
        walk.memory = {**walk.memory, **reading.memory}
        walk.links += listed.links
        walk.quiet = walk.quiet or reading.unchanged
        walk.whole = walk.whole and (reading.whole or bool(reading.children))
        walk.barren = 0 if listed.new or listed.due else walk.barren + 1
        known_before = walk.row["status"] == "read" and not self.full
        if walk.barren >= (PATIENCE if not known_before else 1) and walk.row["kind"] in ("listing", "feed"):
            walk.whole = walk.whole and not reading.next_urls
            return
        for url in reading.next_urls:
            known = url in walk.seen or url in walk.waiting or walk.pages >= MAX_PAGES
            if not known and budgets.is_worth_following(url, self.clock()):
                walk.waiting.append(url)

    def end_walk(self, walk: Walk) -> None:
        """Keep what the source asked to remember, and look again for what a whole list does not name any more."""
        at = walk.answered_at or instant(self.clock())
        row = self.archive.first("SELECT status FROM sources WHERE id = ?", [walk.row["id"]])
        if row is None or row["status"] != "read":
            return
        with self.archive.transaction() as connection:
            if walk.whole and walk.links:
                frontier.recheck_vanished(connection, self.partner.slug, walk.row["id"], since=walk.began_at, now=at)
            rhythm.judge_lastmod(connection, walk.row["id"], at=at)
            connection.execute(
                "UPDATE sources SET memory = ?, complete = ?, posts_seen = CASE WHEN ? > 0 THEN ? ELSE posts_seen END"
                " WHERE id = ?",
                [json.dumps(walk.memory, sort_keys=True), int(walk.whole), walk.links, walk.links, walk.row["id"]],
            )

    def is_wanted(self, candidate: Candidate) -> bool:
        """Say whether an address may be one of the partner's posts: on its hosts, and as its patterns or words say."""
        if not urls.same_host(candidate.url, self.hosts):
            return False
        patterns = self.partner.posts.values()
        if patterns:
            return any(re.search(pattern, candidate.url) for pattern in patterns)
        return addresses.may_be_post(candidate.url)

    def save_calendar(self, source: Row, reading: Reading, at: str) -> None:
        """Write the events of a calendar that have no page of their own here."""
        for event in reading.events:
            if event.url and urls.same_host(event.url, self.hosts):
                continue
            key = event.uid or f"{event.title} {event.when_edtf}"
            event_id = ids.event_id(self.partner.slug, f"source {source['url']}", key)
            posts.save_event(
                self.archive.connection,
                event_id,
                self.partner.slug,
                event,
                now=at,
                source=source["id"],
                public=self.partner.rights.public,
            )

    def take_page(self, answer: Answer) -> None:
        """Read one page and store what it says."""
        at = instant(self.time_of(answer))
        row = self.archive.first("SELECT * FROM candidates WHERE id = ?", [answer.ask.key])
        if row is None:
            return
        capture = None if answer.status == 304 else self.capture_of(answer)
        reading: RawPost | PageError | None = self.read(capture) if capture else None
        if isinstance(reading, RawPost) and not (row["sure"] or row["post"] or says_post(reading)):
            reading = NotAPost("no-evidence", "neither a source nor the page says that it is a post")
        if self.is_removed(answer.ask.url, answer.url):
            self.pass_by(answer.ask)
            return
        with self.archive.transaction() as connection:
            number = self.save_captures(answer, "page")
            if capture is None or reading is None:
                known = row["post"] is not None  # a 304 for a page we never had says nothing
                outcome = self.not_modified(row, at) if known else self.put_off(row, answer, at)
            elif self.is_passing(answer):
                outcome = self.put_off(row, answer, at)
            else:
                stored = replace(capture, id=number)
                outcome = ingest.ingest_page(self.archive, connection, self.partner, stored, reading=reading)
                self.settle(row, outcome, answer, at)
            self.note_answer(connection, answer, outcome.word, number, detail=outcome.reason)
        self.outcomes[outcome.word] += 1
        self.budget.note(outcome.word)
        if row["due_by"] is not None:
            self.judge_word(row["due_by"], outcome.word)

    def judge_word(self, source: int, outcome: str) -> None:
        """Count whether a source's word that a post changed was true; one that never is, is not believed any more."""
        tally = self.words.setdefault(source, Counter())
        tally["true" if outcome in ("changed", "moved", "gone") else "false"] += 1
        if tally["false"] >= LIES and tally["false"] > 4 * tally["true"]:
            with self.archive.transaction() as connection:
                connection.execute("UPDATE sources SET lastmod_trust = 'worthless' WHERE id = ?", [source])
                frontier.forget_due(connection, self.partner.slug, source)

    def read(self, capture: Capture) -> RawPost | PageError:
        """Read a page; one whose body could not be decoded comes back as why."""
        if capture.headers.get("x-archive-undecodable"):
            return HostilePage("undecodable", capture.headers["x-archive-undecodable"])
        if self.is_soft_404(urls.host_of(capture.url), capture):
            return NotAPost("soft-404", "what the site shows for addresses that it does not have")
        return ingest.read_page(self.archive, self.partner, capture)

    def is_passing(self, answer: Answer) -> bool:
        """Say whether an answer says nothing of the page, only of the moment: try again another day."""
        return answer.status >= 500 or answer.status in (408, 425, 429)

    def put_off(self, row: Row, answer: Answer, at: str) -> ingest.Outcome:
        """Leave a page in the frontier for a later run."""
        word = "rate-limited" if answer.status in (429, 503) else "failed"
        until = ingest.retry_at(at, row["attempts"])
        hold = self.hold_of(urls.host_of(answer.ask.url))
        if hold:
            until = max(until, instant(self.clock() + timedelta(seconds=hold)))
        reason = f"status {answer.status}"
        frontier.postpone(self.archive.connection, row["id"], outcome=word, until=until, reason=reason)
        return ingest.Outcome(word=word, reason=reason)

    def not_modified(self, row: Row, at: str) -> ingest.Outcome:
        """Note that a page is as it was (304)."""
        if row["post"] is not None:
            posts.touch(self.archive.connection, row["post"], now=at)
            tallies.refresh(self.archive.connection, row["post"])
        frontier.settle(self.archive.connection, row["id"], state=row["state"], outcome="not-modified", now=at)
        return ingest.Outcome(word="not-modified", post=row["post"])

    def settle(self, row: Row, outcome: ingest.Outcome, answer: Answer, at: str) -> None:
        """Write what an address turned out to be, with the validators for the next time."""
        states = {
            "refused": "not-post",
            "removed": "not-post",
            "unreadable": "not-post",
            "gone": "gone",
            "still-gone": "gone",
        }
        state = states.get(outcome.word, "post")
        if state == "post" and (outcome.word == "duplicate" or urls.url_key(answer.url) != row["url_key"]):
            state = "duplicate"  # another address of a post, fetched again only when a source names it
        if outcome.word == "blocked":
            until = ingest.retry_at(at, row["attempts"] + 2)
            frontier.postpone(self.archive.connection, row["id"], outcome="blocked", until=until, reason=outcome.reason)
            return
        frontier.settle(
            self.archive.connection,
            row["id"],
            state=state,
            outcome=outcome.word,
            now=at,
            post=outcome.post,
            etag=answer.headers.get("etag", "")[:300],
            last_modified=answer.headers.get("last-modified", "")[:100],
            reason=outcome.reason,
        )

    def capture_of(self, answer: Answer) -> Capture:
        """Return an answer as the value that readers take: decoded, its address and the one that was asked."""
        headers = dict(answer.headers)
        try:
            body = decode_body(answer.raw, headers.get("content-encoding", ""))
        except UndecodableBody as error:
            body, headers["x-archive-undecodable"] = b"", str(error)
        return Capture(
            url=answer.url,
            requested_url=answer.ask.url,
            fetched_at=self.time_of(answer),
            status=answer.status,
            headers=headers,
            body=body,
        )

    def time_of(self, answer: Answer) -> datetime:
        """Return when an answer came, as its capture says: the same now and in a rebuild."""
        return answer.captures[-1].fetched_at if answer.captures else self.clock()

    def save_captures(self, answer: Answer, kind: str) -> int | None:
        """Write the rows of every hop; return that of the last."""
        numbers = [
            ledger.save_capture(self.archive.connection, self.partner.slug, stored, kind if last else "redirect")
            for stored, last in with_last(answer.captures)
        ]
        return numbers[-1] if numbers else None

    # ---- what goes wrong

    def is_removed(self, *addresses: str) -> bool:
        """Say whether a person had one of the addresses removed."""
        return removals.stands(self.archive.connection, self.partner.slug, [urls.url_key(url) for url in addresses])

    def pass_by(self, ask: Ask) -> None:
        """Forget an address that leads to a removed post; the ledger does not name it."""
        at = instant(self.clock())
        with self.archive.transaction() as connection:
            connection.execute("DELETE FROM candidates WHERE id = ? AND post IS NULL", [ask.key])
            removals.extend(connection, self.partner.slug, urls.url_key(ask.url))
            ledger.save_fetch(
                connection,
                crawl=self.crawl,
                partner=self.partner.slug,
                url="(removed)",
                kind=ask.kind,
                at=at,
                outcome=REMOVED,
            )
        self.outcomes[REMOVED] += 1

    def miss(self, ask: Ask, word: str, reason: str, captures: Sequence[Stored], *, wait: float | None = None) -> None:
        """Note a request that brought no answer, in the journal too: no capture will tell of it."""
        if word == REMOVED and ask.kind == "page":
            self.pass_by(ask)
            return
        source = asdict(ask.source) if ask.source else None
        self.note("failure", kind=ask.kind, url=ask.url, source=source, word=word, reason=reason, wait=wait)
        self.fail(ask, word, reason, captures, wait=wait)

    def fail(self, ask: Ask, word: str, reason: str, captures: Sequence[Stored], *, wait: float | None = None) -> None:
        """Note a request that brought nothing to store; a page stays in the frontier unless robots.txt forbids it."""
        at = instant(self.clock())
        self.requests[ask.kind] += len(captures)
        if ask.kind == "soft-404":
            self.note_soft_404(urls.host_of(ask.url), "")
        with self.archive.transaction() as connection:
            numbers = [ledger.save_capture(connection, self.partner.slug, stored, "redirect") for stored in captures]
            if ask.kind == "probe":
                if self.probe is not None and self.probed is not None:
                    self.probe.fail(self.probed, reason, word)
            elif ask.kind == "source":
                walk = self.walks[ask.key]
                walk.whole = False
                rhythm.note_page(connection, self.partner, walk.row, {}, word, at=at, reason=reason)
            elif ask.kind == "page":
                self.fail_page(ask.key, word, reason, wait)
            ledger.save_fetch(
                connection,
                crawl=self.crawl,
                partner=self.partner.slug,
                url=ask.url,
                kind=ask.kind,
                at=at,
                outcome=word,
                capture=numbers[-1] if numbers else None,
                detail=reason,
            )
        self.outcomes[word if ask.kind == "page" else f"{ask.kind} {word}"] += 1
        if ask.kind == "page":
            self.budget.note(word)

    def fail_page(self, candidate: int, word: str, reason: str, wait: float | None) -> None:
        """Leave a page in the frontier for later; only one that leads to another host is settled.

        What robots.txt forbids is asked for again, which costs no request while it stands: it may be a slip of a day.
        """
        at = self.clock()
        row = self.archive.first("SELECT attempts, post FROM candidates WHERE id = ?", [candidate])
        attempts = row["attempts"] if row else 0
        if word == "off-limits":
            state = "post" if row and row["post"] else "not-post"
            frontier.settle(
                self.archive.connection, candidate, state=state, outcome=word, now=instant(at), reason=reason
            )
            return
        until = ingest.retry_at(instant(at), attempts)
        if word == "forbidden":
            until = max(until, instant(at + FORBIDDEN_FOR))
        if wait:
            until = max(until, instant(at + timedelta(seconds=wait)))
        frontier.postpone(self.archive.connection, candidate, outcome=word, until=until, reason=reason)

    def end(self) -> None:
        """Derive today's line of the coverage ledger, and raise or lift the alarms that follow from this visit."""
        self.note("visit-end")
        self.note_recipes()
        day = self.clock().strftime("%Y-%m-%d")
        emptied = [walk.row["url"] for walk in self.walks.values() if self.is_emptied(walk)]
        with self.archive.transaction() as connection:
            self.state, self.reason = ledger.update_coverage(connection, self.partner.slug, day)
            about = {url: f"{url} lists nothing, where it listed posts before" for url in emptied}
            alarms.set_alarms(connection, self.partner.slug, "emptied", about, at=instant(self.clock()))
            watch.raise_alarms(connection, self.partner.slug, self.clock())
        if emptied:
            self.state, self.reason = "blind", f"{emptied[0]} lists nothing, where it listed posts before"

    def is_emptied(self, walk: Walk) -> bool:
        """Say whether a source that listed posts before was read and listed none."""
        row = self.archive.first("SELECT status FROM sources WHERE id = ?", [walk.row["id"]])
        read = row is not None and row["status"] == "read"
        return bool(read and not walk.quiet and not walk.links and walk.row["posts_seen"])

    def complaint(self) -> str | None:
        """Return the line that a person should read after this visit; None when all is well."""
        limited = self.outcomes["rate-limited"] + self.outcomes["source rate-limited"]
        if limited:
            return f"asked to come back later; {self.todo() or limited} addresses wait in the frontier"
        if self.state in ("blind", "blocked"):
            return f"{self.state}: {self.reason}"
        return None

    def exit_code(self) -> int:
        """Return 0 when the visit is complete, 1 when something needs a person, 18 when the partner slowed us down."""
        if self.outcomes["rate-limited"] or self.outcomes["source rate-limited"]:
            return RateLimitedError.exit_code
        return EmptyCrawl.exit_code if self.state in ("blind", "blocked") else 0


def says_post(raw: RawPost) -> bool:
    """Say whether a page itself says that it is a post: by its type, a publication date, or an event."""
    return has_own_date(raw) or bool(raw.events) or (raw.share.json_ld_type or "") in POST_TYPES


def has_own_date(raw: RawPost) -> bool:
    """Say whether a page has one publication date; several that stand alike are those of a list."""
    claims = [claim for claim in raw.dates if claim.field == "published"]
    best = next((claim for claim in claims if claim.chosen), None)
    return best is not None and not any(claim.score >= best.score and claim.on != best.on for claim in claims)


def with_last(captures: Sequence[Stored]) -> Iterator[tuple[Stored, bool]]:
    """Yield each capture and whether it is the last."""
    for number, stored in enumerate(captures, start=1):
        yield stored, number == len(captures)
