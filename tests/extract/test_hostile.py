"""Hostile pages: bounded work, and nothing raised but a PageError."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.errors import HostilePage, PageError
from scraper.extract.body import generic
from scraper.extract.chain import read_page
from scraper.extract.document import parse

from .pages import PARAGRAPHS, PARTNER, URL, page

SCRIPT = '<script type="application/ld+json">{}</script>'
BOMBS = [
    ("many divs", "<div>" * 100_000 + "<h1>x</h1>"),
    ("deep json-ld", SCRIPT.format("[" * 100_000) + "<h1>x</h1>"),
    ("deep json-ld objects", SCRIPT.format('{"a":' * 20_000 + "1" + "}" * 20_000) + "<h1>x</h1>"),
    (
        "surrogate references",
        "<h1>A &#xD800; &#55357;&#56832; b</h1>" + SCRIPT.format('{"@type":"Article","headline":"\\ud800 x"}'),
    ),
    ("control bytes", "<h1>A\x00\x07\x1b[31m b</h1><p>\x08\x0c</p>"),
    (
        "bad addresses",
        "<base href='http://[::1'><link rel=canonical href='http://[x'><img src='//[::'><a href='https://x:99999/'>x</a><h1>x</h1>",
    ),
    (
        "huge numbers",
        SCRIPT.format('{"@type":"Article","headline":' + "9" * 5_000 + ',"keywords":[1e400,null,{}]}') + "<h1>x</h1>",
    ),
    ("comments in json-ld", SCRIPT.format("--> " * 30_000 + "x") * 20 + "<h1>x</h1>"),
    ("blanks in json-ld", SCRIPT.format("-->" + " " * 200_000 + "x") * 20 + "<h1>x</h1>"),
    ("long title", "<title>" + "x | " * 50_000 + "</title><h1>" + "y " * 50_000 + "</h1>"),
    ("long class", f"<h1>x</h1><p class='{'author tag category ' * 5_000}'>x</p>"),
    ("many links", "<h1>x</h1>" + "<a rel=tag href=/tag/x>x</a>" * 60_000),
    ("many headings", "<h1 class=entry-title>x</h1>" * 20_000),
    ("many tables", "<h1>x</h1>" + "<table><tr><td>" * 3_000),
    ("many paragraphs", "<h1>x</h1><article>" + "<p>x</p>" * 6_000),
    ("many paragraphs of two sorts", "<h1>x</h1>" + f"<p>{PARAGRAPHS[0]}</p><p>x</p>" * 2_000),
    ("many subheadings", "<h1>x</h1><article>" + "<h2>x</h2>" * 39_000),
    ("prose without an end", "<h1>x</h1><article>" + "x <b>y</b> <a href=/z>z</a> <p>" * 12_000),
    ("headings that never close", "<h1>x<div>y</div>" * 9_000),
    ("links that never close", "<h1>x</h1>" + "<a href=/x><span>" * 20_000),
    ("the most tags", "<h1>x</h1>" + "<p>x" * 99_000),
    ("the most items of the most properties", "<h1>x</h1>" + "<p itemscope itemprop=datePublished>x" * 99_000),
    ("names that no serialiser takes", f"<h1>x</h1><article><p>{PARAGRAPHS[0]}</p><datetime=next>x<eopens</article>"),
]
LONGEST = 10  # seconds of CPU; the aim is 2 on an idle machine, what grows by the square takes minutes


@pytest.mark.parametrize("html", [row[1] for row in BOMBS], ids=[row[0] for row in BOMBS])
def test_bounded(html: str) -> None:
    started = time.process_time()
    with contextlib.suppress(PageError):
        post = read_page(parse(html.encode("utf-8", "replace"), URL), PARTNER)
        post.title.encode()
        assert not set(post.title) & set("\x00\x07\x1b")
    assert time.process_time() - started < LONGEST


@pytest.mark.parametrize("name", ['datetime="next"', "eopens&lt;", "x'y", "a:b", "é"])
def test_an_element_of_no_proper_name_is_a_span(name: str) -> None:
    tree = parse(f"<body><div><p>Words <{name}>of it</p></div></body>".encode(), URL).tree
    assert "of it" in generic.to_html(tree)


def test_too_many_tags_are_refused_before_parsing() -> None:
    with pytest.raises(HostilePage):
        parse(b"<b>" * 300_000, URL)


def test_an_attribute_bomb_is_refused_but_a_long_script_is_not() -> None:
    with pytest.raises(HostilePage):
        parse(b"<p " + b" ".join(b"a%d" % number for number in range(40_000)) + b">", URL)
    script = "for(i=0;i<rows.length;i++){" + "if (rows && ready) { show(rows) } " * 900 + "}"
    assert parse(f"<h1>x</h1><script>{script}</script>".encode(), URL)


def test_scripts_and_handlers_never_reach_the_html() -> None:
    evil = (
        '<p onclick="x()">Words that stand in a paragraph of their own '
        '<a href="javascript:x()">here</a> <script>x()</script></p>'
    )
    html = read_page(page(post=evil), PARTNER).html
    assert "script" not in html
    assert "onclick" not in html


FRAGMENTS = st.sampled_from(
    [
        "<h1>",
        "</h1>",
        "<article>",
        "</article>",
        "<p>",
        "<div class=byline>By ",
        "<a rel=tag href='",
        "'>",
        "<title>",
        "</title>",
        "<table><tr><td>",
        '<script type="application/ld+json">',
        "</script>",
        '{"@type":"NewsArticle","headline":',
        '"author":',
        "[",
        "{",
        "&#xD83D;",
        "<meta property=og:",
        "title content='",
        "image content='",
        "<base href='",
        "http://[",
        "<br><br>",
        PARAGRAPHS[0],
        "<time datetime=",
        "<html lang=",
        "<body class='",
    ]
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FRAGMENTS | st.text(max_size=20), max_size=25))
def test_never_raises_anything_but_a_page_error(parts: list[str]) -> None:
    with contextlib.suppress(PageError):
        read_page(parse("".join(parts).encode("utf-8", "replace"), URL), PARTNER)


@pytest.mark.parametrize("reference", ["&#12;", "&#1;", "&#x1b;", "&#xFFFF;", "&#0;", "&#xD800;", "&#1114112;"])
def test_a_reference_to_no_character_costs_no_text(reference: str) -> None:
    post = read_page(page(post=f'<p class="byline">So{reference}<a href="/{reference}">it</a></p>'), PARTNER)
    assert post.text.startswith(PARAGRAPHS[0])
