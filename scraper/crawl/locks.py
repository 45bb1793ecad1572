"""Locks that die with the process that holds them: one crawl at a time for each partner, and for each host."""

from __future__ import annotations

import fcntl
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from scraper.errors import ConfigError, LockedError


@contextmanager
def hold(path: Path) -> Iterator[bool]:
    """Hold the lock at `path` while the block runs; yields False at once when another process holds it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise ConfigError(f"{path.parent} cannot be written: {error.strerror}") from error
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


@contextmanager
def hold_partners(folder: Path, slugs: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Hold the locks of as many partners as are free and yield their slugs; raises LockedError when none is."""
    with ExitStack() as stack:
        free = tuple(slug for slug in slugs if stack.enter_context(hold(folder / ".locks" / f"{slug}.lock")))
        if slugs and not free:
            raise LockedError(f"another crawl holds {', '.join(slugs)}; let it finish, or stop it")
        yield free


@contextmanager
def hold_hosts(folder: Path, hosts: Iterable[str]) -> Iterator[None]:
    """Hold the locks of all hosts while the block runs, waiting for those that another partner's process holds.

    They are taken in order, so that two processes that share hosts never wait for each other.
    """
    with ExitStack() as stack:
        for host in sorted(hosts):
            path = folder / ".locks" / f"host-{re.sub(r'[^a-z0-9.-]', '_', host)[:100]}.lock"
            path.parent.mkdir(parents=True, exist_ok=True)
            fcntl.flock(stack.enter_context(path.open("a")), fcntl.LOCK_EX)
        yield
