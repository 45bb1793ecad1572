"""The addresses of the site, and the one way from a request to a page and back."""

from __future__ import annotations

import asyncio
import hashlib
import math
import re
import sqlite3
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

from datasette.utils import sqlite_timelimit  # type: ignore[import-untyped]
from datasette.utils.asgi import AsgiStream, Response  # type: ignore[import-untyped]
from markupsafe import Markup

from scraper.publish import records
from scraper.publish.addresses import shorten
from scraper.store.archive import connect_reader
from scraper.store.schema import PUBLIC_TABLES

from . import DATABASE, times, words
from .ask import Answer, Ask, File, Moved, Page
from .pages import (
    about,
    calendar,
    categories,
    changes,
    charts_page,
    coverage,
    event,
    home,
    partners,
    post,
    revisions,
    search,
)
from .scan import Cache
from .streams import RETRY_SECONDS, Streams, client_of

PAGE_MS = 4000
FORMATS = r"(?P<format>atom|ics|csv|json|jsonl|bib|ris|csl\.json)"
POST_FORMATS = r"(?P<format>ics|csv|json|jsonl|bib|ris|csl\.json|txt)"
SHORT = r"(?P<short>[0-9A-Za-z-]{1,26})"
HOST = re.compile(r"[A-Za-z0-9.\-]{1,253}(:\d{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:\d{1,5})?")


class FacetCounts(NamedTuple):
    """Posts by value of a column, in one state of the data."""

    version: float
    counts: dict[str, list[tuple[str, int]]]


PAGES: tuple[tuple[str, Callable[[Ask], Answer]], ...] = (
    (r"^/$", home.page),
    (rf"^/search(?:\.{FORMATS})?$", search.page),
    (rf"^/post/{SHORT}/changes$", revisions.changes),
    (rf"^/post/{SHORT}/revision/(?P<number>[0-9]{{1,7}})(?:\.(?P<format>bib|ris|csl\.json|txt))?$", revisions.page),
    (rf"^/post/{SHORT}(?:\.{POST_FORMATS})?$", post.page),
    (rf"^/event/{SHORT}(?:\.(?P<format>ics))?$", event.page),
    (r"^/calendar(?:\.(?P<format>ics))?$", calendar.page),
    (r"^/categories$", categories.index),
    (r"^/category/(?P<term>[^/]{1,80})$", categories.term),
    (r"^/partners$", partners.index),
    (r"^/partner/(?P<slug>[^/]{1,120})$", partners.page),
    (r"^/coverage$", coverage.page),
    (r"^/changes$", changes.page),
    (r"^/charts$", charts_page.page),
    (r"^/about$", about.about),
    (r"^/bot$", about.bot),
    (r"^/robots\.txt$", about.robots),
)


def table(datasette: Any) -> list[tuple[str, Any]]:
    """Return the routes for one server, all sharing what it remembers."""
    cache = Cache()
    streams = Streams()
    routes = [(pattern, view(datasette, cache, streams, page)) for pattern, page in PAGES]
    return [*routes, (r"^/static/(?P<name>archive\.css|icon\.svg)$", static)]


def view(
    datasette: Any, cache: Cache, streams: Streams, page: Callable[[Ask], Answer]
) -> Callable[[Any], Awaitable[Any]]:
    """Return the view function of a page."""

    async def answer(request: Any) -> Any:
        database = datasette.get_database(DATABASE)

        def run(connection: sqlite3.Connection) -> Answer:
            with sqlite_timelimit(connection, PAGE_MS), snapshot(connection):
                return page(ask(datasette, request, cache, connection))

        found = await database.execute_fn(run)
        if isinstance(found, Moved):
            return Response.redirect(found.location, status=found.status)
        if isinstance(found, File):
            return await send_file(datasette, request, found, cache, streams, page)
        return await render(datasette, request, found)

    return answer


@contextmanager
def snapshot(connection: sqlite3.Connection) -> Iterator[None]:
    """Let everything that a page reads come from one state of the data."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        connection.rollback()


def ask(datasette: Any, request: Any, cache: Cache, connection: sqlite3.Connection) -> Ask:
    """Return a request as pages know it."""
    values = {name: value for name, value in request.url_vars.items() if value is not None}
    return Ask(
        connection=connection,
        view=cache.view(connection),
        path=request.path,
        values=values,
        parameters={name: request.args.getlist(name) for name in request.args},
        base=base_address(datasette, request),
        today=datetime.now(timezone.utc).date(),
    )


def base_address(datasette: Any, request: Any) -> str:
    """Return the site's own address: as configured, else as the reader reached it."""
    configured = (datasette.plugin_config("regional_archive") or {}).get("public_url")
    if configured:
        return str(configured).rstrip("/")
    host = request.host if HOST.fullmatch(request.host or "") else "localhost"
    return f"{request.scheme}://{host}"


async def render(datasette: Any, request: Any, page: Page) -> Any:
    """Return a page as HTML."""
    text = await datasette.render_template(f"archive/{page.template}.html", dict(page.context), request=request)
    return Response.html(text, status=page.status, headers=dict(page.headers))


