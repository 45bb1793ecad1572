"""Dates in unusual places, and dates that look like the post's and are not: one trimmed page per rule."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from tests.extract.test_published import BODY, TITLE, URL, chosen, day, linked, meta, read

FAR = BODY * 5
UPDATED = "<p>Updated 4 March 2026</p>"
PAGE = '<script type="application/ld+json">{"@type":"WebPage","datePublished":"2026-02-02T10:00:00Z"}</script>'
FAQ = '<script type="application/ld+json">{"@type":"FAQPage","datePublished":"2026-02-20T10:00:00Z"}</script>'
CHANGED = meta("article:modified_time", "2026-03-04T10:00:00Z")


def card(day_shown: str, headline: str) -> str:
    return f"<div class=teaser><a href=/news/other>{headline} <em class=when-posted>{day_shown}</em></a></div>"


JUDGED_BY_THE_CHANGE = {
    "a page's publication counts where readers see a change": (PAGE + TITLE + UPDATED + BODY, "2026-02-02"),
    "a declared change alone shows no reader a date": (PAGE + CHANGED + TITLE + BODY, None),
    "a lone stamp later than the change is another post's": (CHANGED + TITLE + FAR + "<p>9 April 2026</p>", None),
    "a lone stamp before the change": (CHANGED + TITLE + FAR + "<p>1 March 2026</p>", "2026-03-01"),
    "a labelled one far away, later than the change": (
        CHANGED + TITLE + FAR + "<div><b>Press release</b> <i>9 April 2026</i></div>",
        None,
    ),
    "a page around the post says nothing that the post does not": (
        linked(datePublished="2026-02-20T10:00:00Z") + FAQ + TITLE + "<p>1 February 2026</p>" + BODY,
        "2026-02-01",
    ),
}


@pytest.mark.parametrize(("html", "expected"), JUDGED_BY_THE_CHANGE.values(), ids=JUDGED_BY_THE_CHANGE)
def test_the_last_change_tells_what_may_be_the_publication(html: str, expected: str | None) -> None:
    assert day(read(html)) == expected


def test_a_stamp_of_the_class_of_cards_is_a_cards() -> None:
    long_link = card("1 March 2026", "The library at Aldermoor opens again after two years of building works")
    assert day(read(TITLE + FAR + card("1 March 2026", "Library opens"))) == "2026-03-01"
    assert day(read(TITLE + FAR + long_link + card("2 March 2026", "Library opens"))) is None


def state(*objects: str) -> str:
    return f"<script>window.__STATE__=[{','.join(objects)}]</script>" + TITLE + BODY


OWN = '{"slug":"bridge-repairs-agreed","publishedAt":"2026-03-04T08:00:00Z","author":{"published_at":"2019-01-01"}}'
OTHER = '{"slug":"library-opens-again","publishedAt":"2026-03-01T08:00:00Z"}'
STATES = {
    "of many posts the one that the address names": (state(OTHER, OWN), "2026-03-04"),
    "none names the address": (state(OTHER, OTHER.replace("03-01", "02-01")), None),
    "the name ends an address": (state(OTHER, OWN.replace('"bridge', '"/news/bridge')), "2026-03-04"),
    "a state inside a string": (state(OTHER, OWN).replace('"', '\\"'), "2026-03-04"),
    "a name inside another object": (
        state('{"publishedAt":"2026-02-09","link":{"slug":"bridge-repairs-agreed"}}', OTHER),
        None,
    ),
    "Unix times": (state('{"publishTime":1772611200}'), "2026-03-04"),
    "names in other spellings": (state('{"first-published-date":"2026-03-04"}'), "2026-03-04"),
    "a flag is no date": (state('{"published":"not as yet"}', '{"publishDate":"2026-03-04"}'), "2026-03-04"),
}


@pytest.mark.parametrize(("html", "expected"), STATES.values(), ids=STATES)
def test_a_state_of_many_posts_is_asked_for_the_pages_own(html: str, expected: str | None) -> None:
    assert day(read(html, url="https://calder-valley.example/news/bridge-repairs-agreed")) == expected


UNQUOTED = "<script>window.__N__=(function(a){return{slug:a,publishedDate:'2026-03-04T00:00:00.000Z'}}(1))</script>"


def test_a_state_written_as_a_program() -> None:
    assert day(read(UNQUOTED + TITLE + BODY)) == "2026-03-04"


METAS = {
    "article:published:time": "2026-03-04",
    "dcterms:created": "2026-03-04",
    "DC.Date.Issued": "2026-03-04",
    "sw-pubdate": "2026-03-04",
    "press:first_publication_date": "2026-03-04",
    "article:unpublished_time": None,
    "cms-expiry-date": None,
}


@pytest.mark.parametrize("name", METAS)
def test_names_of_metas(name: str) -> None:
    assert day(read(meta(name, "2026-03-04T09:00:00Z") + TITLE + BODY)) == METAS[name]


FORMS = {
    "Roman months": ("4.III.2026", "pl"),
    "Roman months apart": ("4 III 2026", "pl"),
    "a month cut short before a year of two figures": ("04.Mär.26", "de"),
    "Arabic figures": ("٤ مارس ٢٠٢٦", "ar"),
    "Urdu figures": ("۴ مارچ ۲۰۲۶", "ur"),
    "Hungarian": ("2026. március 4.", "hu"),
    "Korean": ("2026년 3월 4일", "ko"),
    "Welsh ordinals": ("Dydd Mercher, 4ydd o Fawrth 2026", "cy"),
}


@pytest.mark.parametrize(("words", "language"), FORMS.values(), ids=FORMS)
def test_forms_of_a_day(words: str, language: str) -> None:
    assert day(read(f"{TITLE}<p class=byline>{words}</p>{BODY}", language=language)) == "2026-03-04"


def boxed(names: str, words: str) -> str:
    return f'{TITLE}<div class="{names}">{words}</div>{BODY}'


GROUNDS = {
    "the sign of a calendar is no calendar": (boxed("meta__date fa fa-calendar", "4 March 2026"), "2026-03-04"),
    "a calendar": (boxed("calendar", "4 March 2026"), None),
    "a byline that counts comments": (boxed("date-comments-wrapper", "4 March 2026"), "2026-03-04"),
    "a byline with a section's navigation": (boxed("article-header-section rubric-nav", "4 March 2026"), "2026-03-04"),
    "comments": (boxed("comment-meta comments", "4 March 2026"), None),
    "related posts have bylines too": (boxed("related-posts entry-meta", "4 March 2026"), None),
    "a subtitle that ends like a label": (
        f"{TITLE}<h2>What the town has done ever since</h2><p>4 March 2026</p>{BODY}",
        "2026-03-04",
    ),
    "a label on a line of its own": (f"{TITLE}<b>Application deadline</b><p>4 March 2026</p>{BODY}", None),
    "a date of effect": (f"{TITLE}<b>Effective date</b><p>4 March 2026</p>{BODY}", None),
    "a German change cut short": (f"{TITLE}<p>1. März 2026</p><p>Akt.: 4. März 2026</p>{BODY}", "2026-03-01"),
    "the header's clock yields to a label": (
        f"<div class=page-header>6 March 2026</div>{TITLE}<div class=widget>Published on 4 March 2026</div>{BODY}",
        "2026-03-04",
    ),
    "the day of reading above the navigation": (
        f"<p>Wednesday, May 20, 2026</p><header><nav><a href=/>Home</a></nav></header>{TITLE}{BODY}",
        None,
    ),
    "a day above the path of a page": (
        f"<div><p>4 March 2026</p><nav class=breadcrumb><a href=/>Home</a></nav></div>{TITLE}{BODY}",
        "2026-03-04",
    ),
    "a consultation's days": (f"{TITLE}<p>Opened 4 March 2026</p><p>Closed 15 April 2026</p>{BODY}", None),
    "a list of posts, each with its day": (
        f"{TITLE}"
        + "".join(f"<h2><a href=/{n}>Bins {n}</a></h2><p class=date>{n} March 2026</p>" for n in range(4, 9)),
        None,
    ),
    "a title that ends as a label would": (f"<h1>New library opens</h1><p>4 March 2026</p>{BODY}", "2026-03-04"),
    "a heading below the title": (
        f"{TITLE}{FAR}<h4>What applies after 1 March 2026 and for whom</h4>{BODY}<p>4 March 2026</p>",
        "2026-03-04",
    ),
}


@pytest.mark.parametrize(("html", "expected"), GROUNDS.values(), ids=GROUNDS)
def test_whose_a_stamp_is(html: str, expected: str | None) -> None:
    assert day(read(html)) == expected


def stamped(words: str, names: str = "date") -> str:
    return f"{TITLE}<p class={names}>{words}</p>{BODY}"


YEARLESS = {
    "a day of this year": (stamped("4 March, 10:30"), {}, "2026-03-04"),
    "a day of last year": (stamped("24 December"), {}, "2025-12-24"),
    "month first": (stamped("March 4"), {}, "2026-03-04"),
    "after its label": (stamped("Posted on 4 March", "x"), {}, "2026-03-04"),
    "a change": (stamped("Updated 4 March"), {}, None),
    "nothing calls it a stamp": (stamped("4 March", "x"), {}, None),
    "an event's": (stamped("4 March", "event-date"), {}, None),
    "words of the title": ("<h1>Market on 4 March</h1>" + BODY, {}, None),
    "an event to come": (stamped("14 June"), {}, None),
    "no stamp for sure, in a folder of a year": (
        stamped("4 March", "x"),
        {"url": "https://a.example/2019/bridge"},
        None,
    ),
    "the year of the address": (stamped("4 March"), {"url": "https://a.example/2019/bridge"}, "2019-03-04"),
    "the year of the page's own files": (
        stamped("4 March", "x") + "<img src=/files/20190304-bridge.jpg>",
        {},
        "2019-03-04",
    ),
    "files of two years": (stamped("4 March", "x") + "<img src=/20190304.jpg><img src=/20180304.jpg>", {}, None),
    "the newest day on the page": (
        stamped("4 March") + FAR + "<p>1 June 2019</p><p>2 May 2019</p>",
        {},
        "2019-03-04",
    ),
    "a page kept for years": (stamped("4 March") + "<footer>© 2017 Calder Valley</footer>", {}, None),
    "Polish": (stamped("4 marca"), {"language": "pl"}, "2026-03-04"),
    "Japanese": (stamped("[03月04日 11時30分]"), {"language": "ja"}, "2026-03-04"),
    "no day at all": (stamped("5 comments"), {}, None),
    "days ago": (stamped("Posted 3 days ago", "x"), {}, "2026-05-17"),
    "hours ago in Polish": (stamped("3 godziny temu", "x"), {"language": "pl"}, "2026-05-20"),
    "days ago in German": (stamped("vor 2 Tagen", "x"), {"language": "de"}, "2026-05-18"),
    "weeks ago are no day": (stamped("2 weeks ago"), {}, None),
    "days ago on a page kept for years": (stamped("3 days ago") + "<footer>© 2017</footer>", {}, None),
    "only where nothing else is": (stamped("4 March") + meta("date", "2026-01-09"), {}, "2026-01-09"),
}


@pytest.mark.parametrize(("html", "options", "expected"), YEARLESS.values(), ids=YEARLESS)
def test_stamps_without_a_year(html: str, options: dict[str, str], expected: str | None) -> None:
    assert day(read(html, **options)) == expected


STATUS = "https://talk.example/@press/113020260304"
PERMALINKS = {
    "a stamp for programs": (
        '<a href="/@press/113020260304" title="10:02, 4 Mar"><i data-time=1772611200>4 Mar</i></a>',
        "2026-03-04",
    ),
    "a view of the status": ('<a href="/@press/113020260304"><time datetime=2026-03-04></time></a>', "2026-03-04"),
    "an answer's": ('<a href="/@other/113020260399"><i data-time=1772611200>4 Mar</i></a>', None),
    "a comment on the page": ('<a href="/@press/113020260304#c7"><i data-time=1772611200>4 Mar</i></a>', None),
    "a link without a stamp": ('<a href="/@press/113020260304">read more</a>', None),
}


@pytest.mark.parametrize("name", PERMALINKS)
def test_a_stamp_that_links_to_the_page_itself(name: str) -> None:
    link, expected = PERMALINKS[name]
    html = f"{TITLE}{BODY}<div class=tweet>{link}</div>"
    assert day(read(html, url=STATUS + ("/photo/1" if "view" in name else ""))) == expected


def test_a_stamp_read_late_keeps_its_words_and_place() -> None:
    winner = chosen(read(stamped("4 March, 10:30"), fetched_at=datetime(2026, 5, 20, 12, tzinfo=timezone.utc), url=URL))
    assert winner is not None
    assert (winner.quote, winner.found_in, winner.precision) == ("4 March", "visible:p.date", "day")


LATER = {
    "creation is no publication": (meta("created", "2026-02-02") + TITLE + "<p>4 March 2026</p>" + BODY, "2026-03-04"),
    "a later day that the page says twice": (
        linked(datePublished="2026-02-02") + meta("date", "2026-03-04") + TITLE + "<p>4 March 2026</p>" + BODY,
        "2026-03-04",
    ),
    "a later day that stands alone": (
        linked(datePublished="2026-02-02") + TITLE + "<p>4 March 2026</p>" + BODY,
        "2026-02-02",
    ),
}


@pytest.mark.parametrize(("html", "expected"), LATER.values(), ids=LATER)
def test_a_bare_stamp_later_than_what_is_declared(html: str, expected: str) -> None:
    assert day(read(html)) == expected
