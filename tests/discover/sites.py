"""Small web sites on loopback with the address space, feeds and sitemaps of one CMS each; all names are invented."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

TITLES = (
    "New slipway opens at Harbour Trust",
    "Volunteers plant two hundred oaks by the canal",
    "Grant scheme for small museums returns this spring",
    "Ferry timetable changes from next month",
    "Lighthouse keeper's diary found in an attic",
    "Sailing club wins regional safety award",
    "Consultation on the tidal wall begins",
    "Apprentices rebuild a Victorian crane",
    "Oyster beds recover after a hard winter",
    "Archive of shipyard photographs goes on show",
)
SENTENCES = (
    "The work took eleven weeks and was paid for by the county and by gifts from people who live nearby.",
    "Anyone who wishes to help is asked to write to the office before the end of the month.",
    "It is the third project of its kind on this stretch of the coast in as many years.",
    "The chair of the committee thanked the crews, who had worked through rain and a late frost.",
    "A report on the results will be read at the yearly meeting and printed in the newsletter.",
    "Visitors can reach the place on foot from the railway station in about a quarter of an hour.",
)


@dataclass(frozen=True, kw_only=True)
class Post:
    """One post of a site: the words that every theme prints in its own way."""

    path: str
    title: str
    published: datetime

    @property
    def body(self) -> str:
        """Three paragraphs of running text that no other post has."""
        first = f"{self.title}: so the trust said on Tuesday."
        return "".join(
            f"<p>{first} {line} {SENTENCES[(i + len(self.title)) % 6]}</p>" for i, line in enumerate(SENTENCES[:3])
        )

    @property
    def iso(self) -> str:
        """The instant with its offset."""
        return self.published.isoformat()


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a server answers for one address."""

    body: str | bytes = ""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


Answer = Callable[[str, dict[str, list[str]]], "Page | None"]


@dataclass(kw_only=True)
class Site:
    """A site: its pages by address (path and query), the posts that must be archived, and what it was asked for.

    `{base}` in a page is replaced by the site's own address. `answer` is asked for what the table does not hold.
    """

    name: str
    pages: dict[str, Page]
    posts: tuple[Post, ...]
    missing: Page = field(default_factory=lambda: Page(body="<h1>Not Found</h1>", status=404))
    validators: bool = False
    sources: int = 1
    answer: Answer = lambda path, query: None
    base: str = ""
    asked: list[str] = field(default_factory=list)

    def find(self, target: str) -> Page:
        """Return the answer to a request target."""
        parts = urlsplit(target)
        return self.pages.get(target) or self.answer(parts.path, parse_qs(parts.query)) or self.missing

    @property
    def addresses(self) -> set[str]:
        """The addresses of the posts."""
        return {self.base + post.path for post in self.posts}


@contextmanager
def serve(site: Site) -> Iterator[Site]:
    """Serve a site on a free port of loopback."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            page = site.find(self.path)
            raw = page.body if isinstance(page.body, bytes) else page.body.replace("{base}", site.base).encode()
            tag = f'"{hashlib.sha256(raw).hexdigest()[:16]}"'
            same = site.validators and page.status == 200 and self.headers.get("If-None-Match") == tag
            self.send_response(304 if same else page.status)
            for name, value in page.headers.items():
                self.send_header(name, value.replace("{base}", site.base))
            if site.validators and page.status == 200:
                self.send_header("ETag", tag)
            self.send_header("Content-Type", page.kind)
            self.send_header("Content-Length", "0" if same else str(len(raw)))
            self.end_headers()
            if not same:
                self.wfile.write(raw)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.base = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


# ---- what every generator shares


def posts(number: int, address: Callable[[str, datetime, int], str], *, prefix: str = "") -> tuple[Post, ...]:
    """Return posts five days apart, the newest first, each at the address that the CMS would give it."""
    made = []
    for n in range(number):
        title = prefix + TITLES[n % len(TITLES)]
        when = datetime(2026, 10, 28, 9, 15, tzinfo=timezone.utc) - timedelta(days=5 * n, minutes=7 * n)
        slug = "".join(c if c.isalnum() else "-" for c in title.lower()).replace("--", "-").strip("-")
        made.append(Post(path=address(slug, when, number - n), title=title, published=when))
    return tuple(made)


def page(title: str, main: str, *, head: str = "", nav: str = "", foot: str = "", lang: str = "en-GB") -> Page:
    """Return a page in the frame of a theme."""
    return Page(
        body=f'<!DOCTYPE html><html lang="{lang}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{head}</head>"
        f"<body><header><nav>{nav}</nav></header><main>{main}</main><footer>{foot}</footer></body></html>"
    )


def xml(body: str) -> Page:
    """Return an XML document."""
    return Page(body=f'<?xml version="1.0" encoding="utf-8"?>{body}', kind="application/xml")


def js(value: object, **headers: str) -> Page:
    """Return a JSON answer."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Page(body=json.dumps(value), kind="application/json", headers=named)


