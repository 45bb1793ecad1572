"""Every page answers, says what it should, and stays small, safe and read-only."""

import json
import re
import shutil
import sqlite3
from datetime import date

import pytest
from lxml import html

from scraper.publish import edition
from scraper.publish.addresses import shorten
from scraper.site import words

from . import region

POST = f"/post/{shorten(region.FLOOD)}"
ROUTES = [
    "/", "/search", "/search?q=flood", "/search?q=flood&kind=news&partner=-costa-norte", "/search?term=medtop:01000000",
    "/search?from=2026-03&to=2026-10&order=oldest", "/search?is=gone", "/search?is=undated", "/search?as_of=2026-10-01",
    POST, f"{POST}/changes", f"{POST}/revision/1", f"{POST}/revision/2", f"/post/{shorten(region.PLANT)}", f"/post/{shorten(region.WELSH)}", f"/post/{shorten(region.UNDATED)}",
    f"/post/{shorten(region.GONE)}", f"/post/{shorten(region.HOSTILE)}", f"/post/{shorten(region.COARSE)}",
    "/event/1", "/event/2", "/event/3", "/calendar?month=2026-11", "/calendar?week=2026-W48", "/calendar?day=2026-11-28",
    "/calendar?month=2026-11&partner=northvale-herald", "/categories", "/category/medtop:01000000", "/category/medtop:20000018",
    "/partners", "/partner/northvale-herald", "/partner/costa-norte", "/coverage", "/coverage?days=365", "/coverage?from=2026-03-01&to=2026-03-31", "/coverage?from=2026-11", "/changes", "/changes?partner=northvale-herald", "/changes?what=gone", "/changes?what=removed",
    "/charts", "/about", "/bot", "/archive", "/archive/posts", "/archive/posts?_search=flood", "/archive/posts/1001", "/archive/events",
    "/archive/coverage", "/archive?sql=select+*+from+posts", "/archive/posts_by_month", "/archive/events_by_day?year=2026", "/archive/events_by_day", "/archive/clashing_events", "/archive/silent_edits",
    "/archive/partners/costa-norte", "/-/versions", "/-/plugins",
]  # fmt: skip


@pytest.mark.parametrize("address", ROUTES)
def test_every_page_answers_within_its_rules(get, address):
    answer = get(address)
    assert answer.status_code == 200, answer.text[:500]
    assert len(answer.content) <= 60_000
    assert '<html lang="en">' in answer.text
    page = html.document_fromstring(answer.content)
    assert {script.get("type") for script in page.iter("script")} <= {"application/ld+json"}
    assert {
        name for element in page.iter() for name in element.attrib if name == "style" or name.startswith("on")
    } == set()
    assert [
        link for link in page.xpath("//@src | //link[@rel='stylesheet']/@href") if not link.startswith("/static/")
    ] == []
    assert "script-src" not in answer.headers["content-security-policy"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/post/zzzzzzzzzzzz", 404),
        ("/post/uuuu", 404),
        ("/event/99", 404),
        ("/category/nothing", 404),
        ("/partner/nobody", 404),
        ("/nowhere", 404),
        (f"/post/{shorten(region.TAKEN)}", 410),
        ("/-/databases.json", 404),
        ("/-/threads.json", 404),
        ("/-/messages", 404),
        ("/-/patterns", 404),
        ("/-/settings", 404),
        ("/-/metadata.json", 404),
        ("/-/actor.json", 404),
        ("/-/allow-debug", 404),
        ("/archive.db", 403),
        ("/archive/posts?_sort=title", 400),
        ("/archive/posts?_sort=nothing", 400),
    ],
)
def test_what_is_not_there_says_so(get, address, status):
    assert get(address).status_code == status


@pytest.mark.parametrize(
    "sql",
    [
        "delete+from+posts",
        "with+x+as+(select+1)+delete+from+posts",
        "pragma+query_only%3Doff",
        pytest.param(
            "select+length(zeroblob(500000000))",
            marks=pytest.mark.skipif(
                not hasattr(sqlite3.Connection, "setlimit"), reason="Python 3.10 cannot bound the length of a value"
            ),
        ),
    ],
)
def test_sql_that_writes_or_swells_is_refused(get, sql):
    answer = get(f"/archive?sql={sql}")
    assert answer.status_code in (400, 200)  # Datasette 1.0 says what was wrong with a query on a page like any other
    assert 'class="notice"' in answer.text
    assert "<tbody>" not in answer.text


