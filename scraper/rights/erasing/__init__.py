"""Erase a post everywhere: rows, search index, captures, journals, exports, old copies; a tombstone stays."""

from __future__ import annotations

from dataclasses import replace

from scraper.errors import UsageError
from scraper.models import Partner
from scraper.store import families, removals
from scraper.store.archive import Archive
from scraper.store.journal import Journal

from ..finding import Target
from ..redact import Marks, title_digest
from ..takedown import hide, remember, removing
from . import rows
from .captures import Watch, rewrite_captures, scrub_journals
from .copies import Erasure, finish, together
from .traces import Trace
from .whole import readmit, remove_partner
from .words import Needles, holds, needles_of

__all__ = ["Erasure", "erase", "readmit", "remove_partner", "together"]


def erase(archive: Archive, target: Target, partner: Partner, reason: str, watch: Watch = lambda *_: None) -> Erasure:
    """Erase a post everywhere; run again after a crash it finishes its work.

    The locks of all partners must be held: nothing may be written beside it. Raises UsageError for a reason that names
    what is to be erased.
    """
    needles = needles_of(archive, target, partner)
    if holds(needles.strict, reason.encode("utf-8", "replace")):
        raise UsageError("the reason stays in public; it must not name what is to be erased")
    family = family_of(archive, target)
    removal, marks = entomb(archive, target, needles, reason)
    done = rewrite_captures(archive, target, marks, needles, watch)
    scrub_journals(archive, target, needles)
    rows.reread(archive, [number for number in done.cut if number], partner)
    families.gather(archive)
    rows.blank(archive, needles.strict)
    return replace(finish(archive, removal, Trace(needle=needles.strict), done), family=family)


def entomb(archive: Archive, target: Target, needles: Needles, reason: str) -> tuple[int, Marks]:
    """Take the post out of the database and write its tombstone; return it with the digests that keep the post out."""
    named = [title_digest(target.partner, title) for title in needles.titles]
    with removing(archive, target, "erase", reason) as (connection, removal):
        hide(connection, target)
        remember(connection, removal, named)
        digests = removals.digests(connection, target.partner)
    Journal(captures=archive.captures).append("erasing", id=removal, digests=named)
    return removal, Marks(partner=target.partner, digests=digests)


def family_of(archive: Archive, target: Target) -> tuple[str, ...]:
    """Return the addresses of the posts that carry the same text."""
    found = archive.query(
        "SELECT url FROM posts WHERE id != ? AND family = (SELECT family FROM posts WHERE id = ?) ORDER BY id",
        [target.post, target.post],
    )
    return tuple(row["url"] for row in found)
