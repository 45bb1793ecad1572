"""`archive reextract`, `rebuild` and `import`: the database from captures that are there already."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.errors import ConfigError

from .bars import bar
from .options import with_db, with_json, with_partners

if TYPE_CHECKING:
    from scraper.models import Partner
    from scraper.reextract import Report
    from scraper.store.archive import Archive

with_workers = click.option("--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes.")


@click.command(short_help="Read stored captures again with the present extractor.")
@click.argument("slugs", metavar="[PARTNER]...", nargs=-1)
@click.option("--dry-run", is_flag=True, help="Only count what would change.")
@click.option("--examples", type=click.IntRange(0), default=3, show_default=True, help="Shown per partner and field.")
@with_workers
@with_json
@with_db
@with_partners
def reextract(
    slugs: tuple[str, ...], *, dry_run: bool, examples: int, workers: int, as_json: bool, db: Path, folder: Path
) -> None:
    """Read stored captures again with the present extractor; this makes no revisions.

    A run that was stopped goes on where it was.
    """
    from scraper import reextract as reading

    with opened(db, slugs) as (archive, held):
        known = known_partners(archive.captures, folder, held)
        plan = reading.Plan(partners=known, dry_run=dry_run, examples=examples, workers=workers)
        with bar("reading", quiet=as_json) as advance:
            report = reading.reextract(archive, plan, advance)
    if as_json:
        click.echo(json.dumps(summary(report), indent=2, ensure_ascii=False))
    else:
        print_report(report, dry_run=dry_run)


@click.command(short_help="Make the database again from captures and journal.")
@click.option("--into", type=click.Path(dir_okay=False, path_type=Path), help="A new file; else the old one's place.")
@with_json
@with_db
@with_partners
def rebuild(*, into: Path | None, as_json: bool, db: Path, folder: Path) -> None:
    """Make the database again from captures and journal, check it, and put it in the old one's place.

    The old database stays beside it as FILE.before-rebuild. Exit code 1: something could not be placed.
    """
    from scraper import rebuild as making
    from scraper.crawl.locks import hold_partners
    from scraper.partners import registry
    from scraper.replay import partners_of

    captures = db.parent / "captures"
    slugs = partners_of(captures) if captures.is_dir() else []
    with hold_partners(captures, slugs) as free, bar("answers", quiet=as_json) as advance:
        refuse_held(slugs, free)
        known = registry.load(folder).partners
        report = making.rebuild(db, known, into=into, watch=lambda slug, done: advance(done, None))
    if as_json:
        values = {"path": str(report.path), "answers": report.answers}
        click.echo(json.dumps({**values, "counts": report.counts, "faults": report.faults}, indent=2))
    else:
        for name, count in report.counts.items():
            click.echo(f"{name:28} {count:>10,}")
        for fault in report.faults:
            click.echo(f"archive: {fault}", err=True)
        click.echo(f"{report.path}: made from {report.answers} answers")
    sys.exit(1 if report.faults else 0)


@click.command("import", short_help="Take the answers in WARC files that belong to a partner.")
@click.argument("files", metavar="WARC...", nargs=-1, required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_json
@with_db
@with_partners
def import_(files: tuple[Path, ...], *, as_json: bool, db: Path, folder: Path) -> None:
    """Take the answers in WARC files that belong to a partner; those that are held already change nothing.

    What is passed over is counted by why, records that cannot be read too.
    """
    from scraper import importing
    from scraper.partners import registry
    from scraper.store.archive import open_archive

    partners = registry.load(folder).partners
    for path in files:
        importing.refuse_foreign(path)  # before an archive is made for them
    open_archive(db).close()
    with opened(db, tuple(partners)) as (archive, held):
        known = {**known_partners(archive.captures, folder, held), **partners}
        with bar("records", quiet=as_json) as advance:
            done = importing.import_files(archive, known, list(files), lambda path, count: advance(count, None))
    if as_json:
        values = {"taken": dict(done.taken), "older": done.older, "passed_over": dict(done.passed_over)}
        click.echo(json.dumps(values, indent=2))
        return
    for slug, count in sorted(done.taken.items()):
        click.echo(f"{slug}: {count} answers taken")
    for reason, count in done.passed_over.most_common():
        click.echo(f"{count} passed over: {reason}")
    if done.older:
        click.echo(f"{done.older} are older than what is known; `archive rebuild` reads them in their place")


@contextmanager
def opened(db: Path, slugs: tuple[str, ...]) -> Iterator[tuple[Archive, tuple[str, ...]]]:
    """Yield the archive and the partners named, all when none is, while no crawl writes to them."""
    from scraper.crawl.locks import hold_partners
    from scraper.store.archive import open_archive

    with open_archive(db, create=False) as archive:
        stored = [row["slug"] for row in archive.query("SELECT slug FROM partners ORDER BY slug")]
        wanted = slugs or tuple(stored)
        with hold_partners(archive.captures, wanted) as free:
            refuse_held(wanted, free)
            yield archive, free


def refuse_held(wanted: Any, free: tuple[str, ...]) -> None:
    """Raise LockedError when a crawl holds one of the partners."""
    from scraper.errors import LockedError

    busy = [slug for slug in wanted if slug not in free]
    if busy:
        raise LockedError(f"a crawl holds {', '.join(busy)}; let it finish, or stop it")


def known_partners(captures: Path, folder: Path, slugs: Any) -> Mapping[str, Partner]:
    """Return the named partners as their registry files have them, else as the journal does."""
    from scraper import replay
    from scraper.partners import registry

    named = registry.load(folder).partners
    found = {slug: named.get(slug) or replay.known_partner(captures, slug) for slug in slugs}
    missing = [slug for slug, partner in found.items() if partner is None]
    if missing:
        raise ConfigError(f"{missing[0]} is neither in {folder} nor in the journal; name its folder with --partners")
    return {slug: partner for slug, partner in found.items() if partner is not None}


def summary(report: Report) -> dict[str, object]:
    """Return what a re-extraction changed, for programs."""
    return {
        "read": report.read,
        "unreadable": dict(report.unreadable),
        "posts": dict(report.posts),
        "changed": [
            {"partner": slug, "field": name, "posts": count} for (slug, name), count in sorted(report.changed.items())
        ],
        "examples": [
            {"partner": one.partner, "url": one.url, "field": one.field, "before": one.before, "after": one.after}
            for one in report.examples
        ],
    }


def print_report(report: Report, *, dry_run: bool) -> None:
    """Print what a re-extraction changed, with examples."""
    from scraper.reextract import clip

    for (slug, name), count in sorted(report.changed.items()):
        click.echo(f"{slug:30} {name:20} {count:>8,}")
        for one in report.examples:
            if (one.partner, one.field) == (slug, name):
                click.echo(f"    {one.url}\n      - {clip(one.before)}\n      + {clip(one.after)}")
    for slug, count in sorted(report.unreadable.items()):
        click.echo(f"{slug:30} {'reads as no post':20} {count:>8,}")
    word = "would change" if dry_run else "changed"
    click.echo(f"{report.read} posts read, {report.posts.total()} {word}")


COMMANDS = (reextract, rebuild, import_)
