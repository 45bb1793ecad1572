"""Pages that are no post are refused with a reason; a real post never is."""

from __future__ import annotations

import pytest

from scraper.errors import BlockedPage, NotAPost, PageError
from scraper.extract.chain import read_page
from scraper.extract.document import parse
from scraper.models import SourceClaims

from .pages import PARAGRAPHS, PARTNER, URL, bare, page

CARD = "<article><h2><a href='/a{0}/'>Post {0}</a></h2><p>Teaser.</p></article>"
CARDS = "".join(CARD.format(number) for number in range(6))

REFUSED = [
    (
        "challenge",
        "<title>Just a moment...</title><h1>www.example.org</h1><p>Checking your browser.</p>",
        BlockedPage,
        "challenge",
    ),
    ("captcha", "<title>example.org</title><div id='px-captcha'></div>", BlockedPage, "challenge"),
    (
        "cookie wall",
        "<title>Before you continue to Northvale</title><h1>We value your privacy</h1><button>Accept</button>",
        BlockedPage,
        "cookie-wall",
    ),
    (
        "login",
        "<title>Log in | Northvale</title><form><input name=u><input type=password></form>",
        BlockedPage,
        "login",
    ),
    (
        "404 as 200",
        "<title>Page not found - Northvale</title><h1>Page not found</h1><p>Sorry.</p>",
        NotAPost,
        "soft-404",
    ),
    (
        "Welsh 404",
        "<title>Tudalen heb ei chanfod | Northvale</title><h1>Tudalen heb ei chanfod</h1>",
        NotAPost,
        "soft-404",
    ),
    ("theme's 404", "<body class='error404'><h1>Lost?</h1></body>", NotAPost, "soft-404"),
    ("server error", "<title>503 Service Unavailable</title><h1>Service Unavailable</h1>", NotAPost, "error-page"),
    (
        "error under the post's own title",
        "<title>Buses</title><h1>Buses</h1><p>Warning: mysqli_connect(): Connection refused in db.php on line 12</p>",
        NotAPost,
        "error-page",
    ),
    (
        "password",
        "<title>Protected: Plans</title><h1>Protected: Plans</h1><form class='post-password-form'>"
        "<input name='post_password' type='password'></form>",
        NotAPost,
        "password",
    ),
    (
        "password in Welsh",
        "<h1>Cynlluniau</h1><form action='/wp-login.php?action=postpass'><input name='post_password'></form>",
        NotAPost,
        "password",
    ),
    ("tag listing", f"<body class='archive tag tag-buses'><h1>Buses</h1>{CARDS}</body>", NotAPost, "listing"),
    ("slow down", "<title>Buses</title><h1>Too many requests</h1><p>Try again.</p>", BlockedPage, "challenge"),
    (
        "another country",
        '<meta property="og:type" content="article"><title>Buses</title><h1>451: Unavailable for legal reasons</h1>',
        BlockedPage,
        "challenge",
    ),
    (
        "cookie wall under the post's own metadata",
        '<meta property="og:type" content="article"><title>Buses</title><h1>We value your privacy</h1><p>We and our'
        " partners store and access information on your device, and read it again.</p>",
        BlockedPage,
        "cookie-wall",
    ),
    (
        "job",
        '<script type="application/ld+json">{"@type":"JobPosting","title":"Driver","datePosted":"2026-03-01"}</script>'
        "<h1>Driver wanted</h1><p>Apply before the end of the month.</p>",
        NotAPost,
        "ware",
    ),
    (
        "picture's own page",
        "<body class='attachment single single-attachment'><h1>IMG_2034</h1><p><img src='a.jpg'></p></body>",
        NotAPost,
        "attachment",
    ),
    ("nothing", "<p> </p>", NotAPost, "no-title"),
]


