"""Which post a page is: known under one of its addresses, moved, another address of one, or new."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from urllib.parse import urlsplit

from scraper.models import Post
from scraper.normalise import fingerprints, text, urls
from scraper.store import families, posts, source_claims
from scraper.store.archive import Row

MOST_OF_A_DAY = 200  # posts of one partner that are compared
LEAST_SHARED_WORDS = 40  # two addresses with the same content of at least this length are one post


def find_post(connection: sqlite3.Connection, partner: str, keys: Sequence[str]) -> Row | None:
    """Return the post that one of the addresses leads to, the first address first."""
    for key in keys:
        row: Row | None = connection.execute(
            "SELECT posts.* FROM addresses JOIN posts ON posts.id = addresses.post"
            " WHERE addresses.partner = ? AND addresses.url_key = ?",
            [partner, key],
        ).fetchone()
        if row is not None:
            return row
    return None


def find_moved(connection: sqlite3.Connection, partner: str, keys: Sequence[str]) -> Row | None:
    """Return the post whose new address this is, as its source's own key tells; the address is tied to it."""
    for key in keys:
        post_id = source_claims.moved_post(connection, partner, key)
        if post_id is not None:
            posts.add_address(connection, partner, key, post_id)
            row: Row | None = connection.execute("SELECT * FROM posts WHERE id = ?", [post_id]).fetchone()
            return row
    return None


def find_twin(connection: sqlite3.Connection, post: Post) -> Row | None:
    """Return the post that this page repeats under another address; None when it stands for itself.

    A canonical address of the same partner counts when titles or texts agree; without one the whole content must, or
    nearly the whole of a post that no source lists any more.
    """
    canonical = own_canonical(post)
    if canonical:
        row = find_post(connection, post.partner, [canonical])
        if row is not None and (
            text.fold(row["title"]) == text.fold(post.raw.title) or has_text(connection, row, post)
        ):
            return row
    if not text.has_words(post.raw.text, LEAST_SHARED_WORDS):
        return None
    found: Row | None = connection.execute(
        "SELECT * FROM posts WHERE partner = ? AND content_digest = ? ORDER BY first_seen_at LIMIT 1",
        [post.partner, post.content_digest],
    ).fetchone()
    return found or find_reset(connection, post)


def find_reset(connection: sqlite3.Connection, post: Post) -> Row | None:
    """Return the post that stood under another address before its site was set anew: title and day are the same, one
    text is in the other, for a template adds and drops lines, and no source lists the old address."""
    day = posts.day(post.published.on) if post.published else None
    if day is None:
        return None
    prints = fingerprints.of_text(post.folded)
    rows = connection.execute(
        "SELECT * FROM posts WHERE partner = ? AND published_on = ? ORDER BY first_seen_at, id", [post.partner, day]
    )
    for row in rows.fetchmany(MOST_OF_A_DAY):
        if text.fold(row["title"]) != text.fold(post.raw.title):
            continue
        if not source_claims.is_listed(connection, post.partner, urls.url_key(row["url"])) and fingerprints.is_within(
            prints, families.prints_of(connection, row["id"])
        ):
            found: Row = row
            return found
    return None


def is_of_another(connection: sqlite3.Connection, known: Row, post: Post) -> bool:
    """Say whether the address of a post shows another post: one that answers at this very address, or, under another
    title, what another says. So does a cache that mixes up pages, or a site that shows one page for all; an edit never
    ends in the words of another post."""
    owner = find_post(connection, post.partner, [post.url_key])
    if owner is not None and owner["id"] != known["id"]:
        return True
    if text.fold(known["title"]) == text.fold(post.raw.title):
        return False
    other = find_twin(connection, post)
    return other is not None and other["id"] != known["id"]


def has_text(connection: sqlite3.Connection, row: Row, post: Post) -> bool:
    """Say whether a stored post last said the very text of this page."""
    if not post.raw.text:
        return False
    found = connection.execute(
        "SELECT text_digest FROM revisions WHERE post = ? AND number = ?", [row["id"], row["revision"]]
    ).fetchone()
    return found is not None and found["text_digest"] == post.text_digest


def own_canonical(post: Post) -> str | None:
    """Return the key of a canonical address that is the partner's own and no home page; None otherwise."""
    canonical = post.raw.canonical_url
    if not canonical or urls.host_of(canonical).removeprefix("www.") != urls.host_of(post.raw.url).removeprefix("www."):
        return None
    key = urls.url_key(canonical)
    return key if key != post.url_key and urlsplit(canonical).path.strip("/") else None


def is_shadow(row: Row, post: Post, keys: Sequence[str]) -> bool:
    """Say whether a page is another address of a post that lives at its own: seen again, nothing to store."""
    return row["url_key"] not in keys and urls.url_key(row["url"]) not in keys and own_canonical(post) is not None


def moved_or(row: Row, post: Post, word: str) -> str:
    """Return 'moved' when a post now answers at another address than before, else the word."""
    return "moved" if urls.url_key(row["url"]) != post.url_key else word


def save_addresses(connection: sqlite3.Connection, post: Post, post_id: int, keys: Sequence[str]) -> None:
    """Tie every address a post was asked and answered at to it, its own canonical one included if it is free."""
    for key in dict.fromkeys(keys):
        posts.add_address(connection, post.partner, key, post_id)
    canonical = own_canonical(post)
    if canonical and find_post(connection, post.partner, [canonical]) is None:
        posts.add_address(connection, post.partner, canonical, post_id)
