"""Write posts: one row and all that hangs on it, in the transaction of the page that was read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

from scraper.models import Category, Partner, Post, Public
from scraper.normalise import text

from . import date_claims, events, families, tallies, terms
from .allowed import allowed_text, effective_rights
from .archive import instant, row_of

POST_COLUMNS = (
    "partner url_key kind url canonical_url title summary byline language published_at published_on published_edtf"
    " published_precision earliest_on latest_on modified_at modified_on first_seen_at last_seen_at revision extractor"
    " words capture content_digest rights_flags claims_from authors"
).split()
SHARE_COLUMNS = (
    "og_title og_description og_type og_url og_image og_image_alt og_site_name og_locale article_section twitter_card"
    " twitter_title twitter_description twitter_image twitter_site canonical_url json_ld_type share_links"
    " resolved_title resolved_title_from resolved_description resolved_description_from resolved_image"
    " resolved_image_from resolved_url resolved_url_from"
).split()


POST_ROW = row_of("posts", ["id", *POST_COLUMNS])
SHARE_ROW = row_of("share_metadata", ["post", *SHARE_COLUMNS, "lead_image", "lead_image_alt", "lead_image_caption"])

# What of `share_metadata` is prose; the rest are titles, addresses and names.
SHARE_PROSE = (
    "og_description og_image_alt twitter_description resolved_description resolved_description_from lead_image_alt"
    " lead_image_caption"
).split()


def post_values(post: Post, partner: Partner, *, capture: int | None, now: str, revision: int) -> dict[str, object]:
    """Return the row of a post."""
    raw, published, modified = post.raw, post.published, post.modified
    public = effective_rights(partner, raw.rights_flags)
    return {
        "partner": post.partner,
        "url_key": post.url_key,
        "kind": raw.kind,
        "url": raw.url,
        "canonical_url": raw.canonical_url,
        "title": raw.title,
        "summary": raw.summary if public != "none" else None,
        "byline": raw.byline,
        "language": raw.language,
        "published_at": moment(published.at) if published else None,
        "published_on": day(published.on) if published else None,
        "published_edtf": published.edtf if published else None,
        "published_precision": published.precision if published else None,
        "earliest_on": day(published.earliest_on or published.on) if published else None,
        "latest_on": day(published.latest_on or published.on) if published else None,
        "modified_at": moment(modified.at) if modified else None,
        "modified_on": day(modified.on) if modified else None,
        "first_seen_at": now,
        "last_seen_at": now,
        "revision": revision,
        "extractor": post.extractor,
        "words": text.count_words(raw.text),
        "capture": capture,
        "content_digest": post.content_digest,
        "rights_flags": " ".join(raw.rights_flags) or None,
        "claims_from": post.claims_from,
        "authors": json.dumps(raw.authors, ensure_ascii=False) if raw.authors else None,
    }


def insert(connection: sqlite3.Connection, post_id: int, values: dict[str, object]) -> None:
    """Write a post that is new."""
    connection.execute(f"INSERT INTO {POST_ROW}", [post_id, *(values[name] for name in POST_COLUMNS)])


def update(connection: sqlite3.Connection, post_id: int, values: dict[str, object]) -> None:
    """Write the present reading of a known post; its first address, first sight and id stay."""
    names = [name for name in POST_COLUMNS if name not in ("partner", "url_key", "first_seen_at")]
    pairs = ", ".join(f"{name} = ?" for name in names)
    connection.execute(
        f"UPDATE posts SET {pairs}, gone_at = NULL WHERE id = ?", [*(values[name] for name in names), post_id]
    )


def touch(connection: sqlite3.Connection, post_id: int, *, now: str) -> None:
    """Note that a post was seen again, unchanged; one that had gone lives again."""
    connection.execute("UPDATE posts SET last_seen_at = ?, gone_at = NULL WHERE id = ?", [now, post_id])


def move(connection: sqlite3.Connection, post_id: int, url: str) -> None:
    """Note that a post is found at another address from now on; its id and first address stay."""
    connection.execute("UPDATE posts SET url = ? WHERE id = ?", [url, post_id])


def mark_gone(connection: sqlite3.Connection, post_id: int, *, now: str) -> bool:
    """Note that a post has vanished from its site and keep everything; say whether that is news."""
    done = connection.execute("UPDATE posts SET gone_at = ? WHERE id = ? AND gone_at IS NULL", [now, post_id])
    return done.rowcount > 0


def add_address(connection: sqlite3.Connection, partner: str, url_key: str, post_id: int) -> None:
    """Note that an address leads to a post; one that led elsewhere leads here from now on."""
    connection.execute(
        "INSERT INTO addresses (partner, url_key, post) VALUES (?, ?, ?)"
        " ON CONFLICT (partner, url_key) DO UPDATE SET post = excluded.post",
        [partner, url_key, post_id],
    )


def drop_from_index(connection: sqlite3.Connection, post_id: int) -> None:
    """Take a post's present words out of the search index, before any of them change."""
    connection.execute(
        "INSERT INTO posts_fts (posts_fts, rowid, title, summary, text, byline)"
        " SELECT 'delete', id, title, summary, text, byline FROM posts_text WHERE id = ?",
        [post_id],
    )


