"""Find what a person wants removed: by its address on the partner's site, its address here, or its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from scraper.errors import UsageError
from scraper.normalise import urls
from scraper.publish.addresses import lengthen
from scraper.store import removals
from scraper.store.archive import Archive

SHORT = re.compile(r"(?:.*/)?([0-9a-zA-Z-]{1,20})/?\Z")


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A post that is to be removed, or was: `post` None means that its rows are not in the database."""

    partner: str
    digest: str  # of its first address; begins with the bits of its id
    digests: frozenset[str]  # of all its addresses
    post: int | None = None
    removal: int | None = None  # the removal that stands for it already


def find(archive: Archive, what: str) -> Target:
    """Return the post that a person names; raises UsageError when the archive knows nothing of it."""
    number = read_id(what)
    for target in (by_id(archive, number), by_address(archive, what)):
        if target is not None:
            return target
    raise UsageError(f"{what} is no post of this archive; name its address at the partner's site or its id here")


def read_id(what: str) -> int | None:
    """Return the id in `what`: a number, the short form, or the last part of an address of this archive."""
    if what.isascii() and what.isdigit() and len(what) > 11:
        return int(what)
    found = SHORT.match(what)
    return lengthen(found.group(1)) if found else None


def by_id(archive: Archive, number: int | None) -> Target | None:
    """Return the post of an id, in the database or removed before."""
    if number is None:
        return None
    row = archive.first("SELECT id, partner, url_key FROM posts WHERE id = ?", [number])
    if row is not None:
        return of_post(archive, row["id"], row["partner"], row["url_key"])
    low = f"{number:013x}"
    removal = archive.first(
        "SELECT id FROM removals WHERE digest >= ? AND digest < ? AND lifted_at IS NULL ORDER BY id DESC",
        [low, low + "g"],
    )
    return of_removal(archive, removal["id"]) if removal else None


def by_address(archive: Archive, url: str) -> Target | None:
    """Return the post at an address of a partner; a removed one and one that was never archived too."""
    if urls.absolute(url, "") is None:
        return None
    key = urls.url_key(url)
    row = archive.first(
        "SELECT posts.id, posts.partner, posts.url_key FROM addresses JOIN posts ON posts.id = addresses.post"
        " WHERE addresses.url_key = ?",
        [key],
    )
    if row is not None:
        return of_post(archive, row["id"], row["partner"], row["url_key"])
    for partner in partners_at(archive, url):
        digest = removals.digest(partner, key)
        removal = archive.first(
            "SELECT a.removal AS id FROM removed_addresses a JOIN removals r ON r.id = a.removal"
            " WHERE a.digest = ? AND r.lifted_at IS NULL ORDER BY r.id DESC",
            [digest],
        )
        if removal is not None:
            return of_removal(archive, removal["id"])
        return Target(partner=partner, digest=digest, digests=frozenset([digest]))
    return None


def partners_at(archive: Archive, url: str) -> Iterator[str]:
    """Yield the partners that an address may belong to, by the host of their home or of what was fetched of them."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    for row in archive.query("SELECT slug, home_url FROM partners ORDER BY slug"):
        if urls.same_host(url, urls.partner_hosts(row["home_url"], ())):
            yield row["slug"]
    query = "SELECT DISTINCT partner FROM captures WHERE url >= ? AND url < ?"
    yield from (row["partner"] for row in archive.query(query, [root, root[:-1] + "0"]))


def of_post(archive: Archive, post: int, partner: str, key: str) -> Target:
    """Return a post in the database with every address that leads to it."""
    rows = archive.query("SELECT url_key FROM addresses WHERE post = ?", [post])
    rows += archive.query("SELECT url_key FROM candidates WHERE post = ?", [post])
    keys = {key, *(row["url_key"] for row in rows)}
    digests = frozenset(removals.digest(partner, key) for key in keys)
    return Target(partner=partner, digest=removals.digest(partner, key), digests=digests, post=post)


def of_removal(archive: Archive, removal: int) -> Target:
    """Return what a removal stands for."""
    row = archive.query("SELECT * FROM removals WHERE id = ?", [removal])[0]
    rows = archive.query("SELECT digest FROM removed_addresses WHERE removal = ?", [removal])
    digests = frozenset(line["digest"] for line in rows)
    return Target(partner=row["partner"], digest=row["digest"], digests=digests, removal=removal)
