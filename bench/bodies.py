"""How well an archive holds the texts and the told events of a bench site, against the CMS's own words."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from lxml import html

STATE = Path(os.environ.get("LAB_STATE") or Path.home() / ".cache" / "archive-lab")
GOOD = 0.985
SHINGLE = 3  # words
# What the themes of the bench print beside a post, and no post says.
FURNITURE = re.compile(
    r"\b(?:Share (?:this|on|Twitter|Facebook)|Date posted|Published:|Keep updated|Subscribe|newsletter|Skip to content"
    r"|Previous post|Next post|Leave a (?:comment|reply)|Related posts|Recent posts)\b"
)
MARKS = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),
    (re.compile(r"\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"\{\{.*?\}\}|<[^>]*>"), " "),
    (re.compile(r"[*_#>`]"), ""),
)
TEXTS = (
    "SELECT posts.url, posts.kind, bodies.text, extractor FROM posts JOIN bodies ON post = posts.id"
    " WHERE gone_at IS NULL"
)
STARTS = "SELECT posts.url, starts_at, start_on FROM events JOIN posts ON posts.id = post WHERE found_in = 'prose'"


@dataclass(frozen=True, kw_only=True, slots=True)
class Texts:
    """How the stored texts agree with the CMS's."""

    posts: int
    by_recipe: int
    f: float  # mean over the posts, three-word shingles
    good: int  # posts of F ≥ GOOD
    furniture: int  # posts whose text holds words of the theme


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """How many events that news posts announce in their text were read, with the right day, and how many besides."""

    announced: int
    found: int
    others: int


def compare_texts(db: Path, site: str, home: str) -> Texts:
    """Compare every stored text with the CMS's own: the REST API of WordPress, the sources of Hugo and Pelican."""
    wanted = {**rest_texts(home)} if site.startswith("wp") else dict(source_texts(site))
    with closing(sqlite3.connect(db)) as connection:
        rows = connection.execute(TEXTS).fetchall()
    scores = [
        (f_of(text or "", wanted[key_of(url)]), text or "", by) for url, _, text, by in rows if key_of(url) in wanted
    ]
    return Texts(
        posts=len(scores),
        by_recipe=sum(not by.endswith("/generic") for _, _, by in scores),
        f=sum(score for score, _, _ in scores) / max(1, len(scores)),
        good=sum(score >= GOOD for score, _, _ in scores),
        furniture=sum(bool(FURNITURE.search(text)) for _, text, _ in scores),
    )


def compare_told(db: Path, truth: Path, zone: str = "Europe/London") -> Told:
    """Compare the events read out of prose with those the truth says that news posts announce."""
    with closing(sqlite3.connect(db)) as connection:
        days: dict[str, list[str]] = {}
        for url, starts_at, start_on in connection.execute(STARTS):
            days.setdefault(url, []).append(local_day(starts_at, zone) or start_on or "")
    rows = [json.loads(line) for line in truth.read_text(encoding="utf-8").splitlines()]
    wanted = {
        row["url"]: row["prose_event"]["start"][:10] for row in rows if row.get("prose_event") and row["must_archive"]
    }
    found = sum(day in days.get(url, []) for url, day in wanted.items())
    return Told(announced=len(wanted), found=found, others=sum(map(len, days.values())) - found)


def local_day(instant: str | None, zone: str) -> str | None:
    """Return the day of a UTC instant in a zone."""
    if instant is None:
        return None
    return datetime.fromisoformat(instant.replace("Z", "+00:00")).astimezone(ZoneInfo(zone)).date().isoformat()


def key_of(url: str) -> str:
    """Return the last part of an address's path: the post's slug."""
    return url.rstrip("/").rpartition("/")[2].removesuffix(".html")


def rest_texts(home: str) -> Mapping[str, str]:
    """Return the text of every post that the REST API gives, by its slug."""
    found = {}
    for kind in ("posts", "event"):
        for page in range(1, 9):
            entries = rest_page(f"{home}wp-json/wp/v2/{kind}?per_page=100&page={page}")
            for entry in entries:
                rendered = entry["content"]["rendered"]
                found[key_of(entry["link"])] = html.fromstring(f"<div>{rendered}</div>").text_content()
            if len(entries) < 100:
                break
    return found


def rest_page(url: str) -> list[dict[str, Any]]:
    """Return one page of the REST API; empty past the last."""
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return list(json.load(answer))
    except OSError:
        return []


def source_texts(site: str) -> Iterator[tuple[str, str]]:
    """Yield (slug, text) of every Markdown source of a site."""
    for path in (STATE / "sites" / site / "content").rglob("*.md"):
        words = path.read_text(encoding="utf-8")
        slug = re.search(r"(?im)^slug:\s*\"?([^\s\"]+)", words)
        yield slug.group(1) if slug else path.stem, without_marks(words)


def without_marks(words: str) -> str:
    """Return the text of a Markdown source: no head, no marks."""
    body = words.split("---", 2)[2] if words.startswith("---") else words.partition("\n\n")[2]
    for pattern, instead in MARKS:
        body = pattern.sub(instead, body)
    return html.fromstring(f"<div>{body}</div>").text_content() if body.strip() else ""


def f_of(found: str, wanted: str) -> float:
    """Return how far two texts agree in their shingles (0 to 1); 1 when both are empty."""
    one, other = shingles(found), shingles(wanted)
    total = sum(one.values()) + sum(other.values())
    return 2 * sum((one & other).values()) / total if total else 1.0


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of SHINGLE words of a text, counted."""
    words = re.findall(r"\w+", text.lower())
    if len(words) < SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[at:] for at in range(SHINGLE)), strict=False))
