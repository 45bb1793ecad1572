"""Where a partner lists its posts, when nobody knows or what was known has vanished."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from scraper.crawl import rhythm
from scraper.crawl.probing import Probe
from scraper.models import Source
from scraper.store import partners

from .context import VisitContext
from .exchange import Answer, Ask


class Probes:
    """The probe of one visit, if it needs one."""

    def __init__(self, context: VisitContext, robots: Callable[[str], str | None]) -> None:
        self.context = context
        self.robots = robots
        self.probe: Probe | None = None
        self.asked: Source | None = None

    def asks(self) -> Iterator[Ask]:
        """Yield the requests of a probe when no source is known or all of them have vanished; keep what it finds."""
        known = partners.sources_of(self.context.archive, self.context.slug)
        if any(row["failures"] < rhythm.VANISHED for row in known):
            return
        self.probe = Probe(partner=self.context.partner, robots=self.robots)
        for url, source in self.probe.asks():
            self.asked = source
            yield Ask(url=url, kind="probe", key=0, source=source)
        self.end()

    def resume(self, url: str, source: Source | None) -> Ask:
        """Return the request of a probe that is told again: where it went next is known."""
        self.probe = self.probe or Probe(partner=self.context.partner, robots=None)
        self.asked = source
        return Ask(url=url, kind="probe", key=0, source=source)

    def end(self) -> None:
        """Keep the sources that the probe chose, if one is under way."""
        if self.probe is None or self.asked is None:
            return
        with self.context.archive.transaction() as connection:
            partners.save_sources(connection, self.context.slug, self.probe.chosen())
        self.asked = None

    def take(self, answer: Answer) -> None:
        """Let the probe judge an answer, and write the request into the ledger."""
        if self.probe is None or self.asked is None:
            return
        self.probe.take(self.asked, self.context.capture_of(answer))
        found = self.probe.findings[-1]
        with self.context.archive.transaction() as connection:
            outcome = "read" if found.verdict == "good" else found.verdict
            capture = self.context.save_captures(connection, answer.captures, "probe")
            self.context.note_answer(connection, answer, outcome, capture, detail=found.words)

    def fail(self, reason: str, word: str) -> None:
        """Note a place that brought no answer."""
        if self.probe is not None and self.asked is not None:
            self.probe.fail(self.asked, reason, word)
