"""The processes of a crawl: one watched process per partner, at most N at a time, and one line about each."""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

import psutil

from scraper.errors import OutOfTimeError, StoppedError
from scraper.store import frontier, ledger
from scraper.store.archive import Archive, instant, now

from . import rhythm
from .run import Done, Job, Progress, run

PAGE_CPU_SECONDS = 20.0  # of one page; past it the parser is taken for frozen
STALL_SECONDS = 1800.0  # of one request with its redirects, repeats and the longest pauses between them
MEMORY_BYTES = 384 * 1024 * 1024  # of one process
TICK = 0.5
FROZEN_FOR = timedelta(days=90)  # until a page that froze or bloated its process is tried again
FREEZES = 5  # of one partner in one run; then it is left to a person


@dataclass(slots=True)
class Worker:
    """One partner's process and what is known of it."""

    job: Job
    process: BaseProcess
    pipe: Connection
    began: float
    asked: Progress | None = None  # what it asks now, and when that began
    asked_at: float = 0.0
    cpu_at: float = 0.0
    freezes: int = 0
    done: Done | None = None


Notify = Callable[["Progress | Done"], None]


class Supervisor:
    """Starts processes, listens to them, and ends those that freeze, bloat or outlive the crawl."""

    def __init__(
        self, archive: Archive, notify: Notify, stopped: Sequence[int], *, most: int, seconds: float | None
    ) -> None:
        """Prepare to run at most `most` processes at once, for `seconds` in all; None: as long as it takes.

        `stopped` gains the number of a signal when the crawl is to end.
        """
        self.most = max(1, most)
        self.seconds = seconds
        self.archive = archive
        self.notify = notify
        self.stopped = stopped
        self.began = time.monotonic()
        self.context = multiprocessing.get_context("forkserver")
        self.context.set_forkserver_preload(["scraper.spiders.partner", "scraper.spiders.loader"])
        self.workers: list[Worker] = []
        self.ends: dict[str, Done] = {}

    def run(self, jobs: Sequence[Job]) -> tuple[Done, ...]:
        """Run every job and return their ends in order."""
        waiting = deque((job, 0) for job in jobs)
        while waiting or self.workers:
            while waiting and len(self.workers) < self.most and not self.stopped and not self.is_late():
                self.begin(*waiting.popleft())
            if not self.workers:
                break
            self.listen()
            for worker in list(self.workers):
                again = self.watch(worker)
                if again:
                    waiting.appendleft(again)
        for job, _ in waiting:
            self.end(skipped(job, late=self.is_late()))
        return tuple(self.ends[job.partner.slug] for job in jobs)

    def begin(self, job: Job, freezes: int) -> None:
        """Start a partner's process; where the server of processes was stopped with us, its partner is skipped."""
        try:
            self.workers.append(self.start(job, freezes))
        except (EOFError, ConnectionError):
            time.sleep(TICK)  # the signal that ended the server may still be on its way to us
            error = "its process did not start; the next run goes on from here"
            lost = Done(slug=job.partner.slug, requests={}, outcomes={}, error=error, exit_code=1)
            self.end(skipped(job, late=False) if self.stopped else lost)

    def start(self, job: Job, freezes: int) -> Worker:
        """Start the process of one partner."""
        ours, theirs = self.context.Pipe(duplex=False)
        process = self.context.Process(target=run, args=(job, theirs), name=job.partner.slug, daemon=True)
        process.start()
        theirs.close()
        return Worker(job=job, process=process, pipe=ours, began=time.monotonic(), freezes=freezes)

    def listen(self) -> None:
        """Take what the processes sent, waiting a moment when they sent nothing."""
        for pipe in wait([worker.pipe for worker in self.workers], timeout=TICK):
            worker = next(worker for worker in self.workers if worker.pipe is pipe)
            if not self.hear(worker):
                worker.process.join(5)

    def hear(self, worker: Worker) -> bool:
        """Take one message of a process; False when it has sent its last."""
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            return False
        if isinstance(message, Done):
            worker.done = message
        elif isinstance(message, Progress):
            worker.asked, worker.asked_at, worker.cpu_at = message, time.monotonic(), cpu_of(worker.process)
            self.notify(message)
        return True

    def watch(self, worker: Worker) -> tuple[Job, int] | None:
        """End a process that is through or must not go on; return its job when it is to be started again."""
        is_alive = worker.process.is_alive()
        while not is_alive and worker.done is None and worker.pipe.poll() and self.hear(worker):
            pass  # a short visit is through before its first words are heard
        if worker.done is not None or not (is_alive or self.stopped):
            self.finish(worker, worker.done or died(worker))
            return None
        reason = self.why_end(worker)
        if reason is None:
            return None
        if reason in ("stopped", "late"):
            self.stop(worker)
            return None
        self.kill(worker)
        self.give_up(worker, reason)
        if worker.freezes + 1 >= FREEZES:
            error = f"ended {FREEZES} times: {reason}; look at `archive explain {worker.job.partner.slug}`"
            self.end(Done(slug=worker.job.partner.slug, requests={}, outcomes={}, error=error, exit_code=1))
            return None
        return worker.job, worker.freezes + 1

    def why_end(self, worker: Worker) -> str | None:
        """Say why a process must not go on; None while it may."""
        if self.stopped:
            return "stopped"
        if self.is_late():
            return "late"
        try:
            usage = psutil.Process(worker.process.pid)
            if usage.memory_info().rss > MEMORY_BYTES:
                return f"more than {MEMORY_BYTES // 2**20} MB of memory"
        except psutil.Error:
            return None
        if worker.asked is not None and cpu_of(worker.process) - worker.cpu_at > PAGE_CPU_SECONDS:
            return f"more than {PAGE_CPU_SECONDS:.0f} s of CPU for one page"
        if worker.asked is not None and time.monotonic() - worker.asked_at > STALL_SECONDS:
            return f"no answer and no error for {STALL_SECONDS:.0f} s"
        return None

    def is_late(self) -> bool:
        """Say whether the crawl has had its time."""
        return self.seconds is not None and time.monotonic() - self.began > self.seconds

    def stop(self, worker: Worker) -> None:
        """Ask a process to end after the page under way, and note why.

        Its pipe says when it is through: a signal to all of us has ended the server that knows whether it is alive.
        """
        worker.process.terminate()
        deadline = time.monotonic() + 40
        while time.monotonic() < deadline and worker.done is None:
            if worker.pipe.poll(TICK):
                try:
                    message = worker.pipe.recv()
                except (EOFError, OSError):
                    break
                worker.done = message if isinstance(message, Done) else None
        late = self.is_late() and not self.stopped
        done = skipped(worker.job, late=late)
        self.kill(worker)
        self.end(done)

    def kill(self, worker: Worker) -> None:
        """End a process at once; what it had committed stays."""
        if worker.process.is_alive():
            worker.process.kill()
        worker.process.join(10)
        worker.pipe.close()
        self.workers.remove(worker)

    def give_up(self, worker: Worker, reason: str) -> None:
        """Take the page or the source that ended a process out of the crawl for a long while, and say so."""
        asked = worker.asked
        if asked is not None and asked.kind == "between":
            self.give_up_learning(worker)
        if asked is None or asked.kind not in ("page", "source"):
            return
        table = "candidates" if asked.kind == "page" else "sources"
        with self.archive.transaction() as connection:
            row = connection.execute(f"SELECT url FROM {table} WHERE id = ?", [asked.key]).fetchone()  # noqa: S608
            if asked.kind == "page":
                until = instant(now() + FROZEN_FOR)
                frontier.postpone(connection, asked.key, outcome="unreadable", until=until, reason=reason)
            else:
                rhythm.freeze(connection, asked.key, reason, at=now(), until=now() + FROZEN_FOR)
            ledger.save_fetch(
                connection,
                crawl=worker.job.crawl,
                partner=worker.job.partner.slug,
                url=row["url"] if row else "",
                kind=asked.kind,
                at=instant(now()),
                outcome="unreadable",
                detail=reason,
            )

    def give_up_learning(self, worker: Worker) -> None:
        """Leave the template of a partner alone, until it has more posts, that took too long to learn."""
        from . import template  # what it imports is heavy, and this is rare

        with self.archive.transaction() as connection:
            template.note_failure(connection, self.archive, worker.job.partner)

    def finish(self, worker: Worker, done: Done) -> None:
        """Note the end of a process."""
        worker.process.join(10)
        self.kill(worker)
        self.end(done)

    def end(self, done: Done) -> None:
        """Note how a partner ended and tell whoever looks on."""
        self.ends[done.slug] = done
        self.notify(done)


def cpu_of(process: BaseProcess) -> float:
    """Return the CPU seconds that a process has used, 0 when it is gone."""
    try:
        times = psutil.Process(process.pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def skipped(job: Job, *, late: bool) -> Done:
    """Return the end of a partner that was not crawled to its end."""
    error = OutOfTimeError("out of time") if late else StoppedError("stopped")
    words = f"{error}; the next run goes on from here"
    return Done(slug=job.partner.slug, requests={}, outcomes={}, error=words, exit_code=error.exit_code)


def died(worker: Worker) -> Done:
    """Return the end of a process that left no word."""
    code = worker.process.exitcode
    words = f"its process died (exit {code}); the next run goes on from here"
    return Done(slug=worker.job.partner.slug, requests={}, outcomes={}, error=words, exit_code=1)
