"""What dating and parsing look at quickly is what they would see slowly."""

from __future__ import annotations

import pytest

from scraper.errors import HostilePage
from scraper.extract.body import elements
from scraper.extract.document import LONG, MAX_ATTRIBUTES, long_tags, parse, to_utf8
from scraper.extract.published.spotting import FIGURED, FIGURES, SHAPE
from scraper.extract.published.stream import gather

URL = "https://calder-valley.example/news/bridge-repairs"

ORDERS = [
    ("<p>one <b>two</b> three</p> four", ["one ", "two", " three", " four"]),
    ("<div><a>one <b>two <i>three</i> four</b> five</a> six</div>seven", "one |two |three| four| five| six|seven".split("|")),
    ("<div><p><b><i>one</i></b></p></div>two<p>three", ["one", "two", "three"]),
    ("<nav>menu <a>link</a></nav>after<p>end", ["after", "end"]),
    ("<nav>menu <h1>title</h1></nav>after", ["menu ", "title", "after"]),
    ("<select><option>one</select> two<textarea>three</textarea>", [" two"]),
    ('<p>on <script>showDate("2026-03-05")</script> in<script>var three = 3</script> York', ["on ", "2026-03-05", " in", " York"]),
    ("<div><i>one</i><svg><g><text>two</text></g></svg>three</div>four", ["one", "two", "three", "four"]),
]  # fmt: skip


@pytest.mark.parametrize(("html", "expected"), ORDERS)
def test_words_come_in_reading_order_each_with_its_element(html: str, expected: list[str]) -> None:
    stream = gather(parse(f"<title>no</title><body>{html}".encode(), URL))
    assert stream.texts == expected
    for text, owner in zip(stream.texts, stream.owners, strict=True):
        assert text in "".join(owner.itertext()).replace("showDate(", "")
    assert stream.starts == [sum(len(text.strip()) + 1 for text in expected[:n]) for n in range(len(expected))]


def test_no_page_nests_deeper_than_a_walk_by_descent_can_go() -> None:
    tree = parse(("<div>words" * 5_000).encode(), URL).tree
    assert max(sum(1 for _ in element.iterancestors()) for element in tree.iter()) < 256
    assert len(elements.read(tree, URL)) == len(gather(parse(("<div>words" * 5_000).encode(), URL)).texts) > 200


STAMPS = [
    *(
        "3 March 2026",
        "March 3, 2026",
        "March 3rd 2026",
        "Mar. 3 2026",
        "3rd of March 2026",
        "3.III.2026",
        "3 III 2026",
    ),
    *(
        "2026-03-05",
        "2026. 3. 5",
        "2026年3月5日",
        "2026년 3월 5일",
        "2026. március 5",
        "5 de marzo de 2026",
        "5 d’abril 2026",
    ),
    *(
        "03/05/26",
        "5 . 3 . 2026",
        "5|3|2026",
        "3 März '26",
        "24 نيسان / أبريل 2026",
        "Feb 08 07:15 2022",
        "5. März 2026",
    ),
    *("13th. May 2026", "5ste mei 2026", "1º maio 2026", "17-Mar-2026", "17.Mar.26", "Dec 4,2025", "Sept.4,2025"),
]


@pytest.mark.parametrize("text", STAMPS)
def test_what_has_the_shape_of_a_date_is_not_passed_over(text: str) -> None:
    for line in (text, f"Posted on {text} by the editor", f"({text})"):
        assert SHAPE.search(line)
        assert FIGURED.search(line)
        assert FIGURES.search(line)


@pytest.mark.parametrize(("before", "length", "found"), [(0, LONG, 0), (0, LONG + 1, 1), (LONG - 1, LONG + 1, 1), (LONG * 3, LONG * 9, 1)])  # fmt: skip
def test_long_tags_are_found_wherever_they_stand(before: int, length: int, found: int) -> None:
    body = b"<p>" + b"x" * before + b"<a" + b"y" * (length - 1) + b"><b>" + b"z" * LONG
    assert [len(match.group()) for match in long_tags(body)] == [length + 1] * found


def test_a_tag_of_a_thousand_attributes_behind_others_is_refused() -> None:
    many = " ".join(f"attribute{n}" for n in range(MAX_ATTRIBUTES + 2))
    with pytest.raises(HostilePage):
        parse(f"<p>words</p><p {many}>".encode(), URL)


CHARSETS = [
    ("Bwrdd Caerffili – ŵy".encode(), "", "Bwrdd Caerffili – ŵy"),
    (b"\xef\xbb\xbf<p>caf\xc3\xa9", "", "<p>café"),
    ("<p>café".encode("utf-16-le").join((b"\xff\xfe", b"")), "", "<p>café"),
    (b"<meta charset=iso-8859-2>\xb3\xf3d\xbc", "", "<meta charset=iso-8859-2>łódź"),
    (b"caf\xe9 \x96", "text/html; charset=latin-1", "café –"),
    (b"a\x00b\x08c\x7fd\te\n", "", "abcd\te\n"),
    ("a\ufffeb\ufffd\uffffc".encode(), "", "ab\ufffdc"),
    ("naïve – ‘café’".encode() + b" \x93\x92\xe9", "text/html; charset=utf-8", "naïve – ‘café’ “’é"),
    ("北京批准新计划 ©".encode("gb18030"), "text/html; charset=gb2312", "北京批准新计划 ©"),
    ("東京①の計画".encode("cp932"), "text/html; charset=Shift_JIS", "東京①の計画"),
    (
        b'<?xml version="1.0" encoding="windows-1250"?>\xa3\xf3d\x9f',
        "",
        '<?xml version="1.0" encoding="windows-1250"?>Łódź',
    ),
    (
        b"a&#12;b&#x1B;c&#0;d&#65535;e&#xFFFE;f &#120; &#10; &#x1F600; &#146;",
        "",
        "abcdef &#120; &#10; &#x1F600; &#146;",
    ),
]


@pytest.mark.parametrize(("body", "header", "expected"), CHARSETS)
def test_a_page_in_utf_8_without_control_characters(body: bytes, header: str, expected: str) -> None:
    assert to_utf8(body, header).decode() == expected
