"""How the tests of the readers make a capture and read it."""

from __future__ import annotations

from datetime import datetime, timezone

from scraper.discover import read_source
from scraper.models import Capture, Partner, Reading, Source, SourceKind

NOW = datetime(2026, 11, 20, 12, tzinfo=timezone.utc)
HOME = "https://harbour-trust.example/"
PARTNER = Partner(
    slug="harbour-trust",
    title="Harbour Trust",
    home=HOME,
    region="test",
    timezone="Europe/London",
    language="en-GB",
)


def captured(body: str | bytes, url: str, *, headers: dict[str, str] | None = None, status: int = 200) -> Capture:
    raw = body.encode() if isinstance(body, str) else body
    return Capture(url=url, fetched_at=NOW, status=status, headers=headers or {}, body=raw)


def read(
    kind: SourceKind,
    body: str | bytes,
    path: str = "",
    *,
    headers: dict[str, str] | None = None,
    source: str | None = None,
    memory: dict[str, str] | None = None,
    partner: Partner = PARTNER,
) -> Reading:
    url = HOME + path
    place = Source(kind=kind, url=HOME + source if source is not None else url)
    return read_source(captured(body, url, headers=headers), place, partner, memory or {})


def paths(reading: Reading) -> list[str]:
    return [candidate.url.removeprefix(HOME) for candidate in reading.candidates]
