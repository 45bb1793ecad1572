"""The lead picture: of those that a page names for machines, the ones that its readers see too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from lxml import etree

from scraper.models import Claim

from .document import Document
from .links import absolute

DECLARING = ("open_graph", "twitter_card", "json_ld", "microdata")
SHOWING = (  # the likely place first
    etree.XPath("boolean(//body//img/@*[contains(., $name)])"),
    etree.XPath(
        "boolean(//body//source/@*[contains(., $name)] | //body//div/@*[contains(., $name)]"
        " | //body//a/@href[contains(., $name)] | //body//*/@style[contains(., $name)])"
    ),
)
SIZED = re.compile(r"(?:-\d{1,5}x\d{1,5}|-scaled)?\.[a-zA-Z]{2,5}$")  # WordPress names each size of a picture


def shown(document: Document, ranked: Sequence[Claim]) -> Sequence[Claim]:
    """Return the claims, the most trusted first, without pictures that only the head names: those are for sharing."""
    if not ranked or not is_declared(ranked[0]):
        return ranked
    is_shown = lru_cache(maxsize=8)(lambda name: bool(name) and any(one(document.tree, name=name) for one in SHOWING))
    return [claim for claim in ranked if not is_declared(claim) or is_shown(file_of(document, claim))]


def is_declared(claim: Claim) -> bool:
    """Say whether a claim is written for machines."""
    return claim.found_in.partition(":")[0] in DECLARING


def file_of(document: Document, claim: Claim) -> str:
    """Return the name of a picture's file without its size."""
    return SIZED.sub("", urlsplit(absolute(claim.value, document.base_url) or "").path.rpartition("/")[2])
