"""Authors: which words of a page are people and desks that wrote it, and which are not."""

from __future__ import annotations

import json

import pytest

from scraper.extract import chain
from scraper.extract.authors.byline import bare
from scraper.extract.authors.names import is_person
from scraper.extract.authors.splitting import split

from .pages import PARTNER, URL, page
from .pages import bare as bare_page

SPLIT = [
    ("By Ann Teague and Tom Okafor", ["Ann Teague", "Tom Okafor"]),
    ("Ann Teague, PhD", ["Ann Teague"]),
    ("Ann Teague, MS, RDN and Tom Okafor, CFP®", ["Ann Teague", "Tom Okafor"]),
    ("Ann Teague, Jr.", ["Ann Teague Jr"]),
    ("Ann Teague, gastroenterologist, Harrowby Health", ["Ann Teague"]),
    ("Ann Teague, Castleton, Tom Okafor", ["Ann Teague", "Tom Okafor"]),
    ("Ann Teague und Tom Okafor, Harrowby", ["Ann Teague", "Tom Okafor"]),
    ("Ann Teague | Senior Analyst | 3 May 2026", ["Ann Teague"]),
    ("Ann Teague, dpa", ["Ann Teague"]),
    ("Ann Teague, Tom Okafor, dpa", ["Ann Teague", "Tom Okafor", "dpa"]),
    ("dpa/lno", ["dpa/lno"]),
    ("Erstellt von Ann Teague", ["Ann Teague"]),
    ("Mehr Artikel von Ann Teague →", ["Ann Teague"]),
    ("Posted on May 3, 2026 by Ann Teague", ["Ann Teague"]),
    ("04.02.2026 | 13:10 Uhr | Ann Teague", ["Ann Teague"]),
    ("3 May 2026 · Ann Teague on behalf of the board", ["Ann Teague"]),
    ("Ysgrifennwyd gan Ann Teague", ["Ann Teague"]),
    ("Von Harrowby-Korrespondentin Ann Teague", ["Ann Teague"]),
    ("Ann Teague, Sunday 3 May", ["Ann Teague"]),
    ("Analysis by Ann Teague, Editor-at-large", ["Ann Teague"]),
    ("Gan Ann Teague", ["Ann Teague"]),
    ("Gan Li", ["Gan Li"]),
    ("Ann Teague, ;", ["Ann Teague"]),
    ("By Sun Li", ["Sun Li"]),
    ("Ann Teague - Local Democracy Reporting Service", ["Ann Teague"]),
    ("By Ann Teague ann.teague@harrowby.example", ["Ann Teague"]),
    ("Posted by Ann Teague in News on 3 May 2026", ["Ann Teague"]),
    ("Publié le 3 mai 2026 par Ann Teague dans Transports", ["Ann Teague"]),
    ("Ann Teague – Tom Okafor", ["Ann Teague – Tom Okafor"]),
    ("Words by Ann Teague, Paintings Conservator", ["Ann Teague"]),
    ("Guest blog by Ann Teague, Tax Partner at Harrowby LLP", ["Ann Teague"]),
    ("Ann Le Clerc", ["Ann Le Clerc"]),
]


@pytest.mark.parametrize(("words", "names"), SPLIT, ids=[row[0] for row in SPLIT])
def test_a_byline_is_cut_into_its_names(words: str, names: list[str]) -> None:
    assert list(split(words, "visible:byline")) == names


BARE = [
    ("By Ann Teague, 3 May 2026", "Ann Teague"),
    ("3 May 2026 | Ann Teague", "Ann Teague"),
    ("Von Ann Teague Donnerstag, 3. Mai", "Ann Teague"),
    ("By Policy team", "Policy team"),
    ("By", "By"),
]


@pytest.mark.parametrize(("words", "name"), BARE, ids=[row[0] for row in BARE])
def test_a_byline_without_what_is_around_it(words: str, name: str) -> None:
    assert bare(words) == name


