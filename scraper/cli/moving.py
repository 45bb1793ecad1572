"""`archive rename`: a partner moves to another domain and keeps its posts."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.errors import ConfigError

from .options import load_registry, with_db, with_partners


@click.command()
@click.argument("slug", metavar="PARTNER")
@with_db
@with_partners
def rename(slug: str, *, db: Path, folder: Path) -> None:
    """Keep a partner's posts when it moves to another domain.

    Write the new address as `home` into its registry file first, the old host under `hosts`. Posts keep their ids;
    their addresses are known on the new domain too. The next crawl does the same by itself.
    """
    from scraper.crawl.locks import hold_partners
    from scraper.store import partners
    from scraper.store.archive import open_archive

    partner = load_registry(folder).select((slug,))[0]
    with open_archive(db, create=False) as archive, hold_partners(archive.captures, [slug]):
        row = archive.first("SELECT home_url FROM partners WHERE slug = ?", [slug])
        if row is None:
            raise ConfigError(f"{slug} is not in {db}; nothing to rename")
        with archive.transaction() as connection:
            moved = partners.move_home(connection, slug, row["home_url"], partner.home)
            partners.save_partner(connection, partner)
    click.echo(f"{slug}: {moved} addresses are known at {partner.home}")


COMMANDS = (rename,)
