"""What a page says and what is new in it, worked out before the transaction opens: pages are parsed outside of it."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.errors import PageError
from scraper.models import Capture, Partner, Post, RawPost
from scraper.normalise import urls
from scraper.store.archive import Archive, Row

from .changes import find_changes
from .identity import find_post, is_of_another
from .reading import GONE, dated, normalise
from .template_change import Changes

LEAST_LOST = 30  # words of a post that cannot all be gone by an edit


@dataclass(frozen=True, kw_only=True, slots=True)
class Compared:
    """A page beside the post that it is of, whose row was `row`: with an earlier page's date, and what differs."""

    row: Row
    post: Post
    changed: Changes


@dataclass(frozen=True, kw_only=True, slots=True)
class Foreseen:
    """A page as a post; `compared` None when no post is known under its addresses, or it is not to be stored."""

    post: Post
    compared: Compared | None = None

    def beside(self, row: Row) -> Compared | None:
        """Return the comparison with a post; None when it was another, or has changed since."""
        return self.compared if self.compared and tuple(self.compared.row) == tuple(row) else None


def foresee(
    archive: Archive, partner: Partner, capture: Capture, reading: RawPost | PageError | None
) -> Foreseen | None:
    """Normalise a page, and compare it with the post that is known under its addresses; None when it is no post."""
    if reading is None or isinstance(reading, PageError) or capture.status in GONE:
        return None
    own_key = urls.url_key(capture.url)
    post = normalise(partner, reading, own_key, archive)
    known = find_post(archive.connection, partner.slug, [urls.url_key(capture.requested_url or capture.url), own_key])
    if known is None or has_lost_its_text(known, post) or is_of_another(archive.connection, known, post):
        return Foreseen(post=post)
    return Foreseen(post=post, compared=compare(archive, partner, capture, post, known))


def compare(archive: Archive, partner: Partner, capture: Capture, post: Post, row: Row) -> Compared:
    """Read again what a page is to be compared with, where the last reading is not enough."""
    whole = dated(archive, row, partner, post)
    return Compared(
        row=row, post=whole, changed=find_changes(archive, archive.connection, row, whole, partner, capture)
    )


def has_lost_its_text(row: Row, post: Post) -> bool:
    """Say whether a page shows nothing of a post that had a text: the moment of a site that is broken, no edit."""
    return int(row["words"]) >= LEAST_LOST and not post.raw.text.strip()
