"""A trade paper: RSS with summaries only, a sitemap without lastmod, no Open Graph, no JSON-LD; the page itself tells.

Sections are the first part of a post's path; ETag and Last-Modified are answered with 304.
"""

from scraper.sample.pages import XML, Page, common_pages, draw, post_changed_at
from scraper.sample.posts import Post, Site


def build(site: Site) -> dict[str, Page]:
    """The pages of the life sciences paper."""
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {site.base}/sitemap.xml\n"
    pages = common_pages(site, robots=robots, validators=True)
    pages |= {post.path: _post_page(site, post) for post in site.posts}
    pages["/"] = _listing(site, "Latest", site.posts)
    for section in sorted({_section(post) for post in site.posts}):
        posts = tuple(post for post in site.posts if _section(post) == section)
        pages[section] = _listing(site, posts[0].categories[0], posts)
    feed = draw(site, "sample-lifesci/feed.xml", posts=site.posts[: site.feed_length])
    pages["/feed/"] = Page(body=feed, content_type="application/rss+xml; charset=UTF-8", changed_at=site.changed_at)
    pages["/sitemap.xml"] = _sitemap(site)
    return pages


def _section(post: Post) -> str:
    return post.path[: post.path.index("/", 1) + 1]


def _post_page(site: Site, post: Post) -> Page:
    body = draw(site, "sample-lifesci/post.html", post=post, section=_section(post))
    return Page(body=body, changed_at=post_changed_at(post))


def _listing(site: Site, heading: str, posts: tuple[Post, ...]) -> Page:
    body = draw(site, "sample-lifesci/listing.html", heading=heading, posts=posts)
    return Page(body=body, changed_at=site.changed_at)


def _sitemap(site: Site) -> Page:
    entries = [(path, None) for path in ("/", "/about/", *(post.path for post in site.posts))]
    return Page(body=draw(site, "sitemap.xml", entries=entries), content_type=XML, changed_at=site.changed_at)
