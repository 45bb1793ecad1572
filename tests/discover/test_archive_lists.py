"""The further lists that a listing leads to."""

import pytest

from scraper.discover.archive_lists import is_below, month_of

from .readers import HOME, read


def further(body: str, path: str = "news") -> list[str]:
    pages = read("listing", f"<html><body>{body}</body></html>", path).further_urls
    return [url.removeprefix(HOME) for url in pages]


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ('<a href="/news/archive">News archive</a>', "news", ["news/archive"]),
        ('<a href="/news/archive/2026/03">March 2026</a>', "news/archive", ["news/archive/2026/03"]),
        ('<a href="/news/2026/march/">March (4)</a>', "news/", ["news/2026/march/"]),
        ('<a href="/news/2025/">2025</a>', "news/2026/", ["news/2025/"]),
        ('<a href="news.php?year=2025">2025</a>', "news.php", ["news.php?year=2025"]),
        ('<a href="?month=2026-12">December</a>', "whats-on", ["whats-on?month=2026-12"]),
        ('<a href="/events/2026/12">December</a>', "events", ["events/2026/12"]),
        ('<a href="/events/2027/1">›</a>', "events/2026/12", ["events/2027/1"]),
        ('<a href="/events/2026/12/03">3</a>', "events", []),
        ('<a href="/events/month/2026/12/01/-">›</a>', "events", ["events/month/2026/12/01/-"]),
        ('<a href="/events/past">Past events</a>', "events", ["events/past"]),
        ('<a href="/digwyddiadau/wedi-bod">Digwyddiadau a fu</a>', "digwyddiadau", ["digwyddiadau/wedi-bod"]),
        ('<a href="/newyddion/oll">Pob newyddion</a>', "newyddion", ["newyddion/oll"]),
        ('<a href="/termine/alt">Frühere Termine</a>', "termine", ["termine/alt"]),
        ('<a href="/presse/alt">Pressearchiv</a>', "presse", ["presse/alt"]),
        ('<a href="/diary/earlier/">Earlier</a>', "diary/", ["diary/earlier/"]),
        ('<a href="/history/earlier/">Earlier</a>', "diary/", []),
        ('<a href="/news-events/news/">View all news</a>', "news-events/", ["news-events/news/"]),
        ('<a href="/blog/2025.html">2025 (14)</a>', "blog.html", ["blog/2025.html"]),
        ('<a href="/news/a-day-out/">Read more</a>', "news", []),
        ('<a href="/news/annual-review-2025">Annual review 2025</a>', "news", []),
        ('<a href="/accounts/2025/">2025</a>', "news", []),
        ('<a href="/news/all.pdf">All news</a>', "news", []),
        ('<a href="/news/">All news</a>', "news", []),
        ('<a href="https://other.example/news/2025/">2025</a>', "news", []),
        ('<a href="/news/2025/">2025</a><a href="/news/2025">2025</a>', "news", ["news/2025/"]),
        ('<a href="/news/2026/03/14/the-slipway-opens/">March 2026</a>', "news", []),
        ('<a href="/archive/2026/11/21/">Saturday 21st November</a>', "archive/2026/11/", ["archive/2026/11/21/"]),
        ('<a href="/archive/2026/11/21/">21</a>', "archive/2026/11/", []),
        ('<a href="/archive/2026/11/21/">Saturday 21st November</a>', "archive/", []),
        ('<a href="/month.aspx?M=12&amp;Y=2026">Next month</a>', "month.aspx?M=11&Y=2026", ["month.aspx?M=12&Y=2026"]),
    ],
)
def test_further_lists(body: str, path: str, expected: list[str]):
    assert further(body, path) == expected


def test_the_next_page_is_no_further_list():
    found = read("listing", '<a rel="next" href="/news?page=2">Older news</a>', "news")
    assert (found.next_urls, found.further_urls) == ((f"{HOME}news?page=2",), ())


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("events/2026/12", (2026, 12)),
        ("whats-on?month=2027-01", (2027, 1)),
        ("events/2026/03/14/", (2026, 3)),
        ("month.aspx?M=12&Y=2026&GL=1", (2026, 12)),
        ("month.aspx?year=2027&month=1", (2027, 1)),
        ("month.aspx?M=13&Y=2026", None),
        ("news/2025/", None),
        ("news/march/", None),
    ],
)
def test_month_of(path: str, expected: tuple[int, int] | None):
    assert month_of(HOME + path) == expected


def test_their_number_is_bounded():
    links = "".join(
        f'<a href="/news/{year}/{month}/">{year}</a>' for year in range(1950, 2027) for month in range(1, 13)
    )
    assert len(further(links)) == 240


@pytest.mark.parametrize(
    ("url", "here", "expected"),
    [
        ("archive/2026/11/21/", "archive/2026/11/", True),
        ("archive/2026/11", "archive/2026", True),
        ("archive/2026/10/", "archive/2026/11/", False),
        ("archive/2026/111/", "archive/2026/11", False),
    ],
)
def test_lists_below_a_list(url: str, here: str, expected: bool):
    assert is_below(HOME + url, HOME + here) is expected
