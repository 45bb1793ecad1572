"""The server alone: ports, methods, validators, and nothing but its own content."""

import os
import socket

import pytest

from scraper.cli.serving import up
from scraper.errors import ConfigError
from scraper.sample import SLUGS, PortInUse, SampleRegion, first_port_from

WITH_VALIDATORS = [
    ("sample-lifesci", ""),
    ("sample-lifesci", "feed/"),
    ("sample-lifesci", "people-places/bright-future-for-life-sciences-in-the-midlands/"),
    ("sample-events", "calendar.ics"),
    ("sample-events", "events/trentside-jobs-fair/"),
    ("sample-council", "news/council-tax-set"),
    ("sample-council", "news/emergency-numbers"),
]
WITHOUT_VALIDATORS = [
    ("sample-engine", "feed/"),
    ("sample-engine", "news-events/gravel-goes-back-to-the-canal/"),
    ("sample-council", "news"),
    ("sample-council", "news?page=2"),
    ("sample-chamber", "atom.xml"),
    ("sample-chamber", "news/offer-for-members-only/"),
]


def test_every_site_has_a_port_of_its_own(region, ask):
    assert list(region.addresses) == list(SLUGS)
    assert len(set(region.addresses.values())) == 5
    assert all(ask(address).status == 200 for address in region.addresses.values())


@pytest.mark.parametrize(("slug", "path"), WITH_VALIDATORS)
def test_unchanged_pages_answer_304(region, slug, path, ask):
    url = region.addresses[slug] + path
    first = ask(url)
    tag, changed = first.headers["ETag"], first.headers["Last-Modified"]
    assert first.status == 200
    for unchanged in (
        ask(url, If_None_Match=tag),
        ask(url, If_None_Match=f'"other", W/{tag}'),
        ask(url, If_Modified_Since=changed),
        ask(url, If_None_Match=tag, If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT"),
    ):
        assert (unchanged.status, unchanged.body, unchanged.headers["ETag"]) == (304, b"", tag)


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": '"other"'},
        {"If_None_Match": '"other"', "If_Modified_Since": "Fri, 31 Dec 2027 00:00:00 GMT"},
        {"If_Modified_Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
        {"If_Modified_Since": "Fri, 99 Dec 99999 00:00:00 GMT"},
    ],
)
def test_changed_pages_answer_in_full(region, headers, ask):
    assert ask(region.addresses["sample-events"] + "sitemap.xml", **headers).status == 200


@pytest.mark.parametrize(("slug", "path"), WITHOUT_VALIDATORS)
def test_some_sites_send_no_validators(region, slug, path, ask):
    answer = ask(region.addresses[slug] + path, If_None_Match="*", If_Modified_Since="Fri, 31 Dec 2027 00:00:00 GMT")
    assert (answer.status, answer.headers["ETag"], answer.headers["Last-Modified"]) == (200, None, None)


def test_head_has_the_headers_of_get_and_no_body(region, ask):
    url = region.addresses["sample-events"] + "calendar.ics"
    head, get = ask(url, "HEAD"), ask(url)
    assert (head.status, head.body) == (200, b"")
    for name in ("Content-Length", "Content-Type", "ETag", "Last-Modified"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("news", 200),
        ("news?utm_source=letter", 200),
        ("news?page=3", 200),
        ("news?utm_source=letter&page=3", 200),
        ("news/council-tax-set?page=9", 200),
        ("news?page=4", 404),
        ("news?page=../../../etc/passwd", 404),
        ("../../etc/passwd", 404),
        ("%2e%2e/%2e%2e/etc/passwd", 404),
        ("news/%00", 404),
        ("news/" + "a" * 5000, 404),
        ("//[", 404),
        ("no/such/page", 404),
        ("sitemap.xml", 404),
        ("feed/", 404),
        ("search?q=council+tax", 200),
        ("about", 301),
        ("%61bout/", 200),
    ],
)
def test_only_its_own_content_is_served(region, target, status, ask):
    assert ask(region.addresses["sample-council"] + target).status == status


def test_only_get_and_head_are_answered(region, ask):
    assert ask(region.addresses["sample-council"] + "news", "POST").status == 501


