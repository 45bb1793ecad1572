"""The parts of the site that are plain functions: what is typed, dates in words, archived HTML, differences, charts."""

import json
import sqlite3
from datetime import date
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from scraper.site import charts, filters, query, safe_html, times
from scraper.site.compare import Piece, compare
from scraper.site.pages import revisions

QUERIES = [
    ("flood defences", '("flood") AND ("defences")', ()),
    ("“flood defences”", '("flood defences")', ()),
    ("„flood defences‟", '("flood defences")', ()),
    ("«flood defences»", '("flood defences")', ()),
    ('"not closed', '("not closed")', ()),
    ("harvest*", '("harvest"*)', ()),
    ("flood -plant", '(("flood")) NOT ("plant")', ()),
    ('flood -"big plant"', '(("flood")) NOT ("big plant")', ()),
    ("flood OR storm river", '("flood" OR "storm") AND ("river")', ()),
    ("river NEAR/5 bridge", '(NEAR("river" "bridge", 5))', ()),
    ("river NEAR bridge", '(NEAR("river" "bridge", 10))', ()),
    ("title:council", '(title : "council")', ()),
    ('byline:"A. Brook"', '(byline : "A. Brook")', ()),
    ("http://x.example/a", '("http://x.example/a")', ()),
    ("-only", None, ('-"only"',)),
    ("***", None, ("***",)),
    ("", None, ()),
    ("a & b", '("a") AND ("b")', ("&",)),
    ("co-op", '("co-op")', ()),
    ('say"hello', '("say") AND ("hello")', ()),
]


@pytest.mark.parametrize(("typed", "match", "ignored"), QUERIES)
def test_what_is_typed(typed, match, ignored):
    found = query.read(typed)
    assert (found.match, found.ignored) == (match, ignored)


@pytest.mark.parametrize("typed", [row[0] for row in QUERIES])
def test_fts5_reads_every_expression(typed):
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE posts_fts USING fts5 (title, summary, text, byline)")
        match = query.read(typed).match
        if match:
            connection.execute("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH ?", (match,)).fetchone()
    connection.close()


@given(st.text(alphabet=st.sampled_from('ab "“”*-:ORNEAR/5()^{}+\\x00é\ue000title'), max_size=60))
def test_fts5_reads_whatever_is_typed(typed):
    match = query.read(typed).match
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE posts_fts USING fts5 (title, summary, text, byline)")
        if match:
            connection.execute("SELECT count(*) FROM posts_fts WHERE posts_fts MATCH ?", (match,)).fetchone()
    connection.close()


@given(
    st.dictionaries(
        st.sampled_from([*filters.SINGLE, *filters.DIMENSIONS, "x"]),
        st.lists(st.text(max_size=12), min_size=1, max_size=3),
    )
)
def test_no_address_is_an_error_and_each_reads_itself_back(parameters):
    asked = filters.read(parameters)
    asked.days()
    again = filters.read(parse_qs(asked.address("").removeprefix("?")))
    assert (again.choices, again.start, again.end, again.as_of) == (asked.choices, asked.start, asked.end, asked.as_of)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2026-10-05", "5 October 2026"),
        ("2026-03", "March 2026"),
        ("2026", "2026"),
        ("2021-23", "autumn 2021"),
        ("2021-34", "quarter 2 of 2021"),
        ("2021-41", "second half of 2021"),
        ("2021-03-15/2021-03-17", "15 March 2021 to 17 March 2021"),
        ("../2025-04-14", "until 14 April 2025"),
        ("2025-04-14/..", "from 14 April 2025"),
        ("2026-03?", "March 2026 (uncertain)"),
        ("2026-10-05T13:05:00Z", "5 October 2026, 13:05 UTC"),
        ("2026-13-45", "2026-13-45"),
        ("nonsense", "nonsense"),
        ("", ""),
        (None, ""),
    ],
)
def test_coarse_dates_in_words(edtf, words):
    assert times.say_edtf(edtf) == words


@pytest.mark.parametrize(
    ("instant", "zone", "words"),
    [
        ("2026-07-01T12:00:00Z", "Europe/London", "1 July 2026, 13:00 (Europe/London, UTC+1)"),
        ("2026-12-01T12:00:00Z", "Asia/Kolkata", "1 December 2026, 17:30 (Asia/Kolkata, UTC+5:30)"),
        ("2026-12-01T02:00:00Z", "America/New_York", "30 November 2026, 21:00 (America/New_York, UTC-5)"),
        ("2026-12-01T02:00:00Z", "Nowhere/Land", "1 December 2026, 02:00 (UTC)"),
        ("2026-12-01T02:00:00Z", "../../etc/passwd", "1 December 2026, 02:00 (UTC)"),
        ("9999-12-31T23:59:59Z", "Asia/Tokyo", "9999-12-31T23:59:59Z"),
        ("rubbish", "UTC", "rubbish"),
        (None, "UTC", ""),
    ],
)
def test_instants_in_words(instant, zone, words):
    assert times.say_instant(instant, zone) == words


