"""Each field's order of trust, one row a case."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from scraper.extract import chain
from scraper.extract.chain import read_page
from scraper.models import RawPost, SourceClaims

from .pages import PARAGRAPHS, PARTNER, URL, bare, page


def ld(**node: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@context": "https://schema.org", **node})}</script>'


def meta(**names: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{value}">' for name, value in names.items())


def read(head: str = "", post: str = "", **more: object) -> RawPost:
    return read_page(page(head, post, **more), PARTNER)  # type: ignore[arg-type]


TITLES = [
    (
        "place name behind a dash",
        meta(og__title="Electric buses for Castle Street – Northvale first") + "<title>x</title>",
        "Electric buses for Castle Street",
    ),
    ("heading alone", "", "Electric buses for Castle Street"),
    (
        "suffix",
        "<title>Electric buses for Castle Street | Northvale Partnership</title>",
        "Electric buses for Castle Street",
    ),
    ("smartified twin", meta(og__title="Electric buses for ‘Castle Street’"), "Electric buses for Castle Street"),
    (
        "site name",
        meta(og__title="Northvale Partnership", og__site_name="Northvale Partnership"),
        "Electric buses for Castle Street",
    ),
    ("double entity", meta(og__title="Electric buses for Castle&amp;nbsp;Street"), "Electric buses for Castle Street"),
    (
        "news headline",
        ld(**{"@type": "NewsArticle", "headline": "Castle Street to get electric buses"}),
        "Castle Street to get electric buses",
    ),
]


@pytest.mark.parametrize(("head", "expected"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES])
def test_title(head: str, expected: str) -> None:
    assert read(head).title == expected


def test_a_title_holds_nothing_that_no_reader_sees() -> None:
    assert read_page(bare("<h1>Night bu\u200bses re\u00adturn</h1><p>Soon.</p>"), PARTNER).title == "Night buses return"


def test_a_heading_that_leads_home_is_the_site() -> None:
    html = "<h1><a href='/'>Northvale Weekly</a></h1>"
    post = read(
        "<title>Night buses return – Northvale Weekly</title>", html + "<h2 class='entry-title'>Night buses return</h2>"
    )
    assert "Night buses return" in [claim.value for claim in post.rivals["title"]]


BLOG = "https://blogs.northvale.example/filmgang/2026/night-buses/"


@pytest.mark.parametrize(
    ("html", "title"),
    [
        (  # the site's name is a heading that leads to its folder; its head says the archive's name too
            "<title>The Film Gang » Blog Archive » Night buses return</title><h1><a href='/filmgang/'>The Film Gang</a></h1>",
            "Night buses return",
        ),
        ("<title>News | Night buses return</title>", "Night buses return"),
        ("<title>News item - Night buses return</title><h1>News item</h1>", "Night buses return"),
        (
            "<meta property='og:title' content='Night buses return'><h1><b>Transport</b> Night buses return</h1>",
            "Night buses return",
        ),
        (
            "<meta property='og:title' content='Night buses return'><h1>Transport: Night buses return</h1>",
            "Transport: Night buses return",
        ),
        ("<title>x</title><h1><a href='/filmgang/2026/night-buses/'>Night buses</a></h1>", "Night buses"),
    ],
)
def test_what_stands_before_a_title(html: str, title: str) -> None:
    assert chain.read_post(bare(html + "<p>Soon.</p>", url=BLOG), PARTNER).title == title


AUTHORS = [
    ("nobody", "", "", ()),
    ("printed", "", '<p class="byline">By Ann Teague and Tom Okafor</p>', ("Ann Teague", "Tom Okafor")),
    (
        "declared and printed",
        ld(**{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Teague"}}),
        "<p>By Ann Teague</p>",
        ("Ann Teague",),
    ),
    (
        "declared, never shown",
        ld(**{"@type": "BlogPosting", "author": {"@type": "Person", "name": "Ian Hidden"}}),
        "",
        (),
    ),
    ("account", '<meta name="author" content="admin">', "", ()),
    ("label before the name", "", "<p><span>Written by</span><b>Ann Teague</b></p>", ("Ann Teague",)),
    ("office", "", "<p>By Ann Teague, Head of Marketing and Public Affairs</p>", ("Ann Teague",)),
    ("only a label", "", "<p>WRITTEN BY</p>", ()),
    ("changed by", "", '<p class="byline"><a href="/a/">Updated by Tom Okafor</a></p>', ()),
    ("a host", "", '<p class="byline"><a href="/">northvale.example</a></p>', ()),
    ("site", '<meta name="author" content="Northvale Partnership">', "", ()),
    (
        "by reference",
        ld(
            **{
                "@graph": [
                    {"@type": "Article", "url": URL, "author": {"@id": "#ann"}},
                    {"@type": "Person", "@id": "#ann", "name": "Ann Teague"},
                ]
            }
        ),
        "<p>Words: Ann Teague</p>",
        ("Ann Teague",),
    ),
    ("agency kept whole", ld(**{"@type": "NewsArticle", "author": {"name": "pa/nvp"}}), "<p>pa/nvp</p>", ("pa/nvp",)),
]


@pytest.mark.parametrize(("head", "post", "expected"), [row[1:] for row in AUTHORS], ids=[row[0] for row in AUTHORS])
def test_authors(head: str, post: str, expected: tuple[str, ...]) -> None:
    assert read(head, post).authors == expected


BYLINES = [
    ("desk", '<p class="byline">By Policy team</p>', "Policy team", ()),
    ("role at the foot", '<div class="entry-author">by Editor</div>', "Editor", ()),
    ("person and date", '<p class="byline">By Ann Teague, 3 May 2026</p>', "Ann Teague", ("Ann Teague",)),
    ("account", '<p class="byline">by admin</p>', None, ()),
    ("no byline", '<p class="author-link">Read more posts</p>', None, ()),
]


@pytest.mark.parametrize(("post", "byline", "authors"), [row[1:] for row in BYLINES], ids=[row[0] for row in BYLINES])
def test_a_byline_is_kept_as_printed_and_no_author_is_made_of_it(
    post: str, byline: str | None, authors: tuple[str, ...]
) -> None:
    found = read(post=post)
    assert (found.byline, found.authors) == (byline, authors)


def test_the_partners_selector_forces_the_byline() -> None:
    partner = replace(PARTNER, fields={"byline": ".sig"})
    head = ld(**{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Ann Teague"}})
    found = read_page(page(head, '<p>Ann Teague</p><p class="sig">Newsdesk</p>'), partner)
    assert (found.byline, found.authors) == ("Newsdesk", ())


CATEGORIES = [
    (
        "a labelled line beats the breadcrumb",
        "",
        '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ol>'
        "<p>Topic: Libraries, Adult learning</p>",
        ("Libraries", "Adult learning"),
    ),
    (
        "a line of two labels",
        "",
        '<p class="eyebrow">Health &amp; Care · Transport</p>',
        ("Health & Care", "Transport"),
    ),
    (
        "a label in a term of its own, as Drupal and others print it",
        "",
        '<div class="field__label">Topic</div><div class="field__items"><div><a href="/topic/grants">Grants</a></div>'
        '<div><a href="/topic/policy">Policy</a></div></div>',
        ("Grants", "Policy"),
    ),
    (
        "a label in a list of terms",
        "",
        "<dl><dt>Cost</dt><dd>Free</dd><dt>Event type</dt><dd>Arts</dd></dl>",
        ("Arts",),
    ),
    (
        "a label in bold",
        "",
        "<ul><li><strong>Event type:</strong> Arts</li><li><strong>Cost:</strong> Free</li></ul>",
        ("Arts",),
    ),
    (
        "a box of parts",
        "",
        '<p class="categories"><span>Arts</span> <span>Health care</span></p>',
        ("Arts", "Health care"),
    ),
    ("a label in a cell", "", "<table><tr><td>Category</td><td>Arts</td></tr></table>", ("Arts",)),
    ("the head of a table", "", "<table><tr><td>Category</td><td>Price</td><td>Places</td></tr></table>", ()),
    (
        "a label within a line",
        "",
        '<p>12/03/2026 | Category: <a href="?cat=1">Grants</a>, <a href="?cat=2">Policy</a> | Posted by '
        '<a href="/ann">Ann Teague</a></p>',
        ("Grants", "Policy"),
    ),
    ("a long line is none", "", '<p class="eyebrow">What we know of the buses so far</p>', ()),
    (
        "the section at the foot joins the one above the title",
        "",
        '<p class="eyebrow">Transport</p><a rel="tag" href="/analysis/">News &amp; Analysis</a>',
        ("Transport", "News & Analysis"),
    ),
    ("navigation and rail do not count", "", "", ()),
    ("link beside the title", "", '<a rel="category tag" href="/category/transport/">Transport</a>', ("Transport",)),
    ("section", meta(article__section="Transport &amp;amp; streets"), "", ("Transport & streets",)),
    (
        "structured",
        ld(**{"@type": "NewsArticle", "articleSection": ["Transport", "transport", "Streets"]}),
        "",
        ("Transport", "Streets"),
    ),
    (
        "breadcrumbs",
        "",
        '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/t">Transport</a></li>'
        "<li>Electric buses for Castle Street</li></ol>",
        ("Transport",),
    ),
    (
        "the line that old themes end a post with",
        "",
        '<p>This entry was posted in <a href="/category/transport/" rel="category">Transport</a> and tagged '
        '<a href="/tag/buses/" rel="tag">buses</a>. Bookmark the <a href="/x/">permalink</a>.</p>',
        ("Transport",),
    ),
    (
        "the site's list of all its categories",
        "",
        "".join(f'<a href="/category/{n}/">Subject {n}</a> ' for n in range(12)),
        (),
    ),
    ("a field named so", "", '<div class="field--name-news-categories"><a href="/t/4">Budget</a></div>', ("Budget",)),
    ("a list's entry", "", '<dl><dd class="category-name">Topic: <a href="/l">Festivals</a></dd></dl>', ("Festivals",)),
]


@pytest.mark.parametrize(
    ("head", "post", "expected"), [row[1:] for row in CATEGORIES], ids=[row[0] for row in CATEGORIES]
)
def test_categories(head: str, post: str, expected: tuple[str, ...]) -> None:
    assert read(head, post).categories == expected


def test_a_feed_that_has_one_element_for_both_is_told_apart_by_the_page() -> None:
    said = SourceClaims(url=URL, found_in="feed", categories=("Transport", "clean air"))
    post = '<a rel="tag" href="/tag/clean-air/">clean air</a>'
    found = read_page(page(post=post), PARTNER, claims=[said])
    assert (found.categories, found.tags) == (("Transport",), ("clean air",))


PICTURES = [
    ("shown", '<div style="background: url(/up/bus-300x200.jpg)"></div>', "https://www.northvale.example/up/bus.jpg"),
    ("the site's own for sharing", "", None),
]


@pytest.mark.parametrize(("post", "image"), [row[1:] for row in PICTURES], ids=[row[0] for row in PICTURES])
def test_a_picture_that_no_reader_sees_leads_no_post(post: str, image: str | None) -> None:
    head = meta(og__image="https://www.northvale.example/up/bus.jpg")
    assert read(head, post).image == image


def test_categories_from_the_classes_of_the_post() -> None:
    assert read(body_class="single single-post category-clean-air tag-buses").categories == ("clean air",)


TAGS = [
    ("the place a site is named after", meta(article__tag="Northvale"), "", ("Northvale",)),
    ("none", "", "", ()),
    ("open graph", meta(article__tag="Buses") + meta(article__tag="Clean air"), "", ("Buses", "Clean air")),
    (
        "keywords are cut",
        ld(**{"@type": "NewsArticle", "keywords": "Buses, Clean air; buses"}),
        "",
        ("Buses", "Clean air"),
    ),
    ("rel=tag", "", '<a rel="tag" href="/tag/buses/">#Buses</a>', ("Buses",)),
    (
        "keywords behind hashes",
        ld(**{"@type": "NewsArticle", "keywords": "#Buses #CleanAir"}),
        "",
        ("Buses", "CleanAir"),
    ),
    (
        "keywords of the whole site",
        '<meta name="keywords" content="council, tax, bins, planning, schools, jobs">',
        "<p>Nothing of the kind is said here.</p>",
        (),
    ),
    (
        "keywords of the post",
        '<meta name="keywords" content="grant, Castle Street, transport">',
        "",
        ("grant", "Castle Street", "transport"),
    ),
    (
        "a field of tags",
        "",
        '<div class="field field--name-field-tags"><a href="/term/9">Buses</a></div>',
        ("Buses",),
    ),
    ("a box that says what it holds", "", '<p class="tags">Tags: Buses | Rail</p>', ("Buses", "Rail")),
    ("a box that says it holds a category", "", '<p class="topic">Topic: Buses</p>', ()),
    (
        "a menu is no list of topics",
        "",
        '<a href="/topics/contact/">Contact us</a> <a href="/topics/weather/">Weather</a>',
        (),
    ),
    (
        "an invitation beside the topics",
        "",
        '<a href="/topics/buses/">Buses</a> <a href="/topics/x/">Get alerts for these topics</a>',
        ("Buses",),
    ),
    (
        "plain keywords last",
        '<meta name="keywords" content="one, two">',
        '<a rel="tag" href="/tag/buses/">Buses</a>',
        ("Buses",),
    ),
]


@pytest.mark.parametrize(("head", "post", "expected"), [row[1:] for row in TAGS], ids=[row[0] for row in TAGS])
def test_tags(head: str, post: str, expected: tuple[str, ...]) -> None:
    assert read(head, post).tags == expected


def test_sources_beat_the_page_and_the_partner_beats_all() -> None:
    document = page(
        ld(**{"@type": "NewsArticle", "headline": "Other", "articleSection": "Page", "keywords": "page"}),
        '<b id="k">Kicker</b>',
    )
    feed = SourceClaims(
        url=URL, found_in="feed", title="Feed title", categories=("Feed",), tags=("feed",), authors=("Ann Teague",)
    )
    rest = SourceClaims(url=URL, found_in="wordpress", title="Rest title", categories=("Rest",))
    post = read_page(document, replace(PARTNER, fields={"categories": "#k"}), claims=(feed, rest))
    assert (post.title, post.categories, post.tags, post.authors) == (
        "Rest title",
        ("Kicker",),
        ("feed",),
        ("Ann Teague",),
    )
    assert post.winners["title"] == "wordpress:title"
    assert post.winners["categories"] == "partner"
    assert [claim.value for claim in post.rivals["title"]][:2] == ["Rest title", "Feed title"]


@pytest.mark.parametrize(
    "words",
    ["Continue reading Electric buses for Castle Street", "11 March 2026 (updated 12 March 2026)", "Electric …"],
)
def test_the_words_of_a_link_are_no_title_beside_a_heading(words: str) -> None:
    listed = SourceClaims(url=URL, found_in="listing", title=words)
    post = read_page(page(), PARTNER, claims=(listed,))
    assert (post.title, post.winners["title"]) == ("Electric buses for Castle Street", "visible:h1")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Electric buses for …", "Electric buses for Castle Street"),
        ("Electric buses for Cas...", "Electric buses for Castle Street"),
        ("And then there were none …", "And then there were none …"),
    ],
)
def test_a_sources_title_that_is_cut_short_yields_to_the_whole(said: str, expected: str) -> None:
    feed = SourceClaims(url=URL, found_in="feed", title=said)
    assert read_page(page(), PARTNER, claims=(feed,)).title == expected


def test_a_selector_that_cannot_be_read_finds_nothing() -> None:
    assert read_page(page(), replace(PARTNER, fields={"title": "h1[["})).title == "Electric buses for Castle Street"


def test_summary_and_address() -> None:
    post = read(
        meta(og__description="Grant won.")
        + '<link rel="canonical" href="/news/bus-grant/?utm=1"><link rel="canonical" href="javascript:x()">'
    )
    assert post.summary == "Grant won."
    assert post.canonical_url == "https://www.northvale-partnership.example/news/bus-grant/?utm=1"


def test_lead_picture() -> None:
    figure = '<figure><img src="/i/bus.jpg" alt="a blue bus" width="900"><figcaption>The new bus</figcaption></figure>'
    post = read(meta(og__image="data:image/png;base64,xx"), '<img src="icon.png" width="16" height="16">' + figure)
    assert (post.image, post.image_alt, post.image_caption) == (
        "https://www.northvale-partnership.example/i/bus.jpg",
        "a blue bus",
        "The new bus",
    )


def test_an_authors_portrait_leads_no_post_and_a_caption_keeps_its_spaces() -> None:
    portrait = '<div class="post-author"><img src="/team/ann.jpg" alt="Ann Teague"></div>'
    caption = "<figcaption><span>The new bus</span><span>(Image: <a href='/h'>Harrowby Press</a>)</span></figcaption>"
    post = read("", f'{portrait}<figure><img src="/i/bus.jpg" alt="a blue bus">{caption}</figure>')
    assert (post.image_alt, post.image_caption) == ("a blue bus", "The new bus (Image: Harrowby Press)")


LANGUAGES = [("en-GB", "en-GB"), ("en_gb", "en-GB"), ("", "en-GB"), ("cy", "en-GB"), ("x-nonsense!", "en-GB")]


@pytest.mark.parametrize(("declared", "expected"), LANGUAGES)
def test_language(declared: str, expected: str) -> None:
    assert read(lang=declared).language == expected


KINDS = [("NewsArticle", "news"), ("BusinessEvent", "event"), ("Festival", "event"), ("WebPage", "news")]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind(name: str, kind: str) -> None:
    assert read(ld(**{"@type": name, "url": URL, "name": "x"})).kind == kind


def test_body_is_the_post_alone() -> None:
    post = read()
    assert post.text.split("\n\n") == list(PARAGRAPHS)
    assert post.html.count("<p>") == 4


RIGHTS = [
    ('<meta name="robots" content="noarchive, max-snippet:-1">', {}, ("noarchive",)),
    ('<meta name="regionalarchive" content="none">', {}, ("noindex",)),
    ("", {"x-robots-tag": "none"}, ("noindex",)),
    (
        '<meta name="robots" content="index, follow"><meta name="ROBOTS" content=" NoArchive ; nofollow">',
        {},
        ("noarchive",),
    ),
    ('<meta name="robots" content="max-snippet: 0">', {}, ("nosnippet",)),
    ('<meta name="robots" content="max-snippet:160">', {}, ()),
    ("", {"x-robots-tag": "otherbot: noarchive; max-snippet:0"}, ()),
    ("", {"x-robots-tag": "max-snippet: 0; unavailable_after: 25 Jun 2030"}, ("nosnippet",)),
    ("", {"x-robots-tag": "otherbot: noarchive"}, ()),
    ("", {"x-robots-tag": "otherbot: noindex, regionalarchive: noarchive, nosnippet"}, ("noarchive", "nosnippet")),
    ("", {"x-robots-tag": "unavailable_after: 25 Jun 2030, noarchive"}, ("noarchive",)),
    ("", {"x-robots-tag": "otherbot: noindex\nnoarchive"}, ("noarchive",)),
    ('<meta name="tdm-reservation" content="1">', {}, ("tdm-reservation",)),
    ("", {"tdm-reservation": "1"}, ("tdm-reservation",)),
    ("", {"tdm-reservation": "0"}, ()),
]


@pytest.mark.parametrize(("head", "headers", "flags"), RIGHTS)
def test_rights(head: str, headers: dict[str, str], flags: tuple[str, ...]) -> None:
    assert read_page(page(head), PARTNER, headers=headers).rights_flags == flags


def test_metadata_spells_a_heading_whose_parts_are_set_apart_by_style() -> None:
    head = '<meta property="og:title" content="Transport / Night buses return">' + ld(headline="Night buses return")
    document = bare(head + "<h1><b>Transport</b><i>Night buses return</i></h1>")
    assert read_page(document, PARTNER).title == "Transport / Night buses return"


def test_topics_in_the_posts_own_foot_are_its_tags_and_others_are_not() -> None:
    own = '<footer><nav><a href="/topic/buses/">Buses</a> <a href="/topic/millgate/">Millgate</a></nav></footer>'
    others = '<section><a href="/topic/sport/">Sport</a> <a href="/topic/weather/">Weather</a></section>'
    text = "".join(f"<p>{words}</p>" for words in PARAGRAPHS)
    html = f"<main><article><h1>Night buses return</h1>{text}{own}</article>{others}</main>"
    assert read_page(bare(html), PARTNER).tags == ("Buses", "Millgate")
    assert read_page(bare(html.replace(own, "")), PARTNER).tags == ("Sport", "Weather")


@pytest.mark.parametrize(
    ("said", "expected"),
    [("ELECTRIC BUSES FOR CASTLE STREET", "Electric buses for Castle Street"), ("BUSES!", "BUSES!")],
)
def test_a_source_that_shouts_is_spelt_as_the_page_spells_it(said: str, expected: str) -> None:
    assert read_page(page(), PARTNER, claims=[SourceClaims(url=URL, found_in="feed", title=said)]).title == expected


ANN = json.dumps({"@type": "NewsArticle", "headline": "Electric buses for Castle Street", "keywords": ["buses"]})
BROKEN = [
    ("a semicolon", f"{ANN};"),
    ("two values", '{"@type": "WebSite"}\n' + ANN),
    ("a remark", f"/* by hand */ {ANN}"),
    ("a line break in a string", ANN.replace("Electric", "Electric\\n\n")),
    ("escaped for HTML", ANN.replace('"', "&quot;")),
    ("a comma too many", ANN[:-1] + ",}"),
    ("cut behind the first value", ANN + '{"@type": "Web'),
]


@pytest.mark.parametrize("block", [row[1] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_json_ld_that_can_be_mended_is_read(block: str) -> None:
    assert read(f'<script type="application/ld+json">{block}</script>').tags == ("buses",)


def test_json_ld_of_another_page_says_nothing_of_this_one() -> None:
    stale = ld(
        **{"@type": "NewsArticle", "headline": "Rail hub set to begin", "url": "/news/rail-hub/", "keywords": ["rail"]}
    )
    assert read(stale).title == "Electric buses for Castle Street"
    assert read(stale).tags == ()
    moved = stale.replace("Rail hub set to begin", "Electric buses for Castle Street")
    assert read(moved).tags == ("rail",)
    named = stale + '<link rel="canonical" href="/news/rail-hub/">'
    assert read(named).tags == ("rail",)


def test_a_picture_that_json_ld_names_elsewhere_is_found() -> None:
    graph = [
        {"@type": "NewsArticle", "headline": "Electric buses for Castle Street", "image": {"@id": "#bus"}},
        {"@type": "ImageObject", "@id": "#bus", "url": "/bus.jpg"},
    ]
    post = read(ld(**{"@graph": graph}))
    assert post.share is not None
    assert post.share.resolved_image == "https://www.northvale-partnership.example/bus.jpg"


TAGGED = [
    ("<p>A grant for <b>buses</b>, at last.</p><p>More</p>", "A grant for buses, at last. More"),
    ("&lt;p&gt;A grant &amp;amp; more&lt;/p&gt;", "A grant & more"),
    ("Why a < b and b > c", "Why a < b and b > c"),
    ("How to use <b> well", "How to use <b> well"),
]


@pytest.mark.parametrize(("description", "summary"), TAGGED)
def test_tags_in_declared_words_are_no_words(description: str, summary: str) -> None:
    assert read(ld(**{"@type": "NewsArticle", "headline": "x", "description": description})).summary == summary


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Nov 24, 2026: Electric buses for Castle Street at the Guildhall", "Electric buses for Castle Street"),
        ("24 November 2026 - Electric buses for Castle Street", "Electric buses for Castle Street"),
        ("Tue 24 Nov: Electric buses for Castle Street", "Electric buses for Castle Street"),
        (
            "2026 plan: Electric buses for Castle Street and more",
            "2026 plan: Electric buses for Castle Street and more",
        ),
        ("We say: Electric buses for Castle Street", "We say: Electric buses for Castle Street"),
    ],
)
def test_a_sources_title_behind_a_day_yields_to_the_heading(said: str, expected: str) -> None:
    assert read_page(page(), PARTNER, claims=[SourceClaims(url=URL, found_in="feed", title=said)]).title == expected


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (
            '<div class="sidebar"><ul class="md-post__meta md-nav__list"><li>in <a href="../../category/f/">Funding</a>'
            "</li></ul></div>",
            ("Funding",),
        ),
        (
            '<div class="sidebar"><p class="post-meta"><a href="/category/f/">Funding</a></p>'
            '<p class="post-meta"><a href="/category/g/">Grants</a></p></div>',
            (),
        ),
        ("<p>Categori: Amgylchedd</p>", ("Amgylchedd",)),
        ('<p>In <a href="https://x.example/?cat=2" rel="tag">Funding</a></p>', ("Funding",)),
        ('<p>In <a href="https://x.example/?tag=cat" rel="tag">Funding</a></p>', ()),
        (
            '<div class="taxonomy-sector wp-block-post-terms"><a href="/sector/f/" rel="tag">Funding</a></div>',
            ("Funding",),
        ),
        ('<div class="taxonomy-post_tag wp-block-post-terms"><a href="/f/" rel="tag">Funding</a></div>', ()),
        ('<a class="tag" href="/news-categories/funding">Funding</a>', ("Funding",)),
        ('<a href="/blog-category/funding/">Funding</a>', ("Funding",)),
        ('<p><span class="label">Category</span> Family</p>', ("Family",)),
        ('<p><span class="label">Category</span> a long sentence about what we do</p>', ()),
        (
            '<span class="page-category-info"><span class="page-category-item c5" role="navigation">Visits</span></span>',
            ("Visits",),
        ),
        ('<p class="genre">Comedy</p>', ("Comedy",)),
        (
            'in <a href="/category/savings/">Savings</a><ul><li><a href="/category/loans/">Loans</a> (3)</li>'
            '<li><a href="/category/savings/">Savings</a> (14)</li></ul>',
            ("Savings",),
        ),
        ('<ul><li><a href="/category/loans/">Loans</a> (3)</li></ul>', ("Loans",)),
        (
            '<ul><li><a href="/category/loans/">Loans</a> (3)</li><li><a href="/category/news/">News</a> (1)</li></ul>',
            (),
        ),
    ],
)
def test_categories_by_their_address_their_label_or_their_box(post: str, expected: tuple[str, ...]) -> None:
    assert read_page(page(post=post), PARTNER).categories == expected
