"""What is remembered of a host over runs and processes: its robots.txt, and until when it wants to be left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from scraper.capture import Stored
from scraper.crawl import soft_404
from scraper.models import Capture
from scraper.store import ledger
from scraper.store.archive import instant, parse_instant

from .context import VisitContext

TDM_KEEP = timedelta(days=7)  # one question a host and week
LONGEST_HOLD = timedelta(days=7)  # that a host may ask for
LEAST_NOTED = 60.0  # seconds; a shorter pause is over before any rebuild
SLIP = timedelta(minutes=1)  # by which a clock may have been set back; a hold further off was written by a wrong one


class HostMemory:
    """The hosts of one partner: what lasts stands in the database, what is of this run only stands here."""

    def __init__(self, context: VisitContext) -> None:
        self.context = context
        self.archive = context.archive
        self.crawl_delays: dict[str, float] = {}
        self.latencies: dict[str, float] = {}
        self.slowed: dict[str, float] = {}
        self.soft_404s: dict[str, str] = {}
        self.missing_asked: dict[str, bool] = {}  # host → asked in this run (False: to be) what it shows for no page

    def hold(self, host: str, seconds: float) -> None:
        """Remember that a host asked to be left alone for that long."""
        moment = self.context.clock()
        until = instant(moment + timedelta(seconds=seconds + 1))
        if seconds > LEAST_NOTED:
            self.context.note("hold", host=host, until=until)
        with self.archive.transaction() as connection:
            connection.execute(
                "INSERT INTO hosts (host, not_before) VALUES (?, ?)"
                " ON CONFLICT (host) DO UPDATE SET not_before = CASE WHEN not_before BETWEEN excluded.not_before AND ?"
                " THEN not_before ELSE excluded.not_before END",
                [host, until, instant(moment + LONGEST_HOLD + SLIP)],
            )

    def hold_of(self, host: str) -> float:
        """Return the seconds for which a host still wants to be left alone, 0 when it does not."""
        row = self.archive.first("SELECT not_before FROM hosts WHERE host = ?", [host])
        if row is None or not row["not_before"]:
            return 0.0
        seconds = (parse_instant(row["not_before"]) - self.context.clock()).total_seconds()
        return max(0.0, seconds) if seconds <= (LONGEST_HOLD + SLIP).total_seconds() else 0.0  # the clock was set back

    def robots_text(self, host: str) -> str | None:
        """Return the robots.txt of a host as it was last read; None when it was not."""
        row = self.archive.first("SELECT robots FROM hosts WHERE host = ?", [host])
        return row["robots"] if row else None

    def soft_404_due(self, host: str) -> bool:
        """Say whether it is time to learn again how a host says 'not found'."""
        if host in self.missing_asked:
            return not self.missing_asked[host]
        since = instant(self.context.clock() - soft_404.KEEP)
        row = self.archive.first("SELECT soft_404_at FROM hosts WHERE host = ?", [host])
        return row is None or not since < (row["soft_404_at"] or "") <= instant(self.context.clock())

    def tdm_due(self, host: str) -> bool:
        """Say whether it is time to ask a host again what it reserves from text and data mining."""
        since = instant(self.context.clock() - TDM_KEEP)
        row = self.archive.first("SELECT tdm_at FROM hosts WHERE host = ?", [host])
        return row is None or not since < (row["tdm_at"] or "") <= self.context.at()

    def asked_what_is_missing(self, host: str) -> bool:
        """Say whether a host was asked in this run for an address that it cannot have."""
        return self.missing_asked.get(host, False)

    def ask_what_is_missing(self, host: str) -> None:
        """Have a host asked for an address that it cannot have, whatever it showed last week."""
        self.missing_asked[host] = False

    def note_soft_404(self, host: str, learned: str) -> None:
        """Keep the fingerprint of a host's answer to an address it cannot have; '' when it says 404 as it should."""
        self.soft_404s[host] = learned
        self.missing_asked[host] = True
        with self.archive.transaction() as connection:
            connection.execute(
                "INSERT INTO hosts (host, soft_404, soft_404_at) VALUES (?, ?, ?) ON CONFLICT (host)"
                " DO UPDATE SET soft_404 = excluded.soft_404, soft_404_at = excluded.soft_404_at",
                [host, learned, instant(self.context.clock())],
            )

    def is_soft_404(self, host: str, capture: Capture) -> bool:
        """Say whether a page is what its host shows for addresses that it does not have."""
        if host not in self.soft_404s:
            row = self.archive.first("SELECT soft_404 FROM hosts WHERE host = ?", [host])
            self.soft_404s[host] = (row["soft_404"] if row else None) or ""
        learned = self.soft_404s[host]
        if not learned or capture.status >= 300:
            return False
        return soft_404.is_same(learned, soft_404.fingerprint_of(capture))

    def slow_down(self, host: str) -> None:
        """Double the pace of a host that finds us too fast, for the rest of the run."""
        self.slowed[host] = min(60.0, max(1.0, self.slowed.get(host, 0.5) * 2))

    def note_robots(self, host: str, url: str, rules: str | None, detail: str, captures: Sequence[Stored]) -> None:
        """Keep the rules of a host for a day (None: they could not be had) and the request in the ledger."""
        at = instant(captures[-1].fetched_at if captures else self.context.clock())
        status = captures[-1].status if captures else None
        self.context.requests["robots"] += len(captures) or 1
        if not captures or 300 <= captures[-1].status < 400:
            self.context.note("robots-failure", host=host, url=url, detail=detail)
        with self.archive.transaction() as connection:
            capture = self.context.save_captures(connection, captures, "robots")
            connection.execute(
                "INSERT INTO hosts (host, robots, robots_status, robots_at, robots_verdict) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (host) DO UPDATE SET robots = excluded.robots, robots_status = excluded.robots_status,"
                " robots_at = excluded.robots_at, robots_verdict = excluded.robots_verdict",
                [host, rules, status, at, "closed" if rules is None else "rules"],
            )
            ledger.save_fetch(
                connection,
                crawl=self.context.crawl,
                partner=self.context.slug,
                url=url,
                kind="robots",
                at=at,
                outcome="robots-unreachable" if rules is None else "read",
                status=status,
                capture=capture,
                detail=detail,
            )
