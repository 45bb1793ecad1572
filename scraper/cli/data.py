"""`archive export` and `check`: the archive as files, and whether it is whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .options import with_db, with_json


@click.command()
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option("--partner", "partners", multiple=True, help="Only this partner; may be repeated.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout.")
@with_db
def export(form: str, partners: tuple[str, ...], output: Path | None, db: Path) -> None:
    """Write every post, whole, as JSON lines or CSV."""
    from scraper.partners.registry import unknown_partner
    from scraper.publish import export as publish
    from scraper.store.archive import open_reader

    with open_reader(db) as archive:
        known = {row["slug"] for row in archive.query("SELECT slug FROM partners")}
        unknown = [slug for slug in partners if slug not in known]
        if unknown:
            raise unknown_partner(unknown[0], known)
        found = publish.records(archive.connection, partners)
        lines = publish.json_lines(found) if form == "jsonl" else publish.csv_lines(found)
        with click.open_file(str(output or "-"), "w", encoding="utf-8", lazy=False) as file:
            file.writelines(lines)


@click.command()
@with_json
@with_db
def check(db: Path, *, as_json: bool) -> None:
    """Verify the database, the captures, and that they agree."""
    from scraper.check import check as verify

    report = verify(db)
    if as_json:
        click.echo(json.dumps({"ok": report.ok, "counts": report.counts, "faults": report.faults}, indent=2))
    else:
        for name, count in report.counts.items():
            click.echo(f"{name:28} {count:>10,}")
        for fault in report.faults:
            click.echo(f"archive: {fault}", err=True)
        click.echo("all is well" if report.ok else f"{len(report.faults)} faults")
    sys.exit(0 if report.ok else 1)


COMMANDS = (export, check)