def test_a_long_search_is_still_a_small_page(get):
    answer = get("/search", params={"q": "flood OR " * 33})
    assert answer.status_code == 200
    assert len(answer.content) <= 60_000


def test_a_removed_post_keeps_its_notice(get):
    answer = get(f"/post/{shorten(region.TAKEN)}")
    assert "asked by a person named in it" in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize(
    "address", ["/", "/search", "/archive", "/archive/posts", "/archive/posts/1001", "/archive/-/execute-write"]
)
def test_nothing_can_be_written(get, method, address):
    assert get(address, method).status_code == 405


def test_the_connection_itself_cannot_write(server):
    import asyncio
    import sqlite3

    async def write():
        await server.get_database("archive").execute_fn(lambda connection: connection.execute("DELETE FROM posts"))

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        asyncio.run(write())


HOSTILE = [
    "'\"* AND (", 'a"<script>alert(1)</script>', "NEAR(", "NEAR/999999", "-", "-only", "*", '""', "“", "title:", "a AND OR NOT b",
    "\x00\x01", "%", "ÿ" * 200, "a " * 500, "^", "{a b}", "col:x", "; drop table posts", "\ud7ff\ue000x\ue001", "(" * 50, "+1 + 2",
]  # fmt: skip


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("ending", ["", ".json", ".atom", ".csv", ".ics"])
def test_nothing_typed_is_an_error(get, typed, ending):
    answer = get(f"/search{ending}", params={"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text or ending not in ("", ".atom")


@pytest.mark.parametrize(
    "query",
    [
        "after=nonsense", "after=1e999~9", "after=nan~1", "after=99999999999999999999~1", "from=2026-13-45", "to=x", "from=0000", "to=9999-12-31",
        "as_of=9999-12-31", "partner=%00", "order=worst", "is=nothing", "kind=-", "term=" + "x" * 500, "from=2026-05&to=2026-01",
        "&".join(f"partner=p{n}" for n in range(100)), "q=a&q=b", "%ff=%fe",
    ],
)  # fmt: skip
def test_no_parameter_is_an_error(get, query):
    assert get(f"/search?{query}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/search",
        POST,
        "/calendar",
        "/coverage",
        "/changes",
        "/charts",
        "/about",
        "/partners",
        "/categories",
        "/event/1",
    ],
)
def test_an_unknown_parameter_is_named(get, address):
    answer = get(f"{address}?colour=<b>blue")
    assert "colour is not a parameter of this page" in answer.text


@pytest.mark.parametrize(
    "address",
    ["/calendar?month=9999-12", "/calendar?month=0001-01", "/calendar?week=0001-W01", "/calendar?week=9999-W53", "/calendar?day=9999-12-31", "/calendar?day=0001-01-01", "/calendar?month=x", "/calendar.ics?month=9999-12"],
)  # fmt: skip
def test_the_ends_of_the_calendar(get, address):
    assert get(address).status_code == 200


def test_search_finds_and_marks(get):
    text = get("/search?q=“flood defences”").text
    assert "<strong>2 posts</strong>" in text
    assert "<mark>Flood</mark> <mark>defences</mark>" in text or "<mark>Flood defences</mark>" in text


def found(get, query):
    return sorted(post["title"] for post in get(f"/search.json?{query}").json()["posts"])


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ('q="flood defences"', ["Flood defences for the river", "New water plant opens"]),
        ("q=“flood defences”", ["Flood defences for the river", "New water plant opens"]),
        ("q=flood -plant", ["Flood defences for the river"]),
        ("q=concer*&partner=cymru-celf", ["Harvest concert"]),
        ("q=flood NEAR/3 year", ["Flood defences for the river"]),
        ("q=gwyl", ["Gŵyl gerddoriaeth yn y dref"]),
        ("q=title:flood", ["Flood defences for the river"]),
        ("q=byline:brook", ["New water plant opens"]),
        ("q=bus OR bridge", ["About the bridge", "Bus route ends"]),
        ("term=medtop:01000000", ["Gŵyl gerddoriaeth yn y dref", "Harvest concert", "Harvest concert"]),
        ("term=medtop:01000000&term=-medtop:20000018", []),
        ("is=gone", ["Bus route ends"]),
        ("is=undated", ["About the bridge"]),
        ("is=changed", ["Flood defences for the river"]),
        ("is=event&is=-gone", ["Feria de otoño", "Harvest concert"]),
        ("language=cy", ["Gŵyl gerddoriaeth yn y dref"]),
        ("from=2026-03-10&to=2026-03-12", ["Gŵyl gerddoriaeth yn y dref"]),
        ("from=2026-10-06&to=2026-10-31", ["Flood defences for the river"]),
        ("q=flood&to=2026-10-05", ["New water plant opens"]),
        ("as_of=2026-10-01", []),
        ("q=bridge&kind=event", []),
    ],
)
def test_filters(get, query, titles):
    assert found(get, query) == titles