@pytest.mark.parametrize(
    ("slug", "path", "content_type"),
    [
        ("sample-engine", "", "text/html; charset=utf-8"),
        ("sample-engine", "feed/", "application/rss+xml; charset=UTF-8"),
        ("sample-engine", "sitemap.xml", "application/xml; charset=utf-8"),
        ("sample-engine", "robots.txt", "text/plain; charset=utf-8"),
        ("sample-engine", "wp-content/uploads/2021/02/face-shield.png", "image/png"),
        ("sample-events", "calendar.ics", "text/calendar; charset=utf-8"),
        ("sample-chamber", "atom.xml", "application/atom+xml; charset=utf-8"),
        ("sample-chamber", "feed.json", "application/feed+json; charset=utf-8"),
        ("sample-council", "no-such-page", "text/html; charset=utf-8"),
    ],
)
def test_content_types(region, slug, path, content_type, ask):
    assert ask(region.addresses[slug] + path).headers["Content-Type"] == content_type


def test_pictures_are_pictures(region, ask):
    picture = ask(region.addresses["sample-engine"] + "wp-content/uploads/2021/02/face-shield.png").body
    assert picture.startswith(b"\x89PNG\r\n\x1a\n") and len(picture) < 5000


def test_what_was_asked_is_remembered(region, ask):
    ask(region.addresses["sample-events"] + "news/?x=1", User_Agent="a-reader/1.0")
    asked = region.asked[-1]
    assert (asked.slug, asked.method, asked.target, asked.status) == ("sample-events", "GET", "/news/?x=1", 200)
    assert asked.user_agent == "a-reader/1.0"


def test_a_port_in_use_is_named_and_the_others_are_let_go():
    with SampleRegion(first_port=0) as other:
        taken = int(other.addresses["sample-chamber"].rsplit(":", 1)[1].rstrip("/"))
        with pytest.raises(PortInUse, match=f"^port {taken} on 127.0.0.1 is in use") as caught, SampleRegion(taken):
            pass
    assert caught.value.port == taken
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", taken))


def test_the_region_can_be_left_while_a_connection_is_kept_alive():
    with SampleRegion(first_port=0) as served, socket.create_connection(_host(served), timeout=5) as kept:
        kept.sendall(b"HEAD / HTTP/1.1\r\nHost: sample\r\n\r\n")
        assert kept.recv(65536).startswith(b"HTTP/1.1 200")
        served.__exit__(None, None, None)
        assert kept.recv(1) == b""


def test_a_client_that_hangs_up_leaves_no_word_on_the_terminal(capfd, ask):
    with SampleRegion(first_port=0) as served:
        for request in (b"", b"GET / HT", b"GET / HTTP/1.1\r\n", b"\xff\xfe\r\n\r\n", b"GET /feed/ HTTP/1.1\r\n\r\n"):
            with socket.create_connection(_host(served), timeout=5) as client:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
                client.sendall(request)
        assert ask(served.addresses["sample-engine"]).status == 200
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("environment", "port"),
    [({}, 8011), ({"SAMPLE_PORT": ""}, 8011), ({"SAMPLE_PORT": "9000"}, 9000), ({"SAMPLE_PORT": "65531"}, 65531)],
)
def test_first_port_comes_from_the_environment(environment, port):
    assert first_port_from(environment) == port


@pytest.mark.parametrize("written", ["0", "65532", "-1", "80 11", "eight", "１２", "9" * 5000])
def test_a_first_port_that_is_none_is_refused(written):
    with pytest.raises(ValueError, match="SAMPLE_PORT must be a whole number from 1 to 65531"):
        first_port_from({"SAMPLE_PORT": written})


def test_an_edition_that_was_never_written_is_refused():
    with pytest.raises(ValueError, match="editions 1 to 2, not 3"), SampleRegion(first_port=0, edition=3):
        pass


def _host(region: SampleRegion) -> tuple[str, int]:
    host, port = region.addresses["sample-engine"].removeprefix("http://").rstrip("/").split(":")
    return host, int(port)


def test_the_archive_is_not_served_at_a_port_of_the_region(tmp_path, monkeypatch):
    first = 20_000 + os.getpid() % 10_000  # five ports in a row below those that connections are given
    monkeypatch.setenv("SAMPLE_PORT", str(first))
    monkeypatch.setenv("ARCHIVE_ALLOW", "")
    with pytest.raises(ConfigError, match="cannot be used"):
        up.callback(db=tmp_path / "archive.db", host="127.0.0.1", port=first + 1, no_serve=False)
    assert not (tmp_path / "archive.db").exists()
