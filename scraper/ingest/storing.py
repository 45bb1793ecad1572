"""The one door: what a page says is stored in one transaction; twice is as good as once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.errors import BlockedPage, HostilePage, NotAPost, PageError
from scraper.models import Capture, Partner, Post, RawPost
from scraper.normalise import urls
from scraper.store import allowed, frontier, ids, posts, removals, tallies, withhold
from scraper.store.archive import Archive, Row, instant

from .changes import is_as_stored
from .foreseeing import Compared, Foreseen, compare, has_lost_its_text
from .identity import find_moved, find_post, find_twin, is_of_another, is_shadow, moved_or, save_addresses
from .reading import GONE, normalise
from .revisions import reread_revision, save_revision


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a page: a word of the ledger, the post it belongs to, and why."""

    word: str
    post: int | None = None
    reason: str | None = None


def ingest_page(
    archive: Archive,
    connection: sqlite3.Connection,
    partner: Partner,
    capture: Capture,
    *,
    reading: RawPost | PageError,
    foreseen: Foreseen | None = None,
) -> Outcome:
    """Store what one page of a partner says; the caller has read it before the transaction opened, and foreseen it.

    `capture.requested_url` is the address that was asked for, `capture.url` the one that answered.
    """
    outcome = decide(archive, connection, partner, capture, reading, foreseen)
    if outcome.post is not None:
        tallies.refresh(connection, outcome.post)
    return outcome


def decide(
    archive: Archive,
    connection: sqlite3.Connection,
    partner: Partner,
    capture: Capture,
    reading: RawPost | PageError,
    foreseen: Foreseen | None,
) -> Outcome:
    """Store a page as what it is: a new post, a known one, another address of one, a page that is gone or none."""
    own_key = urls.url_key(capture.url)
    keys = list(dict.fromkeys([urls.url_key(capture.requested_url or capture.url), own_key]))
    if removals.stands(connection, partner.slug, keys):
        return Outcome(word="removed")
    known = find_post(connection, partner.slug, keys)
    if capture.status in GONE:
        return move_or_vanish(connection, known, capture, keys)
    if known is not None and own_key == urls.url_key(partner.home) != keys[0]:
        return vanish(connection, known, capture, reason="leads to the home page")
    if isinstance(reading, PageError):
        return refuse(connection, known, reading, capture)
    foreseen = foreseen or Foreseen(post=normalise(partner, reading, own_key, archive))
    post = foreseen.post
    known = known or find_moved(connection, partner.slug, keys)
    twin = known or find_twin(connection, post)
    if twin is None and "noarchive" in reading.rights_flags:
        return Outcome(word="refused", reason="noarchive")  # a post known already loses its words instead
    if twin is not None and has_lost_its_text(twin, post):
        return Outcome(word="refused", reason="no text where there was one", post=twin["id"])
    if known is not None and is_of_another(connection, known, post):
        return Outcome(word="refused", reason="the page of another post", post=known["id"])
    if twin is None:
        return Outcome(word="new", post=store_new(connection, post, partner, capture, keys))
    compared = foreseen.beside(twin) or compare(archive, partner, capture, post, twin)
    return store_known(connection, compared, partner, capture, keys)


def store_new(
    connection: sqlite3.Connection, post: Post, partner: Partner, capture: Capture, keys: Sequence[str]
) -> int:
    """Write a post that the archive did not hold, with its first revision."""
    post_id = ids.post_id(post.partner, post.url_key)
    now = instant(capture.fetched_at)
    values = posts.post_values(post, partner, capture=capture.id, now=now, revision=1)
    posts.insert(connection, post_id, values)
    posts.save_details(connection, post_id, post, partner, now=now)
    posts.add_to_index(connection, post_id)
    save_addresses(connection, post, post_id, keys)
    save_revision(connection, post_id, 1, post, partner, capture, {})
    return post_id


