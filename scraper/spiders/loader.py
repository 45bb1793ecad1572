"""Partners as spiders by name: `scrapy list` and `scrapy crawl midlands-engine` work on registry files."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.normalise import urls
from scraper.partners import registry

from .partner import PartnerSpider

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.settings import BaseSettings

    from scraper.models import Partner

logger = logging.getLogger(__name__)
Slugs = list[str]  # inside the class, `list` is Scrapy's name for its own method


class PartnerLoader:
    """A spider loader over a folder of registry files; a bad file is logged and left out."""

    def __init__(self, folder: Path) -> None:
        found = registry.load(folder)
        self.partners = found.partners
        for fault in found.faults:
            logger.error("registry: %s", fault)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> PartnerLoader:
        """Read the folder that ARCHIVE_PARTNERS (setting or environment) names, else the partners that are shipped."""
        named = settings.get("ARCHIVE_PARTNERS") or os.environ.get("ARCHIVE_PARTNERS")
        return cls(Path(named) if named else registry.SHIPPED)

    def list(self) -> Slugs:
        """Return the slugs of all partners."""
        return list(self.partners)

    def load(self, spider_name: str) -> type[PartnerSpider]:
        """Return the spider of a partner; raises KeyError naming the known ones, as Scrapy's own loader does."""
        if spider_name not in self.partners:
            raise KeyError(f"Spider not found: {spider_name}; known: {', '.join(self.partners)}")
        return spider_of(self.partners[spider_name])

    def find_by_request(self, request: Request) -> Slugs:
        """Return the partners that an address belongs to."""
        return [
            slug
            for slug, partner in self.partners.items()
            if urls.same_host(request.url, urls.partner_hosts(partner.home, partner.hosts))
        ]


def spider_of(partner: Partner) -> type[PartnerSpider]:
    """Return the spider class of a partner."""
    return type("PartnerSpider", (PartnerSpider,), {"name": partner.slug, "partner": partner})
