"""What a host reserves from text and data mining: its file read, its patterns matched."""

import pytest

from scraper.store.hosts import match, read_tdm_rules


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (b'[{"location": "/", "tdm-reservation": 1}]', (("/", 1),)),
        (b'\xef\xbb\xbf[{"location": "/a", "tdm-reservation": "1", "tdm-policy": "https://p/x"}]', (("/a", 1),)),
        (b'[{"location": "/a", "tdm-reservation": 0}, {"location": "/b"}]', (("/a", 0), ("/b", 0))),
        (b'[{"location": 7}, "x", null, {"tdm-reservation": 1}, {"location": "a", "tdm-reservation": 1}]', ()),
        (b'{"location": "/", "tdm-reservation": 1}', ()),
        (b"<!doctype html><p>not found", ()),
        (b"[" * 100_000, ()),
        (b"\xff\xfe\x00", ()),
        (b"", ()),
    ],
)
def test_the_file(body, rules):
    assert read_tdm_rules(body) == rules


RULES = (("/", 1), ("/press/", 0), ("/press/*.pdf$", 1), ("/news/2026", 0), ("/a*b*c", 0), ("/exact$", 0))


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("/", 1),
        ("", 1),
        ("/news/x", 1),
        ("/press/x", 0),
        ("/press/x.pdf", 1),
        ("/press/x.pdf?y=1", 0),
        ("/news/2026/05/x", 0),
        ("/a1b2c3", 0),
        ("/acb", 1),
        ("/exact", 0),
        ("/exact/not", 1),
    ],
)
def test_the_longest_pattern_speaks(path, word):
    assert match(RULES, f"https://h{path}") == word


def test_no_rule_says_nothing_and_of_two_equals_the_reservation_stands():
    assert match((("/press/", 1),), "https://h/news/x") is None
    assert match((("/news/", 1), ("/news/", 0)), "https://h/news/x") == 1
    assert match((("/" + "*a" * 400, 1),), "https://h/" + "a" * 300) is None
