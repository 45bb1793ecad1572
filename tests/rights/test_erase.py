"""An erased name is found nowhere: not in the database, its log, the captures, the journal or the locks."""

from __future__ import annotations

import gzip
import html
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import warc_of_others
from sample_archive import Region

from scraper import rights
from scraper.capture import records
from scraper.check import check
from scraper.errors import UsageError
from scraper.importing import import_files
from scraper.publish import edition, parquet
from scraper.publish import export as publish
from scraper.publish.about import About
from scraper.publish.records import ids
from scraper.rebuild import rebuild
from scraper.reextract import Plan, reextract
from scraper.store.archive import Archive, open_archive

NAME = b"Zyzzyva"
TITLE = "Zyzzyva Quillfeather & friends leave the board after eleven years"
SLUG = "zyzzyva-quillfeather-leaves"

# site, folder and last part of the address, and title of the post that gets the name; sources of every kind
SITES = [
    (
        "sample-chamber",  # Atom, JSON Feed, a listing
        "news/quarterly-survey-order-books-fill-but-hiring-waits/",
        "Quarterly survey: order books fill, but hiring waits",
    ),
    (
        "sample-lifesci",  # RSS with the whole text, a sitemap, rails on every page
        "people-places/training-network-looks-for-a-new-chair/",
        "Training network looks for a new chair",
    ),
    ("sample-events", "events/trentside-jobs-fair/", "Trentside Jobs Fair"),  # a calendar, a sitemap
]


def seed(region: Region, slug: str, path: str, title: str, sentence: str) -> str:
    """Give a post of a served site the name, wherever the site speaks of it; return its address now."""
    server, tail = region.served._servers[slug], path.rstrip("/").rpartition("/")[2]
    pages = {}
    for address, page in server.pages.items():
        plain = "json" in page.content_type or "calendar" in page.content_type
        body = page.body.replace(title.encode(), (TITLE if plain else html.escape(TITLE)).encode())
        body = body.replace(tail.encode(), SLUG.encode())
        if tail in address or SLUG in address:
            body = body.replace(b"<p>", f"<p>{sentence} ".encode())
        pages[address.replace(tail, SLUG)] = replace(page, body=body, changed_at=None)
    server.pages = pages
    return region.served.addresses[slug] + path.replace(tail, SLUG)


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


@pytest.mark.parametrize(("slug", "path", "title"), SITES)
def test_erased_name_is_found_nowhere(
    region: Region, tmp_path_factory: pytest.TempPathFactory, slug: str, path: str, title: str
):
    address = seed(region, slug, path, title, "Zyzzyva said goodbye.")
    region.crawl(slug)
    seed(region, slug, path, title, "And Zyzzyva means it.")
    region.crawl(slug, full=True)
    folder, partner = region.db.parent, next(one for one in region.partners if one.slug == slug)
    batch = shutil.copytree(folder / "captures", tmp_path_factory.mktemp("batch") / "captures")
    assert {name.partition("/")[0] for name in traces(folder)} >= {"archive.db", "captures"}
    with open_archive(region.db) as archive:
        assert archive.first("SELECT revision, title FROM posts WHERE url = ?", [address])[:] == (2, TITLE)
        others = posts(archive, address)
        rights.takedown(archive, rights.find(archive, address), "asked for")
        done = rights.erase(archive, rights.find(archive, address), partner, "asked for")
        assert (done.dropped >= 2, done.cut >= 1, done.blocked) == (True, True, False)
    assert traces(folder) == []
    region.crawl(slug, full=True)
    assert traces(folder) == []
    with open_archive(region.db) as archive:
        reextract(archive, Plan(partners={slug: partner}, dry_run=False))
        import_files(archive, {slug: partner}, sorted(batch.glob("*/*.warc.gz")))
    assert rebuild(region.db, {slug: partner}).faults == []
    assert traces(folder) == []
    with open_archive(region.db) as archive:
        assert posts(archive, address) == others
        assert archive.first("SELECT what, reason FROM removals WHERE action = 'erase' AND done_at IS NOT NULL")
    assert check(region.db).faults == ()


def test_a_capture_that_a_crash_cut_short_does_not_outlive_an_erasure(tmp_path: Path):
    urls = [f"https://partner.example/news/{name}/" for name in (SLUG, "lock-gates")]
    pages = [
        warc_of_others.page(TITLE, "Goodbye. " * 40),
        warc_of_others.page("The lock gates hang", " ".join(map(str, range(4000)))),
    ]
    with warc_of_others.archive_of(tmp_path, map(warc_of_others.response, urls, pages)) as archive:
        (path,) = (tmp_path / "captures").glob("*/*.warc.gz")
        last = archive.first("SELECT offset, length FROM captures ORDER BY offset DESC")
        whole, half = path.read_bytes(), last["length"] * 4 // 5
        path.write_bytes(whole + whole[last["offset"] :][:half])
        done = rights.erase(archive, rights.find(archive, urls[0]), warc_of_others.PARTNER, "asked for")
        assert (done.dropped, done.cut, done.left) == (2, 0, ())
    (again,) = (tmp_path / "captures").glob("*/*.warc.gz")
    assert [record.capture.url for record in records(again)] == urls[1:]
    assert NAME not in gzip.decompress(again.read_bytes())
    assert check(tmp_path / "archive.db").faults == ()


