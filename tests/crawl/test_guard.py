"""The address guard: every way to write an address that is not public is refused."""

from types import SimpleNamespace

import pytest
from scrapy import Request
from twisted.internet.error import DNSLookupError

from scraper.crawl import guard
from scraper.crawl.refusal import Refusal
from scraper.errors import ConfigError

PUBLIC = ["8.8.8.8", "1.1.1.1", "2606:4700:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
REFUSED = """
127.0.0.1 127.8.9.10 10.0.0.1 172.16.0.1 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 198.18.0.1 192.0.2.1
224.0.0.1 240.0.0.1 255.255.255.255 ::1 :: fe80::1 fe80::1%eth0 fc00::1 fd00::1 ff02::1 2001:db8::1 ::7f00:1
::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 64:ff9b::7f00:1 64:ff9b::10.0.0.1 2002:7f00:1:: 2001:0:4136:e378::
2130706433 0x7f000001 0177.0.0.1 127.1 localhost nonsense
""".split()


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses_pass(address):
    assert guard.is_allowed(address, ())


@pytest.mark.parametrize("address", [*REFUSED, ""])
def test_other_addresses_do_not(address):
    assert not guard.is_allowed(address, ())


def test_the_one_door(monkeypatch):
    monkeypatch.setenv("ARCHIVE_ALLOW", "127.0.1.0/24, fd00::/64")
    assert guard.is_allowed("127.0.1.7")
    assert guard.is_allowed("::ffff:127.0.1.7")
    assert guard.is_allowed("fd00::7")
    assert not guard.is_allowed("127.0.0.1")
    monkeypatch.setenv("ARCHIVE_ALLOW", "everything")
    with pytest.raises(ConfigError, match="ARCHIVE_ALLOW"):
        guard.allowed_networks()


def test_the_resolver_refuses_what_a_name_leads_to(monkeypatch):
    monkeypatch.setenv("ARCHIVE_ALLOW", "127.0.1.0/24")
    refuse = guard.GuardedResolver.refuse_private
    assert refuse(None, "127.0.1.9", "bench.example") == "127.0.1.9"
    with pytest.raises(DNSLookupError, match="not a public address"):
        refuse(None, "127.0.0.1", "rebound.example")


REQUESTS = [
    ("http://partner.example/news", None),
    ("https://www.partner.example/news", None),
    ("http://events.partner.example/x", None),
    ("http://elsewhere.example/", "off-limits"),
    ("http://partner.example.elsewhere.example/", "off-limits"),
    ("http://partner.example@elsewhere.example/", "off-limits"),
    ("http://partner.example:8080/", "off-limits"),
    ("http://127.0.0.1/", "off-limits"),
    ("http://2130706433/", "off-limits"),
    ("http://[::ffff:127.0.0.1]/", "off-limits"),
    ("file:///etc/passwd", "off-limits"),
    ("data:text/html,x", "off-limits"),
    ("ftp://partner.example/x", "off-limits"),
]


@pytest.mark.parametrize(("url", "word"), REQUESTS)
def test_requests_stay_with_the_partner(url, word, monkeypatch):
    monkeypatch.delenv("ARCHIVE_ALLOW")
    partner = SimpleNamespace(home="http://partner.example/", hosts=("events.partner.example",), sources=())
    middleware = guard.GuardMiddleware(SimpleNamespace(partner=partner))
    assert refused(middleware, Request(url)) == word


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://cdn.example/robots.txt", None),
        ("http://10.0.0.1/robots.txt", "off-limits"),
        ("http://[::1]/", "off-limits"),
    ],
)
def test_robots_may_lead_to_another_host_but_not_inside(url, word, monkeypatch):
    monkeypatch.delenv("ARCHIVE_ALLOW")
    partner = SimpleNamespace(home="http://partner.example/", hosts=(), sources=())
    middleware = guard.GuardMiddleware(SimpleNamespace(partner=partner))
    assert refused(middleware, Request(url, meta={"kind": "robots"})) == word


def refused(middleware, request):
    try:
        middleware.process_request(request)
    except Refusal as refusal:
        return refusal.outcome
    return None