@pytest.mark.parametrize("order", ["newest", "oldest", "best"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=the",
        "q=th*",
        "q=the&kind=news&to=2026-10-05",
        "partner=northvale-herald",
        "from=2026-01&to=2026-12",
        "as_of=2026-11-19",
    ],
)
def test_paging_reaches_everything_once(server, order, query):
    import sqlite3
    from dataclasses import replace
    from urllib.parse import parse_qs

    from scraper.site import filters
    from scraper.site.scan import Cache
    from scraper.site.search import search

    with sqlite3.connect(server.get_database("archive").path) as connection:
        asked = filters.read(parse_qs(f"{query}&order={order}"))
        view = Cache().view(connection)
        whole = search(connection, view, asked, size=100)
        seen, page = [], asked
        while True:
            result = search(connection, view, page, size=2)
            seen += result.posts
            if not result.after:
                break
            page = replace(asked, after=result.after)
    assert seen == whole.posts
    assert len(seen) == whole.total
    if order != "best":
        assert region.UNDATED not in seen[:-1]
    connection.close()


@pytest.mark.parametrize(
    "query", ["q=the", "q=th*", "q=the&kind=news", "q=the&order=oldest", "from=2026-01&to=2026-12"]
)
def test_past_the_most_that_is_counted_everything_is_still_reached(server, monkeypatch, query):
    from dataclasses import replace
    from urllib.parse import parse_qs

    from scraper.site import filters, scan
    from scraper.site import search as searching

    with sqlite3.connect(server.get_database("archive").path) as connection:
        asked = filters.read(parse_qs(query))
        whole = searching.search(connection, scan.Cache().view(connection), asked, size=100)
        monkeypatch.setattr(scan, "EXACT_MOST", 2)
        monkeypatch.setattr(searching, "EXACT_MOST", 2)
        view, seen, page = scan.Cache().view(connection), [], asked
        while page:
            result = searching.search(connection, view, page, size=3)
            seen += result.posts
            page = replace(asked, after=result.after) if result.after else None
        chunks = searching.every_post(connection, view, asked)
        assert sorted(post for chunk in chunks for post in chunk) == sorted(whole.posts)
    connection.close()
    assert sorted(seen) == sorted(whole.posts)
    assert whole.exact
    assert not result.exact
    assert result.order in ("newest", "oldest")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/search?q=" + "(" * 1200, "only the first 300 characters are looked for"),
        ("/search?q=" + "flood+" * 900, "only the first 300 characters are looked for"),
        ("/search?" + "&".join(f"partner=-{'p' * 80}{n}" for n in range(200)), "only the first 24 filters are used"),
        ("/search?" + "&".join(f"term=%E2%82%AC{'%E2%82%AC' * 79}{n}" for n in range(40)), "only the first 24 filters"),
        ("/calendar?partner=" + "p" * 5000, "no partner is called ppp"),
        ("/calendar?month=2026-13", "month=2026-13 is written 2026-11"),
    ],
)
def test_a_page_stays_small_whatever_is_asked(get, address, said):
    answer = get(address)
    assert answer.status_code == 200
    assert said in answer.text
    assert len(answer.content) <= 60_000


def test_an_empty_archive_says_so(tmp_path):
    import asyncio

    from scraper.site.serve import make
    from scraper.store.archive import open_archive

    from .conftest import request

    with open_archive(tmp_path / "archive.db"):
        pass
    server = make(tmp_path / "archive.db")
    app = server.app()

    async def ask():
        addresses = ("/charts", "/calendar", "/", "/search", "/coverage", "/partners")
        return [await request(app, "GET", address) for address in addresses]

    charts, calendar, *others = asyncio.run(ask())
    assert {page.status_code for page in (charts, calendar, *others)} == {200}
    for page in others:
        assert "Nothing is archived yet" in page.text
    assert "no post here that is dated" in charts.text
    assert "No events are known for these days." in calendar.text
    server.get_database("archive").close()
    server.executor.shutdown(wait=True)


