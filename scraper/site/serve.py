"""Serving an archive: checks first, then Datasette with the plugin and safe settings, in this process."""

from __future__ import annotations

import errno
import gc
import socket
from pathlib import Path
from typing import Any

import yaml

from scraper.errors import ConfigError
from scraper.store.archive import open_reader

from . import DATABASE
from .pages.about import metadata

SETTINGS = {
    "allow_download": False,
    "allow_signed_tokens": False,
    "sql_time_limit_ms": 2000,
    "facet_time_limit_ms": 100,
    "suggest_facets": False,
    "default_page_size": 30,
    "max_returned_rows": 1000,
    "max_csv_mb": 200,
    "num_sql_threads": 4,
    "default_cache_ttl": 0,
    "truncate_cells_html": 300,
    "template_debug": False,
    "trace_debug": False,
}

MOVED = ("allow_sql", "queries")


def serve(
    db: Path, *, host: str = "127.0.0.1", port: int = 8001, public_url: str = "", metadata_file: Path | None = None
) -> None:
    """Serve the archive until stopped; `public_url` is the address that readers use, where a proxy stands before it.

    Raises ConfigError for a missing, foreign, damaged or newer database, metadata that would write, or a port in use.
    """
    import uvicorn

    server = make(db, public_url=public_url, metadata_file=metadata_file)
    rest_collector()
    with listen(host, port) as listener:
        config = uvicorn.Config(server.app(), log_level="warning", access_log=False, server_header=False, lifespan="on")
        uvicorn.Server(config).run(sockets=[listener])


def rest_collector() -> None:
    """Let Python look for cycles rarely: a search makes 60,000 rows at once, and each look cost it 20 ms."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def make(db: Path, *, public_url: str = "", metadata_file: Path | None = None) -> Any:
    """Return the Datasette of an archive, checked and ready for `.app()`."""
    refuse_unreadable(db)
    shown = read_metadata(metadata_file)
    refuse_writing(shown)
    if public_url:
        shown.setdefault("plugins", {})["regional_archive"] = {"public_url": public_url}
    from datasette.app import Datasette  # type: ignore[import-untyped]
    from datasette.plugins import pm  # type: ignore[import-untyped]

    import scraper.site

    from .counted import CountedDatabase

    if not any(plugin is scraper.site for plugin in pm.get_plugins()):
        pm.register(scraper.site, "regional_archive")
    known = {option.name for option in all_settings()}
    settings = {name: value for name, value in SETTINGS.items() if name in known}
    server = Datasette([], metadata=shown, settings=settings, cors=False, **configuration(shown))
    server.add_database(CountedDatabase(server, path=str(db), is_mutable=True), name=DATABASE)
    return server


def configuration(shown: dict[str, Any]) -> dict[str, Any]:
    """Return what Datasette 1.0 reads from a configuration of its own, where 0.65 reads it from the metadata.

    It would not say that it found queries, or a lock on SQL, where it no longer looks for them (simonw/datasette#2191).
    """
    from datasette.version import __version__  # type: ignore[import-untyped]

    if __version__.startswith("0."):
        return {}
    databases = {
        name: {key: database[key] for key in MOVED if key in database}
        for name, database in (shown.get("databases") or {}).items()
        if isinstance(database, dict)
    }
    return {"config": {**{key: shown[key] for key in MOVED if key in shown}, "databases": databases}}


def all_settings() -> Any:
    """Return the settings that this release of Datasette knows."""
    from datasette.app import SETTINGS as known

    return known


def refuse_unreadable(db: Path) -> None:
    """Raise ConfigError unless the archive can be opened and searched."""
    archive = open_reader(db)
    try:
        archive.query("SELECT post FROM search_rows LIMIT 1")
    finally:
        archive.close()


def read_metadata(path: Path | None) -> dict[str, Any]:
    """Return the metadata of the package, or of a file in its place."""
    if path is None:
        return dict(metadata())
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ConfigError(f"{path} cannot be read: {str(error).splitlines()[0]}") from error
    if not isinstance(found, dict):
        raise ConfigError(f"{path} is no metadata: a mapping is needed")
    return found


def refuse_writing(value: Any, place: str = "metadata") -> None:
    """Raise ConfigError for any `write` key: Datasette 0.65 would run such a query for anyone."""
    if isinstance(value, dict):
        for name, inside in value.items():
            if str(name).strip().lower() == "write":
                raise ConfigError(f"{place} holds a `write` key; an archive is only ever read")
            refuse_writing(inside, f"{place}.{name}")
    elif isinstance(value, list):
        for inside in value:
            refuse_writing(inside, place)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket; raises ConfigError in one line when the port is taken or the host is not ours."""
    if not 0 <= port <= 65535:
        raise ConfigError(f"cannot listen on {host}:{port}: a port is a number from 0 to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise ConfigError(f"cannot listen on {host}:{port}: {error}") from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(256)
    except (OSError, OverflowError) as error:
        listener.close()
        taken = isinstance(error, OSError) and error.errno == errno.EADDRINUSE
        reason = "the port is in use; choose another with --port" if taken else str(error)
        raise ConfigError(f"cannot listen on {host}:{port}: {reason}") from error
    return listener
