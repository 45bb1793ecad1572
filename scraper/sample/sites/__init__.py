"""The five sites: one module each, which turns a site's posts into its pages by path (and query, where it pages)."""

from scraper.sample.pages import Page
from scraper.sample.posts import Site
from scraper.sample.sites import chamber, council, engine, events, lifesci

BUILDERS = {
    "sample-engine": engine.build,
    "sample-lifesci": lifesci.build,
    "sample-events": events.build,
    "sample-council": council.build,
    "sample-chamber": chamber.build,
}


def build_pages(site: Site) -> dict[str, Page]:
    """Every address of a site, from its slash on, with the page that answers there."""
    return BUILDERS[site.slug](site)