PEOPLE = [
    "Ann Teague",
    "Ann van der Merwe",
    "Ann D'Arcy",
    "Ann O'Shea",
    "Dr Ann Teague",
    "José Ortega y Gasset",
    "A. B. Teague",
]
OTHERS = [
    "Ann",
    "Week of the Book",
    "Buch der Woche",
    "Risks and Benefits",
    "Staff Writer",
    "Bus Route 12",
    "how to Write",
]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_person(name: str) -> None:
    assert is_person(name)


@pytest.mark.parametrize("name", OTHERS)
def test_no_person(name: str) -> None:
    assert not is_person(name)


def ld(*authors: object, kind: str = "NewsArticle") -> str:
    """JSON-LD of a post with these authors."""
    block = {"@type": kind, "url": URL, "author": list(authors)}
    return f'<script type="application/ld+json">{json.dumps(block)}</script>'


ANN = {"@type": "Person", "name": "Ann Teague"}
DESK = {"@type": "Organization", "name": "Harrowby NEWSROOM"}
TWICE = '<meta name="author" content="{0}"><meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="{0}">'
CARD = '<div class="card"><h3>Other</h3><span itemprop="author">Bea Other</span></div>'
AUTHORS = [
    ("the head says it twice", TWICE.format("Ann Teague"), "", ("Ann Teague",)),
    (
        "the head says it twice, a byline names another",
        TWICE.format("Rhys Penfold"),
        "<p>By Ann Teague</p>",
        ("Ann Teague",),
    ),
    ("an account said twice", TWICE.format("harrowbyadmin"), "", ()),
    ("only a commenter bears the name", ld("Rhys Penfold"), '<ol class="comments"><li>Rhys Penfold</li></ol>', ()),
    ("printed with more people", ld(ANN), "<p>By Dr Ann Teague and Tom Okafor</p>", ("Dr Ann Teague", "Tom Okafor")),
    ("printed with an office", ld(ANN), "<p>By Ann Teague, Editor for Transport</p>", ("Ann Teague",)),
    ("a desk declared, a person printed", ld(DESK), "<p>By Ann Teague</p><p>Harrowby NEWSROOM</p>", ("Ann Teague",)),
    ("first name behind by", "", '<p class="byline">By <a href="/u/1">Ulla</a> 3 May 2026</p>', ("Ulla",)),
    (
        "what a byline says the post is filed under",
        "",
        '<p class="byline">By <a href="/u/1">Ann Teague</a> in <a href="/local/">Local News</a>'
        ' &gt; <a href="/category/bus/">Bus Travel</a></p>',
        ("Ann Teague",),
    ),
    ("label in a byline box", "", '<p class="byline"><a href="/c/">Ulla</a></p>', ()),
    ("reviewer is no author", "", '<p class="author">Reviewed by <a href="/p/">Tom Okafor</a></p>', ()),
    ("cards of other posts", "", f'<div itemscope itemtype="https://schema.org/Article">{CARD}</div>', ()),
    (
        "card that the head names",
        '<meta name="author" content="Bea Other">',
        f'<div itemscope itemtype="https://schema.org/Article">{CARD}</div>',
        ("Bea Other",),
    ),
    (
        "a person whom a sentence links",
        "",
        f'<p>{"The grant was praised by residents and by " * 2}<a href="/people/bea/">Bea Other</a>.</p>',
        (),
    ),
    ("hidden item property", "", '<meta itemprop="author" content="Ulla">', ()),
    ("list of authors", "", '<ul class="author"><li>Ann Teague</li></ul>', ("Ann Teague",)),
    ("words about an account", "", '<p class="author"><a href="/u/x">xy</a> <b>Building Better Maps</b></p>', ()),
    ("desk", "", "<p>Autor: Multimedia Redaktion</p>", ()),
    ("picture credit", "", '<p class="author">Bild © Harrowby Press</p>', ()),
    ("the title itself", "", '<p class="author">Electric Buses For Castle Street</p>', ()),
    ("name, office and date between bars", "", "<p>Ann Teague | Senior Writer | May 3, 2026</p>", ("Ann Teague",)),
    (
        "a role in a card of its own",
        "",
        '<div class="author"><h4>Ann Teague</h4><p>Tax Partner</p></div>',
        ("Ann Teague",),
    ),
    (
        "only the site's foot bears the name",
        ld({"@type": "Person", "name": "Rhys Penfold"}),
        '<div class="site-footer">© 2026 <a href="/">Rhys Penfold</a></div>',
        (),
    ),
    (
        "set for programs alone",
        ld({"@type": "Person", "name": "Rhys Penfold"}),
        '<span class="vcard rich-snippet-hidden"><a rel="author" href="/author/rhys/">Rhys Penfold</a></span>',
        (),
    ),
    (
        "a related post's, named in one word",
        "",
        '<div class="relatedArticle"><p class="author">By Bea Other</p></div>',
        (),
    ),
    (
        "a firm declared, a person's card",
        ld(DESK),
        '<a href="/people/ann/">Ann Teague</a> Harrowby NEWSROOM',
        ("Ann Teague",),
    ),
    ("a Welsh byline", "", '<p class="awdur">gan Ann Teague</p>', ("Ann Teague",)),
    ("a name with its degrees", ld(ANN), '<p class="byline">Ann Teague, MS, RD, FAND Ann Teague</p>', ("Ann Teague",)),
    ("a guest", "", "<p>Guest post by Ann Teague</p>", ("Ann Teague",)),
    ("a letter box's account", ld({"@type": "Person", "name": "hello78342"}), "<p>hello78342</p>", ()),
    (
        "two printed, one declared",
        ld(ANN),
        '<p class="byline">Ann Teague, Tom Okafor</p>',
        ("Ann Teague", "Tom Okafor"),
    ),
    ("section and date between bars", "", "<p>Buch der Woche | May 3, 2026</p>", ()),
]


