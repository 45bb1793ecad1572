"""WARC files of others enter through the one door; what is held already changes nothing."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest
import warc_of_others
from click.testing import CliRunner
from sample_archive import Region
from warc_of_others import PARTNER

from scraper.capture import records
from scraper.check import check
from scraper.cli import rebuild as cli
from scraper.errors import UsageError
from scraper.importing import import_files
from scraper.rebuild import rebuild
from scraper.store.archive import open_archive

URL = "https://partner.example/news/lock-gates/"
PAGE = (
    '<html lang="en"><head><title>New lock gates</title><meta property="og:type" content="article">'
    '<meta property="article:published_time" content="2026-03-20T09:30:00+00:00"></head><body><article>'
    "<h1>New lock gates</h1><p>{prose}</p></article></body></html>"
)


RECORD = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number:032x}>\r\nWARC-Target-URI: {url}\r\n"
    "WARC-Date: {at}\r\nContent-Type: application/http;msgtype=response\r\nContent-Length: {length}\r\n\r\n"
    "{block}\r\n\r\n"
)


def write(path: Path, *answers: tuple[str, str, str, str]) -> Path:
    """Write a WARC file as another program would; answers are (address, instant, content type, body)."""
    written = []
    for number, (url, at, kind, body) in enumerate(answers):
        block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{body}"
        written.append(RECORD.format(number=number, url=url, at=at, length=len(block.encode()), block=block))
    path.write_bytes("".join(written).encode())
    return path


def page(sentence: str) -> str:
    return PAGE.format(prose=f"{sentence} " * 20)


def posts(archive) -> list[tuple]:
    rows = archive.query("SELECT title, published_on, first_seen_at, revision FROM posts")
    return [tuple(row) for row in rows]


def test_pages_of_a_partner_become_posts_once(tmp_path: Path):
    file = write(
        tmp_path / "theirs.warc",
        (URL, "2026-03-21T10:00:00Z", "text/html", page("Divers hang the gates.")),
        ("https://stranger.example/", "2026-03-21T10:00:00Z", "text/html", page("Somebody else.")),
        ("https://partner.example/logo.png", "2026-03-21T10:00:00Z", "image/png", "png"),
    )
    known = {PARTNER.slug: PARTNER}
    with open_archive(tmp_path / "archive.db") as archive:
        done = import_files(archive, known, [file])
        assert dict(done.taken) == {PARTNER.slug: 1}
        assert dict(done.passed_over) == {"no partner's host": 1, "no page": 1}
        assert posts(archive) == [("New lock gates", "2026-03-20", "2026-03-21T10:00:00Z", 1)]
        again = import_files(archive, known, [file])
        assert (dict(again.taken), again.passed_over["held already"]) == ({}, 1)
        before = list(archive.connection.iterdump())
        import_files(archive, known, [file])
        assert [line for line in archive.connection.iterdump() if "notes" not in line] == [
            line for line in before if "notes" not in line
        ]
    assert check(tmp_path / "archive.db").faults == ()


def test_records_that_are_no_answers_are_counted_and_the_pages_after_them_taken(tmp_path: Path):
    asked = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: dns:partner.example\r\nWARC-Date: 2026-03-21T09:59:59Z"
    file = write(tmp_path / "theirs.warc", (URL, "2026-03-21T10:00:00Z", "text/html", page("Divers hang the gates.")))
    file.write_bytes(f"{asked}\r\nContent-Length: 5\r\n\r\n2026\n\r\n\r\n".encode() + file.read_bytes())
    with open_archive(tmp_path / "archive.db") as archive:
        done = import_files(archive, {PARTNER.slug: PARTNER}, [file])
    assert (dict(done.taken), dict(done.passed_over)) == ({PARTNER.slug: 1}, {"no answer over HTTP": 1})


ROBOTS = ["otherbot: noindex", "noarchive, nosnippet"]
HEADS = [  # lines of a head, and the field that must read the same in our own capture
    ("x-robots-tag", "".join(f"X-Robots-Tag: {value}\r\n" for value in ROBOTS), "\n".join(ROBOTS)),
    ("set-cookie", "Set-Cookie: a=1; Expires=Wed, 21 Oct 2026\r\nSet-Cookie: b=2\r\n", None),
    ("x-note", "X-Note: Süd – Nord\r\n", "Süd – Nord"),
]


@pytest.mark.parametrize(("name", "lines", "value"), HEADS)
def test_headers_are_kept_as_they_came(tmp_path: Path, name: str, lines: str, value: str | None):
    theirs = tmp_path / "theirs.warc"
    theirs.write_bytes(warc_of_others.response(URL, page("Divers hang the gates."), more=lines))
    with open_archive(tmp_path / "archive.db") as archive:
        import_files(archive, {PARTNER.slug: PARTNER}, [theirs])
    (ours,) = (tmp_path / "captures" / PARTNER.slug).glob("*.warc.gz")
    first, second = next(records(theirs)), next(records(ours))
    assert [pair for pair in second.head if pair in first.head] == list(first.head)
    assert second.capture.headers[name] == (value or first.capture.headers[name])


def test_what_a_page_reserves_stays_so_in_a_rebuild(tmp_path: Path):
    lines = "".join(f"X-Robots-Tag: {value}\r\n" for value in ["otherbot: noindex", "nosnippet"])
    sent = [warc_of_others.response(URL, page("Divers hang the gates."), more=lines)]
    query = "SELECT p.rights_flags, b.text FROM posts p JOIN bodies b ON b.post = p.id"
    with warc_of_others.archive_of(tmp_path, sent) as archive:
        assert [tuple(row) for row in archive.query(query)] == [("nosnippet", None)]
    rebuild(tmp_path / "archive.db", {PARTNER.slug: PARTNER})
    with open_archive(tmp_path / "archive.db") as archive:
        assert [tuple(row) for row in archive.query(query)] == [("nosnippet", None)]


def test_a_body_that_another_program_left_in_chunks_is_read_whole(tmp_path: Path):
    body = page("Divers hang the gates.")
    parts = [body[:100], body[100:]]
    chunked = "".join(f"{len(part.encode()):x}\r\n{part}\r\n" for part in parts) + "0\r\n\r\n"
    sent = [warc_of_others.response(URL, chunked, more="Transfer-Encoding: chunked\r\n")]
    warc_of_others.archive_of(tmp_path, sent).close()
    (ours,) = (tmp_path / "captures" / PARTNER.slug).glob("*.warc.gz")
    assert next(records(ours)).raw == body.encode()


def test_an_older_state_waits_for_a_rebuild(tmp_path: Path):
    newer = write(tmp_path / "new.warc", (URL, "2026-03-21T10:00:00Z", "text/html", page("The gates hang.")))
    older = write(tmp_path / "old.warc", (URL, "2026-03-20T10:00:00Z", "text/html", page("The gates arrive.")))
    known = {PARTNER.slug: PARTNER}
    with open_archive(tmp_path / "archive.db") as archive:
        import_files(archive, known, [newer])
        assert import_files(archive, known, [older]).older == 1
        assert posts(archive) == [("New lock gates", "2026-03-20", "2026-03-21T10:00:00Z", 1)]
    assert rebuild(tmp_path / "archive.db", known).faults == []
    with open_archive(tmp_path / "archive.db") as archive:
        assert posts(archive) == [("New lock gates", "2026-03-20", "2026-03-20T10:00:00Z", 2)]


def test_captures_of_another_archive_make_the_same_posts(crawled: Region, tmp_path: Path):
    slug = "sample-events"
    files = sorted((crawled.db.parent / "captures" / slug).glob("*.warc.gz"))
    known = {one.slug: one for one in crawled.partners if one.slug == slug}
    query = "SELECT id, title, published_edtf, first_seen_at, content_digest FROM posts WHERE partner = ? ORDER BY id"
    with open_archive(tmp_path / "archive.db") as archive, open_archive(crawled.db) as first:
        import_files(archive, known, files)
        assert [tuple(row) for row in archive.query(query, [slug])] == [
            tuple(row) for row in first.query(query, [slug])
        ]
        events = "SELECT id FROM events WHERE partner = ? ORDER BY id"
        assert [tuple(row) for row in archive.query(events, [slug])] == [
            tuple(row) for row in first.query(events, [slug])
        ]


@pytest.mark.parametrize("content", [b"", b"no WARC file", b"\x1f\x8b\x08\x00broken"])
def test_a_file_that_is_none_is_refused_in_one_line(tmp_path: Path, content: bytes):
    file = tmp_path / "broken.warc.gz"
    file.write_bytes(content)
    with open_archive(tmp_path / "archive.db") as archive, pytest.raises(UsageError, match="no response"):
        import_files(archive, {PARTNER.slug: PARTNER}, [file])


def test_command(tmp_path: Path):
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    file = write(tmp_path / "theirs.warc", (URL, now, "text/html", page("Divers hang the gates.")))
    (tmp_path / "partners").mkdir()
    (tmp_path / "partners" / "partner.example.yml").write_text(
        "title: Partner\nhome: https://partner.example/\nregion: midlands\ntimezone: Europe/London\nlanguage: en-GB\n"
    )
    options = ["--db", str(tmp_path / "archive.db"), "--partners", str(tmp_path / "partners")]
    found = CliRunner().invoke(cli.import_, [str(file), *options])
    assert (found.exit_code, found.output) == (0, "partner.example: 1 answers taken\n")
    assert CliRunner().invoke(cli.rebuild, options).exit_code == 0
