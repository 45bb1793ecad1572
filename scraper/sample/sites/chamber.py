"""A chamber of commerce whose Open Graph, Twitter card and JSON-LD disagree with its pages; Atom and JSON Feed.

What a post's front matter lists under `says` is claimed by the machine-readable parts; what a reader sees is true.
"""

import json
from typing import Any

from scraper.sample.pages import Page, common_pages, draw
from scraper.sample.posts import Post, Site
from scraper.sample.wording import share_links, zulu


def build(site: Site) -> dict[str, Page]:
    """The pages of the chamber's site; it sends no validators."""
    pages = common_pages(site, robots="User-agent: *\nAllow: /\n", validators=False)
    pages |= {post.path: _post_page(site, post) for post in site.posts}
    listing = Page(body=draw(site, "sample-chamber/listing.html"))
    in_feeds = [post for post in site.posts if post.language == "en-GB"]
    atom = draw(site, "sample-chamber/atom.xml", posts=in_feeds)
    return pages | {
        "/": listing,
        "/news/": listing,
        "/atom.xml": Page(body=atom, content_type="application/atom+xml; charset=utf-8"),
        "/feed.json": Page(body=_json_feed(site, in_feeds), content_type="application/feed+json; charset=utf-8"),
    }


def _post_page(site: Site, post: Post) -> Page:
    links = share_links(site.base + post.path, post.title, site.share)
    # Only the Welsh page leaves its day to be read from the page: it is in no feed and has no JSON-LD.
    template = "sample-chamber/post.html" if post.language == "en-GB" else "sample-chamber/post_cy.html"
    values = {"links": links, "card": _card(site, post), "json_ld": _json_ld(site, post)}
    return Page(body=draw(site, template, post=post, **values))


def _card(site: Site, post: Post) -> dict[str, str]:
    """What the page tells Open Graph and Twitter."""
    picture = post.picture.path if post.picture else site.default_picture
    told = {
        "title": f"{post.title} | {site.title}",
        "canonical": site.base + post.path,
        "og_title": post.title,
        "og_image": f"{site.base}{picture}",
        "twitter_image": f"{picture}",
        "twitter_title": f"{post.title} - {site.title}",
    }
    return told | {name: value for name, value in post.says.items() if name in told}


def _json_ld(site: Site, post: Post) -> dict[str, Any]:
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "BlogPosting",
        "headline": post.says.get("json_ld_title", post.title),
        "mainEntityOfPage": site.base + post.path,
        "datePublished": zulu(post.published) if post.published else None,
        "author": {"@type": "Organization", "name": post.says.get("json_ld_author", site.title)},
        "publisher": {"@type": "Organization", "name": site.title},
    }
    if post.updated:
        described["dateModified"] = zulu(post.updated)
    return described


def _json_feed(site: Site, posts: list[Post]) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.title,
        "home_page_url": f"{site.base}/",
        "feed_url": f"{site.base}/feed.json",
        "language": "en-GB",
        "items": [_json_feed_item(site, post) for post in posts],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode("utf-8")


def _json_feed_item(site: Site, post: Post) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": site.base + post.path,
        "url": site.base + post.path,
        "title": post.title,
        "summary": post.summary,
        "content_text": "\n\n".join(line for block in post.body for line in block.lines),
        "date_published": zulu(post.published) if post.published else None,
        "tags": list(post.categories),
    }
    if post.updated:
        item["date_modified"] = zulu(post.updated)
    return item
