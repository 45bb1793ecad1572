"""robots.txt by RFC 9309: what an answer means, and what its rules allow."""

import gzip

import pytest
from scrapy.http import Response

from scraper.crawl import robots

ANSWERS = [  # status, headers, body → the rules; None: closed, '': no rules
    (200, {}, b"User-agent: *\nDisallow: /a\n", "User-agent: *\nDisallow: /a\n"),
    (204, {}, b"", ""),
    (404, {}, b"User-agent: *\nDisallow: /\n", ""),
    (403, {}, b"User-agent: *\nDisallow: /\n", ""),
    (401, {}, b"", ""),
    (410, {}, b"", ""),
    (429, {}, b"", None),
    (500, {}, b"User-agent: *\nDisallow:\n", None),
    (503, {}, b"", None),
    (599, {}, b"", None),
    (302, {}, b"", None),
    (200, {}, b"<!DOCTYPE html><html><body>Disallow: /</body></html>", ""),
    (200, {}, b"\xef\xbb\xbf<html>Oops</html>", ""),
    (200, {}, "User-agent: *\r\nDisallow: /b\r\n".encode("utf-16"), "User-agent: *\r\nDisallow: /b\r\n"),
    (200, {"Content-Encoding": "gzip"}, b"User-agent: *\nDisallow: /b\n", "User-agent: *\nDisallow: /b\n"),
    (200, {}, gzip.compress(b"User-agent: *\nDisallow: /c\n"), "User-agent: *\nDisallow: /c\n"),
    (200, {"Content-Encoding": "nonsense"}, b"\0\1\2\3", None),
    (200, {}, b"\xff\xfe\xff rubbish \xf0", "\ufffd\ufffd\ufffd rubbish \ufffd"),
]


@pytest.mark.parametrize(("status", "headers", "body", "rules"), ANSWERS)
def test_what_an_answer_means(status, headers, body, rules):
    assert robots.rules_of(Response("http://h/robots.txt", status=status, headers=headers, body=body)) == rules


RULES = [  # robots.txt, path, may we
    ("User-agent: *\nDisallow: /private/\n", "/private/x", False),
    ("User-agent: *\nDisallow: /private/\n", "/privat", True),
    ("USER-AGENT: *\r\nDISALLOW: /private/ # why\r\n", "/private/x", False),
    ("\ufeffUser-agent: *\nDisallow: /\n", "/x", False),
    ("# nothing\n", "/x", True),
    ("", "/x", True),
    ("User-agent: *\nDisallow:\n", "/x", True),
    ("Disallow: /\n", "/x", True),  # a rule before any group is no rule
    # the longest match wins, Allow on a tie (2.2.2)
    ("User-agent: *\nDisallow: /news/secret-\nAllow: /news/secret-but-ok\n", "/news/secret-b", False),
    ("User-agent: *\nDisallow: /news/secret-\nAllow: /news/secret-but-ok\n", "/news/secret-but-ok-c", True),
    ("User-agent: *\nDisallow: /page\nAllow: /page\n", "/page", True),
    ("User-agent: *\nAllow: /\nDisallow: /x\n", "/x", False),
    # * and $ (2.2.3)
    ("User-agent: *\nDisallow: /*.pdf$\n", "/a/report.pdf", False),
    ("User-agent: *\nDisallow: /*.pdf$\n", "/a/report.pdf?x=1", True),
    ("User-agent: *\nDisallow: /*?sid=\n", "/a?sid=1", False),
    # percent-encoding is compared decoded
    ("User-agent: *\nDisallow: /caf%C3%A9/\n", "/caf%C3%A9/d", False),
    ("User-agent: *\nDisallow: /café/\n", "/caf%C3%A9/d", False),
    ("User-agent: *\nDisallow: /caf%c3%a9/\n", "/caf%C3%A9/d", False),
    # groups (2.2.1): ours beats the star, ours are merged, case does not matter
    ("User-agent: *\nDisallow: /\n\nUser-agent: RegionalArchive\nDisallow: /no\n", "/yes", True),
    ("User-agent: *\nDisallow: /\n\nUser-agent: RegionalArchive\nDisallow: /no\n", "/no", False),
    ("User-agent: regionalarchive\nDisallow: /a\n\nUser-agent: regionalarchive\nDisallow: /b\n", "/a", False),
    ("User-agent: regionalarchive\nDisallow: /a\n\nUser-agent: regionalarchive\nDisallow: /b\n", "/b", False),
    ("User-agent: x\nUser-agent: regionalarchive\nDisallow: /a\n", "/a", False),
    ("User-agent: regionalarchive/2.0\nDisallow: /a\n", "/a", False),
    ("User-agent: otherbot\nDisallow: /\n", "/a", True),
    # a name that only begins like ours, or goes on after it, is another robot's
    ("User-agent: regional\nDisallow: /\n", "/a", True),
    ("User-agent: r\nDisallow: /\n", "/a", True),
    ("User-agent: regionalarchive-images\nDisallow: /\n", "/a", True),
    ("User-agent: *\nDisallow: /a\n\nUser-agent: regional\nDisallow: /b\n", "/a", False),
    ("User-agent: *\nDisallow: /" + "*a" * 60 + "b\n", "/" + "a" * 900, True),  # no time for backtracking
]


@pytest.mark.parametrize(("text", "path", "allowed"), RULES)
def test_what_rules_allow(text, path, allowed):
    assert robots.parse(text).can_fetch(f"http://example.org{path}", robots.ROBOTS_TOKEN) is allowed


@pytest.mark.parametrize(
    ("value", "delay"),
    [("1", 1.0), ("2.5", 2.5), ("x", None), ("nan", None), ("1e400", None), ("-1", None), ("", None)],
)
def test_crawl_delay(value, delay):
    found = robots.parse(f"User-agent: *\nCrawl-delay: {value}\n").crawl_delay(robots.ROBOTS_TOKEN)
    assert found == delay


def test_half_a_line_at_the_cap_is_no_rule():
    line = b"Disallow: /private-and-nothing-else\n"
    body = b"User-agent: *\n" + line * (robots.ROBOTS_BYTES // len(line) + 9)
    read = robots.first_lines(body)
    assert robots.ROBOTS_BYTES - len(line) <= len(read) <= robots.ROBOTS_BYTES
    assert set(read.split(b"\n")[1:]) == {line.strip()}
