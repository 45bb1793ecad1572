"""The one door: a capture comes in, is read, normalised and stored, in one transaction; twice is as good as once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache
from urllib.parse import urlsplit

from scraper import extract, source_words, vocabulary
from scraper.capture import read_record
from scraper.errors import BlockedPage, ConfigError, HostilePage, NotAPost, PageError
from scraper.extract.recipe import Recipe, from_json
from scraper.models import Capture, Category, DateClaim, Partner, Post, Public, RawPost, SourceClaims
from scraper.normalise import text, urls
from scraper.store import frontier, ids, posts, recipes, removals, tallies, withhold
from scraper.store.archive import Archive, Row, instant

Changes = dict[str, dict[str, object]]  # field → before, after

GONE = (404, 410)
LEAST_SHARED_WORDS = 40  # two addresses with the same content of at least this length are one post
RECIPES_KEPT = 8  # parsed; one is read by at a time, in a re-extraction several
RETRY_HOURS = (0, 0, 6, 24, 72, 168, 720)  # until a failing address is tried again, by the number of failures


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a page: a word of the ledger, the post it belongs to, and why."""

    word: str
    post: int | None = None
    reason: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """What the archive held of a post before this page: the words that a revision is judged by."""

    id: int
    row: Row
    said: dict[str, object]


def ingest_page(
    archive: Archive,
    connection: sqlite3.Connection,
    partner: Partner,
    capture: Capture,
    *,
    reading: RawPost | PageError,
) -> Outcome:
    """Store what one page of a partner says; the caller has read it before the transaction opened.

    `capture.requested_url` is the address that was asked for, `capture.url` the one that answered.
    """
    outcome = decide(archive, connection, partner, capture, reading)
    if outcome.post is not None:
        tallies.refresh(connection, outcome.post)
    return outcome


def decide(
    archive: Archive, connection: sqlite3.Connection, partner: Partner, capture: Capture, reading: RawPost | PageError
) -> Outcome:
    """Store a page as what it is: a new post, a known one, another address of one, a page that is gone or none."""
    own_key = urls.url_key(capture.url)
    keys = list(dict.fromkeys([urls.url_key(capture.requested_url or capture.url), own_key]))
    if removals.stands(connection, partner.slug, keys):
        return Outcome(word="removed")
    known = find_post(connection, partner.slug, keys)
    if capture.status in GONE:
        return vanish(connection, known, capture)
    if isinstance(reading, PageError):
        return refuse(connection, known, reading, capture)
    post = normalise(partner, reading, own_key, archive)
    known = known or find_moved(connection, partner.slug, keys)
    twin = known or find_twin(connection, post)
    if twin is None and "noarchive" in reading.rights_flags:
        return Outcome(word="refused", reason="noarchive")  # a post known already loses its words instead
    if twin is None:
        return Outcome(word="new", post=store_new(connection, post, partner, capture, keys))
    return store_known(archive, connection, twin, post, partner, capture, keys)


def read_page(archive: Archive, partner: Partner, capture: Capture) -> RawPost | PageError:
    """Read a page with what its sources say of it, outside any transaction; no post: the reason comes back."""
    if capture.status in GONE:
        return NotAPost("gone")
    if capture.status >= 400:
        return BlockedPage("status", str(capture.status))
    try:
        raw = extract.read(capture, partner, claims_for(archive, partner, capture), recipe_of(archive, partner))
    except PageError as error:
        return error
    return raw


def recipe_of(archive: Archive, partner: Partner) -> Recipe | None:
    """Return the recipe that the partner's pages are read by; None while it has none."""
    words = recipes.active_recipe(archive, partner.slug)
    return parsed_recipe(words) if words else None


@lru_cache(maxsize=RECIPES_KEPT)
def parsed_recipe(words: str) -> Recipe:
    """Return a recipe from its JSON; the same words come with every page of a partner."""
    return from_json(words)


