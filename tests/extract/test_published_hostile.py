"""Hostile pages cost bounded work and never raise."""

from __future__ import annotations

import time
from datetime import datetime, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.extract.document import parse
from scraper.extract.published import claim_dates
from scraper.models import DateClaim

FETCHED = datetime(2026, 5, 20, 12, tzinfo=timezone.utc)
STAMPS = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "2026-03-04",
            "9999-12-31T23:59:59-14:00",
            "0001-01-01T00:00:00+14:00",
            "99999999999999999",
            "31/02/2026",
            "4 March 2026",
            "1583251200",
            "2026-13-45T99:99:99Z",
            "March 2026",
            "٣ مارس ٢٠٢٦",
            "²⁰²⁶-03-04",
            "2026-03-04T10:00",
        ]
    ),
)


def read(html: str, zone: str = "Europe/London") -> tuple[DateClaim, ...]:
    document = parse(f"<!doctype html><p>{html}".encode("utf-8", "replace"), "https://calder.example/2026/03/x")
    return claim_dates(document, zone=zone, language=None, fetched_at=FETCHED)


@settings(max_examples=60, deadline=None)
@given(stamp=STAMPS, zone=st.sampled_from(["UTC", "Europe/London", "Pacific/Kiritimati"]))
def test_no_stamp_raises(stamp: str, zone: str) -> None:
    html = (
        f'<meta name="date" content="{stamp}"><script type="application/ld+json">'
        f'{{"@type":"NewsArticle","datePublished":"{stamp}"}}</script><h1>Bridge</h1>'
        f'<time datetime="{stamp}">{stamp}</time><p>Published {stamp}</p>'
    )
    for claim in read(html, zone):
        assert claim.on is None or claim.earliest_on == claim.on


@settings(max_examples=60, deadline=None)
@given(markup=st.text(alphabet="<>/=\"'timeabrh1pdspn 20269-:.&;", max_size=400))
def test_no_markup_raises(markup: str) -> None:
    read(markup)


HEAVY = {
    "thousands of stamps": "<h1>Bridge</h1>"
    + "<div class=card><time datetime=2026-03-04>4 March 2026</time></div>" * 8_000,
    "one link around everything": "<h1>Bridge</h1><a href=/other>" + "<i>4 March 2026</i> " * 8_000,
    "thousands of siblings": "<h1>Bridge</h1>" + "<b class=updated>4 March 2026</b>" * 15_000,
    "deep nesting": "<h1>Bridge</h1>" + "<div>" * 200 + "4 March 2026",
    "one endless text": "<h1>Bridge</h1><p>" + "4 March 20 " * 100_000,
    "thousands of headings": "<h2>Bridge 4 March 2026</h2>" * 10_000,
    "a class without end": f"<h1>Bridge</h1><p class='{'date ' * 20_000}'>4 March 2026</p>",
    "a script without end": "<script>" + '"publishedAt":"2026-03-0' * 50_000 + "</script>",
    "thousands of metas": '<meta name="date" content="4 March 2026">' * 10_000,
}


@pytest.mark.parametrize("html", HEAVY.values(), ids=HEAVY.keys())
def test_work_is_bounded(html: str) -> None:
    document = parse(f"<!doctype html>{html}".encode(), "https://calder.example/x")
    before = time.process_time()
    claims = claim_dates(document, zone="UTC", language=None, fetched_at=FETCHED)
    assert time.process_time() - before < 5  # the aim is 1; what grows by the square takes minutes
    assert len(claims) <= 250
