"""The sample region as tests use it: served, with its partners and an archive."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scraper.crawl.run import Done
from scraper.crawl.supervise import Plan, crawl
from scraper.models import Partner
from scraper.sample import SampleRegion


@dataclass(frozen=True)
class Region:
    """The sample region while it is served, its partners, and an archive made of it."""

    served: SampleRegion
    partners: tuple[Partner, ...]
    db: Path

    def crawl(self, *slugs: str, full: bool = False, due: bool = False) -> dict[str, Done]:
        """Crawl the named partners, or all, into the archive."""
        wanted = tuple(partner for partner in self.partners if not slugs or partner.slug in slugs)
        return {done.slug: done for done in crawl(Plan(partners=wanted, db=self.db, full=full, due=due))}
