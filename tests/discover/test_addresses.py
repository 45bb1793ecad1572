"""What an address alone says."""

import pytest

from scraper.discover import addresses
from scraper.models import Candidate

HOME = "https://harbour-trust.example"


@pytest.mark.parametrize(
    "path",
    [
        "/news/new-slipway-opens/",
        "/2025/10/11/new-slipway/",
        "/2025/10/new-slipway.html",
        "/?p=17",
        "/?event=evening",
        "/new-slipway/",
        "/people%20&%20places/2026/03/01/oaks.html",
        "/comment/why-the-wall-matters/",
        "/topics/harbour/new-slipway-opens/",
        "/news/2026/march/new-slipway/",
        "/news/summer-2026.html",
        "/news/archive/1234",
        "/events/open-day/",
        "/node/1234",
        "/article.aspx?id=77",
        "/search/rescue-crew-honoured/",
        "/page/a-page-of-history/",
        "/index.php?option=com_content&view=article&id=17",
    ],
)
def test_may_be_a_post(path: str):
    assert addresses.may_be_post(HOME + path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/about/",
        "/about-us",
        "/cy/contact/",
        "/privacy-policy.html",
        "/impressum",
        "/tag/oaks/",
        "/tags/oaks/",
        "/category/news/",
        "/categories/hafen/",
        "/kategorie/hafen/",
        "/topics/harbour/",
        "/author/ada/",
        "/news/page/2/",
        "/news/feed/",
        "/new-slipway/comments/",
        "/new-slipway/comment-page-2/",
        "/new-slipway/amp/",
        "/new-slipway/print/",
        "/new-slipway/embed/",
        "/2026/",
        "/2026/03/",
        "/2026/03/14/",
        "/news/2026/march/",
        "/blog/2026.html",
        "/blog/archive/",
        "/news/archive.php",
        "/archives/",
        "/archives/2026/10/",
        "/index-3.html",
        "/news/page-2.html",
        "/whats-on/page-2/",
        "/index.php?option=com_content&view=category&id=17",
        "/wp-json/wp/v2/posts",
        "/wp-content/uploads/a.pdf",
        "/report.pdf",
        "/feed.xml",
        "/events.ics",
        "/?page_id=2",
        "/?cat=3",
        "/?m=202610",
        "/?s=oaks",
        "/a-post/?replytocom=7",
        "/events/?ical=1",
        "/quay/shop/quay/shop/quay/shop/",
        "/1/2/3/4/5/6/7/8/9/10/",
    ],
)
def test_cannot_be_a_post(path: str):
    assert not addresses.may_be_post(HOME + path)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sitemap.xml", None),
        ("sitemap_index.xml", None),
        ("sitemap-1.xml.gz", None),
        ("sitemap-2026-03.xml", None),
        ("wp-sitemap.xml", None),
        ("wp-sitemap-posts-post-1.xml", True),
        ("wp-sitemap-posts-event-2.xml", True),
        ("wp-sitemap-posts-guide-1.xml", True),
        ("wp-sitemap-posts-page-1.xml", False),
        ("wp-sitemap-taxonomies-category-1.xml", False),
        ("wp-sitemap-taxonomies-post_tag-1.xml", False),
        ("wp-sitemap-users-1.xml", False),
        ("post-sitemap.xml", True),
        ("post-sitemap12.xml", True),
        ("page-sitemap.xml", False),
        ("category-sitemap.xml", False),
        ("post_tag-sitemap.xml", False),
        ("author-sitemap.xml", False),
        ("tribe_events-sitemap.xml", True),
        ("tribe_events_cat-sitemap.xml", False),
        ("tribe_venue-sitemap.xml", False),
        ("news-sitemap.xml", True),
        ("news_category-sitemap.xml", False),
        ("member-news-sitemap.xml", True),
        ("newsletter-sitemap.xml", None),
        ("local-sitemap.xml", None),
        ("sitemap-posts.xml", True),
        ("sitemap-pages.xml", False),
        ("sitemap-tags.xml", False),
        ("sitemap-authors.xml", False),
        ("sitemap-pt-post-2026-03.xml", True),
        ("sitemap-misc.xml", False),
        ("sitemapindex.xml", None),
        ("press-releases.xml", True),
        ("?sitemap=posts&sitemap-subtype=post&paged=1", True),
        ("?sitemap=posts&sitemap-subtype=page&paged=1", False),
        ("?sitemap=users&paged=1", False),
        ("?sitemap=index", None),
    ],
)
def test_name_of_a_sitemap(name: str, expected: bool | None):
    assert addresses.sitemap_says(f"{HOME}/{name}") is expected


@pytest.mark.parametrize(
    ("path", "shape"),
    [
        ("/2026/03/14/oaks/", "/0/0/0"),
        ("/news/oaks", "/news"),
        ("/oaks/", ""),
        ("/?p=3", "?p"),
        ("/blog/2/", "/blog/#"),
        ("/2026/03/14", "/0/0/#"),
        ("/story.aspx?id=3&lang=en", "?id,lang"),
    ],
)
def test_shape(path: str, shape: str):
    assert addresses.shape_of(HOME + path) == shape


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/docs/rivers/wye/", True),
        ("/en/guides/money", True),
        ("/handbook/", True),
        ("/docs", False),
        ("/news/guides-return-to-the-hills/", False),
        ("/news/2026/guides/", False),
    ],
)
def test_folders_of_documentation(path: str, expected: bool):
    assert addresses.is_of_manual(HOME + path) is expected


@pytest.mark.parametrize(
    ("path", "vouched", "expected"),
    [
        ("archives/2019", False, False),
        ("archives/2019", True, True),
        ("tag/2019", True, False),
        ("archives/", True, False),
    ],
)
def test_a_number_that_may_be_a_year(path: str, vouched: bool, expected: bool):
    assert addresses.may_be_post(f"https://x.example/{path}", vouched=vouched) is expected


@pytest.mark.parametrize(
    ("found_in", "sure", "expected"),
    [("wordpress", True, True), ("feed", True, True), ("sitemap", False, False), ("listing", True, False)],
)
def test_who_vouches(found_in: str, sure: bool, expected: bool):
    candidate = Candidate(url="https://x.example/archives/2019", found_in=found_in, sure=sure)
    assert addresses.may_be_offered(candidate) is expected
