"""The rules of the house that a machine can keep: imports go down, rooms know only what they may, docs are fresh."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bench.docs import DOCS, METADATA, pages
from scraper.spiders.partner import PartnerSpider
from scraper.store.archive import open_archive
from scraper.store.schema import PUBLIC_TABLES, WORKING_TABLES

PACKAGE = Path(__file__).resolve().parent.parent / "scraper"
FLOORS = {
    "models": 1,
    "errors": 1,
    "identity": 1,
    **dict.fromkeys(("discover", "extract", "normalise", "vocabulary", "store", "capture", "partners"), 2),
    **dict.fromkeys(("ingest", "publish", "rights", "check", "doctor", "source_words", "replay", "reextract"), 3),
    **dict.fromkeys(("crawl", "spiders", "site", "sample", "rebuild", "importing"), 4),
    "cli": 5,
}
KNOWS = {"scrapy": {"spiders", "crawl"}, "datasette": {"site"}, "twisted": {"spiders", "crawl"}}


def room_of(path: Path) -> str:
    """The folder or module below scraper/ that a file lies in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> Iterator[str]:
    """Every module that a file imports, with its whole name, also inside functions."""
    package = ["scraper", *path.relative_to(PACKAGE).parts[:-1]]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{start}.{name.name}" for name in node.names)


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_down_only(path: Path):
    floor = FLOORS[room_of(path)]
    for name in imports_of(path):
        parts = name.split(".")
        if parts[0] == "scraper" and len(parts) > 1 and parts[1] in FLOORS:
            assert FLOORS[parts[1]] <= floor, f"{path} stands on floor {floor} and imports {name}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_frameworks_stay_in_their_rooms(path: Path):
    for name in imports_of(path):
        rooms = KNOWS.get(name.split(".")[0])
        assert rooms is None or room_of(path) in rooms, f"{path} imports {name}"


def test_the_spider_defines_start():
    assert "start" in vars(PartnerSpider)  # a spider with start_requests alone crawls nothing, silently


@pytest.mark.parametrize("name", sorted(pages()))
def test_generated_pages_are_fresh(name: str):
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run `make docs`"


def test_every_public_table_and_column_is_described(tmp_path: Path):
    described = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["archive"]["tables"]
    with open_archive(tmp_path / "archive.db") as archive:
        for table in PUBLIC_TABLES:
            assert described[table]["description"].strip(), table
            columns = {row["name"] for row in archive.query(f"PRAGMA table_info({table})")}
            assert columns == set(described[table].get("columns") or {}), table


def test_working_tables_are_hidden():
    described = yaml.safe_load(METADATA.read_text(encoding="utf-8"))["databases"]["archive"]["tables"]
    assert [table for table in WORKING_TABLES if not described.get(table, {}).get("hidden")] == []