def add_to_index(connection: sqlite3.Connection, post_id: int) -> None:
    """Put a post's present words into the search index."""
    connection.execute(
        "INSERT INTO posts_fts (rowid, title, summary, text, byline)"
        " SELECT id, title, summary, text, byline FROM posts_text WHERE id = ?",
        [post_id],
    )
    tallies.bump(connection, "version")  # other words are found from now on, even where no count changes


def save_details(connection: sqlite3.Connection, post_id: int, post: Post, partner: Partner, *, now: str) -> None:
    """Write all that hangs on a new post: body, fingerprints, share metadata, claims, categories, tags and events."""
    public = effective_rights(partner, post.raw.rights_flags)
    save_body(connection, post_id, post, public)
    families.keep(connection, post_id, post.folded, public)
    save_share(connection, post_id, post, public)
    save_categories(connection, post_id, post.partner, post.categories)
    connection.executemany("INSERT OR IGNORE INTO tags VALUES (?, ?)", [(post_id, tag) for tag in post.raw.tags])
    date_claims.save_of_post(connection, post_id, post.raw.dates, public)
    events.save_events(connection, post_id, post, public, now=now)


def replace_details(connection: sqlite3.Connection, post_id: int, post: Post, partner: Partner, *, now: str) -> None:
    """Write all that hangs on a known post in place of what did; an event that it still names keeps its id."""
    for table in ("post_categories", "tags", "date_claims"):
        connection.execute(f"DELETE FROM {table} WHERE post = ?", [post_id])
    connection.execute("DELETE FROM date_claims WHERE event IN (SELECT id FROM events WHERE post = ?)", [post_id])
    kept = events.event_ids(post_id, post)
    stale = f"FROM events WHERE post = ? AND id NOT IN ({','.join('?' * len(kept))})"
    connection.execute(f"DELETE {stale}", [post_id, *kept])
    save_details(connection, post_id, post, partner, now=now)


def save_body(connection: sqlite3.Connection, post_id: int, post: Post, public: Public) -> None:
    """Write as much of the text as may be shown."""
    html = post.raw.html if public == "full" else None
    connection.execute(
        "INSERT OR REPLACE INTO bodies (post, text, html) VALUES (?, ?, ?)",
        [post_id, allowed_text(post.raw.text, public), html],
    )


def save_share(connection: sqlite3.Connection, post_id: int, post: Post, public: Public) -> None:
    """Write what the page tells social sites, and its lead picture."""
    raw = post.raw
    values: dict[str, object] = {name: getattr(raw.share, name) for name in SHARE_COLUMNS}
    links = raw.share.share_links
    values["share_links"] = json.dumps(dict(links), ensure_ascii=False) if links else None
    values |= {"lead_image": raw.image, "lead_image_alt": raw.image_alt, "lead_image_caption": raw.image_caption}
    if public == "none":
        values |= dict.fromkeys(SHARE_PROSE)
    connection.execute(f"INSERT OR REPLACE INTO {SHARE_ROW}", [post_id, *values.values()])


def save_categories(connection: sqlite3.Connection, post_id: int, partner: str, categories: Iterable[Category]) -> None:
    """Tie a post to its partner's labels; a label met for the first time gets its row.

    A label that means another term by now means it for every post that carries it.
    """
    for category in categories:
        label = save_category(connection, partner, category)
        connection.execute("INSERT OR IGNORE INTO post_categories VALUES (?, ?)", [post_id, label])


def save_category(connection: sqlite3.Connection, partner: str, category: Category) -> int:
    """Write a label of a partner with its term and why; return its key."""
    row = connection.execute(
        "SELECT id, term, reason FROM categories WHERE partner = ? AND label = ?", [partner, category.label]
    ).fetchone()
    if category.term and (row is None or row["term"] != category.term):
        terms.save_term(connection, category.term)  # a newer vocabulary may be at work than at the last crawl
    if row is None:
        values = [partner, category.label, category.term, category.reason]
        done = connection.execute("INSERT INTO categories (partner, label, term, reason) VALUES (?, ?, ?, ?)", values)
        return int(done.lastrowid or 0)
    if (row["term"], row["reason"]) != (category.term, category.reason):
        values = [category.term, category.reason, row["id"]]
        connection.execute("UPDATE categories SET term = ?, reason = ? WHERE id = ?", values)
    if row["term"] != category.term:
        tallies.refresh_category(connection, row["id"])
    return int(row["id"])


def moment(value: datetime | None) -> str | None:
    """Return an instant as the database writes it; None for unknown."""
    return instant(value) if value else None


def day(value: date | None) -> str | None:
    """Return a day as the database writes it; None for unknown."""
    return value.isoformat() if value else None