@pytest.mark.parametrize("through", ["{}", '{"a":1}', "[]", "1", '{"table":1,"column":[],"value":{}}', "x"])
def test_a_malformed_through_is_the_readers_fault(get, through):
    assert get(f"/archive/posts?_through={through}").status_code == 400


def test_counts_are_those_of_the_other_filters(get):
    answer = get("/search.json?partner=northvale-herald&kind=news").json()
    assert answer["count"] == 4
    assert {row["value"]: row["posts"] for row in answer["facets"]["kind"]} == {"news": 4, "event": 1}
    assert {row["value"]: row["posts"] for row in answer["facets"]["partner"]} == {
        "northvale-herald": 4,
        "costa-norte": 2,
        "cymru-celf": 2,
    }
    assert answer["months"] == {"2026-10": 3}
    assert answer["undated"] == 1


def test_dates_stay_as_coarse_as_they_are(get):
    text = get(f"/post/{shorten(region.WELSH)}").text
    assert "Published March 2026" in text
    assert '<h1 lang="cy">' in text


def test_times_are_in_the_partners_zone(get):
    assert "5 October 2026, 14:05 (Europe/London, UTC+1)" in get(f"/post/{shorten(region.PLANT)}").text
    assert "28 November 2026, 20:30 (America/New_York, UTC-5)" in get("/event/4").text


def test_archived_html_is_made_safe(get):
    text = get(f"/post/{shorten(region.PLANT)}").text
    assert "<h2>Opening</h2>" in text
    assert "alert(1)" not in text
    assert "onclick" not in text
    assert '<a href="https://northvale.example/more" rel="nofollow noreferrer">good</a>' in text
    assert "<em>[A plant]</em>" in text


def test_a_partners_picture_is_loaded_only_when_asked_for(get):
    address = f"/post/{shorten(region.PLANT)}"
    assert 'plant.jpg"' not in get(address).text.replace("<dd>https://northvale.example/plant.jpg</dd>", "")
    assert "img-src 'self';" in get(address).headers["content-security-policy"]
    asked = get(f"{address}?pictures=1")
    assert '<img src="https://northvale.example/plant.jpg"' in asked.text
    assert "img-src 'self' https: http:;" in asked.headers["content-security-policy"]
    assert "x-allow-pictures" not in asked.headers


def test_a_revision_is_shown_and_cited_as_it_was(get):
    first, present = get(f"{POST}/revision/1").text, get(f"{POST}/revision/2").text
    assert "small defences cost £1m" in first and "big defences" not in first
    assert "Flood walls for the river" in first and f"{POST}/changes?from=1&amp;to=2" in first
    assert "big defences cost £2m" in present and "It is the present one" in present
    assert f"https://archive.example{POST}/revision/1, as seen 2026-10-07" in first
    assert f'href="{POST}/revision/2"' in get(POST).text


def test_what_later_revisions_changed_is_taken_back(get, archive_file):
    later = {"byline": {"before": "Ann Then", "after": None}, "published": {"before": "2025-03", "after": "2026"},
             "summary": {"before": "As it was.", "after": None}, "categories": {"before": ["Old"], "after": []}}  # fmt: skip
    with sqlite3.connect(archive_file) as connection:
        (kept,) = connection.execute(
            "SELECT changed FROM revisions WHERE post = ? AND number = 2", [region.FLOOD]
        ).fetchone()
        connection.execute(
            "UPDATE revisions SET changed = ? WHERE post = ? AND number = 2", [json.dumps(later), region.FLOOD]
        )
    cited = get(f"{POST}/revision/1.bib").text
    assert "Ann Then" in cited and "date = {2025-03}" in cited and "As it was." in cited
    assert get(f"{POST}/revision/1.csl.json").json()[0]["title"] == "Flood walls for the river"
    assert "As it was." not in get(f"{POST}/revision/2.bib").text
    with sqlite3.connect(archive_file) as connection:
        connection.execute("UPDATE revisions SET changed = ? WHERE post = ? AND number = 2", [kept, region.FLOOD])


@pytest.mark.parametrize("number", ["0", "3", "9999999", "-1", "x"])
def test_a_revision_that_there_is_not(get, number):
    assert get(f"{POST}/revision/{number}").status_code == 404


def test_the_files_of_a_revision(get):
    assert "small defences cost £1m" in get(f"{POST}/revision/1.txt").text
    assert "N1  - Archived at https://archive.example" in get(f"{POST}/revision/1.ris").text


