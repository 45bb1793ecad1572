"""WARC files: what is written is read back, and a torn tail hides nothing before it."""

import gzip
import os
import resource
from contextlib import contextmanager
from datetime import datetime, timezone

import brotli
import pytest
from system_calls import calls_of, needs_strace, synced
from warcio.archiveiterator import ArchiveIterator

from scraper.capture import CaptureWriter, Exchange, join_headers, read_record, records, writing
from scraper.errors import ConfigError

AT = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)


def exchange(number=0, **values):
    given = {
        "url": f"http://h/{number}",
        "fetched_at": AT,
        "method": "GET",
        "request_headers": [(b"User-Agent", b"regionalarchive")],
        "status": 200,
        "headers": [(b"Content-Type", b"text/html"), (b"Transfer-Encoding", b"chunked")],
        "body": f"<p>Page {number}</p>".encode() * 40,
        "address": "127.0.0.1",
    }
    return Exchange(**{**given, **values})


@pytest.fixture
def writer(tmp_path):
    opened = CaptureWriter(tmp_path, "p", user_agent="regionalarchive/1")
    yield opened
    opened.close()


def test_what_is_written_is_read_back(writer, tmp_path):
    stored = [writer.write(exchange(number)) for number in range(3)]
    for number, place in enumerate(stored):
        record = read_record(tmp_path / place.warc, place.offset, place.length)
        assert record.capture.url == f"http://h/{number}"
        assert record.capture.fetched_at == AT
        assert record.raw == exchange(number).body
        assert record.digest == place.digest
    assert [record.offset for record in records(tmp_path / stored[0].warc)] == [place.offset for place in stored]


def test_another_reader_finds_requests_responses_and_right_digests(writer, tmp_path):
    stored = writer.write(exchange())
    writer.close()
    with (tmp_path / stored.warc).open("rb") as file:
        kinds = []
        for entry in ArchiveIterator(file, check_digests=True):
            entry.content_stream().read()
            kinds.append((entry.rec_type, entry.digest_checker.passed if entry.digest_checker else None))
    assert [kind for kind, _ in kinds] == ["warcinfo", "response", "request"]
    assert dict(kinds)["response"] is not False


def test_a_304_is_a_revisit_of_the_capture_it_confirms(writer, tmp_path):
    first = writer.write(exchange())
    again = writer.write(exchange(status=304, body=b""), revisit_of=first)
    record = read_record(tmp_path / again.warc, again.offset, again.length)
    assert (record.revisit, record.digest) == (True, first.digest)


CODED = [  # the coding its header names, the body, whether the record is worth deflating
    (b"gzip", gzip.compress(b"<p>Words that repeat, words that repeat</p>" * 90), False),
    (b"br", brotli.compress(bytes(range(256)) * 40), False),
    (b"gzip", b"<p>Words that repeat, words that repeat</p>" * 90, True),
    (b"", b"<p>Words that repeat, words that repeat</p>" * 90, True),
]


@pytest.mark.parametrize(("coding", "body", "deflated"), CODED)
def test_what_came_compressed_is_not_deflated_again(writer, tmp_path, coding, body, deflated):
    place = writer.write(exchange(headers=[(b"Content-Encoding", coding)] if coding else [], body=body))
    record = read_record(tmp_path / place.warc, place.offset, place.length)
    assert record.raw == body
    assert (place.length < len(body)) == deflated


def test_a_body_that_was_cut_says_so(writer, tmp_path):
    place = writer.write(exchange(truncated="length"))
    assert read_record(tmp_path / place.warc, place.offset, place.length).truncated == "length"


@pytest.mark.parametrize("value", [b"a\r\nX-Evil: 1", b"a\nb", b"\xff\xfe", b"", b"\0"])
def test_headers_keep_to_their_lines(writer, tmp_path, value):
    place = writer.write(exchange(headers=[(b"X-Odd", value), (b"Content-Type", b"text/html")]))
    found = read_record(tmp_path / place.warc, place.offset, place.length).capture
    assert "x-evil" not in found.headers
    assert found.headers["content-type"] == "text/html"


@pytest.mark.parametrize("status", [100, 200, 404, 418, 599, 999])
def test_any_status(writer, tmp_path, status):
    place = writer.write(exchange(status=status))
    assert read_record(tmp_path / place.warc, place.offset, place.length).capture.status == status