def claims_for(archive: Archive, partner: Partner, capture: Capture) -> tuple[SourceClaims, ...]:
    """Return what the sources say about a page under the address that answered, else under the one that was asked."""
    answered, asked = urls.url_key(capture.url), urls.url_key(capture.requested_url or capture.url)
    said = source_words.of(archive, partner, answered)
    return said if said or asked == answered else source_words.of(archive, partner, asked)


def normalise(partner: Partner, raw: RawPost, url_key: str, archive: Archive) -> Post:
    """Turn what a page says into a post: chosen dates, terms for labels, a digest of its content."""
    categories = tuple(map_category(label, raw, partner) for label in raw.categories)
    published = chosen(raw, "published")
    words = text.fold(raw.text)
    days = [published.edtf if published else "", *(event.when_edtf for event in raw.events)]
    return Post(
        partner=partner.slug,
        url_key=url_key,
        raw=raw,
        published=published,
        modified=chosen(raw, "modified"),
        categories=categories,
        events=raw.events,
        content_digest=text.digest_folded(text.fold(raw.title), words, *map(text.fold, days)),
        text_digest=text.digest_folded(words),
        extractor=f"{extract.VERSION}/{raw.recipe or 'generic'}",
        claims_from=claims_from(archive, partner, url_key),
    )


def map_category(label: str, raw: RawPost, partner: Partner) -> Category:
    """Return a label with its term in the vocabulary and the reason."""
    found = vocabulary.map_label(label, language=raw.language or partner.language, overrides=partner.categories)
    return Category(label=label, term=found.term, reason=found.reason)


def chosen(raw: RawPost, name: str) -> DateClaim | None:
    """Return the claim that won for a date field; None when the post is undated."""
    return next((claim for claim in raw.dates if claim.field == name and claim.chosen), None)


def claims_from(archive: Archive, partner: Partner, url_key: str) -> str:
    """Return a mark of the sources that speak about an address: a new voice is not taken for a change of content."""
    rows = archive.query(
        "SELECT s.url FROM source_claims c JOIN sources s ON s.id = c.source"
        " WHERE c.partner = ? AND c.url_key = ? AND c.claims != '' ORDER BY s.url",
        [partner.slug, url_key],
    )
    return text.digest(*(str(row["url"]) for row in rows))[:12] if rows else ""


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
        post_id = frontier.moved_post(connection, partner, key)
        if post_id is not None:
            posts.add_address(connection, partner, key, post_id)
            row: Row | None = connection.execute("SELECT * FROM posts WHERE id = ?", [post_id]).fetchone()
            return row
    return None


