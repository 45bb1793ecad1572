"""Which date of a page is the post's: one trimmed page per rule."""

from __future__ import annotations

import json
from datetime import date, datetime, timezone

import pytest

from scraper.extract.document import parse
from scraper.extract.published import claim_dates
from scraper.models import DateClaim, SourceClaims

FETCHED = datetime(2026, 5, 20, 12, tzinfo=timezone.utc)
URL = "https://calder-valley.example/news/bridge-repairs"
BODY = "<p>The county council has agreed to repair the footbridge at Aldermoor before the winter floods return.</p>" * 3
TITLE = "<h1>Bridge repairs agreed</h1>"


def read(html: str, **options: object) -> tuple[DateClaim, ...]:
    settings = {"zone": "Europe/London", "language": "en-GB", "fetched_at": FETCHED} | options
    url = str(settings.pop("url", URL))
    return claim_dates(parse(f"<!doctype html>{html}".encode(), url), **settings)  # type: ignore[arg-type]


def chosen(claims: tuple[DateClaim, ...], field: str = "published") -> DateClaim | None:
    winners = [claim for claim in claims if claim.field == field and claim.chosen]
    assert len(winners) <= 1
    return winners[0] if winners else None


def day(claims: tuple[DateClaim, ...], field: str = "published") -> str | None:
    winner = chosen(claims, field)
    return winner.on.isoformat() if winner and winner.on else None


def meta(name: str, content: str) -> str:
    return f'<meta property="{name}" content="{content}">'


def linked(**properties: str) -> str:
    pairs = ",".join(f'"{key}":"{value}"' for key, value in properties.items())
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{pairs}}}</script>'