def mention(region: Region, slug: str, address: str) -> None:
    """Let every page of another site say the name and link to the post, in its prose and in a list."""
    server = region.served._servers[slug]
    words = f'<p>We read <a href="{address}">{html.escape(TITLE)}</a> with interest.</p>'
    server.pages = {
        path: replace(page, body=page.body.replace(b"<p>", f"{words}<p>".encode(), 1), changed_at=None)
        if b"<html" in page.body[:300].lower()
        else page
        for path, page in server.pages.items()
    }


def test_other_partners_that_name_it_are_cut_and_keep_their_posts(region: Region):
    slug, path, title = SITES[0]
    address = seed(region, slug, path, title, "Zyzzyva said goodbye.")
    mention(region, "sample-engine", address)
    region.crawl(slug, "sample-engine")
    folder, partner = region.db.parent, next(one for one in region.partners if one.slug == slug)
    (folder / "archive.db.before-0001").write_bytes(NAME)
    (folder / "captures" / slug / "20260101-aaaa.warc.new").write_bytes(NAME)
    export(folder / "all.jsonl", region.db, "jsonl")
    export(folder / "all.csv", region.db, "csv")
    export_parquet(folder / "all.parquet", region.db)
    frozen = edition.make(region.db, "frozen", (), today=date(2026, 11, 21))
    assert {name.partition("/")[2].partition("/")[0] for name in traces(folder)} >= {slug, "sample-engine", "frozen"}
    (folder / "notes.txt").write_text(f"what a person wrote: {TITLE}")
    with open_archive(region.db) as archive:
        others = posts(archive, address)
        done = rights.erase(archive, rights.find(archive, address), partner, "asked for")
    assert set(done.deleted) == {"archive.db.before-0001", "all.csv", "all.jsonl", "all.parquet", "editions/frozen"}
    assert done.left == (str(folder / "notes.txt"),)
    assert traces(folder) == ["notes.txt"]
    assert edition.read(frozen.path).withdrawn
    with open_archive(region.db) as archive:
        assert posts(archive, address) == others
    assert check(region.db).faults == ()


def export(path: Path, db: Path, form: str) -> None:
    """Write what `archive export` writes."""
    with open_archive(db) as archive, path.open("w", encoding="utf-8") as file:
        found = publish.records(archive.connection, ids(archive.connection))
        file.writelines(publish.json_lines(found) if form == "jsonl" else publish.csv_lines(found))


def export_parquet(path: Path, db: Path) -> None:
    """Write what `archive export --format parquet` writes: compressed, so that no search for bytes finds a name in it."""
    with open_archive(db) as archive:
        about = About(query="", count=0, as_of="", url="")
        parquet.write(publish.records(archive.connection, ids(archive.connection)), path, about)


def test_a_title_that_another_post_bears_is_left_to_it(region: Region):
    slug, path, title = SITES[0]
    address = seed(region, slug, path, title, "Zyzzyva said goodbye.")
    region.crawl(slug, "sample-engine")
    with open_archive(region.db) as archive:
        twin = archive.first("SELECT id, url FROM posts WHERE partner = 'sample-engine' ORDER BY id")
        with archive.transaction() as connection:
            connection.execute("UPDATE posts SET title = ? WHERE id = ?", [TITLE, twin["id"]])
        partner = next(one for one in region.partners if one.slug == slug)
        rights.erase(archive, rights.find(archive, address), partner, "asked for")
        assert archive.first("SELECT title FROM posts WHERE id = ?", [twin["id"]])[0] == TITLE


def test_a_family_is_named_and_the_reason_names_nobody(region: Region):
    slug, path, title = SITES[0]
    address = seed(region, slug, path, title, "Zyzzyva said goodbye.")
    region.crawl(slug, "sample-engine")
    partner = next(one for one in region.partners if one.slug == slug)
    with open_archive(region.db) as archive:
        twin = archive.first("SELECT id, url FROM posts WHERE partner = 'sample-engine' ORDER BY id")
        with archive.transaction() as connection:
            connection.execute("INSERT INTO families (id, origin, size) VALUES (9, NULL, 2)")
            connection.execute("UPDATE posts SET family = 9 WHERE id = ? OR url = ?", [twin["id"], address])
        with pytest.raises(UsageError, match="reason"):
            rights.erase(archive, rights.find(archive, address), partner, f"about {address}")
        assert archive.first("SELECT count(*) FROM removals")[0] == 0
        assert rights.erase(archive, rights.find(archive, address), partner, "asked for").family == (twin["url"],)


def posts(archive: Archive, without: str) -> list[tuple]:
    """Return what is known of all posts but one."""
    query = "SELECT id, title, published_edtf, revision FROM posts WHERE url != ? ORDER BY id"
    return [tuple(row) for row in archive.query(query, [without])]