async def send_file(
    datasette: Any, request: Any, file: File, cache: Cache, streams: Streams, page: Callable[[Ask], Answer]
) -> Any:
    """Return a file; one that is drawn from the database gets a connection of its own, closed when it is sent.

    A client with too many of these on their way is asked to come again.
    """
    headers = {**file.headers, "Cache-Control": "public, max-age=60"}
    if file.filename:
        headers["Content-Disposition"] = f'attachment; filename="{file.filename}"'
    if isinstance(file.pieces, list):
        return Response("".join(file.pieces), headers=headers, content_type=file.content_type)

    client = client_of(request.scope)

    async def write(writer: Any) -> None:
        with streams.sending(client):
            connection = await asyncio.to_thread(open_stream, datasette)
            try:
                again = await streams.draw(lambda: page(ask(datasette, request, cache, connection)))
                await streams.send(again.pieces if isinstance(again, File) else (), writer)
            finally:
                await asyncio.to_thread(connection.close)

    if request.method == "HEAD":
        return Response("", headers=headers, content_type=file.content_type)
    if not streams.has_room(client):
        return Response.text(words.say("busy"), status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    return AsgiStream(write, headers=headers, content_type=file.content_type)


def open_stream(datasette: Any) -> sqlite3.Connection:
    """Open a connection for one file."""
    return connect_reader(Path(datasette.get_database(DATABASE).path), any_thread=True)


@lru_cache(maxsize=4)
def asset(name: str) -> tuple[str, str]:
    """Return a static file and the digest that its address carries."""
    text = resources.files("scraper.site").joinpath("static").joinpath(name).read_text(encoding="utf-8")
    return text, hashlib.sha256(text.encode()).hexdigest()[:10]


async def static(request: Any) -> Any:
    """Return a static file; its address changes with its content, so that it may be kept for a year."""
    name = request.url_vars["name"]
    kind = "text/css; charset=utf-8" if name.endswith(".css") else "image/svg+xml"
    return Response(asset(name)[0], headers={"Cache-Control": "public, max-age=31536000, immutable"}, content_type=kind)


def template_globals(datasette: Any) -> dict[str, Any]:
    """Return what every template may use."""

    async def freshness() -> dict[str, str]:
        return await state_of(datasette)

    latest = FacetCounts(-1.0, {})

    async def counts() -> dict[str, list[tuple[str, int]]]:
        nonlocal latest
        found: FacetCounts = await datasette.get_database(DATABASE).execute_fn(lambda c: facet_counts(c, latest))
        latest = found
        return found.counts

    return {
        "say": words.say,
        "number": words.number,
        "named": words.named,
        "place": words.place,
        "language": words.language,
        "instant": lambda value: times.say_instant(value, "UTC"),
        "day": times.say_day,
        "css": f"/static/archive.css?{asset('archive.css')[1]}",
        "icon": f"/static/icon.svg?{asset('icon.svg')[1]}",
        "state_of_data": freshness,
        "facet_counts": counts,
        "count_limit": lambda: getattr(datasette.get_database(DATABASE), "count_limit", math.inf),
        "sql_address": sql_address,
        "page_of": page_of,
        "public_tables": frozenset(PUBLIC_TABLES),
    }


async def state_of(datasette: Any) -> dict[str, str]:
    """Return what the foot of every page says of the data."""
    instant = await datasette.get_database(DATABASE).execute_fn(records.data_as_of)
    return {"as_of": times.say_instant(instant, "UTC")}


def facet_counts(connection: sqlite3.Connection, known: FacetCounts) -> FacetCounts:
    """Return posts by kind and by partner, as the table page of posts shows them, or what is known of this state."""
    version = connection.execute("SELECT total(value) FROM site_state").fetchone()[0]
    if version == known.version:
        return known
    kinds, partners = (
        connection.execute(
            f"SELECT {column}, sum(posts) FROM facet_groups WHERE posts > 0 GROUP BY 1 ORDER BY 2 DESC LIMIT 40"  # noqa: S608
        ).fetchall()
        for column in ("kind", "partner")
    )
    return FacetCounts(version, {"kind": kinds, "partner": partners})


OWN_PAGES = {"posts": "post", "events": "event", "partners": "partner", "terms": "category"}


def sql_address(sql: str) -> str:
    """Return the address that shows a query in Datasette (0.65; 1.0 moved it to /archive/-/query)."""
    return f"/{DATABASE}?{urlencode({'sql': ' '.join(sql.split())})}"


def page_of(table: str, key: Sequence[Any]) -> str:
    """Return the address of the page that shows a row to people, '' for a table without such pages."""
    if len(key) != 1 or table not in OWN_PAGES:
        return ""
    kind, value = OWN_PAGES[table], str(key[0])
    if kind not in ("post", "event"):
        return f"/{kind}/{quote(value)}"
    return f"/{kind}/{shorten(int(value))}" if value.isascii() and value.isdigit() else ""


def linked(column: str, value: Any) -> Markup | None:
    """Return a cell of a query as a link to the page of the post or partner it names; None for any other."""
    table = {"post": "posts", "partner": "partners", "other_partner": "partners", "term": "terms"}.get(column)
    if table is None or value is None or not isinstance(value, int if table == "posts" else str):
        return None
    address = page_of(table, [value])
    return Markup('<a href="{}">{}</a>').format(address, value) if address else None
