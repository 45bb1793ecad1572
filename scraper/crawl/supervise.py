"""A crawl of partners: who takes part, what became of each, and the exit code of it all."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from scraper.errors import most_serious
from scraper.models import Partner
from scraper.store import frontier, ledger
from scraper.store.archive import Archive, instant, now, open_archive, require_room

from .locks import hold_partners
from .run import Done, Job
from .workers import Notify, Supervisor


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a crawl is asked to do."""

    partners: tuple[Partner, ...]
    db: Path
    full: bool = False
    due: bool = False
    workers: int = 2
    seconds: float | None = None  # of the whole crawl; None: as long as it takes


def crawl(plan: Plan, notify: Notify = lambda _: None) -> tuple[Done, ...]:
    """Crawl every partner of a plan; return how each ended, in the order of the plan.

    Raises LockedError when another crawl holds them all, DiskFullError before there is no room left.
    """
    plan.db.parent.mkdir(parents=True, exist_ok=True)
    require_room(plan.db)
    archive = open_archive(plan.db)
    try:
        with hold_partners(archive.captures, [partner.slug for partner in plan.partners]) as free:
            partners = [
                partner for partner in plan.partners if partner.slug in free and is_wanted(plan, archive, partner)
            ]
            return run_crawl(plan, archive, partners, notify)
    finally:
        archive.close()


def is_wanted(plan: Plan, archive: Archive, partner: Partner) -> bool:
    """Say whether a partner takes part: always, but for a crawl of what is due when nothing of it is."""
    return not plan.due or frontier.is_due(archive, partner.slug, now=instant(now()))


def run_crawl(plan: Plan, archive: Archive, partners: Sequence[Partner], notify: Notify) -> tuple[Done, ...]:
    """Open a row in `crawls`, run the partners, and close it with the outcome."""
    number = ledger.begin_crawl(archive, " ".join(partner.slug for partner in partners), now=instant(now()))
    jobs = [Job(partner=partner, db=plan.db, crawl=number, full=plan.full, due=plan.due) for partner in partners]
    with stoppable() as stopped:
        ends = Supervisor(archive, notify, stopped, most=plan.workers, seconds=plan.seconds).run(jobs)
    worst = exit_code(ends)
    ledger.end_crawl(archive, number, "complete" if worst == 0 else f"exit {worst}", now=instant(now()))
    return ends


def exit_code(ends: Sequence[Done]) -> int:
    """Return the most serious exit code of all partners."""
    return most_serious(end.exit_code for end in ends)


@contextmanager
def stoppable() -> Iterator[list[int]]:
    """Note SIGINT and SIGTERM in the yielded list instead of dying of them."""
    caught: list[int] = []

    def note(number: int, _: FrameType | None) -> None:
        caught.append(number)

    before = {name: signal.signal(name, note) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield caught
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
