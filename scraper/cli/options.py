"""Options that every command shares, and where the archive lies when nobody says."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from scraper.errors import ConfigError, UsageError

if TYPE_CHECKING:
    from scraper.partners.registry import Registry

Command = TypeVar("Command", bound=Callable[..., Any])


def in_checkout() -> bool:
    """Say whether the command runs in a checkout of the project."""
    return Path("scrapy.cfg").is_file() and Path("scraper").is_dir()


def default_db() -> Path:
    """Return ./archive.db in a checkout, else archive.db in the user's data folder."""
    if in_checkout():
        return Path("archive.db").absolute()
    import platformdirs

    return platformdirs.user_data_path("regional-archive") / "archive.db"


def default_partners() -> Path:
    """Return the folder of registry files: the user's own where there is one, else those that are shipped."""
    from scraper.partners import registry

    named = os.environ.get("ARCHIVE_PARTNERS")
    if named:
        return Path(named)
    if not in_checkout():
        own = default_db().parent / "partners"
        if own.is_dir():
            return own
    return registry.SHIPPED


def place_for_new(folder: Path) -> Path:
    """Return where a new registry file goes: the user's own folder rather than that of the installed package."""
    from scraper.partners import registry

    if folder == registry.SHIPPED and not in_checkout():
        return default_db().parent / "partners"
    return folder


def with_db(command: Command) -> Command:
    """Add --db to a command; the function gets a Path."""
    return click.option(
        "--db",
        type=click.Path(dir_okay=False, path_type=Path),
        default=default_db,
        show_default="./archive.db in a checkout, else in your data folder",
        help="The archive.",
    )(command)


def with_partners(command: Command) -> Command:
    """Add --partners to a command; the function gets the Path of a folder."""
    return click.option(
        "--partners",
        "folder",
        type=click.Path(file_okay=False, path_type=Path),
        default=default_partners,
        show_default="ARCHIVE_PARTNERS, else the partners that are shipped",
        help="The folder of registry files.",
    )(command)


with_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def check_address(_: click.Context, option: click.Parameter, value: str) -> str:
    """Return an http or https address, '' for none; raises UsageError for anything else."""
    if value and not value.startswith(("http://", "https://")):
        raise UsageError(f"{option.opts[0]} {value!r} is no http or https address")
    return value


def load_registry(folder: Path) -> Registry:
    """Read the registry and say on stderr what is wrong with single files; the others are used."""
    from scraper.partners import registry

    found = registry.load(folder)
    for fault in found.faults:
        click.echo(f"archive: {fault}", err=True)
    if not found.partners:
        what = "usable registry file" if found.faults else "registry file"
        raise ConfigError(f"no {what} in {folder}; `archive add URL` writes one")
    return found


def refuse_mixing(db: Path, *, sample: bool) -> None:
    """Raise ConfigError when sample and real partners would share one archive."""
    from scraper.store.archive import open_reader

    if not db.exists():
        return
    with open_reader(db, older=True) as archive:
        holds = [row["slug"].startswith("sample-") for row in archive.query("SELECT slug FROM partners")]
    if holds and holds[0] != sample:
        what = "the sample region" if holds[0] else "real partners"
        raise ConfigError(f"{db} holds {what}; name another archive with --db")