def test_a_torn_tail_hides_nothing_before_it(writer, tmp_path):
    stored = [writer.write(exchange(number)) for number in range(3)]
    writer.close()
    path = tmp_path / stored[0].warc
    whole = path.read_bytes()
    for cut in range(stored[2].offset, len(whole), 37):
        path.write_bytes(whole[:cut])
        kept = [record.capture.url for record in records(path)]
        assert kept[:2] == ["http://h/0", "http://h/1"]
        assert len(kept) == (3 if cut >= stored[2].offset + stored[2].length else len(kept))
        for place in stored[:2]:
            assert read_record(path, place.offset, place.length).raw
    path.write_bytes(whole[: stored[2].offset + 20])
    with pytest.raises(ConfigError, match="no whole record"):
        read_record(path, stored[2].offset, stored[2].length)


@contextmanager
def longest_file(size):
    """Let no file grow past `size` bytes, as a disk does that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


# the write during which the disk is full, and the size at which a file ends then: before or in the first record, later
@pytest.mark.parametrize(("fails", "size"), [(0, 0), (0, 100), (1, 6_000), (1, 10_000)])
def test_after_a_failed_write_what_is_acknowledged_lies_where_it_is_said_to(writer, tmp_path, fails, size):
    bodies = [os.urandom(4_000 + 4_000 * number) for number in range(4)]
    places = [writer.write(exchange(number, body=bodies[number])) for number in range(fails)]
    with longest_file(size), pytest.raises(OSError, match="too large"):
        writer.write(exchange(fails, body=bodies[fails]))
    places += [writer.write(exchange(number, body=bodies[number])) for number in range(fails + 1, 4)]
    for place in places:
        assert read_record(tmp_path / place.warc, place.offset, place.length).capture.url == place.url
    files = sorted((tmp_path / "p").iterdir())
    assert {f"p/{path.name}" for path in files} == {place.warc for place in places}
    assert sorted(record.capture.url for path in files for record in records(path)) == [place.url for place in places]


WRITE = """
import sys
from datetime import datetime, timezone
from pathlib import Path
from scraper.capture import CaptureWriter, Exchange

at = datetime(2026, 3, 4, 9, 30, tzinfo=timezone.utc)
page = Exchange(
    url="http://h/1", fetched_at=at, method="GET", request_headers=[], status=200, headers=[], body=b"<p>Words</p>"
)
writer = CaptureWriter(Path(sys.argv[1]) / "captures", "p", user_agent="x")
print([writer.write(page).warc for _ in range(3)], flush=True)
"""


@needs_strace
def test_names_of_new_folders_are_on_the_disk_before_a_capture_is_acknowledged(tmp_path):
    calls = calls_of(WRITE, tmp_path, log=tmp_path / "calls")
    folders = [tmp_path, tmp_path / "captures", tmp_path / "captures" / "p"]
    (file,) = folders[-1].iterdir()
    printed = max(number for number, line in enumerate(calls) if "write(1<" in line)
    assert [len(synced(calls, folder)) for folder in folders] == [1, 1, 1]
    assert len(synced(calls, file)) == 3
    assert max(synced(calls, folder)[-1] for folder in folders) < printed


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigError, match=r"gone\.warc\.gz"):
        read_record(tmp_path / "gone.warc.gz", 0, 10)


def test_every_process_writes_a_file_of_its_own_and_rotates(tmp_path, monkeypatch):
    monkeypatch.setattr(writing, "ROTATE_BYTES", 500)
    first, second = (CaptureWriter(tmp_path, "p", user_agent="x") for _ in range(2))
    names = {writer.write(exchange(number)).warc for number in range(3) for writer in (first, second)}
    first.close()
    second.close()
    assert len(names) >= 4


def test_repeated_headers_are_joined_but_each_robots_tag_stands_alone():
    pairs = [("Vary", "a"), ("vary", "b"), ("X-Robots-Tag", "otherbot: noindex"), ("x-robots-tag", "noarchive")]
    assert join_headers(pairs) == {"vary": "a, b", "x-robots-tag": "otherbot: noindex\nnoarchive"}