@pytest.mark.parametrize(("head", "post", "names"), [row[1:] for row in AUTHORS], ids=[row[0] for row in AUTHORS])
def test_authors_of_a_page(head: str, post: str, names: tuple[str, ...]) -> None:
    assert chain.read_post(page(head, post), PARTNER).authors == names


@pytest.mark.parametrize("post", ['<p class="byline">By An&shy;na Tea\u200bgue</p>', ""])
def test_names_hold_no_marks_that_nobody_sees(post: str) -> None:
    assert chain.read_post(page(TWICE.format("An&amp;shy;na Tea&shy;gue"), post), PARTNER).authors == ("Anna Teague",)


def test_a_front_page_is_written_by_nobody() -> None:
    head, post = '<meta name="author" content="Ann Teague">', "<p>Ann Teague, solicitor</p>"
    assert chain.read_post(page(head, post, url="https://www.teague-law.example/"), PARTNER).authors == ()
    assert chain.read_post(page(head, post), PARTNER).authors == ("Ann Teague",)


def test_cards_of_other_posts_name_no_author_where_the_post_is_no_article() -> None:
    card = '<article class="item"><h3><a href="/x/">Other</a></h3><span class="author">Bea Other</span></article>'
    html = (
        f"<main><div><h1>Night buses return</h1><p>Soon.</p></div><div>{card}{card.replace('/x/', '/y/')}</div></main>"
    )
    assert chain.read_post(bare_page(html), PARTNER).authors == ()


def test_a_byline_above_the_heading() -> None:
    html = "<main><div><p>By : <a href='/a/'>Rhys Penfold</a></p></div><h1>Night buses return</h1><p>Soon.</p></main>"
    assert chain.read_post(bare_page(html), PARTNER).authors == ("Rhys Penfold",)
