"""Pages of the sample region: what the server holds for an address, and how templates draw it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from scraper.sample import wording
from scraper.sample.pictures import draw_picture
from scraper.sample.posts import Post, Site, instant

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """What is answered for one address; `changed_at` None sends neither ETag nor Last-Modified, as WordPress does."""

    body: bytes
    content_type: str = HTML
    status: int = 200
    location: str | None = None
    changed_at: datetime | None = None


def draw(site: Site, template: str, **values: object) -> bytes:
    """The bytes of a template of `templates/`, drawn for a site."""
    return _environment().get_template(template).render(site=site, **values).encode("utf-8")


def post_changed_at(post: Post) -> datetime:
    """The Last-Modified of a post's page, on the sites that send one."""
    return instant(post.updated or post.order)


def common_pages(site: Site, *, robots: str, validators: bool) -> dict[str, Page]:
    """What every site has: robots.txt, an about page, its pictures, and what became of addresses it gave up."""
    changed_at = site.changed_at if validators else None
    pages = {
        "/robots.txt": Page(body=robots.encode(), content_type="text/plain; charset=utf-8", changed_at=changed_at),
        "/about/": Page(body=draw(site, "about.html"), changed_at=changed_at),
    }
    for path in _picture_paths(site):
        pages[path] = Page(body=draw_picture(path), content_type="image/png", changed_at=changed_at)
    for departure in site.departures:
        body = draw(site, "lost.html", status=departure.status)
        location = site.base + departure.to if departure.to else None
        pages[departure.path] = Page(body=body, status=departure.status, location=location)
    return pages


def not_found(site: Site) -> Page:
    """The page for an address that the site does not have: status 404, in the site's own clothes."""
    return Page(body=draw(site, "lost.html", status=404), status=404)


def _picture_paths(site: Site) -> list[str]:
    posts = [*site.posts, *(departure.post for departure in site.departures)]
    paths = {post.picture.path for post in posts if post.picture}
    return sorted(paths | {site.default_picture} if site.default_picture else paths)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("scraper.sample"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for write in (
        wording.american_day,
        wording.card_day,
        wording.british_day,
        wording.weekday_day,
        wording.welsh_day,
        wording.slashed_day,
        wording.iso,
        wording.zulu,
        wording.mail_date,
    ):
        environment.filters[write.__name__] = write
    return environment
