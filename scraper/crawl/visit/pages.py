"""The pages of a partner: which addresses are asked for, and what each answer makes of them."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urljoin

from scraper import extract, ingest
from scraper.crawl import budgets, rhythm, soft_404, template
from scraper.errors import HostilePage, NotAPost, PageError
from scraper.models import Candidate, Capture, RawPost
from scraper.normalise import urls
from scraper.store import frontier, ledger, posts, removals, tallies
from scraper.store.archive import Row, instant

from .context import VisitContext
from .doubts import MISSED, STRANGE, Doubts
from .evidence import says_post
from .exchange import Answer, Ask, is_passing
from .hosts import HostMemory
from .undeclared import Undeclared

TDM_FILE = "/.well-known/tdmrep.json"
DEEP_DAYS = 30  # within which every old post is fetched again where the site gives no signal
DRAW = 20
MOST_DRAWN = 2_000  # rows held at once
REMOVED = "removed"  # the ledger's word for what a person had taken out
LIES = 8  # posts that a source called changed and that were not, before its lastmod is worth nothing
FORBIDDEN_FOR = timedelta(days=1)  # until robots.txt is looked at again for an address
UNASKED = ("forbidden", "rate-limited", "robots-unreachable")  # no request was sent
STATES = {"refused": "not-post", "removed": "not-post", "unreadable": "not-post", "gone": "gone", "still-gone": "gone"}


class Pages:
    """The addresses of one visit, from the frontier and back into it."""

    def __init__(self, context: VisitContext, hosts: HostMemory) -> None:
        self.context = context
        self.archive = context.archive
        self.hosts = hosts
        self.began = context.at()
        self.drawn: set[int] = set()  # the addresses asked for in this visit
        self.doubted: dict[int, bool] = {}  # those that were not believed → asked for again
        self.doubts = Doubts(context, hosts)
        self.budget = budgets.Budget(context.archive, context.slug, context.crawl)
        self.undeclared = Undeclared(context, self.budget)
        self.words: dict[int, Counter[str]] = {}  # source → how often its word of a change was true

    # ---- what to ask

    def asks(self) -> Iterator[Ask]:
        """Yield the request of every address that is due, the most wanted first, until none is left."""
        self.budget.recount()
        if not self.drawn:
            self.schedule()
        while True:
            template.learn(self.archive, self.context.partner, since=self.began)
            rows = self.draw() or self.look_again()
            if not rows:
                return
            for row in rows:
                self.drawn.add(row["id"])
                yield from self.asks_for(row)

    def draw(self) -> list[Row]:
        """Return the next addresses that are due and were not asked for yet.

        Each draw sorts all that is due, so few are drawn at first, to know early what the pages are, and then more.
        """
        limit = min(DRAW + len(self.drawn), MOST_DRAWN)
        while True:
            rows = frontier.draw(self.archive, self.context.slug, now=self.context.at(), limit=limit)
            fresh = [row for row in rows if row["id"] not in self.drawn]
            if fresh or len(rows) < limit:
                return fresh
            limit *= 2  # all of them were asked for and are due still

    def look_again(self) -> list[Row]:
        """Return, once, the pages that were doubted before other posts showed that their site is well."""
        if not self.doubts.is_well_now():
            return []
        ids = [number for number, looked in self.doubted.items() if not looked]
        self.doubted |= dict.fromkeys(ids, True)
        self.drawn.difference_update(ids)
        return self.draw()

    def asks_for(self, row: Row) -> Iterator[Ask]:
        """Yield the request of one address, after what is asked of its host once a week; none when it is settled."""
        if self.budget.is_spent(row, self.context.clock()):
            self.context.outcomes["cut"] += 1
            return
        if self.hosts.tdm_due(urls.host_of(row["url"])):
            yield Ask(url=urljoin(row["url"], TDM_FILE), kind="tdm", key=0)
        if self.hosts.soft_404_due(urls.host_of(row["url"])):
            yield Ask(url=soft_404.impossible_url(row["url"]), kind="soft-404", key=0)
        reason = self.budget.why_pass_over(row)
        if reason is None:
            yield self.ask(row)
        else:
            self.pass_over(row, reason)

    def pass_over(self, row: Row, reason: str) -> None:
        """Settle an address without a request; the ledger says why."""
        at = self.context.at()
        with self.archive.transaction() as connection:
            frontier.settle(connection, row["id"], state="not-post", outcome="passed-over", now=at, reason=reason)
        self.budget.settle(row, "not-post", "passed-over", reason)
        self.context.outcomes["passed-over"] += 1

    def single_asks(self, url: str) -> Iterator[Ask]:
        """Yield the request of one page, whether any source names it or not."""
        with self.archive.transaction() as connection:
            offered = [Candidate(url=url, found_in="a person")]
            frontier.offer(connection, self.context.slug, None, offered, now=self.context.at())
        row = self.archive.first(
            "SELECT * FROM candidates WHERE partner = ? AND url_key = ?", [self.context.slug, urls.url_key(url)]
        )
        if row is not None:
            yield self.ask(row)

    def schedule(self) -> None:
        """Make old posts due: all of them for a full crawl, else the day's share of those long unseen."""
        moment, slug = self.context.clock(), self.context.slug
        limit: int | None = None
        before = moment + timedelta(seconds=1)  # also what was fetched within this second
        with self.archive.transaction() as connection:
            if not self.context.full:
                limit = rhythm.deep_share(connection, slug, instant(moment), days=DEEP_DAYS)
                before = moment - timedelta(days=1)
            self.undeclared.ask_again(connection)
            frontier.schedule_deep_checks(connection, slug, before=instant(before), limit=limit, now=instant(moment))

    def ask(self, row: Row) -> Ask:
        """Return the request for an address, with the validators of its last capture."""
        stored = ledger.last_capture(self.archive, row["post"]) if row["etag"] or row["last_modified"] else None
        return Ask(
            url=row["url"],
            kind="page",
            key=row["id"],
            etag=row["etag"] if stored else None,
            last_modified=row["last_modified"] if stored else None,
            revisit_of=stored,
        )

    def todo(self) -> int:
        """Return how many addresses wait to be fetched in this run."""
        return frontier.count_due(self.archive, self.context.slug, now=self.context.at())

    # ---- what an answer does

    def take(self, answer: Answer) -> None:
        """Read one page and store what it says, in one transaction."""
        row = self.archive.first("SELECT * FROM candidates WHERE id = ?", [answer.ask.key])
        if row is None:
            return
        capture = None if answer.status == 304 else self.context.capture_of(answer)
        reading = self.read(capture, row) if capture else None
        if self.is_removed(answer.ask.url, answer.url):
            self.pass_by(answer.ask)
            return
        foreseen = ingest.foresee(self.archive, self.context.partner, capture, reading) if capture else None
        with self.archive.transaction() as connection:
            number = self.context.save_captures(connection, answer.captures, "page")
            stored = replace(capture, id=number) if capture else None
            outcome = self.store(connection, row, answer, stored, reading, foreseen)
            if stored and isinstance(reading, NotAPost):
                self.follow_refresh(connection, row, stored)
            self.context.note_answer(connection, answer, outcome.word, number, detail=outcome.reason)
        if outcome.reason in (STRANGE, MISSED) and row["id"] not in self.doubted:
            self.doubted[row["id"]] = False
        self.context.outcomes[outcome.word] += 1
        self.budget.note(outcome.word)
        if row["due_by"] is not None:
            self.judge_word(row["due_by"], outcome.word)

    def follow_refresh(self, connection: sqlite3.Connection, row: Row, capture: Capture) -> None:
        """Offer the address that a page which is no post leads its readers to by itself."""
        target = extract.refresh_target(capture)
        if target and urls.same_host(target, self.context.hosts) and urls.url_key(target) != row["url_key"]:
            offered = Candidate(url=target, found_in="refresh", sure=bool(row["sure"]))
            frontier.offer(connection, self.context.slug, None, [offered], now=self.context.at())

    def read(self, capture: Capture, row: Row) -> RawPost | PageError:
        """Read a page; one that cannot be read, or that is no post, comes back as why."""
        if capture.headers.get("x-archive-undecodable"):
            return HostilePage("undecodable", capture.headers["x-archive-undecodable"])
        if self.hosts.is_soft_404(urls.host_of(capture.url), capture):
            return NotAPost("soft-404", "what the site shows for addresses that it does not have")
        reading = ingest.read_page(self.archive, self.context.partner, capture)
        told = row["sure"] or row["post"]
        if isinstance(reading, RawPost) and not (told or says_post(reading) or self.undeclared.is_post(row, reading)):
            return NotAPost("no-evidence", "neither a source nor the page says that it is a post")
        return reading

    def store(
        self,
        connection: sqlite3.Connection,
        row: Row,
        answer: Answer,
        capture: Capture | None,
        reading: RawPost | PageError | None,
        foreseen: ingest.Foreseen | None,
    ) -> ingest.Outcome:
        """Write what an answer says about its address; None as capture and reading: it is as it was."""
        at = instant(self.context.time_of(answer))
        if capture is None or reading is None:
            if row["post"] is None:  # a 304 for a page we never had says nothing
                return self.put_off(connection, row, answer, at, f"status {answer.status}")
            return self.keep_as_it_was(connection, row, at)
        doubt = f"status {answer.status}" if is_passing(answer) else self.doubts.why(row, answer, capture, reading)
        if doubt:
            return self.put_off(connection, row, answer, at, doubt)
        outcome = ingest.ingest_page(
            self.archive, connection, self.context.partner, capture, reading=reading, foreseen=foreseen
        )
        self.settle(connection, row, outcome, answer, at)
        return outcome

    def judge_word(self, source: int, outcome: str) -> None:
        """Count whether a source's word that a post changed was true; one that never is, is not believed any more."""
        tally = self.words.setdefault(source, Counter())
        tally["true" if outcome in ("changed", "moved", "gone") else "false"] += 1
        if tally["false"] >= LIES and tally["false"] > 4 * tally["true"]:
            with self.archive.transaction() as connection:
                connection.execute("UPDATE sources SET lastmod_trust = 'worthless' WHERE id = ?", [source])
                frontier.forget_due(connection, self.context.slug, source)

    def put_off(self, connection: sqlite3.Connection, row: Row, answer: Answer, at: str, reason: str) -> ingest.Outcome:
        """Leave a page in the frontier for later: another run, or the end of this one when a new page is in doubt."""
        word = "rate-limited" if answer.status in (429, 503) else "failed"
        until = frontier.retry_at(at, row["attempts"])
        hold = self.hosts.hold_of(urls.host_of(answer.ask.url))
        if hold:
            until = max(until, instant(self.context.clock() + timedelta(seconds=hold)))
        frontier.postpone(connection, row["id"], outcome=word, until=until, reason=reason)
        return ingest.Outcome(word=word, reason=reason)

    def keep_as_it_was(self, connection: sqlite3.Connection, row: Row, at: str) -> ingest.Outcome:
        """Note that the page of a known post is as it was (304)."""
        posts.touch(connection, row["post"], now=at)
        tallies.refresh(connection, row["post"])
        frontier.settle(connection, row["id"], state=row["state"], outcome="not-modified", now=at)
        return ingest.Outcome(word="not-modified", post=row["post"])

    def settle(
        self, connection: sqlite3.Connection, row: Row, outcome: ingest.Outcome, answer: Answer, at: str
    ) -> None:
        """Write what an address turned out to be, with the validators for the next time."""
        if outcome.word == "blocked" or (outcome.word == "refused" and row["post"] is not None):
            until = frontier.retry_at(at, row["attempts"] + 2)  # a post is one still when its site shows an error
            frontier.postpone(connection, row["id"], outcome=outcome.word, until=until, reason=outcome.reason)
            return
        state = STATES.get(outcome.word, "post")
        if state == "post" and (outcome.word == "duplicate" or urls.url_key(answer.url) != row["url_key"]):
            state = "duplicate"  # another address of a post, fetched again only when a source names it
        if state in ("post", "duplicate") and answer.status in ingest.GONE:
            state = "gone"  # from this address; the post has moved
        self.budget.settle(row, state, outcome.word, outcome.reason)
        frontier.settle(
            connection,
            row["id"],
            state=state,
            outcome=outcome.word,
            now=at,
            post=outcome.post,
            etag=answer.headers.get("etag", "")[:300],
            last_modified=answer.headers.get("last-modified", "")[:100],
            reason=outcome.reason,
        )

    # ---- what goes wrong

    def is_removed(self, *addresses: str) -> bool:
        """Say whether a person had one of the addresses removed."""
        return removals.stands(self.archive.connection, self.context.slug, [urls.url_key(url) for url in addresses])

    def pass_by(self, ask: Ask) -> None:
        """Forget an address that leads to a removed post; the ledger does not name it."""
        with self.archive.transaction() as connection:
            connection.execute("DELETE FROM candidates WHERE id = ? AND post IS NULL", [ask.key])
            removals.extend(connection, self.context.slug, urls.url_key(ask.url))
            self.context.note_silence(connection, "(removed)", ask.kind, REMOVED)
        self.context.outcomes[REMOVED] += 1

    def fail(self, connection: sqlite3.Connection, candidate: int, word: str, reason: str, wait: float | None) -> None:
        """Leave a page in the frontier for later; only one that leads to another host is settled.

        What robots.txt forbids is asked for again, which costs no request while it stands: it may be a slip of a day.
        What was not asked at all has failed nobody: it waits no longer for having waited before.
        """
        self.budget.note(word)
        moment = self.context.clock()
        at = instant(moment)
        row = self.archive.first("SELECT * FROM candidates WHERE id = ?", [candidate])
        if word == "off-limits" and row is not None:
            state = "post" if row["post"] else "not-post"
            self.budget.settle(row, state, word, reason)
            frontier.settle(connection, candidate, state=state, outcome=word, now=at, reason=reason)
            return
        pause, tried = timedelta(seconds=wait or 0), word not in UNASKED
        if tried:
            until = max(frontier.retry_at(at, row["attempts"] if row else 0), instant(moment + pause))
        else:
            until = instant(moment + (pause or FORBIDDEN_FOR))
        frontier.postpone(connection, candidate, outcome=word, until=until, reason=reason, tried=tried)