def find_twin(connection: sqlite3.Connection, post: Post) -> Row | None:
    """Return the post that this page repeats under another address; None when it stands for itself.

    A canonical address of the same partner counts when titles or texts agree; without one the whole content must.
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
    return found


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
    archive: Archive,
    connection: sqlite3.Connection,
    row: Row,
    post: Post,
    partner: Partner,
    capture: Capture,
    keys: Sequence[str],
) -> Outcome:
    """Write the present reading of a post; a change of what the partner says is a revision."""
    post_id, now = int(row["id"]), instant(capture.fetched_at)
    alias = find_post(connection, partner.slug, keys) is None
    if alias or is_shadow(row, post, keys):
        save_addresses(connection, post, post_id, keys)
        posts.touch(connection, post_id, now=now)
        return Outcome(word="duplicate", post=post_id, reason=row["url"])
    public = posts.effective_rights(partner, post.raw.rights_flags)
    changed = find_changes(archive, connection, row, post, partner, capture)
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


def is_as_stored(row: Row, post: Post) -> bool:
    """Say whether the row of a post is what this reading of it would write."""
    flags = " ".join(post.raw.rights_flags) or None
    return bool(
        row["extractor"] == post.extractor
        and row["content_digest"] == post.content_digest
        and row["rights_flags"] == flags
    )


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


def said_now(post: Post, public: Public) -> dict[str, object]:
    """Return the words of a post that a revision is judged by, as the database holds them under these rights."""
    raw = post.raw
    return {
        "title": raw.title,
        "summary": raw.summary if public != "none" else None,
        "byline": raw.byline,
        "text": post.text_digest,  # whatever may be shown of it
        "published": post.published.edtf if post.published else None,
        "categories": sorted(category.label for category in post.categories),
        "events": sorted(f"{event.when_edtf} {event.status} {event.title}" for event in post.events),
    }


def find_changes(
    archive: Archive, connection: sqlite3.Connection, row: Row, post: Post, partner: Partner, capture: Capture
) -> Changes:
    """Return what the partner says differently from before, read as we read now, under the rights that hold now.

    When another extractor read it then, or a source speaks that did not, both pages are read again, each alone: what
    the sources say by now was not said of the earlier page.
    """
    public = posts.effective_rights(partner, post.raw.rights_flags)
    if row["extractor"] != post.extractor or row["claims_from"] != post.claims_from:
        then, since = reread(archive, row, partner, alone=True), read_alone(archive, partner, capture, row["url_key"])
        if then is not None and since is not None:
            return differences(said_now(then, public), said_now(since, public))
    before = said_in_store(connection, row)
    if row["rights_flags"] != (" ".join(post.raw.rights_flags) or None):
        before["summary"] = said_now(post, public)["summary"]  # what was kept of it says nothing about the change
    return differences(before, said_now(post, public))


def read_alone(archive: Archive, partner: Partner, capture: Capture, url_key: str) -> Post | None:
    """Read a page without what its sources say of it by now; None when it reads as no post."""
    try:
        raw = extract.read(capture, partner, (), recipe_of(archive, partner))
    except PageError:
        return None
    return normalise(partner, raw, url_key, archive)


def reread(
    archive: Archive, row: Row, partner: Partner, capture: int | None = None, *, alone: bool = False
) -> Post | None:
    """Read a capture of a post with the present extractor, its last one when none is named.

    An earlier capture is read `alone`, without what the sources say by now. None when it cannot be read any more, or
    reads as no post.
    """
    place = archive.first("SELECT warc, offset, length FROM captures WHERE id = ?", [capture or row["capture"]])
    if place is None:
        return None
    try:
        record = read_record(archive.captures / place["warc"], place["offset"], place["length"])
    except ConfigError:
        return None
    again = replace(record.capture, requested_url=record.capture.requested_url or row["url"])
    if alone or (capture is not None and capture != row["capture"]):
        return read_alone(archive, partner, again, row["url_key"])
    found = read_page(archive, partner, again)
    return None if isinstance(found, PageError) else normalise(partner, found, row["url_key"], archive)


def rewrite(connection: sqlite3.Connection, row: Row, capture: int, post: Post, partner: Partner) -> None:
    """Write the present reading of one capture of a post: no revision, and what was seen when stays."""
    public = posts.effective_rights(partner, post.raw.rights_flags)
    if capture == row["capture"]:
        posts.drop_from_index(connection, row["id"])
        values = posts.post_values(post, partner, capture=capture, now=row["last_seen_at"], revision=row["revision"])
        posts.update(connection, row["id"], values)
        posts.replace_details(connection, row["id"], post, partner, now=row["last_seen_at"])
        posts.add_to_index(connection, row["id"])
        connection.execute("UPDATE posts SET gone_at = ? WHERE id = ?", [row["gone_at"], row["id"]])
    reread_revision(connection, row["id"], "capture", capture, post, public)
    withhold.narrow(connection, row["id"], public)
    tallies.refresh(connection, row["id"])


def reread_revision(
    connection: sqlite3.Connection, post_id: int, which: str, value: int, post: Post, public: Public
) -> None:
    """Write the present reading into the revision that `which` (number or capture) names: the same words, read anew."""
    connection.execute(
        f"UPDATE revisions SET title = ?, text = ?, text_digest = ?, extractor = ? WHERE post = ? AND {which} = ?",  # noqa: S608 - a column
        [
            post.raw.title,
            posts.allowed_text(post.raw.text, public),
            post.text_digest,
            post.extractor,
            post_id,
            value,
        ],
    )


def said_in_store(connection: sqlite3.Connection, row: Row) -> dict[str, object]:
    """Return the words of a post as the database holds them."""
    revision = connection.execute(
        "SELECT text_digest FROM revisions WHERE post = ? AND number = ?", [row["id"], row["revision"]]
    ).fetchone()
    labels = connection.execute(
        "SELECT label FROM post_categories JOIN categories ON categories.id = category WHERE post = ?", [row["id"]]
    )
    events = connection.execute("SELECT when_edtf, status, title FROM events WHERE post = ?", [row["id"]])
    return {
        "title": row["title"],
        "summary": row["summary"],
        "byline": row["byline"],
        "text": revision["text_digest"] if revision else None,
        "published": row["published_edtf"],
        "categories": sorted(label["label"] for label in labels),
        "events": sorted(f"{event['when_edtf']} {event['status']} {event['title']}" for event in events),
    }


def differences(before: dict[str, object], after: dict[str, object]) -> Changes:
    """Return field → before, after for what really changed; spacing, quotes and dashes are no change."""
    changed: Changes = {}
    for name, value in after.items():
        old = before.get(name)
        if old != value and text.fold(str(old)) != text.fold(str(value)):
            changed[name] = {"before": old, "after": value}
    return changed


def save_revision(
    connection: sqlite3.Connection,
    post_id: int,
    number: int,
    post: Post,
    partner: Partner,
    capture: Capture,
    changed: dict[str, dict[str, object]],
) -> None:
    """Write one revision: what the post said from then on, and which fields differ from before."""
    public = posts.effective_rights(partner, post.raw.rights_flags)
    brief = {name: pair for name, pair in changed.items() if name != "text"}
    if "text" in changed:
        brief["text"] = {"before": None, "after": None}  # the texts stand in the rows of both revisions
    connection.execute(
        "INSERT OR REPLACE INTO revisions (post, number, captured_at, capture, extractor, title, text, text_digest,"
        " changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            post_id,
            number,
            instant(capture.fetched_at),
            capture.id,
            post.extractor,
            post.raw.title,
            posts.allowed_text(post.raw.text, public),
            post.text_digest,
            json.dumps(brief, ensure_ascii=False) if brief else None,
        ],
    )


def vanish(connection: sqlite3.Connection, known: Row | None, capture: Capture) -> Outcome:
    """Note that a page answers 404 or 410: the post stays, with the day it was missed."""
    if known is None:
        return Outcome(word="refused", reason=f"status {capture.status}")
    gone = posts.mark_gone(connection, known["id"], now=instant(capture.fetched_at))
    return Outcome(word="gone" if gone else "still-gone", post=known["id"])


def refuse(connection: sqlite3.Connection, known: Row | None, error: PageError, capture: Capture) -> Outcome:
    """Say why a page is not stored; a known post keeps what it said, unless its page says that it is withdrawn."""
    if isinstance(error, BlockedPage):
        return Outcome(word="blocked", reason=str(error), post=known["id"] if known else None)
    if known is not None and isinstance(error, NotAPost) and error.reason in ("soft-404", "password", "noindex"):
        gone = posts.mark_gone(connection, known["id"], now=instant(capture.fetched_at))
        return Outcome(word="gone" if gone else "still-gone", post=known["id"], reason=str(error))
    word = "unreadable" if isinstance(error, HostilePage) else "refused"
    return Outcome(word=word, reason=str(error), post=known["id"] if known else None)


def retry_at(capture_time: str, attempts: int) -> str:
    """Return when a failing address is tried again: at once in the next runs, then at growing distance."""
    from scraper.store.archive import parse_instant

    hours = RETRY_HOURS[min(attempts, len(RETRY_HOURS) - 1)]
    return instant(parse_instant(capture_time) + timedelta(hours=hours))