PAGES = {
    "an element that prints an age": (
        TITLE + '<p><relative-time datetime="2026-03-04T10:00:00Z">8 months ago</relative-time></p>' + BODY,
        "2026-03-04",
    ),
    "json-ld alone": (linked(datePublished="2026-03-04T10:00:00+00:00") + TITLE + BODY, "2026-03-04"),
    "article meta alone": (meta("article:published_time", "2026-03-04T10:00:00Z") + TITLE + BODY, "2026-03-04"),
    "a stamp under the title": (TITLE + "<p>4 March 2026</p>" + BODY, "2026-03-04"),
    "a stamp above the title": ("<p class=kicker>News | 4 March 2026</p>" + TITLE + BODY, "2026-03-04"),
    "time beside the title": (TITLE + '<time datetime="2026-03-04T09:00:00+00:00">4 Mar</time>' + BODY, "2026-03-04"),
    "abbr with a title": (TITLE + '<abbr class=published title="2026-03-04">4 March</abbr>' + BODY, "2026-03-04"),
    "microdata in the container": (
        TITLE + BODY + '<meta itemprop="datePublished" content="2026-03-04">',
        "2026-03-04",
    ),
    "a stamp beats a generic meta": (meta("date", "2026-01-09") + TITLE + "<p>4 March 2026</p>" + BODY, "2026-03-04"),
    "json-ld and meta together beat a stamp": (
        linked(datePublished="2026-03-04T10:00:00Z")
        + meta("article:published_time", "2026-03-04T10:00:00Z")
        + TITLE
        + "<p>2 March 2026</p>"
        + BODY,
        "2026-03-04",
    ),
    "a build's instant yields to the stamp": (
        linked(datePublished="2026-05-01T03:00:00Z", dateModified="2026-05-01T03:00:00Z")
        + TITLE
        + "<p>4 March 2026</p>"
        + BODY,
        "2026-03-04",
    ),
    "parts of a date in elements of their own": (
        TITLE + "<div><span>4</span> <span>March</span> <span>2026</span></div>" + BODY,
        "2026-03-04",
    ),
    "a dateline of a wire": (
        TITLE + "<p>ALDERMOOR, England, March 4, 2026 (NewsWire) -- The council has " + "x " * 90,
        "2026-03-04",
    ),
    "a date in brackets that opens a sentence": (
        TITLE + "<p>March 4, 2026 (Wednesday) was the day on which the council " + "x " * 90,
        None,
    ),
    "a dateline set off by a dash": (TITLE + "<p>ALDERMOOR, 4 March 2026 – The council has " + "x " * 90, "2026-03-04"),
    "prose is no stamp": (TITLE + "<p>Work that began on 4 March 2026 is now expected to end " + "x " * 90, None),
    "a date in the title is what the post is about": ("<h1>Minutes of the meeting of 4 March 2026</h1>" + BODY, None),
    "a label far from the title": (TITLE + BODY * 4 + "<p>Published: 4 March 2026</p>", "2026-03-04"),
    "the only stamp of the container": (TITLE + BODY * 4 + "<p>4 March 2026</p>", "2026-03-04"),
    "two stamps far from the title decide nothing": (
        TITLE + BODY * 4 + "<p>4 March 2026</p><p>9 April 2026</p>",
        None,
    ),
    "a rail of other posts": (
        f"<article>{TITLE}{BODY * 4}</article><div class=related-posts><p>4 March 2026</p></div>",
        None,
    ),
    "cards in links": (
        TITLE + BODY * 4 + "<a href=/news/other><h3>Another post of the week, with its summary</h3>4 March 2026</a>",
        None,
    ),
    "comments": (TITLE + BODY + "<div id=comments><time datetime=2026-03-04>4 March 2026</time></div>", None),
    "the clock of the header": ("<div class=site-header>20 May 2026</div>" + TITLE + BODY, None),
    "the copyright of the footer": (TITLE + BODY + "<footer>© 4 March 2026 Calder Valley Partnership</footer>", None),
    "the footer of the post itself": (
        f"<article>{TITLE}{BODY * 4}<footer>Posted on 4 March 2026</footer></article>",
        "2026-03-04",
    ),
    "a table of fixtures": (
        TITLE + BODY * 4 + "<table><tr><td>4 March 2026</td><td>Aldermoor</td><td>2:1</td></tr></table>",
        None,
    ),
    "a review is not the post": (
        '<script type="application/ld+json">{"@type":"Review","datePublished":"2026-03-04"}</script>' + TITLE + BODY,
        None,
    ),
    "a theme's stamp on every page": (
        '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2026-03-04"}</script>' + TITLE + BODY,
        None,
    ),
    "a deadline is no publication": (TITLE + "<p>Deadline: 4 March 2026</p>" + BODY, None),
    "a copyright year is no month": (TITLE + "<p>Copyright 2026</p>" + BODY, None),
    "after the fetch": (meta("article:published_time", "2026-06-09T10:00:00Z") + TITLE + BODY, None),
    "a day of grace": (meta("article:published_time", "2026-05-21T10:00:00Z") + TITLE + BODY, "2026-05-21"),
    "before the web": (meta("article:published_time", "1970-01-01T00:00:00Z") + TITLE + BODY, None),
    "a generic meta alone": (meta("date", "2026-03-04") + TITLE + BODY, "2026-03-04"),
    "created, far from the title": (TITLE + BODY * 4 + "<aside>Created 4 March 2026</aside>", None),
    "the event's own day": (
        '<script type="application/ld+json">{"@type":"Event","startDate":"2026-03-04T19:00"}</script>'
        + TITLE
        + "<p>4 March 2026</p>"
        + BODY,
        None,
    ),
    "an event told of after the publication": (
        meta("article:published_time", "2026-02-02T10:00:00Z") + TITLE + "<p>4 March 2026</p>" + BODY,
        "2026-02-02",
    ),
    "the printed issue is a day later": (
        linked(datePublished="2026-03-03T19:30:00+00:00") + "<p>Print edition: 4 March 2026</p>" + TITLE + BODY,
        "2026-03-03",
    ),
    "an unclosed navigation": (f"<nav><a href=/>Home</a>{TITLE}<p>4 March 2026</p>{BODY}", "2026-03-04"),
    "a page without evidence": (TITLE + BODY, None),
    "a broken json-ld block": (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-03-04" "headline":}</script>'
        + TITLE
        + BODY,
        "2026-03-04",
    ),
    "the state of a framework": (
        '<script>window.__STATE__={"post":{"publishedAt":"2026-03-04T08:00:00Z"}}</script>' + TITLE + BODY,
        "2026-03-04",
    ),
    "a state that holds many posts": (
        '<script>s=[{"publishedAt":"2026-03-04"},{"publishedAt":"2026-03-05"}]</script>' + TITLE + BODY,
        None,
    ),
}


