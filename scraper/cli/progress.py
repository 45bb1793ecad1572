"""What a person sees while a crawl runs: a bar per partner on a terminal, a line per partner elsewhere."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import click

from scraper.crawl.run import Done, Progress

Notify = Callable[["Progress | Done"], None]

WORDS = (
    ("new", "new"),
    ("changed", "changed"),
    ("moved", "moved"),
    ("gone", "gone"),
    ("unchanged", "unchanged"),
    ("not-modified", "not modified"),
    ("duplicate", "the same as another"),
    ("refused", "not posts"),
    ("forbidden", "forbidden by robots.txt"),
    ("cut", "cut as a trap"),
    ("blocked", "blocked"),
    ("unreadable", "unreadable"),
    ("failed", "failed"),
    ("rate-limited", "put off"),
)


@contextmanager
def watch(slugs: Sequence[str], *, quiet: bool) -> Iterator[Notify]:
    """Yield a function that takes what a crawl reports."""
    if quiet:
        yield lambda _: None
    elif sys.stderr.isatty():
        with bars(slugs) as notify:
            yield notify
    else:
        yield print_end


@contextmanager
def bars(slugs: Sequence[str]) -> Iterator[Notify]:
    """Draw a bar per partner on stderr."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    console = Console(stderr=True)
    width = max((len(slug) for slug in slugs), default=8)
    columns: list[Any] = [
        TextColumn(f"{{task.fields[slug]:<{width}}}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[words]}"),
    ]
    with Bars(*columns, console=console) as drawn:
        tasks = {slug: drawn.add_task(slug, slug=slug, words="waiting", total=None) for slug in slugs}

        def notify(message: Progress | Done) -> None:
            task = tasks[message.slug]
            fetched = message.requests.get("page", 0)
            if isinstance(message, Progress):
                drawn.update(task, completed=fetched, total=fetched + message.waiting, words=words(message.outcomes))
            else:
                drawn.update(task, completed=fetched, total=fetched or 1, words=describe(message))

        yield notify


def print_end(message: Progress | Done) -> None:
    """Print one line when a partner is through."""
    if isinstance(message, Done):
        click.echo(f"{message.slug}: {describe(message)}", err=True)


def describe(done: Done) -> str:
    """Return how a partner's crawl ended in words."""
    said = words(done.outcomes)
    return f"{said}; {done.error}" if done.error and said != "nothing to fetch" else done.error or said


def words(outcomes: Mapping[str, int]) -> str:
    """Return the outcomes of pages in words, the most telling first."""
    counts = Counter(outcomes)
    return ", ".join(f"{counts[key]} {word}" for key, word in WORDS if counts[key]) or "nothing to fetch"
