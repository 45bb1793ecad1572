"""A report for whoever is asked to help: versions, sizes, counts and outcomes, and nothing that a partner wrote."""

from __future__ import annotations

import platform
import shutil
import sqlite3
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from scraper import __version__
from scraper.errors import ArchiveError
from scraper.store.archive import Archive, open_reader
from scraper.store.schema import PUBLIC_TABLES

LIBRARIES = (
    "scrapy twisted lxml beautifulsoup4 sqlite-utils dateparser datasette trafilatura feedparser icalendar"
    " recurring-ical-events warcio pydantic click"
).split()
COUNTED = {
    "crawls": "SELECT outcome, count(*) FROM crawls GROUP BY 1",
    "fetches of 30 days": "SELECT kind || ' ' || outcome, count(*) FROM fetches WHERE at > date('now', '-30 days')"
    " GROUP BY 1 ORDER BY 2 DESC",
    "addresses": "SELECT state, count(*) FROM candidates GROUP BY 1",
    "coverage of 30 days": "SELECT state, count(*) FROM coverage WHERE day > date('now', '-30 days') GROUP BY 1",
    "alarms": "SELECT kind, count(*) FROM alarms GROUP BY 1",
    "extractors": "SELECT extractor, count(*) FROM posts GROUP BY 1",
}


def examine(db: Path) -> dict[str, Any]:
    """Return the report of an archive; one that cannot be opened is named with the reason."""
    report: dict[str, Any] = {"software": software(), "machine": machine(db)}
    try:
        with open_reader(db, older=True) as archive:
            report["archive"] = contents(archive)
    except (ArchiveError, sqlite3.DatabaseError) as error:
        report["archive"] = {"error": str(error)}
    return report


def software() -> dict[str, str]:
    """Return the versions at work."""
    found = {"regional-archive": __version__, "python": platform.python_version(), "sqlite": sqlite3.sqlite_version}
    for name in LIBRARIES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "missing"
    return found


def machine(db: Path) -> dict[str, Any]:
    """Return the machine, the room that is left, and the sizes of what lies beside the database, in bytes."""
    folder = next(path for path in (db.parent, *db.parent.parents) if path.exists())
    captures = list((db.parent / "captures").rglob("*.warc.gz"))
    return {
        "system": platform.platform(),
        "encoding": sys.getfilesystemencoding(),
        "free": shutil.disk_usage(folder).free,
        "database": db.stat().st_size if db.exists() else None,
        "wal": wal.stat().st_size if (wal := db.with_name(db.name + "-wal")).exists() else 0,
        "captures": sum(path.stat().st_size for path in captures),
        "capture files": len(captures),
    }


def contents(archive: Archive) -> dict[str, Any]:
    """Return how much of what is in the archive, by the archive's own words."""
    rows = {name: archive.query(f"SELECT count(*) FROM {name}")[0][0] for name in PUBLIC_TABLES}  # noqa: S608
    counted = {name: {str(row[0]): row[1] for row in archive.query(sql)} for name, sql in COUNTED.items()}
    return {"rows": rows, **counted}