@pytest.mark.parametrize(("html", "expected"), PAGES.values(), ids=PAGES.keys())
def test_the_day_chosen(html: str, expected: str | None) -> None:
    assert day(read(html)) == expected


CHANGES = {
    "updated is never published": (TITLE + "<p>Last updated: 4 March 2026</p>" + BODY, None, "2026-03-04"),
    "both on one line": (
        TITLE + "<p>Published 2 March 2026, updated 4 March 2026</p>" + BODY,
        "2026-03-02",
        "2026-03-04",
    ),
    "both in the metas": (
        meta("article:published_time", "2026-03-02T10:00:00Z")
        + meta("article:modified_time", "2026-03-04T10:00:00Z")
        + TITLE
        + BODY,
        "2026-03-02",
        "2026-03-04",
    ),
    "a bare stamp repeats the declared change": (
        linked(datePublished="2026-03-02T10:00:00Z", dateModified="2026-03-04T10:00:00Z")
        + TITLE
        + "<p>4 March 2026</p>"
        + BODY,
        "2026-03-02",
        "2026-03-04",
    ),
    "hAtom's updated alone is the post's date": (
        TITLE + '<time class="entry-date updated" datetime="2026-03-04">4 March 2026</time>' + BODY,
        "2026-03-04",
        None,
    ),
    "a change named after the publication": (
        TITLE + "<p>Mar 2, 2026 Updated Mar 4, 2026</p>" + BODY,
        "2026-03-02",
        "2026-03-04",
    ),
    "hAtom's updated beside published is the change": (
        TITLE
        + '<time class="published" datetime="2026-03-02">2 March 2026</time>'
        + '<time class="updated" datetime="2026-03-04">4 March 2026</time>'
        + BODY,
        "2026-03-02",
        "2026-03-04",
    ),
}


@pytest.mark.parametrize(("html", "published", "modified"), CHANGES.values(), ids=CHANGES.keys())
def test_published_and_updated_are_told_apart(html: str, published: str | None, modified: str | None) -> None:
    claims = read(html)
    assert (day(claims), day(claims, "modified")) == (published, modified)


LABELS = [
    ("cy", "Cyhoeddwyd: 4 Mawrth 2026", "Diweddarwyd: 6 Mawrth 2026"),
    ("pl", "Opublikowano: 4 marca 2026", "Aktualizacja: 6 marca 2026"),
    ("fr", "Publié le 4 mars 2026", "Mis à jour le 6 mars 2026"),
    ("de", "Veröffentlicht am 4. März 2026", "Zuletzt aktualisiert am 6. März 2026"),
    ("es", "Publicado el 4 de marzo de 2026", "Actualizado el 6 de marzo de 2026"),
    ("it", "Pubblicato il 4 marzo 2026", "Aggiornato il 6 marzo 2026"),
    ("nl", "Gepubliceerd op 4 maart 2026", "Bijgewerkt op 6 maart 2026"),
    ("pt", "Publicado em 4 de março de 2026", "Atualizado em 6 de março de 2026"),
    ("ro", "Publicat la 4 martie 2026", "Actualizat la 6 martie 2026"),
    ("sv", "Publicerad 4 mars 2026", "Uppdaterad 6 mars 2026"),
    ("da", "Udgivet 4. marts 2026", "Opdateret 6. marts 2026"),
    ("cs", "Publikováno 4. března 2026", "Aktualizováno 6. března 2026"),
]


@pytest.mark.parametrize(("language", "published", "modified"), LABELS, ids=[row[0] for row in LABELS])
def test_labels_in_many_languages(language: str, published: str, modified: str) -> None:
    claims = read(f"{TITLE}<p>{modified}</p><p>{published}</p>{BODY}", language=language)
    assert (day(claims), day(claims, "modified")) == ("2026-03-04", "2026-03-06")


