"""What every part of a visit stands on: the archive, the partner, the run, its clock and its books."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from scraper.capture import MAX_DECODED, Stored, UndecodableBody, decode_body
from scraper.models import Capture, Partner
from scraper.normalise import urls
from scraper.store import ledger
from scraper.store.archive import Archive, instant, now
from scraper.store.journal import Journal

from .exchange import Answer


@dataclass(frozen=True, kw_only=True)
class VisitContext:
    """One run of one partner; `requests` counts by what was asked for, `outcomes` by what became of it."""

    archive: Archive
    partner: Partner
    crawl: int | None
    full: bool = False
    due: bool = False
    journal: Journal | None = None
    clock: Callable[[], datetime] = now
    requests: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)

    @property
    def slug(self) -> str:
        """The partner's slug."""
        return self.partner.slug

    @cached_property
    def hosts(self) -> frozenset[str]:
        """The partner's own hosts."""
        return urls.partner_hosts(self.partner.home, self.partner.hosts)

    def at(self) -> str:
        """Return the present instant as the archive writes it."""
        return instant(self.clock())

    def time_of(self, answer: Answer) -> datetime:
        """Return when an answer came, as its capture says: the same now and in a rebuild."""
        return answer.captures[-1].fetched_at if answer.captures else self.clock()

    def capture_of(self, answer: Answer) -> Capture:
        """Return an answer as the value that readers take: decoded, its address and the one that was asked.

        A body that cannot be decoded is empty and its headers say why.
        """
        headers = dict(answer.headers)
        is_cut = answer.truncated and answer.ask.kind == "source"  # of a sitemap its first 8 MB are worth reading
        raw = answer.raw[:MAX_DECODED] if is_cut else answer.raw
        try:
            body = decode_body(raw, headers.get("content-encoding", ""))
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

    def note(self, what: str, **values: object) -> None:
        """Keep in the journal what no capture will tell."""
        if self.journal is not None:
            self.journal.append(what, crawl=self.crawl, at=self.at(), **values)

    def save_captures(
        self, connection: sqlite3.Connection, captures: Sequence[Stored], kind: str | None = None
    ) -> int | None:
        """Write the rows of every hop, the last as what it was asked for (None: it led nowhere); return the last."""
        number = None
        for hop, stored in enumerate(captures, start=1):
            word = kind if kind and hop == len(captures) else "redirect"
            number = ledger.save_capture(connection, self.slug, stored, word)
        return number

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
            partner=self.slug,
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

    def note_silence(
        self,
        connection: sqlite3.Connection,
        url: str,
        kind: str,
        outcome: str,
        *,
        capture: int | None = None,
        detail: str | None = None,
    ) -> None:
        """Write into the ledger what brought no answer that could be read."""
        ledger.save_fetch(
            connection,
            crawl=self.crawl,
            partner=self.slug,
            url=url,
            kind=kind,
            at=self.at(),
            outcome=outcome,
            capture=capture,
            detail=detail,
        )
