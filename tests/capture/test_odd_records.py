"""A record that is no answer, or cannot be read as one, hides none of those after it."""

import gzip
from collections import Counter

import pytest

from scraper.capture import records
from scraper.capture.rewriting import Change, is_touched, rewrite

PAGE = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Words</p>"
AT = "2026-03-04T09:30:00Z"


def record(url, block=PAGE, *, at=AT, length=None, kind="response"):
    fields = [f"WARC-Type: {kind}", "WARC-Record-ID: <urn:uuid:1>"]
    fields += [f"WARC-Target-URI: {url}"] if url else []
    fields += [f"WARC-Date: {at}"] if at else []
    size = len(block) if length is None else length
    return "\r\n".join(["WARC/1.0", *fields, f"Content-Length: {size}", "", block, "", ""]).encode()


# what stands between two pages, and what is said of it
ODD = [
    (record("dns:h", "20260304093000\nh. 1 IN A 192.0.2.1\n"), "no answer over HTTP"),  # as Heritrix writes them
    (record("whois:h", "words"), "no answer over HTTP"),
    (record(None), "no answer over HTTP"),
    (record("http://h/odd", ""), "no answer over HTTP"),
    (record("http://h/odd", "\r\n\r\n"), "without a status"),
    (record("http://h/odd", PAGE.replace("200", "OK 200")), "without a status"),
    (record("http://h/odd", PAGE.replace("200", "²00")), "without a status"),
    (record("http://h/odd", PAGE.replace("200", "9" * 5000)), "without a status"),
    (record("http://h/odd", at=None), "without a date"),
    (record("http://h/odd", at="yesterday"), "without a date"),
]


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["packed", "plain"])
@pytest.mark.parametrize(("odd", "why"), ODD)
def test_an_odd_record_is_counted_and_those_after_it_are_read(tmp_path, odd, why, pack):
    path = tmp_path / "20260304T093000Z-1.warc"
    path.write_bytes(b"".join(map(pack, (record("http://h/1"), odd, record("http://h/2"), record("http://h/3")))))
    counted = Counter()
    assert [one.capture.url for one in records(path, counted)] == ["http://h/1", "http://h/2", "http://h/3"]
    assert counted == {why: 1}


def test_a_record_of_another_type_is_not_odd(tmp_path):
    path = tmp_path / "1.warc"
    path.write_bytes(record("urn:x", "words", kind="resource") + record("http://h/1"))
    counted = Counter()
    assert [one.capture.url for one in records(path, counted)] == ["http://h/1"]
    assert not counted


@pytest.mark.parametrize("at", ["2026-03-04T09:30:00.123456789Z", "2026-03-04T09:30:00", "2026-03-04T10:30:00+01:00"])
def test_an_instant_as_others_write_it(tmp_path, at):
    path = tmp_path / "1.warc"
    path.write_bytes(record("http://h/1", at=at))
    assert [one.capture.fetched_at.isoformat() for one in records(path)] == ["2026-03-04T09:30:00+00:00"]


def test_a_record_that_ends_before_its_length_is_not_whole(tmp_path):
    path = tmp_path / "1.warc.gz"
    cut = gzip.compress(record("http://h/cut", length=len(PAGE) + 100))
    path.write_bytes(gzip.compress(record("http://h/1")) + cut + gzip.compress(record("http://h/2")))
    counted = Counter()
    assert [one.capture.url for one in records(path, counted)] == ["http://h/1", "http://h/2"]
    assert counted == {"cut short": 1}


def test_a_file_that_cannot_be_read_on_says_so(tmp_path):
    path = tmp_path / "1.warc.gz"
    path.write_bytes(gzip.compress(record("http://h/1")) + gzip.compress(b"no record\r\n\r\n"))
    counted = Counter()
    assert [one.capture.url for one in records(path, counted)] == ["http://h/1"]
    assert counted == {"torn: the rest of the file cannot be read": 1}


def test_an_erasure_keeps_no_record_that_it_cannot_read(tmp_path):
    path = tmp_path / "20260304T093000Z-1.warc.gz"
    pages = [record(f"http://h/{number}") for number in range(3)]
    path.write_bytes(b"".join(map(gzip.compress, [pages[0], ODD[5][0], *pages[1:]])) + gzip.compress(pages[0])[:60])
    assert is_touched(path, lambda _: None)
    done = rewrite(path, lambda one: Change() if one.capture.url.endswith("/1") else None, user_agent="test")
    assert done.path is not None
    assert [one.capture.url for one in records(done.path)] == ["http://h/0", "http://h/2"]
