"""The body: who is asked first, what is left out, and what its HTML may hold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from scraper.extract.body import blocks, edges, furniture
from scraper.extract.body.blocks import Block
from scraper.extract.chain import read_page
from scraper.models import SourceClaims

from .pages import PARAGRAPHS, PARTNER, URL, page

FULL = "".join(f"<p>{words} (from the source)</p>" for words in PARAGRAPHS)


def test_a_complete_source_speaks_first() -> None:
    foot = '<p>The post <a href="/x/">Buses</a> appeared first on <a href="/">Northvale</a>.</p>'
    post = read_page(page(), PARTNER, claims=[SourceClaims(url=URL, found_in="feed", content=FULL + foot)])
    assert post.winners["text"] == "feed:content"
    assert post.text.count("(from the source)") == 4
    assert "appeared first" not in post.text


def test_wordpress_beats_a_feed() -> None:
    claims = [SourceClaims(url=URL, found_in=name, content=FULL) for name in ("feed", "wordpress")]
    assert read_page(page(), PARTNER, claims=claims).winners["text"] == "wordpress:content"


TEASERS = ["<p>Short.</p>", f"<p>{PARAGRAPHS[0] * 3} […]</p>", f"<p>{PARAGRAPHS[0] * 3}</p><p>Read more</p>"]


@pytest.mark.parametrize("content", TEASERS)
def test_a_teaser_is_not_the_text(content: str) -> None:
    post = read_page(page(), PARTNER, claims=[SourceClaims(url=URL, found_in="feed", content=content)])
    assert post.winners["text"] == "body:generic"


def test_the_partner_says_where_the_text_is() -> None:
    post = read_page(page(post="<div id=lead><p>Only this.</p></div>"), replace(PARTNER, fields={"text": "#lead"}))
    assert (post.text, post.winners["text"]) == ("Only this.", "partner:text")


RENDERED = [
    ("<p>a <b>b</b> <i>c</i></p>", "<p>a <strong>b</strong> <em>c</em></p>"),
    ("<p>x <a href='/y' class=z onclick=e>y</a></p>", '<p>x <a href="https://n.example/y">y</a></p>'),
    ("<p>x <a href='javascript:y'>y</a></p>", "<p>x y</p>"),
    ("<ul><li>a<li><p>b</p></ul>", "<ul><li>a</li><li>b</li></ul>"),
    ("<blockquote><p>a</p><p>b</p></blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"),
    ("<table><tr><th>a<td>b</table>", "<table><tr><td>a</td><td>b</td></tr></table>"),
    ("<h1>a</h1><h5>b</h5>", "<h2>a</h2>\n<h4>b</h4>"),
    ("a<br><br>b<br>c", "<p>a</p>\n<p>b c</p>"),
    ("<p>1 &lt; 2 &amp; <script>x</script></p>", "<p>1 &lt; 2 &amp;</p>"),
    ("<div>a<nav>menu</nav><form>f</form><figure><figcaption>c</figcaption></figure></div>", "<p>a</p>"),
]


@pytest.mark.parametrize(("fragment", "expected"), RENDERED)
def test_html_is_the_least_that_carries_the_text(fragment: str, expected: str) -> None:
    assert blocks.to_html(blocks.read(fragment, "https://n.example/")) == expected


FURNITURE = [
    ("Share this article", True),
    ("Keep Updated", True),
    ("Read more: Depot work begins", True),
    ("Lire aussi : Les bus", True),
    ("1,204 views", True),
    ("Aufrufe: 312", True),
    ("You are visitor number 84,113.", True),
    ("14 likes Shared 42 times", True),
    ("This page was last viewed by 17 people.", True),
    ("208 people are reading this page now", True),
    ("This event has passed.", True),
    ("Video Player is loading. This is a modal window.", True),
    ("This event has passed into local memory.", False),
    ("312 visitors came to the open day.", False),
    ("42 people have read poems at the mill.", False),
    ("It was viewed as a success by 17 people.", False),
    ("Read more than one book this year, said the library.", False),
    ("Share prices fell on Monday.", False),
    ("For the latest on our region, subscribe to Northvale Matters, our newsletter.", False),
]


@pytest.mark.parametrize(("text", "expected"), FURNITURE)
def test_furniture(text: str, expected: bool) -> None:
    assert furniture.is_furniture(Block(tag="p", text=text, html=text)) is expected


KNOWN = ("Electric buses for Castle Street", "Policy team", "Ann Teague", "Transport", "News & analysis", "What’s On")
EDGES = [
    ("Date posted: May 13, 2026 · by Ann Teague", True),
    ("Updated: 14/03/2025", True),
    ("Posted on 17 February 2026. Last updated: 20 April 2026", True),
    ("Veröffentlicht am 3. März 2026 um 10.15 Uhr", True),
    ("Cyhoeddwyd: 14 Mai 2025", True),
    (", What's On", True),
    ("Topic: Transport", True),
    ("News & Analysis", True),
    ("by Policy team", True),
    ("5 min read", True),
    ("Share on Facebook, X and LinkedIn", True),
    ("Work ends on 14 March 2025", False),
    ("Transport for Castle Street", False),
    ("Work begins in May", False),
    ("Words that no other field holds", False),
]


@pytest.mark.parametrize(("text", "told"), EDGES)
def test_what_other_fields_say_is_told_already(text: str, told: bool) -> None:
    phrases = [edges.fold(words) for words in KNOWN]
    assert edges.is_told(Block(tag="p", text=text, html=text), phrases) is told


POINTERS = [
    ("← Rail hub set to begin", '<a href="/n/">← Rail hub set to begin</a>', True),
    ("Next post →", "Next post →", True),
    ("Previous: Rail hub set to begin", "Previous: Rail hub", True),
    ("Subscribe to our newsletter", "Subscribe to our newsletter", True),
    ("© 2026 Northvale Partnership", "© 2026 Northvale Partnership", True),
    ("Next week the depot opens", "Next week the depot opens", False),
    ("Read the report", '<a href="/r/">Read the report</a>', False),
    ("For the latest on our region, subscribe to our newsletter.", "For the latest on our region", False),
]


@pytest.mark.parametrize(("text", "html", "expected"), POINTERS)
def test_pointers_to_neighbours(text: str, html: str, expected: bool) -> None:
    assert edges.is_pointer(Block(tag="p", text=text, html=html)) is expected


def texts(*lines: str) -> list[Block]:
    return [Block(tag="p", text=line, html=line) for line in lines]


TRIMMED = [
    (("Transport", "Electric buses for Castle Street", "5 May 2026", "Buses run.", "by Policy team"), ["Buses run."]),
    (("Cancelled", "When", "4 June 2026, 9am", "Where", "Town Hall, Northvale", "Buses run."), ["Buses run."]),
    (("When: Sunday 4 June", "Where: Town Hall", "Buses run.", "Posted on 3 May 2026"), ["Buses run."]),
    (("Buses run.", "5 May 2026", "They are new."), ["Buses run.", "5 May 2026", "They are new."]),
    (("5 May 2026", "Transport"), ["5 May 2026", "Transport"]),
    ((), []),
]


@pytest.mark.parametrize(("lines", "kept"), TRIMMED)
def test_only_the_ends_are_trimmed_and_never_everything(lines: tuple[str, ...], kept: list[str]) -> None:
    assert [block.text for block in edges.trim(texts(*lines), KNOWN)] == kept


def test_a_neighbour_never_stands_in_a_text() -> None:
    links = (
        '<p><a href="/a/" rel="prev">Rail hub set to begin</a></p><div class="nav-next"><a href="/b/">Skills</a></div>'
    )
    text = read_page(page(post=links), PARTNER).text
    assert "Rail hub" not in text and "Skills" not in text and PARAGRAPHS[0] in text


def test_what_no_reader_sees_is_no_text() -> None:
    unseen = "".join(
        f"<{tag}>Cheap pills for readers of hidden words, sold here all year round.</{tag.split()[0]}>"
        for tag in (
            'div style="display: none"',
            'p style="VISIBILITY:hidden"',
            'p style="position:absolute; left: -9999px"',
            'p style="font-size:0"',
            'p class="sr-only"',
            "p hidden",
            "p data-nosnippet",
            "template",
            "textarea",
        )
    )
    assert "Cheap pills" not in read_page(page(post=unseen), PARTNER).text


def test_labels_of_the_page_are_no_part_of_a_feeds_full_text() -> None:
    content = "".join(f"<p>{words}</p>" for words in PARAGRAPHS) + "<h3>Share this:</h3>"
    post = read_page(page(), PARTNER, claims=[SourceClaims(url=URL, found_in="feed", content=content)])
    assert post.text.split("\n\n") == list(PARAGRAPHS)
    assert post.winners["text"] == "feed:content"
