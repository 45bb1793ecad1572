"""A visit from its beginning to its line in the coverage ledger: who asks next, and who takes which answer."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from scraper.capture import CaptureWriter, Stored
from scraper.crawl import soft_404, watch
from scraper.errors import EmptyCrawl, RateLimitedError
from scraper.normalise import urls
from scraper.rights import Marks, levels
from scraper.store import families, frontier, hosts, ledger, partners, removals, terms

from .context import VisitContext
from .exchange import Answer, Ask, is_passing
from .hosts import HostMemory
from .pages import REMOVED, Pages
from .probes import Probes
from .sources import Sources


class Visit:
    """One partner's crawl; every change of it that must last is in the archive."""

    def __init__(self, context: VisitContext, writer: CaptureWriter) -> None:
        self.context = context
        self.archive = context.archive
        self.partner = context.partner
        self.writer = writer
        self.hosts = HostMemory(context)
        self.probes = Probes(context, self.hosts.robots_text)
        self.sources = Sources(context)
        self.pages = Pages(context, self.hosts)
        self.marks: Marks | None = None  # of what was erased and must not be captured again
        self.state: str | None = None  # of the day in the coverage ledger, or of the visit if it saw less
        self.reason: str | None = None

    # ---- how it begins

    def begin(self) -> None:
        """Write the partner and its sources as the registry names them."""
        self.context.note("visit", full=self.context.full)
        self.note_partner()
        levels.apply(self.archive, self.partner)
        with self.archive.transaction() as connection:
            terms.save_terms(connection)
            self.follow_home(connection)
            partners.save_partner(connection, self.partner)
            frontier.forget_far_future(connection, self.partner.slug, now=self.context.clock())
        erased = removals.digests(self.archive.connection, self.partner.slug, erased=True)
        self.marks = Marks(partner=self.partner.slug, digests=erased) if erased else None

    def follow_home(self, connection: sqlite3.Connection) -> None:
        """Keep the posts of a partner whose home has moved, as its registry file says, to another host."""
        row = connection.execute("SELECT home_url FROM partners WHERE slug = ?", [self.partner.slug]).fetchone()
        if row is not None:
            partners.move_home(connection, self.partner.slug, row["home_url"], self.partner.home)

    def note_partner(self) -> None:
        """Keep in the journal what a person decided about the partner, when it is not what stands there already."""
        journal = self.context.journal
        if journal is None:
            return
        decided = json.loads(json.dumps(asdict(self.partner)))
        last = max(journal.entries("partner"), key=lambda entry: str(entry["at"]), default=None)
        if last is None or last["partner"] != decided:
            self.context.note("partner", partner=decided)

    # ---- what to ask

    def asks(self) -> Iterator[Ask]:
        """Yield all that a crawl asks: where posts are listed, then the sources, then the pages."""
        yield from self.probes.asks()
        yield from self.sources.asks()
        yield from self.pages.asks()
        yield from self.later_asks()

    def later_asks(self) -> Iterator[Ask]:
        """Yield what is left of sources that paused, block by block, and the pages of each block before the next."""
        paused = self.sources.paused()
        while paused:
            for walk in paused:
                if self.sources.has_earned(walk):
                    yield from self.sources.go_on(walk)
                else:
                    self.sources.cut(walk)
            yield from self.pages.asks()
            paused = [walk for walk in paused if walk.waiting]

    # ---- what an answer does

    def take(self, answer: Answer) -> None:
        """Store one answer and all that follows from it, in one transaction."""
        takers = {
            "probe": self.probes.take,
            "tdm": self.take_tdm,
            "soft-404": self.take_soft_404,
            "source": self.sources.take,
        }
        self.context.requests[answer.ask.kind] += len(answer.captures) or 1
        takers.get(answer.ask.kind, self.pages.take)(answer)

    def take_tdm(self, answer: Answer) -> None:
        """Keep what a host reserves from text and data mining; without the file it reserves nothing."""
        passing = is_passing(answer)
        rules = None if passing else hosts.read_tdm_rules(self.context.capture_of(answer).body)
        if answer.status >= 300 and not passing:
            rules = ()
        with self.archive.transaction() as connection:
            hosts.save_tdm_rules(connection, urls.host_of(answer.ask.url), rules, at=self.context.at())
            capture = self.context.save_captures(connection, answer.captures, "tdm")
            self.context.note_answer(connection, answer, "learned" if rules else "refused", capture)

    def take_soft_404(self, answer: Answer) -> None:
        """Learn what the host shows for an address that it cannot have."""
        found = "" if answer.status >= 300 else soft_404.fingerprint_of(self.context.capture_of(answer))
        self.hosts.note_soft_404(urls.host_of(answer.ask.url), found)
        with self.archive.transaction() as connection:
            capture = self.context.save_captures(connection, answer.captures, "soft-404")
            self.context.note_answer(connection, answer, "learned" if found else "refused", capture)

    # ---- what goes wrong

    def miss(self, ask: Ask, word: str, reason: str, captures: Sequence[Stored], *, wait: float | None = None) -> None:
        """Note a request that brought no answer, in the journal too: no capture will tell of it."""
        if word == REMOVED and ask.kind == "page":
            self.pages.pass_by(ask)
            return
        source = asdict(ask.source) if ask.source else None
        self.context.note("failure", kind=ask.kind, url=ask.url, source=source, word=word, reason=reason, wait=wait)
        self.fail(ask, word, reason, captures, wait=wait)

    def fail(self, ask: Ask, word: str, reason: str, captures: Sequence[Stored], *, wait: float | None = None) -> None:
        """Note a request that brought nothing to store; a page stays in the frontier unless robots.txt forbids it."""
        self.context.requests[ask.kind] += len(captures)
        if ask.kind == "soft-404":
            self.hosts.note_soft_404(urls.host_of(ask.url), "")
        with self.archive.transaction() as connection:
            number = self.context.save_captures(connection, captures)
            if ask.kind == "tdm":
                hosts.save_tdm_rules(connection, urls.host_of(ask.url), None, at=self.context.at())
            if ask.kind == "probe":
                self.probes.fail(reason, word)
            elif ask.kind == "source":
                self.sources.fail(connection, ask, word, reason)
            elif ask.kind == "page":
                self.pages.fail(connection, ask.key, word, reason, wait)
            self.context.note_silence(connection, ask.url, ask.kind, word, capture=number, detail=reason)
        self.context.outcomes[word if ask.kind == "page" else f"{ask.kind} {word}"] += 1

    # ---- how it ends

    def end(self) -> None:
        """Join the copies among the posts, derive the lines of the coverage ledger, raise or lift alarms."""
        self.context.note("visit-end")
        families.gather(self.archive)
        self.note_recipes()
        moment = self.context.clock()
        with self.archive.transaction() as connection:
            today = moment.strftime("%Y-%m-%d")
            emptied = self.sources.report_emptied(connection)
            self.state, self.reason = ledger.update_coverage(connection, self.partner.slug, today, emptied=emptied)
            state, reason = ledger.judge_crawl(connection, self.partner.slug, self.context.crawl)
            watch.raise_alarms(connection, self.partner.slug, moment)
        if state in ("blind", "blocked"):
            self.state, self.reason = state, reason
        if emptied:
            self.state, self.reason = "blind", emptied

    def note_recipes(self) -> None:
        """Keep in the journal the recipes that were learned in this visit, with the posts that they were tried on."""
        journal = self.context.journal
        if journal is None:
            return
        kept = {(entry["digest"], entry["learned_at"]) for entry in journal.entries("recipe")}
        for row in self.archive.query(
            "SELECT * FROM recipes WHERE partner = ? ORDER BY learned_at, active", [self.partner.slug]
        ):
            if (row["digest"], row["learned_at"]) not in kept:
                read = self.archive.query(
                    "SELECT id FROM posts WHERE partner = ? AND extractor LIKE ? ORDER BY id",
                    [self.partner.slug, f"%/{row['digest']}"],
                )
                self.context.note("recipe", **dict(row), posts=[post["id"] for post in read])

    def complaint(self) -> str | None:
        """Return the line that a person should read after this visit; None when all is well."""
        limited = self.rate_limited()
        if limited:
            return f"asked to come back later; {self.pages.todo() or limited} addresses wait in the frontier"
        if self.state in ("blind", "blocked"):
            failed = self.sources.last_failure()
            return f"{self.state}: {self.reason}{f'; {failed}' if failed else ''}"
        return None

    def exit_code(self) -> int:
        """Return 0 when the visit is complete, 1 when something needs a person, 18 when the partner slowed us down."""
        if self.rate_limited():
            return RateLimitedError.exit_code
        return EmptyCrawl.exit_code if self.state in ("blind", "blocked") else 0

    def rate_limited(self) -> int:
        """Return how many answers said that we were too fast."""
        return self.context.outcomes["rate-limited"] + self.context.outcomes["source rate-limited"]