def rss(listed: tuple[Post, ...], *, full: bool = True, generator: str = "") -> Page:
    """Return an RSS feed."""
    items = "".join(
        f"<item><title>{escape(post.title)}</title><link>{{base}}{escape(post.path)}</link>"
        f"<guid>{{base}}{escape(post.path)}</guid><pubDate>{format_datetime(post.published)}</pubDate>"
        f"<description>{escape(post.body) if full else 'A teaser […]'}</description></item>"
        for post in listed
    )
    named = f"<generator>{generator}</generator>" if generator else ""
    return Page(
        body=f'<?xml version="1.0"?><rss version="2.0"><channel><title>Trust</title>{named}{items}</channel></rss>',
        kind="application/rss+xml",
    )


def atom(listed: tuple[Post, ...]) -> Page:
    """Return an Atom feed."""
    items = "".join(
        f'<entry><title>{escape(post.title)}</title><link href="{{base}}{escape(post.path)}" rel="alternate"/>'
        f"<id>{{base}}{escape(post.path)}</id><published>{post.iso}</published><updated>{post.iso}</updated>"
        f'<content type="html">{escape(post.body)}</content></entry>'
        for post in listed
    )
    return xml(f'<feed xmlns="http://www.w3.org/2005/Atom"><title>Trust</title>{items}</feed>')


