"""Whether readers see a name, and where: what the choice of authors asks of a page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from scraper.models import Claim

from .. import regions
from ..document import Document, words
from ..links import path_of
from ..regions import Regions
from ..titles import Site, fold
from .judging import Page

FRONT = re.compile(r"/?(?:(?:index|home|default)\.[a-z]{3,5})?")


def look_at(document: Document, areas: Regions, titles: Sequence[Claim], site: Site, *, news: bool) -> Page:
    """Return what the choice of authors needs to know about a page; its texts are searched only when asked for."""

    @lru_cache(maxsize=1)
    def printed() -> str:
        return words(document.tree).casefold()

    def is_printed(name: str) -> bool:
        found = regions.holders(document.tree, name)
        if found:
            return not all(map(regions.is_apart, found))
        return name.casefold() in printed()

    return Page(
        site=site,
        news=news,
        titles=frozenset(fold(claim.value) for claim in titles),
        front=FRONT.fullmatch(path_of(document.url)) is not None,
        is_printed=is_printed,
        is_shown=lambda name: regions.is_shown(document.tree, areas, name),
    )
