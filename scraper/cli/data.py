"""`archive export`, `edition` and `check`: the archive as files, and whether it is whole."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scraper.errors import UsageError

from .bars import bar
from .options import check_address, with_db, with_json

if TYPE_CHECKING:
    from scraper.publish.about import About

SHOWN = ("name", "made_on", "as_of", "posts", "events", "fingerprint", "citation", "withdrawn")
FORMATS = ("jsonl", "csv", "parquet", "ics", "atom", "bibtex", "ris", "csl")
SUFFIXES = {"bibtex": "bib", "csl": "csl.json"}  # of the formats that are not called by theirs


@click.command()
@click.option("--format", "form", type=click.Choice(FORMATS), default="jsonl", show_default=True)
@click.option("--partner", "partners", multiple=True, help="Only this partner; may be repeated.")
@click.option("--query", default="", help="Only what a search finds: words, or the address of a search on the site.")
@click.option(
    "--site",
    envvar="ARCHIVE_PUBLIC_URL",
    default="http://127.0.0.1:8001",
    callback=check_address,
    show_default=True,
    help="Where the archive is served: addresses of posts in feeds and citations begin with it.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A file, written whole or not at all; else stdout.",
)
@with_db
def export(form: str, partners: tuple[str, ...], query: str, site: str, output: Path | None, db: Path) -> None:
    """Write posts to a file: all of them, or what a search finds.

    jsonl, csv and parquet hold each post whole. ics holds the events that the posts tell of; atom, bibtex, ris and csl
    hold what feed readers and citation managers read.
    """
    from scraper.publish.records import require_partners
    from scraper.site import hits
    from scraper.store.archive import open_reader

    if form == "parquet" and output is None:
        raise UsageError("a Parquet file is not for a terminal; name it with --output")
    if output is not None and not os.access(output.parent, os.W_OK):
        raise UsageError(f"cannot write {output}: there is no such folder, or you may not write in it")
    base = site.rstrip("/")
    with open_reader(db) as archive:
        require_partners(archive.connection, partners)
        found = hits.find(archive.connection, query, partners, base)
        for fault in found.faults:
            click.echo(f"archive: {fault}", err=True)
        with bar("posts", quiet=output is None) as drawn:
            chunks = counted(found.chunks, lambda done: drawn(done, found.about.count))
            write_posts(form, archive.connection, chunks, found.about, base, output)


def counted(chunks: Iterable[list[int]], notify: Callable[[int], None]) -> Iterator[list[int]]:
    """Yield the chunks, and tell after each how many ids were in all."""
    done = 0
    for chunk in chunks:
        yield chunk
        done += len(chunk)
        notify(done)


def write_posts(
    form: str,
    connection: sqlite3.Connection,
    chunks: Iterable[list[int]],
    about: About,
    base: str,
    output: Path | None,
) -> None:
    """Write the posts of chunks of ids to a file, or to stdout."""
    from scraper.publish import export as whole
    from scraper.publish import files, parquet

    posts = whole.records(connection, chunks)
    if form == "parquet" and output is not None:
        parquet.write(posts, output, about)
        return
    if form in ("jsonl", "csv"):
        pieces = whole.json_lines(posts) if form == "jsonl" else whole.csv_lines(posts)
    else:
        pieces = files.write(SUFFIXES.get(form, form), connection, chunks, about, base)
    if output is not None and str(output) != "-":
        files.put(pieces, output)
        return
    with click.open_file("-", "w", encoding="utf-8") as file:
        file.writelines(pieces)


@click.command()
@click.argument("name", required=False)
@click.option("--partner", "partners", multiple=True, help="Only this partner; may be repeated.")
@with_json
@with_db
def edition(name: str | None, *, partners: tuple[str, ...], as_json: bool, db: Path) -> None:
    """Freeze the archive as it is now under NAME, with checksums, to deposit and cite; without NAME: list editions.

    It lies in editions/NAME beside the archive, a BagIt bag: the database, posts, events and the coverage ledger as
    files, and how to cite it. Crawls may go on meanwhile.
    """
    from scraper.publish import edition as publish
    from scraper.store.archive import now, open_reader

    open_reader(db).close()
    if name is None:
        found = publish.every(db)
    else:
        with bar("posts", quiet=as_json) as drawn:
            found = [publish.make(db, name, partners, today=now().date(), watch=drawn)]
    if as_json:
        told = [{**{field: getattr(one, field) for field in SHOWN}, "path": str(one.path)} for one in found]
        click.echo(json.dumps(told if name is None else told[0], indent=2))
        return
    for one in found:
        click.echo(one.citation + (" Withdrawn." if one.withdrawn else ""))
    if name is None:
        click.echo(f"{len(found)} edition{'s' * (len(found) != 1)} in {publish.folder_of(db)}", err=True)
    else:
        click.echo(f"frozen in {found[0].path}; verify it there with: sha256sum -c {publish.MANIFEST}", err=True)


NEXT_STEP = (
    "put captures that are missing or cut back from a copy; if the database alone is at fault, `archive rebuild` makes"
    " it again from the captures"
)


@click.command()
@with_json
@with_db
def check(db: Path, *, as_json: bool) -> None:
    """Verify the database, the captures, and that they agree."""
    from scraper.check import check as verify

    with bar("captures", quiet=as_json) as drawn:
        report = verify(db, watch=drawn)
    if as_json:
        click.echo(json.dumps({"ok": report.ok, "counts": report.counts, "faults": report.faults}, indent=2))
    else:
        for name, count in report.counts.items():
            click.echo(f"{name:28} {count:>10,}")
        for fault in report.faults:
            click.echo(f"archive: {fault}", err=True)
        click.echo("all is well" if report.ok else f"{len(report.faults)} faults; {NEXT_STEP}")
    sys.exit(0 if report.ok else 1)


COMMANDS = (export, edition, check)
