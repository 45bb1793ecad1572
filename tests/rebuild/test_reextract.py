"""Stored captures are read again: what would change is counted first, then written, and never a revision."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sample_archive import Region

from scraper.check import check
from scraper.cli import rebuild as cli
from scraper.reextract import Plan, reextract
from scraper.store.archive import open_archive

SLUG = "sample-lifesci"


@pytest.fixture
def copy(crawled: Region, tmp_path: Path) -> Region:
    """A copy of the crawled archive that a test may write to."""
    shutil.copytree(crawled.db.parent, tmp_path / "copy")
    return Region(crawled.served, crawled.partners, tmp_path / "copy" / "archive.db")


def known(region: Region, **changes) -> dict:
    return {one.slug: replace(one, **changes) for one in region.partners if one.slug == SLUG}


def dump(region: Region) -> list[str]:
    with open_archive(region.db) as archive:
        return [line for line in archive.connection.iterdump() if '"notes"' not in line]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_same_reading_changes_nothing(copy: Region, workers: int):
    before = dump(copy)
    with open_archive(copy.db) as archive:
        report = reextract(archive, Plan(partners=known(copy), workers=workers))
    assert (report.read, dict(report.changed), dict(report.unreadable)) == (6, {}, {})
    assert dump(copy) == before


def test_what_would_change_is_counted_before_it_does(copy: Region):
    before = dump(copy)
    corrected = known(copy, fields={"title": "title"})  # a person names another element
    with open_archive(copy.db) as archive:
        report = reextract(archive, Plan(partners=corrected, examples=2))
        assert report.changed[SLUG, "title"] == 6
        assert len([one for one in report.examples if one.field == "title"]) == 2
        assert dump(copy) == before
        reextract(archive, Plan(partners=corrected, dry_run=False))
        titles = {row["title"] for row in archive.query("SELECT title FROM posts WHERE partner = ?", [SLUG])}
        assert {one.after for one in report.examples if one.field == "title"} <= titles
        assert archive.query("SELECT count(*) FROM revisions WHERE number > 1")[0][0] == 0
        assert not reextract(archive, Plan(partners=corrected)).changed
    assert check(copy.db).faults == ()


def test_a_run_that_was_stopped_goes_on_where_it_was(copy: Region, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("scraper.reextract.BATCH", 2)
    seen: list[int] = []

    def stop(done: int, total: int) -> None:
        seen.append(total)
        if done >= 4:
            raise KeyboardInterrupt

    with open_archive(copy.db) as archive:
        with pytest.raises(KeyboardInterrupt):
            reextract(archive, Plan(partners=known(copy), dry_run=False), stop)
        reextract(archive, Plan(partners=known(copy), dry_run=False), lambda done, total: seen.append(total))
    assert seen == [6, 6, 2]


def test_command(copy: Region):
    found = CliRunner().invoke(cli.reextract, [SLUG, "--dry-run", "--json", "--db", str(copy.db)])
    assert found.exit_code == 0, found.output
    assert json.loads(found.output)["read"] == 6
