"""What hosts say about all of their pages: the file of the TDM Reservation Protocol, as it was last read."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Sequence
from urllib.parse import urlsplit

from .archive import Archive

MAX_RULES = 1_000
MAX_LOCATION = 1_000  # characters

Rules = Sequence[tuple[str, int]]  # a pattern of a path, and 1 for reserved


def save_tdm_rules(connection: sqlite3.Connection, host: str, rules: Rules | None, *, at: str) -> None:
    """Keep a host's rules; None, when its file could not be had, keeps those of the last time."""
    connection.execute(
        "INSERT INTO hosts (host, tdm, tdm_at) VALUES (?, ?, ?) ON CONFLICT (host)"
        " DO UPDATE SET tdm = coalesce(excluded.tdm, tdm), tdm_at = excluded.tdm_at",
        [host, None if rules is None else json.dumps(rules), at],
    )


def tdm_reservation(archive: Archive, host: str, url: str) -> int | None:
    """Return what a host's file says about an address: 1 reserved, 0 not; None when it says nothing."""
    row = archive.first("SELECT tdm FROM hosts WHERE host = ?", [host])
    return match(json.loads(row["tdm"]), url) if row is not None and row["tdm"] else None


def read_tdm_rules(body: bytes) -> Rules:
    """Return the rules of a `tdmrep.json` (W3C community report, 2024); what is no rule is left out."""
    try:
        entries = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        return ()
    rules = []
    for entry in entries[:MAX_RULES] if isinstance(entries, list) else ():
        location, reserved = (
            (entry.get("location"), entry.get("tdm-reservation")) if isinstance(entry, dict) else ("", 0)
        )
        if isinstance(location, str) and location.startswith("/") and len(location) <= MAX_LOCATION:
            rules.append((location, int(str(reserved).strip() == "1")))
    return tuple(rules)


def match(rules: Rules, url: str) -> int | None:
    """Return the word of the rule for an address, patterns read as in robots.txt (RFC 9309, 2.2.3): the longest wins.

    Of two of one length the one that reserves wins.
    """
    parts = urlsplit(url)
    path = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    found = [(len(pattern), reserved) for pattern, reserved in rules if fits(pattern, path)]
    return max(found)[1] if found else None


def fits(pattern: str, path: str) -> bool:
    """Say whether a pattern matches a path from its beginning; `*` is any run, `$` at its end the end of the path."""
    ends = pattern.endswith("$")
    pieces = re.split(r"\*+", pattern.removesuffix("$"))
    if not path.startswith(pieces[0]):
        return False
    at = len(pieces[0])
    for piece in pieces[1:-1]:
        at = path.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    if len(pieces) == 1:
        return at == len(path) if ends else True
    last = pieces[-1]
    if ends:
        return path.endswith(last) and len(path) - len(last) >= at
    return path.find(last, at) >= 0