def store_known(
    connection: sqlite3.Connection, compared: Compared, partner: Partner, capture: Capture, keys: Sequence[str]
) -> Outcome:
    """Write the present reading of a post; a change of what the partner says is a revision."""
    row, post, changed = compared.row, compared.post, compared.changed
    post_id, now = int(row["id"]), instant(capture.fetched_at)
    alias = find_post(connection, partner.slug, keys) is None
    if alias or is_shadow(row, post, keys):
        save_addresses(connection, post, post_id, keys)
        posts.touch(connection, post_id, now=now)
        if row["gone_at"] is not None:  # from its own address: it has moved here
            posts.move(connection, post_id, post.raw.url)
            return Outcome(word="moved", post=post_id, reason=row["url"])
        return Outcome(word="duplicate", post=post_id, reason=row["url"])
    public = allowed.effective_rights(partner, post.raw.rights_flags)
    revision = int(row["revision"]) + bool(changed)
    if not changed and is_as_stored(row, post):
        posts.touch(connection, post_id, now=now)
        save_addresses(connection, post, post_id, keys)
        connection.execute(
            "UPDATE posts SET claims_from = ?, url = ? WHERE id = ?", [post.claims_from, post.raw.url, post_id]
        )
        return Outcome(word=moved_or(row, post, "unchanged"), post=post_id)
    posts.drop_from_index(connection, post_id)
    values = posts.post_values(post, partner, capture=capture.id, now=now, revision=revision)
    posts.update(connection, post_id, values)
    posts.replace_details(connection, post_id, post, partner, now=now)
    posts.add_to_index(connection, post_id)
    save_addresses(connection, post, post_id, keys)
    if changed:
        save_revision(connection, post_id, revision, post, partner, capture, changed)
    else:
        reread_revision(connection, post_id, "number", revision, post, public)
    withhold.narrow(connection, post_id, public)
    return Outcome(word="changed" if changed else moved_or(row, post, "unchanged"), post=post_id)


def move_or_vanish(connection: sqlite3.Connection, known: Row | None, capture: Capture, keys: Sequence[str]) -> Outcome:
    """Note that a page answers 404 or 410: its post stands at another of its addresses, or is gone."""
    if known is None or urls.url_key(known["url"]) not in keys:
        stays = known is not None and known["gone_at"] is None  # it lives at the address that it has moved to
        return Outcome(word="duplicate", post=known["id"]) if known and stays else vanish(connection, known, capture)
    other = frontier.other_address(connection, known["id"], keys, now=instant(capture.fetched_at))
    if other is None:
        return vanish(connection, known, capture)
    posts.move(connection, known["id"], other["url"])
    return Outcome(word="moved", post=known["id"], reason=other["url"])


def vanish(
    connection: sqlite3.Connection, known: Row | None, capture: Capture, *, reason: str | None = None
) -> Outcome:
    """Note that a page answers 404 or 410, or leads to the home page: the post stays, with the day it was missed."""
    if known is None:
        return Outcome(word="refused", reason=f"status {capture.status}")
    gone = posts.mark_gone(connection, known["id"], now=instant(capture.fetched_at))
    return Outcome(word="gone" if gone else "still-gone", post=known["id"], reason=reason)


def refuse(connection: sqlite3.Connection, known: Row | None, error: PageError, capture: Capture) -> Outcome:
    """Say why a page is not stored; a known post keeps what it said, unless its page says that it is withdrawn."""
    if isinstance(error, BlockedPage):
        return Outcome(word="blocked", reason=str(error), post=known["id"] if known else None)
    if known is not None and isinstance(error, NotAPost) and error.reason in ("soft-404", "password", "noindex"):
        gone = posts.mark_gone(connection, known["id"], now=instant(capture.fetched_at))
        return Outcome(word="gone" if gone else "still-gone", post=known["id"], reason=str(error))
    word = "unreadable" if isinstance(error, HostilePage) else "refused"
    return Outcome(word=word, reason=str(error), post=known["id"] if known else None)
