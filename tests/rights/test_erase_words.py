"""The forms in which files write an address or a title."""

import pytest

from scraper.rights.erasing.words import address_forms, pattern_of, title_forms

URL = "https://harbour.example:8080/news/a-name/"
WRITTEN = [
    (b'<a href="https://harbour.example:8080/news/a-name/">x', b'<a href="">x'),
    (b'"url":"https:\\/\\/harbour.example:8080\\/news\\/a-name\\/"', b'"url":""'),
    (b"at harbour.example:8080/news/a-name, today", b"at , today"),
    (b"?u=https%3A%2F%2Fharbour.example%3A8080%2Fnews%2Fa-name%2F&t=1", b"?u=&t=1"),
    (b"https://harbour.example:8080/news/a-name/page/2", None),
    (b"https://harbour.example:8080/news/a-name-of-another/", None),
    (b"https%3A%2F%2Fharbour.example%3A8080%2Fnews%2Fa-name%2Fmore", None),
    (b'<a href="/news/a-name/">x', None),  # without its host it may be another partner's
]


@pytest.mark.parametrize(("words", "left"), WRITTEN)
def test_addresses_with_their_host(words: bytes, left: bytes | None):
    assert pattern_of(list(address_forms(URL))).sub(b"", words) == (words if left is None else left)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (b'<a href="/news/a-name/">x', b'<a href="">x'),
        (b"<loc>/news/a-name</loc>", b"<loc></loc>"),
        (b'<a href="/old/news/a-name/">x', None),
        (b'<a href="https://elsewhere.example/news/a-name/">x', None),
    ],
)
def test_addresses_without_their_host_in_the_partners_own_files(words: bytes, left: bytes | None):
    assert pattern_of(list(address_forms(URL, bare=True))).sub(b"", words) == (words if left is None else left)


@pytest.mark.parametrize(
    "words",
    [
        'Ann "Nan" & Bob\'s café / bar',
        "Ann &quot;Nan&quot; &amp; Bob&#x27;s café / bar",
        'Ann "Nan" &amp; Bob\'s café / bar',
        'Ann \\"Nan\\" & Bob\'s café / bar',
        'Ann \\"Nan\\" & Bob\'s caf\\u00e9 \\/ bar',
        'Ann ""Nan"" & Bob\'s café / bar',
    ],
)
def test_titles_as_pages_json_and_tables_write_them(words: str):
    assert pattern_of(list(title_forms('Ann "Nan" & Bob\'s café / bar'))).sub(b"", words.encode()) == b""