def test_changes_between_revisions(get):
    text = get(f"{POST}/changes").text
    assert "<del>small</del><ins>big</ins>" in text
    assert "<del>Flood walls for the river</del>" in text


def test_where_the_same_text_stands(get):
    first, copy = (f"/post/{shorten(number)}" for number in (region.EVENT, region.COPY))
    for address, other in ((first, copy), (copy, first)):
        text = get(address).text
        assert text.count("The same text elsewhere") == 1
        assert f'<a href="{other}"' in text.partition('id="same-text"')[2]
    assert "published first" in get(copy).text.partition('id="same-text"')[2]
    assert "This post was published first" in get(first).text
    assert [one["id"] for one in get(f"{copy}.json").json()["same_text"]] == [shorten(region.EVENT)]
    assert "same-text" not in get(f"/post/{shorten(region.FLOOD)}").text
    row = get("/archive/same_text_elsewhere.json?days=100000&_shape=array").json()
    assert [(one["posts"], one["partners"]) for one in row] == [(2, "northvale-herald,cymru-celf")]


def test_a_short_address_however_typed(get):
    answer = get(f"/post/{shorten(region.PLANT).upper()}")
    assert answer.status_code == 301
    assert answer.headers["location"] == f"/post/{shorten(region.PLANT)}"


def test_an_event_says_how_its_dates_are_known_and_no_words_twice(get):
    known = get(f"/event/{shorten(1)}").text.split(words.say("how_we_know"), 1)[1]
    assert "<q>28 November at 7.30pm</q>" in known and "28 November 2026, 19:30" in known
    page = get(f"/event/{shorten(2)}").text
    assert page.count("La feria será en noviembre.") == 1
    assert words.say("claim_above") in page and words.say("claim_hidden") in page


def test_a_term_leads_only_to_terms_that_have_posts_and_shows_no_empty_table(get):
    upper = html.fromstring(get("/category/medtop:01000000").text)
    assert [link.text for link in upper.xpath("//a[starts-with(@href, '/category/')]")] == ["music"]
    assert not upper.xpath("//table[thead/tr/th = 'Reason']") and upper.xpath("//h2[. = 'Latest posts']")
    bare = html.fromstring(get("/category/medtop:06000000").text)
    assert "climate change" in bare.text_content() and not bare.xpath("//a[. = 'climate change']")
    assert bare.xpath("//table[thead/tr/th = 'Reason']/tbody/tr")
    assert not html.fromstring(get("/category/medtop:20000420").text).xpath("//h2[. = 'Latest posts']")


def test_in_a_table_numbers_stand_right_and_names_left(get):
    cells = html.fromstring(get("/archive/date_claims").text).xpath("//table[@class='rows']//td")
    assert {cell.get("class") for cell in cells if "Harvest concert" in cell.text_content()} == {None}
    assert {cell.get("class") for cell in cells if cell.text_content().strip() in ("0.95", "1")} >= {"n"}


def test_coarse_events_are_shown_as_what_they_are(get):
    text = get("/calendar?month=2026-11").text
    assert "Some time in these days" in text
    assert "November 2026" in text
    assert "The source gives no day, only 2026-11" in get("/event/2").text


def test_structured_data_cannot_break_out(get):
    text = get(f"/post/{shorten(region.HOSTILE)}").text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)[1]
    assert json.loads(block)["headline"].startswith("<script>alert(1)</script>")
    assert "<script>alert(1)" not in text


def test_stock_search_really_filters(get):
    answer = get("/archive/posts.json?_search=bridge&_shape=array")
    assert [row["id"] for row in answer.json()] == [region.UNDATED]


def test_robots(get):
    answer = get("/robots.txt")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "Disallow: /archive" in answer.text


def test_home_names_a_failing_partner_and_the_datas_date(get):
    text = get("/").text
    assert "1 partner could not be read" in text
    assert "Data as of 19 November 2026, 06:10 (UTC)" in text


def test_a_head_request_has_no_body(get):
    answer = get("/", "HEAD")
    assert answer.status_code == 200


def test_the_page_about_the_data_shows_what_was_measured(get):
    answer = get("/about")
    assert "publication day, accuracy" in answer.text
    assert "dateless pages given a date" in answer.text


def test_the_page_about_the_data_lists_frozen_editions(get, archive_file):
    assert "Frozen editions" not in get("/about").text
    made = edition.make(archive_file, "2026-11", (), today=date(2026, 11, 21))
    assert made.fingerprint in get("/about").text
    edition.withdraw(made, "for this test")
    assert "Withdrawn: it held" in get("/about").text
    shutil.rmtree(made.path)


