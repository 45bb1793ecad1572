"""What a partner says differently from before, read as we read now."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timezone

from scraper.extract import skeleton
from scraper.models import Capture, Partner, Post, Public, RawPost
from scraper.normalise import text
from scraper.store import allowed
from scraper.store.archive import Archive, Row

from .reading import read_alone, reread, stored_capture
from .template_change import Changes, without_setting


def find_changes(
    archive: Archive, connection: sqlite3.Connection, row: Row, post: Post, partner: Partner, capture: Capture
) -> Changes:
    """Return what the partner says differently from before, read as we read now, under the rights that hold now.

    When another extractor read it then, or a source speaks that did not, both pages are read again, each alone: what
    the sources say by now was not said of the earlier page.
    """
    public = allowed.effective_rights(partner, post.raw.rights_flags)
    before = said_in_store(connection, row)
    if row["rights_flags"] != (" ".join(post.raw.rights_flags) or None):
        before["summary"] = said_now(post, public)["summary"]  # what was kept of it says nothing about the change
    changed = differences(before, said_now(post, public))
    is_read_alike = row["extractor"] == post.extractor and row["claims_from"] == post.claims_from
    if is_read_alike and not (changed and is_set_anew(archive, row, capture)):
        return changed
    then, since = reread(archive, row, partner, alone=True), read_alone(archive, partner, capture, row["url_key"])
    if then is None or since is None:
        return changed
    changed = differences(said_now(then, public), said_now(since, public))
    if changed and (is_read_alike or is_set_anew(archive, row, capture)):
        return without_setting(changed, then.raw.text, since.raw.text)
    return changed


def is_set_anew(archive: Archive, row: Row, capture: Capture) -> bool:
    """Say whether a page has another template than the one that its post was last read from."""
    last = stored_capture(archive, row["capture"])
    return last is not None and not skeleton.is_same_template(last, capture)


def is_another(row: Row, raw: RawPost) -> bool:
    """Say whether a page shares neither the title nor the date of its post."""
    published = next((claim.edtf for claim in raw.dates if claim.field == "published" and claim.chosen), None)
    dated_alike = published is not None and published == row["published_edtf"]
    return not dated_alike and text.fold(row["title"]) != text.fold(raw.title)


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
        if name == "published" and is_same_time(old, value):
            continue
        if old != value and text.fold(str(old)) != text.fold(str(value)):
            changed[name] = {"before": old, "after": value}
    return changed


def is_same_time(old: object, new: object) -> bool:
    """Say whether a date (EDTF) says nothing new: none is printed now, none was before, or it is the same moment in
    another zone, or told more coarsely or more finely."""
    if old is None or new is None:
        return True
    if not (isinstance(old, str) and isinstance(new, str)):
        return False
    return old.startswith(new) or new.startswith(old) or (moment_of(old) or old) == moment_of(new)


def moment_of(edtf: str) -> datetime | None:
    """Return the instant that an EDTF string with a zone names; None for any other."""
    try:
        moment = datetime.fromisoformat(edtf.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment.astimezone(timezone.utc) if moment.tzinfo else None


def is_as_stored(row: Row, post: Post) -> bool:
    """Say whether the row of a post is what this reading of it would write."""
    flags = " ".join(post.raw.rights_flags) or None
    return bool(
        row["extractor"] == post.extractor
        and row["content_digest"] == post.content_digest
        and row["rights_flags"] == flags
    )