ORDERS = {
    "the language decides": ("<p>04/03/2026</p>", {}, "2026-03-04"),
    "American English": ("<p>03/04/2026</p>", {"language": "en-US"}, "2026-03-04"),
    "another date of the page decides": (
        "<p>03/04/2026</p>" + BODY * 4 + "<p>Updated 03/25/2026</p>",
        {},
        "2026-03-04",
    ),
    "a declared day decides": (
        meta("article:modified_time", "2026-03-04T10:00:00Z") + "<p>03/04/2026</p>",
        {},
        "2026-03-04",
    ),
}


@pytest.mark.parametrize(("html", "options", "expected"), ORDERS.values(), ids=ORDERS.keys())
def test_day_and_month_are_never_guessed_from_one_string(html: str, options: dict[str, str], expected: str) -> None:
    assert day(read(TITLE + html + BODY, **options)) == expected


ZONES = {
    "its own offset, brought to the partner": ("2026-03-04T23:30:00-05:00", "Europe/London", "2026-03-05", "offset"),
    "UTC in summer": ("2026-05-03T23:05:00Z", "Europe/London", "2026-05-04", "utc"),
    "a bare time is the partner's": ("2026-03-04T23:30:00", "Europe/London", "2026-03-04", "partner"),
    "midnight without an offset is a day": ("2026-03-04T00:00:00Z", "America/New_York", "2026-03-04", "none"),
    "zone unknown: its own offset": ("2026-03-04T23:30:00-05:00", "UTC", "2026-03-04", "offset"),
    "zone unknown: bare time": ("2026-03-04T23:30:00", "UTC", "2026-03-04", "none"),
    "seconds since 1970": ("1772442000", "Europe/London", "2026-03-02", "epoch"),
    "milliseconds since 1970": ("1772492400000", "Asia/Tokyo", "2026-03-03", "epoch"),
    "24:00 is the next day's midnight": ("2026-05-01T24:00:00", "Europe/London", "2026-05-02", "day-end"),
    "24:00 of the year's last day": ("2025-12-31 24:00", "Europe/London", "2026-01-01", "day-end"),
    "24:00 in UTC": ("2026-05-01T240000Z", "America/New_York", "2026-05-01", "day-end"),
    "no hour 24 after its first instant": ("2026-05-01T24:30:00", "Europe/London", "2026-05-01", "none"),
    "an hour that the clocks left out": ("2026-03-29T01:30:00", "Europe/London", "2026-03-29", "gap"),
    "its first instant": ("2026-03-29T01:00:00", "Europe/London", "2026-03-29", "gap"),
    "the instant after it": ("2026-03-29T02:00:00", "Europe/London", "2026-03-29", "partner"),
    "the same hour with an offset": ("2026-03-29T01:30:00+00:00", "Europe/London", "2026-03-29", "utc"),
    "a midnight that the clocks left out": ("2025-09-07T00:30:00", "America/Santiago", "2025-09-07", "gap"),
    "a day left out whole": ("2011-12-30T10:00:00", "Pacific/Apia", "2011-12-30", "gap"),
    "an hour that came twice": ("2025-10-26T01:30:00", "Europe/London", "2025-10-26", "fold"),
}


@pytest.mark.parametrize(("stamp", "zone", "expected", "basis"), ZONES.values(), ids=ZONES.keys())
def test_the_day_in_the_partners_zone(stamp: str, zone: str, expected: str, basis: str) -> None:
    winner = chosen(read(meta("article:published_time", stamp) + TITLE + BODY, zone=zone))
    assert winner is not None
    assert (str(winner.on), winner.zone_basis) == (expected, basis)


def test_odd_stamps_claim_no_more_than_they_say() -> None:
    gap = chosen(read(meta("article:published_time", "2026-03-29T01:30:00") + TITLE + BODY))
    fold = chosen(read(meta("article:published_time", "2025-10-26T01:30:00") + TITLE + BODY))
    end = chosen(read(meta("article:published_time", "2026-05-01T24:00:00") + TITLE + BODY))
    assert gap is not None and fold is not None and end is not None
    assert (gap.at, gap.precision, gap.edtf) == (None, "day", "2026-03-29")
    assert fold.at == datetime(2025, 10, 26, 0, 30, tzinfo=timezone.utc)
    assert (end.at, end.precision) == (datetime(2026, 5, 1, 23, tzinfo=timezone.utc), "minute")


