"""The REST API of WordPress: both forms of address, types, the three walks and what they remember."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from scraper.discover import entry_url
from scraper.errors import PageError
from scraper.models import Source

from .readers import HOME, paths, read

PRETTY, PLAIN = "wp-json/", "?rest_route=/"


def posts_of(root: str) -> str:
    return f"{root}wp/v2/posts"


def asked(url: str) -> dict[str, str]:
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}


def row(number: int, modified: str = "2026-03-01T10:00:00", **more: object) -> dict[str, object]:
    return {"id": number, "link": f"{HOME}post-{number}/", "modified_gmt": modified, **more}


@pytest.mark.parametrize("root", [PRETTY, PLAIN, "index.php?rest_route=/", "blog/wp-json/"])
def test_addresses_keep_the_form_of_the_site(root: str):
    types = entry_url(Source(kind="wordpress", url=HOME + root), {})
    assert types == f"{HOME}{root}wp/v2/types"
    full = entry_url(Source(kind="wordpress", url=HOME + posts_of(root)), {})
    slim = entry_url(Source(kind="wordpress", url=HOME + posts_of(root)), {"since": "2026-03-01T10:00:00"})
    assert full.count("?") == slim.count("?") == 1
    assert asked(full)["_embed"] and asked(full)["per_page"] == "50"
    assert (asked(slim)["orderby"], asked(slim)["order"], asked(slim)["_fields"]) == (
        "modified",
        "desc",
        "id,link,modified_gmt",
    )


def test_types():
    types = {
        "post": {"rest_base": "posts", "viewable": True},
        "page": {"rest_base": "pages"},
        "attachment": {"rest_base": "media"},
        "nav_menu_item": {"rest_base": "menu-items"},
        "wp_block": {"rest_base": "blocks"},
        "event": {"rest_base": "event"},
        "press_release": {"rest_base": "press-releases"},
        "secret": {"rest_base": "secret", "viewable": False},
        "product": {"rest_base": "product"},
        "team_member": {"rest_base": "team"},
        "tribe_venue": {"rest_base": "tribe_venue"},
        "tribe_events": {"rest_base": "tribe_events"},
        "odd": {"rest_base": "../../users"},
        "other_api": {"rest_base": "things", "rest_namespace": "shop/v1"},
        "broken": 7,
    }
    found = read("wordpress", json.dumps(types), f"{PRETTY}wp/v2/types", source=PRETTY)
    assert [source.url.removeprefix(f"{HOME}wp-json/") for source in found.children] == [
        "wp/v2/posts",
        "wp/v2/event",
        "wp/v2/press-releases",
        "wp/v2/tribe_events",
        "tribe/events/v1/events",
    ]


@pytest.mark.parametrize("root", [PRETTY, PLAIN])
def test_first_walk_reads_everything(root: str):
    source = posts_of(root)
    join = "?" if root == PRETTY else "&"
    entries = [
        row(
            1,
            "2026-03-02T08:00:00",
            status="publish",
            date="2026-03-01T11:00:00",
            date_gmt="2026-03-01T10:00:00",
            title={"rendered": "Oaks &#038; <i>ashes</i>"},
            excerpt={"rendered": "<p>Two hundred.</p>\n"},
            content={"rendered": "<p>Text</p>", "protected": False},
            _embedded={
                "wp:term": [[{"taxonomy": "category", "name": "News"}], [{"taxonomy": "post_tag", "name": "oak"}]],
                "author": [{"name": "Ada Quay"}],
            },
        ),
        row(2, status="draft"),
        row(3, content={"rendered": "", "protected": True}),
        {"id": 4},
        "nonsense",
    ]
    found = read(
        "wordpress",
        json.dumps(entries),
        f"{source}{join}per_page=50&page=1&_embed=wp:term",
        source=source,
        headers={"x-wp-total": "70", "x-wp-totalpages": "2"},
    )
    assert paths(found) == ["post-1/"]
    claims = found.candidates[0].claims
    assert (claims.title, claims.summary, claims.content) == ("Oaks & ashes", "Two hundred.", "<p>Text</p>")
    assert (claims.published, claims.modified) == ("2026-03-01T10:00:00Z", "2026-03-02T08:00:00Z")
    assert (claims.categories, claims.tags, claims.authors) == (("News",), ("oak",), ("Ada Quay",))
    assert [asked(url)["page"] for url in found.next_urls] == ["2"]
    assert dict(found.memory) == {"since": "2026-03-02T08:00:00", "total": "70"}
    assert found.whole


@pytest.mark.parametrize(
    ("gmt", "local", "expected"),
    [
        ("2026-03-01T10:00:00", "2026-03-01T11:00:00", "2026-03-01T10:00:00Z"),
        ("0000-00-00T00:00:00", "2026-03-01T11:00:00", "2026-03-01T11:00:00"),
        (None, None, None),
        (7, [], None),
    ],
)
def test_instants(gmt: object, local: object, expected: str | None):
    body = json.dumps([row(1, date_gmt=gmt, date=local)])
    found = read("wordpress", body, f"{posts_of(PRETTY)}?_embed=wp:term&page=1", source=posts_of(PRETTY))
    assert found.candidates[0].claims.published == expected


def slim(entries: list[object], total: str, memory: dict[str, str], page: int = 1):
    return read(
        "wordpress",
        json.dumps(entries),
        f"{posts_of(PRETTY)}?per_page=100&page={page}&orderby=modified&_fields=id,link,modified_gmt",
        source=posts_of(PRETTY),
        memory=memory,
        headers={"x-wp-total": total, "x-wp-totalpages": "2"},
    )


MEMORY = {"since": "2026-03-01T10:00:00", "total": "150"}


def test_slim_walk_of_an_unchanged_site_ends_at_once():
    found = slim([row(1)], "150", MEMORY)
    assert (found.unchanged, found.next_urls, found.candidates, dict(found.memory)) == (True, (), (), MEMORY)


def test_slim_walk_after_an_edit_asks_for_what_changed():
    found = slim([row(1, "2026-03-05T10:00:00"), row(2)], "150", MEMORY)
    assert [asked(url).get("modified_after") for url in found.next_urls] == [None, "2026-03-01T10:00:00Z"]
    assert found.candidates[0].claims.lastmod == "2026-03-05T10:00:00Z"
    assert dict(found.memory) == {"since": "2026-03-05T10:00:00", "total": "150"}


def test_slim_walk_after_a_deletion_lists_everything_and_asks_for_nothing():
    found = slim([row(1)], "149", MEMORY)
    assert [asked(url).get("modified_after") for url in found.next_urls] == [None]
    assert (found.whole, found.unchanged, found.memory["total"]) == (True, False, "149")


def test_walk_of_changes_takes_nothing_from_the_list_before_it():
    found = read(
        "wordpress",
        json.dumps([row(1, "2026-03-05T10:00:00")]),
        f"{posts_of(PRETTY)}?_embed=wp:term&page=1&modified_after=2026-03-01T10:00:00Z",
        source=posts_of(PRETTY),
        memory=MEMORY,
        headers={"x-wp-total": "1", "x-wp-totalpages": "1"},
    )
    assert (found.whole, found.memory["total"], paths(found)) == (True, "150", ["post-1/"])


@pytest.mark.parametrize(
    "body",
    [
        "<!doctype html><html></html>",
        '{"code": "rest_no_route", "message": "No route"}',
        '{"code": "rest_forbidden"}',
        "[]",
        '"words"',
        "3",
        "{}",
        '{"post": null}',
        "[" * 20_000,
        "",
    ],
)
def test_what_is_no_wordpress(body: str):
    with pytest.raises(PageError) as caught:
        read("wordpress", body, f"{PRETTY}wp/v2/types", source=PRETTY)
    assert caught.value.reason == "not-wordpress"


@pytest.mark.parametrize(
    "before",
    ["<br />\n<b>Notice</b>: Undefined index [x] in <b>/srv/{a}.php</b> on line <b>3</b><br />\n", "\ufeff", " \n"],
)
def test_warnings_around_the_answer_cost_nothing(before: str):
    body = f'{before}[{{"link": "{HOME}a/"}}]\n<!-- cached -->'
    assert paths(read("wordpress", body, f"{posts_of(PRETTY)}?_embed=wp:term", source=posts_of(PRETTY))) == ["a/"]


@pytest.mark.parametrize("value", [None, 7, [], {}, "words", [[1]], {"rendered": {"rendered": 1}}])
def test_values_of_any_kind_cost_no_post(value: object):
    keys = ["title", "excerpt", "content", "date", "date_gmt", "_embedded", "id"]
    body = json.dumps([{**dict.fromkeys(keys, value), "link": f"{HOME}a/"}, {"link": value}])
    found = read("wordpress", body, f"{posts_of(PRETTY)}?_embed=wp:term&page=1", source=posts_of(PRETTY))
    assert paths(found)[0] == "a/"


def tribe(**more: object) -> dict[str, object]:
    return {
        "id": 1,
        "url": f"{HOME}event/open-day/",
        "title": "Open day &amp; regatta",
        "start_date": "2026-07-04 10:00:00",
        "end_date": "2026-07-04 16:00:00",
        "timezone": "Europe/London",
        "venue": {"venue": "The Boathouse", "address": "1 Quay Street", "city": "Harbourmouth"},
        "organizer": [{"organizer": "Harbour Trust"}],
        **more,
    }


def read_events(*entries: object, pages: object = 1):
    source = "wp-json/tribe/events/v1/events"
    body = json.dumps({"events": list(entries), "total_pages": pages})
    return read("wordpress", body, f"{source}?per_page=50&page=1", source=source)


def test_events_calendar():
    found = read_events(tribe(), pages=2)
    event = found.candidates[0].claims.events[0]
    assert (event.title, event.when_edtf) == ("Open day & regatta", "2026-07-04T10:00/2026-07-04T16:00")
    assert event.starts_at.isoformat() == "2026-07-04T09:00:00+00:00"
    assert (event.timezone, event.venue, event.organiser) == ("Europe/London", "The Boathouse", "Harbour Trust")
    assert event.address == "1 Quay Street, Harbourmouth"
    assert [asked(url)["page"] for url in found.next_urls] == ["2"]


@pytest.mark.parametrize(
    ("more", "edtf", "zone"),
    [
        ({"all_day": True}, "2026-07-04", "Europe/London"),
        ({"all_day": True, "end_date": "2026-07-06 23:59:59"}, "2026-07-04/2026-07-06", "Europe/London"),
        ({"timezone": "UTC+1"}, "2026-07-04T10:00/2026-07-04T16:00", "Europe/London"),
        ({"timezone": "America/New_York"}, "2026-07-04T10:00/2026-07-04T16:00", "America/New_York"),
        ({"timezone": "../../etc/passwd"}, "2026-07-04T10:00/2026-07-04T16:00", "Europe/London"),
        ({"end_date": "2026-07-01 10:00:00"}, "2026-07-04T10:00", "Europe/London"),
        ({"venue": [], "organizer": None, "end_date": None}, "2026-07-04T10:00", "Europe/London"),
    ],
)
def test_times_of_the_events_calendar(more: dict[str, object], edtf: str, zone: str):
    event = read_events(tribe(**more)).candidates[0].claims.events[0]
    assert (event.when_edtf, event.timezone) == (edtf, zone)


def test_a_broken_event_costs_itself():
    found = read_events(tribe(start_date="soon"), tribe(url=None), 7, tribe())
    assert paths(found) == ["event/open-day/"]
    assert len(found.faults) == 1
