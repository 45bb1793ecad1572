"""How a registry file would describe each site of the sample region."""

from collections.abc import Mapping
from typing import Any

TITLES = {
    "sample-engine": "Sample: a regional partnership",
    "sample-lifesci": "Sample: a trade paper for life sciences",
    "sample-events": "Sample: an events calendar",
    "sample-council": "Sample: a borough council",
    "sample-chamber": "Sample: a chamber of commerce",
}

SOURCES = {
    "sample-engine": (("feed", "feed/"), ("sitemap", "sitemap.xml")),
    "sample-lifesci": (("feed", "feed/"), ("sitemap", "sitemap.xml")),
    "sample-events": (("sitemap", "sitemap.xml"), ("calendar", "calendar.ics")),
    "sample-council": (("listing", "news"),),
    "sample-chamber": (("feed", "atom.xml"), ("feed", "feed.json"), ("listing", "news/")),
}

POSTS = {
    "sample-engine": {"news": r"/news-events/[^/?]+/$"},
    "sample-lifesci": {"news": r"/(people-places|funding-investment|research-innovation)/[^/?]+/$"},
    "sample-events": {"news": r"/news/[^/?]+/$", "event": r"/events/[^/?]+/$"},
    "sample-council": {"news": r"/news/[^/?]+$"},
    "sample-chamber": {"news": r"/(news|newyddion)/[^/?]+/$"},
}


def partners(addresses: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """The registry mapping of each site that `addresses` (slug → address) names, in the keys of a registry file."""
    return {slug: _partner(slug, address) for slug, address in addresses.items()}


def _partner(slug: str, address: str) -> dict[str, Any]:
    return {
        "title": TITLES[slug],
        "home": address,
        "region": "midlands",
        "timezone": "Europe/London",
        "language": "en-GB",
        "sources": [{kind: address + path} for kind, path in SOURCES[slug]],
        "posts": POSTS[slug],
        "delay": 0.05,
        "rights": {"public": "full", "note": "written for the sample"},
    }
