"""Read one page of any source by its kind; where a visit begins."""

from __future__ import annotations

from scraper.models import Capture, Partner, Reading, Source

from . import calendar, feed, listing, sitemap, wordpress


def entry_url(source: Source, memory: dict[str, str]) -> str:
    """Return the address that begins a visit to a source, given what it asked to remember."""
    return wordpress.entry_url(source, memory) if source.kind == "wordpress" else source.url


def read_source(capture: Capture, source: Source, partner: Partner, memory: dict[str, str]) -> Reading:
    """Read one captured page of a source; raises PageError when it is not what its kind says."""
    if source.kind == "feed":
        return feed.read(capture)
    if source.kind == "sitemap":
        return sitemap.read(capture)
    if source.kind == "wordpress":
        return wordpress.read(capture, source, memory, zone=partner.timezone)
    if source.kind == "calendar":
        return calendar.read(capture, zone=partner.timezone)
    return listing.read(capture, partner)
