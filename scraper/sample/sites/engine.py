"""A partnership on WordPress: full-text RSS, a sitemap index with truthful lastmod, a rail of newer posts.

It sends no validators, and its rail changes the bytes of every page whenever one post is published.
"""

from scraper.sample.pages import XML, Page, common_pages, draw
from scraper.sample.posts import Post, Site
from scraper.sample.wording import share_links

CARDS = 3


def build(site: Site) -> dict[str, Page]:
    """The pages of the engine site."""
    robots = (
        f"User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n\nSitemap: {site.base}/sitemap.xml\n"
    )
    pages = common_pages(site, robots=robots, validators=False)
    pages |= {post.path: _post_page(site, post) for post in site.posts}
    listing = Page(body=draw(site, "sample-engine/listing.html"))
    pages |= {"/": listing, "/news-events/": listing}
    feed = draw(site, "sample-engine/feed.xml", posts=site.posts[: site.feed_length])
    pages["/feed/"] = Page(body=feed, content_type="application/rss+xml; charset=UTF-8")
    return pages | _sitemaps(site)


def _post_page(site: Site, post: Post) -> Page:
    links = share_links(site.base + post.path, post.title, site.share)
    cards = [other for other in site.posts if other.path != post.path][:CARDS]
    return Page(body=draw(site, "sample-engine/post.html", post=post, links=links, cards=cards))


def _sitemaps(site: Site) -> dict[str, Page]:
    entries = [(post.path, post.updated or post.published) for post in site.posts]
    others = [("/", site.changed_at), ("/news-events/", site.changed_at), ("/about/", None)]
    return {
        "/sitemap.xml": Page(body=draw(site, "sample-engine/sitemap_index.xml"), content_type=XML),
        "/post-sitemap.xml": Page(body=draw(site, "sitemap.xml", entries=entries), content_type=XML),
        "/page-sitemap.xml": Page(body=draw(site, "sitemap.xml", entries=others), content_type=XML),
    }
