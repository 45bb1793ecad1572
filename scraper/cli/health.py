"""`archive status` and `schedule`: is every partner well, and how to keep it so unattended."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import with_db, with_json, with_partners

if TYPE_CHECKING:
    from scraper.store.archive import Archive

HOLES = """
SELECT partner, min(day) AS first, max(day) AS last, count(*) AS days, state, max(reason) AS reason FROM coverage
WHERE state IN ('blind', 'blocked') AND day >= date('now', '-30 days') GROUP BY partner, state ORDER BY partner, first
"""
PARTNERS = """
SELECT p.slug, p.active, (SELECT count(*) FROM posts WHERE partner = p.slug) AS posts,
    (SELECT max(day) FROM coverage WHERE partner = p.slug AND state IN ('checked', 'quiet')) AS last_good,
    (SELECT state FROM coverage WHERE partner = p.slug ORDER BY day DESC LIMIT 1) AS state,
    (SELECT count(*) FROM candidates WHERE partner = p.slug AND due_at IS NOT NULL) AS waiting
FROM partners p ORDER BY p.slug
"""


@click.command()
@with_json
@with_db
def status(db: Path, *, as_json: bool) -> None:
    """Show every partner, its last good crawl, its alarms and the holes of the last 30 days.

    Exit code 1 when something needs a person.
    """
    from scraper.store.archive import open_reader

    with open_reader(db) as archive:
        found = collect(archive)
    if as_json:
        click.echo(json.dumps(found, indent=2))
    else:
        print_status(found)
    sys.exit(1 if found["alarms"] or any(row["state"] in ("blind", "blocked") for row in found["partners"]) else 0)


def collect(archive: Archive) -> dict[str, list[dict[str, Any]]]:
    """Return the partners, alarms and holes of an archive."""
    return {
        "partners": [dict(row) for row in archive.query(PARTNERS)],
        "alarms": [dict(row) for row in archive.query("SELECT * FROM alarms ORDER BY partner, raised_at")],
        "holes": [dict(row) for row in archive.query(HOLES)],
    }


def print_status(found: dict[str, list[dict[str, Any]]]) -> None:
    """Print a status for a person."""
    for row in found["partners"]:
        state = row["state"] or "never crawled"
        waiting = f", {row['waiting']} waiting" if row["waiting"] else ""
        good = row["last_good"] or "never"
        click.echo(f"{row['slug']:32} {row['posts']:>7,} posts  last good {good:10}  {state}{waiting}")
    for row in found["alarms"]:
        click.echo(f"alarm  {row['partner']}: {row['message']} (since {row['raised_at'][:10]})")
    for row in found["holes"]:
        days = row["first"] if row["days"] == 1 else f"{row['first']} to {row['last']}, {row['days']} days"
        click.echo(f"hole   {row['partner']}: {row['state']} {days}: {row['reason']}")
    if not found["alarms"] and not found["holes"]:
        click.echo("nothing needs a person")


@click.command()
@with_db
@with_partners
def schedule(db: Path, folder: Path) -> None:
    """Print the cron line and the systemd timer that keep this archive current."""
    program = shutil.which("archive") or str(Path(sys.argv[0]).resolve())
    line = f"{program} crawl --due --db {db.resolve()} --partners {folder.resolve()}"
    click.echo(SCHEDULE.format(line=line, folder=db.resolve().parent))


SCHEDULE = """\
# cron: every hour; what is due is fetched, the rest waits. Exit codes: docs/commands.md
17 * * * * {line}

# systemd: /etc/systemd/system/archive-crawl.service
[Unit]
Description=Crawl what is due
After=network-online.target

[Service]
Type=oneshot
ExecStart={line}
SuccessExitStatus=3 15 18
MemoryMax=1G
RuntimeMaxSec=6h
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={folder}

# systemd: /etc/systemd/system/archive-crawl.timer
[Unit]
Description=Crawl every hour

[Timer]
OnCalendar=hourly
RandomizedDelaySec=10min
Persistent=true

[Install]
WantedBy=timers.target"""


@click.command()
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout.")
@with_db
def doctor(output: Path | None, *, db: Path) -> None:
    """Write a report for whoever is asked to help: versions, sizes, counts. It holds nothing that a partner wrote."""
    from scraper.doctor import examine

    with click.open_file(str(output or "-"), "w", encoding="utf-8", lazy=False) as file:
        file.write(json.dumps(examine(db), indent=2) + "\n")


COMMANDS = (status, schedule, doctor)
