"""`archive status` and `schedule`: is every partner well, and how to keep it so unattended."""

from __future__ import annotations

import getpass
import json
import re
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.identity import CONTACT

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


@click.command(short_help="Show every partner, its alarms, and the latest holes.")
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
    sys.exit(1 if needs_person(found) else 0)


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
        state = (row["state"] or "never crawled") if row["active"] else "no longer crawled"
        waiting = f", {row['waiting']} waiting" if row["waiting"] else ""
        good = row["last_good"] or "never"
        click.echo(f"{row['slug']:32} {row['posts']:>7,} posts  last good {good:10}  {state}{waiting}")
    for row in found["alarms"]:
        click.echo(f"alarm  {row['partner']}: {row['message']} (since {row['raised_at'][:10]})")
    for row in found["holes"]:
        days = row["first"] if row["days"] == 1 else f"{row['first']} to {row['last']}, {row['days']} days"
        reason = f": {row['reason']}" if row["reason"] else ""
        click.echo(f"hole   {row['partner']}: {row['state']} {days}{reason}")
    if not found["partners"]:
        click.echo("no partner was crawled yet; try: archive crawl")
    elif not needs_person(found):
        click.echo("nothing needs a person")


def needs_person(found: dict[str, list[dict[str, Any]]]) -> bool:
    """Say whether there is an alarm, or a partner that the last visit could not see; an older hole is only told."""
    unseen = (row["active"] and row["state"] in ("blind", "blocked") for row in found["partners"])
    return bool(found["alarms"]) or any(unseen)


@click.command(short_help="Print the cron line and the systemd units.")
@with_db
@with_partners
def schedule(db: Path, folder: Path) -> None:
    """Print the cron line and the systemd units that keep this archive current and serve it."""
    program = shutil.which("archive") or sys.argv[0]
    crawl = [str(Path(program).absolute()), "crawl", "--due", "--minutes", "300"]
    crawl += ["--db", str(db.resolve()), "--partners", str(folder.resolve())]
    serve = [crawl[0], "serve", "--db", str(db.resolve())]
    click.echo(
        SCHEDULE.format(
            cron=shlex.join(crawl).replace("%", "\\%"),
            crawl=systemd_line(crawl),
            serve=systemd_line(serve),
            folder=systemd_line([str(db.resolve().parent)]),
            contact=CONTACT,
            user=getpass.getuser(),
        )
    )


def systemd_line(words: Sequence[str]) -> str:
    """Return words as systemd reads them in a unit: quoted where needed, its own signs doubled."""
    plain = re.compile(r"[\w@+=:,./-]+")
    escaped = (word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") for word in words)
    return " ".join(word if plain.fullmatch(word) else f'"{word}"' for word in escaped)


SCHEDULE = """\
# cron: every hour; what is due is fetched, the rest waits. Exit codes: docs/commands.md
ARCHIVE_CONTACT={contact}
17 * * * * {cron}

# systemd: /etc/systemd/system/archive-crawl.service
[Unit]
Description=Crawl what is due
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
Environment=ARCHIVE_CONTACT={contact}
ExecStart={crawl}
SuccessExitStatus=15 18
MemoryMax=1G
TimeoutStartSec=6h
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
WantedBy=timers.target

# systemd: /etc/systemd/system/archive-serve.service
[Unit]
Description=Serve the archive, read-only
After=network.target

[Service]
User={user}
Environment=ARCHIVE_CONTACT={contact}
# Environment=ARCHIVE_PUBLIC_URL=https://archive.example
ExecStart={serve}
Restart=on-failure
MemoryMax=1G
NoNewPrivileges=yes
ProtectSystem=strict
ReadWritePaths={folder}

[Install]
WantedBy=multi-user.target"""


@click.command(short_help="Write a report for whoever is asked to help.")
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="A file; else stdout.")
@with_db
def doctor(output: Path | None, *, db: Path) -> None:
    """Write a report for whoever is asked to help: versions, sizes, counts. It holds nothing that a partner wrote."""
    from scraper.doctor import examine

    with click.open_file(str(output or "-"), "w", encoding="utf-8", lazy=False) as file:
        file.write(json.dumps(examine(db), indent=2) + "\n")


COMMANDS = (status, schedule, doctor)
