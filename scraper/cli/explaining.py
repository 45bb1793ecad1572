"""`archive explain`: what is read from a page and who won each field, and what is known of a partner."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scraper.errors import UsageError

from .options import load_registry, with_db, with_json, with_partners
from .reading import stranger

if TYPE_CHECKING:
    from scraper.models import Partner, RawPost


@click.command(short_help="Show how a page is read, or what is known of a partner.")
@click.argument("what", metavar="URL|FILE|PARTNER")
@with_json
@with_db
@with_partners
def explain(what: str, *, as_json: bool, db: Path, folder: Path) -> None:
    """Show what is read from a page and who won each field, or what is known of a partner.

    A page that the archive holds is read from its last capture; another is fetched, as politely as by a crawl.
    """
    from scraper.publish import explain as publish

    if what.startswith(("http://", "https://")):
        found = publish.explain_page(read_address(what, db, folder))
        found["same_text"] = same_text_of(what, db, folder)
        lines = publish.page_lines
    elif Path(what).is_file():
        found = publish.explain_page(read_file(Path(what)))
        lines = publish.page_lines
    elif "/" in what:
        raise UsageError(f"there is no file {what}")
    else:
        found = explain_known(what, db, folder)
        lines = publish.partner_lines
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        for line in lines(found):
            click.echo(line)


def read_address(url: str, db: Path, folder: Path) -> RawPost:
    """Read a page from its last capture, else fetch it; raises ConfigError when it is no post or cannot be had."""
    from scraper import ingest
    from scraper.crawl import explore
    from scraper.errors import ConfigError, PageError
    from scraper.extract import read_anyway
    from scraper.store.archive import open_reader

    partner = partner_of(url, folder)
    if db.exists():
        with open_reader(db) as archive:
            capture = explore.last_capture(archive, url)
            found = ingest.read_page(archive, partner, capture) if capture else None
        if found is not None and not isinstance(found, PageError):
            return found
    capture = explore.fetch_page(partner, url)
    try:
        return read_anyway(capture, partner)
    except PageError as error:
        raise ConfigError(f"{url} cannot be read: {error}") from error


def same_text_of(url: str, db: Path, folder: Path) -> list[dict[str, Any]]:
    """Return the other posts in the archive that carry the text of this one."""
    from scraper.publish import explain as publish
    from scraper.store.archive import open_reader

    if not db.exists():
        return []
    with open_reader(db) as archive:
        return publish.same_text(archive, partner_of(url, folder).slug, url)


def partner_of(url: str, folder: Path) -> Partner:
    """Return the partner that an address belongs to, else a stranger."""
    from scraper.normalise import urls
    from scraper.partners import registry

    for partner in registry.load(folder).partners.values():
        if urls.same_host(url, urls.partner_hosts(partner.home, partner.hosts)):
            return partner
    return stranger(url, "UTC")


def read_file(path: Path) -> RawPost:
    """Read a saved page; raises UsageError when it cannot be read."""
    from scraper.errors import PageError
    from scraper.extract import read_anyway
    from scraper.models import Capture

    url = path.resolve().as_uri().replace("file://", "http://file.invalid")
    now = datetime.now(timezone.utc)
    capture = Capture(url=url, requested_url=url, fetched_at=now, status=200, headers={}, body=path.read_bytes())
    try:
        return read_anyway(capture, stranger(url, "UTC"))
    except PageError as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def explain_known(slug: str, db: Path, folder: Path) -> dict[str, Any]:
    """Return what is known of a partner; raises ConfigError for a name that is neither page, file nor partner."""
    from scraper.errors import ConfigError
    from scraper.publish import explain as publish
    from scraper.store.archive import open_reader

    with open_reader(db) as archive:
        known = [row["slug"] for row in archive.query("SELECT slug FROM partners")]
        if slug not in known:
            load_registry(folder).select((slug,))
            raise ConfigError(f"{slug} was never crawled; try: archive crawl {slug}")
        return publish.explain_partner(archive, slug)


COMMANDS = (explain,)
