"""What the archive is, what its tables hold, and who its robot is."""

from __future__ import annotations

import csv
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from scraper.identity import CONTACT, ROBOTS_TOKEN, USER_AGENT
from scraper.publish import edition

from ..ask import Ask, File, Page

ROBOTS = """User-agent: *
Disallow: /archive
Disallow: /search
Disallow: /-/
Crawl-delay: 5
"""


@lru_cache(maxsize=1)
def metadata() -> dict[str, Any]:
    """Return metadata.yml as it lies in the package."""
    text = resources.files("scraper.site").joinpath("metadata.yml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@lru_cache(maxsize=1)
def figures() -> list[list[str]]:
    """Return the accuracy that was measured last (`make accuracy`): a head, then one row for each measure."""
    text = resources.files("scraper.site").joinpath("accuracy.csv").read_text(encoding="utf-8")
    return list(csv.reader(text.splitlines()))


def about(ask: Ask) -> Page:
    """Return the page about the data."""
    tables = metadata()["databases"]["archive"]["tables"]
    shown = {name: table for name, table in tables.items() if not table.get("hidden")}
    measured, *rows = figures()
    context = {"tables": shown, "licence": metadata(), "measured": measured, "figures": rows, "editions": editions(ask)}
    return Page(template="about", context=context | {"unknown": ask.unknown()})


def editions(ask: Ask) -> list[edition.Edition]:
    """Return the frozen editions that lie beside the archive, the newest first."""
    beside = edition.every(Path(ask.value("SELECT file FROM pragma_database_list WHERE name = 'main'")))
    return sorted(beside, key=lambda one: (one.made_on, one.name), reverse=True)


def bot(ask: Ask) -> Page:
    """Return the page for partners who met the robot in their logs."""
    contact = CONTACT if "://" in CONTACT else f"mailto:{CONTACT}"
    context = {"user_agent": USER_AGENT, "contact": contact, "token": ROBOTS_TOKEN, "unknown": ask.unknown()}
    return Page(template="bot", context=context)


def robots(_: Ask) -> File:
    """Return robots.txt: pages for people are open, the machinery is not to be crawled."""
    return File(pieces=[ROBOTS], content_type="text/plain; charset=utf-8")
