"""Stored captures as the answers they were: every request of a partner with its hops, in the order they came."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scraper.capture import Purpose, Record, Stored, records
from scraper.models import Partner, Rights, Source
from scraper.store.journal import Journal

REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, kw_only=True, slots=True)
class Exchanged:
    """One request and its captures: redirects and repetitions first, the answer that counted last."""

    purpose: Purpose
    record: Record
    captures: tuple[Stored, ...]

    @property
    def is_answered(self) -> bool:
        """Say whether the last capture is an answer, not a redirect that led nowhere."""
        return not (self.record.capture.status in REDIRECTS and "location" in self.record.capture.headers)


def files_of(captures: Path, partner: str) -> list[Path]:
    """Return a partner's WARC files, the one with the oldest answer first; an imported one is older than its name."""
    return sorted((captures / partner).glob("*.warc.gz"), key=lambda path: (began_at(path), path.name))


def began_at(path: Path) -> float:
    """Return when the first answer of a file came, in seconds; 0 for a file without any."""
    first = next(records(path), None)
    return first.capture.fetched_at.timestamp() if first else 0.0


def partners_of(captures: Path) -> list[str]:
    """Return the slugs of every partner that has captures or a journal."""
    return sorted(path.name for path in captures.glob("[!.]*") if path.is_dir())


def exchanges(captures: Path, partner: str) -> Iterator[Exchanged]:
    """Yield every request of a partner, visit by visit; records that do not say why they were asked are passed over."""
    for path in files_of(captures, partner):
        name = f"{partner}/{path.name}"
        open_ones: list[tuple[Record, Stored]] = []
        for record in records(path):
            if record.purpose is None:
                continue
            if record.purpose.hop == 0 and open_ones:
                yield joined(open_ones)
                open_ones = []
            open_ones.append((record, stored_of(record, name)))
        if open_ones:
            yield joined(open_ones)


def joined(hops: list[tuple[Record, Stored]]) -> Exchanged:
    """Return the hops of one request as one value."""
    record = hops[-1][0]
    assert record.purpose is not None  # noqa: S101 - only such records are gathered
    return Exchanged(purpose=record.purpose, record=record, captures=tuple(stored for _, stored in hops))


def stored_of(record: Record, warc: str) -> Stored:
    """Return where a record lies; `warc` is its file below the captures folder."""
    return Stored(
        url=record.capture.url,
        fetched_at=record.capture.fetched_at,
        status=record.capture.status,
        digest=record.digest,
        warc=warc,
        offset=record.offset,
        length=record.length,
    )


def known_partner(captures: Path, slug: str) -> Partner | None:
    """Return a partner as the journal last had it; None when it never did."""
    entries = list(Journal(captures=captures, partner=slug).entries("partner"))
    return read_partner(entries[-1]["partner"]) if entries else None


def read_partner(values: dict[str, Any]) -> Partner:
    """Read a partner as the journal holds it."""
    sources = tuple(Source(**source) for source in values["sources"])
    lists = {"hosts": tuple(values["hosts"]), "sources": sources, "rights": Rights(**values["rights"])}
    return Partner(**{**values, **lists})
