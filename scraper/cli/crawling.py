"""`archive crawl`: fetch what is due and store it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.errors import ConfigError, most_serious

from .options import load_registry, place_for_new, refuse_mixing, with_db, with_json, with_partners

if TYPE_CHECKING:
    from scraper.crawl.run import Done
    from scraper.crawl.supervise import Plan
    from scraper.discover.probe import Finding
    from scraper.partners.registry import Registry


@click.command()
@click.argument("slugs", metavar="[PARTNER]...", nargs=-1)
@click.option("--due", is_flag=True, help="Only partners and sources whose time has come; for timers.")
@click.option("--full", is_flag=True, help="Fetch every known post again, now.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Partners at a time.")
@click.option("--minutes", type=click.FloatRange(min=0.01), help="Stop after this time; the next run goes on.")
@with_json
@with_db
@with_partners
def crawl(
    slugs: tuple[str, ...],
    *,
    due: bool,
    full: bool,
    workers: int,
    minutes: float | None,
    as_json: bool,
    db: Path,
    folder: Path,
) -> None:
    """Crawl the named partners, or all active ones.

    A second crawl fetches what is new or changed only. Exit codes: docs/commands.md.
    """
    found = load_registry(folder)
    partners = found.select(slugs)
    refuse_mixing(db, sample=bool(partners) and partners[0].slug.startswith("sample-"))
    make_archive(db)
    retire_closed(db, found)
    from scraper.crawl.supervise import Plan, exit_code  # the slow imports; who stops them leaves a whole archive

    plan = Plan(
        partners=partners,
        db=db,
        full=full,
        due=due,
        workers=workers,
        seconds=minutes * 60 if minutes else None,
    )
    ends = run_plan(plan, as_json=as_json)
    sys.exit(most_serious((exit_code(ends), ConfigError.exit_code if found.faults else 0)))


def retire_closed(db: Path, found: Registry) -> None:
    """Note which partners of the archive are no longer crawled, as their registry files say."""
    from scraper.store import partners
    from scraper.store.archive import open_archive

    closed = [slug for slug, partner in found.partners.items() if not partner.active]
    if closed:
        with open_archive(db) as archive:
            for slug in partners.retire(archive, closed):
                click.echo(f"{slug}: no longer crawled, as its registry file says; its posts stay", err=True)


def make_archive(db: Path) -> None:
    """Make the archive when there is none yet, on a full disk too while it fits: then there is one to be checked."""
    from scraper.store.archive import open_archive

    if not db.exists():
        db.parent.mkdir(parents=True, exist_ok=True)
        open_archive(db).close()


def run_plan(plan: Plan, *, as_json: bool) -> tuple[Done, ...]:
    """Run a crawl with bars on a terminal and lines elsewhere; print how each partner ended."""
    from scraper.crawl.supervise import crawl as run

    from .progress import watch

    with watch([partner.slug for partner in plan.partners], quiet=as_json) as notify:
        ends = run(plan, notify)
    if as_json:
        click.echo(json.dumps([summary(done) for done in ends], indent=2))
    return ends


def summary(done: Done) -> dict[str, object]:
    """Return how a partner's crawl ended, requests by class, for programs."""
    requests = Counter(done.requests)
    return {
        "partner": done.slug,
        "requests": {name: requests[name] for name in ("robots", "probe", "source", "page")}
        | {"all": requests.total()},
        "outcomes": done.outcomes,
        "state": done.state,
        "error": done.error,
        "exit_code": done.exit_code,
    }


@click.command(short_help="Probe a site and write its registry file.")
@click.argument("url")
@click.option("--force", is_flag=True, help="Write over a registry file that is there.")
@with_json
@with_partners
def add(url: str, *, force: bool, as_json: bool, folder: Path) -> None:
    """Probe a site and write its registry file: where its posts are listed, and why each other place failed.

    Never asks a question, writes no database. What it had to guess carries a comment.
    """
    from scraper.crawl import explore

    found = explore.explore(url)
    folder = place_for_new(folder)
    path = folder / f"{found.partner.slug}.yml"
    if path.exists() and not force:
        raise ConfigError(f"{path} is there already; --force writes over it")
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(explore.write_registry(found), encoding="utf-8")
    if as_json:
        click.echo(
            json.dumps({"file": str(path), "probes": [vars_of(finding) for finding in found.findings]}, indent=2)
        )
    else:
        for line in explore.describe(found):
            click.echo(line)
        click.echo(f"wrote {path}; next: archive crawl {found.partner.slug} --partners {folder}")
    sys.exit(0 if found.chosen() else 1)


def vars_of(finding: Finding) -> dict[str, object]:
    """Return a finding for programs."""
    return {
        "kind": finding.source.kind,
        "url": finding.source.url,
        "found_by": finding.source.found_by,
        "verdict": finding.verdict,
        "words": finding.words,
        "posts": len(finding.keys),
        "advice": finding.advice,
    }


COMMANDS = (add, crawl)