@pytest.mark.parametrize(("html", "error", "reason"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_refused(html: str, error: type[PageError], reason: str) -> None:
    with pytest.raises(error) as caught:
        read_page(bare(html), PARTNER)
    assert caught.value.reason == reason


HEADED = "".join(f"<div><h3><a href='/p/{number}/'>Post {number}</a></h3><p>A teaser.</p></div>" for number in range(9))
TEASED = "".join(
    f"<div><h3><a href='/p/{n}/'>Post {n}</a></h3><p>{'Teaser of a line or two. ' * 8}</p></div>" for n in range(9)
)
COLLECTION = '<script type="application/ld+json">{"@type": "CollectionPage", "name": "Buses"}</script>'
POSTED = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Buses"}</script>'
ARTICLE = '<meta property="og:type" content="article">'
TEXT = "".join(f"<p>{words}</p>" for words in PARAGRAPHS * 3)
HOME = "https://northvale.example/"
LISTINGS = [
    ("front page", HEADED, HOME),
    ("front page with tracking", HEADED, f"{HOME}?utm_source=letter"),
    ("a section's front page", f"<h1>News</h1>{TEASED}", f"{HOME}news/"),
    ("section that Open Graph calls an article", f"{ARTICLE}<h1>News</h1>{HEADED}", f"{HOME}news/"),
    ("category", f"<h1>Buses</h1>{TEASED}", f"{HOME}category/transport/buses/"),
    ("declared", f"{COLLECTION}<h1>Buses</h1><p>All about buses.</p>", f"{HOME}buses/"),
    ("declared, with teasers", f"{COLLECTION}<h1>Buses</h1>{TEASED}", f"{HOME}buses/"),
    ("archive of a few", f"{ARTICLE}<h1>Month: March 2026</h1>{CARD * 3}", f"{HOME}all-of-march/"),
    ("nothing but teasers", f"<h1>Trails</h1>{HEADED}", f"{HOME}trails-near-you/"),
]
POSTS = [
    ("plain permalink", f"<article><h1>Night buses return</h1>{TEXT}</article>{CARDS}", f"{HOME}?p=31"),
    ("post with related posts", f"<h1>Night buses return</h1>{TEXT}{HEADED}", f"{HOME}night-buses-return/"),
    ("post in a collection", f"{COLLECTION}{POSTED}<h1>Night buses return</h1>{TEXT}{HEADED}", f"{HOME}a/"),
    ("collection around a post", f"{COLLECTION}<h1>Night buses return</h1>{TEXT}", f"{HOME}a/"),
    ("short post, marked", f"{ARTICLE}<article><h1>Night buses return</h1><p>Soon.</p></article>{HEADED}", f"{HOME}a/"),
    ("post below a section", f"<h1>Night buses return</h1>{TEXT}{HEADED}", f"{HOME}news/night-buses-return/"),
    ("a title with a colon", f"{ARTICLE}<h1>Day: a new café opens</h1>{TEXT}", f"{HOME}a-new-cafe-opens/"),
    (
        "a ware in the news",
        f"{POSTED}{COLLECTION.replace('CollectionPage', 'Product')}<h1>Buses</h1><p>On sale.</p>",
        HOME,
    ),
    ("a page of its own", f"<h1>Time to say goodbye</h1>{TEXT}", HOME),
]


@pytest.mark.parametrize(("html", "url"), [row[1:] for row in LISTINGS], ids=[row[0] for row in LISTINGS])
def test_a_list_of_posts_is_no_post(html: str, url: str) -> None:
    with pytest.raises(NotAPost, match="listing"):
        read_page(bare(html, url=url), PARTNER)


@pytest.mark.parametrize(("html", "url"), [row[1:] for row in POSTS], ids=[row[0] for row in POSTS])
def test_a_post_beside_a_list_is_kept(html: str, url: str) -> None:
    assert read_page(bare(html, url=url), PARTNER).title


def test_a_post_that_a_source_names_may_be_short() -> None:
    said = SourceClaims(url=f"{HOME}trails-near-you/", found_in="feed", title="Trails")
    document = bare(f"<h1>Trails</h1>{HEADED}", url=f"{HOME}trails-near-you/")
    assert read_page(document, PARTNER, claims=(said,)).title == "Trails"


def test_a_listing_is_known_by_its_address_and_cards() -> None:
    with pytest.raises(NotAPost):
        read_page(bare(f"<h1>March</h1>{CARDS}", url="https://northvale.example/news/2026/03/"), PARTNER)


KEPT = [
    ("404 in the headline", page("<title>404: the lost bus | Northvale</title>")),
    ("about a login", page("<title>Sign in to have your say | Northvale</title>")),
    ("captcha in the comment form", page(post="<div class='g-recaptcha'></div>")),
    ("noindex, but a post", page('<meta name="robots" content="noindex">')),
    ("login form in the header", page(post="<form><input type=password></form>")),
    ("Protected species", page("<title>Protected: our rarest newts</title>")),
    ("body class of a theme", page(body_class="blog single single-post")),
    ("cards below", page(rail=CARDS)),
]


@pytest.mark.parametrize("document", [row[1] for row in KEPT], ids=[row[0] for row in KEPT])
def test_kept(document) -> None:
    assert read_page(document, PARTNER).text.startswith("The Northvale Partnership")


def test_truncated_page_is_read_as_far_as_it_goes() -> None:
    html = f"<html><body><article><h1>Cut off</h1><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2][:40]}"
    post = read_page(bare(html), PARTNER)
    assert post.title == "Cut off"
    assert PARAGRAPHS[0] in post.text


CHARSETS = [("utf-8", "windows-1252"), ("cp1252", "utf-8"), ("utf-16-le", "utf-8"), ("iso-8859-15", "iso-8859-15")]


@pytest.mark.parametrize(("real", "declared"), CHARSETS)
def test_wrong_charset(real: str, declared: str) -> None:
    html = f"<html><head><meta charset={declared}><title>Café</title></head><body><h1>Café opens</h1></body></html>"
    body = (b"\xff\xfe" if real.startswith("utf-16") else b"") + html.encode(real)
    assert read_page(parse(body, URL, content_type=f"text/html; charset={declared}"), PARTNER).title == "Café opens"
