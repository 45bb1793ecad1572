"""How what was erased is known again in files beside the archive: a post by its words, a partner by its records."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from scraper import replay
from scraper.normalise import urls
from scraper.publish import contents, parquet
from scraper.store.archive import Archive

from .words import Pattern, holds

OVERLAP = 8192  # of two pieces of a file; longer than any address or title
OF_EXPORT = frozenset(("id", "url", "title", "partner"))  # what each record of an export has


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """What to look for: words that name a post; with a `slug`, records of that partner, or on `hosts` of its own."""

    needle: Pattern | None
    slug: str = ""
    hosts: frozenset[str] = frozenset()

    def is_own(self, partner: object, url: object) -> bool:
        """Say whether a record is one of the partner."""
        return partner == self.slug or (isinstance(url, str) and urls.same_host(url, self.hosts))


def trace_of(archive: Archive, slug: str) -> Trace:
    """Return what tells of a whole partner, while its rows and its journal are there.

    A host that another partner has too tells of neither.
    """
    slugs = {row["slug"] for row in archive.query("SELECT slug FROM partners")}
    others = {host for other in slugs - {slug} for host in hosts_of(archive, other)}
    hosts = frozenset(hosts_of(archive, slug) - others)
    forms = [re.escape(host.encode()) for host in sorted(hosts, key=lambda host: (-len(host), host))]
    needle = re.compile(rb"https?:(?:\\?/){2}(?:" + b"|".join(forms) + rb")(?![\w:-]|\.\w)") if forms else None
    return Trace(needle=needle, slug=slug, hosts=hosts)


def hosts_of(archive: Archive, slug: str) -> frozenset[str]:
    """Return the hosts of a partner as its row and the journal have them."""
    row = archive.first("SELECT home_url FROM partners WHERE slug = ?", [slug])
    known = replay.known_partner(archive.captures, slug)
    hosts = urls.partner_hosts(known.home, known.hosts) if known else frozenset()
    return hosts | (urls.partner_hosts(row["home_url"], ()) if row else frozenset())


def is_export(path: Path) -> bool:
    """Say whether a file was written by `archive export` or is a download of a search, by its first line or columns."""
    if path.suffix == ".parquet":
        return parquet.columns_of(path) >= OF_EXPORT
    if path.suffix not in (".csv", ".jsonl"):
        return False
    with path.open("rb") as file:
        line = file.readline(1 << 20).decode("utf-8", "replace").lstrip("\ufeff")
    if path.suffix == ".csv":
        return set(next(csv.reader([line]), [])) >= OF_EXPORT
    try:
        record = json.loads(line)
    except ValueError:
        return '"partner"' in line and '"url"' in line
    return isinstance(record, dict) and set(record) >= OF_EXPORT


def is_named_by(path: Path, trace: Trace) -> bool:
    """Say whether an export tells of what was erased: of a whole partner it has a record, for others may link to it."""
    if not trace.slug:
        return names(path, trace.needle)
    try:
        return any(trace.is_own(partner, url) for partner, url in records_of(path))
    except (ValueError, csv.Error):
        return names(path, trace.needle)


def records_of(path: Path) -> Iterator[tuple[object, object]]:
    """Yield the partner and the address of each record of an export."""
    if path.suffix == ".parquet":
        yield from parquet.cells(path, ("partner", "url"))
        return
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        found = csv.DictReader(file) if path.suffix == ".csv" else map(json.loads, file)
        yield from ((record.get("partner"), record.get("url")) for record in found)


def holds_edition(folder: Path, trace: Trace) -> bool:
    """Say whether an edition tells of what was erased: of a whole partner its database has the row."""
    files = sorted(path for path in (folder / "data").iterdir() if path.is_file())
    if not trace.slug:
        return any(names(path, trace.needle) for path in files)
    try:
        uri = f"{(folder / 'data' / contents.DATABASE).absolute().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            rows = connection.execute("SELECT slug, home_url FROM partners").fetchall()
    except sqlite3.Error:
        return any(names(path, trace.needle) for path in files)
    return any(trace.is_own(*row) for row in rows)


def names(path: Path, needle: Pattern | None) -> bool:
    """Say whether a file names what was erased; read piece by piece."""
    if path.suffix == ".parquet":
        return any(holds(needle, line.encode("utf-8", "replace")) for line in parquet.lines(path))
    tail = b""
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            if holds(needle, tail + block):
                return True
            tail = block[-OVERLAP:]
    return False