@pytest.mark.parametrize(
    ("fragment", "safe"),
    [
        ("<p>plain</p>", "<p>plain</p>"),
        ("<p onclick=x style='a:b'>plain</p>", "<p>plain</p>"),
        ("<script>x</script><style>y</style>z", "z"),
        ("<a href='javascript:x'>bad</a>", "bad"),
        ("<a href='https://a.example/'>good</a>", '<a href="https://a.example/" rel="nofollow noreferrer">good</a>'),
        ("<a href='https://a.example/'></a>x", "x"),
        ("<img src=x onerror=y alt='A &lt;b&gt;'>", "<em>[A &lt;b&gt;]</em>"),
        ("<h1>a</h1><h4>b</h4><h4>c</h4><h2></h2>", "<h2>a</h2><h3>b</h3><h4>c</h4>"),
        ("<ul>loose<li>a</li><p>b</p></ul>", "<ul><li>loose</li><li>a</li><li><p>b</p></li></ul>"),
        ("<li>alone</li>", "<p>alone</p>"),
        ("<div><section><b>x</b></section></div>", "<strong>x</strong>"),
        ("&lt;script&gt;", "&lt;script&gt;"),
        ("<svg><script>x</script></svg><iframe src=x></iframe>y", "y"),
        ("", ""),
    ],
)
def test_archived_html_is_safe(fragment, safe):
    assert safe_html.clean(fragment) == safe


def test_deep_and_long_html_is_bounded():
    deep = safe_html.clean("<div>" * 5000 + "x" + "</div>" * 5000)
    assert len(deep) < 1000
    assert len(safe_html.clean("<p>x" * 200_000)) < 800_000


def test_differences_between_texts():
    changed = compare("one two three\nsame", "one 2 three\nsame\nadded")
    assert changed == [
        [Piece("same", "one "), Piece("gone", "two"), Piece("new", "2"), Piece("same", " three")],
        [Piece("new", "added")],
    ]
    assert compare("same\n\ntext", "same\ntext") == []


@pytest.mark.parametrize(
    ("months", "bars", "first"),
    [
        ({}, 0, None),
        ({"2026-01": 3}, 1, "January 2026"),
        ({"2026-01": 3, "2026-03": 1}, 3, "January 2026"),
        ({"2016-02": 1, "2026-03": 1}, 41, "January to March 2016"),
        ({"1990-02": 1, "2026-03": 1}, 37, "1990"),
        ({"0001-01": 1, "2026-03": 1}, 60, "1967"),
        ({"0000-00": 1, "9999-99": 2, "coarse": 1}, 0, None),
    ],
)
def test_bars_are_never_more_than_a_page_holds(months, bars, first):
    found = charts.bars_of(months)
    assert len(found) == bars
    assert (found[0].label if found else None) == first


def test_charts_are_svg_without_scripts_or_styles():
    bars = charts.bars_of({"2026-01": 3, "2026-02": 0, "2026-03": 9})
    drawn = [
        charts.histogram(bars, lambda bar: f'/search?q="><script>&from={bar.first}'),
        charts.stacked(["2026-01", "2026-02"], [("a", {"2026-01": 3}), ("b", {"2026-02": 1})]),
        charts.heat(2024, {"2024-02-29": 2}, lambda month: f"?month={month}"),
        charts.strip(["2026-01-01", "2026-01-02"], [charts.Mark("2026-01-01", "blind")]),
        charts.lines(["2026-01", "2026-02"], {"2026-01": 4}),
    ]
    for drawing in drawn:
        root = html.fragment_fromstring(str(drawing))
        names = {name for element in root.iter() for name in element.attrib}
        assert "style" not in names
        assert {element.tag for element in root.iter()} <= {"svg", "path", "a", "title", "text", "line"}


def test_a_bar_knows_its_days():
    bar = charts.bars_of({"2026-02": 1})[0]
    assert (bar.first, bar.last) == (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("first", "months", "years"),
    [
        (date(2020, 7, 1), 71, ["2021", "2022", "2023", "2024", "2025", "2026"]),  # 2020 gives way, 2026 has 5 months
        (date(2024, 10, 1), 6, ["2024", "2025"]),
        (date(2016, 12, 1), 120, ["2018", "2020", "2022", "2024", "2026"]),
    ],
)
def test_the_last_year_stands_under_its_chart(first, months, years):
    start = first.year * 12 + first.month - 1
    line = charts.axis(
        [date(place // 12, place % 12 + 1, 1) for place in range(start, start + months)], 100, max(months, 18)
    )
    assert sorted(html.fragment_fromstring(f"<svg>{line}</svg>").xpath("//text/text()")) == years


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 16), date(2026, 11, 22), "16 to 22 November 2026"),
        (date(2026, 11, 30), date(2026, 12, 6), "30 November to 6 December 2026"),
        (date(2026, 12, 28), date(2027, 1, 3), "28 December 2026 to 3 January 2027"),
        (date(2026, 11, 16), date(2026, 11, 16), "16 November 2026"),
    ],
)
def test_days_are_said_once(first, last, said):
    assert times.say_days(first, last) == said


def revision(number, **changed):
    return {
        "number": number,
        "changed": json.dumps({name: {"before": a, "after": b} for name, (a, b) in changed.items()}),
    }


def test_what_else_differs_between_revisions():
    known = [
        revision(3, published=("2026-03-01", "2026-03-02"), text=("x", "y")),
        revision(
            2,
            byline=(None, "A. Brook"),
            categories=(["Floods"], ["Floods", "Rivers"]),
            published=("2026-03", "2026-03-01"),
        ),
        {"number": 1, "changed": None},
    ]
    assert revisions.other_fields(known, 2, 3) == [("date", "1 March 2026", "2 March 2026")]
    assert revisions.other_fields(known, 1, 3) == [
        ("author", "–", "A. Brook"),
        ("categories", "Floods", "Floods; Rivers"),
        ("date", "March 2026", "2 March 2026"),
    ]
    assert revisions.other_fields(known, 3, 2) == [("date", "2 March 2026", "1 March 2026")]
    for odd in ("[1]", "nonsense", '{"byline": 5}', None):
        assert revisions.other_fields([{"number": 2, "changed": odd}], 1, 2) == []
