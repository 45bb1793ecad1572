"""A partner that leaves is in no export and no edition any more; what may not be deleted is said so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from warc_of_others import PARTNER, archive_of, page, response

from scraper import rights
from scraper.models import Partner
from scraper.publish import edition, parquet
from scraper.publish import export as publish
from scraper.publish.about import About
from scraper.publish.records import ids
from scraper.store.archive import Archive, open_archive

GONE = replace(PARTNER, slug="gone", title="Gone", home="https://www.gone.example/")
STAYS = replace(GONE, slug="stays", title="Stays", home="https://stays.example/")


def fill(folder: Path, *of: Partner) -> Archive:
    """Return an archive with one post of each partner; that of the one that stays links to the one that goes."""
    pages = []
    for partner in of:
        title = f"The {partner.title.lower()} bridge opens again"
        prose = f'{title} in the rain, says <a href="https://gone.example/">the other</a>. ' * 20
        pages.append(response(f"{partner.home}news/bridge/", page(title, prose)))
    return archive_of(folder, pages, *of)


def export(archive: Archive, folder: Path, name: str, *partners: str) -> None:
    """Write exports of some partners, or all, in the three whole formats."""
    chunks = list(ids(archive.connection, partners))
    found = list(publish.records(archive.connection, chunks))
    (folder / f"{name}.jsonl").write_text("".join(publish.json_lines(found)), encoding="utf-8")
    (folder / f"{name}.csv").write_text("".join(publish.csv_lines(found)), encoding="utf-8")
    parquet.write(found, folder / f"{name}.parquet", About(query="", count=0, as_of="", url=""))


def test_its_exports_and_editions_go_and_those_of_others_stay(tmp_path: Path):
    (tmp_path / "archive.db.before-0001").write_bytes(b"an old copy")
    with fill(tmp_path, GONE, STAYS) as archive:
        export(archive, tmp_path, "all")
        export(archive, tmp_path, "stays", "stays")
        both, other = (
            edition.make(archive.path, name, only, today=date(2026, 11, 21))
            for name, only in (("both", ()), ("other", ("stays",)))
        )
        (tmp_path / "notes.txt").write_text("see https:\\/\\/gone.example\\/news")
        (tmp_path / "others.txt").write_text("see https://gone.example.net/ and https://begone.example/")
        done = rights.remove_partner(archive, "gone", "terms ended")
        signed = archive.first("SELECT done_at FROM removals")[0]
    gone = {"all.csv", "all.jsonl", "all.parquet", "editions/both", "archive.db.before-0001"}
    assert set(done.deleted) == {str(tmp_path / "captures" / "gone"), *gone}
    assert (done.dropped, done.left, bool(signed)) == (1, (str(tmp_path / "notes.txt"),), True)
    assert (edition.read(both.path).withdrawn, edition.read(other.path).withdrawn) == (True, False)
    assert {path.name for path in tmp_path.glob("stays.*")} == {"stays.csv", "stays.jsonl", "stays.parquet"}


def test_on_a_host_that_partners_share_its_own_records_tell_of_it(tmp_path: Path):
    shared = replace(STAYS, home="https://www.gone.example/")
    with fill(tmp_path, GONE) as archive:
        export(archive, tmp_path, "all")
        record = json.loads((tmp_path / "all.jsonl").read_text())
        (tmp_path / "stays.jsonl").write_text(json.dumps(record | {"partner": "stays"}) + "\n")
        with archive.transaction() as connection:
            connection.execute(
                "INSERT INTO partners (slug, title, home_url, region, timezone, language, rights, active)"
                " SELECT ?, title, ?, region, timezone, language, rights, active FROM partners",
                [shared.slug, shared.home],
            )
        done = rights.remove_partner(archive, "gone", "terms ended")
    assert {path.name for path in tmp_path.glob("*.jsonl")} == {"stays.jsonl"}
    assert done.left == ()


def test_only_what_lies_beside_the_archive_is_looked_at_and_no_link_is_followed(tmp_path: Path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home / "exports" / "2026", home / "work" / "data", elsewhere):
        folder.mkdir(parents=True)
    with fill(home, GONE) as archive:
        for folder in (home, home / "exports" / "2026", home / "work" / "data", elsewhere):
            export(archive, folder, "all")
        (home / "linked.csv").symlink_to(elsewhere / "all.csv")
        (home / "exports" / "more").symlink_to(elsewhere)
        done = rights.remove_partner(archive, "gone", "terms ended")
    names = ["all.csv", "all.jsonl", "all.parquet"]
    assert sorted(done.deleted) == sorted(
        [str(home / "captures" / "gone"), *names, *(f"exports/2026/{name}" for name in names)]
    )
    assert done.left == (str(home / "linked.csv"),)
    assert sorted(path.name for path in (home / "work" / "data").iterdir()) == names
    assert sorted(path.name for path in elsewhere.iterdir()) == names
    assert (home / "linked.csv").is_symlink()


@pytest.mark.skipif(os.getuid() != 0, reason="only root may become another user")
def test_what_may_not_be_deleted_is_left_to_a_person_and_done_the_next_time(tmp_path: Path):
    fill(tmp_path, GONE).close()
    captures = tmp_path / "captures" / "gone"
    subprocess.run(["/bin/chown", "-R", "65534:65534", tmp_path], check=True)
    os.chown(captures, 0, 0)
    captures.chmod(0o755)
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        folder.chmod(folder.stat().st_mode | 0o055)
    script = (
        "import os, sys, scraper.rights, scraper.crawl.locks, scraper.partners.registry;"
        " from scraper.cli.rights import remove; os.setgid(65534); os.setuid(65534);"
        " remove(['gone', '--reason', 'terms ended', '--db', sys.argv[1]])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "archive.db")], capture_output=True, text=True, check=False
    )
    files = sorted(str(path) for path in captures.iterdir())
    assert (ran.returncode, len(files)) == (1, 2), ran.stderr
    assert [line.split()[1] for line in ran.stderr.splitlines()] == files
    assert f"deleted {captures}" not in ran.stdout
    with open_archive(tmp_path / "archive.db") as archive:
        assert archive.query("SELECT id FROM posts") == []
        assert archive.first("SELECT done_at FROM removals")[0] is None
        done = rights.remove_partner(archive, "gone", "terms ended")
        assert (done.removal, done.dropped, done.left) == (1, 1, ())
        assert [row[0] is None for row in archive.query("SELECT done_at FROM removals")] == [False]
    assert not captures.exists()