def test_midnight_of_summer_time_is_the_same_day_in_every_claim() -> None:
    html = (
        meta("article:published_time", "2025-08-20T23:05:00Z")
        + TITLE
        + "<time datetime=2025-08-21>21 Aug</time>"
        + BODY
    )
    assert {str(claim.on) for claim in read(html)} == {"2025-08-21"}


def test_a_french_page_with_an_english_label_is_day_first() -> None:
    html = TITLE + "<p>Published: <abbr class=published title=2026-03-11T00:00:00+01:00>11/03/2026</abbr></p>" + BODY
    claims = read(html, language="fr", zone="Europe/Paris")
    assert {str(claim.on) for claim in claims} == {"2026-03-11"}


def test_an_instant_is_kept_in_utc() -> None:
    winner = chosen(read(meta("article:published_time", "2026-05-03T23:05:00+01:00") + TITLE + BODY))
    assert winner is not None
    assert winner.at == datetime(2026, 5, 3, 22, 5, tzinfo=timezone.utc)
    assert (winner.edtf, winner.precision) == ("2026-05-03T23:05:00+01:00", "minute")


def test_while_the_zone_is_unknown_the_printed_day_tells_what_utc_means() -> None:
    html = meta("article:published_time", "2026-03-04T23:05:00Z") + TITLE + "<p>5 March 2026</p>" + BODY
    assert day(read(html, zone="UTC")) == "2026-03-05"


def test_a_url_in_utc_moves_nothing() -> None:
    html = meta("article:published_time", "2026-03-04T00:59:13+01:00") + TITLE + BODY
    assert day(read(html, zone="UTC", url="https://calder.example/2026/03/03/bridge/")) == "2026-03-04"


@pytest.mark.parametrize(
    ("path", "on", "edtf"),
    [
        ("/2026/03/04/bridge", date(2026, 3, 4), "2026-03-04"),
        ("/news/2026-03-04-bridge", date(2026, 3, 4), "2026-03-04"),
        ("/news/20260304_bridge.html", date(2026, 3, 4), "2026-03-04"),
        ("/2026/3/4/bridge", date(2026, 3, 4), "2026-03-04"),
        ("/2026/03/4-questions", None, "2026-03"),
        ("/2026/03/bridge", None, "2026-03"),
    ],
)
def test_permalinks(path: str, on: date | None, edtf: str) -> None:
    winner = chosen(read(TITLE + BODY, url=f"https://calder.example{path}"))
    assert winner is not None
    assert (winner.on, winner.edtf, winner.found_in) == (on, edtf, "url")


@pytest.mark.parametrize("url", ["bridge.html", "saved::calder-bridge.html", "https://calder.example", ""])
def test_an_address_that_is_none_names_no_permalink(url: str) -> None:
    assert day(read(TITLE + BODY, url=url)) is None


def test_a_month_alone_is_never_a_day() -> None:
    winner = chosen(read(TITLE + "<p>March 2026</p>" + BODY))
    assert winner is not None
    assert (winner.on, winner.at, winner.edtf, winner.precision) == (None, None, "2026-03", "month")
    assert (winner.earliest_on, winner.latest_on) == (date(2026, 3, 1), date(2026, 3, 31))


def source(kind: str, **claims: str) -> SourceClaims:
    return SourceClaims(url=URL, found_in=kind, **claims)  # type: ignore[arg-type]


def test_the_feeds_word_supports_and_is_kept() -> None:
    claims = read(
        TITLE + "<p>4 March 2026</p>" + BODY, claims=[source("feed", published="Wed, 04 Mar 2026 09:00:00 GMT")]
    )
    winner = chosen(claims)
    assert winner is not None
    assert (winner.found_in, winner.quote) == ("feed:published", "Wed, 04 Mar 2026 09:00:00 GMT")
    assert winner.score > max(claim.score for claim in read(TITLE + "<p>4 March 2026</p>" + BODY))


