"""A site of a few lines on loopback: addresses and what they answer, and a list of what was asked."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from scraper.crawl.run import Done
from scraper.crawl.supervise import Plan, crawl
from scraper.models import Partner
from scraper.partners import registry
from scraper.store.archive import open_reader


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Asked:
    path: str
    headers: dict[str, str]


Route = Answer | Callable[[Asked], Answer]


def post(title: str, *, words: str = "", day: str = "2026-03-04") -> str:
    """Return a page of a post that says enough to be taken for one."""
    text = words or f"{title} was announced on the day, and residents were glad to hear of it. " * 3
    return (
        f"<html lang=en><head><title>{title}</title><meta property=og:type content=article>"
        f"<meta property=article:published_time content={day}T09:30:00+00:00></head>"
        f"<body><article><h1>{title}</h1><p>{text}</p><p>It ends here.</p></article></body></html>"
    )


def listing(*links: tuple[str, str], more: str = "") -> str:
    """Return a page that lists posts by address and title."""
    items = "".join(f'<li><h2><a href="{url}">{title}</a></h2></li>' for url, title in links)
    return f"<html><head><title>News</title></head><body><ul>{items}</ul>{more}</body></html>"


def sitemap(*urls: str) -> Answer:
    """Return a sitemap of addresses."""
    items = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    body = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{items}</urlset>'
    return Answer(body, headers={"Content-Type": "application/xml"})


class Site:
    """Serves `routes`; every request is noted in `asked`."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.routes: dict[str, Route] = {"/robots.txt": Answer("User-agent: *\nDisallow:\n")}
        self.missing = Answer("<h1>Not found</h1>", 404)
        self.asked: list[Asked] = []
        self.kinds: tuple[str, ...] = ("sitemap",)
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer((host, 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://{host}:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02})

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = Asked(request.path, {name.lower(): value for name, value in request.headers.items()})
        self.asked.append(asked)
        route = self.routes.get(request.path) or self.routes.get(request.path.partition("?")[0], self.missing)
        answer = route(asked) if callable(route) else route
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        request.send_response(answer.status)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | answer.headers
        for name, value in headers.items():
            request.send_header(name, value)
        request.end_headers()
        try:
            request.wfile.write(body)
        except OSError:
            return  # the crawler had enough

    def paths(self) -> list[str]:
        """Return what was asked, in order."""
        return [asked.path for asked in self.asked]

    def __enter__(self) -> Site:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def crawl(self, db: Path, *kinds: str, full: bool = False, slug: str = "tiny", **values: object) -> Done:
        """Crawl the site into `db`; `kinds` and `values` are those of `partner`."""
        partner = self.partner(*kinds, slug=slug, **values)
        return crawl(Plan(partners=(partner,), db=db, full=full))[0]

    def partner(self, *kinds: str, slug: str = "tiny", **values: object) -> Partner:
        """Return the site as a partner; `kinds` are its sources, those named last where none is.

        listing (/), feed (/feed.xml), sitemap (/sitemap.xml), calendar (/events.ics).
        """
        self.kinds = kinds or self.kinds
        where = {"listing": "/", "feed": "/feed.xml", "sitemap": "/sitemap.xml", "calendar": "/events.ics"}
        return registry.build(
            slug,
            {
                "title": "Tiny",
                "home": f"{self.base}/",
                "region": "midlands",
                "timezone": "Europe/London",
                "language": "en-GB",
                "sources": [{kind: self.base + where[kind]} for kind in self.kinds],
                "delay": 0.01,
                **values,
            },
        )


def titles(db: Path) -> list[str]:
    """Return the titles of all posts in an archive, in alphabetical order."""
    with open_reader(db) as archive:
        return [row["title"] for row in archive.query("SELECT title FROM posts ORDER BY title")]


def outcomes(db: Path) -> dict[str, str]:
    """Return the last outcome of every address that was asked for as a page."""
    with open_reader(db) as archive:
        rows = archive.query("SELECT url, outcome FROM fetches WHERE kind = 'page' ORDER BY id")
    return {row["url"].partition("//")[2].partition("/")[2]: row["outcome"] for row in rows}


def json_feed(*items: dict[str, object]) -> Answer:
    """Return a JSON Feed."""
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": items})
    return Answer(body, headers={"Content-Type": "application/feed+json"})