def test_the_ledger_of_a_stretch_of_days(get):
    march = get("/coverage?from=2026-03-01&to=2026-03-31").text
    assert "1 to 31 March 2026" in march
    assert "/archive/coverage.csv?day__gte=2026-03-01&amp;day__lte=2026-03-31" in march
    assert "only the last 366 of these days" in get("/coverage?from=2020").text
    assert "in the future, or end before they begin" in get("/coverage?from=2026-03-31&to=2026-03-01").text
    assert "from=soon is not a day" in get("/coverage?from=soon").text
    assert "/coverage?from=2026-03-01&amp;to=2026-03-31" in get("/search?q=zzqqy&from=2026-03&to=2026-03").text


def test_changes_of_one_partner(get):
    assert "Flood defences" in get("/changes?partner=northvale-herald").text
    other = get("/changes?partner=cymru-celf").text
    assert "Flood defences" not in other
    assert "what=gone&amp;partner=cymru-celf" in other
    assert "no partner is called nobody" in get("/changes?partner=nobody").text


def test_an_edit_without_a_date_is_called_silent(get, archive_file):
    assert "silent</span>" in get("/changes").text
    with sqlite3.connect(archive_file) as connection:
        connection.execute("UPDATE posts SET modified_on = '2026-12-01' WHERE id = ?", (region.FLOOD,))
        connection.commit()
        dated = get("/changes").text, get("/archive/silent_edits.json?_shape=array").json()
        connection.execute("UPDATE posts SET modified_on = NULL WHERE id = ?", (region.FLOOD,))
    assert "silent</span>" not in dated[0]
    assert dated[1] == []
    assert [row["post"] for row in get("/archive/silent_edits.json?_shape=array").json()] == [region.FLOOD]


@pytest.mark.parametrize("address", ["/nowhere", "/archive/nothing", "/post/uuuu", "/partner/nobody"])
def test_a_lost_reader_can_search_from_there(get, address):
    page = html.fromstring(get(address).text)
    assert page.findtext(".//h1") == "There is nothing at this address"
    assert page.xpath("//form[@action='/search']")


@pytest.mark.parametrize(
    ("row", "page"),
    [
        (f"posts/{region.FLOOD}", POST),
        ("events/1", "/event/1"),
        ("partners/costa-norte", "/partner/costa-norte"),
    ],
)
def test_a_row_leads_to_its_page(get, row, page):
    addresses = html.fromstring(get(f"/archive/{row}").text).xpath("//a/@href")
    assert page in addresses


def test_codes_are_said_in_words(get):
    post, event = get(f"/post/{shorten(region.PLANT)}").text, get("/event/1").text
    assert "structured data (JSON-LD)" in post
    assert "reader 1, no learned layout" in post
    assert not re.search(r"<dd>\d{4}-\d\d-\d\dT", post + event)
    assert "the first 60 words are shown" in get("/partner/cymru-celf").text


def test_the_rows_of_a_query_lead_to_pages(get):
    addresses = html.fromstring(get("/archive/changed_posts").text).xpath("//table//a/@href")
    assert {POST, "/partner/northvale-herald"} <= set(addresses)
    made_up = get("/archive?sql=select+'<b>x'+as+partner,+-1+as+post,+'a'+as+post").text
    assert "<b>x" not in made_up


def test_removals_say_of_whom(get):
    listed = html.fromstring(get("/changes?what=removed").text)
    taken = f"/post/{shorten(region.TAKEN)}"
    assert listed.xpath("//main//li/a[@href=$address]/text()", address=taken) == ["A post of Northvale Herald"]
    assert "A post of Northvale Herald, taken down" in get(taken).text


def test_a_partner_that_closed_is_still_found(get, archive_file):
    with sqlite3.connect(archive_file) as connection:
        connection.execute("UPDATE partners SET active = 0 WHERE slug = 'costa-norte'")
        connection.commit()
        page = html.fromstring(get("/partners").text)
        connection.execute("UPDATE partners SET active = 1 WHERE slug = 'costa-norte'")
    assert page.xpath("//table//a[contains(@href, 'costa-norte')]") == []
    assert page.xpath("//li[a/@href='/partner/costa-norte']/span/text()") == ["3 posts"]
    assert "No longer crawled" not in get("/partners").text