def test_lastmod_is_only_ever_a_change() -> None:
    claims = read(TITLE + BODY, claims=[source("sitemap", lastmod="2026-03-04")])
    assert (day(claims), day(claims, "modified")) == (None, "2026-03-04")


def test_every_rival_is_kept_with_its_words_and_place() -> None:
    html = meta("date", "2026-01-09") + TITLE + "<p class=byline>By the press office, 4 March 2026</p>" + BODY
    assert [(claim.quote, claim.found_in, claim.chosen) for claim in read(html)] == [
        ("4 March 2026", "visible:p.byline", True),
        ("2026-01-09", "meta:date", False),
    ]


def test_of_claims_that_agree_on_the_day_the_one_with_the_time_is_chosen() -> None:
    html = f"<html><body><main>{TITLE}<p>Posted on 12 March 2024.</p><p>Text.</p></main></body></html>"
    claims = read(html, claims=[source("feed", published="Tue, 12 Mar 2024 09:30:00 +0000")])
    found = chosen(claims)
    assert found is not None and found.at is not None and found.found_in == "feed:published"


@pytest.mark.parametrize(
    ("modified", "expected"),
    [("2024-03-12T09:30:00Z", None), ("2024-03-12T09:29:00Z", None), ("2024-03-13T08:00:00Z", "2024-03-13")],
)
def test_a_feeds_repeated_publication_is_no_change(modified: str, expected: str | None) -> None:
    claims = read("<p>x</p>", claims=[source("feed", published="2024-03-12T09:30:00Z", modified=modified)])
    assert day(claims, "modified") == expected


def test_a_posting_and_a_change_in_one_line() -> None:
    line = "<p>Posted on 17 February 2026. Last updated: 20 April 2026</p>"
    claims = read(f"<html><body><main>{TITLE}<p>Text.</p>{line}</main></body></html>")
    assert (day(claims), day(claims, "modified")) == ("2026-02-17", "2026-04-20")


EVENT_PAGE = '<script type="application/ld+json">{"@type":"Event","startDate":"2026-05-14T18:00"}</script>'
NEWS = linked(datePublished="2026-03-04T10:00:00Z")
BESIDE = {
    "an event to come": (TITLE + "<p>Thursday 14 May 2026</p>" + BODY, "2026-03-04"),
    "an event that was": (TITLE + "<p>Sunday 1 March 2026</p>" + BODY, "2026-03-04"),
    "an event's day in time": (TITLE + '<time datetime="2026-02-14T18:00">14 February</time>' + BODY, "2026-03-04"),
    "an event in JSON-LD": (EVENT_PAGE + TITLE + "<p>14 May 2026</p>" + BODY, "2026-03-04"),
    "a day with a word": (TITLE + "<p>Published: 1 March 2026</p>" + BODY, "2026-03-04"),
    "no date at all": (TITLE + BODY, "2026-03-04"),
    "a page that agrees": (NEWS + TITLE + "<p>4 March 2026</p>" + BODY, "2026-03-04"),
    "a page that agrees with itself thrice": (
        linked(datePublished="2026-02-20")
        + meta("article:published_time", "2026-02-20")
        + TITLE
        + "<p>20 February 2026</p>"
        + BODY,
        "2026-02-20",
    ),
}


@pytest.mark.parametrize("kind", ["feed", "wordpress"])
@pytest.mark.parametrize("name", BESIDE)
def test_a_source_is_believed_above_what_a_page_prints(kind: str, name: str) -> None:
    html, expected = BESIDE[name]
    claims = read(html, claims=[source(kind, published="2026-03-04T09:30:00+00:00")])
    assert day(claims) == expected


def test_an_events_day_in_the_address_too_yields_to_the_source() -> None:
    url = "https://council.example/event/2026-02-14/spring-fair"
    claims = read(
        TITLE + "<p>14 February 2026</p>" + BODY,
        url=url,
        claims=[source("wordpress", published="2026-03-04T09:30:00+00:00")],
    )
    assert day(claims) == "2026-03-04"


