"""An erased name is found nowhere: not in the database, its log, the captures, the journal or the locks."""

from __future__ import annotations

import gzip
from dataclasses import replace
from pathlib import Path

import pytest
from sample_archive import Region

from scraper import rights
from scraper.check import check
from scraper.store.archive import open_archive

NAME = b"Zyzzyva"
TITLE = "Zyzzyva Quillfeather & friends leave the board after eleven years"
SLUG = "zyzzyva-quillfeather-leaves"

# site, the title and the last part of the address of the post that gets the name
SITES = [
    ("sample-chamber", "Quarterly survey: order books fill but hiring waits", "quarterly-survey-order-books-fill-but-hiring-waits"),
]


def seed(region: Region, slug: str, title: str, tail: str, sentence: str) -> None:
    """Give a post of a served site the name: in its title, address and body, and wherever the site lists it."""
    server = region.served._servers[slug]
    pages = {}
    for path, page in server.pages.items():
        body = page.body.replace(title.encode(), TITLE.replace("&", "&amp;").encode()).replace(tail.encode(), SLUG.encode())
        if page.content_type.startswith("application/feed+json"):
            body = body.replace(b"&amp;", b"&")
        if SLUG in path.replace(tail, SLUG):
            body = body.replace(b"<p>", f"<p>{sentence} ".encode(), 1)
        pages[path.replace(tail, SLUG)] = replace(page, body=body)
    server.pages = pages


def traces(folder: Path) -> list[str]:
    """Return the files below a folder in which the name stands, packed ones unpacked, and names of files."""
    found = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        if NAME.lower() in content.lower() or NAME.decode().lower() in path.name.lower():
            found.append(str(path.relative_to(folder)))
    return found


@pytest.mark.parametrize(("slug", "title", "tail"), SITES)
def test_erased_name_is_found_nowhere(region: Region, slug: str, title: str, tail: str):
    seed(region, slug, title, tail, "Zyzzyva said goodbye.")
    region.crawl(slug)
    seed(region, slug, "Zyzzyva said goodbye.", "no such tail", "Zyzzyva said goodbye twice.")
    region.crawl(slug, full=True)
    folder = region.db.parent
    address = f"{region.served.addresses[slug]}news/{SLUG}/"
    partner = next(partner for partner in region.partners if partner.slug == slug)
    assert "archive.db" in traces(folder)
    with open_archive(region.db) as archive:
        others = archive.query("SELECT count(*) FROM posts")[0][0] - 1
        rights.takedown(archive, rights.find(archive, address), "asked for")
        assert archive.query("SELECT 1 FROM posts WHERE title LIKE 'Zyzzyva%'") == []
        done = rights.erase(archive, rights.find(archive, address), partner, "asked for")
        assert done.dropped >= 2
        assert done.cut >= 1
        assert not done.blocked
    assert traces(folder) == []
    region.crawl(slug, full=True)
    assert traces(folder) == []
    with open_archive(region.db) as archive:
        assert archive.query("SELECT count(*) FROM posts")[0][0] == others
        assert archive.first("SELECT action, what FROM removals WHERE done_at IS NOT NULL AND action = 'erase'")
    assert check(region.db).faults == ()
