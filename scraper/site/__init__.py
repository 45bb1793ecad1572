"""The researcher's site: a Datasette plugin that adds its pages, guards what is served, and dresses the stock pages.

Only hooks that Datasette 0.65 and 1.0 share are used. Pages are added only where a database is named `archive`.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette import hookimpl  # type: ignore[import-untyped]
from datasette.utils.asgi import Response  # type: ignore[import-untyped]
from datasette.views.base import DatasetteError  # type: ignore[import-untyped]

DATABASE = "archive"
MOST_BYTES = 64_000_000  # of one value that a query may make; SQLite would allow a thousand million


@hookimpl  # type: ignore[untyped-decorator]
def register_routes(datasette: Any) -> list[tuple[str, Any]]:
    """Add the pages of the site."""
    from . import routes

    return routes.table(datasette) if DATABASE in datasette.databases else []


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Any) -> Any:
    """Put the guard before everything."""
    from . import guard

    return guard.wrapper(datasette) if DATABASE in datasette.databases else lambda app: app


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: Any, database: str) -> None:
    """Make every connection to the archive one that cannot write, with room for the index in memory."""
    if database != DATABASE:
        return
    conn.isolation_level = None  # else a refused `with … delete` leaves a transaction open, and its reader in the past
    limit = getattr(sqlite3, "SQLITE_LIMIT_LENGTH", None)  # Python 3.11
    if limit is not None:
        conn.setlimit(limit, MOST_BYTES)
    conn.execute("PRAGMA query_only=ON")
    conn.execute("PRAGMA cache_size=-64000")


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Any, datasette: Any) -> None:
    """Give every template, also those of stock pages and errors, the words and the look of the site."""
    from . import routes

    env.globals.update(routes.template_globals(datasette))


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None, database: str) -> Any:
    """Let the partners and posts in the rows of a query lead to their pages; tables have links of their own."""
    if database != DATABASE or table is not None:
        return None
    from . import routes

    return routes.linked(column, value)


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(request: Any, exception: Exception) -> Any:
    """Let what Datasette refuses be the reader's fault (400), not the server's: it says 500 for a wrong column too.

    It takes a `_through` that is JSON of another shape than it expects for granted.
    """
    if isinstance(exception, DatasetteError) and exception.status == 500:
        exception.status = 400
    if isinstance(exception, (KeyError, TypeError, ValueError, AttributeError)) and "_through" in request.args:
        from .words import say

        return Response.text(say("bad_through"), status=400)
    return None