def sitemap(entries: list[tuple[str, str | None]]) -> Page:
    """Return a sitemap of (path, lastmod)."""
    rows = "".join(
        f"<url><loc>{{base}}{escape(path)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for path, day in entries
    )
    return xml(f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>')


def sitemap_index(paths: list[str]) -> Page:
    """Return a sitemap index."""
    rows = "".join(f"<sitemap><loc>{{base}}{escape(path)}</loc></sitemap>" for path in paths)
    return xml(f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</sitemapindex>')


def chunks(values: tuple[Post, ...], size: int) -> list[tuple[Post, ...]]:
    """Return the pages of a list."""
    return [values[at : at + size] for at in range(0, len(values), size)]


def rows(listed: tuple[Post, ...], tag: str = "h2", label: str = "entry-title") -> str:
    """Return posts as the cards of a listing."""
    return "".join(
        f'<article class="post"><{tag} class="{label}"><a href="{escape(post.path)}">{escape(post.title)}</a></{tag}>'
        f'<time datetime="{post.iso}">{post.published:%B %d, %Y}</time><p>A teaser of the post.</p></article>'
        for post in listed
    )


# ---- WordPress


def wordpress_post(post: Post, head: str, nav: str) -> Page:
    """Return a post as the default theme of 2021 prints it."""
    return page(
        f"{post.title} – Harbour Trust",
        f'<article id="post-1" class="post type-post hentry"><header class="entry-header"><h1 class="entry-title">'
        f'{escape(post.title)}</h1></header><div class="entry-content">{post.body}</div><footer class="entry-footer">'
        f'<span class="posted-on">Published <time class="entry-date published updated" datetime="{post.iso}">'
        f"{post.published:%B %d, %Y}</time></span></footer></article>",
        head=head,
        nav=nav,
    )


def rest(listed: tuple[Post, ...], query: dict[str, list[str]]) -> Page:
    """Return a page of a collection of the REST API, newest change first where that is asked."""
    since = query.get("modified_after", [""])[0].rstrip("Z")
    found = [post for post in listed if f"{post.published:%Y-%m-%dT%H:%M:%S}" > since]
    size, number = int(query.get("per_page", ["10"])[0]), int(query.get("page", ["1"])[0])
    part = found[(number - 1) * size : number * size]
    if not part and number > 1:
        return Page(body='{"code":"rest_post_invalid_page_number"}', kind="application/json", status=400)
    entries = [
        {
            "id": n + 10,
            "link": "{base}" + post.path,
            "type": "post",
            "status": "publish",
            "date": f"{post.published:%Y-%m-%dT%H:%M:%S}",
            "date_gmt": f"{post.published:%Y-%m-%dT%H:%M:%S}",
            "modified_gmt": f"{post.published:%Y-%m-%dT%H:%M:%S}",
            "title": {"rendered": escape(post.title)},
            "excerpt": {"rendered": "<p>A teaser […]</p>"},
            "content": {"rendered": post.body, "protected": False},
        }
        for n, post in enumerate(part)
    ]
    pages = max(1, -(-len(found) // size))
    return js(entries, X_WP_Total=str(len(found)), X_WP_TotalPages=str(pages))


TYPES = {
    "post": {"rest_base": "posts", "viewable": True},
    "page": {"rest_base": "pages", "viewable": True},
    "attachment": {"rest_base": "media", "viewable": True},
    "wp_block": {"rest_base": "blocks", "viewable": False},
}


def wordpress(
    name: str,
    listed: tuple[Post, ...],
    *,
    plain: bool,
    api: bool = True,
    maps: bool = True,
    events: tuple[Post, ...] = (),
    calendar: bool = False,
    per_page: int = 4,
) -> Site:
    """Return a WordPress site with its posts, events of a custom type that nothing links to, and its usual waste."""
    root = "/index.php?rest_route=/" if plain else "/wp-json/"
    feed = "/?feed=rss2" if plain else "/feed/"
    nav = (
        '<a href="/">Home</a><a href="/?page_id=2">About</a><a href="/?cat=3">News</a><a href="/?m=202610">October</a>'
    )
    if not plain:
        nav = '<a href="/">Home</a><a href="/about/">About us</a><a href="/category/news/">News</a>'
        nav += '<a href="/2026/10/">October</a>'
        nav += ' <a href="/events/">Events</a>' if calendar else ""
    head = f'<link rel="alternate" type="application/rss+xml" title="Trust » Feed" href="{feed}">'
    head += '<link rel="alternate" type="application/rss+xml" title="Trust » Comments Feed" href="/comments/feed/">'
    head += '<link rel="stylesheet" href="/wp-content/themes/twentytwentyone/style.css">'
    head += f'<link rel="https://api.w.org/" href="{{base}}{root}">' if api else ""
    pages: dict[str, Page] = {}
    parts = chunks(listed, per_page)
    for number, part in enumerate(parts, start=1):
        path = ("/" if number == 1 else f"/?paged={number}") if plain else ("/" if number == 1 else f"/page/{number}/")
        older = f"/?paged={number + 1}" if plain else f"/page/{number + 1}/"
        nexts = (
            f'<nav class="pagination"><a class="next" href="{older}">Older posts</a></nav>'
            if part is not parts[-1]
            else ""
        )
        pages[path] = page("Harbour Trust", rows(part) + nexts, head=head, nav=nav)
        join = "&" if plain else "?"
        pages[feed if number == 1 else f"{feed}{join}paged={number}"] = rss(
            part, full=False, generator="https://wordpress.org/?v=6.1.9"
        )
    for post in (*listed, *events):
        pages[post.path] = wordpress_post(post, head, nav)
    about = "/?page_id=2" if plain else "/about/"
    pages[about] = page("About", "<h1>About us</h1><p>We keep the harbour.</p>", head=head, nav=nav)
    if maps:
        index = "/?sitemap=index" if plain else "/wp-sitemap.xml"
        kinds = {"posts-post-1": listed, "posts-page-1": (), "taxonomies-category-1": (), "users-1": ()}
        kinds |= {"posts-event-1": events} if events else {}
        children = {
            kind: f"/?sitemap={kind.rpartition('-')[0].replace('posts-', 'posts&sitemap-subtype=')}&paged=1"
            if plain
            else f"/wp-sitemap-{kind}.xml"
            for kind in kinds
        }
        pages[index] = sitemap_index(list(children.values()))
        for kind, path in children.items():
            extra = [(about, None)] if "page" in kind else [("/?cat=3" if plain else "/category/news/", None)]
            pages[path] = sitemap([(post.path, None) for post in kinds[kind]] or extra)
    types = {**TYPES, **({"event": {"rest_base": "event", "viewable": True}} if events else {})}
    if calendar:
        types["tribe_events"] = {"rest_base": "tribe_events", "viewable": True}
        types["tribe_venue"] = {"rest_base": "tribe_venue", "viewable": True}
        types.pop("event", None)

    def answer(path: str, query: dict[str, list[str]]) -> Page | None:
        route = (
            query.get("rest_route", [""])[0]
            if plain
            else path.removeprefix("/wp-json")
            if path.startswith("/wp-json")
            else ""
        )
        if not api or not route:
            return None
        collections = {"/wp/v2/posts": listed, "/wp/v2/event": events, "/wp/v2/tribe_events": events}
        if route.rstrip("/") == "/wp/v2/types":
            return js(types)
        if route.startswith("/tribe/events/v1/events") and calendar:
            return tribe(events, query)
        if route in collections:
            return rest(collections[route], query)
        return js({"code": "rest_no_route"}) if route != "/" else js({"name": "Trust", "namespaces": ["wp/v2"]})

    site = Site(name=name, pages=pages, posts=(*listed, *events), answer=answer, sources=4)
    if plain:
        site.pages["/robots.txt"] = Page(status=301, headers={"Location": "{base}/"})
        site.missing = pages["/"]
    else:
        site.pages["/robots.txt"] = Page(body="User-agent: *\nDisallow: /wp-admin/\n", kind="text/plain")
    if calendar:
        site.pages["/events/"] = page("Events", rows(events[:2]), head=head, nav=nav)
        site.pages["/events/?ical=1"] = ics(events)
    return site


def tribe(events: tuple[Post, ...], query: dict[str, list[str]]) -> Page:
    """Return the events of The Events Calendar's REST API."""
    size, number = int(query.get("per_page", ["10"])[0]), int(query.get("page", ["1"])[0])
    part = events[(number - 1) * size : number * size]
    found = [
        {
            "id": n,
            "url": "{base}" + event.path,
            "status": "publish",
            "title": escape(event.title),
            "description": event.body,
            "date_utc": f"{event.published:%Y-%m-%d %H:%M:%S}",
            "start_date": f"{event.published + timedelta(days=40):%Y-%m-%d} 18:30:00",
            "end_date": f"{event.published + timedelta(days=40):%Y-%m-%d} 20:00:00",
            "timezone": "Europe/London",
            "all_day": False,
            "venue": {"venue": "The Boathouse", "address": "1 Quay Street", "city": "Harbourmouth"},
            "organizer": [{"organizer": "Harbour Trust"}],
        }
        for n, event in enumerate(part, start=1)
    ]
    pages = max(1, -(-len(events) // size))
    return js({"events": found, "total": len(events), "total_pages": pages})


def ics(events: tuple[Post, ...]) -> Page:
    """Return the next events as iCalendar."""
    entries = "".join(
        f"BEGIN:VEVENT\r\nUID:{n}@trust\r\n"
        f"DTSTART;TZID=Europe/London:{event.published + timedelta(days=40):%Y%m%d}T183000\r\n"
        f"SUMMARY:{event.title}\r\nURL:{{base}}{event.path}\r\nEND:VEVENT\r\n"
        for n, event in enumerate(events[:3])
    )
    return Page(body=f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{entries}END:VCALENDAR\r\n", kind="text/calendar")


# ---- static generators


def static_post(post: Post, nav: str, head: str = "") -> Page:
    """Return a post as the default theme of a static generator prints it."""
    return page(
        f"{post.title} | Trust",
        f'<article class="post h-entry"><header><h1 class="post-title p-name">{escape(post.title)}</h1>'
        f'<time class="dt-published" datetime="{post.iso}">{post.published:%b %d, %Y}</time></header>'
        f'<div class="post-content e-content">{post.body}</div></article>',
        nav=nav,
        head=head,
    )


def jekyll() -> Site:
    """Jekyll with minima: categories in the address with %20 and a raw &."""
    listed = posts(9, lambda slug, day, _: f"/people%20&%20places/{day:%Y/%m/%d}/{slug}.html")
    nav = '<a href="/">Home</a><a href="/about/">About</a>'
    head = '<link type="application/atom+xml" rel="alternate" href="{base}/feed.xml" title="Trust">'
    items = "".join(
        f'<li><span class="post-meta">{post.published:%b %d, %Y}</span>'
        f'<h3><a class="post-link" href="{escape(post.path)}">'
        f"{escape(post.title)}</a></h3></li>"
        for post in listed
    )
    pages = {
        "/": page(
            "Trust", f'<div class="home"><h2>Posts</h2><ul class="post-list">{items}</ul></div>', nav=nav, head=head
        ),
        "/about/": page("About | Trust", "<h1>About</h1><p>We keep the harbour.</p>", nav=nav),
        "/feed.xml": atom(listed[:5]),
        "/sitemap.xml": sitemap([(post.path, post.iso) for post in listed] + [("/about/", None), ("/", None)]),
        "/robots.txt": Page(body="Sitemap: {base}/sitemap.xml\n", kind="text/plain"),
    }
    pages |= {post.path: static_post(post, nav, head) for post in listed}
    return Site(name="jekyll", pages=pages, posts=listed, validators=True, sources=2)


def nikola() -> Site:
    """Nikola: a sitemap index, lastmod of the build for all, archives, categories, index-1.html."""
    listed = posts(9, lambda slug, day, _: f"/posts/{slug}/")
    nav = '<a href="/">Home</a><a href="/archive.html">Archiv</a><a href="/categories/">Tags</a>'
    head = '<link rel="alternate" type="application/rss+xml" title="RSS" hreflang="de" href="/rss.xml">'
    parts = chunks(listed, 5)
    older = '<ul class="pager"><li class="next"><a href="/index-1.html" rel="next">Ältere Beiträge</a></li></ul>'
    archive = '<ul class="postlist"><li><a href="/2026/">2026</a> (9)</li></ul>'
    year = "".join(
        f'<li><time datetime="{p.iso}">{p.published:%Y-%m-%d}</time> <a href="{p.path}">{p.title}</a></li>'
        for p in listed
    )
    built = "2026-10-29T06:00:00Z"
    others = [
        "/",
        "/index-1.html",
        "/archive.html",
        "/2026/",
        "/categories/",
        "/categories/hafen/",
        "/pages/impressum/",
    ]
    pages = {
        "/": page("Trust", rows(parts[0]) + older, nav=nav, head=head, lang="de"),
        "/index-1.html": page("Trust (alte Beiträge, Seite 1)", rows(parts[1]), nav=nav, head=head, lang="de"),
        "/archive.html": page("Archiv | Trust", f"<h1>Archiv</h1>{archive}", nav=nav, head=head, lang="de"),
        "/2026/": page(
            "Einträge für 2026 | Trust", f'<h1>Einträge für 2026</h1><ul class="postlist">{year}</ul>', nav=nav
        ),
        "/categories/": page("Tags", '<h1>Tags</h1><a href="/categories/hafen/">Hafen</a>', nav=nav),
        "/categories/hafen/": page("Hafen", f'<h1>Einträge über Hafen</h1><ul class="postlist">{year}</ul>', nav=nav),
        "/pages/impressum/": page("Impressum", "<h1>Impressum</h1><p>Der Hafenverein.</p>", nav=nav),
        "/rss.xml": rss(listed[:5]),
        "/sitemapindex.xml": sitemap_index(["/sitemap.xml"]),
        "/sitemap.xml": sitemap([(path, built) for path in [*others, *(post.path for post in listed)]]),
        "/robots.txt": Page(body="User-Agent: *\nSitemap: {base}/sitemapindex.xml\n", kind="text/plain"),
    }
    pages |= {post.path: static_post(post, nav, head) for post in listed}
    return Site(name="nikola", pages=pages, posts=listed, validators=True, sources=3)


def hexo(*, bare: bool = False) -> Site:
    """Hexo with its default theme: archives by year and month, og:url with index.html; bare: no feed, no sitemap."""
    listed = posts(10, lambda slug, day, _: f"/{day:%Y/%m/%d}/{slug}/")
    nav = '<a class="main-nav-link" href="/">Home</a><a class="main-nav-link" href="/archives">Archives</a>'
    nav += "" if bare else '<a href="/atom.xml" title="RSS Feed">RSS</a>'
    head = "" if bare else '<link rel="alternate" href="/atom.xml" title="Trust" type="application/atom+xml">'
    aside = '<aside id="sidebar"><div class="widget"><a href="/archives/2026/10/">October 2026</a>'
    aside += (
        "".join(f'<li><a href="{post.path}">{escape(post.title)}</a></li>' for post in listed[:5]) + "</div></aside>"
    )
    pages = {"/archives": Page(status=301, headers={"Location": "/archives/"})}
    parts = chunks(listed, 4)
    for number, part in enumerate(parts, start=1):
        nexts = f'<nav id="page-nav"><a class="extend next" rel="next" href="{{}}{number + 1}/">Next &raquo;</a></nav>'
        for root in ("/", "/archives/"):
            more = nexts.replace("{}", f"{root}page/") if number < len(parts) else ""
            path = root if number == 1 else f"{root}page/{number}/"
            pages[path] = page("Trust", rows(part, "h1", "article-title") + more, nav=nav, head=head, foot=aside)
    for post in listed:
        own = '<meta property="og:type" content="article">'
        own += f'<meta property="og:url" content="{{base}}{post.path}index.html">'
        pages[post.path] = static_post(post, nav, head + own)
    if not bare:
        pages["/atom.xml"] = atom(listed[:5])
        dates = [(post.path, post.iso) for post in listed]
        pages["/sitemap.xml"] = sitemap([*dates, ("/", "2026-10-28"), ("/tags/harbour/", "2026-10-28")])
    return Site(name="hexo-bare" if bare else "hexo", pages=pages, posts=listed, validators=True, sources=2)


def ghost() -> Site:
    """Ghost: an index of four sitemaps, posts at the root beside pages, tags and authors."""
    listed = posts(9, lambda slug, day, _: f"/{slug}/")
    nav = '<a href="/">Home</a><a href="/about/">About</a><a href="/tag/news/">News</a><a href="#/portal">Join</a>'
    head = '<link rel="alternate" type="application/rss+xml" title="Trust" href="{base}/rss/">'
    kinds = {
        "pages": [("/", "2026-10-28T10:00:00.000Z"), ("/about/", "2026-10-01T10:00:00.000Z")],
        "posts": [(post.path, post.iso) for post in listed],
        "authors": [("/author/ada/", "2026-10-28T10:00:00.000Z")],
        "tags": [("/tag/news/", "2026-10-28T10:00:00.000Z")],
    }
    first, second = chunks(listed, 5)
    pages = {
        "/": page(
            "Trust", rows(first) + '<a class="older-posts" href="/page/2/">Older Posts →</a>', nav=nav, head=head
        ),
        "/page/2/": page("Trust (Page 2)", rows(second), nav=nav, head=head),
        "/about/": page("About", "<h1>About this site</h1><p>We keep the harbour.</p>", nav=nav),
        "/author/ada/": page("Ada", rows(first), nav=nav),
        "/tag/news/": page("News", rows(first), nav=nav),
        "/rss/": rss(first),
        "/sitemap.xml": sitemap_index([f"/sitemap-{kind}.xml" for kind in kinds]),
        "/robots.txt": Page(
            body="User-agent: *\nSitemap: {base}/sitemap.xml\nDisallow: /ghost/\nDisallow: /p/\n", kind="text/plain"
        ),
    }
    pages |= {f"/sitemap-{kind}.xml": sitemap(entries) for kind, entries in kinds.items()}
    pages |= {post.path: static_post(post, nav, head) for post in listed}
    return Site(name="ghost", pages=pages, posts=listed, validators=True, sources=3)


def pretalx() -> Site:
    """Pretalx: conferences at the root, no sitemap, no feed, the dates only in JSON and on the list."""
    listed = posts(6, lambda slug, day, n: f"/{slug.split('-')[0]}con-{2020 + n}/")
    items = "".join(
        f'<h4><a href="{post.path}">{escape(post.title)}</a></h4><p>{post.published:%d}–{post.published:%d %B %Y}</p>'
        for post in listed
    )
    nav = '<a href="/">pretalx</a><a href="/orga/login/">Sign in</a>'
    entries = [
        {"slug": post.path.strip("/"), "name": {"en": post.title}, "date_from": f"{post.published:%Y-%m-%d}"}
        for post in listed
    ]
    pages = {
        "/": page("pretalx", f'<div class="card"><h2>Upcoming events</h2>{items}</div>', nav=nav),
        "/api/events/": js({"count": 6, "next": None, "results": entries}),
        "/robots.txt": Page(body="User-agent: *\nDisallow: /orga/\n", kind="text/plain"),
        "/orga/login/": page("Sign in", '<h1>Sign in</h1><form><input type="password"></form>'),
    }
    for post in listed:
        tabs = f'<a href="{post.path}schedule/">Schedule</a><a href="{post.path}cfp">Call for Papers</a>'
        pages[post.path] = page(f"{post.title} :: pretalx", f"<h1>{escape(post.title)}</h1>{post.body}", nav=nav + tabs)
        pages[f"{post.path}schedule/"] = page("Schedule", "<h1>Schedule</h1><p>Needs JavaScript.</p>", nav=nav)
        pages[f"{post.path}cfp"] = page("Call", "<h1>Call for Papers</h1><p>Closed.</p>", nav=nav)
    return Site(name="pretalx", pages=pages, posts=listed, sources=1)


# ---- the table


def wordpress_plain() -> Site:
    """WordPress as it is installed: `?p=1`, no rewriting, everything unknown is the home page."""
    listed = posts(9, lambda slug, day, n: f"/?p={n + 3}")
    return wordpress(
        "wordpress-plain",
        listed,
        plain=True,
        events=posts(3, lambda slug, day, n: f"/?event={slug}", prefix="An evening on: "),
    )


def wordpress_category() -> Site:
    """WordPress with /%category%/%postname%/."""
    return wordpress("wordpress-category", posts(9, lambda slug, day, n: f"/harbour-life/{slug}/"), plain=False)


def wordpress_closed() -> Site:
    """WordPress whose API and sitemaps a plugin closed: only the pages of its feed and of its home are left."""
    return wordpress(
        "wordpress-closed", posts(10, lambda slug, day, n: f"/{slug}/"), plain=False, api=False, maps=False
    )


def events_calendar() -> Site:
    """WordPress with The Events Calendar."""
    events = posts(6, lambda slug, day, n: f"/event/{slug}/", prefix="An evening on: ")
    return wordpress(
        "events-calendar", posts(6, lambda slug, day, n: f"/{slug}/"), plain=False, events=events, calendar=True
    )


SITES: dict[str, Callable[[], Site]] = {
    "wordpress-plain": wordpress_plain,
    "wordpress-category": wordpress_category,
    "wordpress-closed": wordpress_closed,
    "events-calendar": events_calendar,
    "jekyll": jekyll,
    "nikola": nikola,
    "hexo": hexo,
    "hexo-bare": lambda: hexo(bare=True),
    "ghost": ghost,
    "pretalx": pretalx,
}
