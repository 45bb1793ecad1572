"""Manners: Retry-After in every form, the pace of a host, and holds that outlast the run."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import ResponseDataLossError
from scrapy.http import Response

from scraper.crawl.politeness import PolitenessMiddleware, retry_after
from scraper.crawl.visit import HostMemory, VisitContext
from scraper.store.archive import instant, now, open_archive

DAY = 24 * 3600


def http_date(seconds: float) -> str:
    return format_datetime(datetime.now(timezone.utc) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize(
    ("value", "least", "most"),
    [
        ("3", 3, 3),
        ("0", 1, 1),
        ("120", 120, 120),
        ("999999999999999999999", 7 * DAY, 7 * DAY),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 1, 1),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 7 * DAY, 7 * DAY),
    ],
)
def test_retry_after(value, least, most):
    found = retry_after(Response("http://h/", status=503, headers={"Retry-After": value}))
    assert found is not None
    assert least <= found.total_seconds() <= most


@pytest.mark.parametrize(("ahead", "least", "most"), [(90, 88, 92), (0.5, 1, 2), (-90, 1, 1)])
def test_retry_after_as_a_date(ahead, least, most):
    found = retry_after(Response("http://h/", status=503, headers={"Retry-After": http_date(ahead)}))
    assert found is not None
    assert least <= found.total_seconds() <= most


@pytest.mark.parametrize("value", ["", "soon", "-5", "1.5", "Thu, 99 Foo 2026", b"\xb2", "1e3", "99 Jan 99999999999 1"])
def test_no_retry_after(value):
    assert retry_after(Response("http://h/", status=503, headers={"Retry-After": value})) is None


@pytest.fixture
def memory(tmp_path):
    with open_archive(tmp_path / "archive.db") as archive:
        yield HostMemory(VisitContext(archive=archive, partner=SimpleNamespace(slug="p", delay=2.0), crawl=None))


def crawler_of(memory, **parts):
    visit = SimpleNamespace(hosts=memory, partner=memory.context.partner)
    return SimpleNamespace(spider=SimpleNamespace(visit=visit), **parts)


@pytest.fixture
def manners(memory):
    return PolitenessMiddleware(crawler_of(memory))


def test_a_delay_is_the_greatest_of_what_anyone_asks_for(manners, memory):
    assert manners.delay_of("partner.example") == 2.0
    memory.latencies["partner.example"] = 5.0
    assert manners.delay_of("partner.example") == 5.0
    memory.crawl_delays["partner.example"] = 9.0
    assert manners.delay_of("partner.example") == 9.0
    memory.crawl_delays["partner.example"] = 1e9
    assert manners.delay_of("partner.example") == 300.0


def test_under_a_second_only_inside_the_open_door(manners, memory):
    memory.context.partner.delay = 0.1
    assert manners.delay_of("partner.example") == 1.0
    assert manners.delay_of("93.184.216.34:8080") == 1.0
    assert manners.delay_of("127.0.0.1:8080") == 0.1


def test_a_hold_outlasts_the_run_and_only_grows(memory):
    memory.hold("partner.example", 600)
    memory.hold("partner.example", 5)
    again = HostMemory(replace(memory.context, partner=SimpleNamespace(slug="another-partner")))
    assert 590 < again.hold_of("partner.example") <= 601
    assert again.hold_of("other.example") == 0


def test_a_hold_from_a_clock_that_ran_ahead_is_none(memory):
    with memory.archive.transaction() as connection:
        connection.execute(
            "INSERT INTO hosts (host, not_before) VALUES ('h', ?)", [instant(now() + timedelta(days=400))]
        )
    assert memory.hold_of("h") == 0
    memory.hold("h", 600)
    assert 590 < memory.hold_of("h") <= 601


def test_a_host_that_names_no_time_is_asked_ever_more_slowly(manners, memory):
    waits = [manners.back_off("partner.example") for _ in range(4)]
    assert waits == [2.0, 4.0, 8.0, 16.0]
    assert manners.delay_of("partner.example") > 2.0


def test_the_delay_is_kept_after_the_last_answer_too(memory):

    slept = []
    moment = [100.0]

    async def sleep(seconds):
        slept.append(seconds)

    slots = SimpleNamespace(slots={}, per_slot_settings={})
    crawler = crawler_of(memory, engine=SimpleNamespace(downloader=slots))
    manners = PolitenessMiddleware(crawler, sleep, lambda: moment[0])
    request = Request("http://partner.example/a", meta={"download_latency": 0.1})
    asyncio.run(manners.process_request(request))
    assert slept == []
    asyncio.run(manners.process_response(request, Response(request.url)))
    moment[0] += 0.5
    asyncio.run(manners.process_request(request))
    assert slept == [1.5]
    assert slots.per_slot_settings["partner.example"]["concurrency"] == 1


def test_an_answer_that_names_a_time_is_asked_again_or_left(memory):

    manners = PolitenessMiddleware(crawler_of(memory))
    request = Request("http://partner.example/a")

    def answer(status, **headers):
        response = Response(request.url, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})
        return asyncio.run(manners.process_response(request, response))

    assert isinstance(answer(503, Retry_After="2"), Request)
    assert memory.hold_of("partner.example") > 0
    assert isinstance(answer(429), Request)
    assert answer(503).status == 503  # names no time: the page waits for the next run
    assert answer(503, Retry_After="3600").status == 503
    assert memory.hold_of("partner.example") > 3000


def test_a_redirect_that_names_a_time_holds_the_host(memory):

    manners = PolitenessMiddleware(crawler_of(memory))
    request = Request("http://partner.example/a")
    asyncio.run(manners.process_response(request, Response(request.url, status=302, headers={"Retry-After": "90"})))
    assert memory.hold_of("partner.example") > 80


def test_a_host_that_went_silent_is_left_alone(manners, memory):
    request = Request("http://partner.example/a")
    for _ in range(7):
        manners.process_exception(request, OSError("no answer"))
    manners.process_exception(Request(request.url, meta={"retry_times": 1}), OSError("no answer"))
    manners.process_exception(request, ResponseDataLossError())
    assert memory.hold_of("partner.example") == 0
    manners.process_exception(request, OSError("no answer"))
    assert memory.hold_of("partner.example") > 800


def test_a_host_of_errors_only_is_left_alone(manners, memory):
    request = Request("http://partner.example/a")

    def answer(status, **meta):
        asked = request.replace(meta=meta)
        asyncio.run(manners.process_response(asked, Response(request.url, status=status, request=asked)))

    for status in [500, 502] * 9 + [404] + [500] * 19:
        answer(status)
    answer(500, retry_times=1)
    assert memory.hold_of("partner.example") == 0
    answer(500)
    assert memory.hold_of("partner.example") > 800