def test_the_finest_claim_of_the_day_is_chosen() -> None:
    claims = read(NEWS + TITLE + "<p>4 March 2026</p>" + BODY, claims=[source("feed", published="2026-03-04")])
    winner = chosen(claims)
    assert winner is not None
    assert (winner.found_in, winner.precision) == ("json_ld:NewsArticle.datePublished", "minute")


@pytest.mark.parametrize(
    ("published", "modified", "expected"),
    [
        ("2026-03-04T09:30:00+00:00", "2026-03-04T09:30:00+00:00", None),
        ("2026-03-04T09:30:00+00:00", "2026-03-03T09:30:00+00:00", None),
        ("2026-03-04T09:30:00+00:00", "2026-03-04", None),
        ("2026-03-04T09:30:00", "2026-03-04T11:30:00", "2026-03-04"),
        ("2026-03-04T09:30:00+00:00", "2026-03-04T11:30:00+00:00", "2026-03-04"),
        ("2026-03-04", "2026-03-09", "2026-03-09"),
    ],
)
def test_a_change_is_later_than_the_publication(published: str, modified: str, expected: str | None) -> None:
    claims = read(linked(datePublished=published, dateModified=modified) + TITLE + BODY)
    assert (day(claims), day(claims, "modified")) == ("2026-03-04", expected)


FOUND_ELSEWHERE = {
    "a month with two names": (TITLE + "<div>تم نشره الجمعة 24 نيسان / أبريل 2026 09:22</div>" + BODY, "2026-04-24"),
    "a script that prints it": (
        TITLE + '<table><tr><td><script>showDate("2026/03/04 01:43:09")</script></td></tr></table>' + BODY,
        "2026-03-04",
    ),
    "a script that does more": (TITLE + '<p><script>load("2026/03/04 01:43:09"); run()</script></p>' + BODY, None),
    "a vocabulary of the site's own": (meta("gallery:uploaded", "2026-03-04T04:36:36Z") + TITLE + BODY, "2026-03-04"),
    "json-ld put into a meta": (
        '<meta name="script:ld+json" content="{&quot;datePublished&quot;:&quot;2026-03-04T09:00:00&quot;}">'
        + TITLE
        + BODY,
        "2026-03-04",
    ),
    "meta and WebPage are one plugin's word": (
        '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2026-03-24T10:00:00Z"}</script>'
        + meta("article:published_time", "2026-03-24T10:00:00Z")
        + TITLE
        + "<p>4 March 2026</p>"
        + BODY,
        "2026-03-04",
    ),
}


@pytest.mark.parametrize("name", FOUND_ELSEWHERE)
def test_finds_dates_in_unusual_places(name: str) -> None:
    html, expected = FOUND_ELSEWHERE[name]
    assert day(read(html)) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://council.example/", None),
        ("https://council.example", None),
        ("https://archive.example/web/20160401/http://council.example/", None),
        ("https://council.example/?p=77", "2026-03-04"),
        ("https://council.example/news/bridge", "2026-03-04"),
    ],
)
def test_what_a_front_page_declares_is_no_posts_date(url: str, expected: str | None) -> None:
    html = linked(datePublished="2026-03-04") + meta("article:published_time", "2026-03-04T09:00:00Z") + TITLE + BODY
    assert day(read(html, url=url)) == expected


def test_the_first_heading_is_the_title_where_the_page_names_only_its_site() -> None:
    html = "<title>council.example</title><h1><a href=/><img src=l></a></h1><h2>Bridge repairs agreed</h2>"
    assert day(read(html + "<p>by <a href=/p>Press office</a>, 4.3.26</p>" + BODY)) == "2026-03-04"


def test_json_ld_of_another_page_does_not_outweigh_the_printed_day() -> None:
    node = {
        "@type": "NewsArticle",
        "headline": "Another post",
        "url": "/another/",
        "datePublished": "2024-06-11T08:00:00Z",
    }
    stale = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    assert day(read(stale + TITLE + '<p><time datetime="2026-03-04">4 March 2026</time></p>' + BODY)) == "2026-03-04"
