"""A post is hidden at once and put back as it was; a partner is removed whole."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_archive import Region

from scraper import rights
from scraper.check import check
from scraper.cli import rights as cli
from scraper.errors import UsageError
from scraper.publish.addresses import shorten
from scraper.rebuild import rebuild
from scraper.replay import exchanges
from scraper.store.archive import Archive, open_archive

WORDS = "incubator-opens-in-former-hosiery-mill"
OF_POST = "bodies share_metadata date_claims post_categories tags events revisions".split()


@pytest.fixture
def copy(crawled: Region, tmp_path: Path) -> Region:
    """A copy of the crawled archive that a test may write to."""
    shutil.copytree(crawled.db.parent, tmp_path / "copy")
    return Region(crawled.served, crawled.partners, tmp_path / "copy" / "archive.db")


def address(region: Region) -> str:
    return f"{region.served.addresses['sample-lifesci']}people-places/{WORDS}/"


def told(archive: Archive, url: str) -> dict[str, list[tuple]]:
    """Return all that the database says of a post, without numbers that only count rows."""
    row = archive.first("SELECT * FROM posts WHERE url = ?", [url])
    assert row is not None
    found = {"posts": [tuple(value for key, value in dict(row).items() if key != "capture")]}
    for table in OF_POST:
        rows = archive.query(f"SELECT * FROM {table} WHERE post = ?", [row["id"]])
        dropped = ("id", "capture", "category")
        found[table] = sorted(tuple(v for k, v in dict(one).items() if k not in dropped) for one in rows)
    return found


def test_a_hidden_post_leaves_no_word_and_comes_back_as_it_was(copy: Region):
    url = address(copy)
    partner = next(one for one in copy.partners if one.slug == "sample-lifesci")
    with open_archive(copy.db) as archive:
        before = told(archive, url)
        number = archive.query("SELECT id FROM posts WHERE url = ?", [url])[0]["id"]
        rights.takedown(archive, rights.find(archive, url), "asked for by the author")
        dump = "\n".join(archive.connection.iterdump())
        assert WORDS not in dump
        assert "Incubator opens" not in dump
        removal = archive.query("SELECT * FROM removals")[0]
        assert (removal["what"], removal["action"], removal["reason"]) == (
            "post",
            "takedown",
            "asked for by the author",
        )
        assert removal["digest"].startswith(f"{number:013x}")
        rights.lift(archive, rights.find(archive, url), partner)
        assert told(archive, url) == before
        assert archive.query("SELECT 1 FROM posts_fts WHERE posts_fts MATCH 'incubator'")
    assert check(copy.db).faults == ()


def test_a_hidden_post_stays_hidden_through_a_crawl_and_a_rebuild(copy: Region):
    url = address(copy)
    with open_archive(copy.db) as archive:
        rights.takedown(archive, rights.find(archive, url), "asked for")
    copy.crawl("sample-lifesci", full=True)
    known = {partner.slug: partner for partner in copy.partners}
    report = rebuild(copy.db, known)
    assert report.faults == []
    with open_archive(copy.db) as archive:
        assert WORDS not in "\n".join(archive.connection.iterdump())
        rights.lift(archive, rights.find(archive, url), known["sample-lifesci"])
        assert archive.first("SELECT title FROM posts WHERE url = ?", [url])


@pytest.mark.parametrize("named", ["address", "address with another scheme and query", "id", "page of the site"])
def test_a_post_is_found_by_whatever_a_person_has(copy: Region, named: str):
    url = address(copy)
    with open_archive(copy.db) as archive:
        number = archive.query("SELECT id FROM posts WHERE url = ?", [url])[0]["id"]
        words = {
            "address": url,
            "address with another scheme and query": url.replace("http:", "https:").rstrip("/") + "?utm_source=x",
            "id": str(number),
            "page of the site": f"https://archive.example/post/{shorten(number)}",
        }[named]
        assert rights.find(archive, words).post == number
        rights.takedown(archive, rights.find(archive, words), "")
        found = rights.find(archive, words)
        assert (found.post, found.removal) == (None, 1)


def test_what_the_archive_never_held_is_said_so(copy: Region):
    with open_archive(copy.db) as archive, pytest.raises(UsageError, match="no post of this archive"):
        rights.find(archive, "https://stranger.example/news/")


def test_a_removed_partner_is_gone_and_does_not_come_back(copy: Region):
    slug = "sample-events"
    with open_archive(copy.db) as archive:
        done = rights.remove_partner(archive, slug, "terms ended")
        assert done.dropped > 5
        dump = "\n".join(archive.connection.iterdump()).replace(slug, "", 1)
    assert not (copy.db.parent / "captures" / slug).exists()
    assert copy.served.addresses[slug] not in dump
    assert copy.crawl(slug)[slug].exit_code == 4
    assert list(exchanges(copy.db.parent / "captures", slug)) == []
    assert check(copy.db).faults == ()
    with open_archive(copy.db) as archive:
        rights.readmit(archive, slug)
    assert copy.crawl(slug)[slug].exit_code == 0


def test_commands(copy: Region):
    run = CliRunner()
    options = ["--db", str(copy.db)]
    url = address(copy)
    assert run.invoke(cli.takedown, [url, "--reason", "asked for", *options]).exit_code == 0
    assert "hidden already" in run.invoke(cli.takedown, [url, *options]).output
    assert "put back from" in run.invoke(cli.takedown, [url, "--lift", *options]).output
    erased = run.invoke(cli.erase, [url, "--reason", "asked for", *options])
    assert (erased.exit_code, "tombstone 2" in erased.output) == (0, True)
    assert run.invoke(cli.remove, ["sample-council", "--reason", "terms ended", *options]).exit_code == 0


def test_a_hidden_post_leaves_its_family_and_comes_back_to_it(copy: Region):
    url = f"{copy.served.addresses['sample-council']}news/flood-survey"
    partner = next(one for one in copy.partners if one.slug == "sample-council")
    with open_archive(copy.db) as archive:
        before = family_rows(archive)
        assert [len(rows) for rows in before[:2]] == [1, 2]
        number = archive.query("SELECT id FROM posts WHERE url = ?", [url])[0]["id"]
        rights.takedown(archive, rights.find(archive, url), "asked for")
        assert [len(rows) for rows in family_rows(archive)[:2]] == [0, 0]
        assert not archive.query("SELECT 1 FROM fingerprints WHERE post = ?", [number])
        assert not archive.query("SELECT 1 FROM shingles WHERE post = ?", [number])
        rights.lift(archive, rights.find(archive, url), partner)
        assert family_rows(archive) == before
    assert check(copy.db).faults == ()


def family_rows(archive: Archive) -> list[list[tuple]]:
    """Return the families, their members, and the index that they follow from."""
    queries = (
        "SELECT * FROM families ORDER BY id",
        "SELECT id, family FROM posts WHERE family IS NOT NULL ORDER BY id",
        "SELECT * FROM fingerprints ORDER BY post",
        "SELECT * FROM shingles ORDER BY hash, post",
    )
    return [[tuple(row) for row in archive.query(query)] for query in queries]
