"""`archive takedown`, `erase` and `remove`: what others have a right to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.errors import LockedError, UsageError

from .options import with_db, with_json, with_partners

if TYPE_CHECKING:
    from scraper.models import Partner
    from scraper.rights import Erasure, Target
    from scraper.store.archive import Archive

with_reason = click.option("--reason", default="", help="Why; it is shown in public, so it must not name anybody.")


@click.command(short_help="Hide a post at once; it can be put back.")
@click.argument("what", metavar="URL|ID")
@with_reason
@click.option("--lift", is_flag=True, help="Put it back from the captures.")
@with_db
@with_partners
def takedown(what: str, *, reason: str, lift: bool, db: Path, folder: Path) -> None:
    """Hide a post at once: its words leave the database, a notice stays at its address."""
    from scraper import rights

    with held(db, what) as (archive, target):
        if not lift:
            already = target.removal is not None
            rights.takedown(archive, target, reason)
            click.echo("was hidden already" if already else "hidden; its address answers 410 with a notice")
            return
        count = rights.lift(archive, target, partner_of(archive, target.partner, folder))
        click.echo(f"put back from {count} capture{'' if count == 1 else 's'}")


@click.command(short_help="Erase a post everywhere, for good.")
@click.argument("what", metavar="URL|ID")
@with_reason
@click.option("--family", is_flag=True, help="The posts that carry the same text too.")
@with_json
@with_db
@with_partners
def erase(what: str, *, reason: str, family: bool, as_json: bool, db: Path, folder: Path) -> None:
    """Erase a post everywhere, captures and exports included, for good; a tombstone without content keeps it out.

    Exit code 1: files beside the archive still name it, other posts carry its text, or a reader kept old pages; see
    the lines printed.
    """
    from scraper import rights

    require_reason(reason)
    with opened(db) as archive:
        target = rights.find(archive, what)
        done = rights.erase(archive, target, partner_of(archive, target.partner, folder), reason)
        for address in done.family if family else ():
            twin = rights.find(archive, address)
            again = rights.erase(archive, twin, partner_of(archive, twin.partner, folder), reason)
            done = rights.together(done, again)
        report(done, as_json=as_json)


@click.command(short_help="Erase a whole partner.")
@click.argument("slug", metavar="PARTNER")
@with_reason
@click.option("--lift", is_flag=True, help="Let the partner be crawled again; what was erased stays so.")
@with_json
@with_db
def remove(slug: str, *, reason: str, lift: bool, as_json: bool, db: Path) -> None:
    """Erase a whole partner: posts, captures, and its part of the ledger; its slug stays in the tombstone.

    Exports beside the archive that have a record of it are deleted, editions that hold it are withdrawn. Exit code 1:
    something could not be deleted, or other files beside the archive name it; see the lines printed.
    """
    from scraper import rights

    if not lift:
        require_reason(reason)
    with opened(db, slug) as archive:
        if lift:
            rights.readmit(archive, slug)
            click.echo(f"{slug} may be crawled again")
        else:
            refuse_stranger(archive, slug)
            report(rights.remove_partner(archive, slug, reason), as_json=as_json)


def refuse_stranger(archive: Archive, slug: str) -> None:
    """Raise ConfigError for a partner without a trace in the archive: a mistyped one would else count as removed."""
    from scraper.partners.registry import unknown_partner

    known = {row["slug"] for row in archive.query("SELECT slug FROM partners UNION SELECT partner FROM captures")}
    kept = {path.name for path in archive.captures.iterdir() if path.is_dir()} if archive.captures.is_dir() else set()
    gone = {row["partner"] for row in archive.query("SELECT partner FROM removals WHERE partner IS NOT NULL")}
    if slug not in known | kept | gone:
        raise unknown_partner(slug, known)


def require_reason(reason: str) -> None:
    """Raise UsageError unless a reason is given."""
    if not reason:
        raise UsageError("say why with --reason; it stays in the tombstone and is shown in public")


@contextmanager
def held(db: Path, what: str) -> Iterator[tuple[Archive, Target]]:
    """Yield the archive and what is meant in it, while no crawl writes to its partner."""
    from scraper import rights
    from scraper.store.archive import open_reader

    with open_reader(db, older=True) as reader:
        partner = rights.find(reader, what).partner
    with opened(db, partner) as archive:
        yield archive, rights.find(archive, what)


@contextmanager
def opened(db: Path, *slugs: str) -> Iterator[Archive]:
    """Yield the archive while this command alone may write to the captures of partners; none named: of all."""
    from scraper import replay
    from scraper.crawl.locks import hold_partners
    from scraper.store.archive import open_archive

    with open_archive(db, create=False) as archive:
        wanted = slugs or tuple(replay.partners_of(archive.captures))
        with hold_partners(archive.captures, wanted) as free:
            if taken := set(wanted) - set(free):
                raise LockedError(f"another crawl holds {', '.join(sorted(taken))}; let it finish, or stop it")
            yield archive


def partner_of(archive: Archive, slug: str, folder: Path) -> Partner:
    """Return a partner as its registry file has it, else as the journal does; raises UsageError for neither."""
    from scraper import replay
    from scraper.partners import registry

    named = next((partner for partner in registry.load(folder).partners.values() if partner.slug == slug), None)
    found = named or replay.known_partner(archive.captures, slug)
    if found is None:
        raise UsageError(f"{slug} is neither in {folder} nor in the journal; name its registry folder with --partners")
    return found


def report(done: Erasure, *, as_json: bool) -> None:
    """Print what was erased and what a person must still see to; exit 1 for the latter."""
    if as_json:
        names = ("removal", "dropped", "cut", "deleted", "left", "family", "blocked")
        click.echo(json.dumps({name: getattr(done, name) for name in names}, indent=2))
    else:
        click.echo(f"erased: {done.dropped} captures left out, {done.cut} cut; tombstone {done.removal}")
        for name in done.deleted:
            click.echo(f"deleted {name}")
        for address in done.family:
            click.echo(f"archive: {address} carries the same text; erase it too, or see --family", err=True)
        for path in done.left:
            click.echo(f"archive: {path} still stands and may name it; delete it or make it again", err=True)
        if done.blocked:
            click.echo("archive: a reader keeps old pages alive; stop `archive serve` and erase again", err=True)
    sys.exit(1 if done.left or done.family or done.blocked else 0)


COMMANDS = (takedown, erase, remove)
