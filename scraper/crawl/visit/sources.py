"""The sources of a partner: which are asked, page after page, and what each page offers to the frontier."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace

from scraper.crawl import budgets, rhythm
from scraper.discover import addresses, archive_lists, entry_url, probe, read_source
from scraper.errors import PageError
from scraper.models import Candidate, Reading
from scraper.normalise import urls
from scraper.store import alarms, events, frontier, ids, partners
from scraper.store.archive import Row, instant

from .context import VisitContext
from .exchange import Answer, Ask, is_passing
from .walk import Walk

MAX_PAGES = 600  # of one source in one visit
PATIENCE = 3  # pages of a listing without a new or wanted address, after which a visit goes no further
PATIENCE_IN_LISTS = 12  # the same for the months of an archive or a calendar at a first visit: some are quiet


class Sources:
    """The walks of one visit through the partner's sources."""

    def __init__(self, context: VisitContext) -> None:
        self.context = context
        self.archive = context.archive
        self.walks: dict[int, Walk] = {}
        self.lists: set[str] = set()  # keys of the pages that were asked for, of any source: none is read twice

    # ---- what to ask

    def asks(self) -> Iterator[Ask]:
        """Yield the first request of every source that is due; sources found on the way join the end of the line."""
        asked: set[int] = set()
        while True:
            rows = [row for row in partners.sources_of(self.archive, self.context.slug) if row["id"] not in asked]
            moment = self.context.clock()
            waits = [row for row in rows if self.context.due or rhythm.is_frozen(row, moment)]
            rows = [row for row in rows if row not in waits or rhythm.is_due(row, moment)]
            if not rows:
                return
            row = rows[0]
            asked.add(row["id"])
            walk = self.open(row)
            yield self.ask(walk, entry_url(partners.source_of(row), walk.memory), first=True)
            yield from self.go_on(walk)

    def go_on(self, walk: Walk) -> Iterator[Ask]:
        """Yield the further pages of a source; it pauses after each block until some of its posts have been seen."""
        while walk.waiting:
            if walk.pages % budgets.BLOCK == 0 and not self.has_earned(walk):
                return
            yield self.ask(walk, walk.waiting.pop(0), first=False)
        self.end(walk)

    def has_earned(self, walk: Walk) -> bool:
        """Say whether the pages read so far brought posts enough to read on."""
        return budgets.has_earned(self.archive, walk.row["id"], walk.pages)

    def paused(self) -> list[Walk]:
        """Return the walks that are not at their end."""
        return [walk for walk in self.walks.values() if walk.waiting]

    def open(self, row: Row) -> Walk:
        """Begin a visit to a source."""
        walk = Walk(row=row, began_at=self.context.at(), memory=partners.memory_of(row))
        self.walks[row["id"]] = walk
        return walk

    def ask(self, walk: Walk, url: str, *, first: bool) -> Ask:
        """Return the request for one page of a source; validators belong to its own address alone."""
        walk.pages += 1
        walk.seen.add(url)
        self.lists.add(urls.url_key(url))
        own = first and url == walk.row["url"] and walk.row["status"] == "read" and not self.context.full
        return Ask(
            url=url,
            kind="source",
            key=walk.row["id"],
            source=partners.source_of(walk.row),
            etag=walk.row["etag"] if own else None,
            last_modified=walk.row["last_modified"] if own else None,
        )

    def cut(self, walk: Walk) -> None:
        """Leave the rest of a source whose pages brought no posts, and say so in the ledger."""
        detail = f"{walk.pages} pages of the source brought no posts"
        with self.archive.transaction() as connection:
            self.context.note_silence(connection, walk.waiting[0], "source", "cut", detail=detail)
        walk.waiting.clear()
        walk.whole = False
        self.context.outcomes["source cut"] += 1
        self.end(walk)

    # ---- what an answer does

    def take(self, answer: Answer) -> None:
        """Read one page of a source and offer what it lists to the frontier."""
        walk = self.walks[answer.ask.key]
        if answer.status == 304:
            self.keep(walk, answer, "not-modified", Reading(unchanged=True))
            return
        if walk.pages > 1 and answer.status in (400, 404, 410) and walk.row["kind"] in ("feed", "wordpress", "listing"):
            self.keep(walk, answer, "read", Reading())  # the page after the last, or a list that is no more
            return
        if answer.status >= 400 or is_passing(answer):
            word = "rate-limited" if answer.status in (429, 503) else "failed"
            self.refuse(walk, answer, word, f"status {answer.status}")
            return
        try:
            source, capture = partners.source_of(walk.row), self.context.capture_of(answer)
            reading = read_source(capture, source, self.context.partner, walk.memory)
        except PageError as error:
            self.refuse(walk, answer, "unreadable", str(error))
            return
        if answer.truncated:
            walk.whole = False  # what stood behind its cap was not seen, and has not vanished
        self.keep(walk, answer, "read", reading)

    def refuse(self, walk: Walk, answer: Answer, word: str, reason: str) -> None:
        """Note an answer that lists nothing; the source was not seen whole."""
        walk.whole = False
        self.keep(walk, answer, word, Reading(), reason=reason)

    def keep(self, walk: Walk, answer: Answer, word: str, reading: Reading, *, reason: str | None = None) -> None:
        """Write what one page of a source brought, and decide which of its pages come next."""
        context, source = self.context, walk.row["id"]
        at = instant(context.time_of(answer))
        walk.answered_at = at
        walk.pages_of_list.update(map(urls.url_key, (answer.ask.url, *reading.next_urls, *reading.further_urls)))
        keys = {urls.url_key(candidate.url) for candidate in reading.candidates}
        lists = walk.pages_of_list | self.sources_among({key for key in keys if probe.is_named_list(f"//{key}")})
        wanted = [
            walk.first_words(replace(candidate, url=urls.as_served(candidate.url, context.partner.home)))
            for candidate in reading.candidates
            if self.is_wanted(candidate) and urls.url_key(candidate.url) not in lists
        ]
        with self.archive.transaction() as connection:
            capture = context.save_captures(connection, answer.captures, "source")
            listed = frontier.offer(
                connection,
                context.slug,
                source,
                wanted,
                now=at,
                trust_lastmod=walk.row["lastmod_trust"] != "worthless",
                capture=capture,
            )
            children = budgets.allowed_children(self.archive, walk.row, reading.children)
            partners.save_sources(connection, context.slug, children, parent=source)
            self.save_calendar(connection, walk.row, reading, at)
            detail = reason or "; ".join(reading.faults) or None
            context.note_answer(connection, answer, word, capture, links=listed.links, detail=detail)
            news = bool(listed.new or listed.due)
            rhythm.note_page(
                connection,
                context.partner,
                walk.row,
                answer.headers,
                word,
                at=at,
                news=news,
                closed=walk.pages == 1 and answer.status == 410,
                reason=reason,
            )
        context.outcomes[f"source {word}"] += 1
        walk.links += listed.links
        fresh = walk.take({urls.url_key(candidate.url) for candidate in wanted})
        self.plan_next(walk, answer.ask.url, reading, news or (fresh and not self.is_known(walk)))

    def is_known(self, walk: Walk) -> bool:
        """Say whether a source was read before, so that only what is new is looked for."""
        return walk.row["status"] == "read" and not self.context.full

    def plan_next(self, walk: Walk, url: str, reading: Reading, is_fruitful: bool) -> None:
        """Add the next pages of a source, unless they bring nothing new any more or there are too many."""
        walk.memory = {**walk.memory, **reading.memory}
        walk.quiet = walk.quiet or reading.unchanged
        walk.whole = walk.whole and (reading.whole or bool(reading.children))
        walk.barren = 0 if is_fruitful else walk.barren + 1
        if walk.barren >= (1 if self.is_known(walk) else PATIENCE) and walk.row["kind"] in ("listing", "feed"):
            walk.whole = walk.whole and not reading.next_urls
        elif not walk.repeats(reading):
            walk.waiting += [url for url in reading.next_urls if self.is_next(walk, url)]
        self.plan_further(walk, url, reading.further_urls)

    def plan_further(self, walk: Walk, here: str, offered: tuple[str, ...]) -> None:
        """Add the next of the other lists that a listing leads to, once its pages are read; those below it first."""
        below = [url for url in offered if archive_lists.is_below(url, here)]
        walk.further[:0] = self.lists_of(walk, below)
        walk.further += self.lists_of(walk, [url for url in offered if url not in below])
        if walk.further and not walk.waiting:
            if walk.barren < (PATIENCE if self.is_known(walk) else PATIENCE_IN_LISTS):
                self.go_further(walk)
            else:
                walk.whole = False

    def lists_of(self, walk: Walk, offered: Sequence[str]) -> list[str]:
        """Return which of the other lists that a listing leads to are to be read, when its own pages are.

        Where a listing was read before, new posts stand on its first pages; new events stand in the months to come.
        """
        now, sources = self.context.clock(), self.sources_among(set(map(urls.url_key, offered)))
        chosen = []
        for url in offered:
            if urls.url_key(url) in sources:
                continue  # it is read for itself
            ahead = (archive_lists.month_of(url) or (0, 0)) > (now.year, now.month)
            if self.is_known(walk) and not ahead:
                walk.whole = walk.whole and walk.is_all_of_lists()
            elif url not in walk.further and self.is_next(walk, url):
                chosen.append(url)
        return chosen

    def sources_among(self, keys: set[str]) -> set[str]:
        """Return those of some keys that are sources of the partner; they are looked up only when there are any."""
        return keys & partners.keys_of_sources(self.archive, self.context.slug) if keys else keys

    def go_further(self, walk: Walk) -> None:
        """Let the first of the other lists wait that no source has read on this visit."""
        while walk.further and not walk.waiting:
            url = walk.further.pop(0)
            if urls.url_key(url) not in self.lists:
                walk.waiting.append(url)
                walk.lists_read += 1

    def is_next(self, walk: Walk, url: str) -> bool:
        """Say whether a further page of a source is still to be asked for."""
        known = url in walk.seen or url in walk.waiting or walk.pages >= MAX_PAGES
        return not known and budgets.is_worth_following(url, self.context.clock())

    def is_wanted(self, candidate: Candidate) -> bool:
        """Say whether an address may be one of the partner's posts: on its hosts, and as its patterns or words say."""
        if not urls.same_host(candidate.url, self.context.hosts):
            return False
        patterns = self.context.partner.posts.values()
        if patterns:
            return any(re.search(pattern, candidate.url) for pattern in patterns)
        return addresses.may_be_offered(candidate)

    def save_calendar(self, connection: sqlite3.Connection, source: Row, reading: Reading, at: str) -> None:
        """Write the events of a calendar that have no page of their own here; what it has taken back is gone."""
        context, listed = self.context, []
        for event in reading.events:
            if event.url and urls.same_host(event.url, context.hosts):
                continue
            key = event.uid or f"{event.title} {event.when_edtf}"
            event_id = ids.event_id(context.slug, f"source {source['url']}", key)
            public = context.partner.rights.public
            events.save_event(connection, event_id, context.slug, event, now=at, source=source["id"], public=public)
            listed.append(event_id)
        if reading.listed_until is not None:
            events.withdraw_events(connection, source["id"], listed, until=reading.listed_until, now=at)

    def fail(self, connection: sqlite3.Connection, ask: Ask, word: str, reason: str) -> None:
        """Note that a page of a source brought no answer."""
        walk = self.walks[ask.key]
        walk.whole = False
        rhythm.note_page(connection, self.context.partner, walk.row, {}, word, at=self.context.at(), reason=reason)

    # ---- how it ends

    def end(self, walk: Walk) -> None:
        """Keep what the source asked to remember, and look again for what a whole list does not name any more."""
        at = walk.answered_at or self.context.at()
        source = walk.row["id"]
        row = self.archive.first("SELECT status FROM sources WHERE id = ?", [source])
        if row is None or row["status"] != "read":
            return
        if not self.is_known(walk):
            walk.remember_lists()
        with self.archive.transaction() as connection:
            if walk.whole and walk.links:
                frontier.recheck_vanished(connection, self.context.slug, source, since=walk.began_at, now=at)
            elif walk.links and walk.row["kind"] == "feed":  # what fell out of it is old, and still there
                frontier.note_unlisted(connection, source, since=walk.began_at, now=at)
            rhythm.judge_lastmod(connection, source)
            connection.execute(
                "UPDATE sources SET memory = ?, complete = ?, posts_seen = CASE WHEN ? > 0 THEN ? ELSE posts_seen END"
                " WHERE id = ?",
                [json.dumps(walk.memory, sort_keys=True), int(walk.whole), walk.links, walk.links, source],
            )

    def report_emptied(self, connection: sqlite3.Connection) -> str | None:
        """Raise or lift the alarm of sources that list nothing any more; return the line for a person, if any."""
        emptied = [walk.row["url"] for walk in self.walks.values() if self.is_emptied(walk)]
        about = {url: f"{url} lists nothing, where it listed posts before" for url in emptied}
        alarms.set_alarms(connection, self.context.slug, "emptied", about, at=self.context.at())
        return about[emptied[0]] if emptied else None

    def last_failure(self) -> str | None:
        """Return what was wrong with the first source that could not be read in this visit; None: with none."""
        for number in self.walks:
            row = self.archive.first("SELECT url, status, failures FROM sources WHERE id = ?", [number])
            if row is not None and row["failures"]:
                return f"{row['url']}: {row['status']}"
        return None

    def is_emptied(self, walk: Walk) -> bool:
        """Say whether a source that listed posts before was read and listed none."""
        row = self.archive.first("SELECT status FROM sources WHERE id = ?", [walk.row["id"]])
        read = row is not None and row["status"] == "read"
        return bool(read and not walk.quiet and not walk.links and walk.row["posts_seen"])
