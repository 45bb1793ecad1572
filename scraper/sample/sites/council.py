"""A borough council: no feed, no sitemap, only a listing in pages, days written day first, two posts without a date."""

from scraper.sample.pages import Page, common_pages, draw, post_changed_at
from scraper.sample.posts import Post, Site

PER_PAGE = 10
ROBOTS = "User-agent: *\nDisallow: /search\n"


def build(site: Site) -> dict[str, Page]:
    """The pages of the council's site; only posts send validators, the listing is made anew for every visitor."""
    pages = common_pages(site, robots=ROBOTS, validators=False)
    pages |= {post.path: _post_page(site, post) for post in site.posts}
    pages["/"] = Page(body=draw(site, "sample-council/home.html", posts=site.posts[:3]))
    pages["/search"] = Page(body=draw(site, "sample-council/search.html", posts=site.posts))
    return pages | _listing_pages(site)


def _post_page(site: Site, post: Post) -> Page:
    return Page(body=draw(site, "sample-council/post.html", post=post), changed_at=post_changed_at(post))


def _listing_pages(site: Site) -> dict[str, Page]:
    last = -(-len(site.posts) // PER_PAGE)
    return {f"/news?page={number}": _listing_page(site, number, last) for number in range(1, last + 1)}


def _listing_page(site: Site, number: int, last: int) -> Page:
    posts = site.posts[(number - 1) * PER_PAGE : number * PER_PAGE]
    return Page(body=draw(site, "sample-council/listing.html", posts=posts, number=number, last=last))
